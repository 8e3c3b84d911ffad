"""What a person looks like in one picture: torso colours, the kit from helmet to socks, and sharpness.

All boxes of a picture are done at once: a fixed grid of points is laid over each person, so that the work
does not depend on the size of the boxes.
"""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from shiftclipper.tracklets import COLOUR_BINS, KIT_PARTS, KIT_VALUES

Picture = NDArray[np.uint8]
Boxes = NDArray[np.float32] | NDArray[np.float64]
Array = NDArray[np.float32]
Numbers = NDArray[np.int64]

HUES = COLOUR_BINS // 2
GREYS = COLOUR_BINS - HUES
ACROSS = 10
SIDES = (0.24, 0.76)
"""Left and right of the grid as shares of the box: the body without the arms."""
BESIDE = (0.02, 0.98)
"""Where the ice beside the person is looked at."""
TORSO, TORSO_ROWS = (0.18, 0.50), 12
"""Shoulders to waist, as shares of the box's height."""
PARTS = ((0.03, 0.11, 3), (0.18, 0.31, 0), (0.34, 0.50, 0), (0.53, 0.62, 3), (0.68, 0.92, 5))
"""Top, bottom and rows of helmet, shoulders, waist, trousers and socks; the torso's have rows already."""
LEGS = 0.53
"""From here on down, what is beside a person is the ice that he stands on."""
SMALLEST = 4.0
"""Boxes narrower than this many pixels have no colour."""
CHROMA = (24.0, 48.0)
"""Largest less smallest of blue, green, red: grey below the first, a hue above the second."""
ICE_DISTANCE = 22.0
"""Levels by which ice beside the person may differ from ice between arm and body."""
ICE_WEIGHT = 0.15
ICE_SHARE = 0.7
"""What is beside a person is not ice when it is darker than this share of the picture's usual ice."""
LEVELS = 32
"""Steps per channel of the table from colours to bins."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """What n people look like in one picture."""

    colours: Array
    """(n, COLOUR_BINS) histograms of the torsos, each of sum 1 (0 where the box is too small)."""
    kit: Array
    """(n, KIT_VALUES) see `KIT_VALUES`; zeros where the box is too small."""
    sharpness: Array
    """(n,) how steep the edges inside each box are, in grey levels per pixel of the image."""


def describe(image: Picture, boxes: Boxes) -> Appearance:
    """Describe the people in boxes.

    Points near the middle count most. Points that look like what is beside the person at the same height,
    ice mostly, count little unless nearly all do, as with a white jersey.

    Args:
        image: (H, W, 3) uint8 blue green red.
        boxes: (n, 4) x1 y1 x2 y2 in pixels of the image.
    """
    boxes = np.asarray(boxes, dtype=np.float32).reshape(-1, 4)
    count = len(boxes)
    if not count:
        none = np.zeros(0, np.float32)
        return Appearance(none.reshape(0, COLOUR_BINS), none.reshape(0, KIT_VALUES), none)
    grid = _grid()
    points = _sample(image, boxes, grid.rows, grid.columns)
    inside, beside = points[:, :, :ACROSS], points[:, :, ACROSS:]
    weights = grid.weights * _person_weights(inside, beside, grid.torso)
    big = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) >= SMALLEST
    torso = slice(grid.torso.start * ACROSS, grid.torso.stop * ACROSS)
    flat, flat_weights = inside.reshape(count, -1, 3), weights.reshape(count, -1)
    colours = _histograms(flat[:, torso], flat_weights[:, torso])
    kit = _kit(flat, flat_weights, _ice(beside[:, grid.legs]))
    return Appearance(colours * big[:, None], kit * big[:, None], sharpness(image, boxes))


def sharpness(image: Picture, boxes: Boxes) -> Array:
    """Return (n,) how steep the edges inside each box are, in grey levels per pixel of the image.

    The mean slope weighted by itself: blur lowers it, more edges do not raise it.
    """
    height, width = image.shape[:2]
    corners = np.rint(np.asarray(boxes, dtype=np.float32).reshape(-1, 4)).astype(np.int64)
    np.clip(corners, 0, [width, height, width, height], out=corners)
    result = np.zeros(len(corners), np.float32)
    for k, (x1, y1, x2, y2) in enumerate(corners.tolist()):
        if x2 - x1 < 2 or y2 - y1 < 2:
            continue
        grey = cv2.cvtColor(image[y1:y2, x1:x2], cv2.COLOR_BGR2GRAY)
        across, down = cv2.absdiff(grey[:-1, 1:], grey[:-1, :-1]), cv2.absdiff(grey[1:, :-1], grey[:-1, :-1])
        slope = cv2.add(across, down)
        total = cv2.sumElems(slope)[0]
        result[k] = cv2.norm(slope, cv2.NORM_L2SQR) / max(total, 1.0)
    return result


@dataclass(frozen=True, slots=True)
class _Grid:
    """The points that are laid over each box, R rows of ACROSS."""

    rows: Array
    """(R,) shares of the box's height."""
    columns: Array
    """(ACROSS + 2,) shares of its width: the body's, then left and right of it."""
    weights: Array
    """(R, ACROSS) that fall off from the middle."""
    torso: slice
    """Rows of the torso."""
    legs: slice
    """Rows beside which there is ice."""
    parts: Array
    """(KIT_PARTS, R * ACROSS) 1 where a point belongs to a part."""


