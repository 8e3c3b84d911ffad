"""What is true of a sample game: everybody's shifts, a setup to find the target with, how hard it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from shiftclipper.sample.camera import View
from shiftclipper.sample.figures import Projected
from shiftclipper.sample.looks import shade, to_hex
from shiftclipper.sample.play import STEP, Motion
from shiftclipper.sample.rink import Bench, Rink
from shiftclipper.sample.roster import SKATERS, TEAM_SIZE

if TYPE_CHECKING:
    from shiftclipper.sample.game import Game

Array = NDArray[np.float64]
Json = dict[str, object]

SHORTEST_SHIFT = 5.0
"""Seconds; a target with shorter shifts is not chosen when another can be."""
OVERLAP = 0.1
"""A box counts as overlapped when somebody nearer covers this share of it."""
READABLE = 9.0
"""Pixels; lower digits cannot be read."""


def shifts_of(motion: Motion, person: int, seconds: float) -> list[tuple[float, float]]:
    """When a person was on the ice: from passing the gate inwards to passing it outwards, in seconds."""
    on_ice = np.concatenate([[False], motion.on_ice[:, person], [False]])
    change = np.flatnonzero(on_ice[1:] != on_ice[:-1])
    shifts = []
    for first, last in zip(change[::2], change[1::2], strict=True):
        start, end = (round(min(float(k) * STEP, seconds), 3) for k in (first, last))
        if end > start:
            shifts.append((start, end))
    return shifts


def choose_target(rng: np.random.Generator, motion: Motion, seconds: float) -> int:
    """A home skater with several shifts who is off the ice at least half the time."""
    best: list[int] = []
    best_score = -np.inf
    for person in range(SKATERS):
        shifts = shifts_of(motion, person, seconds)
        if not shifts:
            continue
        on_ice = sum(end - start for start, end in shifts) / seconds
        shortest = min(end - start for start, end in shifts)
        score = min(len(shifts), 3) - 40.0 * max(0.0, on_ice - 0.5)
        score -= 2.0 * (shortest < SHORTEST_SHIFT)
        if score > best_score + 1e-9:
            best, best_score = [], score
        if score > best_score - 1e-9:
            best.append(person)
    return best[int(rng.integers(len(best)))]


def regions(rink: Rink, view: View, *, whole: bool) -> Json:
    """Rink and benches as polygons in parts of the picture; without the rink unless all of it is seen.

    A camera that turns sees a part of the rink only: nobody could draw all of it, and a part of it
    would say that play elsewhere is none.
    """
    drawn: Json = {}
    if whole:
        outline = rink.outline()
        pixels, _depth = view.project(np.column_stack([outline, np.zeros(len(outline))]))
        polygon = _normalised(pixels, view.size)
        if len(polygon) >= 3:
            drawn["rink"] = polygon
    benches = [_bench_polygon(rink, bench, view) for bench in rink.benches]
    drawn["bench"] = [polygon for polygon in benches if len(polygon) >= 3]
    drawn["penalty"] = []
    return drawn


def _bench_polygon(rink: Rink, bench: Bench, view: View) -> list[list[float]]:
    corners = np.array(
        [
            [x, bench.side * (rink.width / 2 + depth), z]
            for x in (bench.left, bench.right)
            for depth in (0.1, 2.4)
            for z in (0.0, 1.8 if bench.side > 0 else 1.2)
        ]
    )
    pixels, depth = view.project(corners)
    if depth.min() < 1.0:
        return []
    hull = cv2.convexHull(pixels.astype(np.float32)).reshape(-1, 2)
    return _normalised(hull.astype(np.float64), view.size)


def _normalised(pixels: Array, size: tuple[int, int]) -> list[list[float]]:
    """A convex polygon (n, 2) in pixels cut off at the picture's edges, as parts of the picture."""
    polygon = pixels / np.array(size, dtype=np.float64)
    for axis in (0, 1):
        for bound, sign in ((0.0, 1.0), (1.0, -1.0)):
            kept: list[Array] = []
            for here, after in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
                inside, next_inside = (sign * (p[axis] - bound) >= 0 for p in (here, after))
                if inside:
                    kept.append(here)
                if inside != next_inside:
                    share = (bound - here[axis]) / (after[axis] - here[axis])
                    kept.append(here + share * (after - here))
            if not kept:
                return []
            polygon = np.array(kept)
    return [[round(float(np.clip(v, 0, 1)), 5) for v in point] for point in polygon]


