"""Films, folders and setups arrive at the real window."""

import json
import threading

import pytest
from PySide6.QtCore import Qt

from shiftclipper.errors import UserError
from shiftclipper.jobs.rows import ALL_STAGES, JobStatus
from shiftclipper.media.probe import probe
from tests.ui.conftest import PATIENCE, drop, held

SETUP = {"players": [{"name": "Sam", "number": "17", "clicks": [{"t": 1, "x": 0.4, "y": 0.6}]}]}


def done(desk, title):
    return bool(desk.job(title)) and desk.status(desk.job(title)) is JobStatus.DONE


def write_setup(path, data=SETUP):
    path.write_text(json.dumps(data))
    return path


def test_a_dropped_film_becomes_a_job_that_is_analysed_by_itself(open_desk, films, qtbot):
    desk = open_desk()
    assert desk.window.start_page.isVisible()

    assert drop(desk.window, [films["Practice"]])
    qtbot.waitUntil(lambda: done(desk, "Practice"), timeout=PATIENCE)

    job_id = desk.job("Practice")
    assert set(desk.store.job(job_id).stages) >= {"ingest", "analyse"}
    assert desk.stages["analyse"].ran == [job_id]
    assert desk.stages["identify"].ran == []
    qtbot.waitUntil(lambda: desk.listed() == {job_id: JobStatus.DONE}, timeout=PATIENCE)
    assert desk.window.game_page.isVisible()
    assert desk.window.game_page.title.text() == "Practice"
    entry = desk.window.jobs.entry(job_id)
    assert entry.detail_line == "Click on your player in the picture"


def test_what_is_no_video_is_listed_with_its_reason_beside_what_was_taken(open_desk, films, qtbot):
    desk = open_desk()

    drop(desk.window, [films["line up"], films["Practice"], films["truncated"], films["empty"]])
    qtbot.waitUntil(lambda: done(desk, "Practice"), timeout=PATIENCE)

    panel = desk.window.arrival_panel
    assert panel.isVisible()
    assert panel.headline.text() == "One game · 3 files were not taken"
    assert len(panel.lines) == 4
    assert panel.lines[0].startswith("Practice.mp4 — 0:02")
    for name, line in zip(("line up", "truncated", "empty"), panel.lines[1:], strict=True):
        with pytest.raises(UserError) as refused:
            probe(films[name])
        assert str(refused.value) in line and films[name].name in line
    assert len(desk.store.jobs()) == 1


def test_only_refused_files_make_no_job(open_desk, films, qtbot):
    desk = open_desk()

    drop(desk.window, [films["truncated"]])
    qtbot.waitUntil(lambda: desk.window.arrival_panel.lines != [], timeout=PATIENCE)

    assert desk.window.arrival_panel.headline.text() == "1 file was not taken"
    assert desk.store.jobs() == []
    assert desk.window.start_page.isVisible()


def test_parts_of_one_game_become_one_job_and_with_one_click_two(open_desk, films, qtbot):
    gate = threading.Event()
    desk = open_desk(analyse=held(gate))

    drop(desk.window, [films["Cup part 2"], films["Cup part 1"]])
    qtbot.waitUntil(lambda: desk.job("Cup") != "", timeout=PATIENCE)
    qtbot.waitUntil(lambda: desk.window.choices_are_open, timeout=PATIENCE)
    first = desk.job("Cup")
    assert [path.name for path in desk.store.job(first).source_paths] == ["Cup part 1.mp4", "Cup part 2.mp4"]
    assert desk.window.arrival_panel.headline.text() == "One game in 2 parts"
    qtbot.waitUntil(lambda: desk.status(first) is JobStatus.RUNNING, timeout=PATIENCE)

    change = desk.window.arrival_panel.choices[0]
    assert change.text() == "2 games instead"
    qtbot.mouseClick(change, Qt.MouseButton.LeftButton)
    gate.set()
    qtbot.waitUntil(lambda: done(desk, "Cup part 1") and done(desk, "Cup part 2"), timeout=PATIENCE)
    qtbot.waitUntil(lambda: len(desk.store.jobs()) == 2, timeout=PATIENCE)

    assert desk.window.arrival_panel.headline.text() == "2 games"
    assert not desk.store.work_dir(first).exists()
    qtbot.waitUntil(lambda: len(desk.listed()) == 2, timeout=PATIENCE)


