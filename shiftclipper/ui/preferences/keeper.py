"""Reads and writes the preferences off the GUI thread, and puts the ones into effect that can be at once."""

import dataclasses
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from shiftclipper.export.folders import make_folder
from shiftclipper.jobs.cache import make_room, scrub_copies
from shiftclipper.jobs.preferences import Preferences
from shiftclipper.jobs.settings import SettingValue
from shiftclipper.jobs.store import Store
from shiftclipper.ui.background import Background
from shiftclipper.ui.theme import Theme

GIGABYTE = 1_000_000_000
_SCHEMES = {"system": None, "light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


class PreferenceKeeper(QObject):
    """The preferences as the window uses them; the database has them first."""

    changed = Signal()
    """`preferences` are others now, and the database has them."""
    refused = Signal(str)
    """A sentence that says why something was not done."""
    cache_measured = Signal(object)
    """Bytes that all scrub copies take."""

    def __init__(self, store: Store, theme: Theme, parent: QObject) -> None:
        """Read them, and dress the window accordingly."""
        super().__init__(parent)
        self._store = store
        self._theme = theme
        self._background = Background(1, self, after_each=store.close_thread)
        self.preferences = store.preferences.read()
        theme.force(_SCHEMES[self.preferences.theme])

    @property
    def is_idle(self) -> bool:
        """Say whether everything that was changed is written."""
        return self._background.is_idle

    def close(self) -> None:
        """Return when what was changed is written. Call it before the store closes."""
        self._background.close(finish=True)

    def change(self, **values: SettingValue) -> None:
        """Set some of them."""
        self._background.run(lambda: self._store.preferences.change(**values), self._take, self.refused.emit)

    def change_cache_dir(self, folder: str) -> None:
        """Keep the scrub copies of new games in another folder; empty for the data folder."""
        self._background.run(lambda: self._set_cache_dir(folder), self._take, self.refused.emit)

    def measure_cache(self) -> None:
        """Find out how much room scrub copies take; `cache_measured` tells it."""
        self._background.run(self._cache_bytes, self.cache_measured.emit, self.refused.emit)

    def make_room(self, most_bytes: int | None = None) -> None:
        """Remove scrub copies down to a size, or to the preferred one."""
        most = self.preferences.cache_gigabytes * GIGABYTE if most_bytes is None else most_bytes

        def remove() -> int:
            make_room(self._store, most)
            return self._cache_bytes()

        self._background.run(remove, self.cache_measured.emit, self.refused.emit)

    def _cache_bytes(self) -> int:
        return sum(copy.bytes for copy in scrub_copies(self._store))

    def _set_cache_dir(self, folder: str) -> Preferences:
        if folder:
            make_folder(Path(folder))
        return self._store.preferences.change(cache_dir=folder)

    def _take(self, preferences: Preferences) -> None:
        before, self.preferences = self.preferences, preferences
        if before.theme != preferences.theme:
            self._theme.force(_SCHEMES[preferences.theme])
        if dataclasses.astuple(before) != dataclasses.astuple(preferences):
            self.changed.emit()
