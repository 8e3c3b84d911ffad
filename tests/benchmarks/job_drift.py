"""Run many jobs with random pause, cancel, retry and failure, and look for drift.

`python -m tests.benchmarks.job_drift`. The database, a model that follows the bus as the window does, and
the files in the jobs' folders must agree at every job's end and at the end of all. Stages are stand-ins of
the real shape (chunks, whole files), since the store and the runner are what is measured. Prints one line of
figures and ends with code 1 when anything disagrees.
"""

import argparse
import json
import logging
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from shiftclipper.errors import DiskFull, UserError
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.rows import JobRow, JobStatus, StageStatus, StopReason
from shiftclipper.jobs.runner import Runner
from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.stage import StageContext, fingerprint
from shiftclipper.jobs.store import Store
from tests.stub_stages import CHUNKS, CLIPS, StubAnalyse, StubClips, steps

REST = frozenset({JobStatus.DONE, JobStatus.CANCELLED, JobStatus.FAILED, JobStatus.PAUSED})


class Troubled:
    """A stage that sometimes fails, in each of the ways in which a stage can."""

    def __init__(self, choices: random.Random) -> None:
        self.name = "identify"
        self.weight = 1.0
        self._choices = choices

    def input_hash(self, context: StageContext) -> str:
        """Depend on the analysis."""
        return fingerprint(context.stage_hash("analyse"))

    def outputs_exist(self, context: StageContext) -> bool:
        """Make no files."""
        return True

    def run(self, context: StageContext) -> Mapping[str, JsonValue]:
        """Work a little, or fail."""
        steps(3, pause=0.001)(context)
        trouble = self._choices.random()
        if trouble < 0.08:
            raise UserError("The disk was pulled out; connect it again.")
        if trouble < 0.16:
            raise ValueError("a bug")
        if trouble < 0.2:
            raise DiskFull("There is no room left; free some space.")
        return {}


@dataclass
class WriteResults:
    """Writes results.json from the database as the last act of a run, like the real stage."""

    name: str = "results"
    weight: float = 0.1

    def input_hash(self, context: StageContext) -> str:
        """Depend on the run: the file is written anew at the end of each."""
        return fingerprint(context.job.started_at)

    def outputs_exist(self, context: StageContext) -> bool:
        """The file is there."""
        return (context.out_dir / "results.json").is_file()

    def run(self, context: StageContext) -> Mapping[str, JsonValue]:
        """Write it."""
        clips = [str(clip.path) for clip in context.store.clips(context.job_id)]
        part = context.out_dir / "results.json.part"
        part.write_text(json.dumps({"status": "done", "clips": clips}), encoding="utf-8")
        part.replace(context.out_dir / "results.json")
        return {}


class ListeningModel(QObject):
    """Follows the bus as the window's list does: collects ids, and re-reads them 30 ms later."""

    def __init__(self, store: Store, bus: JobBus) -> None:
        super().__init__(bus)
        self.rows: dict[str, JobRow] = {}
        self.readings = 0
        self._store = store
        self._dirty: dict[str, None] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(30)
        self._timer.timeout.connect(self.read)
        bus.job_changed.connect(self._on_changed)

    @Slot(str)
    def _on_changed(self, job_id: str) -> None:
        self._dirty[job_id] = None
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def read(self) -> None:
        """Read what changed."""
        dirty, self._dirty = self._dirty, {}
        for job_id in dirty:
            self.rows[job_id] = self._store.job(job_id)
            self.readings += 1


@dataclass
class Found:
    """What was counted, and what disagreed."""

    drift: list[str] = field(default_factory=list)
    requests: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)


