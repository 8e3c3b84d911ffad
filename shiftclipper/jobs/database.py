"""Connections to the database: one for each thread, and the only way to write."""

import logging
import shutil
import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import sqlite_utils

from shiftclipper.errors import DatabaseDamaged, DiskFull, UserError
from shiftclipper.jobs import backups, schema
from shiftclipper.jobs.schema import TableName

Row = dict[str, Any]
"""One row by column name, as SQLite gives it."""

BUSY_SECONDS = 5.0
LOG_BYTES_KEPT = 32_000_000
"""The write-ahead log is cut back to this once it is merged."""
LEAST_FREE_BYTES = 1_000_000
"""With less than this an error of reading or writing is put down to a full disk."""

_log = logging.getLogger(__name__)


def sqlite_version() -> str:
    """Return the version of the SQLite library in use."""
    return sqlite3.sqlite_version


class Tables:
    """Rows of known tables through one connection. Lives and is used in one thread."""

    def __init__(self, db: sqlite_utils.Database) -> None:
        """Wrap an open database."""
        self._db = db

    def table(self, name: TableName) -> sqlite_utils.db.Table:
        """Return one of our tables; one of any other name cannot be asked for, and so never be created."""
        return self._db.table(TableName(name))

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Return all rows of a query."""
        cursor = self._db.execute(sql, parameters)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def row(self, sql: str, parameters: Sequence[object] = ()) -> Row | None:
        """Return the first row of a query, or None."""
        return next(iter(self.rows(sql, parameters)), None)

    def insert(self, name: TableName, values: Row) -> int:
        """Insert one row and return its rowid."""
        table = self.table(name)
        table.insert(values)
        assert table.last_rowid is not None
        return table.last_rowid

    def insert_all(self, name: TableName, rows: Iterator[Row]) -> None:
        """Insert many rows that have the same columns."""
        self.table(name).insert_all(rows)


class Change(Tables):
    """A transaction that writes. The jobs it touches are announced once it is committed."""

    def __init__(self, db: sqlite_utils.Database) -> None:
        """Begin with no job touched."""
        super().__init__(db)
        self.touched: dict[str, None] = {}

    def touch(self, job_id: str) -> None:
        """Announce this job after the commit."""
        self.touched[job_id] = None

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Run one statement and return how many rows it changed."""
        return self._db.execute(sql, parameters).rowcount

    def insert_lasting(self, name: TableName, values: Row) -> int:
        """Insert a player or a shift under an id that no other ever had, and return it.

        What was undone comes back under its own id, so an id must not pass on to another row.
        """
        row = self.row("SELECT value + 1 AS id FROM last_id WHERE name = ?", [str(name)])
        assert row is not None
        return self.insert(name, {"id": row["id"], **values})


