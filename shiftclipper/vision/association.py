"""Which detection belongs to whom, and how sure that is.

Costs are log-likelihood ratios with the sign turned: how much worse "this box is this person" explains
the box than "this box is somebody not followed yet". A pair that costs 0 or more is left alone. Two
thresholds on the detection score as in ByteTrack (Zhang et al., ECCV 2022).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from shiftclipper.vision.kalman import States, measurement_variance

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]

NEWCOMERS = 0.02
"""Density of boxes of people not followed yet: per square body height and unit of log height."""
TAIL = 8.0
"""Degrees of freedom of the errors: people stop and fall, boxes jump."""
COLOUR_WEIGHT = 8.0
COLOUR_NEUTRAL = 0.9
"""Likeness of two torso histograms (Bhattacharyya) that speaks neither for nor against one person."""
COLOUR_LIMITS = (-0.5, 3.0)


def colour_costs(first: NDArray[np.float32] | Array, second: NDArray[np.float32] | Array) -> Array:
    """Return (n, m) costs of likeness of unit root histograms; 0 where one of them is unknown."""
    likeness = (first @ second.T).astype(np.float64)
    costs = np.clip(COLOUR_WEIGHT * (COLOUR_NEUTRAL - likeness), *COLOUR_LIMITS)
    return np.where(likeness > 0, costs, 0.0)


def box_costs(states: States, feet: Array, height: Array, pixel: Array) -> Array:
    """Return (n, m) costs of n predicted people owning m boxes.

    Args:
        states: predicted to the time of the boxes.
        feet: (m, 2) stabilised pixels.
        height: (m,) stabilised pixels.
        pixel: (m,) noise of a box corner in stabilised pixels.
    """
    tall = np.exp(states.log_height)
    feet_noise, height_noise = measurement_variance(tall, np.full(len(tall), pixel[0]))
    spread = states.position_variance + feet_noise
    height_spread = states.log_height_variance + height_noise
    across = feet[None, :, 0] - states.position[:, 0, None]
    down = feet[None, :, 1] - states.position[:, 1, None]
    taller = np.log(height)[None, :] - states.log_height[:, None]
    distance = (
        across * across / spread[:, 0, None]
        + down * down / spread[:, 1, None]
        + taller * taller / height_spread[:, None]
    )
    # 2.757 = 1.5 log(2 pi): the constant of a normal density in three dimensions.
    volume = (
        0.5 * np.log(spread[:, 0] * spread[:, 1] * height_spread)
        - 2 * states.log_height
        + 2.757
        + np.log(NEWCOMERS)
    )
    return np.asarray(0.5 * (TAIL + 3) * np.log1p(distance / TAIL) + volume[:, None])


@dataclass(slots=True)
class Matching:
    """The cheapest way to give boxes to people."""

    rows: Numbers
    """(p,) people, ascending."""
    columns: Numbers
    """(p,) their boxes."""
    margins: Array
    """(p,) how much more the next best explanation without this pair costs."""
    doubted: NDArray[np.bool_]
    """(n,) people without a box here who might own one that was given to another."""


def match(costs: Array, doubt: float) -> Matching:
    """Assign (n, m) costs; a pair whose margin is below `doubt` throws doubt on the others it involves."""
    gated = np.minimum(costs, 0.0)
    rows, columns = linear_sum_assignment(gated)
    own = gated[rows, columns]
    real = own < 0
    rows, columns, own = rows[real], columns[real], own[real]
    doubted = np.zeros(costs.shape[0], dtype=bool)
    if not len(rows):
        return Matching(rows, columns, own, doubted)
    margins = -own
    between = gated[rows[:, None], columns[None, :]]
    swaps = between + between.T - own[:, None] - own[None, :]
    np.fill_diagonal(swaps, np.inf)
    margins = np.minimum(margins, swaps.min(axis=1))
    free = np.ones(costs.shape[1], dtype=bool)
    free[columns] = False
    if free.any():
        margins = np.minimum(margins, gated[rows][:, free].min(axis=1) - own)
    idle = np.ones(costs.shape[0], dtype=bool)
    idle[rows] = False
    if idle.any():
        claims = gated[idle][:, columns] - own
        margins = np.minimum(margins, claims.min(axis=0))
        doubted[np.flatnonzero(idle)[claims.min(axis=1) < doubt]] = True
    return Matching(rows, columns, margins, doubted)
