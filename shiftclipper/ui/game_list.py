"""The list of games: one painted card per job, worked by mouse and keyboard."""

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from shiftclipper.jobs.rows import JobStatus
from shiftclipper.ui import words
from shiftclipper.ui.controls import paint_bar
from shiftclipper.ui.job_model import JobEntry, JobModel, JobRole
from shiftclipper.ui.keys import keeps
from shiftclipper.ui.theme import Theme
from shiftclipper.ui.tokens import ICON, RADIUS, STEP

STATUS_LOOK: dict[JobStatus, tuple[str, str]] = {
    JobStatus.DRAFT: ("waiting", "ink_2"),
    JobStatus.QUEUED: ("waiting", "ink_2"),
    JobStatus.RUNNING: ("running", "accent"),
    JobStatus.STOPPING: ("stopping", "ink_2"),
    JobStatus.PAUSED: ("paused", "ink_2"),
    JobStatus.INTERRUPTED: ("interrupted", "warn"),
    JobStatus.FAILED: ("alert", "bad"),
    JobStatus.CANCELLED: ("cancelled", "ink_2"),
    JobStatus.DONE: ("done", "good"),
}
"""Icon and token of each status."""

_WITHOUT_BAR = (JobStatus.DONE, JobStatus.CANCELLED, JobStatus.FAILED)
_BAR_HEIGHT = 4
_MARGIN = 3 * STEP
_SIDE = 5 * STEP

AnyIndex = QModelIndex | QPersistentModelIndex


