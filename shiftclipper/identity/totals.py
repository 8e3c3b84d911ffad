"""Sums over all ways through a graph ordered in time, and the best of them.

Edges lead from lower to higher numbers and come in order of `target`. So the sums are triangular systems of
equations, which are solved as such: plain numbers, scaled anew now and then, as they fit no floating point
number over a whole game.
"""

from math import inf, log

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.linalg import spsolve_triangular

from shiftclipper.identity.pieces import Floats, Integers

_BLOCK = 8192
"""Nodes that are solved together at most."""
_LARGEST = 700.0
"""Nats that a plain number holds."""
_FAR = 600.0
"""Nats by which sums that are solved together may differ from 1, either way."""


def log_totals(begin: Floats, source: Integers, target: Integers, weight: Floats) -> NDArray[np.float64]:
    """Return the log weight (n,) of all ways that lead to each node.

    Args:
        begin: (n,) log weight of beginning at a node.
        source, target: (m,) edges from lower to higher numbers, in order of `target`.
        weight: (m,) log weights of going along an edge, and of passing the node it leads to.
    """
    n = len(begin)
    heads = np.searchsorted(target, np.arange(n + 1))
    share = np.exp(weight)
    furthest = np.full(n, -1, dtype=np.int64)
    furthest[source] = target  # In order of target, so that the furthest stays.
    value, result = np.zeros(n), np.full(n, -inf)
    scale, low, size = 0.0, 0, _BLOCK
    while low < n:
        high = min(low + size, n)
        edges = slice(heads[low], heads[high])
        ahead, behind, part = target[edges] - low, source[edges], share[edges]
        start = np.exp(np.minimum(begin[low:high] - scale, _LARGEST))
        outer = behind < low
        start += np.bincount(ahead[outer], part[outer] * value[behind[outer]], high - low)
        inner = ~outer & (part > 0.0)
        before, after = behind[inner] - low, ahead[inner]
        some = _solved(_triangle(before, after, part[inner], high - low), start)
        if high > low + 1 and not (_fits(some) and (some[after] > 0.0)[some[before] > 0.0].all()):
            size = (high - low) // 2
            continue
        value[low:high] = some
        np.log(some, out=result[low:high], where=some > 0.0)
        result[low:high] += scale
        waiting = np.flatnonzero(furthest[:high] >= high)
        # What is e to the minus 700 of the rest is nothing, and taken for impossible.
        top = float(value[waiting].max(initial=0.0))
        if top > 0.0:
            value[waiting] /= top
            scale += log(top)
        low, size = high, min(2 * size, _BLOCK)
    return result


def _triangle(source: Integers, target: Integers, share: Floats, n: int) -> csr_array:
    """Return 1 less the matrix (n, n) of edges, whose rows are targets."""
    counts = np.bincount(target, minlength=n)
    heads = np.concatenate([[0], np.cumsum(counts + 1)])
    place = np.arange(len(target)) + target
    data, column = np.ones(len(target) + n), np.empty(len(target) + n, dtype=np.int64)
    data[place], column[place] = -share, source
    column[heads[1:] - 1] = np.arange(n)
    return csr_array((data, column, heads), shape=(n, n))


def _solved(triangle: csr_array, start: Floats) -> NDArray[np.float64]:
    """Return the sums (n,) of all ways from their starts (n,)."""
    return np.asarray(spsolve_triangular(triangle, start, lower=True, overwrite_A=True), dtype=np.float64)


def _fits(some: Floats) -> bool:
    """Tell whether sums lie within what plain numbers hold; 0 may be where no way leads."""
    near = (some < np.exp(_FAR)) & ((some > np.exp(-_FAR)) | (some == 0.0))
    return bool(near.all())


def chances(
    forward: Floats, finish: Floats, source: Integers, target: Integers, weight: Floats
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the probabilities of passing each node (n,) and of going along each edge (m,).

    Each node's is divided among the ways that lead to it, from the last back to the first: nothing that
    counts gets too small for a plain number.

    Args:
        forward: what `log_totals` says; some way must lead to a finish.
        finish: (n,) log weight of finishing at a node.
    """
    total = float(np.logaddexp.reduce(forward + finish))
    own = np.where(forward > -inf, forward, inf)
    share = np.exp(forward[source] + weight - own[target])
    back = _triangle(source, target, share, len(forward)).T
    finishing = np.exp(forward + finish - total)
    node = np.asarray(spsolve_triangular(back, finishing, lower=False, overwrite_A=True), dtype=np.float64)
    return node, share * node[target]


def best_way(begin: Floats, finish: Floats, source: Integers, target: Integers, weight: Floats) -> Integers:
    """Return the nodes of the best way, ascending; none when there is no way at all.

    Arguments are those of `log_totals` and `chances`.
    """
    best, before = begin.tolist(), [-1] * len(begin)
    for one, other, step in zip(source.tolist(), target.tolist(), weight.tolist(), strict=True):
        if best[one] + step > best[other]:
            best[other], before[other] = best[one] + step, one
    ends = np.array(best) + finish
    node = int(np.argmax(ends))
    if ends[node] == -inf:
        return np.zeros(0, dtype=np.int64)
    way = [node]
    while before[way[-1]] >= 0:
        way.append(before[way[-1]])
    return np.array(way[::-1], dtype=np.int64)
