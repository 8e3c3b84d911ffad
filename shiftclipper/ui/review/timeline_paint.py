"""How the timeline is drawn: ruler with periods, people seen, one lane a player, playhead."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPolygonF

from shiftclipper.export.clock_text import clock
from shiftclipper.jobs.rows import ShiftRow
from shiftclipper.jobs.setup import Click, ClickKind
from shiftclipper.ui import words
from shiftclipper.ui.review.lanes import PROPOSED, REJECTED, Lane, Lanes
from shiftclipper.ui.review.scale import TimeScale
from shiftclipper.ui.tokens import STEP, Tokens

SEEN_HEIGHT = 22
"""Pixels of the strip that shows how many people were seen."""
_CLICKS = 9
"""Pixels above a lane's shifts where its clicks are."""
_NARROW = 2.0
"""Pixels that even the shortest shift is wide."""
_DOT = 9.0
_CORNER = 4.0
LOOKS = {"sure": "good", "probable": "accent", "check": "warn"}
"""Token of each degree of certainty."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of the timeline are, in pixels from its top left."""

    gutter: float
    """Width of the players' names at the left; 0 for a single player."""
    ruler: float
    """Height of the ruler; what people were seen in follows below it."""
    lane: float
    """Height of a lane."""

    @property
    def lanes_top(self) -> float:
        """Where the first lane begins."""
        return self.ruler + SEEN_HEIGHT + STEP

    def lane_rect(self, number: int, width: float) -> QRectF:
        """Return a lane's place, without the gutter."""
        return QRectF(0, self.lanes_top + number * self.lane, width, self.lane)

    def shift_rect(self, number: int, left: float, right: float) -> QRectF:
        """Return the place of a shift between two x in a lane."""
        top = self.lanes_top + number * self.lane + _CLICKS
        return QRectF(left, top, max(_NARROW, right - left), self.lane - _CLICKS - 3)


@dataclass(frozen=True)
class Scene:
    """All that one drawing of the timeline depends on."""

    lanes: Lanes
    scale: TimeScale
    places: Places
    tokens: Tokens
    font: QFont
    chosen: int | None = None
    """Id of the shift that is chosen."""
    moved: ShiftRow | None = None
    """A shift as it is while its edge is dragged."""
    current: int = 0
    """Number of the lane that is worked on."""
    seen: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    """(n,) people in the picture, over n equal parts of the game."""
    focused: bool = False


