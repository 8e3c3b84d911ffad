"""Fit how sure a found shift is, to the shifts found in analysed sample games.

    python tests/benchmarks/fit_confidence.py --films DIR [--games pan-411 pan-412 pan-413 fixed-421]
        [--players 6]

DIR holds sample games with analysed jobs, as sample_shifts.py leaves them. Shifts are found with one click,
three clicks and one in every shift of each player, with regions drawn and with nothing drawn. Printed are the
weights for confidence.json, for shifts that a click or a number proves, and how each feature fares.
"""

import argparse
import sys
from pathlib import Path
from unittest.mock import patch

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from shiftclipper.identity import shifts as shift_module
from shiftclipper.identity.score import overlap
from shiftclipper.identity.shifts import believed, confidence_features, confidence_weights
from shiftclipper.jobs.store import Store
from tests.benchmarks.filmed_shifts import RIGHT, marked, undrawn
from tests.benchmarks.fit_evidence import logistic
from tests.benchmarks.games_with_truth import TestedGame, filmed_players
from tests.benchmarks.reliability import print_table

PULL = 0.3
"""How strongly weights are pulled to nothing."""


def cases(game: TestedGame) -> list[tuple[dict[str, float], float, bool]]:
    """Return features, present confidence and whether it is right, of each proven shift found of a player."""
    result = []
    for _, marks in marked(game, []):
        weighed: list[tuple[dict[str, float], bool]] = []

        def weigh(
            worst: float,
            length: float,
            *,
            proven: bool,
            doors_found: bool,
            weighed: list[tuple[dict[str, float], bool]] = weighed,
        ) -> float:
            weighed.append((confidence_features(worst, length, doors_found=doors_found), proven))
            return believed(worst, length, proven=proven, doors_found=doors_found)

        with patch.object(shift_module, "believed", weigh):
            found = [shift for shift in game.found(marks) if shift.tracklet_ids]
        for shift, (features, proven) in zip(found, weighed, strict=True):
            if proven:
                span = (shift.start, shift.end)
                right = max(overlap(span, true) for true in game.shifts) >= RIGHT
                result.append((features, shift.confidence, right))
    return result


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--films", type=Path, required=True)
    parser.add_argument("--games", nargs="+", default=["pan-411", "pan-412", "pan-413", "fixed-421"])
    parser.add_argument("--players", type=int, default=6, help="of each game")
    options = parser.parse_args()
    every = []
    with Store(options.films / "data", write=False) as store:
        for name in options.games:
            drawn = list(filmed_players(store, options.films, name, options.players))
            every += [case for game in (*drawn, *undrawn(drawn)) for case in cases(game)]
    names = list(confidence_weights(proven=True))
    features = np.array([[case[name] for name in names] for case, _, _ in every])
    right = np.array([one for *_, one in every])
    weights = logistic(features, right.astype(np.float64), np.zeros(len(names)), PULL)
    for name, weight in zip(names, weights, strict=True):
        print(f"{name:10s} {weight:+.2f} (now {confidence_weights(proven=True)[name]:+.2f})")
    print_table("proven shifts, as they are believed now", np.array([sure for _, sure, _ in every]), right)


if __name__ == "__main__":
    main()
