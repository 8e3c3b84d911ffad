"""A large button with an icon, a name and a sentence; one of a few of which one may be chosen."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from shiftclipper.ui.theme import Theme
from shiftclipper.ui.tokens import ICON, RADIUS, STEP

_MARGIN = 4 * STEP
_NARROWEST_LINES = 10
"""Width that the sentence wants, in heights of a line of text."""
_WRAPPED = Qt.TextFlag.TextWordWrap


class ChoiceCard(QAbstractButton):
    """Checkable by mouse and keyboard; the sentence is broken into as many lines as it takes."""

    def __init__(
        self, theme: Theme, icon: str, name: str, sentence: str, parent: QWidget | None = None
    ) -> None:
        """Make an unchosen card."""
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._sentence = sentence
        self.setText(name)
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setAccessibleDescription(sentence)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def nextCheckState(self) -> None:
        """Do nothing: a card is chosen when the database says so."""

    def sizeHint(self) -> QSize:
        """Return a comfortable width and the height that goes with it."""
        width = _NARROWEST_LINES * self.fontMetrics().height() + 2 * _MARGIN
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the width of the name, with the height that the card has now."""
        name = QFontMetrics(self._bold()).horizontalAdvance(self.text())
        width = name + ICON + 2 * STEP + 2 * _MARGIN
        return QSize(width, self.heightForWidth(max(width, self.width())))

    def heightForWidth(self, width: int) -> int:
        """Return the height that all of the sentence takes at a width."""
        return self._head() + STEP + self._sentence_height(width) + 2 * _MARGIN

    def _sentence_height(self, width: int) -> int:
        room = QRect(0, 0, max(1, width - 2 * _MARGIN), 100_000)
        return self.fontMetrics().boundingRect(room, _WRAPPED, self._sentence).height()

    def _head(self) -> int:
        return max(ICON, self.fontMetrics().height())

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon, name, sentence and the mark of the chosen one."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, focused = self.isChecked(), self.hasFocus()
        edge = tokens.accent if chosen or focused else tokens.line
        ground = tokens.tinted("accent", 0.1 if chosen else 0.05 if self.underMouse() else 0.0)
        if not self.isEnabled():
            edge, ground = tokens.line, tokens.ice
        painter.setPen(QPen(QColor(edge), 2 if chosen or focused else 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        if focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.tinted("accent", 0.5)), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), RADIUS - 3, RADIUS - 3)
        self._paint_text(painter)
        painter.end()

    def _paint_text(self, painter: QPainter) -> None:
        tokens, head = self._theme.tokens, self._head()
        ink = tokens.ink if self.isEnabled() else tokens.ink_2
        scale = self.devicePixelRatioF()
        token = "accent" if self.isChecked() else "ink_2"
        picture = self._theme.icons.pixmap(self._icon, token, scale=scale)
        painter.drawPixmap(_MARGIN, _MARGIN + (head - ICON) // 2, picture)
        inside = QRect(_MARGIN, _MARGIN, self.width() - 2 * _MARGIN, head)
        if self.isChecked():
            mark = self._theme.icons.pixmap("done", "accent", scale=scale)
            painter.drawPixmap(inside.right() - ICON + 1, _MARGIN + (head - ICON) // 2, mark)
        painter.setFont(self._bold())
        painter.setPen(QColor(ink))
        name = inside.adjusted(ICON + 2 * STEP, 0, 0, 0)
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, self.text())
        painter.setFont(self.font())
        painter.setPen(QColor(tokens.ink_2))
        below = QRect(_MARGIN, _MARGIN + head + STEP, inside.width(), self.height())
        painter.drawText(below, _WRAPPED, self._sentence)
