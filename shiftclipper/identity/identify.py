"""The whole of identifying one player, from tracklets and marks to shifts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from shiftclipper.identity.ages import shift_lengths, usual_shift
from shiftclipper.identity.companions import companions_evidence
from shiftclipper.identity.evidence import colour_evidence, player_look
from shiftclipper.identity.graph import PlayerGraph, build_graph
from shiftclipper.identity.known import KnownGame, know, with_marks
from shiftclipper.identity.links import Links
from shiftclipper.identity.marks import MarkedTracklets, moment, place_marks
from shiftclipper.identity.model import (
    Check,
    Constraints,
    ContradictoryConstraints,
    GameView,
    Polygon,
    Rules,
    Solution,
    never_stop,
)
from shiftclipper.identity.pieces import Flags, Floats, Integers, Pieces
from shiftclipper.identity.shifts import Cues, find_shifts
from shiftclipper.identity.solver import Passage, solve_lattice
from shiftclipper.identity.touches import stretches
from shiftclipper.tracklets import ROLES, NumberReading, Tracklet

_FAINT = 0.001
"""Probability below which a tracklet is not named among those that may be the player."""
_GOALIE = 0.7
"""Probability, by the looks of what was clicked on, from which the player is a goalie."""


def solve(
    tracklets: Sequence[Tracklet],
    constraints: Constraints,
    view: GameView,
    rules: Rules,
    readings: Sequence[NumberReading] = (),
    known: KnownGame | None = None,
    check: Check = never_stop,
) -> Solution:
    """Find one player's path through a game and read his shifts off it.

    Args:
        tracklets: of everybody in the game.
        readings: numbers read on their backs.
        known: what `know` said of the same game; worked out where it is not given.
        constraints: at least one click; without any there is nobody to look for, and no shifts.
        check: called now and then; what it raises stops the search.
    Raises:
        ContradictoryConstraints: two marks cannot both be true.
        UserError: a mark lies outside the film or the picture.
    """
    if not constraints.clicks:
        return Solution(conflicts=place_marks(tracklets, constraints, view).conflicts)
    work = work_out(tracklets, constraints, view, rules, readings, known, check)
    return read_off(work, constraints, view, rules)


def read_off(work: "Work", constraints: Constraints, view: GameView, rules: Rules) -> Solution:
    """Return the shifts that `work_out` found with the same arguments."""
    if work.graph is None or work.passage is None:
        return Solution(conflicts=work.marked.conflicts)
    graph, passage, ids = work.graph, work.passage, work.ids
    on_path = graph.piece[passage.path]
    probability = passage.node[graph.node_of]
    return Solution(
        shifts=find_shifts(
            graph,
            passage,
            work.pieces,
            work.links,
            work.cues,
            ids,
            work.clicks,
            constraints.off_ice,
            replace(view, doors=work.doors),
            rules,
        ),
        path=_unique(ids[on_path[on_path >= 0]]),
        marginals=_of_tracklets(probability, ids, work.pieces),
        conflicts=work.marked.conflicts,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """All that was worked out on the way to a player's shifts."""

    marked: MarkedTracklets
    pieces: Pieces
    ids: Integers
    """(pieces,) id of the tracklet each piece is of; negative when made up for a click."""
    clicks: list[tuple[int, float]]
    """(piece, time) of each click on the player."""
    links: Links
    doors: tuple[Polygon, ...]
    """Found where no bench was drawn."""
    cues: Cues
    graph: PlayerGraph | None
    """None when nobody was clicked on."""
    passage: Passage | None


