"""The window follows the database, and what the person does reaches it."""

import gc
import threading

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QListView, QMessageBox, QPushButton

from shiftclipper.errors import EXIT_LOCKED, StageFailed
from shiftclipper.jobs.rows import JobStatus
from shiftclipper.jobs.store import Store
from shiftclipper.ui import application
from shiftclipper.ui.application import StartRefusal, run_window
from tests.stub_stages import steps
from tests.ui.conftest import PATIENCE, drop, held
from tests.ui.made_jobs import SAM, Clock, film_file, one_of_each, queue_job

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise)")


def click(qtbot, button):
    assert button.isVisible() and button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def start_game(desk, qtbot, tmp_path, title="Sat"):
    """Queue a game from behind the window's back and wait until it is shown."""
    job_id = queue_job(desk.store, [film_file(tmp_path, f"{title}.mp4", 1000)], title, SAM)
    qtbot.waitUntil(lambda: job_id in desk.listed(), timeout=PATIENCE)
    desk.window.choose(job_id)
    return job_id


def answer_clear(qtbot, text):
    def asked():
        return isinstance(QApplication.activeModalWidget(), QMessageBox)

    qtbot.waitUntil(asked, timeout=PATIENCE)
    box = QApplication.activeModalWidget()
    assert "Really delete" in box.text()
    (button,) = [button for button in box.buttons() if button.text() == text]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_list_shows_progress_message_and_end_of_a_job(open_desk, qtbot, tmp_path):
    gate = threading.Event()
    desk = open_desk(analyse=held(gate))
    job_id = start_game(desk, qtbot, tmp_path)
    page = desk.window.game_page

    qtbot.waitUntil(lambda: page.message.text() == "1 of 4 minutes of film", timeout=PATIENCE)
    entry = desk.window.jobs.entry(job_id)
    assert (entry.status_line, entry.detail_line) == ("Finding players", "1 of 4 minutes of film")
    assert page.status.text() == "Finding players"
    assert page.bar.value() == round(1000 * desk.store.job(job_id).progress) > 0
    gate.set()
    qtbot.waitUntil(lambda: page.status.text() == "Done", timeout=PATIENCE)
    assert not page.bar_line.isVisible()


def test_a_job_that_fails_tells_its_sentence_and_can_be_tried_again(open_desk, qtbot, tmp_path):
    broken = [True]

    def analyse(context):
        if broken:
            raise StageFailed("The disk Camera was taken away; connect it and press Retry.")

    desk = open_desk(analyse=analyse)
    job_id = start_game(desk, qtbot, tmp_path)
    page = desk.window.game_page
    qtbot.waitUntil(lambda: page.status.text() == "Failed", timeout=PATIENCE)
    assert page.message.text() == "The disk Camera was taken away; connect it and press Retry."
    assert desk.window.jobs.entry(job_id).detail_line == page.message.text()
    click(qtbot, page.log_button)
    log = desk.window.parts.log
    assert log.isVisible() and "The disk Camera was taken away" in log.text.toPlainText()
    assert log.sentence.text() == page.message.text()
    click(qtbot, log.close_button)

    broken.clear()
    click(qtbot, page.retry_button)
    qtbot.waitUntil(lambda: desk.status(job_id) is JobStatus.DONE, timeout=PATIENCE)


def test_pause_continue_and_cancel_reach_the_job(open_desk, qtbot, tmp_path):
    gate = threading.Event()
    desk = open_desk(analyse=held(gate))
    job_id = start_game(desk, qtbot, tmp_path)
    page = desk.window.game_page

    qtbot.waitUntil(page.pause_button.isVisible, timeout=PATIENCE)
    qtbot.waitUntil(lambda: desk.status(job_id) is JobStatus.RUNNING, timeout=PATIENCE)
    click(qtbot, page.pause_button)
    qtbot.waitUntil(lambda: page.status.text() == "Paused", timeout=PATIENCE)
    assert desk.status(job_id) is JobStatus.PAUSED
    click(qtbot, page.start_button)
    qtbot.waitUntil(lambda: desk.status(job_id) is JobStatus.RUNNING, timeout=PATIENCE)
    qtbot.waitUntil(page.cancel_button.isVisible, timeout=PATIENCE)
    click(qtbot, page.cancel_button)
    qtbot.waitUntil(lambda: page.status.text() == "Cancelled", timeout=PATIENCE)
    assert desk.status(job_id) is JobStatus.CANCELLED


