"""Who is on the ice when the player is: lines stay together.

Where the player's own number was not read, those of others often were. Whoever is mostly on the ice when he
surely is, and seldom otherwise, is one of his line; seeing him makes it likely that the player is there too.
Whoever never is with him tells of the opposite. What is learned are only habits, so that they say little
about any one shift, and the more of them are seen the more they repeat each other.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shiftclipper.identity.numbers import NUMBERS, NumberEvidence
from shiftclipper.identity.pieces import Floats, Pieces

STEP = 0.5
"""Seconds from one moment to the next at which something is said."""
_TOGETHER = 8.0
"""Seconds within which two who are seen are taken to be on the ice together."""
_USUAL = 0.3
"""Share of a game that somebody is on the ice."""
_OTHERS = 14.0
"""How many team-mates a number might be on, before it is read."""
_PRIOR_MEETINGS = 1.5
"""Meetings by chance that are added to those found and to those expected."""
_LEAST_APART = 0.2
"""Least chance of seeing somebody while the player is off the ice, as a share of his usual one."""
_WEIGHT = 2.0
"""How many stretches of twice TOGETHER there are in a shift that one companion tells something new of; chosen
on simulated games in which a fifth of every line is mixed."""
_LIMIT = 2.0
"""Nats that one companion may say in one stretch on the ice."""
_OWN = 0.2
"""Belief from which a number is the player's own."""


def companions_evidence(
    pieces: Pieces,
    numbers: NumberEvidence,
    belief: Floats,
    fits: Floats,
    sure: Sequence[float],
    duration: float,
) -> NDArray[np.float64]:
    """Return what others on the ice say of each moment (t,): log p(they | he is on) / p(they | he is off).

    In nats for each STEP seconds from 0 to `duration`, to be added up over a stretch of time.

    Args:
        numbers: read on the pieces.
        belief: (100,) how likely each number is the player's.
        fits: (pieces,) log-likelihood ratio that a piece's looks are the player's: who looks otherwise is
            of the other team, and tells nothing.
        sure: seconds of game time at which the player surely is on the ice.
        duration: of the game, in seconds.
    """
    count = int(np.ceil(duration / STEP)) + 2
    silent = np.zeros(count)
    read = np.unique(numbers.pieces)
    if not len(read):
        return silent
    wears = numbers.likelihood[read] * numbers.share
    wears /= wears.sum(axis=1, keepdims=True)
    time = (pieces.first.time[read] + pieces.last.time[read]) / 2
    team = np.exp(np.minimum(fits[read], 0.0))
    own = numbers.likelihood[read] @ belief * team
    his = own / (own + _OTHERS)
    moment = np.clip((time / STEP).astype(np.int64), 0, count - 1)
    seen = _seen_around(moment, wears * team[:, None], count)
    at, weight = np.concatenate([moment, _moments(sure, count)]), np.concatenate([his, np.ones(len(sure))])
    met = weight @ seen[at]
    usual = seen.mean(axis=0)
    oftener = (met + _PRIOR_MEETINGS) / (weight.sum() * usual + _PRIOR_MEETINGS)
    apart = np.maximum((1.0 - _USUAL * oftener) / (1.0 - _USUAL), _LEAST_APART)
    habit = np.clip(np.log(oftener / apart), -_LIMIT, _LIMIT)
    habit[belief > _OWN] = 0.0
    others = np.where(belief > _OWN, 0.0, seen)
    many = np.sqrt(np.maximum(others.sum(axis=1), 1.0))
    return np.asarray((others @ habit) / many * _WEIGHT * STEP / (2.0 * _TOGETHER), dtype=np.float64)


def _moments(times: Sequence[float], count: int) -> NDArray[np.int64]:
    return np.clip((np.array(times, dtype=np.float64) / STEP).astype(np.int64), 0, count - 1)


def _seen_around(moment: NDArray[np.int64], wears: Floats, count: int) -> NDArray[np.float64]:
    """Return whether each number (count, 100) is read about each moment, 0 to 1."""
    total = np.zeros((count + 1, NUMBERS))
    np.add.at(total, moment + 1, wears)
    total = np.cumsum(total, axis=0)
    reach = int(_TOGETHER / STEP)
    low = np.clip(np.arange(count) - reach, 0, count)
    high = np.clip(np.arange(count) + reach + 1, 0, count)
    return np.asarray(np.minimum(total[high] - total[low], 1.0), dtype=np.float64)
