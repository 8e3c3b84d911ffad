"""Writing the files for other programs: which there are, what they are called."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from shiftclipper.errors import UserError
from shiftclipper.export.interchange.chapters import chapters_text
from shiftclipper.export.interchange.edit import EditGame
from shiftclipper.export.interchange.edl import edl_text
from shiftclipper.export.interchange.fcpxml import fcpxml_text
from shiftclipper.export.interchange.formats import FORMATS, Format
from shiftclipper.export.interchange.losslesscut import losslesscut_text
from shiftclipper.export.interchange.otio import otio_text
from shiftclipper.export.interchange.sportscode import sportscode_text
from shiftclipper.export.names import MAX_LENGTH, name_key, safe_name, unique_name
from shiftclipper.export.shifts_csv import ShiftRow, shifts_text
from shiftclipper.export.written import write_text

_OF_PLAYER = {"otio": otio_text, "edl": edl_text, "chapters": chapters_text}


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """One file for another program."""

    format: str
    """Its name in `FORMATS`."""
    path: Path


def checked_formats(names: Iterable[str]) -> tuple[Format, ...]:
    """Return the named formats in their own order, each once.

    Raises:
        UserError: there is no such format, or none is named; says which there are.
    """
    given = [name.strip().lower() for name in names if name.strip()]
    unknown = [name for name in given if name not in FORMATS]
    if unknown or not given:
        what = f"There is no format “{unknown[0][:40]}”" if unknown else "No format is named"
        raise UserError(f"{what}; there are {', '.join(FORMATS)}.")
    return tuple(one for name, one in FORMATS.items() if name in given)


def write_files(
    game: EditGame, formats: Iterable[Format], folder: Path, boxes_of: Callable[[int], str]
) -> list[WrittenFile]:
    """Write the files of some formats into a folder that exists, in place of those of the same name.

    Args:
        game: the shifts; players without any get no file of their own.
        formats: which.
        folder: where.
        boxes_of: gives the MOT text of one source by its number; called only when it is wanted.
    """
    written = []
    taken: set[str] = set()
    for one in formats:
        for stem, text in _texts(one, game, boxes_of):
            longest = MAX_LENGTH - len(one.ending.encode())
            name = unique_name(safe_name(stem, longest), one.ending, taken)
            taken.add(name_key(name))
            write_text(folder / name, text)
            written.append(WrittenFile(one.name, folder / name))
    return written


def shift_rows(game: EditGame) -> list[ShiftRow]:
    """Return the shifts as rows of shifts.csv."""
    return [
        ShiftRow(shift.start, shift.end, f"shift {shift.number}", player.label)
        for player in game.players
        for shift in player.shifts
    ]


def _texts(one: Format, game: EditGame, boxes_of: Callable[[int], str]) -> Iterator[tuple[str, str]]:
    """Yield the name, without its ending, and the text of each file of a format."""
    if one.name in _OF_PLAYER:
        several = len(game.players) > 1
        for player in game.players:
            if player.shifts:
                stem = f"{game.title} {player.label}" if several else game.title
                yield stem, _OF_PLAYER[one.name](game, player)
    elif one.each == "source":
        for number, media in enumerate(game.media):
            text = losslesscut_text(game, number) if one.name == "losslesscut" else boxes_of(number)
            yield media.path.stem, text
    elif one.name == "csv":
        yield game.title, shifts_text(shift_rows(game))
    else:
        yield game.title, fcpxml_text(game) if one.name == "fcpxml" else sportscode_text(game)
