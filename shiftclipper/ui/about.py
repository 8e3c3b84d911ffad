"""About: what the program is, where it keeps its files, and whose work it stands on."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from shiftclipper import __version__
from shiftclipper.errors import UserError
from shiftclipper.licences import notices
from shiftclipper.media.ffmpeg import licence_of, locate
from shiftclipper.ui.background import Background
from shiftclipper.ui.controls import IconButton, column, label, row
from shiftclipper.ui.theme import Theme


class About(QDialog):
    """Not modal; the licences are gathered while it is open already."""

    folder_asked = Signal(object)
    """Path of the data folder, to be shown."""

    def __init__(self, theme: Theme, data_dir: Path, parent: QWidget) -> None:
        """Build it and begin to gather."""
        super().__init__(parent)
        self._data_dir = data_dir
        self.setWindowTitle(self.tr("About ShiftClipper"))
        self.title = label(f"ShiftClipper {__version__}", "title")
        promise = label(
            self.tr(
                "Your film never leaves this computer: there is no account, and the network is never used."
            ),
            wrap=True,
        )
        place = self.tr("Games and settings are kept in {folder}.").format(folder=data_dir)
        self.place = label(place, "secondary", wrap=True)
        self.text = QPlainTextEdit(self.tr("Gathering the licences"))
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Licences"))
        self.copy_button = IconButton(theme, "report", self.tr("Copy all"))
        self.folder_button = IconButton(theme, "folder", self.tr("Show in folder"))
        self.close_button = IconButton(theme, "cancel", self.tr("Close"))
        self.copy_button.clicked.connect(self._copy)
        self.folder_button.clicked.connect(self._show_folder)
        self.close_button.clicked.connect(self.hide)
        buttons = row(spacing=2)
        for button in (self.copy_button, self.folder_button):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        inside = column(self, margin=5, spacing=3)
        for part in (self.title, promise, self.place):
            inside.addWidget(part)
        inside.addWidget(self.text, 1)
        inside.addLayout(buttons)
        self.resize(760, 560)
        self._background = Background(1, self)
        self._background.run(_gathered, self.text.setPlainText)

    def close_down(self) -> None:
        """End the gathering."""
        self._background.close()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())

    @Slot()
    def _show_folder(self) -> None:
        self.folder_asked.emit(self._data_dir)


def _gathered() -> str:
    try:
        return notices(licence_of(locate()))
    except UserError:
        return notices()
