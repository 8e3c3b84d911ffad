"""The picture of a moment is the very one that is shown then."""

import threading
from fractions import Fraction
from pathlib import Path

import pytest

from shiftclipper.errors import UserError
from shiftclipper.media.exact_picture import picture_at
from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.index import read_index
from shiftclipper.media.probe import probe
from tests.media_corpus import KINDS, SIZE, make, read_number


@pytest.mark.parametrize("kind", ["cfr30", "bframes25", "vfr"])
def test_it_is_the_picture_that_is_shown_at_that_moment(tmp_path: Path, kind: str) -> None:
    """From the beginning of one frame to the next, whatever the frame rate."""
    film = make(KINDS[kind], tmp_path, locate())
    index = read_index(film)
    times = [index.file_time(int(pts)) - index.file_time(index.first_pts) for pts in index.presentation_pts()]
    for number in (0, 1, 17, 73, 148):
        for share in (Fraction(1, 10), Fraction(9, 10)):
            moment = times[number] + share * (times[number + 1] - times[number])
            picture = picture_at(film, moment, threading.Event())
            assert picture is not None
            assert read_number(picture[..., ::-1]) == number


def test_a_turned_film_is_upright(tmp_path: Path) -> None:
    """Of the size in which it is shown, not in which it is stored."""
    turned = next(kind for name, kind in KINDS.items() if "rot" in name)
    film = make(turned, tmp_path, locate())
    picture = picture_at(film, Fraction(1), threading.Event())
    assert picture is not None
    assert picture.shape[1::-1] == probe(film).size != SIZE


def test_a_film_that_is_gone_is_said_so(tmp_path: Path) -> None:
    """With what to do."""
    with pytest.raises(UserError):
        picture_at(tmp_path / "gone.mp4", Fraction(1), threading.Event())


def test_it_can_be_stopped(tmp_path: Path) -> None:
    """Before anything is decoded to the end."""
    stop = threading.Event()
    stop.set()
    assert picture_at(make(KINDS["cfr30"], tmp_path, locate()), Fraction(4), stop) is None
