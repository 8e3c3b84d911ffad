"""The table of shifts: sorted, gone through with the arrows, times and notes typed into it."""

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
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
from shiftclipper.ui.tokens import ICON, STEP

_WIDE_LINES = 32
"""Width from which words stand beside the dots and notes have a column, in heights of a line of text."""


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
        self._dress()
        self.sortByColumn(Column.START, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        theme.changed.connect(self._fit)
        self._fit()

    def order(self) -> list[int]:
        """Return the ids of the shifts in the order of the rows."""
        rows = range(self.sorted.rowCount())
        return [int(self.sorted.index(row, 0).data(int(ShiftRole.ID))) for row in rows]

    def show_chosen(self, shift: ShiftRow | None) -> None:
        """Make the row of a shift the current one."""
        row = -1 if shift is None else self.shifts.row_of(shift.id)
        self._showing = True
        if row < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        else:
            column = self.currentIndex().column() if self.currentIndex().isValid() else Column.START
            index = self.sorted.mapFromSource(self.shifts.index(row, column))
            if index != self.currentIndex():
                self.setCurrentIndex(index)
            self.selectRow(index.row())
            self.scrollTo(index)
        self._showing = False

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

    @Slot()
    def _fit(self) -> None:
        metrics = self.fontMetrics()
        line = metrics.height()
        wide = self.width() >= _WIDE_LINES * line
        self.verticalHeader().setDefaultSectionSize(line + 3 * STEP)
        time = metrics.horizontalAdvance("00:00:00" if self._is_long() else "000:00") + 3 * STEP
        names = {column: metrics.horizontalAdvance(self._head(column)) + 4 * STEP for column in Column}
        word = max(metrics.horizontalAdvance(text) for text in self._certainties()) if wide else 0
        verdict = max(metrics.horizontalAdvance(text) for text in self._verdicts()) if wide else 0
        widths = {
            Column.NUMBER: metrics.horizontalAdvance("000") + 2 * STEP,
            Column.START: max(time, names[Column.START]),
            Column.END: max(time, names[Column.END]),
            Column.LENGTH: max(metrics.horizontalAdvance("00:00") + 3 * STEP, names[Column.LENGTH]),
            Column.CONFIDENCE: max(ICON + word + 4 * STEP, names[Column.CONFIDENCE]),
            Column.VERDICT: max(ICON + verdict + 4 * STEP, names[Column.VERDICT]),
        }
        room = self.viewport().width() - sum(widths.values())
        self.setColumnHidden(Column.NOTE, not wide)
        if wide:
            widths[Column.NOTE] = max(room, 6 * line)
        else:
            # What is left, or missing, is shared among the columns of times.
            for column in (Column.START, Column.END, Column.LENGTH):
                widths[column] += room // 3
        self._cells.with_words = wide
        for column, width in widths.items():
            self.setColumnWidth(column, width)

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
