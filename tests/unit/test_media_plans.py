"""Plans of cuts, proxies and reels, and the arguments made of them, without running ffmpeg."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftclipper.errors import UserError
from shiftclipper.media.cut_plan import clean_keyframes, exact_arguments, plan_cut, track_time
from shiftclipper.media.encoders import X264, candidates, even
from shiftclipper.media.ffmpeg import guarded
from shiftclipper.media.probe import Probe, displayed_size
from shiftclipper.media.proxy import proxy_size
from shiftclipper.media.reel import Chapter, chapter_marks, chapters_in_a_row
from tests.media_corpus import index_of


def probe_of(**changes: object) -> Probe:
    values: dict[str, object] = {
        "path": Path("/games/game.mp4"),
        "container": "mov,mp4,m4a,3gp,3g2,mj2",
        "duration": Fraction(10),
        "start_time": Fraction(0),
        "fps": Fraction(30),
        "size": (1920, 1080),
        "coded_size": (1920, 1080),
        "sample_aspect": Fraction(1),
        "rotation": 0,
        "codec": "h264",
        "pix_fmt": "yuv420p",
        "bit_depth": 8,
        "interlaced": False,
        "variable_frame_rate": False,
        "has_audio": True,
        "audio_codec": "aac",
        "audio_stream": 0,
        "streams": (),
    }
    return Probe(**{**values, **changes})


@given(
    st.lists(st.integers(1, 9000), min_size=1, max_size=80),
    st.fractions(-1, 8),
    st.fractions(-1, 8),
)
def test_an_exact_plan_holds_the_frames_inside_and_no_other(steps, one, other):
    index = index_of(np.cumsum(steps).tolist())
    start, end = min(one, other), max(one, other)
    wanted = [pts for pts in index.presentation_pts() if start <= index.source_time(int(pts)) < end]
    if not wanted:
        with pytest.raises(UserError, match="holds no frame"):
            plan_cut(index, probe_of(), start, end)
        return
    plan = plan_cut(index, probe_of(), start, end)
    assert plan.pts.tolist() == wanted
    assert plan.start >= start
    assert plan.duration > 0


def test_a_copy_is_widened_to_keyframes_that_need_nothing_before_them():
    # The keyframe at 600 has a picture (500) that is shown before it: it cannot begin a clip.
    pts = [0, 200, 100, 300, 400, 600, 500, 700, 900, 1000]
    key = [True, False, False, False, False, True, False, False, True, False]
    index = index_of(pts, key=key, base=Fraction(1, 100), duration=[100] * 10)
    assert index.pts[clean_keyframes(index)].tolist() == [0, 900]
    plan = plan_cut(index, probe_of(), Fraction(7), Fraction(8), "keyframe")
    assert (plan.mode, plan.start, plan.end, plan.packets) == ("keyframe", 0, 9, 8)
    last = plan_cut(index, probe_of(), Fraction(19, 2), Fraction(20), "keyframe")
    assert (last.start, last.end, last.packets) == (9, 11, 2)


def test_what_cannot_be_cut_as_asked_is_cut_exactly_and_says_so():
    index = index_of([0, 3000, 6000, 9000])
    smart = plan_cut(index, probe_of(), Fraction(0), Fraction(1), "smart")
    assert smart.mode == "exact" and "smart" in smart.note
    odd = plan_cut(index, probe_of(codec="mpeg2video"), Fraction(0), Fraction(1), "keyframe")
    assert odd.mode == "exact" and "mpeg2video" in odd.note
    with pytest.raises(UserError, match="exact, smart, keyframe"):
        plan_cut(index, probe_of(), Fraction(0), Fraction(1), "quick")


def test_a_cut_names_streams_and_ticks_and_keeps_no_place_or_date():
    index = index_of([0, 3000, 6000, 9000])
    arguments = exact_arguments(plan_cut(index, probe_of(), Fraction(1, 30), Fraction(1, 10)), X264)
    text = " ".join(arguments)
    assert "-map 0:V:0" in text and "-map 0:a:0" in text
    assert "trim=start_pts=3000:end_pts=9000" in text
    assert "-map_metadata -1" in text and "+faststart" in text
    assert "-map 0:a" not in " ".join(
        exact_arguments(plan_cut(index, probe_of(has_audio=False), Fraction(0), Fraction(1)), X264)
    )


def test_every_input_is_guarded_against_playlists():
    assert guarded(["-ss", "1", "-i", "a.mp4", "-i", "b.mp4", "-y"]) == [
        *("-ss", "1", "-protocol_whitelist", "file,pipe", "-i", "a.mp4"),
        *("-protocol_whitelist", "file,pipe", "-i", "b.mp4", "-y"),
    ]


@given(st.integers(1, 10_000), st.integers(1, 10_000))
def test_a_proxy_is_small_even_and_of_the_same_shape(width, height):
    small = proxy_size((width, height))
    assert max(small) <= 1280 and min(small) <= 720
    assert small[0] % 2 == small[1] % 2 == 0
    assert small[0] <= max(2, width) and small[1] <= max(2, height)
    if min(width, height) > 400 and max(width, height) < 2 * min(width, height):
        assert small[0] / small[1] == pytest.approx(width / height, rel=0.02)


def test_the_displayed_size_counts_rotation_and_the_shape_of_pixels():
    assert displayed_size((1440, 1080), Fraction(4, 3), 0) == (1920, 1080)
    assert displayed_size((1920, 1080), Fraction(1), 90) == (1080, 1920)
    assert displayed_size((1920, 1080), Fraction(1), 180) == (1920, 1080)
    assert even((321, 181)) == (320, 180)


@pytest.mark.parametrize(
    "base", [Fraction(1, 30), Fraction(1001, 30000), Fraction(1, 90000), Fraction(1, 1000)]
)
def test_a_track_can_hold_the_times_of_its_source(base):
    ticks = track_time(base)
    assert 10_000 <= ticks <= 1_000_000
    assert (base * ticks).denominator == 1


@pytest.mark.parametrize(
    ("platform", "first"), [("darwin", "h264_videotoolbox"), ("win32", "h264_nvenc"), ("linux", "h264_nvenc")]
)
def test_the_platform_s_hardware_is_tried_first_and_software_last(platform, first):
    names = [encoder.name for encoder in candidates((1920, 1080), Fraction(30), platform)]
    assert names[0] == first
    assert names[-2:] == ["libx264", "libopenh264"]


def test_chapters_follow_each_other_and_their_titles_may_hold_anything():
    chapters = chapters_in_a_row(["One", "Sam; #17 = 3\\4"], [Fraction(3, 2), Fraction(2)])
    assert chapters == [
        Chapter("One", Fraction(0), Fraction(3, 2)),
        Chapter("Sam; #17 = 3\\4", Fraction(3, 2), Fraction(7, 2)),
    ]
    marks = chapter_marks(chapters)
    assert "title=Sam\\; \\#17 \\= 3\\\\4" in marks
    assert "START=1500000\nEND=3500000" in marks
