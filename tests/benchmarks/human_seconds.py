"""How many seconds of a person a game costs until its shifts are right: F1 of at least 0.95.

    python tests/benchmarks/human_seconds.py [--seeds 901-910] [--seconds 600] [--visible 0 0.1 0.3]
        [--players 2]
    python tests/benchmarks/human_seconds.py --films DIR [--film-seeds 101-110] [--cameras fixed pan]

A simulated person clicks on the player once, in a shift drawn by lot, and then answers truthfully what the
program asks, the best question each time. When it asks nothing more and shifts are still not right, he looks
through the film and mends by hand what is wrong: a click in a shift that was not found, a shift set by hand
where a click did not help, a wrong shift rejected; after each click the program may ask again.

A click costs 3 s, an answer or a rejected shift 2 s, a shift set by hand (or an edge dragged) 5 s, and film
is looked through at eight times its speed. Against that: marking every shift by hand, watching the film at
its own speed and at twice that.

DIR holds sample games with analysed jobs, as sample_shifts.py leaves them.
"""

import argparse
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from shiftclipper.identity import Constraints, ContradictoryConstraints
from shiftclipper.identity.score import Span, overlap, score_shifts
from shiftclipper.identity.spans import without
from tests.benchmarks.games_with_truth import TestedGame, add_game_options, chosen_games

CLICK, ANSWER, BY_HAND = 3.0, 2.0, 5.0
"""Seconds of a person."""
LOOKING = 8.0
"""Times its speed at which a film is looked through."""
GOOD = 0.95
"""F1 at a temporal overlap of one half at which the person is content."""
MOST = 150
"""Steps after which he gives up."""
THE_SAME = 0.5
"""Overlap from which a found shift is the true one."""


@dataclass
class Course:
    """What it took to get one player's shifts right."""

    clicks: int = 0
    answers: int = 0
    rejected: int = 0
    by_hand: int = 0
    contradictions: int = 0
    """Truthful answers that the program called impossible and that were taken back."""
    looked: bool = False
    """Whether the film had to be looked through for what was missing."""
    reached: bool = False
    f1: list[float] = field(default_factory=list)
    """After the first click and after each step."""

    @property
    def asked_only(self) -> bool:
        """Return whether one click and answers were enough."""
        return self.reached and not self.looked

    def seconds(self, film: float) -> float:
        """Return the person's seconds for a film of that length."""
        worked = self.clicks * CLICK + (self.answers + self.rejected) * ANSWER + self.by_hand * BY_HAND
        return worked + (film / LOOKING if self.looked else 0.0)


class TruthfulPerson:
    """Somebody who knows the player and does what the program asks."""

    def __init__(self, game: TestedGame) -> None:
        """Begin with nothing marked."""
        self._game = game
        self._random = np.random.default_rng([17, len(game.shifts)])
        self._marks = Constraints()
        self._found: list[Span] = []
        self._set: list[Span] = []
        self._rejected: list[Span] = []
        self._clicked: set[Span] = set()
        self._stuck = False  # The program did not believe the last mark: it would ask the same again.
        self.course = Course()

    def work(self) -> Course:
        """Go on until the shifts are right."""
        course, game = self.course, self._game
        self._see(game.clicks(1))
        course.clicks += 1
        while course.f1[-1] < GOOD and len(course.f1) < MOST:
            question = None if self._stuck else game.question(self._marks)
            if question is not None:
                course.answers += 1
                choice, off = game.answer(question)
                self._see(question.answered(self._marks, choice, off_ice=off))
            elif not self._mend():
                break
        course.reached = course.f1[-1] >= GOOD
        return course

    def shifts(self) -> list[Span]:
        """Return the shifts as the person sees them: those set by hand stand, found ones give way."""
        taken = [*self._set, *self._rejected]
        left = [part for span in self._found for part in without(span, taken)]
        return sorted([part for part in left if part[1] - part[0] >= self._game.rules.min_shift] + self._set)

    def _see(self, marks: Constraints) -> None:
        """Let the program solve with new marks; take them back when it says that they cannot be."""
        try:
            shifts = self._game.found(marks)
        except ContradictoryConstraints:
            self.course.contradictions += 1
            self._stuck = True
        else:
            self._stuck = False
            self._marks = marks
            self._found = [(shift.start, shift.end) for shift in shifts]
        self._judge()

    def _judge(self) -> None:
        self.course.f1.append(score_shifts(self._game.shifts, self.shifts()).f1_50)

    def _mend(self) -> bool:
        """Put one thing right by hand; tell whether there was one."""
        course = self.course
        course.looked = True
        seen = self.shifts()
        missing = [one for one in self._game.shifts if not _has(seen, one)]
        if missing:
            shift = missing[0]
            click = None if shift in self._clicked else self._game.click_in(shift, self._random)
            self._clicked.add(shift)
            if click is not None:
                course.clicks += 1
                self._see(replace(self._marks, clicks=(*self._marks.clicks, click)))
            else:
                course.by_hand += 1
                self._set.append(shift)
                self._judge()
            return True
        wrong = [one for one in seen if not _has(self._game.shifts, one)]
        if wrong:
            course.rejected += 1
            self._rejected.append(wrong[0])
            self._judge()
        return bool(wrong)


