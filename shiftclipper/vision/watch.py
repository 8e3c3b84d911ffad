"""The camera's motion and keyframes, read picture after picture."""

import numpy as np
from numpy.typing import NDArray

from shiftclipper.vision.camera import Motion, Reduced, motion_between, reduce_picture
from shiftclipper.vision.keyframes import Keyframe, describe

KEYFRAME_SECONDS = 1.0
"""The first picture in each cell of so many seconds is a keyframe, if the camera moved there."""


class CameraWatch:
    """Compares each picture with the one before it, and remembers nothing else.

    So an analysis that is resumed one picture earlier sees the same.
    """

    def __init__(self, extent: tuple[int, int], size: tuple[int, int], offset: tuple[float, float]) -> None:
        """Watch a part of the source picture.

        Args:
            extent: width and height of the part in source pixels.
            size: width and height of the pictures that show it.
            offset: the part's left and top in source pixels.
        """
        self._extent = extent
        self._scale = np.array(extent, dtype=np.float64) / size
        self._offset = np.array(offset, dtype=np.float64)
        self._previous: Reduced | None = None
        self._boxes: NDArray[np.float64] = np.zeros((0, 4))
        self._time = -np.inf

    def look(
        self, image: NDArray[np.uint8], boxes: NDArray[np.float32], time: float
    ) -> tuple[Motion, Keyframe | None]:
        """Return the motion from the picture before, in source pixels, and the keyframe if this is one.

        Args:
            image: (H, W, 3) blue green red.
            boxes: (n, 4) people in its pixels.
            time: seconds of game time.
        """
        now = reduce_picture(image)
        motion, first = Motion(np.eye(2, 3), cut=False), self._previous is None
        if self._previous is not None:
            motion = motion_between(self._previous, now, self._boxes, self._extent)
        new_cell = time // KEYFRAME_SECONDS != self._time // KEYFRAME_SECONDS
        self._previous, self._boxes, self._time = (
            now,
            boxes.astype(np.float64) * np.tile(self._scale, 2),
            time,
        )
        keyframe = None
        moved = not np.array_equal(motion.matrix, np.eye(2, 3))
        if first or motion.cut or (new_cell and moved):
            keyframe = describe(image, boxes, self._scale, self._offset)
        # The part's pixels are the source's moved by the offset.
        matrix = motion.matrix.copy()
        matrix[:, 2] += self._offset - matrix[:, :2] @ self._offset
        return Motion(matrix if moved else np.eye(2, 3), motion.cut), keyframe
