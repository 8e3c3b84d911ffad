"""What a chunk of analysis gives does not depend on where reading began."""

import threading
from fractions import Fraction

import pytest

from shiftclipper.errors import Cancelled
from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.index import read_index
from shiftclipper.sample import write_sample
from shiftclipper.vision.analyse import Film, Sampling, observe_chunks, plan_chunks
from shiftclipper.vision.detector import Detector
from shiftclipper.vision.ice import Region
from shiftclipper.vision.observations import pack_observations

SIZE = (640, 360)


@pytest.fixture(scope="module", params=["fixed", "pan"])
def film(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("film")
    made = write_sample(
        folder / "game.mp4", seconds=34, seed=3, camera=request.param, ffmpeg=locate(), size=SIZE, fps=10
    )
    return Film(made.video, read_index(made.video), Fraction(0))


@pytest.fixture(scope="module")
def detector():
    return Detector.load(input_size=(480, 288))


def sampling(region=None):
    return Sampling(locate(), Fraction(5), SIZE, *([region] if region else []))


def test_a_chunk_read_alone_equals_the_same_chunk_read_in_a_row(film, detector):
    chunks = plan_chunks(film.duration)
    whole = dict(observe_chunks(sampling(), film, chunks, detector))
    alone = dict(observe_chunks(sampling(), film, chunks[1:], detector))

    assert [chunk.number for chunk in whole] == [0, 1]
    assert pack_observations(alone[chunks[1]]) == pack_observations(whole[chunks[1]])
    assert len(whole[chunks[0]]) == 150


def test_times_are_those_of_the_game_and_every_sample_is_there_once(film, detector):
    later = Film(film.path, film.index, Fraction(100))
    read = observe_chunks(sampling(), later, plan_chunks(film.duration), detector)

    times = [one.time for _, seen in read for one in seen]
    assert times == [pytest.approx(100 + place / 5) for place in range(len(times))]
    assert len(times) == 34 * 5


def test_boxes_of_a_region_are_in_pixels_of_the_whole_picture(film, detector):
    region = Region(0.0, 0.25, 1.0, 0.5)
    chunks = plan_chunks(film.duration)
    [(_, seen)] = list(observe_chunks(sampling(region), film, chunks[1:], detector))

    boxes = [box for one in seen for box in one.boxes]
    assert boxes
    assert min(box[1] for box in boxes) >= 0.25 * SIZE[1] - 8
    assert max(box[3] for box in boxes) <= 0.75 * SIZE[1] + 8


def test_a_stop_ends_the_reading_before_the_chunk_is_whole(film, detector):
    stop = threading.Event()
    reached: list[Fraction] = []

    def ask(time):
        reached.append(time)
        stop.set()

    with pytest.raises(Cancelled):
        list(observe_chunks(sampling(), film, plan_chunks(film.duration), detector, stop=stop, on_time=ask))
    assert reached[-1] < 5
