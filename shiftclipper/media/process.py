"""A child ffmpeg that cannot hang, flood the memory or outlive its purpose.

Whoever starts a `Child` reads or writes its pipe in its own thread. Two small threads belong to each
child: one drains stderr and keeps its last lines, one stops the process when it is asked to or makes no
headway.
"""

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from io import FileIO
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from shiftclipper.errors import Cancelled, DiskFull, StageFailed
from shiftclipper.media.drives import DriveFailed, unreadable_input
from shiftclipper.media.windows_job import job_of, windows_kernel

TAIL_LINES = 40
LINE_BYTES = 2000
PIPE_BYTES = 1 << 20
WATCH_SECONDS = 0.1
LINGER_SECONDS = 5.0
"""How long after its end something that a process has started may still write to its stderr."""
# ffmpeg ends with -ENOSPC, which the shell sees as 228; on Windows the text is all there is.
NO_SPACE_EXIT = 228
NO_SPACE = re.compile(r"no space left on device|not enough space on the disk|disk quota exceeded", re.I)
# A stick with FAT holds no file of 4 GB, a quota may allow less; the system may also end ffmpeg for it.
TOO_LARGE = re.compile(r"file too large", re.I)
TOO_LARGE_EXIT = -int(getattr(signal, "SIGXFSZ", 0)) or None


class FFmpegFailed(StageFailed):
    """ffmpeg ended with an error or made no headway; `tail` holds its last lines."""

    def __init__(self, message: str, *, tail: str) -> None:
        """Keep the sentence for the person and ffmpeg's last lines for the log."""
        super().__init__(message, detail=tail)
        self.tail = tail


class Child:
    """A running process with drained stderr; use it as a context manager, which ends it in every case."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        stop: threading.Event | None,
        stall_seconds: float,
        stdin: bool = False,
        on_line: Callable[[str], bool] | None = None,
        watched_file: Path | None = None,
    ) -> None:
        """Start `command`.

        Args:
            command: the binary and its arguments.
            stop: when set, the process is killed and `finish` raises Cancelled.
            stall_seconds: so long may pass without `touch` being called or `watched_file` changing.
            stdin: open a pipe to the process.
            on_line: called in the draining thread with every line of stderr; True keeps it out of the tail.
            watched_file: the file the process writes; growth of it counts as headway.
        """
        self._stop = stop
        self._stall_seconds = stall_seconds
        self._on_line = on_line
        self._watched_file = watched_file
        self._watched_state: tuple[int, int] | None = None
        self._tail: deque[str] = deque(maxlen=TAIL_LINES)
        self._ended = threading.Event()
        self._stalled = False
        self._inputs = [name for flag, name in pairwise(command) if flag == "-i"]
        self._unreadable: Path | None = None
        self._waiting_since: float | None = time.monotonic()
        self._process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            env=child_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            # A group of its own: an ffmpeg on PATH may be a script that starts the real one.
            process_group=None if sys.platform == "win32" else 0,
        )
        self._job = job_of(self._process.pid, windows_kernel())
        _widen(self._process.stdout)
        _widen(self._process.stdin)
        self._drainer = threading.Thread(target=self._drain, name="ffmpeg-stderr", daemon=True)
        self._watcher = threading.Thread(target=self._watch, name="ffmpeg-watch", daemon=True)
        self._drainer.start()
        self._watcher.start()

    def __enter__(self) -> Self:
        """Return the running child."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Kill what still runs and close the pipes."""
        self.kill()
        self._join()

    @property
    def stdout(self) -> FileIO:
        """The unbuffered pipe that the process writes."""
        assert isinstance(self._process.stdout, FileIO)
        return self._process.stdout

    @property
    def stdin(self) -> FileIO:
        """The unbuffered pipe that the process reads; only when asked for."""
        assert isinstance(self._process.stdin, FileIO)
        return self._process.stdin

    @property
    def tail(self) -> str:
        """The last lines of stderr."""
        return "\n".join(tuple(self._tail))

    def touch(self) -> None:
        """Tell the watch that the process has made headway."""
        self._waiting_since = time.monotonic()

    def rest(self) -> None:
        """Tell the watch that nothing is expected of the process now: our side is busy."""
        self._waiting_since = None

    def kill(self) -> None:
        """End the process and all that it has started at once; nothing happens once `finish` has returned."""
        if self._ended.is_set():
            # Its number may be another's by now.
            return
        with contextlib.suppress(OSError):
            if self._job is not None:
                self._job.end()
            elif sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)

    def finish(self) -> None:
        """Wait for the end of the process.

        Raises:
            Cancelled: `stop` is set.
            DiskFull: no room was left.
            DriveFailed: a film could not be read to its end, which ffmpeg itself takes for no error.
            FFmpegFailed: it stalled or ended with an error.
        """
        exit_code = self._process.wait()
        self._join()
        if self._stop is not None and self._stop.is_set():
            raise Cancelled
        if self._stalled:
            raise FFmpegFailed(
                f"ffmpeg made no headway for {self._stall_seconds:g} s and was stopped; "
                "check that the disk with the video still answers, then try again.",
                tail=self.tail,
            )
        if self._unreadable is not None:
            raise DriveFailed(self._unreadable, detail=self.tail)
        if exit_code:
            raise failure(exit_code, self.tail)

    def _join(self) -> None:
        self._process.wait()
        self._drainer.join(LINGER_SECONDS)
        if self._drainer.is_alive():
            # Something that the process started holds its stderr open.
            self.kill()
            self._drainer.join(LINGER_SECONDS)
        self._ended.set()
        self._watcher.join()
        if self._job is not None:
            self._job.close()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _drain(self) -> None:
        assert self._process.stderr is not None
        for line in _lines(self._process.stderr):
            if self._on_line is None or not self._on_line(line):
                self._tail.append(line)
                self._unreadable = self._unreadable or unreadable_input(line, self._inputs)

    def _watch(self) -> None:
        # Not until the process has ended: what it has started may hold its pipes open.
        while not self._ended.is_set():
            if self._stop is not None and self._stop.wait(WATCH_SECONDS):
                self.kill()
                return
            if self._stop is None and self._ended.wait(WATCH_SECONDS):
                return
            since = self._waiting_since
            if since is None or time.monotonic() - since < self._stall_seconds:
                continue
            if self._file_changed():
                self.touch()
                continue
            self._stalled = True
            self.kill()
            return

    def _file_changed(self) -> bool:
        """Tell whether the output changed since the last look: faststart's second pass prints nothing."""
        if self._watched_file is None:
            return False
        try:
            status = self._watched_file.stat()
        except OSError:
            return False
        state = (status.st_size, status.st_mtime_ns)
        changed = state != self._watched_state
        self._watched_state = state
        return changed


