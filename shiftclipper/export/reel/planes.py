"""Pictures as the encoder takes them: a plane of light and two of colour at half the size (I420).

Film goes through the reel without a change of colour space, so what is not drawn on keeps its very values.
"""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.uint8]
Colour = tuple[int, int, int]
"""Red, green, blue, 0 to 255."""


@dataclass(frozen=True)
class Planes:
    """One picture, limited range; both sides are even."""

    data: NDArray[np.uint8]
    """(height * 3 / 2, width): the light, then both colours."""

    @cached_property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        rows, width = self.data.shape
        return width, rows * 2 // 3

    @cached_property
    def light(self) -> Plane:
        """(height, width), a view."""
        return self.data[: self.size[1]]

    @cached_property
    def colours(self) -> tuple[Plane, Plane]:
        """Blue and red differences, (height / 2, width / 2) each, views."""
        width, height = self.size
        both = self.data[height:].reshape(2, height // 2, width // 2)
        return both[0], both[1]

    def copy(self) -> "Planes":
        """Return a picture of its own to draw on."""
        return Planes(self.data.copy())

    def block(self) -> memoryview:
        """Return the bytes for ffmpeg (`-pix_fmt yuv420p`)."""
        return np.ascontiguousarray(self.data).data.cast("B")


def empty_planes(size: tuple[int, int]) -> Planes:
    """Return a picture with nothing in it yet."""
    return Planes(np.empty((size[1] * 3 // 2, size[0]), np.uint8))


def mixed(first: Planes, second: Planes, share: float) -> Planes:
    """Return a mix of two pictures of one size, with `share` (0 to 1) of the second."""
    return Planes(np.asarray(cv2.addWeighted(first.data, 1 - share, second.data, share, 0.0), np.uint8))


def levels(colour: Colour) -> tuple[float, float, float]:
    """Return the light, blue difference and red difference of a colour (ITU-R BT.709, limited range)."""
    red, green, blue = (value / 255 for value in colour)
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return (
        16 + 219 * light,
        128 + 224 * (blue - light) / 1.8556,
        128 + 224 * (red - light) / 1.5748,
    )


def planes_of(image: NDArray[np.uint8]) -> Planes:
    """Return a drawn picture (height, width, 3), red green blue, as planes."""
    share = image.astype(np.float32) / 255
    red, green, blue = (share[..., k] for k in range(3))
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    height, width = light.shape
    made = empty_planes((width, height))
    made.light[:] = np.rint(16 + 219 * light)
    half = (width // 2, height // 2)
    for plane, difference in zip(
        made.colours, ((blue - light) / 1.8556, (red - light) / 1.5748), strict=True
    ):
        small = np.asarray(cv2.resize(difference, half, interpolation=cv2.INTER_AREA))
        plane[:] = np.rint(128 + 224 * small)
    return made


def blend(target: Planes, place: tuple[int, int], mask: NDArray[np.float32], colour: Colour) -> None:
    """Lay a colour over a part of a picture, in place.

    Args:
        target: the picture.
        place: left and top of the mask in it, both even; the mask may reach over the edges.
        mask: (h, w) shares of the colour, 0 to 1; both sides even.
        colour: what is laid over it.
    """
    width, height = target.size
    left, top = place
    first_x, first_y = max(left, 0), max(top, 0)
    last_x, last_y = min(left + mask.shape[1], width), min(top + mask.shape[0], height)
    if first_x >= last_x or first_y >= last_y:
        return
    part = mask[first_y - top : last_y - top, first_x - left : last_x - left]
    light, blue, red = levels(colour)
    _lay(target.light[first_y:last_y, first_x:last_x], part, light)
    half = np.asarray(
        cv2.resize(part, (part.shape[1] // 2, part.shape[0] // 2), interpolation=cv2.INTER_AREA)
    )
    rows, columns = slice(first_y // 2, last_y // 2), slice(first_x // 2, last_x // 2)
    for plane, level in zip(target.colours, (blue, red), strict=True):
        _lay(plane[rows, columns], half, level)


def _lay(plane: Plane, mask: NDArray[np.floating | np.integer], level: float) -> None:
    was = plane.astype(np.float32)
    plane[:] = np.rint(was + (level - was) * mask)


def dimmed(target: Planes, share: NDArray[np.float32]) -> None:
    """Darken a picture in place by shares (height, width) of 0 to 1, and take as much of the colour."""
    light = target.light
    light[:] = np.rint(16 + (light.astype(np.float32) - 16) * (1 - share))
    width, height = target.size
    half = 1 - np.asarray(cv2.resize(share, (width // 2, height // 2), interpolation=cv2.INTER_AREA))
    for plane in target.colours:
        plane[:] = np.rint(128 + (plane.astype(np.float32) - 128) * half)
