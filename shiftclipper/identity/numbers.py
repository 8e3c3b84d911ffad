"""What numbers read on backs say about who is who.

A reading is right about as often as readings of its kind were when they were counted; otherwise it says
nothing. A right one may still have lost a digit or taken one for another. So each reading gives every number
a likelihood against chance, and the readings of a tracklet multiply. What was never read is unknown, not
wrong.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from shiftclipper.identity.assignment import Places
from shiftclipper.identity.pieces import Floats, Integers, Pieces
from shiftclipper.paths import resource_path
from shiftclipper.tracklets import NumberReading

NUMBERS = 100
"""Jerseys carry 0 to 99; a leading zero is read over."""
LIMITS = (-4.0, 6.0)
"""Nats that numbers may say about one piece."""
GIVEN = 0.97
"""How surely a number that the person gave is right; what remains is for misprints and changed jerseys."""
LEAST = 1e-4
_PAIRS = 1 << 14
"""Pairs that are compared together: each needs a likelihood of every number."""


@dataclass(frozen=True, slots=True, eq=False)
class Habits:
    """How the reader errs; from resources/evidence/numbers.json."""

    reliability: dict[int, tuple[Floats, Floats]]
    """By digits: the reader's probability, and how often it is right then."""
    confusion: Floats
    """(100, 100) probability of reading a column's number when a row's is there and the reading is right."""
    independence: float
    """Power that the likelihood of a piece's readings is raised to after its first: they may repeat its
    mistake."""


@dataclass(frozen=True, slots=True, eq=False)
class NumberEvidence:
    """What was read on each piece."""

    likelihood: Floats
    """(n, 100) of all its readings, given a number, against chance; rows of 1 where nothing was read."""
    share: Floats
    """(100,) how many people wear each number, before anything is read; sums to 1."""
    pieces: Integers
    """(m,) piece of each reading."""
    numbers: Integers
    """(m,) what it says."""

    def of_player(self, belief: Floats) -> NDArray[np.float64]:
        """Return log p(readings | the player) / p(readings | anybody) (n,), by his believed number (100,)."""
        read = np.unique(self.pieces)
        ratio = np.ones(len(self.likelihood))
        ratio[read] = self.likelihood[read] @ belief
        return np.asarray(np.clip(np.log(np.maximum(ratio, LEAST)), *LIMITS), dtype=np.float64)

    def of_pairs(self, one: Integers | Places, other: Integers | Places) -> NDArray[np.float64]:
        """Return log p(readings | one person) / p(readings | any two) for pairs of pieces (k,)."""
        ratio = np.zeros(len(one))
        known = np.zeros(len(self.likelihood), dtype=np.bool_)
        known[self.pieces] = True
        both = np.flatnonzero(known[one] & known[other])
        for low in range(0, len(both), _PAIRS):
            some = both[low : low + _PAIRS]
            both_wear = self.likelihood[one[some]]
            both_wear *= self.likelihood[other[some]]
            ratio[some] = np.clip(np.log(np.maximum(both_wear @ self.share, LEAST)), *LIMITS)
        return ratio

    def belief(self, number: str, clicked: Integers) -> NDArray[np.float64]:
        """Return how likely (100,) each number is the player's.

        Args:
            number: what the person gave, or nothing.
            clicked: pieces that the person clicked on.
        """
        belief = self.share * np.prod(self.likelihood[clicked], axis=0)
        belief /= belief.sum()
        if number:
            belief *= 1 - GIVEN
            belief[int(number)] += GIVEN
        return np.asarray(belief, dtype=np.float64)

    def times_read(self, chain: Integers, number: str) -> int:
        """Return how often a number was read on some pieces."""
        wanted = np.isin(self.pieces, chain) & (self.numbers == int(number))
        return int(wanted.sum())


