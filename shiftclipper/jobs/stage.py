"""What a stage of a job is, and what it is given to work with."""

import dataclasses
import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import AbstractContextManager
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Protocol

from shiftclipper.errors import Cancelled, DiskFull
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.rows import JobRow, JobStatus
from shiftclipper.jobs.run import Run, StaleRun
from shiftclipper.jobs.setup import Setup
from shiftclipper.jobs.store import Store
from shiftclipper.jobs.unfinished import being_written

SECONDS_BETWEEN_WRITES = 0.25
"""Progress is written at most this often."""

_log = logging.getLogger(__name__)


class Stage(Protocol):
    """One step of a job. Stages are given to the runner in the order in which they run."""

    @property
    def name(self) -> str:
        """One of `ALL_STAGES`."""
        ...

    @property
    def weight(self) -> float:
        """Rough share of the job's time, in any unit that all stages share."""
        ...

    def input_hash(self, context: "StageContext") -> str:
        """Return a hash of everything the result depends on, earlier stages' hashes included."""
        ...

    def outputs_exist(self, context: "StageContext") -> bool:
        """Say whether the files that the finished stage made are still there."""
        ...

    def run(self, context: "StageContext") -> Mapping[str, JsonValue]:
        """Do the work; may be called again after it was stopped or the program died in the middle.

        Returns:
            Measures for results.json; `seconds` is added by the runner.

        Raises:
            Cancelled: within a second after `context.stop` was set.
            UserError: one sentence about what the person can do.
        """
        ...


class StageContext:
    """What a stage may use: the job to read, the run to write, and how to say how far it is.

    Knows nothing of Qt. Everything may be used from any thread.
    """

    def __init__(
        self,
        store: Store,
        run: Run,
        stage_name: str,
        stop: threading.Event,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make the context of one stage in one run."""
        self.store = store
        """For reading."""
        self.run = run
        """For writing; refuses once the job is not this run's any more."""
        self.stop = stop
        """Set when the stage must end with Cancelled."""
        self.job_id = run.job_id
        self.work_dir: Path = store.work_dir(run.job_id)
        """The job's own folder."""
        self.log = logging.getLogger(f"shiftclipper.stage.{stage_name}")
        """Goes to the job's log file too."""
        self._stage_name = stage_name
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._pending: tuple[float, float, str] | None = None
        self._next_write = -1e9

    @property
    def job(self) -> JobRow:
        """The job as it is now."""
        return self.store.job(self.job_id)

    @property
    def out_dir(self) -> Path:
        """Where clips, reel and report go; need not exist."""
        return self.job.out_dir

    def setup(self) -> Setup:
        """Return what the person said, as it is now."""
        return self.store.setup(self.job_id)

    def stage_hash(self, name: str) -> str | None:
        """Return the input hash of another stage of this job; None when it never ran."""
        return next((row.input_hash for row in self.store.stages(self.job_id) if row.name == name), None)

    def writing(self, targets: Iterable[Path]) -> AbstractContextManager[None]:
        """Note the files that are written inside the block: what a kill leaves of them is removed."""
        return being_written(self.work_dir, targets)

    def check(self) -> None:
        """Raise Cancelled when the stage was asked to stop."""
        if self.stop.is_set():
            raise Cancelled

    def progress(self, done: float, total: float, message: str = "") -> None:
        """Say how far the stage is; call it as often as you like, at most four times a second is written.

        Args:
            done, total: in the stage's own units.
            message: what it is doing, for the person.
        """
        with self._lock:
            self._pending = (done, total, message)
            if self._monotonic() < self._next_write:
                return
            self._write()

    def flush(self) -> None:
        """Write the last progress that was held back."""
        with self._lock:
            self._write()

    def _write(self) -> None:
        if self._pending is None:
            return
        pending, self._pending = self._pending, None
        self._next_write = self._monotonic() + SECONDS_BETWEEN_WRITES
        try:
            status = self.run.progress(self._stage_name, *pending)
        except StaleRun:
            # The work is for nothing from here on; what the stage writes next is refused too.
            self.stop.set()
        except DiskFull:
            _log.warning("no room to write progress")
        else:
            if status is JobStatus.STOPPING:
                self.stop.set()


def fingerprint(*parts: object) -> str:
    """Return a hash that is equal exactly for equal parts, in every process and on every machine.

    Parts are None, bool, int, float, str, bytes, Fraction, Path, Enum, dataclasses, and sequences, sets and
    mappings of these.

    Raises:
        TypeError: a part of any other type.
    """
    digest = hashlib.sha256()
    _feed(digest.update, parts)
    return digest.hexdigest()[:32]


def _feed(update: Callable[[bytes], None], part: object) -> None:
    if dataclasses.is_dataclass(part) and not isinstance(part, type):
        fields = [(field.name, getattr(part, field.name)) for field in dataclasses.fields(part)]
        _feed_many(update, type(part).__name__, fields)
    elif isinstance(part, Mapping):
        # By their repr, since keys of several types have no order of their own.
        _feed_many(update, "map", sorted(part.items(), key=repr))
    elif isinstance(part, Set):
        _feed_many(update, "set", sorted(part, key=repr))
    elif isinstance(part, Sequence) and not isinstance(part, str | bytes | bytearray):
        _feed_many(update, "list", part)
    else:
        kind, content = _atom(part)
        # The length keeps neighbours apart: ("ab", "c") is not ("a", "bc").
        update(f"{kind}:{len(content)}:".encode())
        update(content)


def _feed_many(update: Callable[[bytes], None], kind: str, parts: Sequence[object]) -> None:
    update(f"{kind}[{len(parts)}]".encode())
    for part in parts:
        _feed(update, part)


def _atom(part: object) -> tuple[str, bytes]:
    match part:
        case Enum():
            return _atom(part.value)
        case None | bool():
            return "flag", repr(part).encode()
        case bytes() | bytearray():
            return "bytes", bytes(part)
        case int() | Fraction():
            return "number", str(part).encode()
        case float():
            return "float", part.hex().encode()
        case str() | Path():
            return "text", str(part).encode("utf-8", "surrogateescape")
        case _:
            raise TypeError(f"a {type(part).__name__} cannot be part of a fingerprint")
