"""Time as the database keeps it: whole flicks, so that nothing is rounded twice.

A flick is 1/705600000 s (https://github.com/facebookarchive/Flicks). Frames of 24, 25, 30, 48, 50 and 60 fps
and of their 1000/1001 kin, ticks of MPEG's 90 kHz clock and samples of 44.1 and 48 kHz audio last a whole
number of them.
"""

from fractions import Fraction

FLICKS_PER_SECOND = 705_600_000


def to_flicks(seconds: Fraction | int) -> int:
    """Return the nearest whole number of flicks."""
    return round(seconds * FLICKS_PER_SECOND)


def from_flicks(flicks: int) -> Fraction:
    """Return exact seconds."""
    return Fraction(flicks, FLICKS_PER_SECOND)


def seconds_of_number(value: float | int | str) -> Fraction:
    """Return the seconds that a person wrote, on whole flicks: 12.4 is 62/5 and not the float nearest to it.

    Raises:
        ValueError: not a finite number.
    """
    return from_flicks(to_flicks(Fraction(repr(value) if isinstance(value, float) else value)))
