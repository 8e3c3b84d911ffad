"""A second start of the program hands its files to the first; a crash is told at the next start."""

import faulthandler
import logging
import os
import subprocess
import sys
import threading

import pytest
from PySide6.QtNetwork import QLocalSocket

from shiftclipper.errors import InstanceLocked
from shiftclipper.ui.logs import ProgramLog, without_personal_paths
from shiftclipper.ui.single_instance import hand_over, socket_name
from tests.ui.conftest import PATIENCE

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise|grabbing)")

_SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from shiftclipper.ui.single_instance import hand_over
application = QCoreApplication([])
sys.exit(0 if hand_over(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]) else 4)
"""


@pytest.fixture
def second_start(qtbot):
    """Start the handing over as another program does it; gives its exit code."""

    def start(data_dir, *files):
        codes = []
        command = [sys.executable, "-c", _SECOND, str(data_dir), *map(str, files)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}

        def run():
            codes.append(subprocess.run(command, env=environment, timeout=60, check=False).returncode)

        thread = threading.Thread(target=run)
        thread.start()
        qtbot.waitUntil(lambda: bool(codes), timeout=60_000)
        thread.join()
        return codes[0]

    return start


def test_a_second_start_hands_its_films_to_the_first(open_desk, qtbot, films, second_start):
    desk = open_desk()
    assert second_start(desk.store.data_dir, films["Practice"]) == 0
    qtbot.waitUntil(lambda: bool(desk.job("Practice")), timeout=PATIENCE)


def test_a_second_start_without_files_only_brings_the_window_up(open_desk, qtbot, second_start):
    desk = open_desk()
    desk.window.hide()
    assert second_start(desk.store.data_dir) == 0
    qtbot.waitUntil(desk.window.isVisible, timeout=PATIENCE)
    assert desk.store.jobs() == []


def test_nobody_takes_files_for_a_folder_without_a_window(qapp, tmp_path):
    assert not hand_over(tmp_path, [tmp_path / "game.mp4"])


def test_a_stranger_on_the_socket_changes_nothing(open_desk, qtbot, films, second_start):
    desk = open_desk()
    stranger = QLocalSocket()
    for message in (b"\xff\xfe\n", b'{"rm": "-rf"}\n', b"[1, 2]\n", b"x" * 5000):
        stranger.connectToServer(socket_name(desk.store.data_dir))
        assert stranger.waitForConnected(PATIENCE)
        stranger.write(message)
        stranger.flush()
        if message.endswith(b"\n"):
            qtbot.waitUntil(
                lambda: stranger.state() == QLocalSocket.LocalSocketState.UnconnectedState, timeout=PATIENCE
            )
        else:
            stranger.abort()
    assert desk.store.jobs() == []
    assert second_start(desk.store.data_dir, films["Practice"]) == 0
    qtbot.waitUntil(lambda: bool(desk.job("Practice")), timeout=PATIENCE)


def test_the_socket_of_a_dead_program_blocks_nobody(open_desk, qtbot, films, second_start):
    first = open_desk()
    data = first.store.data_dir
    with pytest.raises(InstanceLocked):
        open_desk(data)
    first.session.close()
    again = open_desk(data)
    assert second_start(data, films["Practice"]) == 0
    qtbot.waitUntil(lambda: bool(again.job("Practice")), timeout=PATIENCE)


@pytest.fixture
def own_faults():
    """Give Python's faulthandler back to pytest afterwards."""
    yield
    faulthandler.enable(sys.__stderr__)


def test_a_run_that_did_not_end_in_order_is_told_at_the_next_start(tmp_path, own_faults):
    crashed = (
        "import faulthandler, logging, sys\n"
        "from pathlib import Path\n"
        "from shiftclipper.ui.logs import ProgramLog\n"
        "log = ProgramLog(Path(sys.argv[1]))\n"
        "logging.getLogger('shiftclipper').warning('the last thing that was said')\n"
        "faulthandler._sigabrt()\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ended = subprocess.run(
        [sys.executable, "-c", crashed, str(tmp_path)], env=environment, timeout=60, check=False
    )
    assert ended.returncode != 0
    log = ProgramLog(tmp_path)
    try:
        assert log.crashed_before is not None
        text = log.crashed_before.read_text()
        assert "the last thing that was said" in text
        assert "Abort" in text and "most recent call first" in text
    finally:
        log.close()
    after = ProgramLog(tmp_path)
    assert after.crashed_before is None
    after.close()


def test_the_log_turns_over_and_keeps_what_it_may(tmp_path, own_faults, monkeypatch):
    monkeypatch.setattr("shiftclipper.ui.logs.LOG_BYTES", 2000)
    log = ProgramLog(tmp_path)
    for number in range(200):
        logging.getLogger("shiftclipper").warning("line %d of many", number)
    log.close()
    files = sorted(path.name for path in (tmp_path / "logs").glob("shiftclipper.log*"))
    assert files == [f"shiftclipper.log{ending}" for ending in ("", ".1", ".2", ".3")]
    assert all(path.stat().st_size <= 2000 for path in (tmp_path / "logs").iterdir())


def test_a_folder_that_cannot_be_written_costs_the_log_only(tmp_path, own_faults):
    (tmp_path / "logs").write_text("a file where the folder should be")
    log = ProgramLog(tmp_path)
    assert log.crashed_before is None
    log.close()


def test_the_persons_own_folder_is_not_sent_on(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", "/home/anna")
    monkeypatch.setenv("USERPROFILE", "/home/anna")
    assert without_personal_paths("cannot read /home/anna/Videos/a.mp4") == "cannot read ~/Videos/a.mp4"
