"""Picking: the box under the mouse lights up, a click on it says who the player is."""

from fractions import Fraction

import numpy as np
from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QSizeF, Signal, Slot
from PySide6.QtGui import QAction, QColor, QImage
from PySide6.QtWidgets import QMenu

from shiftclipper.jobs.corrections import SetupChanged, named
from shiftclipper.jobs.rows import ShiftRow
from shiftclipper.jobs.setup import SAME_MOMENT, Click, ClickKind, Setup
from shiftclipper.ui.job_actions import JobActions
from shiftclipper.ui.picture import changes
from shiftclipper.ui.picture.boxes import MOVING, Box, Boxes, box_at
from shiftclipper.ui.picture.canvas import Canvas
from shiftclipper.ui.picture.overlay import Mark, Outline, player_colour
from shiftclipper.ui.picture.playback import Playback

_TORSO = (0.3, 0.2, 0.7, 0.5)
"""Left, top, right, bottom of the jersey, as shares of a box."""
_NAMES = {ClickKind.IS: "click", ClickKind.IS_NOT: "not", ClickKind.OFF_ICE: "off-ice"}
"""Keys of the words for a click; see `ui.correction_words`."""
_DROP = 4
"""Pixels of the shown picture; half the side of what the eyedropper looks at."""


class Picker(QObject):
    """Turns what is done with the mouse on the picture into clicks of the setup, and draws them."""

    colour_taken = Signal(str)
    """`#rrggbb` under the eyedropper."""
    marked = Signal(object)
    """Click that the person just made on the film; it is being written."""

    def __init__(self, canvas: Canvas, playback: Playback, actions: JobActions, parent: QObject) -> None:
        """Watch a canvas and its playback; what is clicked is written through `actions`."""
        super().__init__(parent)
        self._canvas, self._playback, self._actions = canvas, playback, actions
        self._job_id = ""
        self._setup = Setup()
        self._players: list[int] = []
        self._shifts: list[ShiftRow] = []
        self._boxes = Boxes()
        self._position = 0
        self._dropper = False
        self._following = False
        self._asked = ""
        self._mouse: QPointF | None = None
        self._proposed: list[Outline] = []
        canvas.hovered.connect(self._hover)
        canvas.clicked.connect(self._click)
        canvas.menu_asked.connect(self._menu)
        playback.position_changed.connect(self.draw)
        playback.playing_changed.connect(self.draw)

    @property
    def job_id(self) -> str:
        """Id of the job whose picture is shown."""
        return self._job_id

    @property
    def picture_size(self) -> QSizeF:
        """Width and height of the picture in source pixels."""
        return self._canvas.picture_size

    @property
    def position(self) -> int:
        """Of the player who is picked, among the job's players; one past the last is a new one."""
        return self._position

    @property
    def setup(self) -> Setup:
        """What the person said, as it was last read."""
        return self._setup

    def show_job(self, job_id: str, setup: Setup, players: list[int], shifts: list[ShiftRow]) -> None:
        """Show a job as the database has it now.

        Args:
            job_id: of the job.
            setup: what the person said.
            players: ids of its players, by position.
            shifts: of all players.
        """
        if job_id != self._job_id:
            self._boxes, self._position, self._proposed = Boxes(), 0, []
        self._job_id, self._setup, self._players, self._shifts = job_id, setup, players, shifts
        self._position = min(self._position, len(setup.players))
        self.draw()

    def show_boxes(self, boxes: Boxes) -> None:
        """Take what is known of where people are."""
        self._boxes = boxes
        self.draw()

    def show_proposed(self, outlines: list[Outline]) -> None:
        """Draw proposed regions until they are taken or not."""
        self._proposed = outlines
        self.draw()

    def choose(self, position: int) -> None:
        """Pick clicks for another player."""
        self._position = min(position, len(self._setup.players))
        self.draw()

    def use_dropper(self, on: bool) -> None:
        """Let the next click take a colour instead of marking the player."""
        self._dropper = on
        self.draw()

    def follow(self, on: bool) -> None:
        """Let the film play on when it is clicked, and light up only who is under the mouse meanwhile."""
        self._following = on
        self.draw()

    def ask(self, sentence: str) -> None:
        """Show another sentence on the picture than the usual one; an empty one ends that."""
        self._asked = sentence
        self._canvas.say(self._sentence())

    @Slot()
    def draw(self) -> None:
        """Draw what belongs on the picture that is shown."""
        overlay, moment = self._canvas.overlay, self._playback.position
        if self._playback.playing and self._following and self._mouse is not None:
            under = self._box_at(self._mouse)
            overlay.show_boxes([under] if under is not None else [])
        elif self._playback.playing:
            overlay.show_boxes([])
        else:
            overlay.show_boxes(self._boxes.at(float(moment)))
        overlay.show_rings(self._rings(moment))
        overlay.show_marks(self._marks(moment))
        overlay.show_outlines([*self._outlines(moment), *self._proposed])
        self._light()
        self._canvas.say(self._sentence())

    def mark(self, place: QPointF, kind: ClickKind) -> None:
        """Say what a place of the picture is, in source pixels; a box there is meant as a whole."""
        moment = self._playback.position
        box = self._box_at(place)
        x, y = box.centre if box is not None else (place.x(), place.y())
        size = self._canvas.picture_size
        click = Click(
            moment, kind, min(1.0, max(0.0, x / size.width())), min(1.0, max(0.0, y / size.height()))
        )
        colour = self._jersey(box) if kind is ClickKind.IS and box is not None else None
        self.marked.emit(click)
        self._write(changes.added_click(self._position, click, colour), named(_NAMES[kind], moment))

    @Slot()
    def mark_off_ice(self) -> None:
        """Say that the player is not on the ice now."""
        self._pause()
        click = Click(self._playback.position, ClickKind.OFF_ICE)
        self.marked.emit(click)
        self._write(changes.added_click(self._position, click), named(_NAMES[click.kind], click.time))

    @Slot()
    def undo(self) -> None:
        """Take back the player's newest click."""
        self._write(changes.without_last_click(self._position), "click-withdrawn")

    def _write(self, change: changes.Change, what: str) -> None:
        if self._job_id:
            self._actions.change_setup(self._job_id, change, self._written, what)

    def _written(self, written: SetupChanged) -> None:
        if written.job_id == self._job_id:
            self._setup = written.after
            self._position = min(self._position, max(0, len(written.after.players) - 1))
            self.draw()

    def _pause(self) -> None:
        if not self._following:
            self._playback.pause()

    # Drawing

    def _colour(self) -> str:
        return player_colour(self._position)

    def _rings(self, moment: Fraction) -> list[tuple[Box, str]]:
        found = []
        for shift in self._shifts:
            if not shift.start <= moment < shift.end or shift.verdict == "rejected":
                continue
            seen = (self._boxes.of_tracklet(number, float(moment)) for number in shift.tracklet_ids)
            box = next((one for one in seen if one is not None), None)
            if box is not None and shift.player_id in self._players:
                found.append((box, player_colour(self._players.index(shift.player_id))))
        return found

    def _marks(self, moment: Fraction) -> list[Mark]:
        size = self._canvas.picture_size
        return [
            Mark(click.kind, click.x * size.width(), click.y * size.height(), player_colour(position))
            for position, player in enumerate(self._setup.players)
            for click in player.clicks
            if click.x is not None and click.y is not None and abs(click.time - moment) < SAME_MOMENT
        ]

    def _outlines(self, moment: Fraction) -> list[Outline]:
        if self._canvas.tool is not None:
            return []  # the editor draws them
        if self._setup.settings.camera != "fixed_wide" and moment > 1:
            return []  # drawn on the first picture, which is not what the camera sees now
        size = self._canvas.picture_size
        regions = self._setup.regions
        drawn = [("rink", [regions.rink] if regions.rink else []), ("bench", regions.bench)]
        drawn.append(("penalty", regions.penalty))
        return [
            Outline(kind, tuple((x * size.width(), y * size.height()) for x, y in polygon))
            for kind, polygons in drawn
            for polygon in polygons
        ]

    def _sentence(self) -> str:
        if self._playback.film is None or self._canvas.tool is not None:
            return ""
        if self._asked:
            return self._asked
        if self._dropper:
            return self.tr("Click on the jersey")
        fresh = self._position >= len(self._setup.players)
        if fresh or not self._setup.players[self._position].clicks_of(ClickKind.IS):
            return self.tr("Click on your player")
        return ""

    def _light(self) -> None:
        box = self._box_at(self._mouse) if self._mouse is not None and not self._dropper else None
        self._canvas.overlay.light(box, self._colour())

    def _box_at(self, place: QPointF) -> Box | None:
        boxes = self._boxes.at(float(self._playback.position))
        if self._following and self._playback.playing:
            return box_at(boxes, place.x(), place.y(), MOVING)
        return box_at(boxes, place.x(), place.y())

    # The mouse

    @Slot(object)
    def _hover(self, place: QPointF | None) -> None:
        self._mouse = place
        if self._following and self._playback.playing:
            self.draw()
        else:
            self._light()

    @Slot(QPointF)
    def _click(self, place: QPointF) -> None:
        if self._playback.film is None or self._playback.seeking:
            return
        self._pause()
        if self._dropper:
            self.use_dropper(False)
            self.colour_taken.emit(self._colour_at(place))
        else:
            self.mark(place, ClickKind.IS)

    @Slot(QPointF, QPoint)
    def _menu(self, place: QPointF, at: QPoint) -> None:
        if self._playback.film is None or self._playback.seeking:
            return
        self._playback.pause()
        menu = QMenu(self._canvas)
        menu.setObjectName("pictureMenu")
        name = self.tr("the player")
        if self._position < len(self._setup.players):
            name = self._setup.players[self._position].name or name
        for text, what in (
            (self.tr("This is {name}").format(name=name), ClickKind.IS),
            (self.tr("Not him"), ClickKind.IS_NOT),
            (self.tr("On the bench now"), ClickKind.OFF_ICE),
        ):
            menu.addAction(text).setData((what, place))
        menu.triggered.connect(self._menu_chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    @Slot(QAction)
    def _menu_chosen(self, action: QAction) -> None:
        kind, place = action.data()
        if kind is ClickKind.OFF_ICE:
            self.mark_off_ice()
        else:
            self.mark(place, kind)

    # Colours

    def _jersey(self, box: Box) -> str | None:
        left, top, right, bottom = _TORSO
        wide, high = box.right - box.left, box.bottom - box.top
        return self._mean(
            box.left + left * wide, box.top + top * high, box.left + right * wide, box.top + bottom * high
        )

    def _colour_at(self, place: QPointF) -> str:
        reach = _DROP * self._canvas.source_pixels(1)
        x, y = place.x(), place.y()
        return self._mean(x - reach, y - reach, x + reach, y + reach) or "#808080"

    def _mean(self, left: float, top: float, right: float, bottom: float) -> str | None:
        """Return the median colour of a part of the picture that is shown, given in source pixels."""
        picture = self._playback.sink.videoFrame().toImage()
        if picture.isNull():
            return None
        size = self._canvas.picture_size
        across, down = picture.width() / size.width(), picture.height() / size.height()
        part = QRect(
            QPoint(int(left * across), int(top * down)), QPoint(int(right * across), int(bottom * down))
        )
        part = part.intersected(picture.rect())
        if part.isEmpty():
            return None
        pixels = picture.copy(part).convertToFormat(QImage.Format.Format_RGB888)
        lines = np.frombuffer(pixels.constBits(), np.uint8).reshape(pixels.height(), pixels.bytesPerLine())
        colours = lines[:, : 3 * pixels.width()].reshape(-1, 3)
        red, green, blue = (round(float(value)) for value in np.median(colours, axis=0))
        return QColor(red, green, blue).name()
