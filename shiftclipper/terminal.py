"""Progress on the terminal: a bar where a person watches, plain lines where a program does."""

import sys
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

PLAIN_LINE_SECONDS = 5.0
"""A plain line is printed at most this often within one stage."""


class TerminalProgress:
    """Shows stage, percent, speed and time left on stderr."""

    def __init__(self) -> None:
        """Choose the bar when stderr is a terminal, plain lines otherwise."""
        self._console = Console(stderr=True)
        self._bar: Progress | None = None
        self._task = TaskID(0)
        if self._console.is_terminal:
            self._bar = Progress(
                TextColumn("{task.description:<10}"),
                BarColumn(bar_width=None),
                TextColumn("{task.percentage:>3.0f} %"),
                TextColumn("{task.fields[speed]}"),
                TimeRemainingColumn(),
                console=self._console,
                transient=True,
            )
            self._task = self._bar.add_task("", total=1.0, speed="")
        self._stage = ""
        self._started = 0.0
        self._last_line = 0.0

    def __enter__(self) -> Self:
        """Start drawing."""
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the terminal as it was."""
        if self._bar is not None:
            self._bar.stop()

    def show(self, stage: str, done: float, total: float, message: str = "") -> None:
        """Show that `done` of `total` units (seconds of film, or clips) of a stage are finished."""
        now = time.monotonic()
        if stage != self._stage:
            self._stage, self._started, self._last_line = stage, now, 0.0
            if self._bar is not None:
                self._bar.reset(self._task, description=stage, total=1.0, speed="")
        elapsed = now - self._started
        share = min(1.0, done / total) if total > 0 else 0.0
        speed = message
        if not speed and elapsed > 1.0 and total > 1.0:
            speed = f"{done / elapsed:.1f}x"
        if self._bar is not None:
            self._bar.update(self._task, completed=share, speed=speed)
        elif now - self._last_line >= PLAIN_LINE_SECONDS or (share >= 1.0 and self._last_line > 0):
            self._last_line = now
            left = f", {elapsed / share - elapsed:.0f} s left" if 0.01 < share < 1.0 else ""
            print(f"{stage} {share:.0%} {speed}{left}".rstrip(), file=sys.stderr, flush=True)
