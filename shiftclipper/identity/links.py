"""Everybody explained at once: which end of a tracklet goes on as which start.

A path for the player alone drifts onto team-mates, because nothing explains the other people. So
all ends are assigned to all starts jointly, each end to at most one start, with "goes away" and
"comes new" as the alternatives. The marginals come from belief propagation on the assignment
(Williams and Lau, "Approximate evaluation of marginal association probabilities with belief
propagation", IEEE T-AES 2014): a few dozen sweeps over the candidate links, no enumeration.

How long people stay hidden, where they come and go, and how alike two tracklets of one person
look is learned from the game itself in a few rounds.
"""

import json
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from shiftclipper.identity import evidence, gates
from shiftclipper.identity.looks import Looks, features_of, find_looks, nobodys_looks
from shiftclipper.identity.model import Camera, Check, GameView, Rules, never_stop
from shiftclipper.identity.numbers import NumberEvidence
from shiftclipper.identity.pieces import Floats, Integers, Pieces
from shiftclipper.identity.touches import next_parts, parts_at_touches, swap_chance, touch_features
from shiftclipper.paths import resource_path
from shiftclipper.tracklets import Ending

MAX_GAP = 12.0
"""Seconds; nobody is linked over a longer gap by motion."""
_BENCH_GAP = 3.0
"""Seconds; the same where one of the two is at a bench."""
_SAME_TRACKLET = 10.0
"""Nats for a link between two parts of one tracklet that was cut at the ice's border."""
_ELSEWHERE = 0.03
"""Chance that somebody with whom a tracklet touched a gate neither went on in it nor through the gate."""
_OVERLAP = 0.35
"""Seconds; the tracker holds on to somebody this long before it finds that he is another tracklet by now."""
_OVERLAPPING = 0.08
"""Share of links whose tracklets overlap."""
_TOP_SPEED = 6.0
"""Body heights a second, about 10 m/s."""
_SLACK = 1.5
"""Body heights that a person may be away from the reach of top speed."""
_WAYS = ((0.5, 0.9, 1.0), (0.35, 0.25, 1.0), (0.15, 0.9, 4.0))
"""Share, memory of velocity (seconds), and scale of its variance of the ways people move."""
_ROUNDS = 4
_SURE = 0.95
"""Links more probable than this teach how alike two tracklets of one person are."""
_SKATERS = 0.75
"""Time of those who change against all tracklets' time, as sample games have it: goalies and officials do not
change, but tracklets also miss some of everybody's time."""
_SWEEPS = 60
_AT_A_TIME = 100_000
"""Pairs whose motion is weighed together."""
_FAINT = -9.0
"""Nats; links whose motion is less likely than this against chance are dropped."""
_LEAST_CHANCE = 1e-6
"""Least chance of a swap at a touch, and of none."""
_GAP_EDGES = np.array([-_OVERLAP - 0.05, -0.05, 0.15, 0.25, 0.4, 0.6, 1.0, 1.5, 2.5, 4.0, 7.0, MAX_GAP + 0.1])


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


def candidates(pieces: Pieces) -> tuple[Integers, Integers]:
    """Return the pairs (source, target) that a skater could have made."""
    end, start = pieces.last.time, pieces.first.time
    low = np.searchsorted(start, end - _OVERLAP, side="left")
    high = np.searchsorted(start, end + MAX_GAP, side="right")
    counts = np.maximum(high - low, 0)
    source = np.repeat(np.arange(len(pieces)), counts)
    target = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    target = target + np.repeat(low, counts)
    keep = (source != target) & (pieces.scene[source] == pieces.scene[target])
    near = start[target] - end[source] < _BENCH_GAP
    keep &= near | (pieces.ice[source] & pieces.ice[target])
    keep &= (end[target] > end[source]) & (start[target] > start[source])
    source, target = source[keep], target[keep]
    keep = within_reach(pieces, source, target)
    return source[keep], target[keep]


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


def _in_parts(pieces: Pieces, source: Integers, target: Integers, check: Check) -> NDArray[np.float64]:
    """Return `motion_ratio` of many pairs, so many at a time: it needs twenty numbers for each."""
    ratio = np.zeros(len(source))
    for low in range(0, len(source), _AT_A_TIME):
        check()
        part = slice(low, low + _AT_A_TIME)
        ratio[part] = motion_ratio(pieces, source[part], target[part])
    return ratio


