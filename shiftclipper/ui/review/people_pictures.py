"""The people of questions, cut out of the film off the GUI thread and before their card is shown."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, QRectF, Signal
from PySide6.QtGui import QImage

from shiftclipper.errors import UserError
from shiftclipper.identity import Choice, Question
from shiftclipper.media.exact_picture import picture_at
from shiftclipper.ui.background import Background
from shiftclipper.ui.picture.film import Film
from shiftclipper.ui.review import answers

_KEPT = 24
"""Questions whose pictures are kept."""
_AROUND = 1.7
"""Height of what is shown of somebody, in heights of his box."""
_SHAPE = 3 / 4
"""Width over height of the same."""

People = list[QImage]
"""One picture for each choice, in their order."""


class PeoplePictures(QObject):
    """Hands out what it has, and takes what is asked for."""

    taken = Signal()
    """Pictures that were asked for are there."""

    def __init__(self, parent: QObject) -> None:
        """Begin without a film."""
        super().__init__(parent)
        self._background: Background | None = None
        """One for each film, so that nothing runs on when the film is closed."""
        self._film: Film | None = None
        self._kept: OrderedDict[Question, People] = OrderedDict()
        self._asked: set[Question] = set()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being taken."""
        return self._background is None or self._background.is_idle

    def open(self, film: Film | None) -> None:
        """Take pictures from another film, or with None no more."""
        if self._background is not None:
            self._background.close()
            self._background.deleteLater()
        self._background = Background(1, self) if film is not None else None
        self._film = film
        self._kept.clear()
        self._asked.clear()

    def of(self, question: Question) -> People | None:
        """Return the people of a question, or ask for their pictures and return None."""
        found = self._kept.get(question)
        film, background = self._film, self._background
        if found is None and film is not None and background is not None and question not in self._asked:
            self._asked.add(question)
            stop = background.stop
            background.run(lambda: (film, question, _taken(film, question, stop)), self._keep)
        return found

    def _keep(self, taken: tuple[Film, Question, People]) -> None:
        film, question, people = taken
        if film is not self._film:
            return
        if people:
            self._kept[question] = people
            while len(self._kept) > _KEPT:
                self._asked.discard(self._kept.popitem(last=False)[0])
        self.taken.emit()


def cut_out(picture: QImage, choices: Sequence[Choice], width: float) -> People:
    """Return each of these people with some surroundings, all of it inside the picture.

    Args:
        picture: the whole picture, of any size.
        choices: with boxes in pixels of the source's picture.
        width: of the source's picture in pixels.
    """
    scale = picture.width() / width
    return [picture.copy(_around(picture, choice, scale)) for choice in choices]


def _around(picture: QImage, choice: Choice, scale: float) -> QRect:
    left, top, right, bottom = (edge * scale for edge in choice.box)
    high = min(max((bottom - top) * _AROUND, (right - left) * _AROUND / _SHAPE), picture.height())
    wide = min(high * _SHAPE, picture.width())
    place = QRectF(0, 0, wide, high)
    place.moveCenter(QRectF(left, top, right - left, bottom - top).center())
    place.moveLeft(min(max(0.0, place.left()), picture.width() - wide))
    place.moveTop(min(max(0.0, place.top()), picture.height() - high))
    return place.toRect()


def _taken(film: Film, question: Question, stop: threading.Event) -> People:
    """In the worker: decode the moment and cut the people out; nothing when it cannot be seen."""
    moment = answers.moment(question)
    part = film.parts[film.place(moment)[0]]
    try:
        pixels = picture_at(part.file, part.lead + moment - part.start, stop)
    except UserError:
        return []
    if pixels is None:
        return []
    height, width = pixels.shape[:2]
    picture = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return cut_out(picture, question.choices, film.size[0])
