"""The picture: shown as large as it fits, zoomed and moved with the mouse, clicked in source coordinates."""

from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtMultimediaWidgets import QGraphicsVideoItem
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsScene, QGraphicsView, QLabel, QWidget

from shiftclipper.ui.picture.overlay import Overlay

CLOSEST = 8.0
"""Times larger than the whole picture."""
_TURN = 120.0
"""Wheel units of one notch."""
_NOTCH = 1.25
_SMALLEST = (320, 180)


class Tool(Protocol):
    """Takes the mouse and the keyboard over the picture while it is in use."""

    def press(self, place: QPointF, button: Qt.MouseButton) -> bool:
        """Take a press at a place in source pixels; say whether it was of use."""

    def move(self, place: QPointF) -> None:
        """Follow the mouse."""

    def release(self, place: QPointF) -> None:
        """Take the release of what was pressed."""

    def key(self, event: QKeyEvent) -> bool:
        """Take a key; say whether it was of use."""


class Canvas(QGraphicsView):
    """Shows the film. The scene's coordinates are pixels of the first source's displayed picture."""

    clicked = Signal(QPointF)
    """Where the picture was clicked, in source pixels."""
    menu_asked = Signal(QPointF, QPoint)
    """Where the picture's menu is wanted: in source pixels, and on the screen."""
    hovered = Signal(object)
    """QPointF under the mouse in source pixels, or None when the mouse has left the picture."""
    full_screen_asked = Signal()
    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty canvas."""
        scene = QGraphicsScene()
        super().__init__(scene, parent)
        scene.setParent(self)
        self.setObjectName("canvas")
        self.setAccessibleName(self.tr("Picture"))
        self.video = QGraphicsVideoItem()
        # The file played may be smaller than the source: it fills the source's frame.
        self.video.setAspectRatioMode(Qt.AspectRatioMode.IgnoreAspectRatio)
        scene.addItem(self.video)
        self.overlay = Overlay(scene)
        self.tool: Tool | None = None
        self._zoom = 1.0
        self._pressed: QPoint | None = None
        self._moving = False
        self._tool_pressed = False
        self._last = QPoint()
        self.hint = QLabel(self.viewport())
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setObjectName("pictureHint")
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hint.hide()
        self._dress()
        self.show_size((1280, 720))

    @property
    def zoom(self) -> float:
        """How many times larger than the whole picture it is shown, 1 to 8."""
        return self._zoom

    @property
    def picture_size(self) -> QSizeF:
        """Width and height of the picture in source pixels."""
        return self.sceneRect().size()

    def show_size(self, size: tuple[int, int]) -> None:
        """Show pictures of another size, in source pixels."""
        if self.sceneRect().size() == QSizeF(*size):
            return
        self.video.setSize(QSizeF(*size))
        self.setSceneRect(QRectF(0, 0, *size))
        self.scene().setSceneRect(self.sceneRect())
        self.zoom_to(1.0)

    def say(self, sentence: str) -> None:
        """Show one sentence on the picture, or none."""
        self.hint.setText(sentence)
        self.hint.setVisible(bool(sentence))
        self._place_hint()

    def zoom_to(self, zoom: float, around: QPointF | None = None) -> None:
        """Show the picture larger or smaller.

        Args:
            zoom: 1 is the whole picture, 8 the closest.
            around: place in source pixels that keeps its place on the screen; the middle when None.
        """
        zoom = min(CLOSEST, max(1.0, zoom))
        if around is None:
            around = self.mapToScene(self.viewport().rect().center())
        before = self.mapFromScene(around)
        self._zoom = zoom
        scale = self._whole() * zoom
        self.resetTransform()
        self.scale(scale, scale)
        if zoom == 1.0:
            self.centerOn(self.sceneRect().center())
        else:
            self._scroll_by(self.mapFromScene(around) - before)
        self.zoom_changed.emit(zoom)

    def show_place(self, x: float, y: float) -> None:
        """Bring a place in source pixels to the middle, as far as the picture reaches."""
        self.centerOn(x, y)

    def source_pixels(self, screen_pixels: float) -> float:
        """Return a distance on the screen in source pixels."""
        return screen_pixels / max(self.transform().m11(), 1e-6)

    def inside(self, place: QPointF) -> bool:
        """Say whether a place in source pixels is in the picture."""
        return self.sceneRect().contains(place)

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the part of the picture that is shown."""
        middle = self.mapToScene(self.viewport().rect().center())
        super().resizeEvent(event)
        self.zoom_to(self._zoom)
        if self._zoom > 1.0:
            self.centerOn(middle)
        self._place_hint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom into what is under the mouse."""
        notches = event.angleDelta().y() / _TURN
        if notches:
            place = self.mapToScene(event.position().toPoint())
            self.zoom_to(self._zoom * _NOTCH**notches, place)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click, a move of the picture, or what the tool does."""
        self._last = event.position().toPoint()
        place = self._place(event)
        if self.tool is not None and self.tool.press(place, event.button()):
            self._tool_pressed = True
        elif event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed = self._last
            self._moving = event.button() is Qt.MouseButton.MiddleButton
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the picture, or tell what is under the mouse."""
        now = event.position().toPoint()
        place = self._place(event)
        if self.tool is not None:
            self.tool.move(place)
        if self._pressed is not None:
            far = (now - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            self._moving = self._moving or far
            if self._moving:
                self._scroll_by(self._last - now)
        else:
            self.hovered.emit(place if self.inside(place) else None)
        self._last = now
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Click, unless the picture was moved."""
        place = self._place(event)
        if self._tool_pressed and self.tool is not None:
            self.tool.release(place)
        elif self._pressed is not None and not self._moving and self.inside(place):
            self.clicked.emit(place)
        self._tool_pressed = self._moving = False
        self._pressed = None
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second press of a double click for a press of its own."""
        self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu where the mouse is, or in the middle with the keyboard."""
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        at = event.pos() if by_mouse else self.viewport().rect().center()
        place = self.mapToScene(at)
        if self.tool is None and self.inside(place):
            self.menu_asked.emit(place, self.viewport().mapToGlobal(at))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give keys to the tool first; arrows are left to the window."""
        if self.tool is not None and self.tool.key(event):
            event.accept()
        else:
            event.ignore()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Follow the mouse from now on."""
        super().enterEvent(event)
        self.hovered.emit(None)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more."""
        super().leaveEvent(event)
        self.hovered.emit(None)

    # Inside

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setBackgroundBrush(QColor("#0E141A"))
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(*_SMALLEST)

    def _whole(self) -> float:
        """Return the scale at which the whole picture fits."""
        size, room = self.sceneRect().size(), self.viewport().size()
        if size.isEmpty() or room.isEmpty():
            return 1.0
        return min(room.width() / size.width(), room.height() / size.height())

    def _place(self, event: QMouseEvent) -> QPointF:
        inverse, _ = self.viewportTransform().inverted()
        return inverse.map(event.position())

    def _scroll_by(self, delta: QPoint) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + delta.x())
        down.setValue(down.value() + delta.y())

    def _place_hint(self) -> None:
        self.hint.adjustSize()
        room = self.viewport().width() - self.hint.width()
        self.hint.move(max(0, room // 2), 16)
