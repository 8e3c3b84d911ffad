"""Tracklets as arrays: cut where they step off the ice or touch a gate, with the motion at all their ends.

Who comes on often steps out of the very door through which another has just gone off, and the tracker goes
over from one to the other: of ten changes on a fixed camera, four are hidden inside one tracklet. So a
tracklet is cut where it comes nearest to a gate, and joint linking decides whether it goes on there.

Lengths are in body heights at that place (the "local height") unless said otherwise, so that the
same numbers hold near and far, in any resolution.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from shiftclipper.identity.model import GameView, Polygon
from shiftclipper.identity.regions import gate_distance, inside, near_bench, on_ice
from shiftclipper.tracklets import COLOUR_BINS, KIT_VALUES, ROLES, Ending, Tracklet

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

MOTION_WINDOW = 0.8
"""Seconds at an end of a tracklet that its velocity is fitted on."""
POSITION_NOISE = 0.07
"""Body heights; standard deviation of a feet point."""
TURNING = 1.2
"""Body heights per second squared; how fast a straight line stops describing a skater."""
SPEED_PRIOR = np.array([2.2, 0.9])
"""Body heights per second along x and y before any of this game's speeds are known."""
_TOUCH = 0.6
"""Body heights from a gate within which somebody may have gone through it."""
_TURN = 1.0
"""Seconds within which somebody goes through a gate at most once."""
_OVER_ICE = 0.2
"""Boxes in a bench, against those before it, from which it lies over ice."""
_FEWEST = 3
"""Samples that are left on either side of a touch."""
_FLICKER = 3
"""Samples; a stay this short on the other side of a region's border is noise."""


@dataclass(frozen=True, slots=True, eq=False)
class EndState:
    """Where pieces are and how they move at one of their ends."""

    time: Floats
    """(n,) seconds of game time."""
    position: Floats
    """(n, 2) feet in stabilised pixels, from the fit."""
    velocity: Floats
    """(n, 2) local heights a second."""
    covariance: Floats
    """(n, 2, 3) per axis: variance of position, covariance, variance of velocity, in heights."""
    height: Floats
    """(n,) local height in stabilised pixels."""
    kind: NDArray[np.object_]
    """(n,) Ending."""

    def take(self, index: Integers) -> "EndState":
        """Return copies of these rows."""
        return EndState(*(getattr(self, one.name)[index] for one in fields(self)))


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The parts of tracklets that are on the ice or at a bench.

    In order of start, but for those that a person's marks put in.
    """

    tracklet: Integers
    """(n,) index into the tracklets they were made from."""
    first: EndState
    last: EndState
    scene: Integers
    samples: Integers
    score: Floats
    """(n,) mean detection score."""
    colour: Floats
    """(n, COLOUR_BINS) torso histograms; zeros where unknown."""
    kit: Floats
    """(n, KIT_VALUES) what they wear; zeros where unknown."""
    roles: Floats
    """(n, roles) probabilities; zeros where unknown."""
    build: Floats
    """(n,) log of the height against what is usual at that place; the player's own size."""
    ice: Flags
    """(n,) whether the piece is on the ice; the others are beside it, at a bench."""
    clicked: Flags
    """(n,) the person clicked here, so that it surely is somebody on the ice."""
    speed: Floats
    """(2,) standard deviation of velocity along x and y in this game, heights a second."""

    def __len__(self) -> int:
        """Return the number of pieces."""
        return len(self.tracklet)

    def take(self, index: Integers) -> "Pieces":
        """Return copies of these rows."""
        rows = {
            one.name: getattr(self, one.name)[index]
            for one in fields(self)
            if one.name not in ("first", "last", "speed")
        }
        return Pieces(first=self.first.take(index), last=self.last.take(index), speed=self.speed, **rows)


def joined_pieces(some: Sequence[Pieces]) -> Pieces:
    """Lay pieces one after the other, in the order given; speeds are those of the first."""

    def join(parts: Sequence[EndState]) -> EndState:
        return EndState(
            *(np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(EndState))
        )

    rows = {
        one.name: np.concatenate([getattr(part, one.name) for part in some])
        for one in fields(Pieces)
        if one.name not in ("first", "last", "speed")
    }
    first, last = join([part.first for part in some]), join([part.last for part in some])
    return Pieces(first=first, last=last, speed=some[0].speed, **rows)


@dataclass(frozen=True, slots=True, eq=False)
class _Samples:
    """All boxes of all tracklets one after the other."""

    owner: NDArray[np.int32]
    """(samples,) index of the tracklet."""
    time: Floats
    feet: Floats
    height: Floats
    score: NDArray[np.float32]
    scene: Integers
    """(tracklets,)"""


