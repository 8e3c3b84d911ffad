"""What the notes on clips mean: which were not made as asked, and why, in words for the person."""

import re
from collections import Counter
from collections.abc import Iterable

from shiftclipper.jobs.rows import ClipRow
from shiftclipper.ui.words import translate

_CODEC = re.compile(r"the film is (\w+), not h264|^(\w+) cannot be copied")
_EXACTLY = "; cut exactly"


def fallback_words(clips: Iterable[ClipRow]) -> str:
    """Return a sentence for each thing that clips were not made as asked for; nothing when all were."""
    counted: Counter[tuple[str, str]] = Counter()
    for clip in clips:
        counted.update(_read(clip.note))
    return " ".join(_sentence(kind, reason, count) for (kind, reason), count in sorted(counted.items()))


def _read(note: str) -> set[tuple[str, str]]:
    """Return what a note of `media.cut` says, as kinds and reasons."""
    said = set()
    if _EXACTLY in note or note.startswith("no whole group of pictures"):
        said.add(("exact", _reason(note)))
    if " failed (" in note:
        said.add(("other encoder", ""))
    if "frames cannot be decoded" in note:
        said.add(("left out", ""))
    return said


def _reason(note: str) -> str:
    codec = _CODEC.search(note)
    if codec is not None:
        text = translate("Fallbacks", "the film is {codec}, which is not copied into clips")
        return text.format(codec=(codec[1] or codec[2]).upper())
    known = (
        ("no whole group", translate("Fallbacks", "too few pictures between two keyframes lie inside")),
        ("no keyframe", translate("Fallbacks", "the film has no keyframes at which it can be copied")),
        ("an edit list", translate("Fallbacks", "the film hides some of its pictures")),
        ("the file's packets", translate("Fallbacks", "the film's pictures are not in the usual order")),
        ("the film is interlaced", translate("Fallbacks", "the film is interlaced")),
        ("the film is turned", translate("Fallbacks", "the film is turned")),
        ("its pixels are not square", translate("Fallbacks", "the film's pixels are not square")),
        ("its pixels are", translate("Fallbacks", "few players show the film's kind of colours")),
    )
    for beginning, words in known:
        if note.startswith(beginning):
            return words
    if "did not work" in note:
        return translate("Fallbacks", "a copy of the film did not come out right")
    return translate("Fallbacks", "this kind of film is not copied")


def _sentence(kind: str, reason: str, count: int) -> str:
    if kind == "exact":
        text = (
            translate("Fallbacks", "1 clip was cut exactly because {reason}.")
            if count == 1
            else translate("Fallbacks", "{count} clips were cut exactly because {reason}.")
        )
        return text.format(count=count, reason=reason)
    if kind == "other encoder":
        return (
            translate("Fallbacks", "1 clip was made by another encoder because the first failed.")
            if count == 1
            else translate(
                "Fallbacks", "{count} clips were made by another encoder because the first failed."
            ).format(count=count)
        )
    return (
        translate("Fallbacks", "In 1 clip pictures are missing that are damaged in the film.")
        if count == 1
        else translate(
            "Fallbacks", "In {count} clips pictures are missing that are damaged in the film."
        ).format(count=count)
    )
