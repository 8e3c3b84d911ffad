"""J, K and L: the speeds that presses give, and backwards play."""

from fractions import Fraction

import pytest
from PySide6.QtCore import QObject

from shiftclipper.ui.shuttle import Shuttle


class Film(QObject):
    """A playback that shows nothing."""

    def __init__(self):
        super().__init__()
        self.position, self.playing, self.rate = Fraction(0), False, 1.0
        self.seeks = []

    def seek(self, moment):
        self.position = moment
        self.seeks.append(moment)

    def play(self):
        self.playing = True

    def pause(self):
        self.playing = False

    def set_rate(self, rate):
        self.rate = rate


@pytest.fixture
def film(qapp):
    return Film()


@pytest.mark.parametrize(
    ("presses", "speed"),
    [
        ("L", 1), ("LL", 2), ("LLLL", 8), ("LLLLLL", 8), ("LLK", 0), ("LLKL", 1),
        ("J", -1), ("JJ", -2), ("JJJJJ", -8), ("JK", 0),
        ("LLLJ", 2), ("LLJJ", -1), ("LJ", -1), ("JJL", -1), ("JL", 1),
        (" ", 1), ("  ", 0), ("LL ", 0), ("J ", 0), ("LL  ", 1),
    ],
)  # fmt: skip
def test_presses_add_up_to_a_speed(film, presses, speed):
    shuttle = Shuttle(film, film)
    does = {"J": shuttle.backwards, "K": shuttle.stop, "L": shuttle.forwards, " ": shuttle.toggle}
    for press in presses:
        does[press]()
    assert shuttle.speed == speed
    assert film.playing == (speed > 0)
    assert film.rate == (speed if speed > 0 else 1)


def test_backwards_goes_back_as_fast_as_it_says_and_stops_at_the_beginning(film, qtbot):
    shuttle = Shuttle(film, film)
    film.position = Fraction(2)
    for _ in range(4):
        shuttle.backwards()
    qtbot.waitUntil(lambda: shuttle.speed == 0, timeout=5000)
    assert film.seeks == sorted(film.seeks, reverse=True) and len(film.seeks) > 1
    assert film.seeks[-1] == 0


def test_what_another_button_started_is_noticed(film, qtbot):
    shuttle = Shuttle(film, film)
    film.play()
    shuttle.forwards()
    assert shuttle.speed == 2
    film.pause()
    shuttle.forwards()
    assert shuttle.speed == 1
    shuttle.backwards()
    film.play()
    qtbot.waitUntil(lambda: not shuttle._timer.isActive(), timeout=5000)
    assert film.playing
