"""The ladder of encoders, the cap on their bit rate, and the size of clips before they are cut."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from shiftclipper.export.clips import ClipPlan, ShiftToCut
from shiftclipper.export.cutter import ClipCutter, CutSource, estimated_bytes
from shiftclipper.media.cut_plan import exact_arguments, film_bits, plan_cut
from shiftclipper.media.encoders import X264, Encoder, candidates, matched, stays_in_hardware, with_decoding
from shiftclipper.media.ffmpeg import FFmpeg
from shiftclipper.media.game import GameClock
from tests.media_corpus import index_of
from tests.unit.test_media_plans import groups, probe_of

NVENC = candidates((1920, 1080), Fraction(30), "win32")[0]
FFMPEG = FFmpeg(Path("/nowhere/ffmpeg"), "n7.1")


def test_the_ladder_goes_from_decoding_in_hardware_to_libx264():
    top = with_decoding(NVENC)
    assert top is not None
    assert [one.title for one in top.ladder] == ["h264_nvenc, decoded by cuda", "h264_nvenc", "libx264"]
    assert [one.name for one in X264.ladder] == ["libx264"]
    assert with_decoding(X264) is None
    assert len({one.label for one in top.ladder}) == 3


def test_decoding_options_stand_in_front_of_the_film():
    top = with_decoding(NVENC)
    assert top is not None
    plan = plan_cut(groups(4, 10), probe_of(), Fraction(0), Fraction(3, 10))
    arguments = exact_arguments(plan, top)
    assert arguments.index("-hwaccel") < arguments.index("-i")
    assert "null" in arguments[arguments.index("-vf") + 1]


@pytest.mark.parametrize(
    "changes",
    [
        {"pix_fmt": "yuv420p10le"},
        {"interlaced": True},
        {"rotation": 90},
        {"sample_aspect": Fraction(4, 3)},
        {"size": (1919, 1080)},
    ],
)
def test_pictures_that_must_be_changed_do_not_stay_in_hardware(changes):
    assert stays_in_hardware(probe_of())
    assert not stays_in_hardware(probe_of(**changes))


def test_every_rung_is_held_to_the_films_rate():
    top = with_decoding(NVENC)
    assert top is not None
    for rung in matched(top, 3_000_000).ladder:
        assert rung.args[rung.args.index("-maxrate") + 1] == "3000000"
    rate_only = Encoder("h264_vaapi", ("-c:v", "h264_vaapi", "-qp", "22"), hardware=True)
    below = matched(rate_only, 3_000_000).ladder
    assert [one.name for one in below] == ["h264_vaapi", "libx264"]
    assert "-maxrate" not in below[0].args and "-maxrate" in below[1].args


def test_a_film_in_a_denser_codec_may_take_more_bits_as_h264():
    index = replace(groups(10, 10), size=np.full(100, 5000))
    assert film_bits(index, probe_of()) == 8 * 100 * 5000 * 1.25
    assert film_bits(index, probe_of(codec="hevc")) == 8 * 100 * 5000 * 2
    still = replace(index, size=np.full(100, 1))
    assert film_bits(still, probe_of()) == 1920 * 1080 * 30 / 50


def test_the_size_of_a_copy_is_known_and_that_of_an_encoded_clip_is_bounded_by_its_film():
    index = replace(groups(10, 10), size=np.full(100, 5000))
    silent = probe_of(has_audio=False)
    stretch = (Fraction(1, 10), Fraction(5, 10))
    assert plan_cut(index, silent, *stretch, "keyframe").estimated_bytes == 40 * 5000
    assert plan_cut(index, silent, *stretch, "smart").estimated_bytes == 40 * 5000
    exact = plan_cut(index, silent, *stretch)
    assert exact.estimated_bytes == 40 * 5000 * 1.25
    rich = replace(exact, index=replace(index, size=np.full(100, 10**7)))
    assert rich.estimated_bytes == 40 * 1920 * 1080 * 0.1 / 8
    assert plan_cut(index, probe_of(), *stretch).estimated_bytes == exact.estimated_bytes + 0.4 * 160_000 / 8
    assert exact.room > exact.estimated_bytes


def test_the_size_of_all_clips_is_estimated_across_files():
    index = replace(groups(10, 10), size=np.full(100, 5000))
    source = CutSource(probe_of(has_audio=False), index)
    clock = GameClock.end_to_end([(Path("a.mp4"), Fraction(1)), (Path("b.mp4"), Fraction(1))])
    shift = ShiftToCut(1, Fraction(0), Fraction(1), "")
    inside = ClipPlan(shift, Fraction(1, 10), Fraction(5, 10), "1.mp4")
    across = ClipPlan(shift, Fraction(9, 10), Fraction(11, 10), "2.mp4")
    gone = ClipPlan(shift, Fraction(5), Fraction(6), "3.mp4")
    sizes = [estimated_bytes(clock, [source, source], [one], "keyframe") for one in (inside, across, gone)]
    assert sizes == [200_000, 125_000, 0]
    assert estimated_bytes(clock, [source, source], [inside, across, gone], "keyframe") == 325_000


def test_pictures_that_are_drawn_are_not_given_to_an_encoder_that_expects_them_in_hardware(
    monkeypatch, tmp_path
):
    monkeypatch.setattr("shiftclipper.export.cutter.find_encoder", lambda *_, **__: with_decoding(NVENC))
    clock = GameClock.end_to_end([(Path("a.mp4"), Fraction(1))])
    source = CutSource(probe_of(), groups(4, 10))
    cutter = ClipCutter(FFMPEG, clock, [source], mode="exact", encoder="auto", scratch=tmp_path)
    assert (cutter.encoder.name, cutter.encoder.decode) == ("h264_nvenc", ())
    assert cutter.encoder.upload == NVENC.upload


def test_one_clip_at_a_time_where_hardware_encodes_or_memory_is_short(monkeypatch, tmp_path):
    def at_once(size, free, processors, working=""):
        known = {} if working else None
        monkeypatch.setattr("shiftclipper.export.cutter.free_memory", lambda: free)
        monkeypatch.setattr("os.cpu_count", lambda: processors)
        monkeypatch.setattr(
            "shiftclipper.export.cutter.find_encoder", lambda *_, **__: NVENC if working else X264
        )
        source = CutSource(probe_of(size=size), index_of([0, 3000]))
        clock = GameClock.end_to_end([(Path("a.mp4"), Fraction(1))])
        return ClipCutter(
            FFMPEG, clock, [source], mode="exact", encoder="auto", scratch=tmp_path, trials=known
        ).at_once

    assert at_once((1920, 1080), 4 << 30, 8) == 2
    assert at_once((1920, 1080), 4 << 30, 2) == 1
    assert at_once((3840, 2160), 4 << 30, 8) == 1
    assert at_once((1920, 1080), 4 << 30, 8, working="nvenc") == 1
