"""Smart cuts: ends encoded, the rest copied bit for bit, every frame in its place, by two decoders."""

from dataclasses import replace
from fractions import Fraction

import av
import numpy as np
import pytest

from shiftclipper.media.cut import cut, plan_cut
from shiftclipper.media.encoders import X264
from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.probe import probe
from shiftclipper.media.reel import chapters_in_a_row, join
from tests.media_corpus import SIZE, SOUND_RATE, Corpus, read_number, read_numbers, read_sound, sound_lag

pytestmark = pytest.mark.xdist_group("media")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return Corpus(tmp_path_factory.getbasetemp() / "media-corpus", locate())


@pytest.fixture
def plan_of(corpus):
    """Plan a smart cut of [start, end) of a kind."""

    def run(kind, start, end):
        found = corpus.probe(kind)
        return plan_cut(found.index, found, Fraction(start), Fraction(end), "smart")

    return run


def packets_of(path):
    with av.open(str(path)) as container:
        stream = next(one for one in container.streams.video if not one.disposition & 1024)
        return [bytes(packet) for packet in container.demux(stream) if packet.size]


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [
        ("bframes25", "1.01", "4.33"),
        ("cfr30", "1", "4.2"),
        ("vfr", "0.9", "5.1"),
        ("late_start_mkv", "0.5", "99"),
        ("edit_list", "0", "2.1"),
        ("fragmented", "1.3", "3.3"),
        ("opengop_idr", "0.4", "4.9"),
        ("numbered3", "0.3", "4"),
        ("full_range", "2", "4.9"),
        ("no_audio", "1.1", "3.9"),
    ],
)
def test_a_smart_clip_holds_the_frames_asked_for_and_copies_those_between_its_ends(
    corpus, plan_of, tmp_path, kind, start, end
):
    plan = plan_of(kind, start, end)
    told: list[float] = []
    result = cut(corpus.ffmpeg, plan, tmp_path / "clip.mp4", X264, work=tmp_path, on_progress=told.append)
    assert (result.mode, result.encoder, result.note) == ("smart", "libx264 and copy", "")
    assert read_numbers(result.path) == corpus.numbers(kind, Fraction(start), Fraction(end))
    split = plan.split
    source = packets_of(corpus.path(kind))[split.first : split.first + split.packets]
    assert packets_of(result.path)[split.head :][: split.packets] == source, "bit for bit"
    made = probe(result.path)
    assert (made.codec, made.size, made.rotation) == ("h264", SIZE, 0)
    assert made.has_audio == (kind != "no_audio")
    at = [time - plan.start for time, _ in corpus.frames(kind) if Fraction(start) <= time < Fraction(end)]
    assert made.frame_times == pytest.approx(at, abs=0.0006)
    data = result.path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat"), "the header is in front"
    assert told == sorted(told)
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]


def test_another_decoder_shows_every_frame_of_a_smart_clip(corpus, plan_of, tmp_path):
    clip = cut(corpus.ffmpeg, plan_of("bframes25", "1.01", "4.33"), tmp_path / "clip.mp4", X264).path
    listing = bytearray(1 << 20)
    with corpus.ffmpeg.stream(["-decoders"]) as pipe:
        pipe.read_into(memoryview(listing))
    if b" libopenh264 " not in listing:
        pytest.skip("this ffmpeg has no second H.264 decoder")
    picture = np.empty((SIZE[1], SIZE[0], 3), np.uint8)
    numbers = []
    raw = ("-map", "0:v", "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "bgr24", "pipe:1")
    with corpus.ffmpeg.stream(["-c:v", "libopenh264", "-i", str(clip), *raw]) as pipe:
        while pipe.read_into(memoryview(picture).cast("B")):
            numbers.append(read_number(picture))
        assert "error" not in pipe.tail.casefold()
    assert numbers == corpus.numbers("bframes25", Fraction("1.01"), Fraction("4.33"))


@pytest.mark.parametrize("kind", ["bframes25", "late_start_mkv", "short_audio"])
def test_the_sound_of_a_smart_clip_is_in_step_at_both_ends(corpus, plan_of, tmp_path, kind):
    result = cut(corpus.ffmpeg, plan_of(kind, "0.9", "4.2"), tmp_path / "clip.mp4", X264)
    assert result.mode == "smart"
    found = corpus.probe(kind)
    whole, whole_start = read_sound(found.path)
    heard, _ = read_sound(result.path)
    assert len(heard) / SOUND_RATE == pytest.approx(float(result.end - result.start), abs=0.025)
    begin = round((float(result.start + found.start_time) - whole_start) * SOUND_RATE)
    reference = whole[begin : begin + len(heard)]
    half = SOUND_RATE // 2
    for piece in (slice(0, half), slice(len(reference) - half, len(reference))):
        lag, alike = sound_lag(heard[piece], reference[piece])
        assert abs(lag) < 0.002 and alike > 0.9


def test_a_clip_without_a_whole_group_of_pictures_is_encoded_and_says_so(corpus, plan_of, tmp_path):
    result = cut(corpus.ffmpeg, plan_of("bframes25", "1", "1.5"), tmp_path / "clip.mp4", X264)
    assert (result.mode, result.encoder) == ("exact", "libx264")
    assert "every picture was encoded" in result.note
    assert read_numbers(result.path) == corpus.numbers("bframes25", Fraction(1), Fraction("1.5"))


def test_a_seam_that_cannot_be_decoded_makes_the_clip_exact_and_says_so(corpus, plan_of, tmp_path):
    plan = plan_of("damaged", "1.9", "4.5")
    assert plan.mode == "smart"
    result = cut(corpus.ffmpeg, plan, tmp_path / "clip.mp4", X264)
    assert result.mode == "exact"
    assert "smart cutting did not work" in result.note and "cut exactly" in result.note
    assert read_numbers(result.path)[-36:] == list(range(99, 135))


def test_a_film_that_is_not_the_one_that_was_read_is_noticed(corpus, plan_of, tmp_path):
    plan = plan_of("bframes25", "1", "4.2")
    other = replace(plan.index, size=plan.index.size + 1)
    result = cut(corpus.ffmpeg, replace(plan, index=other), tmp_path / "clip.mp4", X264)
    assert result.mode == "exact" and "the packets that it held before" in result.note
    assert read_numbers(result.path) == corpus.numbers("bframes25", Fraction(1), Fraction("4.2"))


def test_smart_clips_are_joined_to_a_reel_without_encoding_again(corpus, plan_of, tmp_path):
    stretches = [("0.5", "3.1"), ("2", "2.3"), ("2.88", "5.3"), ("0", "1.7")]
    clips = [
        cut(corpus.ffmpeg, plan_of("bframes25", start, end), tmp_path / f"{number}.mp4", X264)
        for number, (start, end) in enumerate(stretches)
    ]
    assert [clip.mode for clip in clips] == ["smart", "exact", "smart", "smart"]
    titles = [f"{clip.start}" for clip in clips]
    chapters = chapters_in_a_row(titles, [clip.end - clip.start for clip in clips])
    reel = join(corpus.ffmpeg, [clip.path for clip in clips], tmp_path / "reel.mp4", chapters=chapters)
    assert reel.note == ""
    wanted = [
        n for start, end in stretches for n in corpus.numbers("bframes25", Fraction(start), Fraction(end))
    ]
    assert read_numbers(reel.path) == wanted
