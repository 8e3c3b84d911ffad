"""Settings that the person keeps under names of his own, to choose them again."""

import json

from shiftclipper.errors import UserError
from shiftclipper.jobs.database import Database
from shiftclipper.jobs.settings import PRESETS, Settings, settings_from_json


class OwnPresets:
    """The person's own presets in a database. May be used from any thread."""

    def __init__(self, database: Database) -> None:
        """Work on a database."""
        self._database = database

    def read(self) -> dict[str, Settings]:
        """Return them by name."""
        with self._database.reading() as tables:
            rows = tables.rows("SELECT name, settings FROM preset ORDER BY name")
        return {row["name"]: settings_from_json(row["settings"]) for row in rows}

    def save(self, name: str, settings: Settings) -> None:
        """Keep settings under a name.

        Raises:
            UserError: the name is empty, or that of a preset that ships with the program.
        """
        if not name.strip() or name in PRESETS:
            raise UserError(f"{name!r} cannot name a preset of your own; choose another name.")
        with self._database.writing() as change:
            change.execute(
                "INSERT OR REPLACE INTO preset (name, settings) VALUES (?, ?)",
                [name, json.dumps(settings.as_json())],
            )

    def delete(self, name: str) -> None:
        """Forget one, if it is there."""
        with self._database.writing() as change:
            change.execute("DELETE FROM preset WHERE name = ?", [name])
