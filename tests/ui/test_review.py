"""Review on the real window with a real film: what is done to shifts is in the database."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from shiftclipper.identity import Choice, Question
from shiftclipper.jobs.rows import JobStatus, ShiftRow
from shiftclipper.jobs.setup import Click, ClickKind
from shiftclipper.jobs.store import Store
from shiftclipper.ui.picture.changes import added_click
from shiftclipper.ui.review.hover_card import shift_words
from shiftclipper.ui.review.shift_model import Column
from shiftclipper.ui.steps import Step
from tests.made_game import FIRST, SECOND, analysed_job, sam, setup_of
from tests.ui.conftest import PATIENCE, Desk
from tests.ui.looks import cut_off, nameless
from tests.ui.reviewed_games import reviewed_game, small_film

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise)")
FRAME = Fraction(1, 10)


@dataclass
class Reviewed:
    """A game that is reviewed, with what a test needs to work it and to look behind it."""

    desk: Desk
    qtbot: QtBot
    job: str

    def __post_init__(self) -> None:
        """Name the parts."""
        self.window = self.desk.window
        self.review = self.window.review
        self.editing, self.panel = self.review.editing, self.review.panel
        self.timeline = self.review.below.timeline
        self.playback = self.window.game_page.picture.playback

    def settle(self) -> None:
        """Wait until nothing is to be done and the picture shows what was asked for."""
        self.qtbot.waitUntil(lambda: self.window.is_idle and not self.playback.seeking, timeout=PATIENCE)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key wherever the focus is, and wait until all has followed."""
        self.qtbot.keyClick(self.window.focusWidget() or self.window, key, modifiers)
        self.settle()

    def rows(self) -> list[ShiftRow]:
        """Return the shifts of the first player as the database has them, by time."""
        player = self.desk.store.players(self.job)[0]
        return sorted(self.desk.store.shifts(self.job, player.id), key=lambda shift: (shift.start, shift.id))

    def spans(self) -> list[tuple[float, float]]:
        """Return start and end of those that were not rejected."""
        return [(float(one.start), float(one.end)) for one in self.rows() if one.verdict != "rejected"]

    def go(self, moment: Fraction) -> None:
        """Show a moment."""
        self.playback.seek(moment)
        self.settle()

    def place(self, moment: Fraction, lane: int = 0) -> QPoint:
        """Return where a moment is in a lane of the timeline."""
        places = self.timeline.places
        x = places.gutter + self.timeline.scale.x_of(float(moment))
        return QPoint(round(x), round(places.lane_rect(lane, 1.0).bottom() - 8))


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A minute of film, ten pictures a second."""
    return small_film(tmp_path_factory.mktemp("review") / "Sat.mp4")


@pytest.fixture
def open_review(
    qtbot: QtBot, open_desk: Callable[..., Desk], film: Path, tmp_path: Path
) -> Callable[..., Reviewed]:
    """Open the window at the Review step of a game; the runner rests."""

    def open_one(job: str = "", **game: object) -> Reviewed:
        desk = open_desk()
        assert desk.session.runner is not None
        desk.session.runner.quit()
        job = job or reviewed_game(desk.store, film, **game)  # type: ignore[arg-type]
        qtbot.waitUntil(lambda: job in desk.listed(), timeout=PATIENCE)
        desk.window.choose(job)
        desk.window.activateWindow()
        qtbot.waitUntil(desk.window.isActiveWindow, timeout=PATIENCE)
        reviewed = Reviewed(desk, qtbot, job)
        qtbot.waitUntil(lambda: reviewed.playback.film is not None, timeout=PATIENCE)
        reviewed.panel.table.setFocus()
        reviewed.settle()
        return reviewed

    return open_one


@pytest.fixture
def reviewed(open_review: Callable[..., Reviewed]) -> Reviewed:
    """A game of one player with eight shifts."""
    return open_review()


def test_review_opens_at_the_first_shift_that_is_not_sure(reviewed: Reviewed) -> None:
    """A game whose shifts are found opens in Review, and the picture shows the first doubtful one."""
    first = next(shift for shift in reviewed.rows() if shift.confidence < 0.9)
    assert reviewed.window.steps.step is Step.REVIEW
    assert reviewed.editing.chosen == first
    assert reviewed.playback.position == first.start
    assert reviewed.panel.table.currentIndex().row() == 1
    assert reviewed.panel.totals.text() == "8 · 0:28"
    assert reviewed.panel.left.text() == "4 shifts to check, about 10 seconds"
    assert "probable" in reviewed.timeline.accessibleDescription()


def test_the_arrows_go_through_the_shifts_and_the_picture_follows(reviewed: Reviewed) -> None:
    """Down and Up work in the table and outside of it."""
    rows = reviewed.rows()
    for focused in (reviewed.panel.table, reviewed.timeline):
        reviewed.editing.choose(rows[1].id)
        focused.setFocus()
        reviewed.key(Qt.Key.Key_Down)
        assert reviewed.editing.chosen == rows[2]
        assert reviewed.playback.position == rows[2].start
        reviewed.key(Qt.Key.Key_Up)
        reviewed.key(Qt.Key.Key_Up)
        assert reviewed.editing.chosen == rows[0]
        assert reviewed.playback.position == rows[0].start


def test_enter_and_x_judge_and_go_on_to_the_next_doubtful_shift(reviewed: Reviewed) -> None:
    """All that is not sure is judged with a key each, and nothing is left to check."""
    doubtful = [shift.id for shift in reviewed.rows() if shift.confidence < 0.9]
    reviewed.key(Qt.Key.Key_Return)
    assert reviewed.editing.chosen is not None
    assert reviewed.editing.chosen.id == doubtful[1]
    reviewed.key(Qt.Key.Key_X)
    reviewed.key(Qt.Key.Key_Return)
    reviewed.key(Qt.Key.Key_Return)
    verdicts = {shift.id: shift.verdict for shift in reviewed.rows()}
    assert [verdicts[one] for one in doubtful] == ["accepted", "rejected", "accepted", "accepted"]
    assert reviewed.panel.left.text() == "Nothing is left to check."
    assert reviewed.panel.totals.text().startswith("7 · ")


def test_an_edge_is_dragged_to_a_frame_and_the_picture_follows(reviewed: Reviewed) -> None:
    """Where the mouse lets go, the shift starts, at the beginning of a frame."""
    shift, timeline = reviewed.rows()[1], reviewed.timeline
    target = shift.start - Fraction(2)
    left = Qt.MouseButton.LeftButton
    reviewed.qtbot.mousePress(timeline, left, pos=reviewed.place(shift.start))
    reviewed.qtbot.mouseMove(timeline, reviewed.place(shift.start - 1))
    reviewed.qtbot.mouseMove(timeline, reviewed.place(target))
    reviewed.settle()
    shown = reviewed.playback.position
    reviewed.qtbot.mouseRelease(timeline, left, pos=reviewed.place(target))
    reviewed.settle()
    moved = reviewed.rows()[1]
    assert moved.id == shift.id
    assert moved.start == shown
    assert moved.start % FRAME == 0
    assert abs(moved.start - target) <= 2 * Fraction(timeline.scale.seconds_per_pixel)
    assert moved.end == shift.end
    assert (moved.origin, moved.verdict) == ("manual", "accepted")


def test_an_edge_stops_at_the_shift_beside_it(reviewed: Reviewed) -> None:
    """Shifts of one player never come to overlap by dragging."""
    first, second = reviewed.rows()[:2]
    timeline, left = reviewed.timeline, Qt.MouseButton.LeftButton
    reviewed.qtbot.mousePress(timeline, left, pos=reviewed.place(first.end))
    reviewed.qtbot.mouseMove(timeline, reviewed.place(second.start + 2))
    reviewed.qtbot.mouseRelease(timeline, left, pos=reviewed.place(second.start + 2))
    reviewed.settle()
    assert reviewed.rows()[0].end == second.start


def test_a_click_beside_all_shifts_chooses_none_and_shows_the_moment(reviewed: Reviewed) -> None:
    """The timeline is for scrubbing too."""
    end = reviewed.rows()[0].end
    pixel = Fraction(reviewed.timeline.scale.seconds_per_pixel)
    reviewed.qtbot.mouseClick(reviewed.timeline, Qt.MouseButton.LeftButton, pos=reviewed.place(end + 2))
    reviewed.settle()
    assert reviewed.editing.chosen is None
    assert abs(reviewed.playback.position - end - 2) <= pixel + FRAME


def test_keys_split_and_join_a_shift(reviewed: Reviewed) -> None:
    """S splits at the picture, M joins with the next; both are one correction each."""
    shift = reviewed.rows()[1]
    reviewed.go(shift.start + 1)
    reviewed.key(Qt.Key.Key_S)
    first, second = reviewed.rows()[1:3]
    assert [(first.start, first.end), (second.start, second.end)] == [
        (shift.start, shift.start + 1),
        (shift.start + 1, shift.end),
    ]
    assert reviewed.editing.chosen == second
    reviewed.key(Qt.Key.Key_Up)
    reviewed.key(Qt.Key.Key_M)
    joined = reviewed.rows()[1]
    assert (joined.start, joined.end) == (shift.start, shift.end)
    assert len(reviewed.rows()) == 8


def test_i_and_o_add_a_shift_where_there_is_none(reviewed: Reviewed) -> None:
    """The pictures at which they are pressed are its first and its last."""
    first, second = reviewed.rows()[:2]
    reviewed.editing.choose(None)
    start, last = first.end + Fraction(1), second.start - Fraction(1)
    reviewed.go(start)
    reviewed.key(Qt.Key.Key_I)
    reviewed.go(last)
    reviewed.key(Qt.Key.Key_O)
    added = reviewed.rows()[1]
    assert (added.start, added.end) == (start, last + FRAME)
    assert (added.origin, added.verdict) == ("manual", "accepted")
    assert reviewed.editing.chosen == added


def test_i_and_o_trim_the_chosen_shift(reviewed: Reviewed) -> None:
    """Pressed at a shift, they move its start and its end."""
    shift = reviewed.rows()[1]
    reviewed.go(shift.start + FRAME)
    reviewed.key(Qt.Key.Key_I)
    reviewed.go(shift.end + 5 * FRAME)
    reviewed.key(Qt.Key.Key_O)
    trimmed = reviewed.rows()[1]
    assert (trimmed.start, trimmed.end) == (shift.start + FRAME, shift.end + 6 * FRAME)


def test_delete_takes_the_shift_away_and_chooses_the_next(reviewed: Reviewed) -> None:
    """One that was found stays as rejected, so that it is not found again."""
    rows = reviewed.rows()
    reviewed.timeline.setFocus()
    reviewed.key(Qt.Key.Key_Delete)
    assert reviewed.rows()[1].verdict == "rejected"
    assert reviewed.editing.chosen is not None
    assert reviewed.editing.chosen.id == rows[2].id


def test_undo_and_redo_also_after_a_restart(open_review: Callable[..., Reviewed], reviewed: Reviewed) -> None:
    """What was done last comes back first; the buttons say what it is."""
    control, shift_key = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    before = reviewed.rows()
    reviewed.key(Qt.Key.Key_Return)
    accepted = reviewed.rows()
    reviewed.key(Qt.Key.Key_Delete)
    deleted = reviewed.rows()
    assert "deleting the shift at 0:17" in reviewed.panel.undo_button.toolTip()
    reviewed.key(Qt.Key.Key_Z, control)
    assert reviewed.rows() == accepted
    reviewed.key(Qt.Key.Key_Z, control)
    assert reviewed.rows() == before
    assert not reviewed.panel.undo_button.isEnabled()
    reviewed.key(Qt.Key.Key_Z, control | shift_key)
    reviewed.key(Qt.Key.Key_Z, control | shift_key)
    assert reviewed.rows() == deleted
    reviewed.window.close()
    reviewed.desk.session.close()

    again = open_review(job=reviewed.job)
    again.qtbot.mouseClick(again.panel.undo_button, Qt.MouseButton.LeftButton)
    again.settle()
    assert again.rows() == accepted


def test_times_are_typed_into_the_table(reviewed: Reviewed) -> None:
    """A double click edits a time; Enter writes it."""
    table = reviewed.panel.table
    index = table.sorted.index(1, Column.END)
    table.setFocus()
    table.setCurrentIndex(index)
    table.edit(index)
    editor = table.findChild(QLineEdit)
    assert editor.text() == "0:13.400"
    editor.selectAll()
    reviewed.qtbot.keyClicks(editor, "0:14.25")
    reviewed.qtbot.keyClick(editor, Qt.Key.Key_Return)
    # The view closes its editor in the next round of events.
    reviewed.qtbot.waitUntil(lambda: reviewed.rows()[1].end == Fraction(1425, 100), timeout=PATIENCE)
    reviewed.settle()
    assert table.sorted.index(1, Column.END).data() == "0:14"


def test_what_is_no_time_is_told_and_changes_nothing(reviewed: Reviewed) -> None:
    """So is a time at which the shift would end before it starts."""
    model, before = reviewed.panel.table.shifts, reviewed.rows()
    model.setData(model.index(1, Column.START), "soon")
    assert reviewed.panel.notice.sentence.startswith("“soon” is no time")
    model.setData(model.index(1, Column.START), "0:59")
    reviewed.settle()
    assert reviewed.panel.notice.sentence.startswith("A shift ends after it starts")
    assert reviewed.rows() == before


def test_a_note_is_kept_with_the_shift(reviewed: Reviewed) -> None:
    """It is typed below the table, or in it where it is wide."""
    note = reviewed.panel.note
    note.setFocus()
    reviewed.qtbot.keyClicks(note, "nice pass")
    reviewed.qtbot.keyClick(note, Qt.Key.Key_Return)
    reviewed.settle()
    assert reviewed.rows()[1].note == "nice pass"
    assert [one.verdict for one in reviewed.rows()] == ["proposed"] * 8
    model = reviewed.panel.table.shifts
    model.setData(model.index(2, Column.NOTE), "penalty")
    reviewed.settle()
    assert reviewed.rows()[2].note == "penalty"


def test_the_table_is_sorted_by_any_column_and_gone_through_so(reviewed: Reviewed) -> None:
    """With the least sure first, Down goes to the next least sure."""
    table = reviewed.panel.table
    table.sortByColumn(Column.CONFIDENCE, Qt.SortOrder.AscendingOrder)
    wanted = [one.id for one in sorted(reviewed.rows(), key=lambda shift: shift.confidence)]
    confidences = {one.id: one.confidence for one in reviewed.rows()}
    assert [confidences[one] for one in table.order()] == [confidences[one] for one in wanted]
    reviewed.editing.choose(table.order()[0])
    reviewed.timeline.setFocus()
    reviewed.key(Qt.Key.Key_Down)
    assert reviewed.editing.chosen is not None
    assert reviewed.editing.chosen.id == table.order()[1]


def test_following_and_playing_only_shifts_give_way_to_each_other(reviewed: Reviewed) -> None:
    """Both lead the playback: the one begun last does."""
    review = reviewed.review
    only, follow = review.only, review.side.follow
    only.set_on(True)
    follow.start()
    assert follow.on and not only.is_on
    only.set_on(True)
    assert only.is_on and not follow.on
    only.set_on(False)


def test_only_shifts_are_played(reviewed: Reviewed) -> None:
    """At the end of a shift the film goes on at the next one."""
    first, second = reviewed.rows()[:2]
    reviewed.go(first.end - 5 * FRAME)
    seen: list[Fraction] = []
    reviewed.playback.position_changed.connect(seen.append)
    reviewed.timeline.setFocus()
    reviewed.qtbot.keyClick(reviewed.timeline, Qt.Key.Key_P)
    assert reviewed.playback.playing
    assert reviewed.review.below.only_button.isChecked()
    reviewed.qtbot.waitUntil(lambda: any(one >= second.start for one in seen), timeout=PATIENCE)
    reviewed.qtbot.keyClick(reviewed.timeline, Qt.Key.Key_P)
    reviewed.playback.pause()
    between = [one for one in seen if first.end + 1 <= one < second.start - 1]
    assert len(between) <= 3


def test_several_players_have_a_lane_each(open_review: Callable[..., Reviewed]) -> None:
    """A click on another player's shift works on that player: table, tabs and picture follow."""
    reviewed = open_review(players=("Sam", "Ida"), shifts=5)
    ida = reviewed.desk.store.players(reviewed.job)[1]
    shift = reviewed.desk.store.shifts(reviewed.job, ida.id)[2]
    middle = (shift.start + shift.end) / 2
    reviewed.qtbot.mouseClick(
        reviewed.timeline, Qt.MouseButton.LeftButton, pos=reviewed.place(middle, lane=1)
    )
    reviewed.settle()
    assert reviewed.editing.chosen == shift
    assert reviewed.panel.table.shifts.row_of(shift.id) == 2
    assert reviewed.window.pick_panel.tabs.currentIndex() == 1
    assert reviewed.window.game_page.picture.picker.position == 1
    reviewed.window.pick_panel.tabs.setCurrentIndex(0)
    assert reviewed.editing.lane_number == 0
    assert reviewed.panel.table.shifts.row_of(shift.id) == -1


