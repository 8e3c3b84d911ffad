"""What the boxes before a moment say of a person, and those after it; and whether the two agree.

A run is a sequence of boxes that is taken for one person. At any of its boxes the filter is run once
over the boxes that lead up to it and once, backwards, over those that follow, so that a moment is judged
with the motion, height and colours of both its sides.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shiftclipper.vision.association import NEWCOMERS, TAIL, paired_likeness_costs
from shiftclipper.vision.detections import Detections
from shiftclipper.vision.kalman import (
    ACCELERATION,
    HEIGHT_DRIFT,
    SPEED,
    States,
    new_states,
    predict,
    update,
)

Array = NDArray[np.float64]
Floats32 = NDArray[np.float32]
Numbers = NDArray[np.int64]

MOTION_WINDOW = 10
"""Boxes on one side of a moment that motion is read from."""
COLOUR_WINDOW = 30
"""Boxes on one side of a moment that colours are read from."""
PLACES_AT_ONCE = 50_000
"""More are done in parts: a game of an hour has a million places."""
MISSED = 4.0
"""Cost of each second in which somebody was not seen though nothing says that he left."""
USUAL_GAP = 0.15
"""Seconds between two boxes that cost nothing."""


@dataclass(frozen=True, slots=True)
class Runs:
    """M boxes in runs, run after run, each in time order. A place is an index into these arrays."""

    rows: Numbers
    """(M,) number of the detection."""
    first: Numbers
    """(M,) place of the first box of the run."""
    last: Numbers
    """(M,) place of the last box of the run."""

    @property
    def begins(self) -> Numbers:
        """(n,) places of the first boxes of the runs."""
        return np.flatnonzero(self.first == np.arange(len(self.rows)))

    @property
    def ends(self) -> Numbers:
        """(n,) places of the last boxes of the runs, in the same order."""
        return np.flatnonzero(self.last == np.arange(len(self.rows)))

    @property
    def lengths(self) -> Numbers:
        """(M,) boxes of the run that each place belongs to."""
        return self.last - self.first + 1


def runs_of(labels: Numbers) -> Runs:
    """Group detections by label (N,); those of label -1 belong to no run."""
    rows, begins, ends = grouped(labels)
    lengths = ends - begins + 1
    return Runs(rows, np.repeat(begins, lengths), np.repeat(ends, lengths))


def grouped(labels: NDArray[np.signedinteger]) -> tuple[Numbers, Numbers, Numbers]:
    """Return the rows of `Runs` and the places (n,) of the first and last boxes of its runs."""
    rows = np.flatnonzero(labels >= 0)
    rows = rows[np.argsort(labels[rows], kind="stable")]
    new = np.ones(len(rows), dtype=bool)
    new[1:] = labels[rows[1:]] != labels[rows[:-1]]
    begins = np.flatnonzero(new)
    return rows, begins, np.append(begins[1:], len(rows))[: len(begins)] - 1


class Sides:
    """Both sides of some boxes of some runs."""

    def __init__(self, detections: Detections, runs: Runs, before: Numbers, after: Numbers) -> None:
        """Read the boxes up to the places `before`, and those from the places `after` on."""
        self.runs = runs
        self.times = detections.seconds(runs.rows)
        before, after = np.unique(before), np.unique(after)
        self._before_at = _index(before, len(runs.rows))
        self._after_at = _index(after, len(runs.rows))
        steps = np.arange(MOTION_WINDOW)
        oldest = np.maximum(runs.first[before], before - MOTION_WINDOW + 1)
        past = oldest[:, None] + steps
        self.before = _filtered(detections, runs, np.where(past <= before[:, None], past, -1))
        latest = np.minimum(runs.last[after], after + MOTION_WINDOW - 1)
        future = latest[:, None] - steps
        self.after = _filtered(detections, runs, np.where(future >= after[:, None], future, -1))
        self.after.velocity *= -1
        self.after.covariance *= -1
        self._looks_before, self._looks_after = _looks(detections, runs, before, after)

    def velocity_before(self, places: Numbers) -> Array:
        """Return (k, 2) stabilised pixels per second."""
        return self.before.velocity[self._before_at[places]]

    def costs(self, first: Numbers, second: Numbers) -> Array:
        """Return (k,) how much worse it is that one person is before `first` and after `second`.

        Compared with a person who ends at `first` and one not followed yet who begins at `second`, later.
        """
        costs = np.zeros(len(first))
        for start in range(0, len(first), PLACES_AT_ONCE):
            some = slice(start, start + PLACES_AT_ONCE)
            costs[some] = self._costs(first[some], second[some])
        return costs

    def _costs(self, first: Numbers, second: Numbers) -> Array:
        gap = self.times[second] - self.times[first]
        i, j = self._before_at[first], self._after_at[second]
        looks = paired_likeness_costs(self._looks_before[i], self._looks_after[j])
        missed = MISSED * np.maximum(gap - USUAL_GAP, 0)
        return _motion_costs(self.before.take(i), self.after.take(j), gap) + missed + looks


def _index(places: Numbers, count: int) -> Numbers:
    """Return (count,) where each place is in `places`, -1 where it is not."""
    index = np.full(count, -1)
    index[places] = np.arange(len(places))
    return index


def _filtered(detections: Detections, runs: Runs, places: Numbers) -> States:
    """Filter over places (k, MOTION_WINDOW), left to right; -1 after the last one."""
    rows = runs.rows[places[:, 0]]
    d = detections
    states = new_states(d.feet[rows], d.height[rows], d.pixel[rows], np.zeros(2))
    times = d.seconds(rows)
    for column in range(1, places.shape[1]):
        some = np.flatnonzero(places[:, column] >= 0)
        if not len(some):
            break
        rows = runs.rows[places[some, column]]
        seconds = np.zeros(len(states))
        seconds[some] = np.abs(d.seconds(rows) - times[some])
        times[some] = d.seconds(rows)
        predict(states, seconds)
        update(states, some, d.feet[rows], d.height[rows], d.pixel[rows])
    return states


def _looks(detections: Detections, runs: Runs, before: Numbers, after: Numbers) -> tuple[Floats32, Floats32]:
    """Return unit root histograms up to places `before` and from places `after` on."""
    low = np.maximum(runs.first[before], before - COLOUR_WINDOW + 1)
    high = np.minimum(runs.last[after], after + COLOUR_WINDOW - 1)
    colours = detections.root_colours
    return _unit(_sums(colours, runs.rows, low, before)), _unit(_sums(colours, runs.rows, after, high))


def _sums(colours: Floats32, rows: Numbers, first: Numbers, last: Numbers) -> Floats32:
    """Return (k, bins) sums over the places first .. last, both included, a part at a time to save memory."""
    sums = np.zeros((len(first), colours.shape[1]), np.float32)
    for start in range(0, len(first), PLACES_AT_ONCE):
        some = slice(start, start + PLACES_AT_ONCE)
        low, count = first[some], last[some] - first[some] + 1
        for step in range(int(count.max())):
            there = np.flatnonzero(count > step)
            sums[start + there] += colours[rows[low[there] + step]]
    return sums


def _unit(sums: Floats32) -> Floats32:
    length = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.maximum(length, 1e-6), dtype=np.float32)


def _motion_costs(a: States, b: States, gap: Array) -> Array:
    """Return (k,) costs of people `a` being people `b` after `gap` seconds; each axis as 2 x 2 matrices."""
    step = gap[:, None]
    tall = np.exp(0.5 * (a.log_height + b.log_height))[:, None]
    strength = tall**2 * ACCELERATION
    moved = a.velocity_variance + strength * step / 3
    pp = a.position_variance + step * (2 * a.covariance + step * moved) + b.position_variance
    pv = a.covariance + step * (a.velocity_variance + strength * step / 2) + b.covariance
    vv = a.velocity_variance + strength * step + b.velocity_variance
    where = b.position - a.position - a.velocity * step
    fast = b.velocity - a.velocity
    determinant = np.maximum(pp * vv - pv * pv, 1e-9 * pp * vv)
    distance = ((vv * where**2 - 2 * pv * where * fast + pp * fast**2) / determinant).sum(axis=1)
    spread = a.log_height_variance + b.log_height_variance + HEIGHT_DRIFT**2 * 10 * gap
    distance += (b.log_height - a.log_height) ** 2 / spread
    volume = 0.5 * (np.log(determinant).sum(axis=1) + np.log(spread)) + 2.5 * np.log(2 * np.pi)
    other = b.velocity_variance + (tall * SPEED) ** 2
    newcomer = np.log(NEWCOMERS) - 2 * np.log(tall[:, 0])
    newcomer -= 0.5 * (b.velocity**2 / other + np.log(2 * np.pi * other)).sum(axis=1)
    return np.asarray(0.5 * (TAIL + 5) * np.log1p(distance / TAIL) + volume + newcomer)
