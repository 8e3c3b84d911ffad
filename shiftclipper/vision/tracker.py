"""From detections to tracklets: runs of boxes that surely belong to one person."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from shiftclipper.tracklets import COLOUR_BINS, Ending, Tracklet
from shiftclipper.vision.association import box_costs, colour_costs, match
from shiftclipper.vision.detections import Detections, gather
from shiftclipper.vision.kalman import States, new_states, predict, update
from shiftclipper.vision.observations import FrameObservations

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]

HIGH_SCORE = 0.4
LOW_SCORE = 0.15
DOUBT = 1.0
COAST = 1.0
LINK = 0.35


class Follower:
    """The people followed at the moment."""

    def __init__(self, detections: Detections) -> None:
        self.detections = detections
        self.atom_of = np.full(len(detections.boxes), -1)
        self.atoms = 0
        self.clear()
        self.doubtful_pairs = 0

    def clear(self) -> None:
        none = np.zeros(0)
        self.states = new_states(np.zeros((0, 2)), none, none, np.zeros(2))
        self.atom = np.zeros(0, dtype=np.int64)
        self.hits = np.zeros(0, dtype=np.int64)
        self.seen = np.zeros(0)
        self.doubted = np.zeros(0, dtype=bool)
        self.colour = np.zeros((0, COLOUR_BINS), dtype=np.float32)

    def step(self, rows: Numbers, now: float, seconds: float) -> None:
        d = self.detections
        if len(self.states):
            predict(self.states, np.full(len(self.states), seconds))
        scores = d.scores[rows]
        high = rows[scores >= HIGH_SCORE]
        low = rows[(scores >= LOW_SCORE) & (scores < HIGH_SCORE)]
        everyone = np.arange(len(self.states))
        left, idle = self._give(everyone, high, now)
        if len(low) and len(idle):
            self._give(idle, low, now)
        gone = now - self.seen > np.minimum(COAST, 0.15 * self.hits)
        if gone.any():
            self._keep(~gone)
        if len(left):
            self._start(left, now)

    def _give(self, people: Numbers, boxes: Numbers, now: float) -> tuple[Numbers, Numbers]:
        d = self.detections
        if not len(people) or not len(boxes):
            return boxes, people
        states = self.states if len(people) == len(self.states) else self.states.take(people)
        costs = box_costs(states, d.feet[boxes], d.height[boxes], d.pixel[boxes])
        costs += colour_costs(self.colour[people], d.root_colours[boxes])
        matching = match(costs, DOUBT)
        who, which = people[matching.rows], boxes[matching.columns]
        self.doubted[people[matching.doubted]] = True
        broken = (matching.margins < DOUBT) | self.doubted[who] | (now - self.seen[who] > LINK)
        self.doubtful_pairs += int((matching.margins < DOUBT).sum())
        fresh = who[broken]
        self.atom[fresh] = self.atoms + np.arange(len(fresh))
        self.atoms += len(fresh)
        self.doubted[who] = False
        self.atom_of[which] = self.atom[who]
        update(self.states, who, d.feet[which], d.height[which], d.pixel[which])
        self.hits[who] += 1
        self.seen[who] = now
        self._blend(who, which)
        left = np.ones(len(boxes), dtype=bool)
        left[matching.columns] = False
        idle = np.ones(len(people), dtype=bool)
        idle[matching.rows] = False
        return boxes[left], people[idle]

    def _blend(self, who: Numbers, which: Numbers) -> None:
        new = self.detections.root_colours[which]
        old = self.colour[who]
        known = new.any(axis=1, keepdims=True)
        share = np.where(old.any(axis=1, keepdims=True), 0.85, 0.0)
        mixed = np.where(known, share * old + (1 - share) * new, old)
        length = np.linalg.norm(mixed, axis=1, keepdims=True)
        self.colour[who] = mixed / np.maximum(length, 1e-6)

    def _keep(self, rows: NDArray[np.bool_]) -> None:
        self.states = self.states.take(rows)
        self.atom, self.hits = self.atom[rows], self.hits[rows]
        self.seen, self.doubted = self.seen[rows], self.doubted[rows]
        self.colour = self.colour[rows]

    def _start(self, rows: Numbers, now: float) -> None:
        d = self.detections
        drift = np.zeros(2)
        steady = self.hits >= 3
        if steady.sum() >= 3:
            drift = np.median(self.states.velocity[steady], axis=0)
        self.states = self.states.joined(new_states(d.feet[rows], d.height[rows], d.pixel[rows], drift))
        count = len(rows)
        fresh = self.atoms + np.arange(count)
        self.atoms += count
        self.atom_of[rows] = fresh
        self.atom = np.concatenate([self.atom, fresh])
        self.hits = np.concatenate([self.hits, np.ones(count, dtype=np.int64)])
        self.seen = np.concatenate([self.seen, np.full(count, now)])
        self.doubted = np.concatenate([self.doubted, np.zeros(count, dtype=bool)])
        self.colour = np.concatenate([self.colour, d.root_colours[rows]])


def follow(d: Detections) -> Numbers:
    f = Follower(d)
    for k in range(len(d.times)):
        if k == 0 or d.scenes[k] != d.scenes[k - 1]:
            f.clear()
        rows = np.arange(d.starts[k], d.starts[k + 1])
        f.step(rows, d.times[k], d.times[k] - d.times[k - 1] if k else 0.0)
    return f.atom_of


def track(observations: Iterable[FrameObservations], size: tuple[int, int]) -> list[Tracklet]:
    """Follow every person through the pictures, and stop where it would be a guess.

    A pure function: the same observations give the same tracklets.

    Args:
        observations: of the whole game, in time order.
        size: width and height of the displayed source picture, in pixels.
    """
    d = gather(list(observations), size)
    labels = follow(d)
    return build(d, labels)


def build(d: Detections, labels: Numbers) -> list[Tracklet]:
    rows = np.flatnonzero(labels >= 0)
    rows = rows[np.argsort(labels[rows], kind="stable")]
    cuts = np.flatnonzero(np.diff(labels[rows])) + 1
    groups = [g for g in np.split(rows, cuts) if len(g) >= 3]
    groups.sort(key=lambda g: g[0])
    out = []
    for number, g in enumerate(groups):
        out.append(
            Tracklet(
                id=number,
                times=d.times[d.picture[g]],
                boxes=d.boxes[g],
                scores=d.scores[g],
                feet=d.feet[g].astype(np.float32),
                scale=d.scale[g].astype(np.float32),
                scene=int(d.scenes[d.picture[g[0]]]),
                colour=np.zeros(COLOUR_BINS, np.float32),
                begins=Ending.OPEN,
                ends=Ending.OPEN,
            )
        )
    return out
