"""Times as a person types them."""

import re
from fractions import Fraction

from shiftclipper.errors import UserError
from shiftclipper.ui.words import translate

_TYPED = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})(?:[.,](\d{1,6}))?")


def read_time(text: str) -> Fraction:
    """Return seconds from `m:ss.mmm`, `h:mm:ss` or plain seconds; a comma does for the point.

    Raises:
        UserError: it is no time.
    """
    found = _TYPED.fullmatch(text.strip())
    if found is not None:
        hours, minutes, seconds, rest = found.groups()
        minute, second = int(minutes or 0), int(seconds)
        if (minutes is None or second < 60) and (hours is None or minute < 60):
            whole = int(hours or 0) * 3600 + minute * 60 + second
            return whole + Fraction(int(rest or 0), 10 ** len(rest or ""))
    raise UserError(
        translate("Review", "“{text}” is no time; write it as minutes:seconds, like 12:34.5.").format(
            text=text
        )
    )
