"""What can be done with a game, at the mouse or at the keyboard's menu key."""

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from shiftclipper.jobs.rows import Action, JobStatus
from shiftclipper.jobs.work import LOG_NAME
from shiftclipper.ui.game_list import GameList
from shiftclipper.ui.job_model import JobEntry, JobModel


class GameMenu(QObject):
    """The context menu of the list of games."""

    asked = Signal(str, str)
    """Id of the job and one of `start`, `pause`, `cancel`, `clear`, `log`, `next`, `earlier`, `later`, or
    `list`: to take shifts from a list."""

    def __init__(self, games: GameList, jobs: JobModel) -> None:
        """Belong to a list."""
        super().__init__(games)
        self._games = games
        self._jobs = jobs
        games.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        games.customContextMenuRequested.connect(self._show)

    @Slot(QPoint)
    def _show(self, position: QPoint) -> None:
        entry = self._jobs.entry(self._games.job_at(position) or self._games.current_job)
        if entry is None:
            return
        menu = QMenu(self._games)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for what, text in self.offered(entry):
            if what:
                menu.addAction(text).setData((entry.job.id, what))
            else:
                menu.addSeparator()
        menu.triggered.connect(self._chosen)
        menu.popup(self._games.viewport().mapToGlobal(position))

    def offered(self, entry: JobEntry) -> list[tuple[str, str]]:
        """Return what is offered for a job and what to call it; a separator is nothing."""
        can, job = entry.job.can, entry.job
        usual = (
            (Action.RESUME, "start", self.tr("Continue")),
            (Action.RETRY, "start", self.tr("Retry")),
            (Action.RUN, "start", self.tr("Run again")),
            (Action.PAUSE, "pause", self.tr("Pause")),
            (Action.CANCEL, "cancel", self.tr("Cancel")),
        )
        offered = [
            (what, text)
            for action, what, text in usual
            if action in can and not (action is Action.RETRY and Action.RESUME in can)
        ]
        queued = self._jobs.queued()
        if job.status is JobStatus.QUEUED and len(queued) > 1:
            offered.append(("", ""))
            if queued[0] != job.id:
                offered += [("next", self.tr("Run next")), ("earlier", self.tr("Earlier"))]
            if queued[-1] != job.id:
                offered.append(("later", self.tr("Later")))
        if not entry.needs_player:
            offered += [("", ""), ("list", self.tr("Take shifts from a list…"))]
        if (job.work_dir / LOG_NAME).exists():
            offered += [("", ""), ("log", self.tr("Show the log"))]
        if Action.CLEAR in can:
            offered += [("", ""), ("clear", self.tr("Clear"))]
        return offered

    @Slot(QAction)
    def _chosen(self, chosen: QAction) -> None:
        job_id, what = chosen.data()
        moves = {"next": -len(self._jobs.queued()), "earlier": -1, "later": 1}
        if what in moves:
            self._jobs.move_in_queue(job_id, moves[what])
        else:
            self.asked.emit(job_id, what)
