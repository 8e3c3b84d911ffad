"""Everybody explained at once: which end of a tracklet goes on as which start.

A path for the player alone drifts onto team-mates, because nothing explains the other people. So
all ends are assigned to all starts jointly (`assignment`), each end to at most one start, with
"goes away" and "comes new" as the alternatives.

How long people stay hidden, where they come and go, and how alike two tracklets of one person
look is learned from the game itself in a few rounds.
"""

import json
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from shiftclipper.identity import evidence, gates
from shiftclipper.identity.assignment import Places, assignment_marginals, parts
from shiftclipper.identity.looks import Looks, features_of, find_looks, nobodys_looks
from shiftclipper.identity.model import Camera, Check, GameView, Rules, never_stop
from shiftclipper.identity.motion import MAX_GAP, OVERLAP, candidates, motion_ratio
from shiftclipper.identity.numbers import NumberEvidence
from shiftclipper.identity.pieces import Flags, Floats, Integers, Pieces
from shiftclipper.identity.touches import next_parts, parts_at_touches, swap_chance, touch_features
from shiftclipper.paths import resource_path
from shiftclipper.tracklets import Ending

_SAME_TRACKLET = 10.0
"""Nats for a link between two parts of one tracklet that was cut at the ice's border."""
_ELSEWHERE = 0.03
"""Chance that somebody with whom a tracklet touched a gate neither went on in it nor through the gate."""
_OVERLAPPING = 0.08
"""Share of links whose tracklets overlap."""
_ROUNDS = 4
_SURE = 0.95
"""Links more probable than this teach how alike two tracklets of one person are."""
_SKATERS = 0.75
"""Time of those who change against all tracklets' time, as sample games have it: goalies and officials do not
change, but tracklets also miss some of everybody's time."""
_FAINT = -9.0
"""Nats; links whose motion is less likely than this against chance are dropped."""
_LIMITS = (-30.0, 16.0)
"""Nats that are said of one link."""
_LEAST_CHANCE = 1e-6
"""Least chance of a swap at a touch, and of none."""
_GAP_EDGES = np.array([-OVERLAP - 0.05, -0.05, 0.15, 0.25, 0.4, 0.6, 1.0, 1.5, 2.5, 4.0, 7.0, MAX_GAP + 0.1])


@dataclass(frozen=True, slots=True)
class Trust:
    """Powers that the likelihoods of links are raised to: they count on independent errors, which are rare.

    Fitted on sample games by tests/benchmarks/fit_evidence.py.
    """

    motion: float
    """Where and how fast somebody is when he is seen again."""
    gap: float
    """How long he was not seen."""
    look: float
    """Team and role."""
    build: float
    """Height against others at the same place."""
    habit: float
    """Where people come and go."""


