"""Run one job to its end while the caller waits, for the command line."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from PySide6.QtCore import QEventLoop, QObject, QTimer, Slot

from shiftclipper.errors import StageFailed, UserError
from shiftclipper.jobs.garbage import GuiThreadCollector
from shiftclipper.jobs.rows import JobStatus
from shiftclipper.jobs.runner import Runner

_MILLISECONDS_TO_NOTICE = 100
"""Python's signal handlers run only when Python code does: a timer sees to it."""


def run_in_foreground(runner: Runner, job_id: str) -> JobStatus:
    """Run one job and wait for its end. Ctrl-C and SIGTERM cancel it; the second time they end the program.

    Needs a QCoreApplication, and the runner's thread. Other queued jobs stay queued.

    Args:
        runner: not started yet.
        job_id: of a job in any status that is not active.

    Returns:
        The status that the job has now.

    Raises:
        UserError: the job cannot be started.
        StageFailed: it stopped for a reason that could not even be written down: the disk is full.
    """
    if runner.store.job(job_id).status is not JobStatus.QUEUED:
        runner.store.start(job_id)
    waiter = _Waiter(runner, job_id)
    collector = GuiThreadCollector(waiter)
    try:
        with _signals_to(waiter):
            runner.start(only=job_id)
            if waiter.status is None:
                waiter.loop.exec()
    finally:
        collector.stop()
    assert waiter.status is not None
    if runner.unended is not None:
        raise StageFailed(runner.unended)
    return waiter.status


class _Waiter(QObject):
    """Leaves the event loop when the job ends, and cancels it when a signal came."""

    def __init__(self, runner: Runner, job_id: str) -> None:
        super().__init__(runner)
        self.loop = QEventLoop(self)
        self.status: JobStatus | None = None
        self.asked_to_stop = threading.Event()
        self._runner = runner
        self._job_id = job_id
        runner.job_ended.connect(self._on_job_ended)
        timer = QTimer(self)
        timer.timeout.connect(self._on_tick)
        timer.start(_MILLISECONDS_TO_NOTICE)

    @Slot(str, str)
    def _on_job_ended(self, job_id: str, status: str) -> None:
        if job_id == self._job_id:
            self.status = JobStatus(status)
            self.loop.quit()

    @Slot()
    def _on_tick(self) -> None:
        if not self.asked_to_stop.is_set():
            return
        self.asked_to_stop.clear()
        try:
            self._runner.cancel(self._job_id)
        except UserError:
            # It ended in the meantime.
            return


@contextmanager
def _signals_to(waiter: _Waiter) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.getsignal(number) for number in numbers}

    def on_signal(number: int, _frame: FrameType | None) -> None:
        # Only a flag: the handler may interrupt a transaction.
        waiter.asked_to_stop.set()
        for each in numbers:
            signal.signal(each, signal.SIG_DFL)

    for number in numbers:
        signal.signal(number, on_signal)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