def test_the_playing_keys_work_in_review(reviewed: Reviewed) -> None:
    """Frame by frame, a second, ten seconds, wherever the focus is."""
    reviewed.timeline.setFocus()
    reviewed.go(Fraction(20))
    for key, modifiers, moment in (
        (Qt.Key.Key_Period, Qt.KeyboardModifier.NoModifier, Fraction(201, 10)),
        (Qt.Key.Key_Comma, Qt.KeyboardModifier.NoModifier, Fraction(20)),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, Fraction(21)),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, Fraction(11)),
    ):
        reviewed.key(key, modifiers)
        assert reviewed.playback.position == moment


def test_the_mouse_over_the_timeline_shows_a_small_picture(reviewed: Reviewed) -> None:
    """With the moment, and what is known of the shift that is there."""
    shift, timeline = reviewed.rows()[2], reviewed.timeline
    middle = (shift.start + shift.end) / 2
    reviewed.qtbot.mouseMove(timeline, reviewed.place(middle))
    reviewed.qtbot.waitUntil(lambda: timeline.thumbnails.picture(middle) is not None, timeout=PATIENCE)
    picture = timeline.thumbnails.picture(middle)
    assert isinstance(picture, QImage)
    assert (picture.width(), picture.height()) == (192, 108)
    card = timeline.card
    assert card is not None
    assert card.isVisible()
    reviewed.qtbot.waitUntil(lambda: not card.picture.pixmap().isNull(), timeout=PATIENCE)
    assert "Shift 3" in card.words.text()
    assert "please check" in card.words.text()
    assert "jersey colour" in card.words.text()


