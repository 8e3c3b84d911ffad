"""The game's clock over several files."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftclipper.errors import UserError
from shiftclipper.media.game import GameClock, SourceMoment, SourceRange, SourceSpan

LENGTHS = st.lists(st.fractions(Fraction(1, 1000), 4000), min_size=1, max_size=6)


def clock_of(lengths, gaps=None):
    return GameClock.end_to_end([(Path(f"{n}.mp4"), length) for n, length in enumerate(lengths)], gaps)


@given(LENGTHS, st.fractions(0, 1))
def test_game_time_leads_to_a_source_and_back(lengths, share):
    clock = clock_of(lengths)
    time = clock.duration * share
    moment = clock.source_moment(time)
    assert moment is not None
    assert clock.game_time(moment.source, moment.time) == time
    assert 0 <= moment.time <= clock.sources[moment.source].duration


@given(LENGTHS, st.fractions(-10, 5000), st.fractions(-10, 5000))
def test_a_stretch_is_made_of_pieces_that_fit_together(lengths, one, other):
    clock = clock_of(lengths)
    start, end = min(one, other), max(one, other)
    pieces = clock.ranges(start, end)
    inside = max(Fraction(0), min(end, clock.duration) - max(start, Fraction(0)))
    assert sum((piece.end - piece.start for piece in pieces), Fraction(0)) == inside
    assert [piece.source for piece in pieces] == sorted({piece.source for piece in pieces})


def test_a_gap_between_files_is_kept():
    clock = clock_of([Fraction(10), Fraction(5)], gaps=[Fraction(0), Fraction(3)])
    assert clock.source_moment(Fraction(11)) is None
    assert clock.source_moment(Fraction(13)) == SourceMoment(1, Fraction(0))
    assert clock.ranges(Fraction(9), Fraction(14)) == (
        SourceRange(0, Fraction(9), Fraction(10)),
        SourceRange(1, Fraction(0), Fraction(1)),
    )
    assert clock.duration == 18


def test_the_seam_belongs_to_the_next_file_and_the_very_end_to_the_last():
    clock = clock_of([Fraction(10), Fraction(5)])
    assert clock.source_moment(Fraction(10)) == SourceMoment(1, Fraction(0))
    assert clock.source_moment(Fraction(15)) == SourceMoment(1, Fraction(5))
    assert clock.source_moment(Fraction(16)) is None
    assert clock.source_moment(Fraction(-1)) is None


def test_files_that_overlap_or_none_at_all_are_refused():
    with pytest.raises(UserError, match="check their order"):
        GameClock(
            (
                SourceSpan(Path("a.mp4"), Fraction(0), Fraction(10)),
                SourceSpan(Path("b.mp4"), Fraction(9), Fraction(10)),
            )
        )
    with pytest.raises(UserError, match="at least one video"):
        GameClock(())
