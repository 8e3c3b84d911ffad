"""Body AP, AP at 0.5 and recall of a detector, game by game, as the program itself runs it.

    python evaluate.py DETECTOR.onnx FOLDER... [--game 5-out] [--input 640x352]

FOLDER is one that data.py reads; `--game rest` is all of it but the games N-out and the renders.
Body AP is defined in measures.py. Height classes are of bodies in a frame of 640x360.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from data import IGNORE, ROLE_OF_CLASS, UNKNOWN_ROLE, game_of, in_fold, read_labels
from measures import Answer, body_fit, of_height, overlap_fit, quality
from numpy.typing import NDArray

from shiftclipper.tracklets import ROLES
from shiftclipper.vision.detector import Detector

FRAME = (1280, 720)
"""Size (w, h) that frames are shown to the detector at; hockey1's are stretched squares."""


CLASSES = ((0, 24), (24, 48), (48, 1000))
"""Heights of bodies, in pixels of a frame 640 pixels wide."""
LEAST_SURE = 0.3
"""Detections below this score are not asked for their role."""


def answer(detector: Detector, image: Path, label: Path) -> tuple[Answer, float, NDArray[np.int64]]:
    """What the detector finds in one frame, in how many seconds, and the roles (M,) labelled."""
    picture = cv2.imdecode(np.fromfile(image, np.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        raise ValueError(f"{image} is not a picture")
    if picture.shape[1::-1] != FRAME:
        picture = cv2.resize(picture, FRAME, interpolation=cv2.INTER_LINEAR)
    boxes, classes = read_labels(label, FRAME[1] / FRAME[0])
    began = time.perf_counter()
    found = detector.detect(np.asarray(picture, np.uint8))
    took = time.perf_counter() - began
    roles = np.array([ROLE_OF_CLASS.get(int(kind), UNKNOWN_ROLE) for kind in classes], np.int64)
    return Answer(found, boxes * FRAME[0], classes == IGNORE), took, roles


def count_roles(answer: Answer, roles: NDArray[np.int64]) -> NDArray[np.int64]:
    """(3, 3) how often a body of a role (row) was told to be of a role (column)."""
    counts = np.zeros((3, 3), np.int64)
    if answer.found.shape[1] < 8:
        return counts
    sure = answer.found[answer.found[:, 4] >= LEAST_SURE]
    fits = body_fit(sure[:, :4], answer.labelled)
    for row, role in enumerate(roles):
        if role != UNKNOWN_ROLE and not answer.ignored[row] and len(sure) and fits[:, row].max() > 0:
            counts[role, sure[fits[:, row].argmax(), 5:].argmax()] += 1
    return counts


def line(name: str, group: Sequence[Answer]) -> str:
    """The figures of some frames."""
    body, overlap = quality(group, body_fit), quality(group, overlap_fit)
    people = sum(int((~one.ignored).sum()) for one in group)
    return (
        f"{name:>14} {len(group):6d} {people:6d}  {body.precision:7.3f} {overlap.precision:7.3f}"
        f" {body.recall_at_nine:8.3f}  {body.recall_at_best:6.3f} {body.precision_at_best:9.3f}"
        f" ({body.score_at_best:.2f})"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("detector", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--game", default="", help="only this game, or rest")
    parser.add_argument("--input", default="640x352", help="input size, WxH")
    options = parser.parse_args()
    width, height = (int(side) for side in options.input.split("x"))
    detector = Detector.load(options.detector, input_size=(width, height))
    answers, times = defaultdict(list), []
    roles = np.zeros((3, 3), np.int64)
    for folder in options.folders:
        for image in sorted((folder / "images").glob("*.jpg")):
            game = game_of(image.name)
            if options.game and not in_fold(game, options.game):
                continue
            one, took, labelled = answer(detector, image, folder / "labels" / f"{image.stem}.txt")
            answers[game].append(one)
            times.append(took)
            roles += count_roles(one, labelled)
    print(f"{'game':>14} frames people  body AP  AP@0.5 recall@.9  recall precision (at best body F1, score)")
    for game, group in sorted(answers.items()):
        print(line(game, group))
    everything = [one for group in answers.values() for one in group]
    print(line("together", everything))
    for low, high in CLASSES:
        unit = FRAME[0] / 640
        print(line(f"{low} to {high} px", of_height(everything, low * unit, high * unit)))
    for row, role in enumerate(ROLES):
        if roles[row].any():
            told = ", ".join(f"{count} {other}" for other, count in zip(ROLES, roles[row], strict=True))
            print(f"{role:>14} told as {told}: {roles[row, row] / roles[row].sum():.3f} right")
    print(f"input {width}x{height}: median {1000 * float(np.median(times)):.1f} ms per frame")


if __name__ == "__main__":
    main()
