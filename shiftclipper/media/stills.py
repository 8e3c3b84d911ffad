"""Small pictures of a film for looking over it: the keyframe before a moment, decoded alone."""

from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from shiftclipper.media.container import main_video, open_video

_TICKS = 1_000_000
"""A second in the units of a container's own times."""


class Stills:
    """Takes pictures from the file that was asked for last, which stays open. For one thread at a time."""

    def __init__(self) -> None:
        """Open nothing yet."""
        self._path: Path | None = None
        self._open = ExitStack()
        self._container: InputContainer | None = None
        self._stream: VideoStream | None = None

    def close(self) -> None:
        """Close the file."""
        self._open.close()
        self._path = self._container = self._stream = None

    def take(self, path: Path, moment: Fraction, height: int) -> NDArray[np.uint8] | None:
        """Return a picture as (height, width, 3) uint8 red, green, blue, upright; None when none can be had.

        Args:
            path: of the film.
            moment: seconds after the first of the file's streams begins.
            height: of the picture in pixels; the width follows from the film.

        Raises:
            UserError: the file is gone or is no video.
        """
        self._turn_to(path)
        assert self._container is not None and self._stream is not None
        start = Fraction(self._container.start_time or 0, _TICKS)
        base = self._stream.time_base or Fraction(1, _TICKS)
        try:
            self._container.seek(round((start + moment) / base), stream=self._stream)
            frame = next(self._container.decode(self._stream), None)
        except (av.FFmpegError, OSError):
            return None
        return None if frame is None else _upright(frame, height)

    def _turn_to(self, path: Path) -> None:
        if path == self._path:
            return
        self.close()
        container = self._open.enter_context(open_video(path))
        stream = main_video(container, path)
        stream.codec_context.skip_frame = "NONKEY"
        self._path, self._container, self._stream = path, container, stream


def _upright(frame: VideoFrame, height: int) -> NDArray[np.uint8]:
    turns = round(getattr(frame, "rotation", 0) / 90) % 4
    wide, high = frame.width, frame.height
    scale = height / (wide if turns % 2 else high)
    small = frame.reformat(
        width=max(2, round(wide * scale)), height=max(2, round(high * scale)), format="rgb24"
    )
    picture = np.asarray(small.to_ndarray(), np.uint8)
    return np.ascontiguousarray(np.rot90(picture, turns))
