"""Doors of benches are found where people keep vanishing and appearing."""

from dataclasses import replace

import numpy as np
import pytest

from shiftclipper.identity import GameView, Rules, solve
from shiftclipper.identity.proposed_regions import MOST, propose_benches, with_doors
from shiftclipper.identity.regions import distance, inside
from shiftclipper.identity.score import pool, score_shifts
from shiftclipper.tracklets import Tracklet
from tests.tracklet_simulator import Difficulty, project, simulate

DOORS = [np.array([24.0, 26.0]), np.array([36.0, 26.0])]
"""Where the simulator has them, in metres; the boards are at 26."""


@pytest.fixture(scope="module")
def game():
    return simulate(403, 240.0, Difficulty(regions=False))


@pytest.fixture(scope="module")
def proposed(game):
    return propose_benches(game.tracklets, game.view, Rules())


def test_one_region_is_proposed_for_each_door_and_none_elsewhere(proposed):
    assert len(proposed) == 2
    height = 1.8 * project(DOORS[0])[2]
    for door in DOORS:
        place = project(door)[None, :2]
        away = [0.0 if inside(place, one.polygon)[0] else distance(place, one.polygon)[0] for one in proposed]
        assert min(away) < height
    assert [one.steps for one in proposed] == sorted((one.steps for one in proposed), reverse=True)


def test_a_region_lies_along_the_boards_and_off_the_ice(proposed):
    boards = float(project(DOORS[0])[1])
    for one in proposed:
        corners = np.array(one.polygon)
        wide, tall = np.ptp(corners, axis=0)
        assert wide > 1.5 * tall
        # Up in the picture is away from the ice here.
        assert corners[:, 1].mean() < boards
        assert corners[:, 1].max() < boards + 0.4 * tall


def test_who_draws_nothing_gets_shifts_as_good_as_with_what_is_proposed(game, proposed):
    drawn = replace(game.view, benches=tuple(one.polygon for one in proposed))
    players = [one for one in game.skaters() if one.shifts][::9]
    nothing, all_drawn = (
        pool(
            [
                score_shifts(
                    one.shifts,
                    [
                        (shift.start, shift.end)
                        for shift in solve(game.tracklets, game.clicks(one), seen, Rules()).shifts
                    ],
                )
                for one in players
            ]
        )
        for seen in (game.view, drawn)
    )
    assert nothing.f1_50 >= 0.9
    assert nothing.wrong_seconds <= all_drawn.wrong_seconds + 0.05 * nothing.true_toi


def test_doors_are_found_where_nothing_was_drawn_and_only_there(game, proposed):
    doors = with_doors(game.view, game.tracklets, Rules()).doors
    assert doors[: len(proposed)] == tuple(one.polygon for one in proposed)
    drawn = replace(game.view, benches=(proposed[0].polygon,))
    assert with_doors(drawn, game.tracklets, Rules()) is drawn


def test_what_is_drawn_already_does_not_hide_what_is_there(game, proposed):
    drawn = replace(game.view, benches=tuple(one.polygon for one in proposed))
    assert propose_benches(game.tracklets, drawn, Rules()) == proposed


def test_other_scenes_say_nothing_of_the_first_picture(game, proposed):
    later = [replace(one, id=one.id + 100_000, scene=1, feet=one.feet + 500.0) for one in game.tracklets]
    assert propose_benches([*game.tracklets, *later], game.view, Rules()) == proposed


def test_where_nobody_comes_or_goes_nothing_is_proposed(game):
    def everybody(step: int) -> list[Tracklet]:
        return [one for k, one in enumerate(game.tracklets) if k % step == 0]

    assert propose_benches([], GameView((1280, 720), 60.0), Rules()) == ()
    assert propose_benches(everybody(len(game.tracklets)), game.view, Rules()) == ()
    assert len(propose_benches(everybody(2), game.view, Rules())) <= MOST