def test_two_jobs_become_one_game_and_keep_the_setup(open_desk, films, qtbot, tmp_path):
    desk = open_desk()
    setup = write_setup(tmp_path / "Practice.setup.json")

    drop(desk.window, [films["Practice"], films["Cup part 1"], setup])
    qtbot.waitUntil(lambda: done(desk, "Practice") and done(desk, "Cup part 1"), timeout=PATIENCE)
    assert desk.window.arrival_panel.headline.text() == "2 games"
    qtbot.waitUntil(lambda: desk.window.choices_are_open, timeout=PATIENCE)
    qtbot.mouseClick(desk.window.arrival_panel.choices[0], Qt.MouseButton.LeftButton)

    def one_game():
        jobs = desk.store.jobs()
        return len(jobs) == 1 and len(jobs[0].source_paths) == 2

    qtbot.waitUntil(one_game, timeout=PATIENCE)
    assert [player.name for player in desk.store.players(desk.store.jobs()[0].id)] == ["Sam"]


def test_a_folder_gives_its_videos_and_passes_over_the_rest(open_desk, films, qtbot, tmp_path):
    folder = tmp_path / "it's ünusual 'folder'"
    (folder / "deep").mkdir(parents=True)
    for place, name in ((folder, "-a.mp4"), (folder / "deep", "b “c”.mp4")):
        (place / name).write_bytes(films["Practice"].read_bytes())
    (folder / "notes.txt").write_text("no film")
    desk = open_desk()

    drop(desk.window, [folder])
    qtbot.waitUntil(lambda: done(desk, "-a") or done(desk, "a"), timeout=PATIENCE)
    qtbot.waitUntil(lambda: len(desk.store.jobs()) == 2, timeout=PATIENCE)
    assert desk.window.arrival_panel.headline.text() == "2 games"


def test_an_empty_folder_is_refused(open_desk, qtbot, tmp_path):
    (tmp_path / "nothing").mkdir()
    desk = open_desk()
    drop(desk.window, [tmp_path / "nothing"])
    qtbot.waitUntil(lambda: desk.window.arrival_panel.lines != [], timeout=PATIENCE)
    assert "no video in this folder" in desk.window.arrival_panel.lines[0]


def test_a_setup_dropped_beside_its_video_runs_every_stage(open_desk, films, qtbot, tmp_path):
    desk = open_desk()

    drop(desk.window, [films["Practice"], write_setup(tmp_path / "any name.json")])
    qtbot.waitUntil(lambda: done(desk, "Practice"), timeout=PATIENCE)

    job = desk.store.job(desk.job("Practice"))
    assert job.stages == ALL_STAGES
    assert [player.name for player in desk.store.players(job.id)] == ["Sam"]
    qtbot.waitUntil(lambda: desk.window.player_panel.player.text() == "Sam #17", timeout=PATIENCE)


def test_a_setup_dropped_on_a_game_lets_it_go_on_with_that_player(open_desk, films, qtbot, tmp_path):
    desk = open_desk()
    drop(desk.window, [films["Practice"]])
    qtbot.waitUntil(lambda: done(desk, "Practice"), timeout=PATIENCE)
    drop(desk.window, [films["Cup part 1"]])
    qtbot.waitUntil(lambda: done(desk, "Cup part 1"), timeout=PATIENCE)
    qtbot.waitUntil(lambda: len(desk.listed()) == 2, timeout=PATIENCE)

    games, job_id = desk.window.games, desk.job("Practice")
    row = games.visualRect(desk.window.jobs.index(desk.window.jobs.row_of(job_id), 0))
    drop(desk.window, [write_setup(tmp_path / "sam.json")], games.viewport(), row.center())

    qtbot.waitUntil(lambda: desk.stages["report"].ran == [job_id], timeout=PATIENCE)
    assert desk.stages["analyse"].ran == [job_id, desk.job("Cup part 1")]
    assert desk.store.players(desk.job("Cup part 1")) == []


