"""The scrub proxy: a small copy of a source that seeks and steps at once.

A seek in 1080p60 takes 277 ms; in a 720p proxy with a keyframe every 12 frames and no reordered frames 19 ms.
Its times are source times: its first frame is at 0, and every frame of the source is in it at its own time.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from shiftclipper.errors import StageFailed
from shiftclipper.media.cut_plan import STEADY, clip_options, moved, track_time
from shiftclipper.media.drives import DriveFailed
from shiftclipper.media.encoders import even
from shiftclipper.media.ffmpeg import FFmpeg, absolute
from shiftclipper.media.index import PacketIndex, read_index
from shiftclipper.media.probe import Probe

TALLEST = 720
WIDEST = 1280
GROUP = 12
BITS_PER_SECOND = 4_000_000
# A proxy is looked at while scrubbing: a frame or two lost in a damaged source does not make it useless.
LEAST_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class Proxy:
    """A finished proxy."""

    path: Path
    size: tuple[int, int]
    """(width, height) in pixels."""
    frames: int
    bytes: int


def proxy_size(size: tuple[int, int]) -> tuple[int, int]:
    """Return the size of the proxy of a picture of `size`: never larger, even, 1280 by 720 at most.

    An upright film is at most 720 wide and 1280 tall.
    """
    width, height = size
    box = (WIDEST, TALLEST) if width >= height else (TALLEST, WIDEST)
    scale = min(Fraction(1), Fraction(box[0], width), Fraction(box[1], height))
    return even((round(width * scale), round(height * scale)))


def make_proxy(
    ffmpeg: FFmpeg,
    probe: Probe,
    target: Path,
    *,
    index: PacketIndex | None = None,
    stop: threading.Event | None = None,
    on_time: Callable[[Fraction], None] | None = None,
) -> Proxy:
    """Write the proxy of a source.

    Args:
        ffmpeg: runs the encoding.
        probe: of the source.
        target: the MP4 to write.
        index: of the source, where it has been read already.
        stop: set it to end with Cancelled.
        on_time: called with the source time done.
    Raises:
        UserError: the folder cannot be written to.
        Cancelled, DiskFull, DriveFailed, StageFailed.
    """
    if index is None:
        index = read_index(probe.path, stop)
    wanted = len(index.presentation_pts())
    frames = 0

    def verify(part: Path) -> None:
        nonlocal frames
        frames = len(read_index(part, stop).presentation_pts())
        if frames < wanted * LEAST_SHARE or frames > wanted:
            raise StageFailed(
                f"The proxy of {probe.path.name} has {frames} frames instead of {wanted}; "
                "check the video for damage."
            )

    reached = Fraction(0)

    def advance(time: Fraction) -> None:
        nonlocal reached
        reached = time
        if on_time is not None:
            on_time(time)

    try:
        ffmpeg.write(
            proxy_arguments(probe, index),
            target,
            container="mp4",
            verify=verify,
            stop=stop,
            on_time=advance,
            room=round(float(index.duration_seconds) * BITS_PER_SECOND / 8),
        )
    except DriveFailed as error:
        raise error.at(reached) from error
    return Proxy(target, proxy_size(probe.size), frames, target.stat().st_size)


def proxy_arguments(probe: Probe, index: PacketIndex) -> list[str]:
    """Return ffmpeg's arguments for a proxy, all but the output's name."""
    width, height = proxy_size(probe.size)
    base, first = index.time_base, index.first_pts
    filters = [f"settb={base}", f"setpts=PTS-({first})"]
    if probe.interlaced:
        filters.append("bwdif=mode=send_frame:deint=interlaced")
    filters += [f"scale={width}:{height}:flags=bilinear", "setsar=1", f"settb={base}", "format=yuv420p"]
    arguments = [
        *("-copyts", "-i", str(absolute(probe.path)), "-map", "0:V:0", "-vf", ",".join(filters)),
        *("-fps_mode", "passthrough", "-enc_time_base:v", f"{base.numerator}:{base.denominator}"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-tune", "fastdecode", "-crf", "25"),
        *("-bf", "0", "-g", str(GROUP), "-keyint_min", str(GROUP), "-sc_threshold", "0"),
    ]
    if probe.has_audio:
        arguments += [
            *("-map", f"0:a:{probe.audio_stream}"),
            *("-af", f"{moved(-index.file_time(first))},{STEADY}"),
            *("-c:a", "aac", "-b:a", "96k", "-ac", "2"),
        ]
    return [*arguments, *clip_options(track_time(base))]
