"""Drawing people: shadow, legs, trunk, arms, head, number and stick as filled polygons.

Pure vector drawing with OpenCV's anti-aliased polygons at a sixteenth of a pixel; joints are
projected and limbs outlined for all people at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from shiftclipper.sample.camera import View
from shiftclipper.sample.looks import Colour, Kit, shade
from shiftclipper.sample.skeleton import INDEX, JOINTS, RING, Bodies

Array = NDArray[np.float64]
Image = NDArray[np.uint8]

_SHIFT = 4
_ROUND = 26.0
"""Pixels a metre from which limbs are shaded."""
_ONE = 1 << _SHIFT
_LIMBS: tuple[tuple[str, str, str, float, float, float, float], ...] = (
    # name, from, to, start and end along it, radii in metres
    ("thigh_l", "hip_l", "knee_l", 0.0, 1.0, 0.120, 0.098),
    ("thigh_r", "hip_r", "knee_r", 0.0, 1.0, 0.120, 0.098),
    ("shin_l", "knee_l", "foot_l", 0.0, 0.92, 0.090, 0.062),
    ("shin_r", "knee_r", "foot_r", 0.0, 0.92, 0.090, 0.062),
    ("sock_l", "knee_l", "foot_l", 0.38, 0.56, 0.083, 0.078),
    ("sock_r", "knee_r", "foot_r", 0.38, 0.56, 0.083, 0.078),
    ("skate_l", "foot_l", "toe_l", 0.0, 1.0, 0.066, 0.048),
    ("skate_r", "foot_r", "toe_r", 0.0, 1.0, 0.066, 0.048),
    ("upper_l", "shoulder_l", "elbow_l", 0.0, 1.0, 0.098, 0.082),
    ("upper_r", "shoulder_r", "elbow_r", 0.0, 1.0, 0.098, 0.082),
    ("fore_l", "elbow_l", "hand_l", 0.0, 0.8, 0.080, 0.062),
    ("fore_r", "elbow_r", "hand_r", 0.0, 0.8, 0.080, 0.062),
    ("band_l", "elbow_l", "hand_l", 0.05, 0.32, 0.080, 0.074),
    ("band_r", "elbow_r", "hand_r", 0.05, 0.32, 0.080, 0.074),
    ("glove_l", "elbow_l", "hand_l", 0.72, 1.08, 0.064, 0.068),
    ("glove_r", "elbow_r", "hand_r", 0.72, 1.08, 0.064, 0.068),
    ("helmet", "head", "crown", -0.25, 0.60, 0.110, 0.112),
    ("face", "head", "face", 0.25, 0.75, 0.080, 0.070),
)
_LIMB = {limb[0]: k for k, limb in enumerate(_LIMBS)}
_FROM = np.array([INDEX[limb[1]] for limb in _LIMBS])
_TO = np.array([INDEX[limb[2]] for limb in _LIMBS])
_START = np.array([limb[3] for limb in _LIMBS])[:, None]
_END = np.array([limb[4] for limb in _LIMBS])[:, None]
_RADII = np.array([limb[5:7] for limb in _LIMBS])
_GOALIE_WIDER = np.array([1.9 if n[:3] == "shi" else 1.5 if n[:3] in ("glo", "fac") else 1.15 for n in _LIMB])
_BODY = np.array([k for k, name in enumerate(JOINTS) if name not in ("grip", "heel", "blade")])
_DIGITS: dict[str, Sequence[Sequence[tuple[float, float]]]] = {
    "0": [[(0.1, 0), (0.9, 0), (0.9, 1), (0.1, 1), (0.1, 0)]],
    "1": [[(0.25, 0.8), (0.55, 1), (0.55, 0)]],
    "2": [[(0.1, 0.85), (0.3, 1), (0.9, 1), (0.9, 0.6), (0.1, 0), (0.95, 0)]],
    "3": [[(0.1, 1), (0.9, 1), (0.5, 0.58), (0.9, 0.4), (0.9, 0.1), (0.7, 0), (0.1, 0)]],
    "4": [[(0.7, 0), (0.7, 1), (0.05, 0.3), (0.95, 0.3)]],
    "5": [[(0.9, 1), (0.15, 1), (0.1, 0.55), (0.7, 0.6), (0.9, 0.4), (0.85, 0.05), (0.1, 0)]],
    "6": [[(0.85, 1), (0.3, 0.9), (0.1, 0.5), (0.1, 0), (0.9, 0), (0.9, 0.5), (0.1, 0.5)]],
    "7": [[(0.05, 1), (0.95, 1), (0.4, 0)]],
    "8": [[(0.15, 0.52), (0.15, 1), (0.85, 1), (0.85, 0.52), (0.1, 0.52), (0.1, 0), (0.9, 0),
           (0.9, 0.52)]],
    "9": [[(0.9, 0.5), (0.1, 0.5), (0.1, 1), (0.9, 1), (0.9, 0.4), (0.6, 0), (0.2, 0)]],
}  # fmt: skip
_FOLD = np.array([1, 3, 5, 7])
"""Points of the rings where a loose jersey creases."""
_FOLD_SPAN = np.array([[0.2, 0.0, 0.3, 0.1], [0.9, 0.7, 1.0, 0.6]])
"""Where creases start between hips and belly, and end between belly and chest."""
_CREST = np.array([[-0.35, 0.5], [0.35, 0.5], [0.0, 0.0], [0.0, 1.0]])
_SHADOW = cv2.GaussianBlur(
    cv2.ellipse(
        np.zeros((24, 48), np.float32), (24, 12), (15, 6), 0, 0, 360, 1.0, -1
    ), (0, 0), 3.0
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wear:
    """What one person looks like."""

    kit: Kit
    number: str
    skin: Colour
    goalie: bool
    casual: bool = False
    """A coach: no stick, no gloves, no helmet."""


@dataclass(frozen=True, slots=True)
class Projected:
    """People in one picture."""

    joints: Array
    """(n, joints, 2) pixels."""
    depth: Array
    """(n, joints) metres."""
    rings: Array
    """(n, rings, RING, 2) pixels."""
    limbs: NDArray[np.int32]
    """(n, limbs, 8, 2) outlines in sixteenths of a pixel."""
    lit: NDArray[np.int32]
    """(2, n, limbs, 8, 2) the limbs' lit parts, for figures large enough to show them."""
    bands: tuple[NDArray[np.int32], ...]
    """Per part of the trunk (n, points, 2), in sixteenths of a pixel; see `_BANDS`."""
    folds: NDArray[np.int32]
    """(n, folds, 2, 2) creases of the jersey, in sixteenths of a pixel."""
    front: NDArray[np.bool_]
    """(n, RING) which points of the rings are on the lens's side."""
    metre: Array
    """(n,) pixels of a metre at the person."""
    facing: Array
    """(n,) cosine between the chest's direction and that to the lens, seen from above."""
    boxes: Array
    """(n, 4) x1 y1 x2 y2: helmet to skates, without the stick."""


