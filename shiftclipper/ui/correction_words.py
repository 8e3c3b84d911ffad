"""What a correction is called on buttons and in tooltips: the journal keeps a key, and here are its words."""

from shiftclipper.export.clock_text import clock
from shiftclipper.ui.words import translate


def correction_words(what: str) -> str:
    """Return the words for a correction of the journal: `shift-times 62.5` is `times of the shift at 1:02`.

    Args:
        what: a key, followed by the seconds of game time it is about when there is such a time. A key that is
            not known here, or whose rest is no time, has general words.
    """
    key, _, seconds = what.partition(" ")
    known = {
        "click": translate("Corrections", "click at {time}"),
        "not": translate("Corrections", "“not him” at {time}"),
        "off-ice": translate("Corrections", "“on the bench” at {time}"),
        "answer": translate("Corrections", "answer at {time}"),
        "click-withdrawn": translate("Corrections", "taking a click back"),
        "setup-file": translate("Corrections", "setup file"),
        "name": translate("Corrections", "name and number"),
        "colour": translate("Corrections", "colour of the jersey"),
        "regions": translate("Corrections", "regions"),
        "camera": translate("Corrections", "kind of camera"),
        "quality": translate("Corrections", "how closely to look"),
        "level": translate("Corrections", "level of play"),
        "preset": translate("Corrections", "settings of a preset"),
        "roster": translate("Corrections", "players"),
        "periods": translate("Corrections", "periods"),
        "shift-add": translate("Corrections", "new shift at {time}"),
        "shift-list": translate("Corrections", "shifts from a list"),
        "shift-times": translate("Corrections", "times of the shift at {time}"),
        "shift-accepted": translate("Corrections", "accepting the shift at {time}"),
        "shift-rejected": translate("Corrections", "rejecting the shift at {time}"),
        "shift-proposed": translate("Corrections", "taking back what you said of the shift at {time}"),
        "shift-remove": translate("Corrections", "deleting the shift at {time}"),
        "shift-split": translate("Corrections", "splitting the shift at {time}"),
        "shift-merge": translate("Corrections", "joining the shift at {time} with the next"),
        "shift-note": translate("Corrections", "note on the shift at {time}"),
    }
    general = translate("Corrections", "last change")
    words = known.get(key, general)
    if not seconds:
        return general if "{time}" in words else words
    try:
        return words.format(time=clock(float(seconds)))
    except (ValueError, OverflowError):
        return general