def test_clear_asks_first_and_never_touches_the_film(open_desk, qtbot, tmp_path):
    desk = open_desk()
    job_id = start_game(desk, qtbot, tmp_path)
    page = desk.window.game_page
    qtbot.waitUntil(lambda: page.status.text() == "Done", timeout=PATIENCE)

    click(qtbot, page.clear_button)
    answer_clear(qtbot, "Keep")
    assert desk.status(job_id) is JobStatus.DONE
    desk.window.games.setFocus()
    qtbot.keyClick(desk.window.games, Qt.Key.Key_Delete)
    answer_clear(qtbot, "Delete")
    qtbot.waitUntil(lambda: desk.store.jobs() == [], timeout=PATIENCE)

    qtbot.waitUntil(desk.window.start_page.isVisible, timeout=PATIENCE)
    assert (tmp_path / "Sat.mp4").exists()
    assert not desk.store.work_dir(job_id).exists()


def test_a_done_game_shows_its_totals_and_opens_what_was_made(open_desk, qtbot, tmp_path):
    desk = open_desk()
    desk.session.runner.quit()
    ids = one_of_each(desk.store, Clock(), tmp_path)
    qtbot.waitUntil(lambda: set(desk.listed()) == set(ids.values()), timeout=PATIENCE)
    desk.window.choose(ids["done"])
    page, panel = desk.window.game_page, desk.window.review.panel

    assert (page.shift_figure.text(), page.time_figure.text()) == ("22", "16:31")
    assert panel.totals.text() == "22 · 16:31"
    shifts = panel.table.shifts
    assert shifts.rowCount() == 22
    row = [shifts.data(shifts.index(4, column)) for column in range(shifts.columnCount())]
    assert row == ["5", "9:05", "9:41", "0:36", "please check", "", ""]
    out = desk.store.job(ids["done"]).out_dir
    click(qtbot, page.reel_button)
    click(qtbot, page.report_button)
    click(qtbot, page.folder_button)
    assert desk.programs.opened == [out / "reel.mp4", out / "report.html"]
    assert desk.programs.folders == [out / "reel.mp4"]


def test_every_status_in_the_list_is_the_one_in_the_database(open_desk, qtbot, tmp_path):
    desk = open_desk()
    desk.session.runner.quit()
    ids = one_of_each(desk.store, Clock(), tmp_path)
    wanted = {job.id: job.status for job in desk.store.jobs()}
    qtbot.waitUntil(lambda: desk.listed() == wanted, timeout=PATIENCE)
    first, second, third, *others = desk.window.jobs.ids()
    assert [first, second, third] == [ids["running"], ids["queued"], ids["queued too"]]
    assert others == [job.id for job in desk.store.jobs() if job.id in others]
    for job_id in ids.values():
        desk.window.choose(job_id)
        assert desk.window.game_page.title.text() == desk.store.job(job_id).title


def test_a_stop_from_another_program_is_seen_when_the_window_is_turned_to(open_desk, qtbot, tmp_path):
    desk = open_desk()
    desk.session.runner.quit()
    job_id = start_game(desk, qtbot, tmp_path)
    with Store(desk.store.data_dir, write=False) as other:
        other.request_stop(job_id, "cancel")
    assert desk.listed()[job_id] is JobStatus.QUEUED
    desk.window.jobs.read_what_differs()
    qtbot.waitUntil(lambda: desk.listed()[job_id] is JobStatus.CANCELLED, timeout=PATIENCE)


def test_the_models_are_sound(open_desk, qtmodeltester, qtbot, tmp_path):
    desk = open_desk()
    desk.session.runner.quit()
    qtmodeltester.check(desk.window.jobs)
    ids = one_of_each(desk.store, Clock(), tmp_path)
    qtbot.waitUntil(lambda: len(desk.listed()) == len(ids), timeout=PATIENCE)
    desk.window.choose(ids["done"])
    qtmodeltester.check(desk.window.review.panel.table.shifts)


def test_closing_stops_in_order_and_the_next_start_offers_to_go_on(open_desk, qtbot, tmp_path):
    desk = open_desk(analyse=held(threading.Event()))
    job_id = start_game(desk, qtbot, tmp_path)
    later = queue_job(desk.store, [film_file(tmp_path, "Sun.mp4", 1000)], "Sun", SAM)
    qtbot.waitUntil(lambda: desk.status(job_id) is JobStatus.RUNNING, timeout=PATIENCE)
    asked = desk.store.create_job([tmp_path / "Sun.mp4"], title="asked at the last moment")
    desk.window.actions_of_jobs.start(asked)

    desk.window.close()
    desk.session.close()

    gate = threading.Event()
    again = open_desk(analyse=held(gate))
    assert again.status(job_id) is JobStatus.INTERRUPTED
    assert again.status(asked) is JobStatus.QUEUED
    assert again.status(later) in (JobStatus.QUEUED, JobStatus.RUNNING)
    again.window.choose(job_id)
    assert again.window.game_page.status.text() == "Interrupted"
    gate.set()
    click(qtbot, again.window.game_page.start_button)
    qtbot.waitUntil(lambda: again.status(job_id) is JobStatus.DONE, timeout=PATIENCE)


