"""The runner on a real store and real Qt threads: every way in which a job can go and end."""

import errno
import logging
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QThread, Signal, Slot

from shiftclipper.errors import Cancelled, DiskFull, StageFailed, UserError
from shiftclipper.jobs.foreground import run_in_foreground
from shiftclipper.jobs.rows import JobStatus, StageStatus, StopReason
from shiftclipper.jobs.run import Run
from shiftclipper.jobs.runner import Runner
from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.store import Store
from shiftclipper.jobs.work import LOG_NAME
from tests.laid_rows import rename
from tests.stub_stages import CHUNKS, Stub, StubAnalyse, steps


@pytest.fixture
def bus(qapp):
    return JobBus(qapp)


@pytest.fixture
def store(tmp_path, bus):
    with Store(tmp_path / "data", on_change=bus.job_changed.emit) as opened:
        yield opened


@pytest.fixture
def make_runner(store, bus, qapp):
    made = []

    def make(*stages):
        runner = Runner(store, stages, bus, qapp)
        made.append(runner)
        return runner

    yield make
    for runner in made:
        assert runner.quit()


def queued(store, name="game.mp4", **options):
    job_id = store.create_job([Path(name)], **options)
    store.queue(job_id)
    return job_id


class Ends(QObject):
    """Notes in which thread each job ended, and how."""

    def __init__(self, runner):
        super().__init__(runner)
        self.seen = []
        self.in_main_thread = []
        runner.job_ended.connect(self.on_ended)

    @Slot(str, str)
    def on_ended(self, job_id, status):
        self.seen.append((job_id, status))
        self.in_main_thread.append(QThread.currentThread() is self.thread())


def until(qtbot, condition, seconds=10):
    qtbot.waitUntil(lambda: bool(condition()), timeout=seconds * 1000)


def test_queued_jobs_run_one_after_the_other_in_the_order_of_the_queue(qtbot, store, make_runner):
    active = []

    def work(context):
        active.append(context.job_id)
        assert len(active) == 1
        assert threading.current_thread() is not threading.main_thread()
        context.stop.wait(0.01)
        active.remove(context.job_id)

    stage = Stub("ingest", work)
    runner = make_runner(stage)
    ends = Ends(runner)
    first, second = queued(store), queued(store)
    runner.start()
    third, fourth = queued(store), queued(store)
    store.move_first(fourth)
    until(qtbot, lambda: len(ends.seen) == 4)
    assert stage.ran == [first, fourth, second, third]
    assert {status for _, status in ends.seen} == {"done"}
    assert all(ends.in_main_thread)
    assert runner.current_job is None


def test_a_job_that_is_queued_later_through_the_store_starts_by_itself(qtbot, store, make_runner):
    runner = make_runner(Stub("ingest"))
    runner.start()
    job_id = queued(store)
    with qtbot.waitSignal(runner.job_ended, timeout=10_000) as ended:
        pass
    assert ended.args == [job_id, "done"]


def test_stages_run_in_order_and_their_measures_are_kept(qtbot, store, make_runner):
    order = []
    stages = [
        Stub(name, lambda context, name=name: order.append(name) or {"frames": 3}, weight=2.0)
        for name in ("ingest", "analyse", "identify")
    ]
    job_id = store.create_job([Path("game.mp4")], stages=("ingest", "identify"))
    assert run_in_foreground(make_runner(*stages), job_id) is JobStatus.DONE
    assert order == ["ingest", "identify"]
    ingest, analyse, identify, *_ = store.stages(job_id)
    assert ingest.perf["frames"] == 3 and ingest.perf["seconds"] >= 0
    assert (ingest.weight, identify.status) == (2.0, StageStatus.DONE)
    assert analyse.status is StageStatus.WAITING


def test_a_stage_that_still_holds_is_skipped_and_one_that_does_not_is_run(qtbot, store, make_runner):
    ingest, clips = Stub("ingest"), Stub("clips")
    runner = make_runner(ingest, clips)
    job_id = store.create_job([Path("game.mp4")])
    run_in_foreground(runner, job_id)
    run_in_foreground(runner, job_id)
    assert (len(ingest.ran), len(clips.ran)) == (1, 1)
    clips.outputs = False

    def once(context):
        clips.outputs = True

    clips.work = once
    run_in_foreground(runner, job_id)
    assert (len(ingest.ran), len(clips.ran)) == (1, 2)
    ingest.input = "another file"
    run_in_foreground(runner, job_id)
    assert (len(ingest.ran), len(clips.ran)) == (2, 2)


