"""Two hundred random actions in Review: after each one the window shows the database, and undo is exact."""

import random
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from shiftclipper.jobs.rows import ShiftRow
from shiftclipper.ui.review.lanes import read_lanes
from shiftclipper.ui.review.shift_model import Column
from tests.ui.conftest import PATIENCE, Desk
from tests.ui.reviewed_games import reviewed_game, small_film

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise)")
ACTIONS = 200
SECONDS = 40
State = tuple[ShiftRow, ...]


class Person:
    """Does what chance says, and knows what the database must say then."""

    def __init__(self, desk: Desk, qtbot: QtBot, job: str, seed: int) -> None:
        """Sit down at a window that shows the game."""
        self.desk, self.qtbot, self.job = desk, qtbot, job
        self.random = random.Random(seed)
        self.review = desk.window.review
        self.editing = self.review.editing
        self.playback = desk.window.game_page.picture.playback
        self.done: list[State] = []
        """What the shifts were before each correction that can be undone, the oldest first."""
        self.undone: list[State] = []
        self.counts: dict[str, int] = {}
        self.name = ""
        self.known = self.state()
        self.actions: list[Callable[[], None]] = [
            *[self.judge] * 4,
            *[self.go_through] * 2,
            *[self.type_a_time] * 2,
            *[self.split] * 2,
            *[self.join] * 2,
            *[self.trim] * 2,
            *[self.add] * 2,
            self.delete,
            self.note,
            self.sort,
            self.zoom,
            *[self.undo] * 5,
            *[self.redo] * 3,
        ]

    def act(self) -> None:
        """Do one thing, wait for it, and check all."""
        action = self.random.choice(self.actions)
        self.name = action.__name__
        action()
        self.note_change()
        self.check(self.known)

    def note_change(self) -> None:
        """Wait, and note what was corrected since the last time."""
        self.settle()
        before, self.known = self.known, self.state()
        if self.known != before:
            self.done.append(before)
            self.undone.clear()
            self.counts[self.name] = self.counts.get(self.name, 0) + 1

    # What is done

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.desk.window.focusWidget(), key, modifiers)

    def judge(self) -> None:
        self.key(self.random.choice([Qt.Key.Key_Return, Qt.Key.Key_X]))

    def go_through(self) -> None:
        self.key(self.random.choice([Qt.Key.Key_Up, Qt.Key.Key_Down]))

    def split(self) -> None:
        chosen = self.editing.chosen
        if chosen is not None:
            self.go(chosen.start + (chosen.end - chosen.start) * self.random.randrange(1, 10) / 10)
        self.key(Qt.Key.Key_S)

    def join(self) -> None:
        self.key(Qt.Key.Key_M)

    def trim(self) -> None:
        chosen = self.editing.chosen
        if chosen is not None:
            edge = self.random.choice([chosen.start, chosen.end])
            self.go(edge + Fraction(self.random.randrange(-8, 9), 10))
        self.key(self.random.choice([Qt.Key.Key_I, Qt.Key.Key_O]))

    def add(self) -> None:
        self.editing.choose(None)
        start = Fraction(self.random.randrange(0, 10 * SECONDS - 30), 10)
        self.go(start)
        self.key(Qt.Key.Key_I)
        # Inside of a shift this was a correction of its own.
        self.note_change()
        self.go(start + Fraction(self.random.randrange(3, 20), 10))
        self.key(Qt.Key.Key_O)

    def delete(self) -> None:
        self.key(Qt.Key.Key_Delete)

    def type_a_time(self) -> None:
        model = self.review.panel.table.shifts
        row = self.random.randrange(max(1, model.rowCount()))
        column = self.random.choice([Column.START, Column.END])
        text = self.random.choice(["0:{0:02}.{1}", "{0},{1}", "{0} o'clock", "0:{0:02}"])
        tenths = self.random.randrange(10)
        model.setData(model.index(row, column), text.format(self.random.randrange(SECONDS), tenths))

    def note(self) -> None:
        chosen = self.editing.chosen
        if chosen is not None:
            self.editing.note(chosen.id, self.random.choice(["goal", "penalty", ""]))

    def sort(self) -> None:
        order = self.random.choice([Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder])
        self.review.panel.table.sortByColumn(self.random.choice(list(Column)), order)

    def zoom(self) -> None:
        self.key(self.random.choice([Qt.Key.Key_Plus, Qt.Key.Key_Minus]))

    def undo(self) -> None:
        self.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        self.settle()
        if self.done:
            self.undone.append(self.known)
            self.known = self.done.pop()
        assert self.state() == self.known, "undo brings back exactly what was"

    def redo(self) -> None:
        control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        self.key(Qt.Key.Key_Z, control | shift)
        self.settle()
        if self.undone:
            self.done.append(self.known)
            self.known = self.undone.pop()
        assert self.state() == self.known, "redo does exactly what was undone"

    def go(self, moment: Fraction) -> None:
        self.playback.seek(max(Fraction(0), moment))
        self.settle()

    # What is so

    def settle(self) -> None:
        window, playback = self.desk.window, self.playback
        self.qtbot.waitUntil(lambda: window.is_idle and not playback.seeking, timeout=PATIENCE)

    def state(self) -> State:
        """Return all shifts as the database has them."""
        return tuple(sorted(self.desk.store.shifts(self.job), key=lambda shift: shift.id))

    def journal(self) -> tuple[str | None, str | None]:
        return self.desk.store.corrections.next_undo(self.job), self.desk.store.corrections.next_redo(
            self.job
        )

    def check(self, state: State) -> None:
        """Compare everything that is shown with the database."""
        lanes = read_lanes(self.desk.store, self.job)
        table, panel = self.review.panel.table, self.review.panel
        (lane,) = lanes.players
        assert self.editing.lanes == lanes
        assert [table.shifts.shift_at(row) for row in range(table.shifts.rowCount())] == list(lane.shifts)
        assert sorted(table.order()) == sorted(shift.id for shift in state)
        assert panel.totals.text().startswith(f"{len(lane.kept)} · ")
        assert panel.undo_button.isEnabled() == bool(self.done) == (self.journal()[0] is not None)
        assert panel.redo_button.isEnabled() == bool(self.undone) == (self.journal()[1] is not None)
        chosen = self.editing.chosen
        assert chosen is None or chosen == lanes.shift(chosen.id)
        current = table.currentIndex()
        assert current.isValid() == (chosen is not None)
        if chosen is not None:
            assert table.order()[current.row()] == chosen.id
        for shift in state:
            assert 0 <= shift.start < shift.end <= SECONDS