def truth(game: Game) -> Json:
    """The contents of truth.json."""
    players: list[Json] = []
    for k, person in enumerate(game.roster.people):
        if person.role == "coach":
            continue
        players.append(
            {
                "id": person.id,
                "team": person.team,
                "role": person.role,
                "number": person.number,
                "jersey_color": jersey_hex(game, k),
                "shifts": [list(shift) for shift in shifts_of(game.motion, k, game.seconds)],
            }
        )
    return {
        "fps": game.fps,
        "duration": game.frames / game.fps,
        "size": list(game.size),
        "target": game.roster.people[game.target].id,
        "regions": regions(game.rink, game.view(0), whole=game.camera == "fixed"),
        "seed": game.seed,
        "camera": game.camera,
        "players": players,
    }


def jersey_hex(game: Game, person: int) -> str:
    """The colour of a person's jersey as it comes out in the picture."""
    return to_hex(shade(game.wears[person].kit.jersey, game.light.people))


def setup(game: Game) -> Json:
    """The contents of setup.json: the target, clicked once inside each of his shifts."""
    target = game.roster.people[game.target]
    clicks = []
    for start, end in shifts_of(game.motion, game.target, game.seconds):
        click = _click(game, start, end)
        if click is not None:
            clicks.append(click)
    return {
        "preset": "fixed_wide" if game.camera == "fixed" else "panning",
        "players": [
            {
                "name": "Sam",
                "number": target.number,
                "jersey_color": jersey_hex(game, game.target),
                "clicks": clicks,
            }
        ],
        "opponent_color": jersey_hex(game, TEAM_SIZE),
        "regions": regions(game.rink, game.view(0), whole=game.camera == "fixed"),
    }


def _click(game: Game, start: float, end: float) -> dict[str, float] | None:
    """A moment of the shift, as near its middle as can be, when the target is seen and stands free.

    None when he is never in the picture during the shift.
    """
    first, last = int(np.ceil(start * game.fps)), min(int(end * game.fps), game.frames - 1)
    middle = (first + last) / 2
    step = max(1, round(game.fps / 10))
    moments = sorted(range(first, last + 1, step), key=lambda i: abs(i - middle))
    second: tuple[float, dict[str, float]] | None = None
    for i in moments:
        ids, boxes, visible, on_ice = game.boxes(i)
        here = np.flatnonzero(ids == game.roster.people[game.target].id)
        if not len(here) or not on_ice[here[0]]:
            continue
        k = int(here[0])
        x1, y1, x2, y2 = (float(v) for v in boxes[k])
        click = {
            "t": round(i / game.fps, 4),
            "x": round((x1 + x2) / 2 / game.size[0], 5),
            "y": round((y1 + y2) / 2 / game.size[1], 5),
        }
        touching = np.delete(_covered(boxes, k), k) > 0
        if visible[k] > 0.97 and not touching.any():
            return click
        if second is None or visible[k] > second[0]:
            second = (float(visible[k]), click)
    return second[1] if second is not None and second[0] > 0.3 else None


def _covered(boxes: NDArray[np.float32], k: int) -> Array:
    """Share of box k that each box covers, (n,)."""
    low = np.maximum(boxes[:, :2], boxes[k, :2])
    high = np.minimum(boxes[:, 2:], boxes[k, 2:])
    common = np.prod(np.clip(high - low, 0, None), axis=1)
    share: Array = common / max(float(np.prod(boxes[k, 2:] - boxes[k, :2])), 1e-6)
    return share


@dataclass(slots=True)
class _Counts:
    """Sums over sampled pictures."""

    boxes: int = 0
    overlapped: int = 0
    skaters: int = 0
    facing: int = 0
    readable: int = 0
    bench: int = 0
    pictures: int = 0


