"""Shifts found in simulated games, with 1 click, 3 clicks and one click in every shift.

Run: python tests/benchmarks/simulated_identity.py [--seeds 901-910] [--seconds 180] [--players 4]
    [--visible 0 0.1 0.3] [--answers 5 10] [--mixed 0.2]
or: python tests/benchmarks/simulated_identity.py --lengths 10 60 180

With `--answers` the best question is answered by the truth, one after the other, and figures are printed
after so many of them as well. `--visible` are shares of all windows of 3 s in which a person's number can be
read once, wrongly one time in ten; figures are printed for each. `--mixed` is the share of places in a line
that somebody of another line takes.

With `--lengths`, in minutes, games so long are made by playing a shorter one several times, end to end.
Printed is how long it takes to get to know the game, and to find a player's shifts first and again after one
more click, and how much memory that takes; each length in a process of its own.
"""

import argparse
import math
import multiprocessing
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from shiftclipper.identity import Constraints, KnownGame, Rules, find_questions, know, solve
from shiftclipper.identity.score import Score, pool, score_shifts
from shiftclipper.tracklets import NumberReading, Tracklet
from tests.tracklet_simulator import Difficulty, Person, SimulatedGame, simulate


def seeds(text: str) -> list[int]:
    """Read `901-910` or `901,905`."""
    if "-" in text:
        low, high = text.split("-")
        return list(range(int(low), int(high) + 1))
    return [int(part) for part in text.split(",")]


def players(game: SimulatedGame, count: int):
    """Return the players asked for: those with the most shifts, of both teams in turn."""
    eligible = [p for p in game.skaters() if any(b - a > 5 for a, b in p.shifts)]
    return sorted(eligible, key=lambda p: (-len(p.shifts), p.id))[:count]


def line(name: str, score: Score, seconds: list[float]) -> str:
    """Write one row of figures."""
    ends = np.abs([*score.start_errors, *score.end_errors] or [0.0])
    return (
        f"{name:24s} F1@.5 {score.f1_50:.3f}  F1@.75 {score.f1_75:.3f}  "
        f"P {score.precision_50:.2f} R {score.recall_50:.2f}  TOI {100 * score.toi_error:+5.1f} %  "
        f"wrong {score.wrong_seconds / max(score.true_toi, 1e-9):.2f} of TOI  "
        f"ends off {np.median(ends):.2f} s (p90 {np.quantile(ends, 0.9):.1f})  "
        f"solve {np.median(seconds):.3f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="901-910")
    parser.add_argument("--seconds", type=float, default=180.0)
    parser.add_argument("--players", type=int, default=4)
    parser.add_argument("--visible", type=float, nargs="+", default=[0.0, 0.1, 0.3])
    parser.add_argument("--answers", type=int, nargs="+", default=[])
    parser.add_argument("--mixed", type=float, default=0.0)
    parser.add_argument("--no-regions", action="store_true")
    parser.add_argument("--lengths", type=float, nargs="+", help="minutes of game; time and memory only")
    options = parser.parse_args()
    if options.lengths:
        for minutes in options.lengths:
            each = multiprocessing.get_context("spawn").Process(target=measure_length, args=(minutes,))
            each.start()
            each.join()
        return
    hard = replace(Difficulty(), regions=not options.no_regions, mixed=options.mixed)
    games = [simulate(seed, options.seconds, hard) for seed in seeds(options.seeds)]
    count = sum(len(game.tracklets) for game in games)
    lengths = np.concatenate([[one.end - one.start for one in g.tracklets] for g in games])
    minutes = sum(game.seconds for game in games) / 60
    print(f"{count / minutes:.0f} tracklets a minute, median {np.median(lengths):.1f} s")
    for visible in options.visible:
        readings = [game.readings(visible) for game in games]
        knowns = [
            know(game.tracklets, game.view, Rules(), read) for game, read in zip(games, readings, strict=True)
        ]
        print(f"numbers in {visible:.0%} of windows", flush=True)
        for name, clicks in (("1 click", 1), ("3 clicks", 3), ("one per shift", None)):
            scores: dict[int, list[Score]] = {}
            seconds: list[float] = []
            for game, read, known in zip(games, readings, knowns, strict=True):
                for person in players(game, options.players):
                    rules = Rules(number=game.number(person.id))
                    marks = game.clicks(person, clicks)
                    begin = time.perf_counter()
                    score(game, person, marks, rules, read, known, scores.setdefault(0, []))
                    seconds.append(time.perf_counter() - begin)
                    for number in range(1, max(options.answers, default=0) + 1):
                        asked = find_questions(
                            game.tracklets, marks, game.view, rules, read, count=1, known=known
                        )
                        if asked:
                            choice, off = game.answer(asked[0], person)
                            marks = asked[0].answered(marks, choice, off_ice=off)
                        if number in options.answers:
                            score(game, person, marks, rules, read, known, scores.setdefault(number, []))
            for number, some in scores.items():
                print(line(f"{name}, {number} answers" if number else name, pool(some), seconds), flush=True)


LONGEST_PLAYED = 600.0
"""Seconds; longer games repeat one of this length, which takes far less time to make."""


def measure_length(minutes: float) -> None:
    """Print how long a game of that length takes to solve, in processor time, and how much memory."""
    seconds = 60.0 * minutes
    part = min(seconds, LONGEST_PLAYED)
    game = simulate(901, part)
    times = math.ceil(seconds / part)
    read = game.readings(0.1)
    count = len(game.tracklets)
    tracklets = [later(one, k * part, k * count) for k in range(times) for one in game.tracklets]
    readings = [
        replace(one, tracklet=one.tracklet + k * count, time=one.time + k * part)
        for k in range(times)
        for one in read
    ]
    view = replace(game.view, duration=times * part)
    person = players(game, 1)[0]
    rules = Rules(number=game.number(person.id))
    clicks = game.clicks(person).clicks[:3]
    before = peak_memory()
    begin = time.process_time()
    known = know(tracklets, view, rules, readings)
    taken = [time.process_time() - begin]
    for marks in (clicks[:2], clicks, clicks):
        begin = time.process_time()
        solve(tracklets, Constraints(clicks=marks), view, rules, readings, known)
        taken.append(time.process_time() - begin)
    begin = time.process_time()
    find_questions(tracklets, Constraints(clicks=clicks), view, rules, readings, known=known)
    asking = time.process_time() - begin
    print(
        f"{minutes:5.0f} min  {len(tracklets):6d} tracklets  know {taken[0]:6.2f} s  first solve "
        f"{taken[1]:.2f} s  again {min(taken[2:]):.2f} s  questions {asking:.2f} s  "
        f"peak memory {peak_memory():.0f} MB, of which {before:.0f} MB before",
        flush=True,
    )


def later(one: Tracklet, seconds: float, ids: int) -> Tracklet:
    """Return a tracklet moved in time, with a higher id."""
    return replace(one, id=one.id + ids, times=one.times + seconds)


def peak_memory() -> float:
    """Return the most memory this process ever held, in MB."""
    if sys.platform == "win32":
        return math.nan
    import resource  # Not on Windows.

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def score(
    game: SimulatedGame,
    person: Person,
    marks: Constraints,
    rules: Rules,
    read: list[NumberReading],
    known: KnownGame,
    scores: list[Score],
) -> None:
    """Solve one player and add his score."""
    solution = solve(game.tracklets, marks, game.view, rules, read, known)
    found = [(shift.start, shift.end) for shift in solution.shifts]
    scores.append(score_shifts([one for one in person.shifts if one[1] - one[0] > 3.0], found))


if __name__ == "__main__":
    main()
