"""The clock is set back: nothing hangs, nothing is lost, and what came first stays first."""

import logging
import threading
from pathlib import Path

from shiftclipper.jobs.backups import DATABASE_NAME, back_up, back_up_when_due, backups, restore_in
from shiftclipper.jobs.cleanup import cleanup
from shiftclipper.jobs.results import results_document
from shiftclipper.jobs.rows import JobStatus
from shiftclipper.jobs.store import Store
from shiftclipper.jobs.work import carry_out
from shiftclipper.ui.logs import LOG_BYTES, ProgramLog
from tests.laid_rows import rename
from tests.stub_stages import CHUNKS, CLIPS, StubAnalyse, StubClips

DAY = 86400.0
TODAY = 1_700_000_000.0


class Clock:
    """Goes back an hour each time it is looked at."""

    def __init__(self, now: float = TODAY) -> None:
        self.now = now

    def __call__(self) -> float:
        self.now -= 3600
        return self.now


def test_a_job_runs_to_its_end_while_the_clock_goes_back(tmp_path):
    with Store(tmp_path, now=Clock()) as store:
        job = store.create_job([Path("game.mp4")], stages=("analyse", "clips"))
        store.start(job)
        run = store.claim(job)
        seen = []
        stages = [StubAnalyse(lambda _: seen.append(store.job(job))), StubClips()]
        assert carry_out(store, run, stages, threading.Event()) is JobStatus.DONE
        assert len(list(store.chunks(job))) == CHUNKS and len(store.clips(job)) == CLIPS
        assert all(one.seconds_left is None or one.seconds_left >= 0 for one in seen)
        assert results_document(store.results(job))["status"] == "done"


def test_jobs_run_in_the_order_in_which_they_were_queued(tmp_path):
    with Store(tmp_path, now=Clock()) as store:
        jobs = [store.create_job([Path(f"{number}.mp4")]) for number in range(5)]
        for job in jobs:
            store.queue(job)
        order = []
        while (run := store.claim()) is not None:
            order.append(run.job_id)
            run.finish()
        assert order == jobs


def test_a_job_that_was_interrupted_in_the_future_goes_on(tmp_path):
    with Store(tmp_path, now=lambda: TODAY + 400 * DAY) as store:
        job = store.create_job([Path("game.mp4")], stages=("analyse", "clips"))
        store.start(job)
        store.claim(job).start_stage("analyse", "hash")
    with Store(tmp_path, now=lambda: TODAY) as store:
        assert store.job(job).status is JobStatus.INTERRUPTED
        store.resume(job)
        run = store.claim()
        assert carry_out(store, run, [StubAnalyse(), StubClips()], threading.Event()) is JobStatus.DONE
        assert store.job(job).finished_at == TODAY


def test_copies_from_the_future_neither_crowd_out_a_new_one_nor_are_put_back_before_it(tmp_path):
    film = tmp_path / "film.mp4"
    film.touch()
    database = tmp_path / DATABASE_NAME
    with Store(tmp_path) as store:
        job = store.create_job([film], title="Of the future")
    for day in (400, 407, 414):
        back_up(database, TODAY + day * DAY)
    with Store(tmp_path) as store:
        rename(store, job, "Of today")
    made = back_up_when_due(database, TODAY)
    assert made is not None and made.path.exists()
    assert back_up_when_due(database, TODAY + DAY) is None, "one a week is enough"
    newest, *others = backups(tmp_path, TODAY + DAY)
    assert newest.path == made.path and len(others) == 2
    later = back_up_when_due(database, TODAY + 7 * DAY)
    assert later is not None and {one.path for one in backups(tmp_path, TODAY + 8 * DAY)[:2]} == {
        made.path,
        later.path,
    }


def test_the_newest_copy_of_this_time_is_the_one_that_is_put_back(tmp_path):
    database = tmp_path / DATABASE_NAME
    with Store(tmp_path) as store:
        job = store.create_job([Path("game.mp4")], title="Of the future")
    # Later than any clock that runs this test.
    back_up(database, TODAY + 100 * 365 * DAY)
    with Store(tmp_path) as store:
        rename(store, job, "Of today")
    back_up(database, TODAY)
    restore_in(tmp_path)
    with Store(tmp_path) as store:
        assert store.job(job).title == "Of today"


def test_a_job_that_ended_in_the_future_is_kept_by_age_and_removed_by_count(tmp_path):
    with Store(tmp_path, now=lambda: TODAY + 100 * 365 * DAY) as store:
        job = store.create_job([Path("game.mp4")])
        store.start(job)
        store.claim(job).finish()
        assert cleanup(store, days=1, max_count=1) == []
        assert [one.job_id for one in cleanup(store, days=1, max_count=0)] == [job]


def test_the_log_is_cut_by_its_size_whatever_the_clock_says(tmp_path, monkeypatch):
    log = ProgramLog(tmp_path)
    try:
        clock = Clock()
        monkeypatch.setattr("time.time", clock)
        monkeypatch.setattr("time.time_ns", lambda: int(clock() * 1e9))
        for number in range(8):
            logging.getLogger("shiftclipper").warning("%d %s", number, "x" * (LOG_BYTES // 2))
    finally:
        monkeypatch.undo()
        log.close()
    sizes = [path.stat().st_size for path in log.folder.glob("shiftclipper.log*")]
    assert len(sizes) == 4 and max(sizes) <= LOG_BYTES
    newest = (log.folder / "shiftclipper.log").read_text()
    assert newest.splitlines()[-1].split("shiftclipper: ")[1].startswith("7 ")
