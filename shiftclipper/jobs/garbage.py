"""Garbage is collected in the thread of the event loop only, while workers run."""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MILLISECONDS = 200


class GuiThreadCollector(QObject):
    """Runs Python's garbage collector on a timer of the GUI thread.

    A collection that happens to start in a worker destroys cycles of widgets there, and Qt crashes.
    """

    def __init__(self, parent: QObject) -> None:
        """Switch the automatic collector off and begin."""
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        # What start-up made stays; without it a full collection takes a tenth of the time.
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MILLISECONDS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """Collect the oldest generation that is due, as the automatic collector would."""
        counts, limits = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > limits[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Give collecting back to Python; the workers must have ended."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_on:
            gc.enable()
