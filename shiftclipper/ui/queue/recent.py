"""The games that were opened last, to be opened once more after they were cleared."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from shiftclipper.jobs.job_rows import title_of
from shiftclipper.jobs.store import Store
from shiftclipper.ui.controls import IconButton, column, label
from shiftclipper.ui.theme import Theme

_ON_CARD = 4
_LONGEST = 60

Films = tuple[Path, ...]


class RecentGames(QObject):
    """Reads what was opened last, and opens it again."""

    asked = Signal(object)
    """Paths of the films of one game."""

    def __init__(self, store: Store, parent: QObject) -> None:
        """Read from a store."""
        super().__init__(parent)
        self._store = store

    def games(self) -> list[Films]:
        """Return the films of the last games that are not in the list of games now."""
        listed = {job.source_paths for job in self._store.jobs()}
        return [game for game in self._store.preferences.recent_games() if game not in listed]

    def menu(self, parent: QWidget) -> QMenu:
        """Return a menu of the games."""
        menu = QMenu(parent)
        for game in self.games():
            action = menu.addAction(_short(title_of(game)))
            action.setToolTip(_paths(game))
            action.setData(game)
        if menu.isEmpty():
            menu.addAction(self.tr("No other games were opened lately")).setEnabled(False)
        menu.setToolTipsVisible(True)
        menu.triggered.connect(self._chosen)
        return menu

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        self.asked.emit(action.data())


class RecentCard(QFrame):
    """The last games on the start page; hidden when there are none."""

    def __init__(self, recent: RecentGames, theme: Theme, parent: QWidget | None = None) -> None:
        """Show what there is now."""
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._recent = recent
        self._theme = theme
        self.buttons: list[IconButton] = []
        self._inside = column(self, margin=4, spacing=1)
        self._inside.addWidget(label(self.tr("Recent games"), "head"))
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what there is now."""
        for button in self.buttons:
            button.deleteLater()
        self.buttons = [self._button(game) for game in self._recent.games()[:_ON_CARD]]
        self.setVisible(bool(self.buttons))

    def _button(self, game: Sequence[Path]) -> IconButton:
        button = IconButton(self._theme, "recent", _short(title_of(game)), kind="quiet")
        button.setProperty("align", "left")
        button.setToolTip(_paths(game))
        button.clicked.connect(lambda: self._recent.asked.emit(tuple(game)))
        self._inside.addWidget(button)
        return button


def _short(title: str) -> str:
    cut = title if len(title) <= _LONGEST else f"{title[:_LONGEST]}…"
    # Menus and buttons take what follows an ampersand for a key.
    return cut.replace("&", "&&")


def _paths(game: Sequence[Path]) -> str:
    return "\n".join(str(path) for path in game)
