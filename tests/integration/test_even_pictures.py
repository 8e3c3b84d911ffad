"""Pictures of any film at an even rate: the right frame at every moment, upright and in shape."""

from fractions import Fraction

import cv2
import pytest

from shiftclipper.errors import StageFailed
from shiftclipper.media.even_pictures import even_pictures, even_rate, picture_count
from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.index import read_index
from tests.media_corpus import SIZE, Corpus, index_of, read_number

pytestmark = pytest.mark.xdist_group("media")

RATES = {
    "cfr30": Fraction(30),
    "bframes25": Fraction(25),
    "ntsc2997": Fraction(30000, 1001),
    "film23976_mkv": Fraction(24000, 1001),
    "cfr5994": Fraction(60000, 1001),
    "cfr50_mkv": Fraction(50),
    "late_start": Fraction(30),
    "edit_list": Fraction(30),
    "hevc10": Fraction(30),
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return Corpus(tmp_path_factory.getbasetemp() / "media-corpus", locate())


def numbers(corpus, kind, rate):
    found = corpus.probe(kind)
    pictures = even_pictures(corpus.ffmpeg, found.path, found.index, rate=rate, size=SIZE)
    return [read_number(cv2.cvtColor(one, cv2.COLOR_YUV2BGR_I420)) for one in pictures]


@pytest.mark.parametrize("kind", RATES)
def test_a_film_of_even_rate_gives_each_of_its_frames_once(corpus, kind):
    rate = even_rate(corpus.probe(kind).index)
    assert rate == RATES[kind]
    assert numbers(corpus, kind, rate) == [number for _, number in corpus.frames(kind)]


@pytest.mark.parametrize(("kind", "rate"), [("vfr", 30), ("vfr_mkv", 60), ("cfr30", 25), ("bframes25", 60)])
def test_at_another_rate_each_picture_is_the_last_frame_that_had_come(corpus, kind, rate):
    found = corpus.frames(kind)
    made = numbers(corpus, kind, Fraction(rate))
    assert len(made) == picture_count(corpus.probe(kind).index, Fraction(rate))
    for place, number in enumerate(made):
        # A frame that is nearly due may be shown already.
        now = Fraction(place, rate)
        allowed = {
            max((time, one) for time, one in found if time <= now + early)[1]
            for early in (Fraction(0), Fraction(1, 4 * rate))
        }
        assert number in allowed


def test_uneven_films_get_a_usual_rate_that_shows_nearly_all(corpus):
    for kind in ("vfr", "vfr_mkv"):
        index = corpus.probe(kind).index
        rate = even_rate(index)
        assert rate in (24, 25, 30, 48, 50, 60)
        assert rate >= len(index.presentation_pts()) / index.duration_seconds * Fraction(99, 100)


def test_films_in_slow_motion_are_shown_at_half_their_rate():
    pts = [750 * number for number in range(240)]
    assert even_rate(index_of(pts)) == 60
    assert even_rate(index_of([375 * number for number in range(480)])) == 60
    assert even_rate(index_of([6000 * number for number in range(30)])) == 15


@pytest.mark.parametrize("kind", ["rotated90", "rotated180", "rotated270"])
def test_turned_films_stand_upright(corpus, kind):
    found = corpus.probe(kind)
    assert numbers(corpus, kind, even_rate(found.index)) == [number for _, number in corpus.frames(kind)]


def test_stored_pixels_that_are_not_square_are_shown_in_shape(corpus, tmp_path):
    film = tmp_path / "wide.mp4"
    corpus.ffmpeg.run(
        [
            *("-f", "lavfi", "-i", "color=white:size=160x192:rate=25:duration=0.2", "-vf", "setsar=2"),
            *("-c:v", "libx264", "-pix_fmt", "yuv420p", "-y", str(film)),
        ]
    )
    from_file = corpus.ffmpeg, film, read_index(film)
    (first, *_) = even_pictures(*from_file, rate=Fraction(25), size=SIZE)
    assert first[: SIZE[1]].min() > 200
    (boxed, *_) = even_pictures(*from_file, rate=Fraction(25), size=(SIZE[1], SIZE[0]))
    light = boxed[: SIZE[0]]
    assert light[SIZE[0] // 2].min() > 200 and light[5].max() < 30


def test_a_film_that_cannot_be_decoded_is_an_error(corpus, tmp_path):
    whole = corpus.path("bframes25")
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(whole.read_bytes()[:200])
    index = corpus.probe("bframes25").index
    with pytest.raises(StageFailed):
        list(even_pictures(corpus.ffmpeg, broken, index, rate=Fraction(25), size=SIZE))
