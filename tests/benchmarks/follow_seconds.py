"""What follow mode costs a person, and how right the shifts are afterwards, on simulated games.

    python tests/benchmarks/follow_seconds.py [--seeds 901-905] [--seconds 600] [--visible 0 0.1 0.3]
        [--players 2] [--rate 4] [--answers 10]

A simulated person clicks on the player once, answers up to so many questions truthfully, and then follows;
what is asked after that is answered and followed too, as long as answers are left. What is proposed is played
as `ui.review.watched` says, so many times as fast. When the ring is on somebody else, or the player is on
the ice and nothing is proposed, he clicks on the player as soon as he has noticed and sees him free; when the
player is off and a shift is proposed, he says "off now". What was watched through is accepted. At the end
nothing more is played; what the program never proposed is not found.

A click costs 3 s, an answer or a key 2 s, and film as long as it plays. Printed are these seconds and F1 at a
temporal overlap of one half after the first click, after the answers and after following.
"""

import argparse
import sys
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from shiftclipper.identity import Click, Constraints, ContradictoryConstraints, FoundShift
from shiftclipper.identity.score import score_shifts
from shiftclipper.jobs.kept_shifts import beside_kept
from shiftclipper.jobs.rows import NewShift, ShiftRow
from shiftclipper.ui.review.watched import Watched
from tests.benchmarks.games_with_truth import SimulatedPlayer, seeds_of, simulated_players
from tests.tracklet_simulator import RATE, SIZE

CLICK, KEY = 3.0, 2.0
"""Seconds of a person."""
NOTICES = 0.5
"""Seconds, as they pass for the person, until he acts on what is wrong."""
STEP = 1 / Fraction(RATE)
SAME = 0.3
"""Overlap of the ring's box with the player's from which the ring is on him."""
FREE = 0.3
"""Overlap with others up to which he can be clicked."""
MOST = 400
"""Corrections after which he gives up."""


@dataclass
class Course:
    """What one player's shifts took."""

    clicks: int = 0
    keys: int = 0
    answers: int = 0
    film: float = 0.0
    """Seconds of film that were played."""
    refused: int = 0
    """Truthful marks that the program called impossible."""
    f1: list[float] = field(default_factory=list)
    """After the click, after the answers, after following."""

    def seconds(self, rate: float) -> float:
        """Return the person's seconds."""
        return CLICK * self.clicks + KEY * (self.keys + self.answers) + self.film / rate