def test_what_the_person_changes_while_the_job_runs_is_not_left_out(qtbot, store, make_runner):
    def person_is_busy(context):
        if len(identify.ran) == 1:
            rename(store, context.job_id, "changed while clips were cut")

    identify, clips = Stub("identify"), Stub("clips", person_is_busy)
    job_id = store.create_job([Path("game.mp4")])
    assert run_in_foreground(make_runner(identify, clips), job_id) is JobStatus.DONE
    assert (len(identify.ran), len(clips.ran)) == (2, 2)


def test_inputs_that_never_come_to_rest_do_not_hold_the_job_forever(store, make_runner, caplog):
    restless = Stub("ingest")
    restless.work = lambda context: setattr(restless, "input", restless.input + "!")
    job_id = store.create_job([Path("game.mp4")])
    assert run_in_foreground(make_runner(restless), job_id) is JobStatus.DONE
    assert len(restless.ran) == 5
    assert "keep changing" in caplog.text


# Stopping


@pytest.mark.parametrize("through", ["runner", "store"])
@pytest.mark.parametrize(
    ("reason", "status"),
    [(StopReason.CANCEL, JobStatus.CANCELLED), (StopReason.PAUSE, JobStatus.PAUSED)],
)
def test_a_running_job_stops_at_once(qtbot, store, make_runner, through, reason, status):
    runner = make_runner(Stub("ingest", steps(2, pause=60)), Stub("analyse"))
    job_id = queued(store)
    runner.start()
    until(qtbot, lambda: store.job(job_id).message != "")
    with qtbot.waitSignal(runner.job_ended, timeout=5000):
        if through == "store":
            store.request_stop(job_id, reason)
        elif reason is StopReason.CANCEL:
            runner.cancel(job_id)
        else:
            runner.pause(job_id)
    assert store.job(job_id).status is status
    assert [event.detail for event in store.events(job_id)][-2] == reason


def test_a_paused_job_goes_on_where_it_stopped(qtbot, store, make_runner):
    begun = []

    def note(text):
        begun.append(text)
        if text == "chunk 2" and begun.count(text) == 1:
            stage.pause = 60
            store.request_stop(job_id, StopReason.PAUSE)

    stage = StubAnalyse(note)
    runner = make_runner(stage)
    job_id = queued(store)
    ends = Ends(runner)
    runner.start()
    until(qtbot, lambda: ends.seen)
    paused_at = store.job(job_id)
    assert paused_at.status is JobStatus.PAUSED
    assert 0 < paused_at.progress < 1
    stage.pause = 0
    runner.resume(job_id)
    until(qtbot, lambda: len(ends.seen) == 2)
    assert ends.seen[-1] == (job_id, "done")
    assert begun == [f"chunk {number}" for number in range(CHUNKS)]


def test_a_queued_job_is_paused_or_cancelled_without_ever_starting(qtbot, store, make_runner):
    stage = Stub("ingest", steps(2, pause=0.05))
    runner = make_runner(stage)
    first, second, third = queued(store), queued(store), queued(store)
    ends = Ends(runner)
    runner.start()
    runner.cancel(second)
    runner.pause(third)
    until(qtbot, lambda: ends.seen)
    assert store.statuses() == {first: "done", second: "cancelled", third: "paused"}
    assert stage.ran == [first]
    with pytest.raises(UserError, match="nothing to cancel"):
        runner.cancel(first)


def test_a_cancel_beats_a_pause_that_was_asked_for_before(qtbot, store, make_runner):
    held = threading.Event()
    stage = Stub("ingest", lambda context: held.wait(10) and context.check())
    runner = make_runner(stage)
    job_id = queued(store)
    ends = Ends(runner)
    runner.start()
    until(qtbot, lambda: stage.ran)
    runner.pause(job_id)
    runner.cancel(job_id)
    held.set()
    until(qtbot, lambda: ends.seen)
    assert ends.seen == [(job_id, "cancelled")]


def test_a_stop_that_comes_after_the_last_stage_comes_too_late(store, make_runner):
    def stop_at_the_end(context):
        store.request_stop(context.job_id, StopReason.CANCEL)
        context.stop.set()

    job_id = store.create_job([Path("game.mp4")])
    runner = make_runner(Stub("ingest"), Stub("results", stop_at_the_end))
    assert run_in_foreground(runner, job_id) is JobStatus.DONE
    assert [event.to_status for event in store.events(job_id)][-2:] == ["stopping", "done"]


def test_a_child_that_dies_of_the_stop_does_not_make_the_job_fail(store, make_runner):
    def work(context):
        store.request_stop(context.job_id, StopReason.CANCEL)
        context.stop.set()
        raise StageFailed("ffmpeg ended with code 255.")

    job_id = store.create_job([Path("game.mp4")])
    assert run_in_foreground(make_runner(Stub("ingest", work)), job_id) is JobStatus.CANCELLED


