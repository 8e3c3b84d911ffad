"""Sampled frames, told apart by the number they carry; and the scrub proxy."""

import logging
import re
import threading
from fractions import Fraction

import numpy as np
import pytest

from shiftclipper.errors import Cancelled
from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.frames import sample_frames, sample_times
from shiftclipper.media.probe import probe
from shiftclipper.media.proxy import make_proxy
from tests.media_corpus import SIZE, Corpus, read_frames, read_number, read_numbers

pytestmark = pytest.mark.xdist_group("media")
TEN = Fraction(10)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return Corpus(tmp_path_factory.getbasetemp() / "media-corpus", locate())


def samples_of(corpus, kind, **options):
    found = corpus.probe(kind)
    settings = {"rate": TEN, "size": SIZE, **options}
    return list(sample_frames(corpus.ffmpeg, found.path, found.index, **settings))


@pytest.mark.parametrize(
    "kind",
    [
        *("cfr30", "opengop30", "ntsc2997", "film23976_mkv", "vfr", "vfr_mkv", "ts_opengop", "rotated90"),
        *("late_start", "edit_list", "cover", "hevc10"),
    ],
)
def test_each_sample_is_the_frame_of_its_time(corpus, kind):
    number_at = dict(corpus.frames(kind))
    samples = samples_of(corpus, kind)
    assert [sample.time for sample in samples] == sample_times(corpus.probe(kind).index, TEN)
    assert [read_number(sample.image) for sample in samples] == [number_at[one.time] for one in samples]


