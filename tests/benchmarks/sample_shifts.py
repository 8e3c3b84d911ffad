"""Score the whole program on sample games: F1 of shifts and error of the time on ice.

    python tests/benchmarks/sample_shifts.py --cache DIR [--seeds 101-110] [--cameras fixed pan]
        [--seconds 180] [--fps 30] [--answers 5 10]

Each game is drawn, encoded and run as a job through ingest, analyse and identify; then identified again
with one click (in a shift drawn by lot), three clicks (likewise) and one click in each shift. Games and
analyses stay in the cache folder, so that a second call with changed identity takes seconds. With `--answers`
the best question is answered truthfully, one after the other, and the job run again after so many.
"""

import argparse
import dataclasses
import json
import random
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from PySide6.QtCore import QCoreApplication

from shiftclipper import identity
from shiftclipper.identity import Constraints, ContradictoryConstraints
from shiftclipper.identity.score import Score, overlap, pool, score_shifts
from shiftclipper.jobs.foreground import run_in_foreground
from shiftclipper.jobs.rows import JobStatus
from shiftclipper.jobs.runner import Runner
from shiftclipper.jobs.setup import Click, ClickKind, Setup
from shiftclipper.jobs.setup_file import read_setup
from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.stages import all_stages
from shiftclipper.jobs.stages.game import open_game
from shiftclipper.jobs.stages.identity_inputs import game_rules, game_view, map_of_job, wanted_player
from shiftclipper.jobs.store import Store
from shiftclipper.media.ffmpeg import locate
from shiftclipper.sample import write_sample
from tests.benchmarks.games_with_truth import filmed_players, seeds_of
from tests.benchmarks.reliability import print_table

STAGES = ("ingest", "analyse", "identify")
CLICKS = {"1 click": 1, "3 clicks": 3, "one per shift": None}


def with_clicks(setup: Setup, count: int | None, seed: int) -> Setup:
    """Keep so many of the clicks on the first player, drawn by lot; all of them for None."""
    player = setup.players[0]
    clicks = [click for click in player.clicks if click.kind is ClickKind.IS]
    if count is not None and count < len(clicks):
        clicks = random.Random(seed).sample(clicks, count)
    clicks.sort(key=lambda click: click.time)
    kept = dataclasses.replace(player, clicks=tuple(clicks))
    return dataclasses.replace(setup, players=(kept,))


def run(store: Store, bus: JobBus, job: str) -> None:
    """Bring a job up to date."""
    runner = Runner(store, all_stages(locate()), bus)
    status = run_in_foreground(runner, job)
    runner.quit()
    if status is not JobStatus.DONE:
        raise SystemExit(f"{store.job(job).title}: {status}: {store.job(job).error}")


def score_game(
    store: Store, bus: JobBus, folder: Path, name: str, seed: int, answers: list[int]
) -> dict[str, Score]:
    """Score one game that lies in the cache, for each number of clicks and of answers after them."""
    truth = json.loads((folder / f"{name}.truth.json").read_text())
    target = next(player for player in truth["players"] if player["id"] == truth["target"])
    spans = [(float(start), float(end)) for start, end in target["shifts"]]
    setup = read_setup(folder / f"{name}.setup.json")
    setup = dataclasses.replace(setup, settings=dataclasses.replace(setup.settings, proxy=False))
    known = {job.title: job.id for job in store.jobs()}
    job = known.get(name) or store.create_job(
        [folder / f"{name}.mp4"], setup=setup, title=name, stages=STAGES
    )
    scores: dict[str, Score] = {}
    for label, count in CLICKS.items():
        store.save_setup(job, with_clicks(setup, count, seed))
        run(store, bus, job)
        found = [(float(shift.start), float(shift.end)) for shift in store.shifts(job)]
        scores[label] = score_shifts(spans, found)
        for number, marked in after_answers(store, folder, name, with_clicks(setup, count, seed), answers):
            store.save_setup(job, marked)
            run(store, bus, job)
            found = [(float(shift.start), float(shift.end)) for shift in store.shifts(job)]
            scores[f"{label}, {number} answers"] = score_shifts(spans, found)
    return scores


def score_solved(
    store: Store, folder: Path, name: str, seed: int, said: list[tuple[float, bool]]
) -> dict[str, Score]:
    """Score one analysed game as `score_game`, but identify it here instead of running the job again.

    Args:
        said: gets the confidence of each shift found, and whether it shares half with a true one.
    """
    truth = json.loads((folder / f"{name}.truth.json").read_text())
    target = next(player for player in truth["players"] if player["id"] == truth["target"])
    spans = [(float(start), float(end)) for start, end in target["shifts"]]
    setup = read_setup(folder / f"{name}.setup.json")
    job = next(one.id for one in store.jobs() if one.title == name)
    film = open_game(store, job)
    tracklets, readings = store.tracklets(job), store.number_readings(job)
    view = game_view(setup, film.size, float(film.duration), map_of_job(store, job, film.size))
    known = identity.know(tracklets, view, game_rules(setup), readings)
    scores: dict[str, Score] = {}
    for label, count in CLICKS.items():
        player = wanted_player(with_clicks(setup, count, seed), 0, film.size)
        solution = identity.solve(tracklets, player.constraints, view, player.rules, readings, known)
        found = [(shift.start, shift.end) for shift in solution.shifts]
        scores[label] = score_shifts(spans, found)
        right = [any(overlap(one, span) >= 0.5 for span in spans) for one in found]
        said += zip([shift.confidence for shift in solution.shifts], right, strict=True)
    return scores


