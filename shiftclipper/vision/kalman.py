"""How skaters move: a Kalman filter over many people at once.

Everything is in stabilised pixels. The feet point follows a constant velocity disturbed by white
acceleration, the same for every person when measured in body heights; across and down are independent,
which keeps every covariance a handful of arrays instead of matrices. The height is a slow random walk of
its logarithm. The constants were read off real players' boxes at 10 Hz.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

ACCELERATION = np.array([2.2, 0.6])
"""Spectral density of the acceleration across and down, in (heights/s²)² per Hz: hard turns and stops."""
SPEED = np.array([2.5, 1.0])
"""Standard deviation of a newly seen person's velocity, in heights per second."""
FEET_NOISE = np.array([0.04, 0.03])
"""Standard deviation of a box's feet point around the person's, in heights."""
PIXEL_NOISE = 0.0018
"""Further noise of box corners, as a share of the picture's width: the detector's grid."""
HEIGHT_NOISE = 0.06
"""Standard deviation of a box's log height around the person's: stride, crouch, stick."""
HEIGHT_DRIFT = 0.02
"""Change of the log height, as standard deviation per square root of 0.1 s."""


@dataclass(slots=True)
class States:
    """What is believed of n people. Axis 1 of the (n, 2) arrays is across, down."""

    position: Array
    """(n, 2) feet point in stabilised pixels."""
    velocity: Array
    """(n, 2) stabilised pixels per second."""
    position_variance: Array
    covariance: Array
    """(n, 2) between position and velocity."""
    velocity_variance: Array
    log_height: Array
    """(n,) of the height in stabilised pixels."""
    log_height_variance: Array

    def __len__(self) -> int:
        """Return the number of people."""
        return len(self.log_height)

    def take(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> "States":
        """Return a copy of some rows."""
        return States(
            self.position[rows],
            self.velocity[rows],
            self.position_variance[rows],
            self.covariance[rows],
            self.velocity_variance[rows],
            self.log_height[rows],
            self.log_height_variance[rows],
        )

    def joined(self, other: "States") -> "States":
        """Return the rows of both, these first."""
        return States(
            np.concatenate([self.position, other.position]),
            np.concatenate([self.velocity, other.velocity]),
            np.concatenate([self.position_variance, other.position_variance]),
            np.concatenate([self.covariance, other.covariance]),
            np.concatenate([self.velocity_variance, other.velocity_variance]),
            np.concatenate([self.log_height, other.log_height]),
            np.concatenate([self.log_height_variance, other.log_height_variance]),
        )


def measurement_variance(height: Array, pixel: Array | float) -> tuple[Array, Array]:
    """Return the variances of measured feet points (n, 2) and log heights (n,).

    Args:
        height: (n,) stabilised pixels.
        pixel: noise of a box corner in stabilised pixels, one for all or (n,).
    """
    feet = (height[:, None] * FEET_NOISE) ** 2 + np.square(pixel).reshape(-1, 1)
    return feet, HEIGHT_NOISE**2 + (pixel / height) ** 2


def new_states(feet: Array, height: Array, pixel: Array, drift: Array) -> States:
    """Start to follow people.

    Args:
        feet: (n, 2) stabilised pixels.
        height: (n,) stabilised pixels.
        pixel: (n,) noise of a box corner in stabilised pixels.
        drift: (2,) expected velocity: what the picture's stabilisation leaves over.
    """
    feet_variance, height_variance = measurement_variance(height, pixel)
    return States(
        feet.copy(),
        np.broadcast_to(drift, feet.shape).copy(),
        feet_variance,
        np.zeros_like(feet),
        (height[:, None] * SPEED) ** 2,
        np.log(height),
        height_variance,
    )


def predict(states: States, seconds: Array) -> None:
    """Move people forward by `seconds` (n,), in place."""
    step = seconds[:, None]
    strength = np.exp(2 * states.log_height)[:, None] * ACCELERATION
    states.position += states.velocity * step
    states.position_variance += step * (
        2 * states.covariance + step * (states.velocity_variance + strength * step / 3)
    )
    states.covariance += step * (states.velocity_variance + strength * step / 2)
    states.velocity_variance += strength * step
    states.log_height_variance += HEIGHT_DRIFT**2 * 10 * seconds


def update(states: States, rows: NDArray[np.int64], feet: Array, height: Array, pixel: Array) -> None:
    """Correct `rows` of the states, in place, by what was measured (as in `new_states`)."""
    feet_variance, height_variance = measurement_variance(height, pixel)
    before = states.position_variance[rows]
    covariance = states.covariance[rows]
    total = before + feet_variance
    gain, velocity_gain = before / total, covariance / total
    error = feet - states.position[rows]
    states.position[rows] += gain * error
    states.velocity[rows] += velocity_gain * error
    states.position_variance[rows] = before - gain * before
    states.covariance[rows] = covariance - gain * covariance
    states.velocity_variance[rows] -= velocity_gain * covariance
    height_gain = states.log_height_variance[rows]
    height_gain = height_gain / (height_gain + height_variance)
    states.log_height[rows] += height_gain * (np.log(height) - states.log_height[rows])
    states.log_height_variance[rows] *= 1 - height_gain
