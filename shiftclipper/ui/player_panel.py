"""The right side of the window: who the player is, and the shifts that were found."""

from fractions import Fraction

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from shiftclipper.errors import UserError
from shiftclipper.jobs.rows import JobStatus
from shiftclipper.jobs.setup import Setup
from shiftclipper.jobs.store import Store
from shiftclipper.ui import words
from shiftclipper.ui.controls import IconButton, Swatch, column, label, row
from shiftclipper.ui.job_model import JobEntry
from shiftclipper.ui.notice import Notice
from shiftclipper.ui.theme import Theme


class PlayerPanel(QFrame):
    """Follows the chosen job."""

    setup_asked = Signal(str)
    """Id of the job for which the person wants to open a setup file."""
    review_asked = Signal()
    """The shifts are to be reviewed."""

    def __init__(self, store: Store, theme: Theme, parent: QWidget | None = None) -> None:
        """Begin without a job."""
        super().__init__(parent)
        self.setObjectName("playerPanel")
        self._store = store
        self._entry: JobEntry | None = None
        self._reviewing = self._found = False
        self.ask = label(wrap=True)
        self.swatch = Swatch()
        self.player = label(kind="lead", wrap=True)
        self.facts = label(kind="secondary", wrap=True)
        self.open_first = IconButton(theme, "setup", self.tr("Open setup file"), kind="primary")
        self.open_other = IconButton(theme, "setup", self.tr("Other setup file"))
        self.hint = label(self.tr("Or drop a setup.json here."), "secondary", wrap=True)
        for button in (self.open_first, self.open_other):
            button.clicked.connect(self._ask_setup)
        self.notice = Notice(theme)
        self.totals = label(kind="secondary", wrap=True)
        self.review_button = IconButton(theme, "only-shifts", self.tr("Review the shifts"), kind="primary")
        self.review_button.clicked.connect(self.review_asked)
        self._lay_out()

    @property
    def job_id(self) -> str:
        """Id of the job that is shown, or nothing."""
        return "" if self._entry is None else self._entry.job.id

    def show_entry(self, entry: JobEntry) -> None:
        """Show a job as the database has it now."""
        if entry.job.id != self.job_id:
            self.notice.hide()
        self._entry = entry
        try:
            setup = self._store.setup(entry.job.id)
            shifts = self._store.shifts(entry.job.id)
        except UserError:
            return  # cleared meanwhile; the list tells so in a moment
        self._show_player(entry, setup)
        kept = [shift for shift in shifts if shift.verdict != "rejected"]
        total = sum((shift.end - shift.start for shift in kept), Fraction(0))
        self._found = bool(kept)
        self.totals.setText(words.totals_words(len(kept), total) if kept else self._no_shifts(entry))
        self._make_room()

    def show_reviewing(self, reviewing: bool) -> None:
        """Leave out what is said once while shifts are reviewed."""
        self._reviewing = reviewing
        if self._entry is not None:
            self.show_entry(self._entry)

    def _make_room(self) -> None:
        reviewing = self._reviewing
        self.review_button.setVisible(self._found and not reviewing)
        self._shifts_head.setVisible(not reviewing)
        # Without shifts, this says in both steps when there will be some.
        self.totals.setVisible(not (reviewing and self._found))

    def _lay_out(self) -> None:
        inside = column(self, margin=4, spacing=2)
        inside.addWidget(label(self.tr("Player"), "head"))
        inside.addWidget(self.ask)
        line = row(spacing=2)
        line.addWidget(self.swatch)
        line.addWidget(self.player, 1)
        inside.addLayout(line)
        inside.addWidget(self.facts)
        self.pick_place = column(spacing=0)
        inside.addLayout(self.pick_place)
        inside.addWidget(self.open_first)
        inside.addWidget(self.open_other)
        inside.addWidget(self.hint)
        inside.addWidget(self.notice)
        inside.addSpacing(8)
        rule = QFrame()
        rule.setProperty("kind", "rule")
        inside.addWidget(rule)
        inside.addSpacing(8)
        self._shifts_head = label(self.tr("Shifts"), "head")
        inside.addWidget(self._shifts_head)
        self.review_place = column(spacing=0)
        inside.addLayout(self.review_place, 1)
        inside.addWidget(self.totals)
        inside.addWidget(self.review_button)
        inside.addStretch()

    def _show_player(self, entry: JobEntry, setup: Setup) -> None:
        needed = entry.needs_player
        self.ask.setVisible(needed)
        self.ask.setText(self.tr("Click on your player in the picture, or open a setup file."))
        self.open_first.setVisible(needed)
        self.hint.setVisible(needed)
        self.open_other.setVisible(not needed and not self._reviewing)
        # Of several, the tabs below name each.
        named = not needed and not (self._reviewing and len(entry.players) > 1)
        self.player.setVisible(named)
        self.facts.setVisible(not needed and not self._reviewing)
        self.swatch.show_colour(entry.players[0].jersey_color if named else None)
        if not needed:
            self.player.setText(", ".join(words.player_words(player) for player in entry.players))
            self.facts.setText(_outlines_words(setup))

    def _no_shifts(self, entry: JobEntry) -> str:
        if entry.needs_player:
            return self.tr("They appear once the player is known.")
        if entry.job.status is JobStatus.DONE:
            return self.tr("No shifts found. More clicks in the setup file help.")
        return self.tr("They appear when the analysis is done.")

    @Slot()
    def _ask_setup(self) -> None:
        if self._entry is not None:
            self.setup_asked.emit(self._entry.job.id)


def _outlines_words(setup: Setup) -> str:
    regions = setup.regions
    drawn = [
        words.translate("PlayerPanel", "rink") if regions.rink else "",
        words.translate("PlayerPanel", "bench") if regions.bench else "",
        words.translate("PlayerPanel", "penalty box") if regions.penalty else "",
    ]
    outlines = ", ".join(filter(None, drawn)) or words.translate("PlayerPanel", "none")
    return words.translate("PlayerPanel", "Outlines: {names}").format(names=outlines)
