"""The ice from above: lines, circles, creases, painted logos, scratches."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from shiftclipper.sample.looks import Colour, colour, mix
from shiftclipper.sample.rink import Rink

Array = NDArray[np.float64]
Image = NDArray[np.uint8]

MARGIN = 1.0
"""Metres of picture round the ice."""
_RED = (45, 40, 190)
_BLUE = (165, 75, 30)


def to_texture(rink: Rink, scale: float) -> Array:
    """Affine (3, 3) from metres on the ice to the texture's pixels, at `scale` pixels a metre."""
    return np.array(
        [
            [scale, 0, scale * (rink.length / 2 + MARGIN)],
            [0, -scale, scale * (rink.width / 2 + MARGIN)],
            [0, 0, 1.0],
        ]
    )


class _Paint:
    """Draws in metres on the texture."""

    def __init__(self, image: Image, rink: Rink, scale: float) -> None:
        self.image = image
        self.rink = rink
        self.scale = scale
        self.matrix = to_texture(rink, scale)

    def pixels(self, points: Array) -> NDArray[np.int32]:
        placed = points @ self.matrix[:2, :2].T + self.matrix[:2, 2]
        return np.rint(placed * 16).astype(np.int32)

    def band(self, x: float, width: float, tone: Colour) -> None:
        half = self.rink.width / 2 + 1
        corners = np.array([[x - width / 2, -half], [x + width / 2, -half],
                            [x + width / 2, half], [x - width / 2, half]])  # fmt: skip
        cv2.fillConvexPoly(self.image, self.pixels(corners), tone, cv2.LINE_AA, 4)

    def ring(self, x: float, y: float, radius: float, width: float, tone: Colour) -> None:
        turn = np.linspace(0, 2 * np.pi, 72)
        points = np.stack([x + radius * np.cos(turn), y + radius * np.sin(turn)], axis=1)
        thick = max(1, round(width * self.scale))
        cv2.polylines(self.image, [self.pixels(points)], True, tone, thick, cv2.LINE_AA, 4)

    def disc(self, x: float, y: float, radius: float, tone: Colour) -> None:
        turn = np.linspace(0, 2 * np.pi, 48)
        points = np.stack([x + radius * np.cos(turn), y + radius * np.sin(turn)], axis=1)
        cv2.fillConvexPoly(self.image, self.pixels(points), tone, cv2.LINE_AA, 4)

    def segment(self, first: Array, second: Array, width: float, tone: Colour) -> None:
        thick = max(1, round(width * self.scale))
        path = self.pixels(np.stack([first, second]))
        cv2.polylines(self.image, [path], False, tone, thick, cv2.LINE_AA, 4)


def paint_ice(rng: np.random.Generator, rink: Rink, ice: Colour, scale: float) -> Image:
    """The ice as (H, W, 3) uint8 BGR, `to_texture` says where is what."""
    height = round((rink.width + 2 * MARGIN) * scale)
    width = round((rink.length + 2 * MARGIN) * scale)
    image = np.empty((height, width, 3), np.uint8)
    image[:] = ice
    painted = image.copy()
    paint = _Paint(painted, rink, scale)
    _logos(rng, paint, rink, ice)
    _lines(paint, rink)
    strength = rng.uniform(0.45, 0.85)  # the paint lies under a finger of ice
    cv2.addWeighted(painted, strength, image, 1 - strength, 0, dst=image)
    return _wear(rng, image, scale)


def _lines(paint: _Paint, rink: Rink) -> None:
    for x in (-rink.blue_line, rink.blue_line):
        paint.band(x, 0.32, _BLUE)
    paint.band(0.0, 0.32, _RED)
    for x in (-rink.goal_line, rink.goal_line):
        paint.band(x, 0.06, _RED)
        turn = np.linspace(np.pi / 2, 3 * np.pi / 2, 24) * 1.0
        sign = np.sign(x)
        arc = np.stack([x + sign * 1.8 * np.cos(turn), 1.8 * np.sin(turn)], axis=1)
        cv2.fillConvexPoly(paint.image, paint.pixels(arc), (225, 180, 120), cv2.LINE_AA, 4)
        thick = max(1, round(0.06 * paint.scale))
        cv2.polylines(paint.image, [paint.pixels(arc)], True, _RED, thick, cv2.LINE_AA, 4)
    dots = rink.dots()
    paint.ring(0, 0, 4.5, 0.08, _BLUE)
    paint.disc(0, 0, 0.2, _BLUE)
    for x, y in dots[1:5]:
        paint.disc(x, y, 0.32, _RED)
    for x, y in dots[5:]:
        paint.ring(x, y, 4.5, 0.08, _RED)
        paint.disc(x, y, 0.32, _RED)
        for sx in (-1, 1):
            for sy in (-1, 1):
                corner = np.array([x + sx * 0.6, y + sy * 0.25])
                paint.segment(corner, corner + np.array([sx * 1.2, 0]), 0.06, _RED)
                paint.segment(corner, corner + np.array([0, sy * 0.9]), 0.06, _RED)


