"""The real command line in a process to which something happens at a moment that a test names.

`python -m tests.faults.faulty_program LOG FAULT PATTERN NUMBER ARGUMENTS...`

Whatever the program is about to do to files, child processes and the database is an event, a line of text:
`rename reel.mp4.part`, `write report.html.part`, `growing clip.mp4.part`, `spawn ffmpeg`,
`connect shiftclipper.db` or `sql COMMIT`.
Each is written to LOG; just before the NUMBERth one that PATTERN (a regular expression) finds, FAULT happens:
`kill` (SIGKILL, which nothing can catch), `fill FOLDER`, `remove FILE`, `cut FILE` to half its length,
`swap FILE OTHER`, `touch FILE` or `none`. The rest of the run goes its own way.
"""

import os
import re
import shlex
import signal
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
REAL_CONNECT = sqlite3.connect
STATEMENT = re.compile(
    r"\s*(BEGIN IMMEDIATE|COMMIT|INSERT|UPDATE|DELETE|CREATE|DROP)\b(.{0,60})", re.S | re.I
)
FILLER = "filler"


class Fate:
    """Counts events, and lets the fault happen at the chosen one."""

    def __init__(self, log: Path, fault: Callable[[], None], pattern: str, number: int) -> None:
        """Write every event to `log`."""
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        self._fault = fault
        self._pattern = re.compile(pattern)
        self._left = number
        self._lock = threading.RLock()
        self._happening = False

    def event(self, text: str) -> None:
        """Note what is about to happen."""
        with self._lock:
            if self._happening:
                return
            os.write(self._log, f"{text}\n".encode())
            if self._pattern.search(text):
                self._left -= 1
                if self._left == 0:
                    self._happening = True
                    self._fault()
                    self._happening = False

    def audit(self, name: str, arguments: tuple[Any, ...]) -> None:
        """Take Python's own word for what happens; a hook must be quick and raise nothing."""
        if name == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            if isinstance(arguments[2], int) and arguments[2] & WRITING:
                path = Path(os.fsdecode(arguments[0]))
                self.event(f"write {path.name}")
                if path.suffix == ".part":
                    threading.Thread(target=self._watch, args=(path,), daemon=True).start()
        elif name in ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "shutil.copyfile"):
            self.event(f"{name.partition('.')[2]} {Path(os.fsdecode(arguments[0])).name}")
        elif name == "sqlite3.connect":
            self.event(f"connect {Path(os.fsdecode(arguments[0])).name}")
        elif name == "subprocess.Popen":
            words = [os.fsdecode(word) for word in arguments[1]]
            self.event(f"spawn {'ffmpeg' if any('ffmpeg' in word for word in words) else words[0]}")

    def connect(self, *arguments: Any, **named: Any) -> sqlite3.Connection:
        """Take the place of sqlite3.connect, whose connections tell of themselves too early to be traced."""
        connection = REAL_CONNECT(*arguments, **named)
        connection.set_trace_callback(self._statement)
        return connection

    def _statement(self, sql: str) -> None:
        match = STATEMENT.match(sql)
        if match is not None:
            self.event(f"sql {' '.join((match[1] + match[2]).split())}")

    def _watch(self, path: Path) -> None:
        """Tell once when a file that is being written holds something."""
        seen = False
        for moment in range(60_000):
            try:
                if path.stat().st_size > 0:
                    self.event(f"growing {path.name}")
                    return
                seen = True
            except OSError:
                # It is about to be made, or is gone again.
                if seen or moment > 1000:
                    return
            time.sleep(0.001)


def fill(folder: Path) -> None:
    """Leave no room on the disk of a folder."""
    with (folder / FILLER).open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while file.write(bytes(size)):
                    pass
            except OSError:
                continue


def fault_of(words: str) -> Callable[[], None]:
    """Return what the words stand for."""
    name, *paths = shlex.split(words)
    places = [Path(path) for path in paths]
    match name:
        case "kill":
            return lambda: os.kill(os.getpid(), signal.SIGKILL)
        case "fill":
            return lambda: fill(places[0])
        case "remove":
            return lambda: places[0].unlink()
        case "cut":
            return lambda: os.truncate(places[0], places[0].stat().st_size // 2)
        case "swap":
            return lambda: places[0].write_bytes(places[1].read_bytes())
        case "touch":
            return lambda: places[0].touch()
        case "none":
            return lambda: None
        case _:
            raise ValueError(words)


def under_fate(log: str, words: str, pattern: str, number: str) -> None:
    """Let one of the events to come be the last, or whatever else the words stand for."""
    fate = Fate(Path(log), fault_of(words), pattern, int(number))
    sys.addaudithook(fate.audit)
    sqlite3.connect = fate.connect


def main() -> None:
    """Run the command line under the eye of fate."""
    under_fate(*sys.argv[1:5])
    from shiftclipper.cli import run_command_line  # only now: what is imported may not be missed

    sys.exit(run_command_line(sys.argv[5:]))


if __name__ == "__main__":
    main()
