"""Tracklets whose boxes a test chooses."""

from collections.abc import Callable

import numpy as np

from shiftclipper.tracklets import COLOUR_BINS, Ending, Tracklet


def made_tracklet(
    number: int,
    start: float,
    end: float,
    middle: Callable[[float], tuple[float, float]],
    *,
    tall: float = 40.0,
    rate: float = 10.0,
    scene: int = 0,
) -> Tracklet:
    """Return somebody who is half as wide as tall and moves as `middle` of the time says, in pixels."""
    times = np.arange(round((end - start) * rate) + 1) / rate + start
    middles = np.array([middle(float(time)) for time in times])
    half = np.array([tall / 4, tall / 2])
    boxes = np.hstack([middles - half, middles + half]).astype(np.float32)
    return Tracklet(
        id=number,
        times=times,
        boxes=boxes,
        scores=np.ones(len(times), np.float32),
        feet=boxes[:, 2:].copy(),
        scale=np.ones(len(times), np.float32),
        scene=scene,
        colour=np.zeros(COLOUR_BINS, np.float32),
        begins=Ending.VIDEO,
        ends=Ending.VIDEO,
    )
