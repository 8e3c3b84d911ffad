"""Score the whole program on sample games: F1 of shifts and error of the time on ice.

    python tests/benchmarks/sample_shifts.py --cache DIR [--seeds 101-110] [--cameras fixed pan]
        [--seconds 180] [--fps 30]

Each game is drawn, encoded and run as a job through ingest, analyse and identify; then identified again
with one click (in a shift drawn by lot), three clicks (likewise) and one click in each shift. Games and
analyses stay in the cache folder, so that a second call with changed identity takes seconds.
"""

import argparse
import dataclasses
import json
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QCoreApplication

from shiftclipper.identity.score import Score, pool, score_shifts
from shiftclipper.jobs.foreground import run_in_foreground
from shiftclipper.jobs.rows import JobStatus
from shiftclipper.jobs.runner import Runner
from shiftclipper.jobs.setup import ClickKind, Setup
from shiftclipper.jobs.setup_file import read_setup
from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.stages import all_stages
from shiftclipper.jobs.store import Store
from shiftclipper.media.ffmpeg import locate
from shiftclipper.sample import write_sample

STAGES = ("ingest", "analyse", "identify")
CLICKS = {"1 click": 1, "3 clicks": 3, "one per shift": None}


def seeds_of(text: str) -> list[int]:
    """Read `101-110` or `101,105`."""
    first, _, last = text.partition("-")
    return list(range(int(first), int(last) + 1)) if last else [int(one) for one in text.split(",")]


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


def score_game(store: Store, bus: JobBus, folder: Path, name: str, seed: int) -> dict[str, Score]:
    """Score one game that lies in the cache, for each number of clicks."""
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
    return scores


def print_scores(title: str, scores: list[Score]) -> None:
    """Print one line."""
    pooled = pool(scores)
    true = sum(one.true_toi for one in scores)
    each = sum(abs(one.found_toi - one.true_toi) for one in scores) / true
    print(
        f"{title:<28} F1@0.5 {pooled.f1_50:.3f}  F1@0.75 {pooled.f1_75:.3f}  TOI error "
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
    application = QCoreApplication([])
    bus = JobBus(application)
    with Store(folder / "data", on_change=bus.job_changed.emit) as store:
        scores = {name: score_game(store, bus, folder, name, seed) for _, seed, name in names}
    for camera in arguments.cameras:
        mine = [(name, scores[name]) for one, _, name in names if one == camera]
        for name, game in mine:
            print_scores(f"{name}, one per shift", [game["one per shift"]])
        for label in CLICKS:
            print_scores(f"{camera}, {label}", [game[label] for _, game in mine])


if __name__ == "__main__":
    main()