@pytest.mark.parametrize(
    "kind", ["cfr30", "opengop30", "ntsc2997", "vfr_mkv", "ts_opengop", "rotated90", "hevc10", "edit_list"]
)
def test_keyframes_alone_are_the_frames_of_their_times(corpus, kind):
    number_at = dict(corpus.frames(kind))
    index = corpus.probe(kind).index
    samples = samples_of(corpus, kind, keyframes=True, rate=Fraction(1000))
    times = [index.source_time(int(pts)) for pts in index.keyframe_pts()]
    assert [sample.time for sample in samples] == times
    assert [read_number(sample.image) for sample in samples] == [number_at[one.time] for one in samples]
    thinned = samples_of(corpus, kind, keyframes=True, rate=Fraction(1, 2))
    assert {one.time // 2 for one in thinned} == {one.time // 2 for one in samples}
    assert len(thinned) == len({one.time // 2 for one in samples})


@pytest.mark.parametrize("kind", ["opengop30", "ts_opengop", "hevc10", "cfr30", "vfr_mkv"])
def test_the_frames_called_disposable_are_those_the_decoder_skips(corpus, kind):
    found = corpus.probe(kind)
    index = found.index
    assert kind == "cfr30" or index.disposable.any(), "this kind was made with frames nothing is built on"
    arguments = ["-copyts", "-skip_frame", "noref", "-i", str(found.path), "-map", "0:V:0"]
    arguments += ["-vf", f"settb={index.time_base},showinfo=checksum=0", "-f", "null", "-"]
    decoded: list[int] = []

    def note(line: str) -> bool:
        match = re.search(r" pts: *(-?\d+) ", line)
        if match:
            decoded.append(int(match[1]))
        return True

    with corpus.ffmpeg.stream(["-loglevel", "info", *arguments[:-1], "pipe:1"], on_line=note) as pipe:
        assert not pipe.read_into(memoryview(bytearray(1)))
    assert decoded == index.reference_pts().tolist()


@pytest.mark.parametrize("kind", ["opengop30", "vfr", "film23976_mkv", "edit_list", "cover", "late_start"])
def test_reading_from_the_middle_gives_the_same_pictures(corpus, kind):
    whole = samples_of(corpus, kind)
    for start, end in (
        (Fraction(21, 10), Fraction(42, 10)),
        (Fraction(4), None),
        (Fraction(777, 1000), Fraction(1)),
    ):
        part = samples_of(corpus, kind, start=start, end=end)
        wanted = [one for one in whole if start <= one.time and (end is None or one.time < end)]
        assert [one.time for one in part] == [one.time for one in wanted]
        assert all(np.array_equal(one.image, other.image) for one, other in zip(part, wanted, strict=True))


def test_samples_come_in_the_size_asked_for(corpus):
    sample = samples_of(corpus, "rotated90", size=(100, 60), end=Fraction(1, 10))[0]
    assert sample.image.shape == (60, 100, 3)
    assert sample.image.flags.c_contiguous


@pytest.mark.parametrize("kind", ["cfr30", "rotated90"])
def test_a_region_is_cut_out_of_the_upright_picture(corpus, kind):
    end = Fraction(1, 2)
    whole = samples_of(corpus, kind, end=end)
    left, top, width, height = 80, 48, 160, 96
    shares = (left / SIZE[0], top / SIZE[1], width / SIZE[0], height / SIZE[1])
    parts = samples_of(corpus, kind, size=(width, height), end=end, region=shares)
    assert [one.time for one in parts] == [one.time for one in whole]
    for part, picture in zip(parts, whole, strict=True):
        wanted = picture.image[top : top + height, left : left + width].astype(int)
        assert np.abs(part.image[2:-2, 2:-2] - wanted[2:-2, 2:-2]).mean() < 3


def test_a_damaged_stretch_costs_its_samples_and_moves_no_other(corpus, caplog):
    with caplog.at_level(logging.WARNING):
        samples = samples_of(corpus, "damaged")
    assert "could not be decoded" in caplog.text
    expected = sample_times(corpus.probe("damaged").index, TEN)
    assert len(samples) < len(expected)
    healthy = [one for one in samples if one.time < Fraction(17, 10) or one.time >= Fraction(33, 10)]
    assert len(healthy) == 17 + 17
    assert [read_number(one.image) for one in healthy] == [round(one.time * 30) for one in healthy]


def test_sampling_can_be_stopped_and_left(corpus):
    found = corpus.probe("cfr30")
    stop = threading.Event()
    samples = sample_frames(corpus.ffmpeg, found.path, found.index, rate=TEN, size=SIZE, stop=stop)
    next(samples)
    stop.set()
    with pytest.raises(Cancelled):
        list(samples)
    others = sample_frames(corpus.ffmpeg, found.path, found.index, rate=TEN, size=SIZE)
    next(others)
    others.close()


@pytest.mark.parametrize("kind", ["vfr", "opengop30", "late_start_mkv", "rotated90"])
def test_the_proxy_shows_every_frame_at_its_source_time(corpus, kind, tmp_path):
    found = corpus.probe(kind)
    proxy = make_proxy(corpus.ffmpeg, found, tmp_path / "proxy.mp4")
    small = probe(proxy.path)
    assert proxy.frames == len(found.frame_times)
    assert small.frame_times == [time - found.start_time for time in found.frame_times]
    assert read_numbers(proxy.path) == read_numbers(found.path)
    assert np.flatnonzero(small.index.key).tolist() == list(range(0, proxy.frames, 12))
    assert small.index.pts.tolist() == small.index.dts.tolist(), (
        "frames are stored in the order they are shown"
    )
    data = proxy.path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat"), "the header is in front"


def test_a_large_source_gets_a_720p_proxy_that_keeps_its_sound(corpus, tmp_path):
    big = tmp_path / "big.mp4"
    corpus.ffmpeg.run(
        [
            *("-f", "lavfi", "-i", "testsrc2=size=1920x1080:rate=30:duration=0.5"),
            *("-f", "lavfi", "-i", "sine=duration=0.5", "-preset", "ultrafast", "-y", str(big)),
        ]
    )
    told: list[Fraction] = []
    proxy = make_proxy(corpus.ffmpeg, probe(big), tmp_path / "proxy.mp4", on_time=told.append)
    assert proxy.size == (1280, 720)
    assert probe(proxy.path).size == (1280, 720)
    assert probe(proxy.path).has_audio
    assert told and told[-1] <= 1
    assert len(list(read_frames(proxy.path))) == 15
