"""What the pictures say about who is who, as log-likelihood ratios in nats.

A cue that was not seen contributes 0. Every cue that is added here (numbers, a distinctive look)
returns one ratio for each piece: log p(cue | the player) / p(cue | somebody else).
"""

import colorsys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shiftclipper.identity.assignment import Places, parts
from shiftclipper.identity.looks import Looks
from shiftclipper.identity.model import RGB, Rules
from shiftclipper.identity.pieces import Floats, Integers, Pieces
from shiftclipper.tracklets import COLOUR_BINS

COLOUR_LIMIT = 4.0
"""Nats; colour alone never says more than this about one tracklet."""
_HUES = COLOUR_BINS // 2


def colour_prototype(color: RGB) -> NDArray[np.float64]:
    """Return the torso histogram (COLOUR_BINS,) that a plain jersey of this colour would have.

    Neighbouring bins share, because light and shade move the pixels of one jersey about.
    """
    red, green, blue = color
    chroma = float(max(color) - min(color))
    colourful = float(np.clip((chroma - 24.0) / 24.0, 0.0, 1.0))
    hue = colorsys.rgb_to_hsv(red / 255.0, green / 255.0, blue / 255.0)[0] * _HUES
    greys = COLOUR_BINS - _HUES
    grey = (0.3 * red + 0.59 * green + 0.11 * blue) / 255.0 * greys - 0.5
    histogram = np.zeros(COLOUR_BINS)
    for step, part in ((-1, 0.25), (0, 0.5), (1, 0.25)):
        histogram[(round(hue) + step) % _HUES] += colourful * part
        nearest = min(max(round(grey) + step, 0), greys - 1)
        histogram[_HUES + nearest] += (1.0 - colourful) * part
    return histogram


def player_look(looks: Looks, clicked: Integers, rules: Rules) -> NDArray[np.float64]:
    """Return the probability (k,) that a tracklet of the player falls into each group.

    Args:
        clicked: indices of the pieces that the person clicked on.
    """
    belief = looks.membership[clicked].mean(axis=0) if len(clicked) else looks.share.copy()
    for color, is_his in ((rules.jersey_color, True), (rules.opponent_color, False)):
        if color is not None and len(looks.centres) > 1:
            squared = ((looks.centres - np.sqrt(colour_prototype(color))) ** 2).sum(axis=1)
            nearness = np.exp(-(squared - squared.min()) / 0.2)
            belief *= 0.1 + 0.9 * nearness if is_his else 1.0 - 0.9 * nearness
    belief /= belief.sum()
    follows = looks.kinship * looks.share
    follows = follows / follows.sum(axis=1, keepdims=True)
    return np.asarray(belief @ follows, dtype=np.float64)


def colour_evidence(looks: Looks, player: Floats) -> NDArray[np.float64]:
    """Return the log-likelihood ratio (n,) of each piece's colour for the player.

    Limited from above to 0: team-mates share the jersey, and the tracklets of one chain repeat the
    same reading, so that a right colour must not add up to a reason for being on the ice.
    """
    ratio = looks.membership @ (player / looks.share)
    limited = np.clip(np.log(np.maximum(ratio, 1e-9)), -COLOUR_LIMIT, 0.0)
    return np.asarray(limited, dtype=np.float64)


def same_look(looks: Looks, one: Integers | Places, other: Integers | Places) -> NDArray[np.float64]:
    """Return log p(colours | same person) / p(colours | any two) for pairs of pieces (m,)."""
    akin = looks.membership @ looks.kinship
    ratio = np.empty(len(one))
    for part in parts(len(one)):
        together = (akin[one[part]] * looks.membership[other[part]]).sum(axis=1)
        ratio[part] = np.clip(np.log(np.maximum(together, 1e-9)), -COLOUR_LIMIT, COLOUR_LIMIT)
    return ratio


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a number measured on each piece differs for the same person and for any two."""

    same: float
    """Variance of the difference of two pieces of one person."""
    different: float
    """Variance of the difference of two pieces of any two people."""

    def ratio(self, difference: Floats) -> NDArray[np.float64]:
        """Return the log-likelihood ratio (m,) that two pieces are of one person."""
        squared = difference**2
        gaussian = (
            0.5 * np.log(self.different / self.same)
            - squared / (2.0 * self.same)
            + squared / (2.0 * self.different)
        )
        return np.asarray(np.clip(gaussian, -2.0, 2.0), dtype=np.float64)


def learn_likeness(values: Floats, one: Integers, other: Integers) -> Likeness:
    """Learn from pairs that surely are one person how much a number tells.

    Args:
        values: (n,) the number measured on each piece (its build, say).
        one, other: (m,) indices of pairs of pieces surely of one person.
    """
    spread = float(np.median(np.abs(values - np.median(values)))) * 1.4826 if len(values) else 0.0
    different = max(2.0 * spread**2, 1e-4)
    pairs = np.abs(values[one] - values[other])
    measured = (float(np.median(pairs)) * 1.4826) ** 2 if len(pairs) else different
    trust = len(pairs) / (len(pairs) + 20.0)
    same = trust * measured + (1.0 - trust) * different
    return Likeness(same=min(max(same, 0.05 * different), different), different=different)


def piece_builds(pieces: Pieces) -> NDArray[np.float64]:
    """Return each piece's build (n,), shrunk to the usual one when few boxes speak for it."""
    trust = pieces.samples / (pieces.samples + 3.0)
    return np.asarray(pieces.build * trust, dtype=np.float64)
