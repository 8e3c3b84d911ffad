"""The timeline below the picture: shifts of every player over the game, moved and trimmed with the mouse."""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from shiftclipper.export.clock_text import clock, exact_clock
from shiftclipper.jobs.rows import ShiftRow
from shiftclipper.ui.picture.film import Film
from shiftclipper.ui.review import edges
from shiftclipper.ui.review.edges import EdgeDrag
from shiftclipper.ui.review.hover_card import HoverCard, shift_words
from shiftclipper.ui.review.lanes import Lanes
from shiftclipper.ui.review.scale import TimeScale
from shiftclipper.ui.review.thumbnails import Thumbnails
from shiftclipper.ui.review.timeline_paint import (
    Places,
    Scene,
    name_width,
    paint,
    paint_begun,
    paint_names,
    paint_playhead,
)
from shiftclipper.ui.theme import Theme
from shiftclipper.ui.tokens import LABEL_SHARE, STEP

_NOTCH = 1.3
_TURN = 120.0
"""Wheel units of one notch."""
_FEW_LANES, _MOST_HEIGHT = 3, 190
"""Up to so many players lanes are as high as they like; more share so many pixels."""
_LOWEST_LANE = 20
_FOLLOW_MARGIN = 0.04
"""Share of the width; while the film plays, the playhead is kept so far from the right edge."""
_LEAST_FRAME = Fraction(1, 1000)


