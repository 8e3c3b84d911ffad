"""The bus that tells the window which job changed."""

from PySide6.QtCore import QObject, Signal


class JobBus(QObject):
    """One for the life of the program. Give `bus.job_changed.emit` to the store as its `on_change`.

    Connect methods of QObjects only, and re-read the job: the signal carries nothing but its id, and comes
    after the commit, from whichever thread wrote.
    """

    job_changed = Signal(str)
