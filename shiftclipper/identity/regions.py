"""Where the ice is: tests of points against the polygons a person has drawn."""

import numpy as np
from numpy.typing import NDArray

from shiftclipper.identity.model import GameView, Polygon


def inside(points: NDArray[np.float64], polygon: Polygon) -> NDArray[np.bool_]:
    """Tell for each of (n, 2) points whether it lies inside the polygon (even-odd rule)."""
    corners = np.asarray(polygon, dtype=np.float64)
    x, y = points[:, 0], points[:, 1]
    result = np.zeros(len(points), dtype=np.bool_)
    for (x1, y1), (x2, y2) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if y1 == y2:
            continue
        crosses = (y1 > y) != (y2 > y)
        result ^= crosses & (x < x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    return result


def distance(points: NDArray[np.float64], polygon: Polygon) -> NDArray[np.float64]:
    """Return how far each of (n, 2) points is from the polygon's outline, in its unit."""
    corners = np.asarray(polygon, dtype=np.float64)
    best = np.full(len(points), np.inf)
    for corner, following in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        side = following - corner
        length = float(side @ side)
        along = (points - corner) @ side / length if length > 0 else np.zeros(len(points))
        nearest = corner + np.clip(along, 0.0, 1.0)[:, None] * side
        best = np.minimum(best, np.hypot(*(points - nearest).T))
    return best


def on_ice(feet: NDArray[np.float64], heights: NDArray[np.float64], view: GameView) -> NDArray[np.bool_]:
    """Tell for each feet point (n, 2) whether it is on the ice, as far as regions were drawn.

    The rink's outline decides where it was drawn: a bench on the camera's side hides ice, so that its
    polygon covers places where people skate. The outline is taken with a tolerance of a quarter of
    a body height (`heights`, (n,)), because boards hide feet and outlines are drawn by hand.
    """
    bench = np.zeros(len(feet), dtype=np.bool_)
    for polygon in (*view.benches, *view.penalty_boxes):
        bench |= inside(feet, polygon)
    if view.rink is None:
        return ~bench
    result = inside(feet, view.rink)
    beyond = np.flatnonzero(~result & ~bench)
    result[beyond] = distance(feet[beyond], view.rink) < 0.25 * heights[beyond]
    return result


def gate_distance(
    feet: NDArray[np.float64], heights: NDArray[np.float64], view: GameView
) -> NDArray[np.float64] | None:
    """Return how far each feet point (n, 2) is from the nearest gate, in body heights.

    None when none is known: gates have to be learned then.
    """
    polygons = view.gates
    if not polygons:
        return None
    nearest = np.min([distance(feet, polygon) for polygon in polygons], axis=0)
    within = np.any([inside(feet, polygon) for polygon in polygons], axis=0)
    nearest[within] = 0.0
    return np.asarray(nearest / np.maximum(heights, 1.0), dtype=np.float64)


def near_bench(feet: NDArray[np.float64], heights: NDArray[np.float64], view: GameView) -> NDArray[np.bool_]:
    """Tell for each feet point (n, 2) whether it is in a bench or within a body height of one."""
    result = np.zeros(len(feet), dtype=np.bool_)
    for polygon in (*view.benches, *view.penalty_boxes):
        corners = np.asarray(polygon)
        reach = float(heights.max(initial=0.0))
        low, high = corners.min(axis=0) - reach, corners.max(axis=0) + reach
        rows = np.flatnonzero(((feet >= low) & (feet <= high)).all(axis=1) & ~result)
        result[rows] = distance(feet[rows], polygon) < heights[rows]
        result[rows] |= inside(feet[rows], polygon)
    return result
