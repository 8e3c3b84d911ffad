"""Leaps between pictures of a turning camera that the motion knows nothing of."""

import numpy as np

from shiftclipper.vision.lens import Poses, small_rotations
from shiftclipper.vision.trust import without_leaps

KEYFRAMES = 600


def leaping(random: np.random.Generator) -> tuple[Poses, np.ndarray]:
    """Return poses with a leap at every keyframe, and the small steps that the motion saw instead."""
    turns = small_rotations(random.normal(0, 0.01, (KEYFRAMES, 3)))
    rotation = small_rotations(random.normal(0, 0.5, (KEYFRAMES, 3)))
    return Poses(rotation, np.full(KEYFRAMES, 1000.0)), turns


def test_hundreds_of_leaps_are_taken_out_and_poses_stay_rotations() -> None:
    poses, turns = leaping(np.random.default_rng(1))
    mended = without_leaps(poses, turns, set(range(1, KEYFRAMES))).rotation
    upright = np.tile(np.eye(3), (KEYFRAMES, 1, 1))
    np.testing.assert_allclose(mended @ mended.transpose(0, 2, 1), upright, atol=1e-9)
    steps = mended[1:] @ mended[:-1].transpose(0, 2, 1)
    np.testing.assert_allclose(steps, turns[1:], atol=1e-9)


def test_what_lies_between_two_leaps_stays_as_it_is() -> None:
    poses, turns = leaping(np.random.default_rng(2))
    mended = without_leaps(poses, turns, {200, 400}).rotation
    for first, last in ((0, 199), (200, 399), (400, KEYFRAMES - 1)):
        before = poses.rotation[last] @ poses.rotation[first].T
        np.testing.assert_allclose(mended[last] @ mended[first].T, before, atol=1e-9)
