"""The player's graph: pieces of tracklets, being off the ice, and being on it unseen.

Nodes in time order: every piece, and for each half second one OFF and one UNSEEN node. A piece
leads to the pieces that the joint links offer it, to OFF through a gate, or to UNSEEN; OFF leads
through a gate to pieces, UNSEEN to pieces that came from nowhere. All weights are log
probabilities of the joint links, so an edge is cheap for the player only when the other people
around it have somewhere else to go.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shiftclipper.identity.ages import Lattice
from shiftclipper.identity.links import Links
from shiftclipper.identity.model import Camera, Constraints, GameView, Rules
from shiftclipper.identity.pieces import Floats, Integers, Pieces

STEP = 0.5
"""Seconds between OFF nodes, and between UNSEEN nodes."""
_MIN_OFF = 2.0
"""Seconds; nobody goes off and comes on faster."""
_HIDDEN = 8.0
"""How many others might appear when somebody comes out of nowhere."""
_SURPRISE = 2e-4
"""Chance that a link is wrong however sure it looks: a tracklet may be of two people."""
_BENCHED = 2.5
"""How many might come on when somebody comes on: fewer than sit there, for who has just gone off stays.
Where the camera turns, many come on out of the picture, and whoever is seen to come is taken for him."""
_BORDER = 0.5
"""Seconds by which a shift's ends, as the person decided about it, may be off."""
_FAINT = 1e-4


def game_ticks(duration: float) -> Floats:
    """Return the times (t,) of OFF and UNSEEN nodes in a game of this length; all in seconds."""
    return np.arange(0.0, duration + STEP, STEP)


@dataclass(frozen=True, slots=True, eq=False)
class PlayerGraph:
    """A lattice with what its nodes and edges stand for."""

    lattice: Lattice
    piece: Integers
    """(nodes,) index of the piece; -1 for OFF and UNSEEN."""
    node_of: Integers
    """(pieces,) number of each piece's node."""
    clicked: tuple[int, ...]
    """Node of each click, in time order."""


def build_graph(
    pieces: Pieces,
    links: Links,
    own: Floats,
    clicks: Sequence[tuple[int, float]],
    said: Constraints,
    view: GameView,
    rules: Rules,
    company: Floats,
) -> PlayerGraph:
    """Lay out the player's graph.

    Args:
        own: (pieces,) log-likelihood ratio that a piece is the player; -inf excludes it.
        clicks: (piece, time) the path must pass.
        said: by the person; of its marks only those of times off the ice, and the shifts he decided about.
        company: (t,) nats at each of the game's ticks for the player's being on the ice then.
    """
    n = len(pieces)
    ticks = game_ticks(view.duration)
    time = np.concatenate([pieces.first.time, ticks, ticks])
    rank = np.concatenate([np.zeros(n), np.ones(len(ticks)), np.full(len(ticks), 2)])
    order = np.lexsort((rank, time))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    off_node, unseen_node = number[n : n + len(ticks)], number[n + len(ticks) :]
    source, target, weight, leaves, enters = _edges(
        pieces, links, ticks, number[:n], off_node, unseen_node, rules
    )
    off = np.zeros(len(time), dtype=np.bool_)
    off[off_node] = True
    off_ice = [*said.off_ice, *((start + end) / 2 for start, end in said.off_spans)]
    alive = _walls(leaves, enters, pieces, clicks, off_ice, off, source, target)
    node = np.zeros(len(time))
    node[number[:n]] = _own_weight(own, pieces, clicks, off_ice, said.off_spans)
    node[unseen_node] -= rules.unseen_cost_per_second * STEP
    node[off_node] -= company
    node[off_node[_inside(ticks, said.on_ice)]] = -np.inf
    node[unseen_node[_inside(ticks, said.off_spans)]] = -np.inf
    for held in _held(pieces, clicks):
        node[number[n:][np.tile(ticks, 2) == held]] = -np.inf
    by_target = np.lexsort((source[alive], target[alive]))
    begin, finish = np.full(len(time), -np.inf), np.full(len(time), -np.inf)
    begin[off_node[0]] = np.log(0.5)
    begin[unseen_node[0]] = np.log(0.05)
    at_start = pieces.first.time < 2 * STEP
    begin[number[:n][at_start]] = np.log(0.5 / 12.0)
    finish[off_node[-1]] = finish[unseen_node[-1]] = 0.0
    finish[number[:n][pieces.last.time > view.duration - 2 * STEP]] = 0.0
    until = np.concatenate([pieces.last.time, ticks, ticks])
    lattice = Lattice(
        node=node,
        begin=begin,
        finish=finish,
        off=off,
        enter=time[order],
        leave=until[order],
        source=source[alive][by_target],
        target=target[alive][by_target],
        weight=weight[alive][by_target],
    )
    which = np.full(len(time), -1, dtype=np.int64)
    which[number[:n]] = np.arange(n)
    clicked = tuple(int(number[piece]) for piece, _ in clicks)
    return PlayerGraph(lattice, which, number[:n], clicked)


