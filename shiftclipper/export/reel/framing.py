"""Which part of the film an upright reel shows: the player, followed as a calm camera operator would."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from shiftclipper.export.reel.planes import Planes, empty_planes
from shiftclipper.export.reel.player_path import Floats, PlayerPath, evened

SHAPE = (9, 16)
UPRIGHT_SIZES = ((1080, 1920), (720, 1280))
"""Pixels; the larger one for films that have as many lines as it is wide."""
CLOSEST = 0.6
"""The least part of the film's height that is shown: nearer the picture would be coarse."""
PLAYERS_HIGH = 7.0
"""The picture is so many times as high as the player, as far as the film allows."""
CALM = 0.7
"""Seconds over which the camera's motion is evened out."""
FREE = 0.3
"""The player may be so far from the middle, in shares of the picture's width or height."""


@dataclass(frozen=True, eq=False)
class Framing:
    """How pictures of a clip become pictures of the reel: `reel = (film - corner) * scale`."""

    size: tuple[int, int]
    """Of the reel, in pixels."""
    corners: Floats
    """(n, 2) left and top of what is shown, in pixels of the film, for each picture of the clip."""
    unit: int = 0
    """What is shown is SHAPE times so many pixels of the film, an even number; 0 for pictures as they are."""

    @property
    def scale(self) -> float:
        """Pixels of the reel for one of the film."""
        return self.size[0] / (SHAPE[0] * self.unit) if self.unit else 1.0

    def place(self, picture: int, point: Floats) -> Floats:
        """Return where a point (2,) of the film is in the reel, both in pixels."""
        return np.asarray((point - self.corners[picture]) * self.scale, np.float64)

    def shown(self, film: Planes, picture: int) -> Planes:
        """Return a picture of the film as the reel shows it; never the same arrays when it is not whole."""
        if not self.unit:
            return film
        made = empty_planes(self.size)
        x, y = (float(value) for value in self.corners[picture])
        _take(film.light, made.light, x, y, self.unit)
        for source, target in zip(film.colours, made.colours, strict=True):
            _take(source, target, x / 2, y / 2, self.unit // 2)
        return made


def whole_picture(size: tuple[int, int], count: int) -> Framing:
    """Return the framing of a reel that shows all of the film."""
    return Framing(size, np.zeros((count, 2)))


def upright_size(film: tuple[int, int]) -> tuple[int, int]:
    """Return the size of the upright reel of a film."""
    return UPRIGHT_SIZES[0] if min(film) >= UPRIGHT_SIZES[0][0] else UPRIGHT_SIZES[1]


def follow(path: PlayerPath | None, count: int, rate: float, film: tuple[int, int]) -> Framing:
    """Plan the framing of an upright reel.

    Args:
        path: of the player; None to stay in the middle.
        count: pictures of the clip, and `rate` of them a second.
        film: width and height of the clip, in pixels.
    """
    size = upright_size(film)
    width, height = film
    high = float(height)
    if path is not None:
        tall = float(np.median(path.heights[path.seen])) * height
        high = float(np.clip(PLAYERS_HIGH * tall, CLOSEST * height, height))
    unit = max(2, int(min(high / SHAPE[1], width / SHAPE[0])) // 2 * 2)
    part = np.array(SHAPE, np.float64) * unit
    limit = np.maximum(np.array([width, height]) - part, 0.0)
    if path is None:
        middle = np.tile(np.array([width / 2, height / 2]), (count, 1))
    else:
        middle = _camera(path, np.array([width, height], np.float64), part, rate)
    corners = np.clip(middle - part / 2, 0.0, limit)
    return Framing(size, corners, unit)


def _camera(path: PlayerPath, film: Floats, part: Floats, rate: float) -> Floats:
    """Return where the camera looks, (n, 2) in pixels of the film."""
    player = path.centres * film
    looks = np.empty_like(player)
    for shot in np.unique(path.shots):
        here = path.shots == shot
        calm = evened(_held(player[here], path.seen[here]), CALM * rate)
        off = player[here] - calm
        # Where he is about to leave the picture, the camera goes along.
        excess = off - np.clip(off, -FREE * part, FREE * part)
        excess[~path.seen[here]] = 0.0
        looks[here] = calm + evened(excess, CALM * rate / 4)
    return looks


def _held(player: Floats, seen: NDArray[np.bool_]) -> Floats:
    """Return places (n, 2) with straight ways over where he is not seen, and standing still at the ends."""
    known = np.flatnonzero(seen)
    if not len(known):
        return player
    everywhere = np.arange(len(player))
    return np.column_stack([np.interp(everywhere, known, player[known, axis]) for axis in (0, 1)])


def _take(source: NDArray[np.uint8], target: NDArray[np.uint8], x: float, y: float, unit: int) -> None:
    """Fill a plane with a part of another, from (x, y) on, of SHAPE units of `unit` pixels, enlarged.

    One unit more is enlarged each way, and cut to the pixel of the target. Since units of the source become
    whole pixels, this is as smooth as moving by parts of a pixel, always equally sharp, and ten times faster.
    """
    grown = target.shape[1] // SHAPE[0]
    first, top = int(x // unit) * unit, int(y // unit) * unit
    wide, high = (SHAPE[0] + 1) * unit, (SHAPE[1] + 1) * unit
    part = source[top : top + high, first : first + wide]
    missing = high - part.shape[0], wide - part.shape[1]
    if any(missing):
        part = np.asarray(
            cv2.copyMakeBorder(part, 0, missing[0], 0, missing[1], cv2.BORDER_REPLICATE), np.uint8
        )
    way = cv2.INTER_CUBIC if grown > unit else cv2.INTER_AREA
    size = ((SHAPE[0] + 1) * grown, (SHAPE[1] + 1) * grown)
    large = np.asarray(cv2.resize(part, size, interpolation=way))
    across, down = round((x - first) * grown / unit), round((y - top) * grown / unit)
    target[:] = large[down : down + target.shape[0], across : across + target.shape[1]]
