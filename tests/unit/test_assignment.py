"""Ends are assigned to starts jointly, and how many links are worked on together changes nothing."""

from itertools import combinations

import numpy as np
import pytest

from shiftclipper.identity import Rules, assignment, know, motion
from shiftclipper.identity.assignment import assignment_marginals
from shiftclipper.identity.motion import candidates
from tests.tracklet_simulator import simulate


def enumerated(weight, source, target, n):
    """Return the marginals by going through every way to assign ends to starts."""
    total, links, going, coming = 0.0, np.zeros(len(weight)), np.zeros(n), np.zeros(n)
    for count in range(len(weight) + 1):
        for some in map(list, combinations(range(len(weight)), count)):
            if len(set(source[some])) < count or len(set(target[some])) < count:
                continue
            chance = float(np.prod(weight[some]))
            total += chance
            links[some] += chance
            going[np.setdiff1d(np.arange(n), source[some])] += chance
            coming[np.setdiff1d(np.arange(n), target[some])] += chance
    return links / total, going / total, coming / total


def test_marginals_are_those_of_all_assignments_where_rivals_form_no_ring():
    weight = np.array([3.0, 0.5, 2.0, 8.0, 0.1])
    source = np.array([0, 0, 1, 2, 3], np.int32)
    target = np.array([1, 2, 2, 4, 4], np.int32)
    found = assignment_marginals(weight, source, target, 5)
    for one, other in zip(found, enumerated(weight, source, target, 5), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-3)


def test_without_links_everybody_goes_and_comes():
    none = np.zeros(0, np.int32)
    links, going, coming = assignment_marginals(np.zeros(0), none, none, 3)
    assert (links.tolist(), going.tolist(), coming.tolist()) == ([], [1.0] * 3, [1.0] * 3)


@pytest.mark.parametrize("at_a_time", [1, 7, 64])
def test_marginals_are_the_same_however_many_links_are_worked_on_together(at_a_time, monkeypatch):
    random = np.random.default_rng(5)
    source, target = (random.integers(0, 80, 500).astype(np.int32) for _ in range(2))
    weight = np.exp(random.normal(0.0, 3.0, 500))
    at_once = assignment_marginals(weight, source, target, 80)
    monkeypatch.setattr(assignment, "AT_A_TIME", at_a_time)
    for one, other in zip(assignment_marginals(weight, source, target, 80), at_once, strict=True):
        assert np.array_equal(one, other)


@pytest.fixture(scope="module")
def game():
    return simulate(77, 90.0)


def flat(value, name=""):
    """Give the arrays within dataclasses by name."""
    for field in value.__dataclass_fields__:
        inner = getattr(value, field)
        if isinstance(inner, np.ndarray):
            yield f"{name}{field}", inner
        elif hasattr(inner, "__dataclass_fields__"):
            yield from flat(inner, f"{name}{field}.")


@pytest.mark.parametrize("at_a_time", [100, 4097])
def test_a_game_is_explained_the_same_however_many_links_are_worked_on_together(game, at_a_time, monkeypatch):
    readings = game.readings(0.2)
    at_once = know(game.tracklets, game.view, Rules(), readings)
    assert len(at_once.links.source) > 4097
    for module in (assignment, motion):
        monkeypatch.setattr(module, "AT_A_TIME", at_a_time)
    in_parts = dict(flat(know(game.tracklets, game.view, Rules(), readings)))
    for name, values in flat(at_once):
        assert np.array_equal(values, in_parts[name]), name
        assert values.dtype == in_parts[name].dtype, name


def test_candidates_come_in_order_and_each_once_however_many_are_given_together(game, monkeypatch):
    pieces = know(game.tracklets, game.view, Rules()).pieces
    (at_once,) = candidates(pieces)
    monkeypatch.setattr(motion, "AT_A_TIME", 50)
    few = list(candidates(pieces))
    assert len(few) > 100
    for column in (0, 1):
        assert np.array_equal(np.concatenate([part[column] for part in few]), at_once[column])
    order = at_once[0] * len(pieces) + at_once[1]
    assert (np.diff(order) > 0).all()
