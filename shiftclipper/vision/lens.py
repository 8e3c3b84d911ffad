"""A camera that turns and zooms about one place: rays, rotations, and a map of everything it sees.

Two pictures of such a camera differ by a homography, not by a similarity: with a view of 60 degrees, what is
at the picture's edge is a body height away from where a similarity puts it. World axes are those of the
camera at its first picture: x to the right, y down, z ahead.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

LEAST_AHEAD = 0.05
"""Cosine to the line of sight below which a direction is taken to be at the picture's far edge."""
STEEPEST = 1.3
"""Radians above or below the horizon beyond which the map does not go."""
USUAL_TILT = 0.3
"""Radians that a camera on the stands looks down."""
TILT_WEIGHT = 0.004
"""How much the usual tilt counts against what turning says: a tenth of a radian of turning outweighs it."""


@dataclass(frozen=True, slots=True, eq=False)
class Poses:
    """Where n pictures look."""

    rotation: Array
    """(n, 3, 3) from world directions to the camera's right, down and ahead."""
    focal: Array
    """(n,) pixels."""

    def take(self, rows: NDArray[np.int64]) -> "Poses":
        """Return those of some pictures."""
        return Poses(self.rotation[rows], self.focal[rows])


def rays(points: Array, focal: Array, middle: Array) -> Array:
    """Return camera directions (n, 3) of pixels (n, 2): not of length 1, the last is 1."""
    result = np.ones((len(points), 3))
    result[:, :2] = (points - middle) / np.reshape(focal, (-1, 1))
    return result


def to_pixels(directions: Array, focal: Array, middle: Array) -> Array:
    """Return pixels (n, 2) of camera directions (n, 3)."""
    ahead = np.maximum(directions[:, 2:], LEAST_AHEAD * np.linalg.norm(directions, axis=1, keepdims=True))
    return np.asarray(directions[:, :2] / ahead * np.reshape(focal, (-1, 1)) + middle)


def step_rotations(motions: Array, focal: Array, middle: Array) -> Array:
    """Return the turns (n, 3, 3) behind similarities.

    Args:
        motions: (n, 2, 3) from the pixels of one picture to those of the next.
        focal: (n,) of the next picture.
        middle: (2,) the picture's middle.
    """
    roll = np.arctan2(motions[:, 1, 0], motions[:, 0, 0])
    moved = motions[:, :, :2] @ middle + motions[:, :, 2] - middle
    target = np.column_stack([moved / focal[:, None], np.ones(len(motions))])
    target /= np.linalg.norm(target, axis=1, keepdims=True)
    x, y, z = target.T
    # The smallest turn from straight ahead to the target, after the roll about the line of sight.
    share = 1 / (1 + z)
    turn = np.empty((len(motions), 3, 3))
    turn[:, 0] = np.column_stack([1 - x * x * share, -x * y * share, x])
    turn[:, 1] = np.column_stack([-x * y * share, 1 - y * y * share, y])
    turn[:, 2] = np.column_stack([-x, -y, z])
    rolled = np.zeros((len(motions), 3, 3))
    rolled[:, 0, 0] = rolled[:, 1, 1] = np.cos(roll)
    rolled[:, 1, 0] = np.sin(roll)
    rolled[:, 0, 1] = -rolled[:, 1, 0]
    rolled[:, 2, 2] = 1
    return turn @ rolled


def small_rotations(vectors: Array) -> Array:
    """Return the rotations (n, 3, 3) about vectors (n, 3) by their lengths in radians (Rodrigues)."""
    angle = np.maximum(np.linalg.norm(vectors, axis=1), 1e-12)[:, None, None]
    x, y, z = (vectors / angle[:, 0]).T
    cross = np.zeros((len(vectors), 3, 3))
    cross[:, 0, 1], cross[:, 0, 2], cross[:, 1, 2] = -z, y, -x
    cross[:, 1, 0], cross[:, 2, 0], cross[:, 2, 1] = z, -y, x
    return np.asarray(np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross)


@dataclass(frozen=True, slots=True)
class SceneMap:
    """Mercator's map of all directions: people stand upright everywhere and keep their shape.

    The middle of the first picture lies in the middle of the map's first picture, at the same scale.
    """

    up: tuple[float, float, float]
    """World direction, of length 1."""
    focal: float
    """Of the first picture, in pixels."""
    middle: tuple[float, float]
    """Of the picture, in pixels."""

    def place(self, directions: Array) -> Array:
        """Return scene pixels (n, 2) of world directions (n, 3)."""
        up = np.array(self.up)
        level = np.array([0.0, 0.0, 1.0]) - up * up[2]
        level /= np.linalg.norm(level)
        east, height, north = (directions @ np.column_stack([np.cross(level, up), up, level])).T
        longitude = np.arctan2(east, north)
        latitude = np.arctan2(height, np.hypot(east, north))
        first = float(np.arcsin(np.clip(up[2], -1, 1)))
        size = self.focal * np.cos(first)
        above = _mercator(np.clip(latitude, -STEEPEST, STEEPEST)) - _mercator(np.array(first))
        return np.column_stack([self.middle[0] + size * longitude, self.middle[1] - size * above])

    def place_in_first(self, points: Array) -> Array:
        """Return scene pixels (n, 2) of pixels (n, 2) of the first picture."""
        return self.place(rays(points, np.array(self.focal), np.array(self.middle)))


def make_map(poses: Poses, middle: tuple[float, float]) -> SceneMap:
    """Lay the map for pictures whose first one has the identity as rotation.

    Which way is up is read off the turning: whatever the camera does, its right stays level.
    """
    rights = poses.rotation[:, 0]
    usual = np.array([0.0, -np.cos(USUAL_TILT), -np.sin(USUAL_TILT)])
    scatter = rights.T @ rights / len(rights) + TILT_WEIGHT * (np.eye(3) - np.outer(usual, usual))
    _, vectors = np.linalg.eigh(scatter)
    up = vectors[:, 0] * np.sign(vectors[:, 0] @ usual)
    return SceneMap((float(up[0]), float(up[1]), float(up[2])), float(poses.focal[0]), middle)


def _mercator(latitude: Array) -> Array:
    return np.asarray(np.arctanh(np.sin(latitude)))
