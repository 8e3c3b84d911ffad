"""The plain data that `vision` produces and `identity` consumes: tracklets of people, and their numbers."""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

COLOUR_BINS = 24
"""Length of a torso colour histogram: 12 hues of saturated pixels, then 12 greys from black to white."""
KIT_PARTS = 5
"""Helmet, shoulders, waist, trousers, socks."""
KIT_VALUES = 3 * KIT_PARTS
"""Numbers that say what somebody wears: for each part how light it is, how much redder than green and how
much bluer than green, as differences of cube roots of its share of the ice's light (1 is as light as ice)."""

ROLES = ("skater", "goalie", "official")
"""What people are on the ice for, in the order of every array of roles."""


class Ending(StrEnum):
    """Why a tracklet begins or ends where it does."""

    OPEN = "open"
    """In the open picture: hidden, missed, or off through a gate."""
    CONTACT = "contact"
    """At a contact where the tracker would not guess who is who."""
    EDGE = "edge"
    """At the edge of the picture."""
    CUT = "cut"
    """At a cut of the picture."""
    VIDEO = "video"
    """Where the video itself begins or ends."""
    GATE = "gate"
    """Cut where it is nearest to a gate: it may be of another person from there on."""


REACH = 0.12
"""Seconds; a box is that of pictures this near to the one it was seen in."""
GAP = 0.5
"""Seconds; between boxes of a tracklet farther apart than this nobody knows where the person was."""


@dataclass(frozen=True, slots=True, eq=False)
class Tracklet:
    """A short run of boxes surely of one person."""

    id: int
    """Unique inside one game, ascending by start time."""
    times: NDArray[np.float64]
    """(n,) seconds of game time, strictly ascending."""
    boxes: NDArray[np.float32]
    """(n, 4) x1 y1 x2 y2 in pixels of the displayed (rotated) source picture."""
    scores: NDArray[np.float32]
    """(n,) detection scores, 0 to 1."""
    feet: NDArray[np.float32]
    """(n, 2) x y of the feet, the camera's motion taken out, in pixels of the scene's first picture."""
    scale: NDArray[np.float32]
    """(n,) stabilised pixels per picture pixel at that time; box height * scale is the stabilised height."""
    scene: int
    """Number of the continuous shot; positions of different scenes say nothing about each other."""
    colour: NDArray[np.float32]
    """(COLOUR_BINS,) mean torso histogram that sums to 1, or zeros when the torso was never clear."""
    begins: Ending
    ends: Ending
    kit: NDArray[np.float32] = field(default_factory=lambda: np.zeros(KIT_VALUES, np.float32))
    """(KIT_VALUES,) what the person wears, or zeros when that was never clear."""
    roles: NDArray[np.float32] = field(default_factory=lambda: np.zeros(len(ROLES), np.float32))
    """(3,) probabilities of ROLES as the detector saw it, or zeros when it does not tell."""

    @property
    def start(self) -> float:
        """Time of the first box, in seconds of game time."""
        return float(self.times[0])

    @property
    def end(self) -> float:
        """Time of the last box, in seconds of game time."""
        return float(self.times[-1])

    def box_at(self, time: float) -> NDArray[np.float32] | None:
        """Return the box (4,) at a moment, straight between the boxes around it; None when out of sight."""
        times = self.times
        after = int(np.searchsorted(times, time))
        left, right = max(after - 1, 0), min(after, len(times) - 1)
        if min(abs(times[left] - time), abs(times[right] - time)) > REACH and (
            left == right or times[right] - times[left] > GAP
        ):
            return None
        span = float(times[right] - times[left])
        share = min(1.0, max(0.0, (time - float(times[left])) / span)) if span > 0 else 0.0
        return np.asarray(self.boxes[left] * (1 - share) + self.boxes[right] * share, np.float32)


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What the back of somebody in a tracklet seemed to say in one picture."""

    tracklet: int
    """Its id."""
    time: float
    """Seconds of game time."""
    number: str
    """One or two digits."""
    probability: float
    """What the reader gave to this text, 0 to 1; not how often it is right."""
