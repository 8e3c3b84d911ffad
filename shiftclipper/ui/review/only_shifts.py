"""Playing only the shifts: what lies between them is passed over."""

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QObject, Signal, Slot

from shiftclipper.ui.picture.playback import Playback

Span = tuple[Fraction, Fraction]
"""Start and end in seconds of game time."""


class OnlyShifts(QObject):
    """Watches a playback while it is on, and jumps from the end of each stretch to the next."""

    changed = Signal(bool)
    """Whether it is on now."""

    def __init__(self, playback: Playback, parent: QObject) -> None:
        """Begin off."""
        super().__init__(parent)
        self._playback = playback
        self._spans: tuple[Span, ...] = ()
        self._on = False
        playback.position_changed.connect(self._follow)
        playback.playing_changed.connect(self._follow)

    @property
    def is_on(self) -> bool:
        """Whether only shifts are played."""
        return self._on

    def show_spans(self, spans: Sequence[Span]) -> None:
        """Play these stretches, by start; they may touch and overlap."""
        joined: list[Span] = []
        for start, end in spans:
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        self._spans = tuple(joined)

    def set_on(self, on: bool) -> None:
        """Play only shifts, or everything again."""
        if on == self._on:
            return
        self._on = on
        self.changed.emit(on)
        if on and self._spans:
            if self._playback.position >= self._spans[-1][1]:
                self._playback.seek(self._spans[0][0])
            self._playback.play()
            self._follow()

    @Slot()
    def _follow(self) -> None:
        """Jump when the playback runs out of a shift."""
        playback = self._playback
        if not self._on or not playback.playing or playback.seeking or not self._spans:
            return
        here = playback.position
        if any(start <= here < end for start, end in self._spans):
            return
        following = next((start for start, _ in self._spans if start > here), None)
        if following is None:
            playback.pause()
        else:
            playback.seek(following)
