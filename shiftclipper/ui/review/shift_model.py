"""The shifts of one player as a table: the accessible way to what the timeline shows."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from shiftclipper.errors import UserError
from shiftclipper.export.clock_text import clock, exact_clock
from shiftclipper.jobs.rows import ShiftRow
from shiftclipper.ui import words
from shiftclipper.ui.review.hover_card import certainty_line, shift_words
from shiftclipper.ui.review.lanes import ACCEPTED, REJECTED
from shiftclipper.ui.review.timeline_paint import LOOKS
from shiftclipper.ui.review.typed_times import read_time
from shiftclipper.ui.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Column(IntEnum):
    """Columns in their order."""

    NUMBER = 0
    START = 1
    END = 2
    LENGTH = 3
    CONFIDENCE = 4
    VERDICT = 5
    NOTE = 6


class ShiftRole(IntEnum):
    """What the model gives beside the usual roles."""

    ID = Qt.ItemDataRole.UserRole + 1
    ORDER = Qt.ItemDataRole.UserRole + 2
    """What a column is sorted by."""


class ShiftModel(QAbstractTableModel):
    """Rows of the database; what is typed is asked for and shown once the database has it."""

    times_typed = Signal(int, object, object)
    """Id of a shift, and its start and end as they were typed."""
    note_typed = Signal(int, str)
    refused = Signal(str)
    """Why what was typed will not do."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._theme = theme
        self._shifts: list[ShiftRow] = []
        self._numbers: list[int] = []
        theme.changed.connect(self._dress)

    def show_shifts(self, shifts: Sequence[ShiftRow]) -> None:
        """Show shifts, by time; rows that stay keep their selection."""
        if list(shifts) == self._shifts:
            return
        wanted, present = [shift.id for shift in shifts], [shift.id for shift in self._shifts]
        staying = set(wanted) & set(present)
        if [one for one in wanted if one in staying] != [one for one in present if one in staying]:
            self.beginResetModel()
            self._shifts = list(shifts)
            self._count()
            self.endResetModel()
            return
        for row in reversed(range(len(present))):
            if present[row] not in staying:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._shifts[row], self._numbers[row]
                self.endRemoveRows()
        for row, shift in enumerate(shifts):
            if shift.id not in staying:
                self.beginInsertRows(QModelIndex(), row, row)
                self._shifts.insert(row, shift)
                self._numbers.insert(row, 0)
                self.endInsertRows()
        # Only now: while rows come and go, the others are to stay what they were.
        before = list(zip(self._shifts, self._numbers, strict=True))
        self._shifts = list(shifts)
        self._count()
        now = zip(self._shifts, self._numbers, strict=True)
        changed = [row for row, (old, new) in enumerate(zip(before, now, strict=True)) if old != new]
        if changed:
            self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], len(Column) - 1))

    def shift_at(self, row: int) -> ShiftRow | None:
        """Return the shift of a row, or None."""
        return self._shifts[row] if 0 <= row < len(self._shifts) else None

    def row_of(self, shift_id: int) -> int:
        """Return the row of a shift, or -1."""
        return next((row for row, shift in enumerate(self._shifts) if shift.id == shift_id), -1)

    # The model

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        """Return how many shifts there are."""
        return 0 if parent.isValid() else len(self._shifts)

    def columnCount(self, parent: AnyIndex = _ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the head of a column."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        names = _heads()
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return names[column][1]
        return names[column][0] if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Let times and notes be edited."""
        usual = super().flags(index)
        if index.isValid() and index.column() in (Column.START, Column.END, Column.NOTE):
            return usual | Qt.ItemFlag.ItemIsEditable
        return usual

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a role says about a cell."""
        shift = self.shift_at(index.row()) if index.isValid() else None
        if shift is None:
            return None
        column = Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(shift, index.row(), column)
            case Qt.ItemDataRole.EditRole:
                return self._editable(shift, column)
            case Qt.ItemDataRole.DecorationRole:
                return self._icon(shift, column)
            case Qt.ItemDataRole.ToolTipRole:
                return shift_words(self._numbers[index.row()], "", shift)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{_heads()[column][1]}: {self._spoken(shift, index.row(), column)}"
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.FontRole:
                font = QFont(QApplication.font())
                font.setStrikeOut(shift.verdict == REJECTED and column is not Column.NOTE)
                return font
            case Qt.ItemDataRole.ForegroundRole:
                return QColor(
                    self._theme.tokens.ink_2 if shift.verdict == REJECTED else self._theme.tokens.ink
                )
            case ShiftRole.ID:
                return shift.id
            case ShiftRole.ORDER:
                return self._order(shift, column)
        return None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for what was typed; False, because the row changes only when the database has it."""
        shift = self.shift_at(index.row()) if index.isValid() else None
        if shift is None or role != Qt.ItemDataRole.EditRole:
            return False
        text, column = str(value).strip(), Column(index.column())
        if text == self._editable(shift, column):
            return False
        if column is Column.NOTE:
            self.note_typed.emit(shift.id, text)
            return False
        try:
            moment = read_time(text)
        except UserError as error:
            self.refused.emit(str(error))
            return False
        if column is Column.START:
            self.times_typed.emit(shift.id, moment, shift.end)
        elif column is Column.END:
            self.times_typed.emit(shift.id, shift.start, moment)
        return False

    # Inside

    def _count(self) -> None:
        number = 0
        self._numbers = []
        for shift in self._shifts:
            number += shift.verdict != REJECTED
            self._numbers.append(0 if shift.verdict == REJECTED else number)

    def _text(self, shift: ShiftRow, row: int, column: Column) -> str:
        match column:
            case Column.NUMBER:
                return str(self._numbers[row] or "\N{EN DASH}")
            case Column.START:
                return clock(shift.start)
            case Column.END:
                return clock(shift.end)
            case Column.LENGTH:
                return clock(shift.end - shift.start)
            case Column.CONFIDENCE:
                return words.certainty(shift.confidence)[1]
            case Column.VERDICT:
                return verdict_words(shift.verdict)
            case Column.NOTE:
                return shift.note

    def _editable(self, shift: ShiftRow, column: Column) -> str:
        match column:
            case Column.START:
                return exact_clock(shift.start)
            case Column.END:
                return exact_clock(shift.end)
            case Column.NOTE:
                return shift.note
        return ""

    def _spoken(self, shift: ShiftRow, row: int, column: Column) -> str:
        if column is Column.CONFIDENCE:
            return certainty_line(shift)
        return self._text(shift, row, column)

    def _icon(self, shift: ShiftRow, column: Column) -> object:
        if column is Column.CONFIDENCE:
            icon = words.certainty(shift.confidence)[0]
            return self._theme.icons.icon(icon, LOOKS[icon])
        if column is Column.VERDICT and shift.verdict in (ACCEPTED, REJECTED):
            right = shift.verdict == ACCEPTED
            return self._theme.icons.icon("right" if right else "wrong", "good" if right else "bad")
        return None

    def _order(self, shift: ShiftRow, column: Column) -> object:
        match column:
            case Column.NUMBER | Column.START:
                return float(shift.start)
            case Column.END:
                return float(shift.end)
            case Column.LENGTH:
                return float(shift.end - shift.start)
            case Column.CONFIDENCE:
                return shift.confidence
            case Column.VERDICT:
                return shift.verdict
            case Column.NOTE:
                return shift.note.casefold()

    @Slot()
    def _dress(self) -> None:
        if self._shifts:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shifts) - 1, len(Column) - 1))


def verdict_words(verdict: str) -> str:
    """Return what the person said of a shift, in a word; nothing while nothing was said."""
    known = {ACCEPTED: words.translate("Review", "right"), REJECTED: words.translate("Review", "wrong")}
    return known.get(verdict, "")


def _heads() -> dict[Column, tuple[str, str]]:
    """Return the short and the whole name of each column."""
    return {
        Column.NUMBER: ("#", words.translate("Review", "Number")),
        Column.START: (words.translate("Review", "Start"), words.translate("Review", "Start")),
        Column.END: (words.translate("Review", "End"), words.translate("Review", "End")),
        Column.LENGTH: (words.translate("Review", "Length"), words.translate("Review", "Length")),
        Column.CONFIDENCE: (words.translate("Review", "Sure"), words.translate("Review", "How sure")),
        Column.VERDICT: (words.translate("Review", "You"), words.translate("Review", "What you said")),
        Column.NOTE: (words.translate("Review", "Note"), words.translate("Review", "Note")),
    }


def _alignment(column: Column) -> Qt.AlignmentFlag:
    if column in (Column.NUMBER, Column.START, Column.END, Column.LENGTH):
        return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
