"""Disks that are full: a small file system of its own, filled up in the middle of each kind of write."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from shiftclipper.errors import EXIT_DONE
from tests.faults.faulty_program import FILLER
from tests.faults.real_runs import Ended, Fault, Program
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
    program: Program, disk: Path, patterns: Sequence[str], wanted: dict[str, Any]
) -> Iterator[Tried]:
    """Let a disk be full from one event on, free it, go on to the next event, and compare the end.

    Args:
        program: has its folders on the disk.
        disk: a small one.
        patterns: the events, in the order in which they come.
        wanted: the outcome of an undisturbed run.
    """
    log = disk.with_name("events.txt")
    for pattern in (*patterns, ""):
        before = program.finished()
        fault = Fault(log, f"fill '{disk}'", pattern) if pattern else None
        ended = program.run(*program.next_words(), fault=fault)
        was_full = (disk / FILLER).exists()
        (disk / FILLER).unlink(missing_ok=True)
        after = program.finished()
        row = Tried("disk full", program.stage())
        row.lost += [f"{name} was made anew" for name in before if after.get(name) != before[name]]
        row.lost += [f"left behind: {path}" for path in program.rubbish()]
        if pattern:
            row.sentence = sentence_of(ended)
            row.lost += complaints(ended)
            if not was_full:
                row.lost.append(f"never came: {pattern}")
        elif ended.code != EXIT_DONE:
            row.lost.append(f"did not go on: {ended.error[-300:]}")
        else:
            row = Tried("disk full", "in the end", 0, differences(wanted, program.outcome()))
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
