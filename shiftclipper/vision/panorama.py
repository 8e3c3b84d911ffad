"""Where every picture of a turning camera looked, from its motion and from places seen again.

The motion from picture to picture drifts. So each keyframe is compared with the one before it and with a few
earlier ones, the anchors, which show about the same part of the rink; then turns and focal lengths of all
of them are fitted to everything that was found (`bundle`) and can be believed (`trust`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shiftclipper.vision.bundle import Pair
from shiftclipper.vision.keyframes import Keyframe, Match, match
from shiftclipper.vision.lens import Poses, rays, small_rotations, step_rotations, to_pixels
from shiftclipper.vision.trust import Steps, settle

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]

FOCALS = np.geomspace(0.55, 2.6, 12)
"""Focal lengths tried at first, in widths of the picture: views of 85 to 22 degrees."""
USUAL_FOCAL = 1.0
"""Taken where the camera turns too little to tell."""
FOCAL_PAIRS = 30
"""Pairs of keyframes that the focal length is tried on."""
FEWEST_PAIRS = 4
NEAR = 0.42
"""Share of the view by which an anchor may be turned away to be compared."""
CLOSE = 0.22
"""Where no anchor within this share of the view is recognised, a new one is set."""
LIKE_ZOOM = 0.6
"""Largest difference of log focal lengths between keyframes that are compared."""
COMPARED = 3
"""Anchors that a keyframe is compared with at most."""
REACH = 0.07
"""Share of the width by which a place may be off where it is expected."""
REACH_GROWS = 0.01
"""And more for each second since a place was recognised."""
LARGEST_REACH = 0.25
POINTS = 10
"""Shared corners kept of a pair of keyframes."""
MATCH_NOISE = 0.0012
"""Share of the width by which shared corners miss each other."""
STEP_NOISE = 0.003
"""Share of the width by which the motion between two keyframes is wrong, and a part of the motion itself."""
STEP_SHARE = 0.04


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """The pictures of one scene of a moving camera: n of them, m keyframes."""

    times: Array
    """(n,) seconds."""
    motions: Array
    """(n, 2, 3) from the picture before; the first is not used."""
    rows: Numbers
    """(m,) which pictures are keyframes, ascending; m ≥ 2."""
    keyframes: Sequence[Keyframe]
    size: tuple[int, int]
    """Width and height of the source picture."""

    @property
    def middle(self) -> Array:
        """(2,) the picture's middle in pixels."""
        return np.array(self.size, dtype=np.float64) / 2

    @property
    def zoom(self) -> Array:
        """(n,) focal length as a multiple of the first picture's, as far as the motion tells."""
        scale = np.hypot(self.motions[:, 0, 0], self.motions[:, 1, 0])
        scale[0] = 1.0
        return np.asarray(np.exp(np.cumsum(np.log(scale))))


def find_poses(track: Track) -> Poses | None:
    """Return where each of the n pictures looks; the first one's rotation is the identity.

    None where what was recognised is not to be believed.
    """
    zoom = track.zoom
    focal = _guess_focal(track, zoom)
    turns = step_rotations(track.motions, focal * zoom, track.middle)
    turns[0] = np.eye(3)
    steps = _between(turns, track.rows)
    start, matched = _recognise(track, steps, focal * zoom)
    moved = Steps(steps, _guessed(track), _odometry(track, steps, focal * zoom))
    poses = settle(start, matched, moved, track.middle)
    return None if poses is None else _fill_in(track, turns, zoom, poses)


def _between(turns: Array, rows: Numbers) -> Array:
    """Return the turn (m, 3, 3) from each keyframe's predecessor to it; the first is the identity."""
    result = np.empty((len(rows), 3, 3))
    result[0] = np.eye(3)
    for number, (first, last) in enumerate(pairwise(rows), 1):
        turn = turns[first + 1]
        for k in range(first + 2, last + 1):
            turn = turns[k] @ turn
        result[number] = turn
    return result


def _guessed(track: Track) -> NDArray[np.bool_]:
    """Tell (m,) where the motion up to a keyframe has a step that is not a similarity fitted to corners."""
    plain = (track.motions[:, :, :2] == np.eye(2)).all(axis=(1, 2))
    result = np.zeros(len(track.rows), dtype=np.bool_)
    result[1:] = [plain[first + 1 : last + 1].any() for first, last in pairwise(track.rows)]
    return result


