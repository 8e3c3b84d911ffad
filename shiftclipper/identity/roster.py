"""Who else plays: numbers read on the backs of the picked player's team, each with its clearest sights.

What was read is explained by as few numbers as possible: a tracklet on which "1" and "7" were read is 17
where that one is known from elsewhere. So each number has a share, fitted by expectation-maximisation with a
prior against numbers that explain little; its evidence is how much worse the readings are explained without
it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from shiftclipper.identity.identify import Work, work_out
from shiftclipper.identity.marks import box_at
from shiftclipper.identity.model import Constraints, GameView, Rules
from shiftclipper.identity.numbers import NUMBERS
from shiftclipper.identity.pieces import Floats, Integers
from shiftclipper.tracklets import NumberReading, Tracklet

LEAST_EVIDENCE = 3.0
"""Nats from which a number is proposed."""
MOST_SIGHTS = 3
"""Sights given of each number."""
APART = 20.0
"""Seconds between two sights of one number, so that clicks on them are in different shifts if possible."""
_LEAST_SHARE = 0.8
"""Probability from which a tracklet is shown as a number's."""
_TEAM = 0.5
"""Likelihood ratio of the jersey's colour from which a tracklet is shown as the team's."""
_SPARSE = 0.5
"""Tracklets that a number must explain to be there at all."""
_SWEEPS = 60
_WARM_UP = 10
"""Sweeps before numbers that explain little are dropped: at first none explains much."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A moment at which somebody's number could be read well."""

    tracklet: int
    """Its id."""
    time: float
    """Seconds of game time."""
    box: tuple[float, float, float, float]
    """x1 y1 x2 y2 in pixels of the displayed picture, cut at its edges; a click belongs in the middle."""
    probability: float
    """What the reader gave to the number, 0 to 1; not how often it is right."""

    @property
    def middle(self) -> tuple[float, float]:
        """Return x and y of the box's middle in pixels."""
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


@dataclass(frozen=True, slots=True)
class ProposedPlayer:
    """A number of the picked team that was read."""

    number: str
    evidence: float
    """Nats by which the readings are explained worse without this number."""
    times_read: int
    """Readings that say exactly this number, on tracklets that are probably its."""
    tracklets: int
    """Tracklets that are probably its."""
    sights: tuple[Sight, ...]
    """The clearest first; at least one."""


def propose_roster(
    tracklets: Sequence[Tracklet],
    constraints: Constraints,
    view: GameView,
    rules: Rules,
    readings: Sequence[NumberReading],
) -> tuple[ProposedPlayer, ...]:
    """Return the numbers of a player's team with the evidence for each, the best founded first.

    Args:
        tracklets: of everybody in the game.
        constraints: marks of one player of the team; they and `rules` say which jerseys are the team's.
        readings: numbers read on everybody's backs.

    Raises:
        ContradictoryConstraints, UserError: as `solve` does.
    """
    if not readings:
        return ()
    # A roster would weigh the readings already, and hide who is missing in it.
    work = work_out(tracklets, constraints, view, replace(rules, roster=()), readings)
    read = _read_tracklets(work)
    if len(read.ids) == 0:
        return ()
    share, belongs = explain(read.likelihood, read.team)
    by_id = {one.id: one for one in tracklets}
    found = []
    for number in np.flatnonzero(share[:NUMBERS]):
        evidence = evidence_for(read.likelihood, read.team, share, int(number))
        if evidence < LEAST_EVIDENCE:
            continue
        mine = (belongs[:, number] >= _LEAST_SHARE) & (read.team >= _TEAM)
        own = {int(k) for k in read.ids[mine]}
        said = [one for one in readings if one.tracklet in own and int(one.number) == number]
        sights = _sights(said, by_id, work, view.size)
        if sights:
            found.append(ProposedPlayer(str(number), round(evidence, 2), len(said), len(own), sights))
    return tuple(sorted(found, key=lambda one: (-one.evidence, int(one.number))))


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """Tracklets on the ice on which something was read."""

    ids: Integers
    """(n,)"""
    likelihood: Floats
    """(n, NUMBERS) of all readings, given a number, against chance."""
    team: Floats
    """(n,) likelihood ratio of the colours for the team, at most 1."""