class GameList(QListView):
    """The jobs of the data folder; those that wait can be dragged into another order."""

    chosen = Signal(str)
    """Id of the job that is current now; empty when there is none."""
    clear_asked = Signal(str)
    """The person pressed Delete on this job."""

    def __init__(self, model: JobModel, theme: Theme, parent: QWidget | None = None) -> None:
        """Show a model."""
        super().__init__(parent)
        self._jobs = model
        self.setModel(model)
        self.setItemDelegate(_GameDelegate(theme, self))
        self.setAccessibleName(self.tr("Games"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setSpacing(0)
        # Takes what the model takes, which is its own jobs; films go on to the window.
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragDropOverwriteMode(False)
        theme.changed.connect(self.viewport().update)
        model.rowsInserted.connect(self._choose_something)
        self._choose_something()

    @property
    def current_job(self) -> str:
        """Id of the current job, or nothing."""
        entry = self._jobs.entry_at(self.currentIndex().row())
        return "" if entry is None else entry.job.id

    def choose(self, job_id: str) -> None:
        """Make a job the current one; does nothing when the list does not have it yet."""
        row = self._jobs.row_of(job_id)
        if row >= 0:
            index = self._jobs.index(row, 0)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def job_at(self, position: QPoint) -> str:
        """Return the id of the job at a position in the viewport, or nothing."""
        entry = self._jobs.entry_at(self.indexAt(position).row())
        return "" if entry is None else entry.job.id

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Tell who follows the current job."""
        super().currentChanged(current, previous)
        self.chosen.emit(self.current_job)

    def event(self, event: QEvent) -> bool:
        """Keep Delete while the focus is here: it is for the game then, not for a shift."""
        return keeps(event, (Qt.Key.Key_Delete,)) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete asks to clear, Alt+arrows move in the queue; everything else is the list's own."""
        if event.key() == Qt.Key.Key_Delete and self.current_job:
            self.clear_asked.emit(self.current_job)
            return
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self._jobs.move_in_queue(self.current_job, step)
            return
        super().keyPressEvent(event)

    def _choose_something(self) -> None:
        if not self.currentIndex().isValid() and self._jobs.rowCount():
            self.setCurrentIndex(self._jobs.index(0, 0))


class _GameDelegate(QStyledItemDelegate):
    """Paints title, bar, status and the line that matters most."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        entry = index.data(JobRole.ENTRY)
        if not isinstance(entry, JobEntry):
            return QSize()
        line = option.fontMetrics.height()
        lines = 2 + _shows_bar(entry) + len(self._detail(option, entry))
        return QSize(0, lines * line + (1 + _shows_bar(entry) + bool(entry.detail_line)) * STEP + 2 * _MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        entry = index.data(JobRole.ENTRY)
        if not isinstance(entry, JobEntry):
            return
        painter.save()
        self._paint_ground(painter, option)
        inside = option.rect.adjusted(_SIDE, _MARGIN, -_SIDE, -_MARGIN)
        self._paint_lines(painter, option, inside, entry)
        painter.restore()

    def _detail(self, option: QStyleOptionViewItem, entry: JobEntry) -> list[str]:
        """Return the line that matters most, broken into two where it is long."""
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        return two_lines(entry.detail_line, option.fontMetrics, width - 2 * _SIDE)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        tokens = self._theme.tokens
        rect = QRectF(option.rect).adjusted(2 * STEP, STEP / 2, -2 * STEP, -STEP / 2)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = selected and bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.accent), 2) if focused else Qt.PenStyle.NoPen)
        if selected:
            painter.setBrush(QColor(tokens.tinted("accent", 0.12)))
        elif hovered:
            painter.setBrush(QColor(tokens.tinted("ink_2", 0.07)))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def _paint_lines(
        self, painter: QPainter, option: QStyleOptionViewItem, inside: QRect, entry: JobEntry
    ) -> None:
        tokens, job = self._theme.tokens, entry.job
        line = option.fontMetrics.height()
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        place = QRect(inside.left(), inside.top(), inside.width(), line)
        self._text(painter, bold, place, job.title, tokens.ink)
        place.translate(0, line + STEP)
        self._paint_status(painter, option, place, entry)
        place.translate(0, line + STEP)
        if _shows_bar(entry):
            self._paint_progress(painter, option, place, entry)
            place.translate(0, line + STEP)
        colour = tokens.accent if entry.asks_for_player else tokens.ink_2
        for text in self._detail(option, entry):
            self._text(painter, option.font, place, text, colour)
            place.translate(0, line)

    def _paint_status(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, entry: JobEntry
    ) -> None:
        """Draw the status with its icon, and the time left where both have room."""
        tokens, job = self._theme.tokens, entry.job
        icon, token = STATUS_LOOK[job.status]
        pixmap = self._theme.icons.pixmap(icon, token, scale=painter.device().devicePixelRatio())
        painter.drawPixmap(place.left(), place.top() + (place.height() - ICON) // 2, pixmap)
        beside = place.adjusted(ICON + STEP, 0, 0, 0)
        colour = tokens.bad if job.status is JobStatus.FAILED else tokens.ink
        self._text(painter, option.font, beside, entry.status_line, colour)
        aside = words.short_time_left_words(job.seconds_left) if job.status is JobStatus.RUNNING else ""
        needed = option.fontMetrics.horizontalAdvance(entry.status_line + aside) + 2 * STEP
        if aside and needed <= beside.width():
            self._text(painter, option.font, beside, aside, tokens.ink_2, right=True)

    def _paint_progress(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, entry: JobEntry
    ) -> None:
        """Draw the bar with its percentage."""
        tokens, job = self._theme.tokens, entry.job
        percent = words.percent_words(job.progress)
        room = option.fontMetrics.horizontalAdvance(words.percent_words(1)) + 2 * STEP
        bar = QRectF(place.left(), place.top() + (place.height() - _BAR_HEIGHT) / 2, 0, _BAR_HEIGHT)
        bar.setWidth(place.width() - room)
        moving = job.status is JobStatus.RUNNING
        done = QColor(tokens.accent if moving else tokens.ink_2)
        paint_bar(painter, bar, job.progress, track=QColor(tokens.tinted("ink_2", 0.22)), done=done)
        self._text(painter, option.font, place, percent, tokens.ink_2, right=True)

    def _text(
        self, painter: QPainter, font: QFont, place: QRect, text: str, colour: str, *, right: bool = False
    ) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


def _shows_bar(entry: JobEntry) -> bool:
    return entry.job.status not in _WITHOUT_BAR


def two_lines(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """Break a text into at most two lines of `width` pixels, the second one cut with dots."""
    if not text or metrics.horizontalAdvance(text) <= width:
        return [text] if text else []
    words_of_text = text.split(" ")
    first = ""
    while words_of_text and metrics.horizontalAdvance(f"{first} {words_of_text[0]}".strip()) <= width:
        first = f"{first} {words_of_text.pop(0)}".strip()
    if not first:
        return [metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)]
    return [first, metrics.elidedText(" ".join(words_of_text), Qt.TextElideMode.ElideRight, width)]
