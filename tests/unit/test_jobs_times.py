"""Times go into the database and come back without being rounded twice."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shiftclipper.jobs.times import from_flicks, seconds_of_number, to_flicks


@pytest.mark.parametrize(
    "rate",
    [24, 25, 30, 48, 50, 60, 90_000, 44_100, 48_000] + [Fraction(n * 1000, 1001) for n in (24, 30, 60)],
)
def test_a_frame_or_tick_of_every_usual_rate_is_exact(rate):
    for count in (1, 7, 215_999):
        time = count / Fraction(rate)
        assert from_flicks(to_flicks(time)) == time


@settings(derandomize=True)
@given(st.integers(0, 10**15))
def test_flicks_come_back(flicks):
    assert to_flicks(from_flicks(flicks)) == flicks


@settings(derandomize=True)
@given(st.integers(0, 10**8))
def test_milliseconds_that_a_person_writes_are_exact(milliseconds):
    assert seconds_of_number(milliseconds / 1000) == Fraction(milliseconds, 1000)
    assert float(seconds_of_number(milliseconds / 1000)) == milliseconds / 1000


def test_what_is_no_number_is_refused():
    with pytest.raises(ValueError):
        seconds_of_number("soon")
    with pytest.raises(ValueError):
        seconds_of_number(float("nan"))
