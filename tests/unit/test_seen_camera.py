"""A game that was filmed with a moving camera is not taken for one whose camera sees all of the ice."""

import numpy as np
import pytest

from shiftclipper.jobs.seen_camera import as_seen
from shiftclipper.jobs.settings import load_preset
from shiftclipper.jobs.setup import Setup
from shiftclipper.vision.observations import FrameObservations, camera_moves


def pictures(moving):
    """Ten pictures, of which so many moved against the one before."""
    none = np.zeros((0, 4), np.float32)
    made = []
    for number in range(10):
        motion = np.eye(2, 3)
        if number < moving:
            motion[0, 2] = 3.0
        made.append(
            FrameObservations(
                time=number / 10,
                boxes=none,
                scores=np.zeros(0, np.float32),
                colours=np.zeros((0, 0), np.float32),
                kit=np.zeros((0, 0), np.float32),
                roles=np.zeros((0, 3), np.float32),
                sharpness=np.zeros(0, np.float32),
                motion=motion,
                cut=False,
            )
        )
    return made


@pytest.mark.parametrize(("moving", "moves"), [(0, False), (1, False), (4, True), (10, True)])
def test_a_touch_is_no_turn(moving, moves):
    assert camera_moves(pictures(moving)) is moves
    assert camera_moves([]) is False


@pytest.mark.parametrize(
    ("said", "figures", "camera"),
    [
        ("fixed_wide", {"camera_moves": True}, "panning"),
        ("fixed_wide", {"camera_moves": False}, "fixed_wide"),
        ("fixed_wide", {}, "fixed_wide"),
        ("phone", {"camera_moves": True}, "phone"),
        ("broadcast", {"camera_moves": False}, "broadcast"),
    ],
)
def test_what_was_seen_outweighs_that_nobody_said_anything(said, figures, camera):
    setup = Setup(settings=load_preset(said).settings.changed({"shift_mean": 33.0}))
    seen = as_seen(setup, figures)
    assert seen.settings.camera == camera
    assert seen.settings.shift_mean == 33.0