def project(bodies: Bodies, heading: Array, goalie: NDArray[np.bool_], view: View) -> Projected:
    """Put people into the picture."""
    joints, depth = view.project(bodies.joints)
    rings, _depth = view.project(bodies.rings)
    metre = view.focal / depth.mean(axis=1)
    middle = bodies.joints[:, INDEX["head"]]
    to_lens = np.asarray(view.position)[:2] - middle[:, :2]
    to_lens = to_lens / np.linalg.norm(to_lens, axis=1, keepdims=True)
    facing = to_lens[:, 0] * np.cos(heading) + to_lens[:, 1] * np.sin(heading)
    start, end = joints[:, _FROM], joints[:, _TO]
    along = end - start
    first, second = start + along * _START, start + along * _END
    wide = np.where(goalie[:, None], _GOALIE_WIDER[None], 1.0)
    size = (metre * bodies.scale)[:, None] * wide
    limbs = _outlines(first, second, size * _RADII[:, 0], size * _RADII[:, 1])
    body = np.concatenate([limbs.reshape(len(limbs), -1, 2) / _ONE, rings.reshape(len(rings), -1, 2)], axis=1)
    boxes = np.concatenate([body.min(axis=1), body.max(axis=1)], axis=1)
    lit = _lit(limbs, metre) if metre.max() >= _ROUND else limbs[None][:0]
    low, high = rings[:, 1, _FOLD], rings[:, 2, _FOLD]
    ends = (rings[:, 2, _FOLD - 1], rings[:, 3, _FOLD - 1])
    first = low + (high - low) * _FOLD_SPAN[0][:, None]
    last = ends[0] + (ends[1] - ends[0]) * _FOLD_SPAN[1][:, None]
    folds = np.rint(np.stack([first, last], axis=2) * _ONE).astype(np.int32)
    chest = rings[:, 3, :, 1]
    front = chest > chest.sum(axis=1, keepdims=True) / RING - 0.02 * metre[:, None]
    bands = _bands(rings)
    return Projected(joints, depth, rings, limbs, lit, bands, folds, front, metre, facing, boxes)


