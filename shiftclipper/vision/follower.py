"""Following people from picture to picture: the best guess, before anything later is known.

Boxes are given to the people followed by the Hungarian method, those of high score first and those of low
score to who is left, as in ByteTrack (Zhang et al., ECCV 2022). Who is not seen is followed blindly for a
second. Every doubt is left to `contacts`, which also knows what came afterwards.
"""

import numpy as np
from numpy.typing import NDArray

from shiftclipper.vision.association import assign, box_costs, likeness_costs
from shiftclipper.vision.detections import Detections
from shiftclipper.vision.kalman import new_states, predict, update

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]

HIGH_SCORE = 0.4
"""Detections from here on may be somebody new."""
LOW_SCORE = 0.15
"""Detections from here on may be somebody already followed."""
BLIND_SECONDS = 1.0
"""Longest time for which somebody is followed without being seen."""
BLIND_PER_BOX = 0.15
"""And no longer than this for each box seen so far, in seconds."""
STEADY = 3
"""Boxes after which somebody's velocity says how the picture drifts."""
COLOUR_MEMORY = 0.85


def follow(detections: Detections) -> Numbers:
    """Return a label (N,) for each detection: the same for one person as far as guessed, -1 for nobody."""
    follower = _Follower(detections)
    times, scenes, starts = detections.times, detections.scenes, detections.starts
    for k in range(len(times)):
        if k and scenes[k] == scenes[k - 1]:
            follower.move(float(times[k] - times[k - 1]))
        else:
            follower.forget()
        follower.see(np.arange(starts[k], starts[k + 1]), float(times[k]))
    return follower.labels


class _Follower:
    """The people followed at the moment: n rows in every array."""

    def __init__(self, detections: Detections) -> None:
        self._detections = detections
        self.labels = np.full(len(detections.boxes), -1)
        self._used = 0
        self.forget()

    def forget(self) -> None:
        """Follow nobody: a new scene begins."""
        none = np.zeros(0)
        self._states = new_states(np.zeros((0, 2)), none, none, np.zeros(2))
        self._label = np.zeros(0, dtype=np.int64)
        self._boxes = np.zeros(0, dtype=np.int64)
        self._seen = np.zeros(0)
        self._colour = np.zeros((0, self._detections.root_colours.shape[1]))

    def move(self, seconds: float) -> None:
        """Predict everybody by so many seconds."""
        if len(self._label):
            predict(self._states, np.full(len(self._label), seconds))

    def see(self, rows: Numbers, now: float) -> None:
        """Give the detections `rows` of one picture to people, and start to follow who is new."""
        scores = self._detections.scores[rows]
        high = rows[scores >= HIGH_SCORE]
        low = rows[(scores >= LOW_SCORE) & (scores < HIGH_SCORE)]
        left, idle = self._give(np.arange(len(self._label)), high, now)
        if len(low) and len(idle):
            self._give(idle, low, now)
        blind = now - self._seen
        lost = blind > np.minimum(BLIND_SECONDS, BLIND_PER_BOX * self._boxes)
        if lost.any():
            self._drop(lost)
        if len(left):
            self._start(left, now)

    def _give(self, people: Numbers, rows: Numbers, now: float) -> tuple[Numbers, Numbers]:
        """Give boxes to people; return the boxes and the people that are left."""
        if not len(people) or not len(rows):
            return rows, people
        d = self._detections
        states = self._states if len(people) == len(self._label) else self._states.take(people)
        costs = box_costs(states, d.feet[rows], d.height[rows], float(d.pixel[rows[0]]))
        costs += likeness_costs(self._colour[people], d.root_colours[rows])
        who, which = assign(costs)
        left = np.ones(len(rows), dtype=bool)
        left[which] = False
        idle = np.ones(len(people), dtype=bool)
        idle[who] = False
        who, which = people[who], rows[which]
        self.labels[which] = self._label[who]
        update(self._states, who, d.feet[which], d.height[which], d.pixel[which])
        self._boxes[who] += 1
        self._seen[who] = now
        self._blend(who, which)
        return rows[left], people[idle]

    def _blend(self, who: Numbers, which: Numbers) -> None:
        """Let people's colours follow what was seen of them."""
        new, old = self._detections.root_colours[which], self._colour[who]
        known = new.any(axis=1, keepdims=True)
        share = np.where(old.any(axis=1, keepdims=True), COLOUR_MEMORY, 0.0)
        mixed = np.where(known, share * old + (1 - share) * new, old)
        self._colour[who] = mixed / np.maximum(np.linalg.norm(mixed, axis=1, keepdims=True), 1e-6)

    def _drop(self, lost: NDArray[np.bool_]) -> None:
        kept = ~lost
        self._states = self._states.take(kept)
        self._label, self._boxes = self._label[kept], self._boxes[kept]
        self._seen, self._colour = self._seen[kept], self._colour[kept]

    def _start(self, rows: Numbers, now: float) -> None:
        d, count = self._detections, len(rows)
        steady = self._boxes >= STEADY
        drift = np.zeros(2)
        if steady.sum() >= STEADY:
            drift = np.median(self._states.velocity[steady], axis=0)
        states = new_states(d.feet[rows], d.height[rows], d.pixel[rows], drift)
        self._states = self._states.joined(states)
        self.labels[rows] = self._used + np.arange(count)
        self._used += count
        self._label = np.concatenate([self._label, self.labels[rows]])
        self._boxes = np.concatenate([self._boxes, np.ones(count, dtype=np.int64)])
        self._seen = np.concatenate([self._seen, np.full(count, now)])
        self._colour = np.concatenate([self._colour, d.root_colours[rows]])
