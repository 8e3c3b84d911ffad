"""What of the proposed time on ice was watched, and what is left to watch. Times in seconds of game time.

A moment counts only for what is proposed now: where the shifts change after it was watched, it must be
watched again. Around a shift some time before and after is shown too, so that one which begins too late or
ends too early is noticed; there, only that it was seen counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from shiftclipper.identity.spans import without
from shiftclipper.jobs.kept_shifts import Span
from shiftclipper.jobs.rows import ShiftRow

BEFORE, AFTER = Fraction(2), Fraction(2)
"""Seconds that are shown around a shift."""
_TOO_SHORT = Fraction(3, 10)
"""Seconds; less than this is not worth a jump, and is taken for seen."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the watching is."""

    watched: Fraction
    """Seconds of time on ice that were watched or accepted."""
    total: Fraction
    """Seconds of time on ice."""
    left: Fraction
    """Seconds of film still to be played."""


class Watched:
    """Keeps what was seen of one player's shifts while the film was followed."""

    def __init__(self, duration: Fraction) -> None:
        """Begin with nothing seen of a film of so many seconds."""
        self._film = (Fraction(0), duration)
        self._shifts: list[ShiftRow] = []
        self._seen: list[Span] = []
        self._agreed: list[Span] = []
        """Seen, and nothing else is proposed there since."""

    @property
    def shifts(self) -> Sequence[ShiftRow]:
        """The shifts as they are now, without rejected ones."""
        return self._shifts

    def film_ends(self, moment: Fraction) -> None:
        """Take the time of the last picture, which may be known later than the shifts."""
        self._film = self._film[0], moment

    def show_shifts(self, shifts: Iterable[ShiftRow]) -> None:
        """Take the player's shifts as the database has them now."""
        before = joined((shift.start, shift.end) for shift in self._shifts)
        self._shifts = [shift for shift in shifts if shift.verdict != "rejected"]
        after = joined((shift.start, shift.end) for shift in self._shifts)
        changed = [part for span in before for part in without(span, after)]
        changed += [part for span in after for part in without(span, before)]
        self._agreed = _cut(self._agreed, changed)

    def note(self, start: Fraction, end: Fraction) -> None:
        """Note that the film was played from one moment to another."""
        self._seen = joined([*self._seen, (start, end)])
        self._agreed = joined([*self._agreed, (start, end)])

    def forget(self, shift: ShiftRow) -> None:
        """Let a shift be watched again, because the person took back that it was right."""
        self._seen = _cut(self._seen, [self.shown(shift)])
        self._agreed = _cut(self._agreed, [self.shown(shift)])

    def shown(self, shift: ShiftRow) -> Span:
        """Return what is played of a shift: with some time around it, as far as the film reaches."""
        return max(self._film[0], shift.start - BEFORE), min(self._film[1], shift.end + AFTER)

    def is_watched(self, shift: ShiftRow) -> bool:
        """Say whether all of a shift and what is around it was watched."""
        return not self._missing(shift)

    def to_play(self) -> list[Span]:
        """Return what is left to play, by time: of proposed shifts what was not watched."""
        return joined(part for shift in self._proposed() for part in self._missing(shift))

    def stretch(self, moment: Fraction) -> Span | None:
        """Return the proposed shifts around a moment, with those that follow at once; None between them."""
        spans = joined(self.shown(shift) for shift in self._proposed())
        return next((span for span in spans if span[0] <= moment < span[1]), None)

    def next_part(self, since: Fraction) -> Span | None:
        """Return what to play next: the first that is left after a moment, else the first at all, or None.

        With the beginning of the stretch that was played last, what changed in it behind the playhead comes
        before what follows.
        """
        parts = self.to_play()
        return next((part for part in parts if part[1] > since), parts[0] if parts else None)

    def progress(self) -> Progress:
        """Return how far the watching is."""
        watched = Fraction(0)
        for shift in self._shifts:
            left = [] if shift.verdict == "accepted" else without((shift.start, shift.end), self._agreed)
            watched += shift.end - shift.start - length(left)
        total = length((shift.start, shift.end) for shift in self._shifts)
        return Progress(watched, total, length(self.to_play()))

    def _proposed(self) -> list[ShiftRow]:
        return [shift for shift in self._shifts if shift.verdict == "proposed"]

    def _missing(self, shift: ShiftRow) -> list[Span]:
        start, end = self.shown(shift)
        margins = [(start, shift.start), (shift.end, end)]
        missing = without((shift.start, shift.end), self._agreed)
        missing += [part for span in margins if span[0] < span[1] for part in without(span, self._seen)]
        return [part for part in joined(missing) if part[1] - part[0] >= _TOO_SHORT]


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return stretches of time by start, those that touch or overlap made one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = result[-1][0], max(result[-1][1], end)
        else:
            result.append((start, end))
    return result


def length(spans: Iterable[Span]) -> Fraction:
    """Return how many seconds stretches of time have together."""
    return sum((end - start for start, end in spans), Fraction(0))


def _cut(spans: Iterable[Span], holes: Sequence[Span]) -> list[Span]:
    return [part for span in spans for part in without(span, holes)]
