"""A small game as tracklets, two players in it, and jobs of it that were analysed without a film."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from shiftclipper.jobs.run import Run
from shiftclipper.jobs.settings import Settings
from shiftclipper.jobs.setup import Click, ClickKind, PlayerSetup, Regions, Setup
from shiftclipper.jobs.stages.analyse import analysis_hash
from shiftclipper.jobs.store import Store
from shiftclipper.tracklets import COLOUR_BINS, KIT_VALUES, Ending, NumberReading, Tracklet
from shiftclipper.vision.observations import FrameObservations, pack_observations, rounded

SIZE = (320, 180)
RATE = 10
BENCH = ((0.39, 0.14), (0.55, 0.14), (0.55, 0.28), (0.39, 0.28))
RINK = ((0.0, 0.28), (1.0, 0.28), (1.0, 0.98), (0.0, 0.98))
DOOR = (150.0, 51.0)


def walk(number, start, end, *places, look=3):
    """Return a tracklet that skates through feet places at even speed; figures are 15 pixels tall."""
    times = np.arange(round(start * RATE), round(end * RATE) + 1) / RATE
    share = (times - start) / (end - start)
    along = np.linspace(0, 1, len(places))
    feet = np.stack([np.interp(share, along, [place[axis] for place in places]) for axis in (0, 1)], axis=1)
    boxes = np.hstack([np.subtract(feet, (3, 15)), np.add(feet, (3, 0))])
    colour = np.zeros(COLOUR_BINS, np.float32)
    colour[look] = 1.0
    n = len(times)
    return Tracklet(
        id=number,
        times=times,
        boxes=boxes.astype(np.float32),
        scores=np.full(n, 0.9, np.float32),
        feet=feet.astype(np.float32),
        scale=np.ones(n, np.float32),
        scene=0,
        colour=colour,
        begins=Ending.OPEN,
        ends=Ending.OPEN,
    )


TRACKLETS = (
    walk(0, 0.0, 119.9, (25, 162), (225, 162), (25, 162), look=20),
    walk(1, 10.0, 25.0, DOOR, (75, 125), (100, 75)),
    walk(2, 25.3, 40.0, (101, 74), (200, 150), DOOR),
    walk(3, 80.0, 95.0, DOOR, (225, 125), (250, 100)),
    walk(4, 95.4, 112.0, (251, 99), (75, 100), DOOR),
)
"""Somebody who stays on the ice, and somebody with two shifts of two tracklets each."""


def click_on(number, time, kind=ClickKind.IS):
    one = TRACKLETS[number]
    x, y = (float(np.interp(time, one.times, one.feet[:, axis])) for axis in (0, 1))
    return Click(Fraction(str(time)), kind, x / SIZE[0], (y - 7) / SIZE[1])


FIRST, SECOND = click_on(1, 20.0), click_on(4, 100.0)


def setup_of(*players, roster=()):
    return Setup(
        settings=replace(Settings(), proxy=False),
        players=tuple(players),
        regions=Regions(rink=RINK, bench=(BENCH,)),
        roster=roster,
    )


def sam(*clicks):
    return PlayerSetup("Sam", "17", None, clicks)


def observed(start: float, end: float) -> list[FrameObservations]:
    """Return what analysis would see of the game between two times in seconds."""
    seen = []
    for number in range(round(start * RATE), round(end * RATE)):
        time = number / RATE
        there = [one for one in TRACKLETS if one.start <= time <= one.end]
        boxes = [[float(np.interp(time, one.times, side)) for side in one.boxes.T] for one in there]
        n = len(there)
        colours = np.array([one.colour for one in there], np.float32).reshape(n, COLOUR_BINS)
        seen.append(
            rounded(
                FrameObservations(
                    time=time,
                    boxes=np.array(boxes, np.float32).reshape(n, 4),
                    scores=np.full(n, 0.9, np.float32),
                    colours=colours,
                    kit=np.zeros((n, KIT_VALUES), np.float32),
                    roles=np.zeros((n, 3), np.float32),
                    sharpness=np.full(n, 20.0, np.float32),
                    motion=np.eye(2, 3),
                    cut=False,
                )
            )
        )
    return seen


def begun_job(store: Store, setup: Setup) -> Run:
    """Make a job whose analysis has just begun, and return its run; `see` goes on with it."""
    job_id = store.create_job([Path("game.mp4")], setup=setup, stages=("ingest", "analyse", "identify"))
    store.queue(job_id)
    run = store.claim(job_id)
    assert run is not None
    run.start_stage("ingest", "ingested")
    source = store.sources(job_id)[0]
    run.save_source(source.id, start=Fraction(0), duration=Fraction(120), probe={"size": list(SIZE)})
    run.finish_stage("ingest", {})
    run.start_stage("analyse", analysis_hash(setup.settings, "ingested"))
    return run


def see(store: Store, run: Run, number: int) -> None:
    """Save the chunk of that number, of 30 s."""
    start = 30 * number
    seen = observed(start, start + 30)
    source = store.sources(run.job_id)[0]
    packed = pack_observations(seen)
    run.save_chunk(source.id, number, Fraction(start), Fraction(start + 30), len(seen), packed)
    run.progress("analyse", start + 30, 120, "")


def analysed_job(
    store: Store,
    setup: Setup,
    tracklets: Sequence[Tracklet] = TRACKLETS,
    size: tuple[int, int] = SIZE,
    duration: Fraction = Fraction(120),
    readings: Sequence[NumberReading] = (),
) -> str:
    """Make a job whose analysis is done, as far as the database knows, and return its id."""
    job_id = store.create_job([Path("game.mp4")], setup=setup, stages=("ingest", "analyse"))
    store.queue(job_id)
    run = store.claim(job_id)
    assert run is not None
    run.start_stage("ingest", "ingested")
    source = store.sources(job_id)[0]
    run.save_source(source.id, start=Fraction(0), duration=duration, probe={"size": list(size)})
    run.finish_stage("ingest", {})
    run.start_stage("analyse", analysis_hash(setup.settings, "ingested"))
    run.replace_tracklets(tracklets)
    run.save_numbers(source.id, 0, readings)
    run.finish_stage("analyse", {})
    run.finish()
    store.set_stages(job_id, ("ingest", "analyse", "identify"))
    return job_id
