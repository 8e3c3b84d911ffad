"""Files for other programs are read back by those programs' own readers, with exact times.

OpenTimelineIO and its adapters for FCPXML and CMX 3600 are the reference readers of those formats, and
LosslessCut reads with JSON5. Sportscode, YouTube and MOTChallenge publish only a description: it is checked
as written.
"""

import csv
import io
import json
import re
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import json5
import numpy as np
import opentimelineio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftclipper.errors import UserError
from shiftclipper.export.interchange.chapters import FEWEST, SHORTEST, chapters_text
from shiftclipper.export.interchange.edit import EditGame, EditMedia, EditPlayer, EditShift, cuts_of
from shiftclipper.export.interchange.edl import edl_text
from shiftclipper.export.interchange.fcpxml import fcpxml_text
from shiftclipper.export.interchange.formats import FORMATS
from shiftclipper.export.interchange.losslesscut import losslesscut_text
from shiftclipper.export.interchange.mot import mot_text
from shiftclipper.export.interchange.otio import otio_text
from shiftclipper.export.interchange.rates import (
    USUAL_RATES,
    frame_of_timecode,
    grid_rate,
    timecode,
)
from shiftclipper.export.interchange.sportscode import sportscode_text
from shiftclipper.export.interchange.write import checked_formats, write_files
from shiftclipper.export.shifts_csv import parse_shifts
from shiftclipper.media.game import GameClock
from shiftclipper.tracklets import Ending, Tracklet

NTSC = Fraction(30000, 1001)
ROOT = Path(Path.cwd().anchor)
HOSTILE = "<b>&\"'\x00\x1b]]>\ud800\n=1+1 Åsa"


def media(name="game one.mp4", rate=NTSC, minutes=20, **more):
    return EditMedia(ROOT / "films" / name, rate, Fraction(minutes * 60), (1920, 1080), True, **more)


def shift(number, start, end, roll=2):
    return EditShift(
        number, Fraction(start), Fraction(end), Fraction(start) - roll, Fraction(end) + roll, 0.9, False, 1
    )


def game(*files, players=None, title="Sat vs HC Nord"):
    files = files or (media(),)
    clock = GameClock.end_to_end([(one.path, one.duration) for one in files])
    sam = EditPlayer(
        "Sam 17", "#203524", (shift(1, 60, 105), shift(2, 200, 230), shift(3, "400.5", "431.25"))
    )
    return EditGame(title, clock, files, players or (sam,))


def frames(time):
    assert time.value == int(time.value)
    return int(time.value)


def read_otio(text):
    timeline = opentimelineio.adapters.read_from_string(text, "otio_json")
    return timeline, timeline.video_tracks()[0]


# Times


@pytest.mark.parametrize("rate", USUAL_RATES)
def test_a_steady_rate_is_recognised_from_what_packets_say_of_it(rate):
    # A clock of milliseconds, as Matroska has it, over ten minutes.
    count = int(600 * rate)
    length = Fraction(round(count / rate * 1000), 1000)
    assert grid_rate(count / length, variable=False) == rate


def test_an_unusual_steady_rate_stays_what_it_is():
    assert grid_rate(Fraction(15), variable=False) == 15


def test_a_variable_rate_gets_a_grid_that_is_hardly_slower():
    assert grid_rate(Fraction(2973, 100), variable=True) == NTSC
    assert grid_rate(Fraction(2760, 100), variable=True) == NTSC
    assert grid_rate(Fraction(500), variable=True) == 240


@given(st.integers(0, 24 * 3600 * 24 - 1), st.sampled_from(USUAL_RATES))
def test_timecodes_are_those_of_opentimelineio_and_come_back(frame, rate):
    text = timecode(frame, rate)
    assert frame_of_timecode(text, rate) == frame
    if rate <= 60 and rate not in (48,):
        time = opentimelineio.opentime.RationalTime(frame, float(rate))
        assert opentimelineio.opentime.to_timecode(time, float(rate), drop_frame=False) == text


