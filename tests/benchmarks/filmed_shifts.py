"""Shifts of several players of analysed sample games, with regions drawn and with nothing drawn.

    python tests/benchmarks/filmed_shifts.py --films DIR [--film-seeds 403-406] [--cameras fixed]
        [--players 8] [--answers 5 10]

DIR holds sample games with analysed jobs, as sample_shifts.py leaves them. The players are the game's target
and those with the most shifts; one click, three clicks and one in every shift are drawn by lot, on moments at
which he stands free. With `--answers` the best question is answered by the truth, one after the other. Last
comes how often shifts were right of which the program was so sure, regions drawn.
"""

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from shiftclipper.identity import Constraints, ContradictoryConstraints, know
from shiftclipper.identity.score import Score, overlap, pool, score_shifts
from shiftclipper.jobs.store import Store
from tests.benchmarks.games_with_truth import TestedGame, filmed_players, seeds_of
from tests.benchmarks.reliability import print_table

CLICKS = {"1 click": 1, "3 clicks": 3, "one per shift": None}
RIGHT = 0.5
"""Overlap from which a found shift is a true one."""


def undrawn(games: list[TestedGame]) -> list[TestedGame]:
    """Return players of one game as they are when the person drew nothing."""
    view = replace(games[0].view, rink=None, benches=(), penalty_boxes=())
    known = know(games[0].tracklets, view, games[0].rules, games[0].readings)
    return [replace(game, view=view, known=known) for game in games]


def marked(game: TestedGame, answers: list[int]) -> Iterator[tuple[str, Constraints]]:
    """Yield what the person says of a player, and what that is called."""
    every = game.clicks(None)
    for label, count in CLICKS.items():
        lot = random.Random(game.title)
        clicks = every.clicks if count is None else lot.sample(every.clicks, min(count, len(every.clicks)))
        marks = Constraints(clicks=tuple(sorted(clicks, key=lambda click: click.time)))
        yield label, marks
        for number in range(1, max(answers, default=0) + 1):
            asked = game.question(marks)
            if asked is not None:
                choice, off = game.answer(asked)
                marks = _kept(game, marks, asked.answered(marks, choice, off_ice=off))
            if number in answers:
                yield f"{label}, {number} answers", marks


def _kept(game: TestedGame, before: Constraints, after: Constraints) -> Constraints:
    """Return what the person says after an answer, or before it where the program cannot believe it."""
    try:
        game.found(after)
    except ContradictoryConstraints as error:
        print(f"{game.title}: a true answer was refused: {error}", flush=True)
        return before
    return after


def print_scores(scores: dict[tuple[str, str, str], list[Score]]) -> None:
    """Print a line for each camera, regions and marks."""
    for (camera, regions, label), some in scores.items():
        total = pool(some)
        ends = np.abs([*total.start_errors, *total.end_errors] or [0.0])
        print(
            f"{camera:6s} {regions:8s} {label:26s} F1@0.5 {total.f1_50:.3f}  F1@0.75 {total.f1_75:.3f}  "
            f"P {total.precision_50:.2f} R {total.recall_50:.2f}  TOI {total.toi_error:+.2f}  "
            f"wrong {total.wrong_seconds:.0f} s  missing {total.missing_seconds:.0f} s of "
            f"{total.true_toi:.0f} s  ends off {np.median(ends):.1f} s (p90 {np.quantile(ends, 0.9):.1f})  "
            f"{total.truth} shifts",
            flush=True,
        )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--films", type=Path, required=True)
    parser.add_argument("--film-seeds", type=seeds_of, default=seeds_of("403-406"))
    parser.add_argument("--cameras", nargs="+", default=["fixed"])
    parser.add_argument("--players", type=int, default=8, help="of each game")
    parser.add_argument("--answers", type=int, nargs="+", default=[])
    options = parser.parse_args()
    scores: dict[tuple[str, str, str], list[Score]] = defaultdict(list)
    said: list[tuple[float, bool]] = []
    with Store(options.films / "data", write=False) as store:
        for name in [f"{camera}-{seed}" for camera in options.cameras for seed in options.film_seeds]:
            drawn = list(filmed_players(store, options.films, name, options.players))
            for regions, games in (("drawn", drawn), ("nothing", undrawn(drawn))):
                for game in games:
                    for label, marks in marked(game, options.answers):
                        shifts = game.found(marks)
                        spans = [(shift.start, shift.end) for shift in shifts]
                        scores[game.kind, regions, label].append(score_shifts(game.shifts, spans))
                        if regions == "drawn" and label in CLICKS:
                            right = [max(overlap(one, t) for t in game.shifts) >= RIGHT for one in spans]
                            sure = [shift.confidence for shift in shifts]
                            said += zip(sure, right, strict=True)
            print(f"done: {name}", flush=True)
    print_scores(scores)
    confidence, right = np.array(said, dtype=np.float64).reshape(-1, 2).T
    print_table("confidence, regions drawn", confidence, right > 0)


if __name__ == "__main__":
    main()
