"""Words and texts that all exports have in common."""

import re

SURE = 0.85
PROBABLE = 0.5

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_NOT_IN_XML = re.compile(
    "[^\\x09\\x0a\\x0d\\x20-\\ud7ff\\ue000-\\ufdcf\\ufdf0-\\ufffd\\U00010000-\\U0010fffd]"
)


def confidence_word(confidence: float) -> str:
    """Return the word shown for a confidence of 0 to 1: sure, probable or please check."""
    if confidence >= SURE:
        return "sure"
    return "probable" if confidence >= PROBABLE else "please check"


def plain_text(text: str) -> str:
    """Return text without the characters that XML cannot hold, and without line breaks."""
    return re.sub(r"[\t\r\n]+", " ", _NOT_IN_XML.sub("", text))


def colour_or_nothing(text: str | None) -> str:
    """Return a colour as #rrggbb, and nothing for any other text."""
    return text.lower() if text and _COLOUR.match(text) else ""
