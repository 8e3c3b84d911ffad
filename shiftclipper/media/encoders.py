"""The H.264 encoder to cut with: the fastest that really works here, found by trying.

An encoder that ffmpeg lists need not work: the driver, the chip or the size may forbid it. So each is tried
on a few frames of the real size, and the answer is kept per build of ffmpeg.
"""

import re
import sys
import threading
from collections.abc import MutableMapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from shiftclipper.errors import StageFailed, UserError
from shiftclipper.media.ffmpeg import FFmpeg

TRIAL_FRAMES = 8
TRIAL_SECONDS = 20.0
WORKS = ""
RENDER_NODES = Path("/dev/dri")
# Where the quality cannot be asked for by name: bits per pixel that keep a hockey game clean.
BITS_PER_PIXEL = 0.14


@dataclass(frozen=True, slots=True)
class Encoder:
    """How to encode H.264 that phones play."""

    name: str
    """ffmpeg's name, such as `libx264` or `h264_nvenc`."""
    args: tuple[str, ...]
    """Output options, `-c:v` included."""
    hardware: bool
    device: tuple[str, ...] = ()
    """Options that go in front of the first input."""
    upload: str = "format=yuv420p"
    """The last filters of the chain, which bring frames to where the encoder takes them."""

    @property
    def label(self) -> str:
        """What the trial's answer is kept under."""
        return " ".join((*self.device, *self.args))


@dataclass(frozen=True, slots=True)
class EncoderTrial:
    """The answer of a trial, for the self-test."""

    name: str
    hardware: bool
    works: bool
    reason: str
    """Why not; empty when it works."""


# `stitchable` keeps the headers equal from clip to clip, so that clips can be joined without encoding again.
X264 = Encoder(
    "libx264",
    (
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-crf",
        "20",
        "-profile:v",
        "high",
        "-x264-params",
        "stitchable=1",
    ),
    hardware=False,
)
OPENH264 = Encoder("libopenh264", ("-c:v", "libopenh264", "-rc_mode", "quality"), hardware=False)


def candidates(size: tuple[int, int], fps: Fraction, platform: str = sys.platform) -> tuple[Encoder, ...]:
    """Return the encoders worth trying on a platform, best first, the software ones last."""
    width, height = size
    bits = f"{max(1_000_000, round(width * height * float(fps) * BITS_PER_PIXEL))}"
    high = ("-profile:v", "high")
    nvenc = Encoder(
        "h264_nvenc",
        ("-c:v", "h264_nvenc", "-preset", "p5", "-rc", "vbr", "-cq", "22", "-b:v", "0", *high),
        hardware=True,
    )
    quick_sync = Encoder(
        "h264_qsv",
        ("-c:v", "h264_qsv", "-preset", "medium", "-global_quality", "22", *high),
        hardware=True,
        upload="format=nv12",
    )
    amf = Encoder(
        "h264_amf",
        ("-c:v", "h264_amf", "-quality", "quality", "-rc", "cqp", "-qp_i", "20", "-qp_p", "22", *high),
        hardware=True,
        upload="format=nv12",
    )
    # Only Apple's own chips take a quality; Intel Macs want a rate.
    toolbox_quality, toolbox_rate = (
        Encoder("h264_videotoolbox", ("-c:v", "h264_videotoolbox", *rate, *high), hardware=True)
        for rate in (("-q:v", "65"), ("-b:v", bits))
    )
    if platform == "darwin":
        hardware: tuple[Encoder, ...] = (toolbox_quality, toolbox_rate)
    elif platform == "win32":
        hardware = (nvenc, quick_sync, amf)
    else:
        hardware = (nvenc, quick_sync, *_vaapi())
    return (*hardware, X264, OPENH264)


