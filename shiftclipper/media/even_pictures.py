"""Pictures of a film at an even rate, as the encoder takes them, for films that are drawn on."""

import logging
import threading
from collections.abc import Generator
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shiftclipper.errors import StageFailed
from shiftclipper.media.ffmpeg import FFmpeg, absolute
from shiftclipper.media.index import PacketIndex

LOG = logging.getLogger(__name__)
USUAL_RATES = tuple(Fraction(rate) for rate in (24, 25, 30, 48, 50, 60))
NTSC = Fraction(1000, 1001)
NEAR = Fraction(1, 400)
"""A rate this near to a usual one, as a share of it, is that one: files round the times of their frames."""


def even_rate(index: PacketIndex) -> Fraction:
    """Return the even rate, in pictures per second, at which a film is shown best.

    That of its frames where it is even, and of uneven ones the usual rate that shows nearly all of them; a
    half or a quarter of it where that is more than people see and phones play.
    """
    frames = len(index.presentation_pts())
    mean = frames / max(index.duration_seconds, Fraction(1, 1000))
    if index.variable_frame_rate:
        return next((rate for rate in USUAL_RATES if rate >= mean * (1 - NEAR)), USUAL_RATES[-1])
    rate = _known_rate(1 / (index.typical_step * index.time_base), mean)
    while rate > USUAL_RATES[-1]:
        rate /= 2
    return rate


def _known_rate(exact: Fraction, mean: Fraction) -> Fraction:
    """Return the rate of a film from the distance of its frames and their mean rate: files round."""
    known = (*USUAL_RATES, *(rate * NTSC for rate in USUAL_RATES))
    if exact in known:
        return exact
    nearest = min(known, key=lambda rate: abs(rate - mean))
    return nearest if abs(nearest - mean) <= nearest * NEAR / 4 else mean.limit_denominator(1001)


def picture_count(index: PacketIndex, rate: Fraction) -> int:
    """Return how many pictures a film gives at a rate; at least one."""
    return max(1, round(index.duration_seconds * rate))


def even_pictures(
    ffmpeg: FFmpeg,
    path: Path,
    index: PacketIndex,
    *,
    rate: Fraction,
    size: tuple[int, int],
    stop: threading.Event | None = None,
) -> Generator[NDArray[np.uint8], None, None]:
    """Yield `picture_count` pictures: each the last frame that had come by then.

    Args:
        ffmpeg: decodes.
        path: the film, and `index` its packet index.
        rate: pictures per second.
        size: width and height, both even; a film of another shape gets black borders.
        stop: set it to end with Cancelled.

    Yields:
        (height * 3 / 2, width), I420 of limited range. A frame that is shown longer comes again as the same
        array: copy it before drawing.
    Raises:
        StageFailed: nothing could be decoded.
        Cancelled, FFmpegFailed.
    """
    pts = index.presentation_pts()
    # A frame that is due at this very moment must not be missed for a rounded tick.
    ticks = (pts - pts[0]) * float(index.time_base) - 0.25 / float(rate)
    count = picture_count(index, rate)
    due = np.searchsorted(ticks, np.arange(count) / float(rate), side="right")
    width, height = size
    image: NDArray[np.uint8] | None = None
    read = 0
    with ffmpeg.stream(picture_arguments(path, size), stop=stop) as pipe:
        for wanted in np.maximum(due, 1):
            while read < wanted and not pipe.at_end:
                fresh = np.empty((height * 3 // 2, width), np.uint8)
                if pipe.read_into(fresh.data.cast("B")):
                    image = fresh
                    read += 1
            if image is None or (stop is not None and stop.is_set()):
                # Leaving the block says why, where ffmpeg knows.
                break
            yield image
        tail = pipe.tail
    if image is None:
        raise StageFailed(f"{path.name} could not be decoded; cut its clip again.", detail=tail)
    if read < int(due[-1]):
        LOG.warning("%s: only %d of %d frames could be decoded", path.name, read, len(pts))


def picture_arguments(path: Path, size: tuple[int, int]) -> list[str]:
    """Return ffmpeg's arguments that give every frame of a film on stdout."""
    width, height = size
    filters = (
        # Stored pixels need not be square.
        "scale=iw*sar:ih,setsar=1",
        f"scale={width}:{height}:force_original_aspect_ratio=decrease:flags=bicubic:out_range=tv",
        f"pad={width}:{height}:-1:-1",
        "format=yuv420p",
    )
    return [
        *("-i", str(absolute(path)), "-map", "0:V:0", "-vf", ",".join(filters)),
        *("-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"),
    ]
