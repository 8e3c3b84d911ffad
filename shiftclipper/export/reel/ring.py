"""The ring around the player: when it is shown, and drawing it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shiftclipper.export.reel.lettering import BOLD, fitting, text_mask
from shiftclipper.export.reel.planes import Colour, Planes, blend, dimmed
from shiftclipper.export.reel.player_path import Floats, PlayerPath

FREEZE = 1.4
"""Seconds in which the picture stands still to show who it is."""
FOLLOW = 2.0
"""Seconds in which the ring stays on him afterwards."""
FADE = 0.35
"""Seconds in which a ring goes."""
CLOSE_IN = 0.4
"""Seconds in which the ring closes in and the rest of the picture turns dark."""
LEAD = 0.5
"""Seconds; so long the picture moves before it stops, where possible."""
LOOK_AHEAD = 2.5
"""Seconds; within so long after he is first seen, the picture stops where he stands free."""
STAYS = 1.0
"""Seconds for which he must stay in sight after the picture stops, where possible."""
CLEAR = 0.05
"""Share of him that others may cover when he is to be shown."""
DIM = 0.55
"""How much darker the rest becomes."""
WIDE = 2.4
"""Radius with which the ring begins to close in, in radii."""
AROUND = 0.66
"""Radius of the ring, in heights of the player."""
SMALLEST = 0.026
"""Radius of the smallest ring, in shares of the shorter side of the reel."""
STROKE = 0.0050
"""Width of the line, in shares of the shorter side of the reel."""

BRIGHT: Colour = (255, 214, 64)
SHADE: Colour = (20, 32, 43)
WHITE: Colour = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Freeze:
    """Where the picture of a clip stands still."""

    at: int
    """Number of the picture, from 0."""
    pictures: int
    """For how many more pictures it is shown."""


@dataclass(frozen=True, slots=True)
class Ring:
    """The ring in one picture of the reel."""

    strength: float
    """0 (none) to 1."""
    wide: float = 1.0
    """Radius as a multiple of what it is at rest."""
    dim: float = 0.0
    """How far the rest is darkened, 0 to 1."""
    label: float = 0.0
    """How clearly the name stands beside it, 0 to 1."""


NO_RING = Ring(0.0)


def choose_freeze(path: PlayerPath, covered: Floats, rate: float, mixed: int = 0) -> Freeze:
    """Return where the picture stops: soon after the player is first seen, where nobody stands before him.

    Args:
        path: of the player, who is seen at least once.
        covered: (n,) how much of him others cover; see `crowding`.
        rate: pictures per second.
        mixed: so many of the first pictures are mixed with what comes before.
    """
    known = np.flatnonzero(path.seen)
    led = known >= mixed + LEAD * rate
    first = int(known[led][0] if led.any() else known[0])
    stays = max(1, round(STAYS * rate))
    # At each picture, for how many more he stays in sight without a break.
    gone = np.append(np.flatnonzero(~path.seen), len(path.seen))
    left = gone[np.searchsorted(gone, known)] - known
    inside = np.all((path.centres[known] > 0.03) & (path.centres[known] < 0.97), axis=1)
    soon = (known >= first) & (known < first + LOOK_AHEAD * rate)
    badness = covered[known] + (left < stays) + 2.0 * ~inside + 4.0 * ~soon
    good = np.flatnonzero(badness <= CLEAR)
    chosen = int(known[good[0]]) if len(good) else int(known[np.argmin(badness)])
    return Freeze(chosen, max(1, round(FREEZE * rate)))


def ring_frozen(step: int, freeze: Freeze, rate: float) -> Ring:
    """Return the ring in the step-th (from 0) of the pictures that stand still."""
    since, until = step / rate, (freeze.pictures - step) / rate
    closed = _eased(since / CLOSE_IN)
    shown = min(closed, _eased(until / (CLOSE_IN / 2)))
    return Ring(min(1.0, 2 * closed), WIDE + (1.0 - WIDE) * closed, shown, shown)


def rings_moving(path: PlayerPath, freeze: Freeze | None, rate: float, *, always: bool) -> list[Ring]:
    """Return the ring in each picture of the clip that moves.

    Args:
        path: of the player.
        freeze: after it the ring stays on him for a while.
        rate: pictures per second.
        always: whether it stays on him as long as he is seen.
    """
    strengths = np.zeros(len(path.seen))
    if always:
        strengths[path.seen] = 1.0
    if freeze is not None:
        since = (np.arange(len(path.seen)) - freeze.at) / rate
        fading = np.clip((FOLLOW - since) / FADE, 0.0, 1.0) * (since > 0)
        strengths = np.maximum(strengths, fading * path.seen)
    # He may be lost for moments: the ring goes softly, and comes softly.
    pictures = max(1, round(FADE / 2 * rate))
    gone = np.flatnonzero(~path.seen)
    if len(gone):
        every = np.arange(len(path.seen))
        place = np.searchsorted(gone, every)
        before = every - gone[np.maximum(place - 1, 0)]
        after = gone[np.minimum(place, len(gone) - 1)] - every
        near = np.minimum(np.where(place > 0, before, pictures), np.where(place < len(gone), after, pictures))
        strengths *= np.clip(near / pictures, 0.0, 1.0)
    return [Ring(float(strength)) if strength > 0 else NO_RING for strength in strengths]


def radius_of(height: float, size: tuple[int, int]) -> float:
    """Return the radius of the ring around somebody `height` pixels tall in a reel of a size."""
    return max(AROUND * height, SMALLEST * min(size))


def draw_ring(
    picture: Planes, ring: Ring, centre: Sequence[float], radius: float, label: "Label | None" = None
) -> None:
    """Draw a ring into a picture, in place.

    Args:
        picture: to draw on; must be one's own.
        ring: how.
        centre: x and y in pixels.
        radius: at rest, in pixels.
        label: the player's name, when known.
    """
    size = picture.size
    stroke = max(1.5, STROKE * min(size))
    now = radius * ring.wide
    if ring.dim > 0:
        far = _distances((0, 0), size, centre)
        dimmed(picture, DIM * ring.dim * np.clip((far - now) / (0.35 * radius) + 0.5, 0.0, 1.0))
    reach = int(now + 4 * stroke) + 2
    left, top = (int(value) // 2 * 2 - reach // 2 * 2 for value in centre)
    side = 4 * (reach // 2) + 2
    off = np.abs(_distances((left, top), (side, side), centre) - now)
    shade = np.exp(-np.square(off / (1.6 * stroke))) * (0.45 * ring.strength)
    blend(picture, (left, top), shade.astype(np.float32), SHADE)
    line = np.clip(stroke / 2 + 0.5 - off, 0.0, 1.0) * ring.strength
    blend(picture, (left, top), line.astype(np.float32), BRIGHT)
    if label is not None and ring.label > 0:
        label.draw(picture, centre, now + 3 * stroke, ring.label)


def _distances(place: tuple[int, int], size: tuple[int, int], centre: Sequence[float]) -> NDArray[np.float32]:
    """Return how far the pixels of a part of the picture are from a point, (height, width)."""
    x = np.arange(place[0], place[0] + size[0], dtype=np.float32) - np.float32(centre[0])
    y = np.arange(place[1], place[1] + size[1], dtype=np.float32) - np.float32(centre[1])
    return np.asarray(np.sqrt(np.square(x)[None, :] + np.square(y)[:, None]), np.float32)


class Label:
    """The player's name on a dark plate, drawn once and laid beside the ring."""

    def __init__(self, text: str, size: tuple[int, int]) -> None:
        """Draw the plate for a reel of a size."""
        short = min(size)
        text, pixels = fitting(text, BOLD, max(10, round(0.036 * short)), 0.8 * size[0], 8)
        letters = text_mask(text, BOLD, pixels)
        pad = max(2, round(0.55 * pixels)) // 2 * 2
        high, wide = letters.shape
        self._letters = letters
        self._pad = (pad, pad // 4 * 2)
        self._plate = _rounded(wide + 2 * self._pad[0], high + 2 * self._pad[1])

    def draw(self, picture: Planes, centre: Sequence[float], reach: float, strength: float) -> None:
        """Lay it under the ring, or over it where there is no room."""
        width, height = picture.size
        high, wide = self._plate.shape
        margin = 0.02 * min(width, height)
        left = float(np.clip(centre[0] - wide / 2, margin, max(margin, width - wide - margin)))
        top = centre[1] + reach
        if top + high > height - margin:
            top = centre[1] - reach - high
        place = (int(left) // 2 * 2, int(top) // 2 * 2)
        blend(picture, place, self._plate * (0.88 * strength), SHADE)
        inner = (place[0] + self._pad[0], place[1] + self._pad[1])
        blend(picture, inner, self._letters * strength, WHITE)


def _rounded(width: int, height: int) -> NDArray[np.float32]:
    """Return a plate with round ends as shares, (height, width)."""
    radius = height / 2
    x = np.arange(width, dtype=np.float32) + 0.5
    y = np.arange(height, dtype=np.float32) + 0.5 - radius
    across = np.maximum(np.abs(x - width / 2) - (width / 2 - radius), 0.0)
    off = np.hypot(across[None, :], y[:, None])
    return np.asarray(np.clip(radius - off + 0.5, 0.0, 1.0), np.float32)


def _eased(share: float) -> float:
    """Return how far something is that begins fast and ends slowly, for a share of its time."""
    rest = 1.0 - min(1.0, max(0.0, share))
    return 1.0 - rest**3
