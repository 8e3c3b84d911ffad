"""A drive that fails in the middle of a film, for our own process and for ffmpeg; then a copy is used."""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.faults.disks import SIGNS_OF_A_BUG, sentence_of
from tests.faults.real_runs import Fault, Program
from tests.faults.sources import relinked
from tests.faults.tried import Tried

SOURCE = Path(__file__).with_name("failing_drive.c")
BAD_FROM = 0.3
"""Share of the film that can still be read."""


def failing_reads(folder: Path) -> Path | None:
    """Compile what makes reads fail; None where there is no compiler, or a system of another kind."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    library = folder / "failing_drive.so"
    command = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"]
    return library if subprocess.run(command, capture_output=True).returncode == 0 else None


def failing_environment(library: Path, film: Path, switch: Path) -> dict[str, str]:
    """Return the environment of a process for which the film's drive fails while the switch is there."""
    size = film.stat().st_size
    return {
        "LD_PRELOAD": str(library),
        "FAILING_FILE": str(film),
        "FAILING_SWITCH": str(switch),
        "FAILING_FROM": str(round(BAD_FROM * size)),
        "FAILING_TO": str(size),
    }


def fail_reads_and_go_on(
    program: Program, library: Path, patterns: Sequence[str], wanted: dict[str, Any]
) -> Iterator[Tried]:
    """Let the drive fail from one event on, then work again, go on to the next, and use a copy at last.

    Args:
        program: whose film is on the drive.
        library: from `failing_reads`.
        patterns: the events, in the order in which they come.
        wanted: the outcome of an undisturbed run.
    """
    film = program.film.video
    switch, log = film.with_name("drive-fails"), film.with_name("events.txt")
    failing = replace(program, environment=failing_environment(library, film, switch))
    for pattern in patterns:
        before = program.finished()
        ended = failing.run(*program.next_words(), fault=Fault(log, f"touch '{switch}'", pattern))
        row = Tried("drive cannot be read", program.stage(), sentence=sentence_of(ended))
        if not switch.exists():
            row.lost.append(f"never came: {pattern}")
        switch.unlink(missing_ok=True)
        after = program.finished()
        row.lost += [f"{name} was made anew" for name in before if after.get(name) != before[name]]
        row.lost += [f"{sign} was shown" for sign in SIGNS_OF_A_BUG if sign in ended.error]
        row.lost += [f"left behind: {path}" for path in program.rubbish()]
        if ended.code != 1:
            row.lost.append(f"exit code {ended.code}")
        if f"The drive with {film} cannot be read" not in row.sentence:
            row.lost.append("the person was not told that the drive fails")
        yield row
    copy = film.with_name("copy.mp4")
    shutil.copyfile(film, copy)
    switch.touch()
    yield relinked(program, failing, copy, "drive cannot be read, a copy is used", wanted)
