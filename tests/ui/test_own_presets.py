"""The person's own presets in Pick: chosen, saved, renamed and deleted, by keys alone where it matters."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from shiftclipper.jobs.settings import Settings
from shiftclipper.jobs.setup import PlayerSetup, Setup
from shiftclipper.jobs.store import Store
from shiftclipper.ui.picture.preset_choice import PresetChoice
from tests.ui.conftest import PATIENCE, Desk
from tests.ui.looks import cut_off, nameless

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise|grabbing)")

RINK = Settings(preset="panning", camera="panning", level="youth", pre_roll=4.0)
LATER = {"reel_music": "march", "quality": "finest", "level": "adult", "merge_gap": 2.5}
"""A preset that a later version of the program wrote."""


@pytest.fixture
def desk(tmp_path: Path, open_desk: Callable[..., Desk], qtbot: QtBot) -> Desk:
    """A window with one game, and a preset of this version and one of a later one."""
    with Store(tmp_path / "data") as store:
        store.presets.save("Rink & roll", RINK)
        with store._database.writing() as change:
            change.execute("INSERT INTO preset VALUES ('Written later', ?)", [json.dumps(LATER)])
        store.create_job([tmp_path / "game.mp4"], setup=Setup(players=(PlayerSetup("Sam", "17"),)))
    desk = open_desk(tmp_path / "data")
    desk.session.runner.quit()
    qtbot.waitUntil(lambda: len(desk.listed()) == 1, timeout=PATIENCE)
    desk.window.choose(next(iter(desk.listed())))
    qtbot.waitUntil(lambda: desk.window.is_idle and bool(choice(desk)._job_id), timeout=PATIENCE)
    return desk


def choice(desk: Desk) -> PresetChoice:
    """Return the part of the window that is tested."""
    return desk.window.pick_panel.presets


def settings(desk: Desk) -> Settings:
    """Return the settings of the only game."""
    return desk.store.setup(next(iter(desk.listed()))).settings


def stored(desk: Desk) -> dict[str, Mapping[str, object]]:
    """Return what the database has of each preset."""
    with desk.store._database.reading() as tables:
        return {row["name"]: json.loads(row["settings"]) for row in tables.rows("SELECT * FROM preset")}


def act(desk: Desk, text: str, inside: str = "") -> None:
    """Choose what the menu, or one inside it, offers."""
    menu = choice(desk).menu
    menu.aboutToShow.emit()
    if inside:
        menu = next(action.menu() for action in menu.actions() if action.text() == inside)
    action = next(action for action in menu.actions() if action.text() == text)
    assert isinstance(menu, QMenu) and isinstance(action, QAction)
    action.trigger()


def test_a_preset_is_chosen_by_keys_and_can_be_undone(qtbot: QtBot, desk: Desk) -> None:
    """All of its settings become the game's, and the button says whose they are."""
    before, presets = settings(desk), choice(desk)
    assert presets.button.accessibleName() == "My presets"
    presets.button.setFocus()
    qtbot.keyClick(presets.button, Qt.Key.Key_Space)
    qtbot.waitUntil(presets.menu.isVisible, timeout=PATIENCE)
    qtbot.keyClick(presets.menu, Qt.Key.Key_Down)
    qtbot.keyClick(presets.menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: settings(desk) == RINK, timeout=PATIENCE)
    qtbot.waitUntil(lambda: presets.button.accessibleName() == "Preset: Rink & roll", timeout=PATIENCE)
    assert "Level: youth" in presets.button.toolTip()
    job_id = next(iter(desk.listed()))
    assert desk.store.corrections.next_undo(job_id) == "preset"
    desk.window.actions_of_jobs.undo(job_id)
    qtbot.waitUntil(lambda: settings(desk) == before, timeout=PATIENCE)
    qtbot.waitUntil(lambda: presets.button.accessibleName() == "My presets", timeout=PATIENCE)


