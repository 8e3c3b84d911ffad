"""Remarks as the database keeps them: a key and values, so that the window can tell them in its language.

Earlier versions kept English sentences in their place; those are told as they are.
"""

from collections.abc import Iterable, Mapping
from string import Formatter
from typing import TypeAlias

from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.remark_words import ENGLISH, in_english
from shiftclipper.remarks import Remark, Value

Told: TypeAlias = Remark | str
"""A remark, or the sentence that an earlier version kept in its place."""
Evidence: TypeAlias = Mapping[str, JsonValue]
"""One reason to believe or doubt a shift: a remark, or a `text`, with its `log_odds` in nats."""


def kept_remark(remark: Remark) -> dict[str, JsonValue]:
    """Return a remark as JSON."""
    return {"key": remark.key, "values": dict(remark.values)}


def kept_evidence(remark: Remark, log_odds: float = 0.0) -> dict[str, JsonValue]:
    """Return one reason to believe or doubt a shift as JSON; in nats, 0 for a fact that is only told."""
    return kept_remark(remark) | {"log_odds": log_odds}


def told_in(kept: Iterable[JsonValue | Evidence]) -> list[Told]:
    """Return what is to be told; remarks of a later version, whose words are not known here, are left out."""
    return [told for told in map(_read, kept) if told is not None]


def evidence_in_english(kept: Iterable[Evidence]) -> list[dict[str, JsonValue]]:
    """Return the evidence for a shift as results.json has it: a `text` and its `log_odds` in nats."""
    return [
        {"text": sentence(told), "log_odds": term.get("log_odds", 0.0)}
        for term in kept
        for told in told_in([term])
    ]


def sentence(told: Told) -> str:
    """Return in English what is to be told."""
    return told if isinstance(told, str) else in_english(told)


def _read(kept: JsonValue | Evidence) -> Told | None:
    if isinstance(kept, str):
        return kept
    if not isinstance(kept, Mapping):
        return None
    text, key, given = kept.get("text"), kept.get("key"), kept.get("values")
    if isinstance(text, str):
        return text
    if not isinstance(key, str) or key not in ENGLISH or not isinstance(given, dict):
        return None
    values: dict[str, Value] = {
        name: one for name, one in given.items() if isinstance(one, str | int | float)
    }
    return Remark(key, values) if placeholders(ENGLISH[key]) <= values.keys() else None


def placeholders(words: str) -> set[str]:
    """Return the names of the values that stand in some words."""
    return {name for _, name, _, _ in Formatter().parse(words) if name}
