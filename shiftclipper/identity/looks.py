"""Who looks like whom: people grouped by team, officials and goalies, by what tells them apart in this game.

Torso colours, what people wear from helmet to socks, and the detector's word on their role make some forty
numbers. Which of them matter differs from game to game: where both teams wear dark jerseys it is the socks.
So the directions are found in which people differ much and one person, from tracklet to tracklet, little
(Fisher's linear discriminant). How much one person differs comes from links that motion alone is sure of,
and, while those are few, from what it was in sample games (resources/evidence/looks.json).
"""

import json
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from shiftclipper.identity.pieces import Flags, Floats, Integers
from shiftclipper.paths import resource_path
from shiftclipper.tracklets import COLOUR_BINS, KIT_VALUES, ROLES

FEATURES = COLOUR_BINS + KIT_VALUES + len(ROLES) - 1
"""Numbers that describe how somebody looks: square roots of colours, kit, log odds of roles but the first."""
_GROUPS = 6
"""Groups at most; those that explain little go."""
_DIRECTIONS = 3
"""Directions in which people are compared."""
_LEAST_ROLE = 0.01
_STEADY = 5.0
"""Boxes at which half of what varies in a tracklet's looks is the person, and half chance."""
_USUAL_PAIRS = 50.0
"""Sure links that the spread in sample games is worth."""
_LIGHT = 2.0
"""Variance of one person over a game against that from one tracklet to the next: light and pose change."""
_APART = 3.0
"""Groups nearer than so many standard deviations are one."""
_SWEEPS = 25
_SETTLING = 8
"""Sweeps before the groups' shape is learned: before they are in place it would take in their neighbours."""
_LEAST_GROUP = 0.01
"""Share of all people below which a group goes."""
_IMPURE = 0.03
"""Share of tracklets that look like somebody else: the ice, the boards or another person in front."""
_FAITHFUL = 0.98
"""Chance that two tracklets of one person fall into the same group, before anything is learned."""
_PRIOR_PAIRS = 6.0
"""Pairs of tracklets per group that this is worth."""


@dataclass(frozen=True, slots=True, eq=False)
class Looks:
    """The groups of people who look alike: teams, officials, goalies."""

    centres: Floats
    """(k, COLOUR_BINS) square roots of torso histograms."""
    share: Floats
    """(k,) share of the pieces."""
    membership: Floats
    """(n, k) probability that a piece belongs to a group; `share` where its look is unknown."""
    kinship: Floats
    """(k, k) p(groups of two tracklets | same person) / p(groups of any two)."""


def features_of(colour: Floats, kit: Floats, roles: Floats) -> tuple[Floats, Flags]:
    """Return how people look (n, FEATURES), and of whom anything is known (n,).

    Args:
        colour: (n, COLOUR_BINS) torso histograms; zeros where unknown.
        kit: (n, KIT_VALUES) what they wear; zeros where unknown.
        roles: (n, roles) probabilities; zeros where unknown.
    """
    known = colour.sum(axis=1) > 0.5
    total = np.maximum(colour.sum(axis=1, keepdims=True), 1e-9)
    worn = np.abs(kit).sum(axis=1) > 0.0
    usual = kit[worn].mean(axis=0) if worn.any() else np.zeros(kit.shape[1])
    said = np.log(np.maximum(roles, _LEAST_ROLE))
    parts = (np.sqrt(colour / total), np.where(worn[:, None], kit, usual), said[:, 1:] - said[:, :1])
    return np.concatenate(parts, axis=1), known


def nobodys_looks(n: int) -> Looks:
    """Return the looks of so many pieces of whom nothing is known."""
    centres = np.full((1, COLOUR_BINS), np.sqrt(1.0 / COLOUR_BINS))
    return Looks(centres, np.ones(1), np.ones((n, 1)), np.ones((1, 1)))


def find_looks(features: Floats, known: Flags, samples: Integers, one: Integers, other: Integers) -> Looks:
    """Group people by how they look.

    Args:
        features: (n, FEATURES) as `features_of` returns them.
        known: (n,) of whom they are known.
        samples: (n,) boxes behind each; longer tracklets weigh more.
        one, other: (m,) indices of pairs that surely are one person.
    """
    n = len(features)
    seen = np.flatnonzero(known)
    if len(seen) < 2:
        return nobodys_looks(n)
    weight = samples / (samples + _STEADY)
    both = known[one] & known[other]
    axes = _directions(features, weight, seen, one[both], other[both])
    if not axes.shape[1]:  # All look alike.
        return nobodys_looks(n)
    place = features[seen] @ axes
    exact, share = _mixture(place, weight[seen])
    membership = np.repeat(share[None], n, axis=0)
    membership[seen] = (1.0 - _IMPURE) * exact + _IMPURE * share
    masses = np.maximum((exact * weight[seen, None]).sum(axis=0), 1e-9)
    centres = (exact * weight[seen, None]).T @ features[seen, :COLOUR_BINS] / masses[:, None]
    looks = Looks(centres, share, membership, kinship_of(share, np.zeros((len(share), len(share)))))
    return learn_kinship(looks, one[both], other[both])


