"""A film that holds less than its header says: the copy of an interrupted download, say."""

from fractions import Fraction

from shiftclipper.export.clock_text import clock
from shiftclipper.media.probe import Probe

HONEST = ("mov", "matroska", "flv", "asf")
"""Containers whose header says how long the film is; of others the length is guessed from what is there."""
LEAST_SECONDS = Fraction(2)
LEAST_SHARE = Fraction(1, 100)
"""What must be missing at least: sound may go on a little after the picture, and headers are rounded."""


def cut_off_words(found: Probe, seconds: Fraction) -> str:
    """Return one sentence when a film is cut off, else nothing.

    Args:
        found: what the film's header says.
        seconds: how long the pictures are that were found in it.
    """
    missing = found.duration - seconds
    honest = any(name in HONEST for name in found.container.split(","))
    if not honest or missing < max(LEAST_SECONDS, found.duration * LEAST_SHARE):
        return ""
    return (
        f"{found.path.name} is cut off: it should be {clock(found.duration)} long, but its pictures end at "
        f"{clock(seconds)}; what is there is used, so copy it again if the rest is wanted."
    )
