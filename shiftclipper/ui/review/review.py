"""The Review step: timeline and table of one game, and the picture that follows them."""

from fractions import Fraction

from PySide6.QtCore import QObject, Slot

from shiftclipper.errors import UserError
from shiftclipper.jobs.notes import notes_of
from shiftclipper.jobs.store import Store
from shiftclipper.ui import keys
from shiftclipper.ui.correction_words import correction_words
from shiftclipper.ui.job_actions import JobActions
from shiftclipper.ui.job_model import JobEntry
from shiftclipper.ui.keys import Action as Key
from shiftclipper.ui.picture.panel import PicturePanel
from shiftclipper.ui.remark_words import remark_words
from shiftclipper.ui.review.below import BelowPicture
from shiftclipper.ui.review.editing import ShiftEditing
from shiftclipper.ui.review.lanes import ACCEPTED, Lanes, read_lanes
from shiftclipper.ui.review.only_shifts import OnlyShifts
from shiftclipper.ui.review.resolver import Resolver
from shiftclipper.ui.review.shift_panel import ShiftPanel
from shiftclipper.ui.review.side import ReviewSide
from shiftclipper.ui.theme import Theme

_AROUND = Fraction(1)
"""Seconds before and after a shift that are played with it."""
_ROOMY_LINES = 52
"""Height from which a question and the watching have room beside the table, in heights of a line of text."""
_SAME_PICTURE = 0.1
"""Seconds by which the picture of a question's moment may miss it."""
_PARTS = 1200
"""Parts of the game for each of which people are counted."""


