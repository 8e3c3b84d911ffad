"""Whether, by where and how fast people are, the one whose piece begins may be the one whose piece ended."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from shiftclipper.identity.assignment import AT_A_TIME
from shiftclipper.identity.pieces import Integers, Pieces
from shiftclipper.tracklets import Ending

MAX_GAP = 12.0
"""Seconds; nobody is linked over a longer gap by motion."""
OVERLAP = 0.35
"""Seconds; the tracker holds on to somebody this long before it finds that he is another tracklet by now."""
_BENCH_GAP = 3.0
"""Seconds; what MAX_GAP is where one of the two is at a bench."""
_TOP_SPEED = 6.0
"""Body heights a second, about 10 m/s."""
_SLACK = 1.5
"""Body heights that a person may be away from the reach of top speed."""
_WAYS = ((0.5, 0.9, 1.0), (0.35, 0.25, 1.0), (0.15, 0.9, 4.0))
"""Share, memory of velocity (seconds), and scale of its variance of the ways people move."""


def candidates(pieces: Pieces) -> Iterator[tuple[Integers, Integers]]:
    """Give the pairs (source, target) that a skater could have made, in order, some sources at a time."""
    end, start = pieces.last.time, pieces.first.time
    low = np.searchsorted(start, end - OVERLAP, side="left")
    high = np.searchsorted(start, end + MAX_GAP, side="right")
    counts = np.maximum(high - low, 0)
    total = np.concatenate([[0], np.cumsum(counts)])
    one = 0
    while one < len(pieces):
        other = max(int(np.searchsorted(total, total[one] + AT_A_TIME, side="right")) - 1, one + 1)
        source = np.repeat(np.arange(one, other), counts[one:other])
        target = np.arange(total[one], total[other]) + (low - total[:-1])[source]
        keep = (source != target) & (pieces.scene[source] == pieces.scene[target])
        near = start[target] - end[source] < _BENCH_GAP
        keep &= near | (pieces.ice[source] & pieces.ice[target])
        keep &= (end[target] > end[source]) & (start[target] > start[source])
        source, target = source[keep], target[keep]
        keep = within_reach(pieces, source, target)
        yield source[keep], target[keep]
        one = other


def within_reach(pieces: Pieces, source: Integers, target: Integers) -> NDArray[np.bool_]:
    """Tell (m,) whether a skater could have got from the ends of pieces to the starts of others."""
    unit = np.sqrt(pieces.last.height[source] * pieces.first.height[target])
    apart = pieces.first.position[target] - pieces.last.position[source]
    gap = np.maximum(pieces.first.time[target] - pieces.last.time[source], 0.0)
    return np.asarray(np.hypot(*apart.T) <= unit * (_SLACK + _TOP_SPEED * gap), dtype=np.bool_)


def motion_ratio(pieces: Pieces, source: Integers, target: Integers) -> NDArray[np.float64]:
    """Return log p(start state | end state) without its density unit: (m,) nats per height².

    Velocity is an Ornstein-Uhlenbeck process (a skater forgets where he was going); position is
    its integral. A mixture of a long memory, a short one (people who meet stop, turn and bounce)
    and a loose one for bad boxes. The density of the start's velocity among all velocities is
    divided out.
    """
    one, other = pieces.last, pieces.first
    unit = np.sqrt(one.height[source] * other.height[target])
    between = other.time[target] - one.time[source]
    gap, overlap = np.maximum(between, 0.02), np.minimum(between, 0.0)
    apart = (other.position[target] - one.position[source]) / unit[:, None]
    contact = (one.kind[source] == Ending.CONTACT) | (other.kind[target] == Ending.CONTACT)
    jolt = np.where(contact, 0.2, 0.1)
    usual = pieces.speed**2 + other.covariance[target, :, 2]
    velocity = other.velocity[target]
    background = -0.5 * (velocity**2 / usual + np.log(2 * np.pi * usual)).sum(axis=1)
    ways = []
    for share, memory, scale in _WAYS:
        decay = np.exp(-gap / memory)
        reach = memory * (1.0 - decay) + overlap
        grown = memory**2 * np.maximum(2 * gap / memory - 3 + 4 * decay - decay**2, 1e-9)
        way = np.full(len(source), np.log(share)) - background
        for axis in range(2):
            power = scale * pieces.speed[axis] ** 2
            shake = scale * (jolt * min(1.0, pieces.speed[axis])) ** 2
            pp, pv, vv = one.covariance[source, axis].T
            qq, qv, ww = other.covariance[target, axis].T
            error = apart[:, axis] - reach * one.velocity[source, axis]
            turn = velocity[:, axis] - decay * one.velocity[source, axis]
            xx = pp + 2 * reach * pv + reach**2 * vv + qq + power * grown + shake
            xv = decay * (pv + reach * vv) + qv + power * memory * (1 - decay) ** 2
            vw = decay**2 * vv + ww + power * (1 - decay**2) + shake
            determinant = np.maximum(xx * vw - xv**2, 1e-9)
            form = (vw * error**2 - 2 * xv * error * turn + xx * turn**2) / determinant
            way -= 0.5 * (form + np.log(determinant)) + np.log(2 * np.pi)
        ways.append(way)
    return np.asarray(np.logaddexp.reduce(ways, axis=0), dtype=np.float64)
