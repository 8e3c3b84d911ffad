"""How long shifts usually are, by level of play."""

import numpy as np
import pytest

from shiftclipper.identity.ages import SLOT, shift_lengths, usual_shift
from shiftclipper.jobs.settings import LEVELS, load_preset
from shiftclipper.jobs.setup import Setup
from shiftclipper.jobs.stages.identity_inputs import game_rules


def test_professionals_change_sooner_than_youths_and_adults():
    assert usual_shift("professional")[0] < usual_shift("youth")[0] < usual_shift("adult")[0]


@pytest.mark.parametrize("level", ["youth", "adult", "professional"])
def test_a_shift_of_the_usual_length_is_worth_more_than_one_twice_as_long(level):
    mean, spread = usual_shift(level)
    ended = shift_lengths(mean, spread).ended
    assert ended[int(mean / SLOT)] > ended[min(int(2 * mean / SLOT), len(ended) - 2)]


@pytest.mark.parametrize("level", LEVELS)
def test_the_level_of_play_says_how_long_shifts_are_and_any_leaves_it_to_the_settings(level):
    settings = load_preset("panning").settings.changed(
        {"level": level, "shift_mean": 33.0, "shift_spread": 9.0}
    )
    rules = game_rules(Setup(settings=settings))
    wanted = (33.0, 9.0) if level == "any" else usual_shift(level)
    assert (rules.shift_mean, rules.shift_spread) == wanted


def test_a_goalie_hardly_ever_goes_off_in_the_first_minutes():
    ended = shift_lengths(*usual_shift("goalie")).ended
    assert np.isfinite(ended).all()
    assert ended[-1] - ended[int(45 / SLOT)] > 2.0
