"""The player's graph: pieces of tracklets, being off the ice, and being on it unseen.

Nodes in time order: every piece, and for each half second one OFF and one UNSEEN node. A piece
leads to the pieces that the joint links offer it, to OFF through a gate, or to UNSEEN; OFF leads
through a gate to pieces, UNSEEN to pieces that came from nowhere. All weights are log
probabilities of the joint links, so an edge is cheap for the player only when the other people
around it have somewhere else to go.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from shiftclipper.identity.ages import Lattice
from shiftclipper.identity.links import Links
from shiftclipper.identity.model import Camera, Constraints, Rules
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
FAINT = 1e-4
"""Links and steps less probable than this are left out."""


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


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The part of the graph that is the same for all players of a game."""

    lattice: Lattice
    """Without what is known of a player: all nodes weigh 0."""
    ticks: Floats
    """(t,) seconds of game time of OFF and UNSEEN nodes."""
    node_of: Integers
    """(pieces,) number of each piece's node."""
    off: Integers
    """(t,) numbers of the OFF nodes."""
    unseen: Integers
    """(t,) numbers of the UNSEEN nodes."""


def lay_out(pieces: Pieces, links: Links, duration: float, rules: Rules) -> Layout:
    """Lay out nodes and edges.

    Args:
        duration: of the game, in seconds.
        rules: of the game: what they say of one player is not looked at.
    """
    n = len(pieces)
    ticks = game_ticks(duration)
    time = np.concatenate([pieces.first.time, ticks, ticks])
    rank = np.concatenate([np.zeros(n), np.ones(len(ticks)), np.full(len(ticks), 2)])
    order = np.lexsort((rank, time))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    node_of, off, unseen = number[:n], number[n : n + len(ticks)], number[n + len(ticks) :]
    source, target, probability = _edges(pieces, links, ticks, node_of, off, unseen, rules)
    # Links come in order already, which a stable sort makes use of.
    by_target = np.argsort(target * len(order) + source, kind="stable")
    is_off = np.zeros(len(order), dtype=np.bool_)
    is_off[off] = True
    begin, finish = np.full(len(order), -np.inf), np.full(len(order), -np.inf)
    begin[off[0]] = np.log(0.5)
    begin[unseen[0]] = np.log(0.05)
    begin[node_of[pieces.first.time < 2 * STEP]] = np.log(0.5 / 12.0)
    finish[off[-1]] = finish[unseen[-1]] = 0.0
    finish[node_of[pieces.last.time > duration - 2 * STEP]] = 0.0
    lattice = Lattice(
        node=np.zeros(len(order)),
        begin=begin,
        finish=finish,
        off=is_off,
        enter=time[order],
        leave=np.concatenate([pieces.last.time, ticks, ticks])[order],
        source=source[by_target],
        target=target[by_target],
        weight=np.log(probability)[by_target],
    )
    return Layout(lattice, ticks, node_of, off, unseen)


def build_graph(
    layout: Layout,
    pieces: Pieces,
    own: Floats,
    clicks: Sequence[tuple[int, float]],
    said: Constraints,
    rules: Rules,
    company: Floats,
) -> PlayerGraph:
    """Put into the graph what is known of a player.

    Args:
        layout: of these pieces.
        own: (pieces,) log-likelihood ratio that a piece is the player; -inf excludes it.
        clicks: (piece, time) the path must pass.
        said: by the person; of its marks only those of times off the ice, and the shifts he decided about.
        company: (t,) nats at each of the game's ticks for the player's being on the ice then.
    """
    whole, ticks = layout.lattice, layout.ticks
    off_ice = [*said.off_ice, *((start + end) / 2 for start, end in said.off_spans)]
    held = _held(pieces, clicks)
    node = np.zeros(len(whole.node))
    node[layout.node_of] = _own_weight(own, pieces, clicks, off_ice, said.off_spans)
    node[layout.unseen] -= rules.unseen_cost_per_second * STEP
    node[layout.off] -= company
    node[layout.off[_inside(ticks, said.on_ice)]] = -np.inf
    node[layout.unseen[_inside(ticks, said.off_spans)]] = -np.inf
    on_click = np.isin(ticks, held)
    node[layout.off[on_click]] = node[layout.unseen[on_click]] = -np.inf
    weight = np.where(_walls(whole, held, off_ice), -np.inf, whole.weight)
    which = np.full(len(node), -1, dtype=np.int64)
    which[layout.node_of] = np.arange(len(pieces))
    clicked = tuple(int(layout.node_of[piece]) for piece, _ in clicks)
    return PlayerGraph(replace(whole, node=node, weight=weight), which, layout.node_of, clicked)


def _edges(
    pieces: Pieces,
    links: Links,
    ticks: Floats,
    node: Integers,
    off: Integers,
    unseen: Integers,
    rules: Rules,
) -> tuple[Integers, Integers, Floats]:
    """Return source, target and probability of all edges."""
    last = len(ticks) - 1
    start, end = pieces.first.time, pieces.last.time
    after = np.minimum(np.ceil((end + 1e-9) / STEP).astype(np.int64), last)
    back = np.minimum(np.ceil((end + _MIN_OFF) / STEP).astype(np.int64), last)
    before = np.maximum(np.ceil(start / STEP - 1e-9).astype(np.int64) - 1, 0)
    goes, comes = links.goes, links.comes
    to_off = links.going * goes.gate
    to_unseen = links.going * (1.0 - goes.gate) + _SURPRISE
    from_off = links.coming * comes.gate / (_BENCHED if rules.camera == Camera.FIXED_WIDE else 1.0)
    from_unseen = (links.coming * (1.0 - comes.gate) + _SURPRISE) / _HIDDEN
    step_off = STEP / rules.shift_mean
    one = np.ones(last)
    parts = [
        (node[links.source], node[links.target], links.probability),
        (node, off[back], to_off),
        (node, unseen[after], to_unseen),
        (off[before], node, from_off),
        (unseen[before], node, from_unseen),
        (off[:-1], off[1:], one),
        (unseen[:-1], unseen[1:], one * (1 - step_off)),
        (unseen[:-1], off[1:], one * step_off * 0.2),
        (off[:-1], unseen[1:], one * step_off * 0.02),
    ]
    source, target, probability = (np.concatenate([part[column] for part in parts]) for column in range(3))
    keep = (probability > FAINT) & (source < target)
    return source[keep], target[keep], probability[keep]


def _walls(lattice: Lattice, held: Sequence[float], off_ice: Sequence[float]) -> NDArray[np.bool_]:
    """Return which edges (m,) marks forbid.

    Args:
        held: moments that no edge leads over, in seconds of game time.
        off_ice: likewise, but for edges from and to OFF.
    """
    source, target = lattice.source, lattice.target

    def marks_between(marks: Sequence[float], side: Literal["left", "right"]) -> NDArray[np.bool_]:
        moments = np.sort(np.asarray(marks, dtype=np.float64))
        left = np.searchsorted(moments, lattice.leave, side="right")
        entered = np.searchsorted(moments, lattice.enter, side=side)
        return np.asarray(left[source] < entered[target], dtype=np.bool_)

    over = marks_between(held, "left")
    if len(off_ice):
        over |= marks_between(off_ice, "right") & ~lattice.off[source] & ~lattice.off[target]
    return over


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
