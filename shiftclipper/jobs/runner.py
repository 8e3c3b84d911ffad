"""Run queued jobs one after the other on a thread of Qt's."""

import logging
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, Slot

from shiftclipper.errors import DiskFull, UserError
from shiftclipper.jobs.rows import JobStatus, StopReason
from shiftclipper.jobs.run import Run, StaleRun
from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.stage import Stage
from shiftclipper.jobs.store import Store
from shiftclipper.jobs.work import carry_out

MOST_SECONDS_TO_STOP = 30.0
SECONDS_TO_NEXT_TRY = 5.0
"""How long after the end of a run could not be written that is tried again."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Current:
    """The job that runs."""

    run: Run
    stop: threading.Event


class Runner(QObject):
    """Claims queued jobs and carries them out, one at a time.

    It follows the database: whoever queues a job or asks it to stop, here or through the store, the bus
    brings it here. Lives in the thread that made it, which must run an event loop; that of a QCoreApplication
    is enough.
    """

    job_started = Signal(str)
    """Id of the job."""
    job_ended = Signal(str, str)
    """Id of the job and its status then; emitted in the runner's thread."""
    _carried_out = Signal(str, str)

    def __init__(
        self, store: Store, stages: Sequence[Stage], bus: JobBus, parent: QObject | None = None
    ) -> None:
        """Prepare to run; nothing happens before `start`.

        Args:
            store: must tell `bus` of its changes.
            stages: all that the program has, in order.
            bus: of the store.
            parent: Qt's owner of this object.
        """
        super().__init__(parent)
        self.store = store
        self._stages = tuple(stages)
        self._bus = bus
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._current: _Current | None = None
        self._unended: tuple[Run, str] | None = None
        self._only: str | None = None
        self._is_open = False
        self._next_try = QTimer(self)
        self._next_try.setSingleShot(True)
        self._next_try.setInterval(round(SECONDS_TO_NEXT_TRY * 1000))
        self._next_try.timeout.connect(self._start_next)
        self._carried_out.connect(self._on_carried_out, Qt.ConnectionType.QueuedConnection)

    def start(self, only: str | None = None) -> None:
        """Begin to work on what is queued; on one job alone when it is named."""
        self._only = only
        if not self._is_open:
            self._is_open = True
            self._bus.job_changed.connect(self._on_job_changed, Qt.ConnectionType.QueuedConnection)
        self._start_next()

    def quit(self, most_seconds: float = MOST_SECONDS_TO_STOP) -> bool:
        """Stop the running job so that it can go on at the next start, and wait for it.

        Call it before the application and the store are closed. Starts nothing afterwards.

        Returns:
            False when the job did not stop in time; the store must stay open then.
        """
        if self._is_open:
            self._is_open = False
            self._next_try.stop()
            self._bus.job_changed.disconnect(self._on_job_changed)
        if self._current is not None:
            self._ask_to_stop(self._current.run.job_id, StopReason.QUIT)
            self._current.stop.set()
        ended = self._pool.waitForDone(round(most_seconds * 1000))
        if not ended:
            _log.error("the running job did not stop within %s s", most_seconds)
        return ended

    @property
    def current_job(self) -> str | None:
        """Id of the job that runs, None when none does."""
        return None if self._current is None else self._current.run.job_id

    @property
    def unended(self) -> str | None:
        """Why the last run stopped, when not even that could be written; else None."""
        return None if self._unended is None else self._unended[1]

    def cancel(self, job_id: str) -> None:
        """Cancel a job, whether it runs or not.

        Raises:
            UserError: its status does not allow it.
        """
        self._stop(job_id, StopReason.CANCEL)

    def pause(self, job_id: str) -> None:
        """Let a running or queued job stop after saving what it has.

        Raises:
            UserError: its status does not allow it.
        """
        self._stop(job_id, StopReason.PAUSE)

    def queue(self, job_id: str) -> None:
        """Run a draft, or a job that is done once more."""
        self.store.queue(job_id)

    def resume(self, job_id: str) -> None:
        """Let a paused or interrupted job go on."""
        self.store.resume(job_id)

    def retry(self, job_id: str) -> None:
        """Try a failed or cancelled job again."""
        self.store.retry(job_id)

    def _stop(self, job_id: str, reason: StopReason) -> None:
        # The row first: a run that ends because of the event must find its reason there.
        self.store.request_stop(job_id, reason)
        if self._current is not None and self._current.run.job_id == job_id:
            self._current.stop.set()

    def _ask_to_stop(self, job_id: str, reason: StopReason) -> None:
        try:
            self.store.request_stop(job_id, reason)
        except UserError as error:
            _log.warning("job %s could not be asked to stop: %s", job_id, error)

    @Slot(str)
    def _on_job_changed(self, job_id: str) -> None:
        if self._current is None:
            self._start_next()
        elif (
            self._current.run.job_id == job_id
            and not self._current.stop.is_set()
            and self.store.statuses().get(job_id) is not JobStatus.RUNNING
        ):
            self._current.stop.set()

    @Slot()
    def _start_next(self) -> None:
        if not self._is_open or self._current is not None or not self._end_the_unended():
            return
        try:
            run = self.store.claim(self._only)
        except UserError as error:
            _log.warning("no job can be started now: %s", error)
            return
        if run is None:
            return
        self._current = _Current(run, threading.Event())
        self.job_started.emit(run.job_id)
        self._pool.start(_Task(self, self._current))

    def _end_the_unended(self) -> bool:
        """Write the end of a run that could not be written then; return whether the way is free."""
        if self._unended is None:
            return True
        run, message = self._unended
        try:
            run.pause(message)
        except UserError:
            self._next_try.start()
            return False
        except StaleRun:
            pass
        self._unended = None
        return True

    def _carry_out(self, current: _Current) -> None:
        """Do the work, in the pool's thread. Nothing escapes: it would only reach sys.excepthook there."""
        run = current.run
        status = JobStatus.INTERRUPTED
        _keep_interrupts_from_children()
        try:
            status = carry_out(self.store, run, self._stages, current.stop)
        except DiskFull as error:
            status = JobStatus.PAUSED
            self._unended = (run, str(error))
        except StaleRun:
            pass
        except BaseException:
            _log.exception("job %s could not be ended", run.job_id)
            self._unended = (run, "Stopped by an error of the program; let it go on or try again")
        finally:
            self.store.close_thread()
            self._carried_out.emit(run.job_id, str(status))

    @Slot(str, str)
    def _on_carried_out(self, job_id: str, status: str) -> None:
        self._current = None
        self.job_ended.emit(job_id, status)
        self._start_next()


def _keep_interrupts_from_children() -> None:
    """Let programs started from this thread not be hit by the terminal's Ctrl-C, which is for us to handle.

    A child inherits the signal mask of the thread that starts it. On Windows a child without a window has no
    console that could send it one.
    """
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


class _Task(QRunnable):
    """One job in the pool. Has no signals of its own: they would die with it."""

    def __init__(self, runner: Runner, current: _Current) -> None:
        super().__init__()
        self._runner = runner
        self._current = current

    def run(self) -> None:
        """Carry the job out."""
        self._runner._carry_out(self._current)