def test_a_window_is_told_that_a_command_holds_the_folder(qtbot, monkeypatch, qapp, tmp_path):
    told = []

    def close_refusal():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, StartRefusal)
        told.append(dialog.text.text())
        dialog.close_button.click()

    monkeypatch.setattr(application, "_all_stages", tuple)
    with Store(tmp_path):
        QTimer.singleShot(0, close_refusal)
        assert run_window(tmp_path, []) == EXIT_LOCKED
    assert told and told[0].endswith(".")


def test_every_control_has_a_name_and_the_keyboard_reaches_it(open_desk, films, qtbot, tmp_path):
    desk = open_desk()
    desk.session.runner.quit()
    window = desk.window
    qtbot.waitUntil(window.start_page.sample_button.isVisible, timeout=PATIENCE)
    seen = reached_by_tab(window, qtbot)
    assert {window.start_page.drop_zone.open_files, window.start_page.sample_button} <= seen
    ids = one_of_each(desk.store, Clock(), tmp_path)
    drop(window, [films["truncated"]])
    qtbot.waitUntil(window.arrival_panel.isVisible, timeout=PATIENCE)
    qtbot.waitUntil(lambda: len(desk.listed()) == len(ids), timeout=PATIENCE)
    for job_id in ids.values():
        window.choose(job_id)
        controls = [
            control
            for control in window.findChildren(QAbstractButton) + window.findChildren(QListView)
            if control.isVisible() and control.isEnabled()
        ]
        assert all(control.accessibleName() for control in controls)
        reached = reached_by_tab(window, qtbot)
        assert [control.accessibleName() for control in controls if not is_reached(control, reached)] == []


def is_reached(control, reached):
    """Say whether Tab comes to a control, or to one of several of which one is chosen by the arrows."""
    group = control.group() if isinstance(control, QAbstractButton) else None
    together = group.buttons() if group is not None and group.exclusive() else [control]
    return any(one in reached for one in together)


def reached_by_tab(window, qtbot):
    seen = set()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE)
    for _ in range(100):
        qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
        if window.focusWidget() in seen:
            break
        seen.add(window.focusWidget())
    return seen


@pytest.mark.parametrize("size", [(1024, 680), (1280, 800), (2560, 1440)])
def test_no_text_is_cut_off_at_125_percent_fonts(open_desk, qtbot, tmp_path, size):
    desk = open_desk()
    desk.session.runner.quit()
    ids = one_of_each(desk.store, Clock(), tmp_path)
    qtbot.waitUntil(lambda: len(desk.listed()) == len(ids), timeout=PATIENCE)
    desk.session.theme.scale_text(1.25)
    desk.window.resize(*size)
    for job_id in ids.values():
        desk.window.choose(job_id)
        for _ in range(5):
            QApplication.processEvents()
        for widget in desk.window.findChildren(QLabel) + desk.window.findChildren(QPushButton):
            if widget.isVisible() and widget.text():
                assert fits(widget), f"{widget.text()!r} in {widget.size()} wants {widget.sizeHint()}"


def fits(widget):
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() >= widget.heightForWidth(widget.width())
    return widget.width() >= widget.sizeHint().width() and widget.height() >= widget.sizeHint().height() - 1


def test_a_bug_is_written_down_and_told_in_a_sentence(open_desk, qtbot, capsys):
    desk = open_desk()

    def bug():
        raise ZeroDivisionError("in a worker")

    worker = threading.Thread(target=bug, name="a worker")
    worker.start()
    worker.join()
    qtbot.waitUntil(desk.window.notice.isVisible, timeout=PATIENCE)
    assert "Something went wrong inside ShiftClipper" in desk.window.notice.sentence
    log = desk.store.data_dir / "crash.log"
    assert "in a worker" in log.read_text() and "ZeroDivisionError" in capsys.readouterr().err
    click(qtbot, desk.window.notice.action)
    assert desk.programs.opened == [log]


def test_garbage_is_collected_in_the_gui_thread_while_a_job_runs(open_desk, qtbot, tmp_path):
    desk = open_desk(analyse=steps(50))
    assert not gc.isenabled()
    threads = set()

    def note(phase, info):
        threads.add(threading.current_thread())

    gc.callbacks.append(note)
    try:
        job_id = start_game(desk, qtbot, tmp_path)
        qtbot.waitUntil(lambda: desk.status(job_id) is JobStatus.DONE, timeout=PATIENCE)
        cycles = [[] for _ in range(20 * gc.get_threshold()[0])]
        for cycle in cycles:
            cycle.append(cycle)
        qtbot.waitUntil(lambda: bool(threads), timeout=PATIENCE)
    finally:
        gc.callbacks.remove(note)
    assert threads == {threading.main_thread()}
