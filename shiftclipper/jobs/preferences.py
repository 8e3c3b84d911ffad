"""What the person set about the program: its look, where its cache is, and what new games begin with."""

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from shiftclipper.errors import UserError
from shiftclipper.jobs import json_values
from shiftclipper.jobs.database import Database
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.schema import TableName
from shiftclipper.jobs.settings import Settings, SettingValue

THEMES = ("system", "light", "dark")
LANGUAGES = ("system", "en", "de", "fr", "sv")
RECENT_GAMES = 8
"""How many games are remembered after they were cleared."""

_RECENT = "recent"


@dataclass(frozen=True, slots=True)
class Preferences:
    """Immutable; every value is allowed."""

    theme: str = "system"
    language: str = "system"
    """`system`, or one of the languages that the program speaks."""
    cache_dir: str = ""
    """Folder for the scrub copies of new games; empty for the data folder."""
    cache_gigabytes: int = 50
    """Scrub copies of the games that were left alone longest go when all together are larger than this."""
    quality: str = "balanced"
    encoder: str = "auto"
    pre_roll: float = 2.0
    post_roll: float = 2.0
    """These four are what a new game begins with; see `Settings`."""
    notify: bool = True
    """Whether the system's notification tells that a game is done."""

    OF_A_GAME: ClassVar[tuple[str, ...]] = ("quality", "encoder", "pre_roll", "post_roll")

    def __post_init__(self) -> None:
        """Refuse a value out of range wherever it comes from."""
        json_values.choice_at("theme", self.theme, THEMES)
        json_values.choice_at("language", self.language, LANGUAGES)
        json_values.whole_number_at("cache_gigabytes", self.cache_gigabytes, 1, 10_000, "GB")
        json_values.flag_at("notify", self.notify)
        if self.cache_dir and not Path(self.cache_dir).is_absolute():
            raise UserError(f"The cache folder {self.cache_dir} must be named with its whole path.")
        self.of_new_games()

    def of_new_games(self) -> Settings:
        """Return the settings that a new game begins with."""
        return Settings().changed({name: getattr(self, name) for name in self.OF_A_GAME})


class PreferenceRows:
    """The preferences in the database. May be used from any thread."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    def read(self) -> Preferences:
        """Return them; a value that this program does not allow counts as never set."""
        found = Preferences()
        known = {field.name for field in dataclasses.fields(Preferences)}
        for name, value in self._rows().items():
            if name in known:
                one: dict[str, Any] = {name: value}
                try:
                    found = dataclasses.replace(found, **one)
                except UserError:
                    continue
        return found

    def change(self, **values: SettingValue) -> Preferences:
        """Set some of them and return all.

        Raises:
            UserError: names the value and what is allowed.
        """
        wanted: dict[str, Any] = dict(values)
        changed = dataclasses.replace(self.read(), **wanted)
        self._write({name: getattr(changed, name) for name in values})
        return changed

    def recent_games(self) -> list[tuple[Path, ...]]:
        """Return the films of the games that were opened last, the newest first, by game."""
        kept = self._rows().get(_RECENT, [])
        games = kept if isinstance(kept, list) else []
        return [tuple(Path(str(path)) for path in game) for game in games if isinstance(game, list)]

    def remember_game(self, films: tuple[Path, ...]) -> None:
        """Note that a game was opened."""
        others = [game for game in self.recent_games() if game != films]
        kept = [films, *others][:RECENT_GAMES]
        self._write({_RECENT: [[str(path) for path in game] for game in kept]})

    def _rows(self) -> dict[str, JsonValue]:
        with self._database.reading() as tables:
            rows = tables.rows("SELECT name, value FROM preference")
        return {row["name"]: json.loads(row["value"]) for row in rows}

    def _write(self, values: dict[str, Any]) -> None:
        with self._database.writing() as change:
            for name, value in values.items():
                change.table(TableName.PREFERENCE).upsert(
                    {"name": name, "value": json.dumps(value)}, pk="name"
                )
