"""A reviewed game over a small real film: shifts of every kind, clicks, periods, people in the picture."""

import subprocess
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np

from shiftclipper.jobs.rows import NewShift
from shiftclipper.jobs.setup import Click, ClickKind, PlayerSetup, Setup
from shiftclipper.jobs.store import Store
from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.index import read_index
from shiftclipper.media.probe import probe
from shiftclipper.tracklets import COLOUR_BINS, Ending, Tracklet
from tests.ui.made_jobs import ANALYSIS, WEIGHTS, Run

STAGES = (*ANALYSIS, "identify")
CONFIDENCES = (0.97, 0.74, 0.41, 0.95, 0.93)


def small_film(path: Path, *, seconds: int = 60, fps: int = 10, size: str = "160x90") -> Path:
    """Make a film whose every picture is another, with a keyframe each second."""
    source = f"testsrc2=size={size}:rate={fps}:duration={seconds}"
    command = [locate().path, "-v", "error", "-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p"]
    command += ["-preset", "ultrafast", "-g", str(fps), "-bf", "0", str(path)]
    subprocess.run([*map(str, command)], check=True, timeout=120)
    return path


def spread_shifts(duration: float, count: int, first: float = 0.04) -> list[NewShift]:
    """Return so many shifts of different lengths and confidences, spread over a game."""
    step = duration / count
    made = []
    for number in range(count):
        start = Fraction(round((first * duration + number * step) * 10), 10)
        length = Fraction(round(step * (0.35 + 0.06 * (number * 7 % 5)) * 10), 10)
        evidence = (
            {"text": "your click", "log_odds": 4.0},
            {"text": "jersey colour", "log_odds": 1.2},
        )
        end = min(start + length, Fraction(int(duration)))
        if end > start:
            made.append(NewShift(start, end, CONFIDENCES[number % 5], "gate", "gate", evidence))
    return made


def reviewed_game(
    store: Store,
    film: Path,
    *,
    title: str = "Sat vs HC Nord",
    shifts: int = 8,
    players: Sequence[str] = ("Sam",),
) -> str:
    """Make an analysed job whose players' shifts are found, and return its id."""
    index, found = read_index(film), probe(film)
    duration = index.duration_seconds
    said = [
        PlayerSetup(
            name,
            str(17 + 4 * number),
            ("#203524", "#7A1F2B")[number % 2],
            (
                Click(duration * Fraction(6 + number, 100), ClickKind.IS, 0.4, 0.6),
                Click(duration * Fraction(30, 100), ClickKind.IS_NOT, 0.2, 0.5),
                Click(duration * Fraction(48, 100), ClickKind.OFF_ICE),
            ),
        )
        for number, name in enumerate(players)
    ]
    periods = tuple(
        (duration * part / 3, duration * part / 3 + duration * Fraction(28, 100)) for part in range(3)
    )
    setup = Setup(players=tuple(said), periods=periods)
    job_id = store.create_job([film], title=title, setup=setup, stages=STAGES)
    store.queue(job_id)
    run = store.claim(job_id)
    assert run is not None
    run.plan_stages(WEIGHTS)
    run.start_stage("ingest", "a")
    run.save_source(
        store.sources(job_id)[0].id,
        start=Fraction(0),
        duration=duration,
        probe={"size": list(found.size)},
        packet_index=index.to_bytes(),
    )
    run.finish_stage("ingest", {"seconds": 4.0})
    finish_analysis(run, store, float(duration), found.size, shifts)
    return job_id


def finish_analysis(run: Run, store: Store, duration: float, size: tuple[int, int], shifts: int) -> None:
    """Go through the later stages, with people in the picture and shifts."""
    run.start_stage("analyse", "b")
    run.replace_tracklets(people(duration, size))
    run.finish_stage("analyse", {"seconds": 60.0})
    run.start_stage("identify", "c")
    for number, player in enumerate(store.players(run.job_id)):
        run.replace_shifts(player.id, spread_shifts(duration, shifts, 0.04 + 0.03 * number))
    run.finish_stage("identify", {"seconds": 1.0})
    run.finish()


def people(duration: float, size: tuple[int, int]) -> list[Tracklet]:
    """Return people who skate about; few of them in the breaks between periods."""
    random = np.random.default_rng(7)
    made = []
    starts = np.sort(random.uniform(0, duration * 0.97, 240))
    breaks = [(0.28, 0.34), (0.61, 0.67), (0.95, 1.0)]
    for start in starts:
        share = start / duration
        if any(low < share < high for low, high in breaks) and random.random() < 0.9:
            continue
        length = max(0.5, random.uniform(0.01, 0.06) * duration)
        times = np.arange(start, min(duration, start + length), max(0.1, length / 30))
        if len(times) < 2:
            continue
        wide, high = size[0] * 0.03, size[1] * 0.16
        left = random.uniform(0.1, 0.85) * size[0] + np.cumsum(random.normal(0, size[0] * 0.004, len(times)))
        top = np.full(len(times), random.uniform(0.25, 0.7) * size[1])
        boxes = np.stack([left, top, left + wide, top + high], axis=1).astype(np.float32)
        feet = np.stack([left + wide / 2, top + high], axis=1).astype(np.float32)
        made.append(
            Tracklet(
                id=len(made) + 1,
                times=times,
                boxes=boxes,
                scores=np.full(len(times), 0.8, np.float32),
                feet=feet,
                scale=np.ones(len(times), np.float32),
                scene=0,
                colour=np.full(COLOUR_BINS, 1 / COLOUR_BINS, np.float32),
                begins=Ending.OPEN,
                ends=Ending.OPEN,
            )
        )
    return made
