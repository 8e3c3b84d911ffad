"""`self-test` says what works, and fails where something needed does not."""

import json
import subprocess
import sys

import pytest

from shiftclipper.cli import run_command_line
from shiftclipper.commands import self_test
from shiftclipper.errors import EXIT_DONE, EXIT_FAILED, UserError

pytestmark = pytest.mark.xdist_group("self-test")


def answers(capsys, *arguments):
    code = run_command_line(list(arguments))
    return code, {check["name"]: check for check in json.loads(capsys.readouterr().out)}


def test_everything_that_the_main_job_needs_is_tried_for_real(qapp, capsys, tmp_path):
    code, checks = answers(capsys, "--data-dir", str(tmp_path), "self-test", "--json")
    assert code == EXIT_DONE
    needed = {name for name, check in checks.items() if check["needed"]}
    assert {"data folder", "database", "ffmpeg", "OpenCV", "detector", "jersey numbers", "window"} < needed
    assert all(checks[name]["works"] for name in needed)
    assert checks["playing films"]["works"], checks["playing films"]["detail"]
    assert "in a drawn picture" in checks["detector"]["detail"]
    assert checks["encoder libx264"]["works"]


def test_nothing_but_the_answers_is_shown(tmp_path):
    """Libraries talk past Python, so this is a process of its own; what they say is there with --verbose."""
    command = [sys.executable, "-m", "shiftclipper", "--data-dir", str(tmp_path)]
    plain = subprocess.run([*command, "self-test"], capture_output=True, text=True, check=True)
    assert plain.stderr == ""
    assert "ok   playing films:" in plain.stdout
    told = subprocess.run([*command, "--verbose", "self-test"], capture_output=True, text=True, check=True)
    assert "Input #0" in told.stderr


def test_a_detector_that_sees_nobody_is_found_out(qapp, capsys, tmp_path, monkeypatch):
    class Blind:
        @classmethod
        def load(cls):
            return cls()

        def detect(self, frame):
            import numpy as np

            return np.zeros((0, 5), np.float32)

    monkeypatch.setattr("shiftclipper.vision.detector.Detector", Blind)
    code, checks = answers(capsys, "--data-dir", str(tmp_path), "self-test", "--json")
    assert code == EXIT_FAILED
    assert not checks["detector"]["works"]
    assert "found 0 of" in checks["detector"]["detail"]


def test_what_is_missing_is_said_with_what_to_do(qapp, capsys, tmp_path, monkeypatch):
    def none():
        raise UserError("No working ffmpeg 5.1 or newer was found; install ffmpeg.")

    monkeypatch.setattr(self_test, "_ffmpeg", none)
    code = run_command_line(["--data-dir", str(tmp_path), "self-test"])
    assert code == EXIT_FAILED
    assert "FAIL ffmpeg: No working ffmpeg 5.1 or newer was found; install ffmpeg." in capsys.readouterr().out
