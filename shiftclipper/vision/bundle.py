"""Turns and focal lengths of many pictures fitted to everything that was recognised in pairs of them.

A bundle adjustment over turns alone (Brown and Lowe, IJCV 2007): Gauss and Newton, with little trust in
whatever contradicts the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import bsr_matrix
from scipy.sparse.linalg import splu

from shiftclipper.vision.lens import Poses, rays, small_rotations

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]

FOCAL_SPREAD = 0.4
"""Standard deviation of the log of the focal length around the first guess."""
ROUNDS = 12
DAMPING = 1e-5
"""Share of the diagonal added to it at first."""
ENOUGH = 1e-5
"""Share of the misfit; a round that gains less is the last."""
FARTHEST = 3.0
"""Factor by which a focal length may leave the guesses."""
PAIRS_AT_ONCE = 1000
"""Pairs whose equations are worked out together, to bound the memory."""
LARGEST_STEP = 0.15
"""Radians by which a round may turn a picture."""


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Two keyframes that show a place, by their numbers."""

    first: int
    second: int
    here: Array
    """(k, 2) pixels in the first."""
    there: Array
    """(k, 2) pixels in the second."""
    noise: float
    """Pixels."""


def adjust(poses: Poses, pairs: Sequence[Pair], middle: Array, guess: Array) -> Poses:
    """Fit pictures to pairs of them; the first one's turn is kept.

    Reweighted by Cauchy's rule pair by pair, and damped (Levenberg and Marquardt): no round makes it worse.

    Args:
        poses: m of them, from which the fit begins.
        pairs: together they join all m.
        middle: (2,) the picture's middle, in pixels.
        guess: (m,) focal lengths to which the fit is drawn a little.
    """
    sum_up = _Sums(pairs, middle, guess)
    now, best = poses, sum_up.at(poses)
    damping = DAMPING
    for _ in range(ROUNDS):
        solved = _solve(best, damping)
        if solved is None:
            damping *= 30
            continue
        step = np.clip(solved, -LARGEST_STEP, LARGEST_STEP)
        focal = np.clip(now.focal * np.exp(step[:, 3]), guess.min() / FARTHEST, guess.max() * FARTHEST)
        tried = Poses(small_rotations(step[:, :3]) @ now.rotation, focal)
        found = sum_up.at(tried)
        # Whatever is not a number is not better either.
        if found.cost < best.cost:
            gained = best.cost - found.cost
            now, best, damping = tried, found, damping / 10
            if gained < ENOUGH * best.cost:
                break
        else:
            damping *= 30
    return now


