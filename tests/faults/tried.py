"""What was tried to bring the program down, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Tried:
    """One kind of fault in one stage."""

    fault: str
    stage: str
    moments: int = 1
    """How often it was tried."""
    lost: list[str] = field(default_factory=list)
    """Everything that was missing, made anew, different or left behind afterwards."""
    sentence: str = ""
    """What the person was told, where there was anything to tell."""


def table(rows: Iterable[Tried]) -> str:
    """Return the table: fault, stage, how often it was tried, what was lost, what was said."""
    merged: dict[tuple[str, str], Tried] = {}
    for row in rows:
        one = merged.setdefault((row.fault, row.stage), Tried(row.fault, row.stage, 0))
        one.moments += row.moments
        one.lost += row.lost
        one.sentence = one.sentence or row.sentence
    lines = ["| fault | stage | tried | lost | said |", "|---|---|---|---|---|"]
    for row in merged.values():
        lost = "; ".join(dict.fromkeys(row.lost)) or "nothing"
        lines.append(f"| {row.fault} | {row.stage} | {row.moments} | {lost} | {row.sentence} |")
    return "\n".join(lines)


def differences(wanted: dict[str, object], found: dict[str, object]) -> list[str]:
    """Return what differs between the outcomes of two runs."""
    return [f"{key} differs" for key, value in wanted.items() if found.get(key) != value]
