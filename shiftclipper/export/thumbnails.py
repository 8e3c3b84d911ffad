"""Thumbnails: the part of a picture around a player, small, as JPEG."""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

SIZE = (224, 126)
"""(width, height) in pixels: twice as fine as the report shows it."""
QUALITY = 82
TALL = 4.0
"""The part that is shown is so many times as high as the player."""
LEAST = 0.22
"""At least so much of the picture's height is shown, that one can see where it is."""

_RING = (206, 99, 11)
_SNOW = (255, 255, 255)

Box = tuple[float, float, float, float]
"""x1 y1 x2 y2 in pixels."""


def thumbnail(picture: NDArray[np.uint8], box: Box | None, size: tuple[int, int] | None = None) -> bytes:
    """Return a small JPEG of a picture: around a box, with a ring at its feet, or all of it.

    Args:
        picture: (height, width, 3) uint8, blue green red.
        box: of the player, in a picture of `size`; None for the whole picture.
        size: (width, height) that boxes are given in; that of the picture when left out.
    """
    if size is not None:
        picture = _with_square_pixels(picture, size)
    high, wide = picture.shape[:2]
    part = (0, 0, wide, high)
    if box is not None:
        scale = 1.0 if size is None else wide / size[0]
        box = (box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale)
        part = _part(box, (wide, high))
    cut = picture[part[1] : part[3], part[0] : part[2]]
    scale = min(SIZE[0] / cut.shape[1], SIZE[1] / cut.shape[0])
    fitting = (max(1, round(cut.shape[1] * scale)), max(1, round(cut.shape[0] * scale)))
    small = np.asarray(cv2.resize(cut, fitting, interpolation=cv2.INTER_AREA), np.uint8)
    if box is not None:
        _draw_ring(small, box, part)
    done, data = cv2.imencode(".jpg", _framed(small), [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    assert done
    return data.tobytes()


def _with_square_pixels(picture: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    high, wide = picture.shape[:2]
    shown = max(1, round(high * size[0] / size[1]))
    if abs(shown - wide) <= max(2, wide // 100):
        return picture
    return np.asarray(cv2.resize(picture, (shown, high), interpolation=cv2.INTER_AREA), np.uint8)


def _part(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom of the part around a box that lies inside the picture."""
    wide, high = size
    shape = SIZE[0] / SIZE[1]
    tall = min(high, wide / shape, max(TALL * (box[3] - box[1]), LEAST * high))
    broad = tall * shape
    left = min(max(0.0, (box[0] + box[2] - broad) / 2), wide - broad)
    # A little below the middle: what happens is seldom under the player's feet.
    top = min(max(0.0, (box[1] + box[3]) / 2 - 0.55 * tall), high - tall)
    right, bottom = min(wide, math.ceil(left + broad)), min(high, math.ceil(top + tall))
    return min(int(left), right - 1), min(int(top), bottom - 1), right, bottom


def _draw_ring(small: NDArray[np.uint8], box: Box, part: tuple[int, int, int, int]) -> None:
    high, wide = small.shape[:2]
    across, down = wide / (part[2] - part[0]), high / (part[3] - part[1])
    centre = (round(((box[0] + box[2]) / 2 - part[0]) * across), round((box[3] - part[1]) * down))
    radius = max(7, round(0.75 * (box[2] - box[0]) * across))
    axes = (radius, max(3, radius // 3))
    for colour, thick in ((_SNOW, 3), (_RING, 1)):
        cv2.ellipse(small, centre, axes, 0, 0, 360, colour, thick, cv2.LINE_AA)


def _framed(small: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the picture in the middle of SIZE, on black where it is narrower or lower (upright films)."""
    high, wide = small.shape[:2]
    framed = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    top, left = (SIZE[1] - high) // 2, (SIZE[0] - wide) // 2
    framed[top : top + high, left : left + wide] = small
    return framed
