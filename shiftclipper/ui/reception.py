"""Takes what is dropped, opened or named at the start, and looks at it off the GUI thread."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from shiftclipper.ui.arrivals import Arrivals, examine
from shiftclipper.ui.background import Background

SampleMaker = Callable[[Path, threading.Event, Callable[[float], None]], Sequence[Path]]
"""Writes the sample game into a folder, watching the event and telling the share that is done.

Returns its film and its setup.
"""


class Reception(QObject):
    """Turns paths into Arrivals, and makes the sample game arrive like any other."""

    looking_at = Signal(str)
    """Name of the file that is looked at."""
    arrived = Signal(object)
    """Arrivals of one drop."""
    sample_progress = Signal(float)
    """Share of the sample game that is drawn, 0 to 1."""
    sample_ended = Signal(str)
    """The sample game is drawn, or a sentence says why it is not."""

    def __init__(self, sample_folder: Path, make_sample: SampleMaker, parent: QObject) -> None:
        """Prepare to receive.

        Args:
            sample_folder: where the sample game goes; need not exist.
            make_sample: draws it.
            parent: owner in the GUI thread.
        """
        super().__init__(parent)
        self._sample_folder = sample_folder
        self._make_sample = make_sample
        self._background = Background(2, self)

    @property
    def is_idle(self) -> bool:
        """Say whether nothing is being looked at."""
        return self._background.is_idle

    def take(self, paths: Sequence[Path]) -> None:
        """Look at files and folders; `arrived` tells what came of it."""
        if paths:
            wanted = list(paths)
            self._background.run(
                lambda: examine(wanted, self._background.stop, self.looking_at.emit), self._tell
            )

    def take_sample(self) -> None:
        """Draw the sample game and take it as if it had been dropped."""
        self.sample_progress.emit(0.0)
        self._background.run(self._draw_sample, self._take_drawn, self.sample_ended.emit)

    def close(self) -> None:
        """Stop looking and return when the workers have ended."""
        self._background.close()

    def _draw_sample(self) -> Sequence[Path]:
        self._sample_folder.mkdir(parents=True, exist_ok=True)
        return self._make_sample(self._sample_folder, self._background.stop, self.sample_progress.emit)

    def _take_drawn(self, paths: Sequence[Path]) -> None:
        self.sample_ended.emit("")
        self.take(paths)

    def _tell(self, arrivals: Arrivals) -> None:
        self.arrived.emit(arrivals)
