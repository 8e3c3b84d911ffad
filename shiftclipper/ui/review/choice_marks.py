"""The people of a question in the large picture: a frame around each, with the number of its key."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPointF, QRectF, Signal, Slot
from PySide6.QtGui import QColor, QFont, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem, QGraphicsSimpleTextItem

from shiftclipper.identity import Choice, Question
from shiftclipper.ui.picture.canvas import Canvas
from shiftclipper.ui.picture.overlay import pen
from shiftclipper.ui.picture.playback import Playback

_REACH = 0.1
"""Seconds; pictures this near to the question's moment show where its people are."""
_TAG = 18.0
"""Pixels of the screen; side of the number's place."""
_PAPER, _INK = "#F6F9FC", "#0E141A"
_LAYER = 6


class ChoiceMarks(QObject):
    """Draws while the picture of the question is shown, and only then."""

    shown_changed = Signal(bool)
    """Whether the people of the question are marked in the picture now."""

    def __init__(self, canvas: Canvas, playback: Playback, parent: QObject) -> None:
        """Begin put aside, with nothing to draw."""
        super().__init__(parent)
        self._canvas, self._playback = canvas, playback
        self._question: Question | None = None
        self._items: list[QGraphicsItem] = []
        self._aside, self._told = True, False
        playback.position_changed.connect(self._follow)
        playback.playing_changed.connect(self._follow)

    @property
    def numbers(self) -> list[int]:
        """The numbers that are drawn, from 1."""
        count = 0 if self._question is None else len(self._question.choices)
        return list(range(1, count + 1)) if self._shown else []

    def show_question(self, question: Question | None) -> None:
        """Mark the people of another question, or nobody."""
        for item in self._items:
            self._canvas.scene().removeItem(item)
        self._question = question
        self._items = _frames(question.choices) if question is not None else []
        for item in self._items:
            self._canvas.scene().addItem(item)
        self._follow()

    def set_aside(self, aside: bool) -> None:
        """Draw nothing for a while, or go on."""
        self._aside = aside
        self._follow()

    @property
    def _shown(self) -> bool:
        question = self._question
        if question is None or self._aside or self._playback.playing:
            return False
        return abs(float(self._playback.position) - question.time) <= _REACH

    @Slot()
    def _follow(self) -> None:
        shown = self._shown
        for item in self._items:
            item.setVisible(shown)
        if shown != self._told:
            self._told = shown
            self.shown_changed.emit(shown)


def _frames(choices: Sequence[Choice]) -> list[QGraphicsItem]:
    # All numbers above all frames: people stand close together.
    return [
        *(_frame(choice) for choice in choices),
        *(_tag(number, choice) for number, choice in enumerate(choices, 1)),
    ]


def _frame(choice: Choice) -> QGraphicsItem:
    left, top, right, bottom = choice.box
    place = QRectF(left, top, right - left, bottom - top)
    dark = QGraphicsRectItem(place)
    dark.setPen(pen(_INK, 4.0, strength=0.8))
    dark.setZValue(_LAYER)
    light = QGraphicsRectItem(place, dark)
    light.setPen(pen(_PAPER, 2.0))
    return dark


def _tag(number: int, choice: Choice) -> QGraphicsItem:
    left, top, right, _ = choice.box
    tag = QGraphicsRectItem(-_TAG / 2, -_TAG, _TAG, _TAG)
    tag.setZValue(_LAYER + 1)
    tag.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
    tag.setPos(QPointF((left + right) / 2, top))
    tag.setBrush(QColor(_PAPER))
    tag.setPen(QPen(QColor(_INK), 1.5))
    text = QGraphicsSimpleTextItem(str(number), tag)
    font = QFont()
    font.setPixelSize(13)
    font.setWeight(QFont.Weight.Bold)
    text.setFont(font)
    text.setBrush(QColor(_INK))
    size = text.boundingRect()
    text.setPos(-size.width() / 2, -_TAG / 2 - size.height() / 2)
    return tag
