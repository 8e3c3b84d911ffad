"""Keyframes: what a sampled picture of a moving camera is recognised by when the camera comes back.

A keyframe is a few KB: corners off the people, spread over the picture, each with a binary description
(ORB, Rublee et al., ICCV 2011). Two keyframes are compared around where one is expected in the other, so
that boards and markings that look alike all around the rink are not confused.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Picture = NDArray[np.uint8]

WIDTH = 640
"""Corners are looked for in a picture of about this width."""
CORNERS = 110
"""Corners kept of a picture."""
COLUMNS, ROWS = 8, 5
CANDIDATES = 700
DESCRIPTOR = 32
"""Bytes that describe a corner."""
AROUND = 4
"""Pixels around a person in which a corner would show him."""
EDGE = 20
POINT_STEPS = 8
"""Corners are kept to an eighth of a source pixel."""
LIKE = 64
"""Bits in which two descriptions of one corner may differ."""
CLEARER = 6
"""And by so many more those of any other corner expected there."""
TOLERANCE = 0.0032
"""Share of the picture's width by which matched corners may miss the similarity that they agree on."""
FEWEST = 12
"""Corners that must agree before two keyframes are believed to show the same place."""
LEAST_SHARE = 0.4
"""And this share of those matched."""
STUCK = 0.004
"""Share of the width that burnt-in graphics seem to move."""
LARGEST_ZOOM = 1.35
"""An expectation is never wrong by more."""


@dataclass(frozen=True, slots=True, eq=False)
class Keyframe:
    """Corners of one picture."""

    points: NDArray[np.float32]
    """(n, 2) x y in source pixels, in steps of 1 / POINT_STEPS."""
    descriptors: NDArray[np.uint8]
    """(n, DESCRIPTOR) bits."""

    def __len__(self) -> int:
        """Return the number of corners."""
        return len(self.points)


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """Corners that two keyframes share."""

    first: Array
    """(n, 2) pixels in the first picture."""
    second: Array
    """(n, 2) pixels in the second one."""
    correction: Array
    """(2, 3) similarity from where the corners were expected in the second picture to where they are."""


def describe(image: Picture, boxes: NDArray[np.float32], scale: Array, offset: Array) -> Keyframe:
    """Return the keyframe of a picture.

    Args:
        image: (H, W, 3) blue green red.
        boxes: (n, 4) people, in its pixels.
        scale: (2,) source pixels per pixel of the image across and down.
        offset: (2,) source pixel of the image's corner.
    """
    height, width = image.shape[:2]
    factor = min(1.0, WIDTH / width)
    size = (round(width * factor), round(height * factor))
    small = image if factor == 1.0 else cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), (3, 3), 0)
    mask = np.full(grey.shape, 255, np.uint8)
    for x1, y1, x2, y2 in boxes * factor:
        left, top = max(0, int(x1) - AROUND), max(0, int(y1) - AROUND)
        mask[top : max(0, int(y2) + AROUND), left : max(0, int(x2) + AROUND)] = 0
    finder = cv2.ORB.create(CANDIDATES, 1.25, 4, EDGE, 0, 2, cv2.ORB_HARRIS_SCORE, 25, 6)
    found = finder.detect(grey, mask)
    kept = _spread([(one.pt[0], one.pt[1], one.response) for one in found], size)
    kept_points, descriptors = finder.compute(grey, [found[k] for k in kept])
    if descriptors is None or not len(kept_points):
        return Keyframe(np.zeros((0, 2), np.float32), np.zeros((0, DESCRIPTOR), np.uint8))
    points = (np.array([one.pt for one in kept_points]) + 0.5) * (width / size[0], height / size[1])
    return Keyframe((points * scale + offset).astype(np.float32), np.asarray(descriptors, dtype=np.uint8))


