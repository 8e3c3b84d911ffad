"""The report's numbers agree with its shifts, and text from files stays text."""

from fractions import Fraction
from html.parser import HTMLParser

from shiftclipper.export.clock_text import clock, exact_clock
from shiftclipper.export.report import Report, ReportPlayer, ReportShift, render_report


class Texts(HTMLParser):
    def __init__(self):
        super().__init__()
        self.words = []
        self.tags = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        if data.strip():
            self.words.append(data.strip())


def page(**changes):
    shifts = (
        ReportShift(Fraction(60), Fraction(105), 0.95, "from the bench", "to the bench", clip="a b#1.mp4"),
        ReportShift(Fraction(200), Fraction(230), 0.4, "from the bench", "end of video"),
    )
    player = ReportPlayer(changes.pop("name", "Sam"), "17", "#203524", shifts)
    text = render_report(Report("Satur vs HC", Fraction(600), (player,), **changes))
    parser = Texts()
    parser.feed(text)
    return text, parser


def test_totals_are_the_sums_of_the_shifts():
    _, parser = page(periods=((Fraction(0), Fraction(210)), (Fraction(210), Fraction(600))))
    words = parser.words
    assert words[words.index("Time on ice") + 1] == "1:15"
    assert words[words.index("Mean shift") + 1] == "0:37"
    assert words[words.index("Longest") + 1] == "0:45"
    assert words[words.index("Period 1") + 1] == "0:55"
    assert words[words.index("Period 2") + 1] == "0:20"
    assert "please check, 40%" in words


def test_a_name_with_markup_is_shown_as_text():
    text, parser = page(name="<script>alert(1)</script>")
    assert "script" not in parser.tags
    assert any("<script>" in word for word in parser.words)
    assert "a%20b%231.mp4" in text


def test_a_player_without_shifts_is_told_what_to_do():
    text = render_report(Report("Game", Fraction(60), (ReportPlayer("Sam", "", "", ()),)))
    assert "Click on the player" in text


def test_clocks_round_as_people_expect():
    assert clock(Fraction(2459, 10)) == "4:05"
    assert clock(3661) == "1:01:01"
    assert exact_clock(Fraction(41233, 1000)) == "0:41.233"
    assert exact_clock(Fraction(599999, 10000)) == "1:00.000"
