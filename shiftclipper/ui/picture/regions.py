"""Drawing and editing regions: corners are added, moved and deleted on the picture itself."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainterPath, QPolygonF
from PySide6.QtWidgets import QAbstractGraphicsShapeItem, QGraphicsEllipseItem, QGraphicsPathItem

from shiftclipper.jobs.setup import Polygon, Regions
from shiftclipper.ui.picture.canvas import Canvas
from shiftclipper.ui.picture.overlay import REGION_COLOURS, pen

_REACH = 10.0
"""Pixels of the screen by which the mouse may miss a corner or an edge."""
_HANDLE = 5.0
_LEAST = 3


class RegionEditor(QObject):
    """The canvas's tool while regions are drawn. Corners are in source pixels until they are handed out."""

    changed = Signal(object)
    """Regions: what is drawn now, in shares of the picture."""
    ended = Signal()

    def __init__(self, canvas: Canvas, parent: QObject) -> None:
        """Be ready to edit on a canvas."""
        super().__init__(parent)
        self._canvas = canvas
        self._areas: list[tuple[str, list[QPointF]]] = []
        self._new: list[QPointF] = []
        self._kind = ""
        self._chosen: tuple[int, int] | None = None
        """Number of an area, and of a corner in it or -1 for all of it."""
        self._dragging = False
        self._mouse = QPointF()
        self._items: list[QAbstractGraphicsShapeItem] = []

    @property
    def is_on(self) -> bool:
        """Whether regions are being edited."""
        return self._canvas.tool is self

    @property
    def drawing(self) -> str:
        """The kind of region that is being drawn, or nothing."""
        return self._kind

    def begin(self, regions: Regions, kind: str = "") -> None:
        """Edit regions, in shares of the picture.

        Args:
            regions: what is drawn already.
            kind: `rink`, `bench` or `penalty` to draw one; nothing to change what is there.
        """
        size = self._canvas.picture_size
        drawn: list[tuple[str, Sequence[Polygon]]] = [
            ("rink", [regions.rink] if regions.rink else []),
            ("bench", regions.bench),
            ("penalty", regions.penalty),
        ]
        self._areas = [
            (name, [QPointF(x * size.width(), y * size.height()) for x, y in polygon])
            for name, polygons in drawn
            for polygon in polygons
        ]
        self._kind, self._new, self._chosen, self._dragging = kind, [], None, False
        self._canvas.tool = self
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self._draw()

    def end(self) -> None:
        """Stop editing; what is not closed is forgotten."""
        if self.is_on:
            self._canvas.tool = None
            self._new, self._kind = [], ""
            self._remove_items()
            self.ended.emit()

    def regions(self) -> Regions:
        """Return what is drawn, in shares of the picture."""
        size = self._canvas.picture_size
        drawn: dict[str, list[Polygon]] = {"rink": [], "bench": [], "penalty": []}
        for kind, corners in self._areas:
            polygon = tuple(
                (_share(corner.x(), size.width()), _share(corner.y(), size.height())) for corner in corners
            )
            drawn[kind].append(polygon)
        rink = drawn["rink"][-1] if drawn["rink"] else None
        return Regions(rink, tuple(drawn["bench"]), tuple(drawn["penalty"]))

    # The canvas's tool

    def press(self, place: QPointF, button: Qt.MouseButton) -> bool:
        """Add, choose or delete a corner."""
        left, right = button is Qt.MouseButton.LeftButton, button is Qt.MouseButton.RightButton
        if self._kind and left:
            self._add_corner(self._inside(place))
        elif self._kind and right:
            self._new = self._new[:-1]
        elif right:
            self._chosen = self._corner_at(place)
            self.delete()
        elif left and not self._grab(place):
            return False
        self._draw()
        return left or right

    def move(self, place: QPointF) -> None:
        """Move the corner that is held, or the line to the next one."""
        self._mouse = place
        if self._dragging and self._chosen is not None:
            area, corner = self._chosen
            self._areas[area][1][corner] = self._inside(place)
            self._draw()
        elif self._kind:
            self._draw()

    def release(self, place: QPointF) -> None:
        """Let go of a corner."""
        if self._dragging:
            self._dragging = False
            self.changed.emit(self.regions())

    def key(self, event: QKeyEvent) -> bool:
        """Close with Enter, leave with Escape, delete with Delete."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._close() if self._kind else self.end()
            case Qt.Key.Key_Escape:
                self.end()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.delete()
            case _:
                return False
        return True

    def delete(self) -> None:
        """Delete the chosen corner, or the whole region where too few would be left."""
        if self._chosen is None:
            return
        area, corner = self._chosen
        corners = self._areas[area][1]
        if corner < 0 or len(corners) <= _LEAST:
            self._areas.pop(area)
        else:
            corners.pop(corner)
        self._chosen = None
        self._draw()
        self.changed.emit(self.regions())

    # Inside

    def _add_corner(self, place: QPointF) -> None:
        if len(self._new) >= _LEAST and self._near(self._new[0], place):
            self._close()
        elif not self._new or not self._near(self._new[-1], place):
            self._new.append(place)

    def _close(self) -> None:
        if len(self._new) < _LEAST:
            return
        if self._kind == "rink":
            self._areas = [area for area in self._areas if area[0] != "rink"]
        self._areas.append((self._kind, self._new))
        self._new, self._kind = [], ""
        self._chosen = (len(self._areas) - 1, -1)
        self._draw()
        self.changed.emit(self.regions())

    def _grab(self, place: QPointF) -> bool:
        """Hold a corner, a new one on an edge, or choose a whole region."""
        found = self._corner_at(place) or self._new_corner(place)
        if found is not None:
            self._chosen, self._dragging = found, True
            return True
        for number, (_, corners) in reversed(list(enumerate(self._areas))):
            if QPolygonF(corners).containsPoint(place, Qt.FillRule.OddEvenFill):
                self._chosen = (number, -1)
                return True
        self._chosen = None
        return False

    def _corner_at(self, place: QPointF) -> tuple[int, int] | None:
        for number, (_, corners) in enumerate(self._areas):
            for place_of, corner in enumerate(corners):
                if self._near(corner, place):
                    return number, place_of
        return None

    def _new_corner(self, place: QPointF) -> tuple[int, int] | None:
        reach = self._canvas.source_pixels(_REACH)
        for number, (_, corners) in enumerate(self._areas):
            for start, corner in enumerate(corners):
                if _from_edge(place, corner, corners[(start + 1) % len(corners)]) < reach:
                    corners.insert(start + 1, self._inside(place))
                    return number, start + 1
        return None

    def _near(self, first: QPointF, second: QPointF) -> bool:
        apart = math.hypot(first.x() - second.x(), first.y() - second.y())
        return apart < self._canvas.source_pixels(_REACH)

    def _inside(self, place: QPointF) -> QPointF:
        size = self._canvas.picture_size
        return QPointF(min(max(place.x(), 0.0), size.width()), min(max(place.y(), 0.0), size.height()))

    def _draw(self) -> None:
        self._remove_items()
        if not self.is_on:
            return
        for number, (kind, corners) in enumerate(self._areas):
            chosen = self._chosen is not None and self._chosen[0] == number
            self._draw_area(kind, corners, closed=True, chosen=chosen)
        if self._kind:
            self._draw_area(self._kind, [*self._new, self._inside(self._mouse)], closed=False, chosen=True)
        self._say()

    def _say(self) -> None:
        if not self._kind:
            self._canvas.say(self.tr("Drag corners to move them. Right-click deletes one. Esc when done."))
        elif len(self._new) < _LEAST:
            self._canvas.say(self.tr("Click the corners one after the other"))
        else:
            self._canvas.say(self.tr("Click the first corner again, or press Enter, to close it"))

    def _draw_area(self, kind: str, corners: list[QPointF], *, closed: bool, chosen: bool) -> None:
        path = QPainterPath(corners[0])
        for corner in corners[1:]:
            path.lineTo(corner)
        if closed:
            path.closeSubpath()
        outline = QGraphicsPathItem(path)
        colour = QColor(REGION_COLOURS[kind])
        outline.setPen(pen(colour.name(), 2.5 if chosen else 1.75))
        colour.setAlphaF(0.18 if closed else 0.0)
        outline.setBrush(colour)
        self._add(outline, 5)
        for corner in corners if closed else corners[:-1]:
            handle = QGraphicsEllipseItem(-_HANDLE, -_HANDLE, 2 * _HANDLE, 2 * _HANDLE)
            handle.setFlag(QGraphicsEllipseItem.GraphicsItemFlag.ItemIgnoresTransformations)
            handle.setPos(corner)
            handle.setPen(pen("#0E141A", 1.5))
            handle.setBrush(QColor("#F6F9FC"))
            self._add(handle, 6)

    def _add(self, item: QAbstractGraphicsShapeItem, height: int) -> None:
        item.setZValue(height)
        self._canvas.scene().addItem(item)
        self._items.append(item)

    def _remove_items(self) -> None:
        for item in self._items:
            self._canvas.scene().removeItem(item)
        self._items = []


def _share(value: float, whole: float) -> float:
    return round(min(1.0, max(0.0, value / whole)), 6)


def _from_edge(place: QPointF, start: QPointF, end: QPointF) -> float:
    """Return how far a point is from the stretch between two others."""
    along = end - start
    length = QPointF.dotProduct(along, along)
    share = QPointF.dotProduct(place - start, along) / length if length > 0 else 0.0
    nearest = start + along * min(1.0, max(0.0, share))
    return math.hypot(place.x() - nearest.x(), place.y() - nearest.y())
