"""The question cards: what answers become in the setup, and what is asked next."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shiftclipper.identity import Question
from shiftclipper.jobs.setup import ClickKind
from shiftclipper.ui.theme import Theme
from tests.ui.looks import cut_off, nameless
from tests.ui.made_review import PEOPLE, ReviewDesk, question

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise)")
PATIENCE = 30_000
"""Milliseconds to wait for what happens in threads."""
ASKED = (question(5.0), question(13.0, (2, 0), gain=75.0), question(15.0, (1,)))

OpenDesk = Callable[..., ReviewDesk]


@pytest.fixture
def open_desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[OpenDesk]:
    """Open a game with questions; it is closed at the end."""
    desks = []

    def open_one(offered: Sequence[Question] = ASKED, scale: float = 1.0) -> ReviewDesk:
        desk = ReviewDesk(tmp_path, Theme(qapp, font_scale=scale), offered)
        desks.append(desk)
        qtbot.waitUntil(lambda: desk.is_ready, timeout=PATIENCE)
        desk.show_people()
        return desk

    yield open_one
    for desk in desks:
        desk.close()


def marks(desk: ReviewDesk) -> list[tuple[ClickKind, float, float | None]]:
    """Return kind, time and x in pixels of what was marked."""
    return [
        (click.kind, float(click.time), None if click.x is None else round(click.x * 320, 3))
        for click in desk.clicks
    ]


def middle(number: int) -> float:
    """Return where somebody is across the picture."""
    return (PEOPLE[number][0] + PEOPLE[number][2]) / 2


def test_a_card_asks_for_the_player_by_name(qtbot: QtBot, open_desk: OpenDesk) -> None:
    """With what an answer is worth and what is left, in words."""
    desk = open_desk()
    cards = desk.side.cards
    assert cards.title.text() == "Which of these is Sam?"
    assert cards.gain.text() == "Settles about 40 seconds on the ice"
    assert cards.left.text() == "3 left"
    assert cards.left_words == "3 questions, about 20 seconds"
    assert [tile.isVisible() for tile in cards.tiles.tiles] == [True] * 3 + [False] * 2


def test_the_people_are_shown_before_the_picture_goes_anywhere(qtbot: QtBot, open_desk: OpenDesk) -> None:
    """The first card comes by itself, and must not take the picture from the person."""
    desk = open_desk()
    qtbot.waitUntil(lambda: desk.side.cards.tiles.have_pictures, timeout=PATIENCE)
    assert desk.picture.playback.position == 0
    qtbot.waitUntil(lambda: desk.side.is_idle, timeout=PATIENCE)


def test_a_key_answers_and_the_next_card_is_there_at_once(qtbot: QtBot, open_desk: OpenDesk) -> None:
    """Nobody waits for the shifts to follow; the picture goes to the next moment, with its people marked."""
    desk = open_desk()
    desk.resolver.holds = True
    cards = desk.side.cards
    qtbot.keyClick(desk.window, Qt.Key.Key_2)
    assert cards.question == ASKED[1]
    assert cards.left_words == "2 questions, about 10 seconds"
    qtbot.waitUntil(lambda: marks(desk) == [(ClickKind.IS, 5.0, middle(1))], timeout=PATIENCE)
    qtbot.waitUntil(lambda: desk.picture.playback.position == 13, timeout=PATIENCE)
    qtbot.waitUntil(lambda: all(tile.has_picture for tile in cards.tiles.tiles[:2]), timeout=PATIENCE)
    assert cards.marks.numbers == [1, 2]
    assert desk.picture.canvas.hint.text() == "Which of these is Sam?"
    assert not cards.tiles.tiles[2].isVisible()


def test_the_mouse_answers_too(qtbot: QtBot, open_desk: OpenDesk) -> None:
    """A click on somebody's picture, and on the buttons."""
    desk = open_desk()
    cards = desk.side.cards
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(cards.tiles.tiles[2], left)
    qtbot.mouseClick(cards.none_button, left)
    qtbot.mouseClick(cards.bench_button, left)
    wanted = [
        (ClickKind.IS, 5.0, middle(2)),
        (ClickKind.IS_NOT, 13.0, middle(2)),
        (ClickKind.IS_NOT, 13.0, middle(0)),
        (ClickKind.OFF_ICE, 15.0, None),
    ]
    qtbot.waitUntil(lambda: marks(desk) == wanted, timeout=PATIENCE)
    assert cards.question is None


