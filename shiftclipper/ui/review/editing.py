"""What the person does to shifts: every edit goes through the journal; one shift is the chosen one."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from shiftclipper.jobs.corrections import Corrections
from shiftclipper.jobs.rows import ShiftRow
from shiftclipper.ui.job_actions import JobActions
from shiftclipper.ui.picture.playback import Playback
from shiftclipper.ui.review.lanes import ACCEPTED, PROPOSED, REJECTED, Lane, Lanes, is_doubtful

Order = Callable[[], list[int]]
"""Returns the ids of the shifts of the lane in the order in which they are gone through."""


class ShiftEditing(QObject):
    """Knows the chosen shift and the lane that is worked on; turns keys and buttons into corrections."""

    chosen_changed = Signal()
    """Another shift is chosen, or the chosen one is something else now."""
    lane_changed = Signal(int)
    """Position of the player whose shifts are worked on now."""
    clicks_taken_back = Signal(object)
    """Start of a shift that was rejected, and the times of the clicks that went with it."""
    begun_changed = Signal()
    """A shift was begun, ended or forgotten."""

    def __init__(self, actions: JobActions, playback: Playback, parent: QObject) -> None:
        """Edit through `actions`, at the moment that `playback` shows."""
        super().__init__(parent)
        self._actions, self._playback = actions, playback
        self._lanes = Lanes()
        self._lane = 0
        self._chosen: ShiftRow | None = None
        self._begun: Fraction | None = None
        self._next: int | None = None
        """Id of the shift to choose once it is there."""
        self.order: Order = self._by_time

    # What is so

    @property
    def lanes(self) -> Lanes:
        """The game as it was last read."""
        return self._lanes

    @property
    def chosen(self) -> ShiftRow | None:
        """The chosen shift."""
        return self._chosen

    @property
    def lane(self) -> Lane | None:
        """The player whose shifts are worked on."""
        return self._lanes.players[self._lane] if self._lane < len(self._lanes.players) else None

    @property
    def lane_number(self) -> int:
        """Position of that player."""
        return self._lane

    @property
    def begun(self) -> Fraction | None:
        """Start of a shift that was begun and not ended yet."""
        return self._begun

    def show_lanes(self, lanes: Lanes) -> None:
        """Take a game as the database has it now; the chosen shift stays the chosen one where it can."""
        if lanes.job_id != self._lanes.job_id:
            self._chosen = self._next = None
            self._lane = 0
            self._set_begun(None)
        self._lanes = lanes
        self._lane = min(self._lane, max(0, len(lanes.players) - 1))
        wanted = lanes.shift(self._next)
        if wanted is not None:
            self._next = None
        self._set_chosen(wanted or self._same(self._chosen))

    def choose(self, shift_id: int | None, *, follow: bool = True) -> None:
        """Choose a shift, or none; the picture goes to its start when it is to follow."""
        shift = self._lanes.shift(shift_id)
        self._set_chosen(shift)
        if shift is not None and follow:
            self._playback.pause()
            self._playback.seek(shift.start)

    def choose_lane(self, position: int) -> None:
        """Work on another player's shifts."""
        if position != self._lane and 0 <= position < len(self._lanes.players):
            self._lane = position
            if self._chosen is not None and self._chosen.player_id != self._lanes.players[position].player_id:
                self._chosen = None
            self._set_begun(None)
            self.lane_changed.emit(position)
            self.chosen_changed.emit()

    def choose_doubtful(self) -> None:
        """Choose the first shift that wants to be looked at, or the first of all."""
        if self.lane is not None and self.lane.shifts:
            shift = next(filter(is_doubtful, self.lane.shifts), self.lane.shifts[0])
            self.choose(shift.id)

    # Going through them

    @Slot()
    def next_shift(self) -> None:
        """Go to the shift after the chosen one, or after the moment that is shown."""
        self._go(1)

    @Slot()
    def previous_shift(self) -> None:
        """Go to the shift before."""
        self._go(-1)

    # Judging

    @Slot()
    def accept(self) -> None:
        """Say that the chosen shift is right, and go on to the next one that wants to be looked at."""
        self._judge(ACCEPTED)

    @Slot()
    def reject(self) -> None:
        """Say that it is wrong, and go on; said once more of a wrong one, take it back."""
        if self._chosen is not None and self._chosen.verdict == REJECTED:
            self._judge(PROPOSED)
        else:
            self._judge(REJECTED)

    # Changing

    @Slot()
    def start_here(self) -> None:
        """Let the chosen shift start at the picture that is shown, or begin a new shift there."""
        here, shift = self._playback.position, self._near(is_start=True)
        if self._begun is None and shift is not None:
            self.set_times(shift.id, here, shift.end)
        elif self.lane is not None:
            self._set_chosen(None)
            self._set_begun(here)

    @Slot()
    def end_here(self) -> None:
        """Let the chosen shift end with the picture that is shown; end the one that was begun."""
        here = self._after(self._playback.position)
        if self._begun is not None:
            start, lane = self._begun, self.lane
            self._set_begun(None)
            if lane is not None and start < here:
                self._correct(lambda corrections: corrections.add_shift(lane.player_id, start, here))
            return
        shift = self._near(is_start=False)
        if shift is not None:
            self.set_times(shift.id, shift.start, here)

    @Slot()
    def forget_begun(self) -> None:
        """Forget a shift that was begun."""
        self._set_begun(None)

    @Slot()
    def split(self) -> None:
        """Make two of the shift that is shown; the picture that is shown is the first of the second."""
        here, shift = self._playback.position, self._here()
        if shift is not None and shift.start < here < shift.end:
            self._correct(lambda corrections: corrections.split_shift(shift.id, here)[1])

    @Slot()
    def merge(self) -> None:
        """Make one of the chosen shift and the next."""
        shift = self._chosen or self._here()
        if shift is None or shift.verdict == REJECTED:
            return
        after = self._lanes.lane_of(shift).beside(shift)[1]
        if after is not None:
            self._correct(lambda corrections: corrections.merge_shifts(shift.id, after.id))

    @Slot()
    def delete(self) -> None:
        """Take the chosen shift away, and choose the one after it."""
        shift = self._chosen
        if shift is None:
            return
        order = self.order()
        place = order.index(shift.id) + 1 if shift.id in order else 0
        self._next = order[place] if place < len(order) else None
        self._correct(lambda corrections: corrections.remove_shift(shift.id), self._telling(shift))

    def set_times(self, shift_id: int, start: Fraction, end: Fraction) -> None:
        """Give a shift other times."""
        self._correct(lambda corrections: corrections.set_shift_times(shift_id, start, end))

    def note(self, shift_id: int, text: str) -> None:
        """Write something down about a shift."""
        self._correct(lambda corrections: corrections.note_shift(shift_id, text))

    @Slot()
    def undo(self) -> None:
        """Take back what was done last, clicks and shifts alike."""
        if self._lanes.job_id:
            self._actions.undo(self._lanes.job_id)

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back last."""
        if self._lanes.job_id:
            self._actions.redo(self._lanes.job_id)

    # Inside

    def _by_time(self) -> list[int]:
        return [] if self.lane is None else [shift.id for shift in self.lane.shifts]

    def _correct(
        self, work: Callable[[Corrections], object], then: Callable[[Any], None] | None = None
    ) -> None:
        self._actions.correct(self._lanes.job_id, work, then or self._done)

    def _telling(self, shift: ShiftRow) -> Callable[[Any], None]:
        """Return what tells that clicks were taken back with a shift."""

        def tell(times: tuple[Fraction, ...]) -> None:
            if times:
                self.clicks_taken_back.emit((shift.start, times))

        return tell

    def _done(self, outcome: Any) -> None:  # noqa: ANN401 - whatever the correction returns
        if isinstance(outcome, int) and not isinstance(outcome, bool):
            self._next = outcome

    def _judge(self, verdict: str) -> None:
        shift = self._chosen
        if shift is None:
            return
        if verdict != PROPOSED:
            self._go_on_after(shift)
        if shift.verdict != verdict:
            self._correct(
                lambda corrections: corrections.judge_shift(shift.id, verdict), self._telling(shift)
            )

    def _go_on_after(self, shift: ShiftRow) -> None:
        """Choose the next shift that wants to be looked at, around the list once."""
        order = self.order()
        place = order.index(shift.id) + 1 if shift.id in order else 0
        for other_id in [*order[place:], *order[:place]]:
            other = self._lanes.shift(other_id)
            if other is not None and other.id != shift.id and is_doubtful(other):
                self.choose(other.id)
                return

    def _go(self, step: int) -> None:
        order = self.order()
        if not order:
            return
        if self._chosen is not None and self._chosen.id in order:
            place = order.index(self._chosen.id) + step
            self.choose(order[min(len(order) - 1, max(0, place))])
            return
        here = self._playback.position
        lane = self.lane
        if lane is not None:
            later = [shift.id for shift in lane.shifts if shift.start > here]
            earlier = [shift.id for shift in lane.shifts if shift.start <= here]
            rows = later[:1] if step > 0 else earlier[-1:]
            self.choose((rows or [lane.shifts[-1 if step > 0 else 0].id])[0])

    def _here(self) -> ShiftRow | None:
        """Return the shift of the lane that the picture lies in; the chosen one rather than another."""
        here = self._playback.position
        chosen = self._chosen
        if chosen is not None and chosen.verdict != REJECTED and chosen.start <= here < chosen.end:
            return chosen
        return None if self.lane is None else self.lane.at(here)

    def _near(self, *, is_start: bool) -> ShiftRow | None:
        """Return the shift whose start or end may be put to the picture without crossing another one."""
        here, shift = self._playback.position, self._here()
        if shift is not None:
            return shift
        shift = self._chosen
        if shift is None or shift.verdict == REJECTED:
            return None
        before, after = self._lanes.lane_of(shift).beside(shift)
        if is_start:
            fits = here < shift.end and (before is None or before.end <= here)
        else:
            fits = here >= shift.start and (after is None or here < after.start)
        return shift if fits else None

    def _after(self, moment: Fraction) -> Fraction:
        """Return where the frame that is shown at a moment ends."""
        film = self._playback.film
        if film is None:
            return moment
        after = film.moment(*film.moved(*film.place(moment), 1))
        return after if after > moment else film.duration

    def _same(self, known: ShiftRow | None) -> ShiftRow | None:
        """Return a shift as it is now; one that was found anew is the one that shares the most time."""
        if known is None:
            return None
        found = self._lanes.shift(known.id)
        if found is not None:
            return found
        shared = [
            (min(shift.end, known.end) - max(shift.start, known.start), shift)
            for shift in self._lanes.shifts
            if shift.player_id == known.player_id
        ]
        best = max(shared, key=lambda pair: pair[0], default=None)
        return best[1] if best is not None and best[0] > 0 else None

    def _set_chosen(self, shift: ShiftRow | None) -> None:
        self._chosen = shift
        if shift is not None:
            position = self._lanes.lane_of(shift).position
            if position != self._lane:
                self._lane = position
                self.lane_changed.emit(position)
        self.chosen_changed.emit()

    def _set_begun(self, start: Fraction | None) -> None:
        if start != self._begun:
            self._begun = start
            self.begun_changed.emit()
