"""Whether the graphics processor decodes a file faster than the processor does: tried, never assumed.

A method that ffmpeg lists need not work with this machine, this file or this driver. Each one is tried on the
file's first pictures and must give the same pictures in clearly less time.
"""

import logging
import sys
import threading
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shiftclipper.media.ffmpeg import FFmpeg, FFmpegFailed, absolute

LOG = logging.getLogger(__name__)
METHODS = {
    "darwin": ("videotoolbox",),
    "win32": ("d3d11va", "cuda", "qsv"),
    "linux": ("cuda", "vaapi", "qsv"),
}
"""ffmpeg's names by platform, most usual first."""
FRAMES = 240
"""Pictures decoded in a trial: enough that starting the device does not decide."""
SIDE = 64
"""Trial pictures are reduced to this width and height."""
WORTH = 0.8
"""A method must take at most this share of the processor's time."""
ALIKE = 1.0
"""Grey levels by which trial pictures may differ on average."""
STALL_SECONDS = 20.0


def find_decoding(ffmpeg: FFmpeg, path: Path, stop: threading.Event | None = None) -> str:
    """Return ffmpeg's name of the hardware method that decodes a file fastest; empty for none.

    Raises:
        Cancelled: `stop` was set.
    """
    methods = METHODS.get(sys.platform, ())
    listed = _listed(ffmpeg)
    methods = tuple(one for one in methods if one in listed)
    if not methods:
        return ""
    plain = _trial(ffmpeg, path, "", stop)
    if plain is None:
        return ""
    best, least = "", WORTH * plain[1]
    for method in methods:
        tried = _trial(ffmpeg, path, method, stop)
        if tried is None or tried[0].shape != plain[0].shape:
            continue
        if tried[1] < least and np.abs(tried[0].astype(np.int16) - plain[0]).mean() <= ALIKE:
            best, least = method, tried[1]
    LOG.info("%s is decoded by %s", path.name, best or "the processor")
    return best


def _listed(ffmpeg: FFmpeg) -> set[str]:
    """Return the methods that ffmpeg was built with, whether they work or not."""
    block = bytearray(4096)
    try:
        with ffmpeg.stream(["-hwaccels"], stall_seconds=STALL_SECONDS) as pipe:
            pipe.read_into(memoryview(block))
    except FFmpegFailed:
        return set()
    return set(block.replace(b"\0", b"").decode("ascii", "replace").split())


def _trial(
    ffmpeg: FFmpeg, path: Path, method: str, stop: threading.Event | None
) -> tuple[NDArray[np.uint8], float] | None:
    """Return the first pictures of a file (n, SIDE, SIDE) and the seconds taken; None when it fails."""
    arguments = [
        *(("-hwaccel", method) if method else ()),
        *("-i", str(absolute(path)), "-map", "0:V:0", "-frames:v", str(FRAMES)),
        *("-vf", f"scale={SIDE}:{SIDE}:flags=bilinear,format=gray", "-fps_mode", "passthrough"),
        *("-f", "rawvideo", "pipe:1"),
    ]
    pictures: list[NDArray[np.uint8]] = []
    began = time.monotonic()
    try:
        with ffmpeg.stream(arguments, stop=stop, stall_seconds=STALL_SECONDS) as pipe:
            while True:
                picture = np.empty((SIDE, SIDE), np.uint8)
                if not pipe.read_into(picture.data.cast("B")):
                    break
                pictures.append(picture)
    except FFmpegFailed as error:
        LOG.info("decoding by %s failed: %s", method or "the processor", error)
        return None
    return (np.stack(pictures), time.monotonic() - began) if pictures else None
