"""Where the benches seem to be: places at which people keep vanishing and appearing.

They are proposed as regions to confirm; until the person draws benches, the same places are taken for doors,
weak ones among them, for without any door nobody would seem to go off.

Everybody's tracklets are linked first, as if nothing was drawn. Somebody who goes off has no next tracklet,
and somebody who comes on none before; in the open ice that is rare and happens everywhere alike. So a gate is
a place with more of both than elsewhere. At a line change one comes on where another goes off, and links take
some of them for one person: what is left still stands out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, label, maximum_filter

from shiftclipper.identity.links import Links, link
from shiftclipper.identity.model import Camera, Check, GameView, Polygon, Rules, never_stop
from shiftclipper.identity.numbers import number_evidence
from shiftclipper.identity.pieces import Flags, Floats, Integers, Pieces, cut_pieces
from shiftclipper.tracklets import Ending, NumberReading, Tracklet

MOST = 4
"""Regions proposed: two benches with two doors each."""
LEAST_STEPS = 1.3
"""Steps through a gate that a region is proposed from."""
LEAST_RATE = (0.4, 3.0)
"""Steps a minute likewise, for a camera that sees all of the ice and for others, which lose people."""
LEAST_SHARE = 0.3
"""Share of the steps at the strongest gate that another one must have."""
LEAST_DOOR = (0.9, 0.5)
"""Steps through a gate from which it is taken for a door, where nothing was drawn; the second where no gate
has as many as the first."""
_SHORTEST = 5
"""Boxes; shorter tracklets are too often of nobody."""
_WAY = 1.5
"""Body heights between its ends that somebody who comes or goes has skated; things and goalies stay."""
_CELL = 0.5
"""Body heights; size of a cell of the map."""
_BLUR = 2.0
"""Cells; the map is blurred by this much."""
_LARGEST_MAP = 256
_REACH = 4.0
"""Cells; how far from a gate people still vanish by it."""
_AROUND = 6.0
"""Body heights around a gate within which people show on which side of it the ice lies."""
_BESIDE = 0.25
"""Body heights that a region reaches along the boards beyond the steps."""
_BEHIND = 1.0
"""Body heights that it reaches off the ice."""
_BOARDS = 0.9
"""Share of the steps that lie before the region: who skates by where it covers ice seems to sit in it."""


@dataclass(frozen=True, slots=True)
class ProposedRegion:
    """A place that is probably a bench's door."""

    polygon: Polygon
    """In pixels of the first scene's stabilised picture, as the regions of a GameView."""
    steps: float
    """How many steps on and off the ice are seen there, more than elsewhere."""


@dataclass(frozen=True, slots=True, eq=False)
class _Ends:
    """Ends of tracklets in the open picture."""

    position: Floats
    """(n, 2) stabilised pixels."""
    height: Floats
    """(n,) of the body there, in the same pixels."""
    free: Floats
    """(n,) probability that the same person is not seen next, or before."""
    leaving: Flags
    """(n,) whether these are last ends."""


def propose_benches(
    tracklets: Sequence[Tracklet], view: GameView, rules: Rules, readings: Sequence[NumberReading] = ()
) -> tuple[ProposedRegion, ...]:
    """Return the places that are probably doors of benches, the most used first.

    Args:
        tracklets: of everybody in the game.
        view: the picture; benches and penalty boxes in it are not looked at, its rink is.
        rules: the camera and how long shifts usually are.
        readings: numbers read on everybody's backs.
    """
    sees_all = rules.camera == Camera.FIXED_WIDE
    least = max(LEAST_STEPS, LEAST_RATE[0 if sees_all else 1] * view.duration / 60.0)
    return _gates(tracklets, view, rules, readings, least, never_stop)


def with_doors(
    view: GameView,
    tracklets: Sequence[Tracklet],
    rules: Rules,
    readings: Sequence[NumberReading] = (),
    check: Check = never_stop,
) -> GameView:
    """Return the view with doors where none was drawn and some are found; arguments as `propose_benches`.

    Args:
        check: called now and then; what it raises stops it.
    """
    if view.gates:
        return view
    found = _gates(tracklets, view, rules, readings, LEAST_DOOR[1], check)
    strong = [one.polygon for one in found if one.steps >= LEAST_DOOR[0]]
    return replace(view, doors=tuple(strong or [one.polygon for one in found]))


def _gates(
    tracklets: Sequence[Tracklet],
    view: GameView,
    rules: Rules,
    readings: Sequence[NumberReading],
    least: float,
    check: Check,
) -> tuple[ProposedRegion, ...]:
    """Return the gates with at least so many steps, the most used first; arguments as for `with_doors`."""
    bare = replace(view, benches=(), penalty_boxes=(), doors=())
    first = [one for one in tracklets if one.scene == 0]
    pieces = cut_pieces(first, bare)
    ids = np.array([one.id for one in first], dtype=np.int64)[pieces.tracklet]
    numbers = number_evidence(pieces, ids, readings, rules.roster)
    sees_all = rules.camera == Camera.FIXED_WIDE
    links, _ = link(pieces, numbers, bare, rules, check, counts_steps=sees_all)
    ends = _open_ends(pieces, links)
    if len(ends.free) < 2:
        return ()
    index, shape = _grid(ends)
    ice = _occupied(first, pieces)
    hills = _hills(_excess(ends, index, shape))
    found = []
    blurred = 2.0 * np.pi * _BLUR**2
    away = np.array([np.hypot(*(index - place).T) for place, _ in hills]).T
    for number, (_, height) in enumerate(hills):
        steps = height * blurred
        if steps < max(least, LEAST_SHARE * hills[0][1] * blurred):
            break
        inside = (np.argmin(away, axis=1) == number) & (away[:, number] <= _REACH)
        found.append(ProposedRegion(_outline(ends, inside, ice), round(steps, 1)))
    return tuple(found[:MOST])


