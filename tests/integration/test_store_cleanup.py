"""Clearing jobs removes what is theirs and nothing else."""

import time
from fractions import Fraction
from pathlib import Path

import pytest

from shiftclipper.errors import UserError
from shiftclipper.jobs.cleanup import cleanup, clear_job
from shiftclipper.jobs.store import Store

DAY = 86_400


class Clock:
    """A clock that is turned by hand."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock(time.time())


@pytest.fixture
def store(tmp_path, clock):
    with Store(tmp_path / "data", now=clock) as opened:
        yield opened


def ended(store, source, way="finish", out_dir=None):
    job_id = store.create_job([source], out_dir=out_dir)
    store.queue(job_id)
    run = store.claim()
    files = store.work_dir(job_id) / "deep" / "er"
    files.mkdir(parents=True)
    (files / "proxy.mp4").write_bytes(bytes(1000))
    (store.work_dir(job_id) / "log.txt").write_text("x" * 24)
    run.finish() if way == "finish" else run.fail("It broke.")
    return job_id


def test_a_cleared_job_is_gone_with_its_folder_but_not_its_source(store, tmp_path):
    source = tmp_path / "game.mp4"
    source.write_bytes(b"film")
    job_id = ended(store, source)
    cleared = clear_job(store, job_id)
    assert (cleared.job_id, cleared.title, cleared.bytes) == (job_id, "game", 1024)
    assert store.jobs() == []
    assert not store.work_dir(job_id).exists()
    assert source.read_bytes() == b"film"


def test_what_was_exported_elsewhere_stays(store, tmp_path):
    out = tmp_path / "clips of Sam"
    out.mkdir()
    (out / "1.mp4").write_bytes(b"clip")
    clear_job(store, ended(store, tmp_path / "game.mp4", out_dir=out))
    assert (out / "1.mp4").read_bytes() == b"clip"


def test_a_source_inside_a_job_folder_stays_and_so_does_what_links_point_to(store, tmp_path):
    first = ended(store, tmp_path / "game.mp4")
    reel = store.work_dir(first) / "out" / "reel.mp4"
    reel.parent.mkdir()
    reel.write_bytes(b"reel")
    store.create_job([reel])
    treasure = tmp_path / "treasure"
    treasure.mkdir()
    (treasure / "wedding.mp4").write_bytes(b"dear")
    (store.work_dir(first) / "link").symlink_to(treasure)
    (store.work_dir(first) / "deep" / "film.mp4").symlink_to(treasure / "wedding.mp4")
    clear_job(store, first)
    assert reel.read_bytes() == b"reel"
    assert (treasure / "wedding.mp4").read_bytes() == b"dear"
    assert sorted(path.name for path in store.work_dir(first).rglob("*")) == ["out", "reel.mp4"]


def test_a_job_folder_that_is_a_link_loses_the_link_only(store, tmp_path):
    treasure = tmp_path / "treasure"
    treasure.mkdir()
    (treasure / "wedding.mp4").write_bytes(b"dear")
    job_id = store.create_job([tmp_path / "game.mp4"])
    store.work_dir(job_id).parent.mkdir(parents=True, exist_ok=True)
    store.work_dir(job_id).symlink_to(treasure)
    clear_job(store, job_id)
    assert (treasure / "wedding.mp4").exists()
    assert not store.work_dir(job_id).is_symlink()


def test_a_running_job_is_not_cleared(store, tmp_path):
    job_id = store.create_job([tmp_path / "game.mp4"])
    store.queue(job_id)
    store.claim()
    store.work_dir(job_id).mkdir(parents=True)
    with pytest.raises(UserError, match="is running and cannot be cleared now; cancel it first"):
        clear_job(store, job_id)
    assert store.work_dir(job_id).exists()


def test_cleanup_takes_old_and_superfluous_ended_jobs_the_oldest_first(store, tmp_path, clock):
    today = clock.now
    clock.now = today - 10 * DAY
    old, draft = ended(store, tmp_path / "old.mp4"), store.create_job([tmp_path / "draft.mp4"])
    clock.now = today - 3 * DAY
    failed = ended(store, tmp_path / "failed.mp4", way="fail")
    clock.now = today
    newest = [ended(store, tmp_path / f"{n}.mp4") for n in range(2)]
    would = cleanup(store, days=7, max_count=2, dry_run=True)
    assert [cleared.job_id for cleared in would] == [old, failed]
    assert len(store.jobs()) == 5
    assert store.work_dir(old).exists()
    assert cleanup(store, days=7, max_count=2) == would
    assert {job.id for job in store.jobs()} == {draft, *newest}
    assert cleanup(store, days=7, max_count=2) == []


def test_cleanup_finds_folders_that_an_interrupted_clearing_left(store, tmp_path):
    job_id = ended(store, tmp_path / "game.mp4")
    store.delete_job(job_id)
    mine = store.work_dir(job_id).parent / "my notes"
    mine.mkdir()
    (cleared,) = cleanup(store, days=7, max_count=10)
    assert (cleared.job_id, cleared.title, cleared.bytes) == (job_id, "", 1024)
    assert not store.work_dir(job_id).exists()
    assert mine.exists()


def test_cleanup_of_an_empty_folder_does_nothing(store):
    assert cleanup(store, days=0, max_count=0) == []
    assert Path(store.data_dir).exists()


def test_the_room_of_a_cleared_job_goes_back_to_the_disk(store, tmp_path):
    def room():
        return sum(path.stat().st_size for path in store.data_dir.glob("shiftclipper.db*"))

    before = room()
    job_id = store.create_job([tmp_path / "game.mp4"])
    store.queue(job_id)
    run = store.claim()
    run.start_stage("analyse", "h")
    (source,) = store.sources(job_id)
    for number in range(5):
        run.save_chunk(source.id, number, Fraction(number), Fraction(number + 1), 1, bytes(1_000_000))
    run.finish()
    assert room() > before + 5_000_000
    clear_job(store, job_id)
    assert room() < before + 200_000
