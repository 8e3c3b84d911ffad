"""How pictures of a turning camera are fitted to what was recognised in pairs of them."""

import tracemalloc

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import csc_matrix
from scipy.sparse.linalg import SuperLU, splu

from shiftclipper.vision import bundle
from shiftclipper.vision.bundle import PAIRS_AT_ONCE, Pair, adjust, misfits
from shiftclipper.vision.lens import Poses, rays, small_rotations, to_pixels

Array = NDArray[np.float64]

MIDDLE = np.array([640.0, 360.0])
KEYFRAMES = 40
POINTS = 30


def turned(random: np.random.Generator, spread: float) -> Poses:
    """Poses of a camera that turned by chance, with focal lengths near 1000."""
    angles = random.normal(0, spread, (KEYFRAMES, 3))
    angles[0] = 0
    return Poses(small_rotations(angles), 1000 * np.exp(random.normal(0, spread, KEYFRAMES)))


def seen(poses: Poses, first: int, second: int, here: Array) -> Array:
    """Where points of the first picture lie in the second."""
    one, other = np.array([first]), np.array([second])
    turn = poses.rotation[second] @ poses.rotation[first].T
    return to_pixels(rays(here, poses.focal[one], MIDDLE) @ turn.T, poses.focal[other], MIDDLE)


def pairs_of(poses: Poses, count: int, random: np.random.Generator) -> list[Pair]:
    """Pairs of pictures, neighbours first, whose points are off by 2 pixels."""
    pairs = []
    for number in range(count):
        first = number % (KEYFRAMES - 1)
        second = first + 1 if number < KEYFRAMES - 1 else int(random.integers(first + 1, KEYFRAMES))
        here = random.uniform([0, 0], 2 * MIDDLE, (int(random.integers(POINTS // 2, POINTS)), 2))
        there = seen(poses, first, second, here) + random.normal(0, 2, here.shape)
        pairs.append(Pair(first, second, here, there, noise=2.0))
    return pairs


def test_a_pair_misses_the_poses_by_the_mean_square_of_its_points() -> None:
    random = np.random.default_rng(3)
    truth, other = turned(random, 0.05), turned(random, 0.05)
    pairs = pairs_of(truth, 100, random)
    plain = [
        np.sqrt(((seen(other, pair.first, pair.second, pair.here) - pair.there) ** 2).sum(axis=1).mean()) / 2
        for pair in pairs
    ]
    np.testing.assert_allclose(misfits(other, pairs, MIDDLE), plain, rtol=1e-9)


def test_many_pairs_miss_by_what_each_misses_alone() -> None:
    random = np.random.default_rng(4)
    poses = turned(random, 0.05)
    pairs = pairs_of(poses, PAIRS_AT_ONCE + 7, random)
    together = misfits(poses, pairs, MIDDLE)
    alone = np.concatenate([misfits(poses, [pair], MIDDLE) for pair in pairs])
    assert together.tobytes() == alone.tobytes()


def test_asking_for_misfits_takes_no_room_for_equations() -> None:
    random = np.random.default_rng(5)
    poses = turned(random, 0.05)
    pairs = pairs_of(poses, PAIRS_AT_ONCE, random)
    tracemalloc.start()
    try:
        misfits(poses, pairs, MIDDLE)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    points = sum(len(pair.here) for pair in pairs)
    # The slopes by eight parameters are 128 bytes for each point, and three times that on the way.
    assert peak < 400 * points


def test_fitted_pictures_miss_by_no_more_than_the_noise() -> None:
    random = np.random.default_rng(6)
    truth = turned(random, 0.05)
    pairs = pairs_of(truth, 200, random)
    guess = np.full(KEYFRAMES, 1000.0)
    begin = Poses(np.repeat(np.eye(3)[None], KEYFRAMES, axis=0), guess)
    fitted = adjust(begin, pairs, MIDDLE, guess)
    assert np.median(misfits(begin, pairs, MIDDLE)) > 20
    # Both coordinates have a spread of one noise each.
    assert 1.2 < np.median(misfits(fitted, pairs, MIDDLE)) < 1.6


def test_pictures_that_nothing_tells_apart_from_nonsense_stay_where_they_were() -> None:
    random = np.random.default_rng(5)
    poses = turned(random, 0.05)
    pairs = pairs_of(poses, 60, random)
    broken = [Pair(one.first, one.second, one.here * np.nan, one.there, one.noise) for one in pairs]
    np.testing.assert_allclose(adjust(poses, broken, MIDDLE, poses.focal).rotation, poses.rotation)


def test_solving_a_long_pan_fills_little_of_the_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(7)
    count, anchors = 1200, 12
    angles = np.zeros((count, 3))
    angles[:, 1] = 0.3 * np.sin(np.arange(count) / 15)
    truth = Poses(small_rotations(angles), np.full(count, 1000.0))
    steps = [(k, k + 1) for k in range(count - 1)]
    seen_again = [(int(one), k) for k in range(anchors, count) for one in random.choice(anchors, 2, False)]
    here = random.uniform([300, 200], [900, 500], (10, 2))
    pairs = [
        Pair(one, other, here, seen(truth, one, other, here) + random.normal(0, 1, here.shape), noise=1.0)
        for one, other in steps + seen_again
    ]
    filled: list[float] = []

    def recorded(matrix: csc_matrix, **options: object) -> SuperLU:
        solver = splu(matrix, **options)
        filled.append(solver.nnz / matrix.nnz)
        return solver

    monkeypatch.setattr(bundle, "splu", recorded)
    fitted = adjust(Poses(truth.rotation, np.full(count, 950.0)), pairs, MIDDLE, np.full(count, 950.0))
    assert np.median(misfits(fitted, pairs, MIDDLE)) < 1.6
    assert filled and max(filled) < 4