def test_zooming_keeps_the_moment_under_the_playhead(reviewed: Reviewed) -> None:
    """Plus and minus look closer and from farther away."""
    reviewed.timeline.setFocus()
    shift = reviewed.rows()[1]
    before = reviewed.timeline.scale
    reviewed.key(Qt.Key.Key_Plus)
    reviewed.key(Qt.Key.Key_Plus)
    after = reviewed.timeline.scale
    assert after.zoom > 2
    assert after.x_of(float(shift.start)) == pytest.approx(before.x_of(float(shift.start)), abs=1)
    for _ in range(4):
        reviewed.key(Qt.Key.Key_Minus)
    assert reviewed.timeline.scale.zoom == 1


@pytest.mark.parametrize("size", [(1024, 680), (1280, 800), (2560, 1440)])
def test_no_text_of_review_is_cut_off_at_125_percent_fonts(
    open_review: Callable[..., Reviewed], size: tuple[int, int]
) -> None:
    """And everything that Tab reaches has a name."""
    reviewed = open_review(players=("Sam", "Ida"), shifts=5)
    reviewed.desk.session.theme.scale_text(1.25)
    reviewed.window.resize(*size)
    reviewed.settle()
    assert reviewed.panel.isVisible()
    for part in (reviewed.panel, reviewed.review.below):
        # What wraps gets its height a few rounds of events after its width.
        reviewed.qtbot.waitUntil(lambda part=part: not cut_off(part), timeout=PATIENCE)
        assert nameless(part) == []
    reviewed.window._go_to_step(Step.PICK)
    panel = reviewed.window.player_panel
    reviewed.qtbot.waitUntil(lambda: not cut_off(panel), timeout=PATIENCE)
    assert nameless(panel) == []


