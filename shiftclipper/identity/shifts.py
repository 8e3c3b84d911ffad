"""From the player's stays on the ice to his shifts, with reasons, confidence and evidence."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from shiftclipper.identity.graph import PlayerGraph
from shiftclipper.identity.links import Links
from shiftclipper.identity.model import EvidenceTerm, FoundShift, GameView, Reason, Rules
from shiftclipper.identity.numbers import NumberEvidence
from shiftclipper.identity.pieces import Floats, Integers, Pieces
from shiftclipper.identity.presence import Stay, find_stays
from shiftclipper.identity.solver import Passage
from shiftclipper.paths import resource_path
from shiftclipper.remarks import Remark

UNIDENTIFIED_LIMIT = 0.6
"""Confidence of a shift in which nothing but motion and jersey colour says who it is."""
_DOORLESS_LIMIT = 0.6
"""Confidence of a shift longer than usual where neither a bench was drawn nor a door found."""
_UNSEEN_CHANCE = 0.56
"""Probability from which he is taken to be on the ice though no tracklet is his."""
_UNSEEN_LENGTH = 0.35
"""Usual shifts that such a shift lasts at least: what is shorter is mostly a tail of somebody else's."""
_LEAST_LENGTH = 0.02
"""Usual shifts; anything shorter is believed as this is."""
_MOTION_LIMIT = 0.95
"""Confidence of a shift whose clicked moment is certain and the rest followed by motion."""
_LEAST_DOUBT = 0.01
"""Doubt that is left of any tracklet when confidence is worked out."""
_LONG_GAP = 1.0
"""Seconds out of sight that are worth telling."""
_NUMBER_PROVES = 3.0
"""Nats of numbers read within a shift that say as surely as a click who it is."""
_TOLD = 0.3
"""Nats of numbers that are worth telling."""
_LONG_SHIFT = 1.4
"""Usual shifts; that one is longer is worth telling."""
_DOUBT = 0.8
"""A part of a shift less certain than this is worth telling."""


@dataclass(frozen=True, slots=True, eq=False)
class Cues:
    """What the pictures say of each piece."""

    look: Floats
    """(pieces,) log-likelihood ratio of its colours."""
    number: Floats
    """(pieces,) log-likelihood ratio of the numbers read on it."""
    readings: NumberEvidence


@dataclass(frozen=True, slots=True, eq=False)
class _Stay:
    """A stay on the ice with what it begins and ends by."""

    start: float
    end: float
    start_reason: Reason
    end_reason: Reason
    pieces: tuple[int, ...]
    chance: float
    """Probability of being on the ice at its likeliest moment."""


def find_shifts(
    graph: PlayerGraph,
    passage: Passage,
    pieces: Pieces,
    links: Links,
    cues: Cues,
    ids: Integers,
    clicks: Sequence[tuple[int, float]],
    off_ice: Sequence[float],
    view: GameView,
    rules: Rules,
) -> tuple[FoundShift, ...]:
    """Return the player's shifts.

    Args:
        cues: what the pictures say of each piece.
        ids: (pieces,) id of the tracklet each piece is of; negative when made up for a click.
        clicks: (piece, time) of each click on the player.
    """
    found = find_stays(graph, passage, view.duration, off_ice)
    stays = _merged([_explained(stay, links, view, off_ice) for stay in found], off_ice, rules)
    stays = [part for stay in stays for part in _inside_periods(stay, view)]
    shifts = []
    for stay in stays:
        within = [(piece, time) for piece, time in clicks if stay.start - 0.5 <= time <= stay.end + 0.5]
        if not within and (stay.end - stay.start < rules.min_shift or _is_faint(stay, rules)):
            continue
        told = [_click_term(time, seen=bool(ids[piece] >= 0)) for piece, time in within]
        confidence, evidence = _judge(stay, graph, passage, pieces, cues, told, view, rules)
        if not view.gates and stay.end - stay.start > rules.shift_mean:
            confidence = min(confidence, _DOORLESS_LIMIT)
            evidence = (*evidence, EvidenceTerm(Remark("no-bench"), -1.0))
        shifts.append(
            FoundShift(
                start=stay.start,
                end=stay.end,
                confidence=confidence,
                start_reason=stay.start_reason,
                end_reason=stay.end_reason,
                evidence=evidence,
                tracklet_ids=tuple(
                    dict.fromkeys(int(ids[piece]) for piece in stay.pieces if ids[piece] >= 0)
                ),
            )
        )
    return tuple(shifts)