@given(st.integers(0, 2_589_407))
def test_drop_frame_timecodes_are_those_of_opentimelineio_and_come_back(frame):
    text = timecode(frame, NTSC, drop=True)
    assert frame_of_timecode(text, NTSC) == frame
    time = opentimelineio.opentime.RationalTime(frame, float(NTSC))
    assert opentimelineio.opentime.to_timecode(time, float(NTSC), drop_frame=True) == text


def test_text_that_is_no_timecode_counts_as_none():
    for text in ("", "a", "1:2:3", "00:00:00:99", "00:61:00:00"):
        assert frame_of_timecode(text, NTSC) is None


# OpenTimelineIO


def test_otio_has_a_clip_for_each_shift_on_whole_frames_of_the_film():
    timeline, track = read_otio(otio_text(game(), game().players[0]))
    clips = list(track)
    assert timeline.name == "Sat vs HC Nord Sam 17"
    assert [clip.name for clip in clips] == ["Sam 17 shift 1", "Sam 17 shift 2", "Sam 17 shift 3"]
    first = clips[0].source_range
    # The first frame that begins at or after 58 s, and the first that does so after 107 s.
    assert frames(first.start_time) == 1739 and frames(first.duration) == 3207 - 1739
    assert first.start_time.rate == pytest.approx(float(NTSC))
    assert clips[0].media_reference.target_url == (ROOT / "films" / "game one.mp4").as_uri()
    assert clips[0].media_reference.available_range.contains(first)
    marker = clips[0].markers[0]
    assert frames(marker.marked_range.start_time) == 1799
    assert marker.comment == "sure, 90%"
    assert len(timeline.audio_tracks()) == 1


def test_otio_counts_from_the_timecode_of_the_camera():
    one = media(first_frame=107892, drop=True)
    _, track = read_otio(otio_text(game(one), game().players[0]))
    assert frames(track[0].source_range.start_time) == 107892 + 1739


def test_a_shift_across_two_files_is_two_clips_without_a_gap():
    files = media("a.mp4", minutes=1), media("b.mp4", minutes=20)
    _, track = read_otio(otio_text(game(*files), game().players[0]))
    clips = list(track)
    assert len(clips) == 4
    before, after = clips[0].source_range, clips[1].source_range
    assert frames(before.end_time_exclusive()) == files[0].frames
    assert frames(after.start_time) == 0
    assert clips[1].media_reference.name == "b.mp4"


times = st.fractions(min_value=0, max_value=1190, max_denominator=90000)


@given(
    st.lists(st.tuples(times, st.integers(1, 60_000)), min_size=1, max_size=8),
    st.sampled_from([*USUAL_RATES, Fraction(15)]),
)
def test_every_clip_holds_the_frames_of_its_time_and_no_other(spans, rate):
    one = media(rate=rate)
    shifts = tuple(
        shift(number, start, min(Fraction(1200), start + Fraction(length, 1000)), roll=0)
        for number, (start, length) in enumerate(spans, 1)
    )
    sam = EditPlayer("Sam", "", shifts)
    _, track = read_otio(otio_text(game(one, players=(sam,)), sam))
    for clip, wanted in zip(track, shifts, strict=True):
        first = frames(clip.source_range.start_time)
        last = frames(clip.source_range.end_time_exclusive())
        inside = [first, last - 1] if last - first > 1 else [first]
        if wanted.end - wanted.start >= 2 / rate:
            assert all(wanted.start <= Fraction(frame) / rate < wanted.end for frame in inside)
            assert Fraction(first - 1) / rate < wanted.start
            assert Fraction(last) / rate >= wanted.end or last == one.frames
        assert 0 <= first < last <= one.frames


# FCPXML


def test_fcpxml_is_read_by_its_adapter_with_the_same_frames():
    one = media(rate=Fraction(25), first_frame=500)
    [timeline] = opentimelineio.adapters.read_from_string(fcpxml_text(game(one)), "fcpx_xml")
    clips = list(timeline.find_clips())
    assert [clip.name for clip in clips] == ["Sam 17 shift 1", "Sam 17 shift 2", "Sam 17 shift 3"]
    expected = cuts_of(game(one), game().players[0])
    assert [frames(clip.source_range.start_time) for clip in clips] == [500 + cut.first for cut in expected]
    assert [frames(clip.source_range.duration) for clip in clips] == [cut.frames for cut in expected]
    assert {clip.media_reference.target_url for clip in clips} == {one.path.as_uri()}


