"""Which frames are sampled does not depend on where reading starts."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftclipper.media.frames import sample_frames, sample_pts, sample_times, sampling_arguments
from shiftclipper.media.index import MISSING
from tests.media_corpus import index_of

STEPS = st.lists(st.integers(1, 12_000), min_size=1, max_size=120)
RATES = st.sampled_from([Fraction(10), Fraction(5), Fraction(25, 2), Fraction(30000, 1001), Fraction(100)])


@given(STEPS, RATES, st.integers(-5000, 5000))
def test_each_cell_gives_its_first_frame_and_no_other(steps, rate, first):
    index = index_of((np.cumsum(steps) + first).tolist())
    chosen = sample_times(index, rate)
    cells: dict[int, Fraction] = {}
    for pts in index.presentation_pts():
        time = index.source_time(int(pts))
        cells.setdefault(int(time * rate), time)
    assert chosen == list(cells.values())


@given(STEPS, RATES, st.lists(st.fractions(0, 12), max_size=4))
def test_reading_in_pieces_gives_the_same_samples_as_reading_whole(steps, rate, cuts):
    index = index_of(np.cumsum(steps).tolist())
    edges = [None, *sorted(set(cuts)), None]
    pieces = [sample_pts(index, rate, start, end) for start, end in pairwise(edges)]
    assert np.concatenate(pieces).tolist() == sample_pts(index, rate).tolist()


def test_disposable_frames_are_skipped_where_the_rest_fills_the_cells():
    every_second = index_of([3000 * k for k in range(60)], disposable=[k % 2 == 1 for k in range(60)])
    assert sample_pts(every_second, Fraction(10)).tolist() == [
        first for cell in range(20) for first in [9000 * cell + 3000 * (cell % 2)]
    ]
    arguments = sampling_arguments(
        Path("game.mp4"), every_second, every_second.reference_pts(), rate=Fraction(10), size=(640, 360)
    )
    assert arguments[arguments.index("-skip_frame") + 1] == "noref"


def test_no_frame_is_skipped_where_too_few_would_be_left():
    one_in_four = index_of([3000 * k for k in range(60)], disposable=[k % 4 > 0 for k in range(60)])
    assert len(sample_pts(one_in_four, Fraction(10))) == 20
    arguments = sampling_arguments(
        Path("game.mp4"), one_in_four, one_in_four.presentation_pts(), rate=Fraction(10), size=(640, 360)
    )
    assert "-skip_frame" not in arguments


def test_the_rule_given_to_ffmpeg_uses_whole_numbers_only():
    index = index_of([0, 1001, 2002, 3003], base=Fraction(1, 30000))
    arguments = sampling_arguments(
        Path("game.mp4"), index, index.presentation_pts(), rate=Fraction(10), size=(640, 360)
    )
    filters = arguments[arguments.index("-vf") + 1]
    assert "floor((pts-(0))*1/3000)" in filters
    assert "trim=start_pts=0:end_pts=3004" in filters


def test_no_ffmpeg_is_started_when_nothing_lies_inside():
    index = index_of([0, 3000, 6000])
    found = sample_frames(None, Path("x.mp4"), index, rate=Fraction(10), size=(8, 8), start=Fraction(99))
    assert list(found) == []


def test_a_file_without_frame_times_must_be_normalised_first():
    with pytest.raises(ValueError, match="normalise"):
        list(sample_frames(None, Path("x.h264"), index_of([MISSING]), rate=Fraction(10), size=(8, 8)))
