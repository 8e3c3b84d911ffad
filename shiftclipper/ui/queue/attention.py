"""Tells how far the queue is where the window is not looked at: title, taskbar, notification."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from shiftclipper.jobs.rows import JobStatus
from shiftclipper.ui import words
from shiftclipper.ui.job_model import JobEntry, JobModel
from shiftclipper.ui.queue.taskbar import Taskbar
from shiftclipper.ui.theme import Theme

PROGRAM = "ShiftClipper"
_SHOWN_MILLISECONDS = 10_000


class Teller(Protocol):
    """Shows a notification of the system's."""

    def tell(self, title: str, text: str) -> None:
        """Show it, if the system can."""


class TrayTeller(QObject):
    """Notifications by an icon beside the clock, which is there only while there is something to tell."""

    clicked = Signal()
    """The person clicked on the notification or on the icon."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._theme = theme
        self._tray: QSystemTrayIcon | None = None

    def tell(self, title: str, text: str) -> None:
        """Show a notification."""
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._theme.icons.icon("game", "accent"), self)
            self._tray.messageClicked.connect(self.clicked)
            self._tray.activated.connect(self.clicked)
        self._tray.show()
        kind = QSystemTrayIcon.MessageIcon.NoIcon
        self._tray.showMessage(title, text, kind, _SHOWN_MILLISECONDS)

    @Slot()
    def put_away(self) -> None:
        """Take the icon away: the window is looked at."""
        if self._tray is not None:
            self._tray.hide()


class Attention(QObject):
    """Follows the list of jobs."""

    def __init__(
        self,
        window: QWidget,
        jobs: JobModel,
        *,
        taskbar: Taskbar,
        teller: Teller,
        may_notify: Callable[[], bool],
    ) -> None:
        """Begin to follow.

        Args:
            window: gets the percentage in its title; also the owner.
            jobs: the list.
            taskbar: shows the same share.
            teller: shows notifications.
            may_notify: says whether the person wants them.
        """
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._taskbar = taskbar
        self._teller = teller
        self._may_notify = may_notify
        self._unended: set[str] = set()
        """Jobs that wait or run; the list may never have seen a short one run."""
        self._share: float | None = None
        jobs.entry_changed.connect(self._follow)
        for job_id in jobs.ids():
            self._follow(job_id)
        self._show_share()

    @Slot(str)
    def _follow(self, job_id: str) -> None:
        entry = self._jobs.entry(job_id)
        if entry is not None and (entry.job.status.is_active or entry.job.status is JobStatus.QUEUED):
            self._unended.add(job_id)
        elif job_id in self._unended:
            self._unended.discard(job_id)
            if entry is not None:
                self._tell_end(entry)
        self._show_share()

    def _show_share(self) -> None:
        entries = map(self._jobs.entry, self._unended)
        entry = next((entry for entry in entries if entry is not None and entry.job.status.is_active), None)
        self._window.setWindowTitle(title_words(entry, len(self._jobs.queued())))
        share = None if entry is None else round(entry.job.progress, 2)
        if share != self._share:
            self._share = share
            self._taskbar.show_share(share)

    def _tell_end(self, entry: JobEntry) -> None:
        if self._window.isActiveWindow() or entry.job.status not in (JobStatus.DONE, JobStatus.FAILED):
            return
        QApplication.alert(self._window)
        if self._may_notify():
            title = f"{entry.job.title}: {entry.status_line}"
            self._teller.tell(title, entry.detail_line)


def title_words(running: JobEntry | None, waiting: int) -> str:
    """Return the window's title: how far the running job is, which, and how many wait."""
    if running is None:
        return PROGRAM
    text = words.translate("Attention", "{percent} {title}")
    if waiting == 1:
        text = words.translate("Attention", "{percent} {title}, 1 more waits")
    elif waiting > 1:
        text = words.translate("Attention", "{percent} {title}, {count} more wait")
    percent = words.percent_words(running.job.progress)
    said = text.format(percent=percent, title=running.job.title, count=waiting)
    return f"{said} \N{EN DASH} {PROGRAM}"
