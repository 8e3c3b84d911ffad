"""Single pictures of a film, for thumbnails: near enough in time, quick to get."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from shiftclipper.media.container import main_video, open_video

MOST_FRAMES = 600
"""Frames decoded for one picture before it is given up: a file without keyframes must not take minutes."""


def pictures_at(path: Path, times: Sequence[Fraction]) -> Iterator[NDArray[np.uint8] | None]:
    """Yield the picture shown at each source time; None where the file gives none.

    Args:
        path: the film.
        times: source time in seconds, in any order; best ascending.

    Yields:
        (height, width, 3) uint8, blue green red, upright, with the pixels as they are stored: where those are
        not square the picture is as wide as it is stored.

    Raises:
        UserError: the file is missing or no video.
    """
    with open_video(path) as container:
        stream = main_video(container, path)
        stream.thread_type = "AUTO"
        for time in times:
            frame = _frame_at(container, stream, time)
            yield None if frame is None else _upright(frame)


def _frame_at(container: InputContainer, stream: VideoStream, time: Fraction) -> VideoFrame | None:
    base = Fraction(stream.time_base or Fraction(1, 1000))
    wanted = (stream.start_time or 0) + int(time / base)
    last = None
    try:
        container.seek(wanted, stream=stream, backward=True, any_frame=False)
        for number, frame in enumerate(container.decode(stream)):
            if frame.pts is not None and frame.pts > wanted and last is not None:
                break
            last = frame
            if number >= MOST_FRAMES or (frame.pts is not None and frame.pts >= wanted):
                break
    except (av.FFmpegError, OSError):
        # The rest of the film may be whole.
        return last
    return last


def _upright(frame: VideoFrame) -> NDArray[np.uint8]:
    picture = frame.to_ndarray(format="bgr24")
    turns = round(frame.rotation / 90) % 4
    return np.ascontiguousarray(np.rot90(picture, turns), dtype=np.uint8)
