"""Render frames of the sample game with their labels, for training and for evaluation.

    python render.py OUT [--frames 500] [--first-seed 1000] [--per-seed 5]

OUT/images and OUT/labels can be read while this runs. People on the ice are labelled with the box
of their body and their role; those of whom little shows are to be ignored; everybody else is
background, as the benches and stands of real frames are.
"""

from __future__ import annotations

import argparse
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from data import BODIES, BODY, IGNORE
from numpy.random import Generator

from shiftclipper.sample import Game

SECONDS = 120.0
FPS = 30
SIZE = (1280, 720)
LEAST_VISIBLE = 0.35
"""Share of a body that must show for it to be asked for."""


def label_lines(game: Game, number: int) -> str:
    """YOLO lines of one frame."""
    ids, boxes, visible, on_ice = game.boxes(number)
    roles = {person.id: person.role for person in game.roster.people}
    width, height = SIZE
    lines = []
    for name, box, share, ice in zip(ids, np.asarray(boxes, float), visible, on_ice, strict=True):
        inside = np.clip(box, 0, [width, height, width, height])
        area = max((box[2] - box[0]) * (box[3] - box[1]), 1e-6)
        shown = (inside[2] - inside[0]) * (inside[3] - inside[1]) / area
        if not ice or shown < 0.02:
            continue
        asked = share >= LEAST_VISIBLE and shown >= 0.5
        kind = BODIES.get(roles[str(name)], BODY) if asked else IGNORE
        x, y = (inside[0] + inside[2]) / 2 / width, (inside[1] + inside[3]) / 2 / height
        w, h = (inside[2] - inside[0]) / width, (inside[3] - inside[1]) / height
        lines.append(f"{kind} {x:.6f} {y:.6f} {w:.6f} {h:.6f}")
    return "\n".join(lines) + "\n"


def render_seed(out: Path, seed: int, camera: str, count: int, rng: Generator) -> None:
    """Render a few frames of one game, spread over its length."""
    game = Game(seed, SECONDS, camera, SIZE, FPS)
    edges = np.linspace(0, SECONDS * FPS - 1, count + 1)
    for low, high in pairwise(edges):
        number = int(rng.uniform(low, high))
        name = f"render-{camera}-{seed}-{number}"
        picture = game.frame(number)
        (out / "labels" / f"{name}.txt").write_text(label_lines(game, number))
        quality = [cv2.IMWRITE_JPEG_QUALITY, 92]
        # Renamed when whole: the training looks into the folder while it fills.
        part = out / "images" / f"{name}.part"
        part.write_bytes(cv2.imencode(".jpg", picture, quality)[1].tobytes())
        part.rename(part.with_suffix(".jpg"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--frames", type=int, default=500)
    parser.add_argument("--first-seed", type=int, default=1000)
    parser.add_argument("--per-seed", type=int, default=5)
    options = parser.parse_args()
    for folder in ("images", "labels"):
        (options.out / folder).mkdir(parents=True, exist_ok=True)
    for place in range(-(-options.frames // options.per_seed)):
        seed = options.first_seed + place
        camera = ("fixed", "pan")[place % 2]
        render_seed(options.out, seed, camera, options.per_seed, np.random.default_rng(seed))


if __name__ == "__main__":
    main()