@lru_cache(maxsize=1)
def _grid() -> _Grid:
    torso = np.linspace(*TORSO, TORSO_ROWS, dtype=np.float32)
    others = [np.linspace(top, bottom, rows, dtype=np.float32) for top, bottom, rows in PARTS if rows]
    rows = np.sort(np.concatenate([torso, *others]))
    across = np.exp(-1.2 * np.linspace(-1, 1, ACROSS) ** 2)
    down = np.where((rows >= TORSO[0]) & (rows <= TORSO[1]), 1.0, 0.0)
    down *= np.exp(-0.5 * (2 * (rows - TORSO[0]) / (TORSO[1] - TORSO[0]) - 1) ** 2)
    down[down == 0] = 1.0
    first = int(np.searchsorted(rows, TORSO[0]))
    belongs = [(rows >= top - 1e-4) & (rows <= bottom + 1e-4) for top, bottom, _ in PARTS]
    return _Grid(
        rows=rows,
        columns=np.concatenate([np.linspace(*SIDES, ACROSS), BESIDE]).astype(np.float32),
        weights=(down[:, None] * across).astype(np.float32),
        torso=slice(first, first + TORSO_ROWS),
        legs=slice(int(np.searchsorted(rows, LEGS - 1e-4)), len(rows)),
        parts=np.repeat(np.array(belongs, dtype=np.float32), ACROSS, axis=1),
    )


def _sample(image: Picture, boxes: Array, rows: Array, columns: Array) -> Array:
    """Return (n, rows, columns, 3) pixels at shares of the boxes' heights and widths."""
    height, width = image.shape[:2]
    x = boxes[:, :1] + columns * (boxes[:, 2:3] - boxes[:, :1])
    y = boxes[:, 1:2] + rows * (boxes[:, 3:4] - boxes[:, 1:2])
    x_whole = np.clip(x, 0, width - 1).astype(np.int64)
    y_whole = np.clip(y, 0, height - 1).astype(np.int64)
    pixels = np.ascontiguousarray(image).reshape(-1, 3)
    return np.asarray(pixels[y_whole[:, :, None] * width + x_whole[:, None, :]], dtype=np.float32)


