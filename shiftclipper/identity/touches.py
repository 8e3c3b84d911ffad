"""Where a tracklet touches a gate: did the person pass by, or did another come out as he went in?

Trackers go over from one to the other without a break, for they are at the same place within a second. Who
passes by keeps his way and his speed; who goes off comes close, stops and seems to turn, for it is another
who skates away. How often it happens differs much from camera to camera, so a game's own share of it is
found by expectation maximisation on the chances that the usual share gives (Saerens, Latinne and
Decaestecker, "Adjusting the outputs of a classifier to new a priori probabilities", Neural Computation 2002).
"""

import json
from functools import cache

import numpy as np
from numpy.typing import NDArray

from shiftclipper.identity.model import GameView
from shiftclipper.identity.pieces import EndState, Floats, Integers, Pieces
from shiftclipper.identity.regions import gate_distance
from shiftclipper.paths import resource_path
from shiftclipper.tracklets import Ending

TOUCH_FEATURES = ("always", "close", "straight", "fast", "towards", "away")
"""What tells whether somebody else goes on from a touch; weights in resources/evidence/gates.json."""
_CLOSE = 0.3
"""Body heights from the gate that matter."""
_PACE = 1.5
"""Body heights a second that somebody passes by at."""
_HEADING = 0.3
"""Seconds ahead, or before, that tell whether somebody heads for the gate."""
_SLOW = 0.5
"""Body heights a second towards the gate that tell as much."""
_UNSURE = 0.3
"""Body heights a second below which a direction says little."""
_TOUCHES = 5.0
"""Touches that the usual share is worth against a game's own."""
_SWEEPS = 100


def parts_at_touches(pieces: Pieces) -> tuple[Integers, Integers]:
    """Return the parts of tracklets before and after each touch (k,), as indices of pieces."""
    following = next_parts(pieces)
    before: Integers = np.flatnonzero((pieces.last.kind == Ending.GATE) & (following >= 0))
    return before, following[before]


def next_parts(pieces: Pieces) -> Integers:
    """Return for each piece (n,) the next one of its tracklet; -1 for the last."""
    order = np.lexsort((pieces.first.time, pieces.tracklet))
    following = np.full(len(pieces), -1, dtype=np.int64)
    same = pieces.tracklet[order[:-1]] == pieces.tracklet[order[1:]]
    following[order[:-1][same]] = order[1:][same]
    return following


def stretches(pieces: Pieces) -> Integers:
    """Return numbers (n,) that pieces of one tracklet share when no touch lies between them."""
    order = np.lexsort((pieces.first.time, pieces.tracklet))
    fresh = pieces.first.kind[order] == Ending.GATE
    fresh[1:] |= pieces.tracklet[order[1:]] != pieces.tracklet[order[:-1]]
    result = np.empty(len(pieces), dtype=np.int64)
    result[order] = np.cumsum(fresh)
    return result


def touch_features(pieces: Pieces, before: Integers, after: Integers, view: GameView) -> NDArray[np.float64]:
    """Return what tells whether somebody else goes on from touches (k, TOUCH_FEATURES).

    Args:
        before, after: (k,) the parts of tracklets around each touch.
    """
    one, other = pieces.last.take(before), pieces.first.take(after)
    near, comes = _approach(one, view, 1.0)
    _, leaves = _approach(other, view, -1.0)
    paces = [np.hypot(*state.velocity.T) for state in (one, other)]
    along = (one.velocity * other.velocity).sum(axis=1) / (paces[0] * paces[1] + _UNSURE)
    through = np.hypot(*(one.velocity + other.velocity).T) / 2.0
    parts = (
        np.ones(len(before)),
        np.exp(-near / _CLOSE),
        along,
        np.tanh(through / _PACE),
        np.tanh(comes / _SLOW),
        np.tanh(leaves / _SLOW),
    )
    return np.stack(parts, axis=1).astype(np.float64)


def _approach(state: EndState, view: GameView, direction: float) -> tuple[Floats, Floats]:
    """Return the distance to the nearest gate (k,) in body heights and how fast it gets less (k,).

    Args:
        direction: 1 for how it goes on from an end, -1 for how it was before.
    """
    step = direction * state.velocity * _HEADING * state.height[:, None]
    near = gate_distance(state.position, state.height, view)
    then = gate_distance(state.position + step, state.height, view)
    if near is None or then is None:
        return np.zeros(len(state.time)), np.zeros(len(state.time))
    return near, (near - then) / _HEADING


def swap_chance(features: Floats) -> NDArray[np.float64]:
    """Return the chance (k,) that another person goes on from each touch of one game.

    Args:
        features: of all its touches, as `touch_features` has them.
    """
    weights, usual = touch_weights()
    chance = 1.0 / (1.0 + np.exp(-features @ weights))
    share, found = usual, chance
    for _ in range(_SWEEPS):
        swapped, passed = share / usual * chance, (1.0 - share) / (1.0 - usual) * (1.0 - chance)
        found = swapped / (swapped + passed)
        share = (float(found.sum()) + _TOUCHES * usual) / (len(found) + _TOUCHES)
    return np.asarray(found, dtype=np.float64)


@cache
def touch_weights() -> tuple[NDArray[np.float64], float]:
    """Return the weights of `touch_features` in nats, and the share of swaps they were fitted to."""
    facts = json.loads(resource_path("evidence", "gates.json").read_text(encoding="utf-8"))["touches"]
    return np.array([facts["weights"][name] for name in TOUCH_FEATURES]), float(facts["share"])
