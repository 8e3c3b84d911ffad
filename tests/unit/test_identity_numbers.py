"""What numbers read on backs do to who is who."""

from dataclasses import replace

import numpy as np
import pytest

from shiftclipper.identity import Constraints, Rules, know, numbers, solve
from shiftclipper.identity.numbers import number_evidence
from shiftclipper.identity.pieces import cut_pieces
from shiftclipper.identity.score import pool, score_shifts
from shiftclipper.tracklets import NumberReading
from tests.tracklet_simulator import simulate


@pytest.fixture(scope="module")
def game():
    return simulate(11, 60.0)


def evidence(game, *readings, roster=()):
    pieces = cut_pieces(game.tracklets, game.view)
    ids = np.array([one.id for one in game.tracklets])[pieces.tracklet]
    return number_evidence(pieces, ids, readings, roster), pieces, ids


def reading(game, index, number, probability=0.9):
    one = game.tracklets[index]
    return NumberReading(one.id, (one.start + one.end) / 2, number, probability)


def long_ones(game):
    order = sorted(range(len(game.tracklets)), key=lambda k: game.tracklets[k].start - game.tracklets[k].end)
    return order[:3]


def weight(found, ids, tracklet, number):
    belief = np.zeros(100)
    belief[int(number)] = 1.0
    return float(found.of_player(belief)[np.flatnonzero(ids == tracklet)].sum())


def test_a_clear_reading_speaks_for_its_number_and_against_others(game):
    index = long_ones(game)[0]
    found, _, ids = evidence(game, reading(game, index, "24"))
    at = game.tracklets[index].id

    assert weight(found, ids, at, "24") > 2.5
    assert weight(found, ids, at, "57") < -1.0


def test_a_single_digit_says_little_and_an_unlikely_reading_less(game):
    index = long_ones(game)[0]
    at = game.tracklets[index].id
    clear, _, ids = evidence(game, reading(game, index, "24"))
    single, _, _ = evidence(game, reading(game, index, "2"))
    faint, _, _ = evidence(game, reading(game, index, "24", 0.12))

    assert abs(weight(single, ids, at, "57")) < 0.15
    assert weight(faint, ids, at, "24") < weight(clear, ids, at, "24") - 1
    assert -0.2 < weight(faint, ids, at, "57") < 0


def test_one_second_says_as_much_however_often_it_is_read(game):
    index = long_ones(game)[0]
    one = game.tracklets[index]
    at = float(np.floor((one.start + one.end) / 2))
    often = [NumberReading(one.id, at + part / 10, "24", 0.9) for part in range(1, 9)]
    once, _, ids = evidence(game, often[0])
    many, _, _ = evidence(game, *often)
    later, _, _ = evidence(game, often[0], replace(often[0], time=at - 1.5))

    assert weight(many, ids, one.id, "24") == pytest.approx(weight(once, ids, one.id, "24"), abs=0.01)
    assert weight(later, ids, one.id, "57") < weight(once, ids, one.id, "57") - 0.5


def test_a_lost_digit_speaks_less_against_a_number_than_another_number_does(game):
    index = long_ones(game)[0]
    at = game.tracklets[index].id
    found, _, ids = evidence(game, reading(game, index, "24"))

    assert weight(found, ids, at, "84") > weight(found, ids, at, "57")


def test_what_was_not_read_says_nothing(game):
    index, other, _ = long_ones(game)
    found, _, ids = evidence(game, reading(game, index, "24"))

    assert weight(found, ids, game.tracklets[other].id, "24") == pytest.approx(0)
    assert weight(found, ids, game.tracklets[other].id, "57") == pytest.approx(0)


def test_equal_numbers_link_two_tracklets_and_different_ones_part_them(game):
    one, two, three = long_ones(game)
    found, _, ids = evidence(
        game, reading(game, one, "24"), reading(game, two, "24"), reading(game, three, "57")
    )
    place = [int(found.pieces[k]) for k in range(3)]
    by_number = dict(zip([int(ids[p]) for p in place], place, strict=True))
    a, b, c = (np.array([by_number[game.tracklets[k].id]]) for k in (one, two, three))

    assert found.of_pairs(a, b)[0] > 2.5
    assert found.of_pairs(a, c)[0] < -0.7


def test_a_roster_makes_a_reading_of_a_number_on_it_more_telling(game):
    index = long_ones(game)[0]
    at = game.tracklets[index].id
    plain, _, ids = evidence(game, reading(game, index, "24", 0.4))
    listed, _, _ = evidence(game, reading(game, index, "24", 0.4), roster=("24", "57", "8"))

    assert weight(listed, ids, at, "57") < weight(plain, ids, at, "57")
    assert weight(plain, ids, at, "24") > 0 and weight(listed, ids, at, "24") > 0


def test_the_number_is_learned_from_the_clicked_tracklet(game):
    index = long_ones(game)[0]
    found, _, _ = evidence(game, *[reading(game, index, "24")] * 2)
    clicked = found.pieces[:1]

    assert int(found.belief("", clicked).argmax()) == 24
    assert found.belief("", clicked)[24] > 0.5
    assert int(found.belief("31", clicked).argmax()) == 31
    assert np.allclose(found.belief("", np.zeros(0, np.int64)), found.share)


def shift_f1(seeds, visible):
    """Return the pooled F1 with one click a game of three skaters of each game."""
    scores = []
    for seed in seeds:
        game = simulate(seed, 240.0)
        readings = game.readings(visible)
        for person in [one for one in game.skaters() if len(one.shifts) > 1][:3]:
            rules = Rules(number=game.number(person.id))
            found = solve(game.tracklets, game.clicks(person, 1), game.view, rules, readings)
            scores.append(score_shifts(person.shifts, [(one.start, one.end) for one in found.shifts]))
    return pool(scores).f1_50


def test_numbers_find_the_shifts_in_which_nobody_clicked():
    seeds = range(3)

    assert shift_f1(seeds, 0.3) > shift_f1(seeds, 0.0) + 0.1


def test_a_shift_with_his_number_read_needs_no_click_to_be_believed():
    game = simulate(3, 240.0)
    person = next(one for one in game.skaters() if len(one.shifts) > 1)
    readings = game.readings(0.5, wrong=0.0)
    rules = Rules(number=game.number(person.id))

    found = solve(game.tracklets, game.clicks(person, 1), game.view, rules, readings)

    told = [term.remark for shift in found.shifts for term in shift.evidence]
    read = [one for one in told if one.key in ("number-read", "number-read-once")]
    assert read and all(one.values["number"] == rules.number for one in read)
    silent = [one for one in found.shifts if "clicked" not in [term.remark.key for term in one.evidence]]
    assert any(one.confidence > 0.6 for one in silent)


def test_without_a_click_there_is_still_nobody_to_look_for():
    game = simulate(3, 60.0)

    assert (
        solve(game.tracklets, Constraints(), game.view, Rules(number="24"), game.readings(0.5)).shifts == ()
    )


def test_pairs_say_the_same_however_many_are_compared_together(monkeypatch):
    game = simulate(3, 60.0)
    known = know(game.tracklets, game.view, Rules(), game.readings(0.5))
    read = np.unique(known.numbers.pieces)
    one, other = (part.ravel() for part in np.meshgrid(read, np.append(read, np.setdiff1d(range(9), read))))
    at_once = known.numbers.of_pairs(one, other)
    assert len(np.unique(at_once)) > 100
    monkeypatch.setattr(numbers, "_PAIRS", 37)
    np.testing.assert_allclose(known.numbers.of_pairs(one, other), at_once, rtol=1e-9, atol=1e-12)
