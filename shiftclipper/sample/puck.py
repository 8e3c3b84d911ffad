"""The puck of a sample game: carried, passed, shot, lost, frozen and dropped again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from shiftclipper.sample.rink import Rink, lengths
from shiftclipper.sample.roster import TEAM_SIZE

Array = NDArray[np.float64]


class Puck:
    """The puck and who has it."""

    def __init__(self, rng: np.random.Generator, rink: Rink, attack: tuple[int, int]) -> None:
        """At centre ice, about to be dropped."""
        self.rng = rng
        self.rink = rink
        self.attack = attack
        self.position = np.zeros(2)
        self.velocity = np.zeros(2)
        self.carrier: int | None = None
        self.last_team = int(rng.integers(2))
        self.dot = np.zeros(2)
        self.stopped = True
        self.drop_at = 2.5
        self.act_at = 0.0
        self.free_at = 0.0
        self.next_whistle = float(rng.uniform(22.0, 50.0))

    def step(
        self,
        step: float,
        time: float,
        position: Array,
        velocity: Array,
        heading: Array,
        playing: list[list[int]],
        goalies: list[int],
    ) -> None:
        """Move on by `step` seconds, given everybody's motion and who plays, by team."""
        if self.stopped:
            self._wait_for_drop(step, time)
            return
        if self.carrier is not None and self.carrier not in playing[self.carrier // TEAM_SIZE]:
            self._throw(time, np.array([self.attack[self.last_team], 0.0]), 9.0)
        if self.carrier is not None:
            self._carried(step, time, position, velocity, heading, playing)
        else:
            self._slide(step)
            self._picked_up(step, time, position, playing)
        self._at_goals(time, position, goalies)
        if time > self.next_whistle:
            self.whistle(time, None)

    def whistle(self, time: float, dot: Array | None) -> None:
        """Stop play; the face-off is at `dot`, or at the dot nearest to the puck."""
        dots = self.rink.dots()
        if dot is None:
            dot = dots[np.argmin(lengths(dots - self.position))]
        self.dot = np.asarray(dot, dtype=np.float64)
        self.stopped = True
        self.carrier = None
        self.drop_at = time + float(self.rng.uniform(6.0, 10.0))
        self.next_whistle = self.drop_at + float(self.rng.uniform(22.0, 60.0))

    def carrier_aim(self, here: Array, team: int) -> Array:
        """Where the carrier skates: up ice round the middle, then at the goal or round the net."""
        direction = self.attack[team]
        u = here[0] * direction
        if u > self.rink.goal_line - 3.0:
            return np.array([direction * (self.rink.goal_line + 1.8), -np.sign(here[1]) * 3.0])
        if u > self.rink.blue_line:
            return np.array([direction * self.rink.goal_line, 0.55 * here[1]])
        return np.array([here[0] + direction * 9.0, 0.9 * here[1]])

    def _wait_for_drop(self, step: float, time: float) -> None:
        self.velocity *= 0.9
        towards = self.dot - self.position
        self.position += towards * min(1.0, 1.2 * step)
        if time >= self.drop_at:
            self.stopped = False
            self.position = self.dot.copy()
            winner = int(self.rng.integers(2))
            self.last_team = winner
            back = np.array([-self.attack[winner], self.rng.normal(0.0, 0.6)])
            self._throw(time, back, float(self.rng.uniform(3.5, 7.0)))

    def _throw(self, time: float, direction: Array, speed: float) -> None:
        self.carrier = None
        self.velocity = direction / (np.linalg.norm(direction) + 1e-6) * speed
        self.free_at = time + 0.3

    def _carried(
        self,
        step: float,
        time: float,
        position: Array,
        velocity: Array,
        heading: Array,
        playing: list[list[int]],
    ) -> None:
        carrier = self.carrier
        assert carrier is not None
        team = carrier // TEAM_SIZE
        ahead = np.array([np.cos(heading[carrier]), np.sin(heading[carrier])])
        self.position = position[carrier] + 1.0 * ahead
        self.velocity = velocity[carrier].copy()
        inside, _normal = self.rink.keep_inside(self.position[None], 0.15)
        self.position = inside[0]
        others = playing[1 - team]
        if others:
            gap = lengths(position[others] - self.position)
            pressure = int(np.sum(gap < 1.5))
            if pressure and self.rng.random() < 0.9 * pressure * step:
                away = self.rng.normal(0.0, 1.0, 2)
                self._throw(time, away, float(self.rng.uniform(2.0, 7.0)))
                return
        if time > self.act_at:
            self._act(time, team, position, velocity, playing)

    def _act(
        self, time: float, team: int, position: Array, velocity: Array, playing: list[list[int]]
    ) -> None:
        """The carrier shoots, passes, dumps it in or keeps it."""
        self.act_at = time + float(self.rng.uniform(0.5, 1.6))
        direction = self.attack[team]
        goal = np.array([direction * self.rink.goal_line, 0.0])
        away = float(np.linalg.norm(goal - self.position))
        chance = self.rng.random()
        ahead_of_goal = self.position[0] * direction < self.rink.goal_line
        if ahead_of_goal and chance < np.clip(0.65 - away / 30.0, 0.0, 0.6):
            aim = goal - self.position + self.rng.normal(0.0, 1.2, 2)
            self._throw(time, aim, float(self.rng.uniform(17.0, 26.0)))
            return
        mates = [p for p in playing[team] if p != self.carrier]
        if mates and chance < 0.72:
            pick = mates[int(self.rng.integers(len(mates)))]
            lead = position[pick] + 0.5 * velocity[pick] - self.position
            spread = self.rng.normal(0.0, 0.06 * float(np.linalg.norm(lead)), 2)
            self._throw(time, lead + spread, float(self.rng.uniform(10.0, 16.0)))
        elif chance < 0.82 and abs(self.position[0]) < self.rink.blue_line + 2:
            corner = np.array([direction * self.rink.length, self.rng.normal(0.0, 25.0)])
            self._throw(time, corner, float(self.rng.uniform(14.0, 20.0)))

    def _slide(self, step: float) -> None:
        self.velocity *= 1.0 - 0.22 * step
        self.position = self.position + self.velocity * step
        inside, normal = self.rink.keep_inside(self.position[None], 0.1)
        out = float(self.velocity @ normal[0])
        if out < 0:
            self.velocity = (self.velocity - 1.7 * out * normal[0]) * 0.8
        self.position = inside[0]

    def _picked_up(self, step: float, time: float, position: Array, playing: list[list[int]]) -> None:
        if time < self.free_at:
            return
        speed = float(np.linalg.norm(self.velocity))
        people = playing[0] + playing[1]
        if not people:
            return
        gap = lengths(position[people] - self.position)
        nearest = int(np.argmin(gap))
        team = people[nearest] // TEAM_SIZE
        reach = 1.7 if team == self.last_team else 1.3
        ease = np.clip(1.3 - speed / 22.0, 0.1, 1.0)
        # Somebody of the other side within reach makes it a fight for the puck.
        fought = np.sum((gap < 1.8) & (np.array(people) // TEAM_SIZE != team)) > 0
        chance = ease * (1.1 if fought else 9.0) * step
        if gap[nearest] < reach and self.rng.random() < chance:
            self.carrier = people[nearest]
            self.last_team = team
            self.act_at = time + float(self.rng.uniform(0.5, 1.8))

    def _at_goals(self, time: float, position: Array, goalies: list[int]) -> None:
        for team in (0, 1):
            goal_x = -self.attack[team] * self.rink.goal_line
            gap = float(np.linalg.norm(position[goalies[team]] - self.position))
            fast = self.velocity[0] * np.sign(goal_x) > 6.0 and self.carrier is None
            beyond = abs(self.position[0]) > self.rink.goal_line - 0.8
            if not (fast and beyond and np.sign(self.position[0]) == np.sign(goal_x)):
                continue
            if abs(self.position[1]) < 1.2 or gap < 1.2:
                draw = self.rng.random()
                if draw < 0.08:
                    self.whistle(time, np.zeros(2))
                elif draw < 0.35:
                    self.whistle(time, None)
                else:
                    out = np.array([-np.sign(goal_x), self.rng.normal(0.0, 1.2)])
                    self._throw(time, out, float(self.rng.uniform(3.0, 8.0)))
                return
