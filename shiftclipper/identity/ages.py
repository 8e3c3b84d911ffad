"""Paths through a lattice that carry the age of the running shift.

Age is kept as the five-second slot in which the shift began, in a ring of slots: time then leaves
a path's slot as it is, and only what has become very old is lumped together. Weights are scaled by
the potentials of a pass without ages, so that sums need no logarithms.
"""

import json
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from shiftclipper.identity.pieces import Flags, Floats, Integers
from shiftclipper.paths import resource_path

SLOT = 5.0
"""Seconds of one age slot."""
SLOTS = 32
"""Slots in the ring; a shift older than that is just old."""
_OLD = SLOTS


_AGE = (np.arange(SLOTS)[:, None] - np.arange(SLOTS)[None]) % SLOTS
"""Age in slots, by slot modulo SLOTS and ring position."""
_PASSED = (np.arange(SLOTS) - np.arange(SLOTS)[:, None, None] - 1) % SLOTS < np.arange(SLOTS + 1)[:, None]
"""Whether a ring position becomes old: by slot modulo SLOTS, slots that go by, and position."""
_BEYOND = np.maximum(_AGE[:, None] + np.arange(SLOTS + 1)[:, None] - SLOTS, 0)
"""For how many slots it is old then, likewise."""
ANY_LENGTH = 0.05
"""Share of shifts that may have any length, so that no click is ever outvoted."""


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """A directed graph in time: all edges lead from a lower node number to a higher one."""

    node: Floats
    """(n,) log weight of passing a node; -inf forbids it."""
    begin: Floats
    """(n,) log weight of beginning there."""
    finish: Floats
    """(n,) log weight of finishing there."""
    off: Flags
    """(n,) whether no shift runs at a node."""
    enter: Floats
    """(n,) seconds of game time at which a node begins."""
    leave: Floats
    """(n,) seconds of game time at which a node ends."""
    source: Integers
    """(m,) edges, in order of `target`."""
    target: Integers
    weight: Floats
    """(m,) log weights; -inf forbids an edge."""


@dataclass(frozen=True, slots=True, eq=False)
class Lengths:
    """What a shift's length is worth, by its age in slots; the last entry is for all older."""

    ended: Floats
    """(SLOTS + 1,) log weight of a shift that ends at this age."""
    running: Floats
    """(SLOTS + 1,) log weight of a shift that has this age when the film ends."""
    begun: Floats
    """(SLOTS + 1,) log probability of this age when the film begins in the middle of a shift."""
    waning: float
    """Nats that each further slot costs a shift that is older than the ring."""


@cache
def usual_shift(level: str) -> tuple[float, float]:
    """Return how long a shift usually is at a level of play: mean and standard deviation in seconds.

    Args:
        level: youth, adult or professional; goalie for one who stays on.
    Raises:
        KeyError: no such level.
    """
    facts = json.loads(resource_path("evidence", "shift_lengths.json").read_text(encoding="utf-8"))
    mean, spread = facts[level]
    return float(mean), float(spread)


def shift_lengths(mean: float, spread: float) -> Lengths:
    """Return broad weights around a usual length: a gamma with this mean and spread (seconds).

    A twentieth is left for any length, so that no click is ever outvoted.
    """
    shape, scale = (mean / spread) ** 2, spread**2 / mean
    middle = (np.arange(SLOTS + 12) + 0.5) * SLOT
    density = np.exp((shape - 1) * np.log(middle / scale) - middle / scale)
    density = (1.0 - ANY_LENGTH) * density / density.sum() + ANY_LENGTH / len(density)
    density = np.append(density[:SLOTS], density[SLOTS:].sum())
    surviving = np.cumsum(density[::-1])[::-1]
    top = float(density.max())
    return Lengths(
        ended=np.log(density / top),
        running=np.log(surviving),
        begun=np.log(surviving / surviving.sum()),
        waning=_hazard(shape, scale, SLOTS * SLOT) * SLOT,
    )


