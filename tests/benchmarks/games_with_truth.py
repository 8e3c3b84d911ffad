"""Games whose truth is known, simulated or filmed, each with one player to find; for the benchmarks beside.

A film with truth is a sample game: NAME.truth.json and NAME.setup.json in a folder whose `data` holds the
analysed job NAME, as sample_shifts.py leaves them. Where everybody was at a moment comes from playing the
sample game again, which the truth's seed makes the same.
"""

import argparse
import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import numpy as np

from shiftclipper.identity import (
    Click,
    Constraints,
    FoundShift,
    GameView,
    KnownGame,
    Question,
    Rules,
    find_questions,
    know,
    solve,
)
from shiftclipper.identity.score import Span
from shiftclipper.jobs.setup_file import read_setup
from shiftclipper.jobs.stages.game import open_game
from shiftclipper.jobs.stages.identity_inputs import game_rules, game_view, map_of_job
from shiftclipper.jobs.store import Store
from shiftclipper.sample.game import CameraKind, Game
from shiftclipper.tracklets import NumberReading, Tracklet
from tests.tracklet_simulator import Difficulty, Person, SimulatedGame, simulate

SHORTEST = 3.0
"""Seconds; shorter true shifts, at the film's ends, do not count."""
EDGE = 1.0
"""Seconds from a shift's ends within which nobody clicks."""
FREE = 0.9
"""Share of a person that must be seen for a click on him, where possible."""
TELLABLE = 0.3
"""Share of a person that must be seen to be told at all."""
SAME = 0.3
"""Intersection over union of a box offered and of the true one, from which they are the same person."""


def seeds_of(text: str) -> list[int]:
    """Read `101-110` or `101,105`."""
    first, _, last = text.partition("-")
    return list(range(int(first), int(last) + 1)) if last else [int(one) for one in text.split(",")]


@dataclass(eq=False)
class TestedGame(ABC):
    """One player of one game, what the program is given of it, and what somebody who knows him would say."""

    __test__ = False  # a name that pytest would take for tests

    kind: str
    """simulated, fixed or pan."""
    title: str
    seconds: float
    tracklets: Sequence[Tracklet]
    view: GameView
    rules: Rules
    readings: Sequence[NumberReading]
    known: KnownGame
    shifts: list[Span]
    """The true ones, in seconds of game time."""

    def found(self, marks: Constraints) -> tuple[FoundShift, ...]:
        """Return the shifts that the program finds with these marks.

        Raises:
            ContradictoryConstraints: the program believes that the marks cannot all be true.
        """
        return solve(self.tracklets, marks, self.view, self.rules, self.readings, self.known).shifts

    def question(self, marks: Constraints) -> Question | None:
        """Return what the program would ask next; None when it would ask nothing."""
        asked = find_questions(
            self.tracklets, marks, self.view, self.rules, self.readings, count=1, known=self.known
        )
        return asked[0] if asked else None

    def clicks(self, count: int | None, seed: int = 5) -> Constraints:
        """Return one click in each of so many shifts drawn by lot; in all of them for None."""
        random = np.random.default_rng([seed, len(self.shifts)])
        clicks = [self.click_in(shift, random) for shift in self.shifts]
        possible = [click for click in clicks if click is not None]
        if count is not None and count < len(possible):
            chosen = sorted(random.choice(len(possible), count, replace=False))
            possible = [possible[k] for k in chosen]
        return Constraints(clicks=tuple(possible))

    @abstractmethod
    def click_in(self, shift: Span, random: np.random.Generator) -> Click | None:
        """Return a click on the player within a shift; None when he is never to be seen in it."""

    @abstractmethod
    def answer(self, question: Question) -> tuple[int | None, bool]:
        """Return which choice is the player, if any, and whether he is off the ice."""