def _directions(
    features: Floats, weight: Floats, seen: Integers, one: Integers, other: Integers
) -> NDArray[np.float64]:
    """Return the directions (FEATURES, d) that tell people apart best, scaled to one person's spread."""
    difference = features[one] - features[other]
    # Short tracklets vary more.
    trust = 1.0 / (1.0 / weight[one] + 1.0 / weight[other])
    usual = usual_spread() ** 2
    found = _LIGHT * (difference * trust[:, None]).T @ difference
    within = (found + _USUAL_PAIRS * np.diag(usual)) / (len(one) + _USUAL_PAIRS)
    within += np.diag(1e-3 * usual + 1e-6)
    every = np.cov(features[seen].T, aweights=weight[seen])
    whiten = np.linalg.inv(np.linalg.cholesky(within))
    spread, axes = np.linalg.eigh(whiten @ every @ whiten.T)
    telling = np.flatnonzero(spread > 1e-6)[::-1][:_DIRECTIONS]
    return np.asarray(whiten.T @ axes[:, telling], dtype=np.float64)


def _mixture(place: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Return probabilities of groups (n, k) and their shares (k,): a mixture of Gaussians of one shape.

    Groups begin far apart; those that explain little are dropped on the way (Figueiredo and Jain,
    "Unsupervised learning of finite mixture models", IEEE PAMI 2002).
    """
    centres = [np.average(place, axis=0, weights=weight)]
    for _ in range(_GROUPS):
        nearest = np.min([((place - one) ** 2).sum(axis=1) for one in centres], axis=0)
        # Not the farthest of all, which is nobody's look.
        rank = np.argsort(nearest * weight)
        centres.append(place[rank[int(0.98 * (len(rank) - 1))]])
    middle = np.array(centres[1:])
    shape = np.eye(place.shape[1])
    share = np.full(len(middle), 1.0 / len(middle))
    while True:
        middle, share, shape, chance = _fitted(place, weight, middle, share, shape)
        apart = middle[:, None] - middle[None]
        far = np.einsum("abi,ij,abj->ab", apart, np.linalg.inv(shape), apart)
        far[np.tril_indices(len(far))] = np.inf
        if len(middle) == 1 or far.min() > _APART**2:
            return chance, share
        one, other = np.unravel_index(int(np.argmin(far)), far.shape)
        middle[one] = np.average(middle[[one, other]], axis=0, weights=share[[one, other]])
        share[one] += share[other]
        middle, share = np.delete(middle, other, axis=0), np.delete(share, other)


def _fitted(
    place: Floats, weight: Floats, middle: Floats, share: Floats, shape: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return centres, shares, shape and probabilities after some rounds of expectation-maximisation."""
    d = place.shape[1]
    least = max(_LEAST_GROUP * float(weight.sum()), 1.5)
    for sweep in range(_SWEEPS):
        form, chance = _membership(place, middle, share, shape)
        # What is far from every group says nothing of their shape.
        fits = weight / (1.0 + form.min(axis=1) / (4.0 * d))
        mass = (chance * fits[:, None]).sum(axis=0)
        weakest = int(np.argmin(mass))
        if mass[weakest] <= least and len(mass) > 1:  # One at a time: what it held falls to others.
            keep = np.arange(len(mass)) != weakest
            middle, share = middle[keep], share[keep] / share[keep].sum()
            continue
        middle = (chance * fits[:, None]).T @ place / mass[:, None]
        share = mass / mass.sum()
        if sweep < _SETTLING:
            continue
        apart = place[:, None] - middle[None]
        found = np.einsum("nk,nki,nkj->ij", chance * fits[:, None], apart, apart)
        shape = (found + 20.0 * np.eye(d)) / (mass.sum() + 20.0)
    return middle, share, shape, _membership(place, middle, share, shape)[1]


def _membership(place: Floats, middle: Floats, share: Floats, shape: Floats) -> tuple[Floats, Floats]:
    """Return squared distances from all groups (n, k) and probabilities of belonging to them (n, k)."""
    apart = place[:, None] - middle[None]
    form = np.einsum("nki,ij,nkj->nk", apart, np.linalg.inv(shape), apart)
    log_chance = np.log(share) - 0.5 * form
    chance = np.exp(log_chance - log_chance.max(axis=1, keepdims=True))
    return form, np.asarray(chance / chance.sum(axis=1, keepdims=True), dtype=np.float64)


def kinship_of(share: Floats, pairs: Floats) -> NDArray[np.float64]:
    """Return the kinship of groups from weighted counts of pairs (k, k) of one person each."""
    faithful = _FAITHFUL * np.eye(len(share)) + (1.0 - _FAITHFUL) * share
    both = pairs + pairs.T + _PRIOR_PAIRS * len(share) * share[:, None] * faithful
    both = (both + both.T) / 2.0
    return np.asarray(both / both.sum() / np.outer(share, share), dtype=np.float64)


def learn_kinship(looks: Looks, one: Integers, other: Integers) -> Looks:
    """Learn which groups are the same people in another light.

    Args:
        one, other: (m,) pieces that surely are of one person, told by motion alone.
    """
    pairs = looks.membership[one].T @ looks.membership[other]
    return replace(looks, kinship=kinship_of(looks.share, pairs))


@cache
def usual_spread() -> NDArray[np.float64]:
    """Return how much one person differs from tracklet to tracklet (FEATURES,) in sample games."""
    facts = json.loads(resource_path("evidence", "looks.json").read_text(encoding="utf-8"))
    return np.array([*facts["colour"], *facts["kit"], *facts["roles"]], dtype=np.float64)
