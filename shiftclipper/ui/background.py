"""Work off the GUI thread, its outcome handed back on the GUI thread."""

import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from shiftclipper.errors import Cancelled, UserError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Outcome:
    deliver: Callable[[Any], None]
    value: object


class Background(QObject):
    """A small pool whose tasks report to methods of objects that live in the GUI thread.

    The signal belongs to this one long-lived object, never to a task: a signal of an object that dies with
    its task is dropped silently.
    """

    _ended = Signal(int)

    def __init__(
        self, threads: int, parent: QObject, *, after_each: Callable[[], None] | None = None
    ) -> None:
        """Make the pool.

        Args:
            threads: how many tasks run at once; with 1 they run in the order they were given.
            parent: owner in the GUI thread.
            after_each: called in the worker when a task has ended, to give back what belongs to the thread.
        """
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._after_each = after_each
        self._numbers = itertools.count()
        self._outcomes: dict[int, _Outcome] = {}
        self._lock = threading.Lock()
        self._running = 0
        self.stop = threading.Event()
        """Set when the program closes; long tasks watch it and raise Cancelled."""
        self._ended.connect(self._deliver)

    @property
    def is_idle(self) -> bool:
        """Say whether nothing runs, waits or is about to be delivered."""
        return self._running == 0

    def run(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None] | None = None,
        on_refused: Callable[[str], None] | None = None,
    ) -> None:
        """Do some work in the pool. Called from the GUI thread; ignored once closed.

        Args:
            work: runs in a worker.
            on_done: called with its value in the GUI thread.
            on_refused: called in the GUI thread with the sentence of a UserError. Any other exception is a
                bug and is raised in the GUI thread.
        """
        if self.stop.is_set():
            return
        self._running += 1
        self._pool.start(_Task(self, next(self._numbers), work, on_done, on_refused))

    def close(self, *, finish: bool = False) -> None:
        """Return when the workers have ended.

        Args:
            finish: do what waits too, for work that must not be lost; otherwise ask what runs to stop and
                drop what waits.
        """
        if not finish:
            self.stop.set()
            self._pool.clear()
        self._pool.waitForDone()
        self.stop.set()

    def _finished(self, number: int, outcome: _Outcome) -> None:
        """Called in the worker."""
        if self._after_each is not None:
            self._after_each()
        with self._lock:
            self._outcomes[number] = outcome
        self._ended.emit(number)

    @Slot(int)
    def _deliver(self, number: int) -> None:
        with self._lock:
            outcome = self._outcomes.pop(number)
        self._running -= 1
        if not self.stop.is_set():
            outcome.deliver(outcome.value)


class _Task(QRunnable):
    """One piece of work. No exception leaves it: it would reach sys.excepthook in the worker."""

    def __init__(
        self,
        owner: Background,
        number: int,
        work: Callable[[], Any],
        on_done: Callable[[Any], None] | None,
        on_refused: Callable[[str], None] | None,
    ) -> None:
        super().__init__()
        self._owner = owner
        self._number = number
        self._work = work
        self._on_done = on_done or _nothing
        self._on_refused = on_refused

    def run(self) -> None:
        self._owner._finished(self._number, self._outcome())

    def _outcome(self) -> _Outcome:
        try:
            return _Outcome(self._on_done, self._work())
        except Cancelled:
            return _Outcome(_nothing, None)
        except UserError as error:
            if self._on_refused is None:
                return _Outcome(_throw, error)
            return _Outcome(self._on_refused, str(error))
        except BaseException as error:
            return _Outcome(_throw, error)


def _nothing(_value: object) -> None:
    pass


def _throw(error: BaseException) -> None:
    raise error
