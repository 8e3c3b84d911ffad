"""The H.264 encoder to cut with: the fastest that really works here, found by trying.

An encoder that ffmpeg lists need not work: the driver, the chip or the size may forbid it. So each is tried
on a few frames of the real size, and the answer is kept per build of ffmpeg. The ladder goes from decoding
and encoding in hardware to encoding in hardware to libx264; pictures from the first rung are compared with
those of the processor before it is trusted.
"""

import re
import sys
import tempfile
import threading
from collections.abc import MutableMapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shiftclipper.errors import StageFailed, UserError
from shiftclipper.media.drives import DriveFailed
from shiftclipper.media.ffmpeg import FFmpeg, absolute
from shiftclipper.media.probe import Probe

TRIAL_FRAMES = 8
TRIAL_SECONDS = 20.0
WORKS = ""
RENDER_NODES = Path("/dev/dri")
# Where the quality cannot be asked for by name: bits per pixel that keep a hockey game clean.
BITS_PER_PIXEL = 0.14
PLAIN_FORMATS = ("yuv420p", "yuvj420p")
TRIAL_SIDE = 64
ALIKE = 6.0
"""Grey levels by which pictures decoded and encoded in hardware may differ on average from the film's."""
CAPPED = ("libx264", "h264_nvenc", "h264_qsv")
"""Encoders that hold a constant quality and a largest bit rate at once."""
BUFFER_SECONDS = 2


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
    decode: tuple[str, ...] = ()
    """Options in front of the source that decode it in hardware, where frames then stay; empty for none."""
    next: "Encoder | None" = None
    """The rung below on the ladder; libx264 below the last hardware one."""

    @property
    def label(self) -> str:
        """What the trial's answer is kept under."""
        return " ".join((*self.device, *self.decode, *self.args))

    @property
    def title(self) -> str:
        """What to write on a clip: the name, and with what the film was decoded."""
        return f"{self.name}, decoded by {self.decode[1]}" if self.decode else self.name

    @property
    def ladder(self) -> tuple["Encoder", ...]:
        """This encoder and those to try when it fails, in this order."""
        below = self.next or (X264 if self.hardware else None)
        return (self,) if below is None else (self, *below.ladder)


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
HARDWARE_DECODING = {
    "h264_nvenc": ("cuda", "cuda"),
    "h264_qsv": ("qsv", "qsv"),
    "h264_videotoolbox": ("videotoolbox", "videotoolbox_vld"),
    "h264_amf": ("d3d11va", "d3d11"),
}
"""The decoder whose frames an encoder takes without a detour, and ffmpeg's name of such frames."""
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
    film: Probe | None = None,
    work: Path | None = None,
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
        film: what will be cut; with it, decoding in hardware is tried too.
        work: an existing folder for what a trial writes; the system's own by default.
        cache: answers of earlier trials (key → reason why not, empty when it works); added to.
        stop: set it to end with Cancelled.
    Raises:
        UserError: there is no such encoder, or none works.
        Cancelled: `stop` was set.
    """
    known = candidates(size, fps)
    wanted = [one for one in known if is_named(one, preference)]
    if not wanted:
        names = ", ".join(dict.fromkeys(one.name.removeprefix("h264_") for one in known))
        raise UserError(f"There is no encoder {preference!r} here; choose auto, software, {names}.")
    software = [one for one in known if not one.hardware]
    for encoder in dict.fromkeys([*wanted, *software]):
        if _trial(ffmpeg, encoder, size=size, fps=fps, cache=cache, stop=stop) != WORKS:
            continue
        higher = with_decoding(encoder)
        if film is None or higher is None or not stays_in_hardware(film):
            return encoder
        tried = film_trial(ffmpeg, higher, film, work=work, cache=cache, stop=stop)
        return higher if tried == WORKS else encoder
    raise UserError("No H.264 encoder works with this ffmpeg; install one with libx264.")


def stays_in_hardware(film: Probe) -> bool:
    """Tell whether a film's pictures go from the decoder to the encoder as they are."""
    plain = film.pix_fmt in PLAIN_FORMATS and not film.interlaced and film.rotation == 0
    return plain and film.sample_aspect == 1 and even(film.size) == film.size


