"""A bug is told in one sentence and written down; the window stays."""

import contextlib
import sys
import threading
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

LOG_BYTES = 1_000_000
"""What comes again and again fills no disk: a larger log gives way to a new one, and one old one stays."""


class CrashReporter(QObject):
    """Catches exceptions that nobody caught, in every thread."""

    happened = Signal(str)
    """Path of the file with the details."""

    def __init__(self, log: Path, parent: QObject) -> None:
        """Write to `log` from now on.

        Args:
            log: appended to; its folder must exist.
            parent: owner in the GUI thread.
        """
        super().__init__(parent)
        self.log = log
        self._telling = threading.local()
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread

    def remove(self) -> None:
        """Put the hooks back that were there before."""
        sys.excepthook, threading.excepthook = self._before

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        text = "".join(traceback.format_exception(kind, error, trace))
        moment = datetime.now().isoformat(timespec="seconds")
        # On a full disk the person is told all the same.
        with contextlib.suppress(OSError):
            self._write(f"{moment} in thread {threading.current_thread().name}\n{text}\n")
        if sys.stderr is not None:
            with contextlib.suppress(OSError, ValueError):
                sys.stderr.write(text)
        if getattr(self._telling, "now", False):
            # What tells of it has a bug itself, which must not be told without end.
            return
        self._telling.now = True
        try:
            self.happened.emit(str(self.log))
        finally:
            self._telling.now = False

    def _write(self, text: str) -> None:
        if self.log.is_file() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_name(f"{self.log.name}.1"))
        with self.log.open("a", encoding="utf-8") as log:
            log.write(text)

    def _caught_in_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self._caught(caught.exc_type, caught.exc_value, caught.exc_traceback)
