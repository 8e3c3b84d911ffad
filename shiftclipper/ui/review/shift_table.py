"""The table of shifts: sorted, gone through with the arrows, times and notes typed into it."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, QSortFilterProxyModel, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from shiftclipper.jobs.rows import ShiftRow
from shiftclipper.ui import words
from shiftclipper.ui.review.shift_model import AnyIndex, Column, ShiftModel, ShiftRole, verdict_words
from shiftclipper.ui.theme import Theme
from shiftclipper.ui.tokens import ICON, LABEL_SHARE, STEP

_WIDE_LINES = 32
"""Width from which words stand beside the dots and notes have a column, in heights of a line of text."""

_FEWEST_ROWS = 3
"""Rows that are always to be seen."""


class ShiftTable(QTableView):
    """Shows a player's shifts; its current row is the chosen shift."""

    chosen = Signal(int)
    """Id of the shift that the person went to."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self.shifts = ShiftModel(theme, self)
        self.sorted = QSortFilterProxyModel(self)
        self.sorted.setSourceModel(self.shifts)
        self.sorted.setSortRole(int(ShiftRole.ORDER))
        self.setModel(self.sorted)
        self._cells = _Cells(self)
        self.setItemDelegate(self._cells)
        self._showing = False
        self._shown: int | None = None
        """Id of the shift that was brought into view last."""
        self._dress()
        self.sortByColumn(Column.START, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        theme.changed.connect(self._fit)
        self._fit()

    def order(self) -> list[int]:
        """Return the ids of the shifts in the order of the rows."""
        rows = range(self.sorted.rowCount())
        return [int(self.sorted.index(row, 0).data(int(ShiftRole.ID))) for row in rows]

    def show_shifts(self, shifts: Sequence[ShiftRow], chosen: ShiftRow | None) -> None:
        """Show shifts, by time, and make the row of the chosen one the current one."""
        # Rows that go move the current one; that is not the person's doing.
        self._showing = True
        self.shifts.show_shifts(shifts)
        self._show_chosen(chosen)
        self._showing = False

    def _show_chosen(self, shift: ShiftRow | None) -> None:
        row = -1 if shift is None else self.shifts.row_of(shift.id)
        if row < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        else:
            column = self.currentIndex().column() if self.currentIndex().isValid() else Column.START
            index = self.sorted.mapFromSource(self.shifts.index(row, column))
            another = shift is not None and shift.id != self._shown
            if index != self.currentIndex():
                self.setCurrentIndex(index)
            self.selectRow(index.row())
            if another:
                self.scrollTo(index)
        self._shown = None if shift is None else shift.id

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Say which shift the person went to."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._showing and current.row() != previous.row():
            self.chosen.emit(current.data(int(ShiftRole.ID)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show words and notes where there is room for them."""
        super().resizeEvent(event)
        self._fit()

    def _dress(self) -> None:
        self.setAccessibleName(self.tr("Shifts"))
        self.setObjectName("shiftTable")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(ICON)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        """Ask for the fewest rows only: the table takes what the questions leave."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    @Slot()
    def _fit(self) -> None:
        """Give each column what it needs; what is left over goes to the notes, or to the times."""
        line = self.fontMetrics().height()
        self.verticalHeader().setDefaultSectionSize(line + 3 * STEP)
        wide = self.width() >= _WIDE_LINES * line
        self.setMinimumHeight((_FEWEST_ROWS + 1) * (line + 3 * STEP))
        widths = self._widths(with_words=wide)
        room = self.viewport().width() - sum(widths.values())
        if room < 0:
            room += widths.pop(Column.LENGTH)
        self._cells.with_words = wide
        self.setColumnHidden(Column.NOTE, not wide)
        self.setColumnHidden(Column.LENGTH, Column.LENGTH not in widths)
        if wide:
            widths[Column.NOTE] = max(room, 6 * line)
        else:
            times = [column for column in (Column.START, Column.END, Column.LENGTH) if column in widths]
            for time in times:
                widths[time] += room // len(times)
        for column, width in widths.items():
            self.setColumnWidth(column, width)

    def _widths(self, *, with_words: bool) -> dict[Column, int]:
        metrics, around = self.fontMetrics(), 3 * STEP
        head = QFont(self.font())
        head.setPixelSize(round(QFontInfo(head).pixelSize() * LABEL_SHARE))
        head.setWeight(QFont.Weight.DemiBold)
        names = QFontMetrics(head)

        def widest(column: Column, *texts: str, icon: int = 0) -> int:
            word = max(map(metrics.horizontalAdvance, texts))
            cell = icon + word + (around if not icon or not word else around + 2 * STEP)
            return max(cell, names.horizontalAdvance(self._head(column)) + around)

        time = "00:00:00" if self._is_long() else "00:00"
        sure = self._certainties() if with_words else ("",)
        verdicts = self._verdicts() if with_words else ("",)
        return {
            Column.NUMBER: widest(Column.NUMBER, "00"),
            Column.START: widest(Column.START, time),
            Column.END: widest(Column.END, time),
            Column.LENGTH: widest(Column.LENGTH, "0:00"),
            Column.CONFIDENCE: widest(Column.CONFIDENCE, *sure, icon=ICON),
            Column.VERDICT: widest(Column.VERDICT, *verdicts, icon=ICON),
        }

    def _is_long(self) -> bool:
        last = self.shifts.shift_at(self.shifts.rowCount() - 1)
        return last is not None and last.end >= 3600

    def _head(self, column: Column) -> str:
        return str(self.shifts.headerData(column, Qt.Orientation.Horizontal))

    def _certainties(self) -> list[str]:
        return [words.certainty(share)[1] for share in (1.0, 0.7, 0.0)]

    def _verdicts(self) -> list[str]:
        return [verdict_words(verdict) for verdict in ("accepted", "rejected")]


class _Cells(QStyledItemDelegate):
    """Draws dots without their words where it is narrow, and gives editors the room that they need."""

    with_words = True
    """Whether words stand beside the dots."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Leave out the words where there is no room for them."""
        super().initStyleOption(option, index)
        if not self.with_words and index.column() in (Column.CONFIDENCE, Column.VERDICT):
            option.text = ""

    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> None:
        """Let an exact time be read whole while it is edited."""
        super().updateEditorGeometry(editor, option, index)
        place = editor.geometry()
        needed = editor.fontMetrics().horizontalAdvance("0:00:00.000") + 5 * STEP
        if place.width() < needed:
            place.setWidth(needed)
            owner = editor.parentWidget()
            if owner is not None and place.right() > owner.width():
                place.moveRight(owner.width())
            editor.setGeometry(place)