class Person(QObject):
    """Queues jobs and then disturbs them at random until each has come to rest."""

    def __init__(self, runner: Runner, model: ListeningModel, choices: random.Random, found: Found) -> None:
        super().__init__(runner)
        self._store = runner.store
        self._runner = runner
        self._model = model
        self._choices = choices
        self._found = found
        self._retries: Counter[str] = Counter()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._meddle)
        self._timer.start(7)
        runner.job_ended.connect(self._on_ended)

    @Slot()
    def _meddle(self) -> None:
        current = self._runner.current_job
        roll = self._choices.random()
        if current is not None and roll < 0.25:
            self._ask(current, self._choices.choice([StopReason.CANCEL, StopReason.PAUSE]))
        elif roll < 0.32:
            waiting = [job_id for job_id, status in self._store.statuses().items() if status == "queued"]
            if waiting:
                self._ask(self._choices.choice(waiting), self._choices.choice(list(StopReason)[:2]))

    def _ask(self, job_id: str, reason: StopReason) -> None:
        try:
            if self._choices.random() < 0.5:
                self._store.request_stop(job_id, reason)
            elif reason is StopReason.CANCEL:
                self._runner.cancel(job_id)
            else:
                self._runner.pause(job_id)
        except UserError:
            # It ended just now.
            return
        self._found.requests[str(reason)] += 1

    @Slot(str, str)
    def _on_ended(self, job_id: str, status: str) -> None:
        self._found.ends[status] += 1
        row = self._store.job(job_id)
        # The person may have cancelled a job that was paused a moment ago, but the run's end is on record.
        ends = [e.to_status for e in self._store.events(job_id) if e.from_status and e.from_status.is_active]
        if ends[-1] != status:
            self._found.drift.append(f"{job_id}: ended as {status}, its events say {ends[-1]}")
        self._found.drift += files_that_disagree(self._store, row)
        if self._store.job(job_id).status in REST:
            self._go_on(job_id, row.status)

    def _go_on(self, job_id: str, status: JobStatus) -> None:
        if status is JobStatus.DONE or self._retries[job_id] >= 12:
            return
        if status is JobStatus.CANCELLED and self._choices.random() < 0.5:
            return
        self._retries[job_id] += 1
        self._store.start(job_id)
        self._found.requests["resume" if status is JobStatus.PAUSED else "retry"] += 1


def files_that_disagree(store: Store, job: JobRow) -> list[str]:
    """Compare a job at rest with its files and rows."""
    wrong = []
    clips = store.clips(job.id)
    names = {path.name for path in job.out_dir.iterdir()} if job.out_dir.is_dir() else set()
    if any(name.endswith(".part") for name in names):
        wrong.append(f"{job.id}: left a .part behind")
    if {clip.path.name for clip in clips} != names - {"results.json"}:
        wrong.append(f"{job.id}: {len(clips)} clips in the database, {sorted(names)} in the folder")
    stages = {stage.name: stage for stage in store.stages(job.id)}
    if any(stage.status is StageStatus.RUNNING for stage in stages.values()):
        wrong.append(f"{job.id}: at rest with a running stage")
    if ("results.json" in names) != (stages["results"].status is StageStatus.DONE):
        wrong.append(f"{job.id}: results.json and its stage disagree")
    if job.status is JobStatus.DONE:
        chunks = [chunk.number for chunk in store.chunks(job.id)]
        if chunks != list(range(CHUNKS)) or len(clips) != CLIPS or job.progress != 1:
            wrong.append(f"{job.id}: done with {len(chunks)} chunks and {len(clips)} clips")
        said = json.loads((job.out_dir / "results.json").read_text(encoding="utf-8"))
        if said["status"] != "done" or len(said["clips"]) != CLIPS:
            wrong.append(f"{job.id}: done, but results.json says {said['status']}")
    return wrong


def events_that_disagree(store: Store, job: JobRow) -> list[str]:
    """Compare a job with the record of its changes."""
    events = store.events(job.id)
    before = [None, *(event.to_status for event in events)]
    if [event.from_status for event in events] != before[:-1] or events[-1].to_status != job.status:
        return [f"{job.id}: its events do not lead to {job.status}"]
    return []


def measure(folder: Path, count: int, seed: int) -> Found:
    """Run the jobs and return what was found."""
    application = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
    bus = JobBus(application)
    found = Found()
    with Store(folder, on_change=bus.job_changed.emit) as store:
        model = ListeningModel(store, bus)
        stages = [
            StubAnalyse(pause=0.001),
            Troubled(random.Random(seed + 1)),
            StubClips(pause=0.001),
            WriteResults(),
        ]
        runner = Runner(store, stages, bus, application)
        person = Person(runner, model, random.Random(seed), found)
        for number in range(count):
            store.queue(store.create_job([folder / f"game {number}.mp4"]))
        runner.start()
        while any(status in ("queued", "running", "stopping") for status in store.statuses().values()):
            application.processEvents()
            time.sleep(0.001)
        person.deleteLater()
        runner.quit()
        application.processEvents()
        model.read()
        jobs = {job.id: job for job in store.jobs()}
        if model.rows != jobs:
            late = [job_id for job_id, row in jobs.items() if model.rows.get(job_id) != row]
            found.drift += [f"{job_id}: the model shows something else" for job_id in late]
        for job in jobs.values():
            found.drift += files_that_disagree(store, job) + events_that_disagree(store, job)
        found.drift += store.check()
        found.ends["(readings of the model)"] = model.readings
    return found


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    logging.getLogger("shiftclipper").addHandler(logging.NullHandler())
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), options.jobs, options.seed)
    print(
        f"{options.jobs} jobs in {time.monotonic() - began:.0f} s; asked for: {dict(found.requests)}; "
        f"ends: {dict(found.ends)}; drift: {len(found.drift)}"
    )
    for line in found.drift:
        print(" ", line)
    return 1 if found.drift else 0


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())