@cache
def usual_trust() -> Trust:
    """Return what resources/evidence/links.json says."""
    facts = json.loads(resource_path("evidence", "links.json").read_text(encoding="utf-8"))
    return Trust(**facts["trust"])


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Candidate links of ends to starts with their joint probabilities."""

    source: Integers
    """(m,) index of the piece that ends."""
    target: Integers
    """(m,) index of the piece that starts."""
    probability: Floats
    """(m,) that `target` is the next that is seen of `source`'s person."""
    going: Floats
    """(n,) probability that nothing follows a piece's end within reach."""
    coming: Floats
    """(n,) probability that nothing comes before a piece's start within reach."""
    goes: gates.Turnover
    comes: gates.Turnover


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """Links that may be, and what of them stays as it is while a game's habits are learned.

    In order of their sources. There are millions of them: whatever is worked out for each is so part by part.
    """

    source: Places
    target: Places
    gap_bin: NDArray[np.int8]
    """(m,) which of _GAP_EDGES the time from the one's end to the other's start lies in."""
    soon: Flags
    """(m,) whether that is less than a second."""
    base: Floats
    """(m,) nats of motion, numbers and belonging to one tracklet."""
    touch: Flags
    """(m,) whether these are parts of one tracklet around a touch of a gate."""

    def weights(
        self,
        likeness: Floats,
        goes: gates.Turnover,
        comes: gates.Turnover,
        gap_density: Floats,
        passes: Floats,
        trust: Trust,
    ) -> Floats:
        """Return the weight (m,) of each link against both of its ends being free.

        Args:
            likeness: (m,) nats for both looking like one person.
            passes: (n,) nats for the parts around a touch at a piece's end being one person's.
        """
        stays, begins = np.log(1.0 / goes.probability - 1.0), np.log(comes.probability)
        gaps = trust.gap * np.log(gap_density)
        weight = np.empty(len(likeness))
        for part in parts(len(weight)):
            source, target = self.source[part], self.target[part]
            usual = gaps[self.gap_bin[part]] + trust.habit * (stays[source] - begins[target])
            odds = self.base[part] + np.where(self.touch[part], passes[source], usual)
            weight[part] = np.exp(np.clip(likeness[part] + odds, *_LIMITS))
        return weight

    def likeness(self, looks: Looks, build: Floats, same_build: evidence.Likeness, trust: Trust) -> Floats:
        """Return what looks, and builds (n,), say for both (m,) being one person: nats."""
        alike = evidence.same_look(looks, self.source, self.target)
        for part in parts(len(alike)):
            difference = build[self.source[part]] - build[self.target[part]]
            alike[part] = trust.build * same_build.ratio(difference) + trust.look * alike[part]
        alike[self.touch] = 0.0  # Both parts have the look of their whole tracklet.
        return alike

    def gap_density(self, probability: Floats) -> Floats:
        """Return the density of gaps as this game's links have them, smoothed by the usual one."""
        widths = np.diff(_GAP_EDGES)
        found = np.zeros(len(widths))
        for part in parts(len(probability)):
            free = ~self.touch[part]
            np.add.at(found, self.gap_bin[part][free], probability[part][free])
        found += _usual_gaps() * widths * 30.0
        return np.asarray(found / found.sum() / widths, dtype=np.float64)

    def ends(self, some: Integers) -> tuple[Integers, Integers]:
        """Return sources and targets of some links, given by number."""
        return self.source[some].astype(np.int64), self.target[some].astype(np.int64)

    def alone(self, some: Integers, n: int) -> Integers:
        """Return those of some links, given by number, that have no rival at either end within a second."""
        ends = np.bincount(self.source[self.soon], minlength=n)
        starts = np.bincount(self.target[self.soon], minlength=n)
        source, target = self.ends(some)
        is_alone = self.soon[some] & (ends[source] == 1) & (starts[target] == 1)
        return np.asarray(some[is_alone], dtype=np.int64)


def _pairs(
    pieces: Pieces, numbers: NumberEvidence, log_start_rate: Floats, trust: Trust, check: Check
) -> _Pairs:
    """Return the links that motion does not forbid, those over a touch of a gate among them."""
    source, target, motion = _within_reach(pieces, log_start_rate, check)
    base = numbers.of_pairs(source, target)
    keep, touch = (np.empty(len(base), dtype=np.bool_) for _ in range(2))
    following = next_parts(pieces)
    left, right = pieces.last.kind == Ending.GATE, pieces.first.kind == Ending.GATE
    for part in parts(len(base)):
        check()
        one, other = source[part], target[part]
        goes_on = following[one] == other
        touch[part] = goes_on & left[one]
        base[part] += _of_one_tracklet(left[one], right[other], goes_on)
        keep[part] = (motion[part] + base[part] > _FAINT) | touch[part]
        base[part] += trust.motion * np.where(touch[part], 0.0, motion[part])
    del motion
    source, target, base, touch = source[keep], target[keep], base[keep], touch[keep]
    gap_bin, soon = np.empty(len(base), dtype=np.int8), np.empty(len(base), dtype=np.bool_)
    for part in parts(len(base)):
        gap = pieces.first.time[target[part]] - pieces.last.time[source[part]]
        gap_bin[part] = np.searchsorted(_GAP_EDGES, gap, side="right") - 1
        soon[part] = gap < 1.0
    return _Pairs(source, target, gap_bin, soon, base, touch)


