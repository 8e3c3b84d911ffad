"""The window of preferences, the cache and the sheet of keys, on a real database and real files."""

import dataclasses
import threading

import pytest
from PySide6.QtCore import Qt

from shiftclipper.jobs.cache import folder_for_copies, make_room, scrub_copies
from shiftclipper.jobs.cleanup import clear_job
from shiftclipper.jobs.preferences import Preferences
from shiftclipper.jobs.rows import JobStatus
from shiftclipper.jobs.store import Store
from shiftclipper.ui.keys import TABLE, action_words
from shiftclipper.ui.queue.taskbar import NoTaskbar, find_taskbar
from tests.ui.conftest import PATIENCE, drop, held
from tests.ui.looks import cut_off, nameless
from tests.ui.made_jobs import SAM, film_file, queue_job

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise)")


@pytest.fixture
def desk(open_desk):
    made = open_desk()
    yield made
    made.session.theme.force(None)


@pytest.fixture
def preferences(desk, qtbot):
    window = desk.window.parts.preferences_window
    window.show()
    qtbot.waitUntil(lambda: window._trials.is_idle and desk.window.parts.is_idle, timeout=3 * PATIENCE)
    return window


def stored(desk):
    return desk.store.preferences.read()


def pick(box, value):
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_the_look_changes_at_once_and_is_there_at_the_next_start(desk, preferences, open_desk, qtbot):
    pick(preferences.theme, "dark")
    qtbot.waitUntil(lambda: desk.session.theme.is_dark, timeout=PATIENCE)
    pick(preferences.theme, "light")
    qtbot.waitUntil(lambda: not desk.session.theme.is_dark, timeout=PATIENCE)
    pick(preferences.theme, "dark")
    qtbot.waitUntil(lambda: stored(desk).theme == "dark", timeout=PATIENCE)
    desk.session.close()
    again = open_desk(desk.store.data_dir)
    assert again.session.theme.is_dark
    assert again.window.parts.preferences_window.theme.currentData() == "dark"


def test_the_language_changes_at_once_while_a_job_runs_on(open_desk, qtbot, tmp_path):
    gate = threading.Event()
    desk = open_desk(analyse=held(gate))
    job_id = queue_job(desk.store, [film_file(tmp_path, "Sat.mp4", 1000)], "Sat", SAM)
    qtbot.waitUntil(lambda: desk.listed().get(job_id) is JobStatus.RUNNING, timeout=PATIENCE)
    desk.window.choose(job_id)
    pick(desk.window.parts.preferences_window.language, "de")
    qtbot.waitUntil(lambda: desk.session.window is not desk.window, timeout=PATIENCE)
    window = desk.session.window
    assert window.isVisible() and window.parts.preferences_window.windowTitle() == "Einstellungen"
    assert window.games.current_job == job_id
    assert window.jobs.entry(job_id).status_line == "Spieler werden gesucht"
    pick(window.parts.preferences_window.language, "en")
    qtbot.waitUntil(lambda: desk.session.window is not window, timeout=PATIENCE)
    assert desk.session.window.jobs.entry(job_id).status_line == "Finding players"
    gate.set()
    last = desk.session.window
    qtbot.waitUntil(lambda: last.jobs.entry(job_id).job.status is JobStatus.DONE, timeout=PATIENCE)


def test_every_field_reaches_the_database(desk, preferences, qtbot):
    pick(preferences.quality, "thorough")
    preferences.encoder.activated.emit(preferences.encoder.findData("libx264"))
    preferences.pre_roll.setValue(3.5)
    preferences.post_roll.setValue(0.5)
    preferences.cache_limit.setValue(7)
    preferences.notify.click()
    wanted = Preferences(
        cache_gigabytes=7,
        quality="thorough",
        encoder="libx264",
        pre_roll=3.5,
        post_roll=0.5,
        notify=False,
    )
    qtbot.waitUntil(lambda: stored(desk) == wanted, timeout=PATIENCE)
    qtbot.waitUntil(lambda: desk.window.parts.keeper.preferences == wanted, timeout=PATIENCE)


def test_new_games_begin_with_the_preferences_and_old_ones_stay_as_they_are(desk, films, qtbot):
    old = desk.store.create_job([films["Practice"]], title="old")
    desk.window.parts.keeper.change(pre_roll=4.5, quality="fast")
    qtbot.waitUntil(lambda: stored(desk).pre_roll == 4.5, timeout=PATIENCE)
    assert drop(desk.window, [films["Cup part 1"]])
    qtbot.waitUntil(lambda: bool(desk.job("Cup part 1")), timeout=PATIENCE)
    made = desk.store.setup(desk.job("Cup part 1")).settings
    assert (made.pre_roll, made.quality) == (4.5, "fast")
    assert desk.store.setup(old).settings.pre_roll == 2.0


