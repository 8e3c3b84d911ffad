"""Single pictures for thumbnails are those of their time, and what a camera noted of its film is read."""

import os
from datetime import date, datetime
from fractions import Fraction

import pytest

from shiftclipper.errors import UserError
from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.pictures import pictures_at
from shiftclipper.media.recorded import read_recording
from tests.media_corpus import Corpus, read_number

pytestmark = pytest.mark.xdist_group("media")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return Corpus(tmp_path_factory.getbasetemp() / "media-corpus", locate())


@pytest.mark.parametrize(
    "kind", ["cfr30", "opengop30", "ntsc2997", "vfr", "rotated90", "rotated270", "hevc10"]
)
def test_each_picture_is_the_frame_of_its_time(corpus, kind):
    frames = corpus.frames(kind)
    wanted = [frames[place] for place in (0, 7, 31, 32, 80, len(frames) - 1, 3)]
    pictures = list(pictures_at(corpus.path(kind), [time for time, _ in wanted]))
    assert [read_number(picture) for picture in pictures] == [number for _, number in wanted]


def test_a_time_after_the_film_gives_its_last_picture_or_none(corpus):
    [picture] = pictures_at(corpus.path("cfr30"), [Fraction(500)])
    assert picture is None or read_number(picture) == corpus.frames("cfr30")[-1][1]


def test_a_damaged_film_gives_what_it_has(corpus):
    pictures = list(pictures_at(corpus.path("damaged"), [Fraction(place, 4) for place in range(16)]))
    assert len(pictures) == 16 and pictures[0] is not None


def test_what_is_no_film_is_refused(tmp_path):
    path = tmp_path / "a.mp4"
    path.write_text("no film")
    with pytest.raises(UserError, match="not a video"):
        list(pictures_at(path, [Fraction(0)]))


def test_timecode_and_day_are_read(corpus, tmp_path):
    film = tmp_path / "game.mov"
    note = "com.apple.quicktime.creationdate=2024-02-17T23:30:00+0100"
    corpus.ffmpeg.run(
        [
            *("-i", str(corpus.path("ntsc2997")), "-c", "copy", "-timecode", "10:00:00;00"),
            *("-movflags", "use_metadata_tags", "-metadata", note),
            *("-metadata", "creation_time=2024-02-18T12:00:00Z", str(film)),
        ]
    )
    found = read_recording(film)
    assert found.timecode == "10:00:00;00"
    assert found.day == date(2024, 2, 17)


def test_a_film_that_says_nothing_is_dated_by_its_file(corpus, tmp_path):
    film = tmp_path / "game.mp4"
    noon = datetime(2025, 3, 9, 12).timestamp()
    film.write_bytes(corpus.path("cfr30").read_bytes())
    os.utime(film, (noon, noon))
    assert read_recording(film).day == date(2025, 3, 9)
    assert read_recording(film).timecode == ""


def test_a_clock_that_was_never_set_is_not_believed(corpus, tmp_path):
    film = tmp_path / "game.mp4"
    corpus.ffmpeg.run(
        [
            "-i",
            str(corpus.path("cfr30")),
            "-c",
            "copy",
            "-metadata",
            "creation_time=1970-01-01T00:00:00Z",
            str(film),
        ]
    )
    noon = datetime(2025, 3, 9, 12).timestamp()
    os.utime(film, (noon, noon))
    assert read_recording(film).day == date(2025, 3, 9)
