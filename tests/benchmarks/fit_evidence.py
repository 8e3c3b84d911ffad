"""Fit what cues are worth to analysed sample games, and print how far the result is to be believed.

    python tests/benchmarks/fit_evidence.py --films DIR [--film-seeds 201-207] [--cameras fixed pan]
        [--write]

DIR holds sample games with analysed jobs, as sample_shifts.py leaves them. Never fit on seeds 101 to 120:
they are kept for the figures. With `--write` these files of resources/evidence are written anew:

- looks.json: how much one person's look differs from tracklet to tracklet;
- gates.json: where an end of a tracklet is a step through a gate, a logistic regression;
- links.json: the powers that likelihoods of links are raised to, by the mean log probability of what truly
  came next (all that ends is linked, goes through a gate or is lost), one power after the other.

Printed are that mean before and after, and tables of what was said against what was true.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from shiftclipper.identity import gates
from shiftclipper.identity.links import Links, Trust, link, usual_trust
from shiftclipper.identity.looks import FEATURES, features_of, usual_spread
from shiftclipper.identity.touches import TOUCH_FEATURES, parts_at_touches, touch_features, touch_weights
from shiftclipper.jobs.store import Store
from shiftclipper.paths import resource_path
from shiftclipper.tracklets import COLOUR_BINS, KIT_VALUES, Ending
from tests.benchmarks.games_with_truth import seeds_of
from tests.benchmarks.labelled_pieces import LOST, THROUGH_GATE, UNKNOWN, LabelledGame, labelled_game

LEAST_SAMPLES = 3
"""Boxes of pieces that count."""
STEPS = (0.8, 0.9, 1.1, 1.25)
"""Factors by which a power is changed in turn."""
OVER_ALL, OVER_ONE = 1.0, 3.0
"""How strongly weights of gates are pulled to nothing, and those of one kind of camera to those of all."""
BINS = (0.0, 0.01, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 0.99, 1.01)


def spread_of_looks(games: Sequence[LabelledGame]) -> np.ndarray:
    """Return the standard deviation (FEATURES,) of one person's look from piece to piece over a game."""
    squares, count = np.zeros(FEATURES), 0.0
    for game in games:
        pieces = game.pieces
        features, known = features_of(pieces.colour, pieces.kit, pieces.roles)
        weight = pieces.samples / (pieces.samples + 5.0)
        for person in sorted(set(game.who.tolist()) - {""}):
            own = np.flatnonzero((game.who == person) & known & (pieces.samples >= LEAST_SAMPLES))
            if len(own) < 2:
                continue
            middle = np.average(features[own], axis=0, weights=weight[own])
            squares += ((features[own] - middle) ** 2 * weight[own, None]).sum(axis=0)
            count += len(own) - 1
    return np.sqrt(squares / max(count, 1.0))


def gate_weights(games: Sequence[LabelledGame]) -> dict[str, dict[str, dict[str, float]]]:
    """Return weights of gates, as in gates.json."""
    result: dict[str, dict[str, dict[str, float]]] = {"fixed": {}, "moving": {}}
    for leaving in (True, False):
        tables = {
            moving: _ends([g for g in games if g.moving == moving], leaving) for moving in (False, True)
        }
        every = [np.concatenate(parts) for parts in zip(*tables.values(), strict=True)]
        common = logistic(*every, np.zeros(len(gates.GATE_FEATURES)), OVER_ALL)
        for moving, (features, stepped) in tables.items():
            weights = logistic(features, stepped, common, OVER_ONE)
            named = zip(gates.GATE_FEATURES, weights.round(3).tolist(), strict=True)
            result["moving" if moving else "fixed"]["leaving" if leaving else "entering"] = dict(named)
    return result