def test_what_this_version_does_not_know_stays_as_it_is_and_is_told(qtbot: QtBot, desk: Desk) -> None:
    """The rest of such a preset is used, and nothing of it is lost by choosing or renaming it."""
    act(desk, "Written later")
    qtbot.waitUntil(lambda: settings(desk).level == "adult", timeout=PATIENCE)
    assert (settings(desk).quality, settings(desk).merge_gap) == (Settings().quality, 2.5)
    assert choice(desk).hint.text().endswith("does not know their values: reel_music, quality.")
    act(desk, "Written later", inside="Rename")
    choice(desk).name.setText("Later")
    qtbot.keyClick(choice(desk).name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Later" in stored(desk), timeout=PATIENCE)
    assert stored(desk)["Later"] == LATER and "Written later" not in stored(desk)


def test_the_settings_are_saved_under_a_name_and_replace_one_only_when_told(qtbot: QtBot, desk: Desk) -> None:
    """The button says Replace before it does; a setting of a later version stays in what is replaced."""
    presets = choice(desk)
    act(desk, "Save these settings as a preset")
    assert presets.name.hasFocus() and not presets.keep.isEnabled()
    qtbot.keyClick(presets.name, Qt.Key.Key_Return)
    assert presets.name.isVisible(), "an empty name is none"
    qtbot.keyClicks(presets.name, "phone")
    assert not presets.keep.isEnabled() and presets.hint.isVisible()
    presets.name.selectAll()
    qtbot.keyClicks(presets.name, "Home ice")
    assert presets.keep.isEnabled() and presets.keep.text() == "Save"
    qtbot.keyClick(presets.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored(desk).get("Home ice") == settings(desk).as_json(), timeout=PATIENCE)
    qtbot.waitUntil(lambda: presets.button.accessibleName() == "Preset: Home ice", timeout=PATIENCE)
    act(desk, "Save these settings as a preset")
    qtbot.keyClicks(presets.name, "Written later")
    assert presets.keep.text() == "Replace" and "replaced" in presets.hint.text()
    qtbot.keyClick(presets.name, Qt.Key.Key_Escape)
    assert not presets.name.isVisible() and presets.button.hasFocus()
    assert stored(desk)["Written later"] == LATER
    act(desk, "Save these settings as a preset")
    qtbot.keyClicks(presets.name, "Written later")
    qtbot.mouseClick(presets.keep, Qt.MouseButton.LeftButton)
    wanted = {"reel_music": "march", **settings(desk).as_json()}
    qtbot.waitUntil(lambda: stored(desk)["Written later"] == wanted, timeout=PATIENCE)


def test_a_preset_that_went_while_the_menu_was_open_changes_nothing(qtbot: QtBot, desk: Desk) -> None:
    """The menu shows what there was when it opened; renaming or deleting may be answered later."""
    before, presets = settings(desk), choice(desk)
    presets.menu.aboutToShow.emit()
    old = next(action for action in presets.menu.actions() if action.text() == "Written later")
    actions = desk.window.actions_of_jobs
    actions.change_presets(lambda kept: kept.delete("Written later"), presets._show_presets)
    qtbot.waitUntil(lambda: desk.window.is_idle and "Written later" not in stored(desk), timeout=PATIENCE)
    old.trigger()
    qtbot.waitUntil(lambda: desk.window.is_idle, timeout=PATIENCE)
    assert settings(desk) == before


def test_a_taken_name_is_no_new_name(qtbot: QtBot, desk: Desk) -> None:
    """Renaming one preset never makes away with another."""
    presets = choice(desk)
    act(desk, "Rink && roll", inside="Rename")
    assert presets.name.text() == "Rink & roll"
    presets.name.selectAll()
    qtbot.keyClicks(presets.name, "Written later")
    assert not presets.keep.isEnabled()
    qtbot.keyClick(presets.name, Qt.Key.Key_Return)
    assert stored(desk).keys() == {"Rink & roll", "Written later"}


@pytest.mark.parametrize(("answer", "left"), [("Keep", 2), ("Delete", 1)])
def test_a_preset_is_deleted_when_that_is_confirmed(qtbot: QtBot, desk: Desk, answer: str, left: int) -> None:
    """Games that have its settings keep them."""
    before = settings(desk)
    act(desk, "Rink && roll", inside="Delete")
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox) and "Rink & roll" in box.text()
    button = next(one for one in box.buttons() if one.text() == answer)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.window.is_idle and len(stored(desk)) == left, timeout=PATIENCE)
    assert settings(desk) == before


def test_in_the_smallest_window_nothing_is_cut_off_while_a_name_is_typed(qtbot: QtBot, desk: Desk) -> None:
    """Quality and level give their room to the name, and have it again afterwards."""
    panel = desk.window.pick_panel
    desk.window.resize(1024, 680)
    act(desk, "Save these settings as a preset")
    qtbot.keyClicks(panel.presets.name, "Rink & roll")
    qtbot.waitUntil(lambda: not cut_off(panel), timeout=PATIENCE)
    assert nameless(panel) == []
    assert not panel.quality.isVisible() and not panel.level.isVisible()
    qtbot.mouseClick(panel.presets.drop, Qt.MouseButton.LeftButton)
    assert panel.quality.isVisible() and panel.level.isVisible()
    qtbot.waitUntil(lambda: not cut_off(panel), timeout=PATIENCE)
