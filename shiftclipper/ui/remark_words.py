"""Remarks in the language of the window: why a shift is believed, and what was done otherwise than asked."""

from PySide6.QtCore import QLocale

from shiftclipper.jobs.kept_remarks import Told
from shiftclipper.jobs.remark_words import CONTEXT, ENGLISH, in_words
from shiftclipper.ui.words import translate


def remark_words(told: Told) -> str:
    """Return the words for a remark; a sentence that an earlier version kept stays as it is."""
    if isinstance(told, str):
        return told
    return in_words(told, translate(CONTEXT, ENGLISH[told.key]), QLocale().decimalPoint())
