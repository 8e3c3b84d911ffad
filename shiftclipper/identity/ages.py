"""How long shifts are, and a lattice laid out again so that all its paths carry the running shift's age.

Age is counted in slots of five seconds. What has become very old is lumped together.
"""

import json
from dataclasses import dataclass
from functools import cache

import numpy as np

from shiftclipper.identity.pieces import Flags, Floats, Integers
from shiftclipper.paths import resource_path

SLOT = 5.0
"""Seconds of one age slot."""
SLOTS = 32
"""Age in slots from which a shift is just old."""
_YOUNG = (1 << SLOTS) - 1
"""Bits of the ages that are not old."""
_ANY_AGE = (1 << SLOTS + 1) - 1
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
    """Nats that each further slot costs a shift that is old."""


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


@dataclass(frozen=True, slots=True, eq=False)
class AgedLattice:
    """States: a node, left with the running shift at some age. The first is before the film.

    Every way from the first state is a path of the lattice with its weight.
    """

    node: Integers
    """(s,) node of the lattice, ascending; -1 before the film."""
    finish: Floats
    """(s,) log weight of finishing there."""
    source: Integers
    """(k,) states, in order of `target`."""
    target: Integers
    weight: Floats
    """(k,) log weight of going on, and of the node that it leads to."""
    edge: Integers
    """(k,) edge of the lattice that is taken; -1 where a path begins."""


def with_ages(lattice: Lattice, lengths: Lengths) -> AgedLattice:
    """Lay out the states that paths reach."""
    enter, leave = (np.floor(time / SLOT).astype(np.int64) for time in (lattice.enter, lattice.leave))
    gone, stay = leave[lattice.target] - leave[lattice.source], leave - enter
    reached = _reached(lattice, gone, stay)
    node, age = np.nonzero(reached)
    state = np.full(reached.shape, -1, dtype=np.int64)
    state[node, age] = np.arange(1, len(node) + 1)
    parts = [
        _begins(lattice, lengths, stay, state),
        _starts(lattice, lengths, stay, state),
        _goes_on(lattice, lengths, gone, state),
        _rests(lattice, lengths, state),
    ]
    source, target, weight, edge = (np.concatenate(part) for part in zip(*parts, strict=True))
    order = np.argsort(target * (len(node) + 1) + source, kind="stable")
    left = np.where(lattice.off[node], 0.0, lengths.running[age])
    return AgedLattice(
        node=np.concatenate([[-1], node]),
        finish=np.concatenate([[-np.inf], lattice.finish[node] + left]),
        source=source[order],
        target=target[order],
        weight=weight[order],
        edge=edge[order],
    )


def _reached(lattice: Lattice, gone: Integers, stay: Integers) -> Flags:
    """Tell which ages (n, SLOTS + 1) a running shift may have when a node is left; off the ice it is 0.

    Args:
        gone: (m,) slots between the ends of an edge's nodes.
        stay: (n,) slots that a node lasts.
    """
    off, lasts = lattice.off.tolist(), stay.tolist()
    ages = [0] * len(off)  # As bits, the lowest for age 0.
    for node in np.flatnonzero(lattice.begin + lattice.node > -np.inf).tolist():
        ages[node] = 1 if off[node] else _older(_ANY_AGE, lasts[node])
    for source, target, slots in zip(
        lattice.source.tolist(), lattice.target.tolist(), gone.tolist(), strict=True
    ):
        if not ages[source]:
            continue
        if off[target]:
            ages[target] = 1
        else:
            ages[target] |= _older(1, lasts[target]) if off[source] else _older(ages[source], slots)
    return (np.array(ages, dtype=np.int64)[:, None] >> np.arange(SLOTS + 1)) & 1 > 0


def _older(ages: int, slots: int) -> int:
    """Return ages (as bits) some slots later."""
    later = ages << min(slots, SLOTS)
    return later & _YOUNG | (bool(later & ~_YOUNG) << SLOTS)


def _aged(age: Integers, slots: Integers, lengths: Lengths) -> tuple[Integers, Floats]:
    """Return ages some slots later, and the log weight of getting there."""
    later = age + slots
    return np.minimum(later, SLOTS), -lengths.waning * np.maximum(later - SLOTS, 0)


_Steps = tuple[Integers, Integers, Floats, Integers]
"""Source and target state, log weight and edge of the lattice."""


def _begins(lattice: Lattice, lengths: Lengths, stay: Integers, state: Integers) -> _Steps:
    """Lay out the steps into the film: a shift that runs already may have any age."""
    weight = lattice.begin + lattice.node
    able = weight > -np.inf
    off, on = np.flatnonzero(able & lattice.off), np.flatnonzero(able & ~lattice.off)
    node, age = np.repeat(on, SLOTS + 1), np.tile(np.arange(SLOTS + 1), len(on))
    later, waned = _aged(age, stay[node], lengths)
    target = np.concatenate([state[off, 0], state[node, later]])
    steps = np.concatenate([weight[off], weight[node] + lengths.begun[age] + waned])
    return np.zeros_like(target), target, steps, np.full_like(target, -1)


def _starts(lattice: Lattice, lengths: Lengths, stay: Integers, state: Integers) -> _Steps:
    """Lay out the steps onto the ice."""
    edge = np.flatnonzero(lattice.off[lattice.source] & ~lattice.off[lattice.target])
    edge = edge[state[lattice.source[edge], 0] >= 0]
    source, target = lattice.source[edge], lattice.target[edge]
    age, waned = _aged(np.zeros_like(edge), stay[target], lengths)
    weight = lattice.weight[edge] + lattice.node[target] + waned
    return state[source, 0], state[target, age], weight, edge


def _goes_on(lattice: Lattice, lengths: Lengths, gone: Integers, state: Integers) -> _Steps:
    """Lay out the steps within a shift."""
    stays = np.flatnonzero(~lattice.off[lattice.source] & ~lattice.off[lattice.target])
    row, age = np.nonzero(state[lattice.source[stays]] >= 0)
    edge = stays[row]
    source, target = lattice.source[edge], lattice.target[edge]
    later, waned = _aged(age, gone[edge], lengths)
    weight = lattice.weight[edge] + lattice.node[target] + waned
    return state[source, age], state[target, later], weight, edge


def _rests(lattice: Lattice, lengths: Lengths, state: Integers) -> _Steps:
    """Lay out the steps off the ice, and those from there to there."""
    leads_off = np.flatnonzero(lattice.off[lattice.target])
    row, age = np.nonzero(state[lattice.source[leads_off]] >= 0)
    edge = leads_off[row]
    source, target = lattice.source[edge], lattice.target[edge]
    ended = np.where(lattice.off[source], 0.0, lengths.ended[age])
    weight = lattice.weight[edge] + lattice.node[target] + ended
    return state[source, age], state[target, 0], weight, edge