def test_none_and_bench_have_keys(qtbot: QtBot, open_desk: OpenDesk) -> None:
    """0 says that none of them is the player, B that he is off the ice."""
    desk = open_desk()
    qtbot.keyClick(desk.window, Qt.Key.Key_0)
    qtbot.keyClick(desk.window, Qt.Key.Key_B)
    wanted = [
        *((ClickKind.IS_NOT, 5.0, middle(number)) for number in range(3)),
        (ClickKind.OFF_ICE, 13.0, None),
    ]
    qtbot.waitUntil(lambda: marks(desk) == wanted, timeout=PATIENCE)


def test_a_number_that_is_on_no_card_answers_nothing(qtbot: QtBot, open_desk: OpenDesk) -> None:
    """Five with three people."""
    desk = open_desk()
    qtbot.keyClick(desk.window, Qt.Key.Key_5)
    assert desk.side.cards.question == ASKED[0]
    assert desk.actions.is_idle and desk.clicks == ()


@pytest.mark.parametrize(
    ("off", "wanted"), [(0.1, (ClickKind.IS, 5.0, middle(0))), (0.8, (ClickKind.OFF_ICE, 5.0, None))]
)
def test_enter_is_the_likeliest_answer(
    qtbot: QtBot, open_desk: OpenDesk, off: float, wanted: tuple[ClickKind, float, float | None]
) -> None:
    """Somebody of the card, or off the ice."""
    desk = open_desk([question(5.0, off=off)])
    assert desk.side.right()
    qtbot.waitUntil(lambda: marks(desk) == [wanted], timeout=PATIENCE)
    assert not desk.side.right()


def test_enter_on_somebody_chooses_him(qtbot: QtBot, open_desk: OpenDesk) -> None:
    """Not the likeliest, whoever else that is."""
    desk = open_desk()
    tile = desk.side.cards.tiles.tiles[2]
    tile.setFocus()
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: marks(desk) == [(ClickKind.IS, 5.0, middle(2))], timeout=PATIENCE)


def test_a_skipped_question_changes_nothing_and_can_be_had_again(qtbot: QtBot, open_desk: OpenDesk) -> None:
    """It is out of the way until the person wants it."""
    desk = open_desk()
    cards = desk.side.cards
    qtbot.keyClick(desk.window, Qt.Key.Key_N)
    assert cards.question == ASKED[1]
    desk.resolver.questions()
    assert cards.count == 2
    qtbot.keyClick(desk.window, Qt.Key.Key_N)
    qtbot.keyClick(desk.window, Qt.Key.Key_N)
    assert cards.question is None
    assert cards.title.text() == "Skipped questions: 3"
    qtbot.mouseClick(cards.again_button, Qt.MouseButton.LeftButton)
    assert cards.question == ASKED[0]
    assert desk.clicks == ()


