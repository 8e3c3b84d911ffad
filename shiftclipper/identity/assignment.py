"""Each end goes on as at most one start: the probability of every link when all are assigned jointly.

The marginals come from belief propagation on the assignment (Williams and Lau, "Approximate evaluation of
marginal association probabilities with belief propagation", IEEE T-AES 2014): a few dozen sweeps over the
candidate links, no enumeration. A long game has millions of links, so that each sweep goes over them some
at a time, and keeps three numbers for each.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from shiftclipper.identity.model import Check, never_stop
from shiftclipper.identity.pieces import Floats

Places = NDArray[np.int32]
"""Indices of pieces, of which there are millions."""

AT_A_TIME = 1 << 15
"""Links that are worked on together: what they need stays in the processor's cache."""
_SWEEPS = 60
_SETTLED = 1e-4
"""Change of all weights, as shares, below which no further sweep is made."""


def parts(count: int) -> Iterator[slice]:
    """Divide so many links into parts that are worked on one after the other."""
    return (slice(low, min(low + AT_A_TIME, count)) for low in range(0, count, AT_A_TIME))


def assignment_marginals(
    weight: Floats, source: Places, target: Places, n: int, check: Check = never_stop
) -> tuple[Floats, Floats, Floats]:
    """Return marginals of a sparse assignment with slack: (m,) links, (n,) going, (n,) coming.

    Args:
        weight: (m,) of a link against both of its ends being free.
        source, target: (m,) which end, and which start.
        n: ends, and starts.
        check: called once a sweep; what it raises stops it.
    """
    count = len(weight)
    offered, taken = weight.copy(), np.zeros(count)
    row = 1.0 + _sums(source, offered, n)
    column = np.ones(n)
    for _ in range(_SWEEPS):
        check()
        is_settled, column = True, np.zeros(n)
        for part in parts(count):
            fresh = np.take(row, source[part])
            fresh -= offered[part]
            np.maximum(fresh, 1.0, out=fresh)
            np.divide(weight[part], fresh, out=fresh)
            np.add.at(column, target[part], fresh)
            if is_settled:
                is_settled = bool(np.max(np.abs(fresh - taken[part]) / (1.0 + fresh)) < _SETTLED)
            taken[part] = fresh
        column += 1.0
        row = np.zeros(n)
        for part in parts(count):
            free = np.take(column, target[part])
            free -= taken[part]
            np.maximum(free, 1.0, out=free)
            np.divide(1.0, free, out=free)
            np.multiply(weight[part], free, out=offered[part])
            np.add.at(row, source[part], offered[part])
        row += 1.0
        if is_settled:
            break
    for part in parts(count):
        offered[part] /= row[source[part]]
    return offered, np.asarray(1.0 / row), np.asarray(1.0 / column)


def _sums(index: Places, values: Floats, n: int) -> Floats:
    """Return the sum (n,) of the values at each index, in the order in which they come."""
    total = np.zeros(n)
    for part in parts(len(index)):
        np.add.at(total, index[part], values[part])
    return total