def _logos(rng: np.random.Generator, paint: _Paint, rink: Rink, ice: Colour) -> None:
    """Advertisements under the ice: pale discs, boxes and letters."""
    words = ["ARENA", "HOCKEY", "SPORT", "BANK", "AUTO", "CITY", "MÖBEL", "RADIO", "PIZZA"]
    for _ in range(int(rng.integers(1, 6))):
        x = rng.uniform(-rink.goal_line + 3, rink.goal_line - 3)
        y = rng.uniform(-rink.width / 2 + 4, rink.width / 2 - 4)
        tone = colour(rng.uniform(0, 1), rng.uniform(0.1, 0.9), rng.uniform(0.25, 0.8))
        tone = mix(tone, ice, rng.uniform(0.35, 0.75))
        kind = rng.integers(3)
        if kind == 0:
            paint.disc(x, y, rng.uniform(1.5, 3.5), tone)
        elif kind == 1:
            w, h = rng.uniform(2, 5), rng.uniform(0.8, 1.8)
            box = np.array([[x - w, y - h], [x + w, y - h], [x + w, y + h], [x - w, y + h]])
            cv2.fillConvexPoly(paint.image, paint.pixels(box), tone, cv2.LINE_AA, 4)
        word = words[int(rng.integers(len(words)))].encode("ascii", "ignore").decode()
        at = paint.pixels(np.array([[x - 2.0, y - 0.5]]))[0] // 16
        size = paint.scale * rng.uniform(0.035, 0.06)
        letters = tone if kind == 2 else mix(tone, ice, 0.7)
        thick = max(1, round(paint.scale * 0.18))
        cv2.putText(
            paint.image, word, (int(at[0]), int(at[1])), cv2.FONT_HERSHEY_SIMPLEX, size, letters,
            thick, cv2.LINE_AA,
        )  # fmt: skip


def _wear(rng: np.random.Generator, image: Image, scale: float) -> Image:
    """Cloudy ice, and the scratches of a period."""
    height, width = image.shape[:2]
    small = rng.normal(0, 1, (height // 60 + 2, width // 60 + 2)).astype(np.float32)
    cloud = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC) * rng.uniform(1, 5)
    scratches = np.zeros((height, width), np.float32)
    for _ in range(int(rng.integers(150, 900))):
        start = rng.uniform([0, 0], [width, height])
        angle, length = rng.uniform(0, 2 * np.pi), rng.exponential(4.0) * scale
        bend = rng.normal(0, 0.15)
        turns = angle + bend * np.linspace(0, 3, 6)
        steps = np.stack([np.cos(turns), np.sin(turns)], axis=1) * length / 6
        path = np.rint((start + np.cumsum(steps, axis=0)) * 16).astype(np.int32)
        depth = float(rng.uniform(-14, 10))
        cv2.polylines(scratches, [path], False, depth, 1, cv2.LINE_AA, 4)
    fine = rng.standard_normal((height // 2 + 1, width // 2 + 1), dtype=np.float32)
    snow = cv2.resize(cv2.GaussianBlur(fine, (0, 0), 0.8), (width, height))
    scratches += cloud
    scratches += 4 * snow
    # The paint is opaque enough to be worn as one grey level for all three channels.
    darker = np.clip(-scratches, 0, 255).astype(np.uint8)
    lighter = np.clip(scratches, 0, 255).astype(np.uint8)
    worn = cv2.subtract(image, cv2.merge([darker, darker, darker]))
    return np.asarray(cv2.add(worn, cv2.merge([lighter, lighter, lighter])), np.uint8)
