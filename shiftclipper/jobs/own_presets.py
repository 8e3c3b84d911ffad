"""Settings that the person keeps under names of his own, to choose them again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from shiftclipper.errors import UserError
from shiftclipper.jobs.database import Change, Database
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.settings import PRESETS, Settings, SettingValue


@dataclass(frozen=True, slots=True)
class OwnPreset:
    """Settings under a name, as far as this program knows them."""

    name: str
    values: Mapping[str, SettingValue]
    """Every value that is allowed here, by the name of its setting."""
    unknown: tuple[str, ...] = ()
    """Names of settings, or of values of theirs, that only another version of the program knows."""

    def applied_to(self, settings: Settings) -> Settings:
        """Return settings with all that the preset holds; what it does not hold stays as it is."""
        return settings.changed(self.values)


class OwnPresets:
    """The person's own presets in a database. May be used from any thread.

    What another version of the program wrote into one is kept until that very setting is saved anew.
    """

    def __init__(self, database: Database) -> None:
        """Work on a database."""
        self._database = database

    def read(self) -> dict[str, OwnPreset]:
        """Return them by name, in the order of the alphabet."""
        with self._database.reading() as tables:
            rows = tables.rows("SELECT name, settings FROM preset")
        found = [_preset(row["name"], json.loads(row["settings"])) for row in rows]
        return {one.name: one for one in sorted(found, key=lambda one: (one.name.casefold(), one.name))}

    def save(self, name: str, settings: Settings) -> str:
        """Keep settings under a name, in place of those that it had, and return the name.

        Raises:
            UserError: the name is empty, or that of a preset that ships with the program.
        """
        name = _checked(name)
        with self._database.writing() as change:
            known = _stored(change, name) or {}
            change.execute(
                "INSERT OR REPLACE INTO preset (name, settings) VALUES (?, ?)",
                [name, json.dumps({**known, **settings.as_json()})],
            )
        return name

    def rename(self, name: str, new_name: str) -> str:
        """Give one another name, and return that.

        Raises:
            UserError: there is none of this name, or the new name is empty, taken, or that of a preset that
                ships with the program.
        """
        new_name = _checked(new_name)
        with self._database.writing() as change:
            if _stored(change, name) is None:
                raise UserError(f"There is no preset {name!r} any more; save the settings anew.")
            if new_name != name and _stored(change, new_name) is not None:
                raise UserError(f"There is a preset {new_name!r} already; choose another name.")
            change.execute("UPDATE preset SET name = ? WHERE name = ?", [new_name, name])
        return new_name

    def delete(self, name: str) -> None:
        """Forget one, if it is there."""
        with self._database.writing() as change:
            change.execute("DELETE FROM preset WHERE name = ?", [name])


def _checked(name: str) -> str:
    stripped = name.strip()
    if not stripped or stripped in PRESETS:
        raise UserError(f"{name!r} cannot name a preset of your own; choose another name.")
    return stripped


def _stored(change: Change, name: str) -> dict[str, JsonValue] | None:
    row = change.row("SELECT settings FROM preset WHERE name = ?", [name])
    return None if row is None else json.loads(row["settings"])


def _preset(name: str, stored: Mapping[str, JsonValue]) -> OwnPreset:
    values: dict[str, SettingValue] = {}
    unknown = []
    for key, value in stored.items():
        spec = Settings.specs.get(key)
        try:
            if spec is None:
                unknown.append(key)
            else:
                values[key] = spec.read(key, value)
        except UserError:
            unknown.append(key)
    return OwnPreset(name, values, tuple(unknown))
