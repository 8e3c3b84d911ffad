"""A film that holds less than its header says: the copy of an interrupted download, say."""

from fractions import Fraction

from shiftclipper.media.probe import Probe
from shiftclipper.remarks import Remark

HONEST = ("mov", "matroska", "flv", "asf")
"""Containers whose header says how long the film is; of others the length is guessed from what is there."""
LEAST_SECONDS = Fraction(2)
LEAST_SHARE = Fraction(1, 100)
"""What must be missing at least: sound may go on a little after the picture, and headers are rounded."""


def cut_off_remark(found: Probe, seconds: Fraction) -> Remark | None:
    """Return what to tell when a film is cut off, else nothing.

    Args:
        found: what the film's header says.
        seconds: how long the pictures are that were found in it.
    """
    missing = found.duration - seconds
    honest = any(name in HONEST for name in found.container.split(","))
    if not honest or missing < max(LEAST_SECONDS, found.duration * LEAST_SHARE):
        return None
    return Remark(
        "film-cut-off", {"file": found.path.name, "length": int(found.duration), "end": int(seconds)}
    )