class Review(QObject):
    """Puts the parts together: what is chosen in one is shown by all."""

    def __init__(
        self,
        store: Store,
        theme: Theme,
        actions: JobActions,
        picture: PicturePanel,
        resolver: Resolver,
        parent: QObject,
    ) -> None:
        """Review the game that a picture panel shows; `resolver` finds shifts anew after corrections."""
        super().__init__(parent)
        self._resolver = resolver
        self._entry: JobEntry | None = None
        self._store, self._actions, self._picture = store, actions, picture
        self._job_id = ""
        self._opened = ""
        """Id of the game whose first doubtful shift was gone to."""
        self._looked_at = False
        self.editing = ShiftEditing(actions, picture.playback, self)
        self.only = OnlyShifts(picture.playback, self)
        self.below = BelowPicture(theme, self.editing, self.only)
        self.panel = ShiftPanel(theme, self.editing)
        self.side = ReviewSide(store, theme, actions, picture, resolver)
        self.panel.cards_place.addWidget(self.side)
        self._connect()

    @property
    def is_idle(self) -> bool:
        """Whether no small picture is being taken."""
        return self._picture.is_idle and self.below.timeline.thumbnails.is_idle and self.side.is_idle

    def show_entry(self, entry: JobEntry) -> None:
        """Show a game as the database has it now. Call it after the picture's."""
        self._entry = entry
        job_id = entry.job.id
        try:
            lanes = read_lanes(self._store, job_id)
            journal = self._store.corrections
            undo, redo = journal.next_undo(job_id), journal.next_redo(job_id)
            notes = notes_of(self._store.stages(job_id))
        except UserError:
            return  # cleared meanwhile; the list tells so in a moment
        if job_id != self._job_id:
            self._job_id, self._opened = job_id, ""
            self.only.set_on(False)
            self.panel.say("")
        self.panel.show_undo(*(correction_words(what) if what else "" for what in (undo, redo)))
        self.panel.tell([remark_words(note) for note in notes])
        self._show_lanes(lanes)
        self._resolver.show(job_id, self.editing.lane_number)
        self.side.show_entry(entry)

    def look(self, on: bool) -> None:
        """Show Review, or put it away; when it is first shown for a game it opens at a doubtful shift."""
        self._looked_at = on
        for shortcut in self._judging:
            shortcut.setEnabled(on)
        self.below.setVisible(on)
        self.panel.setVisible(on)
        if not on:
            self.only.set_on(False)
        self._open_doubtful()

    def show_helps(self, shown: bool) -> None:
        """Show the questions and the watching beside the shifts, or put them away with their keys."""
        self.side.setVisible(shown)

    def shut_down(self) -> None:
        """Take no more small pictures."""
        self.below.timeline.shut_down()

    def _connect(self) -> None:
        playback, timeline, editing = self._picture.playback, self.below.timeline, self.editing
        playback.position_changed.connect(self._show_moment)
        playback.film_changed.connect(self._show_film)
        self._picture.boxes_read.connect(self._show_seen)
        timeline.moment_asked.connect(self._seek)
        timeline.shift_chosen.connect(self._choose_beside)
        timeline.lane_chosen.connect(editing.choose_lane)
        timeline.times_dragged.connect(editing.set_times)
        editing.chosen_changed.connect(self._show_chosen)
        editing.chosen_changed.connect(self.below.follow)
        editing.begun_changed.connect(self._show_begun)
        editing.lane_changed.connect(self._show_lane)
        self.panel.shift_asked.connect(editing.choose)
        editing.clicks_taken_back.connect(self.panel.tell_taken_back)
        self.side.follow.clicks_taken_back.connect(self.panel.tell_taken_back)
        self._actions.refused.connect(self._refused)
        # Read at once, not when the list of games has heard of it.
        self._actions.corrected.connect(self._rewritten)
        self._resolver.solved.connect(self._rewritten)
        self.side.cards.count_changed.connect(self.panel.show_questions)
        self.side.cards.count_changed.connect(self._make_room)
        self.side.follow.changed.connect(self._make_room)
        # One of them leads the playback.
        self.side.follow.started.connect(self._leave_to_follow)
        self.only.changed.connect(self.side.follow.give_way)
        self.panel.resized.connect(self._make_room)
        # While picking too: clicks are undone like shifts, in the order in which all was done.
        keys.bind(self._picture, Key.UNDO, editing.undo)
        keys.bind(self._picture, Key.REDO, editing.redo)
        # In the full screen too; but while regions are drawn in Pick, Enter closes them.
        self._judging = [
            keys.bind(self._picture, Key.RIGHT, self._right),
            keys.bind(self._picture, Key.WRONG, self._wrong),
        ]

    @Slot()
    def _leave_to_follow(self) -> None:
        self.only.set_on(False)

    # Keys that both the shifts and the questions take

    @Slot()
    def _right(self) -> None:
        """Take Enter for what the picture shows: the moment of the question, or the chosen shift."""
        shift, question = self.editing.chosen, self.side.cards.question
        here = float(self._picture.playback.position)
        at_question = question is not None and abs(here - question.time) < _SAME_PICTURE
        if (at_question or shift is None or shift.verdict == ACCEPTED) and self.side.right():
            return
        self.editing.accept()

    @Slot()
    def _wrong(self) -> None:
        if not self.side.wrong():
            self.editing.reject()

    # Following

    @Slot()
    def _make_room(self) -> None:
        """Where the height is not enough, one thing at a time: the question, then watching."""
        side, line = self.side, self.panel.fontMetrics().height()
        if side.follow.on:
            # Both would say where to go on.
            self.only.set_on(False)
        roomy = self.panel.height() >= _ROOMY_LINES * line
        side.follow_card.setVisible(roomy or side.follow.on or side.cards.question is None)

    @Slot(str)
    def _rewritten(self, job_id: str) -> None:
        if job_id == self._job_id:
            self._read_again()

    def _show_lanes(self, lanes: Lanes) -> None:
        self.below.timeline.show_lanes(lanes)
        self.editing.show_lanes(lanes)
        self._spread()
        self._open_doubtful()

    def _spread(self) -> None:
        """Let only the shifts of the lane that is worked on be played."""
        lane = self.editing.lane
        kept = () if lane is None else lane.kept
        self.only.show_spans([(max(Fraction(0), one.start - _AROUND), one.end + _AROUND) for one in kept])

    def _open_doubtful(self) -> None:
        ready = self._looked_at and self._picture.playback.film is not None and self.editing.lane is not None
        if ready and self._opened != self._job_id and any(self.editing.lanes.shifts):
            self._opened = self._job_id
            self.editing.choose_doubtful()

    @Slot()
    def _read_again(self) -> None:
        if self._entry is not None:
            self.show_entry(self._entry)

    @Slot(object)
    def _seek(self, moment: Fraction) -> None:
        self._picture.playback.pause()
        self._picture.playback.seek(moment)

    @Slot(object)
    def _choose_beside(self, shift_id: int | None) -> None:
        """Choose what was clicked on the timeline; the picture goes to where the mouse is."""
        self.panel.say("")
        self.editing.choose(shift_id, follow=False)

    @Slot()
    def _show_chosen(self) -> None:
        self.below.timeline.choose(self.editing.chosen, self.editing.lane_number)

    @Slot()
    def _show_begun(self) -> None:
        self.below.timeline.show_begun(self.editing.begun)

    @Slot(int)
    def _show_lane(self, position: int) -> None:
        self._picture.picker.choose(position)
        self._spread()
        if self._entry is not None:
            self._resolver.show(self._job_id, position)
            self.side.show_entry(self._entry)

    @Slot(object)
    def _show_moment(self, moment: Fraction) -> None:
        self.below.timeline.show_moment(moment, playing=self._picture.playback.playing)

    @Slot()
    def _show_film(self) -> None:
        self.below.timeline.show_film(self._picture.playback.film)
        self._open_doubtful()

    @Slot(str)
    def _show_seen(self, job_id: str) -> None:
        film = self._picture.playback.film
        duration = film.duration if film is not None else self.editing.lanes.duration
        if job_id == self._job_id and duration > 0:
            self.below.timeline.show_seen(self._picture.boxes.people(float(duration), _PARTS))

    @Slot(str, str)
    def _refused(self, job_id: str, sentence: str) -> None:
        if job_id == self._job_id and self._looked_at:
            self.panel.say(sentence)
            self._read_again()