def cut_pieces(
    tracklets: Sequence[Tracklet],
    view: GameView,
    surely_on_ice: Sequence[tuple[int, float]] = (),
) -> Pieces:
    """Cut tracklets at the borders of the ice and where they touch gates, and measure their ends.

    Args:
        tracklets: in any order; those without boxes are ignored.
        view: regions may be missing; then every tracklet is one piece.
        surely_on_ice: (index of tracklet, time) where the person clicked, whatever regions say.
    """
    samples = _collect(tracklets)
    if len(samples.time) == 0:
        none = np.zeros((0, 2), dtype=np.int64)
        flags = none[:, 0].astype(bool)
        return _pieces_from([], samples, samples.height, none, none.astype(bool), flags, flags)
    height = _local_height(samples)
    ice = on_ice(samples.feet, samples.height, view)
    for index, time in surely_on_ice:
        rows = np.flatnonzero(samples.owner == index)
        ice[rows] |= np.abs(samples.time[rows] - time) < 0.3
        ice[rows[np.argmin(np.abs(samples.time[rows] - time))]] = True
    ice = _without_flicker(ice, samples.owner)
    beside = near_bench(samples.feet, samples.height, view) & ~ice
    kind = np.where(beside, np.int8(2), ice)
    changes = (np.diff(samples.owner) != 0) | (np.diff(kind) != 0)
    touches = _touches(samples, view, ice, changes)
    changes[touches] = True
    bounds = np.concatenate([[0], np.flatnonzero(changes) + 1, [len(ice)]])
    runs = np.stack([bounds[:-1], bounds[1:]], axis=1)
    runs = runs[kind[bounds[:-1]] > 0]
    same_before = (runs[:, 0] > 0) & (samples.owner[runs[:, 0] - 1] == samples.owner[runs[:, 0]])
    after = np.minimum(runs[:, 1], len(ice) - 1)
    same_after = (runs[:, 1] < len(ice)) & (samples.owner[after] == samples.owner[runs[:, 0]])
    order = np.argsort(samples.time[runs[:, 0]], kind="stable")
    runs, borders = runs[order], np.stack([same_before, same_after], axis=1)[order]
    clicked = np.zeros(len(runs), dtype=np.bool_)
    for index, time in surely_on_ice:
        of = np.flatnonzero(samples.owner[runs[:, 0]] == index)
        low, high = samples.time[runs[of, 0]], samples.time[runs[of, 1] - 1]
        late = np.maximum(low - time, time - high) + 1e6 * ~ice[runs[of, 0]]
        clicked[of[np.argmin(late)]] = True
    pieces = _pieces_from(tracklets, samples, height, runs, borders, ice[runs[:, 0]], clicked)
    pieces.first.kind[np.isin(runs[:, 0], touches + 1)] = Ending.GATE
    pieces.last.kind[np.isin(runs[:, 1], touches + 1)] = Ending.GATE
    return pieces


def _collect(tracklets: Sequence[Tracklet]) -> _Samples:
    """Lay all boxes of all tracklets one after the other."""
    counts = np.array([len(one.times) for one in tracklets], dtype=np.int64)
    owner = np.repeat(np.arange(len(tracklets), dtype=np.int32), counts)
    scene = np.array([one.scene for one in tracklets], dtype=np.int64)
    if len(owner) == 0:
        empty = np.zeros(0)
        return _Samples(owner, empty, np.zeros((0, 2)), empty, np.zeros(0, np.float32), scene)
    tall = [np.subtract(one.boxes[:, 3], one.boxes[:, 1], dtype=np.float64) * one.scale for one in tracklets]
    return _Samples(
        owner=owner,
        time=np.concatenate([one.times for one in tracklets]),
        feet=np.concatenate([one.feet for one in tracklets], dtype=np.float64),
        height=np.maximum(np.concatenate(tall), 1.0),
        score=np.concatenate([one.scores for one in tracklets]),
        scene=scene,
    )


