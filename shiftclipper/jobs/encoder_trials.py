"""Outcomes of encoder trials, remembered between starts of the program."""

from collections.abc import Iterator, MutableMapping

from shiftclipper.jobs.database import Database


class EncoderTrials(MutableMapping[str, str]):
    """What was tried to what came of it. Lives in the database; may be used from any thread."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    def __getitem__(self, key: str) -> str:
        """Return the outcome of a trial."""
        with self._database.reading() as tables:
            row = tables.row("SELECT outcome FROM encoder_trial WHERE key = ?", [key])
        if row is None:
            raise KeyError(key)
        return str(row["outcome"])

    def __setitem__(self, key: str, outcome: str) -> None:
        """Remember the outcome of a trial."""
        with self._database.writing() as change:
            change.execute(
                "INSERT OR REPLACE INTO encoder_trial (key, outcome) VALUES (?, ?)", [key, outcome]
            )

    def __delitem__(self, key: str) -> None:
        """Forget a trial."""
        with self._database.writing() as change:
            if not change.execute("DELETE FROM encoder_trial WHERE key = ?", [key]):
                raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        """Iterate over what was tried."""
        with self._database.reading() as tables:
            rows = tables.rows("SELECT key FROM encoder_trial ORDER BY key")
        return iter([row["key"] for row in rows])

    def __len__(self) -> int:
        """Return how many trials are remembered."""
        return sum(1 for _ in self)