def _within_reach(pieces: Pieces, log_start_rate: Floats, check: Check) -> tuple[Places, Places, Floats]:
    """Return the pairs (m,) that a skater could have made, and what motion says for each: nats."""
    none = np.zeros(0, dtype=np.int32)
    sources, targets, motions = [none], [none], [np.zeros(0)]
    for source, target in candidates(pieces):
        check()
        sources.append(source.astype(np.int32))
        targets.append(target.astype(np.int32))
        motions.append(motion_ratio(pieces, source, target) - log_start_rate[target])
    return np.concatenate(sources), np.concatenate(targets), np.concatenate(motions)


def link(
    pieces: Pieces,
    numbers: NumberEvidence,
    view: GameView,
    rules: Rules,
    check: Check = never_stop,
    trust: Trust | None = None,
    *,
    counts_steps: bool = True,
) -> tuple[Links, Looks]:
    """Assign all ends to all starts jointly, learning the game's habits on the way.

    The first round goes by motion alone, and shows how alike two tracklets of one person look.

    Args:
        counts_steps: where no bench was drawn, let there be as many steps through gates as shifts of usual
            length make.

    Returns:
        the links between pieces on the ice, and how people look.
    """
    n = len(pieces)
    sees_all = rules.camera == Camera.FIXED_WIDE
    learn_gates = not view.gates
    counts_steps &= not (view.benches or view.penalty_boxes)
    trust = trust or usual_trust()
    height = float(np.median(pieces.first.height)) if n else 1.0
    where = gates.Map(np.concatenate([pieces.first.position, pieces.last.position]), height)
    starts, ends = where.index(pieces.first.position), where.index(pieces.last.position)
    before, after = parts_at_touches(pieces)
    swapped = swap_chance(touch_features(pieces, before, after, view))
    usual_goes = gates.prior_turnover(pieces, view, leaving=True, sees_all=sees_all)
    usual_comes = gates.prior_turnover(pieces, view, leaving=False, sees_all=sees_all)
    goes = usual_goes = usual_goes.at_touches(before, swapped)
    comes = usual_comes = usual_comes.at_touches(after, swapped)
    passes = np.zeros(n)
    passes[before] = np.log(1.0 / np.clip(swapped, _LEAST_CHANCE, 1.0 - _LEAST_CHANCE) - 1.0)
    pairs = _pairs(pieces, numbers, _log_start_rate(pieces, where, starts, view), trust, check)
    build = evidence.piece_builds(pieces)
    gap_density, likeness = _usual_gaps(), np.zeros(len(pairs.source))
    more_go = more_come = 1.0
    looks = nobodys_looks(n)
    for round_number in range(_ROUNDS):
        check()
        weight = pairs.weights(likeness, goes, comes, gap_density, passes, trust)
        probability, going, coming = assignment_marginals(weight, pairs.source, pairs.target, n, check)
        if round_number == _ROUNDS - 1:
            break
        gap_density = pairs.gap_density(probability)
        sure = np.flatnonzero((probability > _SURE) & ~pairs.touch)
        if round_number == 0:
            features, known = features_of(pieces.colour, pieces.kit, pieces.roles)
            looks = find_looks(features, known, pieces.samples, *pairs.ends(pairs.alone(sure, n)))
        same_build = evidence.learn_likeness(build, *pairs.ends(sure))
        likeness = pairs.likeness(looks, build, same_build, trust)
        if counts_steps:
            more_go *= _shortfall(going * goes.gate, pieces, rules)
            more_come *= _shortfall(coming * comes.gate, pieces, rules)
        goes = gates.learned_turnover(
            usual_goes.with_more_gates(more_go), where, ends, going, learn_gates=learn_gates
        )
        comes = gates.learned_turnover(
            usual_comes.with_more_gates(more_come), where, starts, coming, learn_gates=learn_gates
        )
    return _on_ice_only(pairs, (probability, going, coming), goes, comes, pieces), looks


