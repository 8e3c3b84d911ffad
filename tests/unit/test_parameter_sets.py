"""Parameter sets read from the header of an H.264 track and joined with others, on hand-made bytes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftclipper.media.parameter_sets import ParameterSets


def golomb(number: int) -> bytes:
    """Return a number as Exp-Golomb code, filled up with ones to bytes."""
    bits = f"{number + 1:b}"
    bits = "0" * (len(bits) - 1) + bits
    bits += "1" * (-len(bits) % 8 + 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def sps(number: int, profile: int = 100) -> bytes:
    return bytes([0x67, profile, 0, 40]) + golomb(number)


def pps(number: int, more: bytes = b"") -> bytes:
    return b"\x68" + golomb(number) + more


def sets_of(*numbers: int, profile: int = 100, level: int = 40) -> ParameterSets:
    return ParameterSets(
        profile, 0, level, 4, tuple(sps(one, profile) for one in numbers), tuple(map(pps, numbers))
    )


@given(st.lists(st.integers(0, 31), min_size=1, max_size=8, unique=True), st.sampled_from([66, 77, 100]))
def test_a_header_is_written_as_it_was_read(numbers, profile):
    sets = sets_of(*numbers, profile=profile)
    assert ParameterSets.from_bytes(sets.to_bytes()) == sets


def test_new_sets_get_a_number_that_no_other_has():
    assert sets_of(0).free_number == 3
    assert sets_of(0, 3, 4).free_number == 5
    assert replace(sets_of(0), pps=(pps(0), pps(3))).free_number == 4
    with pytest.raises(ValueError, match="every number"):
        _ = sets_of(*range(32)).free_number


def test_joined_headers_list_both_once_and_name_the_higher_profile_and_level():
    joined = sets_of(0, profile=77, level=41).joined_with(sets_of(3, level=31)).joined_with(sets_of(3))
    assert joined.sps == (sps(0, 77), sps(3))
    assert joined.pps == (pps(0), pps(3))
    assert (joined.profile, joined.level) == (100, 41)


def test_two_sets_with_one_number_are_not_joined():
    other = replace(sets_of(0), pps=(pps(0, b"other"),))
    with pytest.raises(ValueError, match="same number"):
        sets_of(0).joined_with(other)
    with pytest.raises(ValueError, match="lengths"):
        sets_of(0).joined_with(replace(sets_of(3), length_size=2))


def test_the_byte_that_keeps_start_codes_apart_is_no_part_of_the_number():
    # 00 00 03 in a unit stands for 00 00.
    escaped = ParameterSets(66, 0, 0, 4, (bytes([0x67, 66, 0, 0, 3, *golomb(5)]),), (pps(5),))
    assert ParameterSets.from_bytes(escaped.to_bytes()).free_number == 3
    assert replace(escaped, sps=(bytes([0x67, 66, 0, 0, 3, *golomb(3)]),), pps=(pps(0),)).free_number == 4


@pytest.mark.parametrize(
    "data", [b"", bytes(20), sets_of(0).to_bytes()[:14], bytes([1, 100, 0, 40, 255, 0xE0, 0])]
)
def test_what_is_no_header_is_refused(data):
    with pytest.raises(ValueError, match="header"):
        ParameterSets.from_bytes(data)
