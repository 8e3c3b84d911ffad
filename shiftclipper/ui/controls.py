"""Small widgets that everything else is put together from."""

from typing import Literal, TypeVar

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from shiftclipper.ui.theme import Theme
from shiftclipper.ui.tokens import ICON, STEP, WIDEST

L = TypeVar("L", QHBoxLayout, QVBoxLayout)
ButtonKind = Literal["plain", "primary", "quiet", "icon", "danger", "narrow"]
LabelKind = Literal["body", "secondary", "head", "brand", "title", "lead", "figure", "bad"]


class IconButton(QPushButton):
    """A button with one of the program's icons, in the colours of its kind."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        text: str,
        *,
        kind: ButtonKind = "plain",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Make a button.

        Args:
            theme: draws the icon, again whenever light and dark change.
            icon: name of the icon.
            text: on the button; may be empty for one that is an icon only.
            kind: how much it asks for attention.
            name: accessible name and tooltip where the text does not say it all.
            parent: owner.
        """
        super().__init__(text, parent)
        self._theme = theme
        self._icon = icon
        self._kind = kind
        self.setProperty("kind", kind)
        self.setAccessibleName(name or text)
        if name:
            self.setToolTip(name)
        self._gap = 0 if kind == "icon" else STEP
        self.setIconSize(QSize(ICON + self._gap, ICON))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Enter works the button that has the focus, as Space does.
        self.setAutoDefault(True)
        theme.changed.connect(self._draw)
        self._draw()

    @Slot()
    def _draw(self) -> None:
        token = "on_accent" if self._kind in ("primary", "danger") else "ink"
        self.setIcon(self._theme.icons.icon(self._icon, token, gap=self._gap))


class IconLabel(QLabel):
    """An icon beside a text; says nothing by itself."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        token: str = "ink_2",
        *,
        size: int = ICON,
        parent: QWidget | None = None,
    ) -> None:
        """Show an icon in the colour of a token, `size` pixels wide and high."""
        super().__init__(parent)
        self._theme = theme
        self._icon, self._token = icon, token
        self._size = size
        self.setFixedSize(size, size)
        theme.changed.connect(self._draw)
        self._draw()

    def show_icon(self, icon: str, token: str) -> None:
        """Show another icon."""
        if (icon, token) != (self._icon, self._token):
            self._icon, self._token = icon, token
            self._draw()

    @Slot()
    def _draw(self) -> None:
        scale = self.devicePixelRatioF()
        self.setPixmap(self._theme.icons.pixmap(self._icon, self._token, size=self._size, scale=scale))


class ThinBar(QProgressBar):
    """A thin progress bar, 0 to 1000, in the accent or, at rest, in grey."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Make an empty bar."""
        super().__init__(parent)
        self._theme = theme
        self._at_rest = False
        self.setRange(0, 1000)
        self.setTextVisible(False)
        self.setFixedHeight(2 * STEP)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_share(self, share: float, *, at_rest: bool = False) -> None:
        """Show a share of 0 to 1; grey when nothing moves."""
        self._at_rest = at_rest
        self.setValue(round(share * 1000))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the track and what is done of it."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        paint_bar(
            painter,
            QRectF(self.rect()),
            self.value() / 1000,
            track=QColor(tokens.line),
            done=QColor(tokens.ink_2 if self._at_rest else tokens.accent),
        )
        painter.end()