# What Apple's published DTD allows of the elements that are used: attributes, and children in their order.
DTD = {
    "fcpxml": ({"version"}, r"resources library"),
    "resources": (set(), r"((asset|format) ?)*"),
    "format": ({"id", "frameDuration", "width", "height"}, r""),
    "asset": (
        {"id", "name", "src", "start", "duration", "hasVideo", "format", "hasAudio", "audioSources"},
        r"",
    ),
    "library": (set(), r"(event ?)*"),
    "event": ({"name"}, r"(project ?)*"),
    "project": ({"name"}, r"sequence"),
    "sequence": ({"format", "duration", "tcStart", "tcFormat"}, r"spine"),
    "spine": (set(), r"(asset-clip ?)*"),
    "asset-clip": (
        {"ref", "name", "offset", "start", "duration", "format", "tcFormat"},
        r"(note ?)?((marker|keyword) ?)*",
    ),
    "note": (set(), r""),
    "marker": ({"start", "duration", "value", "note"}, r""),
}


def assert_follows_the_dtd(root):
    ids = {node.get("id") for node in root.iter() if node.get("id")}
    for node in root.iter():
        attributes, children = DTD[node.tag]
        assert set(node.keys()) <= attributes, node.tag
        assert re.fullmatch(children, " ".join(child.tag for child in node)), node.tag
        assert {node.get(name) for name in ("ref", "format") if node.get(name)} <= ids


def fraction(text):
    assert text.endswith("s")
    return Fraction(text[:-1])


def test_fcpxml_times_are_whole_frames_that_follow_each_other():
    files = media("a.mp4", minutes=1), media("b.mp4", rate=Fraction(25))
    ann = EditPlayer("Ann 4", "", (shift(1, 30, 40),))
    root = ElementTree.fromstring(fcpxml_text(game(*files, players=(*game().players, ann))))
    assert_follows_the_dtd(root)
    assert [one.get("frameDuration") for one in root.iter("format")] == ["1001/30000s", "1/25s"]
    projects = list(root.iter("project"))
    assert [one.get("name") for one in projects] == ["Sat vs HC Nord Sam 17", "Sat vs HC Nord Ann 4"]
    rates = {"file0": NTSC, "file1": Fraction(25)}
    edge = Fraction(0)
    clips = list(projects[0].iter("asset-clip"))
    assert len(clips) == 4
    for clip in clips:
        assert fraction(clip.get("offset")) == edge
        edge += fraction(clip.get("duration"))
        assert (fraction(clip.get("start")) * rates[clip.get("ref")]).denominator == 1
        assert (fraction(clip.get("duration")) * NTSC).denominator == 1
    assert edge == fraction(projects[0].find("sequence").get("duration"))


# CMX 3600


def test_edl_is_read_by_its_adapter_with_the_same_frames():
    one = media(first_frame=1000)
    text = edl_text(game(one), game().players[0])
    timeline = opentimelineio.adapters.read_from_string(text, "cmx_3600", rate=float(NTSC))
    clips = list(timeline.video_tracks()[0].find_clips())
    expected = cuts_of(game(one), game().players[0])
    assert [frames(clip.source_range.start_time) for clip in clips] == [1000 + cut.first for cut in expected]
    assert [frames(clip.source_range.duration) for clip in clips] == [cut.frames for cut in expected]
    assert clips[0].name == "game one.mp4"


def test_edl_of_a_camera_that_drops_numbers_says_so():
    one = media(first_frame=frame_of_timecode("10:00:00;00", NTSC), drop=True)
    text = edl_text(game(one), game().players[0])
    assert "FCM: DROP FRAME" in text
    assert re.search(
        r"^001  GAMEONE  B     C        10:00:57;29 10:01:46;29 01:00:00;00 01:00:48;28$", text, re.M
    )


def test_edl_of_a_fast_film_counts_by_frames_that_two_digits_hold():
    one = media(rate=Fraction(120))
    text = edl_text(game(one), game().players[0])
    timeline = opentimelineio.adapters.read_from_string(text, "cmx_3600", rate=60)
    clip = next(iter(timeline.video_tracks()[0].find_clips()))
    assert clip.source_range.start_time.to_seconds() == 58
    assert clip.source_range.duration.to_seconds() == 49


