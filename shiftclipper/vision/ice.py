"""Where the ice is in the picture of a camera that does not move: the large bright colourless area.

What lies above and below (hall, stands, floor) need not be looked at, so that the people on the ice can be
looked at larger in the same time.
"""

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]

GREATEST_SATURATION = 70
"""Of 255; ice is grey with a tint."""
LEAST_BRIGHTNESS = 0.62
"""Share of the brightness that only one pixel in fifty exceeds."""
LEAST_AREA = 0.10
"""Share of the picture; a smaller bright area is not a rink."""
HEADROOM = 0.07
"""Share of the picture's height kept above the ice for people at the far boards."""
FOOTROOM = 0.04
"""Share of the picture's height kept below it for people behind the near boards."""
MARGIN = 0.02
"""Share of the picture's width kept at the left and right."""
WORTH = 0.85
"""Share of the picture; a region larger than this saves nothing."""
WORKING_WIDTH = 480
LEAST_ALIKE = 0.5
"""Correlation of fine structure with the median picture from which a picture was taken by a still camera."""
_FINE = 12.0
"""Sigma in pixels of the reduced picture; anything smoother is light and not structure."""


class Region(NamedTuple):
    """A rectangle of the picture, in shares of its width and height."""

    left: float
    top: float
    width: float
    height: float


WHOLE = Region(0.0, 0.0, 1.0, 1.0)


def find_ice(pictures: Sequence[Picture]) -> Region:
    """Return the rectangle that the ice and the people on it take up.

    Args:
        pictures: at least one, (H, W, 3) uint8 BGR, of one camera that does not move, spread over the film;
            their median has no people in it.
    Returns:
        WHOLE when no ice can be told, or when it fills the picture.
    """
    small = [_reduced(picture) for picture in pictures]
    still = np.median(np.stack(small), axis=0).astype(np.uint8)
    hsv = cv2.cvtColor(still, cv2.COLOR_BGR2HSV)
    bright = hsv[..., 2] > LEAST_BRIGHTNESS * np.percentile(hsv[..., 2], 98)
    mask = (bright & (hsv[..., 1] < GREATEST_SATURATION)).astype(np.uint8)
    height, width = mask.shape
    # Opening parts the ice from white boards and windows; closing bridges painted lines.
    mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, _disc(5)), np.uint8)
    mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, _disc(max(5, width // 40))), np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    if count < 2:
        return WHOLE
    largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    x, y, w, h, area = (int(value) for value in stats[largest])
    if area < LEAST_AREA * width * height:
        return WHOLE
    left, right = max(0.0, x / width - MARGIN), min(1.0, (x + w) / width + MARGIN)
    top, bottom = max(0.0, y / height - HEADROOM), min(1.0, (y + h) / height + FOOTROOM)
    region = Region(left, top, right - left, bottom - top)
    return region if region.width * region.height < WORTH else WHOLE


def stands_still(pictures: Sequence[Picture]) -> bool:
    """Say whether pictures spread over a film show the same hall from the same place.

    The median of what a turning camera saw is a blur, which none of its pictures looks like.

    Args:
        pictures: (H, W, 3) uint8 BGR, of one size; of fewer than three nothing can be told, and they count as
            still.
    """
    if len(pictures) < 3:
        return True
    fine = np.stack([_structure(picture) for picture in pictures])
    still = np.median(fine, axis=0)
    alike = [float(np.corrcoef(one.ravel(), still.ravel())[0, 1]) for one in fine]
    return bool(np.median(alike) >= LEAST_ALIKE)


def _structure(picture: Picture) -> NDArray[np.float32]:
    grey = cv2.cvtColor(_reduced(picture), cv2.COLOR_BGR2GRAY).astype(np.float32)
    # A little of a blur: a tripod on a stand shakes by a pixel.
    sharp = cv2.GaussianBlur(grey, (0, 0), 1.5)
    return np.asarray(sharp - cv2.GaussianBlur(grey, (0, 0), _FINE), np.float32)


def _reduced(picture: Picture) -> Picture:
    height = max(1, round(picture.shape[0] * WORKING_WIDTH / picture.shape[1]))
    return np.asarray(cv2.resize(picture, (WORKING_WIDTH, height), interpolation=cv2.INTER_AREA), np.uint8)


def _disc(size: int) -> NDArray[np.uint8]:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)
