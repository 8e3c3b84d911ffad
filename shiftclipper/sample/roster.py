"""Who takes part in a sample game: two teams of lines and a goalie each, officials, coaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Team = Literal["home", "away", "none"]
Role = Literal["skater", "goalie", "official", "coach"]

FORWARD_LINES = 3
DEFENCE_PAIRS = 3
SKATERS = 3 * FORWARD_LINES + 2 * DEFENCE_PAIRS
TEAM_SIZE = SKATERS + 1
"""Skaters and one goalie; a team's goalie is its last."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the game, the same throughout."""

    id: str
    team: Team
    role: Role
    number: str
    """Empty for officials and coaches."""
    height: float
    """Metres, without skates."""
    breadth: float
    """Shoulders and limbs, 1.0 = usual."""
    top_speed: float
    """Metres a second."""
    hand: int
    """+1 shoots left (blade on the left side), -1 right."""


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody, in this order: home team, away team, officials, coaches."""

    people: tuple[Person, ...]
    officials: int

    def goalie(self, team: int) -> int:
        """Index of a team's goalie; team 0 is home."""
        return team * TEAM_SIZE + SKATERS

    def official_indices(self) -> range:
        """Indices of the officials."""
        return range(2 * TEAM_SIZE, 2 * TEAM_SIZE + self.officials)

    def coach_indices(self) -> range:
        """Indices of the coaches; even places are home's."""
        return range(2 * TEAM_SIZE + self.officials, len(self.people))


def line_of(place: int) -> tuple[int, int]:
    """Unit (0 forwards, 1 defence) and number of the line of a team's skater by his place."""
    if place < 3 * FORWARD_LINES:
        return 0, place // 3
    return 1, (place - 3 * FORWARD_LINES) // 2


def line_places(unit: int, line: int) -> list[int]:
    """Places in the team of a line's skaters, in the order of their slots on the ice."""
    if unit == 0:
        return [3 * line + k for k in range(3)]
    return [3 * FORWARD_LINES + 2 * line + k for k in range(2)]


def make_roster(rng: np.random.Generator) -> Roster:
    """Two teams of fifteen skaters and a goalie, two to four officials, a few coaches."""
    size = rng.uniform(0.90, 1.0)  # youth teams are smaller, and all of a kind
    people: list[Person] = []
    for team, letter in (("home", "H"), ("away", "A")):
        numbers = sorted(rng.choice(np.arange(2, 98), TEAM_SIZE, replace=False).tolist())
        rng.shuffle(numbers)
        for place, number in enumerate(numbers):
            goalie = place == SKATERS
            people.append(
                Person(
                    id=f"{letter}{number}",
                    team="home" if team == "home" else "away",
                    role="goalie" if goalie else "skater",
                    number=str(number),
                    height=float(size * np.clip(rng.normal(1.78, 0.07), 1.62, 1.95)),
                    breadth=float(np.clip(rng.normal(1.0, 0.07), 0.85, 1.18)),
                    top_speed=float(rng.uniform(7.2, 8.5)),
                    hand=1 if rng.random() < 0.62 else -1,
                )
            )
    officials = int(rng.integers(2, 5))
    people += [_official(rng, k) for k in range(officials)]
    people += [_coach(rng, k) for k in range(int(rng.integers(2, 5)))]
    return Roster(tuple(people), officials)


def _official(rng: np.random.Generator, k: int) -> Person:
    height = float(rng.uniform(1.70, 1.86))
    return Person(f"O{k + 1}", "none", "official", "", height, 0.9, float(rng.uniform(6.5, 7.8)), 1)


def _coach(rng: np.random.Generator, k: int) -> Person:
    height = float(rng.uniform(1.66, 1.88))
    return Person(f"C{k + 1}", "none", "coach", "", height, float(rng.uniform(0.85, 1.1)), 1.0, 1)
