"""CMX 3600 edit decision lists (SMPTE 258M; the plain form that every editing program reads)."""

import re
import unicodedata
from collections.abc import Sequence
from fractions import Fraction

from shiftclipper.export.interchange.edit import EditGame, EditMedia, EditPlayer, cuts_of, laid_out, note_of
from shiftclipper.export.interchange.edit import sequence_rate as rate_of
from shiftclipper.export.interchange.rates import frame_of_timecode, timecode
from shiftclipper.export.words import confidence_word, plain_text

MOST_EVENTS = 999
"""Events have three digits."""
FASTEST = 60
"""Frames a second that an EDL counts at most; of faster films every second frame is counted."""


def edl_text(game: EditGame, player: EditPlayer) -> str:
    """Return one player's clips as an edit decision list.

    It has one rate, that of the first file, which stands in a comment: an EDL cannot say it itself.
    """
    rate, thin = _counted(rate_of(game))
    drop = game.media[0].drop
    cuts = cuts_of(game, player)
    lines = [
        f"TITLE: {_line(f'{game.title} {player.label}')[:70]}",
        f"FCM: {'DROP' if drop else 'NON-DROP'} FRAME",
        "",
    ]
    reels = reel_names(game.media)
    # Where a timeline begins, as is usual.
    hour = frame_of_timecode("01:00:00;00" if drop else "01:00:00:00", rate) or 0
    for number, (cut, (offset, length)) in enumerate(zip(cuts, laid_out(cuts, game), strict=True), 1):
        if number > MOST_EVENTS:
            lines.append(f"* {len(cuts) - MOST_EVENTS} MORE CLIPS DO NOT FIT IN AN EDL")
            break
        media = game.media[cut.media]
        # An EDL has one rate: frames of a file with another one are found by their time.
        first = round((media.first_frame + cut.first) / media.rate * rate)
        record = [(offset + thin - 1) // thin, (offset + length + thin - 1) // thin]
        times = [first, first + record[1] - record[0], hour + record[0], hour + record[1]]
        codes = " ".join(timecode(frame, rate, drop=drop) for frame in times)
        channels = "B" if media.has_audio else "V"
        lines += [
            f"{number:03}  {reels[cut.media]:<8} {channels:<5} C        {codes}",
            f"* FROM CLIP NAME: {_line(media.path.name)}",
            f"* COMMENT: {_line(cut.label)}, {note_of(cut.shift, confidence_word(cut.shift.confidence))}",
        ]
        if number == 1:
            # Not in the head: some readers take no comment there.
            lines.append(f"* {_rate_words(rate)} FRAMES PER SECOND")
    return "\n".join(lines) + "\n"


def reel_names(media: Sequence[EditMedia]) -> list[str]:
    """Return a name of at most eight plain capitals and digits for each file, all different."""
    names: list[str] = []
    for number, one in enumerate(media, 1):
        letters = unicodedata.normalize("NFKD", one.path.stem).encode("ascii", "ignore").decode()
        name = re.sub(r"[^A-Z0-9]", "", letters.upper())[:8] or "AX"
        if name in names:
            name = f"{name[:5]}{number:03}"
        names.append(name)
    return names


def _counted(rate: Fraction) -> tuple[Fraction, int]:
    """Return the rate that an EDL can count, and how many frames of the timeline are one of it."""
    thin = 1
    while rate / thin > FASTEST:
        thin += 1
    return rate / thin, thin


def _rate_words(rate: Fraction) -> str:
    return f"{float(rate):.3f}".rstrip("0").rstrip(".")


def _line(text: str) -> str:
    return plain_text(text).replace("\n", " ")
