"""Who looks like whom: teams and officials from jerseys, kit and roles."""

import numpy as np
import pytest

from shiftclipper.identity.evidence import colour_evidence, player_look
from shiftclipper.identity.looks import features_of, find_looks, nobodys_looks
from shiftclipper.identity.model import Rules
from shiftclipper.tracklets import COLOUR_BINS, KIT_VALUES

HOME, AWAY, OFFICIAL = 0, 1, 2


def made(count: int, noise: float = 0.03, seed: int = 1):
    """Return group, colours, kits and roles of people of two teams in equal jerseys and other socks."""
    random = np.random.default_rng(seed)
    group = random.choice(3, count, p=[0.45, 0.45, 0.1])
    colour = np.full((count, COLOUR_BINS), 0.01)
    colour[:, 18] += 1.0
    colour += random.exponential(0.05, colour.shape)
    kit = random.normal(0.0, noise, (count, KIT_VALUES)) + 0.3
    kit[group == AWAY, -1] += 0.4
    roles = np.where((group == OFFICIAL)[:, None], [0.3, 0.02, 0.68], [0.85, 0.05, 0.1])
    return group, colour, kit, roles * random.uniform(0.9, 1.1, roles.shape)


def looks_of(group, colour, kit, roles):
    """Group people of whom each is surely the same as the next of his group."""
    features, known = features_of(colour, kit, roles)
    pairs = [np.flatnonzero(group == one) for one in range(3)]
    one = np.concatenate([rows[:-1] for rows in pairs])[::4]
    other = np.concatenate([rows[1:] for rows in pairs])[::4]
    return find_looks(features, known, np.full(len(group), 12), one, other)


@pytest.mark.parametrize("seed", range(4))
def test_teams_in_equal_jerseys_are_told_apart_by_what_else_they_wear(seed):
    group, *seen = made(240, seed=seed)
    looks = looks_of(group, *seen)
    clicked = np.flatnonzero(group == HOME)[:2]
    evidence = colour_evidence(looks, player_look(looks, clicked, Rules()))
    assert np.median(evidence[group == HOME]) > -0.3
    assert np.quantile(evidence[group == AWAY], 0.9) < -1.0
    assert np.quantile(evidence[group == OFFICIAL], 0.9) < -1.0


def test_somebody_whose_look_is_unknown_is_neither_believed_nor_doubted():
    group, colour, kit, roles = made(120)
    colour[5] = kit[5] = roles[5] = 0.0
    looks = looks_of(group, colour, kit, roles)
    assert looks.membership[5] == pytest.approx(looks.share)
    evidence = colour_evidence(looks, player_look(looks, np.array([0]), Rules()))
    assert evidence[5] == pytest.approx(0.0, abs=1e-6)


def test_shares_and_memberships_are_probabilities():
    looks = looks_of(*made(150))
    assert looks.share.sum() == pytest.approx(1.0)
    assert looks.membership.sum(axis=1) == pytest.approx(np.ones(150))


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_hardly_anybody_is_no_reason_to_fail(count):
    _, colour, kit, roles = made(count)
    features, known = features_of(colour, kit, roles)
    nobody = np.zeros(0, dtype=np.int64)
    looks = find_looks(features, known, np.full(count, 5), nobody, nobody)
    assert looks.membership.shape == (count, len(looks.share))
    assert nobodys_looks(count).membership.shape == (count, 1)


def test_people_who_all_look_alike_are_one_group():
    colour = np.zeros((40, COLOUR_BINS))
    colour[:, 3] = 1.0
    features, known = features_of(colour, np.zeros((40, KIT_VALUES)), np.zeros((40, 3)))
    nobody = np.zeros(0, dtype=np.int64)
    looks = find_looks(features, known, np.full(40, 5), nobody, nobody)
    assert np.allclose(looks.membership, looks.membership[0])
