"""Joints of skaters from how they move: lean, stride, turn, arms and stick.

All in metres; every function works on n people at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

JOINTS = (
    "hip_l",
    "hip_r",
    "knee_l",
    "knee_r",
    "foot_l",
    "foot_r",
    "toe_l",
    "toe_r",
    "shoulder_l",
    "shoulder_r",
    "elbow_l",
    "elbow_r",
    "hand_l",
    "hand_r",
    "head",
    "crown",
    "face",
    "grip",
    "heel",
    "blade",
)
"""Names of the joints, in the order of their rows."""
INDEX = {name: k for k, name in enumerate(JOINTS)}
RING = 8
"""Points of one ring round the trunk, anticlockwise from straight ahead."""
RING_HEIGHTS = (-0.14, 0.0, 0.30, 0.72, 1.0)
"""Rings along the trunk: below the hips, hips, belly, chest, shoulders (1.0 = shoulders)."""


@dataclass(frozen=True, slots=True)
class Movement:
    """How n people stand and move at one moment."""

    place: Array
    """(n, 2) metres."""
    heading: Array
    """(n,) radians."""
    speed: Array
    """(n,) metres a second."""
    push: Array
    """(n,) forward acceleration, m/s²."""
    swerve: Array
    """(n,) acceleration to the left, m/s²."""
    phase: Array
    """(n,) radians of the stride."""
    effort: Array
    """(n,) 0 gliding to 1 striding hard."""
    sway: Array
    """(n,) -1 to 1, slow: stickhandling and restlessness."""
    height: Array
    """(n,) metres without skates."""
    breadth: Array
    """(n,) 1.0 = usual."""
    hand: Array
    """(n,) +1 blade on the left, -1 on the right."""
    goalie: NDArray[np.bool_]
    seated: NDArray[np.bool_]
    walking: NDArray[np.bool_]
    """Off the ice and upright: no stride, stick held upright."""

    def pick(self, index: NDArray[np.intp]) -> Movement:
        """Those of `index` alone, in this order."""
        return Movement(
            self.place[index],
            self.heading[index],
            self.speed[index],
            self.push[index],
            self.swerve[index],
            self.phase[index],
            self.effort[index],
            self.sway[index],
            self.height[index],
            self.breadth[index],
            self.hand[index],
            self.goalie[index],
            self.seated[index],
            self.walking[index],
        )


@dataclass(frozen=True, slots=True)
class Bodies:
    """Joints and trunk rings of n people in the world."""

    joints: Array
    """(n, len(JOINTS), 3)."""
    rings: Array
    """(n, len(RING_HEIGHTS), RING, 3)."""
    scale: Array
    """(n,) height against 1.8 m."""


def _between(start: Array, end: Array, length: Array, towards: Array) -> Array:
    """The joint of two bones of `length` each between start and end, bent `towards`."""
    middle = (start + end) / 2
    half = np.linalg.norm(end - start, axis=-1) / 2
    bend = np.sqrt(np.maximum(length**2 - half**2, 0.0004))
    along = (end - start) / np.maximum(2 * half, 1e-6)[:, None]
    side = towards - np.sum(towards * along, axis=-1, keepdims=True) * along
    side /= np.maximum(np.linalg.norm(side, axis=-1, keepdims=True), 1e-6)
    joint: Array = middle + side * bend[:, None]
    return joint


def _point(forward: Array | float, left: Array | float, up: Array | float, n: int) -> Array:
    return np.stack([np.broadcast_to(v, (n,)) for v in (forward, left, up)], axis=-1).astype(float)


def bodies(move: Movement) -> Bodies:
    """Joints and rings of everybody in the world."""
    n = len(move.heading)
    scale = move.height / 1.8
    wide = move.breadth
    seated, goalie = move.seated, move.goalie
    still = seated | move.walking
    fast = np.clip(move.speed / 6.5, 0.0, 1.0) * ~still
    effort = move.effort * ~still
    lean = 0.22 + 0.38 * fast + 0.035 * np.clip(move.push, -5, 6) * ~still
    lean = np.where(goalie, 0.55, np.where(still, 0.08, np.clip(lean, 0.02, 0.85)))
    hip_up = 0.99 - 0.14 * fast - 0.06 * effort
    hip_up = np.where(goalie, 0.70, np.where(seated, 0.50, np.where(move.walking, 0.97, hip_up)))
    joints = np.zeros((n, len(JOINTS), 3))
    hip_back = -0.10 * np.sin(lean) * 1.5
    trunk = 0.56
    up = np.cos(lean)
    ahead = np.sin(lean)

    def put(name: str, value: Array) -> None:
        joints[:, INDEX[name]] = value

    def get(name: str) -> Array:
        part: Array = joints[:, INDEX[name]]
        return part

    twist = 0.10 * np.sin(move.phase) * effort
    chest_f = hip_back + trunk * ahead
    chest_z = hip_up + trunk * up
    for side, sign in (("l", 1.0), ("r", -1.0)):
        put(f"hip_{side}", _point(hip_back, sign * 0.11 * wide, hip_up, n))
        put(
            f"shoulder_{side}",
            _point(chest_f + sign * twist, sign * 0.215 * wide, chest_z - 0.03, n),
        )
    put("head", _point(chest_f + 0.07 + 0.08 * ahead, 0.0, chest_z + 0.13, n))
    put("crown", _point(chest_f + 0.07 + 0.12 * ahead, 0.0, chest_z + 0.25, n))
    put("face", _point(chest_f + 0.17 + 0.10 * ahead, 0.0, chest_z + 0.14, n))
    _legs(move, joints, fast, effort, hip_back)
    _arms(move, joints, chest_f, chest_z)
    rings = _rings(lean, hip_back, hip_up, trunk, wide, goalie)
    # The whole body leans into the turn, about the feet.
    tilt = np.clip(move.swerve * 0.075, -0.5, 0.5) * ~still
    for points in (joints, rings):
        flat = points.reshape(n, -1, 3)
        flat[..., 1] += flat[..., 2] * np.tan(tilt)[:, None]
        flat[..., 2] *= np.cos(tilt)[:, None]
    get_blade = get("blade")
    get_blade[:, 2] = np.where(still, get_blade[:, 2], 0.02)
    base = np.where(still & ~goalie, 0.15, 0.0)
    return Bodies(_to_world(joints, move, scale, base), _to_world(rings, move, scale, base), scale)


def _legs(move: Movement, joints: Array, fast: Array, effort: Array, hip_back: Array) -> None:
    n = len(fast)
    forward = np.tile([1.0, 0.0, 0.15], (n, 1))
    for side, sign in (("l", 1.0), ("r", -1.0)):
        swing = np.sin(move.phase) * sign
        out = np.clip(swing, 0.0, 1.0)
        stand = 0.15 + 0.05 * fast
        across = sign * (stand + 0.42 * effort * out)
        back = hip_back + 0.10 + 0.16 * effort * np.clip(-swing, 0, 1) - 0.52 * effort * out
        lift = 0.05 + 0.12 * effort * np.clip(np.cos(move.phase) * -sign, 0, 1) * (out > 0.3)
        across = np.where(move.goalie, sign * 0.36, across)
        back = np.where(move.goalie, 0.0, np.where(move.seated, 0.42, back))
        back = np.where(move.walking, 0.12 * swing * np.clip(move.speed, 0, 1), back)
        across = np.where(move.walking | move.seated, sign * 0.12, across)
        lift = np.where(move.walking | move.seated, 0.05, lift)
        foot = np.stack([back, across, lift], axis=-1)
        joints[:, INDEX[f"foot_{side}"]] = foot
        toe = foot + _point(0.21, sign * (0.05 + 0.12 * effort * out), -0.01, n)
        joints[:, INDEX[f"toe_{side}"]] = toe
        joints[:, INDEX[f"foot_{side}"]] -= _point(0.09, 0.0, 0.0, n)
        hip = joints[:, INDEX[f"hip_{side}"]]
        bend = forward + _point(0.0, np.where(move.goalie, -sign * 0.5, sign * 0.12), 0.0, n)
        knee = _between(hip, foot + _point(0, 0, 0.06, n), np.full(n, 0.475), bend)
        joints[:, INDEX[f"knee_{side}"]] = knee


def _arms(move: Movement, joints: Array, chest_f: Array, chest_z: Array) -> None:
    n = len(chest_f)
    hand = move.hand
    upright = move.seated | move.walking
    sway = move.sway
    reach = 0.34 + 0.05 * sway
    grip = np.stack([chest_f + reach * 0.8, -hand * 0.10 + 0.06 * sway, chest_z - 0.36], axis=-1)
    blade = np.stack([chest_f + 0.95 + 0.12 * sway, hand * (0.42 + 0.32 * sway), np.full(n, 0.02)], axis=-1)
    one_handed = (move.effort > 0.75) & (move.speed > 5.5)
    swing = 0.35 * np.sin(move.phase)
    blade = np.where(
        move.goalie[:, None],
        _point(0.55, hand * 0.15, 0.02, n),
        np.where(
            upright[:, None],
            np.stack([chest_f + 0.34, -hand * 0.25, chest_z + 0.35 + 0 * sway], axis=-1),
            blade,
        ),
    )
    grip = np.where(
        upright[:, None],
        np.stack([chest_f + 0.28, -hand * 0.10 + 0 * sway, chest_z - 0.42], axis=-1),
        grip,
    )
    grip = np.where(move.goalie[:, None], _point(chest_f + 0.30, hand * 0.30, 0.62, n), grip)
    low = grip + 0.36 * (blade - grip)
    free = np.stack([chest_f - 0.05 + swing, hand * 0.42, chest_z - 0.45], axis=-1)
    low = np.where(one_handed[:, None], free, low)
    low = np.where(upright[:, None], grip + _point(0.05, 0.0, 0.18, n), low)
    low = np.where(move.goalie[:, None], _point(chest_f + 0.30, hand * -0.42, 0.85, n), low)
    # Shooting left means the left hand is the lower one.
    left_low = (hand > 0)[:, None] ^ move.goalie[:, None]
    joints[:, INDEX["hand_l"]] = np.where(left_low, low, grip)
    joints[:, INDEX["hand_r"]] = np.where(left_low, grip, low)
    joints[:, INDEX["grip"]] = grip - 0.08 * (blade - grip)
    heel = grip + 0.93 * (blade - grip)
    heel[:, 2] = np.where(upright, heel[:, 2], 0.03)
    joints[:, INDEX["heel"]] = heel
    joints[:, INDEX["blade"]] = heel + np.where(
        upright[:, None], [[0.0, 0.0, 0.1]], _point(0.20, hand * 0.14, 0.0, n)
    )
    for side, sign in (("l", 1.0), ("r", -1.0)):
        shoulder = joints[:, INDEX[f"shoulder_{side}"]]
        palm = joints[:, INDEX[f"hand_{side}"]]
        out = np.tile([-0.45, sign * 0.75, -0.35], (n, 1))
        joints[:, INDEX[f"elbow_{side}"]] = _between(shoulder, palm, np.full(n, 0.30), out)


def _rings(
    lean: Array, hip_back: Array, hip_up: Array, trunk: float, wide: Array, goalie: NDArray[np.bool_]
) -> Array:
    n = len(lean)
    angles = np.arange(RING) / RING * 2 * np.pi
    depth = np.array([0.135, 0.15, 0.155, 0.16, 0.10])
    width = np.array([0.19, 0.20, 0.20, 0.235, 0.225])
    rings = np.empty((n, len(RING_HEIGHTS), RING, 3))
    bulk = wide * np.where(goalie, 1.22, 1.0)
    for k, at in enumerate(RING_HEIGHTS):
        along = np.maximum(at, 0.0) * trunk
        centre_f = hip_back + along * np.sin(lean)
        centre_z = hip_up + along * np.cos(lean) + min(at, 0.0)
        ahead = np.cos(angles)[None] * depth[k] * bulk[:, None]
        rings[:, k, :, 0] = centre_f[:, None] + ahead * np.cos(lean)[:, None]
        rings[:, k, :, 1] = np.sin(angles)[None] * width[k] * bulk[:, None]
        rings[:, k, :, 2] = centre_z[:, None] - ahead * np.sin(lean)[:, None]
    return rings


def _to_world(points: Array, move: Movement, scale: Array, base: Array) -> Array:
    shape = points.shape
    flat = points.reshape(shape[0], -1, 3) * scale[:, None, None]
    cos, sin = np.cos(move.heading)[:, None], np.sin(move.heading)[:, None]
    world = np.empty_like(flat)
    world[..., 0] = move.place[:, :1] + flat[..., 0] * cos - flat[..., 1] * sin
    world[..., 1] = move.place[:, 1:] + flat[..., 0] * sin + flat[..., 1] * cos
    world[..., 2] = flat[..., 2] + base[:, None]
    return world.reshape(shape)
