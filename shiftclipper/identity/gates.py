"""Where people come on the ice and leave it, and where tracklets merely break."""

import json
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from shiftclipper.identity.model import GameView
from shiftclipper.identity.pieces import EndState, Floats, Integers, Pieces
from shiftclipper.identity.regions import gate_distance
from shiftclipper.paths import resource_path
from shiftclipper.tracklets import Ending

GATE_FEATURES = ("inside", "outside", "per_height", "close", "heading", "picture_edge", "open")
"""Names of what tells whether an end is a step through a gate; weights in resources/evidence/gates.json."""
_REACH = 0.3
"""Body heights; how far from a bench people still are when they are first or last seen close to it."""
_HEEDED = 1.5
"""Body heights; how far from a bench it still matters where people head."""
_FAR = 4.0
"""Body heights beyond which distance matters no more."""
_SLOW = 0.5
"""Body heights a second towards a bench, or away from it, that tell where somebody heads."""
_ANYWHERE = 0.001
"""Chance of a step through a gate far from all benches."""
_HEADING = 0.3
"""Seconds ahead that tell whether somebody heads for a bench."""
_SWAPPED = 0.95
"""Share of those that a tracklet lost at a gate who went through it."""
_CELL = 0.5
"""Body heights; size of a cell of the map."""
_BLUR = 2.0
"""Cells; a map is blurred by this much."""
_PRIOR_COUNT = 4.0
"""Ends within a blur's reach that the prior is worth against what is counted."""
_DRAWN_COUNT = 400.0
"""The same where benches were drawn: the prior was fitted to such games."""
_LARGEST_MAP = 256
_BENCH_BREAKS = 0.2
"""Chance that a tracklet at a bench ends for good: people sit close and hide each other."""


@dataclass(frozen=True, slots=True, eq=False)
class Turnover:
    """Per end: is it the last (or first) that is seen of somebody for now?"""

    probability: Floats
    """(n,) that nothing of the same person follows (or comes before) soon."""
    gate: Floats
    """(n,) share of that probability that is a step through a gate."""
    edge: Floats
    """(n,) share of it that is a step over the edge of the picture."""

    def at_touches(self, pieces: Integers, swapped: Floats) -> "Turnover":
        """Return the same where pieces (k,) were cut at gates: who goes there is one who was swapped (k,)."""
        probability, gate, edge = self.probability.copy(), self.gate.copy(), self.edge.copy()
        probability[pieces], gate[pieces], edge[pieces] = np.clip(swapped, 0.002, 0.995), _SWAPPED, 0.0
        return Turnover(probability, gate, edge)

    def with_more_gates(self, factor: float) -> "Turnover":
        """Return the same where steps through a gate are more frequent by `factor`, others as before."""
        odds = self.probability / (1.0 - self.probability)
        gate, edge = odds * self.gate * factor, odds * self.edge
        total = gate + odds * (1.0 - self.gate)
        return Turnover(np.minimum(total / (1.0 + total), 0.995), gate / total, edge / total)


class Map:
    """A grid over one game's stabilised picture that counts and blurs."""

    def __init__(self, positions: Floats, height: float) -> None:
        """Lay the grid around positions (n, 2) in pixels, with cells of half a body height."""
        low = np.min(positions, axis=0) if len(positions) else np.zeros(2)
        high = np.max(positions, axis=0) if len(positions) else np.ones(2)
        self._cell = max(_CELL * height, float((high - low).max()) / (_LARGEST_MAP - 9))
        self._low = low - 4 * self._cell
        self._shape = tuple(np.ceil((high - low) / self._cell).astype(int) + 9)
        self.cell_area = self._cell**2

    def index(self, positions: Floats) -> Integers:
        """Return the flat cell number (n,) of each position."""
        cell = ((positions - self._low) / self._cell).astype(np.int64)
        cell = np.clip(cell, 0, np.array(self._shape) - 1)
        return np.asarray(cell[:, 0] * self._shape[1] + cell[:, 1], dtype=np.int64)

    def count(self, index: Integers, weight: Floats) -> NDArray[np.float64]:
        """Return the blurred number of things per cell, flat."""
        size = self._shape[0] * self._shape[1]
        raw = np.bincount(index, weight, size).reshape(self._shape)
        return np.asarray(gaussian_filter(raw, _BLUR, mode="constant").ravel(), dtype=np.float64)


def false_chance(pieces: Pieces) -> NDArray[np.float64]:
    """Return how likely each piece (n,) is no person at all, by its length."""
    chance = 0.5 * np.exp(-pieces.samples / 3.0) + 0.003
    return np.asarray(np.where(pieces.clicked, 0.0, chance), dtype=np.float64)


