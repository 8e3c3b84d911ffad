"""Whatever happens in whatever order, a job takes legal ways only, and the database agrees with a model."""

import shutil
import sqlite3
import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    precondition,
    rule,
)

from shiftclipper.jobs.rows import ACTIONS, Action, JobStatus, StopReason
from shiftclipper.jobs.run import StaleRun
from shiftclipper.jobs.steering import IllegalTransition
from shiftclipper.jobs.store import DATABASE_NAME, Store

LEGAL = {
    "draft": {"queued", "cancelled"},
    "queued": {"running", "paused", "cancelled"},
    "running": {"stopping", "done", "failed", "paused", "interrupted"},
    "stopping": {"cancelled", "paused", "interrupted", "failed", "done"},
    "paused": {"queued", "cancelled"},
    "interrupted": {"queued", "cancelled"},
    "failed": {"queued"},
    "cancelled": {"queued"},
    "done": {"queued"},
}
ACTIVE = {"running", "stopping"}
AFTER_STOP = {"cancel": "cancelled", "pause": "paused", "quit": "interrupted"}
URGENCY = ["quit", "pause", "cancel"]


class JobsOfOneFolder(RuleBasedStateMachine):
    """Does anything that a person, a run or a crash can do, and keeps the books beside it."""

    jobs = Bundle("jobs")

    @initialize()
    def open_folder(self):
        self.folder = Path(tempfile.mkdtemp())
        self.told = []
        self.store = Store(self.folder, on_change=self.told.append)
        self.status = {}
        self.reason = {}
        self.queue = []
        self.run = None
        self.old_runs = []

    def teardown(self):
        assert self.store.check() == []
        self.store.close()
        shutil.rmtree(self.folder)

    # What a person does

    @rule(target=jobs)
    def create(self):
        job_id = self.store.create_job([Path("game.mp4")])
        self.status[job_id] = "draft"
        return job_id

    @rule(job_id=jobs, word=st.sampled_from(["queue", "resume", "retry", "start"]))
    def put_into_queue(self, job_id, word):
        allowed = {
            "queue": {"draft", "done"},
            "resume": {"paused", "interrupted"},
            "retry": {"failed", "cancelled", "interrupted"},
            "start": set(LEGAL) - ACTIVE - {"queued"},
        }[word]
        if self.status[job_id] in allowed:
            getattr(self.store, word)(job_id)
            self.status[job_id] = "queued"
            self.queue.append(job_id)
        else:
            with pytest.raises(IllegalTransition):
                getattr(self.store, word)(job_id)

    @rule(job_id=jobs)
    def move_first(self, job_id):
        self.store.move_first(job_id)
        if job_id in self.queue:
            self.queue.remove(job_id)
            self.queue.insert(0, job_id)

    @rule(job_id=jobs, reason=st.sampled_from(StopReason))
    def ask_to_stop(self, job_id, reason):
        status = self.status[job_id]
        if status in ACTIVE:
            before = self.reason.get(job_id)
            assert self.store.request_stop(job_id, reason) == "stopping"
            self.status[job_id] = "stopping"
            if before is None or URGENCY.index(reason) > URGENCY.index(before):
                self.reason[job_id] = str(reason)
        elif reason is StopReason.QUIT:
            assert self.store.request_stop(job_id, reason) == status
        elif reason is StopReason.CANCEL and status in {
            "draft",
            "queued",
            "paused",
            "interrupted",
            "cancelled",
        }:
            assert self.store.request_stop(job_id, reason) == "cancelled"
            self._set_at_rest(job_id, "cancelled")
        elif reason is StopReason.PAUSE and status in {"queued", "paused"}:
            assert self.store.request_stop(job_id, reason) == "paused"
            self._set_at_rest(job_id, "paused")
        else:
            with pytest.raises(IllegalTransition):
                self.store.request_stop(job_id, reason)

    @rule(job_id=consumes(jobs))
    def delete(self, job_id):
        if self.status[job_id] in ACTIVE:
            with pytest.raises(IllegalTransition):
                self.store.delete_job(job_id)
        else:
            self.store.delete_job(job_id)
            self._set_at_rest(job_id, "deleted")
            del self.status[job_id]

    # What a run does

    @rule()
    def claim(self):
        claimed = self.store.claim()
        if self.run is not None or not self.queue:
            assert claimed is None
            return
        assert claimed.job_id == self.queue.pop(0)
        self.run = claimed
        self.status[claimed.job_id] = "running"

    @precondition(lambda self: self.run)
    @rule(done=st.integers(0, 9))
    def work(self, done):
        self.run.start_stage("ingest", "hash")
        assert self.run.progress("ingest", done, 9, "busy") == self.status[self.run.job_id]

    @precondition(lambda self: self.run)
    @rule(way=st.sampled_from(["finish", "fail", "stopped", "pause"]))
    def end(self, way):
        job_id = self.run.job_id
        reason = self.reason.pop(job_id, None)
        if way == "finish":
            ended, expected = self.run.finish(), "done"
        elif way == "fail":
            ended, expected = self.run.fail("It broke."), "failed"
        elif way == "stopped":
            ended, expected = self.run.stopped(), AFTER_STOP[reason or "quit"]
        else:
            ended = self.run.pause("The disk is full.")
            expected = "cancelled" if reason == "cancel" else "paused"
        assert ended == expected
        self.status[job_id] = expected
        self.old_runs.append(self.run)
        self.run = None

    @precondition(lambda self: self.old_runs)
    @rule(
        data=st.data(),
        write=st.sampled_from(["finish", "stopped", "progress", "save_chunk", "replace_tracklets"]),
    )
    def write_with_an_old_token(self, data, write):
        run = data.draw(st.sampled_from(self.old_runs))
        arguments = {"progress": ("ingest", 1, 2, ""), "replace_tracklets": ([],)}.get(write, ())
        if write == "save_chunk":
            arguments = (1, 0, 0, 1, 1, b"")
        with pytest.raises(StaleRun):
            getattr(run, write)(*arguments)

    # What goes wrong

    @rule()
    def die_and_start_again(self):
        self.store.close()
        self.store = Store(self.folder, on_change=self.told.append)
        if self.run is not None:
            self.status[self.run.job_id] = "interrupted"
            self.reason.pop(self.run.job_id, None)
            self.old_runs.append(self.run)
            self.run = None

    @rule(job_id=jobs, wanted=st.sampled_from(sorted(LEGAL)))
    def write_a_status_past_the_store(self, job_id, wanted):
        status = self.status[job_id]
        if wanted in LEGAL[status] or wanted == status:
            return
        connection = sqlite3.connect(self.folder / DATABASE_NAME, isolation_level=None)
        try:
            with pytest.raises(sqlite3.IntegrityError, match="illegal transition"):
                connection.execute(
                    "UPDATE job SET status = ?, run_token = NULL, stop_reason = NULL, queue_order = NULL "
                    "WHERE id = ?",
                    [wanted, job_id],
                )
        finally:
            connection.close()

    def _set_at_rest(self, job_id, status):
        if job_id in self.queue:
            self.queue.remove(job_id)
        self.status[job_id] = status

    # What always holds

    @invariant()
    def the_database_agrees_with_the_books(self):
        rows = {job.id: job for job in self.store.jobs()}
        assert {job_id: job.status for job_id, job in rows.items()} == self.status
        queued = [job for job in rows.values() if job.status is JobStatus.QUEUED]
        queued.sort(key=lambda job: job.queue_order)
        assert [job.id for job in queued] == self.queue
        for job_id, job in rows.items():
            assert job.stop_reason == self.reason.get(job_id)
            assert (job.error != "") == (job.status is JobStatus.FAILED)
            assert (job.finished_at is not None) == job.status.is_ended

    @invariant()
    def at_most_one_job_runs(self):
        assert sum(status in ACTIVE for status in self.status.values()) <= 1

    @invariant()
    def every_step_is_on_record_and_was_legal(self):
        for job_id, status in self.status.items():
            events = self.store.events(job_id)
            assert events[0].from_status is None and events[0].to_status == "draft"
            for before, after in pairwise(events):
                assert after.from_status == before.to_status
                assert after.to_status in LEGAL[after.from_status]
            assert events[-1].to_status == status

    @invariant()
    def whoever_changed_was_announced(self):
        assert set(self.status) <= set(self.told)


TestJobsOfOneFolder = JobsOfOneFolder.TestCase
TestJobsOfOneFolder.settings = settings(
    max_examples=30,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


def test_the_legal_ways_are_these_and_no_others(tmp_path):
    Store(tmp_path).close()
    connection = sqlite3.connect(tmp_path / DATABASE_NAME)
    ways = set(connection.execute("SELECT from_status, to_status FROM job_transition"))
    connection.close()
    assert ways == {(before, after) for before, many in LEGAL.items() for after in many}
    assert set(LEGAL) == set(JobStatus)


def test_what_a_person_is_offered_is_legal():
    target = {
        Action.RUN: "queued",
        Action.RESUME: "queued",
        Action.RETRY: "queued",
        Action.CANCEL: "cancelled",
        Action.PAUSE: "paused",
    }
    for status, actions in ACTIONS.items():
        for action in actions - {Action.CLEAR}:
            by_way_of = {"stopping"} if status.is_active else set()
            assert target[action] in LEGAL[status] or by_way_of
        assert (Action.CLEAR in actions) == (not status.is_active)