def test_quitting_interrupts_the_job_and_the_next_start_goes_on(qtbot, tmp_path, bus, qapp):
    begun = []
    with Store(tmp_path, on_change=bus.job_changed.emit) as store:
        runner = Runner(store, [StubAnalyse(begun.append, pause=60)], bus, qapp)
        job_id, waiting = queued(store), queued(store)
        runner.start()
        until(qtbot, lambda: begun)
        assert runner.quit(most_seconds=5)
        assert store.statuses() == {job_id: "interrupted", waiting: "queued"}
        assert "closed" in store.job(job_id).message
    with Store(tmp_path, on_change=bus.job_changed.emit) as store:
        runner = Runner(store, [StubAnalyse(begun.append)], bus, qapp)
        ends = Ends(runner)
        runner.start()
        runner.resume(job_id)
        until(qtbot, lambda: len(ends.seen) == 2)
        assert ends.seen == [(waiting, "done"), (job_id, "done")]
        assert runner.quit()


def test_quitting_says_so_when_a_stage_does_not_stop(qtbot, store, make_runner, caplog):
    release = threading.Event()
    stage = Stub("ingest", lambda context: release.wait(20) and None)
    runner = make_runner(stage)
    queued(store)
    runner.start()
    until(qtbot, lambda: stage.ran)
    assert not runner.quit(most_seconds=0.05)
    assert "did not stop" in caplog.text
    release.set()


@pytest.mark.skipif(sys.platform == "win32", reason="children without a window have no console there")
def test_programs_that_a_stage_starts_are_not_hit_by_the_terminals_interrupt(store, make_runner):
    """A child that died of Ctrl-C before the job was asked to stop would make the job fail."""
    blocked = "import signal; print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, []))"

    def work(context):
        started = subprocess.run([sys.executable, "-c", blocked], capture_output=True, text=True, check=True)
        return {"blocked": started.stdout.strip()}

    job_id = store.create_job([Path("game.mp4")])
    run_in_foreground(make_runner(Stub("ingest", work)), job_id)
    assert store.stages(job_id)[0].perf["blocked"] == "True"
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


# Failing


def test_a_failure_that_the_person_can_mend_is_told_in_its_own_words(store, make_runner):
    def work(context):
        raise UserError("The disk was pulled out; connect it again.", detail="ffmpeg: I/O error")

    job_id = store.create_job([Path("game.mp4")])
    assert run_in_foreground(make_runner(Stub("ingest", work)), job_id) is JobStatus.FAILED
    job = store.job(job_id)
    assert job.error == "The disk was pulled out; connect it again."
    assert store.stages(job_id)[0].status is StageStatus.FAILED
    assert "ffmpeg: I/O error" in (job.work_dir / LOG_NAME).read_text()


@pytest.mark.parametrize("error", [ValueError("a bug"), MemoryError(), OSError(errno.EIO, "I/O error")])
def test_a_bug_fails_the_job_with_a_plain_sentence_and_its_traceback_in_the_log(store, make_runner, error):
    def work(context):
        raise error

    job_id = store.create_job([Path("game.mp4")])
    assert run_in_foreground(make_runner(Stub("ingest", work)), job_id) is JobStatus.FAILED
    job = store.job(job_id)
    assert job.error.startswith("Something went wrong that should not have; try again")
    assert str(job.work_dir / LOG_NAME) in job.error
    written = (job.work_dir / LOG_NAME).read_text()
    assert "Traceback" in written and type(error).__name__ in written


def test_the_next_job_runs_after_a_failure_and_the_failed_one_can_be_tried_again(qtbot, store, make_runner):
    def work(context):
        if context.job_id == first and analyse.ran.count(first) == 1:
            raise ValueError("only once")

    ingest, analyse = Stub("ingest"), Stub("analyse", work)
    runner = make_runner(ingest, analyse)
    first, second = queued(store), queued(store)
    ends = Ends(runner)
    runner.start()
    until(qtbot, lambda: len(ends.seen) == 2)
    assert ends.seen == [(first, "failed"), (second, "done")]
    runner.retry(first)
    until(qtbot, lambda: len(ends.seen) == 3)
    assert ends.seen[-1] == (first, "done")
    assert store.job(first).error == ""
    assert ingest.ran.count(first) == 1


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (DiskFull("There is no room left on D:; free some space."), "There is no room left on D:; free"),
        (OSError(errno.ENOSPC, "No space left on device"), "There is no room left on the disk; free some"),
    ],
)
def test_a_full_disk_pauses_the_job_with_what_to_do(store, make_runner, error, message):
    def work(context):
        raise error

    job_id = store.create_job([Path("game.mp4")])
    stage = Stub("ingest", work)
    runner = make_runner(stage)
    assert run_in_foreground(runner, job_id) is JobStatus.PAUSED
    assert store.job(job_id).message.startswith(message)
    stage.work = lambda context: None
    assert run_in_foreground(runner, job_id) is JobStatus.DONE


