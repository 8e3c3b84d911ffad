"""The queue: its order, its menu, and what is told where the window is not looked at."""

import threading

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMenu

from shiftclipper.errors import StageFailed
from shiftclipper.jobs.rows import JobStatus
from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.store import Store
from shiftclipper.ui.job_model import JobModel
from shiftclipper.ui.queue.attention import Attention
from tests.ui.conftest import PATIENCE, held
from tests.ui.made_jobs import SAM, Clock, film_file, one_of_each, queue_job

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise|grabbing)")


@pytest.fixture
def queue(open_desk, qtbot, tmp_path):
    """A desk with four waiting jobs behind one that runs."""
    gate = threading.Event()
    desk = open_desk(analyse=held(gate))
    desk.gate = gate
    desk.ids = [
        queue_job(desk.store, [film_file(tmp_path, f"{name}.mp4", 1000)], name, SAM)
        for name in ("running", "first", "second", "third", "fourth")
    ]
    qtbot.waitUntil(lambda: desk.listed().get(desk.ids[0]) is JobStatus.RUNNING, timeout=PATIENCE)
    qtbot.waitUntil(lambda: len(desk.window.jobs.queued()) == 4, timeout=PATIENCE)
    yield desk
    gate.set()


def titles(desk):
    return [desk.window.jobs.entry(job_id).job.title for job_id in desk.window.jobs.queued()]


def drag(desk, title, row):
    """Drop a waiting job so that it comes to stand before a row."""
    jobs = desk.window.jobs
    index = jobs.index(jobs.row_of(desk.job(title)), 0)
    data = jobs.mimeData([index])
    return jobs.dropMimeData(data, Qt.DropAction.MoveAction, row, 0, QModelIndex())


def test_what_runs_is_on_top_and_what_waits_follows_in_the_order_it_will_run(queue):
    assert queue.window.jobs.ids() == queue.ids
    assert titles(queue) == ["first", "second", "third", "fourth"]


def test_the_order_is_changed_by_dragging_and_survives_a_restart(queue, qtbot):
    drag(queue, "fourth", 1)
    qtbot.waitUntil(lambda: titles(queue) == ["fourth", "first", "second", "third"], timeout=PATIENCE)
    drag(queue, "first", 5)
    qtbot.waitUntil(lambda: titles(queue) == ["fourth", "second", "third", "first"], timeout=PATIENCE)
    drag(queue, "third", 0)
    wanted = ["third", "fourth", "second", "first"]
    qtbot.waitUntil(lambda: titles(queue) == wanted, timeout=PATIENCE)
    data = queue.store.data_dir
    queue.session.close()
    bus = JobBus()
    with Store(data, on_change=bus.job_changed.emit) as store:
        again = JobModel(store, bus, bus)
        assert [again.entry(job_id).job.title for job_id in again.queued()] == wanted
        claimed = store.claim()
        assert store.job(claimed.job_id).title == "third"


def test_a_card_is_dropped_where_the_mouse_lets_it_go(queue, qtbot):
    games, jobs = queue.window.games, queue.window.jobs
    dragged = jobs.mimeData([jobs.index(jobs.row_of(queue.job("fourth")), 0)])
    place = games.visualRect(jobs.index(jobs.row_of(queue.job("second")), 0)).topLeft() + QPoint(30, 1)
    move, left, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for kind, where in ((QDragEnterEvent, place), (QDropEvent, QPointF(place))):
        event = kind(where, move, dragged, left, none)
        QApplication.sendEvent(games.viewport(), event)
    qtbot.waitUntil(lambda: titles(queue) == ["first", "fourth", "second", "third"], timeout=PATIENCE)
    assert len(jobs.ids()) == 5