def _ends(games: Sequence[LabelledGame], leaving: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return features of ends and whether they are steps through a gate."""
    features, stepped = [np.zeros((0, len(gates.GATE_FEATURES)))], [np.zeros(0)]
    for game in games:
        state = game.pieces.last if leaving else game.pieces.first
        course = game.following if leaving else game.before
        told = gates.gate_features(state, game.view, leaving=leaving)
        if told is None:
            continue
        closed = np.isin(state.kind, (Ending.VIDEO, Ending.CUT, Ending.GATE))
        rows = np.flatnonzero(game.pieces.ice & (course > UNKNOWN) & ~closed)
        features.append(told[rows])
        stepped.append((course[rows] == THROUGH_GATE).astype(np.float64))
    return np.concatenate(features), np.concatenate(stepped)


def touch_facts(games: Sequence[LabelledGame]) -> dict[str, object]:
    """Return what tells whether somebody else goes on from a touch, as in gates.json.

    All games count alike, for they differ in how often that happens and not in how it looks.
    """
    features, swapped = [np.zeros((0, len(TOUCH_FEATURES)))], [np.zeros(0)]
    for game in games:
        before, after = parts_at_touches(game.pieces)
        labelled = (game.who[before] != "") & (game.who[after] != "")
        features.append(touch_features(game.pieces, before[labelled], after[labelled], game.view))
        swapped.append((game.who[before] != game.who[after])[labelled].astype(np.float64))
    every, truth = np.concatenate(features), np.concatenate(swapped)
    weights = logistic(every, truth, np.zeros(len(TOUCH_FEATURES)), OVER_ALL)
    named = dict(zip(TOUCH_FEATURES, weights.round(3).tolist(), strict=True))
    print(f"touches: {len(truth)}, {int(truth.sum())} of them swaps")
    for game, true in zip(games, swapped[1:], strict=True):
        print(f"  {game.name}: {true.sum():.0f} of {len(true)}")
    return {"share": round(float(truth.mean()), 3), "weights": named}


def logistic(features: np.ndarray, truth: np.ndarray, towards: np.ndarray, strength: float) -> np.ndarray:
    """Fit a logistic regression (f,) by Newton's method, its weights pulled to some others (f,).

    Args:
        features: (n, f) of each case.
        truth: (n,) 0 or 1.
    """
    weights = towards.copy()
    for _ in range(50):
        chance = 1.0 / (1.0 + np.exp(-features @ weights))
        slope = features.T @ (chance - truth) + strength * (weights - towards)
        bend = (features * (chance * (1 - chance))[:, None]).T @ features + strength * np.eye(len(weights))
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def linked(game: LabelledGame, trust: Trust) -> Links:
    """Link a game with other powers than the usual ones."""
    return link(game.pieces, game.numbers, game.view, game.rules, trust=trust)[0]


def surprise(games: Sequence[LabelledGame], trust: Trust) -> float:
    """Return the mean of -log p(what truly came next, or before) in nats."""
    logs = []
    for game in games:
        links = linked(game, trust)
        n = len(game.pieces)
        found = dict(zip((links.source * n + links.target).tolist(), links.probability.tolist(), strict=True))
        counts = game.pieces.ice & (game.pieces.samples >= LEAST_SAMPLES)
        for course, free, through, forward in (
            (game.following, links.going, links.going * links.goes.gate, True),
            (game.before, links.coming, links.coming * links.comes.gate, False),
        ):
            rows = np.flatnonzero(counts & (course >= 0))
            pairs = rows * n + course[rows] if forward else course[rows] * n + rows
            logs.append(np.array([found.get(int(pair), 0.0) for pair in pairs]))
            logs.append(through[counts & (course == THROUGH_GATE)])
            logs.append((free - through)[counts & (course == LOST)])
    return float(-np.log(np.maximum(np.concatenate(logs), 1e-3)).mean())


def fitted_trust(games: Sequence[LabelledGame], trust: Trust, rounds: int) -> Trust:
    """Change one power after the other as long as that helps."""
    least = surprise(games, trust)
    for _ in range(rounds):
        for name, value in asdict(trust).items():
            for step in STEPS:
                other = replace(trust, **{name: round(value * step, 3)})
                cost = surprise(games, other)
                if cost < least - 3e-4:
                    least, trust = cost, other
        print(f"  {least:.4f} nats with {trust}", flush=True)
    return trust


def print_reliability(games: Sequence[LabelledGame], trust: Trust) -> None:
    """Print what links and gates say against what was true."""
    said: dict[str, list[np.ndarray]] = {"links": [], "steps off": [], "steps on": []}
    true: dict[str, list[np.ndarray]] = {name: [] for name in said}
    for game in games:
        links, ice = linked(game, trust), game.pieces.ice
        labelled = game.following[links.source] > UNKNOWN
        said["links"].append(links.probability[labelled])
        true["links"].append((game.following[links.source] == links.target)[labelled])
        for name, course, chance in (
            ("steps off", game.following, links.going * links.goes.gate),
            ("steps on", game.before, links.coming * links.comes.gate),
        ):
            some = ice & (course > UNKNOWN)
            said[name].append(chance[some])
            true[name].append((course == THROUGH_GATE)[some])
    for name in said:
        p, y = np.concatenate(said[name]), np.concatenate(true[name])
        print(f"{name}: {p.sum():.0f} said, {y.sum()} true")
        for low, high in pairwise(BINS):
            here = (p >= low) & (p < high)
            if here.any():
                found = f"said {p[here].mean():.3f}, true {y[here].mean():.3f} of {here.sum()}"
                print(f"  {low:.2f} to {high:.2f}: {found}", flush=True)


def write(name: str, values: dict) -> None:
    """Put values into a file of resources/evidence, and leave its other parts as they are."""
    path = resource_path("evidence", name)
    facts = json.loads(path.read_text(encoding="utf-8")) | values
    path.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--films", type=Path, required=True)
    parser.add_argument("--film-seeds", type=seeds_of, default=seeds_of("201-207"))
    parser.add_argument("--cameras", nargs="+", default=["fixed", "pan"])
    parser.add_argument("--rounds", type=int, default=1, help="of changing each power in turn; 0 for none")
    parser.add_argument("--write", action="store_true", help="write resources/evidence anew")
    options = parser.parse_args()
    with Store(options.films / "data", write=False) as store:
        titles = {one.title for one in store.jobs()}
        names = [f"{camera}-{seed}" for camera in options.cameras for seed in options.film_seeds]
        games = [labelled_game(store, options.films, name) for name in names if name in titles]
    print(f"{len(games)} games, {sum(len(game.pieces) for game in games)} pieces", flush=True)
    if options.write:
        parts = np.split(spread_of_looks(games).round(4), [COLOUR_BINS, COLOUR_BINS + KIT_VALUES])
        named = zip(("colour", "kit", "roles"), parts, strict=True)
        write("looks.json", {name: part.tolist() for name, part in named})
        write("gates.json", {**gate_weights(games), "touches": touch_facts(games)})
        usual_spread.cache_clear()
        gates.gate_weights.cache_clear()
        touch_weights.cache_clear()
    trust = usual_trust()
    print(f"what truly came next: {surprise(games, trust):.4f} nats with {trust}", flush=True)
    if options.write and options.rounds:
        trust = fitted_trust(games, trust, options.rounds)
        write("links.json", {"trust": asdict(trust)})
    print_reliability(games, trust)


if __name__ == "__main__":
    main()
