"""The rink's shape in metres, and where people may be on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

BOARD_HEIGHT = 1.1
"""Metres from the ice to the boards' top."""
GLASS_HEIGHT = 2.6
"""Metres from the ice to the glass's top along the sides."""


def lengths(vectors: Array) -> Array:
    """Lengths (...) of vectors (..., 2). Quicker than NumPy's norm, which counts in the play."""
    result: Array = np.sqrt(vectors[..., 0] ** 2 + vectors[..., 1] ** 2)
    return result


@dataclass(frozen=True, slots=True)
class Bench:
    """One team's bench along a side of the rink."""

    left: float
    """Smallest x, in metres."""
    right: float
    """Largest x."""
    side: int
    """+1 behind the far boards, -1 on the camera's side."""
    gates: tuple[float, float]
    """x of the two doors."""


@dataclass(frozen=True, slots=True)
class Rink:
    """A rounded rectangle of ice with two benches."""

    length: float
    width: float
    corner: float
    """Radius of the corners, in metres."""
    benches: tuple[Bench, Bench]
    """Home and away."""

    @property
    def goal_line(self) -> float:
        """Distance of the goal lines from the middle."""
        return self.length / 2 - 4.0

    @property
    def blue_line(self) -> float:
        """Distance of the blue lines from the middle."""
        return self.goal_line - 17.3

    def outline(self, outset: float = 0.0, steps: int = 10) -> Array:
        """The boards' line as points (n, 2), from the near left, to the right and round."""
        radius = self.corner + outset
        points = []
        for (sx, sy), start in zip(
            ((1, -1), (1, 1), (-1, 1), (-1, -1)), (-90.0, 0.0, 90.0, 180.0), strict=True
        ):
            centre = (sx * (self.length / 2 - self.corner), sy * (self.width / 2 - self.corner))
            turn = np.radians(start + np.linspace(0, 90, steps))
            points.append(centre + radius * np.stack([np.cos(turn), np.sin(turn)], axis=1))
        return np.concatenate(points)

    def keep_inside(self, points: Array, margin: float) -> tuple[Array, Array]:
        """Points (n, 2) moved onto the ice `margin` from the boards, and the inward normals.

        The normal is zero where nothing had to move.
        """
        radius = self.corner - margin
        half = np.array([self.length / 2 - self.corner, self.width / 2 - self.corner])
        core = np.minimum(np.maximum(points, -half), half)
        out = points - core
        distance = lengths(out)
        beyond = distance > radius
        unit = out / np.maximum(distance, 1e-9)[:, None]
        inside = np.where(beyond[:, None], core + unit * radius, points)
        return inside, np.where(beyond[:, None], -unit, 0.0)

    def dots(self) -> Array:
        """The nine face-off dots, (9, 2): centre, neutral zone, end zones."""
        end = self.goal_line - 6.0
        neutral = self.blue_line - 1.5
        lane = min(7.0, self.width / 2 - 6.0)
        spots = [(0.0, 0.0)]
        spots += [(sx * neutral, sy * lane) for sx in (-1, 1) for sy in (-1, 1)]
        spots += [(sx * end, sy * lane) for sx in (-1, 1) for sy in (-1, 1)]
        return np.array(spots)


def make_rink(rng: np.random.Generator) -> Rink:
    """A rink of a usual size, benches on the far or the near side."""
    length = float(rng.uniform(56.0, 61.0))
    width = float(rng.uniform(26.0, 30.0))
    side = 1 if rng.random() < 0.7 else -1
    gap = float(rng.uniform(1.2, 3.0))
    reach = float(rng.uniform(8.5, 10.5))
    swap = -1 if rng.random() < 0.5 else 1
    benches = []
    for team in (0, 1):
        direction = swap * (-1 if team == 0 else 1)
        near, far = direction * gap, direction * (gap + reach)
        left, right = min(near, far), max(near, far)
        benches.append(Bench(left, right, side, (left + 0.9, right - 0.9)))
    return Rink(length, width, float(rng.uniform(7.0, 8.5)), (benches[0], benches[1]))
