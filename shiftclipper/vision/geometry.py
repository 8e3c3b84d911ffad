"""How tall people look where they stand, and which boxes do not fit that.

A camera above flat ice sees everybody's height grow in proportion to how far below the horizon he stands, and
the horizon is a line: so the height is a linear function of the feet point. It is fitted robustly to what the
detector is surest of (iteratively reweighted least squares with Cauchy's weights), in stretches, so that what
is left of a camera's drift does little harm. Boxes too tall or too short for their place are mostly signs,
nets, parts of people or two people in one.
"""

import math
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shiftclipper.vision.detections import GameDetections

Array = NDArray[np.float64]
Floats32 = NDArray[np.float32]

STRETCH_SECONDS = 60.0
"""The line is fitted anew for each such stretch of a scene."""
SURE = 0.5
"""Score from which a detection helps to find the line."""
FEWEST = 300
"""Sure detections that a stretch needs for a line of its own; it has its scene's otherwise."""
FEWEST_OF_SCENE = 60
"""And fewer than this give no line at all."""
MOST = 20_000
"""Detections that a line is fitted to at most: more make it no better."""
WIDEST = 0.25
"""Spread of log heights of sure detections about the line beyond which it says nothing."""
ROUNDS = 12
LEAST_HEIGHT = 0.1
"""Share of the usual height below which the line is not believed: far up at the horizon."""
LEAST_SPREAD = 0.05
FREE = 0.15
"""Difference of log heights that costs nothing: people crouch, and boxes contain sticks."""
FALL = 0.2
"""Standard deviation of the bell by which the score falls beyond that."""


def fitting_scores(detections: GameDetections) -> Floats32:
    """Return the scores (N,) of all detections, lowered where the height does not fit the place."""
    scores = detections.scores.copy()
    for rows, misfit in misfits(detections):
        beyond = np.maximum(np.abs(misfit) - FREE, 0.0) / FALL
        scores[rows] = scores[rows] * np.exp(-0.5 * beyond * beyond)
    return scores


def misfits(d: GameDetections) -> Iterator[tuple[slice, Array]]:
    """Yield the detections of each stretch that has a line, and how far (n,) log heights exceed it."""
    scenes = [0, *(np.flatnonzero(np.diff(d.scenes)) + 1).tolist(), len(d.scenes)]
    for low, high in pairwise(d.starts[scenes].tolist()):
        line = _fit(d, slice(low, high), FEWEST_OF_SCENE)
        if line is None:
            continue
        first, last = d.seconds(np.array([low, high - 1])).tolist()
        # Stretches of equal length, none of them a short rest.
        count = max(1, int((last - first) / STRETCH_SECONDS))
        edges = np.searchsorted(d.times, np.linspace(first, last, count + 1)[1:-1])
        for begin, end in pairwise([low, *d.starts[edges].tolist(), high]):
            if begin < end:
                rows = slice(begin, end)
                yield rows, _residuals(d, rows, _fit(d, rows, FEWEST) or line)


class _Line:
    """Height as a linear function of the feet point."""

    def __init__(self, unit: float, middle: Array, slopes: Array) -> None:
        self.unit = unit
        """The usual height in stabilised pixels, in which everything is measured."""
        self.middle = middle
        self.slopes = slopes

    def expected(self, feet: Array) -> Array:
        """Return the height (n,) of people who stand at (n, 2), in stabilised pixels."""
        return self.unit * np.maximum(_terms(feet, self) @ self.slopes, LEAST_HEIGHT)


def _terms(feet: Array, line: _Line) -> Array:
    return np.column_stack([np.ones(len(feet)), (feet - line.middle) / line.unit])


def _residuals(d: GameDetections, rows: slice, line: _Line) -> Array:
    return np.asarray(np.log(d.height[rows] / line.expected(d.feet[rows])))


def _fit(d: GameDetections, rows: slice, fewest: int) -> _Line | None:
    """Fit the line to the sure ones of some detections; None when they are too few or disagree."""
    sure = rows.start + np.flatnonzero((d.scores[rows] >= SURE) & ~d.edges[rows])
    if len(sure) < fewest:
        return None
    sure = sure[:: math.ceil(len(sure) / MOST)]
    feet, height = d.feet[sure], d.height[sure]
    line = _Line(float(np.median(height)), np.median(feet, axis=0), np.array([1.0, 0.0, 0.0]))
    terms, tall = _terms(feet, line), height / line.unit
    spread = np.inf
    for _ in range(ROUNDS):
        expected = np.maximum(terms @ line.slopes, LEAST_HEIGHT)
        error = np.log(tall / expected)
        spread = 1.4826 * float(np.median(np.abs(error)))
        # Errors are relative: a pixel matters more far away.
        weight = 1 / (1 + (error / (1.5 * max(spread, LEAST_SPREAD))) ** 2) / expected**2
        weighted = terms * weight[:, None]
        normal = weighted.T @ terms + 1e-6 * weight.sum() * np.eye(3)
        line.slopes = np.linalg.solve(normal, weighted.T @ tall)
    return line if spread < WIDEST else None
