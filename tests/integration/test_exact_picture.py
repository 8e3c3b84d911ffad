"""The picture of a moment is the very one that is shown then."""

import threading
from fractions import Fraction
from pathlib import Path

import av
import pytest

from shiftclipper.errors import UserError
from shiftclipper.media.exact_picture import picture_at
from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.index import read_index
from tests.media_corpus import KINDS, make, read_number


@pytest.mark.parametrize("kind", ["cfr30", "bframes25", "vfr", "late_start", "rotated90", "rotated270"])
def test_it_is_the_picture_that_is_shown_at_that_moment(tmp_path: Path, kind: str) -> None:
    """From the beginning of one frame to the next, whatever the frame rate, and upright."""
    film = make(KINDS[kind], tmp_path, locate())
    index = read_index(film)
    with av.open(str(film)) as container:
        begin = Fraction(container.start_time or 0, 1_000_000)
    times = [index.file_time(int(pts)) - begin for pts in index.presentation_pts()]
    for number in (0, 1, 17, 73, 148):
        for share in (Fraction(1, 10), Fraction(9, 10)):
            moment = times[number] + share * (times[number + 1] - times[number])
            picture = picture_at(film, moment, threading.Event())
            assert picture is not None
            assert read_number(picture[..., ::-1]) == number


def test_a_film_that_is_gone_is_said_so(tmp_path: Path) -> None:
    """With what to do."""
    with pytest.raises(UserError):
        picture_at(tmp_path / "gone.mp4", Fraction(1), threading.Event())


def test_it_can_be_stopped(tmp_path: Path) -> None:
    """Before anything is decoded to the end."""
    stop = threading.Event()
    stop.set()
    assert picture_at(make(KINDS["cfr30"], tmp_path, locate()), Fraction(4), stop) is None
