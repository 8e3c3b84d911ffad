"""Detections of things that never move: goal nets, signs, dots on the ice.

A detector sees somebody in them again and again at the same place, with little conviction. People who stand
still are seen with more, and not for a large part of a game at the same place to a hand's breadth.
"""

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from shiftclipper.vision.detections import standing
from shiftclipper.vision.observations import FrameObservations
from shiftclipper.vision.stabilise import Stabilised

Array = NDArray[np.float64]

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


def without_things(observations: Sequence[FrameObservations], camera: Stabilised) -> list[FrameObservations]:
    """Return the observations of a whole game without the detections of things that never move."""
    result = list(observations)
    for scene in np.unique(camera.scenes):
        pictures = np.flatnonzero(camera.scenes == scene).tolist()
        some = [observations[k] for k in pictures]
        times = np.array([one.time for one in some])
        if len(times) < 2 or times[-1] - times[0] < LEAST_SECONDS:
            continue
        least = max(LEAST_SHARE * len(times), LEAST_SECONDS / max(float(np.median(np.diff(times))), 1e-3))
        boxes, scores = (np.concatenate([getattr(one, name) for one in some]) for name in ("boxes", "scores"))
        if not len(boxes):
            continue
        ends = np.cumsum([len(one) for one in some])
        starts = np.concatenate([[0], ends[:-1]])
        feet, height, _ = standing(boxes, np.repeat(pictures, ends - starts), camera)
        count, mean = _around(feet, height, scores.astype(np.float64))
        is_thing = (count >= least) & (mean < UNSURE) & (scores < mean + SPARED)
        for k, low, high in zip(pictures, starts, ends, strict=True):
            result[k] = _kept(observations[k], ~is_thing[low:high])
    return result


def _kept(one: FrameObservations, kept: NDArray[np.bool_]) -> FrameObservations:
    if kept.all():
        return one
    return replace(
        one,
        boxes=one.boxes[kept],
        scores=one.scores[kept],
        colours=one.colours[kept],
        kit=one.kit[kept],
        roles=one.roles[kept],
        sharpness=one.sharpness[kept],
    )


def _around(feet: Array, height: Array, scores: Array) -> tuple[Array, Array]:
    """Return how many detections are at the place of each one (n,), and their mean score (n,)."""
    usual = float(np.median(height))
    cells = np.column_stack([feet / (CELL * usual), np.log(height) / CELL])
    places = np.floor(cells).astype(np.int64)
    places -= places.min(axis=0) - 1
    extent = places.max(axis=0) + 2
    key = np.ravel_multi_index(tuple(places.T), tuple(extent))
    known, index, counts = np.unique(key, return_inverse=True, return_counts=True)
    sums = np.bincount(index, scores)
    near, total = np.zeros(len(known)), np.zeros(len(known))
    strides = np.array([extent[1] * extent[2], extent[2], 1])
    for offset in itertools.product((-1, 0, 1), repeat=3):
        other = known + int(np.dot(offset, strides))
        at = np.minimum(np.searchsorted(known, other), len(known) - 1)
        there = known[at] == other
        near += np.where(there, counts[at], 0)
        total += np.where(there, sums[at], 0.0)
    return near[index], (total / near)[index]