def test_a_cache_folder_that_cannot_be_written_is_refused_with_one_sentence(
    desk, preferences, qtbot, tmp_path
):
    blocked = tmp_path / "file"
    blocked.touch()
    preferences.choose_cache(str(blocked))
    qtbot.waitUntil(preferences.notice.isVisible, timeout=PATIENCE)
    assert preferences.notice.sentence == f"{blocked} is a file, not a folder; choose another folder."
    assert stored(desk).cache_dir == ""
    preferences.choose_cache(str(tmp_path / "copies"))
    qtbot.waitUntil(lambda: stored(desk).cache_dir == str(tmp_path / "copies"), timeout=PATIENCE)
    qtbot.waitUntil(preferences.own_cache_button.isVisible, timeout=PATIENCE)
    assert not preferences.notice.isVisible()


def with_copies(store, tmp_path):
    """Make three done games with a scrub copy of 1000 bytes each, the first one left alone longest."""
    ids = []
    for number in range(3):
        job_id = store.create_job([tmp_path / f"{number}.mp4"])
        store.queue(job_id)
        run = store.claim()
        copy = folder_for_copies(store, job_id) / "proxy-00.mp4"
        copy.write_bytes(b"c" * 1000)
        run.save_source(store.sources(job_id)[0].id, proxy_path=copy)
        run.finish()
        ids.append(job_id)
    return ids


def test_the_copies_left_alone_longest_go_first_and_those_in_use_stay(tmp_path):
    ticks = iter(range(1_700_000_000, 1_800_000_000, 60))
    with Store(tmp_path / "data", now=lambda: next(ticks)) as store:
        first, second, third = with_copies(store, tmp_path)
        assert [copy.job_id for copy in scrub_copies(store)] == [first, second, third]
        assert make_room(store, 2500) == 1000
        assert [copy.job_id for copy in scrub_copies(store)] == [second, third]
        store.queue(second)
        assert make_room(store, 0) == 1000
        assert [copy.job_id for copy in scrub_copies(store)] == [second]
        assert store.job(first).status is JobStatus.DONE


def test_copies_in_a_folder_of_ones_own_go_with_their_game(tmp_path):
    with Store(tmp_path / "data") as store:
        store.preferences.change(cache_dir=str(tmp_path / "copies"))
        first, second, _ = with_copies(store, tmp_path)
        assert (tmp_path / "copies" / first / "proxy-00.mp4").is_file()
        clear_job(store, first)
        assert not (tmp_path / "copies" / first).exists()
        assert (tmp_path / "copies" / second / "proxy-00.mp4").is_file()


def test_a_cache_folder_whose_disk_is_gone_is_done_without(tmp_path):
    with Store(tmp_path / "data") as store:
        store.preferences.change(cache_dir=str(tmp_path / "copies"))
        (tmp_path / "copies").write_text("not the disk it was")
        job_id = store.create_job([tmp_path / "a.mp4"])
        assert folder_for_copies(store, job_id) == store.work_dir(job_id)


def test_the_cache_is_emptied_at_a_press(desk, qtbot, tmp_path):
    desk.session.runner.quit()
    with_copies(desk.store, tmp_path)
    window = desk.window.parts.preferences_window
    window.show()
    qtbot.waitUntil(lambda: window.cache_size.text() == "3.0 kB in use", timeout=3 * PATIENCE)
    qtbot.mouseClick(window.room_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.cache_size.text() == "Nothing in it", timeout=3 * PATIENCE)
    assert scrub_copies(desk.store) == [] and not window.room_button.isEnabled()


def test_the_sheet_of_keys_is_drawn_from_the_table(desk, qtbot):
    parts = desk.window.parts
    qtbot.mouseClick(parts.help_button, Qt.MouseButton.LeftButton)
    sheet = parts.help_sheet
    assert sheet.isVisible()
    told = [text for _, text in sheet.rows]
    answers = [b for b in TABLE if b.action.startswith("answer_") and b.action != "answer_none"]
    assert len(told) == len(TABLE) - len(answers) + 1
    for binding in TABLE:
        assert binding in answers or action_words(binding.action) in told
    assert ("J", "Play backwards; again: faster") in sheet.rows
    assert ("1–5", "Choose an answer") in sheet.rows
    parts.show_help()
    assert not sheet.isVisible()


def test_no_text_is_cut_off_at_large_fonts_and_every_control_has_a_name(desk, preferences, qtbot):
    sheet = desk.window.parts.help_sheet
    desk.window.parts.show_help()
    desk.session.theme.scale_text(1.25)
    try:
        qtbot.wait(100)
        for window in (preferences, sheet):
            assert cut_off(window) == []
            assert nameless(window) == []
        assert nameless(desk.window) == []
    finally:
        desk.session.theme.scale_text(1.0)


def test_a_preference_that_no_program_knows_is_left_alone(desk):
    desk.store.preferences._write({"theme": "pink"})
    assert desk.store.preferences.read() == dataclasses.replace(Preferences())


def test_without_a_taskbar_progress_goes_nowhere(desk, monkeypatch):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert isinstance(find_taskbar(desk.window), NoTaskbar)
