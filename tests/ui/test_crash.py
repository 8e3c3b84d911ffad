"""A bug is told once and written down; a full disk or a bug in the telling makes it no worse."""

import faulthandler
import logging
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from shiftclipper.ui import crash
from shiftclipper.ui.crash import CrashReporter
from shiftclipper.ui.logs import ProgramLog

FULL = Path("/dev/full")
needs_full_disk = pytest.mark.skipif(not FULL.exists(), reason="the system has no file on a full disk")


@pytest.fixture
def report(tmp_path, monkeypatch):
    """Watches for bugs that nobody caught, in place of pytest-qt's own watch."""
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)
    owner = QObject()
    reporter = CrashReporter(tmp_path / "crash.log", owner)
    yield reporter
    reporter.remove()
    owner.deleteLater()


@pytest.fixture
def own_faults():
    """Give Python's faulthandler back to pytest afterwards."""
    yield
    faulthandler.enable(sys.__stderr__)


def happen(text: str) -> None:
    """Let a bug be one that nobody has caught."""
    try:
        raise RuntimeError(text)
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_a_bug_is_written_down_and_told(report, qtbot):
    with qtbot.waitSignal(report.happened) as told:
        happen("the first bug")
    assert told.args == [str(report.log)]
    assert "the first bug" in report.log.read_text() and "Traceback" in report.log.read_text()


@needs_full_disk
def test_a_bug_on_a_full_disk_is_told_all_the_same(report, qtbot):
    report.log = FULL
    with qtbot.waitSignal(report.happened):
        happen("no room for this")


def test_a_bug_in_the_telling_is_written_down_and_not_told_without_end(report):
    told = []

    class Teller(QObject):
        def tell(self, path: str) -> None:
            told.append(path)
            happen(f"in the telling, the {len(told)}. time")

    teller = Teller()
    report.happened.connect(teller.tell)
    happen("the bug")
    assert len(told) == 1
    assert "in the telling, the 1. time" in report.log.read_text()
    happen("another bug")
    assert len(told) == 2, "what comes later is told again"


def test_a_bug_that_comes_again_and_again_fills_no_disk(report, monkeypatch):
    monkeypatch.setattr(crash, "LOG_BYTES", 2000)
    for number in range(50):
        happen(f"bug {number}")
    files = sorted(path.name for path in report.log.parent.iterdir())
    assert files == ["crash.log", "crash.log.1"]
    assert all(path.stat().st_size < 4000 for path in report.log.parent.iterdir())
    assert "bug 49" in report.log.read_text()


@needs_full_disk
def test_a_full_disk_cuts_the_programs_log_short_and_nothing_else(tmp_path, own_faults, capfd):
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "shiftclipper.log").symlink_to(FULL)
    (folder / "running").touch()
    log = ProgramLog(tmp_path)
    assert log.crashed_before is not None, "the crash before is told even if it cannot be written down"
    for number in range(100):
        logging.getLogger("shiftclipper").warning("line %d", number)
    log.close()
    assert capfd.readouterr().err == ""
    assert not (folder / "running").exists()
