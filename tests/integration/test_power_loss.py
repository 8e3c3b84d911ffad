"""The power goes at any moment: what the disk holds then is a sound database and a job that goes on.

What a disk holds after a power failure is the database as it was last merged, and the beginning of its
write-ahead log, whose end may be missing or rubbish; of the files in between those that were flushed.
"""

import random
import shutil
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from shiftclipper.jobs.backups import DATABASE_NAME
from shiftclipper.jobs.rows import JobStatus, StageStatus
from shiftclipper.jobs.run import Run
from shiftclipper.jobs.store import Store
from shiftclipper.jobs.work import carry_out
from shiftclipper.media import part_files
from shiftclipper.media.ffmpeg import locate
from tests.faults.ffmpegs import FilmJob
from tests.stub_stages import Stub

pytestmark = pytest.mark.xdist_group("media")
AT_REST = {status for status in JobStatus if not status.is_active}
PAGE = 4096


@dataclass
class Moment:
    """What the disk held at one moment."""

    database: bytes
    log: bytes
    files: dict[Path, int]
    """Sizes of all other files."""

    def lay_out(self, folder: Path, log: bytes | None = None) -> Path:
        """Write it as a data folder."""
        folder.mkdir(parents=True)
        (folder / DATABASE_NAME).write_bytes(self.database)
        (folder / f"{DATABASE_NAME}-wal").write_bytes(self.log if log is None else log)
        return folder


