"""What stands round the ice: boards with advertisements, glass, stands, roof, lamps, goals."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from shiftclipper.sample.camera import View
from shiftclipper.sample.looks import Colour, colour, mix, shade
from shiftclipper.sample.rink import BOARD_HEIGHT, GLASS_HEIGHT, Rink

Array = NDArray[np.float64]
Image = NDArray[np.uint8]

_WORDS = ("AUTOHAUS", "BANK", "SPORT", "RADIO 7", "PIZZA", "MOTORS", "ELEKTRO", "ICE", "HOTEL",
          "FITNESS", "BAU", "DRINKS", "CITY", "KREDIT")  # fmt: skip


class Hall:
    """Paints the hall into one big still picture."""

    def __init__(self, rng: np.random.Generator, rink: Rink, view: View, image: Image) -> None:
        """Paint on `image`, which is what `view` sees."""
        self.rng = rng
        self.rink = rink
        self.view = view
        self.image = image
        self.ambience = float(rng.uniform(0.35, 1.0))
        self.outline = _dense(rink.outline())
        self.base: Colour = shade((238, 240, 240), rng.uniform(0.75, 0.98))
        """The boards' own colour."""
        self.kick: Colour = [(60, 190, 225), (90, 205, 235), (160, 90, 40)][int(rng.integers(3))]
        """The strip at their foot."""

    def quad(self, points: Array, tone: Colour) -> None:
        """Fill a convex polygon of world points (n, 3); skipped when partly behind the lens."""
        pixels, depth = self.view.project(points)
        if depth.min() <= 0.6:
            return
        pixels = np.clip(pixels, -12000, 12000)
        path = np.rint(pixels * 8).astype(np.int32)
        cv2.fillConvexPoly(self.image, path, tone, cv2.LINE_AA, 3)

    def line(self, points: Array, tone: Colour, metres: float) -> None:
        """A line through world points (n, 3), `metres` wide."""
        pixels, depth = self.view.project(points)
        if depth.min() <= 0.6:
            return
        pixels = np.clip(pixels, -12000, 12000)
        thick = max(1, round(metres * self.view.focal / float(depth.mean())))
        path = [np.rint(pixels * 8).astype(np.int32)]
        cv2.polylines(self.image, path, False, tone, thick, cv2.LINE_AA, 3)

    def behind(self) -> None:
        """Everything farther than the ice: roof, walls, stands with their people."""
        rng = self.rng
        wall = colour(rng.uniform(0, 1), rng.uniform(0, 0.35), rng.uniform(0.12, 0.5))
        self.image[:] = shade(wall, self.ambience)
        self._walls()
        self._roof()
        self._stands()

    def _roof(self) -> None:
        rng, rink = self.rng, self.rink
        height = max(rng.uniform(9.0, 13.0), self.view.position[2] + rng.uniform(2.5, 4.0))
        roof = shade(colour(0.08, rng.uniform(0, 0.4), rng.uniform(0.15, 0.55)), self.ambience)
        far, wide = rink.width / 2 + 18, rink.length / 2 + 20
        for k, y in enumerate(np.arange(self.view.position[1] + 3.0, far, 2.5)):
            tone = shade(roof, 1.0 if k % 2 else 0.85)
            self.quad(
                np.array(
                    [[-wide, y, height], [wide, y, height], [wide, y + 2.5, height], [-wide, y + 2.5, height]]
                ),
                tone,
            )
        for x in np.arange(-wide, wide, rng.uniform(4, 7)):
            self.line(np.array([[x, 0.0, height - 0.6], [x, far, height - 0.6]]), shade(roof, 0.6), 0.35)
        lamp = (245, 250, 252)
        for x in np.arange(-rink.length / 2, rink.length / 2, rng.uniform(4, 8)):
            for y in np.arange(2.0, rink.width / 2 + 3, rng.uniform(4, 6)):
                at = np.array([x, y, height - 0.3])
                self.quad(
                    at + np.array([[-0.6, -0.2, 0], [0.6, -0.2, 0], [0.6, 0.2, 0], [-0.6, 0.2, 0]]), lamp
                )

    def _walls(self) -> None:
        rng, rink = self.rng, self.rink
        y = rink.width / 2 + 14
        wall = colour(rng.uniform(0, 1), rng.uniform(0, 0.3), rng.uniform(0.15, 0.8))
        side = shade(wall, 0.62 * self.ambience)
        end = rink.length / 2 + 17
        for sign in (-1, 1):
            for back in np.arange(-70.0, y, 3.0):
                x = sign * end
                tone = shade(side, 1.0 + 0.12 * rng.normal())
                self.quad(np.array([[x, back, 0], [x, back + 3, 0], [x, back + 3, 26], [x, back, 26]]), tone)
        for x in np.arange(-end, end, 3.0):
            tone = shade(wall, self.ambience * (0.7 + 0.08 * rng.normal()))
            self.quad(np.array([[x, y, 0], [x + 3, y, 0], [x + 3, y, 26], [x, y, 26]]), tone)
            if rng.random() < 0.3:
                self.quad(
                    np.array([[x, y, 0], [x + 0.5, y, 0], [x + 0.5, y, 26], [x, y, 26]]),
                    shade(tone, 0.6),
                )
        if rng.random() < 0.35:
            glow = colour(0.55, 0.05, rng.uniform(0.6, 1.0))
            for x in np.arange(-50, 50, 3.0):
                self.quad(np.array([[x, y, 5.5], [x + 2.6, y, 5.5], [x + 2.6, y, 8.0], [x, y, 8.0]]), glow)
        for _ in range(int(rng.integers(3, 14))):
            x, z = rng.uniform(-38, 38), rng.uniform(4.5, 7.5)
            w, h = rng.uniform(2, 6), rng.uniform(0.6, 1.4)
            tone = colour(rng.uniform(0, 1), rng.uniform(0, 0.8), rng.uniform(0.2, 0.9))
            self.quad(
                np.array([[x, y, z], [x + w, y, z], [x + w, y, z + h], [x, y, z + h]]),
                shade(tone, self.ambience),
            )

    def _stands(self) -> None:
        rng = self.rng
        rows = int(rng.integers(3, 9))
        seats = colour(rng.uniform(0, 1), rng.uniform(0, 0.6), rng.uniform(0.15, 0.5))
        crowd = rng.uniform(0.0, 0.35)
        floor = shade(colour(0.6, 0.05, rng.uniform(0.12, 0.3)), self.ambience)
        self._strip(0.0, 0.0, 3.4, 0.0, floor)
        for row in reversed(range(rows)):
            outset, z = 3.4 + 0.85 * row, 0.9 + 0.42 * row
            self._strip(
                outset + 0.85, z + 0.42, outset, z, shade(seats, self.ambience * (1.0 - 0.25 * (row % 2)))
            )
            ring = _dense(self.rink.outline(outset + 0.4))
            for point in ring[:: 2 if crowd > 0.15 else 4]:
                if point[1] > -self.rink.width / 2 + 2 and rng.random() < crowd:
                    self._spectator(point[0] + rng.normal(0, 0.2), point[1], z)
        self._strip(3.4, 0.9, 3.4, 0.0, shade(floor, 0.7))

    def before(self) -> None:
        """The stands on the camera's side, in the dark below the lens, with a few heads."""
        rng, rink = self.rng, self.rink
        eye_y, eye_z = self.view.position[1], self.view.position[2]
        seats = colour(rng.uniform(0, 1), rng.uniform(0, 0.5), rng.uniform(0.08, 0.3))
        floor = shade(seats, 0.5)
        crowd = rng.uniform(0.0, 0.3)
        edge = -rink.width / 2 - 0.2
        for x in np.arange(-70.0, 70.0, 2.0):
            self.quad(
                np.array([[x, edge, 0], [x + 2, edge, 0], [x + 2, edge - 3.2, 0], [x, edge - 3.2, 0]]),
                shade(floor, 0.9),
            )
        rows = int(max(0, min((edge - 4.0 - eye_y) / 0.85, (eye_z - 1.5) / 0.35 - 2)))
        for row in range(rows):
            y, z = edge - 3.2 - 0.85 * row, 0.6 + 0.35 * row
            tone = shade(seats, self.ambience * (1.0 if row % 2 else 0.75))
            for x in np.arange(-70.0, 70.0, 2.0):
                corners = [[x, y, z - 0.35], [x + 2, y, z - 0.35], [x + 2, y - 0.85, z], [x, y - 0.85, z]]
                self.quad(np.array(corners), tone)
                if rng.random() < crowd:
                    self._spectator(x + rng.uniform(0, 2), y - 0.4, z)

    def _spectator(self, x: float, y: float, z: float) -> None:
        rng = self.rng
        coat = shade(colour(rng.uniform(0, 1), rng.uniform(0, 0.5), rng.uniform(0.08, 0.5)), self.ambience)
        pixel, depth = self.view.project(np.array([x, y, z + 0.75]))
        metre = self.view.focal / float(depth)
        if float(depth) < 3.0:
            return
        centre = (round(float(pixel[0]) * 8), round(float(pixel[1]) * 8))
        for offset, rx, ry, tone in (
            (0.0, 0.25, 0.38, coat),
            (-0.48, 0.11, 0.14, shade((120, 150, 190), self.ambience * 0.8)),
        ):
            at = (centre[0], round(centre[1] + offset * metre * 8))
            axes = (max(6, round(rx * metre * 8)), max(6, round(ry * metre * 8)))
            if max(abs(at[0]), abs(at[1])) < 60000:
                cv2.ellipse(self.image, at, axes, 0, 0, 360, tone, -1, cv2.LINE_AA, 3)

    def _strip(self, out1: float, z1: float, out2: float, z2: float, tone: Colour) -> None:
        """A ring between two outlines of the rink at two heights, but for the camera's side."""
        first, second = _dense(self.rink.outline(out1)), _dense(self.rink.outline(out2))
        for a, b, c, d in zip(first[:-1], first[1:], second[1:], second[:-1], strict=True):
            if min(a[1], b[1]) < -self.rink.width / 2 - 1.0:
                continue
            self.quad(np.array([[*a, z1], [*b, z1], [*c, z2], [*d, z2]]), tone)

    def boards(self) -> Colour:
        """The boards whose inside the camera sees, with their advertisements; returns the cap's colour."""
        rng = self.rng
        base, kick = self.base, self.kick
        caps = [(60, 190, 225), (170, 70, 30), (40, 40, 190), base, (60, 60, 60)]
        cap = caps[int(rng.integers(len(caps)))]
        adverts = rng.uniform(0.1, 0.95)
        points = self.outline
        k = 0
        while k < len(points) - 1:
            span = int(rng.integers(2, 5))
            run = points[k : k + span + 1]
            tone = base
            if rng.random() < adverts:
                tone = mix(colour(rng.uniform(0, 1), rng.uniform(0, 0.9), rng.uniform(0.2, 0.95)), base, 0.15)
            self._board_run(run, tone, base, kick, cap)
            k += span
        return cap

    def _board_run(self, run: Array, tone: Colour, base: Colour, kick: Colour, cap: Colour) -> None:
        if not all(self._inside_seen(a, b) for a, b in pairwise(run)):
            for a, b in pairwise(run):
                if self._inside_seen(a, b):
                    self._panel(np.array([a, b]), 0.0, BOARD_HEIGHT, base)
            return
        self._panel(run, 0.0, BOARD_HEIGHT, base)
        if tone != base:
            self._panel(run, 0.25, BOARD_HEIGHT - 0.06, tone)
            self._word(run, mix(tone, (255, 255, 255) if sum(tone) < 400 else (20, 20, 20), 0.85))
        self._panel(run, 0.0, 0.2, kick)
        self._panel(run, BOARD_HEIGHT - 0.06, BOARD_HEIGHT + 0.04, cap)

    def _inside_seen(self, a: Array, b: Array) -> bool:
        inwards = np.array([-(b - a)[1], (b - a)[0]])
        eye = np.asarray(self.view.position)[:2]
        return bool(inwards @ (eye - (a + b) / 2) > 0)

    def _panel(self, run: Array, low: float, high: float, tone: Colour) -> None:
        for a, b in pairwise(run):
            self.quad(np.array([[*a, low], [*b, low], [*b, high], [*a, high]]), tone)

    def _word(self, run: Array, tone: Colour) -> None:
        """A sponsor's name along a run of board."""
        word = _WORDS[int(self.rng.integers(len(_WORDS)))]
        corners = np.array([[*run[-1], 0.95], [*run[0], 0.95], [*run[0], 0.3], [*run[-1], 0.3]])
        pixels, depth = self.view.project(corners)
        if depth.min() < 1.0 or np.abs(pixels).max() > 9000:
            return
        label = np.zeros((40, 24 * len(word) + 16), np.uint8)
        cv2.putText(label, word, (6, 32), cv2.FONT_HERSHEY_DUPLEX, 1.05, 255, 2, cv2.LINE_AA)
        h, w = label.shape
        source = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
        left, top = np.floor(pixels.min(axis=0)).astype(int)
        right, bottom = np.ceil(pixels.max(axis=0)).astype(int)
        high, wide = self.image.shape[:2]
        left, top, right, bottom = max(left, 0), max(top, 0), min(right, wide), min(bottom, high)
        if right - left < 3 or bottom - top < 3:
            return
        target = (pixels - [left, top]).astype(np.float32)
        matrix = cv2.getPerspectiveTransform(source, target)
        mask = cv2.warpPerspective(label, matrix, (right - left, bottom - top), flags=cv2.INTER_AREA)
        share = mask[..., None].astype(np.float32) / 255
        patch = self.image[top:bottom, left:right]
        patch[:] = (patch * (1 - share) + np.array(tone) * share).astype(np.uint8)

    def glass(self) -> None:
        """Panes with posts above the boards, but not before the benches."""
        rng = self.rng
        pane = self.image.copy()
        kept, self.image = self.image, pane
        runs = [
            (a, b)
            for a, b in zip(self.outline[:-1], self.outline[1:], strict=True)
            if self._inside_seen(a, b) and not self._at_bench((a + b) / 2)
        ]
        tint = colour(rng.uniform(0.4, 0.6), 0.1, rng.uniform(0.5, 0.9))
        for a, b in runs:
            self._panel(np.array([a, b]), BOARD_HEIGHT, GLASS_HEIGHT, tint)
        self.image = kept
        share = rng.uniform(0.03, 0.16)
        cv2.addWeighted(pane, share, kept, 1 - share, 0, dst=kept)
        post = shade((190, 195, 195), rng.uniform(0.4, 1.0))
        for k, (a, _b) in enumerate(runs):
            if k % 2 == 0:
                self.line(np.array([[*a, BOARD_HEIGHT], [*a, GLASS_HEIGHT]]), post, 0.06)

    def _at_bench(self, point: Array) -> bool:
        return any(
            bench.left <= point[0] <= bench.right and bench.side * point[1] > self.rink.width / 2 - 0.5
            for bench in self.rink.benches
        )

    def goals(self) -> None:
        """Two goals: red frame, white net."""
        for sign in (-1.0, 1.0):
            x = sign * self.rink.goal_line
            back = x + sign * 1.0
            top, half = 1.22, 0.92
            shelf = x + sign * 0.5
            before = self.image.copy()
            for panel in (
                [[back, -half, 0], [back, half, 0], [shelf, half, top], [shelf, -half, top]],
                [[x, half, 0], [back, half, 0], [shelf, half, top], [x, half, top]],
                [[x, -half, top], [x, half, top], [shelf, half, top], [shelf, -half, top]],
            ):  # fmt: skip
                self.quad(np.array(panel, dtype=float), (235, 238, 240))
            cv2.addWeighted(self.image, 0.45, before, 0.55, 0, dst=self.image)
            self._net(x, back, sign, top, half)
            frame = np.array([[x, -half, 0], [x, -half, top], [x, half, top], [x, half, 0]])
            self.line(frame, (45, 40, 200), 0.07)
            for y in (-half, half):
                side = [[x, y, 0], [back, y, 0], [x + sign * 0.5, y, top], [x, y, top]]
                self.line(np.array(side), (60, 55, 190), 0.05)

    def _net(self, x: float, back: float, sign: float, top: float, half: float) -> None:
        for y in np.linspace(-half, half, 13):
            self.line(np.array([[back, y, 0], [x + sign * 0.5, y, top], [x, y, top]]), (215, 215, 215), 0.01)
        for share in np.linspace(0.1, 0.9, 7):
            across = back + (x + sign * 0.5 - back) * share
            row = np.array([[x, -half, top * share], [across, -half, top * share],
                            [across, half, top * share]])  # fmt: skip
            self.line(row, (215, 215, 215), 0.01)

    def shine(self, strength: float, ice: NDArray[np.int32]) -> None:
        """Lamps mirrored in the ice: soft upright streaks, inside the polygon `ice`."""
        rng, rink = self.rng, self.rink
        height, width = self.image.shape[:2]
        scale = 4
        glow = np.zeros((height // scale + 1, width // scale + 1), np.float32)
        for x in np.arange(-rink.length / 2 + 4, rink.length / 2 - 3, rng.uniform(5, 9)):
            for y in np.arange(-rink.width / 2 + 3, rink.width / 2 - 2, rng.uniform(5, 8)):
                pixel, depth = self.view.project(np.array([x, y, 0.0]))
                metre = self.view.focal / float(depth)
                if float(depth) < 2 or np.abs(pixel).max() > 12000:
                    continue
                axes = (max(1, round(0.35 * metre / scale)), max(1, round(0.9 * metre / scale)))
                centre = (round(float(pixel[0]) / scale), round(float(pixel[1]) / scale))
                cv2.ellipse(glow, centre, axes, 0, 0, 360, 1.0, -1)
        glow = cv2.GaussianBlur(glow, (0, 0), max(1.5, width / scale / 160))
        mask = np.zeros((height, width), np.uint8)
        cv2.fillPoly(mask, [ice], 255)
        small = np.rint(np.clip(glow, 0, 1) * 75 * strength).astype(np.uint8)
        bright = cv2.bitwise_and(cv2.resize(small, (width, height)), mask)
        cv2.add(self.image, cv2.merge([bright, bright, bright]), dst=self.image)


def _dense(outline: Array, step: float = 1.2) -> Array:
    """The closed outline as points about `step` metres apart, first = last."""
    closed = np.vstack([outline, outline[:1]])
    length = np.r_[0.0, np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))]
    # The count must not depend on the outset, so that two rings can be joined point by point.
    count = 150 if step > 1.0 else 300
    at = np.linspace(0, length[-1], count)
    return np.stack([np.interp(at, length, closed[:, k]) for k in (0, 1)], axis=1)


dense_outline = _dense
