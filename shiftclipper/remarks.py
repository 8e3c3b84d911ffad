"""What is told to the person, as a key and values: the rooms that find it out know no language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Value: TypeAlias = str | int | float


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to tell: why a shift is believed or doubted, or what was done otherwise than asked."""

    key: str
    """Of its words; all are in `jobs.remark_words`."""
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)
    """What stands in the words, by name: names, numbers, and times in seconds."""
