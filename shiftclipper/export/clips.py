"""Which clips to cut for a player's shifts: plans, carried out by `media.cut`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from shiftclipper.export.names import USUAL_NAMES, NameParts, name_key, name_of, unique_name


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
    jersey: str = ""
    """The player's number, when known."""
    period: int | None = None
    """Number of the period in which it begins, counted from 1; None when not known."""


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
    date: str = "",
) -> list[ClipPlan]:
    """Widen each shift by the pre- and post-roll, once, inside the game, and name its file.

    Args:
        shifts: any number of players' shifts.
        duration: of the game, in seconds.
        pre_roll, post_roll: seconds of film kept before and after each shift.
        breaks: game times at which one source ends and the next begins; a roll stops there, because
            the picture jumps. A shift itself may cross one.
        names: pattern of the file names, without ending; see `names.checked_pattern`.
        game, date: what stands for {game} and {date}.
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
        name = unique_name(name_of(names, _name_parts(shift, game, date)), ".mp4", taken)
        taken.add(name_key(name))
        plans.append(ClipPlan(shift, start, end, name))
    return plans


def _name_parts(shift: ShiftToCut, game: str, date: str) -> NameParts:
    return NameParts(
        shift=shift.label or f"shift {shift.number:02}",
        start=shift.start,
        player=shift.player,
        number=shift.jersey,
        game=game,
        date=date,
        period="" if shift.period is None else f"period {shift.period}",
    )
