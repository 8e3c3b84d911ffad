"""Chapters as YouTube reads them out of a description (https://support.google.com/youtube/answer/9884579).

The first stands at 0:00, there are at least three, each is at least ten seconds long, and they ascend.
"""

from fractions import Fraction

from shiftclipper.export.clock_text import clock
from shiftclipper.export.interchange.edit import EditGame, EditPlayer
from shiftclipper.export.words import plain_text

SHORTEST = 10
"""Seconds."""
FEWEST = 3

Chapter = tuple[int, str]
"""Whole second, and title."""


def chapters_text(game: EditGame, player: EditPlayer) -> str:
    """Return two lists to copy from: for the reel of this player's clips, and for the whole film."""
    parts = [
        _part("For the description of the reel:", _of_reel(player)),
        _part("For the description of the whole film:", _of_film(player)),
    ]
    return f"{plain_text(game.title)}, {plain_text(player.label)}\n\n" + "\n".join(parts)


def _part(head: str, chapters: list[Chapter]) -> str:
    lines = [head, ""]
    usable = _usable(chapters)
    lines += [f"{clock(second)} {title}" for second, title in usable]
    if len(usable) < FEWEST:
        lines += ["", f"(YouTube shows chapters from {FEWEST} on.)"]
    return "\n".join(lines) + "\n"


def _of_reel(player: EditPlayer) -> list[Chapter]:
    chapters = []
    place = Fraction(0)
    for shift in player.shifts:
        chapters.append((int(place), f"Shift {shift.number}, {clock(shift.start)}"))
        place += shift.clip_end - shift.clip_start
    return chapters


def _of_film(player: EditPlayer) -> list[Chapter]:
    chapters: list[Chapter] = []
    for shift in player.shifts:
        # A viewer wants to see the step on the ice.
        chapters.append((int(shift.clip_start), f"Shift {shift.number}"))
        chapters.append((int(shift.end), "On the bench"))
    return chapters


def _usable(chapters: list[Chapter]) -> list[Chapter]:
    """Return the chapters that YouTube takes: from 0:00 on, ascending, none too short.

    A bench that is too short is left out; of two shifts too near to each other the second is.
    """
    if not chapters:
        return []
    kept: list[Chapter] = [] if chapters[0][0] < SHORTEST else [(0, "Start")]
    for second, title in chapters:
        if not kept:
            kept.append((0, title))
        elif second - kept[-1][0] >= SHORTEST:
            kept.append((second, title))
        elif kept[-1][1] == "On the bench" and title != "On the bench":
            kept.pop()
            if not kept or second - kept[-1][0] >= SHORTEST:
                kept.append((second, title))
    return kept