def assignment_marginals(
    log_odds: Floats, source: Integers, target: Integers, n: int
) -> tuple[Floats, Floats, Floats]:
    """Return marginals of a sparse assignment with slack: (m,) links, (n,) going, (n,) coming.

    Args:
        log_odds: (m,) nats, weight of a link against both of its ends being free.
    """
    weight = np.exp(np.clip(log_odds, -30.0, 16.0))
    to_source = np.ones(len(weight))
    to_target = np.zeros(len(weight))
    for _ in range(_SWEEPS):
        product = weight * to_source
        row = 1.0 + np.bincount(source, product, n)
        fresh = weight / np.maximum(row[source] - product, 1.0)
        column = 1.0 + np.bincount(target, fresh, n)
        to_source = 1.0 / np.maximum(column[target] - fresh, 1.0)
        change = float(np.max(np.abs(fresh - to_target) / (1.0 + fresh), initial=0.0))
        to_target = fresh
        if change < 1e-4:
            break
    product = weight * to_source
    row = 1.0 + np.bincount(source, product, n)
    probability = product / row[source]
    column = 1.0 + np.bincount(target, to_target, n)
    return probability, np.asarray(1.0 / row), np.asarray(1.0 / column)


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """Links that may be, and what of them stays as it is while a game's habits are learned."""

    source: Integers
    target: Integers
    gap: Floats
    """(m,) seconds from the one's end to the other's start."""
    gap_bin: Integers
    """(m,) which of _GAP_EDGES the gap lies in."""
    base: Floats
    """(m,) nats of motion, numbers and belonging to one tracklet."""
    touch: NDArray[np.bool_]
    """(m,) whether these are parts of one tracklet around a touch of a gate."""
    passes: Floats
    """(m,) nats for such parts being one person's."""

    def log_odds(
        self, goes: gates.Turnover, comes: gates.Turnover, gap_density: Floats, trust: Trust
    ) -> NDArray[np.float64]:
        """Return the weight (m,) of each link against both of its ends being free, without looks: nats."""
        stays = np.log(1.0 / goes.probability - 1.0)
        usual = trust.gap * np.log(gap_density[self.gap_bin])
        usual += trust.habit * (stays[self.source] - np.log(comes.probability)[self.target])
        return np.asarray(self.base + np.where(self.touch, self.passes, usual), dtype=np.float64)


def _pairs(
    pieces: Pieces,
    numbers: NumberEvidence,
    log_start_rate: Floats,
    passes: Floats,
    trust: Trust,
    check: Check,
) -> _Pairs:
    """Return the links that motion does not forbid, those over a touch of a gate among them."""
    source, target = candidates(pieces)
    motion = _in_parts(pieces, source, target, check) - log_start_rate[target]
    goes_on = next_parts(pieces)[source] == target
    touch = goes_on & (pieces.last.kind[source] == Ending.GATE)
    base = numbers.of_pairs(source, target) + _of_one_tracklet(pieces, source, target, goes_on)
    keep = (motion + base > _FAINT) | touch
    source, target, touch, base, motion = (part[keep] for part in (source, target, touch, base, motion))
    base += trust.motion * np.where(touch, 0.0, motion)
    gap = pieces.first.time[target] - pieces.last.time[source]
    gap_bin = np.searchsorted(_GAP_EDGES, gap, side="right") - 1
    return _Pairs(source, target, gap, gap_bin, base, touch, passes[source])


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
    pairs = _pairs(pieces, numbers, _log_start_rate(pieces, where, starts, view), passes, trust, check)
    source, target, touch = pairs.source, pairs.target, pairs.touch
    build = evidence.piece_builds(pieces)
    gap_density, likeness = _usual_gaps(), np.zeros(len(source))
    more_go = more_come = 1.0
    looks = nobodys_looks(n)
    for round_number in range(_ROUNDS):
        check()
        log_odds = likeness + pairs.log_odds(goes, comes, gap_density, trust)
        marginals = assignment_marginals(log_odds, source, target, n)
        if round_number == _ROUNDS - 1:
            break
        probability, going, coming = marginals
        gap_density = _learned_gaps(pairs.gap_bin[~touch], probability[~touch])
        sure = np.flatnonzero((probability > _SURE) & ~touch)
        if round_number == 0:
            alone = sure[_alone(source, target, pairs.gap, n)[sure]]
            features, known = features_of(pieces.colour, pieces.kit, pieces.roles)
            looks = find_looks(features, known, pieces.samples, source[alone], target[alone])
        same_build = evidence.learn_likeness(build, source[sure], target[sure])
        likeness = trust.build * same_build.ratio(build[source] - build[target])
        likeness += trust.look * evidence.same_look(looks, source, target)
        likeness[touch] = 0.0  # Both parts have the look of their whole tracklet.
        if counts_steps:
            more_go *= _shortfall(going * goes.gate, pieces, rules)
            more_come *= _shortfall(coming * comes.gate, pieces, rules)
        goes = gates.learned_turnover(
            usual_goes.with_more_gates(more_go), where, ends, going, learn_gates=learn_gates
        )
        comes = gates.learned_turnover(
            usual_comes.with_more_gates(more_come), where, starts, coming, learn_gates=learn_gates
        )
    return _on_ice_only(Links(source, target, *marginals, goes, comes), pieces), looks


