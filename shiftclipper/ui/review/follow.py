"""Following the player: only the proposed time on ice is played, fast, and corrected while it plays.

A click on the right person corrects from that picture on. A shift that was played through, with some time
before and after it, and whose times nothing has changed since, becomes accepted: the person saw that it is
right. Each acceptance is a correction of its own, so that undo takes it back; it is played again then.
"""

from fractions import Fraction

from PySide6.QtCore import QObject, QPointF, QTimer, Signal, Slot

from shiftclipper.errors import UserError
from shiftclipper.jobs.corrections import Corrections
from shiftclipper.jobs.kept_shifts import Span
from shiftclipper.jobs.rows import ShiftRow
from shiftclipper.jobs.setup import Click, ClickKind
from shiftclipper.jobs.store import Store
from shiftclipper.ui.job_actions import JobActions
from shiftclipper.ui.job_model import JobEntry
from shiftclipper.ui.picture.panel import PicturePanel
from shiftclipper.ui.review.resolver import Resolver
from shiftclipper.ui.review.watched import Progress, Watched

RATES = (2.0, 4.0, 8.0)
"""Speeds that are offered."""
USUAL_RATE = 4.0
_AIMING = 1200
"""Milliseconds for which the film stays slow after the mouse was moved over the picture."""
_PATIENCE = 4000
"""Milliseconds to wait at the end of a shift for what a correction makes of it."""
_UNSEEN = 1
"""Seconds for which nothing may be shown, at most; what passed meanwhile was not watched."""
_SLACK = Fraction(1, 5)
"""Seconds; a picture this little before where it was to begin is the one that was meant."""


