"""Which part of the film an upright reel shows: the player, followed as a calm camera operator would."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from shiftclipper.export.reel.planes import Planes, empty_planes
from shiftclipper.export.reel.player_path import Floats, PlayerPath, evened

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
    scale: float
    whole: bool
    """Whether pictures are shown as they are."""

    def place(self, picture: int, point: Floats) -> Floats:
        """Return where a point (2,) of the film is in the reel, both in pixels."""
        return np.asarray((point - self.corners[picture]) * self.scale, np.float64)

    def shown(self, film: Planes, picture: int) -> Planes:
        """Return a picture of the film as the reel shows it; never the same arrays when it is not whole."""
        if self.whole:
            return film
        made = empty_planes(self.size)
        x, y = (float(value) for value in self.corners[picture])
        _take(film.light, made.light, x, y, self.scale, cv2.INTER_CUBIC)
        for source, target in zip(film.colours, made.colours, strict=True):
            _take(source, target, x / 2, y / 2, self.scale, cv2.INTER_LINEAR)
        return made


def whole_picture(size: tuple[int, int], count: int) -> Framing:
    """Return the framing of a reel that shows all of the film."""
    return Framing(size, np.zeros((count, 2)), 1.0, True)


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
    shape = size[0] / size[1]
    high = float(height)
    if path is not None:
        tall = float(np.median(path.heights[path.seen])) * height
        high = float(np.clip(PLAYERS_HIGH * tall, CLOSEST * height, height))
    high = min(high, width / shape)
    part = np.array([high * shape, high])
    limit = np.array([width, height]) - part
    if path is None:
        middle = np.tile(np.array([width / 2, height / 2]), (count, 1))
    else:
        middle = _camera(path, np.array([width, height], np.float64), part, rate)
    corners = np.clip(middle - part / 2, 0.0, limit)
    return Framing(size, corners, size[1] / high, False)


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


def _take(
    source: NDArray[np.uint8], target: NDArray[np.uint8], x: float, y: float, scale: float, way: int
) -> None:
    """Fill a plane with a part of another, from (x, y) on, enlarged."""
    # Pixels are squares: their middles lie half a pixel in.
    shift = 0.5 * scale - 0.5
    matrix = np.array([[scale, 0.0, shift - x * scale], [0.0, scale, shift - y * scale]])
    cv2.warpAffine(
        source,
        matrix,
        (target.shape[1], target.shape[0]),
        dst=target,
        flags=way,
        borderMode=cv2.BORDER_REPLICATE,
    )
