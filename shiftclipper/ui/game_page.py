"""The middle of the window: the chosen game, its picture, how far it is, and what can be done with it."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

from shiftclipper.errors import UserError
from shiftclipper.export.clock_text import clock
from shiftclipper.jobs.rows import Action, ArtifactRow, JobRow, JobStatus, SourceRow
from shiftclipper.jobs.store import Store
from shiftclipper.ui import words
from shiftclipper.ui.controls import (
    Bend,
    ButtonKind,
    IconButton,
    IconLabel,
    ThinBar,
    card,
    column,
    label,
    row,
    set_kind,
)
from shiftclipper.ui.game_list import STATUS_LOOK
from shiftclipper.ui.job_actions import JobActions
from shiftclipper.ui.job_model import JobEntry
from shiftclipper.ui.picture.panel import PicturePanel
from shiftclipper.ui.stage_list import StageList
from shiftclipper.ui.theme import Theme

_LOG_NAME = "log.txt"


class GamePage(QScrollArea):
    """Shows one job and offers what its status allows."""

    action_asked = Signal(str, str)
    """Id of the job and one of `start`, `pause`, `cancel`, `clear`."""
    file_asked = Signal(object)
    """Path that the person wants opened."""
    folder_asked = Signal(object)
    """Path that the person wants shown in its folder."""

    def __init__(
        self, store: Store, theme: Theme, actions: JobActions, parent: QWidget | None = None
    ) -> None:
        """Begin without a job."""
        super().__init__(parent)
        self._store = store
        self._theme = theme
        self.picture = PicturePanel(store, theme, actions)
        self._entry: JobEntry | None = None
        self._reviewing = False
        self._reel: Path | None = None
        self._report: Path | None = None
        self.setObjectName("page")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._build()

    def show_entry(self, entry: JobEntry) -> None:
        """Show a job as the database has it now."""
        self._entry = entry
        try:
            stages = self._store.stages(entry.job.id)
            sources = self._store.sources(entry.job.id)
            artifacts = self._store.artifacts(entry.job.id)
        except UserError:
            return  # cleared meanwhile; the list tells so in a moment
        self.picture.show_entry(entry)
        self.title.setText(entry.job.title)
        self.facts.setText(_facts(entry.job, sources, short=self._reviewing))
        self.facts.setToolTip("\n".join(str(path) for path in entry.job.source_paths))
        self._show_status(entry)
        self._show_results(entry, artifacts)
        self._offer(entry)
        self.stages.show_stages(entry.job, stages, needs_player=entry.needs_player)
        self._make_room(entry)

    def show_reviewing(self, reviewing: bool) -> None:
        """Make room for the timeline: how a finished game was made is then left out."""
        self._reviewing = reviewing
        if self._entry is not None:
            self.show_entry(self._entry)

    # Building

    def _build(self) -> None:
        self.title = label(kind="title", wrap=True)
        self.facts = label(kind="secondary", wrap=True)
        self._make_buttons()
        words_part = QWidget()
        words_column = column(words_part, spacing=1)
        words_column.addWidget(self.title)
        words_column.addWidget(self.facts)
        head = Bend(words_part, _in_a_row(self.folder_button, self.clear_button), least_lines=16, top=True)
        self.stages = StageList(self._theme)
        body = QWidget()
        body.setObjectName("pageBody")
        inside = column(body, margin=4, spacing=2)
        inside.addWidget(head)
        inside.addWidget(self.picture, 1)
        self.timeline_place = column(spacing=0)
        inside.addLayout(self.timeline_place)
        inside.addWidget(self._build_results())
        self.status_card = self._build_status()
        inside.addWidget(self.status_card)
        inside.addWidget(self.stages)
        self.setWidget(body)

    def _make_buttons(self) -> None:
        self.pause_button = self._button("pause", self.tr("Pause"), self._pause)
        self.start_button = self._button("resume", self.tr("Continue"), self._start, kind="primary")
        self.retry_button = self._button("retry", self.tr("Retry"), self._start, kind="primary")
        self.run_button = self._button("retry", self.tr("Run again"), self._start)
        self.cancel_button = self._button("cancel", self.tr("Cancel"), self._cancel)
        self.clear_button = self._button("clear", self.tr("Clear"), self._clear)
        self.clear_button.setToolTip(self.tr("Delete this game from the list, with its clips"))
        self.log_button = self._button("log", self.tr("Details"), self._open_log)
        self.folder_button = self._button("folder", self.tr("Show in folder"), self._show_folder)
        self.reel_button = self._button("reel", self.tr("Play reel"), self._play_reel, kind="primary")
        self.report_button = self._button("report", self.tr("Open report"), self._open_report)

    def _build_status(self) -> QWidget:
        frame, inside = card()
        self.status_icon = IconLabel(self._theme, "waiting")
        self.status = label(kind="lead")
        self.time_left = label(kind="secondary")
        status_part = QWidget()
        line = row(status_part, spacing=2)
        line.addWidget(self.status_icon)
        line.addWidget(self.status, 1)
        self.bar = ThinBar(self._theme)
        self.bar.setAccessibleName(self.tr("Progress of the job"))
        self.percent = label(kind="secondary")
        self.bar_line = QWidget()
        progress = row(self.bar_line, spacing=3)
        progress.addWidget(self.bar, 1)
        progress.addWidget(self.percent)
        self.message = label(wrap=True)
        buttons = row(spacing=2)
        for button in (
            self.start_button,
            self.retry_button,
            self.pause_button,
            self.cancel_button,
            self.run_button,
            self.log_button,
        ):
            buttons.addWidget(button)
        buttons.addStretch()
        inside.addWidget(Bend(status_part, self.time_left))
        inside.addWidget(self.bar_line)
        inside.addWidget(self.message)
        inside.addLayout(buttons)
        return frame

    def _build_results(self) -> QWidget:
        self.results, inside = card()
        figures_part = QWidget()
        figures = row(figures_part, spacing=8)
        self.shift_figure, self.time_figure = label(kind="figure"), label(kind="figure")
        self.shift_caption = label(kind="secondary")
        for figure, caption in (
            (self.shift_figure, self.shift_caption),
            (self.time_figure, label(self.tr("time on ice"), "secondary")),
        ):
            pair = column(spacing=0)
            pair.addWidget(figure)
            pair.addWidget(caption)
            figures.addLayout(pair)
        figures.addStretch()
        inside.addWidget(Bend(figures_part, _in_a_row(self.reel_button, self.report_button)))
        return self.results

    def _button(
        self, icon: str, text: str, slot: Callable[[], None], *, kind: ButtonKind = "plain"
    ) -> IconButton:
        button = IconButton(self._theme, icon, text, kind=kind)
        button.clicked.connect(slot)
        return button

    # Showing

    def _show_status(self, entry: JobEntry) -> None:
        job = entry.job
        self.status_icon.show_icon(*STATUS_LOOK[job.status])
        self.status.setText(entry.status_line)
        running = job.status is JobStatus.RUNNING
        self.time_left.setText(words.time_left_words(job.seconds_left) if running else "")
        self.bar_line.setVisible(job.status not in (JobStatus.DONE, JobStatus.CANCELLED))
        self.bar.show_share(job.progress, at_rest=not running)
        self.percent.setText(words.percent_words(job.progress))
        text = job.error if job.status is JobStatus.FAILED else job.message
        if text == entry.status_line or job.status is JobStatus.DONE:
            text = ""
        if job.status is JobStatus.DONE and entry.needs_player:
            text = self.tr("The film is analysed. Click on your player in the picture.")
        self.message.setText(text)
        self.message.setVisible(bool(text))
        set_kind(self.message, "bad" if job.status is JobStatus.FAILED else "body")

    def _make_room(self, entry: JobEntry) -> None:
        done = entry.job.status is JobStatus.DONE
        made = self._reel is not None or self._report is not None
        worked_out = done and not entry.needs_player
        self.results.setVisible(worked_out and made)
        # While it runs, the list of games tells how far it is.
        told = done or entry.job.status.is_active or entry.job.status is JobStatus.QUEUED
        self.status_card.setVisible(not worked_out and not (told and self._reviewing))
        self.stages.setVisible(not worked_out and not self._reviewing)

    def _show_results(self, entry: JobEntry, artifacts: list[ArtifactRow]) -> None:
        self._reel = _newest(artifacts, "reel")
        self._report = _newest(artifacts, "report")
        self.reel_button.setVisible(self._reel is not None)
        self.report_button.setVisible(self._report is not None)
        if entry.job.status is JobStatus.DONE and not entry.needs_player:
            self.shift_figure.setText(str(entry.shift_count))
            self.shift_caption.setText(self.tr("shift") if entry.shift_count == 1 else self.tr("shifts"))
            self.time_figure.setText(clock(entry.time_on_ice))

    def _offer(self, entry: JobEntry) -> None:
        job, done = entry.job, entry.job.status is JobStatus.DONE
        offered: dict[QPushButton, bool] = {
            self.pause_button: Action.PAUSE in job.can,
            self.start_button: Action.RESUME in job.can,
            self.retry_button: Action.RETRY in job.can and Action.RESUME not in job.can,
            self.run_button: Action.RUN in job.can and not (done and entry.needs_player),
            self.cancel_button: Action.CANCEL in job.can,
            self.log_button: (job.work_dir / _LOG_NAME).exists() and job.status is JobStatus.FAILED,
        }
        self.run_button.setText(self.tr("Start") if job.status is JobStatus.DRAFT else self.tr("Run again"))
        focused = self.focusWidget()
        for button, shown in offered.items():
            button.setVisible(shown)
        self.clear_button.setEnabled(Action.CLEAR in job.can)
        self.folder_button.setEnabled(bool(job.source_paths))
        if isinstance(focused, QPushButton) and not offered.get(focused, True):
            # The button that was just worked is gone; the focus stays in its row.
            following = next((button for button, shown in offered.items() if shown), self.folder_button)
            following.setFocus()

    # Asking

    @Slot()
    def _start(self) -> None:
        self._ask("start")

    @Slot()
    def _pause(self) -> None:
        self._ask("pause")

    @Slot()
    def _cancel(self) -> None:
        self._ask("cancel")

    @Slot()
    def _clear(self) -> None:
        self._ask("clear")

    def _ask(self, what: str) -> None:
        if self._entry is not None:
            self.action_asked.emit(self._entry.job.id, what)

    @Slot()
    def _open_log(self) -> None:
        if self._entry is not None:
            self.file_asked.emit(self._entry.job.work_dir / _LOG_NAME)

    @Slot()
    def _show_folder(self) -> None:
        """Show what the job made, or the film while there is nothing yet."""
        if self._entry is not None:
            job = self._entry.job
            self.folder_asked.emit(
                self._reel or (job.out_dir if job.out_dir.is_dir() else job.source_paths[0])
            )

    @Slot()
    def _play_reel(self) -> None:
        self.file_asked.emit(self._reel)

    @Slot()
    def _open_report(self) -> None:
        self.file_asked.emit(self._report)


def _in_a_row(*buttons: QPushButton) -> QWidget:
    part = QWidget()
    line = row(part, spacing=2)
    for button in buttons:
        line.addWidget(button)
    line.addStretch()
    return part


def _newest(artifacts: list[ArtifactRow], kind: str) -> Path | None:
    found = [artifact for artifact in artifacts if artifact.type == kind]
    return max(found, key=lambda artifact: artifact.id).path if found else None


def _facts(job: JobRow, sources: list[SourceRow], *, short: bool) -> str:
    durations = [source.duration for source in sources]
    total = sum((length for length in durations if length is not None), Fraction(0))
    names = job.source_paths[0].name if len(job.source_paths) == 1 else words.files_words(len(sources))
    size = sum(source.bytes or 0 for source in sources)
    facts = [
        names,
        clock(total) if all(length is not None for length in durations) else "",
        words.size_words(size) if size and not short else "",
        "" if short else words.added_words(job.created_at),
    ]
    return " · ".join(filter(None, facts))
