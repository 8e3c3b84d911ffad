"""The parts that the window is made of."""

import threading

import pytest
from PySide6.QtCore import QObject, Qt, QThread
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QWidget

from shiftclipper.errors import Cancelled, UserError
from shiftclipper.jobs.rows import JobStatus
from shiftclipper.paths import resource_path
from shiftclipper.ui import words
from shiftclipper.ui.about import About
from shiftclipper.ui.background import Background
from shiftclipper.ui.correction_words import correction_words
from shiftclipper.ui.game_list import STATUS_LOOK, two_lines
from shiftclipper.ui.icons import Icons
from shiftclipper.ui.theme import Theme
from shiftclipper.ui.tokens import DARK, LIGHT, contrast
from tests.ui.conftest import PATIENCE


class Outcomes(QObject):
    """Notes what background work brought, and in which thread it was told."""

    def __init__(self):
        super().__init__()
        self.done, self.refused, self.threads = [], [], []

    def take(self, value):
        self.done.append(value)
        self.threads.append(QThread.currentThread())

    def take_refusal(self, sentence):
        self.refused.append(sentence)
        self.threads.append(QThread.currentThread())


@pytest.fixture
def background(qapp):
    made = Background(1, qapp)
    yield made
    made.close()


def test_work_is_done_in_a_worker_and_its_outcome_told_in_the_gui_thread(background, qtbot, qapp):
    outcomes, workers = Outcomes(), []

    def refuse():
        workers.append(threading.current_thread())
        raise UserError("The disk is gone; connect it.")

    background.run(lambda: 6 * 7, outcomes.take)
    background.run(refuse, outcomes.take, outcomes.take_refusal)
    qtbot.waitUntil(lambda: background.is_idle, timeout=PATIENCE)
    assert (outcomes.done, outcomes.refused) == ([42], ["The disk is gone; connect it."])
    assert set(outcomes.threads) == {qapp.thread()}
    assert threading.main_thread() not in workers


def test_a_bug_in_a_worker_is_raised_in_the_gui_thread(background, qtbot):
    def bug():
        raise ZeroDivisionError("a bug")

    with qtbot.captureExceptions() as caught:
        background.run(bug)
        qtbot.waitUntil(lambda: background.is_idle, timeout=PATIENCE)
    assert [str(error) for _, error, _ in caught] == ["a bug"]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("shift-times 62.5", "times of the shift at 1:02"),
        ("level", "level of play"),
        ("shift-times soon", "last change"),
        ("shift-add nan", "last change"),
        ("click 1e400", "last change"),
        ("click 1 2", "last change"),
        ("click", "last change"),
        ("of-a-later-version 3", "last change"),
        ("", "last change"),
    ],
)
def test_a_correction_has_words_whatever_the_journal_says_of_it(key, said):
    assert correction_words(key) == said


def test_work_that_must_not_be_lost_is_finished_before_closing(background):
    done = []
    for number in range(20):
        background.run(lambda number=number: done.append(number))
    background.close(finish=True)
    assert done == list(range(20))


def test_long_work_is_stopped_at_closing(background):
    begun = threading.Event()
    ended = []

    def work():
        begun.set()
        if background.stop.wait(60):
            ended.append("stopped")
            raise Cancelled

    background.run(work)
    assert begun.wait(10)
    background.close()
    assert ended == ["stopped"]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_on_every_ground(tokens):
    for ground in (tokens.surface, tokens.ice, tokens.tinted("accent", 0.12), tokens.tinted("bad", 0.08)):
        assert contrast(ground, tokens.ink) >= 4.5
        assert contrast(ground, tokens.ink_2) >= 4.5
        assert contrast(ground, tokens.accent) >= 4.5
        assert contrast(ground, tokens.good) >= 3 and contrast(ground, tokens.warn) >= 3
    assert contrast(tokens.surface, tokens.bad) >= 4.5
    assert contrast(tokens.accent, tokens.on_accent) >= 4.5
    assert contrast(tokens.bad, tokens.on_accent) >= 4.5


def test_icons_take_the_colour_they_are_given(qapp):
    for file in sorted(resource_path("icons").glob("*.svg")):
        image = Icons(DARK).pixmap(file.stem, "bad", size=20, scale=2).toImage()
        drawn = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        }
        assert drawn == {QColor(DARK.bad).name()}, file.name
    assert all(resource_path("icons", f"{icon}.svg").is_file() for icon, _ in STATUS_LOOK.values())


def test_the_theme_follows_light_and_dark(qapp):
    theme = Theme(qapp)
    try:
        theme.force(Qt.ColorScheme.Dark)
        assert qapp.palette().window().color() == QColor(DARK.ice)
        assert qapp.palette().text().color() == QColor(DARK.ink)
        theme.force(Qt.ColorScheme.Light)
        assert qapp.palette().window().color() == QColor(LIGHT.ice)
    finally:
        theme.deleteLater()


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (3, "about 5 seconds left"),
        (52, "about 50 seconds left"),
        (70, "about 1 minute left"),
        (245, "about 4 minutes left"),
        (99 * 60, "about 99 minutes left"),
        (6000, "about 2 hours left"),
        (3 * 3600, "about 3 hours left"),
        (None, ""),
    ],
)
def test_time_left_is_told_in_words(qapp, seconds, said):
    assert words.time_left_words(seconds) == said


def test_every_status_has_words_and_a_look_of_its_own(qapp):
    assert len(set(STATUS_LOOK.values())) >= len(JobStatus) - 1
    assert set(STATUS_LOOK) == set(JobStatus)


def test_a_share_is_never_told_as_whole_before_the_end(qapp):
    assert words.percent_words(0.9999) == "99 %"
    assert words.percent_words(1.0) == "100 %"


def test_a_long_line_is_broken_once_and_then_cut(qapp):
    metrics = QFontMetrics(qapp.font())
    text = "The film on the disk Camera cannot be read any more; connect it again and press Retry."
    width = metrics.horizontalAdvance("The film on the disk Camera")
    first, second = two_lines(text, metrics, width)
    assert first == "The film on the disk Camera"
    assert second.endswith("…") and metrics.horizontalAdvance(second) <= width
    assert two_lines("short", metrics, width) == ["short"]
    assert two_lines("", metrics, width) == []


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_about_tells_where_files_are_kept_and_whose_work_it_stands_on(qapp, qtbot, tmp_path):
    theme = Theme(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    about = About(theme, tmp_path, window)
    about.show()
    assert str(tmp_path) in about.place.text()
    qtbot.waitUntil(lambda: "LGPL" in about.text.toPlainText(), timeout=PATIENCE)
    with qtbot.waitSignal(about.folder_asked) as asked:
        about.folder_button.click()
    assert asked.args == [tmp_path]
    about.close_down()
    theme.deleteLater()