def _has(spans: list[Span], wanted: Span) -> bool:
    return any(overlap(one, wanted) >= THE_SAME for one in spans)


def report(group: str, courses: list[tuple[TestedGame, Course]]) -> None:
    """Print a group's figures."""
    film = float(np.median([game.seconds for game, _ in courses]))
    shifts = float(np.mean([len(game.shifts) for game, _ in courses]))
    asked = [course for _, course in courses if course.asked_only]
    reached = [course for _, course in courses if course.reached]
    print(f"{group}: {len(courses)} players, films of {film:.0f} s with {shifts:.1f} shifts each")
    if asked:
        quick = [course.seconds(film) for course in asked]
        share = f"{len(asked)} of {len(courses)}"
        print(f"  by one click and answers alone: {share}, median {np.median(quick):.0f} s of a person")
    else:
        print(f"  by one click and answers alone: 0 of {len(courses)}")
    print(f"  at all: {len(reached)} of {len(courses)}")
    every = np.array([course.seconds(game.seconds) for game, course in courses])
    parts = [
        f"{np.mean([getattr(course, name) for _, course in courses]):.1f} {name.replace('_', ' ')}"
        for name in ("clicks", "answers", "by_hand", "rejected", "contradictions")
    ]
    print(f"  with what is left mended by hand: median {np.median(every):.0f} s, p90 {_p90(every):.0f} s")
    print(f"  on average {', '.join(parts)}")
    hand = np.median([game.seconds + BY_HAND * len(game.shifts) for game, _ in courses])
    fast = np.median([game.seconds / 2 + BY_HAND * len(game.shifts) for game, _ in courses])
    print(f"  marking by hand: {hand:.0f} s watching at its speed, {fast:.0f} s at twice that", flush=True)


def _p90(values: np.ndarray) -> float:
    return float(np.quantile(values, 0.9))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_game_options(parser)
    parser.add_argument("--each", action="store_true", help="print a line for each player")
    options = parser.parse_args()
    groups: dict[str, list[tuple[TestedGame, Course]]] = {}
    for group, game in chosen_games(options):
        if group not in groups and groups:
            report(list(groups)[-1], groups[list(groups)[-1]])
        course = TruthfulPerson(game).work()
        groups.setdefault(group, []).append((game, course))
        if options.each:
            print(
                f"  {game.title:28s} {course.seconds(game.seconds):5.0f} s  {course.clicks} clicks "
                f"{course.answers} answers {course.by_hand} by hand {course.rejected} rejected  "
                f"F1 {course.f1[0]:.2f} to {course.f1[-1]:.2f}",
                flush=True,
            )
    if groups:
        report(list(groups)[-1], groups[list(groups)[-1]])


if __name__ == "__main__":
    main()
