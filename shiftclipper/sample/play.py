"""How the people of a sample game move: puck, positions, checking, face-offs, line changes.

Everybody is steered towards a place that follows from his role and the puck, with a skater's limits:
up to 8.5 m/s, slow to speed up, quick to stop, turns bounded by the edge's grip.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shiftclipper.sample.changes import (
    COMING,
    LEAVING,
    PLAYING,
    RETURNING,
    SITTING,
    WALKWAY,
    LineChanges,
)
from shiftclipper.sample.puck import Puck
from shiftclipper.sample.rink import Rink, lengths
from shiftclipper.sample.roster import SKATERS, TEAM_SIZE, Roster

Array = NDArray[np.float64]

STEP = 1 / 20
"""Seconds between two moments of the motion; frames lie between them."""
BODY = 0.95
"""Metres between two people who touch."""
LANES = np.array([0.62, 0.0, -0.62, 0.34, -0.34])
"""Where the five slots play across the rink, in half-widths, seen in their direction of play."""
MARKS = np.array([4, 1, 3, 2, 0])
"""Which slot of the other team a slot covers."""


@dataclass(frozen=True, slots=True)
class Motion:
    """Everybody's motion, one row per STEP."""

    position: Array
    """(T, n, 2) metres on the ice."""
    velocity: Array
    """(T, n, 2) metres a second."""
    heading: Array
    """(T, n) radians, unwrapped: where the chest points."""
    on_ice: NDArray[np.bool_]
    """(T, n)."""
    seated: NDArray[np.bool_]
    """(T, n) on the bench's seat."""
    seat: Array
    """(n, 2) everybody's place on the bench."""
    puck: Array
    """(T, 2)."""
    attack: tuple[int, int]
    """Direction of play of home and away."""


