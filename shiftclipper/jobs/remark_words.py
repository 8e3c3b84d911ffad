"""Remarks in English, for the command line, results.json and the report; the window translates them."""

from collections.abc import Callable, Mapping

from shiftclipper.export.clock_text import clock
from shiftclipper.identity.marks import moment
from shiftclipper.remarks import Remark, Value

CONTEXT = "Remarks"
"""Of these texts in the catalogues of other languages."""
ENGLISH: Mapping[str, str] = {
    # Why a shift is believed or doubted.
    "clicked": "you clicked on him at {time}",
    "clicked-on-nobody": "you clicked on him at {time}, but nobody was seen where you clicked",
    "number-read-once": "number {number} read 1 time",
    "number-read": "number {number} read {count} times",
    "number-parts-read": "parts of number {number} read",
    "number-not-read": "other numbers than {number} read",
    "numbers-fit": "the numbers read on his back fit",
    "numbers-misfit": "the numbers read on his back do not fit",
    "colour-fits": "the jersey's colour fits",
    "colour-misfits": "the jersey's colour fits badly",
    "on-at-bench": "comes on at the bench",
    "off-at-bench": "goes off at the bench",
    "out-of-sight": "out of sight for {seconds} s at {time}",
    "least-certain": "least certain at {time}, where it could be somebody else",
    "long": "longer than shifts mostly are, so it may be two",
    "unproven": "no click and no number in this shift, so nothing proves who it is",
    "no-bench": "no bench is known, so nothing tells that he went off",
    "set-by-hand": "you set this shift yourself",
    "old-server": "found by the old server",
    # What a stage did otherwise than asked, or could not do.
    "film-cut-off": (
        "{file} is cut off: it should be {length} long, but its pictures end at {end}; what is there is "
        "used, so copy it again if the rest is wanted."
    ),
    "encoder-replaced": "The encoder {encoder} does not work on this machine; {other} is used instead.",
    "click-on-nobody": "Nobody was found where you clicked at {time}.",
    "marks-against-following": (
        "One person seems to be followed from {first} to {last}, but your marks say otherwise."
    ),
    "never-clicked": (
        "{player} was never clicked on, so no shift of his can be found; click on him in the picture, or add "
        "a click to the setup."
    ),
    "number-never-clicked": (
        "Number {number} was never clicked on, so no shift of his can be found; click on him in the picture, "
        "or add a click to the setup."
    ),
    "nobody-clicked": (
        "The player was never clicked on, so no shift of his can be found; click on him in the picture, or "
        "add a click to the setup."
    ),
}
"""The words for each key. Values stand in braces; those of `_TIMES` are times in seconds."""

_TIMES: Mapping[str, Callable[[float], str]] = {
    "time": moment,
    "first": moment,
    "last": moment,
    "length": clock,
    "end": clock,
}
"""How values of these names are written."""


def in_english(remark: Remark) -> str:
    """Return a remark in English; its key is one of `ENGLISH`, with all values."""
    return in_words(remark, ENGLISH[remark.key])


def in_words(remark: Remark, words: str, decimal_point: str = ".") -> str:
    """Put the values of a remark into words for its key, in any language."""
    written = {name: _written(name, value, decimal_point) for name, value in remark.values.items()}
    return words.format(**written)


def _written(name: str, value: Value, decimal_point: str) -> str:
    if isinstance(value, str):
        return value
    if name in _TIMES:
        return _TIMES[name](value)
    return f"{value:.1f}".replace(".", decimal_point) if isinstance(value, float) else str(value)
