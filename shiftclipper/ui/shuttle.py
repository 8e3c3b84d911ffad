"""J, K and L as editing programs have them: backwards, stop, forwards, faster with every press."""

from fractions import Fraction
from typing import Protocol

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

FASTEST = 8
_TICK_MILLISECONDS = 60
"""Between two pictures of backwards play: a seek on the scrub copy takes some 20 ms."""


class Played(Protocol):
    """What the shuttle needs of a playback (`ui.picture.playback`)."""

    @property
    def position(self) -> Fraction:
        """Seconds."""

    @property
    def playing(self) -> bool:
        """Whether it plays."""

    def seek(self, moment: Fraction) -> None:
        """Show the frame at a moment."""

    def play(self) -> None:
        """Play at the rate that is set."""

    def pause(self) -> None:
        """Stop where it is."""

    def set_rate(self, rate: float) -> None:
        """Set the speed, 0.25 to 8."""


class Shuttle(QObject):
    """Turns presses of J, K, L and Space into speeds of a playback.

    No player of the system's plays films backwards, so that is done by seeking.
    """

    speed_changed = Signal(int)
    """Times the real speed; negative backwards, 0 stopped."""

    def __init__(self, playback: Played, parent: QObject) -> None:
        """Begin stopped."""
        super().__init__(parent)
        self._playback = playback
        self._speed = 0
        self._from = Fraction(0)
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MILLISECONDS)
        self._timer.timeout.connect(self._go_back)

    @property
    def speed(self) -> int:
        """Times the real speed; negative backwards, 0 stopped."""
        return self._speed

    @Slot()
    def backwards(self) -> None:
        """J: play backwards; faster when it does already, slower when it plays fast forwards."""
        self._set(-_next(-self._now()))

    @Slot()
    def forwards(self) -> None:
        """L: play; faster when it does already, slower when it plays fast backwards."""
        self._set(_next(self._now()))

    @Slot()
    def stop(self) -> None:
        """K: stop."""
        self._set(0)

    @Slot()
    def toggle(self) -> None:
        """Space: stop whatever plays, else play at the real speed."""
        self._set(0 if self._now() else 1)

    def _now(self) -> int:
        """Return the speed, also when somebody else started or stopped the playback."""
        if self._playback.playing:
            return max(1, self._speed)
        return min(0, self._speed)

    def _set(self, speed: int) -> None:
        self._timer.stop()
        if speed > 0:
            self._playback.set_rate(float(speed))
            self._playback.play()
        else:
            self._playback.pause()
            self._playback.set_rate(1.0)
        if speed < 0:
            self._from = self._playback.position
            self._since.start()
            self._timer.start()
        if speed != self._speed:
            self._speed = speed
            self.speed_changed.emit(speed)

    @Slot()
    def _go_back(self) -> None:
        if self._playback.playing:
            # Somebody else started it.
            self._timer.stop()
            self._speed = 1
            return
        moment = self._from + self._speed * Fraction(self._since.elapsed(), 1000)
        self._playback.seek(max(Fraction(0), moment))
        if moment <= 0:
            self.stop()


def _next(speed: int) -> int:
    """Return the speed after one more press in its direction."""
    if speed == 0 or speed == -1:
        return 1
    return min(FASTEST, speed * 2) if speed > 0 else speed // 2
