"""The report's numbers agree with its shifts in every form, and text from files stays text."""

import base64
import csv
import io
import re
from fractions import Fraction
from html.parser import HTMLParser

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftclipper.export.clock_text import clock, exact_clock
from shiftclipper.export.report import (
    ACCEPTED,
    SET,
    Report,
    ReportPlayer,
    ReportShift,
    numbers_of,
    together,
)
from shiftclipper.export.report_page import render_report
from shiftclipper.export.report_pdf import report_pdf
from shiftclipper.export.report_pdf_parts import known_letters
from shiftclipper.export.report_tables import report_csv, report_json
from shiftclipper.export.report_words import ticks
from shiftclipper.export.thumbnails import SIZE, thumbnail

PERIODS = ((Fraction(0), Fraction(210)), (Fraction(210), Fraction(600)))


class Texts(HTMLParser):
    def __init__(self):
        super().__init__()
        self.words = []
        self.tags = []
        self.attributes = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *pair) for pair in attrs]

    def handle_data(self, data):
        if data.strip():
            self.words.append(data.strip())


def parsed(text):
    parser = Texts()
    parser.feed(text)
    return parser


def shift(start, end, confidence=0.95, **more):
    return ReportShift(Fraction(start), Fraction(end), confidence, "gate", "gate", **more)


def sam(**changes):
    shifts = (shift(60, 105, clip="a b#1.mp4"), shift(200, 230, 0.4))
    return ReportPlayer(changes.pop("name", "Sam"), "17", "#203524", changes.pop("shifts", shifts), **changes)


def report(*players, **changes):
    return Report("Satur vs HC", Fraction(600), players or (sam(),), **changes)


def page(one):
    text = render_report(one)
    return text, parsed(text)


# Numbers


def test_totals_are_the_sums_of_the_shifts():
    _, parser = page(report(periods=PERIODS))
    words = parser.words
    assert words[words.index("Time on ice") + 1] == "1:15"
    assert words[words.index("Mean shift") + 1] == "0:37"
    assert words[words.index("Longest") + 1] == "0:45"
    assert words[words.index("Period 1, 2 shifts") + 1] == "0:55"
    assert words[words.index("Period 2, 0 shifts") + 1] == "0:20"
    assert "please check, 40%" in words


def test_rest_is_counted_within_a_period():
    shifts = (shift(10, 50), shift(120, 160), shift(300, 340), shift(400, 430))
    numbers = numbers_of(sam(shifts=shifts), report(periods=PERIODS))
    assert numbers.rests == (None, 70, None, 60)
    assert numbers.mean_rest == 65
    assert numbers_of(sam(shifts=shifts), report()).rests == (None, 70, 140, 60)


spans = st.lists(st.tuples(st.integers(0, 90), st.integers(1, 60)), max_size=20)


def player_of(steps, name):
    shifts, now = [], 0
    for rest, length in steps:
        shifts.append(shift(now + rest, now + rest + length))
        now += rest + length
    return ReportPlayer(name, "", "", tuple(shifts))


@given(spans, spans)
def test_shared_ice_time_is_what_a_count_of_the_seconds_gives(one, other):
    ann, bo = player_of(one, "Ann"), player_of(other, "Bo")
    seconds = [
        {second for line in player.shifts for second in range(int(line.start), int(line.end))}
        for player in (ann, bo)
    ]
    assert together(ann, bo) == together(bo, ann) == len(seconds[0] & seconds[1])


@given(spans, st.sampled_from([(), PERIODS]))
def test_page_table_and_json_have_the_same_numbers(steps, periods):
    player = player_of(steps, "Ann")
    one = Report("Game", Fraction(3600), (player,), periods)
    numbers = numbers_of(player, one)
    data = report_json(one)["players"][0]
    rows = list(csv.DictReader(io.StringIO(report_csv(one))))
    words = parsed(render_report(one)).words
    assert data["total_toi"] == pytest.approx(float(numbers.time_on_ice))
    assert sum(float(row["length"]) for row in rows) == pytest.approx(data["total_toi"], abs=0.01)
    assert words[words.index("Time on ice") + 1] == clock(numbers.time_on_ice)
    assert len(rows) == data["shift_count"] == len(player.shifts) == len(data["shifts"])
    for row, line in zip(rows, data["shifts"], strict=True):
        assert float(row["start"]) == pytest.approx(line["start"], abs=0.001)
        assert (row["rest_before"] == "") == (line["rest_before"] is None)


