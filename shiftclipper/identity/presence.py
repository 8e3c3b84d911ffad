"""How likely the player is on the ice at each moment, and the stays that follow from it.

The single best path is a poor answer where nothing but motion tells people apart: of thousands of paths that
are about as good, it is one. A moment belongs to a stay when more than half of all paths, by weight, have him
on the ice then: this choice gets the fewest seconds wrong that can be expected. The ends of a stay then move
to the likeliest moment nearby at which he steps on the ice, or off it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shiftclipper.identity.graph import PlayerGraph
from shiftclipper.identity.pieces import Floats, Integers
from shiftclipper.identity.solver import Passage

_REACH = 3.0
"""Seconds from the moment at which both are as likely to a step that is taken for it."""
_LEAST_STEP = 0.1
"""Probability of such a step, at least."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One stretch of time on the ice."""

    start: float
    end: float
    first: int
    """The piece with which it begins; -1 when no single one can be told."""
    last: int
    """The piece with which it ends; -1 likewise."""
    pieces: tuple[int, ...]
    """Pieces of the best path within it, in time order."""
    chance: float
    """Probability of being on the ice at its likeliest moment."""


@dataclass(frozen=True, slots=True)
class _Steps:
    """Steps through the border of the ice in one direction."""

    time: Floats
    """(k,) seconds of game time."""
    piece: Integers
    """(k,) the piece on the ice's side; -1 for somebody unseen."""
    probability: Floats


def find_stays(graph: PlayerGraph, passage: Passage, duration: float, off_ice: Sequence[float]) -> list[Stay]:
    """Return the stays in time order.

    Args:
        duration: of the game, in seconds.
        off_ice: times at which the player is surely off the ice; no stay crosses one.
    """
    lattice = graph.lattice
    comes, goes = _steps(graph, passage, entering=True), _steps(graph, passage, entering=False)
    ticks = np.flatnonzero(lattice.off)
    time = lattice.enter[ticks]
    chance = 1.0 - _off_chance(graph, passage, time, ticks)
    on = chance > 0.5
    for mark in off_ice:
        on[np.abs(time - mark) == np.min(np.abs(time - mark), initial=np.inf)] = False
    border = np.diff(np.concatenate([[0], on.astype(np.int64), [0]]))
    chain = graph.piece[passage.path]
    chain = chain[chain >= 0]
    begins, ends = lattice.enter[graph.node_of[chain]], lattice.leave[graph.node_of[chain]]
    stays = []
    for head, tail in zip(np.flatnonzero(border == 1), np.flatnonzero(border == -1), strict=True):
        start, first = (0.0, -1) if head == 0 else _nearest(comes, float(time[head]))
        end, last = (duration, -1) if tail == len(time) else _nearest(goes, float(time[tail]))
        if end <= start:
            start, end = float(time[head]), float(time[min(int(tail), len(time) - 1)])
        end = min(end, duration)
        inside = (begins < end) & (ends > start)
        if inside.any():  # What lies before he is first seen, or after he is last seen, is no evidence.
            seen = float(begins[inside][0]), float(ends[inside][-1])
            if first < 0 and head > 0 and 0.0 <= seen[0] - start <= _REACH:
                start = seen[0]
            if last < 0 and tail < len(time) and 0.0 <= end - seen[1] <= _REACH:
                end = seen[1]
        likeliest = float(chance[head:tail].max())
        stays.append(Stay(start, end, first, last, tuple(chain[inside].tolist()), likeliest))
    return stays


def _off_chance(graph: PlayerGraph, passage: Passage, time: Floats, ticks: Integers) -> NDArray[np.float64]:
    """Return the probability (k,) of being off the ice at the times of the OFF nodes `ticks`."""
    lattice = graph.lattice
    chance = passage.node[ticks].copy()
    # Who goes off reaches an OFF node a little later, and is off in between.
    leaving = np.flatnonzero((passage.edge > 0) & ~lattice.off[lattice.source] & lattice.off[lattice.target])
    left = np.searchsorted(time, lattice.leave[lattice.source[leaving]], side="right")
    reached = np.searchsorted(time, lattice.enter[lattice.target[leaving]], side="left")
    gone = np.zeros(len(time) + 1)
    np.add.at(gone, np.minimum(left, reached), passage.edge[leaving])
    np.add.at(gone, reached, -passage.edge[leaving])
    return np.asarray(chance + np.cumsum(gone)[:-1], dtype=np.float64)


def _steps(graph: PlayerGraph, passage: Passage, *, entering: bool) -> _Steps:
    lattice = graph.lattice
    source_off, target_off = lattice.off[lattice.source], lattice.off[lattice.target]
    edges = np.flatnonzero((passage.edge > 1e-3) & (source_off == entering) & (target_off != entering))
    node = lattice.target[edges] if entering else lattice.source[edges]
    time = lattice.enter[node] if entering else lattice.leave[node]
    return _Steps(time, graph.piece[node], passage.edge[edges])


def _nearest(steps: _Steps, time: float) -> tuple[float, int]:
    """Return the time and piece of the likeliest step near `time`; `time` itself when there is none."""
    near = np.flatnonzero(np.abs(steps.time - time) <= _REACH)
    if len(near):
        best = near[np.argmax(steps.probability[near])]
        if steps.probability[best] >= _LEAST_STEP:
            return float(steps.time[best]), int(steps.piece[best])
    return time, -1