def _is_faint(stay: _Stay, rules: Rules) -> bool:
    """Tell whether too little says that he is on the ice in a stay in which nobody who is seen is him."""
    unseen = not stay.pieces
    likely = stay.chance >= _UNSEEN_CHANCE and stay.end - stay.start >= _UNSEEN_LENGTH * rules.shift_mean
    return unseen and not likely


def _explained(stay: Stay, links: Links, view: GameView, off_ice: Sequence[float]) -> _Stay:
    """Say why a stay begins and ends where it does."""
    return _Stay(
        stay.start,
        stay.end,
        _reason(stay.first, links, stay.start, 0.0, off_ice, first=True),
        _reason(stay.last, links, stay.end, view.duration, off_ice, first=False),
        stay.pieces,
        stay.chance,
    )


def _reason(
    piece: int, links: Links, time: float, limit: float, off_ice: Sequence[float], *, first: bool
) -> Reason:
    """Say why a stay begins (or ends) with this piece; -1 stands for none."""
    if abs(time - limit) <= 1.0:
        return Reason.VIDEO
    if any(abs(mark - time) < 1.0 for mark in off_ice):
        return Reason.MARK
    if piece < 0:
        return Reason.LOST
    turnover = links.comes if first else links.goes
    gate, edge = float(turnover.gate[piece]), float(turnover.edge[piece])
    if max(gate, edge) < 0.3:
        return Reason.LOST
    return Reason.GATE if gate >= edge else Reason.PICTURE_EDGE


def _merged(stays: list[_Stay], off_ice: Sequence[float], rules: Rules) -> list[_Stay]:
    """Join stays that are nearer than the merge gap and not parted by a mark."""
    result: list[_Stay] = []
    for stay in stays:
        before = result[-1] if result else None
        if (
            before is not None
            and stay.start - before.end < rules.merge_gap
            and not any(before.end <= mark <= stay.start for mark in off_ice)
        ):
            result[-1] = replace(
                before,
                end=stay.end,
                end_reason=stay.end_reason,
                pieces=before.pieces + stay.pieces,
                chance=max(before.chance, stay.chance),
            )
        else:
            result.append(stay)
    return result


def _inside_periods(stay: _Stay, view: GameView) -> list[_Stay]:
    """Cut a stay to the periods of play."""
    if not view.periods:
        return [stay]
    parts = []
    for start, end in view.periods:
        if min(stay.end, end) <= max(stay.start, start):
            continue
        part = stay
        if part.start < start:
            part = replace(part, start=start, start_reason=Reason.PERIOD)
        if part.end > end:
            part = replace(part, end=end, end_reason=Reason.PERIOD)
        parts.append(part)
    return parts


