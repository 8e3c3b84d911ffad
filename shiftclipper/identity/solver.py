"""The best path through a graph ordered in time, and the probability of each of its nodes.

Pure arithmetic on log weights: what nodes and edges mean is decided in `graph`. Solved in two
passes: the first knows no ages of shifts and drops what is hopeless, the second carries the ages
through what is left, with chains of nodes joined into one.
"""

from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from shiftclipper.identity.ages import AgedLattice, Lattice, Lengths, with_ages
from shiftclipper.identity.model import Check, never_stop
from shiftclipper.identity.pieces import Floats, Integers
from shiftclipper.identity.totals import best_way, chances, log_totals

HOPELESS = 3e-4
"""Edges less probable than this without ages are dropped."""
_STEPS = 0.01
"""Share of that, from which steps between ages are looked at for the best path."""


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """What solving a lattice gives."""

    path: Integers
    """Node numbers of the best path, ascending; empty when there is no path at all."""
    node: NDArray[np.float64]
    """(n,) probability that the path passes a node."""
    edge: NDArray[np.float64]
    """(m,) probability that the path takes an edge."""
    reached: NDArray[np.bool_]
    """(n,) whether any path from the beginning reaches a node."""


def solve_lattice(
    lattice: Lattice, lengths: Lengths, *, hopeless: float = HOPELESS, check: Check = never_stop
) -> Passage:
    """Find the best path (Viterbi) and all marginals (forward-backward).

    Args:
        hopeless: edges less probable than this without ages are left out.
        check: called between the passes; what it raises stops them.
    """
    own = lattice.weight + lattice.node[lattice.target]
    forward = log_totals(lattice.begin + lattice.node, lattice.source, lattice.target, own)
    check()
    reached = forward > -inf
    node, edge = np.zeros(len(forward)), np.zeros(len(lattice.source))
    if not (reached & (lattice.finish > -inf)).any():
        return Passage(np.zeros(0, dtype=np.int64), node, edge, reached)
    _, rough = chances(forward, lattice.finish, lattice.source, lattice.target, own)
    check()
    # Dropping edges may cut every way through a game in which nothing is sure: then none is dropped.
    for least in (hopeless, 0.0):
        short = contract(lattice, np.flatnonzero(rough > least))
        aged = with_ages(short.lattice, lengths)
        if (aged.finish > -inf).any():
            break
    check()
    # Against what is known without ages, all weights are small, even those of long chains.
    level = np.concatenate([[0.0], forward[short.tail[aged.node[1:]]]])
    finish, steps = aged.finish + level, aged.weight + level[aged.source] - level[aged.target]
    begin = np.where(aged.node < 0, 0.0, -inf)
    ahead = log_totals(begin, aged.source, aged.target, steps)
    state, step = chances(ahead, finish, aged.source, aged.target, steps)
    check()
    inside, taken = short.number >= 0, aged.edge >= 0
    shares = np.bincount(aged.node[1:], state[1:], len(short.tail))
    node[inside] = shares[short.number[inside]]
    edge[short.edges] = np.bincount(aged.edge[taken], step[taken], len(short.edges))
    edge[short.joints] = node[lattice.target[short.joints]]
    chosen = np.zeros(len(short.tail), dtype=np.bool_)
    chosen[_best(aged, step, begin, hopeless)] = True
    path = np.flatnonzero(inside & chosen[short.number])
    return Passage(path, node, edge, reached)


def _best(aged: AgedLattice, step: Floats, begin: Floats, hopeless: float) -> Integers:
    """Return the nodes of the best path, among steps that are not hopeless if there is any."""
    for least in (hopeless * _STEPS, 0.0):
        likely = step > least
        way = best_way(begin, aged.finish, aged.source[likely], aged.target[likely], aged.weight[likely])
        if len(way):
            break
    return aged.node[way[1:]]


@dataclass(frozen=True, slots=True, eq=False)
class Contracted:
    """A lattice in which nodes that can only be passed one after the other are one node."""

    lattice: Lattice
    number: Integers
    """(n,) number in `lattice` of each node; -1 for those that nothing leads through."""
    tail: Integers
    """(k,) the last node that went into each node of `lattice`."""
    edges: Integers
    """(e,) the edges that are left, in the order of `lattice`'s."""
    joints: Integers
    """The kept edges that went into nodes."""


def contract(lattice: Lattice, keep: Integers) -> Contracted:
    """Join chains of nodes, using the edges `keep` only. No path, weight or age is changed by it."""
    n = len(lattice.node)
    source, target = lattice.source[keep], lattice.target[keep]
    ways_out, ways_in = np.bincount(source, minlength=n), np.bincount(target, minlength=n)
    joined = (ways_out[source] == 1) & (ways_in[target] == 1)
    joined &= (lattice.off[source] == lattice.off[target]) & (lattice.node[target] > -inf)
    joined &= (lattice.finish[source] == -inf) & (lattice.begin[target] == -inf)
    head = np.arange(n)
    head[target[joined]] = source[joined]
    while not np.array_equal(further := head[head], head):
        head = further
    alone = (lattice.begin > -inf) & (lattice.finish > -inf)
    used = (ways_out > 0) | (ways_in > 0) | alone
    heads = np.flatnonzero(used & (head == np.arange(n)))
    number = np.full(n, -1, dtype=np.int64)
    number[heads] = np.arange(len(heads))
    number = np.where(used, number[head], -1)
    tail = np.zeros(len(heads), dtype=np.int64)
    np.maximum.at(tail, number[used], np.flatnonzero(used))
    weight = np.zeros(len(heads))
    np.add.at(weight, number[used], lattice.node[used])
    np.add.at(weight, number[target[joined]], lattice.weight[keep[joined]])
    edges = keep[~joined]
    shorter = Lattice(
        node=weight,
        begin=lattice.begin[heads],
        finish=lattice.finish[tail],
        off=lattice.off[heads],
        enter=lattice.enter[heads],
        leave=lattice.leave[tail],
        source=number[lattice.source[edges]],
        target=number[lattice.target[edges]],
        weight=lattice.weight[edges],
    )
    return Contracted(shorter, number, tail, edges, keep[joined])