def people_of_a_question(time: float) -> Question:
    """Return a question with five people in it."""
    choices = [
        Choice(number, 20.0 + 28 * number, 40.0, (12.0 + 28 * number, 20.0, 28.0 + 28 * number, 60.0), 0.2)
        for number in range(5)
    ]
    return Question(time, tuple(choices), 0.1, 40.0)


@pytest.mark.parametrize("size", [(1280, 800), (1024, 680)])
def test_a_question_of_five_is_seen_whole_and_nothing_is_scrolled_at_the_size_it_is_made_for(
    open_review: Callable[..., Reviewed], size: tuple[int, int]
) -> None:
    """In the smallest window it is as wide as its place, too."""
    reviewed = open_review()
    reviewed.window.resize(*size)
    reviewed.settle()
    questions = tuple(people_of_a_question(time) for time in (20.0, 25.0, 30.0))
    reviewed.window.resolver.questions_ready.emit(reviewed.job, 0, questions)
    cards, scrolled = reviewed.review.side.cards, reviewed.panel.findChild(QScrollArea, "shiftPanel")
    assert isinstance(scrolled, QScrollArea)

    def fits() -> bool:
        tiles = [tile for tile in cards.tiles.tiles if tile.isVisible()]
        inside = all(cards.rect().contains(tile.mapTo(cards, tile.rect().bottomRight())) for tile in tiles)
        wide = cards.mapTo(scrolled.viewport(), cards.rect().bottomRight()).x() < scrolled.viewport().width()
        whole = size[0] < 1280 or scrolled.verticalScrollBar().maximum() == 0
        return len(tiles) == 5 and inside and wide and whole

    reviewed.qtbot.waitUntil(fits, timeout=PATIENCE)