@dataclass(eq=False)
class SimulatedPlayer(TestedGame):
    """A player of a simulated game."""

    game: SimulatedGame
    person: Person

    def click_in(self, shift: Span, random: np.random.Generator) -> Click | None:
        """Return a click as the simulator makes it."""
        return self.game.click_in(self.person, shift, random)

    def answer(self, question: Question) -> tuple[int | None, bool]:
        """Answer as the simulator does."""
        return self.game.answer(question, self.person)


@dataclass(eq=False)
class FilmedPlayer(TestedGame):
    """A player of an analysed sample game."""

    game: Game
    person: str
    """His id in the truth."""

    def click_in(self, shift: Span, random: np.random.Generator) -> Click | None:
        """Return a click on the middle of him when he stands free, or else when he is seen best."""
        moments = np.arange(shift[0] + EDGE, shift[1] - EDGE, 0.5)
        seen = [(self._free(float(time)), float(time)) for time in moments]
        best = max(seen, default=(0.0, 0.0))
        if best[0] < TELLABLE:
            return None
        free = [time for share, time in seen if share >= min(FREE, best[0])]
        time = free[int(random.integers(len(free)))]
        box = self._boxes(time)[1]
        return Click(time, float(box[0] + box[2]) / 2, float(box[1] + box[3]) / 2)

    def answer(self, question: Question) -> tuple[int | None, bool]:
        """Compare the boxes that are offered with where everybody truly is."""
        others, own, visible, on_ice = self._boxes(question.time)
        if not on_ice:
            return None, True
        if visible < TELLABLE:
            return None, False
        shares = [
            (_overlap(own, box), max((_overlap(other, box) for other in others), default=0.0))
            for box in (np.array(choice.box) for choice in question.choices)
        ]
        best = max(range(len(shares)), key=lambda k: shares[k][0])
        mine, theirs = shares[best]
        return (best if mine >= SAME and mine >= theirs else None), False

    def _free(self, time: float) -> float:
        """Return the share of him that is seen, less when somebody else's box covers his."""
        others, own, visible, on_ice = self._boxes(time)
        if not on_ice:
            return 0.0
        return visible * (1 - max((_overlap(own, other) for other in others), default=0.0))

    def _boxes(self, time: float) -> tuple[np.ndarray, np.ndarray, float, bool]:
        """Return the others' boxes (n, 4), his own (4,), the share of him seen, whether he is on the ice."""
        frame = min(max(round(time * self.game.fps), 0), self.game.frames - 1)
        ids, boxes, visible, on_ice = self.game.boxes(frame)
        here = np.flatnonzero(ids == self.person)
        if not len(here):
            playing = any(start <= time <= end for start, end in self.shifts)
            return boxes, np.zeros(4), 0.0, playing
        k = int(here[0])
        others = boxes[(np.arange(len(ids)) != k) & (visible >= TELLABLE)]
        return others, boxes[k], float(visible[k]), bool(on_ice[k])


def _overlap(one: np.ndarray, other: np.ndarray) -> float:
    """Return the intersection over union of two boxes (4,)."""
    low, high = np.maximum(one[:2], other[:2]), np.minimum(one[2:], other[2:])
    shared = float(np.prod(np.clip(high - low, 0, None)))
    both = float(np.prod(one[2:] - one[:2]) + np.prod(other[2:] - other[:2])) - shared
    return shared / both if both > 0 else 0.0


def simulated_players(
    seed: int, seconds: float, visible: float, count: int, hard: Difficulty | None = None
) -> Iterator[TestedGame]:
    """Yield players of one simulated game, those with the most shifts first.

    Args:
        seed: decides the game.
        seconds: its length.
        visible: share of windows of 3 s in which a person's number can be read.
        count: how many players.
        hard: what makes it hard.
    """
    game = simulate(seed, seconds, hard)
    readings = game.readings(visible)
    known = know(game.tracklets, game.view, Rules(), readings)
    eligible = [one for one in game.skaters() if any(b - a > 5 for a, b in one.shifts)]
    for person in sorted(eligible, key=lambda one: (-len(one.shifts), one.id))[:count]:
        yield SimulatedPlayer(
            kind="simulated",
            title=f"simulated-{seed} player {person.id}",
            seconds=seconds,
            tracklets=game.tracklets,
            view=game.view,
            rules=Rules(number=game.number(person.id)),
            readings=readings,
            known=known,
            shifts=[shift for shift in person.shifts if shift[1] - shift[0] > SHORTEST],
            game=game,
            person=person,
        )


