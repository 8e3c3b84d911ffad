"""The timeline itself: where moments are, how shifts look, how far edges go, what is played and typed."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shiftclipper.errors import UserError
from shiftclipper.export.clock_text import exact_clock
from shiftclipper.jobs.rows import ShiftRow
from shiftclipper.jobs.setup import Click, ClickKind
from shiftclipper.ui.picture.boxes import Boxes
from shiftclipper.ui.review.edges import begin_drag, edge_at, number_of, shift_at
from shiftclipper.ui.review.lanes import Lane, Lanes
from shiftclipper.ui.review.only_shifts import OnlyShifts
from shiftclipper.ui.review.scale import TimeScale
from shiftclipper.ui.review.timeline import Timeline
from shiftclipper.ui.review.typed_times import read_time
from shiftclipper.ui.theme import Theme
from tests.ui.reviewed_games import people

SCHEMES = [Qt.ColorScheme.Light, Qt.ColorScheme.Dark]


def shift(number: int, start: float, end: float, confidence: float, verdict: str = "proposed") -> ShiftRow:
    """Return a shift of player 1."""
    times = Fraction(str(start)), Fraction(str(end))
    return ShiftRow(number, 1, *times, confidence, "gate", "gate", (), (), "auto", verdict)


SHIFTS = (
    shift(1, 10, 30, 0.97),
    shift(2, 40, 60, 0.74),
    shift(3, 70, 90, 0.41),
    shift(4, 100, 120, 0.41, "accepted"),
    shift(5, 130, 150, 0.97, "rejected"),
    shift(6, 160, 180, 0.97),
)


def game(*shifts: ShiftRow, clicks: tuple[Click, ...] = (), duration: int = 200) -> Lanes:
    """Return a game of one player."""
    lane = Lane(1, 0, "Sam #17", "#F2B356", shifts, clicks)
    return Lanes("one", Fraction(duration), (lane,), ((Fraction(0), Fraction(90)),))


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The application's look, light or dark as a test forces it."""
    made = Theme(qapp)
    yield made
    made.force(None)
    made.setParent(None)


@pytest.fixture
def timeline(qtbot: QtBot, theme: Theme) -> Iterator[Timeline]:
    """A timeline of 800 pixels over a game of 200 seconds."""
    made = Timeline(theme)
    qtbot.addWidget(made)
    made.show_lanes(game(*SHIFTS))
    made.resize(800, made.sizeHint().height())
    # It is not shown, and would only then hear of its width.
    made.show_film(None)
    yield made
    made.shut_down()


# Where moments are


@given(
    st.floats(1, 20_000),
    st.integers(50, 4000),
    st.lists(st.tuples(st.floats(0.2, 5), st.floats(0, 1), st.floats(-500, 500)), max_size=8),
)
def test_the_view_stays_inside_the_game(
    duration: float, width: int, moves: list[tuple[float, float, float]]
) -> None:
    """However it is zoomed and moved; a place is the place of its moment."""
    scale = TimeScale().resized(duration, width)
    for factor, share, seconds in moves:
        around = scale.start + share * scale.span
        zoomed = scale.zoomed(factor, around)
        scale = zoomed.moved(seconds)
        assert 1 <= scale.zoom <= max(1.0, scale.closest)
        assert scale.start >= 0
        assert scale.end <= duration * (1 + 1e-9)
        assert scale.time_at(scale.x_of(scale.start + scale.span / 3)) == pytest.approx(
            scale.start + scale.span / 3
        )


def test_zooming_keeps_what_is_under_the_mouse() -> None:
    """Unless the edge of the game is in the way."""
    scale = TimeScale().resized(3600, 1000).zoomed(8, 1800)
    closer = scale.zoomed(1.3, 1790)
    assert closer.x_of(1790) == pytest.approx(scale.x_of(1790))


