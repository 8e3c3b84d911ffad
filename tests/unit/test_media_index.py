"""The packet index: exact times, keyframes and its form in the database."""

import zlib
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftclipper.media.index import MISSING, PacketIndex
from tests.media_corpus import index_of

TICKS = st.integers(-(2**40), 2**40)


@given(
    st.lists(
        st.tuples(TICKS | st.just(MISSING), TICKS, st.booleans(), st.booleans(), st.booleans()), max_size=60
    ),
    st.fractions(min_value=Fraction(1, 10**9), max_value=10, max_denominator=10**9),
)
def test_the_database_gives_back_the_index_that_was_stored(rows, base):
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], [], []]
    index = PacketIndex(
        base,
        pts=np.array(columns[0], np.int64),
        dts=np.array(columns[1], np.int64),
        duration=np.array(columns[1], np.int64),
        key=np.array(columns[2], np.bool_),
        size=np.arange(len(rows), dtype=np.int64),
        shown=np.array(columns[3], np.bool_),
        disposable=np.array(columns[4], np.bool_),
        idr=np.array(columns[2][::-1], np.bool_),
    )
    back = PacketIndex.from_bytes(index.to_bytes())
    assert back.time_base == base
    for name in ("pts", "dts", "duration", "key", "size", "shown", "disposable", "idr"):
        assert np.array_equal(getattr(back, name), getattr(index, name)), name


def test_an_index_of_the_version_before_is_read_and_knows_of_no_idr_picture():
    index = index_of([0, 3000, 6000], key=[True, False, True])
    packed = bytearray(index.to_bytes())
    packed[4:6] = (2).to_bytes(2, "little")
    last = len(zlib.compress(np.packbits(index.idr).tobytes())) + 8
    back = PacketIndex.from_bytes(bytes(packed[:-last]))
    assert back.pts.tolist() == [0, 3000, 6000]
    assert back.key.tolist() == [True, False, True]
    assert back.idr.tolist() == [False] * 3


def test_an_index_of_an_hour_takes_little_room_in_the_database():
    frames = 30 * 3600
    index = index_of([3003 * number for number in range(frames)], key=[n % 60 == 0 for n in range(frames)])
    assert len(index.to_bytes()) < 200_000


@pytest.mark.parametrize("data", [b"", b"SCPI", b"NOPE" + bytes(40)])
def test_bytes_that_are_no_index_are_refused(data):
    with pytest.raises(ValueError, match="packet index"):
        PacketIndex.from_bytes(data)


def test_frames_are_shown_in_the_order_of_their_pts_without_the_hidden_ones():
    index = index_of([9000, 0, 6000, 3000], shown=[True, False, True, True])
    assert index.presentation_pts().tolist() == [3000, 6000, 9000]
    assert index.first_pts == 3000
    assert index.source_time(9000) == Fraction(6000, 90000)


def test_the_film_ends_when_its_last_frame_does():
    assert index_of([0, 3000, 6000], duration=[3000, 3000, 4500]).duration_seconds == Fraction(10500, 90000)
    assert index_of([0, 3000, 6000]).duration_seconds == Fraction(9000, 90000)


def test_rounding_to_milliseconds_is_no_variable_rate_but_a_phone_is():
    rounded = [round(number * 1001 / 30) for number in range(100)]
    assert not index_of(rounded, base=Fraction(1, 1000)).variable_frame_rate
    assert index_of([*range(0, 300, 3), 340], base=Fraction(1, 90)).variable_frame_rate


def test_decoding_begins_at_the_keyframe_shown_before_the_frame():
    index = index_of([0, 100, 200, 300, 400, 500], key=[True, False, True, False, True, False])
    assert index.key_before(399) == 200
    assert index.key_before(400) == 400
    assert index.key_before(400, back=1) == 200
    assert index.key_before(-1) is None
    assert index.key_before(399, back=5) is None


@given(st.integers(1, 100_000), st.fractions(0, 1000))
def test_the_first_tick_at_a_time_is_never_before_it(ticks_per_second, time):
    index = index_of([77, 78], base=Fraction(1, ticks_per_second))
    tick = index.first_pts_at(time)
    assert index.source_time(tick) >= time > index.source_time(tick - 1)


def test_a_stream_without_times_says_so():
    assert not index_of([MISSING, MISSING]).timed
    assert not index_of([]).timed
    assert index_of([0]).timed
