"""One claimed job is carried out to whatever end it comes to, without Qt."""

import errno
import logging
import threading
from pathlib import Path

import pytest

from shiftclipper.errors import Cancelled, DiskFull, StageFailed, UserError
from shiftclipper.jobs.rows import JobStatus, StageStatus, StopReason
from shiftclipper.jobs.run import Run, StaleRun
from shiftclipper.jobs.store import Store
from shiftclipper.jobs.work import LOG_NAME, carry_out
from tests.laid_rows import rename
from tests.stub_stages import Stub, StubAnalyse, StubClips, steps


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path) as opened:
        yield opened


@pytest.fixture
def run(store):
    store.queue(store.create_job([Path("game.mp4")]))
    return store.claim()


def raising(error):
    def work(context):
        raise error

    return Stub("identify", work)


def carried_out(store, run, *stages, stop=None):
    status = carry_out(store, run, stages, stop or threading.Event())
    assert store.job(run.job_id).status is status
    assert logging.getLogger("shiftclipper").handlers == []
    return status


def test_a_job_is_done_when_every_stage_is(store, run):
    stages = [Stub("ingest", steps(3, pause=0)), StubAnalyse(), StubClips()]
    assert carried_out(store, run, *stages) is JobStatus.DONE
    rows = {row.name: row for row in store.stages(run.job_id)}
    assert all(rows[stage.name].status is StageStatus.DONE for stage in stages)
    assert rows["ingest"].perf["steps"] == 3 and rows["ingest"].perf["seconds"] >= 0
    assert store.job(run.job_id).progress == 1


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (UserError("Connect the disk."), JobStatus.FAILED, "Connect the disk."),
        (StageFailed("ffmpeg died."), JobStatus.FAILED, "ffmpeg died."),
        (ValueError("a bug"), JobStatus.FAILED, "Something went wrong that should not have"),
        (OSError(errno.EIO, "bad sector"), JobStatus.FAILED, "Something went wrong that should not"),
        (SystemExit(3), JobStatus.FAILED, "Something went wrong that should not have"),
        (DiskFull("D: is full."), JobStatus.PAUSED, "D: is full."),
        (OSError(errno.ENOSPC, "No space"), JobStatus.PAUSED, "There is no room left on the disk"),
        (Cancelled(), JobStatus.INTERRUPTED, "Stopped because the program was closed"),
    ],
)
def test_whatever_a_stage_raises_the_run_has_an_end(store, run, error, status, message):
    done, never = Stub("ingest"), Stub("clips")
    assert carried_out(store, run, done, raising(error), never) is status
    job = store.job(run.job_id)
    assert (job.error or job.message).startswith(message)
    assert never.ran == []
    assert store.stages(run.job_id)[0].status is StageStatus.DONE
    with pytest.raises(StaleRun):
        run.finish()


@pytest.mark.parametrize("reason", StopReason)
def test_a_stop_that_was_asked_for_before_the_first_stage_is_heeded(store, run, reason):
    store.request_stop(run.job_id, reason)
    stage = Stub("ingest")
    ends = {"cancel": "cancelled", "pause": "paused", "quit": "interrupted"}
    assert carried_out(store, run, stage) == ends[reason]
    assert stage.ran == []


def test_a_stop_between_two_stages_is_heeded(store, run):
    stop = threading.Event()

    def ask(context):
        store.request_stop(context.job_id, StopReason.CANCEL)
        stop.set()

    never = Stub("analyse")
    assert carried_out(store, run, Stub("ingest", ask), never, stop=stop) is JobStatus.CANCELLED
    assert never.ran == []


def test_a_stage_that_fails_because_it_was_stopped_has_not_failed(store, run):
    stop = threading.Event()

    def die(context):
        store.request_stop(context.job_id, StopReason.PAUSE)
        stop.set()
        raise StageFailed("ffmpeg ended with code 255.")

    assert carried_out(store, run, Stub("ingest", die), stop=stop) is JobStatus.PAUSED


def test_a_run_that_lost_its_job_writes_nothing(store, run):
    thief = Stub("ingest", lambda context: context.run.finish() and None)
    with pytest.raises(StaleRun):
        carry_out(store, run, [thief, Stub("analyse")], threading.Event())
    assert store.job(run.job_id).status is JobStatus.DONE
    assert store.stages(run.job_id)[1].status is StageStatus.WAITING


def test_an_end_that_cannot_be_written_is_told_to_the_caller(store, run, monkeypatch):
    def full(self, message):
        raise DiskFull(message)

    monkeypatch.setattr(Run, "pause", full)
    with pytest.raises(DiskFull, match="D: is full"):
        carry_out(store, run, [raising(DiskFull("D: is full."))], threading.Event())
    assert store.job(run.job_id).status is JobStatus.RUNNING


def test_inputs_that_change_while_the_job_runs_are_worked_on_again(store, run):
    def meddle(context):
        if len(identify.ran) == 1:
            rename(store, context.job_id, "another title")

    identify, clips = Stub("identify"), Stub("clips", meddle)
    assert carried_out(store, run, identify, clips) is JobStatus.DONE
    assert (len(identify.ran), len(clips.ran)) == (2, 2)


def test_a_folder_where_no_log_can_be_written_does_not_stop_the_job_from_being_told(store, run, caplog):
    store.work_dir(run.job_id).parent.mkdir()
    store.work_dir(run.job_id).write_text("in the way")
    assert carried_out(store, run, Stub("ingest")) is JobStatus.FAILED
    assert "no log can be written" in caplog.text


def test_the_log_holds_the_traceback_and_what_ffmpeg_said(store, run):
    carried_out(store, run, raising(UserError("Broken film.", detail="moov atom not found")))
    store.retry(run.job_id)
    again = store.claim()
    carried_out(store, again, raising(ValueError("a bug")))
    written = (store.work_dir(run.job_id) / LOG_NAME).read_text()
    assert "moov atom not found" in written
    assert "ValueError: a bug" in written
