"""How the game was filmed, chosen by a picture of it."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QToolButton, QWidget

from shiftclipper.jobs.settings import PRESETS
from shiftclipper.ui import words
from shiftclipper.ui.theme import Theme
from shiftclipper.ui.tokens import STEP

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
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(STEP)
        for place, preset in enumerate(PRESETS):
            button = QToolButton()
            button.setObjectName(preset)
            button.setText(self._short(preset))
            button.setAccessibleName(words.camera_words(preset))
            button.setToolTip(words.camera_words(preset))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(QSize(_SIDE, _SIDE))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._group.addButton(button)
            grid.addWidget(button, place // 2, place % 2)
            self.buttons[preset] = button
        self._group.buttonClicked.connect(self._choose)
        theme.changed.connect(self._draw)
        self._draw()

    def show_preset(self, preset: str) -> None:
        """Check a kind of camera."""
        self.buttons[preset].setChecked(True)

    def _short(self, preset: str) -> str:
        known = {
            "fixed_wide": self.tr("Fixed wide"),
            "panning": self.tr("Panning"),
            "broadcast": self.tr("Broadcast"),
            "phone": self.tr("Phone"),
        }
        return known.get(preset, preset)

    @Slot(QToolButton)
    def _choose(self, button: QToolButton) -> None:
        self.chosen.emit(button.objectName())

    @Slot()
    def _draw(self) -> None:
        for preset, button in self.buttons.items():
            name = f"camera-{preset.replace('_', '-')}"
            scale = self.devicePixelRatioF()
            button.setIcon(self._theme.icons.pixmap(name, "ink", size=_SIDE, scale=scale))
