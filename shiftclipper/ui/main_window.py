"""The window: it shows the database and writes what the person asks for, nothing else."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from shiftclipper.errors import UserError
from shiftclipper.jobs.rows import Action
from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.store import Store
from shiftclipper.jobs.work import LOG_NAME
from shiftclipper.ui import keys
from shiftclipper.ui.arrival_panel import ArrivalPanel
from shiftclipper.ui.controls import Shelf, column, label, row
from shiftclipper.ui.dialogs import Dialogs
from shiftclipper.ui.drop_zone import DropZone
from shiftclipper.ui.dropping import Dropping
from shiftclipper.ui.game_list import GameList
from shiftclipper.ui.game_page import GamePage
from shiftclipper.ui.job_actions import JobActions
from shiftclipper.ui.job_model import JobEntry, JobModel
from shiftclipper.ui.keys import Action as Key
from shiftclipper.ui.notice import Notice
from shiftclipper.ui.opening import SystemPrograms
from shiftclipper.ui.picture.pick_panel import PickPanel
from shiftclipper.ui.picture.picture_keys import PictureKeys
from shiftclipper.ui.player_panel import PlayerPanel
from shiftclipper.ui.program_parts import ProgramParts
from shiftclipper.ui.reception import Reception, SampleMaker
from shiftclipper.ui.review.resolver import Resolver
from shiftclipper.ui.review.review import Review
from shiftclipper.ui.start_page import StartPage
from shiftclipper.ui.steps import Step, StepBar, Stepping
from shiftclipper.ui.theme import Theme

DESIGNED_FOR = (1280, 800)
SMALLEST = (1024, 680)


class MainWindow(QMainWindow):
    """Drop zone and games on the left, the chosen game in the middle, its player on the right."""

    dragged_over = Signal(bool)
    """Something that can be taken hovers over the window, or does no more."""

    def __init__(
        self,
        store: Store,
        bus: JobBus,
        theme: Theme,
        *,
        make_sample: SampleMaker,
        programs: SystemPrograms,
        exports: Path | None = None,
    ) -> None:
        """Build the window; `show` shows it.

        Args:
            store: of the data folder, open for writing.
            bus: of the store.
            theme: of the application.
            make_sample: draws the sample game.
            programs: open what the job made.
            exports: folder for what is exported; see `Session`.
        """
        super().__init__()
        self._store = store
        self._theme = theme
        self._programs = programs
        self._to_choose = ""
        self._stepping = Stepping()
        self._reviewing = False
        self.jobs = JobModel(store, bus, self)
        self.actions_of_jobs = JobActions(store, bus, self, exports)
        self.resolver = Resolver(store, bus, self.actions_of_jobs, self)
        self.parts = ProgramParts(self, store, theme, jobs=self.jobs, actions=self.actions_of_jobs)
        self.dialogs = Dialogs(self)
        self.reception = Reception(store.data_dir / "sample", make_sample, self)
        self._build()
        self._connect()
        self.setMinimumSize(*SMALLEST)
        self.resize(*DESIGNED_FOR)
        self.review.look(False)
        self._follow_rows()
        self._show_chosen()
        self.actions_of_jobs.finish_left_overs()

    def take(self, paths: Sequence[Path], target_job: str = "") -> None:
        """Take files and folders as if they had been dropped.

        Args:
            paths: films, folders, setup files.
            target_job: the job that a setup without a film is for; the chosen one when empty.
        """
        self.dropping.take(paths, target_job)

    def choose(self, job_id: str) -> None:
        """Show a job, as soon as the list has it."""
        self._to_choose = job_id
        self._follow_rows()

    def shut_down(self) -> None:
        """Stop looking at files and finish writing what was asked for. Call it before the store closes."""
        self.reception.close()
        self.parts.close_down()
        self.review.shut_down()
        self.resolver.close()
        self.game_page.picture.shut_down()
        self.actions_of_jobs.close()

    @property
    def choices_are_open(self) -> bool:
        """Say whether the last drop's jobs exist, so that they can be grouped otherwise."""
        return self.dropping.choices_are_open

    @property
    def is_idle(self) -> bool:
        """Say whether nothing that was asked for is still to be done."""
        rooms = (self.reception, self.actions_of_jobs, self.resolver, self.parts, self.review)
        return all(room.is_idle for room in rooms)

    # Building

    def _build(self) -> None:
        self.steps = StepBar(self._theme)
        self.start_page = StartPage(self._theme, self.parts.recent)
        self.drop_zone = DropZone(self._theme, large=False)
        self.games = GameList(self.jobs, self._theme)
        self.notice = Notice(self._theme)
        self.arrival_panel = ArrivalPanel(self._theme)
        self.dropping = Dropping(
            self, self.games, self.arrival_panel, self.reception, self.actions_of_jobs, self.parts.handovers
        )
        self.game_page = GamePage(self._store, self._theme, self.actions_of_jobs)
        self.player_panel = PlayerPanel(self._store, self._theme)
        self.pick_panel = PickPanel(self._theme, self.actions_of_jobs, self.game_page.picture, self.resolver)
        self.player_panel.pick_place.addWidget(self.pick_panel)
        self.picture_keys = PictureKeys(self.game_page.picture)
        self.review = Review(
            self._store, self._theme, self.actions_of_jobs, self.game_page.picture, self.resolver, self
        )
        self.game_page.timeline_place.addWidget(self.review.below)
        self.player_panel.review_place.addWidget(self.review.panel)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.start_page)
        self._stack.addWidget(self.game_page)
        self._stack.addWidget(self.parts.export)
        centre = QWidget()
        inside = column(centre, spacing=0)
        inside.addWidget(Shelf(self.notice, self.arrival_panel))
        inside.addWidget(self._stack, 1)
        self._sidebar = self._build_sidebar()
        body = QWidget()
        across = row(body, spacing=0)
        across.addWidget(self._sidebar)
        across.addWidget(centre, 1)
        across.addWidget(self.player_panel)
        whole = QWidget()
        down = column(whole, spacing=0)
        down.addWidget(self._build_header())
        down.addWidget(body, 1)
        self.setCentralWidget(whole)

    def _build_header(self) -> QWidget:
        header = QFrame()
        header.setObjectName("header")
        across = QHBoxLayout(header)
        across.setContentsMargins(20, 8, 20, 8)
        brand = label("ShiftClipper", "brand")
        across.addWidget(brand, 1)
        across.addWidget(self.steps)
        across.addStretch(1)
        across.addWidget(self.parts.header_buttons)
        return header

    def _build_sidebar(self) -> QWidget:
        sidebar = QFrame()
        sidebar.setObjectName("sidebar")
        inside = column(sidebar, spacing=2)
        inside.setContentsMargins(0, 16, 0, 8)
        top = column(spacing=2)
        top.setContentsMargins(16, 0, 16, 0)
        top.addWidget(label(self.tr("Games"), "head"))
        top.addWidget(self.drop_zone)
        inside.addLayout(top)
        inside.addWidget(self.games, 1)
        return sidebar

    def _connect(self) -> None:
        for zone in (self.drop_zone, self.start_page.drop_zone):
            zone.files_asked.connect(self.dialogs.ask_for_files)
            zone.folder_asked.connect(self.dialogs.ask_for_folder)
            self.dragged_over.connect(zone.show_over)
        self.dialogs.files_named.connect(self.take)
        self.dialogs.setup_named.connect(self.actions_of_jobs.open_setup)
        self.dialogs.list_named.connect(self.parts.handovers.take_list)
        self.dialogs.clear_confirmed.connect(self.actions_of_jobs.clear)
        self.start_page.sample_asked.connect(self.reception.take_sample)
        self.reception.sample_progress.connect(self.start_page.show_sample_progress)
        self.reception.sample_ended.connect(self._sample_ended)
        self.dropping.hovering.connect(self.dragged_over)
        self.dropping.job_made.connect(self.choose)
        self.dropping.found_again.connect(self._tell)
        self.dropping.refused.connect(self.notice.say)
        self.games.chosen.connect(self._show_chosen)
        self.games.clicked.connect(self._work_on)
        self.games.clear_asked.connect(self._confirm_clear)
        self.parts.follow(self.games)
        self.parts.handovers.told.connect(self._tell)
        self.parts.acted.connect(self._act)
        self.parts.game_asked.connect(self._show_game)
        self.parts.export_asked.connect(self.show_export)
        self.parts.folder_asked.connect(self._show_in_folder)
        self.parts.export.file_asked.connect(self._open_file)
        self.parts.recent.asked.connect(self.take)
        self.steps.step_chosen.connect(self._go_to_step)
        self.jobs.entry_changed.connect(self._entry_changed)
        self.jobs.rowsInserted.connect(self._follow_rows)
        self.jobs.rowsRemoved.connect(self._follow_rows)
        self.game_page.action_asked.connect(self._act)
        self.game_page.file_asked.connect(self._open_file)
        self.game_page.folder_asked.connect(self._show_in_folder)
        self.pick_panel.player_chosen.connect(self.review.editing.choose_lane)
        self.review.editing.lane_changed.connect(self.pick_panel.show_player)
        self.player_panel.review_asked.connect(self.show_review)
        self.player_panel.setup_asked.connect(self.dialogs.ask_for_setup)
        self.actions_of_jobs.refused.connect(self._refused)
        self.actions_of_jobs.setup_opened.connect(self._setup_opened)
        keys.bind(self, Key.OPEN, self.dialogs.ask_for_files)

    # Following the database

    @Slot()
    def _follow_rows(self) -> None:
        """Show the start page without jobs, the rest with some."""
        some = self.jobs.rowCount() > 0
        if not some or self._stack.currentWidget() is self.start_page:
            self._stack.setCurrentWidget(self.game_page if some else self.start_page)
            self.start_page.recent.refresh()
        if some and self._sidebar.isHidden():
            self.games.setFocus()
        self._sidebar.setVisible(some)
        self.player_panel.setVisible(some)
        if self._to_choose and self.jobs.row_of(self._to_choose) >= 0:
            self.games.choose(self._to_choose)
            self._to_choose = ""
        self._show_chosen()

    @Slot()
    def _show_chosen(self) -> None:
        entry = self.jobs.entry(self.games.current_job)
        self._follow_step(entry)
        if entry is not None:
            self.parts.show_entry(entry)
            self.game_page.show_entry(entry)
            self.player_panel.show_entry(entry)
            self.pick_panel.show_entry(entry)
            self.review.show_entry(entry)

    def _follow_step(self, entry: JobEntry | None) -> None:
        """Show what belongs to the step that is looked at."""
        step = self._stepping.follow(entry)
        exporting = self._stack.currentWidget() is self.parts.export
        self.steps.show_step(Step.EXPORT if exporting else step)
        # A question is about a picture, which is not to be seen there.
        self.review.show_helps(not exporting)
        reviewing = step is Step.REVIEW
        if reviewing != self._reviewing:
            self._reviewing = reviewing
            for part in (self.game_page, self.player_panel, self.pick_panel):
                part.show_reviewing(reviewing)
            self.review.look(reviewing)
            self._share_width()

    @Slot()
    def show_review(self) -> None:
        """Go to the Review step of the chosen game."""
        self._go_to_step(Step.REVIEW)

    @Slot()
    def show_export(self) -> None:
        """Go to the Export step of the chosen game."""
        if self.games.current_job:
            self.arrival_panel.hide()
            self._stack.setCurrentWidget(self.parts.export)
            self._show_chosen()

    @Slot(object)
    def _go_to_step(self, step: Step) -> None:
        if step is Step.DROP:
            self.dialogs.ask_for_files()
        elif step is Step.EXPORT:
            self.show_export()
        elif self.games.current_job:
            # Only when the person goes on: what was refused must not vanish by itself.
            self.arrival_panel.hide()
            self._stepping.go_to(step)
            self._stack.setCurrentWidget(self.game_page)
            self._show_chosen()
            self._work_on()

    @Slot()
    def _work_on(self) -> None:
        """Let the keys go to the shifts, and not to the list of games."""
        if self._reviewing:
            self.review.panel.table.setFocus()

    @Slot(str)
    def _show_game(self, job_id: str) -> None:
        self._stack.setCurrentWidget(self.game_page)
        self.choose(job_id)

    @Slot(str)
    def _entry_changed(self, job_id: str) -> None:
        if job_id == self.games.current_job:
            self._show_chosen()

    def changeEvent(self, event: QEvent) -> None:
        """Look again when the window is turned to: a command in a terminal may have stopped a job."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.jobs.read_what_differs()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the sides their share of the width."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        line = self.fontMetrics().height()
        share = round(self.width() * 0.235)
        widest = 40 if self._reviewing else 26
        self._sidebar.setFixedWidth(max(14 * line, min(26 * line, share)))
        self.player_panel.setFixedWidth(max(17 * line, min(widest * line, share)))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close; what runs is stopped in order by whoever shows the window, and goes on at the next start."""
        self.notice.hide()
        event.accept()

    # Doing

    @Slot(str)
    def _confirm_clear(self, job_id: str) -> None:
        entry = self.jobs.entry(job_id)
        if entry is not None and Action.CLEAR in entry.job.can:
            self.dialogs.confirm_clear(job_id, entry.job.title)

    @Slot(str, str)
    def _act(self, job_id: str, what: str) -> None:
        if what == "clear":
            self._confirm_clear(job_id)
            return
        {
            "start": self.actions_of_jobs.start,
            "pause": self.actions_of_jobs.pause,
            "cancel": self.actions_of_jobs.cancel,
            "list": self.dialogs.ask_for_list,
        }[what](job_id)

    # Telling the person

    @Slot(str, str)
    def _refused(self, job_id: str, sentence: str) -> None:
        if job_id and job_id == self.player_panel.job_id:
            if not self._reviewing:
                self.player_panel.notice.say(sentence)
        else:
            self.notice.say(sentence)

    @Slot(str, str)
    def _tell(self, job_id: str, sentence: str) -> None:
        if job_id:
            self.choose(job_id)
        self.notice.say(sentence, bad=False)

    @Slot(str, str)
    def _setup_opened(self, job_id: str, left_out: str) -> None:
        if job_id == self.player_panel.job_id:
            self.player_panel.notice.hide()
            if left_out:
                self.player_panel.notice.say(left_out, bad=False)

    @Slot(str)
    def _sample_ended(self, sentence: str) -> None:
        self.start_page.show_sample_idle()
        if sentence:
            self.notice.say(sentence)

    @Slot(str)
    def tell_crash(self, log: str) -> None:
        """Say that there is a bug, and where its details are."""
        self.notice.say(
            self.tr(
                "Something went wrong inside ShiftClipper. Your games are safe; please report the details."
            ),
            action=self.tr("Details"),
            on_action=lambda: self._open_file(Path(log)),
        )

    @Slot(object)
    def _open_file(self, path: Path) -> None:
        if path.name == LOG_NAME:
            self.parts.show_log(path)
            return
        try:
            self._programs.open_file(path)
        except UserError as error:
            self.notice.say(str(error))

    @Slot(object)
    def _show_in_folder(self, path: Path) -> None:
        try:
            self._programs.show_in_folder(path)
        except UserError as error:
            self.notice.say(str(error))
