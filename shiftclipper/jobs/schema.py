"""The shape of the database: its tables, its migrations, and the check that nothing of it went missing."""

import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path

import sqlite_utils

from shiftclipper.errors import UserError

APPLICATION_ID = 0x53434C50
"""`SCLP`, in the header of every database of ours."""

_HEADER_BYTES = 100
_VERSION_AT = 60
_MAGIC = b"SQLite format 3\x00"


class TableName(StrEnum):
    """Every table; the only names that rows are read from or written to."""

    JOB = "job"
    JOB_STATUS = "job_status"
    JOB_TRANSITION = "job_transition"
    JOB_EVENT = "job_event"
    STAGE = "stage"
    SOURCE = "source"
    PLAYER = "player"
    CLICK = "click"
    REGION = "region"
    PERIOD = "period"
    ANALYSIS_CHUNK = "analysis_chunk"
    NUMBER_CHUNK = "number_chunk"
    TRACKLET = "tracklet"
    SHIFT = "shift"
    CORRECTION = "correction"
    LAST_ID = "last_id"
    CLIP = "clip"
    ARTIFACT = "artifact"
    PREFERENCE = "preference"
    PRESET = "preset"
    ENCODER_TRIAL = "encoder_trial"


class SchemaDamaged(RuntimeError):
    """The database lacks a table, an index or a trigger that its version has: a bug or foreign hands."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the database's shape."""

    version: int
    """The version that the database has afterwards; steps are numbered from 1 without gaps."""
    sql: str


@cache
def migrations() -> tuple[Migration, ...]:
    """Return the steps that ship with the program, in order."""
    folder = resources.files("shiftclipper.jobs") / "migrations"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=str)
    return tuple(Migration(int(file.name.split("_")[0]), file.read_text(encoding="utf-8")) for file in files)


def refuse_foreign_file(path: Path) -> None:
    """Look at the file's header, without opening the database, and refuse what this program must not touch.

    Raises:
        UserError: the file was written by a newer program or is no database.
    """
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    except FileNotFoundError:
        return
    if not header:
        return
    if not header.startswith(_MAGIC):
        raise _not_ours(path)
    refuse_newer(path, int.from_bytes(header[_VERSION_AT : _VERSION_AT + 4], "big"))


def refuse_newer(path: Path, version: int) -> None:
    """Refuse a database that is newer than the program.

    Raises:
        UserError: it is.
    """
    known = migrations()[-1].version
    if version > known:
        raise _newer(path, version, known)


def migrate(db: sqlite_utils.Database, path: Path, steps: tuple[Migration, ...]) -> None:
    """Bring an open database to the newest version, all steps in one transaction or none.

    Args:
        db: in autocommit mode, outside a transaction.
        path: of its file, for messages.
        steps: all migrations, from version 1.

    Raises:
        UserError: the database was written by a newer program or by another one.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        version = version_of(db)
        if version > steps[-1].version:
            raise _newer(path, version, steps[-1].version)
        if version == 0 and db.table_names():
            raise _not_ours(path)
        for step in steps[version:]:
            db.executescript(step.sql)
            db.execute(f"PRAGMA user_version = {step.version:d}")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
    except BaseException:
        db.rollback()
        raise
    db.commit()


def version_of(db: sqlite_utils.Database) -> int:
    """Return the version of the database's shape; 0 for an empty one."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return int(version)


def assert_schema(db: sqlite_utils.Database, steps: tuple[Migration, ...]) -> None:
    """Compare tables, indexes and above all triggers with what the migrations make.

    Raises:
        SchemaDamaged: something is missing or was altered.
    """
    expected = _objects_after(steps)
    found = _objects(db)
    wrong = sorted(name for name, sql in expected.items() if found.get(name) != sql)
    if wrong:
        raise SchemaDamaged(f"the database lacks or has altered: {', '.join(wrong)}")


@cache
def _objects_after(steps: tuple[Migration, ...]) -> dict[str, str]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        db = sqlite_utils.Database(connection, execute_plugins=False)
        for step in steps:
            db.executescript(step.sql)
        return _objects(db)
    finally:
        connection.close()


def _objects(db: sqlite_utils.Database) -> dict[str, str]:
    rows = db.execute("SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return dict(rows.fetchall())


def _newer(path: Path, version: int, known: int) -> UserError:
    return UserError(
        f"The data folder {path.parent} was written by a newer ShiftClipper (version {version} of the "
        f"database, this program knows {known}); update ShiftClipper or choose another "
        "folder with --data-dir."
    )


def _not_ours(path: Path) -> UserError:
    return UserError(
        f"{path} is not a ShiftClipper database; move it away or choose another folder with --data-dir."
    )