def _expected(
    track: Track, number: int, turn: Array, focals: tuple[float, float], points: Array | None = None
) -> Array:
    """Return where a keyframe's corners (or `points`) are after a turn, in pixels."""
    some = np.asarray(track.keyframes[number].points, dtype=np.float64) if points is None else points
    seen = rays(some, np.array(focals[0]), track.middle) @ turn.T
    return to_pixels(seen, np.array(focals[1]), track.middle)


def _guess_focal(track: Track, zoom: Array) -> float:
    """Return the first picture's focal length in pixels, with which most neighbouring keyframes agree."""
    width = track.size[0]
    whole = track.motions[:, :, :2] @ track.middle + track.motions[:, :, 2] - track.middle
    moved = np.add.reduceat(whole, track.rows)[:-1] if len(track.rows) > 1 else whole[:0]
    # A sum from each keyframe up to the one before the next is as good for choosing.
    far = np.linalg.norm(moved, axis=1) / width
    chosen = np.flatnonzero((far > 0.08) & (far < 0.4))
    if len(chosen) < FEWEST_PAIRS:
        return USUAL_FOCAL * width
    chosen = chosen[np.linspace(0, len(chosen) - 1, min(FOCAL_PAIRS, len(chosen))).astype(np.int64)]
    votes = np.zeros(len(FOCALS))
    for number, share in enumerate(FOCALS):
        # The motion's zoom drifts over a game: it is the usual focal length that is looked for.
        focal = share * width * zoom / np.median(zoom[track.rows])
        for k in chosen.tolist():
            first, last = track.rows[k], track.rows[k + 1]
            span = slice(first + 1, last + 1)
            turn = np.eye(3)
            for one in step_rotations(track.motions[span], focal[span], track.middle):
                turn = one @ turn
            where = _expected(track, k, turn, (float(focal[first]), float(focal[last])))
            found = match(track.keyframes[k], track.keyframes[k + 1], where, 0.06 * width, track.size)
            votes[number] += 0 if found is None else len(found.first)
    smooth = np.convolve(np.pad(votes, 1, mode="edge"), [0.25, 0.5, 0.25], mode="valid")
    best = USUAL_FOCAL if smooth.max() < 1 else float(FOCALS[smooth.argmax()])
    return best * width / float(np.median(zoom[track.rows]))


class _Anchors:
    """Keyframes that others are compared with, and what was recognised so far."""

    def __init__(self, track: Track) -> None:
        self.track = track
        self.number: list[int] = []
        self.ahead: list[Array] = []
        self.log_focal: list[float] = []

    def add(self, number: int, rotation: Array, focal: float) -> None:
        """Make a keyframe an anchor."""
        self.number.append(number)
        self.ahead.append(rotation[2])
        self.log_focal.append(float(np.log(focal)))

    def near(self, rotation: Array, focal: float) -> tuple[list[int], Array]:
        """Return which anchors show about the same, nearest first, and how far all are, in views."""
        view = 2 * np.arctan(self.track.size[0] / 2 / focal)
        away = np.arccos(np.clip(np.array(self.ahead) @ rotation[2], -1, 1)) / view
        alike = np.abs(np.array(self.log_focal) - np.log(focal)) < LIKE_ZOOM
        order = np.argsort(away, kind="stable")
        return [int(k) for k in order if away[k] < NEAR and alike[k]][:COMPARED], away


def _recognise(track: Track, steps: Array, focal: Array) -> tuple[Poses, list[Pair]]:
    """Place keyframe after keyframe, each by the last one and by the anchors it recognises."""
    width = track.size[0]
    expected = focal[track.rows]
    rotations, focals = np.empty_like(steps), expected.copy()
    rotations[0] = np.eye(3)
    anchors = _Anchors(track)
    anchors.add(0, rotations[0], float(focals[0]))
    pairs: list[Pair] = []
    recognised = float(track.times[track.rows[0]])
    for k in range(1, len(track.rows)):
        now = float(track.times[track.rows[k]])
        rotation = steps[k] @ rotations[k - 1]
        length = float(focals[k - 1] * expected[k] / expected[k - 1])

        def compare(other: int, reach: float, rotation: Array, length: float, k: int = k) -> Match | None:
            turn = rotation @ rotations[other].T
            where = _expected(track, other, turn, (float(focals[other]), length))
            found = match(track.keyframes[other], track.keyframes[k], where, reach * width, track.size)
            if found is not None:
                pairs.append(_shared(other, k, found, width))
            return found

        last = compare(k - 1, REACH, rotation, length)
        if last is not None:
            rotation, length = _corrected(rotation, length, last, track.middle)
        near, away = anchors.near(rotation, length)
        reach = min(LARGEST_REACH, REACH + REACH_GROWS * max(0.0, now - recognised))
        best: Match | None = None
        known = False
        for anchor in near:
            other = anchors.number[anchor]
            found = last if other == k - 1 else compare(other, reach, rotation, length)
            if found is not None:
                known |= bool(away[anchor] < CLOSE)
                if other != k - 1 and (best is None or len(found.first) > len(best.first)):
                    best = found
        if best is not None:
            rotation, length = _corrected(rotation, length, best, track.middle)
            recognised = now
        rotations[k], focals[k] = rotation, length
        if not known:
            anchors.add(k, rotation, length)
    return Poses(rotations, focals), pairs