def filmed_players(store: Store, folder: Path, name: str, count: int) -> Iterator[TestedGame]:
    """Yield players of one analysed sample game: its target, then those with the most shifts.

    Args:
        store: holds the analysed job of that title.
        folder: with NAME.truth.json and NAME.setup.json.
        name: of the game, such as fixed-101.
        count: how many players.
    """
    truth = json.loads((folder / f"{name}.truth.json").read_text())
    setup = read_setup(folder / f"{name}.setup.json")
    job = next((one.id for one in store.jobs() if one.title == name), None)
    tracklets = store.tracklets(job) if job else []
    if job is None or not tracklets:
        raise SystemExit(f"{name} was not analysed yet: run sample_shifts.py --cache {folder} first.")
    film = open_game(store, job)
    view = game_view(setup, film.size, float(film.duration), map_of_job(store, job, film.size))
    readings = store.number_readings(job)
    rules = game_rules(setup)
    known = know(tracklets, view, rules, readings)
    width, height = truth["size"]
    camera = cast("CameraKind", truth["camera"])
    game = Game(truth["seed"], truth["duration"], camera, (width, height), truth["fps"])
    for player in _wanted(truth, count):
        yield FilmedPlayer(
            kind=truth["camera"],
            title=f"{name} {player['id']}",
            seconds=truth["duration"],
            tracklets=tracklets,
            view=view,
            rules=replace(rules, number=player["number"], jersey_color=_rgb(player["jersey_color"])),
            readings=readings,
            known=known,
            shifts=[(a, b) for a, b in player["shifts"] if b - a > SHORTEST],
            game=game,
            person=player["id"],
        )


def _wanted(truth: dict, count: int) -> list[dict]:
    skaters = [one for one in truth["players"] if one["role"] == "skater"]
    playing = [one for one in skaters if any(b - a > SHORTEST for a, b in one["shifts"])]
    playing.sort(key=lambda one: (one["id"] != truth["target"], -len(one["shifts"]), one["id"]))
    return playing[:count]


def _rgb(text: str) -> tuple[int, int, int]:
    digits = text.lstrip("#")
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def add_game_options(parser: argparse.ArgumentParser) -> None:
    """Add the options by which games are chosen."""
    parser.add_argument("--seeds", type=seeds_of, default=seeds_of("901-910"), help="of simulated games")
    parser.add_argument("--seconds", type=float, default=600.0, help="length of simulated games")
    parser.add_argument("--visible", type=float, nargs="+", default=[0.0, 0.1, 0.3], help="numbers seen")
    parser.add_argument("--players", type=int, default=2, help="players of each game")
    parser.add_argument("--films", type=Path, help="folder of sample games with truth and analysed jobs")
    parser.add_argument("--film-seeds", type=seeds_of, default=seeds_of("101-110"))
    parser.add_argument("--cameras", nargs="+", default=["fixed", "pan"])


def chosen_games(options: argparse.Namespace) -> Iterator[tuple[str, TestedGame]]:
    """Yield (name of the group, player) of all games that the options choose.

    Films alone are taken when a folder of them is given.
    """
    if options.films is None:
        for visible in options.visible:
            for seed in options.seeds:
                for one in simulated_players(seed, options.seconds, visible, options.players):
                    yield f"simulated, numbers in {visible:.0%}", one
        return
    with Store(options.films / "data", write=False) as store:
        for camera in options.cameras:
            for seed in options.film_seeds:
                for one in filmed_players(store, options.films, f"{camera}-{seed}", options.players):
                    yield f"film, {camera}", one