def test_new_questions_do_not_change_the_card_that_is_being_answered(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    """They come after it, without those that were answered."""
    desk = open_desk()
    cards = desk.side.cards
    qtbot.keyClick(desk.window, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: len(desk.clicks) == 1 and desk.shown_clicks != ())
    qtbot.waitUntil(lambda: desk.actions.is_idle, timeout=PATIENCE)
    desk.resolver.offered = [question(20.0, (0, 1)), ASKED[0], ASKED[1]]
    desk.resolver.questions()
    assert cards.question == ASKED[1]
    assert cards.count == 2
    cards.skip()
    assert cards.question == desk.resolver.offered[0]


def test_a_click_in_the_picture_answers_the_question_about_it(qtbot: QtBot, open_desk: OpenDesk) -> None:
    """What is marked there need not be said again."""
    desk = open_desk()
    cards = desk.side.cards
    qtbot.mouseClick(cards.time_button, Qt.MouseButton.LeftButton)
    playback = desk.picture.playback
    qtbot.waitUntil(lambda: playback.position == 5 and not playback.seeking, timeout=PATIENCE)
    desk.click_person(1)
    qtbot.waitUntil(lambda: cards.question == ASKED[1], timeout=PATIENCE)
    assert marks(desk) == [(ClickKind.IS, 5.0, middle(1))]


def test_an_answer_is_undone_like_any_correction(qtbot: QtBot, open_desk: OpenDesk) -> None:
    """All marks of one answer at once."""
    desk = open_desk()
    qtbot.keyClick(desk.window, Qt.Key.Key_0)
    qtbot.waitUntil(lambda: len(desk.clicks) == 3, timeout=PATIENCE)
    assert desk.store.corrections.next_undo(desk.job_id) == "answer 5"
    desk.actions.undo(desk.job_id)
    qtbot.waitUntil(lambda: desk.clicks == (), timeout=PATIENCE)


def test_one_person_makes_a_question_of_yes_or_no(qtbot: QtBot, open_desk: OpenDesk) -> None:
    """Is this Sam?"""
    cards = open_desk([question(5.0, (1,))]).side.cards
    assert cards.title.text() == "Is this Sam?"
    assert cards.none_button.text() == "0  No"


def test_the_cards_are_put_away_while_shifts_are_watched(qtbot: QtBot, open_desk: OpenDesk) -> None:
    """So that a number answers nothing by mistake."""
    desk = open_desk()
    side = desk.side
    qtbot.mouseClick(side.follow_card.start_button, Qt.MouseButton.LeftButton)
    assert side.follow.on and not side.cards.isVisible()
    qtbot.keyClick(desk.window, Qt.Key.Key_1)
    qtbot.mouseClick(side.follow_card.stop_button, Qt.MouseButton.LeftButton)
    assert side.cards.isVisible() and side.cards.question == ASKED[0]
    assert desk.clicks == ()


def test_keys_answer_while_the_picture_fills_the_screen(qtbot: QtBot, open_desk: OpenDesk) -> None:
    """There the numbers stand at the people."""
    desk = open_desk()
    desk.picture.toggle_full_screen()
    qtbot.waitUntil(desk.picture.isWindow)
    desk.picture.activateWindow()
    qtbot.waitUntil(desk.picture.isActiveWindow, timeout=PATIENCE)
    qtbot.keyClick(desk.picture.canvas, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: marks(desk) == [(ClickKind.IS, 5.0, middle(1))], timeout=PATIENCE)
    qtbot.keyClick(desk.picture.canvas, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: marks(desk)[1:] == [(ClickKind.OFF_ICE, 13.0, None)], timeout=PATIENCE)
    desk.picture.toggle_full_screen()


def test_nothing_is_asked_in_the_picture_at_another_step(qtbot: QtBot, open_desk: OpenDesk) -> None:
    """There a click or a key means something else."""
    desk = open_desk()
    desk.side.cards.look()
    qtbot.waitUntil(lambda: desk.side.cards.marks.numbers == [1, 2, 3], timeout=PATIENCE)
    desk.side.hide()
    assert desk.side.cards.marks.numbers == []
    assert desk.picture.canvas.hint.text() == ""
    qtbot.keyClick(desk.window, Qt.Key.Key_1)
    desk.side.show()
    assert desk.side.cards.marks.numbers == [1, 2, 3]
    assert desk.side.cards.question == ASKED[0]
    assert desk.clicks == ()


def test_nothing_is_asked_when_nothing_is_uncertain(qtbot: QtBot, open_desk: OpenDesk) -> None:
    """It says so, and what to do next."""
    cards = open_desk([]).side.cards
    assert cards.title.text() == "No questions left"
    assert cards.left.text() == "Watch the shifts once to be sure, or go on to Export."
    assert not cards.tiles.isVisible()


@pytest.mark.parametrize("scale", [1.0, 1.25])
def test_everything_has_a_name_and_room(qtbot: QtBot, open_desk: OpenDesk, scale: float) -> None:
    """Also with larger text, and while shifts are watched."""
    desk = open_desk([question(5.0), question(13.0)], scale)
    for _ in range(2):
        QApplication.processEvents()
        assert nameless(desk.side) == []
        assert cut_off(desk.side) == []
        desk.side.follow.start()
    desk.side.follow.stop()


def test_times_of_answers_are_those_of_the_questions(qtbot: QtBot, open_desk: OpenDesk) -> None:
    """To the microsecond, whatever picture is shown."""
    desk = open_desk([question(5.1234567)])
    qtbot.keyClick(desk.window, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: bool(desk.clicks), timeout=PATIENCE)
    assert abs(desk.clicks[0].time - Fraction("5.1234567")) < Fraction(1, 1_000_000)