def test_what_was_done_by_hand_is_said():
    shifts = (shift(60, 105, 1.0, by_hand=SET), shift(200, 230, by_hand=ACCEPTED))
    player = sam(shifts=shifts, rejected=((Fraction(10), Fraction(20)),))
    _, parser = page(report(player))
    assert (
        "Corrections: 1 shift set by hand; 1 shift accepted by hand; 1 rejected by hand (0:10 to 0:20)."
        in (parser.words)
    )
    data = report_json(report(player))["players"][0]
    assert (data["set_by_hand"], data["accepted_by_hand"]) == (1, 1)
    assert data["rejected_by_hand"] == [[10.0, 20.0]]
    assert [row["by_hand"] for row in csv.DictReader(io.StringIO(report_csv(report(player))))] == [
        SET,
        ACCEPTED,
    ]


def test_the_coachs_page_shows_who_was_on_with_whom():
    ann = ReportPlayer("Ann", "4", "", (shift(80, 120), shift(210, 215)))
    _, parser = page(report(sam(), ann))
    words = parser.words
    start = words.index("Together on the ice")
    assert words[start + 2 :][:8] == ["#17", "#4", "Sam #17", "1:15", "0:30", "Ann #4", "0:30", "0:45"]
    told = [value for tag, name, value in parser.attributes if tag == "td" and name == "title"]
    assert told[0] == "Sam #17 was on with Ann #4 for 40% of the time"
    assert report_json(report(sam(), ann))["together"] == [{"players": [0, 1], "seconds": 30.0}]
    assert "Line-up" not in page(report())[1].words


# The page


HOSTILE = "<script>alert(1)</script>\"'&\x00\x0b\ud800\u202e]]>"


def test_names_with_markup_are_shown_as_text():
    player = ReportPlayer(
        HOSTILE,
        HOSTILE,
        'red"><script>',
        (
            ReportShift(
                Fraction(1),
                Fraction(30),
                0.9,
                HOSTILE,
                HOSTILE,
                (HOSTILE,),
                "clips/\"><script>'&.mp4",
                HOSTILE,
            ),
        ),
    )
    one = Report(HOSTILE, Fraction(60), (player, player), PERIODS, 'reel".mp4', HOSTILE)
    text, parser = page(one)
    assert "script" not in parser.tags
    assert any("<script>" in word for word in parser.words)
    hrefs = {value for _, name, value in parser.attributes if name == "href"}
    assert hrefs == {"clips/%22%3E%3Cscript%3E%27%26.mp4", "reel%22.mp4"}
    assert not any(name.startswith("on") for _, name, _ in parser.attributes)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", text)
    assert report_pdf(one).startswith(b"%PDF")
    assert report_csv(one) and report_json(one)


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_name_changes_what_the_page_is_made_of(name, title):
    plain = parsed(render_report(report(sam(name="Sam"), sam(name="Ann"))))
    odd = Report(title, Fraction(600), (sam(name=name), sam(name=name)))
    assert parsed(render_report(odd)).tags == plain.tags


def test_the_page_needs_nothing_but_itself_and_its_clips():
    data = thumbnail(np.zeros((90, 160, 3), np.uint8), None)
    player = sam(shifts=(shift(60, 105, clip="clips/a.mp4", thumbnail=data),))
    text, parser = page(report(player, reel="reel.mp4"))
    sources = [value for _, name, value in parser.attributes if name in ("src", "href")]
    assert [value.partition(",")[0] for value in sources] == [
        "reel.mp4",
        "clips/a.mp4",
        "data:image/jpeg;base64",
        "clips/a.mp4",
    ]
    assert base64.b64decode(sources[2].partition(",")[2]) == data
    assert "http" not in re.sub(r'http-equiv|xmlns="[^"]*"', "", text)
    assert {"script", "link", "iframe"}.isdisjoint(parser.tags)


