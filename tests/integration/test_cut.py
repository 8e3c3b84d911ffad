"""Exact cuts: the frames asked for and no other, the sound in step, and what happens when something fails."""

import threading
import time
from dataclasses import replace
from fractions import Fraction

import pytest

from shiftclipper.errors import Cancelled, StageFailed, UserError
from shiftclipper.media.cut import cut, plan_cut
from shiftclipper.media.encoders import X264, Encoder, find_encoder, list_encoders
from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.probe import probe
from tests.media_corpus import SIZE, SOUND_RATE, Corpus, read_numbers, read_sound, sound_lag

pytestmark = pytest.mark.xdist_group("media")
BROKEN = Encoder("h264_broken", ("-c:v", "no_such_encoder"), hardware=True)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return Corpus(tmp_path_factory.getbasetemp() / "media-corpus", locate())


@pytest.fixture
def cut_of(corpus, tmp_path):
    """Cut [start, end) of a kind."""

    def run(kind, start, end, *, mode="exact", encoder=X264, **options):
        found = corpus.probe(kind)
        plan = plan_cut(found.index, found, Fraction(start), Fraction(end), mode)
        return cut(corpus.ffmpeg, plan, tmp_path / "clip.mp4", encoder, **options)

    return run


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [
        ("cfr30", "1.01", "1.5"),
        ("opengop30", "1.9", "2.8"),
        ("ntsc2997", "2.002", "3.003"),
        ("film23976_mkv", "0", "1"),
        ("cfr60", "0.51", "2.4"),
        ("vfr", "1.7", "4.1"),
        ("rotated90", "1.2", "1.9"),
        ("late_start", "3.3", "99"),
        ("edit_list", "0", "0.7"),
        ("hevc10", "2.2", "2.5"),
        ("cover", "4", "4.5"),
        ("fragmented", "1.3", "2.2"),
    ],
)
def test_a_clip_holds_the_frames_asked_for_and_no_other(corpus, cut_of, kind, start, end):
    result = cut_of(kind, start, end)
    assert read_numbers(result.path) == corpus.numbers(kind, Fraction(start), Fraction(end))
    made = probe(result.path)
    assert (made.codec, made.pix_fmt, made.size, made.rotation) == ("h264", "yuv420p", SIZE, 0)
    assert made.audio_codec == "aac"
    assert result.frames == len(made.frame_times)
    assert made.frame_times[0] == 0
    data = result.path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat"), "the header is in front"


@pytest.mark.parametrize("kind", ["bframes25", "late_start_mkv", "ts2997", "short_audio"])
def test_the_sound_of_a_clip_is_in_step(corpus, cut_of, kind):
    result = cut_of(kind, "0.9", "2.2")
    found = corpus.probe(kind)
    whole, whole_start = read_sound(found.path)
    heard, _ = read_sound(result.path)
    begin = round((float(result.start + found.start_time) - whole_start) * SOUND_RATE)
    lag, alike = sound_lag(heard, whole[begin : begin + len(heard)])
    assert abs(lag) < 0.002
    assert alike > 0.9
    assert len(heard) / SOUND_RATE == pytest.approx(float(result.end - result.start), abs=0.025)


def test_where_the_sound_has_ended_the_clip_has_silence(cut_of):
    result = cut_of("short_audio", "3.5", "4.5")
    heard, _ = read_sound(result.path)
    assert len(heard) / SOUND_RATE == pytest.approx(1, abs=0.03)
    assert abs(heard).max() < 0.01


def test_a_source_without_sound_gives_a_clip_without_sound(cut_of):
    assert not probe(cut_of("no_audio", "1", "2").path).has_audio


def test_variable_times_are_kept(corpus, cut_of):
    result = cut_of("vfr", "1.5", "3.9")
    times = [at - result.start for at, _ in corpus.frames("vfr") if Fraction("1.5") <= at < Fraction("3.9")]
    assert probe(result.path).frame_times == times


def test_stretched_and_interlaced_pictures_come_out_square_and_whole(corpus, tmp_path):
    old = tmp_path / "old.mp4"
    corpus.ffmpeg.run(
        [
            *(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=145x108:rate=25:duration=2",
                "-vf",
                "setsar=4/3,setfield=tff",
            ),
            *("-c:v", "mpeg4", "-flags", "+ildct+ilme", "-y", str(old)),
        ]
    )
    found = probe(old)
    plan = plan_cut(found.index, found, Fraction(1, 2), Fraction(3, 2))
    result = cut(corpus.ffmpeg, plan, tmp_path / "clip.mp4", X264)
    made = probe(result.path)
    assert made.size == made.coded_size == (192, 108)
    assert result.frames == 25