class Play:
    """One game in the making; `run` plays it to the end."""

    def __init__(self, rng: np.random.Generator, rink: Rink, roster: Roster, seconds: float) -> None:
        """Line everybody up for a face-off at centre."""
        self.rng = rng
        self.rink = rink
        self.roster = roster
        self.seconds = seconds
        self.changes = LineChanges(rng, rink, roster, seconds)
        self.attack = (1, -1) if rng.random() < 0.5 else (-1, 1)
        count = len(roster.people)
        self.puck = Puck(rng, rink, self.attack)
        self.velocity = np.zeros((count, 2))
        self.heading = rng.uniform(-np.pi, np.pi, count)
        self.wander = np.zeros((count, 2))
        self.top_speed = np.array([p.top_speed for p in roster.people])
        self.entered = np.zeros(count, dtype=bool)
        self.goalies = [roster.goalie(0), roster.goalie(1)]
        self.officials = list(roster.official_indices())
        self.coaches = 2 * TEAM_SIZE + roster.officials
        self.position = self.changes.seat.copy()
        playing = [p for p in range(count) if self.changes.mode[p] == PLAYING]
        self.entered[playing] = True
        target, _speed = self._targets(0.0)
        self.position[playing] = target[playing] + rng.normal(0, 1.0, (len(playing), 2))

    def run(self) -> Motion:
        """Play the whole game."""
        steps = int(np.ceil(self.seconds / STEP)) + 2
        count = len(self.roster.people)
        position = np.empty((steps, count, 2))
        velocity = np.empty((steps, count, 2))
        heading = np.empty((steps, count))
        on_ice = np.empty((steps, count), dtype=bool)
        seated = np.empty((steps, count), dtype=bool)
        puck = np.empty((steps, 2))
        for k in range(steps):
            position[k], velocity[k], heading[k] = self.position, self.velocity, self.heading
            on_ice[k] = self.entered
            seated[k] = self.changes.mode == SITTING
            puck[k] = self.puck.position
            self._step(k * STEP)
        return Motion(
            position,
            velocity,
            np.unwrap(heading, axis=0),
            on_ice,
            seated,
            self.changes.seat,
            puck,
            self.attack,
        )

    def _step(self, time: float) -> None:
        playing = self._playing()
        self.puck.step(STEP, time, self.position, self.velocity, self.heading, playing, self.goalies)
        self.changes.decide(time, self.puck.position, self.attack, self.puck.stopped)
        decay = np.exp(-STEP / 1.3)
        noise = self.rng.normal(0.0, 1.9, self.wander.shape) * np.sqrt(1 - decay**2)
        self.wander = self.wander * decay + noise
        target, speed = self._targets(time)
        self._move(target, speed)
        self._pass_gates(time)
        self._turn()

    def _playing(self) -> list[list[int]]:
        """By team, the skaters who take part in play, by slot; those still coming are left out."""
        return [
            [int(p) for p in self.changes.slots[team] if self.changes.mode[p] == PLAYING] for team in (0, 1)
        ]

    def _targets(self, time: float) -> tuple[Array, Array]:
        """Where everybody wants to be, (n, 2), and how fast at most, (n,)."""
        target = self.position.copy()
        speed = np.full(len(target), 1.2)
        for team in (0, 1):
            self._team_targets(team, target, speed)
        self._goalie_targets(target, speed)
        self._official_targets(time, target, speed)
        self._bench_targets(target, speed)
        return target, speed

    def _team_targets(self, team: int, target: Array, speed: Array) -> None:
        owners = self.changes.slots[team]
        place = self._formation(team)
        playing = self.changes.mode[owners] == PLAYING
        scale = 0.4 if self.puck.stopped else 1.0
        wish = place + self.wander[owners] * scale
        here = self.position[owners]
        away = lengths(wish - here)
        fast = self.top_speed[owners] * np.clip(0.42 + away / 11.0, 0.0, 0.95)
        if self.puck.stopped:
            fast = np.minimum(fast, 1.4 + 0.25 * away)
        else:
            self._chase(team, owners, playing, wish, fast)
        inside, _normal = self.rink.keep_inside(wish, 0.8)
        for k, person in enumerate(owners):
            if playing[k]:
                target[person] = inside[k]
                speed[person] = fast[k]

    def _chase(self, team: int, owners: Array, playing: Array, wish: Array, fast: Array) -> None:
        """Send the carrier on his way, and the nearest one or two after the puck."""
        puck = self.puck
        people = owners.astype(int)
        carrier = puck.carrier
        if carrier is not None and carrier in people:
            k = int(np.flatnonzero(people == carrier)[0])
            wish[k] = puck.carrier_aim(self.position[carrier], team) + self.wander[carrier]
            fast[k] = self.top_speed[carrier] * 0.88
            return
        ahead = puck.position + puck.velocity * 0.35
        away = lengths(self.position[people] - ahead) + np.where(playing, 0.0, 99.0)
        order = np.argsort(away)
        wish[order[0]] = ahead
        fast[order[0]] = self.top_speed[people[order[0]]]
        along_boards = abs(puck.position[1]) > self.rink.width / 2 - 3.5
        if along_boards or carrier is None:
            goal = np.array([-self.attack[team] * self.rink.goal_line, 0.0])
            towards = goal - ahead
            wish[order[1]] = ahead + towards / (np.linalg.norm(towards) + 1e-6) * 2.6
            fast[order[1]] = self.top_speed[people[order[1]]] * 0.92

    def _formation(self, team: int) -> Array:
        """Places (5, 2) of a team's slots for the present state of play."""
        if self.puck.stopped:
            return self._faceoff(team)
        if self.puck.last_team == team:
            return self._with_puck(team)
        return self._without_puck(team)

    def _faceoff(self, team: int) -> Array:
        direction = self.attack[team]
        dot = self.puck.dot
        back = np.array([-1.6, -0.75, -1.6, -5.0, -5.2]) * direction
        across = np.array([4.6, 0.0, -4.6, 3.2, -2.6]) * direction
        return np.stack([dot[0] + back, dot[1] + across], axis=1)

    def _with_puck(self, team: int) -> Array:
        rink, direction = self.rink, self.attack[team]
        half = rink.width / 2
        u, v = self.puck.position[0] * direction, self.puck.position[1] * direction
        lanes = LANES * half
        if u > rink.blue_line - 1:
            strong = 1.0 if v > 0 else -1.0
            along = np.array([u + 1.0, u - 3.0, u + 1.0, rink.blue_line + 1.5, rink.blue_line + 1.2])
            across = np.array([v, 0.3 * v, v, 0.5 * half + 0.1 * v, -0.5 * half + 0.1 * v])
            net = 0 if strong < 0 else 2
            along[net], across[net] = rink.goal_line - 1.8, -0.8 * strong
            across[2 - net] = v - 2.5 * strong
        elif u < -rink.blue_line:
            along = np.array([u + 9.0, u + 4.0, u + 9.0, u - 1.0, u + 0.5])
            across = np.array([lanes[0] * 1.25, 0.4 * v, lanes[2] * 1.25, lanes[3], lanes[4]])
        else:
            along = u + np.array([3.0, -1.0, 3.0, -7.0, -8.0])
            across = lanes + 0.2 * v
        return np.stack([along * direction, across * direction], axis=1)

    def _without_puck(self, team: int) -> Array:
        rink, direction = self.rink, self.attack[team]
        others = self.position[self.changes.slots[1 - team][MARKS]]
        goal = np.array([-direction * rink.goal_line, 0.0])
        towards = goal - others
        away = lengths(towards)[:, None] + 1e-6
        u = self.puck.position[0] * direction
        gap = 1.7 if u < -rink.blue_line + 2 else 2.8
        marked = others + towards / away * np.minimum(gap, 0.6 * away)
        lanes = LANES * rink.width / 2 * direction
        zone_x = (u + np.array([-4.0, -5.0, -4.0, -10.0, -10.0])) * direction
        zone = np.stack([zone_x, 0.55 * lanes + 0.35 * self.puck.position[1]], axis=1)
        weight = np.array([0.75, 0.7, 0.75, 0.7, 0.7])[:, None]
        if u > 0:
            weight = weight * 0.5
        place: Array = weight * marked + (1 - weight) * zone
        return place

    def _goalie_targets(self, target: Array, speed: Array) -> None:
        for team in (0, 1):
            goal = np.array([-self.attack[team] * self.rink.goal_line, 0.0])
            towards = self.puck.position - goal
            towards[0] = -np.sign(goal[0]) * max(abs(towards[0]), 1.0)
            person = self.goalies[team]
            out = 1.2 if np.linalg.norm(towards) < 25 else 0.8
            target[person] = goal + towards / np.linalg.norm(towards) * out
            target[person] += 0.12 * self.wander[person]
            speed[person] = 3.0

    def _official_targets(self, time: float, target: Array, speed: Array) -> None:
        rink, puck = self.rink, self.puck.position
        edge = rink.width / 2 - 1.2
        count = len(self.officials)
        for k, person in enumerate(self.officials):
            far = 1.0 if k % 2 == 0 else -1.0
            if count >= 3 and k < 2:  # linesmen keep to their blue lines
                low, high = sorted((far * 3.0, far * rink.blue_line))
                x = min(max(float(puck[0]) * 0.75, low), high)
                place = np.array([x, far * edge])
            else:
                behind = 8.0 if k % 2 else 4.0
                x = puck[0] - np.sign(puck[0] + 0.1) * behind if k % 2 else puck[0] * 0.95
                side = -1.0 if puck[1] > 0 else 1.0
                place = np.array([np.clip(x, -rink.goal_line, rink.goal_line), side * edge * 0.8])
            if self.puck.stopped and k == count - 1:
                place = self.puck.dot + np.array([0.0, 1.3 if self.puck.dot[1] < 0 else -1.3])
            target[person] = place + 0.6 * self.wander[person]
            away = np.linalg.norm(target[person] - self.position[person])
            speed[person] = min(self.top_speed[person], 1.0 + 0.7 * away)

    def _bench_targets(self, target: Array, speed: Array) -> None:
        """Seats for those who sit; gates and the way along the bench for those who change."""
        changes = self.changes
        away = (changes.mode != PLAYING) | (np.arange(len(target)) >= self.coaches)
        target[away] = changes.seat[away]
        for person in map(int, np.flatnonzero(changes.moving())):
            mode = changes.mode[person]
            side = changes.bench(person).side
            line = side * self.rink.width / 2
            x, y = self.position[person]
            gate = changes.gate[person]
            beside = abs(x - gate)
            if mode == LEAVING:
                # First to a spot before the gate, then straight through it.
                close = np.hypot(x - gate, y - line) < 1.6
                off = 0.8 if (beside < 0.5 and close) else -0.9
                target[person] = (gate, line + side * off)
                speed[person] = 1.8 if close else self.top_speed[person] * 0.72
            elif mode == RETURNING:
                seat = changes.seat[person]
                near = abs(x - seat[0]) < 0.4
                target[person] = seat if near else (seat[0], line + side * WALKWAY)
            elif beside > 0.25 and side * y > self.rink.width / 2:
                target[person] = (gate, line + side * WALKWAY)
                speed[person] = 1.6
            elif changes.may_enter(person, self.position, bool(self.entered[person])):
                target[person] = (gate, line - side * 2.0)
                speed[person] = 2.6
            else:
                target[person] = (gate, line + side * 0.6)

    def _move(self, target: Array, speed: Array) -> None:
        """One step of skating towards the targets."""
        wish = target - self.position
        away = lengths(wish)[:, None]
        rate = np.minimum(speed[:, None], np.sqrt(2 * 3.6 * away))
        change = wish / np.maximum(away, 1e-6) * rate - self.velocity
        now = lengths(self.velocity)[:, None]
        pushing = np.sum(change * self.velocity, axis=1, keepdims=True) > 0
        grip = np.where(pushing, 4.8 * (1.05 - now / 9.5), 7.0)
        size = lengths(change)[:, None]
        self.velocity += change * np.minimum(1.0, grip * STEP / np.maximum(size, 1e-6))
        self._bump()
        now = lengths(self.velocity)[:, None]
        self.velocity *= np.minimum(1.0, 8.5 / np.maximum(now, 1e-6))
        self.position += self.velocity * STEP
        held = self.entered & ~self._at_gate()
        inside, normal = self.rink.keep_inside(self.position[held], 0.45)
        self.position[held] = inside
        out = np.minimum(np.sum(self.velocity[held] * normal, axis=1), 0.0)
        self.velocity[held] -= out[:, None] * normal

    def _at_gate(self) -> NDArray[np.bool_]:
        """Who may cross the boards' line: at his gate and on his way through it."""
        mode = self.changes.mode
        moving = (mode == LEAVING) | (mode == COMING)
        result: NDArray[np.bool_] = moving & (np.abs(self.position[:, 0] - self.changes.gate) < 0.75)
        return result

    def _bump(self) -> None:
        """Push people on the ice apart who stand closer than two bodies can."""
        people = np.flatnonzero(self.entered)
        here = self.position[people]
        gap = here[:, None] - here[None]
        distance = lengths(gap) + np.eye(len(people)) * 9.0
        push = np.clip(BODY - distance, 0.0, None)[..., None] * gap / distance[..., None]
        self.velocity[people] += 14.0 * STEP * push.sum(axis=1) / BODY

    def _pass_gates(self, time: float) -> None:
        changes = self.changes
        going = (changes.mode == COMING) | (changes.mode == LEAVING)
        for person in map(int, np.flatnonzero(going)):
            depth = changes.bench(person).side * self.position[person, 1] - self.rink.width / 2
            if changes.mode[person] == LEAVING and depth > 0:
                changes.mode[person] = RETURNING
                self.entered[person] = False
            elif changes.mode[person] == COMING and depth < 0:
                self.entered[person] = True
                if depth < -0.6:
                    changes.arrive(time, person)
        for person in map(int, np.flatnonzero(changes.mode == RETURNING)):
            if np.linalg.norm(self.position[person] - changes.seat[person]) < 0.15:
                changes.mode[person] = SITTING
                self.velocity[person] = 0.0

    def _turn(self) -> None:
        """Chests follow the way, the puck (standing, or backing up) or the ice (on the bench)."""
        rate = lengths(self.velocity)
        way = np.arctan2(self.velocity[:, 1], self.velocity[:, 0])
        to_puck = self.puck.position - self.position
        at_puck = np.arctan2(to_puck[:, 1], to_puck[:, 0])
        backing = np.cos(way - at_puck) < -0.25
        defender = np.zeros(len(rate), dtype=bool)
        for team in (0, 1):
            if self.puck.last_team != team:
                defender[self.changes.slots[team][3:]] = True
        defender[self.officials] = True
        watching = (rate < 1.6) | (backing & defender & (rate < 5.5))
        wish = np.where(watching, at_puck, way)
        wish[self.goalies] = at_puck[self.goalies]
        sitting = self.changes.mode == SITTING
        inwards = -np.sign(self.position[:, 1]) * np.pi / 2
        wish = np.where(sitting, inwards + 0.25 * np.sin(at_puck * 2), wish)
        turn = np.angle(np.exp(1j * (wish - self.heading)))
        self.heading += np.clip(turn * 0.25, -5.5 * STEP, 5.5 * STEP)


def play_game(rng: np.random.Generator, rink: Rink, roster: Roster, seconds: float) -> Motion:
    """Play `seconds` of a game between the teams of `roster`."""
    assert len(roster.people) >= 2 * SKATERS
    return Play(rng, rink, roster, seconds).run()