class FollowingPerson:
    """Somebody who knows the player and follows him."""

    def __init__(self, game: SimulatedPlayer, rate: float) -> None:
        """Begin with nothing marked."""
        self._game, self._rate = game, rate
        self._marks = Constraints()
        self._accepted: list[ShiftRow] = []
        self._tracklets = {one.id: one for one in game.tracklets}
        self._watched = Watched(Fraction(game.seconds).limit_denominator(1000))
        self._found: tuple[FoundShift, ...] = ()
        self.course = Course()

    def work(self, answers: int) -> Course:
        """Click, answer, follow."""
        course = self.course
        self._solve(self._game.clicks(1))
        course.clicks += 1
        self._judge()
        self._answer(answers)
        self._judge()
        self._follow()
        while self._answer(answers):
            self._follow()
        self._judge()
        return course

    def _answer(self, most: int) -> int:
        """Answer what is asked until so many answers were given in all; return how many it were now."""
        before = self.course.answers
        while self.course.answers < most:
            question = self._game.question(self._with_accepted(self._marks))
            if question is None:
                break
            self.course.answers += 1
            choice, off = self._game.answer(question)
            if not self._solve(question.answered(self._marks, choice, off_ice=off)):
                break
        return self.course.answers - before

    def _judge(self) -> None:
        spans = [(float(one.start), float(one.end)) for one in self._watched.shifts]
        self.course.f1.append(score_shifts(self._game.shifts, spans).f1_50)

    def _solve(self, marks: Constraints) -> bool:
        """Find the shifts with new marks, unless they are called impossible."""
        try:
            self._found = self._game.found(self._with_accepted(marks))
        except ContradictoryConstraints:
            self.course.refused += 1
            return False
        self._marks = marks
        fresh = [
            NewShift(
                Fraction(one.start).limit_denominator(1000),
                Fraction(one.end).limit_denominator(1000),
                one.confidence,
                "",
                "",
                (),
                one.tracklet_ids,
            )
            for one in self._found
        ]
        left = beside_kept(fresh, self._accepted, Fraction(self._game.rules.min_shift))
        rows = [
            ShiftRow(k, 1, one.start, one.end, 0.5, "", "", (), one.tracklet_ids, "auto", "proposed")
            for k, one in enumerate(left)
        ]
        self._watched.show_shifts(sorted([*rows, *self._accepted], key=lambda one: one.start))
        return True

    def _with_accepted(self, marks: Constraints) -> Constraints:
        return replace(marks, on_ice=tuple((float(one.start), float(one.end)) for one in self._accepted))

    def _follow(self) -> None:
        part = self._watched.next_part(Fraction(0))
        tried = 0
        while part is not None and tried < MOST:
            tried += 1
            stretch = self._watched.stretch(part[0]) or part
            self._play(part[0], part[1])
            self._accept()
            part = self._watched.next_part(stretch[0])

    def _play(self, moment: Fraction, end: Fraction) -> None:
        """Play from one moment to another, and correct what is wrong."""
        wrong = 0.0
        while moment < end:
            self._watched.note(moment, moment + STEP)
            self.course.film += float(STEP)
            moment += STEP
            mark = self._mark(moment)
            wrong = wrong + float(STEP) if mark is not None else 0.0
            if mark is None or wrong < NOTICES * self._rate:
                continue
            wrong = 0.0
            if isinstance(mark, Click):
                self.course.clicks += 1
                self._solve(replace(self._marks, clicks=(*self._marks.clicks, mark)))
            else:
                self.course.keys += 1
                self._solve(replace(self._marks, off_ice=(*self._marks.off_ice, mark)))
            stretch = self._watched.stretch(moment)
            end = moment if stretch is None else stretch[1]

    def _mark(self, moment: Fraction) -> Click | float | None:
        """Return what somebody who sees the picture would say is wrong; None when nothing is, or unseen."""
        time, person, game = float(moment), self._game.person, self._game.game
        frame = min(round(time * RATE), len(game.boxes) - 1)
        box = game.boxes[frame, person.id]
        shift = next((one for one in self._watched.shifts if one.start <= moment < one.end), None)
        if shift is not None and shift.verdict == "accepted":
            return None
        if np.isnan(box[0]):
            playing = any(start <= time <= end for start, end in self._game.shifts)
            return None if shift is None or playing else time
        ring = self._ring(shift, time)
        if shift is not None and (ring is None or _overlap(ring, box) >= SAME):
            return None
        if game._overlap(frame, person.id) > FREE:
            return None
        x, y = np.clip([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2], 0, SIZE)
        return Click(time, float(x), float(y))

    def _ring(self, shift: ShiftRow | None, time: float) -> np.ndarray | None:
        for number in shift.tracklet_ids if shift is not None else ():
            one = self._tracklets.get(number)
            if one is not None and one.start <= time <= one.end:
                return np.array([np.interp(time, one.times, side) for side in one.boxes.T])
        return None

    def _accept(self) -> None:
        watched = [one for one in self._watched.shifts if one.verdict == "proposed"]
        fresh = [replace(one, verdict="accepted") for one in watched if self._watched.is_watched(one)]
        if fresh:
            self._accepted += fresh
            self._solve(self._marks)


def _overlap(one: np.ndarray, other: np.ndarray) -> float:
    low, high = np.maximum(one[:2], other[:2]), np.minimum(one[2:], other[2:])
    shared = float(np.prod(np.clip(high - low, 0, None)))
    both = float(np.prod(one[2:] - one[:2]) + np.prod(other[2:] - other[:2])) - shared
    return shared / both if both > 0 else 0.0


def report(group: str, courses: list[Course], rate: float) -> None:
    """Print a group's figures."""
    f1 = np.array([course.f1 for course in courses])
    seconds = np.array([course.seconds(rate) for course in courses])
    parts = [
        f"{np.mean([getattr(course, name) for course in courses]):.1f} {name}"
        for name in ("clicks", "keys", "answers", "refused")
    ]
    film = np.mean([course.film for course in courses])
    print(
        f"{group}: {len(courses)} players; F1 {f1[:, 0].mean():.2f} after a click, "
        f"{f1[:, 1].mean():.2f} after answers, {f1[:, 2].mean():.2f} after following "
        f"({int((f1[:, 2] >= 0.95).sum())} at 0.95)\n"
        f"  median {np.median(seconds):.0f} s of a person, worst {seconds.max():.0f} s; on average "
        f"{', '.join(parts)}, {film:.0f} s of film played",
        flush=True,
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=seeds_of, default=seeds_of("901-905"))
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--visible", type=float, nargs="+", default=[0.0, 0.1, 0.3])
    parser.add_argument("--players", type=int, default=2)
    parser.add_argument("--rate", type=float, default=4.0)
    parser.add_argument("--answers", type=int, default=10)
    options = parser.parse_args()
    for visible in options.visible:
        courses = []
        for seed in options.seeds:
            for game in simulated_players(seed, options.seconds, visible, options.players):
                assert isinstance(game, SimulatedPlayer)
                courses.append(FollowingPerson(game, options.rate).work(options.answers))
        report(f"numbers in {visible:.0%}, films of {options.seconds:.0f} s", courses, options.rate)


if __name__ == "__main__":
    main()