def misfits(poses: Poses, pairs: Sequence[Pair], middle: Array) -> Array:
    """Return (p,) by how many times its noise each pair misses the poses, root of the mean square."""
    if not pairs:
        return np.zeros(0)
    return np.asarray(np.sqrt(2 * _Sums(pairs, middle, poses.focal).misfit(poses)), dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class _Equations:
    """The normal equations of small changes of m poses, and how badly the poses fit.

    Their matrix is symmetric and has blocks (4, 4): one for each pose, and q of two poses that share pairs.
    """

    cost: float
    own: Array
    """(m, 4, 4) of each pose and itself."""
    shared: Array
    """(q, 4, 4) of the poses `first` and `second`."""
    first: Numbers
    second: Numbers
    """(q,) poses; no two of the q are the same."""
    side: Array
    """(m, 4)."""


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Some of the pairs, k of them, with their n points."""

    first: Numbers
    second: Numbers
    """(k,) keyframes of each pair."""
    here: Array
    there: Array
    """(n, 2) as in `Pair`."""
    starts: Numbers
    """(k,) first point of each pair."""
    counts: Numbers
    """(k,) points of each pair."""
    noise: Array
    """(k,) pixels."""

    @property
    def owner(self) -> Numbers:
        """(n,) which of the pairs each point belongs to."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    def squared(self, error: Array) -> Array:
        """Return (k,) half the mean squared error of each pair, in its noise, of errors (n, 2)."""
        return np.add.reduceat((error**2).sum(axis=1), self.starts) / self.counts / 2 / self.noise**2


@dataclass(frozen=True, slots=True, eq=False)
class _Projected:
    """Points seen in the first picture of a pair, where the poses put them in the second."""

    start: Array
    """(n, 3) rays in the first picture."""
    turn: Array
    """(n, 3, 3) from the first picture to the second."""
    seen: Array
    """(n, 3) rays in the second."""
    ahead: Array
    """(n,) how far ahead that is."""
    length: Array
    """(n,) focal length of the second, in pixels."""
    error: Array
    """(n, 2) pixels."""


class _Sums:
    """Adds up the pairs' normal equations, PAIRS_AT_ONCE after the other: on the way a pair takes 10 KB."""

    def __init__(self, pairs: Sequence[Pair], middle: Array, guess: Array) -> None:
        counts = np.array([len(pair.here) for pair in pairs], dtype=np.int64)
        starts = np.concatenate([[0], np.cumsum(counts)])
        noise = np.array([pair.noise for pair in pairs])
        here = np.concatenate([pair.here for pair in pairs])
        there = np.concatenate([pair.there for pair in pairs])
        self._first = np.array([pair.first for pair in pairs], dtype=np.int64)
        self._second = np.array([pair.second for pair in pairs], dtype=np.int64)
        self._counts, self._middle, self._guess = counts, middle, guess
        keys, self._block = np.unique(self._first * len(guess) + self._second, return_inverse=True)
        self._ends = keys // len(guess), keys % len(guess)
        self._parts = []
        for low in range(0, len(counts), PAIRS_AT_ONCE):
            high = min(low + PAIRS_AT_ONCE, len(counts))
            points = slice(starts[low], starts[high])
            self._parts.append(
                _Part(
                    first=self._first[low:high],
                    second=self._second[low:high],
                    here=here[points],
                    there=there[points],
                    starts=starts[low:high] - starts[low],
                    counts=counts[low:high],
                    noise=noise[low:high],
                )
            )

    def misfit(self, poses: Poses) -> Array:
        """Return (p,) half the mean squared error of each pair, in its noise."""
        errors = (_projected(poses, part, self._middle).error for part in self._parts)
        return np.concatenate([part.squared(error) for part, error in zip(self._parts, errors, strict=True)])

    def at(self, poses: Poses) -> _Equations:
        """Return the equations around some poses."""
        squared, blocks, sides = zip(
            *(_part_equations(poses, part, self._middle) for part in self._parts), strict=True
        )
        misfit = np.concatenate(squared)
        count, first, second = len(self._guess), self._first, self._second
        # Of a long game, what is said of every pair is large: it is summed up pose by pose and let go of.
        first_own, shared, second_own = (np.concatenate(some) for some in zip(*blocks, strict=True))
        first_side, second_side = (np.concatenate(some) for some in zip(*sides, strict=True))
        off = np.log(self._guess / poses.focal)
        side = _summed(first, first_side, count) + _summed(second, second_side, count)
        side[:, 3] += off / FOCAL_SPREAD**2
        return _Equations(
            cost=float(
                (4 * self._counts * np.log1p(misfit / 4)).sum() + ((off / FOCAL_SPREAD) ** 2).sum() / 2
            ),
            own=_summed(first, first_own, count) + _summed(second, second_own, count),
            shared=_summed(self._block, shared, len(self._ends[0])),
            first=self._ends[0],
            second=self._ends[1],
            side=side,
        )


def _summed(which: Numbers, values: Array, count: int) -> Array:
    """Return (count, ...) sums of the values (p, ...) that belong to each number in `which` (p,)."""
    width = values[0].size
    places = (width * which[:, None] + np.arange(width)).ravel()
    sums = np.bincount(places, values.ravel(), width * count).reshape(count, *values.shape[1:])
    return np.asarray(sums, dtype=np.float64)


def _part_equations(poses: Poses, part: _Part, middle: Array) -> tuple[Array, list[Array], list[Array]]:
    """Return half the mean squared errors (k,) of some pairs, their blocks and sides; see `_Equations`."""
    projected = _projected(poses, part, middle)
    error = projected.error
    squared = part.squared(error)
    weight = (1 / part.noise**2 / (1 + squared / 4))[part.owner]
    by_first, by_second = _slopes(projected, part.there, middle)
    blocks = [
        np.add.reduceat(np.einsum("n,nki,nkj->nij", weight, one, other), part.starts)
        for one, other in ((by_first, by_first), (by_first, by_second), (by_second, by_second))
    ]
    sides = [
        -np.add.reduceat(np.einsum("n,nki,nk->ni", weight, one, error), part.starts)
        for one in (by_first, by_second)
    ]
    return squared, blocks, sides


def _projected(poses: Poses, part: _Part, middle: Array) -> _Projected:
    """Put the points of pairs where the poses have them in the second picture."""
    rotation, focal, owner = poses.rotation, poses.focal, part.owner
    first, second = part.first[owner], part.second[owner]
    start = rays(part.here, focal[first], middle)
    turn = rotation[second] @ rotation[first].transpose(0, 2, 1)
    seen = np.einsum("nij,nj->ni", turn, start)
    ahead = np.maximum(seen[:, 2], 0.1)
    length = focal[second]
    error = seen[:, :2] / ahead[:, None] * length[:, None] + middle - part.there
    return _Projected(start, turn, seen, ahead, length, error)


def _slopes(projected: _Projected, there: Array, middle: Array) -> tuple[Array, Array]:
    """Return the slopes (n, 2, 4) of the errors by the poses of the first and of the second picture.

    A pose is changed by a small turn about the camera's axes and by the log of its focal length.
    """
    start, seen, ahead, length = projected.start, projected.seen, projected.ahead, projected.length
    slope = np.zeros((len(start), 2, 3))
    slope[:, 0, 0] = slope[:, 1, 1] = length / ahead
    slope[:, :, 2] = -seen[:, :2] * (length / ahead**2)[:, None]
    by_second = np.empty((len(start), 2, 4))
    by_second[:, :, :3] = -slope @ _cross(seen)
    by_second[:, :, 3] = projected.error + there - middle
    by_first = np.empty((len(start), 2, 4))
    through = slope @ projected.turn
    by_first[:, :, :3] = through @ _cross(start)
    stretched = start.copy()
    stretched[:, 2] = 0
    by_first[:, :, 3] = -np.einsum("nij,nj->ni", through, stretched)
    return by_first, by_second


def _cross(vectors: Array) -> Array:
    """Return the matrices (n, 3, 3) that take cross products with vectors (n, 3)."""
    result = np.zeros((len(vectors), 3, 3))
    x, y, z = vectors.T
    result[:, 0, 1], result[:, 0, 2], result[:, 1, 2] = -z, y, -x
    result[:, 1, 0], result[:, 2, 0], result[:, 2, 1] = z, -y, x
    return result


def _solve(said: _Equations, damping: float) -> Array | None:
    """Solve the damped normal equations for the step (m, 4) of every pose; None where that has no answer."""
    count = len(said.own)
    own = said.own.copy()
    diagonal = np.einsum("nii->ni", own)
    diagonal += 1e-9 + damping * diagonal
    # The first pose's turn is held; focal lengths are drawn to the first guess.
    diagonal[:, 3] += 1 / FOCAL_SPREAD**2
    diagonal[0, :3] += 1e12
    poses = np.arange(count)
    rows = np.concatenate([poses, said.first, said.second])
    columns = np.concatenate([poses, said.second, said.first])
    order = np.lexsort((columns, rows))
    blocks = np.concatenate([own, said.shared, said.shared.transpose(0, 2, 1)])[order]
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=count))])
    matrix = bsr_matrix((blocks, columns[order], starts), shape=(4 * count, 4 * count)).tocsc()
    try:
        # No pivots are looked for: a positive definite matrix needs none, and they fill it up.
        solver = splu(
            matrix, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True}
        )
    except RuntimeError:  # SuperLU's word for a singular matrix.
        return None
    step = np.asarray(solver.solve(said.side.ravel()), dtype=np.float64).reshape(count, 4)
    return step if np.isfinite(step).all() else None
