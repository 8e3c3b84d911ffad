"""The right side of the window: who the player is, and the shifts that were found."""

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QListView, QWidget

from shiftclipper.errors import UserError
from shiftclipper.export.clock_text import clock
from shiftclipper.jobs.rows import JobStatus, PlayerRow, ShiftRow
from shiftclipper.jobs.setup import Setup
from shiftclipper.jobs.store import Store
from shiftclipper.ui import words
from shiftclipper.ui.controls import IconButton, Swatch, column, label, row
from shiftclipper.ui.job_model import JobEntry
from shiftclipper.ui.notice import Notice
from shiftclipper.ui.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ShiftModel(QAbstractListModel):
    """The shifts of a job for reading; judging and editing them is a later step's work."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._theme = theme
        self._shifts: list[ShiftRow] = []
        self._names: dict[int, str] = {}

    def show_shifts(self, shifts: Sequence[ShiftRow], players: Sequence[PlayerRow]) -> None:
        """Show other shifts; players are named when there are several."""
        names = {player.id: words.player_words(player) for player in players} if len(players) > 1 else {}
        if list(shifts) == self._shifts and names == self._names:
            return
        self.beginResetModel()
        self._shifts, self._names = list(shifts), names
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        """Return how many shifts there are."""
        return 0 if parent.isValid() else len(self._shifts)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a role says about a shift."""
        if not index.isValid():
            return None
        shift = self._shifts[index.row()]
        icon, word = words.certainty(shift.confidence)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                span = f"{clock(shift.start)}\N{EN DASH}{clock(shift.end)}"
                parts = [self._names.get(shift.player_id, ""), span, word, clock(shift.end - shift.start)]
                return " · ".join(filter(None, parts))
            case Qt.ItemDataRole.DecorationRole:
                token = {"sure": "good", "probable": "accent", "check": "warn"}[icon]
                return self._theme.icons.icon(icon, token)
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join([words.percent_words(min(shift.confidence, 0.999)), *_evidence_words(shift)])
        return None


class PlayerPanel(QFrame):
    """Follows the chosen job."""

    setup_asked = Signal(str)
    """Id of the job for which the person wants to open a setup file."""

    def __init__(self, store: Store, theme: Theme, parent: QWidget | None = None) -> None:
        """Begin without a job."""
        super().__init__(parent)
        self.setObjectName("playerPanel")
        self._store = store
        self._entry: JobEntry | None = None
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
        self.shifts = ShiftModel(theme, self)
        self.shift_list = QListView()
        self.shift_list.setAccessibleName(self.tr("Shifts"))
        self.shift_list.setModel(self.shifts)
        self.shift_list.setUniformItemSizes(True)
        self.shift_list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self.shift_list.viewport().update)
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
        self.shifts.show_shifts(kept, entry.players)
        self.shift_list.setVisible(bool(kept))
        self.totals.setText(words.totals_words(len(kept), total) if kept else self._no_shifts(entry))

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
        inside.addWidget(label(self.tr("Shifts"), "head"))
        inside.addWidget(self.totals)
        inside.addWidget(self.shift_list, 1)
        inside.addStretch()

    def _show_player(self, entry: JobEntry, setup: Setup) -> None:
        needed = entry.needs_player
        self.ask.setVisible(needed)
        self.ask.setText(self.tr("Click on your player in the picture, or open a setup file."))
        self.open_first.setVisible(needed)
        self.hint.setVisible(needed)
        self.open_other.setVisible(not needed)
        self.player.setVisible(not needed)
        self.facts.setVisible(not needed)
        self.swatch.show_colour(entry.players[0].jersey_color if entry.players else None)
        if not needed:
            self.player.setText(", ".join(words.player_words(player) for player in entry.players))
            self.facts.setText("\n".join(_setup_facts(setup)))

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


def _setup_facts(setup: Setup) -> list[str]:
    clicks = sum(len(player.clicks) for player in setup.players)
    regions = setup.regions
    drawn = [
        words.translate("PlayerPanel", "rink") if regions.rink else "",
        words.translate("PlayerPanel", "bench") if regions.bench else "",
        words.translate("PlayerPanel", "penalty box") if regions.penalty else "",
    ]
    outlines = ", ".join(filter(None, drawn)) or words.translate("PlayerPanel", "none")
    return [
        words.translate("PlayerPanel", "Clicks: {count}").format(count=clicks),
        words.translate("PlayerPanel", "Outlines: {names}").format(names=outlines),
        words.translate("PlayerPanel", "Camera: {kind}").format(
            kind=words.camera_words(setup.settings.camera)
        ),
    ]


def _evidence_words(shift: ShiftRow) -> list[str]:
    return [str(term["text"]) for term in shift.evidence if "text" in term]
