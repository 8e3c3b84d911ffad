"""Shifts that the person made, accepted or rejected, and how newly found ones give way to them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from shiftclipper.identity.spans import without
from shiftclipper.jobs.rows import NewShift, ShiftRow

Span = tuple[Fraction, Fraction]
"""Start and end in seconds of game time."""
MARK = "mark"
"""Reason for a start or an end that the person has set, by a verdict too."""


def is_kept(shift: ShiftRow) -> bool:
    """Tell whether the person made or judged this shift, so that nothing but the person changes it."""
    return shift.origin == "manual" or shift.verdict != "proposed"


def played_spans(shifts: Iterable[ShiftRow]) -> list[Span]:
    """Return when the person says that the player was on the ice: made or accepted shifts, by start."""
    kept = [shift for shift in shifts if is_kept(shift) and shift.verdict != "rejected"]
    return sorted((shift.start, shift.end) for shift in kept)


def rejected_spans(shifts: Sequence[ShiftRow]) -> list[Span]:
    """Return when the person says that the player was not on the ice, by start.

    Where a rejected shift overlaps one that was made or accepted, the person has put the right one in the
    place of the wrong one: only what is left of it counts.
    """
    played = played_spans(shifts)
    rejected = sorted((shift.start, shift.end) for shift in shifts if shift.verdict == "rejected")
    return [part for span in rejected for part in without(span, played)]


def beside_kept(
    found: Iterable[NewShift],
    kept: Sequence[ShiftRow],
    least: Fraction,
    clicks: Sequence[Fraction] = (),
    seen: Mapping[int, tuple[float, float]] | None = None,
) -> list[NewShift]:
    """Return what is left of found shifts beside the kept ones, whose times are the person's.

    Args:
        found: the player's shifts as identity found them.
        kept: of the same player; those that nobody made or judged do not count.
        least: seconds; a shift that was cut and is shorter now is dropped, unless a click lies in it.
        clicks: times of the clicks on the player.
        seen: first and last time of each tracklet by id; those outside what is left of a shift are left out.
    """
    taken = [(shift.start, shift.end) for shift in kept if is_kept(shift)]
    left = []
    for shift in found:
        whole = (shift.start, shift.end)
        for start, end in without(whole, taken):
            if (start, end) == whole:
                left.append(shift)
            elif end - start >= least or any(start < time < end for time in clicks):
                left.append(_cut(shift, start, end, seen or {}))
    return left


def _cut(
    shift: NewShift, start: Fraction, end: Fraction, seen: Mapping[int, tuple[float, float]]
) -> NewShift:
    nowhere = (float(start), float(end))
    spans = [(number, *seen.get(number, nowhere)) for number in shift.tracklet_ids]
    return replace(
        shift,
        start=start,
        end=end,
        start_reason=shift.start_reason if start == shift.start else MARK,
        end_reason=shift.end_reason if end == shift.end else MARK,
        tracklet_ids=tuple(number for number, first, last in spans if first < end and last > start),
    )
