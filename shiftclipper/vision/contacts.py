"""Which contacts could have exchanged two people, judged from both sides.

Given the best guess of who is who, every step of every run is asked again: what if, at this moment, two
people near each other went on as each other, or one of them as somebody who ends or begins here? Motion,
height and colours before the moment meet those after it. An exchange that explains the pictures better is
made; one that explains them nearly as well is a doubt, and the runs are broken there.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shiftclipper.vision.detections import Detections
from shiftclipper.vision.sides import MOTION_WINDOW, Runs, Sides, runs_of

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]

NEAR = 2.0
"""Body heights within which two people can be taken for each other from one picture to the next."""
HASTE = 2.0
"""Body heights per second that this distance grows by over a gap."""
DANGLING = 0.6
"""Seconds after its end, or before its beginning, in which a run may be half of an exchange."""
FLEETING = np.array([0.0, 6.0, 4.0])
"""Cost of an exchange with the end or beginning of a run of 1 or 2 boxes, which may be nobody at all."""
BETTER = 0.7
"""An exchange is made when it explains the pictures better by this much."""
DOUBT = 3.5
"""A run is broken where an exchange costs less than this."""
TIMES = 6
NOBODY = -1
PICTURES_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Steps:
    """From each box to the next of its run; and the open ends of runs, where one of the two is NOBODY."""

    before: Numbers
    after: Numbers
    """Places in the runs."""
    low: Numbers
    high: Numbers
    """The step lies between picture `low` and picture `high`, which are neighbours but for gaps."""

    anchor: Numbers
    """A place that stands for the step."""

    @property
    def whole(self) -> NDArray[np.bool_]:
        """Which steps have both a box before and one after."""
        return (self.before >= 0) & (self.after >= 0)


@dataclass(frozen=True, slots=True)
class Exchanges:
    """k pairs of steps whose people could go on as each other."""

    first: Numbers
    second: Numbers
    """(k,) numbers of steps."""
    cost: Array
    """(k,) how much worse the exchange explains the pictures than the present guess."""
    crossing: NDArray[np.bool_]
    """(k, 2) whether the person before the first step goes on as the one after the second, and back."""


def exchange(detections: Detections, labels: Numbers) -> Numbers:
    """Make the exchanges that explain the pictures better; return the new labels (N,)."""
    touched: NDArray[np.bool_] | None = None
    for _ in range(TIMES):
        runs = runs_of(labels)
        steps = _steps(detections, runs)
        found = _exchanges(detections, runs, steps, touched)
        better = np.flatnonzero(found.cost < -BETTER)
        if not len(better):
            break
        better = better[np.argsort(found.cost[better], kind="stable")]
        onward = np.where(np.arange(len(runs.rows)) < runs.last, np.arange(len(runs.rows)) + 1, NOBODY)
        locked = np.zeros(len(runs.rows), dtype=bool)
        for k in better:
            _rewire(runs, steps, found, int(k), onward, locked)
        labels = _chained(runs, onward, len(labels))
        touched = np.zeros(len(labels), dtype=bool)
        touched[runs.rows[locked]] = True
    return labels


def break_at_doubts(
    detections: Detections, labels: Numbers, doubt: float = DOUBT
) -> tuple[Numbers, NDArray[np.bool_]]:
    """Break runs where an exchange is nearly as good.

    Returns:
        new labels (N,), and which detections (N,) begin a run after such a break.
    """
    runs = runs_of(labels)
    steps = _steps(detections, runs)
    found = _exchanges(detections, runs, steps, None)
    doubtful = np.zeros(len(steps.before), dtype=bool)
    close = found.cost < doubt
    doubtful[found.first[close]] = True
    doubtful[found.second[close]] = True
    broken = np.zeros(len(runs.rows), dtype=bool)
    broken[steps.after[doubtful & steps.whole]] = True
    number = np.cumsum(broken | (runs.first == np.arange(len(runs.rows)))) - 1
    result = np.full(len(labels), -1)
    result[runs.rows] = number
    after_doubt = np.zeros(len(labels), dtype=bool)
    after_doubt[runs.rows[broken]] = True
    return result, after_doubt


def _steps(detections: Detections, runs: Runs) -> Steps:
    places = np.arange(len(runs.rows))
    picture = detections.picture[runs.rows]
    times = detections.times[picture]
    begins = runs.begins
    onward = np.where(places < runs.last, places + 1, NOBODY)
    latest = np.searchsorted(detections.times, times + DANGLING, side="right")
    earliest = np.searchsorted(detections.times, times[begins] - DANGLING, side="left")
    return Steps(
        anchor=np.concatenate([places, begins]),
        before=np.concatenate([places, np.full(len(begins), NOBODY)]),
        after=np.concatenate([onward, begins]),
        low=np.concatenate([picture, earliest]),
        high=np.concatenate([np.where(onward >= 0, picture[onward], latest), picture[begins]]),
    )


def _exchanges(
    detections: Detections, runs: Runs, steps: Steps, touched: NDArray[np.bool_] | None
) -> Exchanges:
    """Find pairs of steps near each other and what their exchange costs.

    Args:
        detections, runs, steps: of the present guess.
        touched: (N,) detections near which the guess has changed; None for all.
    """
    first, second = _near(detections, runs, steps)
    whole = steps.whole
    # An end and a beginning make no exchange: whether they are one person is for stitching to say.
    keep = whole[first] | whole[second]
    if touched is not None:
        fresh = touched[runs.rows[steps.anchor]]
        keep &= fresh[first] | fresh[second]
    first, second = first[keep], second[keep]
    before, after = steps.before, steps.after
    used = np.unique(np.concatenate([first, second]))
    sides = Sides(detections, runs, before[used][before[used] >= 0], after[used][after[used] >= 0])
    own = np.zeros(len(before))
    used = used[whole[used]]
    own[used] = sides.costs(before[used], after[used])
    cost = -own[first] - own[second]
    crossing = np.zeros((len(first), 2), dtype=bool)
    for way, (a, b) in enumerate(((before[first], after[second]), (before[second], after[first]))):
        both = np.flatnonzero((a >= 0) & (b >= 0))
        both = both[sides.times[a[both]] < sides.times[b[both]]]
        crossed = sides.costs(a[both], b[both])
        cost[both] += np.minimum(crossed, 0)
        crossing[both, way] = crossed < 0
    fleeting = np.where(whole | (runs.lengths[steps.anchor] > 2), 0, runs.lengths[steps.anchor])
    cost += FLEETING[fleeting[first]] + FLEETING[fleeting[second]]
    return Exchanges(first, second, cost, crossing)


def _near(detections: Detections, runs: Runs, steps: Steps) -> tuple[Numbers, Numbers]:
    """Return pairs of steps that some moment lies within, of people near each other."""
    anchor = steps.anchor
    rows = runs.rows[anchor]
    feet, tall = detections.feet[rows], detections.height[rows]
    times, scene = detections.seconds(rows), detections.scenes[detections.picture[rows]]
    # Moment k lies between pictures k and k + 1.
    spans = np.maximum(steps.high - steps.low, 0)
    which = np.repeat(np.arange(len(anchor)), spans)
    moment = np.repeat(steps.low, spans) + _counting(spans)
    which = which[np.argsort(moment, kind="stable")]
    sizes = np.bincount(moment, minlength=len(detections.times))
    starts = np.cumsum(sizes) - sizes
    pairs: list[Numbers] = []
    for lowest in range(0, len(sizes), PICTURES_AT_ONCE):
        size, start = (one[lowest : lowest + PICTURES_AT_ONCE] for one in (sizes, starts))
        squares = size * size
        inside, wide = _counting(squares), np.maximum(np.repeat(size, squares), 1)
        base = np.repeat(start, squares)
        a, b = which[base + inside // wide], which[base + inside % wide]
        ordered = (a < b) & (scene[a] == scene[b])
        a, b = a[ordered], b[ordered]
        gap = np.abs(times[a] - times[b])
        reach = np.maximum(tall[a], tall[b]) * (NEAR + HASTE * gap)
        near = (np.abs(feet[a] - feet[b]) < reach[:, None]).all(axis=1)
        pairs.append(np.unique(a[near] * np.int64(len(anchor)) + b[near]))
    keys = np.unique(np.concatenate(pairs)) if pairs else np.zeros(0, dtype=np.int64)
    return keys // max(len(anchor), 1), keys % max(len(anchor), 1)


def _counting(sizes: Numbers) -> Numbers:
    """Return 0, 1, ... size - 1 for each size, one after the other."""
    return np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)


def _rewire(
    runs: Runs,
    steps: Steps,
    found: Exchanges,
    number: int,
    onward: Numbers,
    locked: NDArray[np.bool_],
) -> None:
    """Make one exchange, unless something was changed near there already."""
    both = int(found.first[number]), int(found.second[number])
    ends = [int(one) for k in both for one in (steps.before[k], steps.after[k])]
    if any(locked[one] for one in ends if one >= 0):
        return
    for k, other, crosses in zip(both, both[::-1], found.crossing[number], strict=True):
        if steps.before[k] >= 0:
            onward[steps.before[k]] = steps.after[other] if crosses else NOBODY
        place = int(steps.anchor[k])
        low = max(place - MOTION_WINDOW, int(runs.first[place]))
        locked[low : min(place + MOTION_WINDOW, int(runs.last[place])) + 1] = True


def _chained(runs: Runs, onward: Numbers, count: int) -> Numbers:
    """Return labels (count,): one for each chain of places."""
    root = np.arange(len(onward))
    follows = np.flatnonzero(onward >= 0)
    root[onward[follows]] = follows
    while (root != root[root]).any():
        root = root[root]
    labels = np.full(count, -1)
    labels[runs.rows] = root
    return labels
