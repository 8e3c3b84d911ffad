"""Who is on the ice when the player is: lines stay together.

Where the player's own number was not read, those of others often were. Whoever is mostly on the ice when he
surely is, and seldom otherwise, is one of his line; seeing him makes it likely that the player is there too.
Whoever never is with him tells of the opposite. What is learned are only habits, so that they say little
about any one shift, and the more of them are seen the more they repeat each other.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shiftclipper.identity.graph import STEP, game_ticks
from shiftclipper.identity.numbers import NUMBERS, NumberEvidence
from shiftclipper.identity.pieces import Floats, Integers, Pieces

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
"""How many times a habit counts that is seen for twice TOGETHER; chosen on simulated games in which a
fifth of every line is mixed."""
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
    """Return what others on the ice say at each of the game's ticks (t,), in nats.

    Added up over a stretch of time it is log p(they | he is on the ice) / p(they | he is off it).

    Args:
        numbers: read on the pieces.
        belief: (100,) how likely each number is the player's.
        fits: (pieces,) log-likelihood ratio that a piece's looks are the player's: who looks otherwise is
            of the other team, and tells nothing.
        sure: seconds of game time at which the player surely is on the ice.
        duration: of the game, in seconds.
    """
    count = len(game_ticks(duration))
    read = np.unique(numbers.pieces)
    if not len(read):
        return np.zeros(count)
    wears = numbers.likelihood[read] * numbers.share
    wears /= wears.sum(axis=1, keepdims=True)
    team = np.exp(np.minimum(fits[read], 0.0))
    own = numbers.likelihood[read] @ belief * team
    his = own / (own + _OTHERS)
    moment = _ticks_at((pieces.first.time[read] + pieces.last.time[read]) / 2, count)
    seen, run = _seen_around(moment, wears * team[:, None], count)
    his_own = np.concatenate([moment, _ticks_at(np.array(sure, dtype=np.float64), count)])
    weight = np.concatenate([his, np.ones(len(sure))])
    met = np.bincount(run[his_own], weight, len(seen)) @ seen
    usual = np.bincount(run, minlength=len(seen)) @ seen / count
    oftener = (met + _PRIOR_MEETINGS) / (weight.sum() * usual + _PRIOR_MEETINGS)
    apart = np.maximum((1.0 - _USUAL * oftener) / (1.0 - _USUAL), _LEAST_APART)
    habit = np.clip(np.log(oftener / apart), -_LIMIT, _LIMIT)
    others = np.where(belief > _OWN, 0.0, seen)
    many = np.sqrt(np.maximum(others.sum(axis=1), 1.0))
    told = (others @ habit) / many * _WEIGHT * STEP / (2.0 * _TOGETHER)
    return np.asarray(told[run], dtype=np.float64)


def _ticks_at(times: Floats, count: int) -> Integers:
    """Return the number of the tick (k,) before each time; there are `count` of them."""
    return np.clip((times / STEP).astype(np.int64), 0, count - 1)


def _seen_around(moment: Integers, wears: Floats, count: int) -> tuple[Floats, Integers]:
    """Tell who is seen around each tick, for runs of ticks around which the same pieces are.

    Args:
        moment: (r,) tick of each piece on which something was read.
        wears: (r, 100) probability that its player wears each number.
        count: of the game's ticks.

    Returns:
        (runs, 100) how surely each number is worn by somebody within TOGETHER, 0 to 1, and (count,) the run
        of each tick.
    """
    order = np.argsort(moment, kind="stable")
    total = np.concatenate([np.zeros((1, NUMBERS)), np.cumsum(wears[order], axis=0)])
    reach, ticks = int(_TOGETHER / STEP), np.arange(count)
    low = np.searchsorted(moment[order], ticks - reach, side="left")
    high = np.searchsorted(moment[order], ticks + reach, side="right")
    fresh = np.ones(count, dtype=np.bool_)
    fresh[1:] = (np.diff(low) > 0) | (np.diff(high) > 0)
    seen = np.minimum(total[high[fresh]] - total[low[fresh]], 1.0)
    return seen, np.cumsum(fresh) - 1
