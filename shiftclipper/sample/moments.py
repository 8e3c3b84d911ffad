"""How everybody stands and moves at any time of a game, from its motion at regular steps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shiftclipper.sample.play import STEP, Motion
from shiftclipper.sample.rink import lengths
from shiftclipper.sample.roster import Person
from shiftclipper.sample.skeleton import Movement

Array = NDArray[np.float64]

_RESTLESS = 1.0
"""Seconds between two poses of those who sit; in between they sit still."""


class Moments:
    """Reads a game's motion at any time."""

    def __init__(self, motion: Motion, people: Sequence[Person]) -> None:
        """Work out the strides; `people` are those of `motion`, in its order."""
        self.motion = motion
        self._height = np.array([p.height for p in people])
        self._breadth = np.array([p.breadth for p in people])
        self._hand = np.array([p.hand for p in people])
        self._goalie = np.array([p.role == "goalie" for p in people])
        self._coach = np.array([p.role == "coach" for p in people])
        self._number = np.arange(len(people))
        speed = lengths(motion.velocity)
        step = 2 * np.pi * STEP * (0.55 + 0.14 * speed)
        self._phase = self._number * 2.4 + np.cumsum(step, axis=0)

    def step(self, time: float) -> int:
        """Row of the motion that holds at `time` seconds."""
        return min(int(time / STEP + 1e-9), len(self.motion.position) - 2)

    def on_ice(self, time: float) -> NDArray[np.bool_]:
        """Who is on the ice, (n,)."""
        result: NDArray[np.bool_] = self.motion.on_ice[self.step(time)]
        return result

    def sitting(self, time: float) -> NDArray[np.bool_]:
        """Who keeps still on the bench, coaches included, (n,)."""
        k = self.step(time)
        result: NDArray[np.bool_] = self.motion.seated[k] & ~self.motion.on_ice[k]
        return result

    def puck(self, time: float) -> Array:
        """Where the puck lies, (2,) metres."""
        k = self.step(time)
        share = time / STEP - k
        place: Array = self.motion.puck[k] * (1 - share) + self.motion.puck[k + 1] * share
        return place

    def at(self, time: float) -> Movement:
        """Everybody at `time` seconds. Those who sit hold one pose for a second."""
        motion = self.motion
        k = self.step(time)
        share = time / STEP - k
        sitting = self.sitting(time)
        rest = self.step(np.floor(time / _RESTLESS) * _RESTLESS)
        moment = np.where(sitting, rest * STEP, time)
        heading = motion.heading[k] * (1 - share) + motion.heading[k + 1] * share
        heading = np.where(sitting, motion.heading[rest], heading)
        velocity = motion.velocity[k] * (1 - share) + motion.velocity[k + 1] * share
        first, last = max(0, k - 3), min(len(motion.velocity) - 1, k + 4)
        pull = (motion.velocity[last] - motion.velocity[first]) / ((last - first) * STEP)
        forward = np.stack([np.cos(heading), np.sin(heading)], axis=1)
        left = np.stack([-forward[:, 1], forward[:, 0]], axis=1)
        speed = lengths(velocity)
        push = np.sum(pull * forward, axis=1)
        slow = np.sin(moment * 1.7 + self._number * 1.9)
        stride = np.clip(0.45 + 0.35 * slow + 0.16 * push, 0.05, 1)
        return Movement(
            place=np.where(sitting[:, None], motion.seat, self._place(k, share)),
            heading=heading,
            speed=speed,
            push=push,
            swerve=np.sum(pull * left, axis=1),
            phase=self._phase[k] * (1 - share) + self._phase[k + 1] * share,
            effort=np.clip(speed / 3.5, 0, 1) * stride,
            sway=np.sin(moment * 4.1 + self._number * 0.7),
            height=self._height,
            breadth=self._breadth,
            hand=self._hand,
            goalie=self._goalie,
            seated=sitting & ~self._coach,
            walking=(~sitting & ~motion.on_ice[k]) | self._coach,
        )

    def _place(self, k: int, share: float) -> Array:
        """Hermite interpolation between rows k and k + 1 of the motion, (n, 2)."""
        motion = self.motion
        before, after = motion.velocity[k] * STEP, motion.velocity[k + 1] * STEP
        square, cube = share**2, share**3
        place: Array = (
            (2 * cube - 3 * square + 1) * motion.position[k]
            + (cube - 2 * square + share) * before
            + (3 * square - 2 * cube) * motion.position[k + 1]
            + (cube - square) * after
        )
        return place
