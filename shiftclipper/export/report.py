"""What stands in the time-on-ice report, and its numbers. Page, PDF, CSV and JSON all take them from here."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

FOUND = ""
SET = "set by hand"
ACCEPTED = "accepted by hand"


@dataclass(frozen=True, slots=True)
class ReportShift:
    """One line of the report."""

    start: Fraction
    """Seconds of game time."""
    end: Fraction
    """Seconds of game time."""
    confidence: float
    start_reason: str
    end_reason: str
    evidence: tuple[str, ...] = ()
    """Why the program believes this shift, in words."""
    clip: str | None = None
    """Where the clip is: relative to the report, with `/`, or a URI."""
    by_hand: str = FOUND
    """FOUND, SET or ACCEPTED."""
    thumbnail: bytes | None = None
    """A small JPEG of the player in this shift."""


@dataclass(frozen=True, slots=True)
class ReportPlayer:
    """One player of the report."""

    name: str
    number: str
    colour: str
    """Jersey colour as #rrggbb, or an empty text."""
    shifts: tuple[ReportShift, ...]
    """In the order of time."""
    rejected: tuple[tuple[Fraction, Fraction], ...] = ()
    """Start and end of found shifts that the person rejected."""

    @property
    def title(self) -> str:
        """What to call the player: `Sam #17`."""
        number = f"#{self.number}" if self.number and self.number not in self.name.split() else ""
        return " ".join(part for part in (self.name, number) if part) or "Player"


@dataclass(frozen=True, slots=True)
class Report:
    """All that stands in the report."""

    game: str
    """Title of the game."""
    duration: Fraction
    """Of the film, in seconds."""
    players: tuple[ReportPlayer, ...]
    periods: tuple[tuple[Fraction, Fraction], ...] = ()
    reel: str | None = None
    """Where the reel is, as the clips."""
    date: str = ""
    """When the film was recorded, as yyyy-mm-dd."""


@dataclass(frozen=True, slots=True)
class PlayerNumbers:
    """The figures of one player. Times are seconds."""

    time_on_ice: Fraction
    count: int
    mean: Fraction | None
    longest: Fraction | None
    shortest: Fraction | None
    by_period: tuple[Fraction, ...]
    """Time on ice in each period; empty where periods are not known."""
    shifts_by_period: tuple[int, ...]
    """Shifts that begin in each period."""
    rests: tuple[Fraction | None, ...]
    """Before each shift; None before the first of the game and of each period."""
    mean_rest: Fraction | None
    set_by_hand: int
    accepted_by_hand: int


def numbers_of(player: ReportPlayer, report: Report) -> PlayerNumbers:
    """Return a player's figures."""
    shifts = player.shifts
    lengths = [shift.end - shift.start for shift in shifts]
    total = sum(lengths, Fraction(0))
    rests = _rests(shifts, report)
    known = [rest for rest in rests if rest is not None]
    periods = [period_of(shift.start, report) for shift in shifts]
    return PlayerNumbers(
        time_on_ice=total,
        count=len(shifts),
        mean=total / len(shifts) if shifts else None,
        longest=max(lengths, default=None),
        shortest=min(lengths, default=None),
        by_period=tuple(
            sum((overlap((shift.start, shift.end), period) for shift in shifts), Fraction(0))
            for period in report.periods
        ),
        shifts_by_period=tuple(periods.count(number + 1) for number in range(len(report.periods))),
        rests=rests,
        mean_rest=sum(known, Fraction(0)) / len(known) if known else None,
        set_by_hand=sum(shift.by_hand == SET for shift in shifts),
        accepted_by_hand=sum(shift.by_hand == ACCEPTED for shift in shifts),
    )


def _rests(shifts: Sequence[ReportShift], report: Report) -> tuple[Fraction | None, ...]:
    rests: list[Fraction | None] = [None] * min(1, len(shifts))
    for before, after in pairwise(shifts):
        same = period_of(before.start, report) == period_of(after.start, report)
        rests.append(max(Fraction(0), after.start - before.end) if same else None)
    return tuple(rests)


def period_of(time: Fraction, report: Report) -> int | None:
    """Return the number, from 1, of the period that a moment belongs to; see `period_number`."""
    return period_number(time, report.periods)


def period_number(time: Fraction, periods: Sequence[tuple[Fraction, Fraction]]) -> int | None:
    """Return the number, from 1, of the period that began last; None where periods are not known."""
    begun = sum(start <= time for start, _ in periods)
    return max(1, begun) if periods else None


def overlap(one: tuple[Fraction, Fraction], other: tuple[Fraction, Fraction]) -> Fraction:
    """Return how long two stretches of time are shared."""
    return max(Fraction(0), min(one[1], other[1]) - max(one[0], other[0]))


def together(one: ReportPlayer, other: ReportPlayer) -> Fraction:
    """Return how long two players were on the ice at the same time, in seconds."""
    spans = [(shift.start, shift.end) for shift in other.shifts]
    return sum(
        (overlap((shift.start, shift.end), span) for shift in one.shifts for span in spans), Fraction(0)
    )
