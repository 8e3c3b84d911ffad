"""Giving a file that cannot be sought exactly a container that can be.

MP4 and Matroska give every frame its time and are sought exactly. In MPEG-TS a seek lands past the keyframe,
AVI and raw streams do not say when frames are shown. Their packets are copied into an MP4, or into Matroska
where MP4 cannot hold them. Only where that leaves a frame at a wrong time, as raw streams with reordered
frames do, is the picture encoded again.
"""

import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from shiftclipper.errors import DiskFull, StageFailed, UserError
from shiftclipper.media.container import UNREADABLE, main_video, open_video
from shiftclipper.media.drives import DriveFailed
from shiftclipper.media.encoders import X264, even
from shiftclipper.media.ffmpeg import FFmpeg, absolute
from shiftclipper.media.index import PacketIndex, read_index
from shiftclipper.media.probe import Probe

SOUGHT_EXACTLY = ("mov", "matroska")
MP4_VIDEO = frozenset({"h264", "hevc", "mpeg4", "av1"})
MP4_AUDIO = frozenset({"aac", "mp3", "ac3", "eac3", "alac", "mp2"})
UNTIMED = frozenset({"avi", "h264", "hevc", "m4v", "mpegvideo", "obu", "vc1"})
"""Containers that leave the time at which a frame is shown to be worked out."""
RAW = UNTIMED - {"avi"}
CHECKED_FRAMES = 60


@dataclass(frozen=True, slots=True)
class Normalised:
    """A file that can be sought exactly."""

    path: Path
    note: str
    """What was done and why."""


def needs_normalising(probe: Probe) -> str:
    """Return why a file must be normalised before it is analysed or cut; empty when it need not be."""
    if any(name in SOUGHT_EXACTLY for name in probe.container.split(",")):
        return ""
    return f"{probe.container} files cannot be sought exactly"


def normalised_ending(probe: Probe) -> str:
    """Return the ending of the normalised file's name: `.mp4` or, for what MP4 cannot hold, `.mkv`."""
    audio_fits = not probe.has_audio or probe.audio_codec in MP4_AUDIO
    return ".mp4" if probe.codec in MP4_VIDEO and audio_fits else ".mkv"


def normalise(
    ffmpeg: FFmpeg,
    probe: Probe,
    target: Path,
    *,
    stop: threading.Event | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> Normalised:
    """Bring a file's video and sound into a container that is sought exactly; frames and times stay.

    Args:
        ffmpeg: does the copying.
        probe: of the file.
        target: the file to write; its ending should be `normalised_ending(probe)`.
        stop: set it to end with Cancelled.
        on_progress: called with the seconds of video copied.
    Raises:
        UserError: the packets cannot be copied; the message says to convert the file.
        Cancelled, DiskFull.
    """
    before = read_index(probe.path, stop)
    container = "mp4" if target.suffix == ".mp4" else "matroska"
    reason = needs_normalising(probe)
    attempts = (
        (copy_arguments(probe, container), f"{reason}; copied into {container} without encoding again"),
        (encode_arguments(probe), f"{reason} and its frames have no times; encoded again"),
    )
    causes: list[str] = []
    for arguments, note in attempts:
        try:
            ffmpeg.write(
                arguments,
                target,
                container=container,
                verify=lambda part: _check(part, probe, before, stop),
                stop=stop,
                on_time=None if on_progress is None else lambda time: on_progress(float(time)),
                room=probe.path.stat().st_size,
            )
        except (DiskFull, DriveFailed):
            raise
        except StageFailed as error:
            causes += [str(error), error.detail]
            continue
        return Normalised(target, note)
    raise UserError(
        f"{probe.path.name} cannot be brought into an MP4 here; convert it to an H.264 MP4 first.",
        detail="\n".join(causes),
    )


def _check(part: Path, probe: Probe, before: PacketIndex, stop: threading.Event | None) -> None:
    """Check that no frame was lost and that each is decoded with the time that its packet gives it."""
    after = read_index(part, stop)
    times = after.presentation_pts()
    if not after.timed or len(times) < len(before) or len(times) < len(after):
        raise StageFailed(f"{len(times)} of {len(before)} frames kept their place.")
    if probe.container not in UNTIMED:
        return
    try:
        with open_video(part) as container:
            frames = container.decode(main_video(container, part))
            decoded = [frame.pts for frame in itertools.islice(frames, CHECKED_FRAMES)]
    except UNREADABLE as error:
        raise StageFailed("The frames cannot be decoded.", detail=str(error)) from error
    if decoded != times[: len(decoded)].tolist():
        raise StageFailed("The frames are not decoded at the times that their packets give.")


def copy_arguments(probe: Probe, container: str) -> list[str]:
    """Return ffmpeg's arguments for the copy, all but the output's name."""
    untimed = probe.container in UNTIMED
    arguments = [*_input(probe), "-c", "copy"]
    if untimed and probe.codec == "mpeg4":
        arguments += ["-bsf:v", "mpeg4_unpack_bframes"]
    if container == "mp4":
        arguments += ["-movflags", "+faststart"]
        if probe.codec == "hevc":
            arguments += ["-tag:v", "hvc1"]
    return arguments


def encode_arguments(probe: Probe) -> list[str]:
    """Return ffmpeg's arguments that keep every frame but encode it again, all but the output's name."""
    # Where there are no times that can be trusted, the rate is all there is.
    even_steps = ["settb=1/90000", f"setpts=round(N/({probe.fps})/TB)"]
    filters = even_steps if probe.container in UNTIMED else []
    width, height = even(probe.coded_size)
    filters += [f"crop={width}:{height}:0:0", X264.upload]
    return [
        *_input(probe),
        *("-vf", ",".join(filters), "-fps_mode", "passthrough", "-enc_time_base:v", "1:90000"),
        *(*X264.args, "-crf", "17"),
        *("-c:a", "aac", "-b:a", "192k", "-movflags", "+faststart"),
    ]


def _input(probe: Probe) -> list[str]:
    arguments: list[str] = []
    if probe.container in UNTIMED:
        arguments += ["-fflags", "+genpts"]
    if probe.container in RAW:
        arguments += ["-framerate", str(probe.fps)]
    arguments += ["-i", str(absolute(probe.path)), "-map", "0:V:0"]
    if probe.has_audio:
        arguments += ["-map", f"0:a:{probe.audio_stream}"]
    return arguments
