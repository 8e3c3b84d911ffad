"""File names that Windows, macOS and Linux all accept, and that never collide."""

import re
import unicodedata
from collections.abc import Container

MAX_LENGTH = 200
"""Longest name, in bytes of UTF-8; file systems allow 255, and `.part` and a counter are added."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = {
    "con", "prn", "aux", "nul",
    *(f"com{n}" for n in range(1, 10)),
    *(f"lpt{n}" for n in range(1, 10)),
}  # fmt: skip


def safe_name(text: str) -> str:
    """Return text as a file name without its ending; never empty, at most MAX_LENGTH bytes."""
    name = unicodedata.normalize("NFC", text)
    name = _FORBIDDEN.sub("-", name)
    name = "".join(character for character in name if unicodedata.category(character)[0] != "C")
    name = re.sub(r"\s+", " ", name).strip(" .-")
    while len(name.encode()) > MAX_LENGTH:
        name = name[:-1].rstrip(" .")
    if not name:
        return "clip"
    if name.split(".")[0].lower() in _RESERVED:
        return f"_{name}"
    return name


def unique_name(stem: str, suffix: str, taken: Container[str]) -> str:
    """Return `stem + suffix`, with a counter when its lower-case form is in `taken`."""
    name = f"{stem}{suffix}"
    counter = 2
    while name.casefold() in taken:
        name = f"{stem} ({counter}){suffix}"
        counter += 1
    return name