def test_links_work_for_clips_beside_and_elsewhere():
    shifts = (shift(60, 105, clip="a b#1.mp4"), shift(200, 230, clip="file:///films/a%20b.mp4"))
    _, parser = page(report(sam(shifts=shifts)))
    hrefs = [value for _, name, value in parser.attributes if name == "href"]
    assert hrefs == ["a%20b%231.mp4", "file:///films/a%20b.mp4"]


def test_a_player_without_shifts_is_told_what_to_do():
    one = Report("Game", Fraction(60), (ReportPlayer("Sam", "", "", ()),))
    assert "Click on the player" in render_report(one)
    assert report_pdf(one).startswith(b"%PDF")


@pytest.mark.parametrize("duration", [0, 5, 61, 3600, 4 * 3600, 100 * 3600])
def test_the_axis_of_any_film_has_few_marks_from_its_start(duration):
    marks = ticks(Fraction(duration))
    assert (marks[0] == 0 and len(marks) <= 13) or duration == 100 * 3600


# The PDF


def test_the_pdf_has_a_page_for_each_player_and_links_to_the_clips():
    ann = ReportPlayer("Ann", "4", "", (shift(80, 120), shift(210, 215)))
    data = report_pdf(report(sam(), ann, periods=PERIODS))
    assert len(re.findall(rb"/Type /Page\b", data)) == 3
    assert b"file:a%20b%231.mp4" in data
    assert report_pdf(report(sam(), ann, periods=PERIODS)) == data


def test_a_long_game_goes_on_on_the_next_page():
    shifts = tuple(shift(start, start + 40) for start in range(0, 6000, 60))
    one = Report("Game", Fraction(6000), (sam(shifts=shifts),))
    assert len(re.findall(rb"/Type /Page\b", report_pdf(one))) > 2


def test_the_pdf_knows_the_letters_of_many_languages_and_marks_the_others():
    assert known_letters("Åsa Dvořák Кузнецов Παπαδόπουλος") == "Åsa Dvořák Кузнецов Παπαδόπουλος"
    assert known_letters("小林 Sam") == "?? Sam"


# Thumbnails


def test_a_thumbnail_shows_the_part_around_the_player():
    picture = np.full((720, 1280, 3), 60, np.uint8)
    picture[300:380, 880:920] = (0, 0, 255)
    small = cv2.imdecode(np.frombuffer(thumbnail(picture, (880, 300, 920, 380)), np.uint8), cv2.IMREAD_COLOR)
    assert small.shape == (SIZE[1], SIZE[0], 3)
    red = (small[..., 2] > 200) & (small[..., 0] < 90)
    rows, columns = np.nonzero(red)
    assert abs(columns.mean() - SIZE[0] / 2) < 6
    # A quarter of the picture's height: the part is four times as high. The ring hides some of the feet.
    assert abs((rows.max() - rows.min()) / SIZE[1] - 0.25) < 0.08


@pytest.mark.parametrize("box", [(0, 0, 3, 9), (1270, 700, 1280, 720), (-5, -5, 1300, 800), None])
@pytest.mark.parametrize("shape", [(720, 1280), (1280, 720), (40, 30), (1, 1)])
def test_any_box_in_any_picture_gives_a_thumbnail(box, shape):
    data = thumbnail(np.zeros((*shape, 3), np.uint8), box, (1280, 720))
    assert cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR).shape == (SIZE[1], SIZE[0], 3)


def test_clocks_round_as_people_expect():
    assert clock(Fraction(2459, 10)) == "4:05"
    assert clock(3661) == "1:01:01"
    assert exact_clock(Fraction(41233, 1000)) == "0:41.233"
    assert exact_clock(Fraction(599999, 10000)) == "1:00.000"
