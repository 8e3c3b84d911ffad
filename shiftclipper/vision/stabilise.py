"""The camera's motion taken out of a whole game: from pixels of any picture to one still map of the scene."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shiftclipper.vision.keyframes import FEWEST
from shiftclipper.vision.lens import Poses, SceneMap, make_map, rays
from shiftclipper.vision.observations import Glance, picture_to_scene, scene_numbers
from shiftclipper.vision.panorama import Track, find_poses

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]

UPWARDS = 16.0
"""Source pixels over which the local scale of the map is read, upwards from a point."""


@dataclass(frozen=True, slots=True, eq=False)
class Stabilised:
    """Where the n pictures of a game look.

    Scenes of a camera that stands still, or whose keyframes are missing or not to be believed, are mapped by
    the sum of its motions; the others by where the camera was turned.
    """

    scenes: Numbers
    """(n,) number of each picture's scene."""
    chained: Array
    """(n, 2, 3) similarities to the first picture of the scene, by the motion alone."""
    poses: Poses
    """Of all n pictures; meaningless in scenes without a map."""
    maps: dict[int, SceneMap]
    """By scene."""
    middle: Array
    """(2,) of the picture, in pixels."""

    def at(self, pictures: NDArray[np.signedinteger], points: Array) -> Array:
        """Return what takes the surroundings of points to the scene.

        Args:
            pictures: (m,) numbers of the pictures.
            points: (m, 2) pixels in them.

        Returns:
            (m, 2, 3) similarities that are exact at the points and in the scale of what stands there.
        """
        result: Array = self.chained[pictures]
        scenes = self.scenes[pictures]
        for scene, laid in self.maps.items():
            rows = np.flatnonzero(scenes == scene)
            if len(rows):
                some = points[rows]
                foot = self._placed(laid, pictures[rows], some)
                head = self._placed(laid, pictures[rows], some - (0.0, UPWARDS))
                result[rows] = _similar(some, foot, (head - foot) / UPWARDS)
        return result

    def place(self, pictures: NDArray[np.signedinteger], points: Array) -> Array:
        """Return where points (m, 2) of pictures (m,) are in the scene: (m, 2)."""
        there = self.at(pictures, points)
        return np.asarray(np.einsum("nij,nj->ni", there[:, :, :2], points) + there[:, :, 2])

    def _placed(self, laid: SceneMap, pictures: NDArray[np.signedinteger], points: Array) -> Array:
        seen = rays(points, self.poses.focal[pictures], self.middle)
        return laid.place(np.einsum("nji,nj->ni", self.poses.rotation[pictures], seen))


def _similar(points: Array, placed: Array, up: Array) -> Array:
    """Return similarities (m, 2, 3) that bring points to `placed` and the step (0, -1) to `up`."""
    result = np.empty((len(points), 2, 3))
    result[:, :, 1] = -up
    result[:, 0, 0], result[:, 1, 0] = -up[:, 1], up[:, 0]
    result[:, :, 2] = placed - np.einsum("nij,nj->ni", result[:, :, :2], points)
    return result


def stabilise(observations: Sequence[Glance], size: tuple[int, int]) -> Stabilised:
    """Find out where each picture of a game looked: a pure function of what was observed.

    Args:
        observations: of all pictures of the game, in time order.
        size: width and height of the source picture, in pixels.
    """
    count = len(observations)
    scenes = scene_numbers(observations)
    rotation, focal = np.tile(np.eye(3), (count, 1, 1)), np.ones(count)
    middle = (size[0] / 2, size[1] / 2)
    maps: dict[int, SceneMap] = {}
    for scene in np.unique(scenes).tolist():
        rows = np.flatnonzero(scenes == scene)
        track = _track([observations[k] for k in rows.tolist()], size)
        found = None if track is None else find_poses(track)
        if found is not None:
            rotation[rows], focal[rows] = found.rotation, found.focal
            maps[scene] = make_map(found, middle)
    return Stabilised(scenes, picture_to_scene(observations), Poses(rotation, focal), maps, np.array(middle))


def _track(some: Sequence[Glance], size: tuple[int, int]) -> Track | None:
    """Return one scene's pictures if its camera moved and can be recognised."""
    known = [k for k, one in enumerate(some) if one.keyframe is not None and len(one.keyframe) >= FEWEST]
    motions = np.array([one.motion for one in some])
    if len(known) < 2 or np.array_equal(motions[1:], np.tile(np.eye(2, 3), (len(some) - 1, 1, 1))):
        return None
    times = np.array([one.time for one in some])
    keyframes = [one.keyframe for one in some if one.keyframe is not None and len(one.keyframe) >= FEWEST]
    return Track(times, motions, np.array(known, dtype=np.int64), keyframes, size)
