"""Starting the program: one at a time, and what a dead one left behind goes on."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from shiftclipper.errors import InstanceLocked
from shiftclipper.jobs.rows import JobStatus, StageStatus, StopReason
from shiftclipper.jobs.run import StaleRun
from shiftclipper.jobs.store import Store
from tests.stub_stages import CHUNKS, CLIPS

ROOT = Path(__file__).parents[2]
ONCE = [f"chunk {n}" for n in range(CHUNKS)] + [f"clip {n}" for n in range(CLIPS)]


def start(data_dir, job_id, pause=0.002):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.killable_run", str(data_dir), job_id, str(pause)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def finish(child):
    with child:
        child.wait(timeout=60)


def made(data_dir, job_id):
    """Everything that a run made, without ids, times and folders."""
    with Store(data_dir, write=False) as store:
        found = store.results(job_id)
        assert store.check() == []
        return {
            "status": str(found.job.status),
            "chunks": [(c.number, c.start, c.end, c.observations) for c in store.chunks(job_id)],
            "clips": [(clip.start, clip.end, clip.path.name, clip.path.read_bytes()) for clip in found.clips],
            "stages": [(stage.name, stage.status) for stage in found.stages],
            "files": sorted(path.name for path in found.job.out_dir.iterdir()),
        }


def new_job(data_dir):
    with Store(data_dir) as store:
        return store.create_job([Path("/films/game.mp4")], stages=("analyse", "clips"))


def test_one_program_at_a_time_may_write_and_others_may_read(tmp_path):
    with Store(tmp_path) as store:
        job_id = store.create_job([Path("game.mp4")])
        with pytest.raises(InstanceLocked) as caught:
            Store(tmp_path)
        assert caught.value.exit_code == 4
        assert f"(process {os.getpid()})" in str(caught.value)
        with Store(tmp_path, write=False) as reader:
            assert reader.job(job_id).status is JobStatus.DRAFT
    Store(tmp_path).close()


def test_reading_an_empty_folder_shows_no_jobs(tmp_path):
    with Store(tmp_path / "new", write=False) as reader:
        assert reader.jobs() == []


def test_another_program_is_told_that_the_folder_is_taken(tmp_path):
    job_id = new_job(tmp_path)
    with Store(tmp_path):
        child = start(tmp_path, job_id)
        _, told = child.communicate(timeout=60)
    assert child.returncode == 4
    assert "Another ShiftClipper" in told


def test_what_a_dead_program_left_running_is_interrupted_and_can_go_on(tmp_path):
    job_id = new_job(tmp_path)
    child = start(tmp_path, job_id, pause=60)
    assert child.stdout.readline() == "chunk 0\n"
    with Store(tmp_path, write=False) as reader:
        assert reader.job(job_id).status is JobStatus.RUNNING
    child.send_signal(signal.SIGKILL)
    finish(child)
    changed = []
    with Store(tmp_path, on_change=changed.append) as store:
        job = store.job(job_id)
        assert (job.status, job.stage) == (JobStatus.INTERRUPTED, "analyse")
        assert changed == [job_id]
        assert store.events(job_id)[-1].to_status is JobStatus.INTERRUPTED
        assert all(stage.status is not StageStatus.RUNNING for stage in store.stages(job_id))
        store.resume(job_id)


def test_a_run_of_before_the_start_can_change_nothing(tmp_path):
    with Store(tmp_path) as store:
        store.queue(store.create_job([Path("game.mp4")]))
        zombie = store.claim()
    with Store(tmp_path) as store:
        store.resume(zombie.job_id)
        run = store.claim()
        for write in (zombie.finish, zombie.stopped, lambda: zombie.progress("ingest", 1, 2, "")):
            with pytest.raises(StaleRun):
                write()
        zombie._database.close()
        assert run.finish() is JobStatus.DONE


def test_a_stop_that_was_under_way_when_the_program_died_is_an_interruption(tmp_path):
    with Store(tmp_path) as store:
        job_id = store.create_job([Path("game.mp4")])
        store.queue(job_id)
        store.claim()
        store.request_stop(job_id, StopReason.PAUSE)
    with Store(tmp_path) as store:
        job = store.job(job_id)
        assert (job.status, job.stop_reason) == (JobStatus.INTERRUPTED, None)


def test_a_run_that_is_killed_again_and_again_ends_with_the_same_and_redoes_nothing_finished(tmp_path):
    undisturbed = new_job(tmp_path / "calm")
    lines, _ = start(tmp_path / "calm", undisturbed).communicate(timeout=60)
    assert lines.splitlines() == [*ONCE, "ended done"]

    job_id = new_job(tmp_path / "rough")
    choices = random.Random(20)
    begun, kills = [], 0
    while "ended done" not in begun:
        child = start(tmp_path / "rough", job_id)
        begun += [child.stdout.readline().strip() for _ in range(choices.randrange(2, 6))]
        child.send_signal(signal.SIGKILL)
        begun += child.stdout.read().split("\n")[:-1]
        finish(child)
        kills += 1
    assert kills >= 2
    assert made(tmp_path / "rough", job_id) == made(tmp_path / "calm", undisturbed)
    begun = [line for line in begun if line and line != "ended done"]
    assert set(begun) == set(ONCE)
    # Only what was in the hand when the program died is done again.
    assert len(begun) - len(ONCE) <= kills


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_cancels_the_job_and_the_program_ends_with_code_3(tmp_path, number):
    job_id = new_job(tmp_path)
    child = start(tmp_path, job_id, pause=60)
    assert child.stdout.readline() == "chunk 0\n"
    child.send_signal(number)
    lines, told = child.communicate(timeout=30)
    assert lines.splitlines()[-1] == "ended cancelled"
    assert child.returncode == 3
    assert told == ""
    with Store(tmp_path, write=False) as reader:
        assert reader.job(job_id).status is JobStatus.CANCELLED


def test_a_job_that_another_program_runs_can_be_cancelled(tmp_path):
    job_id = new_job(tmp_path)
    child = start(tmp_path, job_id, pause=0.3)
    assert child.stdout.readline() == "chunk 0\n"
    with Store(tmp_path, write=False) as other:
        assert other.request_stop(job_id, StopReason.CANCEL) is JobStatus.STOPPING
    lines, _ = child.communicate(timeout=30)
    assert lines.splitlines()[-1] == "ended cancelled"
    assert child.returncode == 3
