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

_Stroke = tuple[list[NDArray[np.int32]], bool, Colour, int]
"""Paths in sixteenths of a pixel, whether they are filled, their colour and thickness."""
_SPAN = 0.5
"""Radians that the camera turns within one panorama."""
_LARGEST = 4600
"""Pixels: no panorama is wider."""


class Scenery:
    """Hall and ice painted once; per frame a copy, or a warp of it for a turning camera."""

    def __init__(self, seed: np.random.SeedSequence, rink: Rink, light: Light, views: Sequence[View]) -> None:
        """Paint all that any of `views` will see (all from one lens)."""
        self.rink = rink
        self.light = light
        self._frame = views[0].size
        self.moving = len(views) > 1
        scale = 40.0 if self.moving else 28.0
        ice, wear = seed.spawn(2)
        texture = paint_ice(np.random.default_rng(ice), rink, light.ice, scale)
        self._panoramas = _panoramas(views) if self.moving else [views[0]]
        self._canvases: list[Image] = []
        for view in self._panoramas:
            # The same numbers for each, so that all show the same hall.
            rng = np.random.default_rng(wear)
            width, height = view.size
            canvas: Image = np.zeros((height, width, 3), np.uint8)
            hall = Hall(rng, rink, view, canvas)
            hall.behind()
            hall.before()
            path = _lay_ice(canvas, view, rink, texture, scale)
            hall.shine(light.shine, path)
            self.cap = hall.boards()
            hall.glass()
            hall.goals()
            toned = self._tone(hall.image)
            # OpenCV warps four channels in about half the time of three.
            alpha = cv2.COLOR_BGR2BGRA
            self._canvases.append(np.asarray(cv2.cvtColor(toned, alpha), np.uint8) if self.moving else toned)
        self.outside = shade(colour(rng.uniform(0, 1), 0.15, rng.uniform(0.1, 0.75)), 1.0)
        self.board, self.kick = hall.base, hall.kick
        self._post_every = int(rng.integers(2, 5))
        self._noise = self._grain(rng)
        self._chains(np.asarray(views[0].position)[:2])

    def _tone(self, image: Image) -> Image:
        grain_bias = 2.0 * self.light.noise
        values = (np.arange(256) - 128.0) * self.light.contrast + 128 + self.light.brightness
        table = np.clip(values - grain_bias, 0, 255).astype(np.uint8)
        return np.asarray(cv2.LUT(image, table), np.uint8)

    def _grain(self, rng: np.random.Generator) -> Image:
        width, height = self._frame[0] + 64, self._frame[1] + 64
        noise = 0.4 * rng.standard_normal((height, width, 3), dtype=np.float32)
        noise += rng.standard_normal((height, width, 1), dtype=np.float32)
        noise += 2.0
        noise *= self.light.noise
        grain: Image = np.clip(np.rint(noise), 0, 255).astype(np.uint8)
        return grain

    def _chains(self, eye: Array) -> None:
        """Find the boards between the camera and the ice: those seen from outside."""
        ring = dense_outline(self.rink.outline(0.1), 0.5)
        step = np.diff(ring, axis=0)
        inwards = np.stack([-step[:, 1], step[:, 0]], axis=1)
        seen_outside = np.sum(inwards * (eye - ring[:-1]), axis=1) < 0
        chain = ring[:-1][seen_outside]
        self._near = chain[np.argsort(chain[:, 0])]
        every = range(0, len(self._near), 2 * self._post_every)
        self._posts = [k for k in every if not self._before_bench(self._near[k])]
        self._kept_near: list[_Stroke] | None = None

    def background(self, view: View) -> Image:
        """A fresh picture of what stands still, as `view` sees it."""
        if not self.moving:
            return self._canvases[0].copy()
        k = int(np.argmin([abs(view.yaw - panorama.yaw) for panorama in self._panoramas]))
        matrix = view.from_view(self._panoramas[k])
        warped = cv2.warpPerspective(self._canvases[k], matrix, view.size, flags=cv2.INTER_LINEAR)
        return np.asarray(cv2.cvtColor(warped, cv2.COLOR_BGRA2BGR), np.uint8)

    def draw_bench_boards(self, image: Image, view: View) -> None:
        """The far boards before the benches, over the people who sit behind them."""
        for bench in self.rink.benches:
            y = self.rink.width / 2 * bench.side
            if bench.side < 0:
                continue
            left, right = bench.left - 0.4, bench.right + 0.4
            for low, high, tone in (
                (0.0, BOARD_HEIGHT, self.board),
                (0.0, 0.2, self.kick),
                (BOARD_HEIGHT - 0.06, BOARD_HEIGHT + 0.04, self.cap),
            ):
                corners = np.array([[left, y, low], [right, y, low], [right, y, high], [left, y, high]])
                pixels, depth = view.project(corners)
                if depth.min() > 0.6:
                    path = np.rint(np.clip(pixels, -4000, 6000) * 16).astype(np.int32)
                    cv2.fillConvexPoly(image, path, tone, cv2.LINE_AA, 4)

    def draw_near_boards(self, image: Image, view: View) -> None:
        """The boards and posts between the camera and the ice, over the players."""
        for paths, closed, tone, thick in self._near_paths(view):
            if closed:
                cv2.fillPoly(image, paths, tone, cv2.LINE_AA, 4)
            else:
                cv2.polylines(image, paths, False, tone, thick, cv2.LINE_AA, 4)

    def _near_paths(self, view: View) -> list[_Stroke]:
        """What `draw_near_boards` draws: kept for a fixed camera."""
        if self._kept_near is not None and not self.moving:
            return self._kept_near
        heights = (-0.3, BOARD_HEIGHT, GLASS_HEIGHT)
        levels = np.stack([_flat(self._near, z) for z in heights])
        pixels, depths = view.project(levels)
        path = np.rint(np.clip(pixels, -4000, 6000) * 16).astype(np.int32)
        keep = depths[1] > 0.7
        strokes: list[_Stroke] = []
        if keep.sum() >= 2:
            foot, top = path[0][keep], path[1][keep]
            metre = view.focal / float(np.median(depths[1][keep]))
            strokes.append(([np.concatenate([top, foot[::-1]])], True, self.outside, 0))
            strokes.append(([top], False, self.cap, max(1, round(0.10 * metre))))
            for k in self._posts:
                if depths[2, k] > 1.5:
                    thick = max(1, round(0.05 * view.focal / float(depths[2, k])))
                    strokes.append(([path[1:, k].copy()], False, (110, 112, 112), thick))
        self._kept_near = strokes
        return strokes

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

    def develop(self, image: Image, i: int) -> Image:
        """The lens's softness and the sensor's grain for frame i."""
        if self.light.blur > 0.45:
            cv2.GaussianBlur(image, (3, 3), self.light.blur, dst=image)
        height, width = image.shape[:2]
        dx, dy = (i * 37) % 64, (i * 23) % 64
        return np.asarray(cv2.add(image, self._noise[dy : dy + height, dx : dx + width], dst=image))


