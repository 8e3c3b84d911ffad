"""Disks that are full: a small file system of its own, filled up in the middle of each kind of write."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from shiftclipper.errors import EXIT_DONE
from tests.faults.faulty_program import FILLER
from tests.faults.real_runs import Ended, Fault, Film, Program
from tests.faults.tried import Tried, differences

MEGABYTES = 24
SIGNS_OF_A_BUG = ("Traceback", "Logging error", "This is a bug")


@contextmanager
def small_disk(place: Path) -> Iterator[Path | None]:
    """Mount a small disk at `place` as long as the block lasts; None where that is not permitted."""
    place.mkdir(parents=True, exist_ok=True)
    words = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(place)]
    try:
        mounted = (
            sys.platform.startswith("linux") and not subprocess.run(words, capture_output=True).returncode
        )
    except OSError:
        mounted = False
    try:
        yield place if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill_and_go_on(
    film: Film, disk: Path, folder: Path, events: Sequence[tuple[str, str]], wanted: dict[str, Any]
) -> Iterator[Tried]:
    """Let a disk be full from one event on, free it, go on, and compare the end.

    Args:
        film: the game.
        disk: a small one, for the data or for what is exported.
        folder: on another disk, for the rest.
        events: where to do so (`data` or `out`) and the event, in the order in which they come; those that
            the job is past are tried on a new one.
        wanted: the outcome of an undisturbed run.
    """
    for number, (where, pattern) in enumerate(events):
        places = {"data": folder / f"data-{number}", "out": folder / f"out-{number}"}
        places[where] = disk / f"{where}-{number}"
        program = Program(film, places["data"], places["out"])
        full = program.run(
            *program.start_words, fault=Fault(folder / "events.txt", f"fill '{disk}'", pattern)
        )
        row = Tried("disk full", f"{where}: {pattern}", sentence=sentence_of(full))
        if not (disk / FILLER).exists():
            row.lost.append("the event never came")
        (disk / FILLER).unlink(missing_ok=True)
        row.lost += complaints(full)
        before = program.finished()
        again = program.run(*program.next_words())
        if again.code != EXIT_DONE:
            row.lost.append(f"did not go on: {again.error[-300:]}")
        else:
            after = program.finished()
            row.lost += [f"{name} was made anew" for name in before if after.get(name) != before[name]]
            row.lost += differences(wanted, program.outcome())
        row.lost += [f"left behind: {path}" for path in program.rubbish()]
        subprocess.run(["rm", "-r", *map(str, places.values())], check=False)
        yield row


def sentence_of(ended: Ended) -> str:
    """Return the last line that the person was told, but for how to go on."""
    lines = [line for line in ended.error.splitlines() if line and not line.startswith("Go on with:")]
    return lines[-1] if lines else ""


def complaints(ended: Ended) -> list[str]:
    """Return what is wrong with an end in which the disk was full."""
    wrong = [f"{sign} was shown" for sign in SIGNS_OF_A_BUG if sign in ended.error]
    if ended.code != 1:
        wrong.append(f"exit code {ended.code}: {ended.error[-200:]}")
    if "free some" not in sentence_of(ended):
        wrong.append("the person was not told to free some space")
    return wrong