def _person_weights(points: Array, beside: Array, torso: slice) -> Array:
    """Return (n, rows, ACROSS) weights that are small for what continues beside the person."""
    outside = np.zeros(points.shape[:3], dtype=bool)
    for side in (0, 1):
        apart = np.abs(points - beside[:, :, side : side + 1])
        outside |= np.maximum(np.maximum(apart[..., 0], apart[..., 1]), apart[..., 2]) < ICE_DISTANCE
    mostly = outside[:, torso].mean(axis=(1, 2)) > 0.75
    return np.where(outside & ~mostly[:, None, None], np.float32(ICE_WEIGHT), np.float32(1))


def _ice(beside: Array) -> Array:
    """Return (n, 3) the ice each person stands on; the usual one where something darker is there."""
    middle = np.median(beside.reshape(len(beside), -1, 3), axis=1)
    usual = np.median(middle, axis=0)
    bright = middle.sum(axis=1) >= ICE_SHARE * usual.sum()
    return np.maximum(np.where(bright[:, None], middle, usual), 1.0).astype(np.float32)


def _kit(points: Array, weights: Array, ice: Array) -> Array:
    """Return (n, KIT_VALUES) of points (n, k, 3) with weights (n, k), seen against the ice (n, 3)."""
    parts = _grid().parts
    total = weights @ parts.T
    mean = (parts @ (points * weights[:, :, None])) / np.maximum(total, 1e-6)[:, :, None]
    # As in CIELAB with the ice as white: even steps to the eye, and lamps and exposure cancel.
    root = np.cbrt(mean / ice[:, None])
    light = root.mean(axis=2)
    values = np.stack([light, root[..., 2] - root[..., 1], root[..., 0] - root[..., 1]], axis=2)
    return np.asarray(values.reshape(len(points), KIT_PARTS * 3), dtype=np.float32)


def _histograms(points: Array, weights: Array) -> Array:
    """Return (n, COLOUR_BINS) of points (n, k, 3) with weights (n, k); points share between two bins."""
    step = (points * (LEVELS / 256)).astype(np.int64)
    colour = (step[..., 0] * LEVELS + step[..., 1]) * LEVELS + step[..., 2]
    histograms = (weights[:, None, :] @ _bins()[colour])[:, 0]
    total = histograms.sum(axis=1, keepdims=True)
    return np.asarray(histograms / np.maximum(total, 1e-6), dtype=np.float32)


@lru_cache(maxsize=1)
def _bins() -> Array:
    """Return (LEVELS³, COLOUR_BINS) how a blue green red colour is shared among the bins."""
    levels = (np.arange(LEVELS) + 0.5) * 256 / LEVELS - 0.5
    blue, green, red = (one.ravel() for one in np.meshgrid(levels, levels, levels, indexing="ij"))
    top, low = np.maximum(np.maximum(blue, green), red), np.minimum(np.minimum(blue, green), red)
    safe = np.maximum(top - low, 1)
    hue = np.where(
        top == red,
        (green - blue) / safe,
        np.where(top == green, 2 + (blue - red) / safe, 4 + (red - green) / safe),
    )
    coloured = np.clip((top - low - CHROMA[0]) / (CHROMA[1] - CHROMA[0]), 0, 1)
    hue_place = (hue * (HUES / 6)) % HUES
    grey_place = np.clip((0.11 * blue + 0.59 * green + 0.3 * red) / 255 * GREYS - 0.5, 0, GREYS - 1)
    bins = np.zeros((len(blue), COLOUR_BINS))
    rows = np.arange(len(blue))
    for place, share, first, wraps in (
        (hue_place, coloured, 0, True),
        (grey_place, 1 - coloured, HUES, False),
    ):
        below = np.floor(place).astype(np.int64)
        part = place - below
        above = (below + 1) % HUES if wraps else np.minimum(below + 1, GREYS - 1)
        below = below % HUES if wraps else below
        np.add.at(bins, (rows, first + below), share * (1 - part))
        np.add.at(bins, (rows, first + above), share * part)
    return bins.astype(np.float32)
