"""Where a moment of the game is on the timeline, and what moving and zooming make of that."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

CLOSEST = 1 / 120
"""Seconds a pixel at the closest: half a second of film is as wide as a thumb."""
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
"""Seconds between two marks of the ruler."""


@dataclass(frozen=True, slots=True)
class TimeScale:
    """The part of the game that is shown. Times are seconds of game time, places pixels."""

    duration: float = 0.0
    width: float = 1.0
    start: float = 0.0
    """The moment at the left edge."""
    zoom: float = 1.0
    """How many times longer than the whole game would be; 1 shows all of it."""

    @property
    def seconds_per_pixel(self) -> float:
        """How much time a pixel stands for."""
        return self.duration / (self.zoom * max(self.width, 1.0))

    @property
    def span(self) -> float:
        """Seconds that are shown."""
        return self.duration / self.zoom

    @property
    def end(self) -> float:
        """The moment at the right edge."""
        return self.start + self.span

    @property
    def closest(self) -> float:
        """The largest zoom."""
        return max(1.0, self.duration / (CLOSEST * max(self.width, 1.0)))

    def x_of(self, moment: float) -> float:
        """Return where a moment is; outside of 0 to the width when it is not shown."""
        return (moment - self.start) / self.seconds_per_pixel if self.duration > 0 else 0.0

    def time_at(self, x: float) -> float:
        """Return the moment at a place, kept inside the game."""
        return min(self.duration, max(0.0, self.start + x * self.seconds_per_pixel))

    def resized(self, duration: float, width: float) -> "TimeScale":
        """Return the same view of a game of another length, or on another width."""
        changed = replace(self, duration=duration, width=width)
        if duration != self.duration:
            changed = replace(changed, start=0.0, zoom=1.0)
        return changed._inside()

    def zoomed(self, factor: float, around: float) -> "TimeScale":
        """Return the view zoomed by a factor, with the moment `around` staying where it is."""
        if self.duration <= 0:
            return self
        zoom = min(self.closest, max(1.0, self.zoom * factor))
        share = (around - self.start) / self.span
        return replace(self, zoom=zoom, start=around - share * self.duration / zoom)._inside()

    def moved(self, seconds: float) -> "TimeScale":
        """Return the view moved to later, or to earlier when negative."""
        return replace(self, start=self.start + seconds)._inside()

    def showing(self, start: float, end: float) -> "TimeScale":
        """Return the view moved as little as it takes to show a stretch, its beginning above all."""
        room = 0.08 * self.span
        if self.start <= start and end <= self.end:
            return self
        if start < self.start or end - start > self.span - 2 * room:
            return replace(self, start=start - room)._inside()
        return replace(self, start=end + room - self.span)._inside()

    def marks(self, apart: float) -> Iterator[tuple[float, bool]]:
        """Yield the moments of the ruler and whether each has a text; texts are `apart` pixels apart."""
        if self.duration <= 0:
            return
        step = next((step for step in _STEPS if step / self.seconds_per_pixel >= apart), _STEPS[-1])
        part = _part_of(step)
        number = int(self.start // part)
        while number * part <= self.end:
            if number * part >= self.start:
                yield float(number * part), number % (step // part) == 0
            number += 1

    def _inside(self) -> "TimeScale":
        zoom = min(self.closest, max(1.0, self.zoom))
        start = min(max(0.0, self.start), max(0.0, self.duration - self.duration / zoom))
        return replace(self, zoom=zoom, start=start)


def _part_of(step: int) -> int:
    """Return the seconds between the small marks below a step."""
    return next((part for part in (600, 300, 60, 30, 10, 5, 1) if part < step and step % part == 0), step)