@pytest.mark.parametrize("seed", [1])
def test_two_hundred_random_actions(
    qtbot: QtBot, open_desk: Callable[..., Desk], tmp_path: Path, seed: int
) -> None:
    """The database is the judge: of what is shown, and of every undo."""
    film = small_film(tmp_path / "Sat.mp4", seconds=SECONDS)
    desk = open_desk()
    assert desk.session.runner is not None
    desk.session.runner.quit()
    job = reviewed_game(desk.store, film, shifts=6)
    qtbot.waitUntil(lambda: job in desk.listed(), timeout=PATIENCE)
    desk.window.choose(job)
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow, timeout=PATIENCE)
    person = Person(desk, qtbot, job, seed)
    qtbot.waitUntil(lambda: person.playback.film is not None, timeout=PATIENCE)
    table = desk.window.review.panel.table
    testers = [
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
        for model in (table.shifts, table.sorted)
    ]
    table.setFocus()
    person.settle()
    for _ in range(ACTIONS):
        person.act()
    assert testers
    assert set(person.counts) >= {"judge", "split", "join", "trim", "add", "delete", "type_a_time", "note"}
    while person.done:
        person.undo()
    assert desk.store.corrections.next_undo(job) is None
    assert all(shift.verdict == "proposed" for shift in person.state())
