"""SIGKILL in the middle of every kind of write, going on, and what is left then."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.faults.real_runs import KILLED, Fault, Film, Program, left_running
from tests.faults.tried import Tried, differences

NUMBERS = re.compile(r"[0-9a-f]{6,}|\d+(\.\d+)?")


def kill_and_go_on(
    film: Film, folder: Path, patterns: Sequence[str], wanted: dict[str, Any]
) -> Iterator[Tried]:
    """Kill the program at one event after the other, going on each time, and compare the end.

    Args:
        film: the game.
        folder: for the data and what is exported.
        patterns: the events to die of, in the order in which they come. One that does not come any more,
            since the run ended before, is tried on a new job.
        wanted: the outcome of an undisturbed run.
    """
    number = 0
    program = _program(film, folder, number)
    open_rows: list[Tried] = []
    left = list(patterns)
    fresh = True
    while left:
        pattern = left[0]
        before = program.finished()
        ended = program.run(*program.next_words(), fault=Fault(folder / "events.txt", "kill", pattern))
        if ended.code == KILLED:
            left.pop(0)
            row = Tried("kill -9", program.stage())
            row.lost += [
                f"lives on: {words}" for words in left_running((str(program.out), str(program.data)))
            ]
            row.lost += _made_anew(before, program.finished())
            open_rows.append(row)
            fresh = False
            continue
        yield from _closed(open_rows, program, wanted, ended.code, ended.error)
        open_rows = []
        if fresh:
            yield Tried("kill -9", f"never came: {left.pop(0)}", 0, ["the event never came"])
        number += 1
        program = _program(film, folder, number)
        fresh = True
    before = program.finished()
    ended = program.run(*program.next_words())
    if open_rows:
        open_rows[-1].lost += _made_anew(before, program.finished())
    yield from _closed(open_rows, program, wanted, ended.code, ended.error)


def events_of(log: Path, pattern: str) -> list[str]:
    """Return a pattern for each kind of event of an undisturbed run that `pattern` finds, in their order.

    Events that differ in numbers only are of one kind.
    """
    kinds: dict[str, None] = {}
    for line in log.read_text(encoding="utf-8").splitlines():
        if re.search(pattern, line):
            pieces = [re.escape(piece) for piece in NUMBERS.split(line)[::2]]
            kinds[f"^{r'[0-9a-f.]+'.join(pieces)}"] = None
    return list(kinds)


def _program(film: Film, folder: Path, number: int) -> Program:
    return Program(film, folder / f"data-{number}", folder / f"out-{number}")


def _made_anew(before: dict[str, object], after: dict[str, object]) -> list[str]:
    return [f"{name} was made anew" for name, mark in before.items() if after.get(name) != mark]


def _closed(
    rows: list[Tried], program: Program, wanted: dict[str, Any], code: int, error: str
) -> Iterator[Tried]:
    """Hand out the rows of a job that has ended, with what is wrong with its end."""
    if rows:
        if code:
            rows[-1].lost.append(f"exit code {code}: {error[-300:]}")
        else:
            rows[-1].lost += differences(wanted, program.outcome())
        rows[-1].lost += [f"left behind: {path}" for path in program.rubbish()]
    yield from rows
