"""Where the sample game is filmed from: a pinhole on the stands, fixed or following the play.

World axes in metres: x along the rink, y away from the camera's side, z up; the ice's middle is the origin.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import cos, sin

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@lru_cache(maxsize=64)
def _rotation(yaw: float, pitch: float, roll: float) -> Array:
    sin_yaw, cos_yaw, sin_pitch, cos_pitch = sin(yaw), cos(yaw), sin(pitch), cos(pitch)
    right = np.array([cos_yaw, -sin_yaw, 0.0])
    down = np.array([-sin_pitch * sin_yaw, -sin_pitch * cos_yaw, -cos_pitch])
    forward = np.array([sin_yaw * cos_pitch, cos_yaw * cos_pitch, -sin_pitch])
    sin_roll, cos_roll = sin(roll), cos(roll)
    return np.stack([cos_roll * right + sin_roll * down, cos_roll * down - sin_roll * right, forward])


@dataclass(frozen=True, slots=True)
class View:
    """One picture's pinhole camera."""

    position: tuple[float, float, float]
    """Of the lens, in metres."""
    yaw: float
    """Radians to the right of straight across the rink."""
    pitch: float
    """Radians below the horizon."""
    focal: float
    """Pixels."""
    size: tuple[int, int]
    """Width and height of the picture, in pixels."""
    roll: float = 0.0
    """Radians; a tripod is never quite level."""

    def rotation(self) -> Array:
        """World directions to the camera's right, down and forward: (3, 3)."""
        return _rotation(self.yaw, self.pitch, self.roll)

    def intrinsics(self) -> Array:
        """Camera coordinates to pixels: (3, 3)."""
        width, height = self.size
        return np.array([[self.focal, 0, width / 2], [0, self.focal, height / 2], [0, 0, 1.0]])

    def project(self, points: Array) -> tuple[Array, Array]:
        """Pixels (..., 2) and distances along the line of sight (...) of world points (..., 3).

        Points behind the lens are moved just in front of it.
        """
        seen = (points - np.asarray(self.position)) @ self.rotation().T
        depth = np.maximum(seen[..., 2], 0.3)
        pixels = seen[..., :2] / depth[..., None] * self.focal
        pixels += (self.size[0] / 2, self.size[1] / 2)
        return pixels, depth

    def from_plane(self, height: float = 0.0) -> Array:
        """Homography (3, 3) from (x, y) on the plane z = height to pixels."""
        matrix = self.intrinsics() @ self.rotation()
        x, y, z = self.position
        columns = [matrix[:, 0], matrix[:, 1], matrix @ np.array([-x, -y, height - z])]
        return np.stack(columns, axis=1)

    def from_view(self, other: View) -> Array:
        """Homography (3, 3) from another view's pixels to these, both turned about one lens."""
        turn = self.rotation() @ other.rotation().T
        matrix: Array = self.intrinsics() @ turn @ np.linalg.inv(other.intrinsics())
        return matrix


def fixed_view(rng: np.random.Generator, length: float, width: float, size: tuple[int, int]) -> View:
    """A camera on the stands that sees the whole ice; height, distance and place vary."""
    back = rng.uniform(30.0, 48.0)
    elevation = rng.uniform(0.26, 0.41)
    height = float(np.tan(elevation) * (back + width / 2))
    position = (float(rng.uniform(-4.0, 4.0)), -width / 2 - back, height)
    roll = float(rng.normal(0.0, 0.004))
    corner = np.array([[s * (length / 2), t * (width / 2 - 4.5), 0.0] for s in (-1, 1) for t in (-1, 1)])
    sides = np.array([[s * (length / 2 - 6), t * width / 2, 0.0] for s in (-1, 1) for t in (-1, 1)])
    ice = np.concatenate([corner, sides])
    yaw, pitch, focal = 0.0, elevation, 600.0
    # A few rounds of centring and zooming until the ice just fills the width.
    for _ in range(12):
        pixels, _depth = View(position, yaw, pitch, focal, size, roll).project(ice)
        low, high = pixels.min(axis=0), pixels.max(axis=0)
        yaw += float(np.arctan(((low[0] + high[0]) / 2 - size[0] / 2) / focal))
        pitch += float(np.arctan(((low[1] + high[1]) / 2 - 0.56 * size[1]) / focal))
        focal *= float(0.985 * size[0] / (high[0] - low[0]))
    return View(position, yaw, pitch, focal, size, roll)


@dataclass(frozen=True, slots=True)
class Panning:
    """A camera that follows the play: one view per frame, all from one lens."""

    position: tuple[float, float, float]
    yaw: Array
    pitch: Array
    focal: Array
    size: tuple[int, int]
    roll: float

    def view(self, i: int) -> View:
        """The camera at frame i."""
        return View(
            self.position,
            float(self.yaw[i]),
            float(self.pitch[i]),
            float(self.focal[i]),
            self.size,
            self.roll,
        )


def panning_view(
    rng: np.random.Generator,
    length: float,
    width: float,
    play: Array,
    fps: float,
    size: tuple[int, int],
) -> Panning:
    """A camera held by somebody on the stands who follows `play`, (frames, 2) on the ice."""
    back = float(rng.uniform(4.0, 12.0))
    height = float(rng.uniform(6.5, 9.5)) + 0.3 * back
    position = (float(rng.uniform(-9.0, 9.0)), -width / 2 - back, height)
    figure = rng.uniform(62.0, 98.0) * size[1] / 720
    distance = np.hypot(width / 2 + back, height)
    base_focal = figure * distance / 1.75
    frames = len(play)
    reach = np.array([length / 2 - 9.0, width / 2 - 5.0])
    aim = _followed(np.clip(play, [-reach[0], -reach[1] + 3.0], reach), fps, seconds=rng.uniform(0.5, 0.9))
    away = np.hypot(aim[:, 0] - position[0], aim[:, 1] - position[1])
    across = np.arctan2(aim[:, 0] - position[0], aim[:, 1] - position[1])
    # The eye rests above the puck, so that the far boards stay in the picture.
    down = np.arctan2(height - 1.0, away)
    zoom = np.clip((away / (width / 2 + back)) ** rng.uniform(0.3, 0.8), 0.7, 1.6)
    wander = _followed(rng.normal(0.0, 1.0, (frames, 3)) * np.sqrt(fps), fps, seconds=1.2)
    shake = _followed(rng.normal(0.0, 1.0, (frames, 3)) * np.sqrt(fps), fps, seconds=0.08)
    steadiness = rng.uniform(0.2, 1.0)
    yaw = across + 0.010 * wander[:, 0] + 0.0006 * steadiness * shake[:, 0]
    pitch = down + 0.006 * wander[:, 1] + 0.0006 * steadiness * shake[:, 1]
    focal = base_focal * zoom * (1 + 0.03 * wander[:, 2])
    roll = float(rng.normal(0.0, 0.006))
    return Panning(position, yaw, pitch, focal, size, roll)


def _followed(signal: Array, fps: float, seconds: float) -> Array:
    """The signal as a hand follows it: two low passes of `seconds` each, along axis 0."""
    keep = float(np.exp(-1.0 / (fps * seconds)))
    followed = np.array(signal, dtype=np.float64)
    for _ in range(2):
        state = followed[: max(1, int(fps * seconds))].mean(axis=0)
        for i in range(len(followed)):
            state = keep * state + (1 - keep) * followed[i]
            followed[i] = state
    return followed
