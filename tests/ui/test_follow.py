"""Follow mode on a real film: what is played, what a correction while it plays becomes, what is accepted."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shiftclipper.jobs.setup import Click, ClickKind, Setup
from shiftclipper.ui.theme import Theme
from tests.ui.made_review import FIRST, RATE, SECOND, ReviewDesk, Span

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise)")
PATIENCE = 60_000
"""Milliseconds; a loaded machine plays slowly."""
PICTURE = Fraction(1, RATE)
WINDOW = Fraction(7, 5)
"""Seconds of film in which something is done; so much is never passed over at twice the speed."""
KEYS = {"B": Qt.Key.Key_B, "W": Qt.Key.Key_W}


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[ReviewDesk]:
    """A game with two shifts, 4 to 6 and 12 to 14 s, nobody of which was judged yet."""
    made = ReviewDesk(tmp_path, Theme(qapp))
    qtbot.waitUntil(lambda: made.is_ready, timeout=PATIENCE)
    made.show_people()
    yield made
    made.close()


def wait(qtbot: QtBot, condition: object) -> None:
    """Wait for what happens while the film plays."""
    qtbot.waitUntil(condition, timeout=PATIENCE)


def at(qtbot: QtBot, desk: ReviewDesk, moment: Fraction, do: Callable[[], object]) -> None:
    """Do something at the first picture after a moment that is played, however much comes at once."""
    done: list[Fraction] = []

    def look(now: Fraction) -> None:
        if not done and desk.picture.playback.playing and moment < now < moment + WINDOW:
            done.append(now)
            do()

    desk.picture.playback.position_changed.connect(look)
    wait(qtbot, lambda: bool(done))
    desk.picture.playback.position_changed.disconnect(look)


def played(desk: ReviewDesk) -> list[Fraction]:
    """Return a list that gets the time of every picture that is played from now on."""
    seen: list[Fraction] = []

    def note(moment: Fraction) -> None:
        if desk.side.follow.on and desk.picture.playback.playing:
            seen.append(moment)

    desk.picture.playback.position_changed.connect(note)
    return seen


def inside(moments: list[Fraction], *spans: tuple[float, float]) -> bool:
    """Say whether only spans were played: the first picture behind one may be shown, none after it."""
    outside = [not any(start - PICTURE <= one <= end for start, end in spans) for one in moments]
    return bool(moments) and not any(one and other for one, other in pairwise(outside))


def test_only_the_proposed_time_is_played_and_then_accepted(qtbot: QtBot, desk: ReviewDesk) -> None:
    """With two seconds around each shift; at the end it stops and every shift is accepted."""
    follow = desk.side.follow
    seen = played(desk)
    follow.set_rate(8.0)
    with qtbot.waitSignal(follow.finished, timeout=PATIENCE):
        qtbot.keyClick(desk.window, Qt.Key.Key_W)
    wait(qtbot, lambda: desk.verdicts() == {4.0: "accepted", 12.0: "accepted"})
    assert inside(seen, (2, 8), (10, 16))
    assert min(seen) <= 3 and max(seen) >= 15
    assert not follow.on
    assert not desk.picture.playback.playing
    assert desk.picture.playback.rate == 1.0
    wait(qtbot, lambda: desk.actions.is_idle)
    assert follow.progress.watched == follow.progress.total == 4
    assert desk.side.follow_card.hint.text() == "All of it was watched or accepted."


def test_undo_takes_an_acceptance_back_and_only_that_shift_is_played_again(
    qtbot: QtBot, desk: ReviewDesk
) -> None:
    """Each acceptance is one correction."""
    follow = desk.side.follow
    follow.set_rate(8.0)
    with qtbot.waitSignal(follow.finished, timeout=PATIENCE):
        follow.start()
    wait(qtbot, lambda: list(desk.verdicts().values()) == ["accepted"] * 2 and desk.actions.is_idle)
    desk.actions.undo(desk.job_id)
    wait(qtbot, lambda: desk.verdicts() == {4.0: "accepted", 12.0: "proposed"})
    wait(qtbot, lambda: follow.progress.watched == 2)
    seen = played(desk)
    with qtbot.waitSignal(follow.finished, timeout=PATIENCE):
        follow.start()
    assert inside(seen, (10, 16))
    wait(qtbot, lambda: desk.verdicts() == {4.0: "accepted", 12.0: "accepted"})
    desk.actions.undo(desk.job_id)
    desk.actions.undo(desk.job_id)
    wait(qtbot, lambda: desk.verdicts() == {4.0: "proposed", 12.0: "proposed"})


def test_a_click_while_it_plays_is_made_at_the_picture_that_is_shown(qtbot: QtBot, desk: ReviewDesk) -> None:
    """Not at the time of some clock; the film plays on, and all of who is under the mouse is meant."""
    follow, playback = desk.side.follow, desk.picture.playback
    made: list[tuple[Click, int]] = []
    desk.picture.picker.marked.connect(lambda click: made.append((click, len(desk.numbers))))
    follow.set_rate(2.0)
    follow.start()
    playing: list[bool] = []
    at(qtbot, desk, Fraction(3), lambda: (desk.click_person(1), playing.append(playback.playing)))
    assert playing == [True]
    ((click, count),) = made
    assert click.time == Fraction(desk.numbers[count], RATE)
    wait(qtbot, lambda: len(desk.clicks) == 1)
    assert desk.clicks == (Click(click.time, ClickKind.IS, 160 / 320, 85 / 192),)
    follow.stop()
    assert not playback.playing


def test_off_now_ends_the_shift_and_back_on_is_the_next_click(qtbot: QtBot, desk: ReviewDesk) -> None:
    """The key marks the picture that is shown; pressed again, it waits for the click that says he is back."""
    follow, playback = desk.side.follow, desk.picture.playback
    follow.set_rate(2.0)
    follow.start()
    pressed: list[tuple[Fraction, bool]] = []

    def press() -> None:
        qtbot.keyClick(desk.window, Qt.Key.Key_B)
        pressed.append((playback.position, playback.playing))

    at(qtbot, desk, FIRST[0] + Fraction(1, 2), press)
    wait(qtbot, lambda: bool(desk.clicks))
    (mark,) = desk.clicks
    assert (mark.kind, mark.time) == (ClickKind.OFF_ICE, pressed[0][0])
    playback.pause()
    wait(qtbot, lambda: desk.shown_clicks == desk.clicks)
    assert follow.off_now
    assert desk.side.follow_card.bench_button.text() == "B  Back on"
    playback.seek(mark.time + Fraction(1, 2))
    wait(qtbot, lambda: not playback.seeking)
    playback.play()
    press()
    assert [playing for _, playing in pressed] == [True, False]
    assert desk.picture.canvas.hint.text() == "Click on the player"
    wait(qtbot, lambda: not playback.seeking)
    desk.click_person(0)
    assert playback.playing
    assert desk.picture.canvas.hint.text() == ""
    wait(qtbot, lambda: len(desk.clicks) == 2)
    assert desk.clicks[-1].kind is ClickKind.IS
    wait(qtbot, lambda: not follow.off_now)


def test_the_rest_of_a_shift_that_was_ended_is_not_played(qtbot: QtBot, desk: ReviewDesk) -> None:
    """Once the shifts follow the mark it goes on to the next, and what was left of the first is accepted."""
    desk.resolver.finds = lambda setup: (_ended(setup), SECOND)
    follow, playback = desk.side.follow, desk.picture.playback
    follow.set_rate(2.0)
    follow.start()
    at(qtbot, desk, FIRST[0] + Fraction(1, 4), lambda: qtbot.keyClick(desk.window, Qt.Key.Key_B))
    wait(qtbot, lambda: desk.shifts()[0].end < FIRST[1])
    end = desk.shifts()[0].end
    seen = played(desk)
    follow.set_rate(8.0)
    wait(qtbot, lambda: playback.position >= SECOND[0])
    assert inside(seen, (0, float(end) + 2), (10, 16))
    wait(qtbot, lambda: desk.verdicts()[4.0] == "accepted")
    follow.stop()


def _ended(setup: Setup) -> Span:
    marks = setup.players[0].clicks_of(ClickKind.OFF_ICE)
    return FIRST[0], min([FIRST[1], *(mark.time for mark in marks)])


def test_at_the_end_of_a_shift_it_waits_for_what_a_correction_makes_of_it(
    qtbot: QtBot, desk: ReviewDesk
) -> None:
    """A click after the end makes the shift longer: it is played on, not left for the next one."""
    desk.resolver.holds = True
    desk.resolver.finds = lambda setup: ((FIRST[0], Fraction(9)), SECOND)
    follow, playback = desk.side.follow, desk.picture.playback
    follow.set_rate(2.0)
    follow.start()
    at(qtbot, desk, FIRST[1] + Fraction(1, 2), lambda: desk.click_person(2))
    wait(qtbot, lambda: len(desk.clicks) == 1)
    wait(qtbot, lambda: not playback.playing)
    assert follow.on
    seen = played(desk)
    desk.resolver.solve()
    follow.set_rate(8.0)
    wait(qtbot, lambda: playback.position >= 10)
    assert any(8 < one < 9 for one in seen)
    follow.stop()


def test_a_shift_that_is_not_him_is_rejected_and_left(qtbot: QtBot, desk: ReviewDesk) -> None:
    """X while it plays."""
    follow, playback = desk.side.follow, desk.picture.playback
    follow.set_rate(2.0)
    follow.start()
    at(qtbot, desk, FIRST[0], desk.side.wrong)
    wait(qtbot, lambda: desk.verdicts()[4.0] == "rejected")
    wait(qtbot, lambda: playback.position >= SECOND[0] - 2)
    follow.stop()


def test_a_place_that_the_person_jumps_to_is_played_but_what_was_left_out_is_not_accepted(
    qtbot: QtBot, desk: ReviewDesk
) -> None:
    """Only what was played counts."""
    follow, playback = desk.side.follow, desk.picture.playback
    follow.set_rate(2.0)
    follow.start()
    at(qtbot, desk, Fraction(3), lambda: playback.seek(Fraction(13)))
    wait(qtbot, lambda: playback.position > 13)
    follow.set_rate(8.0)
    # To the end of the second, then back to what was left out of both.
    seen = played(desk)
    wait(qtbot, lambda: desk.verdicts()[12.0] == "accepted")
    assert any(one < 12 for one in seen)
    follow.stop()


def test_the_film_is_slow_while_the_mouse_looks_for_somebody(qtbot: QtBot, desk: ReviewDesk) -> None:
    """Nobody can click on what rushes by; a moment after the mouse rests it is fast again."""
    follow, playback = desk.side.follow, desk.picture.playback
    viewport = desk.picture.canvas.viewport()
    follow.set_rate(2.0)
    follow.start()
    wait(qtbot, lambda: playback.position > 2)
    assert playback.rate == 2.0
    QTest.mouseMove(viewport, QPoint(60, 60))
    QTest.mouseMove(viewport, viewport.rect().center())
    wait(qtbot, lambda: playback.rate == 1.0)
    assert follow.rate == 2.0
    wait(qtbot, lambda: playback.rate == 2.0)
    follow.stop()


def test_space_pauses_and_goes_on_and_the_key_ends_it(qtbot: QtBot, desk: ReviewDesk) -> None:
    """A pause is no end: it goes on at its own speed."""
    follow, playback = desk.side.follow, desk.picture.playback
    follow.start()
    wait(qtbot, lambda: playback.position > 2)
    playback.pause()
    assert follow.on
    playback.set_rate(1.0)
    playback.play()
    assert playback.rate == 4.0
    qtbot.keyClick(desk.window, Qt.Key.Key_W)
    assert not follow.on
    assert not playback.playing


def test_it_ends_when_the_person_goes_to_another_step(qtbot: QtBot, desk: ReviewDesk) -> None:
    """Nothing plays where it cannot be seen, and its keys do nothing there."""
    follow = desk.side.follow
    follow.start()
    wait(qtbot, lambda: desk.picture.playback.position > 2)
    desk.side.hide()
    assert not follow.on
    assert not desk.picture.playback.playing
    qtbot.keyClick(desk.window, Qt.Key.Key_W)
    assert not follow.on


def test_it_gives_way_to_whatever_else_leads_the_playback(qtbot: QtBot, desk: ReviewDesk) -> None:
    """It says when it begins, so that others stop, and stops when others begin."""
    follow = desk.side.follow
    with qtbot.waitSignal(follow.started, timeout=PATIENCE):
        follow.start()
    follow.give_way(False)
    assert follow.on
    follow.give_way(True)
    assert not follow.on
    assert not desk.picture.playback.playing
