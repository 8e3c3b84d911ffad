"""The reel: pictures copied, sound built once, a chapter for each clip."""

from fractions import Fraction

import av
import numpy as np
import pytest

from shiftclipper.errors import UserError
from shiftclipper.media.cut import cut, plan_cut
from shiftclipper.media.encoders import X264
from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.probe import probe
from shiftclipper.media.reel import chapters_in_a_row, join
from tests.media_corpus import SIZE, SOUND_RATE, Corpus, read_numbers, read_sound, sound_lag

pytestmark = pytest.mark.xdist_group("media")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return Corpus(tmp_path_factory.getbasetemp() / "media-corpus", locate())


@pytest.fixture
def clips_of(corpus, tmp_path):
    """Cut stretches (kind, start, end) into clips."""

    def run(*stretches):
        made = []
        for number, (kind, start, end) in enumerate(stretches):
            found = corpus.probe(kind)
            plan = plan_cut(found.index, found, Fraction(start), Fraction(end))
            made.append(cut(corpus.ffmpeg, plan, tmp_path / f"it's clip {number}.mp4", X264))
        return made

    return run


def numbers_of(corpus, stretches):
    return [
        number
        for kind, start, end in stretches
        for number in corpus.numbers(kind, Fraction(start), Fraction(end))
    ]


@pytest.mark.parametrize(
    "stretches",
    [
        [("bframes25", "1", "1.9"), ("bframes25", "3.5", "4.3"), ("bframes25", "0", "0.61")],
        [("vfr", "1", "1.8"), ("vfr", "3", "4.3"), ("vfr", "0.2", "1.1")],
    ],
)
def test_clips_of_one_game_are_joined_without_a_lost_frame_or_a_step_in_the_sound(
    corpus, clips_of, tmp_path, stretches
):
    clips = clips_of(*stretches)
    chapters = chapters_in_a_row(["First; #1", "Second", "Third"], [clip.end - clip.start for clip in clips])
    told: list[float] = []
    reel = join(
        corpus.ffmpeg,
        [clip.path for clip in clips],
        tmp_path / "reel.mp4",
        chapters=chapters,
        on_progress=told.append,
    )
    assert reel.note == ""
    assert read_numbers(reel.path) == numbers_of(corpus, stretches)
    assert told == sorted(told)
    assert probe(reel.path).frame_times[0] == 0
    with av.open(str(reel.path)) as container:
        marks = container.chapters()
    assert [mark["metadata"]["title"] for mark in marks] == ["First; #1", "Second", "Third"]
    heard, _ = read_sound(reel.path)
    found = corpus.probe(stretches[0][0])
    whole, whole_start = read_sound(found.path)
    for clip, chapter, mark in zip(clips, chapters, marks, strict=True):
        assert float(mark["start"] * mark["time_base"]) == pytest.approx(float(chapter.start), abs=0.001)
        begin = round((float(clip.start + found.start_time) - whole_start) * SOUND_RATE)
        count = round((chapter.end - chapter.start) * SOUND_RATE)
        here = round(chapter.start * SOUND_RATE)
        lag, alike = sound_lag(heard[here : here + count], whole[begin : begin + count])
        assert abs(lag) < 0.002 and alike > 0.9
    joints = [round(chapter.start * SOUND_RATE) for chapter in chapters[1:]]
    loud = np.abs(heard).max()
    assert all(np.abs(heard[at - 20 : at + 20]).max() < loud / 4 for at in joints)


def test_clips_of_different_cameras_take_the_size_of_the_first(corpus, clips_of, tmp_path):
    stretches = [("bframes25", "1", "1.6"), ("hevc10", "1", "1.5"), ("no_audio", "2", "2.5")]
    clips = [clip.path for clip in clips_of(*stretches)]
    big = tmp_path / "big.mp4"
    corpus.ffmpeg.run(
        [
            *("-f", "lavfi", "-i", "testsrc2=size=640x360:rate=50:duration=0.5", "-c:v", "libx264"),
            *("-preset", "ultrafast", "-y", str(big)),
        ]
    )
    reel = join(corpus.ffmpeg, [*clips, big], tmp_path / "reel.mp4")
    assert "encoded again" in reel.note
    numbers = read_numbers(reel.path)
    assert numbers[:-25] == numbers_of(corpus, stretches)
    assert len(numbers) == reel.frames
    made = probe(reel.path)
    assert made.size == SIZE
    assert float(made.frame_times[-1]) == pytest.approx(0.6 + 0.5 + 0.5 + 0.48, abs=0.01)


def test_clips_without_any_sound_make_a_reel_without_sound(corpus, clips_of, tmp_path):
    clips = clips_of(("no_audio", "1", "1.5"), ("no_audio", "2", "2.5"))
    reel = join(corpus.ffmpeg, [clip.path for clip in clips], tmp_path / "reel.mp4")
    assert not probe(reel.path).has_audio
    assert reel.duration == 1


def test_a_single_clip_makes_a_reel_and_none_is_refused(corpus, clips_of, tmp_path):
    (clip,) = clips_of(("bframes25", "1", "1.5"))
    assert join(corpus.ffmpeg, [clip.path], tmp_path / "reel.mp4").frames == clip.frames
    with pytest.raises(UserError, match="no clip to join"):
        join(corpus.ffmpeg, [], tmp_path / "none.mp4")
    with pytest.raises(UserError, match="does not exist"):
        join(corpus.ffmpeg, [tmp_path / "gone.mp4"], tmp_path / "none.mp4")
    assert not (tmp_path / "none.mp4").exists()