def number_evidence(
    pieces: Pieces, ids: Integers, readings: Sequence[NumberReading], roster: Sequence[str] = ()
) -> NumberEvidence:
    """Collect what was read on each piece.

    Args:
        pieces: of tracklets.
        ids: (pieces,) id of the tracklet each piece is of.
        readings: of the game, in any order.
        roster: the numbers of everybody on the ice, when that is known.
    """
    habits = _habits()
    share = np.full(NUMBERS, 1.0 / NUMBERS)
    if roster:
        share = np.full(NUMBERS, 0.05 / NUMBERS)
        for number in roster:
            share[int(number)] += 0.95 / len(roster)
    likelihood = np.ones((len(pieces), NUMBERS))
    of_reading, said = _placed(pieces, ids, readings)
    # What a right reading says against what people read as that in general.
    gain = habits.confusion / np.maximum(share @ habits.confusion, 1e-9)
    when = np.array([readings[k].time for k in said], dtype=np.float64)
    power = _independence(of_reading, when, habits.independence)
    for piece, k, counts in zip(of_reading.tolist(), said.tolist(), power.tolist(), strict=True):
        one = readings[k]
        points, right = habits.reliability[len(one.number)]
        reliability = float(np.interp(one.probability, points, right))
        update = reliability * gain[:, int(one.number)] + 1 - reliability
        likelihood[piece] *= update**counts
    # The mean over all numbers is 1: readings say who it is, not whether it is anybody.
    likelihood /= np.maximum(likelihood @ share, 1e-12)[:, None]
    numbers = np.array([int(readings[k].number) for k in said], dtype=np.int64)
    return NumberEvidence(likelihood, share, of_reading, numbers)


def _placed(pieces: Pieces, ids: Integers, readings: Sequence[NumberReading]) -> tuple[Integers, Integers]:
    """Return the piece and the number in the sequence of each reading that lies within a piece."""
    by_tracklet: dict[int, list[int]] = {}
    for piece, tracklet in enumerate(ids.tolist()):
        by_tracklet.setdefault(tracklet, []).append(piece)
    start, end = pieces.first.time, pieces.last.time
    found = [
        (piece, k)
        for k, one in enumerate(readings)
        for piece in by_tracklet.get(one.tracklet, ())
        if start[piece] <= one.time <= end[piece]
    ]
    table = np.array(found, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _independence(piece: Integers, time: Floats, further: float) -> NDArray[np.float64]:
    """Return the power (m,) that each reading's likelihood is raised to.

    Readings of one piece within a second are one reading in several pictures, and share its weight. Those
    that follow later may repeat its mistake.

    Args:
        piece: (m,) of each reading.
        time: (m,) of each reading, in seconds of game time.
        further: what each second after a piece's first counts.
    """
    power = np.ones(len(piece))
    second = np.floor(time)
    for one in np.unique(piece):
        of = np.flatnonzero(piece == one)
        _, place, count = np.unique(second[of], return_inverse=True, return_counts=True)
        power[of] = np.where(place > 0, further, 1.0) / count[place]
    return power


@cache
def _habits() -> Habits:
    facts = json.loads(resource_path("evidence", "numbers.json").read_text(encoding="utf-8"))
    reliability = {
        int(digits): (np.array(points)[:, 0], np.array(points)[:, 1])
        for digits, points in facts["reliability"].items()
    }
    confusion = _confusion(float(facts["dropped_digit"]), float(facts["wrong_digit"]))
    return Habits(reliability, confusion, float(facts["independence"]))


def _confusion(dropped: float, wrong: float) -> NDArray[np.float64]:
    """Return (100, 100) how numbers are read by a reader who loses digits or takes one for another.

    Args:
        dropped: probability that one of two digits is lost.
        wrong: probability that one digit is taken for another.
    """
    table = np.zeros((NUMBERS, NUMBERS))
    for number in range(NUMBERS):
        digits = f"{number}"
        kept = 1 - wrong - (dropped if len(digits) == 2 else 0.0)
        table[number, number] += kept
        for place in range(len(digits)):
            for digit in "0123456789":
                if digit != digits[place]:
                    other = digits[:place] + digit + digits[place + 1 :]
                    table[number, int(other)] += wrong / 9 / len(digits)
            if len(digits) == 2:
                table[number, int(digits[1 - place])] += dropped / 2
    return table
