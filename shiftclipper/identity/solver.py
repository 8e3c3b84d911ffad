"""The best path through a graph ordered in time, and the probability of each of its nodes.

Pure arithmetic on log weights: what nodes and edges mean is decided in `graph`. Solved in two
passes: the first knows no ages of shifts and drops what is hopeless, the second carries the ages
through what is left.
"""

from dataclasses import dataclass
from math import exp, inf, log

import numpy as np
from numpy.typing import NDArray

from shiftclipper.identity.ages import AgedLattice, Lattice, Lengths
from shiftclipper.identity.pieces import Integers

_HOPELESS = 1e-9
"""Edges less probable than this without ages are dropped."""


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


def solve_lattice(lattice: Lattice, lengths: Lengths) -> Passage:
    """Find the best path (Viterbi) and all marginals (forward-backward)."""
    heads = np.searchsorted(lattice.target, np.arange(len(lattice.node) + 1)).tolist()
    forward, backward = _forward(lattice, heads), _backward(lattice, heads)
    reached = forward > -inf
    total = _log_sum((forward + lattice.finish).tolist())
    if total == -inf:
        nothing = np.zeros(0, dtype=np.int64)
        return Passage(nothing, np.zeros(len(forward)), np.zeros(len(lattice.source)), reached)
    onward = lattice.weight + lattice.node[lattice.target] + backward[lattice.target]
    rough = np.exp(np.minimum(forward[lattice.source] + onward - total, 0.0))
    keep = np.flatnonzero(rough > _HOPELESS)
    aged = AgedLattice(lattice, lengths, forward, backward, keep)
    node, share = aged.marginals(rough[keep], total)
    edge = np.zeros(len(rough))
    edge[keep] = share
    return Passage(aged.best_path(), node, edge, reached)


def _forward(lattice: Lattice, heads: list[int]) -> NDArray[np.float64]:
    """Return the log weight (n,) of everything up to and with each node, without ages."""
    source, weight = lattice.source.tolist(), lattice.weight.tolist()
    node, forward = lattice.node.tolist(), lattice.begin.tolist()
    for current, own in enumerate(node):
        low, high = heads[current], heads[current + 1]
        terms = [forward[source[edge]] + weight[edge] for edge in range(low, high)]
        forward[current] = _log_sum([forward[current], *terms]) + own
    return np.array(forward, dtype=np.float64)


def _backward(lattice: Lattice, heads: list[int]) -> NDArray[np.float64]:
    """Return the log weight (n,) of everything after each node, without ages."""
    source, weight = lattice.source.tolist(), lattice.weight.tolist()
    node = lattice.node.tolist()
    terms: list[list[float]] = [[last] for last in lattice.finish.tolist()]
    backward = [-inf] * len(node)
    for current in range(len(node) - 1, -1, -1):
        backward[current] = _log_sum(terms[current])
        onward = backward[current] + node[current]
        if onward > -inf:
            for edge in range(heads[current], heads[current + 1]):
                terms[source[edge]].append(onward + weight[edge])
    return np.array(backward, dtype=np.float64)


def _log_sum(terms: list[float]) -> float:
    """Return log of the sum of exponentials."""
    top = max(terms)
    if top == -inf or len(terms) == 1:
        return top
    return top + log(sum([exp(term - top) for term in terms]))
