"""What is dropped on the window, from the mouse over it until its games are there."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from shiftclipper.ui.arrival_panel import ArrivalPanel
from shiftclipper.ui.arrivals import Arrivals
from shiftclipper.ui.game_list import GameList
from shiftclipper.ui.grouping import Games
from shiftclipper.ui.handovers import Handovers
from shiftclipper.ui.job_actions import JobActions
from shiftclipper.ui.reception import Reception


class Dropping(QObject):
    """Takes what is dropped on a window, lets it be looked at, and makes jobs of it."""

    hovering = Signal(bool)
    """Something that can be taken hovers over the window, or does no more."""
    job_made = Signal(str)
    """Id of the first job of what was dropped."""
    found_again = Signal(str, str)
    """Id of a job that has one of its films again, and the sentence that says so."""
    refused = Signal(str)
    """The sentence that says why nothing of it was taken."""

    def __init__(
        self,
        window: QWidget,
        games: GameList,
        panel: ArrivalPanel,
        reception: Reception,
        actions: JobActions,
        handovers: Handovers,
    ) -> None:
        """Watch a window.

        Args:
            window: takes drops from now on.
            games: the list in it; what is dropped on a game is for that game.
            panel: shows what arrived.
            reception: looks at files.
            actions: make the jobs.
            handovers: take what is no film.
        """
        super().__init__(window)
        self._window = window
        self._games, self._panel, self._reception = games, panel, reception
        self._actions, self._handovers = actions, handovers
        self._arrivals: Arrivals | None = None
        self._jobs: list[str] = []
        self._target = ""
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        reception.looking_at.connect(panel.show_looking)
        reception.arrived.connect(self._receive)
        panel.regroup_asked.connect(self._regroup)
        actions.found_again.connect(self._found_again)

    @property
    def choices_are_open(self) -> bool:
        """Say whether the last drop's jobs exist, so that they can be grouped otherwise."""
        return bool(self._jobs)

    def take(self, paths: Sequence[Path], target_job: str = "") -> None:
        """Take files and folders as if they had been dropped.

        Args:
            paths: films, folders, setup files.
            target_job: the job that a setup without a film is for; the chosen one when empty.
        """
        self._target = target_job or self._games.current_job
        self._reception.take(paths)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files and folders that are dragged over the window."""
        if event.type() == QEvent.Type.DragLeave:
            self.hovering.emit(False)
            return True
        # Entering is a kind of moving, and moving a kind of dropping.
        if isinstance(event, QDropEvent):
            self._follow(event)
            return True
        return super().eventFilter(watched, event)

    def _follow(self, event: QDropEvent) -> None:
        if not event.mimeData().hasUrls():
            if not isinstance(event, QDragMoveEvent):
                self.hovering.emit(False)
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.DragEnter:
            self.hovering.emit(True)
        elif event.type() == QEvent.Type.Drop:
            self.hovering.emit(False)
            self._drop(event)

    def _drop(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.take(paths, self._job_at(event.position().toPoint()))
        else:
            self.refused.emit(
                self.tr("This is not a file on this computer; download it first, then drop it.")
            )

    def _job_at(self, position: QPoint) -> str:
        """Return the id of the game whose row is at a position in the window, or nothing."""
        viewport = self._games.viewport()
        inside = viewport.mapFrom(self._window, position)
        return self._games.job_at(inside) if viewport.rect().contains(inside) else ""

    @Slot(object)
    def _receive(self, arrivals: Arrivals) -> None:
        """Make jobs of the films; what else came is for the game it was dropped on, or stands for itself."""
        self._arrivals = self._handovers.take(arrivals, self._target)
        self._jobs = []
        films = sum(len(game) for game in arrivals.games)
        if self._arrivals.refused or films > 1:
            # One film and nothing wrong with it: there is nothing to choose, and its game is in sight.
            self._panel.show_arrivals(self._arrivals)
        else:
            self._panel.hide()
        if arrivals.games:
            self._panel.set_busy(True)
            self._actions.add_games(arrivals.games, arrivals.setups, self._added)

    def _added(self, jobs: list[str]) -> None:
        self._jobs = jobs
        self._panel.set_busy(False)
        if jobs:
            self.job_made.emit(jobs[0])

    @Slot(str, str)
    def _found_again(self, job_id: str, sentence: str) -> None:
        # Grouped otherwise, the film would become another game.
        self._arrivals = None
        self._panel.hide()
        self.found_again.emit(job_id, sentence)

    @Slot(object)
    def _regroup(self, games: Games) -> None:
        if self._arrivals is not None:
            self._panel.show_games(games)
            self._panel.set_busy(True)
            self._actions.regroup(self._jobs, games, self._arrivals.setups, self._added)
