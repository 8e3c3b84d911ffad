"""shifts.csv is read strictly, and what is wrong is named with its line."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftclipper.errors import UserError
from shiftclipper.export.shifts_csv import ShiftRow, parse_shifts, read_shifts, write_shifts


def test_seconds_and_clocks_are_read():
    rows = parse_shifts("start,end,label,player\n41.5,0:01:22.250,first,Sam\n3:05,3:50,,\n", "s.csv")

    assert rows == [
        ShiftRow(Fraction(83, 2), Fraction(329, 4), "first", "Sam"),
        ShiftRow(Fraction(185), Fraction(230)),
    ]


def test_semicolons_and_decimal_commas_of_european_tables_are_read():
    assert parse_shifts("start;end\n1,5;2,5\n", "s.csv") == [ShiftRow(Fraction(3, 2), Fraction(5, 2))]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("start,end\n1,2\nabc,3\n", "line 3"),
        ("start,end\n5,5\n", "end must come after"),
        ("from,to\n1,2\n", "header"),
        ("start,end\n", "no shift"),
        ("", "empty"),
        ("start,end\n1,2,3\n", "line 2"),
        ("start,end\n-1,2\n", "line 2"),
        ("start,end\n1:75,2:00\n", "line 2"),
        ('start,end\n"1,2\n', "not CSV"),
    ],
)
def test_a_wrong_line_is_named(text, says):
    with pytest.raises(UserError, match=says):
        parse_shifts(text, "s.csv")


def test_a_file_that_is_not_text_is_refused(tmp_path):
    path = tmp_path / "shifts.csv"
    path.write_bytes(b"\xff\xfe\x00start")
    with pytest.raises(UserError, match="not text"):
        read_shifts(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(UserError, match="cannot be read"):
        read_shifts(tmp_path / "none.csv")


times = st.integers(0, 10_800_000).map(lambda ms: Fraction(ms, 1000))
labels = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20).map(str.strip)


@given(st.lists(st.tuples(times, st.integers(1, 90_000), labels, labels), min_size=1, max_size=5))
def test_what_is_written_is_read_back(tmp_path_factory, values):
    rows = [ShiftRow(s, s + Fraction(d, 1000), label, player) for s, d, label, player in values]
    path = tmp_path_factory.mktemp("csv") / "shifts.csv"

    write_shifts(rows, path)

    assert read_shifts(path) == rows


@given(st.text(max_size=200))
def test_no_text_crashes_the_reader(text):
    try:
        rows = parse_shifts("start,end,label,player\n" + text, "s.csv")
    except UserError:
        return
    assert all(row.end > row.start for row in rows)
