"""Drives that fail while a film is read: told apart from films that are damaged.

Of a damaged film everything that can be decoded is used. What a failing drive does not give is still in the
film, so nothing that was made without it may count as finished.
"""

import errno
import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from shiftclipper.errors import StageFailed

_NAMES = ("EIO", "ENXIO", "ENODEV", "ESTALE", "EREMOTEIO", "ETIMEDOUT")
_FAILED = frozenset(getattr(errno, name) for name in _NAMES if hasattr(errno, name))
# ffmpeg speaks English whatever the system does. Before version 7 it named the input; what it says of an
# output begins in another way.
_SAID = re.compile(
    r"(?:\[in#(?P<number>\d+)[^\]]*\] )?(?:Error during demuxing|Error opening input|(?P<name>.+)): "
    r"(?:Input/output error|No such device(?: or address)?|Stale file handle|Remote I/O error"
    r"|Connection timed out)\s*"
)


class DriveFailed(StageFailed):
    """A film is there, but its drive does not give all of it."""

    def __init__(self, path: Path, seconds: Fraction | float | None = None, *, detail: str = "") -> None:
        """Say which film it is.

        Args:
            path: the film.
            seconds: source time at which reading failed, where it is known.
            detail: for the log.
        """
        place = "" if seconds is None else f" at {float(seconds):.1f} s"
        super().__init__(
            f"The drive with {path} cannot be read{place}; copy the film to another drive, drop that copy on "
            "the window or name it with `shiftclipper relink JOB FILE`, and try again.",
            detail=detail,
            film=path,
        )
        self.path = path
        self.seconds = seconds

    def at(self, seconds: Fraction | float) -> "DriveFailed":
        """Return the same with the source time at which it happened, unless that is known already."""
        known = seconds if self.seconds is None else self.seconds
        return DriveFailed(self.path, known, detail=self.detail)


def drive_failed(error: BaseException) -> bool:
    """Tell whether an error of reading is the drive's: of a network's or of a stick that is gone as well."""
    return isinstance(error, OSError) and error.errno in _FAILED


def unreadable_input(line: str, inputs: Sequence[str]) -> Path | None:
    """Return the film that ffmpeg could not read from its drive, by one line of what it says.

    Args:
        line: of its stderr.
        inputs: what it was given to read (`-i`), in order; films are named by their whole paths.
    """
    said = _SAID.fullmatch(line)
    if said is None:
        return None
    if said["name"] is not None:
        name = said["name"] if said["name"] in inputs else ""
    else:
        number = int(said["number"] or 0)
        name = inputs[number] if number < len(inputs) else ""
    return Path(name) if Path(name).is_absolute() else None