def test_no_question_is_asked_beside_the_export(reviewed: Reviewed) -> None:
    """It is about a picture that is not seen there; back in Review it is there again."""
    reviewed.window.resolver.questions_ready.emit(reviewed.job, 0, (people_of_a_question(20.0),))
    cards = reviewed.review.side.cards
    assert cards.isVisible()
    reviewed.window.show_export()
    assert not cards.isVisible()
    reviewed.window.show_review()
    assert cards.isVisible()
    assert cards.question is not None


def two_shifts_shown(qtbot: QtBot, open_desk: Callable[..., Desk]) -> tuple[Desk, str]:
    """Open the window on a game whose two shifts are shown, with nobody who works on the queue."""
    desk = open_desk()
    assert desk.session.runner is not None
    desk.session.runner.quit()
    job = analysed_job(desk.store, setup_of(sam(FIRST, SECOND)))
    qtbot.waitUntil(lambda: job in desk.listed(), timeout=PATIENCE)
    desk.window.choose(job)
    totals = desk.window.review.panel.totals
    qtbot.waitUntil(lambda: totals.text() == "2 · 1:02" and desk.window.is_idle, timeout=PATIENCE)
    return desk, job


def test_a_correction_is_followed_at_once_without_the_queue(
    qtbot: QtBot, open_desk: Callable[..., Desk]
) -> None:
    """What was found is shown; a mark changes it, undo brings it back, and nothing is queued."""
    desk, job = two_shifts_shown(qtbot, open_desk)
    panel, editing = desk.window.review.panel, desk.window.review.editing
    change = added_click(0, Click(Fraction(33), ClickKind.OFF_ICE))
    desk.window.actions_of_jobs.change_setup(job, change, what="off-ice")
    qtbot.waitUntil(lambda: desk.window.is_idle and panel.totals.text() != "2 · 1:02", timeout=PATIENCE)
    assert list(editing.lanes.shifts) == desk.store.shifts(job)
    assert all(not shift.start <= 33 < shift.end for shift in editing.lanes.shifts)
    editing.undo()
    qtbot.waitUntil(lambda: panel.totals.text() == "2 · 1:02", timeout=PATIENCE)
    assert desk.status(job) is JobStatus.DONE