def paint_bar(painter: QPainter, rect: QRectF, share: float, *, track: QColor, done: QColor) -> None:
    """Draw a rounded bar of which `share` (0 to 1) is done."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    radius = rect.height() / 2
    painter.setBrush(track)
    painter.drawRoundedRect(rect, radius, radius)
    if share > 0:
        filled = QRectF(rect)
        filled.setWidth(max(rect.height(), rect.width() * min(1.0, share)))
        painter.setBrush(done)
        painter.drawRoundedRect(filled, radius, radius)
    painter.restore()


class Shelf(QWidget):
    """A column that takes no room while nothing on it is shown."""

    def __init__(self, *widgets: QWidget) -> None:
        """Put widgets on it, one below the other."""
        super().__init__()
        shelf = QWidget()
        inside = column(shelf, spacing=2)
        inside.setContentsMargins(6 * STEP, 4 * STEP, 6 * STEP, 0)
        centre(self, shelf)
        self._widgets = widgets
        for widget in widgets:
            inside.addWidget(widget)
            widget.installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what is shown and hidden."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._follow()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        self.setVisible(any(not widget.isHidden() for widget in self._widgets))


class Bend(QWidget):
    """Two widgets side by side, or one below the other where the width is not enough."""

    def __init__(self, first: QWidget, second: QWidget, *, least_lines: int = 0, top: bool = False) -> None:
        """Lay out two widgets.

        Args:
            first: takes the room that is left.
            second: keeps its own width.
            least_lines: width that the first wants beside the second, in heights of a line of text; its own
                width when 0.
            top: whether the second sits at the top of the line, not in its middle.
        """
        super().__init__()
        self._first, self._second, self._least_lines = first, second, least_lines
        self._layout = row(self, spacing=2)
        self._layout.addWidget(first, 1)
        side = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter
        self._layout.addWidget(second, alignment=side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Bend where it is too narrow."""
        super().resizeEvent(event)
        least = self._least_lines * self.fontMetrics().height() or self._first.sizeHint().width()
        fits = self.width() >= least + self._second.sizeHint().width() + 2 * STEP
        beside, below = QHBoxLayout.Direction.LeftToRight, QHBoxLayout.Direction.TopToBottom
        self._layout.setDirection(beside if fits else below)

    def minimumSizeHint(self) -> QSize:
        """Return what is needed when one is below the other, so that it can get there."""
        widths = [widget.minimumSizeHint().width() for widget in (self._first, self._second)]
        return QSize(max(widths), super().minimumSizeHint().height())


class Swatch(QLabel):
    """A small square of a jersey's colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show no colour yet."""
        super().__init__(parent)
        self._colour: QColor | None = None
        self.setFixedSize(ICON, ICON)

    def show_colour(self, colour: str | None) -> None:
        """Show `#rrggbb`, or nothing."""
        self._colour = QColor(colour) if colour else None
        self.setVisible(colour is not None)
        self.setToolTip(colour or "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the square with a line around it, so that white shows on white."""
        if self._colour is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._colour)
        painter.setPen(self.palette().color(QPalette.ColorRole.Dark))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5), STEP, STEP)
        painter.end()


def label(
    text: str = "", kind: LabelKind = "body", *, wrap: bool = False, parent: QWidget | None = None
) -> QLabel:
    """Return a label of one of the kinds that the style sheet knows; its text is plain, never markup."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("kind", kind)
    made.setWordWrap(wrap)
    if kind == "head":
        font = made.font()
        font.setCapitalization(font.Capitalization.AllUppercase)
        made.setFont(font)
    return made


def set_kind(widget: QWidget, kind: str) -> None:
    """Turn a widget into another kind."""
    if widget.property("kind") != kind:
        widget.setProperty("kind", kind)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def card(kind: str = "card", parent: QWidget | None = None) -> tuple[QFrame, QVBoxLayout]:
    """Return a framed panel and the column inside it."""
    frame = QFrame(parent)
    frame.setProperty("kind", kind)
    return frame, column(frame, margin=4, spacing=2)


def column(owner: QWidget | None = None, *, margin: int = 0, spacing: int = 2) -> QVBoxLayout:
    """Return a column; margin and spacing in steps of 4 px."""
    layout = QVBoxLayout(owner) if owner is not None else QVBoxLayout()
    return _spaced(layout, margin, spacing)


def row(owner: QWidget | None = None, *, margin: int = 0, spacing: int = 2) -> QHBoxLayout:
    """Return a row; margin and spacing in steps of 4 px."""
    layout = QHBoxLayout(owner) if owner is not None else QHBoxLayout()
    return _spaced(layout, margin, spacing)


def centre(owner: QWidget, body: QWidget) -> None:
    """Keep the body in the middle of its owner, no wider than can be read with ease."""
    body.setMaximumWidth(WIDEST)
    across = row(owner, spacing=0)
    across.addStretch(1)
    across.addWidget(body, 1000)
    across.addStretch(1)


def _spaced(layout: L, margin: int, spacing: int) -> L:
    layout.setContentsMargins(margin * STEP, margin * STEP, margin * STEP, margin * STEP)
    layout.setSpacing(spacing * STEP)
    return layout
