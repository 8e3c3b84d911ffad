"""Sampled frames for analysis: one ffmpeg pipe that decodes on all cores and scales only what is wanted.

Which frames are wanted does not depend on where reading starts: source time is divided into cells of
`1 / rate` seconds from 0, and the first frame of each cell is the sample. Where the frames on which others
are built fill nearly every cell, the decoder leaves out the rest, and the first of those is the sample.
ffmpeg chooses by the same rule and reports the pts of each frame it gives, so that a stretch that cannot be
decoded costs its samples and moves no other.
"""

import logging
import queue
import re
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shiftclipper.media.drives import DriveFailed
from shiftclipper.media.ffmpeg import FFmpeg, FFmpegFailed, absolute
from shiftclipper.media.index import PacketIndex

LOG = logging.getLogger(__name__)
PTS_LINE = re.compile(r"frame:\s*\d+\s+pts:\s*(-?\d+)\s+pts_time:")
MARK = "sample=1"
PTS_SECONDS = 30.0
ENOUGH = 0.9
"""Share of the cells in which a frame must be left when the disposable ones are skipped."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A decoded frame used for analysis."""

    time: Fraction
    """Source time in seconds."""
    image: NDArray[np.uint8]
    """(height, width, 3), blue green red, contiguous; upright."""


def sample_pts(
    index: PacketIndex,
    rate: Fraction,
    start: Fraction | None = None,
    end: Fraction | None = None,
    *,
    keyframes: bool = False,
) -> NDArray[np.int64]:
    """Return the pts of the samples whose source time lies in [start, end), ascending; (n,) in ticks.

    With `keyframes` only those frames are samples that need no other to be decoded.
    """
    if rate <= 0:
        raise ValueError("the sample rate must be above 0")
    if keyframes:
        pts = index.keyframe_pts()
    else:
        pts = index.reference_pts() if skips_disposable(index, rate) else index.presentation_pts()
    wanted = np.diff(_cells(index, rate, pts), prepend=-1) > 0
    if start is not None:
        wanted &= pts >= index.first_pts_at(start)
    if end is not None:
        wanted &= pts < index.first_pts_at(end)
    return pts[wanted]


def skips_disposable(index: PacketIndex, rate: Fraction) -> bool:
    """Tell whether enough samples are left when the decoder skips the disposable frames of a file."""
    if not index.disposable.any():
        return False
    every, rest = (_cells(index, rate, pts) for pts in (index.presentation_pts(), index.reference_pts()))
    return len(np.unique(rest)) >= ENOUGH * len(np.unique(every))


def _cells(index: PacketIndex, rate: Fraction, pts: NDArray[np.int64]) -> NDArray[np.int64]:
    scale = index.time_base * rate
    return (pts - index.first_pts) * scale.numerator // scale.denominator


def sample_times(
    index: PacketIndex, rate: Fraction, start: Fraction | None = None, end: Fraction | None = None
) -> list[Fraction]:
    """Return the source times of the samples in [start, end): the first frame of each cell."""
    return [index.source_time(int(pts)) for pts in sample_pts(index, rate, start, end)]


def sample_frames(
    ffmpeg: FFmpeg,
    path: Path,
    index: PacketIndex,
    *,
    rate: Fraction,
    size: tuple[int, int],
    start: Fraction | None = None,
    end: Fraction | None = None,
    region: tuple[float, float, float, float] | None = None,
    hardware: str = "",
    keyframes: bool = False,
    stop: threading.Event | None = None,
) -> Generator[Sample, None, None]:
    """Decode the samples in [start, end) of a file, scaled and upright, in order.

    Frames that cannot be decoded are left out; the log says how many.

    Args:
        ffmpeg: runs the decoding.
        path: the file, and `index` its packet index, which must be `timed`.
        rate: samples per second.
        size: (width, height) of the images in pixels.
        start, end: source time in seconds; the whole file by default.
        region: left, top, width and height of the part of the upright picture that is wanted, in shares of
            it; all of it by default.
        hardware: what `hardware_decoding.find_decoding` found for the file.
        keyframes: decode and give keyframes only, which is quick and gives the sharpest pictures.
        stop: set it to end with Cancelled.
    Raises:
        ValueError: the index gives no times; normalise the file first.
        DriveFailed: what was given before is right, what comes after it is in the film all the same.
        Cancelled, FFmpegFailed.
    """
    if not index.timed:
        raise ValueError(f"{path.name} gives no frame times: normalise it first")
    wanted = sample_pts(index, rate, start, end, keyframes=keyframes)
    if not len(wanted):
        return
    width, height = size
    reported: queue.SimpleQueue[int] = queue.SimpleQueue()
    delivered, pts = 0, int(wanted[0])
    arguments = sampling_arguments(
        path, index, wanted, rate=rate, size=size, region=region, hardware=hardware, keyframes=keyframes
    )
    try:
        with ffmpeg.stream(arguments, stop=stop, on_line=_pts_reader(reported)) as pipe:
            while True:
                image = np.empty((height, width, 3), np.uint8)
                if not pipe.read_into(image.data.cast("B")):
                    break
                try:
                    pts = reported.get(timeout=PTS_SECONDS)
                except queue.Empty:
                    raise FFmpegFailed("ffmpeg did not say which frame it gave.", tail=pipe.tail) from None
                delivered += 1
                yield Sample(index.source_time(pts), image)
            tail = pipe.tail
    except DriveFailed as error:
        raise error.at(index.source_time(pts)) from error
    if delivered != len(wanted):
        LOG.warning(
            "%s: %d of %d samples could not be decoded; %s",
            path.name,
            len(wanted) - delivered,
            len(wanted),
            tail,
        )


