"""Tracklets that touch a gate: one who passes by, or one who goes off and another who comes out."""

import numpy as np
import pytest

from shiftclipper.identity import Constraints, GameView, Rules, solve
from shiftclipper.identity.pieces import cut_pieces
from shiftclipper.identity.touches import parts_at_touches, swap_chance, touch_features
from shiftclipper.tracklets import Ending
from tests.unit.test_identity import BENCH, DOOR, RINK, VIEW, click, game, walk

INSIDE = (600.0, 215.0)
"""A place on the ice close before the bench."""


def swapped():
    """Return somebody who goes off at 20 s, and another who comes out in the same tracklet."""
    return walk(10.0, 30.0, (300.0, 500.0), (450.0, 350.0), INSIDE, (800.0, 420.0), (1000.0, 500.0))


def passing(start: float = 10.0, height: float = 225.0):
    """Return somebody who skates by the bench, fast and straight."""
    return walk(start, start + 6.0, (200.0, height + 8.0), (600.0, height), (1000.0, height + 8.0))


def others():
    """Return people who are on the ice all the time."""
    return [walk(0.0, 119.9, (100.0, y), (1100.0, y), (100.0, y), look=20) for y in (520.0, 600.0, 660.0)]


def test_a_tracklet_is_cut_where_it_is_nearest_to_the_gate():
    pieces = cut_pieces([swapped()], VIEW)
    assert len(pieces) == 2
    assert pieces.last.time[0] == pytest.approx(20.0, abs=0.3)
    assert (pieces.last.kind[0], pieces.first.kind[1]) == (Ending.GATE, Ending.GATE)
    assert (pieces.first.kind[0], pieces.last.kind[1]) == (Ending.OPEN, Ending.OPEN)


@pytest.mark.parametrize(
    ("view", "path"),
    [
        (VIEW, passing(height=320.0)),  # Too far away.
        (GameView((1280, 720), 120.0, rink=RINK), swapped()),  # No bench was drawn.
        (VIEW, walk(10.0, 14.0, (300.0, 500.0), INSIDE)),  # It ends there anyway.
    ],
)
def test_nothing_is_cut_elsewhere(view, path):
    assert len(cut_pieces([path], view)) == 1


def test_nothing_is_cut_at_a_bench_over_the_ice_that_people_skate_on():
    near_side = ((500.0, 640.0), (700.0, 640.0), (700.0, 720.0), (500.0, 720.0))
    view = GameView((1280, 720), 120.0, rink=RINK, benches=(near_side,))
    skating = [walk(10.0 * k, 10.0 * k + 8.0, (400.0, 670.0), (800.0, 670.0)) for k in range(6)]
    approaching = walk(80.0, 90.0, (600.0, 400.0), (600.0, 630.0), (700.0, 400.0))
    assert len(cut_pieces([*skating, approaching], view)) == 7


def test_who_stops_and_turns_at_the_gate_is_likelier_swapped_than_who_passes_by():
    pieces = cut_pieces([swapped(), passing(40.0)], VIEW)
    before, after = parts_at_touches(pieces)
    chance = swap_chance(touch_features(pieces, before, after, VIEW))
    assert chance[0] > 0.5 > 2 * chance[1]


def test_where_everybody_passes_by_a_game_is_taken_to_have_few_swaps():
    def chance_among(count: int) -> float:
        pieces = cut_pieces([swapped(), *(passing(40.0 + k) for k in range(count))], VIEW)
        before, after = parts_at_touches(pieces)
        return float(swap_chance(touch_features(pieces, before, after, VIEW))[0])

    assert chance_among(40) < chance_among(1) - 0.05


def test_touches_of_one_game_keep_their_order_of_likelihood():
    features = np.random.default_rng(3).normal(size=(30, 6))
    features[:, 0] = 1.0
    alone = np.array([swap_chance(features[k : k + 1])[0] for k in range(30)])
    assert (np.argsort(swap_chance(features)) == np.argsort(alone)).all()


def test_a_shift_ends_where_another_came_out_of_the_gate_in_the_same_tracklet():
    tracklets = game(
        swapped(), *others(), *(walk(t, t + 9.0, DOOR, (500.0, 400.0), DOOR) for t in (50.0, 75.0))
    )
    player = next(one for one in tracklets if one.start == 10.0)
    shift = solve(tracklets, Constraints(clicks=(click(player, 15.0),)), VIEW, Rules()).shifts[0]
    assert shift.end == pytest.approx(20.0, abs=0.5)


def test_a_mark_on_the_other_who_came_out_leaves_the_player_his_part_of_the_tracklet():
    tracklets = game(swapped(), *others())
    player = next(one for one in tracklets if one.start == 10.0)
    beside = walk(5.0, 9.8, DOOR, (300.0, 500.0))
    tracklets = game(*tracklets, beside)
    marks = Constraints(clicks=(click(beside, 8.0),), nots=(click(player, 27.0),))
    solution = solve(tracklets, marks, VIEW, Rules())
    assert solution.shifts[0].end == pytest.approx(20.0, abs=0.5)


def test_only_a_tracklet_that_is_the_players_all_through_is_said_to_be_his():
    tracklets = game(swapped(), passing(40.0), *others())
    player, passer = (next(one for one in tracklets if one.start == start) for start in (10.0, 40.0))
    marks = Constraints(clicks=(click(player, 15.0), click(passer, 42.0)), nots=(click(player, 27.0),))
    marginals = solve(tracklets, marks, VIEW, Rules()).marginals
    assert marginals.get(player.id, 0.0) < 0.01
    assert marginals[passer.id] > 0.5


def test_a_shift_goes_on_when_the_player_skates_by_the_gate():
    path = walk(10.0, 40.0, DOOR, (300.0, 400.0), (200.0, 233.0), (600.0, 225.0), (1000.0, 233.0), DOOR)
    tracklets = game(path, *others())
    player = next(one for one in tracklets if one.start == 10.0)
    shift = solve(tracklets, Constraints(clicks=(click(player, 15.0),)), VIEW, Rules()).shifts[0]
    assert shift.end == pytest.approx(40.0, abs=1.0)


def test_the_bench_of_these_tests_is_beyond_the_ice():
    assert max(y for _, y in BENCH) <= min(y for _, y in RINK)
