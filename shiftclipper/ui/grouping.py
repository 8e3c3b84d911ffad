"""Guess which of several files are parts of one game, from names, times and sizes. Data in, data out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

LONGEST_PAUSE = 30 * 60.0
"""Seconds between two parts of one game; an intermission, with the ice being made, fits in."""
LONGEST_OVERLAP = 60.0
"""Seconds that clocks and file times may be wrong by."""
WHOLE_GAME = 45 * 60.0
"""Seconds; a film as long as this is a game of its own beside another one as long."""
SPLIT_BYTES = (3_900_000_000, 4_400_000_000)
"""Cameras that cannot write larger files begin a new one here."""

_DIGITS = re.compile(r"(\d+)")
_STAMP = re.compile(
    r"(20\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)[-_ T.]+([0-2]\d)[-_.h:]?([0-5]\d)[-_.m:]?([0-5]\d)"
)
_PART_WORDS = frozenset(
    {"part", "pt", "period", "per", "half", "chapter", "drittel", "teil", "tiers", "periode", "p", "del"}
)
_GAME_WORDS = frozenset({"game", "match", "spiel", "spel", "vs", "g"})
_GOPRO_CHAPTER = re.compile(r"^G[HXLP](\d\d)(\d{4})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Film:
    """What is known about one file when games are guessed."""

    path: Path
    duration: float
    """Seconds."""
    bytes: int
    written_at: float
    """When the file was last written, in seconds since 1970."""
    size: tuple[int, int]
    """Of the displayed picture, in pixels."""
    fps: float


Games = tuple[tuple[Film, ...], ...]
"""Films by game, each game's in the order they were filmed."""


def in_order(films: Sequence[Film]) -> list[Film]:
    """Return the films in the order they were filmed: by the moment in the name, else by name."""
    return sorted(films, key=_order_key)


def guess_games(films: Sequence[Film]) -> Games:
    """Return the films as games."""
    ordered = in_order(films)
    if not ordered:
        return ()
    games = [[ordered[0]]]
    for before, after in pairwise(ordered):
        if continues(before, after):
            games[-1].append(after)
        else:
            games.append([after])
    return tuple(tuple(game) for game in games)


def as_one_game(films: Sequence[Film]) -> Games:
    """Return all films as one game."""
    return (tuple(in_order(films)),)


def as_single_games(films: Sequence[Film]) -> Games:
    """Return every film as a game of its own."""
    return tuple((film,) for film in in_order(films))


def continues(before: Film, after: Film) -> bool:
    """Say whether `after` is the next part of the game that `before` is from."""
    if before.size != after.size or abs(before.fps - after.fps) > 0.5:
        return False
    begun, next_begun = moment_in_name(before.path), moment_in_name(after.path)
    if begun is not None and next_begun is not None:
        return _follows(next_begun - (begun + before.duration))
    word, steps = _counted_by(before.path, after.path)
    if word in _PART_WORDS and steps == 1:
        return True
    if word in _GAME_WORDS:
        return False
    if before.duration >= WHOLE_GAME and after.duration >= WHOLE_GAME:
        return False
    if SPLIT_BYTES[0] <= before.bytes <= SPLIT_BYTES[1]:
        return steps == 1 or _pause_by_file_times(before, after) is not False
    written_so = _pause_by_file_times(before, after)
    if steps == 1:
        return written_so is not False
    return written_so is True


def title_of(game: Sequence[Film]) -> str:
    """Return what to call a game: what its files' names have in common, without a part's number."""
    stems = [_readable(film.path.stem) for film in game]
    common = stems[0]
    for stem in stems[1:]:
        while not stem.lower().startswith(common.lower()):
            common = common[:-1]
    if len(stems) > 1:
        common = _without_part_word(common)
    common = common.strip(" -_.,(#")
    is_counter = _GOPRO_CHAPTER.match(game[0].path.stem) is not None
    return common if len(common) >= 3 and not is_counter else stems[0] or game[0].path.name


def moment_in_name(path: Path) -> float | None:
    """Return the moment that a name such as VID_20240302_140501.mp4 tells, in seconds, or None."""
    found = _STAMP.search(path.stem)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups())
    try:
        moment = datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
    return (moment - datetime(1970, 1, 1)).total_seconds()


def _follows(pause: float) -> bool:
    return -LONGEST_OVERLAP <= pause <= LONGEST_PAUSE


def _pause_by_file_times(before: Film, after: Film) -> bool | None:
    """Say whether the file times fit one game; None when they tell nothing, as after copying."""
    if abs(after.written_at - before.written_at) < min(LONGEST_OVERLAP, after.duration / 2):
        return None
    pause = (after.written_at - after.duration) - before.written_at
    if pause < -LONGEST_OVERLAP:
        return None
    return _follows(pause)


def _counted_by(before: Path, after: Path) -> tuple[str, int]:
    """Return the word before the one number that differs between two names, and by how much it grows.

    `game part 1`, `game part 2` is ("part", 1). Names that differ otherwise give ("", 0).
    """
    chapters = _GOPRO_CHAPTER.match(before.stem), _GOPRO_CHAPTER.match(after.stem)
    if chapters[0] and chapters[1] and chapters[0][2] == chapters[1][2]:
        return "chapter", int(chapters[1][1]) - int(chapters[0][1])
    first, second = _DIGITS.split(before.stem.lower()), _DIGITS.split(after.stem.lower())
    if len(first) != len(second):
        return "", 0
    different = [place for place, pair in enumerate(zip(first, second, strict=True)) if pair[0] != pair[1]]
    if len(different) != 1 or different[0] % 2 == 0:
        return "", 0
    place = different[0]
    words = re.findall(r"[^\W\d_]+", first[place - 1])
    return (words[-1] if words else ""), int(second[place]) - int(first[place])


def _readable(stem: str) -> str:
    return re.sub(r"[_\s]+", " ", stem).strip()


def _without_part_word(common: str) -> str:
    text = common.rstrip(" -_.,(#0")
    words = "|".join(sorted(_PART_WORDS, key=len, reverse=True))
    shorter = re.sub(rf"(^|[\s\-_.,(])({words})$", "", text, flags=re.IGNORECASE)
    return shorter or text


def _order_key(film: Film) -> tuple[float, tuple[tuple[int, int | str], ...], str]:
    moment = moment_in_name(film.path)
    chapter = _GOPRO_CHAPTER.match(film.path.stem)
    name = chapter[2] + chapter[1] if chapter else film.path.stem
    parts = tuple((0, int(part)) if part.isdecimal() else (1, part.lower()) for part in _DIGITS.split(name))
    return (moment if moment is not None else float("inf"), parts, str(film.path))
