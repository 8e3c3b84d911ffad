"""Copies of the database: made in time, whole, few, and put back where the database is damaged."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from shiftclipper.cli import run_command_line
from shiftclipper.errors import EXIT_DONE, EXIT_LOCKED, EXIT_USAGE, DatabaseDamaged, UserError
from shiftclipper.jobs import backups as rooms
from shiftclipper.jobs import schema
from shiftclipper.jobs.backups import DATABASE_NAME, back_up, backups, restore_in
from shiftclipper.jobs.store import Store
from shiftclipper.ui import application
from shiftclipper.ui.application import StartRefusal, run_window
from tests.faults.real_runs import KILLED, Fault, Film, Program

DAY = 86400.0
START = 1_700_000_000.0

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise)")


@pytest.fixture
def game(tmp_path):
    """A data folder with one job."""
    film = tmp_path / "film.mp4"
    film.touch()
    with Store(tmp_path) as store:
        return store.create_job([film], title="Sat vs HC")


def titles(data_dir):
    with Store(data_dir) as store:
        return [job.title for job in store.jobs()]


def damage(data_dir):
    """Overwrite the middle of every page, as a failing disk might."""
    path = data_dir / DATABASE_NAME
    content = bytearray(path.read_bytes())
    for page in range(4096, len(content), 4096):
        content[page : page + 200] = os.urandom(200)
    content[100:4000] = os.urandom(3900)
    path.write_bytes(content)


def test_a_copy_is_made_once_a_week_and_the_newest_three_stay(tmp_path, game):
    clock = [START]
    with Store(tmp_path, now=lambda: clock[0]) as store:
        made = []
        for day in range(0, 60, 1):
            clock[0] = START + day * DAY
            copy = store.back_up_when_due()
            made += [day] if copy else []
    assert made == [0, 7, 14, 21, 28, 35, 42, 49, 56]
    kept = [round((one.made_at - START) / DAY) for one in backups(tmp_path)]
    assert kept == [56, 49, 42]


def test_a_clock_that_was_set_back_does_not_stop_copies(tmp_path, game):
    back_up(tmp_path / DATABASE_NAME, START + 400 * DAY)
    assert rooms.back_up_when_due(tmp_path / DATABASE_NAME, START) is not None


def test_an_older_database_is_copied_before_it_is_migrated(tmp_path, monkeypatch):
    steps = schema.migrations()
    monkeypatch.setattr(schema, "migrations", lambda: steps[:-1])
    Store(tmp_path).close()
    monkeypatch.undo()
    assert backups(tmp_path) == []
    Store(tmp_path).close()
    (copy,) = backups(tmp_path)
    assert copy.version == steps[-2].version
    with closing(sqlite3.connect(copy.path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (steps[-2].version,)


def test_a_copy_taken_while_others_write_is_whole(tmp_path, game):
    with Store(tmp_path) as store, store._database.writing() as change:
        change.execute("UPDATE job SET title = 'half way'")
        copy = back_up(tmp_path / DATABASE_NAME)
    with closing(sqlite3.connect(copy.path)) as db:
        assert db.execute("SELECT title FROM job").fetchall() == [("Sat vs HC",)]


def test_without_room_no_copy_is_made_and_none_is_lost(tmp_path, game, monkeypatch):
    back_up(tmp_path / DATABASE_NAME, START)
    full = shutil.disk_usage(tmp_path)._replace(free=1)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: full)
    assert back_up(tmp_path / DATABASE_NAME, START + DAY) is None
    assert len(backups(tmp_path)) == 1


def test_a_damaged_database_is_not_copied_over_good_copies(tmp_path, game):
    good = back_up(tmp_path / DATABASE_NAME, START)
    damage(tmp_path)
    with pytest.raises(sqlite3.DatabaseError):
        back_up(tmp_path / DATABASE_NAME, START + DAY)
    assert backups(tmp_path) == [good]
    assert sorted(path.name for path in (tmp_path / "backups").iterdir()) == [good.path.name]


def test_the_newest_copy_is_put_back_by_the_command_line(tmp_path, game, capsys):
    back_up(tmp_path / DATABASE_NAME, START)
    damage(tmp_path)
    with pytest.raises(DatabaseDamaged, match="restore-backup"):
        titles(tmp_path)
    assert run_command_line(["--data-dir", str(tmp_path), "restore-backup", "--list"]) == EXIT_DONE
    assert "shiftclipper-v" in capsys.readouterr().out
    assert run_command_line(["--data-dir", str(tmp_path), "restore-backup"]) == EXIT_DONE
    assert titles(tmp_path) == ["Sat vs HC"]
    assert len(list(tmp_path.glob("shiftclipper-damaged-*.db"))) == 1


def test_a_damaged_copy_is_refused_and_nothing_is_changed(tmp_path, game, capsys):
    copy = back_up(tmp_path / DATABASE_NAME, START)
    copy.path.write_bytes(copy.path.read_bytes()[:5000])
    before = (tmp_path / DATABASE_NAME).read_bytes()
    with pytest.raises(UserError, match="damaged too"):
        restore_in(tmp_path)
    assert (tmp_path / DATABASE_NAME).read_bytes() == before
    assert run_command_line(["--data-dir", str(tmp_path), "restore-backup", "no.db"]) == EXIT_USAGE


def test_nothing_is_put_back_under_a_running_program(tmp_path, game):
    back_up(tmp_path / DATABASE_NAME, START)
    code = (
        "import sys; from pathlib import Path\n"
        "from shiftclipper.cli import run_command_line\n"
        "sys.exit(run_command_line(['--data-dir', sys.argv[1], 'restore-backup']))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with Store(tmp_path):
        ended = subprocess.run([sys.executable, "-c", code, str(tmp_path)], env=environment, check=False)
    assert ended.returncode == EXIT_LOCKED


@pytest.mark.parametrize("wanted", [True, False])
def test_the_window_offers_the_newest_copy_of_a_damaged_database(qapp, tmp_path, game, monkeypatch, wanted):
    back_up(tmp_path / DATABASE_NAME, START)
    damage(tmp_path)
    said = []

    def answer():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, StartRefusal):
            said.append(dialog.text.text())
            offered = dialog.restore_button if wanted else None
            (offered or dialog.close_button).click()
        if not wanted and len(said) < 2:
            QTimer.singleShot(50, answer)

    monkeypatch.setattr(application, "_all_stages", tuple)
    monkeypatch.setattr(QApplication, "exec", lambda *_: 0)
    QTimer.singleShot(0, answer)
    code = run_window(tmp_path, [])
    assert "is damaged" in said[0]
    assert code == (EXIT_DONE if wanted else EXIT_USAGE)
    if wanted:
        assert titles(tmp_path) == ["Sat vs HC"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("moment", ["copyfile", "link", "rename shiftclipper.db.part"])
def test_killed_while_a_copy_is_put_back_there_is_still_a_database_and_it_can_be_tried_again(
    tmp_path, game, moment
):
    back_up(tmp_path / DATABASE_NAME, START)
    damage(tmp_path)
    nobody = Film(tmp_path / "film.mp4", tmp_path / "setup.json")
    program = Program(nobody, tmp_path, tmp_path / "out")
    killed = program.run("restore-backup", fault=Fault(tmp_path / "events.txt", "kill", f"^{moment}"))
    assert killed.code == KILLED
    with pytest.raises(DatabaseDamaged, match="restore-backup"):
        titles(tmp_path)
    assert run_command_line(["--data-dir", str(tmp_path), "restore-backup"]) == EXIT_DONE
    assert titles(tmp_path) == ["Sat vs HC"]
    assert not list(tmp_path.rglob("*.part"))
