"""The four steps that are always visible: Drop, Pick, Review, Export."""

from enum import IntEnum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from shiftclipper.jobs.rows import JobStatus
from shiftclipper.ui.job_model import JobEntry
from shiftclipper.ui.keys import keeps
from shiftclipper.ui.theme import Theme
from shiftclipper.ui.tokens import STEP


class Step(IntEnum):
    """Where the person is with a game."""

    DROP = 0
    PICK = 1
    REVIEW = 2
    EXPORT = 3


def step_of(entry: JobEntry | None) -> Step:
    """Return the step that a game opens at."""
    if entry is None:
        return Step.DROP
    return Step.REVIEW if entry.players and entry.job.status is JobStatus.DONE else Step.PICK


class Stepping:
    """Which step of the chosen game is looked at.

    Another game opens at the step that it is at. After that nobody who picks or reviews is taken elsewhere,
    but for one thing: a game that is worked out while it is watched moves on to Review.
    """

    def __init__(self) -> None:
        """Begin without a game."""
        self._job_id = ""
        self._step = Step.DROP
        self._moves_on = False

    def follow(self, entry: JobEntry | None) -> Step:
        """Take the chosen game as it is now, and return the step to show."""
        job_id = "" if entry is None else entry.job.id
        if job_id != self._job_id:
            self._job_id, self._moves_on = job_id, True
        if entry is None or entry.needs_player or self._moves_on:
            self._step = step_of(entry)
            self._moves_on = self._step is Step.PICK and entry is not None and not entry.needs_player
        return self._step

    def go_to(self, step: Step) -> None:
        """Go where the person wants to go."""
        self._step, self._moves_on = step, False


class StepBar(QWidget):
    """Shows the four steps and which one is current; a click or the arrow keys ask for another."""

    step_chosen = Signal(object)
    """The Step that the person wants to go to."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Begin at Drop."""
        super().__init__(parent)
        self._theme = theme
        self._names = (self.tr("Drop"), self.tr("Pick"), self.tr("Review"), self.tr("Export"))
        self._step = Step.DROP
        self._ends: list[float] = []
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)
        self.show_step(Step.DROP)

    @property
    def step(self) -> Step:
        """The current step."""
        return self._step

    def show_step(self, step: Step) -> None:
        """Make another step the current one."""
        self._step = step
        text = self.tr("Step {number} of {count}: {name}")
        self.setAccessibleName(text.format(number=step + 1, count=len(self._names), name=self._names[step]))
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for all names, circles and the lines between them."""
        bold = QFontMetrics(self._font(True))
        text = sum(bold.horizontalAdvance(name) for name in self._names)
        gaps = len(self._names) * (self._circle() + 2 * STEP) + (len(self._names) - 1) * self._line()
        return QSize(text + gaps + STEP, self._circle() + 2 * STEP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw circles with numbers, names and lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 1.0
        self._ends = []
        for step, name in enumerate(self._names):
            left = self._paint_step(painter, left, step, name)
            self._ends.append(left)
            if step + 1 < len(self._names):
                painter.setPen(QPen(QColor(self._theme.tokens.line), 1.5))
                middle = self.height() / 2
                painter.drawLine(
                    round(left + 2 * STEP),
                    round(middle),
                    round(left + self._line() - 2 * STEP),
                    round(middle),
                )
                left += self._line()
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for the step that was clicked."""
        if event.button() == Qt.MouseButton.LeftButton:
            for step, end in zip(Step, self._ends, strict=False):
                if event.position().x() <= end + 2 * STEP:
                    self.step_chosen.emit(step)
                    return

    def event(self, event: QEvent) -> bool:
        """Keep the arrows while the focus is here."""
        return keeps(event, (Qt.Key.Key_Left, Qt.Key.Key_Right)) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for the step before or after."""
        move = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if move and 0 <= self._step + move < len(self._names):
            self.step_chosen.emit(Step(self._step + move))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys work here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they work elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def _paint_step(self, painter: QPainter, left: float, step: int, name: str) -> float:
        """Draw one step and return where its name ends."""
        tokens = self._theme.tokens
        current, past = step == self._step, step < self._step
        size = self._circle()
        circle = QRectF(left, (self.height() - size) / 2, size, size).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(tokens.accent if current or past else tokens.ink_2), 1.5))
        painter.setBrush(QColor(tokens.accent) if current else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        colour = tokens.on_accent if current else tokens.accent if past else tokens.ink_2
        painter.setPen(QColor(colour))
        painter.setFont(self._font(True))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(step + 1))
        painter.setPen(QColor(tokens.ink if current else tokens.ink_2))
        if current and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 1))
            painter.drawEllipse(circle.adjusted(-3, -3, 3, 3).intersected(QRectF(self.rect())))
            painter.setPen(QColor(tokens.ink))
        painter.setFont(self._font(current))
        width = QFontMetrics(self._font(True)).horizontalAdvance(name)
        place = QRectF(left + size + 2 * STEP, 0, width, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        return place.right()

    def _font(self, bold: bool) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def _circle(self) -> int:
        return self.fontMetrics().height() + 2 * STEP

    def _line(self) -> int:
        return 12 * STEP