class Moments(list[Moment]):
    """Takes one after each commit, in the thread that wrote."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._lock = threading.Lock()

    def take(self, _job: str) -> None:
        with self._lock:
            data = self._folder / "data"
            files = {path: path.stat().st_size for path in self._folder.rglob("*.mp4")}
            log = data / f"{DATABASE_NAME}-wal"
            self.append(Moment((data / DATABASE_NAME).read_bytes(), log.read_bytes(), files))


@pytest.fixture(scope="module")
def job_with_moments(tmp_path_factory):
    """A real job that was read, cut and joined, and the disk after each of its commits."""
    folder = tmp_path_factory.mktemp("power")
    film = folder / "film.mp4"
    command = [str(locate().path), "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=160x96:rate=25"]
    subprocess.run([*command, "-t", "4", "-pix_fmt", "yuv420p", str(film)], check=True, timeout=300)
    moments = Moments(folder)
    with Store(folder / "data", on_change=moments.take) as store:
        job = FilmJob.make(store, film, folder / "out")
        assert job.run(locate()) is JobStatus.DONE
    return job.id, moments


def torn(log: bytes, rng: random.Random) -> list[bytes]:
    """Return the log whole, without its end, and with an end of rubbish."""
    cut = rng.randrange(len(log) + 1)
    rubbish = min(len(log), rng.randrange(1, 3 * PAGE))
    return [log, log[:cut], log[: len(log) - rubbish] + rng.randbytes(rubbish)]


def test_whatever_the_log_holds_the_database_is_sound_and_no_finished_row_lacks_its_file(
    job_with_moments, tmp_path
):
    job, moments = job_with_moments
    rng = random.Random(1)
    seen = set()
    for number, moment in enumerate(moments):
        for kind, log in enumerate(torn(moment.log, rng)):
            folder = moment.lay_out(tmp_path / f"{number}-{kind}", log)
            with Store(folder) as store:
                assert store.check() == []
                found = {one.id: one for one in store.jobs()}.get(job)
                if found is None:
                    continue
                assert found.status in AT_REST
                assert all(row.status is not StageStatus.RUNNING for row in store.stages(job))
                made = {clip.path: clip.bytes for clip in store.clips(job)}
                made |= {row.path: row.bytes for row in store.artifacts(job) if row.path.suffix == ".mp4"}
                for path, size in made.items():
                    assert moment.files[path] == size
                for source in store.sources(job):
                    assert source.proxy_path is None or source.proxy_path in moment.files
                seen |= {(found.status, len(made))}
            shutil.rmtree(folder)
    assert {(JobStatus.INTERRUPTED, 0), (JobStatus.INTERRUPTED, 2), (JobStatus.DONE, 3)} <= seen


def test_a_job_goes_on_from_what_the_disk_held_and_keeps_what_was_finished(job_with_moments, tmp_path):
    job, moments = job_with_moments
    kept = []
    for share in (0.3, 0.6, 0.9):
        number = round(share * len(moments))
        with Store(moments[number].lay_out(tmp_path / str(number))) as store:
            again = FilmJob(store, job)
            before = again.finished
            assert again.run(locate()) is JobStatus.DONE
            assert store.check() == []
            after = again.finished
            assert len(store.clips(job)) == 2 and len(after) == 3
            assert {name: after[name] for name in before} == before
            kept.append(len(before))
    assert kept[0] < kept[-1] == 3


def test_a_log_that_was_half_merged_is_merged_again(tmp_path):
    moments = Moments(tmp_path)
    rng = random.Random(2)
    with Store(tmp_path / "data", on_change=moments.take) as store:
        job = store.create_job([Path("game.mp4")], stages=["analyse"])
        (source,) = store.sources(job)

        def save(context):
            for number in range(8):
                context.run.save_chunk(source.id, number, number, number + 1, 1, rng.randbytes(900_000))

        store.start(job)
        carry_out(store, store.claim(job), [Stub("analyse", save)], threading.Event())
        wanted = [(row.number, row.observations) for row in store.chunks(job)]
    merges = [(before, after) for before, after in pairwise(moments) if before.database != after.database]
    assert merges, "the log was merged on the way"
    for number, (before, after) in enumerate(merges):
        old = before.database.ljust(len(after.database), b"\0")
        pages = [
            (after.database if rng.random() < 0.5 else old)[at : at + PAGE] for at in range(0, len(old), PAGE)
        ]
        # A merge starts only when the log is on the disk, and ends before that is overwritten.
        half = Moment(b"".join(pages), whole_log(before, after), {})
        with Store(half.lay_out(tmp_path / f"half-{number}")) as store:
            assert store.check() == []
            found = [(row.number, row.observations) for row in store.chunks(job)]
            assert found == wanted[: len(found)] and found


def whole_log(before: Moment, after: Moment) -> bytes:
    """Return the log from which `after` was merged: that of then, or the one before when it began anew."""
    return after.log if len(after.log) >= len(before.log) else before.log


def test_a_clip_counts_as_finished_only_once_it_is_on_the_disk_under_its_name(tmp_path, monkeypatch):
    order: list[tuple[str, str]] = []

    def noted(word: str, real: Callable[..., object], name_of: Callable[..., str]) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            order.append((word, name_of(*arguments)))
            return real(*arguments)

        return call

    film = tmp_path / "film.mp4"
    command = [str(locate().path), "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=160x96:rate=25"]
    subprocess.run([*command, "-t", "4", "-pix_fmt", "yuv420p", str(film)], check=True, timeout=300)
    monkeypatch.setattr(
        part_files, "flush_to_disk", noted("flush", part_files.flush_to_disk, lambda path: path.name)
    )
    monkeypatch.setattr(Path, "replace", noted("name", Path.replace, lambda path, _: path.name))
    monkeypatch.setattr(Run, "save_clip", noted("save", Run.save_clip, lambda _, clip: clip.path.name))
    with Store(tmp_path / "data") as store:
        job = FilmJob.make(store, film, tmp_path / "out")
        assert job.run(locate()) is JobStatus.DONE
        names = [clip.path.name for clip in store.clips(job.id)]
    assert len(names) == 2
    for name in names:
        steps = [order.index(step) for step in (("flush", f"{name}.part"), ("name", f"{name}.part"))]
        folder = next(at for at in range(steps[-1], len(order)) if order[at] == ("flush", "clips"))
        assert steps[0] < steps[1] < folder < order.index(("save", name))