def _hazard(shape: float, scale: float, age: float) -> float:
    """Return how likely something of gamma-distributed length ends at an age, per unit of time."""
    middle = age + (np.arange(4000) + 0.5) * scale / 40.0
    density = np.exp((shape - 1) * np.log(middle / age) - (middle - age) / scale)
    return float(1.0 / (density.sum() * scale / 40.0))


class AgedLattice:
    """The part of a lattice worth looking at, with the ages of shifts."""

    def __init__(
        self,
        lattice: Lattice,
        lengths: Lengths,
        forward: Floats,
        backward: Floats,
    ) -> None:
        """Take a lattice.

        Args:
            forward: (n,) log weight of everything up to and with a node, without ages.
            backward: (n,) log weight of everything after a node, without ages.
        """
        self._lattice, self._forward, self._backward = lattice, forward, backward
        self._source, self._target, self._weight = lattice.source, lattice.target, lattice.weight
        alone = (lattice.begin > -np.inf) & (lattice.finish > -np.inf) & (forward > -np.inf)
        self._nodes = np.union1d(np.union1d(self._source, self._target), np.flatnonzero(alone))
        self._enter = np.floor(lattice.enter / SLOT).astype(np.int64)
        self._leave = np.floor(lattice.leave / SLOT).astype(np.int64)
        self._in = np.searchsorted(self._target, np.arange(len(forward) + 1)).tolist()
        self._by_source = np.argsort(self._source, kind="stable")
        heads = np.searchsorted(self._source[self._by_source], np.arange(len(forward) + 1))
        self._out = heads.tolist()
        age = np.concatenate([_AGE, np.full((SLOTS, 1), _OLD)], axis=1)
        self._ended, self._running, self._begun = (
            part[age] for part in (lengths.ended, lengths.running, lengths.begun)
        )
        self._wanes = lengths.waning
        longest = int(self._leave.max(initial=0) - self._enter.min(initial=0)) + SLOTS + 1
        self._left = np.exp(-lengths.waning * np.arange(longest))
        self._fresh = _PASSED * np.exp(-lengths.waning * _BEYOND)
        self._log_fresh = np.where(_PASSED, -lengths.waning * _BEYOND, -np.inf)

    def has_path(self) -> bool:
        """Tell whether any path leads from a beginning to a finish."""
        lattice = self._lattice
        reached = (lattice.begin + lattice.node > -np.inf).tolist()
        alive = (lattice.node[self._target] + self._weight > -np.inf).tolist()
        for source, target, fits in zip(self._source.tolist(), self._target.tolist(), alive, strict=True):
            if fits and reached[source]:
                reached[target] = True
        return bool((np.array(reached) & (lattice.finish > -np.inf)).any())

    def marginals(self, rough: Floats, total: float) -> tuple[Floats, Floats]:
        """Return probabilities of all nodes (n,) and edges (k,).

        Args:
            rough: (k,) probabilities of the edges without ages.
            total: log weight of all paths without ages.
        """
        lattice = self._lattice
        ahead, ahead_off = self._sweep_forward()
        behind, behind_off = self._sweep_backward()
        finishing = np.exp(np.minimum(self._forward + lattice.finish - total, 0.0))
        last = self._leave % SLOTS
        final = np.where(lattice.off, ahead_off, (ahead * np.exp(self._running[last])).sum(axis=1))
        scale = float((finishing * final).sum())
        presence = np.exp(np.minimum(self._forward + self._backward - total, 0.0))
        both = np.where(lattice.off, ahead_off * behind_off, (ahead * behind).sum(axis=1))
        node = presence * both / scale
        edge = rough * self._flow(ahead, ahead_off, behind, behind_off) / scale
        return np.clip(node, 0.0, 1.0), np.clip(edge, 0.0, 1.0)

    def _flow(
        self, ahead: Floats, ahead_off: Floats, behind: Floats, behind_off: Floats
    ) -> NDArray[np.float64]:
        """Return what ages make of each edge's weight (k,)."""
        off, source, target = self._lattice.off, self._source, self._target
        ended = (ahead[source] * np.exp(self._ended[self._leave[source] % SLOTS])).sum(axis=1)
        out = np.where(off[source], ahead_off[source], ended)
        entered = self._at_enter(behind, target)
        started = entered[np.arange(len(target)), self._enter[target] % SLOTS]
        into = np.where(off[target], behind_off[target], started)
        flow = out * into
        inner = np.flatnonzero(~off[source] & ~off[target])
        later = inner[self._leave[source[inner]] < self._enter[target[inner]]]
        self._age_back(entered, later, self._leave[source[later]], self._enter[target[later]])
        flow[inner] = (ahead[source[inner]] * entered[inner]).sum(axis=1)
        return flow

    def _at_enter(self, behind: Floats, nodes: Integers) -> NDArray[np.float64]:
        """Return rows of `behind` as they are when nodes are entered, not left."""
        rows = behind[nodes].copy()
        longer = np.flatnonzero(self._enter[nodes] < self._leave[nodes])
        self._age_back(rows, longer, self._enter[nodes[longer]], self._leave[nodes[longer]])
        return rows

    def _sweep_forward(self) -> tuple[Floats, Floats]:
        """Return scaled forward weights: (n, SLOTS + 1) of on nodes, (n,) of off nodes."""
        lattice, forward = self._lattice, self._forward
        own = _difference(lattice.node, forward)
        share = np.exp(forward[self._source] + self._weight + own[self._target])
        begin = np.exp(lattice.begin + own)
        on = np.zeros((len(forward), SLOTS + 1))
        off, ended = np.zeros(len(forward)), np.zeros(len(forward))
        weigh = np.exp(self._ended)
        for node in self._nodes.tolist():
            low, high = self._in[node], self._in[node + 1]
            source, part = self._source[low:high], share[low:high]
            if lattice.off[node]:
                off[node] = float(part @ (off[source] + ended[source])) + begin[node]
                continue
            enter, leave = int(self._enter[node]), int(self._leave[node])
            row = part @ self._aged(on[source], self._leave[source], enter)
            row[enter % SLOTS] += float(part @ off[source])
            if begin[node] > 0.0:
                row += begin[node] * np.exp(self._begun[enter % SLOTS])
            if leave > enter:
                passed = _passed(enter, leave)
                beyond = leave - enter + _AGE[enter % SLOTS][passed] - SLOTS
                row[_OLD] = row[_OLD] * self._left[leave - enter] + row[passed] @ self._left[beyond]
                row[passed] = 0.0
            on[node] = row
            ended[node] = float(row @ weigh[leave % SLOTS])
        return on, off

    def _aged(self, rows: Floats, since: Integers, now: int) -> Floats:
        """Move rows (k, SLOTS + 1) that are valid at slots `since` to the slot `now`, in place."""
        if len(since) and int(since.min()) < now:
            gone = np.maximum(now - since, 0)
            fresh = self._made_old(since, gone)
            rows[:, _OLD] *= self._left[gone]
            rows[:, _OLD] += np.einsum("ij,ij->i", rows[:, :_OLD], fresh)
            rows[:, :_OLD][fresh > 0.0] = 0.0
        return rows

    def _made_old(self, since: Integers, gone: Integers) -> NDArray[np.float64]:
        """Return what is left of ring positions (k, SLOTS) that are old after `gone` slots; 0 for others."""
        fresh = self._fresh[since % SLOTS, np.minimum(gone, SLOTS)]
        if int(gone.max(initial=0)) > SLOTS:
            fresh = fresh * self._left[np.maximum(gone - SLOTS, 0)][:, None]
        return np.asarray(fresh, dtype=np.float64)

    def _age_back(self, table: Floats, rows: Integers, low: Integers, high: Integers) -> None:
        """Take rows (k,) of a backward table from slots `high` back to slots `low`, in place."""
        gone = np.maximum(high - low, 0)
        some, fresh = table[rows], self._made_old(low, gone)
        some[:, :_OLD] = np.where(fresh > 0.0, some[:, _OLD:] * fresh, some[:, :_OLD])
        some[:, _OLD] *= self._left[gone]
        table[rows] = some

    def _sweep_backward(self) -> tuple[Floats, Floats]:
        """Return scaled backward weights, as `_sweep_forward`."""
        lattice, backward = self._lattice, self._backward
        own = _difference(np.zeros(len(backward)), backward)
        onward = lattice.node[self._target] + backward[self._target]
        share = np.exp(self._weight + onward + own[self._source])[self._by_source]
        target_of = self._target[self._by_source]
        finish = np.exp(lattice.finish + own)
        on = np.zeros((len(backward), SLOTS + 1))
        off, started = np.zeros(len(backward)), np.zeros(len(backward))
        weigh = np.exp(self._ended)
        running = np.exp(self._running)
        entered = np.zeros((len(backward), SLOTS + 1))
        for node in self._nodes[::-1].tolist():
            low, high = self._out[node], self._out[node + 1]
            target, part = target_of[low:high], share[low:high]
            stop = float(part @ off[target])
            if lattice.off[node]:
                off[node] = stop + float(part @ started[target]) + finish[node]
                continue
            enter, leave = int(self._enter[node]), int(self._leave[node])
            rows = entered[target]
            later = self._enter[target]
            if len(later) and int(later.max()) > leave:
                self._age_back(rows, np.arange(len(later)), np.full(len(later), leave), later)
            row = part @ rows
            row += stop * weigh[leave % SLOTS]
            if finish[node] > 0.0:
                row += finish[node] * running[leave % SLOTS]
            on[node] = row
            if leave > enter:
                row, passed = row.copy(), _passed(enter, leave)
                row[passed] = row[_OLD] * self._left[leave - enter + _AGE[enter % SLOTS][passed] - SLOTS]
                row[_OLD] *= self._left[leave - enter]
            entered[node] = row
            started[node] = float(row[enter % SLOTS])
        return on, off

    def best_path(self) -> Integers:
        """Return the node numbers of the best path, ascending."""
        lattice = self._lattice
        on = np.full((len(lattice.node), SLOTS + 1), -np.inf)
        off = np.full(len(lattice.node), -np.inf)
        for node in self._nodes.tolist():
            low, high = self._in[node], self._in[node + 1]
            source, weight = self._source[low:high], self._weight[low:high]
            own = lattice.node[node]
            if lattice.off[node]:
                best = np.maximum(off[source], self._best_end(on, source)) + weight
                off[node] = max(float(best.max(initial=-np.inf)), lattice.begin[node]) + own
                continue
            enter, leave = int(self._enter[node]), int(self._leave[node])
            rows = self._best_aged(on[source], self._leave[source], enter) + weight[:, None]
            row = np.max(rows, axis=0, initial=-np.inf)
            fresh = float((off[source] + weight).max(initial=-np.inf))
            row[enter % SLOTS] = max(row[enter % SLOTS], fresh)
            if lattice.begin[node] > -np.inf:
                row = np.maximum(row, lattice.begin[node] + self._begun[enter % SLOTS])
            on[node] = self._best_aged(row[None], np.array([enter]), leave)[0] + own
        return self._traced(on, off)

    def _best_end(self, on: Floats, nodes: Integers) -> NDArray[np.float64]:
        """Return the best log weight (k,) of ending a shift at each of the nodes."""
        rows = on[nodes] + self._ended[self._leave[nodes] % SLOTS]
        return np.asarray(rows.max(axis=1, initial=-np.inf), dtype=np.float64)

    def _best_aged(self, rows: Floats, since: Integers, now: int) -> Floats:
        """As `_aged`, for the best instead of the sum."""
        if len(since) and int(since.min()) < now:
            gone = np.maximum(now - since, 0)
            fresh = self._log_fresh[since % SLOTS, np.minimum(gone, SLOTS)]
            best = (rows[:, :_OLD] + fresh).max(axis=1) - self._wanes * np.maximum(gone - SLOTS, 0)
            rows[:, _OLD] = np.maximum(rows[:, _OLD] - self._wanes * gone, best)
            rows[:, :_OLD][fresh > -np.inf] = -np.inf
        return rows

    def _traced(self, on: Floats, off: Floats) -> Integers:
        """Follow the best weights back from the end."""
        lattice = self._lattice
        final = (on + self._running[self._leave % SLOTS]).max(axis=1)
        ends = np.where(lattice.off, off, final) + lattice.finish
        node = int(np.argmax(ends))
        label = -1
        if not lattice.off[node]:
            label = int(np.argmax(on[node] + self._running[self._leave[node] % SLOTS]))
        path = [node]
        while True:
            step = self._before(on, off, node, label)
            if step is None:
                return np.array(path[::-1], dtype=np.int64)
            node, label = step
            path.append(node)

    def _before(self, on: Floats, off: Floats, node: int, label: int) -> tuple[int, int] | None:
        """Return the node and ring position before these on the best path; None at its begin.

        Which of several ways was taken is found by weighing them again: cheaper than noting down
        for every node and ring position where it came from.
        """
        lattice = self._lattice
        low, high = self._in[node], self._in[node + 1]
        enter, leave = int(self._enter[node]), int(self._leave[node])
        labels = self._sources_of(label, enter, leave)
        costs = [self._waned(own, label, enter, leave) for own in labels]
        best = float(lattice.begin[node])
        if label >= 0 and best > -np.inf:
            best += float((self._begun[enter % SLOTS][labels] - costs).max())
        choice: tuple[int, int] | None = None
        for edge in range(low, high):
            source, weight = int(self._source[edge]), float(self._weight[edge])
            if lattice.off[source]:
                fits = label < 0 or enter % SLOTS in labels
                score, before = (float(off[source]) if fits else -np.inf), -1
            elif label < 0:
                row = on[source] + self._ended[self._leave[source] % SLOTS]
                before = int(np.argmax(row))
                score = float(row[before])
            else:
                left = int(self._leave[source])
                options = [
                    (float(on[source, option]) - self._waned(option, own, left, enter) - cost, option)
                    for own, cost in zip(labels, costs, strict=True)
                    for option in self._sources_of(own, left, enter)
                ]
                score, before = max(options, default=(-np.inf, -1))
            if score + weight > best:
                best, choice = score + weight, (source, before)
        return choice

    def _waned(self, before: int, label: int, low: int, high: int) -> float:
        """Return the nats that time costs a shift which goes from one ring position to another."""
        if label != _OLD:
            return 0.0
        age = SLOTS if before == _OLD else int(_AGE[low % SLOTS, before])
        return self._wanes * (age + high - low - SLOTS)

    def _sources_of(self, label: int, low: int, high: int) -> list[int]:
        """Return the ring positions that are `label` once time has gone from slot low to high."""
        passed = _passed(low, high).tolist()
        if label == _OLD:
            return [_OLD, *passed]
        return [] if label in passed else [label]


def _passed(low: int, high: int) -> Integers:
    """Return the ring positions that become old between two slots."""
    return np.flatnonzero(_PASSED[low % SLOTS, min(max(high - low, 0), SLOTS)])


def _difference(one: Floats, other: Floats) -> NDArray[np.float64]:
    """Return `one - other`, and -inf where the other is -inf."""
    nothing = np.full(len(one), -np.inf)
    np.subtract(one, other, out=nothing, where=np.isfinite(other))
    return nothing