def _open_ends(pieces: Pieces, links: Links) -> _Ends:
    free = np.concatenate([links.going, links.coming])
    state = (pieces.last, pieces.first)
    kind = np.concatenate([one.kind for one in state])
    closed = (kind == Ending.EDGE) | (kind == Ending.CUT) | (kind == Ending.VIDEO)
    way = np.hypot(*(pieces.last.position - pieces.first.position).T) / pieces.last.height
    keep = ~closed & np.tile((pieces.samples >= _SHORTEST) & (way >= _WAY) & pieces.ice, 2)
    return _Ends(
        position=np.concatenate([one.position for one in state])[keep],
        height=np.concatenate([one.height for one in state])[keep],
        free=free[keep],
        leaving=(np.arange(len(free)) < len(pieces))[keep],
    )


def _grid(ends: _Ends) -> tuple[Integers, tuple[int, int]]:
    """Lay a map about the ends; return the cell (n, 2) of each and the map's shape."""
    low, high = ends.position.min(axis=0), ends.position.max(axis=0)
    cell = max(_CELL * float(np.median(ends.height)), float((high - low).max()) / (_LARGEST_MAP - 9))
    index = ((ends.position - low) / cell).astype(np.int64) + 4
    columns, rows = (index.max(axis=0) + 5).tolist()
    return index, (int(columns), int(rows))


def _occupied(tracklets: Sequence[Tracklet], pieces: Pieces) -> NDArray[np.float64]:
    """Return places (m, 2) all over where people are seen, no two of them nearer than half a body height.

    Each counts once, so that crowds do not weigh.
    """
    cell = _CELL * float(np.median(pieces.first.height))
    feet = np.concatenate([one.feet for one in tracklets]).astype(np.float64)
    return np.asarray(np.unique(np.round(feet / cell), axis=0) * cell, dtype=np.float64)


def _excess(ends: _Ends, index: Integers, shape: tuple[int, int]) -> NDArray[np.float64]:
    """Return per cell how many more people come and go there than do at as many ends elsewhere."""

    def count(weight: Floats) -> NDArray[np.float64]:
        raw = np.zeros(shape)
        np.add.at(raw, (index[:, 0], index[:, 1]), weight)
        return np.asarray(gaussian_filter(raw, _BLUR, mode="constant"), dtype=np.float64)

    usual = count(np.ones(len(ends.free)))
    off, on = count(ends.free * ends.leaving), count(ends.free * ~ends.leaving)
    at = (index[:, 0], index[:, 1])
    rate = float(np.median((off + on)[at] / np.maximum(usual[at], 1e-9)))
    # Through a gate as many come as go; elsewhere they may be lost where nobody appears.
    return np.asarray(np.maximum(2.0 * np.minimum(off, on) - rate * usual, 0.0), dtype=np.float64)


def _hills(excess: Floats) -> list[tuple[tuple[int, int], float]]:
    """Return the cell and the height of each top of the map, the highest first."""
    top = (maximum_filter(excess, 2 * int(_REACH) + 1) == excess) & (excess > 0.0)
    # A flat top is one.
    plateau, count = label(top, np.ones((3, 3)))
    hills = []
    for number in range(1, count + 1):
        cells = np.argwhere(plateau == number)
        column, row = (int(place) for place in cells[len(cells) // 2])
        hills.append(((column, row), float(excess[column, row])))
    return sorted(hills, key=lambda hill: (-hill[1], hill[0]))


def _outline(ends: _Ends, inside: Flags, ice: Floats) -> Polygon:
    """Return a strip along the boards about the ends of a gate, which reaches off the ice."""
    at, weight = ends.position[inside], ends.free[inside]
    height = float(np.median(ends.height[inside]))
    middle = np.average(at, axis=0, weights=weight)
    near = ice[np.hypot(*(ice - middle).T) < _AROUND * height]
    outward = middle - near.mean(axis=0)
    length = float(np.hypot(*outward))
    outward = outward / length if length > 1e-6 else np.array([0.0, -1.0])
    along = np.array([-outward[1], outward[0]])
    sideways, depth = (at - middle) @ along, (at - middle) @ outward
    left, right = _quantile(sideways, weight, 0.05), _quantile(sideways, weight, 0.95)
    left, right = left - _BESIDE * height, right + _BESIDE * height
    inner = _quantile(depth, weight, _BOARDS)
    outer = inner + _BEHIND * height
    corners = ((left, inner), (right, inner), (right, outer), (left, outer))
    placed = [middle + x * along + y * outward for x, y in corners]
    return tuple((float(x), float(y)) for x, y in placed)


def _quantile(values: Floats, weight: Floats, share: float) -> float:
    order = np.argsort(values)
    reached = np.cumsum(weight[order]) / max(float(weight.sum()), 1e-9)
    return float(values[order][min(int(np.searchsorted(reached, share)), len(values) - 1)])
