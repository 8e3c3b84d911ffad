"""The person's own presets, among the settings that they hold: choose, save, rename, delete."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QMenu, QMessageBox, QWidget

from shiftclipper.jobs.own_presets import OwnPreset, OwnPresets
from shiftclipper.jobs.settings import PRESETS, Settings
from shiftclipper.ui import words
from shiftclipper.ui.controls import IconButton, column, label, row
from shiftclipper.ui.dialogs import deletes, deletion_box
from shiftclipper.ui.job_actions import JobActions
from shiftclipper.ui.picture import changes
from shiftclipper.ui.theme import Theme

_LONGEST = 60
"""Letters of a name."""


class PresetChoice(QWidget):
    """A field while a preset gets its name, and a sentence about presets; `button` has the menu."""

    naming = Signal(bool)
    """A preset gets its name now, or does no more."""

    def __init__(self, theme: Theme, actions: JobActions, parent: QWidget | None = None) -> None:
        """Read what presets there are."""
        super().__init__(parent)
        self._actions = actions
        self._job_id = ""
        self._settings = Settings()
        self._presets: Mapping[str, OwnPreset] = {}
        self._newest = ""
        self._renamed: str | None = None
        self.button = IconButton(theme, "star", "", kind="icon", name=self.tr("My presets"))
        """For whoever lays out the settings to put in its place."""
        self.menu = QMenu(self.button)
        self.menu.setToolTipsVisible(True)
        self.button.setMenu(self.menu)
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the preset"))
        self.name.setPlaceholderText(self.tr("Name of the preset"))
        self.name.setMaxLength(_LONGEST)
        self.name.installEventFilter(self)
        self.keep = IconButton(theme, "right", self.tr("Save"), kind="primary")
        self.drop = IconButton(theme, "cancel", "", kind="icon", name=self.tr("Cancel"))
        self.hint = label(kind="secondary", wrap=True)
        self._naming = QWidget()
        self._lay_out()
        self.menu.aboutToShow.connect(self._fill)
        self.menu.triggered.connect(self._carry_out)
        self.name.textEdited.connect(self._look_at_name)
        self.keep.clicked.connect(self._keep)
        self.drop.clicked.connect(self._cancel)
        self._show_presets({})
        actions.change_presets(lambda _presets: None, self._show_presets)

    def show_settings(self, job_id: str, settings: Settings) -> None:
        """Show the settings of a job: which preset they are, if any."""
        if job_id != self._job_id:
            self._stop_naming()
            self.hint.hide()
        self._job_id, self._settings = job_id, settings
        self._show_name()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the sentence the lines that it has at the new width."""
        super().resizeEvent(event)
        self._make_room()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter keep the name and Escape leave it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._keep()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._cancel()
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        inside = column(self, spacing=1)
        fields = column(self._naming, spacing=1)
        fields.addWidget(self.name)
        line = row(spacing=1)
        line.addWidget(self.keep, 1)
        line.addWidget(self.drop)
        fields.addLayout(line)
        inside.addWidget(self._naming)
        inside.addWidget(self.hint)
        self._naming.hide()
        self.hint.hide()

    # The menu

    @Slot()
    def _fill(self) -> None:
        self.menu.clear()
        current = self._current()
        for preset in self._presets.values():
            action = self._offer(self.menu, preset.name, self._choose)
            action.setCheckable(True)
            action.setChecked(preset.name == current)
            action.setToolTip(_held_words(preset))
        self.menu.addSeparator()
        save = self.menu.addAction(self.tr("Save these settings as a preset"))
        save.setData((self._begin_saving, ""))
        save.setEnabled(bool(self._job_id))
        if self._presets:
            self._offer_all(self.tr("Rename"), self._begin_renaming)
            self._offer_all(self.tr("Delete"), self._confirm_deletion)

    def _offer_all(self, title: str, work: Callable[[str], None]) -> None:
        menu = self.menu.addMenu(title)
        for name in self._presets:
            self._offer(menu, name, work)

    def _offer(self, menu: QMenu, name: str, work: Callable[[str], None]) -> QAction:
        action = menu.addAction(_without_shortcut(name))
        action.setData((work, name))
        return action

    @Slot(QAction)
    def _carry_out(self, action: QAction) -> None:
        work, name = action.data()
        work(name)

    def _choose(self, name: str) -> None:
        preset = self._presets.get(name)
        if preset is None:  # It was renamed or deleted while the menu was open.
            return
        self._newest = name
        left = self.tr("Left as they were, because this version does not know their values: {names}.")
        self._say(left.format(names=", ".join(preset.unknown)) if preset.unknown else "")
        self._actions.change_setup(self._job_id, changes.with_preset(preset), what="preset")

    def _confirm_deletion(self, name: str) -> None:
        box = deletion_box(
            self,
            title=self.tr("Delete"),
            text=self.tr("Really delete the preset “{name}”?").format(name=name),
            detail=self.tr("Games that were set up with it stay as they are."),
        )
        box.setObjectName(name)
        box.buttonClicked.connect(self._deletion_answered)
        box.open()

    @Slot("QAbstractButton*")
    def _deletion_answered(self, button: QAbstractButton) -> None:
        box = self.sender()
        if isinstance(box, QMessageBox) and deletes(box, button):
            name = box.objectName()
            self._write(lambda presets: presets.delete(name))

    # The name

    def _begin_saving(self, _name: str) -> None:
        self._begin_naming(None, "")

    def _begin_renaming(self, name: str) -> None:
        self._begin_naming(name, name)

    def _begin_naming(self, renamed: str | None, text: str) -> None:
        self._renamed = renamed
        self.name.setText(text)
        self.name.selectAll()
        self._naming.show()
        self.naming.emit(True)
        self.name.setFocus()
        self._look_at_name()

    @Slot()
    def _cancel(self) -> None:
        self._stop_naming()
        self.button.setFocus()

    def _stop_naming(self) -> None:
        if self._naming.isVisibleTo(self):
            self._naming.hide()
            self.naming.emit(False)
            self._say("")

    @Slot()
    def _look_at_name(self) -> None:
        """Say what saving under the name that is typed would do."""
        name = self.name.text().strip()
        taken = name in self._presets and name != self._renamed
        replaces = taken and self._renamed is None
        ours = name in PRESETS
        self.keep.setText(self.tr("Replace") if replaces else self.tr("Save"))
        self.keep.setAccessibleName(self.keep.text())
        self.keep.setEnabled(bool(name) and not ours and (replaces or not taken))
        if replaces:
            self._say(self.tr("There is a preset of this name; it would be replaced."))
        else:
            self._say(self.tr("There is a preset of this name; choose another one.") if taken or ours else "")

    @Slot()
    def _keep(self) -> None:
        if not self.keep.isEnabled():
            return
        name, renamed, settings = self.name.text().strip(), self._renamed, self._settings
        self._cancel()
        if renamed is None:
            self._newest = name
            self._write(lambda presets: presets.save(name, settings))
        elif name != renamed:
            self._newest = name if self._newest == renamed else self._newest
            self._write(lambda presets: presets.rename(renamed, name))

    def _write(self, work: Callable[[OwnPresets], object]) -> None:
        self._actions.change_presets(work, self._show_presets)

    # What is shown

    def _show_presets(self, presets: Mapping[str, OwnPreset]) -> None:
        self._presets = presets
        self._show_name()

    def _current(self) -> str:
        """Return the name of the preset that the settings are, of several the one that was chosen last."""
        same = [
            preset.name
            for preset in self._presets.values()
            if preset.values and preset.applied_to(self._settings) == self._settings
        ]
        return self._newest if self._newest in same else next(iter(same), "")

    def _show_name(self) -> None:
        current = self._current()
        told = self.tr("Preset: {name}").format(name=current) if current else self.tr("My presets")
        self.button.setAccessibleName(told)
        self.button.setToolTip(f"{told}\n{_held_words(self._presets[current])}" if current else told)

    def _say(self, sentence: str) -> None:
        self.hint.setText(sentence)
        self.hint.setVisible(bool(sentence))
        self._make_room()

    def _make_room(self) -> None:
        # Nested this deep, layouts give a label no more than the lines that it wants at its own width.
        self.hint.setMinimumHeight(max(0, self.hint.heightForWidth(self.width())))


def _without_shortcut(text: str) -> str:
    return text.replace("&", "&&")


def _held_words(preset: OwnPreset) -> str:
    """Return the settings of a preset that Pick shows, one a line."""
    values = preset.values
    lines = [
        words.named_camera_words(str(values["camera"])) if "camera" in values else "",
        words.quality_words(str(values["quality"])) if "quality" in values else "",
        words.level_words(str(values["level"])) if "level" in values else "",
    ]
    return "\n".join(filter(None, lines))