def _flat(points: Array, z: float) -> Array:
    return np.column_stack([points, np.full(len(points), z)])


def _lay_ice(canvas: Image, view: View, rink: Rink, texture: Image, scale: float) -> NDArray[np.int32]:
    """Put the ice's texture where `view` sees it; returns the ice's outline in pixels."""
    matrix = view.from_plane() @ np.linalg.inv(to_texture(rink, scale))
    ice = cv2.warpPerspective(texture, matrix, view.size, flags=cv2.INTER_LINEAR)
    pixels, depth = view.project(_flat(dense_outline(rink.outline(), 0.5), 0.0))
    seen = np.clip(pixels[depth > 0.5], -12000, 12000)
    mask = np.zeros((view.size[1], view.size[0]), np.uint8)
    cv2.fillPoly(mask, [np.rint(seen * 8).astype(np.int32)], 255, cv2.LINE_AA, 3)
    cv2.copyTo(ice, mask, canvas)
    return np.rint(seen).astype(np.int32)


def _panoramas(views: Sequence[View]) -> list[View]:
    """Views that together contain all of `views`, each turned by no more than a quarter right angle."""
    yaws = np.array([v.yaw for v in views])
    low, high = float(yaws.min()), float(yaws.max())
    count = max(1, int(np.ceil((high - low) / _SPAN)))
    width = (high - low) / count
    found = []
    for k in range(count):
        middle = low + (k + 0.5) * width
        # Half a step more on both sides than is needed: the views lie between those given.
        near = [v for v in views if abs(v.yaw - middle) <= width / 2 + 0.05]
        found.append(_panorama(near, middle))
    return found


def _panorama(views: Sequence[View], yaw: float) -> View:
    """One view that contains all of `views`, in detail enough for most of them."""
    pitches = np.array([v.pitch for v in views])
    focal = float(np.percentile([v.focal for v in views], 80))
    pitch = float((pitches.min() + pitches.max()) / 2)
    middle = View(views[0].position, yaw, pitch, focal, (2, 2), views[0].roll)
    corners = []
    for view in views:
        width, height = view.size
        matrix = middle.from_view(view)
        points = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1.0]])
        placed = points @ matrix.T
        corners.append(placed[:, :2] / np.maximum(placed[:, 2:], 0.15))
    spread = np.abs(np.concatenate(corners) - 1.0).max(axis=0) + 12
    shrink = min(1.0, _LARGEST / 2 / float(spread.max()))
    size = (2 * int(spread[0] * shrink), 2 * int(spread[1] * shrink))
    return View(middle.position, yaw, pitch, focal * shrink, size, middle.roll)
