"""Questions and following with the real search for shifts behind them."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shiftclipper.jobs.setup import ClickKind
from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.stages.analyse import analysis_hash
from shiftclipper.jobs.store import Store
from shiftclipper.media.ffmpeg import locate
from shiftclipper.ui.job_actions import JobActions
from shiftclipper.ui.job_model import JobModel
from shiftclipper.ui.picture.panel import PicturePanel
from shiftclipper.ui.review.resolver import Resolver
from shiftclipper.ui.review.side import ReviewSide
from shiftclipper.ui.theme import Theme
from tests.made_game import FIRST, SIZE, TRACKLETS, sam, setup_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise)")
PATIENCE = 60_000
"""Milliseconds to wait for what happens in threads."""
DURATION = 120


@dataclass
class Desk:
    """What a test works and looks at."""

    store: Store
    job_id: str
    window: QWidget
    actions: JobActions
    resolver: Resolver
    side: ReviewSide

    def shown(self) -> list[tuple[int, int]]:
        """Return the shifts in the database, in whole seconds."""
        return [(round(float(one.start)), round(float(one.end))) for one in self.store.shifts(self.job_id)]


def make_job(store: Store, folder: Path) -> str:
    """Make an analysed job over a film of the same size as the tracklets, with one click."""
    film = folder / "game.mp4"
    source = f"color=gray:size={SIZE[0]}x{SIZE[1]}:rate=5:duration={DURATION}"
    encode = ("-pix_fmt", "yuv420p", "-preset", "ultrafast")
    command = [locate().path, "-v", "error", "-f", "lavfi", "-i", source, *encode, film]
    subprocess.run([*map(str, command)], check=True, timeout=120)
    setup = setup_of(sam(FIRST))
    job_id = store.create_job([film], setup=setup, stages=("ingest", "analyse"))
    store.queue(job_id)
    run = store.claim(job_id)
    assert run is not None
    run.start_stage("ingest", "ingested")
    (row,) = store.sources(job_id)
    run.save_source(row.id, start=Fraction(0), duration=Fraction(DURATION), probe={"size": list(SIZE)})
    run.finish_stage("ingest", {})
    run.start_stage("analyse", analysis_hash(setup.settings, "ingested"))
    run.replace_tracklets(TRACKLETS)
    run.finish_stage("analyse", {})
    run.finish()
    store.set_stages(job_id, ("ingest", "analyse", "identify"))
    return job_id


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    """A game in which one shift is known and one is doubtful."""
    bus = JobBus()
    with Store(tmp_path / "data", on_change=bus.job_changed.emit) as store:
        job_id = make_job(store, tmp_path)
        window = QWidget()
        theme = Theme(qapp)
        actions = JobActions(store, bus, window)
        resolver = Resolver(store, bus, actions, window)
        picture = PicturePanel(store, theme, actions)
        side = ReviewSide(store, theme, actions, picture, resolver)
        across = QHBoxLayout(window)
        across.addWidget(picture, 1)
        across.addWidget(side)
        jobs = JobModel(store, bus, window)

        def show() -> None:
            entry = jobs.entry(job_id)
            assert entry is not None
            picture.show_entry(entry)
            side.show_entry(entry)

        jobs.entry_changed.connect(show)
        window.resize(900, 560)
        window.show()
        show()
        resolver.show(job_id)
        playback = picture.playback
        qtbot.waitUntil(lambda: playback.film is not None and not playback.seeking, timeout=PATIENCE)
        yield Desk(store, job_id, window, actions, resolver, side)
        picture.shut_down()
        actions.close()
        resolver.close()
        window.close()


def test_an_answer_finds_the_shift_that_was_doubtful(qtbot: QtBot, desk: Desk) -> None:
    """One key, and the shifts follow by themselves; then nothing is left to ask, and undo asks again."""
    cards = desk.side.cards
    qtbot.waitUntil(lambda: cards.question is not None, timeout=PATIENCE)
    assert desk.shown() == [(10, 40)]
    assert cards.title.text() == "Is this Sam?"
    qtbot.keyClick(desk.window, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: desk.shown() == [(10, 40), (80, 112)], timeout=PATIENCE)
    qtbot.waitUntil(lambda: cards.title.text() == "No questions left", timeout=PATIENCE)
    desk.actions.undo(desk.job_id)
    qtbot.waitUntil(lambda: desk.shown() == [(10, 40)], timeout=PATIENCE)
    qtbot.waitUntil(lambda: cards.question is not None, timeout=PATIENCE)


def test_what_was_watched_stays_whatever_else_is_corrected(qtbot: QtBot, desk: Desk) -> None:
    """Watched through, the shift is accepted; an answer about another moment does not touch it."""
    follow, cards = desk.side.follow, desk.side.cards
    qtbot.waitUntil(lambda: desk.shown() == [(10, 40)] and follow.can_start, timeout=PATIENCE)
    follow.set_rate(8.0)
    with qtbot.waitSignal(follow.finished, timeout=PATIENCE):
        qtbot.mouseClick(desk.side.follow_card.start_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.actions.is_idle and desk.resolver.is_idle, timeout=PATIENCE)
    assert [shift.verdict for shift in desk.store.shifts(desk.job_id)] == ["accepted"]
    qtbot.waitUntil(lambda: cards.question is not None, timeout=PATIENCE)
    qtbot.keyClick(desk.window, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: desk.shown() == [(10, 40), (80, 112)], timeout=PATIENCE)
    assert [shift.verdict for shift in desk.store.shifts(desk.job_id)] == ["accepted", "proposed"]
    (player,) = desk.store.setup(desk.job_id).players
    assert [click.kind for click in player.clicks] == [ClickKind.IS, ClickKind.IS]
