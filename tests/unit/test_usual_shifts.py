"""How long shifts usually are, by level of play."""

import numpy as np
import pytest

from shiftclipper.identity.ages import SLOT, shift_lengths, usual_shift


def test_professionals_change_sooner_than_youths_and_adults():
    assert usual_shift("professional")[0] < usual_shift("youth")[0] < usual_shift("adult")[0]


@pytest.mark.parametrize("level", ["youth", "adult", "professional"])
def test_a_shift_of_the_usual_length_is_worth_more_than_one_twice_as_long(level):
    mean, spread = usual_shift(level)
    ended = shift_lengths(mean, spread).ended
    assert ended[int(mean / SLOT)] > ended[min(int(2 * mean / SLOT), len(ended) - 2)]


def test_a_goalie_hardly_ever_goes_off_in_the_first_minutes():
    ended = shift_lengths(*usual_shift("goalie")).ended
    assert np.isfinite(ended).all()
    assert ended[-1] - ended[int(45 / SLOT)] > 2.0
