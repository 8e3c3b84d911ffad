"""Shifts and titles laid into a database past the journal, which refuses what contradicts itself.

So a test can begin with what an older database or another program left: shifts that overlap, say.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

from shiftclipper.jobs import shift_rows
from shiftclipper.jobs.database import Change, Database
from shiftclipper.jobs.store import DATABASE_NAME, Store


@contextmanager
def _changing(store: Store) -> Iterator[Change]:
    """Change the store's database in one transaction, beside the store; nobody is told."""
    database = Database(store.data_dir / DATABASE_NAME)
    try:
        with database.writing() as change:
            yield change
    finally:
        database.close()


def lay_shift(store: Store, player_id: int, start: Fraction, end: Fraction) -> int:
    """Lay a shift as the person's own, whatever lies there; times in seconds of game time. Return its id."""
    with _changing(store) as change:
        return shift_rows.add(change, player_id, start, end)


def judge(store: Store, shift_id: int, verdict: str) -> None:
    """Let a shift be `accepted`, `rejected` or `proposed`, whatever clicks lie in it."""
    with _changing(store) as change:
        shift_rows.judge(change, shift_id, verdict)


def rename(store: Store, job_id: str, title: str) -> None:
    """Call a job something else."""
    with _changing(store) as change:
        change.execute("UPDATE job SET title = ? WHERE id = ?", [title, job_id])
