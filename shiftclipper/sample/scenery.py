"""The still picture behind the players, seen through a fixed or a turning camera."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from shiftclipper.sample.camera import View
from shiftclipper.sample.hall import Hall, dense_outline
from shiftclipper.sample.ice import paint_ice, to_texture
from shiftclipper.sample.looks import Colour, Light, colour, shade
from shiftclipper.sample.rink import BOARD_HEIGHT, GLASS_HEIGHT, Rink

Array = NDArray[np.float64]
Image = NDArray[np.uint8]

_LARGEST = 4600
"""Pixels: no panorama is wider."""


class Scenery:
    """Hall and ice painted once; per frame a copy, or a warp of it for a turning camera."""

    def __init__(self, rng: np.random.Generator, rink: Rink, light: Light, views: Sequence[View]) -> None:
        """Paint all that any of `views` will see (all from one lens)."""
        self.rink = rink
        self.light = light
        self.moving = len(views) > 1
        self.canvas_view = _panorama(views) if self.moving else views[0]
        width, height = self.canvas_view.size
        self.canvas: Image = np.zeros((height, width, 3), np.uint8)
        hall = Hall(rng, rink, self.canvas_view, self.canvas)
        hall.behind()
        self._ice(rng)
        hall.image = self.canvas
        outline, _depth = self.canvas_view.project(_flat(dense_outline(rink.outline()), 0.0))
        ice = np.rint(np.clip(outline, -12000, 12000)).astype(np.int32)
        hall.shine(light.shine, ice)
        self.cap = hall.boards()
        hall.glass()
        hall.goals()
        self.canvas = self._tone(hall.image)
        self.outside = shade(colour(rng.uniform(0, 1), 0.15, rng.uniform(0.1, 0.75)), 1.0)
        self.board = shade((236, 238, 238), float(rng.uniform(0.75, 0.95)))
        self._post_every = int(rng.integers(2, 5))
        self._noise = self._grain(rng)
        self._chains()

    def _ice(self, rng: np.random.Generator) -> None:
        scale = 40.0 if self.moving else 28.0
        texture = paint_ice(rng, self.rink, self.light.ice, scale)
        matrix = self.canvas_view.from_plane() @ np.linalg.inv(to_texture(self.rink, scale))
        size = self.canvas_view.size
        ice = cv2.warpPerspective(texture, matrix, size, flags=cv2.INTER_LINEAR)
        points = _flat(dense_outline(self.rink.outline()), 0.0)
        pixels, depth = self.canvas_view.project(points)
        path = np.rint(np.clip(pixels[depth > 0.5], -12000, 12000) * 8).astype(np.int32)
        mask = np.zeros((size[1], size[0]), np.uint8)
        cv2.fillPoly(mask, [path], 255, cv2.LINE_AA, 3)
        cv2.copyTo(ice, mask, self.canvas)

    def _tone(self, image: Image) -> Image:
        grain_bias = 2.0 * self.light.noise
        values = (np.arange(256) - 128.0) * self.light.contrast + 128 + self.light.brightness
        table = np.clip(values - grain_bias, 0, 255).astype(np.uint8)
        return np.asarray(cv2.LUT(image, table), np.uint8)

    def _grain(self, rng: np.random.Generator) -> Image:
        width, height = self.rink_size_hint()
        grain = rng.normal(2.0 * self.light.noise, self.light.noise, (height, width, 1))
        chroma = rng.normal(0, 0.4 * self.light.noise, (height, width, 3))
        return np.clip(np.rint(grain + chroma), 0, 255).astype(np.uint8)

    def rink_size_hint(self) -> tuple[int, int]:
        """Size of the grain's picture: a little larger than a frame."""
        width, height = self._frame_size
        return width + 64, height + 64

    @property
    def _frame_size(self) -> tuple[int, int]:
        return self._frame

    _frame: tuple[int, int] = (1280, 720)

    def _chains(self) -> None:
        """World points of the near boards' top and foot, and of the far benches' boards."""
        ring = dense_outline(self.rink.outline(0.1), 0.5)
        eye = np.asarray(self.canvas_view.position)[:2]
        step = np.diff(ring, axis=0)
        inwards = np.stack([-step[:, 1], step[:, 0]], axis=1)
        seen_outside = np.sum(inwards * (eye - ring[:-1]), axis=1) < 0
        chain = ring[:-1][seen_outside]
        self._near = chain[np.argsort(chain[:, 0])]

    def background(self, view: View, i: int) -> Image:
        """A fresh picture of what stands still, as `view` sees it."""
        if not self.moving:
            return self.canvas.copy()
        matrix = view.from_view(self.canvas_view)
        warped = cv2.warpPerspective(self.canvas, matrix, view.size, flags=cv2.INTER_LINEAR)
        return np.asarray(warped, np.uint8)

    def draw_bench_boards(self, image: Image, view: View) -> None:
        """The far boards before the benches, over the people who sit behind them."""
        for bench in self.rink.benches:
            y = self.rink.width / 2 * bench.side
            if bench.side < 0:
                continue
            left, right = bench.left - 0.4, bench.right + 0.4
            for low, high, tone in (
                (0.0, BOARD_HEIGHT, self.board),
                (0.0, 0.2, (70, 195, 228)),
                (BOARD_HEIGHT - 0.06, BOARD_HEIGHT + 0.04, self.cap),
            ):
                corners = np.array([[left, y, low], [right, y, low], [right, y, high], [left, y, high]])
                pixels, depth = view.project(corners)
                if depth.min() > 0.6:
                    path = np.rint(np.clip(pixels, -4000, 6000) * 16).astype(np.int32)
                    cv2.fillConvexPoly(image, path, tone, cv2.LINE_AA, 4)

    def draw_near_boards(self, image: Image, view: View) -> None:
        """The boards and posts between the camera and the ice, over the players."""
        top, depth = view.project(_flat(self._near, BOARD_HEIGHT))
        foot, _depth = view.project(_flat(self._near, -0.3))
        keep = depth > 0.7
        if keep.sum() < 2:
            return
        top, foot = np.clip(top[keep], -4000, 6000), np.clip(foot[keep], -4000, 6000)
        face = np.rint(np.concatenate([top, foot[::-1]]) * 16).astype(np.int32)
        cv2.fillPoly(image, [face], self.outside, cv2.LINE_AA, 4)
        metre = view.focal / float(np.median(depth[keep]))
        path = np.rint(top * 16).astype(np.int32)
        cv2.polylines(image, [path], False, self.cap, max(1, round(0.10 * metre)), cv2.LINE_AA, 4)
        upper, depth = view.project(_flat(self._near, GLASS_HEIGHT))
        lower, _depth = view.project(_flat(self._near, BOARD_HEIGHT))
        for k in range(0, len(upper), 2 * self._post_every):
            if depth[k] > 1.5 and not self._before_bench(self._near[k]):
                ends = np.clip(np.stack([lower[k], upper[k]]), -4000, 6000)
                line = np.rint(ends * 16).astype(np.int32)
                thick = max(1, round(0.05 * view.focal / float(depth[k])))
                cv2.polylines(image, [line], False, (110, 112, 112), thick, cv2.LINE_AA, 4)

    def _before_bench(self, point: Array) -> bool:
        return any(
            b.left <= point[0] <= b.right and b.side * point[1] > self.rink.width / 2 - 1
            for b in self.rink.benches
        )

    def hides(self, view: View, x: Array, y: Array, on_ice: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which of people's points (n, k) at pixels x, y lie behind boards."""
        top, depth = view.project(_flat(self._near, BOARD_HEIGHT))
        keep = depth > 0.7
        hidden = np.zeros(x.shape, dtype=bool)
        if keep.sum() > 1:
            order = np.argsort(top[keep][:, 0])
            edge = top[keep][order]
            hidden |= (y > np.interp(x, edge[:, 0], edge[:, 1])) & on_ice[:, None]
        if self.rink.benches[0].side > 0:
            half = self.rink.length / 2 - self.rink.corner
            line = np.array([[s, self.rink.width / 2, BOARD_HEIGHT] for s in (-half, half)])
            ends, _depth = view.project(line)
            slope = (ends[1, 1] - ends[0, 1]) / max(ends[1, 0] - ends[0, 0], 1e-6)
            hidden |= (y > ends[0, 1] + slope * (x - ends[0, 0])) & ~on_ice[:, None]
        return hidden

    def person_light(self) -> float:
        """How bright people are drawn."""
        return 0.9

    def develop(self, image: Image, i: int) -> Image:
        """The lens's softness and the sensor's grain for frame i."""
        if self.light.blur > 0.45:
            cv2.GaussianBlur(image, (3, 3), self.light.blur, dst=image)
        height, width = image.shape[:2]
        dx, dy = (i * 37) % 64, (i * 23) % 64
        return np.asarray(cv2.add(image, self._noise[dy : dy + height, dx : dx + width], dst=image))


def _flat(points: Array, z: float) -> Array:
    return np.column_stack([points, np.full(len(points), z)])


def _panorama(views: Sequence[View]) -> View:
    """One view that contains all of `views`, in detail enough for most of them."""
    yaws = np.array([v.yaw for v in views])
    pitches = np.array([v.pitch for v in views])
    focal = float(np.percentile([v.focal for v in views], 80))
    middle = View(
        views[0].position,
        float((yaws.min() + yaws.max()) / 2),
        float((pitches.min() + pitches.max()) / 2),
        focal,
        (2, 2),
        views[0].roll,
    )
    corners = []
    for view in views:
        width, height = view.size
        matrix = middle.from_view(view)
        points = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1.0]])
        placed = points @ matrix.T
        corners.append(placed[:, :2] / placed[:, 2:])
    spread = np.abs(np.concatenate(corners) - 1.0).max(axis=0) + 4
    shrink = min(1.0, _LARGEST / 2 / float(spread.max()))
    size = (2 * int(spread[0] * shrink), 2 * int(spread[1] * shrink))
    return View(middle.position, middle.yaw, middle.pitch, focal * shrink, size, middle.roll)