def _touches(samples: _Samples, view: GameView, ice: Flags, changes: Flags) -> Integers:
    """Return the samples after which a tracklet is cut since it is at its nearest to a gate.

    A bench on the camera's side lies over ice on which people skate all the time: there nothing is cut.

    Args:
        ice: (samples,) whether they are on the ice.
        changes: (samples - 1,) where tracklets and stays on the ice end anyway.
    """
    beyond = tuple(one for one in view.gates if not _lies_over_ice(one, samples, ice))
    bare = replace(view, benches=(), penalty_boxes=(), doors=beyond)
    away = gate_distance(samples.feet, samples.height, bare)
    if away is None:
        return np.zeros(0, dtype=np.int64)
    run = np.concatenate([[0], np.cumsum(changes)])
    around = np.pad(away, 1, constant_values=np.inf)
    touches = (away < _TOUCH) & ice & (away <= around[:-2]) & (away < around[2:])
    near: Integers = np.flatnonzero(touches)
    heads, tails = np.searchsorted(run, run[near]), np.searchsorted(run, run[near] + 1)
    near = near[(near - heads >= _FEWEST - 1) & (tails - near > _FEWEST)]
    if not len(near):
        return near
    moment = samples.time + run * (2.0 * _TURN + float(np.ptp(samples.time)))
    windows = np.searchsorted(moment, [moment[near] - _TURN, moment[near] + _TURN]).T
    nearest = np.minimum.reduceat(np.append(away, np.inf), windows.ravel())[::2]
    return near[away[near] <= nearest]


def _lies_over_ice(bench: Polygon, samples: _Samples, ice: Flags) -> bool:
    """Tell whether people skate in what was drawn as a bench, and not only before it."""
    within = ice & inside(samples.feet, bench)
    before = ice & ~within & near_bench(samples.feet, samples.height, GameView((0, 0), 0.0, benches=(bench,)))
    return float(within.sum()) > _OVER_ICE * float(before.sum())


def _without_flicker(flags: Flags, owner: NDArray[np.int32]) -> Flags:
    """Turn over runs of equal flags of one owner that are too short to be true."""
    changes = (np.diff(owner) != 0) | (np.diff(flags) != 0)
    bounds = np.concatenate([[0], np.flatnonzero(changes) + 1, [len(flags)]])
    lengths = np.diff(bounds)
    heads = bounds[:-1]
    of_same = np.zeros(len(heads), dtype=np.bool_)
    of_same[1:] |= owner[heads[1:]] == owner[heads[1:] - 1]
    of_same[:-1] |= owner[heads[:-1]] == owner[heads[1:]]
    short = of_same & (lengths < _FLICKER)
    return np.asarray(flags ^ np.repeat(short, lengths), dtype=np.bool_)


def _pieces_from(
    tracklets: Sequence[Tracklet],
    samples: _Samples,
    height: Floats,
    runs: Integers,
    borders: Flags,
    ice: Flags,
    clicked: Flags,
) -> Pieces:
    """Measure pieces given as (n, 2) ranges of samples.

    Args:
        height: (samples,) usual body height at each sample's place.
    """
    counts = runs[:, 1] - runs[:, 0]
    piece = np.repeat(np.arange(len(runs)), counts)
    row = np.arange(int(counts.sum())) + np.repeat(runs[:, 0] - (np.cumsum(counts) - counts), counts)
    owner = samples.owner[runs[:, 0]].astype(np.int64)
    colours, kits, roles = (
        np.array(values, dtype=np.float64).reshape(-1, width)[owner]
        for values, width in (
            ([one.colour for one in tracklets], COLOUR_BINS),
            ([one.kit for one in tracklets], KIT_VALUES),
            ([one.roles for one in tracklets], len(ROLES)),
        )
    )
    begins = np.array([one.begins for one in tracklets], dtype=object)[owner]
    ends = np.array([one.ends for one in tracklets], dtype=object)[owner]
    begins[borders[:, 0]] = Ending.OPEN
    ends[borders[:, 1]] = Ending.OPEN
    firsts, lasts = (_fit(samples, height, row, piece, runs, last=last) for last in (False, True))
    speed = _spread_of_speed(firsts[1], lasts[1], ice & (counts >= 6))
    share = np.maximum(counts, 1)
    excess = np.log(samples.height / height)[row]
    return Pieces(
        tracklet=owner,
        first=EndState(samples.time[runs[:, 0]], *firsts, begins),
        last=EndState(samples.time[runs[:, 1] - 1], *lasts, ends),
        scene=samples.scene[owner],
        samples=counts,
        score=np.bincount(piece, samples.score[row], len(runs)) / share,
        colour=colours,
        kit=kits,
        roles=roles,
        build=_median_by(excess, piece, counts),
        ice=ice,
        clicked=clicked,
        speed=speed,
    )


