"""What a person looks like in one picture: torso colours and sharpness.

All boxes of a picture are done at once: a fixed grid of points is laid over each torso, so that the work
does not depend on the size of the boxes.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from shiftclipper.tracklets import COLOUR_BINS

Picture = NDArray[np.uint8]
Boxes = NDArray[np.float32] | NDArray[np.float64]
Array = NDArray[np.float32]

HUES = COLOUR_BINS // 2
GREYS = COLOUR_BINS - HUES
ACROSS, DOWN = 10, 12
"""Points of the grid that is laid over a torso."""
TORSO = (0.24, 0.18, 0.76, 0.50)
"""Left, top, right, bottom of the torso as shares of the box: shoulders to waist, without the arms."""
SMALLEST = 4.0
"""Boxes narrower than this many pixels have no colour."""
CHROMA = (24.0, 48.0)
"""Largest less smallest of blue, green, red: grey below the first, a hue above the second."""
ICE_DISTANCE = 22.0
"""Levels by which ice beside the person may differ from ice between arm and body."""
ICE_WEIGHT = 0.15


def torso_colours(image: Picture, boxes: Boxes) -> Array:
    """Return (n, COLOUR_BINS) histograms of the torsos, each of sum 1 (0 where the box is too small).

    Points near the middle count most. Points that look like what is beside the person at the same height,
    ice mostly, count little unless nearly all do, as with a white jersey.

    Args:
        image: (H, W, 3) uint8 blue green red.
        boxes: (n, 4) x1 y1 x2 y2 in pixels of the image.
    """
    boxes = np.asarray(boxes, dtype=np.float32).reshape(-1, 4)
    if not len(boxes):
        return np.zeros((0, COLOUR_BINS), np.float32)
    points = _sample(image, boxes, np.linspace(TORSO[0], TORSO[2], ACROSS, dtype=np.float32))
    beside = _sample(image, boxes, np.array([0.02, 0.98], dtype=np.float32))
    weights = _centre_weights()[None] * _person_weights(points, beside)
    histograms = _histograms(points.reshape(len(boxes), -1, 3), weights.reshape(len(boxes), -1))
    big = (boxes[:, 2] - boxes[:, 0] >= SMALLEST) & (boxes[:, 3] - boxes[:, 1] >= SMALLEST)
    return np.asarray(histograms * big[:, None], dtype=np.float32)


def sharpness(image: Picture, boxes: Boxes) -> Array:
    """Return (n,) how steep the edges inside each box are, in grey levels per pixel of the image.

    The mean slope weighted by itself: blur lowers it, more edges do not raise it.
    """
    boxes = np.asarray(boxes, dtype=np.float32).reshape(-1, 4)
    if not len(boxes):
        return np.zeros(0, np.float32)
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    across = cv2.Sobel(grey, cv2.CV_16S, 1, 0)
    down = cv2.Sobel(grey, cv2.CV_16S, 0, 1)
    slope = cv2.add(cv2.convertScaleAbs(across, alpha=0.25), cv2.convertScaleAbs(down, alpha=0.25))
    total, squares = cv2.integral2(slope, sdepth=cv2.CV_64F, sqdepth=cv2.CV_64F)
    height, width = grey.shape
    x1, x2 = (np.clip(np.rint(boxes[:, k]), 0, width).astype(np.int64) for k in (0, 2))
    y1, y2 = (np.clip(np.rint(boxes[:, k]), 0, height).astype(np.int64) for k in (1, 3))
    sums = [one[y2, x2] - one[y1, x2] - one[y2, x1] + one[y1, x1] for one in (total, squares)]
    return np.asarray(sums[1] / np.maximum(sums[0], 1), dtype=np.float32)


def _sample(image: Picture, boxes: Array, columns: Array) -> Array:
    """Return (n, DOWN, len(columns), 3) pixels at shares `columns` of the boxes' widths."""
    height, width = image.shape[:2]
    rows = np.linspace(TORSO[1], TORSO[3], DOWN, dtype=np.float32)
    x = boxes[:, :1] + columns * (boxes[:, 2:3] - boxes[:, :1])
    y = boxes[:, 1:2] + rows * (boxes[:, 3:4] - boxes[:, 1:2])
    x_whole = np.clip(x, 0, width - 1).astype(np.int64)
    y_whole = np.clip(y, 0, height - 1).astype(np.int64)
    return image[y_whole[:, :, None], x_whole[:, None, :]].astype(np.float32)


def _centre_weights() -> Array:
    across = np.linspace(-1, 1, ACROSS)
    down = np.linspace(-1, 1, DOWN)
    weights = np.exp(-1.2 * across**2)[None, :] * np.exp(-0.5 * down**2)[:, None]
    return np.asarray(weights, dtype=np.float32)


def _person_weights(points: Array, beside: Array) -> Array:
    """Return (n, DOWN, ACROSS) weights that are small for what continues beside the person."""
    left = np.abs(points - beside[:, :, :1]).max(axis=3) < ICE_DISTANCE
    right = np.abs(points - beside[:, :, 1:]).max(axis=3) < ICE_DISTANCE
    outside = left | right
    mostly = outside.mean(axis=(1, 2), keepdims=True) > 0.75
    return np.where(outside & ~mostly, np.float32(ICE_WEIGHT), np.float32(1))


def _histograms(points: Array, weights: Array) -> Array:
    """Return (n, COLOUR_BINS) of points (n, k, 3) with weights (n, k); points share between two bins."""
    blue, green, red = points[..., 0], points[..., 1], points[..., 2]
    top, low = points.max(axis=2), points.min(axis=2)
    chroma = top - low
    safe = np.maximum(chroma, 1)
    hue = np.where(
        top == red,
        (green - blue) / safe,
        np.where(top == green, 2 + (blue - red) / safe, 4 + (red - green) / safe),
    )
    coloured = np.clip((chroma - CHROMA[0]) / (CHROMA[1] - CHROMA[0]), 0, 1)
    hue_place = (hue * (HUES / 6)) % HUES
    grey_place = np.clip((0.11 * blue + 0.59 * green + 0.3 * red) / 255 * GREYS - 0.5, 0, GREYS - 1)
    histograms = np.zeros(len(points) * COLOUR_BINS)
    base = np.arange(len(points))[:, None] * COLOUR_BINS
    for place, share, first, wraps in (
        (hue_place, weights * coloured, 0, True),
        (grey_place, weights * (1 - coloured), HUES, False),
    ):
        below = np.floor(place).astype(np.int64)
        part = place - below
        above = (below + 1) % HUES if wraps else np.minimum(below + 1, GREYS - 1)
        below = below % HUES if wraps else below
        for bins, amount in ((below, share * (1 - part)), (above, share * part)):
            histograms += np.bincount(
                (base + first + bins).ravel(), amount.ravel(), minlength=len(histograms)
            )
    result = histograms.reshape(len(points), COLOUR_BINS)
    total = result.sum(axis=1, keepdims=True)
    return np.asarray(result / np.maximum(total, 1e-6), dtype=np.float32)
