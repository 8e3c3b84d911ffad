"""The Export step: three choices, where to, a button; then how far it is, and what came of it."""

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFileDialog, QScrollArea, QWidget

from shiftclipper.errors import UserError
from shiftclipper.jobs.rows import CLOSING_STAGE, EXPORT_STAGES, JobResults, JobRow, JobStatus
from shiftclipper.jobs.settings import SettingValue
from shiftclipper.jobs.store import Store
from shiftclipper.jobs.work import LOG_NAME
from shiftclipper.ui import words
from shiftclipper.ui.background import Background
from shiftclipper.ui.controls import Bend, IconButton, card, centre, column, label, row
from shiftclipper.ui.encoder_box import EncoderBox
from shiftclipper.ui.export.choice_card import ChoiceCard
from shiftclipper.ui.export.choices import CHOICES, Choice, Options, choice_of, choice_words
from shiftclipper.ui.export.done_card import DoneCard
from shiftclipper.ui.export.fallbacks import fallback_words
from shiftclipper.ui.export.more_panel import MorePanel
from shiftclipper.ui.export.progress_card import ProgressCard
from shiftclipper.ui.export.size_estimate import SizeEstimate
from shiftclipper.ui.export.state import ExportState, Stand, export_state
from shiftclipper.ui.job_actions import JobActions
from shiftclipper.ui.job_model import JobEntry, JobModel
from shiftclipper.ui.keys import Action as Key
from shiftclipper.ui.keys import with_key
from shiftclipper.ui.notice import Notice
from shiftclipper.ui.theme import Theme
from shiftclipper.ui.tokens import STEP

_NAMES_SHOWN = 3
_SHARE_OF_THE_REEL = 0.28
"""Of the panel's height; the button below stays in sight."""
_NARROW_LINES = 34
"""Heights of a line of text; narrower than this, the fields below "More" go below their names."""
_LONG_NAME = re.compile(r"[/\\]|[^/\\]{12}")
_LAST_STAGES = (*EXPORT_STAGES, CLOSING_STAGE)
_ICONS = {Choice.PHONE: "phone", Choice.COACH: "coach", Choice.RECRUITING: "star"}