def paint(painter: QPainter, scene: Scene, height: float) -> None:
    """Draw all but the playhead. The painter's origin is where the timeline's time begins."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(scene.font)
    _paint_ruler(painter, scene)
    _paint_periods(painter, scene)
    _paint_seen(painter, scene)
    _paint_marks(painter, scene, height)
    _paint_period_names(painter, scene)
    for number, lane in enumerate(scene.lanes.players):
        _paint_lane(painter, scene, number, lane)


def paint_names(painter: QPainter, scene: Scene) -> None:
    """Draw the players' names; the painter's origin is the widget's."""
    if not scene.places.gutter:
        return
    metrics = QFontMetrics(scene.font)
    for number, lane in enumerate(scene.lanes.players):
        place = scene.places.lane_rect(number, scene.places.gutter)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(lane.colour))
        painter.drawRoundedRect(QRectF(2, place.center().y() - 4, 8, 8), 2, 2)
        painter.setPen(QColor(scene.tokens.ink if number == scene.current else scene.tokens.ink_2))
        room = place.adjusted(14, 0, -STEP, 0)
        text = metrics.elidedText(lane.name, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def paint_playhead(painter: QPainter, x: float, height: float, tokens: Tokens) -> None:
    """Draw where the picture is."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens.ink), 1.5))
    painter.drawLine(QLineF(x, 8, x, height))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.ink))
    painter.drawPolygon(
        QPolygonF(
            [QPointF(x - 5, 0), QPointF(x + 5, 0), QPointF(x + 5, 4), QPointF(x, 10), QPointF(x - 5, 4)]
        )
    )


def paint_begun(painter: QPainter, x: float, to: float, height: float, tokens: Tokens) -> None:
    """Draw the shift that was begun and not ended yet, from its start to the playhead."""
    shade = QColor(tokens.accent)
    painter.setPen(QPen(shade, 2, Qt.PenStyle.DashLine))
    painter.drawLine(QLineF(x, 0, x, height))
    shade.setAlphaF(0.14)
    if to > x:
        painter.fillRect(QRectF(x, 0, to - x, height), shade)


def _paint_ruler(painter: QPainter, scene: Scene) -> None:
    tokens, scale, ruler = scene.tokens, scene.scale, scene.places.ruler
    painter.fillRect(QRectF(0, ruler - 1, scale.width, 1), QColor(tokens.line))


def _paint_periods(painter: QPainter, scene: Scene) -> None:
    """Draw the periods behind the people that were seen in them."""
    tokens, scale, top = scene.tokens, scene.scale, scene.places.ruler
    for start, end in scene.lanes.periods:
        left, right = scale.x_of(float(start)), scale.x_of(float(end))
        if right >= 0 and left <= scale.width:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.tinted("accent", 0.1)))
            painter.drawRoundedRect(QRectF(left, top + 1, right - left, SEEN_HEIGHT), 3, 3)


def _paint_period_names(painter: QPainter, scene: Scene) -> None:
    """Draw the names of the periods at the left of what is shown of each."""
    tokens, scale, top = scene.tokens, scene.scale, scene.places.ruler
    for number, (start, end) in enumerate(scene.lanes.periods, 1):
        left, right = max(0.0, scale.x_of(float(start))), min(scale.width, scale.x_of(float(end)))
        place = QRectF(left, top, right - left, SEEN_HEIGHT).adjusted(STEP, 0, -STEP, 0)
        text = words.translate("Timeline", "P{number}").format(number=number)
        if place.width() >= painter.fontMetrics().horizontalAdvance(text):
            painter.setPen(QColor(tokens.accent))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def _paint_marks(painter: QPainter, scene: Scene, height: float) -> None:
    tokens, scale, ruler = scene.tokens, scene.scale, scene.places.ruler
    metrics = QFontMetrics(scene.font)
    wide = metrics.horizontalAdvance("0:00:00") + 5 * STEP
    for moment, has_text in scale.marks(wide):
        x = scale.x_of(moment)
        painter.setPen(QPen(QColor(tokens.line), 1))
        if not has_text:
            painter.drawLine(QLineF(x, ruler - 4, x, ruler))
            continue
        painter.drawLine(QLineF(x, ruler - 8, x, height))
        painter.setPen(QColor(tokens.ink_2))
        text = clock(moment)
        place = x + STEP
        if place + metrics.horizontalAdvance(text) <= scale.width:
            painter.drawText(QPointF(place, ruler - 1 - metrics.descent() - 2), text)


def _paint_seen(painter: QPainter, scene: Scene) -> None:
    """Draw how many people were in the picture: breaks between periods are where it falls."""
    count = len(scene.seen)
    top, scale = scene.places.ruler + 2, scene.scale
    if count == 0 or scale.duration <= 0:
        return
    most = max(float(np.percentile(scene.seen, 98)), 1.0)
    columns = np.arange(0, int(scale.width) + 2, 2, dtype=np.float64)
    moments = scale.start + columns * scale.seconds_per_pixel
    middles = (np.arange(count) + 0.5) * scale.duration / count
    heights = np.minimum(np.interp(moments, middles, scene.seen) / most, 1.0) * (SEEN_HEIGHT - 4)
    bottom = top + SEEN_HEIGHT - 2
    outline = [QPointF(x, bottom - high) for x, high in zip(columns.tolist(), heights.tolist(), strict=True)]
    path = QPainterPath(QPointF(0, bottom))
    for point in outline:
        path.lineTo(point)
    path.lineTo(QPointF(float(columns[-1]), bottom))
    path.closeSubpath()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(scene.tokens.tinted("ink_2", 0.3)))
    painter.drawPath(path)


def _paint_lane(painter: QPainter, scene: Scene, number: int, lane: Lane) -> None:
    tokens, scale = scene.tokens, scene.scale
    place = scene.places.lane_rect(number, scale.width)
    ground = scene.places.shift_rect(number, 0, scale.width)
    painter.setPen(Qt.PenStyle.NoPen)
    share = 0.1 if number == scene.current else 0.05
    painter.setBrush(QColor(tokens.tinted("ink_2", share)))
    painter.drawRoundedRect(ground, _CORNER, _CORNER)
    counted = 0
    last: ShiftRow | None = None
    for shift in lane.shifts:
        counted += shift.verdict != REJECTED
        shown = scene.moved if scene.moved is not None and scene.moved.id == shift.id else shift
        left, right = scale.x_of(float(shown.start)), scale.x_of(float(shown.end))
        if right < 0 or left > scale.width:
            continue
        if shift.id == scene.chosen:
            last = shown
        rect = scene.places.shift_rect(number, left, right).adjusted(0.5, 0.5, -0.5, -0.5)
        paint_shift(painter, rect, shown, tokens, str(counted))
    if last is not None:
        left, right = scale.x_of(float(last.start)), scale.x_of(float(last.end))
        _paint_chosen(painter, scene.places.shift_rect(number, left, right), tokens)
    for click in lane.clicks:
        x = scale.x_of(float(click.time))
        if -8 <= x <= scale.width + 8:
            _paint_click(painter, x, place.top() + 1, click, lane.colour, tokens)


def paint_shift(painter: QPainter, rect: QRectF, shift: ShiftRow, tokens: Tokens, text: str = "") -> None:
    """Draw one shift: full, with a bar or only outlined, as its dot is; struck through when it was rejected.

    Args:
        painter: with the font of the text.
        rect: where.
        shift: what.
        tokens: the colours.
        text: its number, where there is room for it.
    """
    icon = words.certainty(shift.confidence)[0]
    if shift.verdict == REJECTED:
        _paint_rejected(painter, rect, tokens)
        return
    colour = QColor(getattr(tokens, LOOKS[icon]))
    if rect.width() <= _CORNER:
        # Nothing round or light could be seen; and there may be thousands of them.
        painter.fillRect(rect, colour)
        return
    corner = min(_CORNER, rect.width() / 2)
    light = QColor(tokens.tinted(LOOKS[icon], 0.2))
    painter.setPen(Qt.PenStyle.NoPen)
    full = icon == "sure" or shift.verdict != PROPOSED
    painter.setBrush(colour if full else light)
    painter.drawRoundedRect(rect, corner, corner)
    if icon == "probable" and not full:
        painter.save()
        bar = max(4.0, rect.height() * 0.3)
        painter.setClipRect(QRectF(rect.left(), rect.bottom() - bar, rect.width(), bar))
        painter.setBrush(colour)
        painter.drawRoundedRect(rect, corner, corner)
        painter.restore()
    if not full and rect.width() > 4:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.5))
        painter.drawRoundedRect(rect.adjusted(0.75, 0.75, -0.75, -0.75), corner, corner)
    _paint_inside(painter, rect, shift, tokens, text, full=full)


def _paint_inside(
    painter: QPainter, rect: QRectF, shift: ShiftRow, tokens: Tokens, text: str, *, full: bool
) -> None:
    """Draw the dot, or the tick of a judged shift, and the number, as far as there is room."""
    icon = words.certainty(shift.confidence)[0]
    ink = QColor(tokens.surface if full else tokens.ink)
    if rect.width() < _DOT + 2 * STEP or rect.height() < _DOT + 2:
        return
    mark = QRectF(rect.left() + STEP, rect.center().y() - _DOT / 2, _DOT, _DOT)
    if shift.verdict == PROPOSED:
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if full or icon == "probable":
            painter.setBrush(QColor(tokens.surface))
        ring = mark.adjusted(1, 1, -1, -1)
        painter.setPen(QPen(ink if full else QColor(getattr(tokens, LOOKS[icon])), 1.5))
        painter.drawEllipse(ring)
        if icon == "probable" and not full:
            painter.setBrush(QColor(tokens.accent))
            painter.drawPie(ring, 90 * 16, 180 * 16)
    else:
        painter.setPen(QPen(ink, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(
            QPolygonF(
                [
                    QPointF(mark.left() + 1, mark.center().y()),
                    QPointF(mark.left() + 3.5, mark.bottom() - 2),
                    QPointF(mark.right() - 0.5, mark.top() + 1.5),
                ]
            )
        )
    room = rect.adjusted(_DOT + 2 * STEP, 0, -STEP, 0)
    if text and painter.fontMetrics().horizontalAdvance(text) <= room.width():
        painter.setPen(ink)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def _paint_rejected(painter: QPainter, rect: QRectF, tokens: Tokens) -> None:
    faint = QColor(tokens.tinted("ink_2", 0.55))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(faint, 1, Qt.PenStyle.DotLine))
    corner = min(_CORNER, rect.width() / 2)
    painter.drawRoundedRect(rect, corner, corner)
    painter.setPen(QPen(faint, 1.5))
    middle = rect.center().y()
    painter.drawLine(QLineF(rect.left(), middle, rect.right(), middle))


def _paint_chosen(painter: QPainter, rect: QRectF, tokens: Tokens) -> None:
    """Draw a frame around the chosen shift, with a grip at each edge."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(tokens.ink), 2))
    painter.drawRoundedRect(rect.adjusted(-1.5, -1.5, 1.5, 1.5), _CORNER + 1.5, _CORNER + 1.5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.ink))
    middle = rect.center().y()
    for x in (rect.left() - 1.5, rect.right() + 1.5):
        painter.drawRoundedRect(QRectF(x - 2.5, middle - 6, 5, 12), 2, 2)


