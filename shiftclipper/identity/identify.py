"""The whole of identifying one player, from tracklets and marks to shifts."""

from collections.abc import Sequence

import numpy as np

from shiftclipper.identity.ages import shift_lengths
from shiftclipper.identity.evidence import colour_evidence, find_looks, player_look
from shiftclipper.identity.graph import build_graph
from shiftclipper.identity.links import link
from shiftclipper.identity.marks import MarkedTracklets, moment, place_marks
from shiftclipper.identity.model import (
    Constraints,
    ContradictoryConstraints,
    GameView,
    Rules,
    Solution,
)
from shiftclipper.identity.numbers import number_evidence
from shiftclipper.identity.pieces import Integers, Pieces, cut_pieces
from shiftclipper.identity.shifts import Cues, find_shifts
from shiftclipper.identity.solver import solve_lattice
from shiftclipper.tracklets import NumberReading, Tracklet


def solve(
    tracklets: Sequence[Tracklet],
    constraints: Constraints,
    view: GameView,
    rules: Rules,
    readings: Sequence[NumberReading] = (),
) -> Solution:
    """Find one player's path through a game and read his shifts off it.

    Args:
        tracklets: of everybody in the game.
        readings: numbers read on their backs.
        constraints: at least one click; without any there is nobody to look for, and no shifts.
    Raises:
        ContradictoryConstraints: two marks cannot both be true.
        UserError: a mark lies outside the film or the picture.
    """
    marked = place_marks(tracklets, constraints, view)
    if not marked.clicked:
        return Solution(conflicts=marked.conflicts)
    known = [(index, click.time) for index, click in marked.clicked]
    pieces = cut_pieces(marked.tracklets, view, known)
    clicks = _on_pieces(marked, pieces)
    ids = np.array([one.id for one in marked.tracklets], dtype=np.int64)[pieces.tracklet]
    numbers = number_evidence(pieces, ids, readings, rules.roster)
    looks = find_looks(pieces.colour, pieces.samples)
    links, looks = link(pieces, looks, numbers, view, rules)
    clicked = np.array([piece for piece, _ in clicks])
    look = colour_evidence(looks, player_look(looks, clicked, rules))
    read = numbers.of_player(numbers.belief(rules.number, clicked))
    own = look + read
    own[np.isin(pieces.tracklet, marked.excluded) | ~pieces.ice] = -np.inf
    graph = build_graph(pieces, links, own, clicks, constraints.off_ice, view, rules)
    passage = solve_lattice(graph.lattice, shift_lengths(rules.shift_mean, rules.shift_spread))
    if len(passage.path) == 0:
        reached = [bool(passage.reached[node]) for node in graph.clicked]
        raise _unreachable(constraints, [time for _, time in clicks], reached)
    on_path = graph.piece[passage.path]
    probability = passage.node[graph.node_of]
    marginals: dict[int, float] = {}
    for piece in np.flatnonzero((probability >= 0.001) & (ids >= 0)):
        number = int(ids[piece])
        marginals[number] = max(marginals.get(number, 0.0), float(probability[piece]))
    return Solution(
        shifts=find_shifts(
            graph,
            passage,
            pieces,
            links,
            Cues(look, read, numbers),
            ids,
            clicks,
            constraints.off_ice,
            view,
            rules,
        ),
        path=_unique(ids[on_path[on_path >= 0]]),
        marginals=marginals,
        conflicts=marked.conflicts,
    )


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
