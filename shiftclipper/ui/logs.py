"""The program's own log, and what a crash leaves behind: both in the folder `logs` of the data folder.

Each job has a log of its own beside its files. What is written here is of the program itself.
"""

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
            self._faults.close()
            self._faults = None
            (self.folder / _FAULTS).unlink(missing_ok=True)
            (self.folder / _RUNNING).unlink(missing_ok=True)

    def _begin(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        running, faults = self.folder / _RUNNING, self.folder / _FAULTS
        if running.exists():
            self.crashed_before = self._keep(faults)
        running.touch()
        handler = logging.handlers.RotatingFileHandler(
            self.folder / _LOG, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8", delay=True
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger("shiftclipper").addHandler(handler)
        self._handler = handler
        # Not in `with`: the system writes to it until the very end.
        self._faults = faults.open("w", encoding="utf-8")
        faulthandler.enable(self._faults)

    def _keep(self, faults: Path) -> Path:
        """Put what the crash left at the end of the last run's log, and return that."""
        log = self.folder / _LOG
        text = faults.read_text(encoding="utf-8", errors="replace") if faults.exists() else ""
        with log.open("a", encoding="utf-8") as file:
            file.write(f"The program did not end in order.\n{text}\n")
        return log


def without_personal_paths(text: str) -> str:
    """Return a log's text with the person's own folder named `~`, for sending it to somebody."""
    home = str(Path.home())
    return text if len(home) < 2 else text.replace(home, "~")
