"""Numbers are read off the film where people can be seen well, about once a second."""

from fractions import Fraction

import cv2
import numpy as np
import pytest

from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.index import read_index
from shiftclipper.tracklets import COLOUR_BINS, Ending, Tracklet
from shiftclipper.vision.analyse import Chunk, Film
from shiftclipper.vision.number_reader import NumberReader
from shiftclipper.vision.numbers import KNOWN, TallPeople, boxes_at, read_numbers

SIZE = (640, 360)
RATE = 10
SECONDS = 8


def place(person, time):
    """Left side of somebody's box, who is 90 pixels wide and 200 tall."""
    return 40 + 230 * person + 10 * time


def tracklet(number, left, *, top=80.0, tall=200.0, wide=90.0):
    times = np.arange(SECONDS * RATE) / RATE
    start = np.array([left(time) for time in times])
    boxes = np.stack([start, np.full(len(times), top), start + wide, np.full(len(times), top + tall)], axis=1)
    return Tracklet(
        id=number,
        times=times,
        boxes=boxes.astype(np.float32),
        scores=np.ones(len(times), np.float32),
        feet=boxes[:, 2:].astype(np.float32),
        scale=np.ones(len(times), np.float32),
        scene=0,
        colour=np.zeros(COLOUR_BINS, np.float32),
        begins=Ending.VIDEO,
        ends=Ending.VIDEO,
    )


def frame(time):
    image = np.full((SIZE[1], SIZE[0], 3), 225, np.uint8)
    for person, (text, jersey) in enumerate((("24", (160, 50, 30)), ("57", (30, 40, 150)))):
        left = round(place(person, time))
        cv2.rectangle(image, (left, 80), (left + 90, 280), jersey, -1)
        (width, _), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_DUPLEX, 1.3, 4)
        spot = (left + 45 - width // 2, 80 + 72)
        cv2.putText(image, text, spot, cv2.FONT_HERSHEY_DUPLEX, 1.3, (250, 250, 250), 4, cv2.LINE_AA)
    return image


@pytest.fixture(scope="module", params=[RATE, 6 * RATE], ids=["a keyframe a second", "rare keyframes"])
def film(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("numbers") / "film.mp4"
    raw = ["-f", "rawvideo", "-pix_fmt", "bgr24", "-s", f"{SIZE[0]}x{SIZE[1]}", "-r", str(RATE)]
    coding = ["-c:v", "libx264", "-crf", "18", "-g", str(request.param), "-sc_threshold", "0"]
    feed = (frame(k / RATE).tobytes() for k in range(SECONDS * RATE))
    arguments = [*raw, "-i", "pipe:0", *coding, "-pix_fmt", "yuv420p", "-y", str(path)]
    locate().run(arguments, feed=feed)
    return Film(path, read_index(path), Fraction(0))


@pytest.fixture(scope="module")
def reader():
    return NumberReader.load()


def readings_of(film, reader, people, start=0, end=SECONDS):
    return read_numbers(locate(), film, Chunk(0, Fraction(start), Fraction(end)), SIZE, people, reader)


def people():
    return [tracklet(k, lambda time, k=k: place(k, time)) for k in range(2)]


def test_everybodys_number_is_read_a_few_times_and_then_left_alone(film, reader):
    found = readings_of(film, reader, people())

    said = {(one.tracklet, one.number) for one in found if one.probability > 0.5}
    assert said == {(0, "24"), (1, "57")}
    assert all(one.number in {"24", "57"} for one in found if len(one.number) == 2)
    assert len(found) <= 2 * SECONDS
    sure = [one for one in found if one.tracklet == 0 and one.probability >= 0.8]
    assert len(sure) <= KNOWN


def test_a_chunk_reads_what_lies_in_it(film, reader):
    late = readings_of(film, reader, people(), 6, 8)

    assert late
    assert all(6 <= one.time < 8 for one in late)
    assert readings_of(film, reader, [], 0, 8) == []


def test_whoever_is_hidden_small_or_cut_off_is_not_read(film, reader):
    in_front = tracklet(2, lambda time: place(0, time) + 10, top=90.0)
    small = tracklet(3, lambda time: place(1, time), tall=50.0, wide=22.0)
    beyond = tracklet(4, lambda time: -30.0)

    found = readings_of(film, reader, [people()[0], in_front, small, beyond])

    assert {one.tracklet for one in found} <= {2}


def test_boxes_between_two_samples_lie_between_them():
    one = tracklet(7, lambda time: 100 * time)

    ids, boxes = boxes_at([one], 1.05)

    assert ids == [7]
    assert boxes[0].tolist() == pytest.approx([105, 80, 195, 280])
    assert boxes_at([one], 20.0) == ([], pytest.approx(np.zeros((0, 4))))


def test_nothing_is_tried_where_everybody_is_small():
    far = [tracklet(0, lambda time: 0.0, tall=35.0)]

    def can_be_read(tracklets, width):
        tall = TallPeople(width)
        assert list(tall.among(tracklets)) == tracklets
        return tall.can_be_read

    assert can_be_read(people(), SIZE[0])
    assert not can_be_read(far, SIZE[0])
    assert not can_be_read([], SIZE[0])
    assert not can_be_read(people(), 4 * 1920 * 4), "a wide picture is reduced before it is read"
