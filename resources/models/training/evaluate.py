"""Body AP and AP at 0.5 of a detector, game by game, as the program itself runs it.

    python evaluate.py DETECTOR.onnx FOLDER... [--game 5-out] [--input 640x352]

FOLDER is one that data.py reads. Body AP is defined in measures.py.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np
from data import IGNORE, game_of, read_labels
from measures import Answer, body_fit, overlap_fit, quality

from shiftclipper.vision.detector import Detector

FRAME = (1280, 720)
"""Size (w, h) that frames are shown to the detector at; hockey1's are stretched squares."""


def answer(detector: Detector, image: Path, label: Path) -> tuple[Answer, float]:
    """What the detector finds in one frame, and in how many seconds."""
    picture = cv2.imdecode(np.fromfile(image, np.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        raise ValueError(f"{image} is not a picture")
    if picture.shape[1::-1] != FRAME:
        picture = cv2.resize(picture, FRAME, interpolation=cv2.INTER_LINEAR)
    boxes, classes = read_labels(label, FRAME[1] / FRAME[0])
    began = time.perf_counter()
    found = detector.detect(np.asarray(picture, np.uint8))
    took = time.perf_counter() - began
    return Answer(found, boxes * FRAME[0], classes == IGNORE), took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("detector", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--game", default="", help="only frames whose name begins with this")
    parser.add_argument("--input", default="640x352", help="input size, WxH")
    options = parser.parse_args()
    width, height = (int(side) for side in options.input.split("x"))
    detector = Detector.load(options.detector, input_size=(width, height))
    answers, times = defaultdict(list), []
    for folder in options.folders:
        for image in sorted((folder / "images").glob(f"{options.game}*.jpg")):
            label = folder / "labels" / f"{image.stem}.txt"
            one, took = answer(detector, image, label)
            answers[game_of(image.name)].append(one)
            times.append(took)
    print(f"{'game':>14} frames  body AP  AP@0.5  recall precision (at best body F1, score)")
    rows = sorted(answers.items())
    if len(rows) > 1:
        rows.append(("together", [one for group in answers.values() for one in group]))
    for game, group in rows:
        body, overlap = quality(group, body_fit), quality(group, overlap_fit)
        print(
            f"{game:>14} {len(group):6d}  {body.precision:7.3f} {overlap.precision:7.3f}"
            f"  {body.recall_at_best:6.3f} {body.precision_at_best:9.3f} ({body.score_at_best:.2f})"
        )
    print(f"input {width}x{height}: median {1000 * float(np.median(times)):.1f} ms per frame")


if __name__ == "__main__":
    main()
