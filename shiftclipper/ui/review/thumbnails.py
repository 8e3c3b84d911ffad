"""Small pictures of the game for the timeline, taken off the GUI thread and kept for a while."""

from collections import OrderedDict
from fractions import Fraction

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from shiftclipper.errors import UserError
from shiftclipper.media.stills import Stills
from shiftclipper.ui.background import Background
from shiftclipper.ui.picture.film import Film

HEIGHT = 108
"""Pixels of a picture."""
_KEPT = 300
_APART = Fraction(1, 2)
"""Seconds; moments nearer than this share a picture."""

Key = tuple[int, int]
"""Number of the opened film, and of the moment in steps of `_APART`."""


class Thumbnails(QObject):
    """Hands out what it has, and takes what was asked for last."""

    taken = Signal()
    """A picture that was asked for is there."""

    def __init__(self, parent: QObject) -> None:
        """Begin without a film."""
        super().__init__(parent)
        # One thread: the stills keep their file open in it.
        self._background = Background(1, self)
        self._stills = Stills()
        self._film: Film | None = None
        self._number = 0
        self._kept: OrderedDict[Key, QImage] = OrderedDict()
        self._taking = False
        self._wanted: Key | None = None

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being taken."""
        return self._background.is_idle

    def open(self, film: Film | None) -> None:
        """Take pictures from another film."""
        self._film, self._wanted = film, None
        self._number += 1
        self._kept.clear()

    def picture(self, moment: Fraction) -> QImage | None:
        """Return the picture of a moment in seconds of game time, or ask for it and return None."""
        if self._film is None:
            return None
        key = (self._number, int(moment // _APART))
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return None if found.isNull() else found
        self._wanted = key
        self._take_next()
        return None

    def shut_down(self) -> None:
        """Take no more."""
        self._background.run(self._stills.close)
        self._background.close(finish=True)

    def _take_next(self) -> None:
        if self._taking or self._wanted is None or self._film is None:
            return
        key, self._wanted, film = self._wanted, None, self._film
        self._taking = True
        self._background.run(lambda: (key, self._take(film, key[1] * _APART)), self._show)

    def _take(self, film: Film, moment: Fraction) -> QImage:
        """In the worker: decode and make an image of it; an empty one when there is nothing to see."""
        part = film.parts[film.place(moment)[0]]
        try:
            pixels = self._stills.take(part.file, part.lead + max(Fraction(0), moment - part.start), HEIGHT)
        except UserError:
            return QImage()
        if pixels is None:
            return QImage()
        height, width = pixels.shape[:2]
        return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()

    def _show(self, taken: tuple[Key, QImage]) -> None:
        key, image = taken
        self._taking = False
        if key[0] == self._number:
            self._kept[key] = image
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            self.taken.emit()
        self._take_next()