def _lit(limbs: NDArray[np.int32], metre: Array) -> NDArray[np.int32]:
    centre = limbs.mean(axis=2, keepdims=True)
    lift = metre[:, None, None, None] * (np.array([-0.006, -0.016]) * _ONE)
    return np.stack([(limbs - centre) * part + (centre + lift) for part in (0.80, 0.42)]).astype(np.int32)


_BANDS = ("pants", "jersey", "hem", "low", "yoke", "dark", "bright", "collar")
"""Parts of the trunk that are filled, in the order of `Projected.bands`."""
_BAND = {name: k for k, name in enumerate(_BANDS)}


def _bands(rings: Array) -> tuple[NDArray[np.int32], ...]:
    """Outlines' points of the trunk's parts, (n, points, 2) each."""
    hips, belly, chest, shoulders = (rings[:, k] for k in range(1, 5))
    order = np.argsort(belly[:, :, 0], axis=1)[:, None, :, None]
    left, right = order[:, :, : RING // 2 - 1], order[:, :, RING // 2 + 2 :]
    parts = (
        rings[:, 0:2],
        rings[:, 1:5],
        np.stack([0.72 * hips + 0.28 * belly, 0.35 * hips + 0.65 * belly], axis=1),
        np.stack([0.60 * hips + 0.40 * belly, 0.48 * hips + 0.52 * belly], axis=1),
        np.stack([0.45 * chest + 0.55 * shoulders, shoulders], axis=1),
        np.take_along_axis(rings[:, 1:5], left, axis=2),
        np.take_along_axis(rings[:, 2:5], right, axis=2),
        shoulders,
    )
    return tuple(np.rint(part.reshape(len(part), -1, 2) * _ONE).astype(np.int32) for part in parts)


def _outlines(first: Array, second: Array, near: Array, far: Array) -> NDArray[np.int32]:
    """Capsules with round ends as polygons (n, k, 8, 2) in sixteenths of a pixel."""
    along = second - first
    length = np.linalg.norm(along, axis=-1, keepdims=True)
    unit = np.where(length > 1e-6, along / np.maximum(length, 1e-6), [1.0, 0.0])
    normal = np.stack([-unit[..., 1], unit[..., 0]], axis=-1)
    points = []
    for centre, radius, angles in (
        (second, far, (-90, -35, 35, 90)),
        (first, near, (90, 145, 215, 270)),
    ):
        for angle in np.radians(angles):
            offset = np.cos(angle) * unit + np.sin(angle) * normal
            points.append(centre + offset * radius[..., None])
    outlines: NDArray[np.int32] = np.rint(np.stack(points, axis=-2) * _ONE).astype(np.int32)
    return outlines


def draw_shadow(image: Image, place: Array, metre: float, height: float, strength: float) -> None:
    """Darken the ice softly where a person at pixel `place` stands."""
    half_w, half_h = 0.62 * height * metre, max(0.22 * height * metre, 1.5)
    x1, y1 = int(place[0] - half_w), int(place[1] - half_h)
    w, h = max(2, int(2 * half_w)), max(2, int(2 * half_h))
    full_h, full_w = image.shape[:2]
    left, top = max(x1, 0), max(y1, 0)
    right, bottom = min(x1 + w, full_w), min(y1 + h, full_h)
    if right <= left or bottom <= top:
        return
    mask = cv2.resize(_SHADOW, (w, h))[top - y1 : bottom - y1, left - x1 : right - x1]
    keep = np.rint(255 * (1 - strength * mask)).astype(np.uint8)
    patch = image[top:bottom, left:right]
    cv2.multiply(patch, cv2.merge([keep, keep, keep]), dst=patch, scale=1 / 255)


def draw_person(
    image: Image, seen: Projected, k: int, wear: Wear, light: float, *, legs_hidden: bool = False
) -> None:
    """Draw person k; `light` brightens or darkens all of him. Legs behind boards may be left out."""
    painter = _Painter(image, seen, k, wear, light)
    chest = seen.depth[k, INDEX["shoulder_l"]] + seen.depth[k, INDEX["shoulder_r"]]
    legs = [] if legs_hidden else sorted("lr", key=lambda s: -seen.depth[k, INDEX[f"knee_{s}"]])
    arms = sorted("lr", key=lambda s: -seen.depth[k, INDEX[f"hand_{s}"]])
    behind = [s for s in arms if 2 * seen.depth[k, INDEX[f"hand_{s}"]] > chest + 0.12]
    stick_behind = 2 * seen.depth[k, INDEX["heel"]] > chest
    if stick_behind:
        painter.stick()
    for side in legs:
        painter.leg(side)
    for side in behind:
        painter.arm(side)
    if seen.facing[k] < -0.25:
        painter.head()
        painter.trunk()
        painter.limb("helmet", wear.kit.helmet if not wear.casual else (40, 50, 60))
    else:
        painter.trunk()
        painter.head()
    for side in arms:
        if side not in behind:
            painter.arm(side)
    if not stick_behind:
        painter.stick()


@lru_cache(maxsize=128)
def _strokes(text: str) -> tuple[Array, list[int]]:
    """A number's strokes across (-1 to 1) and up (0 to 1) a back: points (n, 2), and where to split."""
    width = 0.52 if len(text) > 1 else 0.6
    paths = []
    for k, digit in enumerate(text):
        left = (k - len(text) / 2) * (width + 0.14) + 0.07
        paths += [np.array(stroke) * [width, 1.0] + [left, 0.0] for stroke in _DIGITS[digit]]
    ends = np.cumsum([len(path) for path in paths])[:-1]
    return np.concatenate(paths), [int(end) for end in ends]


class _Painter:
    """Draws the parts of one person."""

    def __init__(self, image: Image, seen: Projected, k: int, wear: Wear, light: float) -> None:
        self.image = image
        self.seen = seen
        self.k = k
        self.wear = wear
        self.light = light
        self.metre = float(seen.metre[k])
        self.detailed = self.metre > 15.0

    def tone(self, colour: Colour, factor: float = 1.0) -> Colour:
        return shade(colour, factor * self.light)

    def limb(self, name: str, colour: Colour, factor: float = 1.0) -> None:
        outline = self.seen.limbs[self.k, _LIMB[name]]
        if self.metre < _ROUND:
            cv2.fillConvexPoly(self.image, outline, self.tone(colour, factor), cv2.LINE_AA, _SHIFT)
            return
        # Round: dark below, the colour, and a lit strip towards the lamps.
        cv2.fillConvexPoly(self.image, outline, self.tone(colour, 0.80 * factor), cv2.LINE_AA, _SHIFT)
        strips = ((0, factor), (1, 1.10 * factor)) if self.metre > 1.5 * _ROUND else ((0, factor),)
        for part, bright in strips:
            inner = self.seen.lit[part, self.k, _LIMB[name]]
            cv2.fillConvexPoly(self.image, inner, self.tone(colour, bright), cv2.LINE_AA, _SHIFT)

    def band(self, name: str, colour: Colour, factor: float = 1.0) -> None:
        self._fill(self.seen.bands[_BAND[name]][self.k], colour, factor)

    def hull(self, points: Array, colour: Colour, factor: float = 1.0) -> None:
        self._fill(np.rint(points.reshape(-1, 2) * _ONE).astype(np.int32), colour, factor)

    def _fill(self, points: NDArray[np.int32], colour: Colour, factor: float) -> None:
        outline = cv2.convexHull(points)
        cv2.fillConvexPoly(self.image, outline, self.tone(colour, factor), cv2.LINE_AA, _SHIFT)

    def line(self, points: Array, colour: Colour, width: float) -> None:
        self.lines([np.rint(points * _ONE).astype(np.int32)], colour, width)

    def lines(self, paths: NDArray[np.int32] | list[NDArray[np.int32]], colour: Colour, width: float) -> None:
        thick = max(1, round(width))
        cv2.polylines(self.image, list(paths), False, self.tone(colour), thick, cv2.LINE_AA, _SHIFT)

    def leg(self, side: str) -> None:
        kit = self.wear.kit
        self.limb(f"thigh_{side}", kit.pants, 0.92)
        pads = (225, 230, 232) if self.wear.goalie else kit.socks
        self.limb(f"shin_{side}", pads, 0.9)
        if self.detailed and not self.wear.casual:
            self.limb(f"sock_{side}", kit.stripe if not kit.vertical else kit.socks)
        if self.detailed and not self.wear.casual:
            foot = self.seen.joints[self.k, [INDEX[f"foot_{side}"], INDEX[f"toe_{side}"]]]
            below = np.array([0.0, 0.055 * self.metre])
            self.line(foot + below, (205, 205, 205), 0.03 * self.metre)
        self.limb(f"skate_{side}", (28, 26, 26))

    def arm(self, side: str) -> None:
        kit = self.wear.kit
        self.limb(f"upper_{side}", kit.second if kit.yoke else kit.jersey, 0.97)
        self.limb(f"fore_{side}", kit.jersey, 0.90)
        if self.detailed and not self.wear.casual:
            self.limb(f"band_{side}", kit.stripe if not kit.vertical else kit.jersey, 0.95)
        glove = self.wear.skin if self.wear.casual or kit.vertical else kit.gloves
        if self.wear.goalie:
            glove = (215, 218, 222) if side == "l" else kit.stripe
        self.limb(f"glove_{side}", glove)

    def head(self) -> None:
        wear = self.wear
        facing = self.seen.facing[self.k]
        if facing > -0.15:
            self.limb("helmet", wear.kit.helmet if not wear.casual else (40, 50, 60))
            cage = (150, 150, 155) if wear.goalie else wear.skin
            self.limb("face", cage, 0.85)
            if self.detailed and not wear.casual:
                crown = self.seen.joints[self.k, [INDEX["head"], INDEX["crown"]]]
                brow = crown[0] * 0.25 + crown[1] * 0.75
                face = self.seen.joints[self.k, INDEX["face"]]
                towards = (face - crown[0]) * 0.45
                half = np.array([0.075 * self.metre, 0.0])
                self.line(
                    np.stack([brow + towards - half, brow + towards + half]),
                    wear.kit.helmet,
                    0.05 * self.metre,
                )
        else:
            self.limb("helmet", wear.kit.helmet if not wear.casual else (40, 50, 60))

    def trunk(self) -> None:
        kit = self.wear.kit
        rings = self.seen.rings[self.k]
        self.band("pants", kit.pants, 0.95)
        self.band("jersey", kit.jersey)
        # One side lies in the body's own shade, the other catches the lamps.
        self.band("dark", kit.jersey, 0.84)
        self.band("bright", kit.jersey, 1.07)
        if kit.vertical:
            stripes = rings[1:5, self.seen.front[self.k]].swapaxes(0, 1)
            self.lines(np.rint(stripes * _ONE).astype(np.int32), kit.stripe, 0.05 * self.metre)
        else:
            self.band("hem", kit.stripe)
            if self.detailed:
                self.band("low", kit.second)
            if kit.yoke:
                self.band("yoke", kit.second)
        if self.metre > _ROUND:
            folds = self.seen.folds[self.k][self.seen.front[self.k, _FOLD]]
            self.lines(folds, shade(kit.jersey, 0.72), 0.022 * self.metre)
        self.band("collar", kit.second if kit.yoke else kit.jersey, 1.06)
        if not kit.vertical and not self.wear.casual:
            if self.seen.facing[self.k] < -0.3:
                self.number()
            elif self.seen.facing[self.k] > 0.3 and self.detailed:
                self.hull(self._patch(_CREST, 1), kit.stripe)

    def _patch(self, points: Array, front: int) -> Array:
        """Places (n, 2) across (-1 to 1) and up (0 to 1) the back (-1) or chest (1), in pixels."""
        rings = self.seen.rings[self.k]
        angle = points[:, 0] * 0.95
        levels = []
        for k in (2, 3):
            centre = rings[k].sum(axis=0) / RING
            out = (rings[k, 0 if front > 0 else RING // 2] - centre)[None]
            side = (rings[k, RING // 4] - centre)[None] * (1 if front > 0 else -1)
            levels.append(centre + np.cos(angle)[:, None] * out + np.sin(angle)[:, None] * side)
        up = (points[:, 1] * 1.15 - 0.12)[:, None]
        placed: Array = levels[0] * (1 - up) + levels[1] * up
        return placed

    def number(self) -> None:
        """The number on the back, as strokes that follow the back's curve."""
        text = self.wear.number
        if self.metre < 13.0 or not text:
            return
        points, ends = _strokes(text)
        paths = np.split(np.rint(self._patch(points, -1) * _ONE).astype(np.int32), ends)
        self.lines(paths, self.wear.kit.digits, 0.042 * self.metre)

    def stick(self) -> None:
        if self.wear.casual or (self.wear.kit.vertical):
            return
        joints = self.seen.joints[self.k]
        shaft = joints[[INDEX["grip"], INDEX["heel"]]]
        wide = 2.2 if self.wear.goalie else 1.0
        self.line(shaft, (60, 62, 70), 0.032 * self.metre)
        self.line(joints[[INDEX["heel"], INDEX["blade"]]], (35, 35, 40), 0.06 * self.metre * wide)
