"""Playing the game: one player over the files of the film, positions exact to the frame on the game's clock.

The player is asked for 2 ms after a frame's beginning: it rounds to milliseconds, and a seek to the beginning
itself may show the frame before. What is shown is told by the picture that arrives, not by the clock.
"""

from fractions import Fraction

from PySide6.QtCore import QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer, QVideoFrame, QVideoSink

from shiftclipper.ui.picture.film import Film

SLOWEST, FASTEST = 0.25, 8.0
RATES = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
_INTO_FRAME = Fraction(2, 1000)
_SEEK_TIMEOUT = 700
"""Milliseconds after which a seek that showed nothing is taken for done."""
_LARGEST_LEAD = Fraction(1, 4)
"""Seconds; a first frame that is farther from where the file says it is was not the first."""
_TRIES = 3
_AUDIBLE = (0.5, 2.0)
"""Rates between which sound can be understood; outside it is off."""


class Playback(QObject):
    """Plays a film into a video item's sink. Lives in the GUI thread."""

    position_changed = Signal(object)
    """Fraction: seconds on the game's clock of the frame that is shown."""
    jumped = Signal()
    """Another part of the film is shown; its position follows at once."""
    playing_changed = Signal(bool)
    rate_changed = Signal(float)
    muted_changed = Signal(bool)
    film_changed = Signal()
    """Another film, or the same over other files."""
    ended = Signal()
    """Played to the end of the game."""
    failed = Signal(str)
    """A sentence: why nothing can be shown."""

    def __init__(self, output: QObject | None = None, parent: QObject | None = None) -> None:
        """Begin without a film.

        Args:
            output: a QGraphicsVideoItem or a QVideoSink; a sink of its own when None.
            parent: owner.
        """
        super().__init__(parent)
        self._film: Film | None = None
        self._part = self._frame = 0
        self._asked: tuple[int, int] | None = None
        """Part and frame that the player is on its way to."""
        self._next: tuple[int, int] | None = None
        """Where to go once it has arrived."""
        self._loading = self._measuring = False
        self._lead = Fraction(0)
        self._seen = self._tries = 0
        self._playing = False
        self._rate = 1.0
        self._muted = False
        self._player = QMediaPlayer(self)
        self._sound: QAudioOutput | None = None
        if output is None or isinstance(output, QVideoSink):
            self._sink = output or QVideoSink(self)
            self._player.setVideoSink(self._sink)
        else:
            self._player.setVideoOutput(output)
            self._sink = self._player.videoSink()
        self._sink.videoFrameChanged.connect(self._shown)
        self._player.mediaStatusChanged.connect(self._status)
        self._player.errorOccurred.connect(self._error)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_SEEK_TIMEOUT)
        self._patience.timeout.connect(self._gave_up)

    # What is so

    @property
    def film(self) -> Film | None:
        """The film, or None."""
        return self._film

    @property
    def position(self) -> Fraction:
        """Game time of the frame that is shown, in seconds."""
        return Fraction(0) if self._film is None else self._film.moment(self._part, self._frame)

    @property
    def duration(self) -> Fraction:
        """Seconds of game time; 0 without a film."""
        return Fraction(0) if self._film is None else self._film.duration

    @property
    def playing(self) -> bool:
        """Whether it plays."""
        return self._playing

    @property
    def rate(self) -> float:
        """How fast it plays, 1 is as recorded."""
        return self._rate

    @property
    def muted(self) -> bool:
        """Whether the person turned the sound off."""
        return self._muted

    @property
    def seeking(self) -> bool:
        """Whether the picture that was asked for is not shown yet."""
        return self._asked is not None or self._next is not None

    @property
    def sink(self) -> QVideoSink:
        """Where the pictures go."""
        return self._sink

    # What is asked

    def open(self, film: Film | None, moment: Fraction | None = None) -> None:
        """Play another film, or the same one from other files at the same place.

        Args:
            film: what to play; None closes it.
            moment: where to begin, in seconds of game time; None stays where it is.
        """
        if moment is None:
            moment = self._target() if self._film is not None else Fraction(0)
        if film is None:
            self.pause()
        self._film = film
        self._asked = self._next = None
        self._patience.stop()
        self._part = self._frame = 0
        if film is None:
            self._player.setSource(QUrl())
        else:
            self._load(*film.place(moment))
        self.film_changed.emit()

    def seek(self, moment: Fraction) -> None:
        """Show the frame of a game time, in seconds. Of many while scrubbing, only the newest waits."""
        if self._film is not None:
            self._go(*self._film.place(moment))

    def step(self, frames: int) -> None:
        """Stop, and show the frame so many frames on, or back."""
        self.pause()
        if self._film is not None:
            part, frame = self._next or self._asked or (self._part, self._frame)
            self._go(*self._film.moved(part, frame, frames))

    @Slot()
    def play(self) -> None:
        """Play on; from the beginning when the end is shown."""
        if self._film is None or self._playing:
            return
        last = len(self._film.parts) - 1
        if (self._part, self._frame) == (last, len(self._film.parts[last].ticks) - 1) and not self.seeking:
            self._go(0, 0)
        self._playing = True
        self._connect_sound()
        self._player.play()
        self.playing_changed.emit(True)

    @Slot()
    def pause(self) -> None:
        """Stop at the frame that is shown."""
        if not self._playing:
            return
        self._playing = False
        self._player.pause()
        self.playing_changed.emit(False)

    @Slot()
    def toggle(self) -> None:
        """Play, or stop."""
        if self._playing:
            self.pause()
        else:
            self.play()

    def set_rate(self, rate: float) -> None:
        """Play faster or slower, 0.25 to 8."""
        rate = min(FASTEST, max(SLOWEST, rate))
        if rate != self._rate:
            self._rate = rate
            self._player.setPlaybackRate(rate)
            self._set_volume()
            self.rate_changed.emit(rate)

    def set_muted(self, muted: bool) -> None:
        """Turn the sound off, or on."""
        if muted != self._muted:
            self._muted = muted
            self._set_volume()
            self.muted_changed.emit(muted)

    # The player

    def _connect_sound(self) -> None:
        # Only when it is wanted: asking for devices takes a while. Without one it only costs warnings.
        if self._sound is None and not QMediaDevices.defaultAudioOutput().isNull():
            self._sound = QAudioOutput(self)
            self._player.setAudioOutput(self._sound)
            self._set_volume()

    def _set_volume(self) -> None:
        if self._sound is not None:
            self._sound.setMuted(self._muted or not _AUDIBLE[0] <= self._rate <= _AUDIBLE[1])

    def _target(self) -> Fraction:
        """Return the game time on the way to which the player is."""
        assert self._film is not None
        return self._film.moment(*(self._next or self._asked or (self._part, self._frame)))

    def _go(self, part: int, frame: int) -> None:
        if self._asked is not None:
            self._next = (part, frame)
        elif part != self._part:
            self._load(part, frame)
        else:
            self._ask(part, frame)

    def _load(self, part: int, frame: int) -> None:
        """Open a part's file; the frame is asked for once it is there."""
        assert self._film is not None
        self._asked, self._next, self._loading = (part, frame), None, True
        self._part, self._frame = part, frame
        self._seen, self._measuring = frame, False
        self._player.setSource(QUrl.fromLocalFile(str(self._film.parts[part].file)))
        self._player.setPlaybackRate(self._rate)
        self._patience.start()

    def _ask(self, part: int, frame: int) -> None:
        assert self._film is not None
        self._asked, self._tries = (part, frame), 0
        source = self._film.parts[part]
        at = self._lead + source.time_of(frame) + _INTO_FRAME
        if self._player.playbackState() is QMediaPlayer.PlaybackState.StoppedState and not self._playing:
            self._player.pause()
        self._player.setPosition(int(at * 1000))
        self._patience.start()

    @Slot(QMediaPlayer.MediaStatus)
    def _status(self, status: QMediaPlayer.MediaStatus) -> None:
        if self._film is None:
            return
        if status is QMediaPlayer.MediaStatus.LoadedMedia and self._loading and self._asked is not None:
            self._loading = False
            if self._playing:
                self._player.play()
            else:
                self._player.pause()
            self._measuring = True
        elif status is QMediaPlayer.MediaStatus.EndOfMedia and self._playing:
            self._end_of_part()

    def _end_of_part(self) -> None:
        assert self._film is not None
        self._asked = self._next = None
        if self._part + 1 < len(self._film.parts):
            self._load(self._part + 1, 0)
            return
        self.pause()
        self._ask(self._part, len(self._film.parts[self._part].ticks) - 1)
        self.ended.emit()

    @Slot(QVideoFrame)
    def _shown(self, frame: QVideoFrame) -> None:
        """Note which frame is shown."""
        if self._film is None or not frame.isValid() or frame.startTime() < 0:
            return
        if self._measuring and self._asked is not None:
            self._measure(frame)
            self._ask(*self._asked)
            return
        part = self._film.parts[self._part]
        shown = self._seen = part.nearest_frame(Fraction(frame.startTime(), 1_000_000) - self._lead)
        if self._asked is not None:
            if abs(shown - self._asked[1]) > (0 if part.exact else 2):
                self._look_further(frame, shown)
                return  # of before the seek, or on the way to it
            self._frame = self._asked[1]
            self._arrived()
            return
        if shown != self._frame:
            self._frame = shown
            self.position_changed.emit(self.position)

    def _look_further(self, frame: QVideoFrame, shown: int) -> None:
        """Ask again behind the frame before the one that was asked for.

        The player takes a frame for as long as the average one. Where the rate varies, the frame before
        may then reach over the beginning of the one that was meant.
        """
        if self._asked is not None and shown == self._asked[1] - 1 and self._tries < _TRIES:
            self._tries += 1
            self._player.setPosition(frame.endTime() // 1000 + 1)

    def _measure(self, first: QVideoFrame) -> None:
        """Read off the first frame where the player's clock stands there: sound may begin before it."""
        assert self._film is not None
        self._measuring = False
        part = self._film.parts[self._part]
        found = Fraction(first.startTime(), 1_000_000)
        self._lead = found if abs(found - part.lead) < _LARGEST_LEAD else part.lead

    @Slot()
    def _gave_up(self) -> None:
        """Say what is shown when what was asked for does not come."""
        if self._measuring and self._asked is not None and self._film is not None:
            self._measuring = False
            self._lead = self._film.parts[self._part].lead
            self._ask(*self._asked)
            return
        if self._film is not None:
            self._frame = self._seen
        self._arrived()

    @Slot()
    def _arrived(self) -> None:
        """Go on to where the person is by now, or say that this is it."""
        self._patience.stop()
        self._asked = None
        self.jumped.emit()
        self.position_changed.emit(self.position)
        if self._next is not None:
            (part, frame), self._next = self._next, None
            self._go(part, frame)

    @Slot(QMediaPlayer.Error, str)
    def _error(self, _error: QMediaPlayer.Error, text: str) -> None:
        self._asked = self._next = None
        self._loading = False
        self._patience.stop()
        self.pause()
        self.failed.emit(self.tr("The film cannot be shown: {reason}").format(reason=text))
