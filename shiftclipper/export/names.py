"""File names made of a pattern, that Windows, macOS and Linux all accept, and that never collide."""

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from fractions import Fraction

from shiftclipper.errors import UserError
from shiftclipper.export.clock_text import clock

MAX_LENGTH = 200
"""Longest name with its ending, in bytes of UTF-8, so in characters too; file systems allow 255, and `.part`
is added while a file is written."""
PLACEHOLDERS = ("player", "number", "game", "date", "period", "shift", "start", "time")
"""What a pattern may hold in braces; `start` and `time` are the same."""
USUAL_NAMES = "{player} {shift} {time}"

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_RESERVED = {
    "con", "prn", "aux", "nul", "conin$", "conout$",
    *(f"com{n}" for n in "0123456789¹²³"),
    *(f"lpt{n}" for n in "0123456789¹²³"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameParts:
    """What the placeholders of a pattern stand for, for one shift."""

    shift: str
    """Such as `shift 03`."""
    start: Fraction
    """Of the shift, in seconds of game time."""
    player: str = ""
    """The player's name and number, such as `Sam 17`."""
    number: str = ""
    """On the player's back."""
    game: str = ""
    date: str = ""
    """When the film was recorded, as yyyy-mm-dd."""
    period: str = ""
    """Such as `period 2`; empty where periods are not known."""


def checked_pattern(pattern: str) -> str:
    """Return a pattern of names when every placeholder in it is known.

    Raises:
        UserError: names those that are not.
    """
    unknown = [name for name in _PLACEHOLDER.findall(pattern) if name not in PLACEHOLDERS]
    if unknown:
        named = ", ".join(f"{{{name[:40]}}}" for name in dict.fromkeys(unknown))
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise UserError(f"The names of clips hold {named}, which means nothing here; use {known}.")
    return pattern


def name_of(pattern: str, parts: NameParts) -> str:
    """Return the name, without its ending, that a checked pattern gives for a shift.

    What is not known leaves nothing behind: two separators in a row become one.
    """
    start = clock(parts.start).replace(":", ".")
    stands_for = {
        "player": parts.player,
        "number": parts.number,
        "game": parts.game,
        "date": parts.date,
        "period": parts.period,
        "shift": parts.shift,
        "start": start,
        "time": start,
    }
    text = ""
    # Every second piece is a placeholder.
    for place, piece in enumerate(_PLACEHOLDER.split(pattern)):
        value = piece if place % 2 == 0 else stands_for.get(piece, piece)
        if not value.strip() and place % 2:
            text = text.rstrip(" -_,.")
        else:
            text += value
    return safe_name(text)


def safe_name(text: str, longest: int = MAX_LENGTH) -> str:
    """Return text as a file name without its ending; never empty, at most `longest` bytes."""
    name = unicodedata.normalize("NFC", text)
    name = _FORBIDDEN.sub("-", name)
    name = "".join(character for character in name if unicodedata.category(character)[0] != "C")
    # What was between two letters may have joined them to one.
    name = unicodedata.normalize("NFC", re.sub(r"\s+", " ", name)).strip(" .-")
    if name.split(".")[0].rstrip().casefold() in _RESERVED:
        name = f"_{name}"
    name = _cut(name, longest)
    return name or "clip"


def name_key(name: str) -> str:
    """Return what two names have in common that some file system takes for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def unique_name(stem: str, suffix: str, taken: Container[str]) -> str:
    """Return `stem + suffix`, with a counter when its `name_key` is in `taken`; at most MAX_LENGTH bytes."""
    counter = 1
    while True:
        ending = suffix if counter == 1 else f" ({counter}){suffix}"
        name = _cut(stem, MAX_LENGTH - len(ending.encode())) + ending
        if name_key(name) not in taken:
            return name
        counter += 1


def _cut(name: str, longest: int) -> str:
    while len(name.encode()) > longest:
        name = name[:-1].rstrip(" .-")
    return name