def test_only_waiting_jobs_can_be_dragged_and_films_are_left_to_the_window(queue):
    jobs = queue.window.jobs
    draggable = [bool(jobs.flags(jobs.index(row, 0)) & Qt.ItemFlag.ItemIsDragEnabled) for row in range(5)]
    assert draggable == [False, True, True, True, True]
    films = QMimeData()
    films.setText("file:///film.mp4")
    enter = QDragEnterEvent(
        QPoint(30, 30),
        Qt.DropAction.CopyAction,
        films,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    queue.window.games.dragEnterEvent(enter)
    assert not enter.isAccepted()
    assert not jobs.canDropMimeData(films, Qt.DropAction.MoveAction, 1, 0, QModelIndex())
    assert not jobs.dropMimeData(films, Qt.DropAction.MoveAction, 1, 0, QModelIndex())
    assert drag(queue, "running", 3) is False
    assert titles(queue) == ["first", "second", "third", "fourth"]


def test_the_order_is_changed_with_the_keyboard(queue, qtbot):
    games = queue.window.games
    queue.window.choose(queue.job("third"))
    games.setFocus()
    qtbot.keyClick(games, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: titles(queue) == ["first", "third", "second", "fourth"], timeout=PATIENCE)
    assert games.current_job == queue.job("third")
    qtbot.keyClick(games, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: titles(queue) == ["first", "second", "third", "fourth"], timeout=PATIENCE)


def test_the_menu_offers_what_a_waiting_job_allows(queue, qtbot):
    menu = queue.window.parts.menu
    entry = queue.window.jobs.entry(queue.job("third"))
    offered = [what for what, _ in menu.offered(entry) if what]
    assert offered == ["pause", "cancel", "next", "earlier", "later", "list", "clear"]
    first = queue.window.jobs.entry(queue.job("first"))
    assert "next" not in dict(menu.offered(first))
    action = QAction(menu)
    action.setData((queue.job("third"), "next"))
    menu._chosen(action)
    qtbot.waitUntil(lambda: titles(queue)[0] == "third", timeout=PATIENCE)


def test_the_menu_opens_at_the_keyboard_too_and_pauses(queue, qtbot):
    games = queue.window.games
    queue.window.choose(queue.job("second"))
    games.customContextMenuRequested.emit(games.visualRect(games.currentIndex()).center())
    (menu,) = [menu for menu in games.findChildren(QMenu) if menu.isVisible()]
    next(action for action in menu.actions() if action.text() == "Pause").trigger()
    menu.close()
    paused = queue.job("second")
    qtbot.waitUntil(lambda: queue.status(paused) is JobStatus.PAUSED, timeout=PATIENCE)
    qtbot.waitUntil(lambda: titles(queue) == ["first", "third", "fourth"], timeout=PATIENCE)


def test_random_orders_end_as_the_database_has_them(queue, qtbot):
    jobs, store = queue.window.jobs, queue.store
    for moves in (3, -1, 2, -3, 1, -2, 3, 3, -1):
        job_id = jobs.queued()[moves % 4]
        jobs.move_in_queue(job_id, moves)
        qtbot.waitUntil(lambda: queue.window.is_idle, timeout=PATIENCE)
    in_database = sorted((job.queue_order, job.id) for job in store.jobs() if job.status is JobStatus.QUEUED)
    qtbot.waitUntil(lambda: jobs.queued() == [job_id for _, job_id in in_database], timeout=PATIENCE)


def test_the_model_stays_sound_while_rows_move(queue, qtmodeltester, qtbot):
    qtmodeltester.check(queue.window.jobs, force_py=True)
    drag(queue, "fourth", 1)
    qtbot.waitUntil(lambda: titles(queue)[0] == "fourth", timeout=PATIENCE)
    queue.gate.set()
    qtbot.waitUntil(lambda: set(queue.listed().values()) == {JobStatus.DONE}, timeout=PATIENCE)
    qtmodeltester.check(queue.window.jobs, force_py=True)
    assert queue.window.jobs.ids() == [job.id for job in queue.store.jobs()]


class Told(QObject):
    """Stands in for the taskbar and the system's notifications."""

    def __init__(self):
        super().__init__()
        self.shares, self.said = [], []

    def show_share(self, share):
        self.shares.append(share)

    def tell(self, title, text):
        self.said.append((title, text))


def test_title_and_taskbar_tell_how_far_the_running_job_is(queue, qtbot):
    def title_tells_the_share():
        share = queue.store.job(queue.ids[0]).progress
        return share > 0 and queue.window.windowTitle().startswith(
            f"{int(100 * share)} % running, 4 more wait"
        )

    qtbot.waitUntil(title_tells_the_share, timeout=PATIENCE)
    told = Told()
    Attention(queue.window, queue.window.jobs, taskbar=told, teller=told, may_notify=lambda: True)
    assert told.shares == [round(queue.store.job(queue.ids[0]).progress, 2)]
    queue.gate.set()
    qtbot.waitUntil(lambda: set(queue.listed().values()) == {JobStatus.DONE}, timeout=PATIENCE)
    qtbot.waitUntil(lambda: queue.window.windowTitle() == "ShiftClipper", timeout=PATIENCE)
    assert told.shares[-1] is None


@pytest.mark.parametrize("wanted", [True, False])
def test_a_notification_tells_how_a_job_ended_when_the_window_is_not_looked_at(
    open_desk, qtbot, tmp_path, wanted
):
    gate = threading.Event()

    def analyse(context):
        held(gate)(context)
        if context.job.title == "bad":
            raise StageFailed("The disk is gone; connect it.")

    desk = open_desk(analyse=analyse)
    told = Told()
    Attention(desk.window, desk.window.jobs, taskbar=told, teller=told, may_notify=lambda: wanted)
    desk.window.hide()
    for title in ("good", "bad"):
        queue_job(desk.store, [film_file(tmp_path, f"{title}.mp4", 1000)], title, SAM)
    qtbot.waitUntil(lambda: len(desk.listed()) == 2, timeout=PATIENCE)
    gate.set()
    qtbot.waitUntil(
        lambda: sorted(desk.listed().values()) == [JobStatus.DONE, JobStatus.FAILED], timeout=PATIENCE
    )
    both = [("good: Done", "No shifts found"), ("bad: Failed", "The disk is gone; connect it.")]
    assert told.said == (both if wanted else [])


def test_games_that_were_cleared_are_offered_again(open_desk, qtbot, films):
    desk = open_desk()
    desk.window.take([films["Practice"]])
    qtbot.waitUntil(lambda: JobStatus.DONE in desk.listed().values(), timeout=PATIENCE)
    assert desk.window.parts.recent.games() == []
    desk.window.actions_of_jobs.clear(desk.job("Practice"))
    qtbot.waitUntil(desk.window.start_page.isVisible, timeout=PATIENCE)
    (button,) = desk.window.start_page.recent.buttons
    assert button.text() == "Practice" and button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(desk.job("Practice")), timeout=PATIENCE)
    menu = desk.window.parts.recent.menu(desk.window)
    assert [action.isEnabled() for action in menu.actions()] == [False]
    menu.deleteLater()


def test_the_log_of_a_game_that_ran_is_in_its_menu(open_desk, qtbot, tmp_path):
    desk = open_desk()
    ids = one_of_each(desk.store, Clock(), tmp_path)
    qtbot.waitUntil(lambda: len(desk.listed()) == len(ids), timeout=PATIENCE)
    failed = desk.window.jobs.entry(ids["failed"])
    failed.job.work_dir.mkdir(parents=True, exist_ok=True)
    (failed.job.work_dir / "log.txt").write_text("ffmpeg said no\n")
    menu = desk.window.parts.menu
    assert ("log", "Show the log") in menu.offered(failed)
    menu.asked.emit(failed.job.id, "log")
    log = desk.window.parts.log
    assert log.text.toPlainText() == "ffmpeg said no\n"
    assert log.sentence.text() == failed.job.error
