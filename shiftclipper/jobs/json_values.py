"""Read values out of parsed JSON, with errors that name the key, the value and what is allowed."""

import json
import math
import re
from collections.abc import Collection, Mapping, Sequence
from typing import NoReturn

from shiftclipper.errors import UserError

JsonValue = None | bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"]

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_SHOWN = 60


def refuse(key: str, value: object, allowed: str) -> NoReturn:
    """Raise the UserError that every wrong value gets."""
    raise UserError(f"{key} is {shown(value)}; allowed is {allowed}.")


def shown(value: object) -> str:
    """Return a value as the person wrote it, cut short when it is long."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        try:
            text = repr(value)
        except ValueError:
            # Python writes no number of more than a few thousand digits.
            text = "a number that is far too long"
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def joined(key: str, name: str) -> str:
    """Return the name of a key inside another, `players[0].name`."""
    return f"{key}.{name}" if key else name


def mapping_at(key: str, value: object, allowed: Collection[str]) -> Mapping[str, object]:
    """Return an object that has no key besides the allowed ones."""
    if not isinstance(value, Mapping):
        refuse(key or "the setup", value, "an object with " + ", ".join(allowed))
    for name, inner in value.items():
        if name not in allowed:
            raise UserError(
                f"{joined(key, str(name))} (value {shown(inner)}) is not a key that is known here; "
                f"allowed are {', '.join(allowed)}."
            )
    return value


def list_at(key: str, value: object, of: str) -> Sequence[object]:
    """Return a list; `of` says in words what it holds."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        refuse(key, value, f"a list of {of}")
    return value


def number_at(key: str, value: object, minimum: float, maximum: float, unit: str = "") -> float:
    """Return a finite number inside [minimum, maximum]."""
    allowed = f"a number from {minimum:g} to {maximum:g}" + (f" {unit}" if unit else "")
    if isinstance(value, bool) or not isinstance(value, int | float):
        refuse(key, value, allowed)
    # An int beyond any float would overflow below.
    if not (minimum <= value <= maximum) or not math.isfinite(value):
        refuse(key, value, allowed)
    return value


def whole_number_at(key: str, value: object, minimum: float, maximum: float, unit: str = "") -> int:
    """Return a whole number inside [minimum, maximum]; 640.0 counts as one."""
    number = number_at(key, value, minimum, maximum, unit)
    if number != int(number):
        allowed = f"a whole number from {minimum:g} to {maximum:g}" + (f" {unit}" if unit else "")
        refuse(key, value, allowed)
    return int(number)


def flag_at(key: str, value: object) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        refuse(key, value, "true or false")
    return value


def text_at(key: str, value: object, longest: int = 200) -> str:
    """Return text without control characters, at most `longest` characters."""
    if not isinstance(value, str):
        refuse(key, value, "text")
    if len(value) > longest or any(ord(letter) < 32 or _is_half(letter) for letter in value):
        refuse(key, value, f"one line of text of at most {longest} characters")
    return value


def _is_half(letter: str) -> bool:
    """Say whether this is half of a surrogate pair, which JSON can spell but no file can hold."""
    return "\ud800" <= letter <= "\udfff"


def choice_at(key: str, value: object, choices: Collection[str]) -> str:
    """Return one of the choices."""
    if not isinstance(value, str) or value not in choices:
        refuse(key, value, "one of " + ", ".join(choices))
    return value


def colour_at(key: str, value: object) -> str:
    """Return a colour as `#rrggbb` in small letters."""
    if not isinstance(value, str) or not _COLOUR.match(value):
        refuse(key, value, 'a colour like "#203524"')
    return value.lower()
