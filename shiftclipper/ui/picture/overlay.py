"""What is drawn over the picture, as items in pixels of the source's displayed picture.

Pens are cosmetic: lines keep their width on the screen whatever the zoom and the size of the file played.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractGraphicsShapeItem,
    QGraphicsEllipseItem,
    QGraphicsPolygonItem,
    QGraphicsRectItem,
    QGraphicsScene,
)

from shiftclipper.jobs.setup import ClickKind, Polygon
from shiftclipper.ui.picture.boxes import Box

PLAYER_COLOURS = ("#F2B356", "#5AA2FF", "#4CC38A", "#FF7B6E", "#C792FF", "#5FD7D7")
"""One for each player, told apart on ice and on the dark of the stands."""
REGION_COLOURS = {"rink": "#5AA2FF", "bench": "#4CC38A", "penalty": "#F2B356"}
_PAPER = "#F6F9FC"
_MARK = 7.0
"""Pixels of the screen; radius of a click."""


def player_colour(position: int) -> str:
    """Return the colour of the player at a position of the job."""
    return PLAYER_COLOURS[position % len(PLAYER_COLOURS)]


def pen(colour: str, width: float, *, dashed: bool = False, strength: float = 1.0) -> QPen:
    """Return a pen of so many pixels of the screen."""
    shade = QColor(colour)
    shade.setAlphaF(strength)
    made = QPen(shade, width)
    made.setCosmetic(True)
    if dashed:
        made.setStyle(Qt.PenStyle.DashLine)
    return made


@dataclass(frozen=True, slots=True)
class Mark:
    """A click of the person on the picture that is shown."""

    kind: ClickKind
    x: float
    y: float
    """Pixels of the source picture."""
    colour: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A region, in pixels of the source picture."""

    kind: str
    """`rink`, `bench` or `penalty`."""
    corners: Polygon
    proposed: bool = False


class Overlay:
    """Owns the items over one scene's picture."""

    def __init__(self, scene: QGraphicsScene) -> None:
        """Begin with nothing drawn."""
        self._scene = scene
        self._boxes: dict[Box, QGraphicsRectItem] = {}
        self._rings: list[QAbstractGraphicsShapeItem] = []
        self._marks: list[QAbstractGraphicsShapeItem] = []
        self._outlines: list[QAbstractGraphicsShapeItem] = []
        self._lit: Box | None = None
        self._lit_colour = _PAPER

    @property
    def boxes(self) -> list[Box]:
        """The boxes that are drawn."""
        return list(self._boxes)

    @property
    def lit(self) -> Box | None:
        """The box that is lit up."""
        return self._lit

    @property
    def rings(self) -> list[QRectF]:
        """Where rings are drawn."""
        return [item.sceneBoundingRect() for item in self._rings]

    def show_boxes(self, boxes: Sequence[Box]) -> None:
        """Draw these boxes and no others."""
        if list(boxes) == list(self._boxes):
            return
        self._remove(list(self._boxes.values()))
        self._boxes = {}
        self._lit = None
        for box in boxes:
            item = QGraphicsRectItem(box.left, box.top, box.right - box.left, box.bottom - box.top)
            item.setPen(pen(_PAPER, 1.25, strength=0.75))
            item.setZValue(2)
            self._scene.addItem(item)
            self._boxes[box] = item

    def light(self, box: Box | None, colour: str) -> None:
        """Light up one of the boxes, the only one."""
        if (box, colour) == (self._lit, self._lit_colour):
            return
        if self._lit in self._boxes:
            self._boxes[self._lit].setPen(pen(_PAPER, 1.25, strength=0.75))
            self._boxes[self._lit].setBrush(QBrush())
        self._lit, self._lit_colour = box, colour
        if box in self._boxes:
            fill = QColor(colour)
            fill.setAlphaF(0.22)
            self._boxes[box].setPen(pen(colour, 2.5))
            self._boxes[box].setBrush(fill)

    def show_rings(self, rings: Sequence[tuple[Box, str]]) -> None:
        """Draw a ring on the ice around the feet of each of these."""
        self._remove(self._rings)
        self._rings = []
        for box, colour in rings:
            wide = max(box.right - box.left, 0.35 * (box.bottom - box.top))
            place = QRectF(box.centre[0] - 0.75 * wide, box.bottom - 0.3 * wide, 1.5 * wide, 0.5 * wide)
            for shade, width in (("#0E141A", 5.0), (colour, 3.0)):
                item = QGraphicsEllipseItem(place)
                item.setPen(pen(shade, width, strength=0.9))
                item.setZValue(3)
                self._scene.addItem(item)
                self._rings.append(item)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Draw the clicks made on the picture that is shown: a dot for `is`, a cross for `is not`."""
        self._remove(self._marks)
        self._marks = []
        for mark in marks:
            item = QGraphicsEllipseItem(-_MARK, -_MARK, 2 * _MARK, 2 * _MARK)
            item.setFlag(QGraphicsEllipseItem.GraphicsItemFlag.ItemIgnoresTransformations)
            item.setPos(mark.x, mark.y)
            item.setZValue(4)
            if mark.kind is ClickKind.IS:
                item.setBrush(QColor(mark.colour))
                item.setPen(pen("#0E141A", 1.5))
            else:
                item.setBrush(QBrush(QColor("#C0362C"), Qt.BrushStyle.DiagCrossPattern))
                item.setPen(pen("#FF7B6E", 2.0))
            self._scene.addItem(item)
            self._marks.append(item)

    def show_outlines(self, outlines: Sequence[Outline]) -> None:
        """Draw these regions and no others; proposed ones dashed."""
        self._remove(self._outlines)
        self._outlines = []
        for outline in outlines:
            colour = REGION_COLOURS[outline.kind]
            item = QGraphicsPolygonItem(QPolygonF([QPointF(x, y) for x, y in outline.corners]))
            fill = QColor(colour)
            fill.setAlphaF(0.05 if outline.kind == "rink" else 0.16)
            item.setBrush(fill)
            item.setPen(pen(colour, 1.75, dashed=outline.proposed, strength=0.9))
            item.setZValue(1)
            self._scene.addItem(item)
            self._outlines.append(item)

    def _remove(self, items: Sequence[QAbstractGraphicsShapeItem]) -> None:
        for item in items:
            self._scene.removeItem(item)
