"""Which clips to cut for a player's shifts: plans, carried out by `media.cut`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from shiftclipper.export.clock_text import clock
from shiftclipper.export.names import safe_name, unique_name

PLACEHOLDERS = ("player", "shift", "time", "game")
"""What a pattern of names may hold, in braces; anything else in it is taken as it stands."""
USUAL_NAMES = "{player} {shift} {time}"


@dataclass(frozen=True, slots=True)
class ShiftToCut:
    """A shift as the clips need it."""

    number: int
    """Counted from 1 in the order of time."""
    start: Fraction
    """Seconds of game time."""
    end: Fraction
    """Seconds of game time."""
    player: str
    """The player's name and number, such as `Sam 17`; may be empty."""
    label: str = ""
    """What stands in the file name in place of the number, when given."""
    id: int = 0
    """The caller's own mark; means nothing here."""


@dataclass(frozen=True, slots=True)
class ClipPlan:
    """One clip to cut."""

    shift: ShiftToCut
    start: Fraction
    """Seconds of game time, pre-roll included."""
    end: Fraction
    """Seconds of game time, post-roll included."""
    file_name: str


def plan_clips(
    shifts: Iterable[ShiftToCut],
    *,
    duration: Fraction,
    pre_roll: Fraction,
    post_roll: Fraction,
    breaks: Sequence[Fraction] = (),
    names: str = USUAL_NAMES,
    game: str = "",
) -> list[ClipPlan]:
    """Widen each shift by the pre- and post-roll, once, inside the game, and name its file.

    Args:
        shifts: any number of players' shifts.
        duration: of the game, in seconds.
        pre_roll, post_roll: seconds of film kept before and after each shift.
        breaks: game times at which one source ends and the next begins; a roll stops there, because
            the picture jumps. A shift itself may cross one.
        names: pattern of the file names, without ending.
        game: what stands for {game}.
    """
    plans: list[ClipPlan] = []
    taken: set[str] = set()
    for shift in shifts:
        earliest = max((edge for edge in breaks if edge <= shift.start), default=Fraction(0))
        latest = min((edge for edge in breaks if edge >= shift.end), default=duration)
        start = max(earliest, shift.start - pre_roll)
        end = min(latest, duration, shift.end + post_roll)
        if end <= start:
            continue
        name = unique_name(_stem(shift, names, game), ".mp4", taken)
        taken.add(name.casefold())
        plans.append(ClipPlan(shift, start, end, name))
    return plans


def _stem(shift: ShiftToCut, names: str, game: str) -> str:
    stands_for = {
        "player": shift.player,
        "shift": shift.label or f"shift {shift.number:02}",
        "time": clock(shift.start).replace(":", "."),
        "game": game,
    }
    parts = re.split(r"\{(\w+)\}", names)
    # Every second part is a placeholder; one that is not known stays as it was written.
    texts = [
        part if place % 2 == 0 else stands_for.get(part, f"{{{part}}}") for place, part in enumerate(parts)
    ]
    return safe_name("".join(texts))