def _spread(found: list[tuple[float, float, float]], size: tuple[int, int]) -> list[int]:
    """Choose the strongest corners of each part of the picture; (x, y, strength) of each."""
    if not found:
        return []
    table = np.array(found)
    column = np.minimum(table[:, 0] * COLUMNS / size[0], COLUMNS - 1).astype(np.int64)
    row = np.minimum(table[:, 1] * ROWS / size[1], ROWS - 1).astype(np.int64)
    cell = row * COLUMNS + column
    order = np.lexsort((table[:, 1], table[:, 0], -table[:, 2], cell))
    sorted_cells = cell[order]
    begins = np.searchsorted(sorted_cells, sorted_cells)
    rank = np.arange(len(order)) - begins
    # The best of every cell first, then the second best, until there are enough.
    chosen = order[np.lexsort((order, rank))][:CORNERS]
    return [int(k) for k in np.sort(chosen)]


def match(
    first: Keyframe, second: Keyframe, expected: Array, reach: float, size: tuple[int, int]
) -> Match | None:
    """Find the corners that two keyframes share; None when that cannot be believed.

    Args:
        expected: (n, 2) where the corners of the first are expected in the second picture, in source pixels.
        reach: source pixels by which that may be wrong.
        size: width and height of the source picture.
    """
    across, down = size
    inside = (expected > -reach).all(axis=1) & (expected < (across + reach, down + reach)).all(axis=1)
    rows = np.flatnonzero(inside)
    if len(rows) < FEWEST or len(second) < FEWEST:
        return None
    distance = _differing_bits(first.descriptors[rows], second.descriptors)
    wanted = expected[rows].astype(np.float32)
    allowed = _within(wanted, second.points, reach)
    # What stays where it is in the picture, though the camera has turned, is drawn on it.
    moved = np.abs(wanted - first.points[rows]).max(axis=1) > 4 * STUCK * across
    if moved.any():
        allowed &= ~(_within(first.points[rows], second.points, STUCK * across) & moved[:, None])
    distance[~allowed] = 1000
    best = distance.argmin(axis=1)
    index = np.arange(len(rows))
    nearest = distance[index, best]
    mutual = distance.argmin(axis=0)[best] == index
    distance[index, best] = 1000
    good = (nearest <= LIKE) & mutual & (distance.min(axis=1) >= nearest + CLEARER)
    if good.sum() < FEWEST:
        return None
    here, there = rows[good], best[good]
    source, target = expected[here], second.points[there].astype(np.float64)
    fitted, flags = cv2.estimateAffinePartial2D(
        source, target, method=cv2.RANSAC, ransacReprojThreshold=TOLERANCE * across, maxIters=500
    )
    if fitted is None:
        return None
    agree = np.asarray(flags)[:, 0] > 0
    zoom = float(np.hypot(fitted[0, 0], fitted[1, 0]))
    if agree.sum() < max(FEWEST, LEAST_SHARE * len(agree)) or not 1 / LARGEST_ZOOM < zoom < LARGEST_ZOOM:
        return None
    if np.ptp(target[agree], axis=0).max() < 0.12 * across:
        return None
    return Match(
        first.points[here[agree]].astype(np.float64), target[agree], np.asarray(fitted, dtype=np.float64)
    )


def _within(points: NDArray[np.float32], others: NDArray[np.float32], reach: float) -> NDArray[np.bool_]:
    """Tell (n, m) which points (n, 2) lie within a square around others (m, 2)."""
    result: NDArray[np.bool_] = np.abs(points[:, :1] - others[:, 0]) < reach
    result &= np.abs(points[:, 1:] - others[:, 1]) < reach
    return result


def _differing_bits(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> NDArray[np.int16]:
    """Return (n, m) Hamming distances of descriptions (n, DESCRIPTOR) and (m, DESCRIPTOR)."""
    one, other = (np.ascontiguousarray(bits).view(np.uint64) for bits in (first, second))
    result = np.zeros((len(one), len(other)), np.int16)
    for part in range(DESCRIPTOR // 8):
        result += np.bitwise_count(one[:, part, None] ^ other[:, part])
    return result
