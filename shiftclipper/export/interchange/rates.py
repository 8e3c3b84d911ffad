"""Frame rates and timecodes, in exact numbers.

Editing programs count frames. A film with a steady rate is counted by its own frames, so every time is exact.
A film with a variable rate (phones) has no count of its own: programs lay it on a grid of a usual rate, by
time, and so is it done here. A cut begins at the first line of the grid that is not before its moment, less
than one frame late.
"""

import re
from fractions import Fraction

USUAL_RATES = tuple(
    Fraction(*pair)
    for pair in (
        (24000, 1001), (24, 1), (25, 1), (30000, 1001), (30, 1), (48, 1), (50, 1), (60000, 1001), (60, 1),
        (100, 1), (120000, 1001), (120, 1), (240000, 1001), (240, 1),
    )
)  # fmt: skip
SAME_RATE = Fraction(1, 2500)
"""Relative difference below which two rates are one; 30 and 29.97 differ by 2.5 times as much."""
DROPPING = {Fraction(30000, 1001): 2, Fraction(60000, 1001): 4}
"""Frame numbers that drop-frame timecode leaves out at each minute but every tenth (SMPTE 12M)."""

_TIMECODE = re.compile(r"(\d{1,2}):(\d{2}):(\d{2})([:;.])(\d{2,3})\Z")


def grid_rate(average: Fraction, *, variable: bool) -> Fraction:
    """Return the rate in frames per second by which a film is counted.

    Args:
        average: frames per second over the whole film.
        variable: whether the distances of the frames differ; the grid is then the next usual rate that is
            hardly slower, so that nearly every frame has a line of its own.
    """
    nearest = min(USUAL_RATES, key=lambda rate: abs(rate - average))
    if abs(nearest - average) <= SAME_RATE * average:
        return nearest
    if not variable:
        return average.limit_denominator(100_000)
    return next((rate for rate in USUAL_RATES if rate >= average * Fraction(98, 100)), USUAL_RATES[-1])


def frame_at(time: Fraction, rate: Fraction) -> int:
    """Return the first frame that begins at or after a time in seconds."""
    return -(-time * rate // 1)


def rate_of_count(rate: Fraction) -> int:
    """Return how many frames a second of timecode has: 30 for 29.97."""
    return max(1, round(rate))


def timecode(frame: int, rate: Fraction, *, drop: bool = False) -> str:
    """Return hh:mm:ss:ff of a frame; with `;` and left-out numbers when `drop`.

    It starts over after 24 hours.
    """
    count = rate_of_count(rate)
    left_out = DROPPING.get(rate, 0) if drop else 0
    if left_out:
        per_minute = 60 * count - left_out
        per_ten = 10 * per_minute + left_out
        tens, rest = divmod(frame % (per_ten * 144), per_ten)
        minutes = max(0, rest - left_out) // per_minute
        frame = frame % (per_ten * 144) + left_out * (9 * tens + minutes)
    seconds, number = divmod(frame, count)
    hours, seconds = divmod(seconds, 3600)
    separator = ";" if left_out else ":"
    return f"{hours % 24:02}:{seconds // 60:02}:{seconds % 60:02}{separator}{number:02}"


def frame_of_timecode(text: str, rate: Fraction) -> int | None:
    """Return the frame that hh:mm:ss:ff names, numbers left out where it has a `;`; None for none."""
    found = _TIMECODE.match(text)
    if found is None:
        return None
    hours, minutes, seconds, number = (int(found[place]) for place in (1, 2, 3, 5))
    count = rate_of_count(rate)
    total_minutes = hours * 60 + minutes
    if number >= count or seconds > 59 or minutes > 59:
        return None
    left_out = DROPPING.get(rate, 0) if found[4] == ";" else 0
    frame = (total_minutes * 60 + seconds) * count + number
    return frame - left_out * (total_minutes - total_minutes // 10)