def test_the_texts_of_the_ruler_have_room() -> None:
    """At every zoom there are some, and never nearer than asked for."""
    scale = TimeScale().resized(3670, 640)
    while scale.zoom < scale.closest:
        texts = [scale.x_of(moment) for moment, has_text in scale.marks(80) if has_text]
        assert all(after - before >= 80 for before, after in itertools.pairwise(texts))
        assert scale.zoom > 200 or texts
        scale = scale.zoomed(2, 1000)


# How it looks


def picture(timeline: Timeline) -> NDArray[np.int64]:
    """Return the timeline as it is drawn: (height, width, 3), red, green, blue."""
    image = QImage(timeline.size(), QImage.Format.Format_RGB888)
    image.fill(QColor(timeline.palette().window().color()))
    timeline.render(image)
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return lines[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(np.int64)


def share_of(pixels: NDArray[np.int64], colour: str, tolerance: int = 30) -> float:
    """Return the share of pixels that are about of a colour."""
    wanted = QColor(colour)
    apart = np.abs(pixels - [wanted.red(), wanted.green(), wanted.blue()]).max(axis=2)
    return float((apart <= tolerance).mean())


def inside(timeline: Timeline, one: ShiftRow) -> NDArray[np.int64]:
    """Return the pixels of a shift without its edges."""
    scale, places = timeline.scale, timeline.places
    left, right = scale.x_of(float(one.start)), scale.x_of(float(one.end))
    rect = places.shift_rect(0, left, right).adjusted(5, 2, -5, -2).toRect()
    return picture(timeline)[rect.top() : rect.bottom(), rect.left() : rect.right()]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_confidence_can_be_seen_without_colour(
    timeline: Timeline, theme: Theme, scheme: Qt.ColorScheme
) -> None:
    """Sure is full, probable in part, what to check empty; accepted is full, rejected nothing."""
    theme.force(scheme)
    tokens = theme.tokens
    sure, probable, check, accepted, rejected = SHIFTS[:5]
    assert share_of(inside(timeline, sure), tokens.good) > 0.75
    assert 0.15 < share_of(inside(timeline, probable), tokens.accent) < 0.6
    assert share_of(inside(timeline, check), tokens.warn) < 0.2
    assert share_of(inside(timeline, accepted), tokens.warn) > 0.75
    empty = inside(timeline, rejected)
    assert max(share_of(empty, colour) for colour in (tokens.good, tokens.warn, tokens.accent)) < 0.05


@pytest.mark.parametrize("scheme", SCHEMES)
def test_playhead_clicks_and_people_are_drawn_where_they_are(
    timeline: Timeline, theme: Theme, scheme: Qt.ColorScheme
) -> None:
    """Each at its moment; where nobody was seen there is nothing."""
    theme.force(scheme)
    timeline.show_lanes(game(*SHIFTS, clicks=(Click(Fraction(95), ClickKind.IS_NOT),)))
    timeline.show_seen(np.array([0, 0, 12, 12], np.float32))
    timeline.show_moment(Fraction(125))
    drawn, scale, places = picture(timeline), timeline.scale, timeline.places
    x = round(scale.x_of(125))
    assert share_of(drawn[-12:, x - 1 : x + 2], theme.tokens.ink, 60) > 0.3
    x, top = round(scale.x_of(95)), round(places.lanes_top)
    assert share_of(drawn[top : top + 8, x - 4 : x + 5], theme.tokens.bad, 60) > 0.15
    strip = drawn[round(places.ruler) + 8 : round(places.lanes_top) - 6]
    grey = theme.tokens.tinted("ink_2", 0.3)
    assert share_of(strip[:, 650:780], grey) > 0.6
    assert share_of(strip[:, 200:290], grey) < 0.1


def test_the_chosen_shift_is_framed(timeline: Timeline, theme: Theme) -> None:
    """And only that one."""
    theme.force(Qt.ColorScheme.Light)
    before = picture(timeline)
    timeline.choose(SHIFTS[5], 0)
    changed = np.abs(picture(timeline) - before).max(axis=2) > 40
    columns = np.flatnonzero(changed.any(axis=0))
    scale = timeline.scale
    assert scale.x_of(160) - 6 <= columns.min() <= scale.x_of(160)
    assert scale.x_of(180) <= columns.max() <= scale.x_of(180) + 6


def test_two_thousand_shifts_are_all_there(timeline: Timeline, theme: Theme) -> None:
    """However narrow, each can be seen."""
    theme.force(Qt.ColorScheme.Light)
    many = tuple(shift(number + 1, 5 * number, 5 * number + 2.5, 0.97) for number in range(2000))
    timeline.show_lanes(replace(game(*many, duration=10_000), job_id="other"))
    row = round(timeline.places.shift_rect(0, 0, 1).center().y())
    assert share_of(picture(timeline)[row : row + 1], theme.tokens.good, 60) > 0.5
    timeline.scroll_to(0)
    for _ in range(9):
        timeline.zoom_in()
    assert share_of(inside(timeline, many[1]), theme.tokens.good) > 0.75


def turn_wheel(timeline: Timeline, notches: float, x: float, modifiers: Qt.KeyboardModifier) -> None:
    """Turn the wheel over a place of the timeline."""
    place = QPointF(x, 40)
    turned = QPoint(0, round(120 * notches))
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(place, place, QPoint(), turned, buttons, modifiers, phase, False)
    QApplication.sendEvent(timeline, event)


def test_the_wheel_zooms_at_the_mouse_and_moves_with_shift(timeline: Timeline) -> None:
    """What is under the mouse stays there."""
    under = timeline.scale.time_at(600)
    turn_wheel(timeline, 4, 600, Qt.KeyboardModifier.NoModifier)
    zoomed = timeline.scale
    assert zoomed.zoom > 2
    assert zoomed.x_of(under) == pytest.approx(600, abs=1)
    turn_wheel(timeline, 1, 600, Qt.KeyboardModifier.ShiftModifier)
    assert timeline.scale.start < zoomed.start
    assert timeline.scale.zoom == zoomed.zoom


def test_the_view_stays_where_it_was_moved_to_when_shifts_change(timeline: Timeline) -> None:
    """Only another chosen shift is brought into view."""
    for _ in range(3):
        timeline.zoom_in()
    timeline.choose(SHIFTS[0], 0)
    timeline.scroll_to(120)
    moved = timeline.scale
    changed = replace(SHIFTS[0], verdict="accepted")
    timeline.show_lanes(game(changed, *SHIFTS[1:]))
    timeline.choose(changed, 0)
    assert timeline.scale == moved
    timeline.choose(SHIFTS[1], 0)
    assert timeline.scale.start <= 40 <= timeline.scale.end


# How far edges go


def test_edges_go_as_far_as_the_neighbours_and_no_further() -> None:
    """A rejected neighbour is none; a shift keeps some length."""
    lane = game(*SHIFTS).players[0]
    snap = Fraction
    end = begin_drag(lane, SHIFTS[1], is_start=False, duration=Fraction(200))
    assert end.to(Fraction(300), snap).now == 70
    assert end.to(Fraction(0), snap).now == Fraction(81, 2)
    start = begin_drag(lane, SHIFTS[5], is_start=True, duration=Fraction(200))
    assert start.to(Fraction(0), snap).now == 120
    last = begin_drag(lane, SHIFTS[5], is_start=False, duration=Fraction(200))
    assert last.to(Fraction(300), snap).now == 200
    assert not last.changed
    assert last.to(Fraction(190), snap).moved == replace(SHIFTS[5], end=Fraction(190))


def test_the_mouse_finds_edges_and_shifts() -> None:
    """An edge within reach, the chosen one first of all; a shift under the mouse."""
    lanes = game(*SHIFTS, shift(7, 180, 190, 0.9))
    lane, scale = lanes.players[0], TimeScale().resized(200, 800)
    assert edge_at(lane, scale, scale.x_of(30) + 4, None) == (SHIFTS[0], False)
    assert edge_at(lane, scale, scale.x_of(20), None) is None
    both = scale.x_of(180)
    assert edge_at(lane, scale, both, 7) == (lane.shifts[6], True)
    assert edge_at(lane, scale, both, 6) == (SHIFTS[5], False)
    assert edge_at(lane, scale, scale.x_of(130), None) is None
    assert shift_at(lane, scale, scale.x_of(45)) == SHIFTS[1]
    assert shift_at(lane, scale, scale.x_of(95)) is None
    assert [number_of(lanes, one) for one in lane.shifts] == [1, 2, 3, 4, 0, 5, 6]


# What is played


class StandInPlayback(QObject):
    """Plays when a test says so."""

    position_changed = Signal(object)
    playing_changed = Signal(bool)

    def __init__(self) -> None:
        """Stand still at the beginning."""
        super().__init__()
        self.position, self.playing, self.seeking = Fraction(0), False, False
        self.sought: list[Fraction] = []

    def play(self) -> None:
        """Play."""
        self.playing = True
        self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stop."""
        self.playing = False
        self.playing_changed.emit(False)

    def seek(self, moment: Fraction) -> None:
        """Be somewhere else."""
        self.sought.append(moment)
        self.show(moment)

    def show(self, moment: Fraction) -> None:
        """Show a picture."""
        self.position = moment
        self.position_changed.emit(moment)


def test_what_lies_between_shifts_is_passed_over(qapp: QApplication) -> None:
    """From the end of each to the next; behind the last it stops."""
    playback = StandInPlayback()
    only = OnlyShifts(playback, playback)  # type: ignore[arg-type]
    only.show_spans(
        [(Fraction(10), Fraction(20)), (Fraction(19), Fraction(30)), (Fraction(50), Fraction(60))]
    )
    only.set_on(True)
    assert playback.sought == [10]
    playback.show(Fraction(29))
    assert playback.sought == [10]
    playback.show(Fraction(30))
    assert playback.sought == [10, 50]
    playback.show(Fraction(61))
    assert not playback.playing
    only.set_on(False)
    playback.play()
    playback.show(Fraction(65))
    assert playback.sought == [10, 50]


# What is typed


@given(st.integers(0, 20_000_000).map(lambda milliseconds: Fraction(milliseconds, 1000)))
def test_a_time_is_read_as_it_is_shown(moment: Fraction) -> None:
    """To the millisecond, with hours and without."""
    assert read_time(exact_clock(moment)) == moment


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("12:34.5", "754.5"), ("75", "75"), ("1:02:03", "3723"), (" 0:07,25 ", "7.25"), ("90:00", "5400")],
)
def test_times_are_read_as_people_write_them(text: str, seconds: str) -> None:
    """Plain seconds, a comma, many minutes."""
    assert read_time(text) == Fraction(seconds)


@pytest.mark.parametrize("text", ["", "soon", "1:75", "-3", "1:2:3:4", "0:61", "1:60:00", "12;30"])
def test_what_is_no_time_is_refused(text: str) -> None:
    """With a sentence that says how to write one."""
    with pytest.raises(UserError, match=r"minutes:seconds"):
        read_time(text)


def test_people_are_counted_over_the_game() -> None:
    """From tracklets, and from what was seen so far while people are not followed yet."""
    found = people(600.0, (640, 360))
    counted = Boxes(found).people(600.0, 60)
    assert counted.shape == (60,)
    assert counted[5] == sum(one.start <= 55 <= one.end for one in found)
    samples = Boxes.of_samples([(1.0, np.zeros((3, 4), np.float32)), (2.0, np.zeros((5, 4), np.float32))])
    seen = samples.people(100.0, 100)
    assert seen[0] == 3
    assert seen[1] == 5
    assert seen[50] == 0
    assert not Boxes().people(100.0, 10).any()