def test_a_click_on_nobody_is_told_beside_the_shifts_until_it_is_taken_back(
    qtbot: QtBot, open_desk: Callable[..., Desk]
) -> None:
    """The shifts are found all the same."""
    desk, job = two_shifts_shown(qtbot, open_desk)
    panel, editing = desk.window.review.panel, desk.window.review.editing
    assert panel.notes.isHidden()
    change = added_click(0, Click(Fraction(65), ClickKind.IS, 0.9, 0.4))
    desk.window.actions_of_jobs.change_setup(job, change, what="click")
    qtbot.waitUntil(lambda: not panel.notes.isHidden(), timeout=PATIENCE)
    assert panel.notes.text() == "Nobody was found where you clicked at 1:05.0."
    assert panel.totals.text() == "2 · 1:02"
    editing.undo()
    qtbot.waitUntil(panel.notes.isHidden, timeout=PATIENCE)


def test_a_german_window_tells_notes_and_reasons_in_german_and_sentences_of_before_as_they_are(
    qtbot: QtBot, open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    """What is kept is no sentence, so that each window has words of its own for it."""
    with Store(tmp_path / "data") as store:
        store.preferences.change(language="de")
    desk, job = two_shifts_shown(qtbot, open_desk)
    panel = desk.window.review.panel
    change = added_click(0, Click(Fraction(65), ClickKind.IS, 0.9, 0.4))
    desk.window.actions_of_jobs.change_setup(job, change, what="click")
    qtbot.waitUntil(lambda: not panel.notes.isHidden(), timeout=PATIENCE)
    assert panel.notes.text() == "Wo du bei 1:05.0 geklickt hast, wurde niemand gefunden."
    first = desk.store.shifts(job)[0]
    assert "du hast ihn bei 0:20.0 angeklickt" in shift_words(1, "", first).splitlines()
    of_before = replace(first, evidence=({"text": "you clicked on him at 0:20.0", "log_odds": 4.0},))
    assert shift_words(1, "", of_before).splitlines()[-1] == "you clicked on him at 0:20.0"


def test_x_on_a_shift_with_a_click_rejects_it_and_takes_the_click_back_in_one_step(
    qtbot: QtBot, open_desk: Callable[..., Desk]
) -> None:
    """It is told in a sentence, and one undo brings both back."""
    desk, job = two_shifts_shown(qtbot, open_desk)
    panel, editing = desk.window.review.panel, desk.window.review.editing
    editing.choose(desk.store.shifts(job)[0].id)
    editing.reject()
    qtbot.waitUntil(lambda: not panel.notice.isHidden() and desk.window.is_idle, timeout=PATIENCE)
    assert panel.notice.sentence == (
        "The shift at 0:10 is rejected, and your click in it at 0:20 was taken back with it; "
        "undo brings back both."
    )
    assert desk.store.setup(job).players[0].clicks == (SECOND,)
    assert [shift.verdict for shift in desk.store.shifts(job)] == ["rejected", "proposed"]
    editing.undo()
    qtbot.waitUntil(lambda: panel.totals.text() == "2 · 1:02" and desk.window.is_idle, timeout=PATIENCE)
    assert desk.store.setup(job).players[0].clicks == (FIRST, SECOND)
    assert [shift.verdict for shift in desk.store.shifts(job)] == ["proposed", "proposed"]