def work_out(
    tracklets: Sequence[Tracklet],
    constraints: Constraints,
    view: GameView,
    rules: Rules,
    readings: Sequence[NumberReading] = (),
    known: KnownGame | None = None,
    check: Check = never_stop,
) -> Work:
    """Weigh all of a player's paths; arguments and errors as for `solve`."""
    marked = place_marks(tracklets, constraints, view, known.spans if known else None)
    if known is None:
        known = know(tracklets, view, rules, readings, check=check)
    game = with_marks(known, marked, view, rules, readings, check)
    pieces, ids, numbers, links, looks = game.pieces, game.ids, game.numbers, game.links, game.looks
    clicks = _on_pieces(marked, pieces)
    clicked = np.array([piece for piece, _ in clicks], dtype=np.int64)
    look = colour_evidence(looks, player_look(looks, clicked, rules))
    belief = numbers.belief(rules.number, clicked)
    read = numbers.of_player(belief)
    cues = Cues(look, read, numbers)
    if not clicks:
        return Work(marked, pieces, ids, clicks, links, game.doors, cues, None, None)
    own = look + read
    own[_excluded(marked, pieces) | ~pieces.ice] = -np.inf
    sure = [*(time for _, time in clicks), *((start + end) / 2 for start, end in constraints.on_ice)]
    company = companions_evidence(pieces, numbers, belief, look, sure, view.duration)
    graph = build_graph(game.layout, pieces, own, clicks, constraints, rules, company)
    check()
    lengths = shift_lengths(*_usual_length(pieces, clicked, rules))
    passage = solve_lattice(graph.lattice, lengths, check=check)
    if len(passage.path) == 0:
        reached = [bool(passage.reached[node]) for node in graph.clicked]
        raise _unreachable(constraints, [time for _, time in clicks], reached)
    return Work(marked, pieces, ids, clicks, links, game.doors, cues, graph, passage)


def _of_tracklets(probability: Floats, ids: Integers, pieces: Pieces) -> dict[int, float]:
    """Return the probability of each tracklet that may be the player's, all of it where it touched a gate.

    Args:
        probability: (pieces,) that each piece is the player.
        ids: (pieces,) id of the tracklet each piece is of; negative when made up for a click.
    """
    stretch = stretches(pieces)
    best = np.zeros(int(stretch.max(initial=0)) + 1)
    np.maximum.at(best, stretch, probability)
    own: Integers = np.flatnonzero((ids >= 0) & pieces.ice)
    whole = np.ones(int(ids.max(initial=0)) + 1)
    np.minimum.at(whole, ids[own], best[stretch[own]])
    likely = np.unique(ids[own[probability[own] >= _FAINT]])
    return {int(number): float(whole[number]) for number in likely if whole[number] >= _FAINT}


def _usual_length(pieces: Pieces, clicked: Integers, rules: Rules) -> tuple[float, float]:
    """Return mean and spread of the player's shifts in seconds: those of the game, unless he keeps goal."""
    roles = pieces.roles[clicked]
    seen = roles[roles.sum(axis=1) > 0.5]
    if len(seen) and float(np.median(seen[:, ROLES.index("goalie")])) > _GOALIE:
        return usual_shift("goalie")
    return rules.shift_mean, rules.shift_spread


def _unique(ids: Integers) -> tuple[int, ...]:
    """Return the ids in order, each once, without those made up for clicks on nobody."""
    return tuple(dict.fromkeys(int(number) for number in ids if number >= 0))


def _on_pieces(marked: MarkedTracklets, pieces: Pieces) -> list[tuple[int, float]]:
    """Return (piece, time) for each click."""
    result = []
    for index, click in marked.clicked:
        options: Integers = np.flatnonzero((pieces.tracklet == index) & pieces.clicked)
        late = np.maximum(pieces.first.time[options] - click.time, click.time - pieces.last.time[options])
        result.append((int(options[np.argmin(late)]), click.time))
    return result


def _excluded(marked: MarkedTracklets, pieces: Pieces) -> Flags:
    """Tell which pieces (n,) are somebody else: what a mark is on, up to the next touch of a gate."""
    stretch = stretches(pieces)
    denied = []
    for index, time in marked.excluded:
        parts: Integers = np.flatnonzero(pieces.tracklet == index)
        late = np.maximum(pieces.first.time[parts] - time, time - pieces.last.time[parts])
        denied += stretch[parts[np.argsort(late)[:1]]].tolist()
    return np.asarray(np.isin(stretch, denied), dtype=np.bool_)


def _unreachable(
    constraints: Constraints, clicks: Sequence[float], reached: Sequence[bool]
) -> ContradictoryConstraints:
    """Name the first click that no path reaches, and the mark nearest before it."""
    bad = next((k for k, is_reached in enumerate(reached) if not is_reached), len(clicks) - 1)
    time = clicks[bad]
    others = [*clicks[:bad], *clicks[bad + 1 :], *constraints.off_ice]
    others += [one.time for one in constraints.nots]
    earlier = [other for other in others if other <= time] or others or [time]
    other = min(earlier, key=lambda mark: abs(mark - time))
    return ContradictoryConstraints(
        f"The marks at {moment(min(time, other))} and {moment(max(time, other))} contradict each "
        "other (he cannot be at both); remove one of them.",
        (min(time, other), max(time, other)),
    )