def after_answers(
    store: Store, folder: Path, name: str, setup: Setup, answers: list[int]
) -> Iterator[tuple[int, Setup]]:
    """Yield (number, setup) after so many truthful answers, or as many as are asked for."""
    if not answers:
        return
    game = next(filmed_players(store, folder, name, 1))
    width, height = game.view.size
    player = setup.players[0]
    marks = Constraints(
        clicks=tuple(
            identity.Click(float(one.time), (one.x or 0.0) * width, (one.y or 0.0) * height)
            for one in player.clicks
        )
    )
    for number in range(1, max(answers) + 1):
        asked = game.question(marks)
        if asked is not None:
            choice, off = game.answer(asked)
            more = asked.answered(marks, choice, off_ice=off)
            try:
                game.found(more)
                marks = more
            except ContradictoryConstraints as error:
                print(f"{name}: a true answer was refused: {error}", flush=True)
        if number in answers:
            yield number, with_marks(setup, marks, game.view.size)


def with_marks(setup: Setup, marks: Constraints, size: tuple[int, int]) -> Setup:
    """Put marks in pixels of a picture of that size in the place of the first player's."""

    def on_picture(one: identity.Click, kind: ClickKind) -> Click:
        time = Fraction(one.time).limit_denominator(1_000_000)
        return Click(time, kind, min(one.x / size[0], 1.0), min(one.y / size[1], 1.0))

    clicks = [on_picture(one, ClickKind.IS) for one in marks.clicks]
    clicks += [on_picture(one, ClickKind.IS_NOT) for one in marks.nots]
    clicks += [Click(Fraction(t).limit_denominator(1_000_000), ClickKind.OFF_ICE) for t in marks.off_ice]
    player = dataclasses.replace(setup.players[0], clicks=tuple(sorted(clicks, key=lambda one: one.time)))
    return dataclasses.replace(setup, players=(player,))


def print_scores(title: str, scores: list[Score]) -> None:
    """Print one line."""
    pooled = pool(scores)
    true = sum(one.true_toi for one in scores)
    each = sum(abs(one.found_toi - one.true_toi) for one in scores) / true
    print(
        f"{title:<28} F1@0.5 {pooled.f1_50:.3f}  F1@0.75 {pooled.f1_75:.3f}  "
        f"P {pooled.precision_50:.2f} R {pooled.recall_50:.2f}  TOI error "
        f"{pooled.toi_error:+.3f} (mean of games {each:.3f})  wrong {pooled.wrong_seconds:.0f} s  "
        f"missing {pooled.missing_seconds:.0f} s  shifts {pooled.found} of {pooled.truth}",
        flush=True,
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--seeds", type=seeds_of, default=seeds_of("101-110"))
    parser.add_argument("--cameras", nargs="+", default=["fixed", "pan"])
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--fps", type=int, default=30)
    parser.add_argument("--draw-only", action="store_true")
    parser.add_argument("--solve-only", action="store_true", help="of analysed games, without running jobs")
    parser.add_argument("--answers", type=int, nargs="+", default=[])
    arguments = parser.parse_args()
    folder: Path = arguments.cache
    folder.mkdir(parents=True, exist_ok=True)
    names = [(camera, seed, f"{camera}-{seed}") for camera in arguments.cameras for seed in arguments.seeds]
    for camera, seed, name in names:
        if not (folder / f"{name}.setup.json").exists():
            write_sample(
                folder / f"{name}.mp4",
                seconds=arguments.seconds,
                seed=seed,
                camera=camera,
                ffmpeg=locate(),
                fps=arguments.fps,
            )
            print(f"drawn: {name}", flush=True)
    if arguments.draw_only:
        return
    if arguments.solve_only:
        with Store(folder / "data", write=False) as store:
            said: list[tuple[float, bool]] = []
            solved = {name: score_solved(store, folder, name, seed, said) for _, seed, name in names}
        print_all(arguments.cameras, names, solved)
        confidence, right = np.array(said, dtype=np.float64).reshape(-1, 2).T
        print_table("confidence with 1, 3 and all clicks", confidence, right > 0)
        return
    application = QCoreApplication([])
    bus = JobBus(application)
    with Store(folder / "data", on_change=bus.job_changed.emit) as store:
        scores = {
            name: score_game(store, bus, folder, name, seed, arguments.answers) for _, seed, name in names
        }
    print_all(arguments.cameras, names, scores)


def print_all(
    cameras: list[str], names: list[tuple[str, int, str]], scores: dict[str, dict[str, Score]]
) -> None:
    """Print each game, and all games of each camera together."""
    for camera in cameras:
        mine = [(name, scores[name]) for one, _, name in names if one == camera]
        for name, game in mine:
            print_scores(f"{name}, one per shift", [game["one per shift"]])
        for label in mine[0][1] if mine else ():
            print_scores(f"{camera}, {label}", [game[label] for _, game in mine])


if __name__ == "__main__":
    main()
