"""What looking at more pictures a second would bring to tracklets, at most.

    python tests/benchmarks/dense_frames.py FILE... [--rates 10 15 30] [--doubts 3.5 2 1] [--seeds 1-2]
        [--hard]

FILE as for tracklets.py. Each rate is tried everywhere, so no way to spend denser pictures near contacts
alone can do better. Whatever the tracker counts in boxes is scaled to keep its seconds. Misses, shaking and
false boxes are as likely in each box at every rate, and by chance: a detector errs in much the same way in
pictures 33 ms apart, so denser ones bring less than this says.

Breaking less at doubts also gives fewer tracklets. Therefore rates are compared at several values of that
threshold: what counts is how many tracklets there are at the same purity.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from shiftclipper.vision import contacts, follower, sides, stitching, tracker
from tests.benchmarks.games_with_truth import seeds_of
from tests.benchmarks.tracklets import USUAL_RATE, Figures, read_truth, run

COUNTS = (
    (sides, "MOTION_WINDOW"),
    (contacts, "MOTION_WINDOW"),
    (sides, "COLOUR_WINDOW"),
    (follower, "STEADY"),
    (tracker, "SHORTEST"),
    (tracker, "SHORTEST_IN_CONTACT"),
)
"""What the tracker counts in boxes."""


@contextmanager
def tracking(rate: float, doubt: float) -> Iterator[None]:
    """Track at another rate with the same seconds, and break at another doubt."""
    factor = rate / USUAL_RATE
    rounds = tuple(
        stitching.Round(one.gap, max(1, round(one.shortest * factor)) if one.shortest > 1 else 1)
        for one in stitching.ROUNDS
    )
    with ExitStack() as changed:
        for module, name in COUNTS:
            changed.enter_context(patch.object(module, name, round(getattr(module, name) * factor)))
        changed.enter_context(patch.object(follower, "BLIND_PER_BOX", follower.BLIND_PER_BOX / factor))
        changed.enter_context(patch.object(follower, "COLOUR_MEMORY", follower.COLOUR_MEMORY ** (1 / factor)))
        changed.enter_context(patch.object(stitching, "ROUNDS", rounds))
        breaking = partial(contacts.break_at_doubts, doubt=doubt)
        changed.enter_context(patch.object(tracker, "break_at_doubts", breaking))
        yield


def main() -> None:
    """Print one line for each rate and doubt."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--rates", nargs="+", type=float, default=[10, 15, 30])
    parser.add_argument("--doubts", nargs="+", type=float, default=[contacts.DOUBT, 2, 1])
    parser.add_argument("--seeds", type=seeds_of, default=seeds_of("1-2"))
    parser.add_argument("--hard", action="store_true")
    arguments = parser.parse_args()
    for stabilised in (True, False):
        print("stabilised by the boxes' common motion" if stabilised else "not stabilised")
        for rate in arguments.rates:
            films = [read_truth(path, rate) for path in arguments.files]
            for doubt in arguments.doubts:
                total = Figures()
                with tracking(rate, doubt):
                    for seed in arguments.seeds:
                        for film in films:
                            total += run(film, seed=seed, hard=arguments.hard, stabilised=stabilised)
                print(f"  {rate:4.1f} Hz, doubt {doubt:.1f}  {total}", flush=True)


if __name__ == "__main__":
    main()
