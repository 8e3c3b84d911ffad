"""Jobs in every state, made through the store and the run as the runner would make them."""

import os
import time
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from shiftclipper.jobs.clip_plans import clip_plans
from shiftclipper.jobs.rows import ALL_STAGES, ArtifactRow, ClipRow, NewShift, StopReason
from shiftclipper.jobs.run import Run
from shiftclipper.jobs.setup import Click, ClickKind, PlayerSetup, Regions, Setup
from shiftclipper.jobs.store import Store

BENCH = ((0.3, 0.2), (0.45, 0.2), (0.45, 0.26), (0.3, 0.26))
SAM = Setup(
    players=(
        PlayerSetup(
            "Sam", "17", "#203524", tuple(Click(Fraction(t), ClickKind.IS, 0.4, 0.6) for t in (12, 80, 305))
        ),
    ),
    regions=Regions(bench=(BENCH,)),
)
WEIGHTS = {"ingest": 20.0, "analyse": 200.0, "identify": 2.0, "clips": 60.0, "reel": 10.0, "report": 1.0}
ANALYSIS = ("ingest", "analyse")


class Clock:
    """A clock that is told the time, so that speeds and times left are known."""

    def __init__(self) -> None:
        """Start now."""
        self.now = time.time()

    def __call__(self) -> float:
        """Return seconds since 1970."""
        return self.now


def film_file(folder: Path, name: str, size: int = 1_400_000_000) -> Path:
    """Make a file that says it is large and takes no room; not a video."""
    path = folder / name
    with path.open("wb") as file:
        os.truncate(file.fileno(), size)
    return path


def queue_job(store: Store, sources: Sequence[Path], title: str, setup: Setup | None = None) -> str:
    """Make a job and queue it."""
    stages = ALL_STAGES if setup is not None else ANALYSIS
    job_id = store.create_job(sources, title=title, setup=setup, stages=stages)
    store.queue(job_id)
    return job_id


def begin(store: Store, job_id: str, duration: Fraction = Fraction(3670)) -> Run:
    """Claim a queued job and do its ingest."""
    run = store.claim(job_id)
    assert run is not None
    run.plan_stages(WEIGHTS)
    run.start_stage("ingest", "a")
    sources = store.sources(job_id)
    for number, source in enumerate(sources):
        part = duration / len(sources)
        run.save_source(source.id, start=part * number, duration=part)
    run.progress("ingest", 3670, 3670, "Reading")
    run.finish_stage("ingest", {"seconds": 41.0})
    return run


def analyse(run: Run, clock: Clock, share: float, seconds: float = 300.0) -> None:
    """Be `share` through the analysis after `seconds`."""
    run.start_stage("analyse", "b")
    run.progress("analyse", 0, 3670, "")
    clock.now += seconds
    run.progress("analyse", share * 3670, 3670, f"{int(share * 3670) // 60} of 61 minutes of film")


def finish(store: Store, run: Run, out_dir: Path) -> None:
    """Go through all later stages, with shifts, a reel and a report."""
    run.finish_stage("analyse", {"seconds": 700.0})
    players = store.players(run.job_id)
    for name in ALL_STAGES[2:]:
        run.start_stage(name, "c")
        run.finish_stage(name, {"seconds": 12.0 if name == "clips" else 1.0})
    for player in players:
        run.replace_shifts(player.id, shifts())
    for plan in clip_plans(store.results(run.job_id)):
        path = out_dir / "clips" / plan.file_name
        run.save_clip(ClipRow(plan.start, plan.end, path, plan.shift.id, fingerprint="made"))
    out_dir.mkdir(parents=True, exist_ok=True)
    for kind, name in (("reel", "reel.mp4"), ("report", "report.html")):
        (out_dir / name).write_bytes(b"made")
        run.save_artifact(ArtifactRow(kind, out_dir / name, None, 4, "0"))
    run.finish()


def shifts() -> list[NewShift]:
    """Return a game's shifts, sure and less sure ones."""
    made = []
    start = Fraction(41)
    for number in range(22):
        length = Fraction(30 + (number * 17) % 31)
        confidence = (0.97, 0.93, 0.74, 0.95, 0.41)[number % 5]
        evidence = ({"text": "your click", "log_odds": 4.0}, {"text": "jersey colour", "log_odds": 1.2})
        made.append(NewShift(start, start + length, confidence, "gate", "gate", evidence))
        start += length + 60 + (number * 29) % 70
    return made


def one_of_each(store: Store, clock: Clock, folder: Path) -> dict[str, str]:
    """Make a job in every state that a person meets, and return the ids by the state's name."""
    ids: dict[str, str] = {}
    long_name = (
        "Under 14 regional cup quarter final at Nordhammar against Sankt Gallen Lions, second camera.mp4"
    )

    def job(state: str, title: str, setup: Setup | None, files: int = 1) -> str:
        clock.now += 60
        names = [f"{title} part {number + 1}.mp4" if files > 1 else f"{title}.mp4" for number in range(files)]
        ids[state] = queue_job(store, [film_file(folder, name) for name in names], title, setup)
        return ids[state]

    run = begin(store, job("done", "Sat vs HC Nord", SAM, 3))
    analyse(run, clock, 1.0)
    finish(store, run, store.job(run.job_id).out_dir)
    run = begin(store, job("analysed", "Sun cup final", None))
    analyse(run, clock, 1.0)
    run.finish_stage("analyse", {"seconds": 650.0})
    run.finish()
    run = begin(store, job("failed", "Tuesday practice", SAM))
    analyse(run, clock, 0.3)
    run.fail("The film on the disk Camera cannot be read any more; connect it again and press Retry.")
    run = begin(store, job("paused", "Spring tournament", SAM))
    analyse(run, clock, 0.55)
    store.request_stop(run.job_id, StopReason.PAUSE)
    run.stopped()
    run = begin(store, job("interrupted", "Away at Lakers", None))
    analyse(run, clock, 0.2)
    store.request_stop(run.job_id, StopReason.QUIT)
    run.stopped()
    store.request_stop(job("cancelled", "Wrong film", None), StopReason.CANCEL)
    run = begin(store, job("running", "Home vs Bears", SAM, 2))
    analyse(run, clock, 0.62)
    job("queued", Path(long_name).stem, None)
    job("queued too", "Old boys", SAM)
    return ids