def test_a_setup_opened_while_the_analysis_runs_is_followed_afterwards(open_desk, films, qtbot, tmp_path):
    gate = threading.Event()
    desk = open_desk(analyse=held(gate))
    drop(desk.window, [films["Practice"]])
    qtbot.waitUntil(lambda: desk.stages["analyse"].ran != [], timeout=PATIENCE)
    qtbot.waitUntil(lambda: desk.window.games.current_job != "", timeout=PATIENCE)

    drop(desk.window, [write_setup(tmp_path / "sam.json")])
    qtbot.waitUntil(lambda: len(desk.store.players(desk.job("Practice"))) == 1, timeout=PATIENCE)
    qtbot.waitUntil(lambda: desk.window.is_idle, timeout=PATIENCE)
    gate.set()

    qtbot.waitUntil(lambda: desk.stages["report"].ran != [], timeout=PATIENCE)
    assert len(desk.stages["analyse"].ran) == 1


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ({"players": [{"clicks": [{"t": "late", "x": 0.4, "y": 0.6}]}]}, "late"),
        ({"players": [{"clicks": [{"t": 99, "x": 0.4, "y": 0.6}]}]}, "outside"),
        ({"players": [], "colour": 1}, "colour"),
    ],
)
def test_a_wrong_setup_is_told_in_a_sentence_and_changes_nothing(
    open_desk, films, qtbot, tmp_path, data, named
):
    desk = open_desk()
    drop(desk.window, [films["Practice"]])
    qtbot.waitUntil(lambda: done(desk, "Practice"), timeout=PATIENCE)
    qtbot.waitUntil(lambda: desk.window.games.current_job != "", timeout=PATIENCE)

    drop(desk.window, [write_setup(tmp_path / "wrong.json", data)])
    notice = desk.window.player_panel.notice
    qtbot.waitUntil(notice.isVisible, timeout=PATIENCE)

    assert named in notice.sentence
    assert desk.store.players(desk.job("Practice")) == []
    assert desk.stages["identify"].ran == []


def test_a_setup_without_a_game_is_refused(open_desk, qtbot, tmp_path):
    desk = open_desk()
    drop(desk.window, [write_setup(tmp_path / "sam.json")])
    qtbot.waitUntil(lambda: desk.window.arrival_panel.lines != [], timeout=PATIENCE)
    assert "together with the game's video" in desk.window.arrival_panel.lines[0]


def test_the_sample_game_is_drawn_and_goes_through_every_stage(open_desk, qtbot):
    desk = open_desk()
    qtbot.mouseClick(desk.window.start_page.sample_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.stages["report"].ran != [], timeout=PATIENCE)
    qtbot.waitUntil(lambda: desk.window.player_panel.player.text() == "Target", timeout=PATIENCE)


# The player may be opening the film in the very moment in which it is moved.
@pytest.mark.qt_log_ignore("Could not open media")
def test_a_moved_film_is_given_back_to_its_game(open_desk, films, qtbot, tmp_path):
    film = tmp_path / "Practice.mp4"
    film.write_bytes(films["Practice"].read_bytes())
    desk = open_desk()
    drop(desk.window, [film])
    qtbot.waitUntil(lambda: desk.listed().get(desk.job("Practice")) is JobStatus.DONE, timeout=PATIENCE)
    job_id = desk.job("Practice")
    qtbot.waitUntil(lambda: desk.window.is_idle, timeout=PATIENCE)
    # It was never read here, so it is known again by name and size.
    (tmp_path / "archive").mkdir()
    moved = film.rename(tmp_path / "archive" / "Practice.mp4")
    drop(desk.window, [moved, films["Cup part 1"]])
    qtbot.waitUntil(lambda: desk.store.job(job_id).source_paths == (moved,), timeout=PATIENCE)
    qtbot.waitUntil(lambda: len(desk.store.jobs()) == 2, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "Practice.mp4 was found again" in desk.window.notice.sentence, timeout=PATIENCE)
    assert not desk.window.choices_are_open or desk.window.arrival_panel.isHidden()
    drop(desk.window, [films["Cup part 1"]])
    qtbot.waitUntil(lambda: len(desk.store.jobs()) == 3, timeout=PATIENCE)