def shares(game: Game, every: float = 0.5) -> dict[str, float]:
    """How hard the game is, from a picture every `every` seconds and all of the motion."""
    motion = game.motion
    count = _Counts()
    heights: list[float] = []
    roles = np.array([person.role for person in game.roster.people])
    for i in range(0, game.frames, max(1, round(every * game.fps))):
        seen, on_ice, inside = game.people(i)
        _count(count, seen, on_ice & inside, roles)
        count.bench += int(np.sum(~on_ice & inside))
        boxes = seen.boxes[on_ice & inside]
        heights += (boxes[:, 3] - boxes[:, 1]).tolist()
    skaters = motion.on_ice[:, : 2 * TEAM_SIZE] & (roles[: 2 * TEAM_SIZE] == "skater")
    speed = np.linalg.norm(motion.velocity[:, : 2 * TEAM_SIZE], axis=2)[skaters]
    lengths = _whole_shifts(game)
    return {
        "overlapped": count.overlapped / max(count.boxes, 1),
        "number_faces_camera": count.facing / max(count.skaters, 1),
        "number_readable": count.readable / max(count.skaters, 1),
        "target_on_ice": float(motion.on_ice[:, game.target].mean()),
        "target_shifts": float(len(shifts_of(motion, game.target, game.seconds))),
        "shift_shortest": float(np.min(lengths, initial=np.inf)) if lengths else 0.0,
        "shift_median": float(np.median(lengths)) if lengths else 0.0,
        "shift_longest": float(np.max(lengths, initial=0.0)),
        "speed_median": float(np.median(speed)),
        "speed_99": float(np.percentile(speed, 99)),
        "speed_highest": float(speed.max()),
        "most_at_the_gates": float(_most_at_gates(game)),
        "boxes_on_ice": count.boxes / count.pictures,
        "people_on_benches_seen": count.bench / count.pictures,
        "figure_height": float(np.median(heights)),
    }


def _count(count: _Counts, seen: Projected, chosen: NDArray[np.bool_], roles: NDArray[np.str_]) -> None:
    count.pictures += 1
    index = np.flatnonzero(chosen)
    boxes = seen.boxes.astype(np.float32)[index]
    depth = seen.depth.mean(axis=1)[index]
    for k in range(len(index)):
        nearer = depth < depth[k]
        count.boxes += 1
        count.overlapped += bool((_covered(boxes, k)[nearer] > OVERLAP).any())
    skaters = index[roles[index] == "skater"]
    facing = seen.facing[skaters] < -0.5
    count.skaters += len(skaters)
    count.facing += int(facing.sum())
    count.readable += int((facing & (0.27 * seen.metre[skaters] >= READABLE)).sum())


def _whole_shifts(game: Game) -> list[float]:
    """Lengths of the skaters' shifts that lie wholly inside the game."""
    lengths = []
    for team in (0, 1):
        for place in range(SKATERS):
            for start, end in shifts_of(game.motion, team * TEAM_SIZE + place, game.seconds):
                if start > 0 and end < game.seconds - 0.1:
                    lengths.append(end - start)
    return lengths


def _most_at_gates(game: Game) -> int:
    """The most players of one team within 2.5 m of one of its gates and not in their seats."""
    most = 0
    motion = game.motion
    for team, bench in enumerate(game.rink.benches):
        people = slice(team * TEAM_SIZE, team * TEAM_SIZE + SKATERS)
        for gate in bench.gates:
            door = np.array([gate, bench.side * game.rink.width / 2])
            near = np.linalg.norm(motion.position[:, people] - door, axis=2) < 2.5
            most = max(most, int((near & ~motion.seated[:, people]).sum(axis=1).max()))
    return most


def share_lines(figures: dict[str, float]) -> Sequence[str]:
    """The shares as lines for a person."""
    return [
        f"{name.replace('_', ' '):24s} "
        + (f"{100 * value:6.1f} %" if name in _PERCENT else f"{value:6.1f} {_UNITS.get(name, '')}")
        for name, value in figures.items()
    ]


_PERCENT = ("overlapped", "number_faces_camera", "number_readable", "target_on_ice")
_UNITS = {
    "shift_shortest": "s",
    "shift_median": "s",
    "shift_longest": "s",
    "speed_median": "m/s",
    "speed_99": "m/s",
    "speed_highest": "m/s",
    "figure_height": "px",
}
