"""Times as people read them."""

from fractions import Fraction


def clock(seconds: Fraction | float) -> str:
    """Return m:ss, or h:mm:ss from one hour on, rounded down to the second: 245.9 is `4:05`."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{second:02}" if hours else f"{minutes}:{second:02}"


def exact_clock(seconds: Fraction | float) -> str:
    """Return m:ss.mmm, or h:mm:ss.mmm from one hour on, rounded to the millisecond."""
    milliseconds = max(0, round(seconds * 1000))
    whole, rest = divmod(milliseconds, 1000)
    return f"{clock(whole)}.{rest:03}"
