"""The best path through a graph ordered in time, and the probability of each of its nodes.

Pure arithmetic on log weights: what nodes and edges mean is decided in `graph`. States that
multiply nodes (a shift's age, say) are further nodes to this module.
"""

from dataclasses import dataclass
from math import exp, inf, log

import numpy as np
from numpy.typing import NDArray

from shiftclipper.identity.pieces import Floats, Integers


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """A directed graph whose edges all lead from a lower node number to a higher one."""

    node: Floats
    """(n,) log weight of passing a node; -inf forbids it."""
    begin: Floats
    """(n,) log weight of beginning there."""
    finish: Floats
    """(n,) log weight of finishing there."""
    source: Integers
    """(m,) edges, in order of `target`."""
    target: Integers
    weight: Floats
    """(m,) log weights; -inf forbids an edge."""


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """What solving a lattice gives."""

    path: Integers
    """Node numbers of the best path, ascending; empty when there is no path at all."""
    log_weight: float
    """Log weight of the best path."""
    node: NDArray[np.float64]
    """(n,) probability that the path passes a node."""
    edge: NDArray[np.float64]
    """(m,) probability that the path takes an edge."""
    reached: NDArray[np.bool_]
    """(n,) whether any path from the beginning reaches a node."""


def solve_lattice(lattice: Lattice) -> Passage:
    """Find the best path (Viterbi) and all marginals (forward-backward), in log weights."""
    n = len(lattice.node)
    heads = np.searchsorted(lattice.target, np.arange(n + 1)).tolist()
    source, weight = lattice.source.tolist(), lattice.weight.tolist()
    node, begin = lattice.node.tolist(), lattice.begin.tolist()
    best, previous, forward = [-inf] * n, [-1] * n, [-inf] * n
    for current in range(n):
        own = node[current]
        if own == -inf:
            continue
        top, origin = begin[current], -1
        terms = [top]
        for edge in range(heads[current], heads[current + 1]):
            before, step = source[edge], weight[edge]
            score = best[before] + step
            if score > top:
                top, origin = score, before
            terms.append(forward[before] + step)
        best[current], previous[current] = top + own, origin
        forward[current] = _log_sum(terms) + own
    finish = lattice.finish.tolist()
    ended = [score + last for score, last in zip(best, finish, strict=True)]
    top = max(ended, default=-inf)
    reached = np.array(forward) > -inf
    if top == -inf:
        nothing = np.zeros(n), np.zeros(len(source))
        return Passage(np.zeros(0, dtype=np.int64), -inf, *nothing, reached)
    path = [ended.index(top)]
    while previous[path[-1]] >= 0:
        path.append(previous[path[-1]])
    backward = _backward(lattice, source, weight, node, finish, heads)
    total = _log_sum([score + last for score, last in zip(forward, finish, strict=True)])
    inner = np.array(forward) + np.array(backward)
    crossing = np.array(forward)[lattice.source] + lattice.weight
    crossing = crossing + lattice.node[lattice.target] + np.array(backward)[lattice.target]
    return Passage(
        path=np.array(path[::-1], dtype=np.int64),
        log_weight=top,
        node=np.exp(np.minimum(inner - total, 0.0)),
        edge=np.exp(np.minimum(crossing - total, 0.0)),
        reached=reached,
    )


def _backward(
    lattice: Lattice,
    source: list[int],
    weight: list[float],
    node: list[float],
    finish: list[float],
    heads: list[int],
) -> list[float]:
    """Return the log weight of everything after each node."""
    n = len(node)
    outgoing: list[list[float]] = [[] for _ in range(n)]
    backward = [-inf] * n
    for current in range(n - 1, -1, -1):
        outgoing[current].append(finish[current])
        total = _log_sum(outgoing[current])
        backward[current] = total
        onward = total + node[current]
        if onward > -inf:
            for edge in range(heads[current], heads[current + 1]):
                outgoing[source[edge]].append(onward + weight[edge])
    return backward


def _log_sum(terms: list[float]) -> float:
    """Return log of the sum of exponentials."""
    top = max(terms)
    if top == -inf:
        return -inf
    if len(terms) == 1:
        return top
    return top + log(sum([exp(term - top) for term in terms]))
