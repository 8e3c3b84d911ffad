"""Shifts found in simulated games, with 1 click, 3 clicks and one click in every shift.

Run: python tests/benchmarks/simulated_identity.py [--seeds 901-910] [--seconds 180] [--players 4]
    [--visible 0 0.1 0.3]

`--visible` are shares of all windows of 3 s in which a person's number can be read once, wrongly one time
in ten; figures are printed for each.
"""

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from shiftclipper.identity import Rules, solve
from shiftclipper.identity.score import Score, pool, score_shifts
from tests.tracklet_simulator import Difficulty, SimulatedGame, simulate


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
        f"{name:16s} F1@.5 {score.f1_50:.3f}  F1@.75 {score.f1_75:.3f}  "
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
    parser.add_argument("--no-regions", action="store_true")
    options = parser.parse_args()
    hard = replace(Difficulty(), regions=not options.no_regions)
    games = [simulate(seed, options.seconds, hard) for seed in seeds(options.seeds)]
    count = sum(len(game.tracklets) for game in games)
    lengths = np.concatenate([[one.end - one.start for one in g.tracklets] for g in games])
    minutes = sum(game.seconds for game in games) / 60
    print(f"{count / minutes:.0f} tracklets a minute, median {np.median(lengths):.1f} s")
    for visible in options.visible:
        readings = [game.readings(visible) for game in games]
        print(f"numbers in {visible:.0%} of windows", flush=True)
        for name, clicks in (("1 click", 1), ("3 clicks", 3), ("one per shift", None)):
            scores, seconds = [], []
            for game, read in zip(games, readings, strict=True):
                for person in players(game, options.players):
                    marks = game.clicks(person, clicks)
                    begin = time.perf_counter()
                    solution = solve(
                        game.tracklets, marks, game.view, Rules(number=game.number(person.id)), read
                    )
                    seconds.append(time.perf_counter() - begin)
                    found = [(shift.start, shift.end) for shift in solution.shifts]
                    truth = [shift for shift in person.shifts if shift[1] - shift[0] > 3.0]
                    scores.append(score_shifts(truth, found))
            print(line(name, pool(scores), seconds), flush=True)


if __name__ == "__main__":
    main()