class Follow(QObject):
    """Plays the shifts of the picked player and takes corrections meanwhile."""

    clicks_taken_back = Signal(object)
    """Start of a shift that was rejected, and the times of the clicks that went with it."""
    changed = Signal()
    """Something that a view shows is otherwise now."""
    started = Signal()
    """It leads the playback from now on: nothing else may jump with it."""
    finished = Signal()
    """All of the proposed time on ice was watched."""

    def __init__(
        self, store: Store, actions: JobActions, picture: PicturePanel, resolver: Resolver, parent: QObject
    ) -> None:
        """Begin with no job and off."""
        super().__init__(parent)
        self._store, self._actions, self._picture = store, actions, picture
        self._playback = picture.playback
        self._entry: JobEntry | None = None
        self._job_id, self._player_id = "", 0
        self._watched = Watched(Fraction(0))
        self._on = self._held = self._waits = self._aims = self._sets_rate = False
        self._rate = USUAL_RATE
        self._part: Span = (Fraction(0), Fraction(0))
        """What is being played."""
        self._since = Fraction(0)
        """Where the stretch begins that this is of."""
        self._last: Fraction | None = None
        """The picture that was shown before, when the film was played from there."""
        self._accepted: dict[int, ShiftRow | None] = {}
        """Shifts that were watched by id; None while that is not written yet."""
        self._slow, self._patience = QTimer(self), QTimer(self)
        for timer, wait, slot in (
            (self._slow, _AIMING, self._end_aiming),
            (self._patience, _PATIENCE, self._stop_waiting),
        ):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(slot)
        self._playback.position_changed.connect(self._shown)
        self._playback.jumped.connect(self._jumped)
        self._playback.playing_changed.connect(self._playing_changed)
        self._playback.rate_changed.connect(self._rate_changed)
        self._playback.ended.connect(self._film_ended)
        self._playback.film_changed.connect(self._film_changed)
        picture.canvas.hovered.connect(self._aim)
        picture.picker.marked.connect(self._marked)
        resolver.solved.connect(self._solved)
        actions.refused.connect(self._refused)

    # What is so

    @property
    def on(self) -> bool:
        """Whether it plays shifts, or was paused while it did."""
        return self._on

    @property
    def can_start(self) -> bool:
        """Whether there is a film and something proposed to watch."""
        return self._playback.film is not None and bool(self._watched.to_play())

    @property
    def rate(self) -> float:
        """Times the real speed at which it plays."""
        return self._rate

    @property
    def progress(self) -> Progress:
        """How far the watching is."""
        return self._watched.progress()

    @property
    def off_now(self) -> bool:
        """Whether the person said of this stretch that the player is off the ice, and nothing since."""
        setup, position = self._picture.picker.setup, self._picture.picker.position
        if not self._on or position >= len(setup.players):
            return False
        kinds = (ClickKind.IS, ClickKind.OFF_ICE)
        said = [
            click
            for click in setup.players[position].clicks
            if click.kind in kinds and self._since <= click.time <= self._playback.position
        ]
        return bool(said) and max(said, key=lambda click: click.time).kind is ClickKind.OFF_ICE

    # What is asked

    def show_entry(self, entry: JobEntry) -> None:
        """Show a job as the database has it now, and of it the player who is picked."""
        self._entry = entry
        position = self._picture.picker.position
        player_id = entry.players[position].id if position < len(entry.players) else 0
        if (entry.job.id, player_id) != (self._job_id, self._player_id):
            self.stop()
            self._job_id, self._player_id = entry.job.id, player_id
            self._watched, self._accepted = Watched(self._film_end()), {}
        self._read()

    @Slot()
    def start(self) -> None:
        """Play what is proposed and was not watched, from here on."""
        if self._on or self._playback.film is None or self._entry is None:
            return
        self.show_entry(self._entry)
        part = self._watched.next_part(self._playback.position)
        if part is None:
            return
        self._on = True
        self.started.emit()
        self._picture.picker.follow(True)
        self._begin(part)
        self.changed.emit()

    @Slot()
    def stop(self) -> None:
        """End it; what was watched stays accepted."""
        if not self._on:
            return
        self._accept()
        self._on = self._held = self._waits = self._aims = False
        self._slow.stop()
        self._patience.stop()
        self._picture.picker.ask("")
        self._picture.picker.follow(False)
        self._playback.pause()
        self._set_rate(1.0)
        self.changed.emit()

    @Slot()
    def toggle(self) -> None:
        """Start it, go on where it was paused, or stop it."""
        if not self._on:
            self.start()
        elif self._playback.playing or self._held:
            self.stop()
        else:
            self._playback.play()

    @Slot(bool)
    def give_way(self, to_another: bool) -> None:
        """Stop when something else leads the playback."""
        if to_another:
            self.stop()

    def set_rate(self, rate: float) -> None:
        """Play at another speed, 2 to 8 times the real one."""
        self._rate = rate
        if self._on and not self._aims:
            self._set_rate(rate)
        self.changed.emit()

    @Slot()
    def bench(self) -> None:
        """Say that the player is off the ice now; or stop for the click that says that he is back on it."""
        if not self._on:
            return
        if self.off_now:
            self._playback.pause()
            self._picture.picker.ask(self.tr("Click on the player"))
        else:
            self._picture.picker.mark_off_ice()

    @Slot()
    def wrong(self) -> None:
        """Reject the proposed shift that is being played: none of it is the player."""
        moment = self._playback.position
        shift = next((one for one in self._watched.shifts if one.start <= moment < one.end), None)
        if self._on and shift is not None and shift.verdict == "proposed":
            shift_id, start = shift.id, shift.start
            self._waits = True

            def rejected(times: tuple[Fraction, ...]) -> None:
                if times:
                    self.clicks_taken_back.emit((start, times))
                self._rejected()

            self._actions.correct(
                self._job_id,
                lambda corrections: corrections.judge_shift(shift_id, "rejected"),
                rejected,
            )

    # Playing

    def _begin(self, part: Span) -> None:
        self._part = part
        stretch = self._watched.stretch(part[0])
        self._since = part[0] if stretch is None else stretch[0]
        self._last = None
        if not part[0] - _SLACK <= self._playback.position < part[0] + _SLACK:
            self._playback.seek(part[0])
        self._set_rate(1.0 if self._aims else self._rate)
        self._playback.play()

    @Slot(object)
    def _shown(self, moment: Fraction) -> None:
        """Note what was watched, and go on to the next shift at the end of this one."""
        if not self._on or not self._playback.playing:
            return
        last, self._last = self._last, moment
        if last is not None and last < moment <= last + _UNSEEN * Fraction(self._playback.rate):
            self._watched.note(last, moment)
            if any(last < self._watched.shown(shift)[1] <= moment for shift in self._watched.shifts):
                self._accept()
        if last is not None and moment >= self._part[1]:
            self._go_on()
        elif not self._part[0] - _SLACK <= moment < self._part[1]:
            self._play_from(moment)
        self.changed.emit()

    def _play_from(self, moment: Fraction) -> None:
        """Follow the person to where he jumped: on from there where something is proposed."""
        stretch = self._watched.stretch(moment)
        if stretch is not None:
            self._part, self._since = (moment, stretch[1]), stretch[0]
            return
        part = self._watched.next_part(moment)
        if part is None:
            self._finish()
        else:
            self._begin(part)

    def _go_on(self) -> None:
        self._accept()
        if self._waits:
            # What was just corrected may go on beyond here, or begin before.
            self._held = True
            self._playback.pause()
            self._patience.start()
            return
        part = self._watched.next_part(self._since)
        if part is None:
            self._finish()
        else:
            self._begin(part)

    def _finish(self) -> None:
        self.stop()
        self.finished.emit()

    @Slot()
    def _jumped(self) -> None:
        self._last = None

    @Slot(bool)
    def _playing_changed(self, playing: bool) -> None:
        if self._on and playing:
            self._picture.picker.ask("")
            self._set_rate(1.0 if self._aims else self._rate)
        self.changed.emit()

    @Slot()
    def _film_changed(self) -> None:
        self._watched.film_ends(self._film_end())
        self.changed.emit()

    @Slot()
    def _film_ended(self) -> None:
        if self._on:
            if self._last is not None:
                self._watched.note(self._last, max(self._last, self._film_end()))
            self._go_on()

    # The speed

    def _set_rate(self, rate: float) -> None:
        self._sets_rate = True
        self._playback.set_rate(rate)
        self._sets_rate = False

    @Slot(float)
    def _rate_changed(self, rate: float) -> None:
        """Take a speed that was chosen elsewhere."""
        if self._on and not self._sets_rate and self._playback.playing:
            self._aims = False
            self._rate = rate
            self.changed.emit()

    @Slot(object)
    def _aim(self, place: QPointF | None) -> None:
        """Play at the real speed while the mouse moves over the picture, so that somebody can be clicked."""
        if not self._on or not self._playback.playing:
            return
        if place is None:
            self._end_aiming()
            return
        if not self._aims:
            self._aims = True
            self._set_rate(min(1.0, self._rate))
        self._slow.start()

    @Slot()
    def _end_aiming(self) -> None:
        self._slow.stop()
        if self._aims:
            self._aims = False
            if self._on:
                self._set_rate(self._rate)

    # Corrections

    @Slot(object)
    def _marked(self, click: Click) -> None:
        """Wait at the end of this stretch until the shifts follow what was just said."""
        if not self._on:
            return
        self._waits = True
        if click.kind is not ClickKind.OFF_ICE:
            self._end_aiming()
            self._playback.play()
        self.changed.emit()

    @Slot(str)
    def _solved(self, job_id: str) -> None:
        if job_id == self._job_id:
            self._stop_waiting()

    @Slot(str, str)
    def _refused(self, job_id: str, _sentence: str) -> None:
        if job_id == self._job_id:
            self._stop_waiting()

    def _rejected(self) -> None:
        self._waits = False
        self._read()
        if self._on and self._watched.stretch(self._playback.position) is None:
            self._go_on()

    @Slot()
    def _stop_waiting(self) -> None:
        self._waits = False
        self._patience.stop()
        self._read()
        if self._held:
            self._held = False
            self._go_on()

    def _accept(self) -> None:
        """Accept what was watched through."""
        for shift in self._watched.shifts:
            if (
                shift.verdict == "proposed"
                and shift.id not in self._accepted
                and self._watched.is_watched(shift)
            ):
                self._accepted[shift.id] = None
                self._accept_one(self._job_id, shift)

    def _accept_one(self, job_id: str, shift: ShiftRow) -> None:
        def accept(corrections: Corrections) -> bool:
            # It may have become another one since it was watched.
            now = next((row for row in self._store.shifts(job_id) if row.id == shift.id), None)
            same = now is not None and (now.start, now.end, now.verdict) == (
                shift.start,
                shift.end,
                "proposed",
            )
            if same:
                corrections.judge_shift(shift.id, "accepted")
            return same

        def done(accepted: bool) -> None:
            if accepted:
                self._accepted[shift.id] = shift
            else:
                self._accepted.pop(shift.id, None)
            self._read()

        self._actions.correct(job_id, accept, done)

    def _read(self) -> None:
        """Read the shifts anew."""
        try:
            rows = self._store.shifts(self._job_id, self._player_id) if self._player_id else []
        except UserError:
            return  # cleared meanwhile
        self._watched.show_shifts(rows)
        for row in rows:
            watched = self._accepted.get(row.id)
            if watched is not None and row.verdict == "proposed":
                # The person took it back.
                del self._accepted[row.id]
                self._watched.forget(watched)
        if self._on:
            self._part = self._part[0], self._end_of_part()
        self.changed.emit()

    def _end_of_part(self) -> Fraction:
        """Return where what is being played ends, now that the shifts may be others."""
        moment = self._playback.position
        for start, end in self._watched.to_play():
            if start - _SLACK <= moment < end:
                return end
        stretch = self._watched.stretch(moment)
        return min(self._part[1], moment if stretch is None else stretch[1])

    def _film_end(self) -> Fraction:
        """Return the time of the last picture."""
        film = self._playback.film
        return Fraction(0) if film is None else film.moment(*film.place(film.duration))
