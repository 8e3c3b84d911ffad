"""A game followed in windows, so that following takes no more memory in a long one than in a short one.

Each window is followed by itself, with a margin on both sides in which everybody is found again. What counts
of it is how its own boxes go on: joined from window to window, that gives the runs of the whole game.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shiftclipper.vision.detections import Detections, GameDetections
from shiftclipper.vision.sides import runs_of

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Follow = Callable[[Detections], tuple[Numbers, Flags]]
"""Gives labels (N,), -1 for nobody, and which detections (N,) begin a run after a doubt."""

WINDOW_SECONDS = 300.0
"""What is followed together."""
MARGIN_SECONDS = 15.0
"""Nothing that is farther away matters to who is who: nobody is followed blindly for so long."""
NOBODY = -1


@dataclass(frozen=True, slots=True)
class _Onward:
    """How the N boxes of a game go on."""

    next: NDArray[np.int32]
    """(N,) the next box of the same person, a doubt between the two or not; NOBODY at the end."""
    doubtful: Flags
    """(N,) whether there is a doubt before the next."""
    somebody: Flags
    """(N,) whether the box belongs to a run."""


def follow_in_windows(detections: GameDetections, follow: Follow) -> tuple[NDArray[np.int32], Flags]:
    """Return what `follow` gives, of the whole game: labels (N,), and which begin a run after a doubt.

    A run's label is followed by that of its next part wherever a doubt breaks it.
    """
    count = len(detections.boxes)
    onward = _Onward(np.full(count, NOBODY, np.int32), np.zeros(count, np.bool_), np.zeros(count, np.bool_))
    times = detections.times
    begin = float(times[0]) if len(times) else 0.0
    while len(times) and begin <= times[-1]:
        end = begin + WINDOW_SECONDS
        _follow_one(detections, follow, begin, end, onward)
        begin = end
    return _labelled(onward)


def _follow_one(
    detections: GameDetections, follow: Follow, begin: float, end: float, onward: _Onward
) -> None:
    """Follow the window [begin, end) and write down how its boxes go on."""
    moments = (begin - MARGIN_SECONDS, begin, end, end + MARGIN_SECONDS)
    first, own, after, last = np.searchsorted(detections.times, moments).tolist()
    offset, low, high = (int(detections.starts[k]) for k in (first, own, after))
    labels, after_doubt = follow(detections.part(first, last))
    runs = runs_of(labels)
    here, there = runs.rows[:-1], runs.rows[1:]
    # The next run in order of label is the same person's when a doubt parts the two.
    same = (labels[here] == labels[there]) | after_doubt[there]
    mine = same & (here + offset >= low) & (here + offset < high)
    onward.next[here[mine] + offset] = there[mine] + offset
    onward.doubtful[here[mine] + offset] = after_doubt[there[mine]]
    onward.somebody[low:high] = labels[low - offset : high - offset] >= 0


def _labelled(onward: _Onward) -> tuple[NDArray[np.int32], Flags]:
    # Numbers of boxes are kept short: of a long game, each array of them is large.
    count = len(onward.next)
    source = np.flatnonzero((onward.next != NOBODY) & onward.somebody[onward.next]).astype(np.int32)
    target = onward.next[source]
    # Two windows may give one box to two people: the later one has it, if anybody.
    before = np.full(count, NOBODY, np.int32)
    before[target] = source
    doubtful = np.zeros(count, np.bool_)
    doubtful[target] = onward.doubtful[source]
    doubtful[target[before[target] != source]] = True
    del source, target
    start = np.where(before == NOBODY, np.arange(count, dtype=np.int32), before)
    # Each person's boxes lead back to his first one.
    while (start != (further := start[start])).any():
        start = further
    order = np.flatnonzero(onward.somebody).astype(np.int32)
    order = order[np.argsort(start[order], kind="stable")]
    begins = (before[order] == NOBODY) | doubtful[order]
    labels = np.full(count, NOBODY, np.int32)
    labels[order] = np.cumsum(begins, dtype=np.int32) - 1
    return labels, doubtful