def _of_one_tracklet(left: Flags, right: Flags, goes_on: Flags) -> Floats:
    """Return what it says of links (m,) that both are of one tracklet, or that one touched a gate: nats.

    Args:
        left, right: (m,) whether the first touched a gate at its end, and the second at its start.
        goes_on: (m,) whether the second is the next part of the first's tracklet.
    """
    elsewhere = (left.astype(np.int64) + right) * ~(goes_on & left)
    return np.asarray(_SAME_TRACKLET * (goes_on & ~left) + np.log(_ELSEWHERE) * elsewhere, dtype=np.float64)


def _shortfall(through_gates: Floats, pieces: Pieces, rules: Rules) -> float:
    """Return how many times more steps through a gate there must be, by how long shifts usually are."""
    on_ice = float((pieces.last.time - pieces.first.time)[pieces.ice].sum())
    expected = _SKATERS * on_ice / rules.shift_mean + 2.0
    found = float(through_gates[pieces.ice].sum()) + 2.0
    return float(np.clip(expected / found, 0.5, 3.0))


def _on_ice_only(
    pairs: _Pairs,
    marginals: tuple[Floats, Floats, Floats],
    goes: gates.Turnover,
    comes: gates.Turnover,
    pieces: Pieces,
) -> Links:
    """Return the links, with those to and from people at a bench turned into steps through a gate."""
    n, ice = len(pieces), pieces.ice
    probability, going, coming = marginals
    inner = ice[pairs.source] & ice[pairs.target]
    outer = ~inner
    off: Floats = np.bincount(pairs.source[outer], probability[outer], n).astype(np.float64)
    on: Floats = np.bincount(pairs.target[outer], probability[outer], n).astype(np.float64)

    def with_gate(free: Floats, through: Floats, turnover: gates.Turnover) -> gates.Turnover:
        total = np.maximum(free + through, 1e-12)
        gate, edge = (free * turnover.gate + through) / total, free * turnover.edge / total
        return gates.Turnover(turnover.probability, gate, edge)

    return Links(
        source=pairs.source[inner].astype(np.int64),
        target=pairs.target[inner].astype(np.int64),
        probability=probability[inner],
        going=going + off,
        coming=coming + on,
        goes=with_gate(going, off, goes),
        comes=with_gate(coming, on, comes),
    )


def _log_start_rate(
    pieces: Pieces, where: gates.Map, starts: Integers, view: GameView
) -> NDArray[np.float64]:
    """Return the log rate of starts around each start (n,), per second and height²."""
    n = len(pieces)
    counted = where.count(starts, np.ones(n))[starts]
    unit = pieces.first.height**2 / where.cell_area
    duration = max(view.duration, 1.0)
    return np.asarray(np.log((counted + 0.002) * unit / duration), dtype=np.float64)


def _usual_gaps() -> NDArray[np.float64]:
    """Return the density per second of being hidden, per bin of `_GAP_EDGES`."""
    low, high = np.maximum(_GAP_EDGES[:-1], 0.0), np.maximum(_GAP_EDGES[1:], 0.0)
    quick = np.exp(-low / 0.3) - np.exp(-high / 0.3)
    slow = np.exp(-low / 2.0) - np.exp(-high / 2.0)
    share = 0.65 * quick + 0.35 * slow
    share[0] = _OVERLAPPING
    return np.asarray(share / np.diff(_GAP_EDGES), dtype=np.float64)