def _judge(
    stay: _Stay,
    graph: PlayerGraph,
    passage: Passage,
    pieces: Pieces,
    cues: Cues,
    clicks: Sequence[EvidenceTerm],
    view: GameView,
    rules: Rules,
) -> tuple[float, tuple[EvidenceTerm, ...]]:
    """Return a stay's confidence and the evidence for it, that of the clicks in it first."""
    chain = np.array(stay.pieces, dtype=np.int64)
    start, end = pieces.first.time[chain], pieces.last.time[chain]
    inside = (end >= stay.start) & (start <= stay.end)
    chain, start, end = chain[inside], start[inside], end[inside]
    terms = list(clicks)
    if len(chain) == 0:
        return min(stay.chance, UNIDENTIFIED_LIMIT), tuple(terms)
    certain = passage.node[graph.node_of[chain]]
    worst = int(np.argmin(certain))
    least = float(certain[worst])
    number = float(cues.number[chain].sum())
    proven = bool(clicks) or number > _NUMBER_PROVES
    length = (stay.end - stay.start) / rules.shift_mean
    # How long a shift was that the film or the period cuts off is not known: that it is short says nothing.
    cut_off = not {Reason.VIDEO, Reason.PERIOD}.isdisjoint((stay.start_reason, stay.end_reason))
    lasted = max(length, 1.0) if cut_off else length
    confidence = believed(least, lasted, proven=proven, doors_found=bool(view.doors))
    if abs(number) > _TOLD:
        terms.append(EvidenceTerm(_number_remark(chain, number, cues, rules), round(number, 1)))
    look = float(cues.look[chain].min())
    if np.isfinite(look):
        fits = Remark("colour-fits" if look > -0.7 else "colour-misfits")
        terms.append(EvidenceTerm(fits, round(look, 1)))
    if stay.start_reason == Reason.GATE:
        terms.append(EvidenceTerm(Remark("on-at-bench"), 0.0))
    if stay.end_reason == Reason.GATE:
        terms.append(EvidenceTerm(Remark("off-at-bench"), 0.0))
    for gap, before in zip(start[1:] - end[:-1], end[:-1], strict=True):
        if gap > _LONG_GAP:
            gone = Remark("out-of-sight", {"seconds": float(gap), "time": float(before)})
            terms.append(EvidenceTerm(gone, 0.0))
    if least < _DOUBT:
        odds = math.log(max(least, 1e-3) / max(1.0 - least, 1e-3))
        terms.append(EvidenceTerm(Remark("least-certain", {"time": float(start[worst])}), round(odds, 1)))
    if length > _LONG_SHIFT:
        odds = confidence_weights(proven=proven)["long"] * math.log(length)
        terms.append(EvidenceTerm(Remark("long"), round(odds, 1)))
    if not proven:
        terms.append(EvidenceTerm(Remark("unproven"), -1.0))
    return confidence, tuple(terms)


def believed(worst: float, length: float, *, proven: bool, doors_found: bool) -> float:
    """Return how often shifts like this one are right.

    Args:
        worst: probability of its least certain tracklet.
        length: of it, in usual shifts: what is much shorter is mostly a part of one, what is longer two.
        proven: whether a click or a number within it says who it is.
        doors_found: whether the places at which people go off were found, and not drawn.
    """
    weights = confidence_weights(proven=proven)
    features = confidence_features(worst, length, doors_found=doors_found)
    odds = sum(weights[name] * value for name, value in features.items())
    limit = _MOTION_LIMIT if proven else UNIDENTIFIED_LIMIT
    return min(1.0 / (1.0 + math.exp(-odds)), limit)


def confidence_features(worst: float, length: float, *, doors_found: bool) -> dict[str, float]:
    """Return what tells whether a shift is right, by name; arguments are those of `believed`.

    Their weights are in resources/evidence/confidence.json.
    """
    return {
        "constant": 1.0,
        "worst": _log_odds(worst),
        "short": math.log(min(max(length, _LEAST_LENGTH), 1.0)),
        "long": math.log(max(length, 1.0)),
        "found": float(doors_found),
    }


def _log_odds(probability: float) -> float:
    inner = min(max(probability, _LEAST_DOUBT), 1.0 - _LEAST_DOUBT)
    return math.log(inner / (1.0 - inner))


@cache
def confidence_weights(*, proven: bool) -> dict[str, float]:
    """Return the weights of `confidence_features` in nats, as sample games have them."""
    facts = json.loads(resource_path("evidence", "confidence.json").read_text(encoding="utf-8"))
    return {name: float(weight) for name, weight in facts["proven" if proven else "unproven"].items()}


def _click_term(time: float, *, seen: bool) -> EvidenceTerm:
    """Say that the player was clicked on, and whether anybody was seen there."""
    return EvidenceTerm(Remark("clicked" if seen else "clicked-on-nobody", {"time": float(time)}), 4.0)


def _number_remark(chain: Integers, number: float, cues: Cues, rules: Rules) -> Remark:
    """Say what was read on the backs of a shift's pieces."""
    if not rules.number:
        return Remark("numbers-fit" if number > 0 else "numbers-misfit")
    times = cues.readings.times_read(chain, rules.number)
    if times > 1:
        return Remark("number-read", {"number": rules.number, "count": times})
    if times:
        return Remark("number-read-once", {"number": rules.number})
    return Remark("number-not-read" if number < 0 else "number-parts-read", {"number": rules.number})
