"""How far the confidence of shifts is to be believed: what was predicted against how many were right.

    python tests/benchmarks/reliability.py [--seeds 901-910] [--seconds 600] [--visible 0 0.1 0.3]
        [--players 2]
    python tests/benchmarks/reliability.py --films DIR [--film-seeds 101-110] [--cameras fixed pan]

Every player is looked for with one click, with three, and with one in each shift, and again after so many
truthful answers (`--answers 0 5`). A found shift is right when it shares at least half (`--overlap`) with
a true one. Shifts that a click lies in are counted apart: the person sees those himself.

DIR holds sample games with analysed jobs, as sample_shifts.py leaves them.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from shiftclipper.identity import Constraints, ContradictoryConstraints
from shiftclipper.identity.score import overlap
from tests.benchmarks.games_with_truth import TestedGame, add_game_options, chosen_games

BINS = 10
SURE = 0.9
"""Confidence from which at least as large a share must be right."""


def judged_shifts(
    game: TestedGame, clicks: int | None, answers: list[int], least: float
) -> Iterator[tuple[float, bool, bool]]:
    """Yield (confidence, right, clicked on) of every shift found.

    Args:
        game: with the player.
        clicks: how many; None for one in each shift.
        answers: numbers of answered questions after which shifts are judged.
        least: overlap with a true shift from which a found one is right.
    """
    marks = game.clicks(clicks)
    for number in range(max(answers) + 1):
        if number in answers:
            times = [click.time for click in marks.clicks]
            for shift in game.found(marks):
                span = (shift.start, shift.end)
                right = any(overlap(span, one) >= least for one in game.shifts)
                yield shift.confidence, right, any(span[0] <= time <= span[1] for time in times)
        asked = game.question(marks) if number < max(answers) else None
        if asked is None and number < max(answers):
            return
        if asked is not None:
            marks = _answered(game, marks, asked)


def _answered(game: TestedGame, marks: Constraints, asked) -> Constraints:
    choice, off = game.answer(asked)
    more = asked.answered(marks, choice, off_ice=off)
    try:
        game.found(more)
    except ContradictoryConstraints:
        return marks
    return more


def print_table(title: str, predicted: np.ndarray, right: np.ndarray) -> None:
    """Print ten bins, the Brier score and the line of the sure ones.

    Args:
        title: of the table.
        predicted: (n,) confidences, 0 to 1.
        right: (n,) whether the shift was right.
    """
    if not len(predicted):
        print(f"{title}: none found")
        return
    brier = float(np.mean((predicted - right) ** 2))
    base = float(right.mean())
    print(f"{title}: {len(right)} shifts, {base:.3f} right")
    print(f"  Brier score {brier:.3f} ({base * (1 - base):.3f} for always saying {base:.2f})")
    for k in range(BINS):
        low, high = k / BINS, (k + 1) / BINS
        here = (predicted >= low) & ((predicted < high) | (k == BINS - 1))
        if here.any():
            print(
                f"  {low:.1f} to {high:.1f}: predicted {predicted[here].mean():.2f}, found "
                f"{right[here].mean():.2f} of {here.sum()}"
            )
    sure = predicted >= SURE
    if sure.any():
        print(f"  {SURE} and above: {right[sure].mean():.3f} right of {sure.sum()}", flush=True)
    else:
        print(f"  {SURE} and above: none", flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_game_options(parser)
    parser.add_argument("--answers", type=int, nargs="+", default=[0, 5])
    parser.add_argument("--overlap", type=float, default=0.5)
    parser.add_argument("--save", type=Path, help="also write the shifts to this .npz, for another look")
    options = parser.parse_args()
    rows: dict[str, list[tuple[float, bool, bool]]] = {}
    for group, game in chosen_games(options):
        for clicks in (1, 3, None):
            rows.setdefault(group, []).extend(judged_shifts(game, clicks, options.answers, options.overlap))
    everything = {group: np.array(some, dtype=np.float64).reshape(-1, 3) for group, some in rows.items()}
    for group, some in everything.items():
        print_table(group, some[:, 0], some[:, 1])
    whole = np.concatenate(list(everything.values()))
    clicked = whole[:, 2] > 0
    print_table("all, with a click", whole[clicked, 0], whole[clicked, 1])
    print_table("all, without a click", whole[~clicked, 0], whole[~clicked, 1])
    print_table("all", whole[:, 0], whole[:, 1])
    if options.save:
        np.savez(options.save, **everything)


if __name__ == "__main__":
    main()
