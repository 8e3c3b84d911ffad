"""The stages of a job, each with its state in words."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from shiftclipper.jobs.rows import JobRow, JobStatus, StageRow, StageStatus
from shiftclipper.ui import words
from shiftclipper.ui.controls import IconLabel, column, label
from shiftclipper.ui.theme import Theme
from shiftclipper.ui.tokens import STEP

_BEHIND_THE_SCENES = ("results",)
"""Stages too quick and too technical to be shown."""


class StageList(QFrame):
    """One row for each stage; the rows stay, only what they say changes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Begin without rows."""
        super().__init__(parent)
        self._theme = theme
        self._rows: list[tuple[IconLabel, QLabel, QLabel]] = []
        self.setProperty("kind", "card")
        inside = column(self, margin=4, spacing=2)
        inside.addWidget(label(self.tr("Stages"), "head"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(2 * STEP)
        self._grid.setVerticalSpacing(2 * STEP)
        self._grid.setColumnStretch(1, 1)
        inside.addLayout(self._grid)
        self._names: list[str] = []

    def show_stages(self, job: JobRow, stages: Sequence[StageRow], *, needs_player: bool) -> None:
        """Show how far each stage of a job is."""
        shown = [stage for stage in stages if stage.name not in _BEHIND_THE_SCENES]
        if [stage.name for stage in shown] != self._names:
            self._make_rows(shown)
        for (icon, name, state), stage in zip(self._rows, shown, strict=True):
            look, token = _look(job, stage)
            icon.show_icon(look, token)
            name.setText(words.stage_words(stage.name))
            text = _state_words(job, stage, needs_player=needs_player)
            state.setText(text)
            name.setAccessibleDescription(text)

    def _make_rows(self, stages: Sequence[StageRow]) -> None:
        for widgets in self._rows:
            for widget in widgets:
                self._grid.removeWidget(widget)
                widget.deleteLater()
        self._rows = []
        self._names = [stage.name for stage in stages]
        for line in range(len(stages)):
            widgets = IconLabel(self._theme, "waiting", parent=self), label(parent=self), label(parent=self)
            widgets[2].setProperty("kind", "secondary")
            widgets[2].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for place, widget in enumerate(widgets):
                self._grid.addWidget(widget, line, place)
            self._rows.append(widgets)


def _look(job: JobRow, stage: StageRow) -> tuple[str, str]:
    if stage.status is StageStatus.DONE:
        return "done", "good"
    if stage.status is StageStatus.FAILED:
        return "alert", "bad"
    if stage.status is StageStatus.RUNNING and job.status.is_active:
        return "running", "accent"
    return "waiting", "ink_2"


def _state_words(job: JobRow, stage: StageRow, *, needs_player: bool) -> str:
    if stage.status is StageStatus.DONE:
        seconds = stage.perf.get("seconds")
        return words.took_words(float(seconds)) if isinstance(seconds, int | float) else words.done_words()
    if stage.status is StageStatus.FAILED:
        return words.failed_words()
    if not stage.wanted:
        return words.waits_for_player_words() if needs_player else words.not_asked_words()
    if stage.done_units > 0 and stage.total_units:
        return words.percent_words(stage.fraction)
    if job.status is JobStatus.RUNNING and stage.status is StageStatus.RUNNING:
        return words.running_words()
    return ""
