"""What a killed command leaves in the system's folder goes with the next; a running one keeps its own."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from shiftclipper.commands.scratch import remove_abandoned, scratch_folder
from tests.faults.real_runs import ROOT

KILLED_ON_THE_WAY = """
import os
from shiftclipper.commands.scratch import scratch_folder
with scratch_folder() as folder:
    (folder / "copy.mkv").write_bytes(bytes(1000))
    (folder / "shiftclipper-ends").mkdir()
    print(folder, flush=True)
    os._exit(9)
"""


@pytest.fixture
def system_folder(tmp_path, monkeypatch):
    """A folder for scratch folders of its own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_is_gone_when_its_command_is_done(system_folder):
    with scratch_folder() as folder:
        (folder / "copy.mkv").write_bytes(b"film")
        assert folder.parent == system_folder
    assert list(system_folder.iterdir()) == []


def test_what_a_killed_command_left_goes_and_what_runs_stays(system_folder):
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(system_folder),
        "TEMP": str(system_folder),
    }
    words = [sys.executable, "-c", KILLED_ON_THE_WAY]
    ended = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=60)
    left = system_folder / Path(ended.stdout.strip()).name
    assert (left / "copy.mkv").exists()
    with scratch_folder() as running:
        assert not left.exists()
        (running / "copy.mkv").write_bytes(b"film")
        with scratch_folder():
            assert (running / "copy.mkv").exists(), "of a command that runs at the same time"


def test_folders_of_other_programs_and_links_are_let_be(system_folder):
    theirs = system_folder / "shiftclipper-of-another-program"
    theirs.mkdir()
    (theirs / "film.mp4").write_bytes(b"film")
    elsewhere = system_folder / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "instance.lock").touch()
    (elsewhere / "film.mp4").write_bytes(b"film")
    link = system_folder / "shiftclipper-link"
    link.symlink_to(elsewhere, target_is_directory=True)
    remove_abandoned(system_folder)
    assert (theirs / "film.mp4").exists() and (elsewhere / "film.mp4").exists() and link.is_symlink()
