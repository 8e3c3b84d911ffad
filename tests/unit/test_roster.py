"""The numbers of the picked player's team are proposed with a moment at which each can be seen."""

from itertools import pairwise

import numpy as np
import pytest

from shiftclipper.identity import Click, Constraints, Rules, solve
from shiftclipper.identity.roster import APART, evidence_for, explain, propose_roster
from shiftclipper.identity.several import Wanted, solve_several
from shiftclipper.tracklets import NumberReading
from tests.tracklet_simulator import simulate


@pytest.fixture(scope="module")
def game():
    return simulate(301, 240.0)


@pytest.fixture(scope="module")
def player(game):
    return next(one for one in game.skaters() if one.team == "home" and one.shifts)


@pytest.fixture(scope="module")
def readings(game):
    return game.readings(0.2)


@pytest.fixture(scope="module")
def proposed(game, player, readings):
    rules = Rules(number=game.number(player.id))
    return propose_roster(game.tracklets, game.clicks(player, 3), game.view, rules, readings)


def test_most_of_the_team_is_proposed_and_hardly_anybody_else(game, proposed):
    team = {
        game.number(one.id)
        for one in game.people
        if one.team == "home" and (one.shifts or one.role == "goalie")
    }
    numbers = {one.number for one in proposed}
    assert len(numbers & team) >= 0.75 * len(team)
    assert len(numbers - team) <= 1


def test_the_best_founded_come_first(proposed):
    assert [one.evidence for one in proposed] == sorted((one.evidence for one in proposed), reverse=True)
    assert all(one.times_read >= len(one.sights) >= 1 and one.tracklets >= 1 for one in proposed)


def test_each_sight_shows_that_number_at_that_moment_with_others_well_apart(game, proposed, readings):
    said = {(one.tracklet, one.time): one.number for one in readings}
    by_id = {one.id: one for one in game.tracklets}
    for one in proposed:
        for sight in one.sights:
            assert said[sight.tracklet, sight.time] == one.number
            tracklet = by_id[sight.tracklet]
            assert tracklet.start <= sight.time <= tracklet.end
            left, top, right, bottom = sight.box
            assert left < sight.middle[0] < right and top < sight.middle[1] < bottom
        times = sorted(sight.time for sight in one.sights)
        assert all(later - earlier >= APART for earlier, later in pairwise(times))


def test_nearly_every_sight_is_of_the_one_who_wears_the_number(game, proposed):
    owner = {one.id: person for one, person in zip(game.tracklets, game.person_of, strict=True)}
    right = [
        game.number(owner[sight.tracklet]) == one.number if owner[sight.tracklet] >= 0 else False
        for one in proposed
        for sight in one.sights
    ]
    assert np.mean(right) > 0.9


def test_clicks_on_the_sights_find_the_shifts_of_those_players(game, proposed, readings):
    chosen = proposed[:3]
    wanted = [
        Wanted(
            Constraints(clicks=tuple(Click(s.time, *s.middle) for s in one.sights)), Rules(number=one.number)
        )
        for one in chosen
    ]
    by_number = {game.number(person.id): person for person in game.people}
    for one, solution in zip(chosen, solve_several(game.tracklets, wanted, game.view, readings), strict=True):
        truth = by_number[one.number].shifts
        within = [any(start - 2.0 <= sight.time <= end + 2.0 for start, end in truth) for sight in one.sights]
        assert all(within)
        assert len(solution.shifts) >= 1


def test_without_readings_or_tracklets_nobody_is_proposed(game, player):
    clicks = game.clicks(player, 1)
    assert propose_roster(game.tracklets, clicks, game.view, Rules(), []) == ()
    stray = [NumberReading(999_999, 3.0, "17", 0.9)]
    assert propose_roster(game.tracklets, clicks, game.view, Rules(), stray) == ()
    assert solve(game.tracklets, clicks, game.view, Rules(), stray).shifts


# How readings are explained


def clear(number, *parts):
    """Return likelihoods of a tracklet on which a number was read clearly, or only parts of it."""
    row = np.full(100, 0.3)
    row[number] = 30.0
    for part in parts:
        row[part] = 30.0
    return row


def test_a_misread_number_is_explained_by_the_one_that_is_there():
    rows = np.array([clear(17), clear(17), clear(17), clear(11, 17)])
    share, belongs = explain(rows, np.ones(4))
    assert share[11] == 0
    assert belongs[3, 17] > 0.8
    assert evidence_for(rows, np.ones(4), share, 17) > 6.0


def test_readings_on_the_other_team_are_evidence_of_nobody_here():
    rows = np.array([clear(24), clear(24), clear(24), clear(57), clear(57)])
    share, _ = explain(rows, np.array([0.05, 0.05, 0.05, 1.0, 1.0]))
    assert share[24] == 0
    assert share[57] > 0.2


def test_what_says_nothing_is_nobodys():
    rows = np.ones((5, 100))
    share, belongs = explain(rows, np.ones(5))
    assert share[100] == pytest.approx(1.0)
    assert belongs[:, 100] == pytest.approx(1.0)
