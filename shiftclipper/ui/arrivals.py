"""What was dropped or opened: which of it are films, which are setups, and why the rest is refused."""

import os
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from shiftclipper.errors import Cancelled, UserError
from shiftclipper.jobs.setup import Setup, check_against
from shiftclipper.jobs.setup_file import read_setup
from shiftclipper.media.probe import probe
from shiftclipper.ui.grouping import Film, Games, guess_games
from shiftclipper.ui.words import translate

VIDEO_ENDINGS = frozenset(
    {".3gp", ".asf", ".avi", ".flv", ".h264", ".h265", ".hevc", ".m2t", ".m2ts", ".m4v", ".mkv", ".mov"}
    | {".mp4", ".mpeg", ".mpg", ".mts", ".mxf", ".ts", ".vob", ".webm", ".wmv"}
)
"""Files of a folder that are tried; a file that is named itself is tried whatever its ending."""
SETUP_ENDING = ".json"
LIST_ENDING = ".csv"
_MOST_FILES = 500
"""Of one drop; more is a whole disk dropped by mistake."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken."""

    path: Path
    reason: str
    """One sentence."""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What came of one drop."""

    games: Games
    """The films that were taken, as the games that they probably are."""
    setups: Mapping[Path, Setup]
    """Setups that came along, by the film they are for."""
    loose_setups: tuple[Path, ...]
    """Setup files that came without a film."""
    refused: tuple[Refused, ...]
    shift_lists: tuple[Path, ...] = ()
    """Tables of shifts."""
    old_jobs: tuple[Path, ...] = ()
    """Folders with jobs of the old server."""

    @property
    def films(self) -> tuple[Film, ...]:
        """All films, game after game."""
        return tuple(film for game in self.games for film in game)


def examine(
    paths: Sequence[Path], stop: threading.Event, on_file: Callable[[str], None] | None = None
) -> Arrivals:
    """Look into files and folders. Takes a moment for each file: not for the GUI thread.

    Args:
        paths: as dropped.
        stop: Cancelled is raised when it is set.
        on_file: called with each file's name before it is looked at.
    """
    # Most drops hold no folder, and a start of the program must not wait for it.
    from shiftclipper.jobs.legacy_jobs import holds_old_jobs

    refused: list[Refused] = []
    films: list[Film] = []
    setup_files: list[Path] = []
    lists: list[Path] = []
    old_jobs = tuple(path.absolute() for path in paths if path.is_dir() and holds_old_jobs(path))
    others = [path for path in paths if path.absolute() not in old_jobs]
    for path in _expand(others, refused):
        if stop.is_set():
            raise Cancelled
        if on_file is not None:
            on_file(path.name)
        if path.suffix.lower() == SETUP_ENDING:
            setup_files.append(path)
            continue
        if path.suffix.lower() == LIST_ENDING:
            lists.append(path)
            continue
        try:
            films.append(film_of(path))
        except UserError as error:
            refused.append(Refused(path, str(error)))
        except OSError as error:
            reason = translate("Arrivals", "The file cannot be read ({error}); check it and try again.")
            refused.append(Refused(path, reason.format(error=error.strerror or error)))
    games = guess_games(films)
    if not games:
        return Arrivals((), {}, tuple(setup_files), tuple(refused), tuple(lists), old_jobs)
    setups = _read_setups(setup_files, games, refused)
    return Arrivals(games, setups, (), tuple(refused), tuple(lists), old_jobs)


def film_of(path: Path) -> Film:
    """Return what games are guessed from.

    Raises:
        UserError: the file is no video that can be used.
        OSError: the file went away meanwhile.
    """
    found = probe(path)
    status = path.stat()
    return Film(path, float(found.duration), status.st_size, status.st_mtime, found.size, float(found.fps))


def setup_of(game: Sequence[Film], setups: Mapping[Path, Setup]) -> Setup | None:
    """Return the setup that came along for one of a game's films."""
    return next((setups[film.path] for film in game if film.path in setups), None)


def _read_setups(files: Iterable[Path], games: Games, refused: list[Refused]) -> dict[Path, Setup]:
    setups: dict[Path, Setup] = {}
    for file in files:
        film = _film_for(file, games)
        if film is None:
            reason = translate("Arrivals", "It does not say which game it is for; drop it on the game.")
            refused.append(Refused(file, reason))
            continue
        try:
            setup = read_setup(file, picture_size=film.size)
            game = next(game for game in games if film in game)
            check_against(setup, Fraction(sum(part.duration for part in game)))
        except UserError as error:
            refused.append(Refused(file, str(error)))
        else:
            setups[film.path] = setup
    return setups


def _film_for(setup_file: Path, games: Games) -> Film | None:
    """Return the film that a setup is for: by its name, or because there is one game only."""
    stem = setup_file.stem.lower().removesuffix(".setup")
    for game in games:
        for film in game:
            if film.path.stem.lower() == stem:
                return film
    return games[0][0] if len(games) == 1 else None


def _expand(paths: Sequence[Path], refused: list[Refused]) -> list[Path]:
    """Return the files to look at, each once; folders give the videos and setups that are in them."""
    files: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            files[path.absolute()] = None
            continue
        inside = _files_in(path)
        if not inside:
            refused.append(Refused(path, translate("Arrivals", "There is no video in this folder.")))
        files.update(dict.fromkeys(inside))
    if len(files) > _MOST_FILES:
        reason = translate("Arrivals", "Only the first {count} files were looked at; drop fewer at a time.")
        refused.append(Refused(paths[0], reason.format(count=_MOST_FILES)))
    return list(files)[:_MOST_FILES]


def _files_in(folder: Path) -> list[Path]:
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            ending = Path(name).suffix.lower()
            wanted = ending in VIDEO_ENDINGS or name.lower().endswith(f".setup{SETUP_ENDING}")
            if wanted and not name.startswith("."):
                found.append((Path(place) / name).absolute())
        if len(found) > _MOST_FILES:
            break
    return found
