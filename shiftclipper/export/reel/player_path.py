"""Where the player is in each picture of a clip, from his tracklets."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from shiftclipper.tracklets import REACH, Tracklet

BRIDGE = 0.8
"""Seconds; between boxes of one shot no farther apart than this he is thought to move straight on."""
STEADY_PLACE = 0.1
"""Seconds; over so much of it the place is evened out, as boxes tremble from picture to picture."""
STEADY_HEIGHT = 0.6
"""Seconds; the same for the height, which changes slowly."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PlayerPath:
    """The player in each of the n pictures of a clip."""

    centres: Floats
    """(n, 2) x and y of the middle of him in shares of the picture; what is not seen is laid between."""
    heights: Floats
    """(n,) in shares of the picture's height."""
    seen: NDArray[np.bool_]
    """(n,) whether he is known to be there."""
    shots: NDArray[np.intp]
    """(n,) number of the continuous shot."""


def player_path(
    tracklets: Sequence[Tracklet],
    span: tuple[float, float],
    times: Floats,
    size: tuple[int, int],
) -> PlayerPath | None:
    """Follow the player through a clip.

    Args:
        tracklets: those of his shift.
        span: start and end of the shift in seconds of game time; boxes outside are not his.
        times: (n,) seconds of game time of the clip's pictures, ascending.
        size: width and height of the picture that the boxes are in, in pixels.

    Returns:
        None when he is never seen.
    """
    seen_at, boxes, scenes = _boxes_of(tracklets, span)
    if not len(seen_at) or not len(times):
        return None
    after = np.clip(np.searchsorted(seen_at, times), 0, len(seen_at) - 1)
    before = np.clip(after - 1, 0, len(seen_at) - 1)
    nearest = np.minimum(np.abs(seen_at[after] - times), np.abs(seen_at[before] - times))
    inside = (seen_at[before] <= times) & (times <= seen_at[after])
    bridged = inside & (seen_at[after] - seen_at[before] <= BRIDGE) & (scenes[after] == scenes[before])
    seen = bridged | (nearest <= REACH)
    if not seen.any():
        return None
    first_of_shot = np.flatnonzero(np.diff(scenes)) + 1
    shots = np.searchsorted((seen_at[first_of_shot - 1] + seen_at[first_of_shot]) / 2, times)
    of_shot = np.searchsorted(first_of_shot, np.arange(len(seen_at)), side="right")
    step = float(np.median(np.diff(times))) if len(times) > 1 else 1.0
    scale = np.array([size[0], size[1]], np.float64)
    centres, heights = np.empty((len(times), 2)), np.empty(len(times))
    for shot in np.unique(shots):
        here, known = shots == shot, of_shot == shot
        edges = np.column_stack(
            [np.interp(times[here], seen_at[known], boxes[known, side]) for side in range(4)]
        )
        centres[here] = evened((edges[:, :2] + edges[:, 2:]) / 2 / scale, STEADY_PLACE / step)
        heights[here] = evened((edges[:, 3] - edges[:, 1]) / scale[1], STEADY_HEIGHT / step)
    return PlayerPath(centres, heights, seen, shots)


def evened(values: Floats, pictures: float) -> Floats:
    """Return values (n, ...) evened out along the first axis, over about so many of them."""
    return np.asarray(gaussian_filter1d(values, max(pictures, 1e-3), axis=0, mode="nearest"), np.float64)


def crowding(path: PlayerPath, others: Sequence[Tracklet], times: Floats, size: tuple[int, int]) -> Floats:
    """Return how much of the player others cover in each picture, (n,) in shares of him."""
    covered = np.zeros(len(times))
    scale = np.array([size[0], size[1]], np.float64)
    half = np.column_stack([path.heights * size[1] / 4, path.heights * size[1] / 2])
    low, high = path.centres * scale - half, path.centres * scale + half
    area = np.maximum(np.prod(high - low, axis=1), 1.0)
    for other in others:
        here = np.flatnonzero((times >= other.start) & (times <= other.end))
        if not len(here):
            continue
        edges = np.column_stack(
            [np.interp(times[here], other.times, other.boxes[:, side]) for side in range(4)]
        )
        shared = np.minimum(high[here], edges[:, 2:]) - np.maximum(low[here], edges[:, :2])
        covered[here] += np.prod(np.maximum(shared, 0.0), axis=1) / area[here]
    return covered


def _boxes_of(
    tracklets: Sequence[Tracklet], span: tuple[float, float]
) -> tuple[Floats, Floats, NDArray[np.intp]]:
    """Return times (n,), strictly ascending, boxes (n, 4) and scenes (n,) of the player within his shift."""
    parts = [
        (one.times[inside], one.boxes[inside], np.full(int(inside.sum()), one.scene))
        for one in tracklets
        for inside in [(one.times >= span[0] - REACH) & (one.times <= span[1] + REACH)]
    ]
    if not parts:
        return np.zeros(0), np.zeros((0, 4)), np.zeros(0, np.intp)
    times = np.concatenate([part[0] for part in parts])
    times, order = np.unique(times, return_index=True)
    boxes = np.concatenate([part[1] for part in parts])[order].astype(np.float64)
    return times, boxes, np.concatenate([part[2] for part in parts])[order].astype(np.intp)