def _edges(
    pieces: Pieces,
    links: Links,
    ticks: Floats,
    node: Integers,
    off: Integers,
    unseen: Integers,
    rules: Rules,
) -> tuple[Integers, Integers, Floats, Floats, Floats]:
    """Return source, target, log weight, time left and time entered of all edges."""
    last = len(ticks) - 1
    start, end = pieces.first.time, pieces.last.time
    strong = links.probability > _FAINT
    after = np.minimum(np.ceil((end + 1e-9) / STEP).astype(np.int64), last)
    back = np.minimum(np.ceil((end + _MIN_OFF) / STEP).astype(np.int64), last)
    before = np.maximum(np.ceil(start / STEP - 1e-9).astype(np.int64) - 1, 0)
    goes, comes = links.goes, links.comes
    to_off = links.going * goes.gate
    to_unseen = links.going * (1.0 - goes.gate) + _SURPRISE
    from_off = links.coming * comes.gate / (_BENCHED if rules.camera == Camera.FIXED_WIDE else 1.0)
    from_unseen = (links.coming * (1.0 - comes.gate) + _SURPRISE) / _HIDDEN
    step_off = STEP / rules.shift_mean
    chain = np.arange(last)
    one = np.ones(last)
    parts = [
        (
            node[links.source[strong]],
            node[links.target[strong]],
            links.probability[strong],
            end[links.source[strong]],
            start[links.target[strong]],
        ),
        (node, off[back], to_off, end, ticks[back]),
        (node, unseen[after], to_unseen, end, ticks[after]),
        (off[before], node, from_off, ticks[before], start),
        (unseen[before], node, from_unseen, ticks[before], start),
        (off[chain], off[chain + 1], one, ticks[:-1], ticks[1:]),
        (unseen[chain], unseen[chain + 1], one * (1 - step_off), ticks[:-1], ticks[1:]),
        (unseen[chain], off[chain + 1], one * step_off * 0.2, ticks[:-1], ticks[1:]),
        (off[chain], unseen[chain + 1], one * step_off * 0.02, ticks[:-1], ticks[1:]),
    ]
    source, target, probability, leaves, enters = (
        np.concatenate([part[column] for part in parts]) for column in range(5)
    )
    keep = (probability > _FAINT) & (source < target)
    weight = np.log(probability[keep])
    return source[keep], target[keep], weight, leaves[keep], enters[keep]


def _walls(
    leaves: Floats,
    enters: Floats,
    pieces: Pieces,
    clicks: Sequence[tuple[int, float]],
    off_ice: Sequence[float],
    is_off: NDArray[np.bool_],
    source: Integers,
    target: Integers,
) -> NDArray[np.bool_]:
    """Return which edges no mark forbids."""
    alive = np.ones(len(source), dtype=np.bool_)
    for held in _held(pieces, clicks):
        alive &= ~((leaves < held) & (enters > held))
    for time in off_ice:
        crosses = (leaves < time) & (enters >= time)
        alive &= ~crosses | is_off[source] | is_off[target]
    return alive


def _inside(time: Floats, spans: Sequence[tuple[float, float]]) -> NDArray[np.bool_]:
    """Tell which times (k,) lie within spans, and not merely at their borders."""
    inside = np.zeros(len(time), dtype=np.bool_)
    for start, end in spans:
        inside |= (time > start + _BORDER) & (time < end - _BORDER)
    return inside


def _held(pieces: Pieces, clicks: Sequence[tuple[int, float]]) -> list[float]:
    """Return for each click the moment within its piece that the path has to pass."""
    spans = [(float(pieces.first.time[piece]), float(pieces.last.time[piece])) for piece, _ in clicks]
    return [min(max(time, a), b) for (a, b), (_, time) in zip(spans, clicks, strict=True)]


def _own_weight(
    own: Floats,
    pieces: Pieces,
    clicks: Sequence[tuple[int, float]],
    off_ice: Sequence[float],
    off_spans: Sequence[tuple[float, float]],
) -> NDArray[np.float64]:
    """Return the log weights of pieces with those forbidden that marks exclude."""
    weight = own.copy()
    start, end = pieces.first.time, pieces.last.time
    for time in off_ice:
        weight[(start <= time) & (end >= time)] = -np.inf
    for low, high in off_spans:
        shared = np.minimum(end, high) - np.maximum(start, low)
        weight[shared > np.minimum(2 * _BORDER, (end - start) / 2)] = -np.inf
    for held in _held(pieces, clicks):
        others = (start <= held) & (end >= held)
        others[[other for other, _ in clicks if start[other] <= held <= end[other]]] = False
        weight[others] = -np.inf
    for piece, _ in clicks:
        weight[piece] = max(float(own[piece]), -1.0)
    return weight