def prior_turnover(pieces: Pieces, view: GameView, *, leaving: bool, sees_all: bool) -> Turnover:
    """Guess from place, heading and kind of ends alone whether their people go (or come) there.

    Args:
        leaving: for last ends, where people go, or first ones, where they come.
        sees_all: whether the camera shows the whole rink, so that hardly anybody crosses its edge.
    """
    state, ice, false = pieces.last if leaving else pieces.first, pieces.ice, false_chance(pieces)
    gate = np.where(ice, _gate_chance(state, view, leaving=leaving, sees_all=sees_all), 0.0)
    edge = np.where(state.kind == Ending.EDGE, 0.15 if sees_all else 0.6, 0.001)
    closed = (state.kind == Ending.CUT) | (state.kind == Ending.VIDEO)
    lost = np.where(closed, 1.0, np.where(ice, 0.01, _BENCH_BREAKS) + false)
    total = gate + edge + lost
    return Turnover(np.minimum(total, 0.995), gate / total, edge / total)


def gate_features(state: EndState, view: GameView, *, leaving: bool) -> NDArray[np.float64] | None:
    """Return what tells whether an end is a step through a gate (n, GATE_FEATURES); None without benches.

    Who is last seen at a bench has mostly left there, unless he was skating away from it; who is first seen
    there and skates away from it has mostly just come. Inside the polygon of a bench on the camera's side
    there is no telling which way he heads.
    """
    near = gate_distance(state.position, state.height, view)
    if near is None:
        return None
    step = state.velocity * _HEADING * state.height[:, None]
    after = gate_distance(state.position + step, state.height, view)
    towards = np.zeros(len(near)) if after is None else (near - after) / _HEADING
    towards = np.tanh((towards if leaving else -towards) / _SLOW)
    outside = near > 0.0
    parts = (
        ~outside,
        outside,
        outside * np.minimum(near, _FAR),
        outside * np.exp(-near / _REACH),
        outside * towards * np.exp(-near / _HEEDED),
        state.kind == Ending.EDGE,
        state.kind == Ending.OPEN,
    )
    return np.stack(parts, axis=1).astype(np.float64)


def _gate_chance(state: EndState, view: GameView, *, leaving: bool, sees_all: bool) -> NDArray[np.float64]:
    """Return the chance of a step through a gate at each end (n,), by its distance, heading and kind."""
    features = gate_features(state, view, leaving=leaving)
    if features is None:
        return np.full(len(state.time), 0.03)
    weights = gate_weights(leaving=leaving, sees_all=sees_all)
    return np.asarray(1.0 / (1.0 + np.exp(-features @ weights)) + _ANYWHERE, dtype=np.float64)


@cache
def gate_weights(*, leaving: bool, sees_all: bool) -> NDArray[np.float64]:
    """Return the weights of `gate_features` in nats, as sample games have them."""
    facts = json.loads(resource_path("evidence", "gates.json").read_text(encoding="utf-8"))
    weights = facts["fixed" if sees_all else "moving"]["leaving" if leaving else "entering"]
    return np.array([weights[name] for name in GATE_FEATURES], dtype=np.float64)


def learned_turnover(
    prior: Turnover, where: Map, index: Integers, gone: Floats, *, learn_gates: bool
) -> Turnover:
    """Correct the prior by what joint linking found nearby.

    Args:
        index: (n,) cells of the ends.
        gone: (n,) probability by the links that nothing follows (or comes before).
        learn_gates: no bench was drawn, so where people vanish more than elsewhere is a gate.
    """
    ends = where.count(index, np.ones(len(index)))
    seen = where.count(index, gone)
    expected = where.count(index, prior.probability)
    count = _PRIOR_COUNT if learn_gates else _DRAWN_COUNT
    strength = count / (2.0 * np.pi * _BLUR**2)
    usual = (expected[index] + 1e-9) / (ends[index] + 1e-9)
    found = (seen[index] + strength * usual) / (ends[index] + strength)
    factor = np.clip(found / usual, 0.2, 5.0)
    probability = np.clip(prior.probability * factor, 0.002, 0.995)
    gate, edge = prior.gate, prior.edge
    if learn_gates and len(index):
        excess = np.clip(1.0 - np.median(found) * 1.5 / np.maximum(found, 1e-9), 0.02, 0.95)
        gate = np.where(prior.edge > 0.5, gate, excess)
        edge = np.minimum(edge, 1.0 - gate)
    return Turnover(probability, gate, edge)