def find_encoder(
    ffmpeg: FFmpeg,
    preference: str = "auto",
    *,
    size: tuple[int, int],
    fps: Fraction,
    cache: MutableMapping[str, str] | None = None,
    stop: threading.Event | None = None,
) -> Encoder:
    """Return the best encoder that works, by a trial of each.

    Args:
        ffmpeg: runs the trials.
        preference: `auto`; `software`; or an encoder's name with or without `h264_`. One that does not work
            here gives the software encoder.
        size: (width, height) in pixels of what will be encoded.
        fps: its frames per second.
        cache: answers of earlier trials (key → reason why not, empty when it works); added to.
        stop: set it to end with Cancelled.
    Raises:
        UserError: there is no such encoder, or none works.
        Cancelled: `stop` was set.
    """
    known = candidates(size, fps)
    wanted = [one for one in known if _matches(one, preference)]
    if not wanted:
        names = ", ".join(dict.fromkeys(one.name.removeprefix("h264_") for one in known))
        raise UserError(f"There is no encoder {preference!r} here; choose auto, software, {names}.")
    software = [one for one in known if not one.hardware]
    for encoder in dict.fromkeys([*wanted, *software]):
        if _trial(ffmpeg, encoder, size=size, fps=fps, cache=cache, stop=stop) == WORKS:
            return encoder
    raise UserError("No H.264 encoder works with this ffmpeg; install one with libx264.")


def list_encoders(
    ffmpeg: FFmpeg,
    *,
    size: tuple[int, int] = (1280, 720),
    fps: Fraction = Fraction(30),
    cache: MutableMapping[str, str] | None = None,
    stop: threading.Event | None = None,
) -> tuple[EncoderTrial, ...]:
    """Try every encoder worth trying on this machine and return the answers, best encoder first.

    Raises:
        Cancelled: `stop` was set.
    """
    trials: list[EncoderTrial] = []
    for encoder in candidates(size, fps):
        reason = _trial(ffmpeg, encoder, size=size, fps=fps, cache=cache, stop=stop)
        trials.append(EncoderTrial(encoder.name, encoder.hardware, reason == WORKS, reason))
    return tuple(trials)


def _matches(encoder: Encoder, preference: str) -> bool:
    if preference == "auto":
        return True
    if preference == "software":
        return not encoder.hardware
    return preference in (encoder.name, encoder.name.removeprefix("h264_"))


def _trial(
    ffmpeg: FFmpeg,
    encoder: Encoder,
    *,
    size: tuple[int, int],
    fps: Fraction,
    cache: MutableMapping[str, str] | None,
    stop: threading.Event | None,
) -> str:
    """Encode a few frames and return why that does not work, or WORKS."""
    width, height = even(size)
    key = f"{ffmpeg.version}|{encoder.label}|{width}x{height}|{fps}"
    if cache is not None and key in cache:
        return cache[key]
    try:
        ffmpeg.run(
            [
                *encoder.device,
                *("-f", "lavfi", "-i", f"testsrc2=size={width}x{height}:rate={fps}"),
                *("-frames:v", str(TRIAL_FRAMES), "-vf", encoder.upload, *encoder.args),
                *("-f", "null", "-"),
            ],
            stop=stop,
            stall_seconds=TRIAL_SECONDS,
        )
        reason = WORKS
    except StageFailed as error:
        reason = _first_cause(error.detail) or str(error)
    if cache is not None:
        cache[key] = reason
    return reason


def even(size: tuple[int, int]) -> tuple[int, int]:
    """Return the size cut to even sides: 4:2:0 H.264 knows no odd ones."""
    return max(2, size[0] // 2 * 2), max(2, size[1] // 2 * 2)


def _first_cause(tail: str) -> str:
    """Return the first line of ffmpeg's last words: what follows is only how the failure spread."""
    line = next((line for line in tail.splitlines() if line.strip()), "")
    return re.sub(r"^\[[^\]]*\] ", "", line).strip()


def _vaapi() -> tuple[Encoder, ...]:
    """Return one encoder for each graphics card that Linux shows."""
    nodes = sorted(RENDER_NODES.glob("renderD*")) if RENDER_NODES.is_dir() else []
    return tuple(
        Encoder(
            "h264_vaapi",
            ("-c:v", "h264_vaapi", "-qp", "22", "-profile:v", "high"),
            hardware=True,
            device=("-vaapi_device", str(node)),
            upload="format=nv12,hwupload",
        )
        for node in nodes
    )
