"""A film that is cut short, replaced or gone in the middle of a run, and put back or moved afterwards."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from shiftclipper.errors import EXIT_DONE
from tests.faults.disks import SIGNS_OF_A_BUG, sentence_of
from tests.faults.real_runs import Fault, Program
from tests.faults.tried import Tried, differences


def spoil_and_go_on(
    program: Program, other: Path, faults: Sequence[tuple[str, str]], wanted: dict[str, Any]
) -> Iterator[Tried]:
    """Spoil the film at one event, put it back, go on to the next, move the film at last and relink it.

    Args:
        program: whose film may be spoiled.
        other: a film that it is replaced with.
        faults: `cut`, `swap` or `remove`, and the event, in the order in which they come.
        wanted: the outcome of an undisturbed run.
    """
    film = program.film.video
    whole = film.with_name("whole.mp4")
    shutil.copyfile(film, whole)
    log = film.with_name("events.txt")
    for what, pattern in faults:
        before = program.finished()
        words = f"{what} '{film}'" + (f" '{other}'" if what == "swap" else "")
        ended = program.run(*program.next_words(), fault=Fault(log, words, pattern))
        row = Tried(f"film: {what}", program.stage(), sentence=sentence_of(ended))
        after = program.finished()
        row.lost += [f"{name} was made anew" for name in before if after.get(name) != before[name]]
        row.lost += [f"{sign} was shown" for sign in SIGNS_OF_A_BUG if sign in ended.error]
        row.lost += [f"left behind: {path}" for path in program.rubbish()]
        if ended.code != 1:
            row.lost.append(f"exit code {ended.code}")
        shutil.copyfile(whole, film)
        yield row
    moved = film.with_name("moved.mp4")
    film.rename(moved)
    whole.unlink()
    yield relinked(program, program, moved, "film: moved and relinked", wanted)


def relinked(program: Program, through: Program, film: Path, what: str, wanted: dict[str, Any]) -> Tried:
    """Tell a program where its film is now, let it go on to the end, and say what became of it.

    Args:
        program: whose film it is.
        through: the same program as it is told so, and whose command for going on is used.
        film: where the film is now.
        what: the fault.
        wanted: the outcome of an undisturbed run.
    """
    job = program.job()
    assert job is not None
    before = program.finished()
    found = through.run("relink", job, str(film))
    ended = through.run(*program.next_words())
    row = Tried(what, "in the end", sentence=found.out.strip())
    if ended.code != EXIT_DONE:
        row.lost.append(f"did not go on: {(found.error + ended.error)[-300:]}")
    else:
        after = program.finished()
        row.lost += [f"{name} was made anew" for name in before if after.get(name) != before[name]]
        row.lost += differences(wanted, program.outcome())
    return row
