"""The real program on a small drawn game, in processes of its own, and what must be equal after every run."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from shiftclipper.jobs.rows import StageStatus
from shiftclipper.jobs.store import Store
from shiftclipper.media.ffmpeg import locate
from shiftclipper.sample import write_sample

ROOT = Path(__file__).parents[2]
ENOUGH_SECONDS = 300
LINGER_SECONDS = 5.0
"""How long the system may take to end the children of a process that was killed."""
KILLED = -signal.SIGKILL if sys.platform != "win32" else 1


@dataclass(frozen=True)
class Film:
    """A drawn game and who is looked for in it."""

    video: Path
    setup: Path


def draw_film(folder: Path, seconds: float = 16, seed: int = 5) -> Film:
    """Draw a small game with two players to look for, so that there are two clips."""
    sample = write_sample(
        folder / "game.mp4",
        seconds=seconds,
        seed=seed,
        camera="fixed",
        ffmpeg=locate(),
        size=(640, 360),
        fps=10,
    )
    setup = json.loads(sample.setup.read_text(encoding="utf-8"))
    second = {"name": "Ola", "number": "9", "clicks": [{"t": 8.0, "x": 0.5, "y": 0.6}]}
    setup["players"].append(second)
    setup |= {"analysis_width": 416, "sample_rate": 5, "files": "edl,otio", "cut_mode": "exact"}
    path = folder / "setup.json"
    path.write_text(json.dumps(setup), encoding="utf-8")
    return Film(sample.video, path)


@dataclass(frozen=True)
class Fault:
    """What happens to a run; see `faulty_program`."""

    log: Path
    what: str
    pattern: str
    number: int = 1

    @property
    def words(self) -> list[str]:
        """As the module takes them."""
        return [str(self.log), self.what, self.pattern, str(self.number)]


@dataclass
class Ended:
    """A process that has come to its end."""

    code: int
    out: str
    error: str


@dataclass
class Program:
    """The command line with a data folder and a folder that is exported to."""

    film: Film
    data: Path
    out: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def start_words(self) -> list[str]:
        """Begin a new job."""
        return ["run", str(self.film.video), "--setup", str(self.film.setup), "--out", str(self.out)]

    def next_words(self) -> list[str]:
        """Go on with the job if there is one, else begin it."""
        job = self.job()
        return self.start_words if job is None else ["run", "--resume", job]

    def start(self, *words: str, fault: Fault | None = None) -> "subprocess.Popen[str]":
        """Start it; `fault` happens to it on the way."""
        module = ["shiftclipper"] if fault is None else ["tests.faults.faulty_program", *fault.words]
        return subprocess.Popen(
            [sys.executable, "-m", *module, "--data-dir", str(self.data), *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "PYTHONDONTWRITEBYTECODE": "1",
                **self.environment,
            },
        )

    def run(self, *words: str, fault: Fault | None = None) -> Ended:
        """Run it to its end, whichever that is."""
        with self.start(*words, fault=fault) as process:
            try:
                out, error = process.communicate(timeout=ENOUGH_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        return Ended(process.returncode, out, error)

    def job(self) -> str | None:
        """Return the only job; None when there is none yet."""
        if not (self.data / "shiftclipper.db").exists():
            return None
        with Store(self.data, write=False) as store:
            jobs = store.jobs()
        return jobs[0].id if jobs else None

    def stage(self) -> str:
        """Return the stage that the job is in."""
        job = self.job()
        if job is None:
            return "before the job"
        with Store(self.data, write=False) as store:
            return store.job(job).stage or "before the first stage"

    def finished(self) -> dict[str, object]:
        """Return what is finished by now, each with what would change if it were made anew."""
        job = self.job()
        if job is None:
            return {}
        with Store(self.data, write=False) as store:
            found = store.results(job)
            chunks = {f"chunk {row.number}": hash(row.observations) for row in store.chunks(job)}
        stages = {
            f"stage {row.name}": row.finished_at
            for row in found.stages
            if row.status is StageStatus.DONE and row.name != "results"
        }
        paths = [clip.path for clip in found.clips]
        paths += [source.proxy_path for source in found.sources if source.proxy_path is not None]
        files = {f"file {path.name}": _identity(path) for path in paths}
        return {**chunks, **stages, **files}

    def outcome(self) -> dict[str, Any]:
        """Return everything of a finished job that must be equal in every run."""
        job = self.job()
        assert job is not None
        results = json.loads((self.out / "results.json").read_text(encoding="utf-8"))
        with Store(self.data, write=False) as store:
            found = store.results(job)
            return {
                "problems": store.check(),
                "status": str(found.job.status),
                "stages": [(row.name, str(row.status)) for row in found.stages],
                "shifts": [(row.start, row.end, row.confidence) for row in found.shifts],
                "chunks": [(row.number, row.samples, row.observations) for row in store.chunks(job)],
                "tracklets": [(one.id, one.boxes.tobytes()) for one in store.tracklets(job)],
                "clips": [(clip.path.name, clip.start, clip.end, clip.frames) for clip in found.clips],
                "pictures": {clip.path.name: pictures_of(clip.path) for clip in found.clips},
                "reel": pictures_of(self.out / "reel.mp4"),
                "told": [results["status"], len(results["clips"]), len(results["artifacts"])],
                "files": sorted(str(path.relative_to(self.out)) for path in self.out.rglob("*")),
            }

    def rubbish(self) -> list[str]:
        """Return what no finished run may leave behind: halves, and folders for what is needed on the way."""
        folders = (self.out, self.data, self.film.video.parent)
        return sorted(
            str(path)
            for folder in folders
            for path in folder.rglob("*")
            if path.suffix == ".part" or (path.is_dir() and path.name.startswith("shiftclipper-"))
        )


def pictures_of(path: Path) -> tuple[int, Fraction, int]:
    """Return how many pictures a film really holds, its length in seconds, and a sum over all pictures."""
    count, total, last = 0, 0, Fraction(0)
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            count += 1
            total += int(frame.to_ndarray().sum()) * count
            assert frame.pts is not None and frame.time_base is not None
            last = frame.pts * frame.time_base
    return count, last, total


def left_running(names: Sequence[str]) -> list[str]:
    """Return what lives on of a program that was killed: the processes with one of its files in hand.

    Empty where the system does not tell.
    """
    deadline = time.monotonic() + LINGER_SECONDS
    while left := list(processes_naming(names)):
        if time.monotonic() > deadline:
            return left
        time.sleep(0.02)
    return []


def processes_naming(names: Sequence[str]) -> Iterator[str]:
    """Yield the command lines of the running processes in which one of the names stands; Linux only."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            state = (process / "stat").read_text(errors="replace").rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z" and any(name in words for name in names) and int(process.name) != os.getpid():
            yield words


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_ino, status.st_mtime_ns
