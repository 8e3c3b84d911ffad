"""All detections of a game as flat arrays in stabilised coordinates, ready for the tracker."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shiftclipper.vision.game_observations import KIT, ROOTS, SHARES, Coded, GameObservations
from shiftclipper.vision.kalman import PIXEL_NOISE
from shiftclipper.vision.stabilise import Stabilised
from shiftclipper.vision.things import find_things

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]

EDGE_SHARE = 0.012
"""A box this near to the picture's edge, as a share of its width, is cut off by it."""
AT_ONCE = 50_000
"""Detections that are placed in the scene together."""
CLEAR_SHARE = 0.25
"""A box of which more than this is behind another shows the other's colours."""


@dataclass(slots=True)
class PlacedBoxes:
    """Where N detections in n pictures are, in time order."""

    times: Array
    """(n,) seconds of game time of each picture."""
    scenes: Numbers
    """(n,) number of each picture's scene."""
    starts: Numbers
    """(n + 1,) where each picture's detections start."""
    picture: NDArray[np.signedinteger]
    """(N,) number of the picture."""
    boxes: NDArray[np.float32]
    """(N, 4) as observed."""
    scores: NDArray[np.float32]
    feet: Array
    """(N, 2) stabilised pixels."""
    height: Array
    """(N,) stabilised pixels."""
    scale: Array
    """(N,) stabilised pixels per picture pixel."""
    edges: NDArray[np.bool_]
    """(N,) whether the picture's left, right or lower edge cuts the box."""

    def seconds(self, rows: Numbers) -> Array:
        """Return the game time of some detections."""
        return np.asarray(self.times[self.picture[rows]], dtype=np.float64)


@dataclass(slots=True)
class Detections(PlacedBoxes):
    """The detections of a stretch of pictures, with what is seen of people as numbers."""

    root_colours: NDArray[np.float32]
    """(N, COLOUR_BINS) square roots of the torso histograms; zeros where not clear."""
    kit: NDArray[np.float32]
    """(N, KIT_VALUES) what the people wear; zeros where not clear."""
    roles: NDArray[np.float32]
    """(N, 3) as observed."""
    hidden: Array
    """(N,) share of the box that lies behind boxes of people nearer to the camera."""
    pixel: Array
    """(N,) noise of a box corner, in stabilised pixels."""


@dataclass(slots=True)
class GameDetections(PlacedBoxes):
    """The detections of a whole game: as `Detections`, but what is seen of people is kept as bytes."""

    root_colours: Coded
    kit: Coded
    roles: Coded
    hidden: NDArray[np.float32]
    noise: float
    """Noise of a box corner, in pixels of the picture."""

    def part(self, first: int, last: int) -> Detections:
        """Return the detections of the pictures first .. last, the last one not included."""
        low, high = self.starts[first], self.starts[last]
        rows = slice(low, high)
        return Detections(
            times=self.times[first:last],
            scenes=self.scenes[first:last],
            starts=self.starts[first : last + 1] - low,
            picture=self.picture[rows].astype(np.int64) - first,
            boxes=self.boxes[rows],
            scores=self.scores[rows],
            feet=self.feet[rows],
            height=self.height[rows],
            scale=self.scale[rows],
            root_colours=self.root_colours[rows],
            kit=self.kit[rows],
            roles=self.roles[rows],
            hidden=self.hidden[rows].astype(np.float64),
            edges=self.edges[rows],
            pixel=self.noise * self.scale[rows],
        )


def gather(observations: GameObservations, size: tuple[int, int], camera: Stabilised) -> GameDetections:
    """Make the detections of people out of observations, which are used up by it.

    Args:
        observations: of the whole game.
        size: width and height of the source picture.
        camera: where its pictures look.
    """
    feet, height, scale = _all_standing(observations, camera)
    people = ~find_things(observations, camera.scenes, feet, height)
    if not people.all():
        observations.keep(people)
        # One after the other, as there.
        feet = feet[people]
        height = height[people]
        scale = scale[people]
    boxes = observations.boxes
    hidden = hidden_shares(boxes, observations.starts)
    unclear = hidden >= CLEAR_SHARE
    observations.colours[unclear] = 0
    observations.kit[unclear] = 0
    margin = EDGE_SHARE * size[0]
    return GameDetections(
        times=observations.times,
        scenes=camera.scenes,
        starts=observations.starts,
        picture=observations.picture,
        boxes=boxes,
        scores=observations.scores,
        feet=feet,
        height=height,
        scale=scale,
        root_colours=Coded(observations.colours, ROOTS),
        kit=Coded(observations.kit, KIT),
        roles=Coded(observations.roles, SHARES),
        hidden=hidden,
        edges=(boxes[:, 0] < margin) | (boxes[:, 2] > size[0] - margin) | (boxes[:, 3] > size[1] - margin),
        noise=PIXEL_NOISE * size[0],
    )


def _all_standing(observations: GameObservations, camera: Stabilised) -> tuple[Array, Array, Array]:
    """As `standing`, of a whole game, some at a time: on the way each takes 500 bytes."""
    count = len(observations.boxes)
    feet, height, scale = np.empty((count, 2)), np.empty(count), np.empty(count)
    picture = observations.picture
    for start in range(0, count, AT_ONCE):
        rows = slice(start, start + AT_ONCE)
        feet[rows], height[rows], scale[rows] = standing(observations.boxes[rows], picture[rows], camera)
    return feet, height, scale


def standing(
    boxes: NDArray[np.float32], picture: NDArray[np.signedinteger], camera: Stabilised
) -> tuple[Array, Array, Array]:
    """Return where people stand and how tall they are once the camera's motion is taken out.

    Args:
        boxes: (n, 4) in pixels of their pictures.
        picture: (n,) number of each box's picture.
        camera: where the pictures look.

    Returns:
        feet (n, 2) and heights (n,) in stabilised pixels, and stabilised pixels per picture pixel (n,).
    """
    in_picture = np.stack([(boxes[:, 0] + boxes[:, 2]) / 2, boxes[:, 3]], axis=1).astype(np.float64)
    to_scene = camera.at(picture, in_picture)
    scale = np.hypot(to_scene[:, 0, 0], to_scene[:, 1, 0])
    feet = np.einsum("nij,nj->ni", to_scene[:, :, :2], in_picture) + to_scene[:, :, 2]
    return feet, np.maximum((boxes[:, 3] - boxes[:, 1]).astype(np.float64), 1.0) * scale, scale


def hidden_shares(boxes: NDArray[np.float32], starts: Numbers) -> NDArray[np.float32]:
    """Return for each box the largest share of it that one box standing lower in the picture covers."""
    hidden = np.zeros(len(boxes), np.float32)
    for first, last in pairwise(starts):
        if last - first < 2:
            continue
        some = boxes[first:last]
        low = np.maximum(some[:, None, :2], some[None, :, :2])
        high = np.minimum(some[:, None, 2:], some[None, :, 2:])
        extent = np.maximum(high - low, 0)
        shared = extent[..., 0] * extent[..., 1]
        own = np.diagonal(shared)
        shared = shared * (some[None, :, 3] > some[:, None, 3])
        hidden[first:last] = shared.max(axis=1) / np.maximum(own, 1)
    return hidden
