"""The game's clock: its source files laid end to end, gaps kept.

Game time and source time are seconds, as exact Fractions. Source time 0 is the first shown frame of a file.
"""

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from shiftclipper.errors import UserError


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """One source file on the game's clock."""

    path: Path
    start: Fraction
    """Game time of its first frame."""
    duration: Fraction
    """From its first frame to the end of its last one; greater than 0."""

    @property
    def end(self) -> Fraction:
        """Game time at which its last frame ends."""
        return self.start + self.duration


class SourceMoment(NamedTuple):
    """A moment in one of the sources."""

    source: int
    """Number of the source, from 0."""
    time: Fraction
    """Source time."""


class SourceRange(NamedTuple):
    """A stretch of one of the sources, [start, end) in source time."""

    source: int
    start: Fraction
    end: Fraction


@dataclass(frozen=True, slots=True)
class GameClock:
    """Turns game time into source time and back."""

    sources: tuple[SourceSpan, ...]
    """In the order of the game; they do not overlap."""

    def __post_init__(self) -> None:
        """Check that there is a source, and that each begins where the one before has ended, or later."""
        if not self.sources:
            raise UserError("A game needs at least one video; choose one.")
        for span in self.sources:
            if span.duration <= 0:
                raise UserError(f"{span.path.name} has no length; choose another file.")
        for before, after in pairwise(self.sources):
            if after.start < before.end:
                raise UserError(
                    f"{after.path.name} begins before {before.path.name} has ended; check their order."
                )

    @classmethod
    def end_to_end(
        cls, files: Sequence[tuple[Path, Fraction]], gaps: Sequence[Fraction] | None = None
    ) -> "GameClock":
        """Lay files end to end.

        Args:
            files: path and duration of each, in the order of the game.
            gaps: seconds left out before each file, the first included; none by default.
        """
        spans: list[SourceSpan] = []
        clock = Fraction(0)
        for number, (path, duration) in enumerate(files):
            clock += gaps[number] if gaps is not None else 0
            spans.append(SourceSpan(path, clock, duration))
            clock += duration
        return cls(tuple(spans))

    @property
    def duration(self) -> Fraction:
        """Game time at which the last source ends."""
        return self.sources[-1].end

    def source_moment(self, time: Fraction) -> SourceMoment | None:
        """Return where a game time is found; None in a gap, before the first source or after the last.

        Where one source ends as the next begins, the moment belongs to the next. The very end of the game is
        given as the end of the last source.
        """
        number = self._source_at(time)
        if number < 0:
            return None
        span = self.sources[number]
        last = number == len(self.sources) - 1
        if time < span.end or (last and time == span.end):
            return SourceMoment(number, time - span.start)
        return None

    def game_time(self, source: int, time: Fraction) -> Fraction:
        """Return the game time of a source time."""
        return self.sources[source].start + time

    def ranges(self, start: Fraction, end: Fraction) -> tuple[SourceRange, ...]:
        """Return the stretches of the sources that make up game time [start, end), without the gaps."""
        found: list[SourceRange] = []
        for number, span in enumerate(self.sources):
            first, last = max(start, span.start), min(end, span.end)
            if first < last:
                found.append(SourceRange(number, first - span.start, last - span.start))
        return tuple(found)

    def _source_at(self, time: Fraction) -> int:
        """Return the number of the last source that has begun by `time`; -1 before the first."""
        return bisect.bisect_right([span.start for span in self.sources], time) - 1
