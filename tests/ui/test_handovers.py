"""What comes without a film: lists of shifts for a game, and games of the old server."""

import json
import threading
from fractions import Fraction

import pytest

from shiftclipper.jobs.legacy_jobs import holds_old_jobs
from shiftclipper.jobs.rows import JobStatus
from shiftclipper.jobs.setup import PlayerSetup, Setup
from shiftclipper.ui.queue.game_menu import GameMenu
from tests.ui.conftest import PATIENCE, drop, held

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (propagateSizeHints|raise)",
    "Couldn't (load|resolve)",
    "PulseAudio",
    "No audio device",
    "No RHI backend",
)

TABLE = "start,end,label,player\n0:00.500,0:01.000,,Sam 17\n0:01.250,0:01.750,,\n"


@pytest.fixture
def desk(open_desk):
    return open_desk()


@pytest.fixture
def game(desk, films, qtbot):
    setup = Setup(players=(PlayerSetup("Sam", "17"),))
    job_id = desk.store.create_job([films["Practice"]], title="Practice", setup=setup)
    desk.store.queue(job_id)
    until(qtbot, lambda: desk.listed().get(job_id) is JobStatus.DONE)
    desk.window.choose(job_id)
    return job_id


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "shifts.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def until(qtbot, holds):
    qtbot.waitUntil(holds, timeout=6 * PATIENCE)


def times(desk, job_id):
    return [(float(one.start), float(one.end), one.origin) for one in desk.store.shifts(job_id)]


def test_a_list_dropped_on_a_game_gives_its_shifts_and_is_undone_at_once(desk, game, table, qtbot):
    player = desk.store.players(game)[0]
    there = desk.store.corrections.add_shift(player.id, Fraction("0.5"), Fraction("0.9"))
    before = times(desk, game)

    drop(desk.window, [table])
    notice = desk.window.notice
    until(qtbot, notice.isVisible)
    assert notice.sentence == "From shifts.csv: 1 new, 1 with other times, 0 as before."
    assert times(desk, game) == [(0.5, 1.0, "manual"), (1.25, 1.75, "manual")]
    assert desk.store.shifts(game)[0].id == there
    assert desk.store.corrections.next_undo(game) == "shift-list"

    notice.hide()
    drop(desk.window, [table])
    until(qtbot, notice.isVisible)
    assert notice.sentence == "shifts.csv holds the shifts that are here already."

    desk.window.actions_of_jobs.undo(game)
    until(qtbot, lambda: times(desk, game) == before)
    desk.window.actions_of_jobs.redo(game)
    until(qtbot, lambda: len(times(desk, game)) == 2)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("begin,finish\n1,2\n", "the header must be start,end"),
        (TABLE + "0:01.800,0:01.900,,Nobody\n", "names the player “Nobody”"),
    ],
)
def test_a_list_that_does_not_fit_is_told_in_a_sentence_and_changes_nothing(
    desk, game, table, qtbot, text, says
):
    table.write_text(text, encoding="utf-8")
    refused = []
    desk.window.actions_of_jobs.refused.connect(lambda job_id, sentence: refused.append((job_id, sentence)))
    desk.window.parts.handovers.take_list(game, table)
    until(qtbot, lambda: bool(refused))
    assert refused[0][0] == game and says in refused[0][1]
    assert times(desk, game) == []
    assert desk.store.corrections.next_undo(game) is None


def test_a_list_without_a_game_is_refused(desk, table, qtbot):
    drop(desk.window, [table])
    panel = desk.window.arrival_panel
    until(qtbot, lambda: panel.isVisible() and bool(panel.lines))
    assert panel.lines[0].endswith("It is a list without a game; drop it on its game in the list of games.")


def test_the_menu_of_a_game_with_a_player_offers_a_list(desk, game, films, qtbot):
    menu = desk.window.parts.menu
    assert isinstance(menu, GameMenu)
    assert "list" in dict(menu.offered(desk.window.jobs.entry(game)))
    nobody = desk.store.create_job([films["Practice"]], title="Other")
    until(qtbot, lambda: nobody in desk.listed())
    assert "list" not in dict(menu.offered(desk.window.jobs.entry(nobody)))


def old_job(folder, name, video):
    folder = folder / name
    folder.mkdir(parents=True)
    setup = {"player_number": "17", "clicks": [{"t": 0.5, "x": 0.4, "y": 0.5}]}
    results = {
        "job_id": name,
        "title": f"Old {name}",
        "status": "done",
        "video_path": str(video),
        "setup": setup,
        "shifts": [{"start": 0.25, "end": 1.5}],
        "clips": [],
    }
    (folder / "results.json").write_text(json.dumps(results))


def test_a_dropped_folder_of_the_old_server_gives_its_games(desk, films, tmp_path, qtbot):
    for name in ("a1", "a2"):
        old_job(tmp_path / "old", name, films["Practice"])
    broken = tmp_path / "old" / "b"
    broken.mkdir()
    (broken / "job.json").write_text("{")

    drop(desk.window, [tmp_path / "old"])
    until(qtbot, lambda: len(desk.listed()) == 2 and desk.window.notice.isVisible())
    sentence = desk.window.notice.sentence
    assert sentence.startswith(
        "Games of the old server: 2 taken over, 0 here already. 1 left out; the first: b "
    )
    assert {job.title for job in desk.store.jobs()} == {"Old a1", "Old a2"}
    first = desk.job("Old a1")
    until(qtbot, lambda: desk.window.games.current_job == first)
    assert len(desk.store.shifts(first)) == 1

    desk.window.notice.hide()
    drop(desk.window, [tmp_path / "old" / "a1"])
    until(qtbot, desk.window.notice.isVisible)
    assert desk.window.notice.sentence == "Old a1: is here already."
    assert len(desk.store.jobs()) == 2


def test_what_this_program_wrote_is_no_folder_of_the_old_server(films, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    ours = {"job_id": "1", "video_path": str(films["Practice"]), "video_paths": [str(films["Practice"])]}
    (folder / "results.json").write_text(json.dumps(ours))
    assert not holds_old_jobs(folder)
    (folder / "results.json").unlink()
    (folder / "setup.json").write_text("{}")
    assert not holds_old_jobs(folder)
    assert not holds_old_jobs(tmp_path / "nowhere")
    old_job(tmp_path / "old", "a1", films["Practice"])
    assert holds_old_jobs(tmp_path / "old") and holds_old_jobs(tmp_path / "old" / "a1")


def test_old_games_wait_until_no_game_is_worked_on(open_desk, films, tmp_path, qtbot):
    gate = threading.Event()
    desk = open_desk(ingest=held(gate))
    job_id = desk.store.create_job([films["Practice"]], title="Practice")
    desk.store.queue(job_id)
    until(qtbot, lambda: desk.status(job_id) is JobStatus.RUNNING)
    old_job(tmp_path / "old", "a1", films["Practice"])
    drop(desk.window, [tmp_path / "old"])
    until(qtbot, desk.window.notice.isVisible)
    told = "a1 was left out: a game is being worked on; pause it, or wait, and import again."
    assert desk.window.notice.sentence == told
    assert [job.id for job in desk.store.jobs()] == [job_id]
    gate.set()
    until(qtbot, lambda: desk.status(job_id) is JobStatus.DONE)
    desk.window.notice.hide()
    drop(desk.window, [tmp_path / "old"])
    until(qtbot, desk.window.notice.isVisible)
    assert desk.status(desk.job("Old a1")) is JobStatus.DONE
