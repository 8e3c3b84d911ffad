"""Copies of the database, made before it is migrated and once a week, and putting one back.

A copy is whole or is not there: it is written beside its name, checked, and then renamed. The newest few
stay.
"""

import contextlib
import re
import shutil
import sqlite3
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from shiftclipper.errors import UserError
from shiftclipper.jobs.lock import InstanceLock
from shiftclipper.media.part_files import put_in_place

DATABASE_NAME = "shiftclipper.db"
FOLDER = "backups"
KEPT = 3
DUE_SECONDS = 7 * 86400.0
_ROOM = 1.2
"""Free space that a copy wants, in sizes of the database."""
_NAME = re.compile(r"shiftclipper-v(\d+)-(\d{8}-\d{6})\.db")
_WHEN = "%Y%m%d-%H%M%S"
_PART = "backup.part"


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the database."""

    path: Path
    version: int
    """Of the database's shape."""
    made_at: float
    """Seconds since 1970."""


def backups(data_dir: Path, now: float | None = None) -> list[Backup]:
    """Return the copies that there are, the newest first.

    Those from the future were made before the clock was set back: they come last.

    Args:
        data_dir: the data folder.
        now: seconds since 1970.
    """
    now = time.time() if now is None else now
    found = []
    folder = data_dir / FOLDER
    for path in folder.iterdir() if folder.is_dir() else ():
        match = _NAME.fullmatch(path.name)
        if match is None:
            continue
        with contextlib.suppress(ValueError):
            made_at = datetime.strptime(match[2], _WHEN).timestamp()
            found.append(Backup(path, int(match[1]), made_at))
    return sorted(found, key=lambda one: (one.made_at <= now, one.made_at, one.path.name), reverse=True)


def back_up(database: Path, now: float | None = None) -> Backup | None:
    """Copy a database while it may be in use, and drop the oldest copies.

    Args:
        database: its file; copies lie in a folder beside it.
        now: seconds since 1970.

    Returns:
        The copy, or None when there is nothing to copy or no room for it.

    Raises:
        sqlite3.DatabaseError: the database cannot be read whole; no copy was made and none was dropped.
    """
    now = time.time() if now is None else now
    if not database.is_file() or database.stat().st_size == 0:
        return None
    if shutil.disk_usage(database.parent).free < _ROOM * database.stat().st_size:
        return None
    folder = database.parent / FOLDER
    folder.mkdir(exist_ok=True)
    part = folder / _PART
    part.unlink(missing_ok=True)
    try:
        version = _copy(database, part)
        when = datetime.fromtimestamp(now).strftime(_WHEN)
        target = folder / f"shiftclipper-v{version}-{when}.db"
        put_in_place(part, target)
    finally:
        part.unlink(missing_ok=True)
    for old in backups(database.parent, now)[KEPT:]:
        old.path.unlink(missing_ok=True)
    return Backup(target, version, now)


def back_up_when_due(database: Path, now: float | None = None) -> Backup | None:
    """Copy a database when the newest copy is a week old, and return the copy if one was made."""
    now = time.time() if now is None else now
    newest = next(iter(backups(database.parent, now)), None)
    # A clock that was set back must not stop copies for ever.
    if newest is not None and 0 <= now - newest.made_at < DUE_SECONDS:
        return None
    return back_up(database, now)


def restore(database: Path, backup: Backup, now: float | None = None) -> Path:
    """Put a copy in the place of a database that nobody has open, and return where that was moved to.

    Raises:
        UserError: the copy is damaged too, or there is no room; nothing was changed.
    """
    now = time.time() if now is None else now
    part = database.with_name(database.name + ".part")
    aside = database.with_name(f"shiftclipper-damaged-{datetime.fromtimestamp(now):{_WHEN}}.db")
    try:
        shutil.copyfile(backup.path, part)
        _check(part)
        # At no moment is there no database: the next start would begin an empty one. Its log goes before it,
        # since SQLite would play that into the copy.
        _keep_aside(database, aside)
        for ending in ("-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                database.with_name(database.name + ending).replace(aside.with_name(aside.name + ending))
        put_in_place(part, database)
    except sqlite3.DatabaseError as error:
        raise UserError(f"The backup {backup.path} is damaged too; choose an older one.") from error
    except OSError as error:
        raise UserError(
            f"The backup {backup.path} cannot be put back ({error.strerror}); free some space or mend the "
            "folder's permissions, then try again."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return aside


def sweep(data_dir: Path) -> None:
    """Remove the halves of copies that a killed program has left; only for who holds the data folder."""
    halves = (data_dir / FOLDER / _PART, data_dir / f"{DATABASE_NAME}.part")
    for half in halves:
        for path in (half, half.with_name(f"{half.name}-journal")):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


def _keep_aside(database: Path, aside: Path) -> None:
    """Give a database a second name; on disks that know no links, copy it."""
    if not database.exists() or (aside.exists() and aside.samefile(database)):
        return
    try:
        aside.hardlink_to(database)
    except OSError:
        shutil.copyfile(database, aside)


def restore_in(data_dir: Path, name: str = "") -> tuple[Backup, Path]:
    """Put a copy back in a data folder that no program uses.

    Args:
        data_dir: the data folder.
        name: of the copy's file; the newest when empty.

    Returns:
        The copy that was put back, and where the database that was there lies now.

    Raises:
        UserError: there is no such copy, or it is damaged too.
        InstanceLocked: a program uses the folder.
    """
    with InstanceLock(data_dir):
        known = backups(data_dir)
        chosen = next((one for one in known if name in ("", one.path.name)), None)
        if chosen is None:
            names = ", ".join(one.path.name for one in known) or "none"
            raise UserError(f"There is no backup {name or 'yet'} in {data_dir / FOLDER}; there are: {names}.")
        return chosen, restore(data_dir / DATABASE_NAME, chosen)


def _copy(database: Path, target: Path) -> int:
    """Copy and check, and return the version."""
    with (
        contextlib.closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as source,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    return _check(target)


def _check(path: Path) -> int:
    """Return the version of a whole database.

    Raises:
        sqlite3.DatabaseError: it is damaged.
    """
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        (said,) = db.execute("PRAGMA quick_check(1)").fetchone()
        if said != "ok":
            raise sqlite3.DatabaseError(said)
        (version,) = db.execute("PRAGMA user_version").fetchone()
    return int(version)
