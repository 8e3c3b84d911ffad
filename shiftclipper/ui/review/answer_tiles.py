"""The people of a question as pictures to choose from, side by side."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from shiftclipper.ui.keys import keeps
from shiftclipper.ui.theme import Theme
from shiftclipper.ui.tokens import RADIUS, STEP

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NARROWEST = 70
"""Pixels; tiles that would be narrower go on another line."""
_WIDEST = 150
_SHAPE = 4 / 3
"""Height of a tile over its width."""
_BADGE = 20
"""Pixels; side of the number's place."""


class AnswerTile(QAbstractButton):
    """One person of a question: a picture with the number of the key that chooses it."""

    def __init__(self, theme: Theme, number: int, parent: QWidget) -> None:
        """Make the tile of a number, from 1, without a picture."""
        super().__init__(parent)
        self._theme, self.number = theme, number
        self._picture: QPixmap | None = None
        self._likeliest = False
        self.setText(str(number))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)
        self._name()

    @property
    def has_picture(self) -> bool:
        """Whether its picture is shown."""
        return self._picture is not None

    def show_picture(self, picture: QImage | None) -> None:
        """Show another picture, or none yet."""
        self._picture = None if picture is None or picture.isNull() else QPixmap.fromImage(picture)
        self.update()

    def show_likeliest(self, likeliest: bool) -> None:
        """Say whether Enter chooses this one."""
        self._likeliest = likeliest
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the smallest size that is offered."""
        return QSize(_NARROWEST, round(_NARROWEST * _SHAPE))

    def event(self, event: QEvent) -> bool:
        """Keep Enter, which elsewhere is the likeliest answer: here it is this one."""
        return keeps(event, _ENTER) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose it with Enter, as with Space."""
        if event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, a frame that says what the mouse and the keys mean, and the number."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        shape = QPainterPath()
        shape.addRoundedRect(frame, RADIUS - 2, RADIUS - 2)
        painter.fillPath(shape, QColor(tokens.tinted("ink_2", 0.12)))
        if self._picture is not None:
            painter.setClipPath(shape)
            painter.drawPixmap(
                _covering(QSize(self._picture.size()), frame), self._picture, QRectF(self._picture.rect())
            )
            painter.setClipping(False)
        under = self.underMouse() or self.isDown()
        if self.hasFocus() or self._likeliest or under:
            painter.setPen(QPen(QColor(tokens.accent), 3 if self.hasFocus() else 2))
        else:
            painter.setPen(QPen(QColor(tokens.tinted("ink_2", 0.4)), 1))
        painter.drawPath(shape)
        self._draw_number(painter, frame, filled=self._likeliest or under)
        painter.end()

    def _draw_number(self, painter: QPainter, frame: QRectF, *, filled: bool) -> None:
        tokens = self._theme.tokens
        size = max(_BADGE, self.fontMetrics().height() + STEP)
        place = QRectF(frame.left() + STEP, frame.top() + STEP, size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent if filled else tokens.surface))
        painter.drawRoundedRect(place, size / 2, size / 2)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        painter.setPen(QColor(tokens.on_accent if filled else tokens.ink))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(self.number))

    def _name(self) -> None:
        text = self.tr("Person {number}, the likeliest") if self._likeliest else self.tr("Person {number}")
        self.setAccessibleName(text.format(number=self.number))
        self.setToolTip(self.accessibleName())


class AnswerTiles(QWidget):
    """As many tiles as there are people, in as few lines as fit."""

    chosen = Signal(int)
    """Number of the person, from 0."""

    def __init__(self, theme: Theme, most: int, parent: QWidget | None = None) -> None:
        """Make tiles for so many people at most."""
        super().__init__(parent)
        self.tiles = [AnswerTile(theme, number + 1, self) for number in range(most)]
        self._count = 0
        for tile in self.tiles:
            tile.clicked.connect(self._clicked)
        # Not fixed: the height of the hint is that of one width, and would cut the tiles off at others.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_people(self, count: int, likeliest: int | None) -> None:
        """Offer so many people; their pictures follow."""
        self._count = min(count, len(self.tiles))
        for number, tile in enumerate(self.tiles):
            tile.setVisible(number < self._count)
            tile.show_picture(None)
            tile.show_likeliest(number == likeliest)
        self.updateGeometry()
        self._arrange()

    @property
    def have_pictures(self) -> bool:
        """Whether everybody is shown."""
        return all(tile.has_picture for tile in self.tiles[: self._count])

    def show_pictures(self, pictures: Sequence[QImage]) -> None:
        """Show the people."""
        for tile, picture in zip(self.tiles, pictures, strict=False):
            tile.show_picture(picture)

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        columns, wide = self._columns(width)
        lines = -(-self._count // columns) if self._count else 0
        return lines * round(wide * _SHAPE) + max(0, lines - 1) * 2 * STEP

    def sizeHint(self) -> QSize:
        """Return room for one line of narrow tiles."""
        width = 3 * _NARROWEST + 4 * STEP
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return what one tile needs; how high all of them are follows from the width they get."""
        return self.tiles[0].sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the tiles in their places."""
        super().resizeEvent(event)
        self._arrange()

    def _columns(self, width: int) -> tuple[int, int]:
        """Return how many tiles stand side by side, and how wide each is."""
        fit = max(1, (width + 2 * STEP) // (_NARROWEST + 2 * STEP))
        if self._count > fit:
            # Lines of about the same length: four are two and two, not three and one.
            fit = -(-self._count // -(-self._count // fit))
        columns = max(1, min(fit, self._count))
        return columns, min(_WIDEST, (width - (columns - 1) * 2 * STEP) // columns)

    def _arrange(self) -> None:
        columns, wide = self._columns(self.width())
        high = round(wide * _SHAPE)
        for number, tile in enumerate(self.tiles[: self._count]):
            line, place = divmod(number, columns)
            tile.setGeometry(place * (wide + 2 * STEP), line * (high + 2 * STEP), wide, high)

    @Slot()
    def _clicked(self) -> None:
        tile = self.sender()
        if isinstance(tile, AnswerTile):
            self.chosen.emit(tile.number - 1)


def _covering(size: QSize, frame: QRectF) -> QRectF:
    """Return where a picture of a size fills all of a frame, its middle in the frame's middle."""
    scale = max(frame.width() / max(1, size.width()), frame.height() / max(1, size.height()))
    place = QRectF(0, 0, size.width() * scale, size.height() * scale)
    place.moveCenter(frame.center())
    return place
