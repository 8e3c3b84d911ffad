"""Dragging an edge of a shift: which one the mouse is at, and how far it may go."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from shiftclipper.jobs.rows import ShiftRow
from shiftclipper.ui.review.lanes import REJECTED, Lane, Lanes
from shiftclipper.ui.review.scale import TimeScale

REACH = 6.0
"""Pixels by which the mouse may miss an edge."""
SHORTEST = Fraction(1, 2)
"""Seconds; no edge is dragged nearer to the other one."""

Snap = Callable[[Fraction], Fraction]
"""Returns the beginning of the frame that is nearest to a moment."""


@dataclass(frozen=True, slots=True)
class EdgeDrag:
    """An edge that is held by the mouse."""

    shift: ShiftRow
    """As it was before."""
    is_start: bool
    earliest: Fraction
    latest: Fraction
    """Seconds between which the edge may be: its neighbours' edges, and its own other one."""
    now: Fraction
    """Where it is."""

    @property
    def moved(self) -> ShiftRow:
        """The shift as it is now."""
        return replace(self.shift, start=self.now) if self.is_start else replace(self.shift, end=self.now)

    @property
    def changed(self) -> bool:
        """Whether the edge is somewhere else than it was."""
        return self.now != (self.shift.start if self.is_start else self.shift.end)

    def to(self, moment: Fraction, snap: Snap) -> "EdgeDrag":
        """Return the drag with the edge at the frame nearest to a moment, as far as it may go."""
        return replace(self, now=min(self.latest, max(self.earliest, snap(moment))))


def begin_drag(lane: Lane, shift: ShiftRow, *, is_start: bool, duration: Fraction) -> EdgeDrag:
    """Hold an edge of a shift of a lane; `duration` is that of the game in seconds."""
    before, after = lane.beside(shift)
    if is_start:
        earliest = before.end if before is not None else Fraction(0)
        latest = max(shift.start, shift.end - SHORTEST)
        return EdgeDrag(shift, True, min(earliest, shift.start), latest, shift.start)
    earliest = min(shift.end, shift.start + SHORTEST)
    latest = after.start if after is not None else max(duration, shift.end)
    return EdgeDrag(shift, False, earliest, max(latest, shift.end), shift.end)


def edge_at(lane: Lane, scale: TimeScale, x: float, chosen: int | None) -> tuple[ShiftRow, bool] | None:
    """Return the shift whose edge is at x, and whether that is its start; the chosen shift's first of all."""
    found: list[tuple[bool, float, ShiftRow, bool]] = []
    for shift in lane.shifts:
        if shift.verdict == REJECTED:
            continue
        left, right = scale.x_of(float(shift.start)), scale.x_of(float(shift.end))
        # Of a shift too narrow to be clicked otherwise, only the chosen one has edges.
        if right - left < 3 * REACH and shift.id != chosen:
            continue
        for edge, is_start in ((left, True), (right, False)):
            if abs(edge - x) <= REACH:
                found.append((shift.id != chosen, abs(edge - x), shift, is_start))
    if not found:
        return None
    _, _, shift, is_start = min(found, key=lambda one: one[:2])
    return shift, is_start


def shift_at(lane: Lane, scale: TimeScale, x: float) -> ShiftRow | None:
    """Return the shift at x; of two that touch there, one that counts, and the one whose middle is nearer."""
    under = [
        shift
        for shift in lane.shifts
        if scale.x_of(float(shift.start)) - 1
        <= x
        <= max(scale.x_of(float(shift.end)), scale.x_of(float(shift.start)) + 2) + 1
    ]
    moment = scale.time_at(x)
    return min(
        under,
        key=lambda shift: (shift.verdict == REJECTED, abs(float(shift.start + shift.end) / 2 - moment)),
        default=None,
    )


def number_of(lanes: Lanes, shift: ShiftRow) -> int:
    """Return which of its player's counting shifts a shift is, from 1; 0 for a rejected one."""
    kept = [other.id for other in lanes.lane_of(shift).kept]
    return kept.index(shift.id) + 1 if shift.id in kept else 0
