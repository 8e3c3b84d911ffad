"""From detections to tracklets: runs of boxes that surely belong to one person."""

from collections.abc import Iterable

from shiftclipper.tracklets import Tracklet
from shiftclipper.vision.observations import FrameObservations


def track(observations: Iterable[FrameObservations], size: tuple[int, int]) -> list[Tracklet]:
    """Follow every person through the pictures, and stop where it would be a guess.

    A pure function: the same observations give the same tracklets.

    Args:
        observations: of the whole game, in time order.
        size: width and height of the displayed source picture, in pixels.
    """
    raise NotImplementedError
