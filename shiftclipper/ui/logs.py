"""The program's own log, and what a crash leaves behind: both in the folder `logs` of the data folder.

Each job has a log of its own beside its files. What is written here is of the program itself.
"""

import contextlib
import faulthandler
import logging
import logging.handlers
import sys
from pathlib import Path
from typing import TextIO

FOLDER = "logs"
LOG_BYTES = 1_000_000
LOGS_KEPT = 3
_LOG, _FAULTS, _RUNNING = "shiftclipper.log", "faults.txt", "running"


class _ShortLog(logging.handlers.RotatingFileHandler):
    """A log that a full disk only cuts short; the window tells of the disk."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: there may be no end of it, and nobody who reads it."""

    def close(self) -> None:
        """Close the file, with or without its last lines."""
        with contextlib.suppress(OSError):
            super().close()


class ProgramLog:
    """Writes the program's log and notes a crash, even of a library. Only for who holds the data folder."""

    def __init__(self, data_dir: Path) -> None:
        """Begin to write; a disk that is full or a folder that cannot be written only costs the log."""
        self.folder = data_dir / FOLDER
        self.crashed_before: Path | None = None
        """The log of the last run, when that did not end in order; else None."""
        self._faults: TextIO | None = None
        self._handler: logging.Handler | None = None
        try:
            self._begin()
        except OSError as error:
            logging.getLogger(__name__).warning("no log of the program: %s", error)

    def close(self) -> None:
        """Note that the program ended in order."""
        if self._handler is not None:
            logging.getLogger("shiftclipper").removeHandler(self._handler)
            self._handler.close()
            self._handler = None
        if self._faults is not None:
            faulthandler.disable()
            if sys.stderr is not None:
                faulthandler.enable()
            with contextlib.suppress(OSError):
                self._faults.close()
            self._faults = None
        # Also where the log could not be begun whole.
        for name in (_FAULTS, _RUNNING):
            with contextlib.suppress(OSError):
                (self.folder / name).unlink(missing_ok=True)

    def _begin(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        running, faults = self.folder / _RUNNING, self.folder / _FAULTS
        if running.exists():
            # Told even where there is no room to write it down.
            self.crashed_before = self.folder / _LOG
            with contextlib.suppress(OSError):
                self._keep(faults, self.crashed_before)
        running.touch()
        handler = _ShortLog(
            self.folder / _LOG, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8", delay=True
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger("shiftclipper").addHandler(handler)
        self._handler = handler
        # Not in `with`: the system writes to it until the very end.
        self._faults = faults.open("w", encoding="utf-8")
        faulthandler.enable(self._faults)

    def _keep(self, faults: Path, log: Path) -> None:
        """Put what the crash left at the end of the last run's log."""
        text = faults.read_text(encoding="utf-8", errors="replace") if faults.exists() else ""
        with log.open("a", encoding="utf-8") as file:
            file.write(f"The program did not end in order.\n{text}\n")


def without_personal_paths(text: str) -> str:
    """Return a log's text with the person's own folder named `~`, for sending it to somebody."""
    home = str(Path.home())
    return text if len(home) < 2 else text.replace(home, "~")
