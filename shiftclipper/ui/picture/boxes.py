"""Where people are in the picture at a moment, as analysis saw them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shiftclipper.jobs.store import Store
from shiftclipper.tracklets import REACH, Tracklet
from shiftclipper.vision.observations import unpack_observations

_LEAST_SCORE = 0.3
_GROW = 0.15
"""Share of a box by which the mouse may miss it."""
MOVING = 0.6
"""The same while the film plays, where people move away from under it."""


@dataclass(frozen=True, slots=True)
class Box:
    """One person in one picture, in pixels of the displayed source picture."""

    left: float
    top: float
    right: float
    bottom: float
    tracklet: int | None = None
    """Id of the tracklet; None while people were not followed yet."""

    @property
    def centre(self) -> tuple[float, float]:
        """x and y of the middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def area(self) -> float:
        """Square pixels."""
        return (self.right - self.left) * (self.bottom - self.top)

    def holds(self, x: float, y: float, grow: float = _GROW) -> bool:
        """Say whether a point is in it, or misses it by little: a share of it, to each side."""
        wide, high = (self.right - self.left) * grow, (self.bottom - self.top) * grow
        return self.left - wide <= x <= self.right + wide and self.top - high <= y <= self.bottom + high


def box_at(boxes: Sequence[Box], x: float, y: float, grow: float = _GROW) -> Box | None:
    """Return the box that somebody who points at (x, y) means: of several the one whose middle is nearest."""
    under = [box for box in boxes if box.holds(x, y, grow)]
    return min(under, key=lambda box: _miss(box, x, y), default=None)


def _box(edges: NDArray[np.floating], tracklet: int | None = None) -> Box:
    left, top, right, bottom = (float(edge) for edge in edges)
    return Box(left, top, right, bottom, tracklet)


def _miss(box: Box, x: float, y: float) -> float:
    """Return how far a point is from the middle, in halves of the box."""
    middle_x, middle_y = box.centre
    wide, high = max(box.right - box.left, 1.0), max(box.bottom - box.top, 1.0)
    return ((x - middle_x) / wide) ** 2 + ((y - middle_y) / high) ** 2


class Boxes:
    """The boxes of a game at any time."""

    def __init__(self, tracklets: Sequence[Tracklet] = ()) -> None:
        """Take the tracklets of a game; `of_samples` takes what is there before them."""
        self._tracklets = {tracklet.id: tracklet for tracklet in tracklets}
        self._ids = np.array([tracklet.id for tracklet in tracklets], dtype=np.int64)
        self._starts = np.array([tracklet.start for tracklet in tracklets])
        self._ends = np.array([tracklet.end for tracklet in tracklets])
        self._times: NDArray[np.float64] = np.zeros(0)
        self._samples: list[NDArray[np.float32]] = []

    @classmethod
    def of_samples(cls, samples: Sequence[tuple[float, NDArray[np.float32]]]) -> "Boxes":
        """Take times in seconds, ascending, and the boxes (n, 4) seen then."""
        made = cls()
        made._times = np.array([time for time, _ in samples], dtype=np.float64)
        made._samples = [boxes for _, boxes in samples]
        return made

    def __bool__(self) -> bool:
        """Say whether anybody was seen yet."""
        return bool(self._tracklets) or bool(self._samples)

    def at(self, time: float) -> list[Box]:
        """Return the boxes of a moment, in seconds of game time."""
        if self._samples:
            return self._seen_at(time)
        near = (self._starts - REACH <= time) & (time <= self._ends + REACH)
        found = (self.of_tracklet(int(number), time) for number in self._ids[near])
        return [box for box in found if box is not None]

    def of_tracklet(self, number: int, time: float) -> Box | None:
        """Return where somebody who is followed is at a moment; None when he is not in sight."""
        tracklet = self._tracklets.get(number)
        edges = None if tracklet is None else tracklet.box_at(time)
        return None if edges is None else _box(edges, number)

    def people(self, duration: float, parts: int) -> NDArray[np.float32]:
        """Return how many people are in sight in the middle of each of `parts` equal parts of the game.

        Args:
            duration: of the game in seconds, greater than 0.
            parts: how many.

        Returns:
            (parts,); 0 where nothing was looked at yet.
        """
        middles = (np.arange(parts) + 0.5) * duration / parts
        if not self._samples:
            begun = np.searchsorted(np.sort(self._starts), middles, side="right")
            gone = np.searchsorted(np.sort(self._ends), middles, side="left")
            return (begun - gone).astype(np.float32)
        counts = np.array([len(boxes) for boxes in self._samples], np.float32)
        after = np.searchsorted(self._times, middles).clip(0, len(counts) - 1)
        near = np.abs(self._times[after] - middles) <= duration / parts + 1.0
        return np.where(near, counts[after], 0).astype(np.float32)

    def _seen_at(self, time: float) -> list[Box]:
        after = int(np.searchsorted(self._times, time))
        near = [place for place in (after - 1, after) if 0 <= place < len(self._times)]
        place = min(near, key=lambda one: abs(float(self._times[one]) - time))
        if abs(float(self._times[place]) - time) > REACH:
            return []
        return [_box(edges) for edges in self._samples[place]]


def open_boxes(store: Store, job_id: str) -> Boxes:
    """Return what is known of where people are; reads much: not for the GUI thread."""
    tracklets = store.tracklets(job_id)
    if tracklets:
        return Boxes(tracklets)
    samples = [
        (seen.time, seen.boxes[seen.scores >= _LEAST_SCORE])
        for chunk in store.chunks(job_id)
        for seen in unpack_observations(chunk.observations)
    ]
    return Boxes.of_samples(samples)
