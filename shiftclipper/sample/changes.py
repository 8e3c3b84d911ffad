"""Line changes: who sits, who comes through which gate, and when.

Lines change as units, each skater a little earlier or later than his mates; whoever comes waits at the
gate until the one he replaces is nearly there, so several are at the gates at once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from shiftclipper.sample.rink import Bench, Rink
from shiftclipper.sample.roster import (
    DEFENCE_PAIRS,
    FORWARD_LINES,
    SKATERS,
    TEAM_SIZE,
    Roster,
    line_of,
    line_places,
)

Array = NDArray[np.float64]

WALKWAY = 0.75
"""Metres behind the boards' line where people walk along the bench."""
SEAT = 1.6
"""Metres behind the boards' line where people sit."""


# What a person is doing about the bench. Plain integers: they are compared in arrays, very often.
SITTING, COMING, PLAYING, LEAVING, RETURNING = range(5)


class LineChanges:
    """Both teams' benches through one game."""

    def __init__(self, rng: np.random.Generator, rink: Rink, roster: Roster, seconds: float) -> None:
        """Seat everybody and put a first line and pair of each team on the ice."""
        self.rng = rng
        self.rink = rink
        self.seconds = seconds
        self.pace = float(np.clip(seconds / 180.0, 0.3, 1.0))
        """Shifts are shorter in short games."""
        count = len(roster.people)
        self.mode = np.full(count, PLAYING, dtype=np.int64)
        self.off_at = np.full(count, np.inf)
        self.gate = np.zeros(count)
        self.seat = np.zeros((count, 2))
        self.waits_for = np.full(count, -1, dtype=np.int64)
        self.slots = np.zeros((2, 5), dtype=np.int64)
        """Who plays left wing, centre, right wing, left and right defence."""
        self.coming_line = np.zeros((2, 2), dtype=np.int64)
        self.length = np.full((2, 2), self._length())
        self.last_on = self.rng.uniform(-1.0, 0.0, (2, 2, max(FORWARD_LINES, DEFENCE_PAIRS)))
        self.on_since = np.full(count, -np.inf)
        self._seat_everybody(roster)
        self._start()

    def bench(self, person: int) -> Bench:
        """The bench of a skater."""
        return self.rink.benches[person // TEAM_SIZE]

    def moving(self) -> NDArray[np.bool_]:
        """Who is on the way to or from the bench, (n,)."""
        going: NDArray[np.bool_] = (self.mode != SITTING) & (self.mode != PLAYING)
        return going

    def _seat_everybody(self, roster: Roster) -> None:
        for team in (0, 1):
            bench = self.rink.benches[team]
            order = self.rng.permutation(SKATERS)
            places = np.linspace(bench.left + 0.4, bench.right - 0.4, SKATERS)
            for place in range(SKATERS):
                person = team * TEAM_SIZE + place
                self.mode[person] = SITTING
                self.seat[person] = (
                    places[order[place]] + self.rng.normal(0, 0.06),
                    bench.side * (self.rink.width / 2 + SEAT + self.rng.normal(0, 0.08)),
                )
        for k, person in enumerate(roster.coach_indices()):
            bench = self.rink.benches[k % 2]
            self.mode[person] = SITTING
            self.seat[person] = (
                self.rng.uniform(bench.left + 1.5, bench.right - 1.5),
                bench.side * (self.rink.width / 2 + SEAT + 0.9),
            )

    def _start(self) -> None:
        for team in (0, 1):
            for unit, lines in ((0, FORWARD_LINES), (1, DEFENCE_PAIRS)):
                line = int(self.rng.integers(lines))
                self.last_on[team, unit, line] = 0.0
                end = self.rng.uniform(0.3, 1.0) * self._length()
                for k, place in enumerate(line_places(unit, line)):
                    person = team * TEAM_SIZE + place
                    self.slots[team, 3 * unit + k] = person
                    self.mode[person] = PLAYING
                    self.off_at[person] = max(end + self._spread(), 7.0)

    def _length(self) -> float:
        return float(self.pace * np.clip(self.rng.normal(35.0, 6.0), 24.0, 44.0))

    def _spread(self) -> float:
        return float(self.pace * np.clip(self.rng.normal(0.0, 2.2), -4.0, 4.0))

    def decide(self, time: float, puck: Array, attack: tuple[int, int], stopped: bool) -> None:
        """Send tired lines off: when play is elsewhere, at a stoppage, or at last anyway.

        Args:
            time: seconds from the start.
            puck: its place, (2,).
            attack: +1 or -1 by team, the direction it plays in.
            stopped: whether play is stopped.
        """
        if time > self.seconds - 9.0 * max(self.pace, 0.7):
            return
        for team in (0, 1):
            danger = puck[0] * attack[team] < -self.rink.blue_line
            for unit, size in ((0, 3), (1, 2)):
                owners = self.slots[team, 3 * unit : 3 * unit + size]
                playing = [int(p) for p in owners if self.mode[p] == PLAYING]
                if len(playing) < size:
                    # The others of a line that has begun to change follow one by one.
                    tired = [p for p in playing if time > self.off_at[p]]
                else:
                    late = time - self.off_at[owners]
                    if stopped:
                        due = late.max() > -6.0 * self.pace
                    else:
                        due = late.max() > (7.0 * self.pace if danger else 0.0)
                    if not due:
                        continue
                    self._plan_followers(playing, time)
                    self._choose_line(team, unit, time)
                    tired = [p for p in playing if time >= self.off_at[p]]
                for person in tired:
                    self._send_off(team, unit, person)

    def _plan_followers(self, playing: list[int], time: float) -> None:
        delays = self.rng.uniform(0.0, 4.0, len(playing)) * max(self.pace, 0.5)
        delays[self.rng.integers(len(playing))] = 0.0
        for person, delay in zip(playing, delays, strict=True):
            self.off_at[person] = max(time + delay, self.on_since[person] + 20.0 * self.pace)

    def _send_off(self, team: int, unit: int, person: int) -> None:
        slot = int(np.flatnonzero(self.slots[team] == person)[0])
        fresh = self._next(team, unit, slot)
        if fresh is None:
            return
        self.mode[person] = LEAVING
        self.mode[fresh] = COMING
        self.waits_for[fresh] = person
        self.slots[team, slot] = fresh
        gates = np.array(self.bench(person).gates)
        self.gate[person] = gates[self.rng.integers(2)]
        others = gates[np.abs(gates - self.gate[person]) > 0.01]
        self.gate[fresh] = others[0] if self.rng.random() < 0.3 else self.gate[person]

    def _next(self, team: int, unit: int, slot: int) -> int | None:
        """Whoever plays this slot in the line that comes, or else in any line that sits."""
        lines = FORWARD_LINES if unit == 0 else DEFENCE_PAIRS
        order = [int(self.coming_line[team, unit]), *range(lines)]
        for line in order:
            person = team * TEAM_SIZE + line_places(unit, line)[slot - 3 * unit]
            if self.mode[person] == SITTING:
                return person
        return None

    def _choose_line(self, team: int, unit: int, time: float) -> None:
        """Pick the line that comes at `time`; first lines play a little more."""
        lines = FORWARD_LINES if unit == 0 else DEFENCE_PAIRS
        rested = [
            line
            for line in range(lines)
            if all(self.mode[team * TEAM_SIZE + p] == SITTING for p in line_places(unit, line))
        ]
        if rested:
            # Mostly the line that has rested longest, now and then the better one.
            rested.sort(key=lambda line: self.last_on[team, unit, line])
            pick = rested[0] if self.rng.random() < 0.7 else min(rested)
            self.coming_line[team, unit] = pick
            self.last_on[team, unit, pick] = time
        self.length[team, unit] = self._length()

    def arrive(self, time: float, person: int) -> None:
        """A skater has passed the gate inwards at `time`: he plays, and will for a shift."""
        self.mode[person] = PLAYING
        self.waits_for[person] = -1
        self.on_since[person] = time
        team, place = divmod(person, TEAM_SIZE)
        self.off_at[person] = time + self.length[team, line_of(place)[0]] + self._spread()

    def may_enter(self, person: int, position: Array, entered: bool) -> bool:
        """Whether the one he replaces is off or nearly at the gate."""
        other = self.waits_for[person]
        if entered or other < 0 or self.mode[other] != LEAVING:
            return True
        bench = self.bench(person)
        door = np.array([self.gate[other], bench.side * self.rink.width / 2])
        return bool(np.linalg.norm(position[other] - door) < 3.5)