def _of_one_tracklet(
    pieces: Pieces, source: Integers, target: Integers, goes_on: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return what it says of links (m,) that both are of one tracklet, or that one touched a gate: nats.

    Args:
        goes_on: (m,) whether the second is the next part of the first's tracklet.
    """
    left, right = pieces.last.kind[source] == Ending.GATE, pieces.first.kind[target] == Ending.GATE
    elsewhere = (left.astype(np.int64) + right) * ~(goes_on & left)
    return np.asarray(_SAME_TRACKLET * (goes_on & ~left) + np.log(_ELSEWHERE) * elsewhere, dtype=np.float64)


def _shortfall(through_gates: Floats, pieces: Pieces, rules: Rules) -> float:
    """Return how many times more steps through a gate there must be, by how long shifts usually are."""
    on_ice = float((pieces.last.time - pieces.first.time)[pieces.ice].sum())
    expected = _SKATERS * on_ice / rules.shift_mean + 2.0
    found = float(through_gates[pieces.ice].sum()) + 2.0
    return float(np.clip(expected / found, 0.5, 3.0))


def _on_ice_only(links: Links, pieces: Pieces) -> Links:
    """Turn links to and from people at a bench into steps through a gate."""
    n, ice = len(pieces), pieces.ice
    inner = ice[links.source] & ice[links.target]
    outer = ~inner
    probability: Floats = links.probability[outer].astype(np.float64)
    off: Floats = np.bincount(links.source[outer], probability, n).astype(np.float64)
    on: Floats = np.bincount(links.target[outer], probability, n).astype(np.float64)

    def with_gate(free: Floats, through: Floats, turnover: gates.Turnover) -> gates.Turnover:
        total = np.maximum(free + through, 1e-12)
        gate, edge = (free * turnover.gate + through) / total, free * turnover.edge / total
        return gates.Turnover(turnover.probability, gate, edge)

    return Links(
        source=links.source[inner],
        target=links.target[inner],
        probability=links.probability[inner],
        going=links.going + off,
        coming=links.coming + on,
        goes=with_gate(links.going, off, links.goes),
        comes=with_gate(links.coming, on, links.comes),
    )


def _alone(source: Integers, target: Integers, gap: Floats, n: int) -> NDArray[np.bool_]:
    """Tell which links (m,) have no other candidate at either end within a second."""
    soon = gap < 1.0
    ends = np.bincount(source, soon, n)
    starts = np.bincount(target, soon, n)
    return np.asarray(soon & (ends[source] == 1) & (starts[target] == 1), dtype=np.bool_)


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


def _learned_gaps(bin_of: Integers, probability: Floats) -> NDArray[np.float64]:
    """Return the density of gaps as this game's links have them, smoothed by the usual one."""
    widths = np.diff(_GAP_EDGES)
    usual = _usual_gaps() * widths * 30.0
    found = np.bincount(bin_of, probability, len(widths)) + usual
    return np.asarray(found / found.sum() / widths, dtype=np.float64)
