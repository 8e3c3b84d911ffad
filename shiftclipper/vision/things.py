"""Detections of things that never move: goal nets, signs, dots on the ice, and people in their seats.

A detector sees somebody in them again and again at the same place, with little conviction. People who stand
still are seen with more, and not for a large part of a game at the same place to a hand's breadth. Nobody on
skates stays in one to a finger's breadth, with whatever conviction he is seen.
"""

import itertools
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shiftclipper.vision.game_observations import GameObservations

Array = NDArray[np.float64]
Floats32 = NDArray[np.float32]
Numbers = NDArray[np.int64]

CELL = 0.12
"""Places are told apart by this many usual body heights, and heights by this much of their logarithm."""
LEAST_SHARE = 0.05
"""A thing is seen in at least this share of its scene's pictures."""
LEAST_SECONDS = 6.0
"""And for so long in all."""
UNSURE = 0.4
"""And its mean score is below this."""
SPARED = 0.1
"""A detection whose score is higher than its place's by this may be somebody in front of the thing."""
RIGID = 0.03
"""Standard deviation, in usual body heights, of where feet are seen below which a place's mean score does not
matter. In twenty sample games 99 of 100 detections at such places were of nobody on the ice."""
RIGID_SECONDS = 20.0
"""For so long in all something is seen at such a place, however long the game is."""
RIGID_SPARED = 0.25
"""As SPARED, at such places."""
AT_ONCE = 50_000
"""Detections that are looked at together."""


def find_things(
    detections: GameObservations, scenes: Numbers, feet: Array, height: Array
) -> NDArray[np.bool_]:
    """Tell which of a game's N detections are of things that never move.

    Args:
        detections: of the whole game.
        scenes: (n,) number of each picture's scene, ascending.
        feet, height: (N, 2) and (N,) as of `standing`.
    """
    result = np.zeros(len(detections.scores), dtype=np.bool_)
    times, starts = detections.times, detections.starts
    for first, last in pairwise([0, *(np.flatnonzero(np.diff(scenes)) + 1).tolist(), len(scenes)]):
        if last - first < 2 or times[last - 1] - times[first] < LEAST_SECONDS:
            continue
        step = max(float(np.median(np.diff(times[first:last]))), 1e-3)
        least = max(LEAST_SHARE * (last - first), LEAST_SECONDS / step)
        rows = slice(starts[first], starts[last])
        scores = detections.scores[rows]
        if not len(scores):
            continue
        _mark(result[rows], feet[rows], height[rows], scores, least, RIGID_SECONDS / step)
    return result


def _mark(
    result: NDArray[np.bool_], feet: Array, height: Array, scores: Floats32, least: float, least_rigid: float
) -> None:
    """Mark in `result` (n,) the detections of things in one scene.

    Args:
        feet, height: (n, 2) and (n,) stabilised pixels.
        least, least_rigid: detections of a thing at least, and of one whose place never varies.
    """
    usual = float(np.median(height))
    keys, strides = _places(feet, height, usual)
    known, counts = np.unique(keys, return_counts=True)
    near, mean = _around(known, strides, counts, _sums(known, keys, scores))
    rigid = (near >= least_rigid) & (mean >= UNSURE)
    for axis in (0, 1):
        if rigid.any():
            rigid &= _spread(known, keys, strides, counts, feet[:, axis] / usual) < RIGID
    thing = ((near >= least) & (mean < UNSURE)) | rigid
    most = mean + np.where(rigid, RIGID_SPARED, SPARED)
    for some in _parts(len(keys)):
        place = np.searchsorted(known, keys[some])
        result[some] = thing[place] & (scores[some] < most[place])


def _sums(known: Numbers, keys: Numbers, values: Floats32 | Array) -> Array:
    """Return the sum (m,) of the values (n,) of the detections in each cell."""
    sums = np.zeros(len(known))
    for some in _parts(len(keys)):
        np.add.at(sums, np.searchsorted(known, keys[some]), values[some].astype(np.float64))
    return sums


def _spread(known: Numbers, keys: Numbers, strides: Numbers, counts: Numbers, values: Array) -> Array:
    """Return the standard deviation (m,) of values (n,) over the detections at each cell or next to it."""
    values = values - np.median(values)
    _, mean = _around(known, strides, counts, _sums(known, keys, values))
    _, square = _around(known, strides, counts, _sums(known, keys, values**2))
    return np.asarray(np.sqrt(np.maximum(square - mean**2, 0.0)))


def _around(known: Numbers, strides: Numbers, counts: Numbers, sums: Array) -> tuple[Array, Array]:
    """Return how many detections are at or next to each of m cells (m,), and the mean (m,) of their values.

    Args:
        known, counts: (m,) cells, and the detections in each.
        sums: (m,) of the values in each.
    """
    near, total = np.zeros(len(known)), np.zeros(len(known))
    for offset in itertools.product((-1, 0, 1), repeat=3):
        other = known + int(np.dot(offset, strides))
        at = np.minimum(np.searchsorted(known, other), len(known) - 1)
        there = known[at] == other
        near += np.where(there, counts[at], 0)
        total += np.where(there, sums[at], 0.0)
    return near, total / near


def _places(feet: Array, height: Array, usual: float) -> tuple[Numbers, Numbers]:
    """Return a number (n,) for the cell of each detection, and by how much it grows (3,) along each axis."""
    places = np.empty((len(feet), 3), np.int32)
    for some in _parts(len(feet)):
        places[some, :2] = np.floor(feet[some] / (CELL * usual))
        places[some, 2] = np.floor(np.log(height[some]) / CELL)
    places -= places.min(axis=0) - 1
    extent = places.max(axis=0).astype(np.int64) + 2
    strides = np.array([extent[1] * extent[2], extent[2], 1])
    keys = np.zeros(len(feet), np.int64)
    for axis in range(3):
        keys += places[:, axis] * strides[axis]
    return keys, strides


def _parts(count: int) -> Iterator[slice]:
    """Divide so many detections into parts, to save memory."""
    for start in range(0, count, AT_ONCE):
        yield slice(start, start + AT_ONCE)
