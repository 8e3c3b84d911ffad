"""What the person keeps about the program, written by a process that is killed on the way.

`python -m tests.faults.keeping LOG FAULT PATTERN NUMBER DATA`, with words as in `faulty_program`: sets
two preferences, saves a preset, backs the database up and puts that backup back.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from tests.faults.faulty_program import under_fate
from tests.faults.real_runs import KILLED, ROOT, Fault
from tests.faults.tried import Tried

BEFORE = {"theme": "light", "pre_roll": 1.0}
AFTER = {"theme": "dark", "pre_roll": 3.5}
TITLE, PRESET = "Sat vs HC", "Mine"
MOST_EVENTS = 100


def prepare(data: Path) -> None:
    """Make a data folder with a job, preferences, a preset and a backup."""
    from shiftclipper.jobs.backups import DATABASE_NAME, back_up
    from shiftclipper.jobs.settings import Settings
    from shiftclipper.jobs.store import Store

    with Store(data) as store:
        store.create_job([data / "film.mp4"], title=TITLE)
        store.preferences.change(**BEFORE)
        store.presets.save(PRESET, Settings(pre_roll=BEFORE["pre_roll"]))
    back_up(data / DATABASE_NAME, 1_700_000_000.0)


def keep(data: Path) -> None:
    """Write everything once."""
    from shiftclipper.jobs.backups import DATABASE_NAME, back_up, restore_in
    from shiftclipper.jobs.settings import Settings
    from shiftclipper.jobs.store import Store

    with Store(data) as store:
        store.preferences.change(**AFTER)
        store.presets.save(PRESET, Settings(pre_roll=AFTER["pre_roll"]))
    made = back_up(data / DATABASE_NAME)
    assert made is not None
    restore_in(data, made.path.name)


def lost_after(data: Path) -> list[str]:
    """Start once more, as anybody would, and return what is missing, half or left behind."""
    from shiftclipper.jobs.backups import backups
    from shiftclipper.jobs.store import Store

    with Store(data) as store:
        store.back_up_when_due()
        lost = list(store.check())
        if [job.title for job in store.jobs()] != [TITLE]:
            lost.append("the job is gone")
        found = store.preferences.read()
        if {name: getattr(found, name) for name in BEFORE} not in (BEFORE, AFTER):
            lost.append(f"half of the preferences: {found}")
        preset = store.presets.read().get(PRESET)
        if preset is None or preset.values["pre_roll"] not in (BEFORE["pre_roll"], AFTER["pre_roll"]):
            lost.append(f"the preset: {preset}")
    copies = backups(data)
    if not copies:
        lost.append("there is no backup any more")
    for copy in copies:
        with closing(sqlite3.connect(copy.path)) as db:
            if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                lost.append(f"{copy.path.name} is damaged")
    left = [path.name for path in data.rglob("*") if ".part" in path.name or path.name.endswith("-journal")]
    return lost + [f"left behind: {name}" for name in left]


def kill_while_keeping(folder: Path, events: Sequence[str] | None = None) -> Iterator[Tried]:
    """Kill at one event after the other, each time in a fresh copy of the data, and tell what was lost.

    Args:
        folder: for the data.
        events: patterns of the events to die of; every event of an undisturbed run by default.
    """
    whole = folder / "whole"
    prepare(whole)
    log = folder / "events.txt"
    if events is None:
        count = _run(folder / "undisturbed", whole, Fault(log, "none", "."))
        assert count == 0, "it works when nobody kills it"
        number = len(log.read_text(encoding="utf-8").splitlines())
        faults = [Fault(log, "kill", ".", place + 1) for place in range(min(number, MOST_EVENTS))]
    else:
        faults = [Fault(log, "kill", pattern) for pattern in events]
    for number, fault in enumerate(faults):
        log.unlink(missing_ok=True)
        data = folder / f"data-{number}"
        code = _run(data, whole, fault)
        last = log.read_text(encoding="utf-8").splitlines()[-1]
        row = Tried("kill -9 while keeping", _kind(last), lost=lost_after(data))
        if code != KILLED:
            row.lost.append(f"never came: {fault.pattern}")
        shutil.rmtree(data)
        yield row


def _run(data: Path, whole: Path, fault: Fault) -> int:
    shutil.copytree(whole, data)
    words = [sys.executable, "-m", "tests.faults.keeping", *fault.words, str(data)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(words, cwd=ROOT, env=environment, timeout=300).returncode


def _kind(event: str) -> str:
    """Say what was being written, by the event."""
    for word in ("preference", "preset", "backup", "shiftclipper.db", "shiftclipper-"):
        if word in event:
            return {"shiftclipper.db": "putting a backup back", "shiftclipper-": "backup"}.get(word, word)
    return "opening and closing"


if __name__ == "__main__":
    under_fate(*sys.argv[1:5])
    keep(Path(sys.argv[5]))