def failure(exit_code: int, tail: str) -> StageFailed:
    """Turn an exit code and the last lines of stderr into the error to raise."""
    if exit_code == NO_SPACE_EXIT or NO_SPACE.search(tail):
        return DiskFull(
            "The disk is full; free some space or choose another folder, then try again.", detail=tail
        )
    if exit_code == TOO_LARGE_EXIT or TOO_LARGE.search(tail):
        return DiskFull(
            "The disk takes no file this large; choose another folder or another disk, then try again.",
            detail=tail,
        )
    if exit_code < 0:
        return FFmpegFailed(
            f"ffmpeg was ended by {_signal_name(-exit_code)}; close other programs if memory is short, then "
            "try again.",
            tail=tail,
        )
    last = next((line.strip() for line in reversed(tail.splitlines()) if line.strip()), "no reason given")
    return FFmpegFailed(f"ffmpeg failed with exit code {exit_code}: {last}", tail=tail)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def child_environment() -> dict[str, str]:
    """Return the environment for a child: without the libraries that a frozen bundle puts in front."""
    environment = dict(os.environ, AV_LOG_FORCE_NOCOLOR="1")
    if getattr(sys, "frozen", False):
        original = environment.pop("LD_LIBRARY_PATH_ORIG", None)
        environment.pop("LD_LIBRARY_PATH", None)
        if original is not None:
            environment["LD_LIBRARY_PATH"] = original
    return environment


def _lines(pipe: IO[bytes]) -> Iterator[str]:
    """Yield the lines of a raw pipe, each cut at LINE_BYTES, until its end."""
    pending = b""
    while True:
        try:
            block = pipe.read(65536)
        except (OSError, ValueError):
            return
        if not block:
            break
        *whole, pending = (pending + block).replace(b"\r", b"\n").split(b"\n")
        pending = pending[-LINE_BYTES:]
        for line in whole:
            yield line[:LINE_BYTES].decode("utf-8", "replace")
    if pending:
        yield pending.decode("utf-8", "replace")


def _widen(pipe: IO[bytes] | None) -> None:
    """Give a pipe room for whole pictures: with 64 KiB each picture costs a dozen changes of process."""
    if pipe is None or not sys.platform.startswith("linux"):
        return
    import fcntl  # exists on Unix only

    with contextlib.suppress(OSError):
        fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, PIPE_BYTES)
