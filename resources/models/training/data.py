"""Folders of labelled frames: reading them, and making body boxes of stick-and-all boxes.

A folder has `images/*.jpg` and `labels/*.txt` (YOLO lines: class and box, or class and polygon, in
0..1 of the picture). Hockey1 frames are stretched to squares; they are read back as 16:9.
Renders of the sample game (render.py) use the classes BODIES for people on the ice whose boxes are
the bodies alone, by role, and class IGNORE for one too hidden to ask for.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

PEOPLE = frozenset({0, 1, 6, 7, 8, 9, 12})
"""Hockey1 classes that are people on the ice (coach, players, goalie, human, cheering, referee)."""
BODY = 20
"""A skater in a render; the box is the body alone."""
IGNORE = 21
BODY_GOALIE = 22
BODY_OFFICIAL = 23
BODIES = {"skater": BODY, "goalie": BODY_GOALIE, "official": BODY_OFFICIAL}
"""Class of a body in a render by its role in the sample game; coaches count as skaters."""

UNKNOWN_ROLE = -1
ROLE_OF_CLASS = {1: 0, 8: 0, 9: 0, BODY: 0, 6: 1, BODY_GOALIE: 1, 12: 2, BODY_OFFICIAL: 2}
"""Place in net.ROLES by class; hockey1's coach and "human" tell nothing."""

LEVELS = ((960, 540), (640, 360))
"""Sizes (w, h) that every frame is kept at; a crop is cut from the nearest one above its scale."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One labelled frame."""

    name: str
    """File name without folder; begins with the game's name."""
    game: str
    """Frames of one game are never split between training and evaluation."""
    levels: tuple[NDArray[np.uint8], ...]
    """The picture at the sizes of LEVELS, (h, w, 3) uint8 BGR."""
    boxes: NDArray[np.float32]
    """(N, 4) x1 y1 x2 y2 as labelled, in units of the picture's width."""
    bodies: NDArray[np.float32]
    """(N, 4) as boxes, without the stick where it could be told."""
    sure: NDArray[np.float32]
    """(N,) weight 0..1 of the horizontal sides of `bodies`; 0 in all of a row that is ignored."""
    ignored: NDArray[np.bool_]
    """(N,) true for people who count neither as right nor as wrong."""
    roles: NDArray[np.int64]
    """(N,) place in net.ROLES, or UNKNOWN_ROLE."""


def game_of(name: str) -> str:
    """The game a frame belongs to, from its file name."""
    match = re.match(r"\d+-out|VAN_NJD|render-(?:fixed|pan)|-\d+-\d+-\d+", name)
    return match.group(0) if match else "misc"


def in_fold(game: str, fold: str) -> bool:
    """Whether a game is one of a fold: the game itself, or with `rest` every real one but N-out."""
    if fold == "rest":
        return re.fullmatch(r"\d+-out|render-.*", game) is None
    return game == fold


def read_labels(path: Path, height: float) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Boxes (N, 4) in units of the picture's width, and classes (N,), people only.

    Args:
        path: a YOLO label file; a polygon is taken as its bounding box.
        height: of the picture, in units of its width.
    """
    boxes, classes = [], []
    for line in path.read_text().splitlines():
        values = [float(word) for word in line.split()]
        if not values or int(values[0]) not in PEOPLE | {IGNORE, *BODIES.values()}:
            continue
        if len(values) == 5:
            x, y, w, h = values[1:]
            box = (x - w / 2, y - h / 2, x + w / 2, y + h / 2)
        else:
            xs, ys = values[1::2], values[2::2]
            box = (min(xs), min(ys), max(xs), max(ys))
        boxes.append((box[0], box[1] * height, box[2], box[3] * height))
        classes.append(int(values[0]))
    return np.array(boxes, np.float32).reshape(-1, 4), np.array(classes, np.int64)


def body_of(picture: NDArray[np.uint8], box: NDArray[np.float32]) -> tuple[float, float, float]:
    """Left and right side of the body inside a box that may include the stick, and how sure.

    The body is where the columns of the box hold much that is not ice; a stick is thin. Boxes not
    much wider than a body are taken as they are.

    Args:
        picture: (h, w, 3) uint8 BGR.
        box: (4,) x1 y1 x2 y2 in pixels of it.
    Returns:
        left, right in pixels, and 1 for sure or 0.3 for a guess.
    """
    x1, y1, x2, y2 = (float(v) for v in box)
    height, width = y2 - y1, x2 - x1
    if width <= 0.6 * height or height < 8:
        return x1, x2, 1.0
    left, top = max(round(x1), 0), max(round(y1), 0)
    patch = picture[top : round(y2), left : round(x2)].astype(np.float32)
    if patch.shape[0] < 6 or patch.shape[1] < 4:
        return x1, x2, 0.3
    ice = np.percentile(patch.reshape(-1, 3), 65, axis=0)
    away = np.abs(patch - ice).max(axis=2)
    threshold = max(22.0, 0.35 * float(np.percentile(away, 97)))
    share = (away > threshold)[: round(0.92 * patch.shape[0])].mean(axis=0)
    window = max(round(0.5 * patch.shape[0]), 2)
    if window >= len(share):
        return x1, x2, 0.6
    mass = np.convolve(share, np.ones(window), "valid")
    start = int(mass.argmax())
    best = float(mass[start]) / window
    if best < 0.25 or best > 0.92:
        return x1, x2, 0.3
    inside = share > max(0.3 * float(share[start : start + window].max()), 0.12)
    first, last = start, start + window - 1
    while first > 0 and inside[first - 1]:
        first -= 1
    while last < len(share) - 1 and inside[last + 1]:
        last += 1
    while first < last and not inside[first]:
        first += 1
    while last > first and not inside[last]:
        last -= 1
    if last - first + 1 < 0.25 * patch.shape[0]:
        return x1, x2, 0.3
    return float(left + first), float(left + last + 1), 1.0


def read_frame(image: Path, label: Path) -> Frame:
    """Read one frame and its labels."""
    encoded = np.fromfile(image, np.uint8)
    picture = cv2.imdecode(encoded, cv2.IMREAD_COLOR)
    if picture is None:
        raise ValueError(f"{image} is not a picture")
    levels = tuple(
        np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8) for size in LEVELS
    )
    boxes, classes = read_labels(label, LEVELS[0][1] / LEVELS[0][0])
    bodies, sure = boxes.copy(), np.ones(len(boxes), np.float32)
    for row, (box, kind) in enumerate(zip(boxes, classes, strict=True)):
        if kind in PEOPLE:
            x1, x2, weight = body_of(levels[0], box * LEVELS[0][0])
            bodies[row, 0], bodies[row, 2], sure[row] = x1 / LEVELS[0][0], x2 / LEVELS[0][0], weight
    roles = np.array([ROLE_OF_CLASS.get(int(kind), UNKNOWN_ROLE) for kind in classes], np.int64)
    game = game_of(image.name)
    return Frame(image.name, game, levels, boxes, bodies, sure, classes == IGNORE, roles)


def read_folder(folder: Path, known: Collection[str] = frozenset(), *, threads: int = 2) -> list[Frame]:
    """All frames of a folder whose names are not known yet, in the order of their names."""
    images = [path for path in sorted((folder / "images").glob("*.jpg")) if path.name not in known]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda p: read_frame(p, folder / "labels" / f"{p.stem}.txt"), images))