def _read_tracklets(work: Work) -> _Read:
    numbers = work.cues.readings
    with_readings = np.zeros(len(work.pieces), dtype=np.bool_)
    with_readings[numbers.pieces] = True
    rows = np.flatnonzero(with_readings & work.pieces.ice & (work.ids >= 0))
    ids, row_of = np.unique(work.ids[rows], return_inverse=True)
    log_likelihood = np.zeros((len(ids), NUMBERS))
    np.add.at(log_likelihood, row_of, np.log(np.maximum(numbers.likelihood[rows], 1e-12)))
    look = np.full(len(ids), np.inf)
    np.minimum.at(look, row_of, work.cues.look[rows])
    return _Read(ids, np.exp(np.minimum(log_likelihood, 30.0)), np.exp(np.minimum(look, 0.0)))


def explain(likelihood: Floats, team: Floats) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Fit how many tracklets of the team wear each number.

    Args:
        likelihood: (n, NUMBERS) of what was read on each tracklet, given a number, against chance.
        team: (n,) likelihood ratio of each tracklet's colours for the team, at most 1.

    Returns:
        share (NUMBERS + 1,) of each number, the last for tracklets that say nothing; belongs
        (n, NUMBERS + 1), the probability that a tracklet wears each.
    """
    given = _given(likelihood, team)
    share = np.full(NUMBERS + 1, 0.5 / NUMBERS)
    share[NUMBERS] = 0.5
    belongs = given * share
    for sweep in range(_SWEEPS):
        belongs = given * share
        belongs /= belongs.sum(axis=1, keepdims=True)
        count = belongs.sum(axis=0)
        if sweep >= _WARM_UP:
            count[:NUMBERS] = np.maximum(count[:NUMBERS] - _SPARSE, 0.0)
            count[NUMBERS] += _SPARSE
        share = count / count.sum()
    return share, belongs


def evidence_for(likelihood: Floats, team: Floats, share: Floats, number: int) -> float:
    """Return by how many nats readings are explained worse without a number; arguments as of `explain`."""
    given = _given(likelihood, team)
    without = share.copy()
    without[number] = 0.0
    without /= without.sum()
    return float(np.log((given @ share) / (given @ without)).sum())


def _given(likelihood: Floats, team: Floats) -> NDArray[np.float64]:
    """Return (n, NUMBERS + 1) likelihoods: who is not of the team may wear anything."""
    of_team = team[:, None]
    return np.hstack([of_team * likelihood + 1.0 - of_team, np.ones((len(team), 1))])


def _sights(
    said: Sequence[NumberReading], by_id: Mapping[int, Tracklet], work: Work, size: tuple[int, int]
) -> tuple[Sight, ...]:
    """Return the clearest of some readings of one number, apart in time."""
    seen = []
    for one in said:
        of = np.flatnonzero((work.ids == one.tracklet) & work.pieces.ice)
        within = (work.pieces.first.time[of] <= one.time) & (one.time <= work.pieces.last.time[of])
        if within.any():
            box = np.clip(box_at(by_id[one.tracklet], one.time), 0.0, np.tile(size, 2))
            x1, y1, x2, y2 = (float(side) for side in box)
            if x1 < x2 and y1 < y2:
                seen.append(Sight(one.tracklet, one.time, (x1, y1, x2, y2), one.probability))
    # Between equally sure readings the larger figure is the clearer one.
    seen.sort(key=lambda one: (-round(one.probability, 1), one.box[1] - one.box[3], one.time))
    chosen: list[Sight] = []
    for sight in seen:
        if len(chosen) < MOST_SIGHTS and all(abs(sight.time - other.time) >= APART for other in chosen):
            chosen.append(sight)
    return tuple(chosen)
