"""Why there are more tracklets than there have to be: what happened between two of one person."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shiftclipper.tracklets import Ending, Tracklet
from shiftclipper.vision.observations import FrameObservations

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]

CAUSES = {
    "contact": "broken at a doubt",
    "twice": "two of one person at a time",
    "hidden": "behind somebody",
    "edge": "cut off by the picture's edge",
    "jolt": "the camera jerks",
    "missed": "not detected twice or more",
    "open": "none of these",
    "nobody": "tracklets of no person",
    "never": "people without any, who make it fewer",
}
"""A break is given the first of these that fits; the last two are no breaks."""
SHORT = 0.5
"""Seconds; breaks beside shorter tracklets are counted apart."""
HIDDEN = 0.8
"""Of whom less than this is visible, he is behind somebody."""
NEAR_EDGE = 0.15
"""Body heights from the picture's side within which people are cut off by it."""
JOLT = 0.3
"""Body heights by which the picture moves, unknown to the tracker, from one to the next."""
APART = 0.5
"""Seconds; after longer absences somebody is present anew."""


@dataclass(frozen=True)
class Truth:
    """People in the sampled pictures of one film."""

    times: list[float]
    people: list[Numbers]
    boxes: list[Floats]
    visible: list[Floats]
    motions: list[Floats]
    colours: list[Floats] | None = None
    width: int = 1280
    """Of the picture, in pixels."""


class Breaks:
    """Counts of CAUSES, of one film or of several added up."""

    def __init__(self) -> None:
        """Begin with none."""
        self.count: Counter[str] = Counter()
        self.short: Counter[str] = Counter()

    def __add__(self, other: "Breaks") -> "Breaks":
        total = Breaks()
        for one in (self, other):
            total.count.update(one.count)
            total.short.update(one.short)
        return total

    def add(
        self,
        truth: Truth,
        observations: Sequence[FrameObservations],
        owners: Sequence[Numbers],
        tracklets: Sequence[Tracklet],
        spans: Sequence[tuple[int, int, int]],
    ) -> None:
        """Count the breaks of one film.

        Args:
            truth, observations: of the same pictures.
            owners: whose each detection of each picture is.
            tracklets: what was made of them.
            spans: of each its main person (-1 for nobody), its first and its last picture.
        """
        step = truth.times[1] - truth.times[0]
        for person in np.unique(np.concatenate(truth.people)).tolist():
            there = np.flatnonzero([person in some for some in truth.people])
            mine = sorted((low, high, k) for k, (main, low, high) in enumerate(spans) if main == person)
            for part in np.split(there, np.flatnonzero(np.diff(there) * step > APART) + 1):
                inside = [one for one in mine if part[0] <= one[0] <= part[-1]]
                if not inside:
                    self.count["never"] -= 1
                for (_, low, one), (high, _, other) in pairwise(inside):
                    pair = tracklets[one], tracklets[other]
                    self._found(_cause(truth, observations, owners, person, pair, (low, high)), pair, step)
        for tracklet, (main, _, _) in zip(tracklets, spans, strict=True):
            if main < 0:
                self._found("nobody", (tracklet,), step)

    def _found(self, cause: str, tracklets: tuple[Tracklet, ...], step: float) -> None:
        self.count[cause] += 1
        self.short[cause] += min(len(one.times) for one in tracklets) * step < SHORT

    def table(self, minutes: float) -> str:
        """Return one line for each cause, of so many minutes that people were in the picture."""
        return "\n".join(
            f"    {CAUSES[cause]:38} {self.count[cause] / minutes:6.2f} a minute and person, "
            f"{self.short[cause] / minutes:5.2f} of them beside a tracklet under {SHORT} s"
            for cause in CAUSES
        )


def _cause(
    truth: Truth,
    observations: Sequence[FrameObservations],
    owners: Sequence[Numbers],
    person: int,
    pair: tuple[Tracklet, Tracklet],
    gap: tuple[int, int],
) -> str:
    """Say what happened between two tracklets of a person, between two pictures."""
    if Ending.CONTACT in (pair[0].ends, pair[1].begins):
        return "contact"
    low, high = gap
    if high <= low:
        return "twice"
    rows = [(k, np.flatnonzero(truth.people[k] == person)) for k in range(low, high + 1)]
    boxes = np.concatenate([truth.boxes[k][row] for k, row in rows])
    visible = np.concatenate([truth.visible[k][row] for k, row in rows])
    tall = float(np.median(boxes[:, 3] - boxes[:, 1])) if len(boxes) else 1.0
    unknown = [truth.motions[k] - observations[k].motion for k in range(low + 1, high + 1)]
    missed = [k for k in range(low + 1, high) if person in truth.people[k] and person not in owners[k]]
    if len(visible) and visible.min() < HIDDEN:
        return "hidden"
    margin = NEAR_EDGE * tall
    if len(boxes) and (boxes[:, 0].min() < margin or boxes[:, 2].max() > truth.width - margin):
        return "edge"
    if max(float(np.hypot(*motion[:, 2])) for motion in unknown) > JOLT * tall:
        return "jolt"
    return "missed" if len(missed) >= 2 else "open"
