"""Shifts that the person made or judged stay, and what is found gives way to them."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shiftclipper.identity import Click, Constraints, ContradictoryConstraints
from shiftclipper.identity.spans import check_spans, without
from shiftclipper.jobs.kept_shifts import beside_kept, played_spans, rejected_spans
from shiftclipper.jobs.rows import NewShift, ShiftRow


def found(start, end, tracklets=()):
    return NewShift(Fraction(start), Fraction(end), 0.8, "gate", "lost", (), tuple(tracklets))


def kept(start, end, origin="auto", verdict="accepted"):
    return ShiftRow(
        7, 1, Fraction(start), Fraction(end), 0.8, "gate", "gate", (), (), origin=origin, verdict=verdict
    )


def spans(shifts):
    return [(shift.start, shift.end) for shift in shifts]


def beside(shifts, rows, least=5, clicks=(), seen=None):
    return beside_kept(shifts, rows, Fraction(least), [Fraction(time) for time in clicks], seen)


def test_a_shift_that_meets_no_kept_one_is_left_as_it_was_found():
    short = found(10, 12)
    assert beside([short], [kept(30, 60)]) == [short]


def test_what_overlaps_a_kept_shift_is_trimmed_and_says_so():
    (shift,) = beside([found(10, 50)], [kept(40, 80)])
    assert (shift.start, shift.end) == (10, 40)
    assert (shift.start_reason, shift.end_reason) == ("gate", "mark")


def test_a_shift_around_a_kept_one_becomes_two_and_one_inside_it_none():
    assert spans(beside([found(10, 90)], [kept(40, 60)])) == [(10, 40), (60, 90)]
    assert beside([found(45, 55)], [kept(40, 60)]) == []


def test_a_rest_shorter_than_the_shortest_shift_is_dropped_unless_he_was_clicked_in_it():
    assert beside([found(36, 60)], [kept(40, 60)]) == []
    assert spans(beside([found(36, 60)], [kept(40, 60)], clicks=[38])) == [(36, 40)]


def test_a_rejected_stretch_stays_free():
    rows = [kept(10, 50, verdict="rejected")]
    assert spans(beside([found(12, 49), found(45, 80)], rows)) == [(50, 80)]


def test_shifts_that_nobody_judged_are_in_nobodys_way():
    rows = [kept(10, 50, verdict="proposed")]
    assert spans(beside([found(20, 60)], rows)) == [(20, 60)]


def test_tracklets_outside_what_is_left_are_left_out():
    seen = {1: (10.0, 20.0), 2: (21.0, 35.0), 3: (41.0, 50.0)}
    (shift,) = beside([found(10, 50, [1, 2, 3, 4])], [kept(40, 80)], seen=seen)
    assert shift.tracklet_ids == (1, 2, 4)


def test_made_and_accepted_shifts_were_played_and_what_they_replace_was_not():
    rows = [
        kept(100, 140, "manual", "proposed"),
        kept(10, 50),
        kept(200, 240, verdict="proposed"),
        kept(90, 150, verdict="rejected"),
        kept(300, 340, "manual", "rejected"),
    ]
    assert played_spans(rows) == [(10, 50), (100, 140)]
    assert rejected_spans(rows) == [(90, 100), (140, 150), (300, 340)]


stretch = st.tuples(st.integers(0, 60), st.integers(1, 25)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@settings(derandomize=True, deadline=None)
@given(stretch, st.lists(stretch, max_size=6))
def test_what_is_left_of_a_stretch_is_exactly_what_nothing_was_cut_out_of(span, holes):
    parts = without(span, holes)
    left = [second for low, high in parts for second in range(low, high)]
    assert left == [second for second in range(*span) if not any(low <= second < high for low, high in holes)]
    assert all(low < high for low, high in parts)


@settings(derandomize=True, deadline=None)
@given(
    st.lists(stretch, max_size=5),
    st.lists(st.tuples(stretch, st.sampled_from(["accepted", "rejected"])), max_size=5),
    st.integers(0, 8),
)
def test_whatever_is_found_nothing_overlaps_a_kept_shift_and_no_rest_is_short(shifts, judged, least):
    rows = [kept(*span, verdict=verdict) for span, verdict in judged]
    before = spans([found(*span) for span in shifts])
    for start, end in spans(beside([found(*span) for span in shifts], rows, least)):
        assert not any(start < row.end and end > row.start for row in rows)
        assert end - start >= least or (start, end) in before


# What cannot be true together


def said(*, clicks=(), off_ice=(), on_ice=(), off_spans=()):
    return Constraints(
        clicks=tuple(Click(time, 600.0, 400.0) for time in clicks),
        off_ice=tuple(off_ice),
        on_ice=tuple(on_ice),
        off_spans=tuple(off_spans),
    )


@pytest.mark.parametrize(
    ("constraints", "sentence", "moments"),
    [
        (
            said(clicks=[70.0, 20.0], off_spans=[(10.0, 50.0)]),
            "The click at 0:20.0 lies in the shift from 0:10.0 to 0:50.0 that you rejected; remove the "
            "click or take the rejection back.",
            (20.0, 10.0),
        ),
        (
            said(off_ice=[95.0], on_ice=[(90.0, 130.0)]),
            "The off-ice mark at 1:35.0 lies in the shift from 1:30.0 to 2:10.0 that you set or accepted; "
            "remove the mark or change the shift.",
            (95.0, 90.0),
        ),
        (
            said(on_ice=[(40.0, 80.0), (10.0, 50.0)]),
            "The shifts from 0:10.0 to 0:50.0 and from 0:40.0 to 1:20.0 overlap, and you set or accepted "
            "both; change or reject one of them.",
            (10.0, 40.0),
        ),
    ],
)
def test_what_contradicts_is_named_in_one_sentence(constraints, sentence, moments):
    with pytest.raises(ContradictoryConstraints) as caught:
        check_spans(constraints)
    assert str(caught.value) == sentence
    assert caught.value.moments == moments


def test_shifts_that_touch_and_marks_on_their_borders_are_fine():
    check_spans(
        said(
            clicks=[50.0, 10.0],
            off_ice=[80.0, 120.0],
            on_ice=[(80.0, 120.0), (119.95, 140.0)],
            off_spans=[(10.0, 50.0)],
        )
    )
