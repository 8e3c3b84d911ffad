"""Picking on the real window with a real film: what is clicked and drawn is in the database."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from shiftclipper.jobs.proposals import BenchProposal, Proposals
from shiftclipper.jobs.rows import JobStatus
from shiftclipper.jobs.settings import LEVELS
from shiftclipper.jobs.setup import ClickKind
from shiftclipper.ui.picture.boxes import Boxes
from tests.ui.conftest import PATIENCE, Desk, drop


@pytest.fixture
def picking(qtbot: QtBot, open_desk: Callable[..., Desk], films: dict[str, Path]) -> tuple[Desk, str]:
    """A window whose only game's film is shown, with two people in it."""
    desk = open_desk()
    drop(desk.window, [films["Practice"]])
    qtbot.waitUntil(lambda: bool(desk.job("Practice")), timeout=PATIENCE)
    picture = desk.window.game_page.picture
    qtbot.waitUntil(
        lambda: picture.playback.film is not None and not picture.playback.seeking, timeout=PATIENCE
    )
    # Until the analysis is done, what it saw is read again and again.
    qtbot.waitUntil(lambda: desk.status(desk.job("Practice")) is JobStatus.DONE, timeout=PATIENCE)
    qtbot.waitUntil(lambda: _knows_done(desk) and picture.is_idle and desk.window.is_idle, timeout=PATIENCE)
    people = np.array([[20, 20, 36, 60], [80, 30, 96, 70]], np.float32)
    picture.picker.show_boxes(Boxes.of_samples([(0.0, people)]))
    return desk, desk.job("Practice")


def _knows_done(desk: Desk) -> bool:
    return desk.listed().get(desk.job("Practice")) is JobStatus.DONE


def click(qtbot: QtBot, desk: Desk, x: float, y: float) -> None:
    """Click at a place of the source picture."""
    canvas = desk.window.game_page.picture.canvas
    qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=canvas.mapFromScene(QPointF(x, y)))


def test_the_first_click_snaps_to_the_person_and_makes_the_player(
    qtbot: QtBot, picking: tuple[Desk, str]
) -> None:
    """One click beside the middle of somebody says who the player is, and the sentence goes."""
    desk, job_id = picking
    canvas = desk.window.game_page.picture.canvas
    assert canvas.hint.text() == "Click on your player"
    click(qtbot, desk, 31, 48)
    qtbot.waitUntil(lambda: len(desk.store.setup(job_id).players) == 1, timeout=PATIENCE)
    (player,) = desk.store.setup(job_id).players
    (mark,) = player.clicks
    assert (mark.kind, mark.x, mark.y) == (ClickKind.IS, 28 / 128, 40 / 96)
    assert player.jersey_color is not None
    qtbot.waitUntil(lambda: canvas.hint.isHidden(), timeout=PATIENCE)


def test_a_click_can_be_taken_back(qtbot: QtBot, picking: tuple[Desk, str]) -> None:
    """The button takes the newest click back, and with the only one the player."""
    desk, job_id = picking
    click(qtbot, desk, 88, 50)
    qtbot.waitUntil(lambda: len(desk.store.setup(job_id).players) == 1, timeout=PATIENCE)
    panel = desk.window.pick_panel
    qtbot.waitUntil(panel.undo_button.isEnabled, timeout=PATIENCE)
    qtbot.mouseClick(panel.undo_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.store.setup(job_id).players == (), timeout=PATIENCE)


def test_a_drawn_bench_is_in_the_database(qtbot: QtBot, picking: tuple[Desk, str]) -> None:
    """What is drawn on the picture is kept in shares of it."""
    desk, job_id = picking
    desk.window.game_page.picture.draw_region("bench")
    for x, y in ((32, 24), (96, 24), (96, 72), (32, 72)):
        click(qtbot, desk, x, y)
    qtbot.keyClick(desk.window.game_page.picture.canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(desk.store.setup(job_id).regions.bench), timeout=PATIENCE)
    wanted = [[0.25, 0.25], [0.75, 0.25], [0.75, 0.75], [0.25, 0.75]]
    assert np.allclose(desk.store.setup(job_id).regions.bench[0], wanted, atol=0.01)


def test_camera_quality_and_level_are_chosen_and_kept(qtbot: QtBot, picking: tuple[Desk, str]) -> None:
    """A picture of the camera takes its preset; quality and level are chosen below."""
    desk, job_id = picking
    panel = desk.window.pick_panel
    qtbot.mouseClick(panel.camera.buttons["phone"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.store.setup(job_id).settings.camera == "phone", timeout=PATIENCE)
    panel.quality.setCurrentIndex(2)
    panel.quality.activated.emit(2)
    qtbot.waitUntil(lambda: desk.store.setup(job_id).settings.quality == "thorough", timeout=PATIENCE)
    panel.level.setCurrentIndex(LEVELS.index("youth"))
    panel.level.activated.emit(LEVELS.index("youth"))
    qtbot.waitUntil(lambda: desk.store.setup(job_id).settings.level == "youth", timeout=PATIENCE)
    assert desk.store.setup(job_id).settings.camera == "phone"
    qtbot.waitUntil(panel.camera.buttons["phone"].isChecked, timeout=PATIENCE)


def test_a_proposed_bench_is_taken_with_one_click(qtbot: QtBot, picking: tuple[Desk, str]) -> None:
    """It is drawn dashed until then; where a bench is drawn, none is offered."""
    desk, job_id = picking
    click(qtbot, desk, 31, 48)
    qtbot.waitUntil(lambda: len(desk.store.setup(job_id).players) == 1, timeout=PATIENCE)
    panel = desk.window.pick_panel
    bench = ((0.25, 0.25), (0.5, 0.25), (0.5, 0.5), (0.25, 0.5))
    qtbot.waitUntil(lambda: panel.undo_button.isEnabled() and desk.window.is_idle, timeout=PATIENCE)
    desk.window.resolver.proposals_ready.emit(job_id, 0, Proposals((BenchProposal(bench, 12.0),)))
    assert panel.proposed.isVisible()
    qtbot.mouseClick(panel.proposed.take_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.store.setup(job_id).regions.bench == (bench,), timeout=PATIENCE)
    qtbot.waitUntil(lambda: not panel.proposed.isVisible(), timeout=PATIENCE)


def test_clicks_are_undone_and_the_bench_is_marked_by_keys(qtbot: QtBot, picking: tuple[Desk, str]) -> None:
    """Ctrl+Z takes back what was done last while picking too; B says that the player is off the ice."""
    desk, job_id = picking
    click(qtbot, desk, 31, 48)
    qtbot.waitUntil(lambda: len(desk.store.setup(job_id).players) == 1, timeout=PATIENCE)
    qtbot.waitUntil(lambda: desk.window.is_idle, timeout=PATIENCE)
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow, timeout=PATIENCE)
    picture = desk.window.game_page.picture
    picture.canvas.setFocus()
    picture.playback.step(5)
    qtbot.waitUntil(lambda: not picture.playback.seeking, timeout=PATIENCE)
    qtbot.keyClick(picture.canvas, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: len(desk.store.setup(job_id).players[0].clicks) == 2, timeout=PATIENCE)
    assert desk.store.setup(job_id).players[0].clicks[1].kind is ClickKind.OFF_ICE
    qtbot.waitUntil(lambda: desk.window.is_idle, timeout=PATIENCE)
    qtbot.keyClick(picture.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(desk.store.setup(job_id).players[0].clicks) == 1, timeout=PATIENCE)