def test_a_hardware_encoder_that_fails_gives_way_to_libx264_with_a_note(corpus, cut_of):
    result = cut_of("cfr30", "1", "1.5", encoder=BROKEN)
    assert result.encoder == "libx264"
    assert "h264_broken failed" in result.note
    assert read_numbers(result.path) == corpus.numbers("cfr30", Fraction(1), Fraction("1.5"))


def test_a_software_encoder_that_fails_fails_the_clip_and_leaves_nothing(cut_of, tmp_path):
    with pytest.raises(StageFailed):
        cut_of("cfr30", "1", "1.5", encoder=replace(BROKEN, hardware=False))
    assert list(tmp_path.iterdir()) == []


def test_a_copy_is_widened_to_keyframes_and_holds_all_of_it(corpus, cut_of):
    result = cut_of("bframes25", "1.5", "2.5", mode="keyframe")
    assert (result.mode, result.encoder, result.note) == ("keyframe", "copy", "")
    assert result.start <= Fraction("1.5") and result.end >= Fraction("2.5")
    assert read_numbers(result.path) == corpus.numbers("bframes25", result.start, result.end)


def test_what_cannot_be_copied_is_cut_exactly_and_says_so(corpus, cut_of):
    result = cut_of("edit_list", "0.1", "0.5", mode="keyframe")
    assert result.mode == "exact" and "cut exactly" in result.note
    assert read_numbers(result.path) == corpus.numbers("edit_list", Fraction("0.1"), Fraction("0.5"))


def test_a_damaged_stretch_is_cut_without_its_lost_frames(corpus, cut_of):
    result = cut_of("damaged", "1", "4.5")
    assert "cannot be decoded" in result.note
    numbers = read_numbers(result.path)
    assert numbers[:24] == list(range(30, 54))
    assert numbers[-36:] == list(range(99, 135))
    times = probe(result.path).frame_times
    assert times[-1] == Fraction(134 - 30, 30), "the frames after the damage keep their time"


def test_a_stretch_of_nothing_but_damage_says_so(cut_of, tmp_path):
    with pytest.raises(StageFailed, match=r"damaged from 2\.1 s to 2\.5 s"):
        cut_of("damaged", "2.1", "2.5")
    assert list(tmp_path.iterdir()) == []


def test_times_outside_the_film_are_refused(cut_of):
    with pytest.raises(UserError, match="holds no frame"):
        cut_of("cfr30", "100", "110")


def test_the_source_is_never_overwritten(corpus):
    found = corpus.probe("cfr30")
    before = found.path.read_bytes()
    plan = plan_cut(found.index, found, Fraction(1), Fraction(2))
    with pytest.raises(UserError, match="choose another name"):
        cut(corpus.ffmpeg, plan, found.path, X264)
    assert found.path.read_bytes() == before


def test_a_cut_is_cancelled_within_a_second_and_leaves_nothing(corpus, tmp_path):
    long = corpus.folder / "minute.mp4"
    if not long.exists():
        source = "testsrc2=size=640x360:rate=60:duration=60"
        corpus.ffmpeg.run(
            ["-f", "lavfi", "-i", source, "-c:v", "libx264", "-preset", "ultrafast", "-y", str(long)]
        )
    found = probe(long)
    stop = threading.Event()
    began: list[float] = []

    def stop_at_once(_: float) -> None:
        began.append(time.monotonic())
        stop.set()

    plan = plan_cut(found.index, found, Fraction(1), Fraction(59))
    with pytest.raises(Cancelled):
        cut(corpus.ffmpeg, plan, tmp_path / "clip.mp4", X264, stop=stop, on_progress=stop_at_once)
    assert time.monotonic() - began[0] < 1
    assert list(tmp_path.iterdir()) == []


def test_encoders_are_tried_and_the_answers_kept():
    ffmpeg = locate()
    answers: dict[str, str] = {}
    found = find_encoder(ffmpeg, "auto", size=SIZE, fps=Fraction(30), cache=answers)
    assert answers and "" in answers.values()
    assert find_encoder(ffmpeg, "software", size=(321, 181), fps=Fraction(30)).name == "libx264"
    assert {trial.name for trial in list_encoders(ffmpeg)} >= {"libx264", found.name}
    with pytest.raises(UserError, match="choose auto, software"):
        find_encoder(ffmpeg, "h264_magic", size=SIZE, fps=Fraction(30))


def test_an_answer_that_is_kept_is_not_asked_again():
    # Nothing can be run with this one: the answer comes from the cache alone.
    ffmpeg = replace(locate(), path=locate().path / "missing")
    with pytest.raises((OSError, UserError)):
        find_encoder(ffmpeg, "libx264", size=SIZE, fps=Fraction(30))
    real = locate()
    answers: dict[str, str] = {}
    find_encoder(real, "libx264", size=SIZE, fps=Fraction(30), cache=answers)
    assert find_encoder(ffmpeg, "libx264", size=SIZE, fps=Fraction(30), cache=answers) == X264
