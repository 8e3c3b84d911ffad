"""The best path through a graph ordered in time, and the probability of each of its nodes.

Pure arithmetic on log weights: what nodes and edges mean is decided in `graph`. Solved in two
passes: the first knows no ages of shifts and drops what is hopeless, the second carries the ages
through what is left, with chains of nodes joined into one.
"""

from dataclasses import dataclass
from math import exp, inf, log

import numpy as np
from numpy.typing import NDArray

from shiftclipper.identity.ages import AgedLattice, Lattice, Lengths
from shiftclipper.identity.model import Check, never_stop
from shiftclipper.identity.pieces import Floats, Integers

HOPELESS = 3e-4
"""Edges less probable than this without ages are dropped."""
_UNLIKELY = 1e-3
"""Edges less probable than this are dropped before the best path is looked for."""
_RESCALED = 64
"""Nodes after which sums are scaled anew."""
_LARGEST = 700.0
"""Nats that a plain number holds."""


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
    forward = _forward(lattice)
    check()
    backward = _backward(lattice)
    check()
    reached = forward > -inf
    total = float(np.logaddexp.reduce(forward + lattice.finish, initial=-inf))
    node, edge = np.zeros(len(forward)), np.zeros(len(lattice.source))
    if total == -inf:
        return Passage(np.zeros(0, dtype=np.int64), node, edge, reached)
    onward = lattice.weight + lattice.node[lattice.target] + backward[lattice.target]
    rough = np.exp(np.minimum(forward[lattice.source] + onward - total, 0.0))
    # Dropping edges may cut every way through a game in which nothing is sure: then none is dropped.
    for least in (hopeless, 0.0):
        keep = np.flatnonzero(rough > least)
        short = contract(lattice, keep)
        aged = AgedLattice(short.lattice, lengths, forward[short.tail], backward[short.tail])
        if aged.has_path():
            break
    check()
    shares, edge[short.edges] = aged.marginals(rough[short.edges], total)
    inside = short.number >= 0
    node[inside] = shares[short.number[inside]]
    edge[short.joints] = node[lattice.target[short.joints]]
    check()
    for least in (min(_UNLIKELY, 10.0 * hopeless), 0.0):
        likely = contract(lattice, keep[edge[keep] > least])
        best = AgedLattice(likely.lattice, lengths, forward[likely.tail], backward[likely.tail])
        if best.has_path():
            break
    chosen = np.zeros(len(likely.tail), dtype=np.bool_)
    chosen[best.best_path()] = True
    path = np.flatnonzero((likely.number >= 0) & chosen[likely.number])
    return Passage(path, node, edge, reached)


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


def _forward(lattice: Lattice) -> NDArray[np.float64]:
    """Return the log weight (n,) of everything up to and with each node, without ages."""
    return log_totals(lattice.begin, lattice.node, lattice.source, lattice.target, lattice.weight)


def _backward(lattice: Lattice) -> NDArray[np.float64]:
    """Return the log weight (n,) of everything after each node, without ages."""
    last = len(lattice.node) - 1
    order = np.argsort(-lattice.source, kind="stable")
    onward = (lattice.weight + lattice.node[lattice.target])[order]
    source, target = last - lattice.target[order], last - lattice.source[order]
    return log_totals(lattice.finish[::-1], np.zeros(last + 1), source, target, onward)[::-1]


def log_totals(
    begin: Floats, own: Floats, source: Integers, target: Integers, weight: Floats
) -> NDArray[np.float64]:
    """Return the log weight (n,) of all ways that lead to each node, its own weight included.

    Sums are taken of plain numbers, scaled anew after every few nodes: logarithms for every edge would take
    five times as long.

    Args:
        begin: (n,) log weight of beginning at a node.
        own: (n,) log weight of a node.
        source, target: (m,) edges from lower to higher numbers, in order of `target`.
        weight: (m,) log weights of the edges.
    """
    n = len(begin)
    heads = np.searchsorted(target, np.arange(n + 1)).tolist()
    starts, factor = np.exp(begin).tolist(), np.exp(own).tolist()
    before, share = source.tolist(), np.exp(weight).tolist()
    reaches = np.full(n, -1, dtype=np.int64)
    reaches[source] = target  # In order of target, so that the furthest stays.
    furthest = reaches.tolist()
    value, result = [0.0] * n, np.full(n, -inf)
    waiting: list[int] = []  # Nodes that lead to some further on.
    scale = 0.0
    for low in range(0, n, _RESCALED):
        high = min(low + _RESCALED, n)
        for node in range(low, high):
            total = starts[node]
            if total and scale:
                total = exp(max(min(float(begin[node]) - scale, _LARGEST), -_LARGEST))
            for edge in range(heads[node], heads[node + 1]):
                total += value[before[edge]] * share[edge]
            value[node] = total * factor[node]
        some = np.array(value[low:high])
        np.log(some, out=result[low:high], where=some > 0.0)
        result[low:high] += scale
        waiting = [node for node in (*waiting, *range(low, high)) if furthest[node] >= high]
        # What is e to the minus 700 of the rest is nothing, and taken for impossible.
        top = max([value[node] for node in waiting], default=0.0)
        if top > 0.0:
            for node in waiting:
                value[node] /= top
            scale += log(top)
    return result
