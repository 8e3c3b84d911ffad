"""What kind of camera filmed a game: as the person said, unless the analysis saw otherwise."""

from collections.abc import Mapping
from dataclasses import replace

from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.setup import Setup

CAMERA_MOVES = "camera_moves"
"""Among the figures of stage `analyse`."""
STILL, TURNING = "fixed_wide", "panning"


def as_seen(setup: Setup, figures: Mapping[str, JsonValue]) -> Setup:
    """Return a setup whose camera is not said to stand still when it was seen to move.

    Nobody has to say how a game was filmed, and a camera that is taken for one that sees all of the ice makes
    everybody who leaves the picture leave the ice.

    Args:
        setup: as the person left it.
        figures: of the analysis; those of one that is not finished say nothing.
    """
    if figures.get(CAMERA_MOVES) is not True or setup.settings.camera != STILL:
        return setup
    return replace(setup, settings=setup.settings.changed({"camera": TURNING}))
