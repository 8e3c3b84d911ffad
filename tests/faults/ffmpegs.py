"""An ffmpeg that hangs, dies or prints rubbish once it is to write a certain file, and works until then."""

import shlex
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from shiftclipper.jobs.rows import JobStatus
from shiftclipper.jobs.settings import Settings
from shiftclipper.jobs.setup import PlayerSetup, Setup
from shiftclipper.jobs.stages import all_stages
from shiftclipper.jobs.store import Store
from shiftclipper.jobs.work import carry_out
from shiftclipper.media.ffmpeg import FFmpeg, locate
from tests.faults.tried import Tried
from tests.laid_rows import lay_shift

STAGES = {"ingest": "proxy-*.part", "clips": "*shift*.mp4.part", "reel": "reel.mp4.part"}
"""What each stage that writes films has ffmpeg write."""
SHIFTS = [(Fraction(1, 2), Fraction(2)), (Fraction(2), Fraction(7, 2))]
SIGNALS = [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGTERM, signal.SIGPIPE, signal.SIGHUP]

BEGIN = 'head -c 3000 /dev/zero > "$last"; echo frame=1; echo out_time_us=40000'
# As a child of the script's, which keeps the script's pipes open when that alone is ended.
HANG = f"trap '' TERM INT HUP; {BEGIN}; sleep 100000; exit 0"
RUBBISH = 'head -c 300000 /dev/urandom | tee "$last"; head -c 300000 /dev/urandom >&2; exit 0'


def dying(number: signal.Signals) -> str:
    """Return what a script does that a signal ends in the middle."""
    return f"{BEGIN}; kill -{int(number)} $$; sleep 100000"


def faulty_ffmpeg(folder: Path, writes: str, does: str, stall_seconds: float) -> FFmpeg:
    """Write a script that runs the real ffmpeg unless the file to write has such a name.

    Args:
        folder: for the script.
        writes: a shell pattern of the file's name.
        does: what it does then, in shell; `$last` is the file.
        stall_seconds: how long it may make no headway.
    """
    real = locate()
    script = folder / "ffmpeg"
    script.write_text(
        "#!/bin/sh\n"
        'for last in "$@"; do :; done\n'
        f'case "$last" in *{writes}) {does} ;; esac\n'
        f'exec {shlex.quote(str(real.path))} "$@"\n',
        encoding="utf-8",
    )
    script.chmod(0o755)
    return replace(real, path=script, stall_seconds=stall_seconds)


@dataclass
class FilmJob:
    """A job on a small film whose shifts are known: reading, cutting and joining, without looking."""

    store: Store
    id: str

    @classmethod
    def make(cls, store: Store, film: Path, out: Path) -> "FilmJob":
        """Make the job."""
        settings = Settings(pre_roll=0, post_roll=0, cut_mode="exact", encoder="libx264")
        setup = Setup(settings=settings, players=(PlayerSetup("Sam", "17"),))
        job = store.create_job([film], setup=setup, out_dir=out, stages=tuple(STAGES))
        (player,) = store.players(job)
        for start, end in SHIFTS:
            lay_shift(store, player.id, start, end)
        return cls(store, job)

    def run(self, ffmpeg: FFmpeg, stop: threading.Event | None = None) -> JobStatus:
        """Run it with this ffmpeg."""
        self.store.start(self.id)
        run = self.store.claim(self.id)
        assert run is not None
        return carry_out(self.store, run, all_stages(ffmpeg), stop or threading.Event())

    @property
    def finished(self) -> dict[str, int]:
        """Return the time of every film that was made, by name."""
        clips = [clip.path for clip in self.store.clips(self.id)]
        proxies = [row.proxy_path for row in self.store.sources(self.id) if row.proxy_path is not None]
        return {path.name: path.stat().st_mtime_ns for path in (*clips, *proxies)}

    @property
    def halves(self) -> list[str]:
        """Return what is left of files that were not finished."""
        job = self.store.job(self.id)
        folders = (job.out_dir, self.store.work_dir(self.id))
        return [path.name for folder in folders for path in folder.rglob("*.part")]


def fail_and_go_on(
    film: Path, folder: Path, fault: str, does: str, stages: dict[str, str], stall_seconds: float = 60.0
) -> Iterator[Tried]:
    """Let ffmpeg fail in one stage after the other of a job, then work, and tell what was lost."""
    with Store(folder / "data") as store:
        job = FilmJob.make(store, film, folder / "out")
        for stage, writes in stages.items():
            before = job.finished
            row = Tried(fault, stage)
            status = job.run(faulty_ffmpeg(folder, writes, does, stall_seconds))
            row.sentence = store.job(job.id).error
            if status is not JobStatus.FAILED:
                row.lost.append(f"the job is {status}")
            after = job.finished
            row.lost += [f"{name} was made anew" for name in before if after.get(name) != before[name]]
            row.lost += [f"left behind: {name}" for name in job.halves]
            yield row
        before = job.finished
        status = job.run(locate())
        after = job.finished
        if status is not JobStatus.DONE or any(after[name] != before[name] for name in before):
            yield Tried(fault, "going on", lost=[f"the job is {status}"])