def with_decoding(encoder: Encoder) -> Encoder | None:
    """Return the rung above a hardware encoder: the same with a film that is decoded there too."""
    if encoder.name == "h264_vaapi":
        device = ("-hwaccel_device", encoder.device[-1])
        decode: tuple[str, ...] = ("-hwaccel", "vaapi", *device, "-hwaccel_output_format", "vaapi")
    elif encoder.name in HARDWARE_DECODING:
        method, frames = HARDWARE_DECODING[encoder.name]
        decode = ("-hwaccel", method, "-hwaccel_output_format", frames)
    else:
        return None
    return replace(encoder, decode=decode, upload="null", next=encoder)


def matched(encoder: Encoder, most_bits: int) -> Encoder:
    """Return the encoder and those below it, held to a bit rate: a poor film gains nothing from a higher one.

    Args:
        encoder: from `find_encoder`.
        most_bits: bits per second, of pictures; such as a film's own rate or a little more.
    """
    below = None if encoder.next is None else matched(encoder.next, most_bits)
    if encoder.name not in CAPPED:
        return replace(encoder, next=below or (matched(X264, most_bits) if encoder.hardware else None))
    if encoder.hardware and below is None:
        below = matched(X264, most_bits)
    cap = ("-maxrate", str(most_bits), "-bufsize", str(BUFFER_SECONDS * most_bits))
    return replace(encoder, args=(*encoder.args, *cap), next=below)


def film_trial(
    ffmpeg: FFmpeg,
    encoder: Encoder,
    film: Probe,
    *,
    work: Path | None = None,
    cache: MutableMapping[str, str] | None = None,
    stop: threading.Event | None = None,
) -> str:
    """Cut the first frames of a film in hardware and return why the result is not right, or WORKS.

    Args:
        ffmpeg: runs the cutting.
        encoder: with the decoding that is to be tried.
        film: its first frames are cut.
        work: an existing folder for the clip; the system's own by default.
        cache: answers of earlier trials; added to.
        stop: set it to end with Cancelled.
    Raises:
        Cancelled: `stop` was set.
        DriveFailed: the film cannot be read.
    """
    width, height = film.coded_size
    key = f"{ffmpeg.version}|{encoder.label}|{width}x{height}|{film.codec}"
    if cache is not None and key in cache:
        return cache[key]
    source = ("-i", str(absolute(film.path)), "-map", "0:V:0", "-frames:v", str(TRIAL_FRAMES))
    # In a job's own folder, what a kill leaves of it is removed at the next start.
    with tempfile.TemporaryDirectory(prefix="shiftclipper-", dir=work) as name:
        made = Path(name) / "trial.mp4"
        encode = [*encoder.device, *encoder.decode, *source, "-vf", encoder.upload, *encoder.args]
        try:
            ffmpeg.run([*encode, "-f", "mp4", "-y", str(made)], stop=stop, stall_seconds=TRIAL_SECONDS)
            wanted = _small_pictures(ffmpeg, film.path, stop)
            found = _small_pictures(ffmpeg, made, stop)
            same = found.shape == wanted.shape and len(found)
            alike = same and float(np.abs(found - wanted).mean()) <= ALIKE
            reason = WORKS if alike else "the pictures differ from the film's"
        except DriveFailed:
            # Nothing that the encoder did.
            raise
        except StageFailed as error:
            reason = _first_cause(error.detail) or str(error)
    if cache is not None:
        cache[key] = reason
    return reason


def _small_pictures(ffmpeg: FFmpeg, path: Path, stop: threading.Event | None) -> NDArray[np.int16]:
    """Return the first pictures of a film, (n, TRIAL_SIDE, TRIAL_SIDE) grey levels."""
    arguments = [
        *("-i", str(absolute(path)), "-map", "0:V:0", "-frames:v", str(TRIAL_FRAMES)),
        *("-vf", f"scale={TRIAL_SIDE}:{TRIAL_SIDE}:flags=area,format=gray", "-fps_mode", "passthrough"),
        *("-f", "rawvideo", "pipe:1"),
    ]
    pictures: list[NDArray[np.uint8]] = []
    with ffmpeg.stream(arguments, stop=stop, stall_seconds=TRIAL_SECONDS) as pipe:
        picture = np.empty((TRIAL_SIDE, TRIAL_SIDE), np.uint8)
        while pipe.read_into(picture.data.cast("B")):
            pictures.append(picture.copy())
    return np.array(pictures, np.int16)


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


def is_named(encoder: Encoder, preference: str) -> bool:
    """Tell whether an encoder is one that a preference names; see `find_encoder`."""
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
