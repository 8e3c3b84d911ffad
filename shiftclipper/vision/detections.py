"""All detections of a game as flat arrays in stabilised coordinates, ready for the tracker."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shiftclipper.tracklets import COLOUR_BINS, KIT_VALUES, ROLES
from shiftclipper.vision.kalman import PIXEL_NOISE
from shiftclipper.vision.observations import FrameObservations
from shiftclipper.vision.stabilise import Stabilised

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]

EDGE_SHARE = 0.012
"""A box this near to the picture's edge, as a share of its width, is cut off by it."""
CLEAR_SHARE = 0.25
"""A box of which more than this is behind another shows the other's colours."""


@dataclass(slots=True)
class Detections:
    """The N detections of a game's n pictures, in time order."""

    times: Array
    """(n,) seconds of game time of each picture."""
    scenes: Numbers
    """(n,) number of each picture's scene."""
    starts: Numbers
    """(n + 1,) where each picture's detections start."""
    picture: Numbers
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
    root_colours: NDArray[np.float32]
    """(N, COLOUR_BINS) square roots of the torso histograms; zeros where not clear."""
    kit: NDArray[np.float32]
    """(N, KIT_VALUES) what the people wear; zeros where not clear."""
    roles: NDArray[np.float32]
    """(N, 3) as observed."""
    hidden: Array
    """(N,) share of the box that lies behind boxes of people nearer to the camera."""
    edges: NDArray[np.bool_]
    """(N,) whether the picture's left, right or lower edge cuts the box."""
    pixel: Array
    """(N,) noise of a box corner, in stabilised pixels."""

    def seconds(self, rows: Numbers) -> Array:
        """Return the game time of some detections."""
        return self.times[self.picture[rows]]


def gather(
    observations: Sequence[FrameObservations], size: tuple[int, int], camera: Stabilised
) -> Detections:
    """Flatten observations; `size` is the width and height of the source picture."""
    counts = np.array([len(one) for one in observations], dtype=np.int64)
    picture = np.repeat(np.arange(len(observations)), counts)
    boxes = np.concatenate([np.zeros((0, 4), np.float32), *(one.boxes for one in observations)], axis=0)
    scores = np.concatenate([np.zeros(0, np.float32), *(one.scores for one in observations)])
    colours = np.concatenate([np.zeros((0, COLOUR_BINS), np.float32), *(one.colours for one in observations)])
    kit = np.concatenate([np.zeros((0, KIT_VALUES), np.float32), *(one.kit for one in observations)])
    roles = np.concatenate([np.zeros((0, len(ROLES)), np.float32), *(one.roles for one in observations)])
    feet, height, scale = standing(boxes, picture, camera)
    starts = np.concatenate([[0], np.cumsum(counts)])
    hidden = hidden_shares(boxes, starts)
    clear = (hidden < CLEAR_SHARE)[:, None]
    # In place: an hour's colours take 60 MB.
    root_colours = np.sqrt(colours, out=colours)
    root_colours *= clear
    kit *= clear
    margin = EDGE_SHARE * size[0]
    return Detections(
        times=np.array([one.time for one in observations], dtype=np.float64),
        scenes=camera.scenes,
        starts=starts,
        picture=picture,
        boxes=boxes,
        scores=scores,
        feet=feet,
        height=height,
        scale=scale,
        root_colours=root_colours,
        kit=kit,
        roles=roles,
        hidden=hidden,
        edges=(boxes[:, 0] < margin) | (boxes[:, 2] > size[0] - margin) | (boxes[:, 3] > size[1] - margin),
        pixel=PIXEL_NOISE * size[0] * scale,
    )


def standing(boxes: NDArray[np.float32], picture: Numbers, camera: Stabilised) -> tuple[Array, Array, Array]:
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


def hidden_shares(boxes: NDArray[np.float32], starts: Numbers) -> Array:
    """Return for each box the largest share of it that one box standing lower in the picture covers."""
    hidden = np.zeros(len(boxes))
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