class Database:
    """One database file. May be used from any thread; each gets its own connection."""

    def __init__(self, path: Path, on_change: Callable[[str], None] | None = None) -> None:
        """Name the file; nothing is opened yet.

        Args:
            path: of the file; its folder must exist.
            on_change: called with a job's id after each commit that touched it, in the thread that wrote.
        """
        self.path = path
        self._on_change = on_change
        self._local = threading.local()
        self._opened: weakref.WeakSet[sqlite_utils.Database] = weakref.WeakSet()
        self._lock = threading.Lock()

    def prepare(self) -> None:
        """Migrate to the newest version and check that every trigger is in place.

        Before a database is migrated it is copied (see `backups`).

        Raises:
            UserError: the file is not ours, or a newer program wrote it; it is left untouched.
            DatabaseDamaged: it cannot be read whole.
            SchemaDamaged: a table, index or trigger is missing.
        """
        schema.refuse_foreign_file(self.path)
        try:
            if 0 < schema.version_of(self._connection()) < schema.migrations()[-1].version:
                backups.back_up(self.path)
            schema.migrate(self._connection(), self.path, schema.migrations())
        except sqlite3.DatabaseError as error:
            _raise_mendable(error, self.path)
        schema.assert_schema(self._connection(), schema.migrations())

    def is_current(self) -> bool:
        """Say whether the file is there and at the version of this program.

        Raises:
            UserError: the file is not ours, or a newer program wrote it; it is left untouched.
        """
        schema.refuse_foreign_file(self.path)
        if not self.path.exists():
            return False
        version = schema.version_of(self._connection())
        if version > schema.migrations()[-1].version:
            schema.refuse_newer(self.path, version)
        return version == schema.migrations()[-1].version

    @contextmanager
    def reading(self) -> Iterator[Tables]:
        """Read several things that belong together: all see the same state of the database."""
        db = self._connection()
        if db.conn.in_transaction:
            yield Tables(db)
            return
        try:
            db.execute("BEGIN")
            yield Tables(db)
        except sqlite3.DatabaseError as error:
            _raise_mendable(error, self.path)
        finally:
            db.rollback()

    @contextmanager
    def writing(self) -> Iterator[Change]:
        """Write: everything inside is kept together, or nothing after an exception. Does not nest.

        Raises:
            DiskFull: no room for the database.
        """
        db = self._connection()
        if db.conn.in_transaction:
            raise RuntimeError("a transaction is open in this thread already")
        change = Change(db)
        try:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield change
                db.conn.execute("COMMIT")
            except BaseException:
                db.rollback()
                raise
        except sqlite3.DatabaseError as error:
            _raise_mendable(error, self.path)
        self._announce(change.touched)

    @contextmanager
    def aside(self, name: TableName, rows: Iterable[Row]) -> Iterator[str]:
        """Keep rows of one of our tables out of it, on the disk, and give the table to copy them from.

        Others may write while they are made, however long that takes. They are gone after the block.

        Raises:
            DiskFull: no room for them.
        """
        db = self._connection()
        columns = [column.name for column in db.table(TableName(name)).columns]
        aside = f"temp.{TableName(name)}_aside"
        marks = ", ".join(f":{column}" for column in columns)
        try:
            db.execute(f"CREATE TABLE {aside} AS SELECT * FROM main.{TableName(name)} LIMIT 0")
            try:
                db.conn.executemany(f"INSERT INTO {aside} VALUES ({marks})", rows)
                yield aside
            finally:
                db.execute(f"DROP TABLE {aside}")
        except sqlite3.DatabaseError as error:
            _raise_mendable(error, self.path)

    def give_back_room(self) -> None:
        """Return the room of deleted rows to the disk."""
        db = self._connection()
        # As a script, which runs it to its end: execute() stops after the first page.
        db.conn.executescript("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE);")

    def close_thread(self) -> None:
        """Close the connection of this thread, if it has one."""
        db: sqlite_utils.Database | None = getattr(self._local, "db", None)
        if db is not None:
            del self._local.db
            with self._lock:
                self._opened.discard(db)
            db.close()

    def close(self) -> None:
        """Close the connections of all threads. Nobody may be using them any more."""
        with self._lock:
            opened = list(self._opened)
            self._opened.clear()
        for db in opened:
            db.close()
        self._local = threading.local()

    def _connection(self) -> sqlite_utils.Database:
        db: sqlite_utils.Database | None = getattr(self._local, "db", None)
        if db is None:
            db = _open(self.path)
            self._local.db = db
            with self._lock:
                self._opened.add(db)
        return db

    def _announce(self, job_ids: dict[str, None]) -> None:
        if self._on_change is None:
            return
        for job_id in job_ids:
            try:
                self._on_change(job_id)
            except Exception:
                # What is written is written: a deaf listener must not make it look otherwise.
                _log.exception("a listener failed on the change of job %s", job_id)


def _open(path: Path) -> sqlite_utils.Database:
    try:
        # close() ends the connections of threads that have ended, hence check_same_thread.
        connection = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
    except sqlite3.DatabaseError as error:
        _raise_mendable(error, path)
    try:
        db = sqlite_utils.Database(connection, execute_plugins=False)
        # Counts for a new file only, and only as the very first thing.
        db.execute("PRAGMA auto_vacuum = INCREMENTAL")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute(f"PRAGMA journal_size_limit = {LOG_BYTES_KEPT:d}")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA foreign_keys = ON")
    except sqlite3.DatabaseError as error:
        connection.close()
        _raise_mendable(error, path)
    return db


def _raise_mendable(error: sqlite3.DatabaseError, path: Path) -> NoReturn:
    """Raise what a person can mend in place of SQLite's error, or that error itself when it is a bug."""
    mendable = _mendable(error, path)
    if mendable is None:
        raise error
    raise mendable from error


def _mendable(error: sqlite3.DatabaseError, path: Path) -> UserError | None:
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    if primary == sqlite3.SQLITE_FULL:
        return _no_room(path, error)
    if primary == sqlite3.SQLITE_IOERR:
        if _is_full(path.parent):
            return _no_room(path, error)
        return UserError(
            f"The disk of {path.parent} does not answer; connect it or check it, then try again.",
            detail=str(error),
        )
    if primary in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return UserError(
            f"The data folder {path.parent} cannot be written; mend its permissions or choose another one "
            "with --data-dir.",
            detail=str(error),
        )
    if primary == sqlite3.SQLITE_NOTADB:
        return UserError(
            f"{path} is not a ShiftClipper database; move it away or choose another folder with --data-dir."
        )
    if primary == sqlite3.SQLITE_CORRUPT:
        return DatabaseDamaged(
            f"The database {path} is damaged; put a backup back with `shiftclipper restore-backup`, or move "
            "it away and drop your videos again.",
            detail=str(error),
        )
    if primary == sqlite3.SQLITE_BUSY:
        return UserError(
            f"Another program keeps the database {path} busy; close it and try again.",
            detail=str(error),
        )
    return None


def _no_room(path: Path, error: sqlite3.DatabaseError) -> DiskFull:
    return DiskFull(
        f"There is no room left on the disk of {path.parent}; free some space and go on.", detail=str(error)
    )


def _is_full(folder: Path) -> bool:
    """Tell whether a disk is full: SQLite says of its shared memory only that it could not be made."""
    try:
        return shutil.disk_usage(folder).free < LEAST_FREE_BYTES
    except OSError:
        return False
