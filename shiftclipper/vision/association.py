"""Which detection belongs to whom.

Costs are log-likelihood ratios with the sign turned: how much worse "this box is this person" explains
the box than "this box is somebody not followed yet". A pair that costs 0 or more is left alone.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from shiftclipper.vision.kalman import States, measurement_variance

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]
Floats32 = NDArray[np.float32]

NEWCOMERS = 0.02
"""Density of boxes of people not followed yet: per square body height and unit of log height."""
TAIL = 8.0
"""Degrees of freedom of the errors: people stop and fall, boxes jump."""
LIKENESS = np.array([0.0, 0.5, 0.75, 0.85, 0.9, 0.95, 1.0])
"""Likeness of torso histograms (Bhattacharyya) at which LIKENESS_COSTS were read off sample games."""
LIKENESS_COSTS = np.array([3.5, 3.0, 1.8, 0.7, 0.0, -1.0, -1.8])


def likeness_costs(first: Array, second: Floats32) -> Array:
    """Return (n, m) costs of unit root histograms (n, bins) and (m, bins) being of one person.

    Zeros are an unknown histogram and cost nothing.
    """
    known = np.outer(first.any(axis=1), second.any(axis=1))
    return np.asarray(np.interp(first @ second.T, LIKENESS, LIKENESS_COSTS) * known)


def paired_likeness_costs(first: Floats32, second: Floats32) -> Array:
    """Return (k,) costs as `likeness_costs`, of the rows of two (k, bins) arrays."""
    known = first.any(axis=1) & second.any(axis=1)
    likeness = np.einsum("kc,kc->k", first, second)
    return np.asarray(np.interp(likeness, LIKENESS, LIKENESS_COSTS) * known)


def box_costs(states: States, feet: Array, height: Array, pixel: float) -> Array:
    """Return (n, m) costs of n predicted people owning m boxes.

    Args:
        states: predicted to the time of the boxes.
        feet: (m, 2) stabilised pixels.
        height: (m,) stabilised pixels.
        pixel: noise of a box corner in stabilised pixels.
    """
    feet_noise, height_noise = measurement_variance(np.exp(states.log_height), pixel)
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
    volume = 0.5 * np.log(spread[:, 0] * spread[:, 1] * height_spread) + 1.5 * np.log(2 * np.pi)
    newcomer = np.log(NEWCOMERS) - 2 * states.log_height
    return np.asarray(0.5 * (TAIL + 3) * np.log1p(distance / TAIL) + (volume + newcomer)[:, None])


def assign(costs: Array) -> tuple[Numbers, Numbers]:
    """Return rows and columns of the pairs that together cost least; pairs of cost 0 or more are none."""
    rows, columns = linear_sum_assignment(np.minimum(costs, 0.0))
    real = costs[rows, columns] < 0
    return rows[real], columns[real]
