"""What the page and the PDF of the report say: the same words and figures in both."""

from fractions import Fraction

from shiftclipper.export.clock_text import clock
from shiftclipper.export.report import ACCEPTED, SET, PlayerNumbers, Report, ReportPlayer, ReportShift

FOOT = (
    "Made with ShiftClipper. Times count from the start of the film and are rounded down to the second. "
    "Rest is counted within a period."
)
NOTHING_FOUND = "No shift of this player was found. Click on the player in one more moment and run again."
TOGETHER = (
    "How long two players were on the ice at the same time; the darker, the larger the share of the time of "
    "the player at the left."
)
LONGEST_REASON = 40
"""Characters of a reason that another program gave."""
MOST_REJECTED = 12
"""Rejected shifts whose times are told; of more only the number is."""
LEGEND = (("sure", "sure"), ("probable", "probable"), ("please", "please check"))
"""Key of a confidence, and its word."""

_BEGAN = {
    "gate": "from the bench",
    "edge of picture": "into the picture",
    "lost": "came into sight",
    "mark": "your mark",
    "period": "start of the period",
    "video": "start of the film",
}
_ENDED = {
    "gate": "to the bench",
    "edge of picture": "out of the picture",
    "lost": "out of sight",
    "mark": "your mark",
    "period": "end of the period",
    "video": "end of the film",
}


def began_and_ended(shift: ReportShift) -> str:
    """Return how a shift began and ended."""
    began = _BEGAN.get(shift.start_reason, shift.start_reason[:LONGEST_REASON])
    ended = _ENDED.get(shift.end_reason, shift.end_reason[:LONGEST_REASON])
    return ", ".join(part for part in (began, ended) if part)


def subtitle(report: Report) -> str:
    """Return the line below the title of the game."""
    parts = [report.date, f"Film of {clock(report.duration)}" if report.duration else ""]
    return " · ".join(part for part in parts if part)


def figures(numbers: PlayerNumbers) -> list[tuple[str, str]]:
    """Return a player's figures as title and value, the most important first."""
    facts = [("Time on ice", clock(numbers.time_on_ice)), ("Shifts", str(numbers.count))]
    for title, value in (
        ("Mean shift", numbers.mean),
        ("Longest", numbers.longest),
        ("Shortest", numbers.shortest),
        ("Mean rest", numbers.mean_rest),
    ):
        if value is not None:
            facts.append((title, clock(value)))
    for number, (time, shifts) in enumerate(zip(numbers.by_period, numbers.shifts_by_period, strict=True), 1):
        facts.append((f"Period {number}, {shifts} {'shift' if shifts == 1 else 'shifts'}", clock(time)))
    return facts


def corrections(player: ReportPlayer) -> str:
    """Return what was corrected by hand, as a sentence; empty when nothing was."""
    parts = []
    for count, what in (
        (sum(shift.by_hand == SET for shift in player.shifts), "set by hand"),
        (sum(shift.by_hand == ACCEPTED for shift in player.shifts), "accepted by hand"),
    ):
        if count:
            parts.append(f"{count} {'shift' if count == 1 else 'shifts'} {what}")
    if player.rejected:
        told = [f"{clock(start)} to {clock(end)}" for start, end in player.rejected[:MOST_REJECTED]]
        if len(player.rejected) > MOST_REJECTED:
            told.append(f"{len(player.rejected) - MOST_REJECTED} more")
        times = ", ".join(told)
        parts.append(f"{len(player.rejected)} rejected by hand ({times})")
    return f"Corrections: {'; '.join(parts)}." if parts else ""


def ticks(duration: Fraction) -> list[Fraction]:
    """Return where the time axis of a film has its marks, in seconds: at most a dozen."""
    for step in (10, 30, 60, 120, 300, 600, 900, 1800, 3600):
        if duration / step <= 12:
            return [Fraction(step * place) for place in range(int(duration // step) + 1)]
    return [Fraction(0)]
