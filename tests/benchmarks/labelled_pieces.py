"""Pieces of tracklets of sample games, each with who it truly is and who is seen of him next."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from shiftclipper.identity import GameView, Rules
from shiftclipper.identity.numbers import NumberEvidence
from shiftclipper.identity.pieces import Pieces
from shiftclipper.jobs.store import Store
from shiftclipper.sample.game import Game
from shiftclipper.tracklets import Tracklet
from tests.benchmarks.games_with_truth import filmed_players

UNKNOWN, THROUGH_GATE, LOST = -3, -1, -2
"""In the place of the piece that follows or comes before."""
SAME = 0.3
"""Intersection over union of a box and of the true one, times what is seen of him, from which it is him."""
LATE = 4.0
"""Seconds between a step through a gate and the end that stands for it."""
HIDDEN = 12.0
"""Seconds after which somebody is lost."""
OVERLAP = 0.35
"""Seconds by which two pieces of one person may overlap and still follow each other."""


@dataclass(frozen=True, eq=False)
class LabelledGame:
    """One game with its truth."""

    name: str
    moving: bool
    """Whether the camera turns."""
    view: GameView
    rules: Rules
    numbers: NumberEvidence
    pieces: Pieces
    who: np.ndarray
    """(n,) id of each piece's person; empty for nobody."""
    following: np.ndarray
    """(n,) the next piece of the same person, or THROUGH_GATE, LOST, UNKNOWN."""
    before: np.ndarray
    """(n,) likewise the piece before."""


def labelled_game(store: Store, folder: Path, name: str) -> LabelledGame:
    """Return an analysed sample game with its truth; arguments as for `filmed_players`."""
    film = next(filmed_players(store, folder, name, 1))
    truth = json.loads((folder / f"{name}.truth.json").read_text())
    known = film.known
    people = _people(film.tracklets, film.game)
    who = np.array(
        [
            _most(film.tracklets[k], people[k], first, last)
            for k, first, last in zip(
                known.pieces.tracklet.tolist(), known.pieces.first.time, known.pieces.last.time, strict=True
            )
        ]
    )
    shifts = {one["id"]: one["shifts"] for one in truth["players"]}
    following, before = _courses(known.pieces, who, shifts, film.view.duration)
    return LabelledGame(
        name, film.kind != "fixed", film.view, film.rules, known.numbers, known.pieces, who, following, before
    )


def _people(tracklets: list[Tracklet], game: Game) -> list[list[str]]:
    """Return for each box of each tracklet whose it is."""
    pictures: dict[int, tuple] = {}
    result = []
    for one in tracklets:
        names = []
        for time, box in zip(one.times.tolist(), one.boxes.astype(np.float64), strict=True):
            frame = min(max(round(time * game.fps), 0), game.frames - 1)
            if frame not in pictures:
                pictures[frame] = game.boxes(frame)
            ids, boxes, visible, _ = pictures[frame]
            shares = _overlaps(box, boxes.astype(np.float64)) * (0.3 + 0.7 * visible)
            best = int(np.argmax(shares)) if len(shares) else -1
            names.append(str(ids[best]) if best >= 0 and shares[best] > SAME else "")
        result.append(names)
    return result


def _overlaps(box: np.ndarray, others: np.ndarray) -> np.ndarray:
    low, high = np.maximum(box[:2], others[:, :2]), np.minimum(box[2:], others[:, 2:])
    shared = np.prod(np.clip(high - low, 0, None), axis=1)
    both = np.prod(box[2:] - box[:2]) + np.prod(others[:, 2:] - others[:, :2], axis=1) - shared
    return shared / np.maximum(both, 1e-9)


def _most(tracklet: Tracklet, names: list[str], first: float, last: float) -> str:
    inside = [name for name, t in zip(names, tracklet.times, strict=True) if first <= t <= last]
    return Counter(inside or names).most_common(1)[0][0]


def _courses(
    pieces: Pieces, who: np.ndarray, shifts: dict[str, list], duration: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return what follows each piece and what comes before it."""
    following, before = np.full(len(who), UNKNOWN), np.full(len(who), UNKNOWN)
    start, end = pieces.first.time, pieces.last.time
    for person in sorted(set(who.tolist()) - {""}):
        own = np.flatnonzero((who == person) & pieces.ice)
        own = own[np.argsort(start[own], kind="stable")].tolist()
        spans = shifts.get(person, [])
        for one, other in zip(own, [*own[1:], None], strict=True):
            left = [b for a, b in spans if a - 1 <= end[one] <= b + 1.5 and b < duration - 1]
            gone = bool(left) and (other is None or start[other] > left[0] + 0.5)
            gap = None if other is None else float(start[other] - end[one])
            following[one] = _course(other, gap, gone, near=bool(left) and left[0] - end[one] < LATE)
        for one, other in zip(own, [None, *own[:-1]], strict=True):
            came = [a for a, b in spans if a - 1.5 <= start[one] <= b + 1 and a > 1]
            new = bool(came) and (other is None or end[other] < came[-1] - 0.5)
            gap = None if other is None else float(start[one] - end[other])
            before[one] = _course(other, gap, new, near=bool(came) and start[one] - came[-1] < LATE)
    return following, before


def _course(other: int | None, gap: float | None, through: bool, *, near: bool) -> int:
    """Return the other piece, or what became of the person instead."""
    if other is None or gap is None or through or gap > HIDDEN:
        return THROUGH_GATE if through and near else LOST
    return other if gap >= -OVERLAP else UNKNOWN