class Timeline(QWidget):
    """Shows a game's lanes; says what is done to them and changes nothing itself."""

    moment_asked = Signal(object)
    """Fraction: game time that the picture is to show."""
    shift_chosen = Signal(object)
    """Id of the shift that was clicked, or None for a click beside all of them."""
    lane_chosen = Signal(int)
    """Number of the lane that was clicked."""
    times_dragged = Signal(int, object, object)
    """Id of a shift, and the start and end that its edge was dragged to."""
    menu_asked = Signal(QPoint)
    """Where on the screen the menu is wanted."""
    zoom_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Begin without a game."""
        super().__init__(parent)
        self._theme = theme
        self._lanes = Lanes()
        self._scale = TimeScale()
        self._places = Places(0, 20, 32)
        self._film: Film | None = None
        self._seen: NDArray[np.float32] = np.zeros(0, np.float32)
        self._moment = Fraction(0)
        self._begun: Fraction | None = None
        self._chosen: int | None = None
        self._current = 0
        self._drag: EdgeDrag | None = None
        self._let_go: ShiftRow | None = None
        """A shift as it was dragged, until the database has it."""
        self._pressed: Qt.MouseButton | None = None
        self._last = QPointF()
        self._drawn: QPixmap | None = None
        self.thumbnails = Thumbnails(self)
        self.thumbnails.taken.connect(self._show_hover)
        self.card: HoverCard | None = None
        """What is shown above the mouse; made when it is first needed."""
        self._hover: QPointF | None = None
        self.setObjectName("timeline")
        self.setAccessibleName(self.tr("Timeline of the shifts"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._dress)
        self._dress()

    # What is shown

    @property
    def scale(self) -> TimeScale:
        """The part of the game that is shown; places are from the right of the players' names."""
        return self._scale

    @property
    def places(self) -> Places:
        """Where the parts of the timeline are."""
        return self._places

    def show_lanes(self, lanes: Lanes) -> None:
        """Show a game as the database has it now."""
        other = lanes.job_id != self._lanes.job_id
        self._let_go = None
        if lanes == self._lanes:
            self._redraw()
            return
        self._lanes = lanes
        if other:
            self._scale = TimeScale()
            self._seen, self._moment, self._begun, self._drag = (
                np.zeros(0, np.float32),
                Fraction(0),
                None,
                None,
            )
        if self._drag is not None and lanes.shift(self._drag.shift.id) is None:
            self._drag = None
        self._lay_out()

    def show_film(self, film: Film | None) -> None:
        """Know the frames of the film, so that edges lie on them; take small pictures from it."""
        self._film = film
        self.thumbnails.open(film)
        self._lay_out()

    def show_seen(self, seen: NDArray[np.float32]) -> None:
        """Show how many people are in the picture: (n,) over n equal parts of the game."""
        self._seen = seen
        self._redraw()

    def show_moment(self, moment: Fraction, *, playing: bool = False) -> None:
        """Put the playhead somewhere; while it plays, the view follows."""
        self._moment = moment
        x = self._scale.x_of(float(moment))
        if playing and self._pressed is None and not 0 <= x <= self._scale.width * (1 - _FOLLOW_MARGIN):
            ahead = float(moment) - _FOLLOW_MARGIN * self._scale.span - self._scale.start
            self._look(self._scale.moved(ahead))
        self.update()

    def show_begun(self, start: Fraction | None) -> None:
        """Show the start of a shift that has no end yet."""
        self._begun = start
        self.update()

    def choose(self, shift: ShiftRow | None, lane: int) -> None:
        """Frame a shift, and bring it into view."""
        another = shift is not None and shift.id != self._chosen
        self._chosen = None if shift is None else shift.id
        self._current = lane
        said = ""
        if shift is not None:
            number = edges.number_of(self._lanes, shift)
            said = shift_words(number, "", shift).replace("\n", ", ")
            # Only then: whoever has moved the view meanwhile is not brought back by every correction.
            if another and self._drag is None:
                self._look(self._scale.showing(float(shift.start), float(shift.end)))
        self.setAccessibleDescription(said)
        self._redraw()

    @Slot()
    def zoom_in(self) -> None:
        """Look closer, around the playhead or the middle."""
        self._zoom(_NOTCH * _NOTCH)

    @Slot()
    def zoom_out(self) -> None:
        """Look from farther away."""
        self._zoom(1 / (_NOTCH * _NOTCH))

    def scroll_to(self, start: float) -> None:
        """Show the game from a moment on, in seconds."""
        self._look(self._scale.moved(start - self._scale.start))

    def shut_down(self) -> None:
        """Take no more small pictures."""
        self.thumbnails.shut_down()

    def sizeHint(self) -> QSize:
        """Return a comfortable width and the height of all lanes."""
        height = self._places.lanes_top + max(1, len(self._lanes.players)) * self._places.lane + STEP
        return QSize(480, round(height))

    def minimumSizeHint(self) -> QSize:
        """Return the least width, and the same height."""
        return QSize(240, self.sizeHint().height())

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lanes from what was drawn last, and the playhead over it."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture())
        painter.setClipRect(self.rect().adjusted(round(self._places.gutter), 0, 0, 0))
        painter.translate(self._places.gutter, 0)
        x = self._scale.x_of(float(self._moment))
        if self._begun is not None:
            paint_begun(painter, self._scale.x_of(float(self._begun)), x, self.height(), self._theme.tokens)
        if self._scale.duration > 0 and -6 <= x <= self._scale.width + 6:
            paint_playhead(painter, x, self.height(), self._theme.tokens)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the same part of the game on another width."""
        super().resizeEvent(event)
        self._lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the mouse; with Shift or sideways, move along the game."""
        turned = event.angleDelta()
        sideways = turned.x() if turned.x() else turned.y()
        if turned.x() or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._look(self._scale.moved(-sideways / _TURN * 0.15 * self._scale.span))
        elif turned.y():
            around = self._scale.time_at(self._x(event.position()))
            self._look(self._scale.zoomed(_NOTCH ** (turned.y() / _TURN), around))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Zoom with two fingers."""
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture
        ):
            around = self._scale.time_at(self._x(event.position()))
            self._look(self._scale.zoomed(1 + event.value(), around))
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hold an edge, choose a shift, or go to a moment."""
        self._last, self._pressed = event.position(), event.button()
        self._hide_card()
        if event.button() is not Qt.MouseButton.LeftButton or self._scale.duration <= 0:
            return
        number = self._lane_at(event.position())
        x = self._x(event.position())
        if number is not None:
            lane = self._lanes.players[number]
            self.lane_chosen.emit(number)
            held = edges.edge_at(lane, self._scale, x, self._chosen)
            if held is not None:
                shift, is_start = held
                self.shift_chosen.emit(shift.id)
                self._drag = edges.begin_drag(lane, shift, is_start=is_start, duration=self._lanes.duration)
                self._follow_edge()
                return
            found = edges.shift_at(lane, self._scale, x)
            self.shift_chosen.emit(None if found is None else found.id)
        self._ask_moment(x)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what is held, scrub, or show what is under the mouse."""
        x = self._x(event.position())
        if self._drag is not None:
            self._drag = self._drag.to(Fraction(self._scale.time_at(x)), self._snap)
            self._follow_edge()
            self._redraw()
        elif self._pressed is Qt.MouseButton.LeftButton:
            self._ask_moment(x)
        elif self._pressed is Qt.MouseButton.MiddleButton:
            moved = (self._last.x() - event.position().x()) * self._scale.seconds_per_pixel
            self._look(self._scale.moved(moved))
        self._last = event.position()
        self._hover = event.position() if self._pressed is None else None
        if self._pressed is None:
            self._show_hover()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go; an edge that was moved is to stay there."""
        self._pressed = None
        drag, self._drag = self._drag, None
        if drag is not None:
            if drag.changed:
                self._let_go = drag.moved
                self.times_dragged.emit(drag.shift.id, drag.moved.start, drag.moved.end)
            self._redraw()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more."""
        super().leaveEvent(event)
        self._hover = None
        self._hide_card()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what is under the mouse."""
        place = QPointF(event.pos())
        number = self._lane_at(place)
        if event.reason() is QContextMenuEvent.Reason.Mouse and number is not None:
            self.lane_chosen.emit(number)
            found = edges.shift_at(self._lanes.players[number], self._scale, self._x(place))
            self.shift_chosen.emit(None if found is None else found.id)
            self._ask_moment(self._x(place))
        self._hide_card()
        self.menu_asked.emit(event.globalPos())
        event.accept()

    # Inside

    def _x(self, place: QPointF) -> float:
        return place.x() - self._places.gutter

    def _lane_at(self, place: QPointF) -> int | None:
        number = int((place.y() - self._places.lanes_top) // self._places.lane)
        return number if 0 <= number < len(self._lanes.players) else None

    def _snap(self, moment: Fraction) -> Fraction:
        """Return the beginning of the nearest frame; the end of the game is one too."""
        if self._film is None:
            return moment.limit_denominator(1000)
        if moment >= self._film.duration:
            return self._film.duration
        part, frame = self._film.place(moment)
        before = self._film.moment(part, frame)
        after = self._film.moment(*self._film.moved(part, frame, 1))
        after = after if after > before else self._film.duration
        return before if moment - before <= after - moment else after

    def _ask_moment(self, x: float) -> None:
        self.moment_asked.emit(Fraction(self._scale.time_at(x)).limit_denominator(100_000))

    def _follow_edge(self) -> None:
        """Let the picture show the first frame of the shift, or the last one."""
        if self._drag is not None:
            now = self._drag.now
            self.moment_asked.emit(now if self._drag.is_start else max(Fraction(0), now - _LEAST_FRAME))

    def _zoom(self, factor: float) -> None:
        around = float(self._moment)
        if not self._scale.start <= around <= self._scale.end:
            around = (self._scale.start + self._scale.end) / 2
        self._look(self._scale.zoomed(factor, around))

    def _look(self, scale: TimeScale) -> None:
        if scale != self._scale:
            self._scale = scale
            self._redraw()
            self.zoom_changed.emit()

    def _dress(self) -> None:
        font = QFont(self.font())
        font.setPixelSize(max(9, round(self.fontInfo().pixelSize() * LABEL_SHARE)))
        self._font = font
        self._lay_out()

    def _lay_out(self) -> None:
        """Find places for what there is now."""
        line = self.fontMetrics().height()
        count = len(self._lanes.players)
        lane = line + (30.0 if count == 1 else 22.0)
        if count > _FEW_LANES:
            lane = max(float(_LOWEST_LANE), min(lane, _MOST_HEIGHT / count))
        places = Places(name_width(self._lanes.players, self._font), line + 6, lane)
        if places != self._places:
            self._places = places
            self.updateGeometry()
        duration = self._film.duration if self._film is not None else self._lanes.duration
        scale = self._scale.resized(float(duration), max(1.0, self.width() - places.gutter))
        self._look(scale)
        self._redraw()

    def _redraw(self) -> None:
        self._drawn = None
        self.update()

    def _picture(self) -> QPixmap:
        """Return everything but the playhead; drawn anew when something of it has changed."""
        if self._drawn is not None:
            return self._drawn
        ratio = self.devicePixelRatioF()
        drawn = QPixmap(self.size() * ratio)
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(Qt.GlobalColor.transparent)
        scene = Scene(
            self._lanes,
            self._scale,
            self._places,
            self._theme.tokens,
            self._font,
            chosen=self._chosen,
            moved=self._let_go if self._drag is None else self._drag.moved,
            current=self._current,
            seen=self._seen,
        )
        painter = QPainter(drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        paint_names(painter, scene)
        painter.setClipRect(self.rect().adjusted(round(self._places.gutter), 0, 0, 0))
        painter.translate(self._places.gutter, 0)
        if self._scale.duration > 0:
            paint(painter, scene, self.height())
        painter.end()
        self._drawn = drawn
        return drawn

    # Under the mouse

    @Slot()
    def _show_hover(self) -> None:
        if self._hover is None or self._scale.duration <= 0 or self._x(self._hover) < 0:
            self._hide_card()
            return
        x = self._x(self._hover)
        number = self._lane_at(self._hover)
        held = found = None
        if number is not None:
            lane = self._lanes.players[number]
            held = edges.edge_at(lane, self._scale, x, self._chosen)
            found = held[0] if held is not None else edges.shift_at(lane, self._scale, x)
        self.setCursor(Qt.CursorShape.SizeHorCursor if held is not None else Qt.CursorShape.ArrowCursor)
        moment = Fraction(self._scale.time_at(x))
        said = ""
        if found is not None:
            name = self._lanes.lane_of(found).name if len(self._lanes.players) > 1 else ""
            said = shift_words(edges.number_of(self._lanes, found), name, found)
        close = self._scale.seconds_per_pixel < 0.05
        self._show_card(exact_clock(moment) if close else clock(moment), moment, said)

    def _show_card(self, text: str, moment: Fraction, said: str) -> None:
        window = self.window()
        if self.card is None or self.card.parent() is not window:
            self.card = HoverCard(window)
        assert self._hover is not None
        above = self.mapTo(window, QPoint(round(self._hover.x()), 0))
        within = QRect(self.mapTo(window, QPoint(0, 0)), self.size())
        within.setTop(0)
        self.card.show_moment(text, self.thumbnails.picture(moment), said, above, within)

    def _hide_card(self) -> None:
        if self.card is not None:
            self.card.hide()
        self.unsetCursor()
