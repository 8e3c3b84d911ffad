"""A bug is told in one sentence and written down; the window stays."""

import sys
import threading
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal


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
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread

    def remove(self) -> None:
        """Put the hooks back that were there before."""
        sys.excepthook, threading.excepthook = self._before

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        text = "".join(traceback.format_exception(kind, error, trace))
        moment = datetime.now().isoformat(timespec="seconds")
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"{moment} in thread {threading.current_thread().name}\n{text}\n")
        if sys.stderr is not None:
            sys.stderr.write(text)
        self.happened.emit(str(self.log))

    def _caught_in_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self._caught(caught.exc_type, caught.exc_value, caught.exc_traceback)