def test_edl_stops_at_the_events_that_it_can_count():
    shifts = tuple(shift(number, number, number + 1, roll=0) for number in range(1, 1101))
    text = edl_text(game(players=(EditPlayer("Sam", "", shifts),)), EditPlayer("Sam", "", shifts))
    assert "\n999  " in text and "\n1000  " not in text
    assert "* 101 MORE CLIPS DO NOT FIT IN AN EDL" in text


# The others


def test_losslesscut_opens_the_project_of_each_file():
    files = media("a.mp4", minutes=1), media("b.mp4")
    project = json5.loads(losslesscut_text(game(*files), 1))
    assert project["version"] == 1 and project["mediaFileName"] == "b.mp4"
    assert [(one["start"], one["end"], one["name"]) for one in project["cutSegments"]] == [
        (0, 47, "Sam 17 shift 1"),
        (138, 172, "Sam 17 shift 2"),
        (338.5, 373.25, "Sam 17 shift 3"),
    ]


def test_sportscode_has_an_instance_for_each_shift_and_a_row_for_each_player():
    ann = EditPlayer("Ann 4", "", (shift(1, 70, 90),))
    root = ElementTree.fromstring(sportscode_text(game(players=(*game().players, ann))))
    assert root.tag == "file"
    instances = list(root.find("ALL_INSTANCES"))
    assert [[child.tag for child in one][:4] for one in instances] == [["ID", "start", "end", "code"]] * 4
    assert [one.findtext("code") for one in instances] == ["Sam 17", "Ann 4", "Sam 17", "Sam 17"]
    assert [float(one.findtext("start")) for one in instances] == [60, 70, 200, 400.5]
    labels = {one.findtext("group"): one.findtext("text") for one in instances[0].iter("label")}
    assert labels == {"Shift": "1", "Period": "1", "Sure": "sure"}
    rows = list(root.find("ROWS"))
    assert [(row.findtext("code"), row.findtext("R")) for row in rows] == [
        ("Sam 17", str(0x20 * 257)),
        ("Ann 4", str(0x80 * 257)),
    ]


chapter_line = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{2}) (.+)")


def chapters(text):
    found = []
    for part in text.split("For the description")[1:]:
        lines = [chapter_line.fullmatch(line) for line in part.splitlines()]
        found.append(
            [
                (int(one[1] or 0) * 3600 + int(one[2]) * 60 + int(one[3]), one[4])
                for one in lines
                if one is not None
            ]
        )
    return found


def test_chapters_tell_the_reel_and_the_film():
    reel, film = chapters(chapters_text(game(), game().players[0]))
    assert reel == [(0, "Shift 1, 1:00"), (49, "Shift 2, 3:20"), (83, "Shift 3, 6:40")]
    assert film[:4] == [(0, "Start"), (58, "Shift 1"), (105, "On the bench"), (198, "Shift 2")]


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 60)), max_size=30))
def test_chapters_keep_youtubes_rules_whatever_the_shifts(steps):
    shifts, clock = [], 0
    for number, (rest, length) in enumerate(steps, 1):
        shifts.append(shift(number, clock + rest, clock + rest + length, roll=0))
        clock += rest + length
    sam = EditPlayer("Sam", "", tuple(shifts))
    text = chapters_text(game(media(minutes=90), players=(sam,)), sam)
    for found in chapters(text):
        if not shifts:
            assert found == []
            continue
        assert found[0][0] == 0
        seconds = [second for second, _ in found]
        assert all(after - before >= SHORTEST for before, after in pairwise(seconds))
    assert ("YouTube shows chapters" in text) == any(len(found) < FEWEST for found in chapters(text))


def tracklet(number, times, boxes):
    count = len(times)
    return Tracklet(
        number,
        np.asarray(times, np.float64),
        np.asarray(boxes, np.float32),
        np.full(count, 0.75, np.float32),
        np.zeros((count, 2), np.float32),
        np.ones(count, np.float32),
        0,
        np.zeros(24, np.float32),
        Ending.OPEN,
        Ending.OPEN,
    )


