"""Plans of cuts, proxies and reels, and the arguments made of them, without running ffmpeg."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftclipper.errors import UserError
from shiftclipper.media.cut_join import decode_times
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
    odd = plan_cut(index, probe_of(codec="mpeg2video"), Fraction(0), Fraction(1), "keyframe")
    assert odd.mode == "exact" and "mpeg2video" in odd.note
    with pytest.raises(UserError, match="exact, smart, keyframe, auto"):
        plan_cut(index, probe_of(), Fraction(0), Fraction(1), "quick")


def groups(count, length, *, idr=True):
    """Return an index of closed groups of pictures, 10 ms a frame, the last two of each group reordered."""
    pts, key, is_idr = [], [], []
    for group in range(count):
        order = [*range(length - 2), length - 1, length - 2]
        pts += [group * length + place for place in order]
        key += [place == 0 for place in order]
        is_idr += [place == 0 and (idr or group == 0) for place in order]
    return index_of(pts, key=key, idr=is_idr, base=Fraction(1, 100), duration=[1] * len(pts))


@given(st.integers(2, 8), st.integers(3, 12), st.integers(0, 95), st.integers(1, 95))
def test_a_smart_plan_copies_whole_groups_and_encodes_only_what_is_cut_off(count, length, begin, frames):
    index = groups(count, length)
    total = count * length
    start = begin % total
    end = min(total, start + frames)
    plan = plan_cut(index, probe_of(), Fraction(start, 100), Fraction(end, 100), "smart")
    assert plan.pts.tolist() == list(range(start, end))
    split = plan.split
    assert plan.mode == "smart" and split is not None
    assert split.head + split.packets + split.tail == len(plan.pts)
    copied = sorted(index.pts[split.first : split.first + split.packets].tolist())
    assert copied == plan.pts[split.head : len(plan.pts) - split.tail].tolist()[: split.packets]
    whole = [group for group in range(count) if start <= group * length and (group + 1) * length <= end]
    assert split.packets == len(whole) * length, "every whole group is copied, and nothing else"


def test_a_smart_plan_begins_at_idr_pictures_only():
    # Recovery points carry the key flag as well, but what follows them may need what is cut off.
    plan = plan_cut(groups(5, 10, idr=False), probe_of(), Fraction(0), Fraction(1, 4), "smart")
    assert plan.mode == "exact" and "keyframes" in plan.note


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"codec": "hevc"}, "hevc"),
        ({"pix_fmt": "yuv422p10le"}, "yuv422p10le"),
        ({"interlaced": True}, "interlaced"),
        ({"rotation": 90}, "turned"),
        ({"sample_aspect": Fraction(4, 3)}, "square"),
        ({"container": "mpegts"}, "mpegts"),
    ],
)
def test_a_film_whose_packets_cannot_be_joined_is_cut_exactly_and_says_why(changes, reason):
    smart = plan_cut(groups(4, 10), probe_of(**changes), Fraction(0), Fraction(3, 10), "smart")
    assert smart.mode == "exact" and reason in smart.note and "cut exactly" in smart.note
    chosen = plan_cut(groups(4, 10), probe_of(**changes), Fraction(0), Fraction(3, 10), "auto")
    assert (chosen.mode, chosen.note) == ("exact", "")


def test_automatic_copies_what_plays_everywhere_and_encodes_what_may_not():
    index = groups(4, 10)
    assert plan_cut(index, probe_of(), Fraction(0), Fraction(3, 10), "auto").mode == "smart"
    full_range = probe_of(pix_fmt="yuvj420p")
    assert plan_cut(index, full_range, Fraction(0), Fraction(3, 10), "smart").mode == "smart"
    assert plan_cut(index, full_range, Fraction(0), Fraction(3, 10), "auto").mode == "exact"
    heavy = replace(index, size=np.full(len(index), 200_000))
    assert plan_cut(heavy, probe_of(), Fraction(0), Fraction(3, 10), "auto").mode == "exact"


@given(st.permutations(range(12)))
def test_decode_times_ascend_and_are_never_after_the_frame_is_shown(order):
    pts = np.array(order) * 3000
    dts = decode_times(pts, 3000)
    assert (np.diff(dts) > 0).all()
    assert (dts <= pts).all()
    assert (pts - dts).min() == 0, "no frame is held back for longer than needed"


def test_frames_are_held_back_by_as_many_as_are_out_of_order():
    assert index_of([0, 1, 2, 3]).reorder_depth == 0
    assert index_of([0, 2, 1, 4, 3]).reorder_depth == 1
    assert index_of([0, 4, 2, 1, 3]).reorder_depth == 2


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
