"""Joining runs of boxes across gaps: all ends and beginnings of one neighbourhood at once.

Longer runs know more of their motion and colours, so it goes in rounds, from short gaps to long.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from shiftclipper.vision.association import assign
from shiftclipper.vision.detections import Detections
from shiftclipper.vision.sides import Runs, Sides, runs_of

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]

FASTEST = 9.0
"""Body heights per second that nobody exceeds: 16 m/s, with room for errors."""


@dataclass(frozen=True, slots=True)
class Round:
    """One pass over all ends and beginnings."""

    gap: float
    """Longest time between an end and a beginning, in seconds."""
    shortest: int
    """Boxes that a run must have to take part."""


ROUNDS = (Round(0.35, 1), Round(0.8, 2), Round(1.5, 4), Round(2.5, 6))
TIMES = 3
"""A round is repeated at most this often while it still joins something."""


def stitch(detections: Detections, labels: Numbers) -> Numbers:
    """Join runs that are better explained as one; return the new labels (N,)."""
    for one in ROUNDS:
        for _ in range(TIMES):
            joined = _join_once(detections, labels, one)
            if joined is None:
                break
            labels = joined
    return labels


def _join_once(detections: Detections, labels: Numbers, one: Round) -> Numbers | None:
    runs = runs_of(labels)
    first, second = _near_in_time(detections, runs, one)
    if not len(first):
        return None
    costs = Sides(detections, runs, first, second).costs(first, second)
    near = costs < 0
    if not near.any():
        return None
    first, second = _assigned(first[near], second[near], costs[near])
    number = np.cumsum(runs.first == np.arange(len(runs.rows))) - 1
    onward = np.arange(number[-1] + 1)
    onward[number[first]] = number[second]
    # Follow each chain of joins to its last run.
    while (onward != onward[onward]).any():
        onward = onward[onward]
    result = np.full(len(labels), -1)
    result[runs.rows] = onward[number]
    return result


def _near_in_time(detections: Detections, runs: Runs, one: Round) -> tuple[Numbers, Numbers]:
    """Return pairs of places (last boxes, first boxes) that a skater could get between."""
    begins, ends = runs.begins, runs.ends
    long = runs.lengths[begins] >= one.shortest
    begins, ends = begins[long], ends[long]
    begins = begins[np.argsort(runs.rows[begins], kind="stable")]
    begin_times, end_times = detections.seconds(runs.rows[begins]), detections.seconds(runs.rows[ends])
    low = np.searchsorted(begin_times, end_times, side="right")
    counts = np.searchsorted(begin_times, end_times + one.gap, side="right") - low
    first = np.repeat(ends, counts)
    offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    second = begins[np.repeat(low, counts) + offsets]
    a, b = runs.rows[first], runs.rows[second]
    reach = detections.height[a] * (FASTEST * (detections.seconds(b) - detections.seconds(a)) + 0.5)
    near = (np.abs(detections.feet[b] - detections.feet[a]) < reach[:, None]).all(axis=1)
    near &= detections.scenes[detections.picture[a]] == detections.scenes[detections.picture[b]]
    return first[near], second[near]


def _assigned(first: Numbers, second: Numbers, costs: Array) -> tuple[Numbers, Numbers]:
    """Give each end at most one beginning, each neighbourhood by itself."""
    count = int(max(first.max(), second.max())) + 1
    graph = coo_array((np.ones(len(first)), (first, second + count)), shape=(2 * count, 2 * count))
    neighbourhood = connected_components(graph, directed=False)[1][first]
    order = np.argsort(neighbourhood, kind="stable")
    first, second, costs = first[order], second[order], costs[order]
    bounds = np.flatnonzero(np.diff(neighbourhood[order], prepend=-1, append=-1))
    kept_first, kept_second = [], []
    for low, high in pairwise(bounds):
        ends, rows = np.unique(first[low:high], return_inverse=True)
        begins, columns = np.unique(second[low:high], return_inverse=True)
        matrix = np.zeros((len(ends), len(begins)))
        matrix[rows, columns] = costs[low:high]
        chosen, partners = assign(matrix)
        kept_first.append(ends[chosen])
        kept_second.append(begins[partners])
    return np.concatenate(kept_first), np.concatenate(kept_second)
