"""The keys that play the film and move through it, wherever in the window the focus is."""

from fractions import Fraction

from PySide6.QtCore import QObject, Slot

from shiftclipper.ui import keys
from shiftclipper.ui.keys import LONG_JUMP, SHORT_JUMP
from shiftclipper.ui.keys import Action as Key
from shiftclipper.ui.picture.panel import PicturePanel
from shiftclipper.ui.shuttle import Shuttle


class PictureKeys(QObject):
    """Works while the picture is shown, in the full screen too."""

    def __init__(self, picture: PicturePanel) -> None:
        """Work a picture panel."""
        super().__init__(picture)
        self._playback = picture.playback
        self.shuttle = Shuttle(picture.playback, self)
        for action, slot in (
            (Key.PLAY, self.shuttle.toggle),
            (Key.BACKWARDS, self.shuttle.backwards),
            (Key.STOP, self.shuttle.stop),
            (Key.FORWARDS, self.shuttle.forwards),
            (Key.FULL_SCREEN, picture.toggle_full_screen),
            (Key.FRAME_BACK, self._frame_back),
            (Key.FRAME_FORWARD, self._frame_forward),
            (Key.BACK, self._back),
            (Key.FORWARD, self._forward),
            (Key.FAR_BACK, self._far_back),
            (Key.FAR_FORWARD, self._far_forward),
        ):
            keys.bind(picture, action, slot)

    @Slot()
    def _frame_back(self) -> None:
        self._playback.step(-1)

    @Slot()
    def _frame_forward(self) -> None:
        self._playback.step(1)

    @Slot()
    def _back(self) -> None:
        self._jump(-SHORT_JUMP)

    @Slot()
    def _forward(self) -> None:
        self._jump(SHORT_JUMP)

    @Slot()
    def _far_back(self) -> None:
        self._jump(-LONG_JUMP)

    @Slot()
    def _far_forward(self) -> None:
        self._jump(LONG_JUMP)

    def _jump(self, seconds: int) -> None:
        self._playback.seek(max(Fraction(0), self._playback.position + seconds))
