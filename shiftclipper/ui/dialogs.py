"""What the window asks the person: which files, which setup, and whether really to delete."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QMessageBox, QWidget

from shiftclipper.ui.arrivals import SETUP_ENDING, VIDEO_ENDINGS
from shiftclipper.ui.controls import set_kind
from shiftclipper.ui.words import translate


class Dialogs(QObject):
    """Opens dialogs over a window and says what was answered."""

    files_named = Signal(object)
    """List of paths that the person chose."""
    setup_named = Signal(str, object)
    """Id of the job, and the path of the setup file for it."""
    list_named = Signal(str, object)
    """Id of the job, and the path of a table of its shifts."""
    clear_confirmed = Signal(str)
    """Id of the job that is really to be deleted."""

    def __init__(self, window: QWidget) -> None:
        """Ask over a window."""
        super().__init__(window)
        self._window = window
        self._setup_for = ""
        self._list_for = ""

    @Slot()
    def ask_for_files(self) -> None:
        """Ask which films to open."""
        endings = " ".join(f"*{ending}" for ending in sorted(VIDEO_ENDINGS))
        dialog = QFileDialog(self._window, self.tr("Open game videos"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [
                self.tr("Videos and setup files ({endings})").format(endings=f"{endings} *{SETUP_ENDING}"),
                self.tr("All files (*)"),
            ]
        )
        self._show(dialog, self._take_names)

    @Slot()
    def ask_for_folder(self) -> None:
        """Ask which folder of films to open."""
        dialog = QFileDialog(self._window, self.tr("Open a folder of game videos"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._show(dialog, self._take_names)

    @Slot(str)
    def ask_for_setup(self, job_id: str) -> None:
        """Ask which setup file says who a job's player is."""
        self._setup_for = job_id
        dialog = QFileDialog(self._window, self.tr("Open a setup file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Setup files (*.json)"), self.tr("All files (*)")])
        self._show(dialog, self._take_setup)

    def ask_for_list(self, job_id: str) -> None:
        """Ask which table a job's shifts are to be taken from."""
        self._list_for = job_id
        dialog = QFileDialog(self._window, self.tr("Take shifts from a list"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Lists of shifts (*.csv)"), self.tr("All files (*)")])
        self._show(dialog, self._take_list)

    def confirm_clear(self, job_id: str, title: str) -> None:
        """Ask whether a job is really to be deleted."""
        box = deletion_box(
            self._window,
            title=self.tr("Clear"),
            text=self.tr("Really delete “{title}”?").format(title=title),
            detail=self.tr(
                "Its clips, reel and report in the program's folder are deleted too. Your film stays."
            ),
        )
        box.setObjectName(job_id)
        box.buttonClicked.connect(self._clear_answered)
        box.open()

    def _show(self, dialog: QFileDialog, slot: Callable[[list[str]], None]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(slot)
        dialog.open()

    @Slot("QStringList")
    def _take_names(self, names: list[str]) -> None:
        self.files_named.emit([Path(name) for name in names])

    @Slot("QStringList")
    def _take_setup(self, names: list[str]) -> None:
        for name in names[:1]:
            self.setup_named.emit(self._setup_for, Path(name))

    @Slot("QStringList")
    def _take_list(self, names: list[str]) -> None:
        for name in names[:1]:
            self.list_named.emit(self._list_for, Path(name))

    @Slot("QAbstractButton*")
    def _clear_answered(self, button: QAbstractButton) -> None:
        box = self.sender()
        if isinstance(box, QMessageBox) and deletes(box, button):
            self.clear_confirmed.emit(box.objectName())


def deletion_box(parent: QWidget, *, title: str, text: str, detail: str) -> QMessageBox:
    """Return a box that asks whether something is really to be deleted; `open` shows it."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(title)
    box.setText(text)
    box.setInformativeText(detail)
    delete = box.addButton(translate("Dialogs", "Delete"), QMessageBox.ButtonRole.DestructiveRole)
    set_kind(delete, "danger")
    keep = box.addButton(translate("Dialogs", "Keep"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    return box


def deletes(box: QMessageBox, button: QAbstractButton) -> bool:
    """Say whether a button of such a box deletes."""
    return box.buttonRole(button) == QMessageBox.ButtonRole.DestructiveRole