def test_a_disk_so_full_that_not_even_the_end_can_be_written_blocks_only_until_there_is_room(
    qtbot, store, make_runner, monkeypatch
):
    room = threading.Event()
    write_pause = Run.pause

    def pause(run, message):
        if not room.is_set():
            raise DiskFull(message)
        return write_pause(run, message)

    monkeypatch.setattr(Run, "pause", pause)

    def work(context):
        if not room.is_set():
            raise DiskFull("There is no room left.")

    runner = make_runner(Stub("ingest", work))
    first = queued(store)
    ends = Ends(runner)
    runner.start()
    until(qtbot, lambda: ends.seen)
    assert ends.seen == [(first, "paused")]
    second = queued(store)
    qtbot.wait(50)
    assert store.job(second).status is JobStatus.QUEUED
    room.set()
    store.move_first(second)
    until(qtbot, lambda: len(ends.seen) == 2)
    assert store.statuses() == {first: "paused", second: "done"}


def test_nothing_that_a_stage_raises_stops_the_runner(qtbot, store, make_runner, caplog):
    def work(context):
        if context.job_id == first:
            sys.exit(3)

    runner = make_runner(Stub("ingest", work))
    first, second = queued(store), queued(store)
    ends = Ends(runner)
    runner.start()
    until(qtbot, lambda: len(ends.seen) == 2)
    assert ends.seen == [(first, "failed"), (second, "done")]
    assert "SystemExit" in caplog.text


def test_a_stage_that_says_cancelled_of_its_own_accord_leaves_a_job_that_can_go_on(store, make_runner):
    def work(context):
        raise Cancelled

    job_id = store.create_job([Path("game.mp4")])
    assert run_in_foreground(make_runner(Stub("ingest", work)), job_id) is JobStatus.INTERRUPTED


def test_what_is_logged_while_a_job_runs_is_in_its_log_and_in_no_other(store, make_runner):
    def work(context):
        logging.getLogger("shiftclipper.media").warning("odd frame in %s", context.job.title)
        context.log.error("lens cap on")

    runner = make_runner(Stub("ingest", work))
    ids = [store.create_job([Path(name)]) for name in ("one.mp4", "two.mp4")]
    for job_id in ids:
        run_in_foreground(runner, job_id)
    one, two = ((store.work_dir(job_id) / LOG_NAME).read_text() for job_id in ids)
    assert "odd frame in one" in one and "odd frame in two" not in one
    assert "odd frame in two" in two and "lens cap on" in two
    logging.getLogger("shiftclipper").warning("after the jobs")
    assert "after the jobs" not in (store.work_dir(ids[1]) / LOG_NAME).read_text()


# Listening


def test_a_listener_that_re_reads_on_the_bus_ends_with_what_the_database_says(qtbot, store, bus, make_runner):
    class Model(QObject):
        def __init__(self):
            super().__init__(bus)
            self.rows = {}
            bus.job_changed.connect(self.on_changed)

        @Slot(str)
        def on_changed(self, job_id):
            self.rows[job_id] = store.job(job_id)

    model = Model()
    runner = make_runner(Stub("ingest", steps(3)), Stub("analyse", steps(3)))
    ends = Ends(runner)
    ids = [queued(store) for _ in range(5)]
    runner.start()
    until(qtbot, lambda: len(ends.seen) == 5)
    qtbot.wait(1)
    assert model.rows == {job.id: job for job in store.jobs()}
    assert set(model.rows) == set(ids)


def test_the_foreground_runs_only_the_job_it_was_asked_for(store, make_runner):
    other, asked = queued(store), queued(store)
    assert run_in_foreground(make_runner(Stub("ingest")), asked) is JobStatus.DONE
    assert store.statuses() == {other: "queued", asked: "done"}


def test_the_worker_leaves_no_connection_behind(store, make_runner):
    runner = make_runner(Stub("ingest", steps(2)))
    for _ in range(3):
        run_in_foreground(runner, store.create_job([Path("game.mp4")]))
    assert len(store._database._opened) == 1


def test_this_qt_counts_references_right(qapp):
    """PySide6 6.12 on Python 3.11 lost a reference to None and True on each void call and emit."""

    class Bell(QObject):
        rung = Signal(bool)

        @Slot(bool)
        def hear(self, loud):
            pass

    bell = Bell()
    bell.rung.connect(bell.hear)

    def ring():
        for _ in range(50):
            bell.rung.emit(True)
            bell.setObjectName("bell")

    ring()
    before = sys.getrefcount(None), sys.getrefcount(True)
    ring()
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert all(abs(b - a) < 25 for a, b in zip(before, after, strict=True))