def _paint_click(painter: QPainter, x: float, top: float, click: Click, colour: str, tokens: Tokens) -> None:
    """Draw a click: a wedge where the player is, a cross where he is not, a bar where he is off the ice."""
    if click.kind is ClickKind.IS:
        painter.setPen(QPen(QColor(tokens.ink), 0.75))
        painter.setBrush(QColor(colour))
        painter.drawPolygon(QPolygonF([QPointF(x - 4, top), QPointF(x + 4, top), QPointF(x, top + 7)]))
        return
    painter.setPen(QPen(QColor(tokens.bad if click.kind is ClickKind.IS_NOT else tokens.ink_2), 1.75))
    if click.kind is ClickKind.IS_NOT:
        painter.drawLines([QLineF(x - 3, top, x + 3, top + 6), QLineF(x - 3, top + 6, x + 3, top)])
    else:
        painter.drawLine(QLineF(x - 4, top + 3, x + 4, top + 3))


def name_width(lanes: Sequence[Lane], font: QFont) -> float:
    """Return how wide the gutter with the players' names is; nothing for a single player."""
    if len(lanes) < 2:
        return 0.0
    metrics = QFontMetrics(font)
    widest = max(metrics.horizontalAdvance(lane.name) for lane in lanes)
    return float(min(widest, metrics.height() * 6) + 14 + 2 * STEP)