def sampling_arguments(
    path: Path,
    index: PacketIndex,
    wanted: NDArray[np.int64],
    *,
    rate: Fraction,
    size: tuple[int, int],
    region: tuple[float, float, float, float] | None = None,
    hardware: str = "",
    keyframes: bool = False,
) -> list[str]:
    """Return ffmpeg's arguments that give the `wanted` pts (n ≥ 1, ascending) as raw pictures on stdout."""
    first, last = int(wanted[0]), int(wanted[-1])
    scale = index.time_base * rate
    origin = f"({index.first_pts})"
    cell = f"floor(({{}}-{origin})*{scale.numerator}/{scale.denominator})"
    if keyframes:
        chosen = f"key*(isnan(prev_selected_pts)+gt({cell.format('pts')},{cell.format('prev_selected_pts')}))"
    else:
        chosen = f"isnan(prev_pts)+gt({cell.format('pts')},{cell.format('prev_pts')})"
    filters = [
        f"settb={index.time_base}",
        f"trim=start_pts={first}:end_pts={last + 1}",
        f"select='{chosen}'",
        *([] if region is None else [_crop(region)]),
        f"scale={size[0]}:{size[1]}:flags=bilinear",
        "format=bgr24",
        # Raw pictures carry no time: it is printed to stderr, one line ahead of each picture.
        "metadata=mode=add:key=sample:value=1",
        r"metadata=mode=print:file='pipe\:2':direct=1",
    ]
    # Pictures on which none is built need no deblocking to be recognised, or no decoding at all.
    leave = ("-skip_frame", "noref") if skips_disposable(index, rate) else ("-skip_loop_filter", "noref")
    return [
        *(("-hwaccel", hardware) if hardware else ()),
        *seek_arguments(index, first),
        # Some decoders lose keyframes of open groups when everything between them is missing.
        *(("-skip_frame", "noref" if index.open_groups else "nokey") if keyframes else leave),
        *("-max_error_rate", "1"),
        *("-i", str(absolute(path))),
        *("-map", "0:V:0", "-vf", ",".join(filters)),
        *("-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"),
    ]


def _crop(region: tuple[float, float, float, float]) -> str:
    left, top, width, height = region
    return f"crop=iw*{width:.6f}:ih*{height:.6f}:iw*{left:.6f}:ih*{top:.6f}:exact=1"


def seek_arguments(index: PacketIndex, pts: int, *, back: int = 0) -> list[str]:
    """Return input options that start decoding at the keyframe for `pts`, times kept as they are in the file.

    Args:
        index: of the file.
        pts: the first frame needed, in ticks.
        back: so many keyframes earlier.
    """
    # Every frame from the keyframe on is decoded; what is not wanted is trimmed by its pts.
    options = ["-copyts", "-noaccurate_seek"]
    key = index.key_before(pts, back=back)
    if key is None or key <= index.first_pts:
        return options
    microseconds = -(-index.file_time(key) * 1_000_000 // 1)
    return [*options, "-seek_timestamp", "1", "-ss", f"{microseconds}us"]


def _pts_reader(reported: "queue.SimpleQueue[int]") -> Callable[[str], bool]:
    """Return what takes the reports of frame times out of ffmpeg's stderr."""

    def read(line: str) -> bool:
        if line == MARK:
            return True
        # A line of the log may have been begun when the report was written.
        match = PTS_LINE.search(line)
        if match is None:
            return False
        reported.put(int(match.group(1)))
        return match.start() == 0

    return read
