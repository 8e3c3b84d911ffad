"""What is there after an export: the reel to look at, the files, the next game."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from shiftclipper.ui.controls import Bend, IconButton, IconLabel, column, label, row
from shiftclipper.ui.flow import flow
from shiftclipper.ui.theme import Theme

if TYPE_CHECKING:
    from shiftclipper.ui.export.reel_player import ReelPlayer


class DoneCard(QFrame):
    """Shown once there is something to show."""

    folder_asked = Signal()
    report_asked = Signal()
    reel_asked = Signal()
    """The reel is to be played by another program."""
    next_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Begin hidden."""
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.icon = IconLabel(theme, "done", "good")
        self.head = label(kind="lead")
        self.facts = label(kind="secondary", wrap=True)
        self.notes = label(kind="secondary", wrap=True)
        self._theme = theme
        self._tallest = 0
        self.reel: ReelPlayer | None = None
        """None until there is a reel to show, or where films cannot be played."""
        self.play_button = IconButton(theme, "reel", self.tr("Play reel"), kind="primary")
        self.play_button.setToolTip(self.tr("Play it with the program that this computer has for films"))
        self.folder_button = IconButton(theme, "folder", self.tr("Show in folder"))
        self.report_button = IconButton(theme, "report", self.tr("Open report"))
        self.next_button = IconButton(theme, "next", self.tr("Next game"))
        self.play_button.clicked.connect(self.reel_asked)
        self.folder_button.clicked.connect(self.folder_asked)
        self.report_button.clicked.connect(self.report_asked)
        self.next_button.clicked.connect(self.next_asked)
        self.buttons = (self.play_button, self.folder_button, self.report_button, self.next_button)
        said = QWidget()
        words_line = row(said, spacing=2)
        words_line.addWidget(self.icon)
        words_line.addWidget(self.head, 1)
        self._inside = column(self, margin=4, spacing=3)
        self._inside.addWidget(Bend(said, flow(*self.buttons)))
        said_below = column(spacing=1)
        said_below.addWidget(self.facts)
        said_below.addWidget(self.notes)
        self._inside.addLayout(said_below)
        self.hide()

    def show_outcome(
        self,
        facts: str,
        notes: str,
        *,
        outdated: bool,
        reel: Path | None,
        report: Path | None,
        other_games: bool,
    ) -> None:
        """Show what was made.

        Args:
            facts: how much it is, in words.
            notes: what was not made as asked, in sentences; nothing when all was.
            outdated: whether it would be made otherwise now.
            reel, report: the files; None for what was not wanted.
            other_games: whether there is a next game.
        """
        self.icon.show_icon("interrupted" if outdated else "done", "warn" if outdated else "good")
        if outdated:
            self.head.setText(self.tr("Changed since the last export"))
            self.facts.setText(self.tr("Export again, and only what changed is made anew."))
        else:
            self.head.setText(self.tr("Exported"))
            self.facts.setText(facts)
        self.notes.setText(notes)
        self.notes.setVisible(bool(notes) and not outdated)
        there = reel if reel is not None and reel.is_file() else None
        player = None if there is None else self._player()
        if self.reel is not None:
            self.reel.setVisible(player is not None)
            self.reel.show_film(there)
        self.play_button.setVisible(there is not None and player is None)
        self.report_button.setVisible(report is not None and report.is_file())
        self.next_button.setVisible(other_games)
        self.show()

    @Slot()
    def let_go(self) -> None:
        """Hide, and let go of the film, which may be written anew."""
        if self.reel is not None:
            self.reel.show_film(None)
        self.hide()

    def be_quiet(self) -> None:
        """Pause what plays."""
        if self.reel is not None:
            self.reel.pause()

    def set_tallest(self, pixels: int) -> None:
        """Let the reel's picture be no higher than this."""
        self._tallest = pixels
        if self.reel is not None:
            self.reel.set_tallest(pixels)

    def _player(self) -> "ReelPlayer | None":
        """Return the player; made when it is first needed, None where Qt's own cannot be loaded."""
        if self.reel is None:
            try:
                # Loads the system's sound and film libraries, which start-up must not wait for and which
                # may be missing.
                from shiftclipper.ui.export.reel_player import ReelPlayer
            except ImportError:
                return None
            self.reel = ReelPlayer(self._theme)
            if self._tallest:
                self.reel.set_tallest(self._tallest)
            self._inside.addWidget(self.reel)
        return self.reel