def _corrected(rotation: Array, focal: float, found: Match, middle: Array) -> tuple[Array, float]:
    """Turn a pose by what a match says of where it was expected."""
    scale = float(np.hypot(found.correction[0, 0], found.correction[1, 0]))
    focal *= scale
    turn = step_rotations(found.correction[None], np.array([focal]), middle)[0]
    return turn @ rotation, focal


def _shared(first: int, second: int, found: Match, width: int) -> Pair:
    """Keep some of the corners of a match, spread over the list."""
    kept = np.linspace(0, len(found.first) - 1, min(POINTS, len(found.first))).astype(np.int64)
    return Pair(first, second, found.first[kept], found.second[kept], MATCH_NOISE * width)


def _odometry(track: Track, steps: Array, focal: Array) -> list[Pair]:
    """Return what the motion says of neighbouring keyframes, as if five points were seen in both."""
    width, height = track.size
    spots = np.array([[0.5, 0.5], [0.25, 0.3], [0.75, 0.3], [0.25, 0.7], [0.75, 0.7]]) * (width, height)
    pairs = []
    for k in range(1, len(steps)):
        before, after = focal[track.rows[k - 1]], focal[track.rows[k]]
        there = _expected(track, k, steps[k], (float(before), float(after)), spots)
        moved = float(np.linalg.norm(there[0] - spots[0]))
        pairs.append(Pair(k - 1, k, spots, there, STEP_NOISE * width + STEP_SHARE * moved))
    return pairs


def _fill_in(track: Track, turns: Array, zoom: Array, keys: Poses) -> Poses:
    """Place the pictures between keyframes by the motion, what it misses shared out along it."""
    count = len(track.times)
    rotation, focal = np.empty((count, 3, 3)), np.empty(count)
    moved = np.linalg.norm(
        track.motions[:, :, :2] @ track.middle + track.motions[:, :, 2] - track.middle, axis=1
    )
    way = np.cumsum(moved + 1e-3)
    rows = track.rows
    rotation[rows], focal[rows] = keys.rotation, keys.focal
    for k in range(int(rows[0]) - 1, -1, -1):
        rotation[k] = turns[k + 1].T @ rotation[k + 1]
        focal[k] = focal[k + 1] * zoom[k] / zoom[k + 1]
    for number, (first, last) in enumerate(zip(rows, [*rows[1:], count], strict=True)):
        for k in range(first + 1, last):
            rotation[k] = turns[k] @ rotation[k - 1]
            focal[k] = focal[k - 1] * zoom[k] / zoom[k - 1]
        if last == count or last == first + 1:
            continue
        missed = keys.rotation[number + 1] @ (turns[last] @ rotation[last - 1]).T
        stretched = np.log(keys.focal[number + 1] / (focal[last - 1] * zoom[last] / zoom[last - 1]))
        share = (way[first + 1 : last] - way[first]) / (way[last] - way[first])
        rotation[first + 1 : last] = (
            small_rotations(share[:, None] * _vector(missed)) @ rotation[first + 1 : last]
        )
        focal[first + 1 : last] *= np.exp(share * stretched)
    return Poses(rotation @ rotation[0].T, focal)


def _vector(rotation: Array) -> Array:
    """Return the axis times the angle (3,) of a small rotation."""
    axis = np.array(
        [rotation[2, 1] - rotation[1, 2], rotation[0, 2] - rotation[2, 0], rotation[1, 0] - rotation[0, 1]]
    )
    sine = float(np.linalg.norm(axis)) / 2
    angle = float(np.arctan2(sine, (np.trace(rotation) - 1) / 2))
    return np.asarray(axis / 2 * (angle / sine if sine > 1e-9 else 1.0), dtype=np.float64)
