"""Detections of things that never move: goal nets, signs, dots on the ice.

A detector sees somebody in them again and again at the same place, with little conviction. People who stand
still are seen with more, and not for a large part of a game at the same place to a hand's breadth.
"""

import itertools
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shiftclipper.vision.game_observations import GameObservations

Array = NDArray[np.float64]
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
        count, mean = _around(feet[rows], height[rows], scores.astype(np.float64))
        result[rows] = (count >= least) & (mean < UNSURE) & (scores < mean + SPARED)
    return result


def _around(feet: Array, height: Array, scores: Array) -> tuple[Array, Array]:
    """Return how many detections are at the place of each one (n,), and their mean score (n,)."""
    keys, strides = _places(feet, height)
    known, index, counts = np.unique(keys, return_inverse=True, return_counts=True)
    sums = np.bincount(index, scores)
    near, total = np.zeros(len(known)), np.zeros(len(known))
    for offset in itertools.product((-1, 0, 1), repeat=3):
        other = known + int(np.dot(offset, strides))
        at = np.minimum(np.searchsorted(known, other), len(known) - 1)
        there = known[at] == other
        near += np.where(there, counts[at], 0)
        total += np.where(there, sums[at], 0.0)
    return near[index], (total / near)[index]


def _places(feet: Array, height: Array) -> tuple[Numbers, Numbers]:
    """Return a number (n,) for the cell of each detection, and by how much it grows (3,) along each axis."""
    usual = float(np.median(height))
    places = np.empty((len(feet), 3), np.int32)
    places[:, :2] = np.floor(feet / (CELL * usual))
    places[:, 2] = np.floor(np.log(height) / CELL)
    places -= places.min(axis=0) - 1
    extent = places.max(axis=0).astype(np.int64) + 2
    strides = np.array([extent[1] * extent[2], extent[2], 1])
    keys = np.zeros(len(feet), np.int64)
    for axis in range(3):
        keys += places[:, axis] * strides[axis]
    return keys, strides