class ExportPanel(QScrollArea):
    """Follows the chosen job; writes what the person chooses and lets the job begin."""

    file_asked = Signal(object)
    """Path that the person wants opened."""
    folder_asked = Signal(object)
    """Path that the person wants shown in its folder."""
    game_asked = Signal(str)
    """Id of the job that the person wants next."""

    def __init__(
        self,
        store: Store,
        jobs: JobModel,
        actions: JobActions,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        """Begin without a job.

        Args:
            store: to read from.
            jobs: the list of games.
            actions: write what the person asks for.
            theme: of the application.
            parent: owner.
        """
        super().__init__(parent)
        self._store = store
        self._jobs = jobs
        self._actions = actions
        self._theme = theme
        self._entry: JobEntry | None = None
        self._found: JobResults | None = None
        self._state: ExportState | None = None
        self._trials = Background(1, self, after_each=store.close_thread)
        # Not behind the trials of encoders, which take seconds.
        self._looks = Background(1, self, after_each=store.close_thread)
        self._size = SizeEstimate(store, self._looks, self)
        self.setObjectName("page")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._build()
        self._connect()

    @property
    def job_id(self) -> str:
        """Id of the job that is shown, or nothing."""
        return "" if self._entry is None else self._entry.job.id

    @property
    def is_idle(self) -> bool:
        """Say whether no encoder is being tried, and no name or size worked out."""
        return self._trials.is_idle and self._looks.is_idle

    def close_down(self) -> None:
        """Stop looking for encoders and let go of the film. Call it before the store closes."""
        self._trials.close()
        self._looks.close()
        self.done.let_go()

    def show_entry(self, entry: JobEntry) -> None:
        """Show a job as the database has it now."""
        if entry.job.id != self.job_id:
            self.notice.hide()
            self.done.let_go()
        try:
            found = self._store.results(entry.job.id)
        except UserError:
            return  # cleared meanwhile; the list tells so in a moment
        self._entry = entry
        self._found = found
        self._state = export_state(found)
        self._show_options(found, self._state)
        self._show_stand(entry, found, self._state)

    @Slot()
    def export(self) -> None:
        """Let the job make its files."""
        if self._entry is None or self._state is None or not self.export_button.isEnabled():
            return
        self.notice.hide()
        self.done.let_go()
        self._actions.export(self.job_id, self._state.options.stages)

    # Building

    def _build(self) -> None:
        self.title = label(self.tr("Export"), "title")
        self.facts = label(kind="secondary", wrap=True)
        self.notice = Notice(self._theme)
        self.done = DoneCard(self._theme)
        self.progress = ProgressCard(self._theme)
        self.choices = {
            choice: ChoiceCard(self._theme, _ICONS[choice], *choice_words(choice)) for choice in Choice
        }
        self.more_button = IconButton(self._theme, "more", self.tr("More"), kind="quiet")
        self.more_button.setCheckable(True)
        self.more = MorePanel(EncoderBox(self._store, self._trials), self._looks)
        self.more.hide()
        self.export_button = IconButton(self._theme, "reel", self.tr("Export"), kind="primary")
        self.export_button.setToolTip(with_key(self.tr("Export"), Key.EXPORT))
        self.hint = label(kind="secondary", wrap=True)
        body = QWidget()
        body.setObjectName("pageBody")
        inside = column(body, margin=6, spacing=4)
        head = column(spacing=1)
        head.addWidget(self.title)
        head.addWidget(self.facts)
        inside.addLayout(head)
        inside.addWidget(self.notice)
        inside.addWidget(self.done)
        inside.addWidget(self.progress)
        inside.addWidget(self._build_choices())
        inside.addWidget(self._build_where())
        inside.addWidget(self._build_start())
        inside.addWidget(self.more)
        inside.addStretch()
        middle = QWidget()
        middle.setObjectName("pageBody")
        centre(middle, body)
        self.setWidget(middle)
        self._order_focus()

    def _order_focus(self) -> None:
        """Let Tab go through everything in the order in which it is read."""
        order = [
            *self.done.buttons,
            self.progress.pause_button,
            self.progress.cancel_button,
            *self.choices.values(),
            self.folder_button,
            self.export_button,
            self.more_button,
            *self.more.fields,
        ]
        for first, second in pairwise(order):
            self.setTabOrder(first, second)

    def _build_choices(self) -> QWidget:
        cards = QWidget()
        self._cards = row(cards, spacing=3)
        for one in self.choices.values():
            self._cards.addWidget(one, 1)
        return cards

    def _build_where(self) -> QWidget:
        frame, inside = card()
        self.folder = label(wrap=True)
        self.folder_button = IconButton(self._theme, "folder", self.tr("Change folder"))
        self.names = label(kind="secondary", wrap=True)
        place = QWidget()
        line = row(place, spacing=3)
        line.addWidget(label(self.tr("Goes to"), "head"))
        line.addWidget(self.folder, 1)
        inside.addWidget(Bend(place, self.folder_button, least_lines=18))
        inside.addWidget(self.names)
        return frame

    def _build_start(self) -> QWidget:
        part = QWidget()
        line = row(part, spacing=3)
        line.addWidget(self.export_button)
        line.addWidget(self.hint, 1)
        line.addWidget(self.more_button)
        return part

    def _connect(self) -> None:
        for choice, one in self.choices.items():
            one.clicked.connect(self._chooser(choice))
        self.export_button.clicked.connect(self.export)
        self.folder_button.clicked.connect(self._ask_for_folder)
        self.more_button.toggled.connect(self._show_more)
        self.more.settings_changed.connect(self._change_settings)
        self.more.part_switched.connect(self._switch_part)
        self.progress.pause_asked.connect(self._pause)
        self.progress.cancel_asked.connect(self._cancel)
        self.done.folder_asked.connect(self._show_in_folder)
        self.done.report_asked.connect(self._open_report)
        self.done.reel_asked.connect(self._open_reel)
        self.done.next_asked.connect(self._next_game)
        self._actions.export_refused.connect(self._refused)
        self._size.answered.connect(self._show_size)

    # Showing

    def _show_options(self, found: JobResults, state: ExportState) -> None:
        chosen = choice_of(state.options)
        for choice, one in self.choices.items():
            one.setChecked(choice is chosen)
        self.more.show_options(state.options, found)
        place = self._actions.export_place(found.job)
        self.folder.setText(_breakable(place))
        self.folder.setToolTip(str(place))
        names = self._names_words(state)
        self.names.setText(names)
        self.names.setVisible(bool(names))

    def _names_words(self, state: ExportState) -> str:
        if not state.plans or not state.options.clips:
            return ""
        shown = [plan.file_name for plan in state.plans[:_NAMES_SHOWN]]
        text = ", ".join(shown)
        return f"{text}, …" if len(state.plans) > len(shown) else text

    def _show_stand(self, entry: JobEntry, found: JobResults, state: ExportState) -> None:
        stand, job = state.stand, entry.job
        self._show_facts(found, state)
        working = stand is Stand.WORKING
        if working:
            self.progress.show_entry(entry)
        else:
            self.progress.hide()
        if stand in (Stand.DONE, Stand.OUTDATED):
            self.done.show_outcome(
                self._made_words(state),
                fallback_words(found.clips) if state.options.clips else "",
                outdated=stand is Stand.OUTDATED,
                reel=state.reel if state.options.reel else None,
                report=state.report if state.options.report else None,
                other_games=bool(self._jobs.next_to_do(job.id)),
            )
        elif not self.done.isHidden():
            self.done.let_go()
        self.export_button.setVisible(not working or not _is_asked(job))
        self.export_button.setEnabled(stand not in (Stand.NEEDS_PLAYER, Stand.NO_SHIFTS))
        again = stand in (Stand.DONE, Stand.OUTDATED)
        self.export_button.setText(self.tr("Export again") if again else self.tr("Export"))
        self.hint.setText(self._hint(stand, entry))
        open_to_change = stand is not Stand.NEEDS_PLAYER and not (working and job.stage in _LAST_STAGES)
        for one in self.choices.values():
            one.setEnabled(open_to_change)
        self.more.setEnabled(open_to_change)
        self.folder_button.setEnabled(not job.status.is_active)
        if job.status is JobStatus.FAILED:
            self.notice.say(job.error, action=self.tr("Details"), on_action=self._open_log)
        elif working:
            self.notice.hide()

    def _hint(self, stand: Stand, entry: JobEntry) -> str:
        if stand is Stand.NEEDS_PLAYER:
            return self.tr("Say first who your player is.")
        if stand is Stand.NO_SHIFTS:
            return self.tr("No shifts were found. Add one in the review, or click on the player once more.")
        if stand is Stand.WORKING and _is_asked(entry.job) and entry.job.stage not in _LAST_STAGES:
            return self.tr("The clips are cut as soon as the shifts are known.")
        if stand is Stand.READY and not entry.shift_count and entry.job.status is JobStatus.DRAFT:
            return self.tr("The game is looked through first.")
        return ""

    def _length_words(self, state: ExportState) -> str:
        if not state.plans:
            return ""
        count = len(state.plans)
        clips = self.tr("1 clip") if count == 1 else self.tr("{count} clips").format(count=count)
        length = words.duration_words(state.seconds)
        return self.tr("{clips}, together about {duration}").format(clips=clips, duration=length)

    def _show_facts(self, found: JobResults, state: ExportState) -> None:
        facts = [found.job.title, self._length_words(state), self._size_words(found, state)]
        self.facts.setText(" · ".join(filter(None, facts)))

    def _size_words(self, found: JobResults, state: ExportState) -> str:
        """Return how large the files will be, before they are made."""
        if not state.plans or not state.options.clips or state.stand not in (Stand.READY, Stand.OUTDATED):
            return ""
        size = self._size.bytes_of(found, state.plans)
        return "" if size is None else words.about_size_words(size)

    def _made_words(self, state: ExportState) -> str:
        made = [self._length_words(state)] if state.options.clips else []
        if state.options.reel:
            made.append(self.tr("one reel"))
        if state.options.report:
            made.append(self.tr("report and table"))
        return " · ".join(filter(None, made))

    def changeEvent(self, event: QEvent) -> None:
        """Lay the cards out anew when the text changes its size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def viewportEvent(self, event: QEvent) -> bool:
        """Put the cards below one another where it is narrow."""
        if event.type() == QEvent.Type.Resize:
            self._arrange()
            self.done.set_tallest(round(self.viewport().height() * _SHARE_OF_THE_REEL))
        return super().viewportEvent(event)

    def _arrange(self) -> None:
        if not hasattr(self, "_cards"):
            return
        least = sum(one.sizeHint().width() for one in self.choices.values())
        fits = self.viewport().width() >= least + (2 * 6 + 2 * 3) * STEP
        across, down = self._cards.Direction.LeftToRight, self._cards.Direction.TopToBottom
        self._cards.setDirection(across if fits else down)
        self.more.set_narrow(self.viewport().width() < _NARROW_LINES * self.fontMetrics().height())

    def hideEvent(self, event: QHideEvent) -> None:
        """Be quiet while another step is looked at."""
        super().hideEvent(event)
        self.done.be_quiet()

    # Asking

    def _chooser(self, choice: Choice) -> Callable[[], None]:
        return lambda: self._change_options(CHOICES[choice])

    @Slot(str, bool)
    def _switch_part(self, name: str, on: bool) -> None:
        if self._entry is not None:
            self._actions.change_options(self.job_id, lambda options: options.with_part(name, on))

    @Slot(object)
    def _change_options(self, options: Options) -> None:
        if self._entry is not None:
            self._actions.change_options(self.job_id, lambda _: options)

    @Slot(object)
    def _change_settings(self, values: Mapping[str, SettingValue]) -> None:
        if self._entry is not None:
            self._actions.change_settings(self.job_id, values)

    @Slot(bool)
    def _show_more(self, shown: bool) -> None:
        self.more.setVisible(shown)
        if shown:
            self.more.look()
            self.ensureWidgetVisible(self.more)

    @Slot()
    def _ask_for_folder(self) -> None:
        if self._entry is None:
            return
        dialog = QFileDialog(self, self.tr("Folder for clips, reel and report"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        place = self._actions.export_place(self._entry.job)
        existing = next((path for path in place.parents if path.is_dir()), None)
        if existing is not None:
            dialog.setDirectory(str(existing))
        dialog.fileSelected.connect(self.choose_folder)
        dialog.open()

    @Slot(str)
    def choose_folder(self, folder: str) -> None:
        """Export into another folder."""
        if self._entry is not None and folder:
            self.notice.hide()
            self._actions.set_out_dir(self.job_id, Path(folder))

    @Slot()
    def _pause(self) -> None:
        self._actions.pause(self.job_id)

    @Slot()
    def _cancel(self) -> None:
        self._actions.cancel(self.job_id)

    @Slot(str, str)
    def _refused(self, job_id: str, sentence: str) -> None:
        if job_id == self.job_id:
            self.notice.say(sentence)
            entry = self._jobs.entry(job_id)
            if entry is not None:
                self.show_entry(entry)

    @Slot()
    def _show_size(self) -> None:
        # No more than that: what the person has just ticked may be on its way to the database.
        if self._found is not None and self._state is not None:
            self._show_facts(self._found, self._state)

    @Slot()
    def _open_log(self) -> None:
        if self._entry is not None:
            self.file_asked.emit(self._entry.job.work_dir / LOG_NAME)

    @Slot()
    def _show_in_folder(self) -> None:
        if self._entry is not None and self._state is not None:
            reel = self._state.reel
            self.folder_asked.emit(reel if reel is not None and reel.is_file() else self._entry.job.out_dir)

    @Slot()
    def _open_report(self) -> None:
        if self._state is not None and self._state.report is not None:
            self.file_asked.emit(self._state.report)

    @Slot()
    def _open_reel(self) -> None:
        if self._state is not None and self._state.reel is not None:
            self.file_asked.emit(self._state.reel)

    @Slot()
    def _next_game(self) -> None:
        following = self._jobs.next_to_do(self.job_id)
        if following:
            self.game_asked.emit(following)


def _is_asked(job: JobRow) -> bool:
    """Say whether what runs or waits ends with an export."""
    return any(name in job.stages for name in EXPORT_STAGES)


def _breakable(folder: Path) -> str:
    """Let a long path be broken into lines at marks that nobody sees: at its folders, and in long names."""
    return _LONG_NAME.sub("\\g<0>\N{ZERO WIDTH SPACE}", str(folder))
