"""The picture: what is said to be shown is shown, and clicks land where they are meant, zoomed or not."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from shiftclipper.jobs.setup import Regions
from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.index import read_index
from shiftclipper.ui.picture.boxes import Box, box_at
from shiftclipper.ui.picture.canvas import Canvas
from shiftclipper.ui.picture.film import Film, Part
from shiftclipper.ui.picture.playback import Playback
from shiftclipper.ui.picture.regions import RegionEditor
from tests.media_corpus import KINDS, SIZE, make, read_number


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this module's videos are."""
    return tmp_path_factory.mktemp("picture")


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[Canvas]:
    """A canvas that is shown at 640 by 384 pixels."""
    made = Canvas()
    qtbot.addWidget(made)
    made.resize(640, 384)
    made.show()
    yield made


def part(path: Path, start: Fraction = Fraction(0)) -> Part:
    """Return a part that plays a file itself."""
    index = read_index(path)
    ticks = index.presentation_pts() - index.first_pts
    return Part(path, start, index.duration_seconds, index.time_base, ticks, Fraction(0), exact=True)


def shown_number(playback: Playback) -> int:
    """Return the number drawn on the frame that is shown."""
    image = playback.sink.videoFrame().toImage().convertToFormat(QImage.Format.Format_BGR888)
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return read_number(lines[:, : 3 * image.width()].reshape(image.height(), image.width(), 3))


@pytest.mark.parametrize("kind", ["cfr30", "vfr", "vfr_mkv", "late_start"])
def test_position_is_that_of_the_frame_that_is_shown(
    qtbot: QtBot, canvas: Canvas, folder: Path, kind: str
) -> None:
    """Seeks and steps land on the frame that they name, whatever the frame rate."""
    playback = Playback(canvas.video, canvas)
    film = Film((part(make(KINDS[kind], folder, locate())),), SIZE)
    playback.open(film)
    for number in np.random.default_rng(4).integers(2, 147, 8):
        playback.seek(film.moment(0, int(number)))
        qtbot.waitUntil(lambda: not playback.seeking)
        assert shown_number(playback) == number
        assert playback.position == film.moment(0, int(number))
        playback.step(1)
        qtbot.waitUntil(lambda: not playback.seeking)
        assert shown_number(playback) == number + 1
        playback.step(-2)
        qtbot.waitUntil(lambda: not playback.seeking)
        assert shown_number(playback) == number - 1


def test_steps_cross_from_one_source_to_the_next(qtbot: QtBot, canvas: Canvas, folder: Path) -> None:
    """The last frame of one file is followed by the first of the next, on one clock."""
    first = part(make(KINDS["cfr30"], folder, locate()))
    film = Film((first, part(make(KINDS["bframes25"], folder, locate()), first.end)), SIZE)
    playback = Playback(canvas.video, canvas)
    playback.open(film, film.moment(0, 149))
    qtbot.waitUntil(lambda: not playback.seeking)
    playback.step(1)
    qtbot.waitUntil(lambda: not playback.seeking)
    assert playback.position == first.end == Fraction(5)
    assert shown_number(playback) == 0


def test_many_seeks_at_once_end_at_the_newest(qtbot: QtBot, canvas: Canvas, folder: Path) -> None:
    """Scrubbing leaves out what is overtaken."""
    film = Film((part(make(KINDS["cfr30"], folder, locate())),), SIZE)
    playback = Playback(canvas.video, canvas)
    playback.open(film)
    qtbot.waitUntil(lambda: not playback.seeking)
    seen: list[Fraction] = []
    playback.position_changed.connect(seen.append)
    for number in range(0, 140, 2):
        playback.seek(film.moment(0, number))
    qtbot.waitUntil(lambda: not playback.seeking)
    assert shown_number(playback) == 138
    assert len(seen) <= 3


def test_clicks_are_in_source_pixels_also_when_zoomed(qtbot: QtBot, canvas: Canvas) -> None:
    """A click says the place in the source, though the picture is shown at another size."""
    canvas.show_size((1920, 1152))
    clicked: list[QPointF] = []
    canvas.clicked.connect(clicked.append)
    for zoom in (1.0, 2.5):
        canvas.zoom_to(zoom)
        canvas.show_place(500, 300)
        target = canvas.mapFromScene(QPointF(500, 300))
        qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=target)
        pixel = canvas.source_pixels(1)
        assert abs(clicked[-1].x() - 500) <= pixel
        assert abs(clicked[-1].y() - 300) <= pixel


def test_dragging_a_zoomed_picture_moves_it_and_clicks_nothing(qtbot: QtBot, canvas: Canvas) -> None:
    """What is dragged follows the mouse."""
    canvas.show_size((1920, 1152))
    canvas.zoom_to(3.0)
    clicked: list[QPointF] = []
    canvas.clicked.connect(clicked.append)
    before = canvas.mapToScene(QPoint(300, 200))
    qtbot.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    for x in range(300, 400, 20):
        qtbot.mouseMove(canvas.viewport(), QPoint(x, 200))
    qtbot.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(380, 200))
    after = canvas.mapToScene(QPoint(380, 200))
    assert after.x() == pytest.approx(before.x(), abs=2 * canvas.source_pixels(1))
    assert clicked == []


def test_of_two_boxes_the_one_is_meant_whose_middle_is_nearer() -> None:
    """Overlapping people are told apart by where the mouse is."""
    left, right = Box(100, 100, 140, 200), Box(125, 100, 165, 200)
    assert box_at([left, right], 128, 150) == left
    assert box_at([left, right], 140, 150) == right
    assert box_at([left, right], 300, 150) is None


def test_regions_are_drawn_changed_and_deleted_on_the_picture(qtbot: QtBot, canvas: Canvas) -> None:
    """Corners are added, moved, put between others and deleted; the last ones take the region with them."""
    canvas.show_size((1000, 600))
    editor = RegionEditor(canvas, canvas)
    seen: list[Regions] = []
    editor.changed.connect(seen.append)
    editor.begin(Regions(), "bench")
    left, right = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton

    def press(x: float, y: float, button: Qt.MouseButton = left) -> None:
        qtbot.mouseClick(canvas.viewport(), button, pos=canvas.mapFromScene(QPointF(x, y)))

    for corner in ((100, 100), (500, 100), (500, 400), (100, 400), (100, 100)):
        press(*corner)
    wanted = [[0.1, 1 / 6], [0.5, 1 / 6], [0.5, 2 / 3], [0.1, 2 / 3]]
    assert np.allclose(seen[-1].bench[0], wanted, atol=4e-3)
    press(300, 100)
    assert len(seen[-1].bench[0]) == 5
    press(300, 100, right)
    press(100, 400, right)
    assert len(seen[-1].bench[0]) == 3
    press(500, 400, right)
    assert seen[-1] == Regions()