def test_mot_text_has_each_box_at_its_frame_of_its_file():
    frame_times = 100 + np.arange(250) / 25
    tracklets = [
        tracklet(0, [99.9, 100.2], [[0, 0, 1, 1], [10, 20, 30, 60]]),
        tracklet(7, [100.0], [[1.5, 2, 4, 8]]),
    ]
    text = mot_text(tracklets, frame_times, Fraction(100), Fraction(110))
    table = np.loadtxt(io.StringIO(text), delimiter=",")
    assert table.tolist() == [
        [1, 8, 1.5, 2, 2.5, 6, 0.75, -1, -1, -1],
        [6, 1, 10, 20, 20, 40, 0.75, -1, -1, -1],
    ]
    assert mot_text([], frame_times, Fraction(100), Fraction(110)) == ""


def write_all(tmp_path, one):
    return write_files(one, checked_formats(FORMATS), tmp_path, lambda number: "")


def test_every_format_is_written_under_a_name_of_its_own(tmp_path):
    ann = EditPlayer("Ann 4", "", (shift(1, 70, 90),))
    nobody = EditPlayer("Bo 9", "", ())
    files = media("a.mp4", minutes=1), media("b.mp4")
    written = write_all(tmp_path, game(*files, players=(*game().players, ann, nobody)))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(one.path.name for one in written)
    names = {(one.format, one.path.name) for one in written}
    assert ("otio", "Sat vs HC Nord Ann 4.otio") in names
    assert ("losslesscut", "b-proj.llc") in names
    assert ("fcpxml", "Sat vs HC Nord.fcpxml") in names
    assert not any("Bo" in name for _, name in names)
    assert {one.format for one in written} == set(FORMATS)


def test_names_of_strangers_stay_text_in_every_file(tmp_path):
    """Markup, quotes, controls, half characters and formulas in a name, a title and a file name."""
    one = EditMedia(ROOT / "a&b<c> \"d'.mp4", NTSC, Fraction(1200), (1920, 1080), True)
    sam = EditPlayer(HOSTILE, "", (shift(1, 60, 105), shift(2, 200, 230), shift(3, 300, 330)))
    for written in write_all(tmp_path, game(one, players=(sam,), title=HOSTILE)):
        text = written.path.read_text(encoding="utf-8")
        if written.format in ("fcpxml", "sportscode"):
            root = ElementTree.fromstring(text)
            assert {"b", "script"}.isdisjoint(node.tag for node in root.iter())
        elif written.format == "otio":
            assert read_otio(text)[1][0].media_reference.target_url == one.path.as_uri()
        elif written.format == "losslesscut":
            assert json5.loads(text)["mediaFileName"] == one.path.name
        elif written.format == "csv":
            assert all(not cell.startswith("=") for row in csv.reader(text.splitlines()) for cell in row)
        elif written.format == "edl":
            opentimelineio.adapters.read_from_string(text, "cmx_3600", rate=float(NTSC))
            assert all(re.match(r"TITLE:|FCM:|\*|\d{3}  |$", line) for line in text.splitlines())
    assert json.loads(otio_text(game(one, players=(sam,), title=HOSTILE), sam))["OTIO_SCHEMA"] == "Timeline.1"


def test_shifts_csv_comes_back_as_it_was(tmp_path):
    [written] = write_files(game(), checked_formats(["csv"]), tmp_path, lambda number: "")
    rows = parse_shifts(written.path.read_text(encoding="utf-8"), "s.csv")
    assert [(row.start, row.end, row.player) for row in rows] == [
        (60, 105, "Sam 17"),
        (200, 230, "Sam 17"),
        (Fraction(801, 2), Fraction(1725, 4), "Sam 17"),
    ]


def test_an_unknown_format_is_refused_with_those_there_are():
    with pytest.raises(UserError, match="There is no format “avi”; there are otio, fcpxml, edl"):
        checked_formats(["otio", "avi"])
    with pytest.raises(UserError, match="No format is named"):
        checked_formats([" "])
    assert [one.name for one in checked_formats(["edl", "OTIO ", "edl"])] == ["otio", "edl"]
