"""How the game was filmed, chosen by a picture of it."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QWidget

from shiftclipper.jobs.settings import PRESETS
from shiftclipper.ui import words
from shiftclipper.ui.controls import row
from shiftclipper.ui.theme import Theme

_SIDE = 28
"""Pixels of a picture."""


class CameraChoice(QWidget):
    """A button for each kind of camera; one of them is checked."""

    chosen = Signal(str)
    """Name of the preset that the person chose."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show the presets that ship with the program."""
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(self.tr("Kind of camera"))
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QToolButton] = {}
        line = row(self, spacing=1)
        for preset in PRESETS:
            button = QToolButton()
            button.setObjectName(preset)
            button.setAccessibleName(words.camera_words(preset))
            button.setToolTip(words.camera_words(preset))
            button.setIconSize(QSize(_SIDE, _SIDE))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._group.addButton(button)
            line.addWidget(button)
            self.buttons[preset] = button
        self._group.buttonClicked.connect(self._choose)
        theme.changed.connect(self._draw)
        self._draw()

    def show_preset(self, preset: str) -> None:
        """Check a kind of camera."""
        self.buttons[preset].setChecked(True)

    @Slot(QToolButton)
    def _choose(self, button: QToolButton) -> None:
        self.chosen.emit(button.objectName())

    @Slot()
    def _draw(self) -> None:
        for preset, button in self.buttons.items():
            name = f"camera-{preset.replace('_', '-')}"
            scale = self.devicePixelRatioF()
            button.setIcon(self._theme.icons.pixmap(name, "ink", size=_SIDE, scale=scale))
