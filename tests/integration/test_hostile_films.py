"""Broken and crafted films are cut or refused in a sentence: seconds of what tests/fuzz does for minutes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shiftclipper.cli import run_command_line
from shiftclipper.errors import EXIT_DONE, EXIT_FAILED, EXIT_USAGE
from shiftclipper.media.ffmpeg import locate
from tests.fuzz.films import mutated, seeds

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the limits on a child are POSIX's")
def test_no_broken_film_crashes_hangs_talks_or_leads_to_other_files():
    ended = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.run_films", "--count", "10", "--seed", "7000"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    # Some are so little broken that they are cut, some are refused: both happened.
    assert "refused" in ended.stdout and "cut" in ended.stdout


@pytest.mark.parametrize("number", [95, 269, 336])
def test_films_that_once_brought_the_program_down_are_refused_or_cut(number, tmp_path, capsys):
    name, content = mutated(number, seeds(locate(), tmp_path))
    film, table = tmp_path / name, tmp_path / "shifts.csv"
    film.write_bytes(content)
    table.write_text("start,end\n0.2,0.9\n")
    code = run_command_line(["cut", str(film), "--shifts", str(table), "--out", str(tmp_path / "out")])
    assert code in (EXIT_DONE, EXIT_FAILED, EXIT_USAGE)
    assert "Traceback" not in capsys.readouterr().err