def _local_height(samples: _Samples) -> Floats:
    """Return the usual body height at each sample's place: a smooth surface through all boxes.

    Fitted with a few rounds of reweighting, so that crouching, falling and false boxes do not
    bend it. Scenes with few boxes take one height for all.
    """
    result = np.ones(len(samples.time))
    scenes = np.unique(samples.scene[samples.owner])
    for scene in scenes:
        # All of them where there is one scene only: then nothing is copied.
        rows = slice(None) if len(scenes) == 1 else np.flatnonzero(samples.scene[samples.owner] == scene)
        target = np.log(samples.height[rows])
        fitted = _surface(samples.feet[rows], target)
        result[rows] = np.exp(fitted, out=fitted)
    return np.maximum(result, 1.0, out=result)


def _surface(feet: Floats, target: Floats) -> Floats:
    """Return values (n,) of a smooth surface over places (n, 2) through targets (n,).

    Whatever is as large as all samples is worked out in place: there are a million of them in two hours.
    """
    count = len(target)
    middle = np.median(feet, axis=0)
    spread = np.maximum(np.ptp(feet, axis=0), 1.0)
    design = np.ones((count, 1 if count < 200 else 6))
    if count >= 200:
        np.divide(feet - middle, spread, out=design[:, 1:3])
        x, y = design[:, 1], design[:, 2]
        for column, (one, other) in enumerate(((x, y), (x, x), (y, y)), start=3):
            np.multiply(one, other, out=design[:, column])
    fitted = np.full(count, np.median(target))
    residual, scaled = np.empty(count), np.empty_like(design)
    ridge = 1e-6 * count * np.eye(design.shape[1])
    for _ in range(4):
        np.subtract(target, fitted, out=residual)
        size = max(1.5 * float(np.median(np.abs(residual), overwrite_input=True)), 0.02)
        residual /= 2.0 * size
        residual *= residual
        residual += 1.0
        weight = np.divide(1.0, residual, out=residual)
        np.multiply(design, weight[:, None], out=scaled)
        np.matmul(design, np.linalg.solve(scaled.T @ design + ridge, scaled.T @ target), out=fitted)
    return fitted


def _fit(
    samples: _Samples, height: Floats, row: Integers, piece: Integers, runs: Integers, *, last: bool
) -> tuple[Floats, Floats, Floats, Floats]:
    """Fit a straight motion at one end of every piece (weighted least squares, prior on speed).

    Returns:
        position (n, 2) pixels, velocity (n, 2) heights a second, covariance (n, 2, 3), height (n,).
    """
    n = len(runs)
    anchor = runs[:, 1] - 1 if last else runs[:, 0]
    elapsed = samples.time[row] - samples.time[anchor][piece]
    near = np.abs(elapsed) <= MOTION_WINDOW
    elapsed, of, chosen = elapsed[near], piece[near], row[near]
    unit = height[anchor]
    offset = (samples.feet[chosen] - samples.feet[anchor][of]) / unit[of][:, None]
    weight = 1.0 / (POSITION_NOISE**2 + (TURNING * elapsed**2 / 2.0) ** 2)
    a = np.bincount(of, weight, n)
    b = np.bincount(of, weight * elapsed, n)
    c0 = np.bincount(of, weight * elapsed**2, n)
    position = np.zeros((n, 2))
    velocity = np.zeros((n, 2))
    covariance = np.zeros((n, 2, 3))
    for axis in range(2):
        c = c0 + 1.0 / SPEED_PRIOR[axis] ** 2
        p = np.bincount(of, weight * offset[:, axis], n)
        q = np.bincount(of, weight * elapsed * offset[:, axis], n)
        determinant = np.maximum(a * c - b * b, 1e-12)
        position[:, axis] = (c * p - b * q) / determinant
        velocity[:, axis] = (a * q - b * p) / determinant
        covariance[:, axis] = np.stack([c, -b, a], axis=1) / determinant[:, None]
    return samples.feet[anchor] + position * unit[:, None], velocity, covariance, unit


def _spread_of_speed(first: Floats, last: Floats, known: Flags) -> Floats:
    """Return the game's own standard deviation of velocity, pulled to the prior when little is known."""
    both = np.concatenate([first[known], last[known]])
    total = (both**2).sum(axis=0) + 20.0 * SPEED_PRIOR**2
    return np.asarray(np.sqrt(total / (len(both) + 20.0)), dtype=np.float64)


def _median_by(values: Floats, group: Integers, counts: Integers) -> Floats:
    """Return the median of each group's values; groups are 0..n-1 and none is empty."""
    order = np.lexsort((values, group))
    heads = np.cumsum(counts) - counts
    middle = heads + (counts - 1) // 2
    return np.asarray(values[order][middle] if len(counts) else np.zeros(0), dtype=np.float64)
