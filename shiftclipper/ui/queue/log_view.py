"""The log behind a failure: what the program and ffmpeg said, to read and to send on."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from shiftclipper.ui.controls import IconButton, column, label, row
from shiftclipper.ui.logs import without_personal_paths
from shiftclipper.ui.theme import Theme

_MOST_BYTES = 400_000
"""Of the end of the log; more says nothing more."""


class LogView(QDialog):
    """Shows the end of a log; not modal. Read it anew with `show_log`."""

    folder_asked = Signal(object)
    """Path of the log, to be shown in its folder."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Build it; `show_log` shows it."""
        super().__init__(parent)
        self._path = Path()
        self.sentence = label(wrap=True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Log"))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.copy_button = IconButton(theme, "report", self.tr("Copy all"))
        self.folder_button = IconButton(theme, "folder", self.tr("Show in folder"))
        self.close_button = IconButton(theme, "cancel", self.tr("Close"))
        self.copy_button.clicked.connect(self._copy)
        self.folder_button.clicked.connect(self._show_folder)
        self.close_button.clicked.connect(self.hide)
        buttons = row(spacing=2)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.folder_button)
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        inside = column(self, margin=5, spacing=3)
        inside.addWidget(self.sentence)
        inside.addWidget(self.text, 1)
        inside.addLayout(buttons)
        self.resize(760, 480)

    def show_log(self, path: Path, title: str, sentence: str) -> None:
        """Show a log at its end.

        Args:
            path: of the log.
            title: what it is about.
            sentence: what went wrong, if anything did.
        """
        self._path = path
        self.setWindowTitle(self.tr("Log of {title}").format(title=title))
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setPlainText(_end_of(path) or self.tr("The log is empty."))
        bar = self.text.verticalScrollBar()
        self.show()
        self.raise_()
        bar.setValue(bar.maximum())

    @Slot()
    def _copy(self) -> None:
        """Copy for sending it to somebody, whom the person's own folders do not concern."""
        QGuiApplication.clipboard().setText(without_personal_paths(self.text.toPlainText()))

    @Slot()
    def _show_folder(self) -> None:
        self.folder_asked.emit(self._path)


def _end_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - _MOST_BYTES))
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""
