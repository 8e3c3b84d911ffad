"""How clips are named, with the names that this gives shown while it is typed."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from shiftclipper.export.names import PLACEHOLDERS
from shiftclipper.jobs.clip_plans import preview_names
from shiftclipper.jobs.rows import JobResults
from shiftclipper.jobs.settings import CLIP_NAMES
from shiftclipper.ui.background import Background
from shiftclipper.ui.controls import column, label

_SHOWN = 3
_LONGEST = 200
"""Letters of a pattern."""
_OFFERED = tuple(name for name in PLACEHOLDERS if name != "start")
"""`start` and `time` are the same."""


class NamesField(QWidget):
    """Works names out in the background; tells a pattern only when it gives names."""

    chosen = Signal(str)
    """The pattern that the person wants."""

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        """Make the field empty; names are worked out in `background`."""
        super().__init__(parent)
        self._background = background
        self._found: JobResults | None = None
        self._is_wrong = False
        self.line = QLineEdit()
        self.line.setAccessibleName(self.tr("Names of the clips"))
        self.line.setMaxLength(_LONGEST)
        self.line.setPlaceholderText(CLIP_NAMES)
        self.preview = label(kind="secondary", wrap=True)
        self.error = label(kind="bad", wrap=True)
        self.preview.hide()
        self.error.hide()
        placeholders = ", ".join(f"{{{name}}}" for name in _OFFERED)
        hint = self.tr("{placeholders} stand for what they say.").replace("{placeholders}", placeholders)
        inside = column(self, spacing=1)
        inside.addWidget(self.line)
        inside.addWidget(self.error)
        inside.addWidget(self.preview)
        inside.addWidget(label(hint, "secondary", wrap=True))
        self.line.textEdited.connect(self.look)
        self.line.editingFinished.connect(self._tell)

    @property
    def pattern(self) -> str:
        """What is typed; the usual pattern when nothing is."""
        return self.line.text().strip() or CLIP_NAMES

    def show_job(self, found: JobResults) -> None:
        """Show the pattern of a job, unless the person is at another."""
        is_other = self._found is None or self._found.job.id != found.job.id
        self._found = found
        names = found.setup.settings.clip_names
        if is_other or not (self.line.isModified() or self._is_wrong):
            self.line.setText(names)
        if self.isVisible():
            self.look()

    @Slot()
    def look(self) -> None:
        """Work out the first names that the pattern gives."""
        found, pattern = self._found, self.pattern
        if found is None:
            return

        def is_typed() -> bool:
            return self.pattern == pattern and self._found is found

        def show(names: list[str]) -> None:
            if is_typed():
                self._show(names, "")

        def refuse(sentence: str) -> None:
            if is_typed():
                self._show([], sentence)

        self._background.run(lambda: preview_names(found, pattern), show, refuse)

    def _show(self, names: list[str], error: str) -> None:
        self._is_wrong = bool(error)
        text = "\n".join(names[:_SHOWN])
        self.preview.setText(f"{text}, …" if len(names) > _SHOWN else text)
        self.preview.setVisible(bool(names))
        self.error.setText(error)
        self.error.setVisible(bool(error))

    @Slot()
    def _tell(self) -> None:
        """Let the job have what is typed, once it is known to give names."""
        found, pattern = self._found, self.pattern
        if found is None or pattern == found.setup.settings.clip_names:
            return

        def tell(_names: list[str]) -> None:
            if self._found is not None and self._found.job.id == found.job.id:
                self.line.setModified(self.pattern != pattern)
                self.chosen.emit(pattern)

        def refuse(sentence: str) -> None:
            if self.pattern == pattern:
                self._show([], sentence)

        self._background.run(lambda: preview_names(found, pattern), tell, refuse)
