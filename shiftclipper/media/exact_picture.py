"""One picture of a film, the very one that is shown at a moment."""

import threading
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from shiftclipper.media.container import main_video, open_video

_TICKS = 1_000_000
"""A second in the units of a container's own times."""


def picture_at(path: Path, moment: Fraction, stop: threading.Event) -> NDArray[np.uint8] | None:
    """Return the picture of a moment as (height, width, 3) uint8 red, green, blue, upright.

    Decodes from the keyframe before it: some 20 ms on a scrub copy, more on a film with few keyframes.

    Args:
        path: of the film.
        moment: seconds after the first of the file's streams begins.
        stop: ends it within one picture.

    Returns:
        the picture, or None when none can be decoded there or it was stopped.

    Raises:
        UserError: the file is gone or is no video.
    """
    with open_video(path) as container:
        stream = main_video(container, path)
        start = Fraction(container.start_time or 0, _TICKS)
        target = int((start + moment) / (stream.time_base or Fraction(1, _TICKS)))
        shown: VideoFrame | None = None
        try:
            container.seek(target, stream=stream)
            for frame in container.decode(stream):
                if stop.is_set():
                    return None
                if frame.pts is None:
                    continue
                if shown is not None and frame.pts > target:
                    break
                shown = frame
        except (av.FFmpegError, OSError):
            return None
        return None if shown is None else _upright(shown)


def _upright(frame: VideoFrame) -> NDArray[np.uint8]:
    turns = round(getattr(frame, "rotation", 0) / 90) % 4
    return np.ascontiguousarray(np.rot90(np.asarray(frame.to_ndarray(format="rgb24"), np.uint8), turns))
