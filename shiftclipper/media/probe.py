"""What a video file is: size as displayed, rates, times and streams, in exact numbers."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from shiftclipper.errors import UserError
from shiftclipper.media.container import UNREADABLE, main_video, open_video
from shiftclipper.media.drives import DriveFailed, drive_failed
from shiftclipper.media.ffmpeg import absolute
from shiftclipper.media.index import PacketIndex, read_index

LARGEST_SIDE = 16384
LARGEST_RATE = 1000
HEAD_PACKETS = 240
HEAD_FRAMES = 3
HOPELESS_PACKETS = 3000
REORDER = 16
USUAL_RATE = Fraction(30)
AV_TIME_BASE = Fraction(1, 1_000_000)


class StreamInfo(NamedTuple):
    """One stream of a file."""

    number: int
    """Its place in the file, from 0."""
    kind: str
    """video, audio, data, subtitle, attachment or unknown."""
    codec: str
    """ffmpeg's name of the codec; empty when nothing here decodes it."""


@dataclass(frozen=True)
class Probe:
    """What a file is. Sizes are (width, height) in pixels, times in seconds."""

    path: Path
    container: str
    """libavformat's name of the container, such as `mov,mp4,m4a,3gp,3g2,mj2`."""
    duration: Fraction
    """Length of the video; for the exact end of the last frame see the packet index."""
    start_time: Fraction
    """The pts of the first shown frame on the file's own clock. Source time 0 is here."""
    fps: Fraction
    """Average frames per second."""
    size: tuple[int, int]
    """As displayed: after rotation, with square pixels."""
    coded_size: tuple[int, int]
    """As stored: before rotation and before the shape of the pixels is applied."""
    sample_aspect: Fraction
    """Width of a stored pixel over its height."""
    rotation: int
    """Degrees clockwise, 0, 90, 180 or 270, that bring the stored picture upright."""
    codec: str
    """ffmpeg's name, such as `h264` or `hevc`."""
    pix_fmt: str
    bit_depth: int
    interlaced: bool
    variable_frame_rate: bool
    """Judged by the first packets and the header; the packet index knows for sure."""
    has_audio: bool
    """Whether there is sound that can be decoded."""
    audio_codec: str
    """Empty without sound."""
    audio_stream: int
    """Number of that sound stream among the audio streams (ffmpeg's `a:N`); -1 without sound."""
    streams: tuple[StreamInfo, ...]

    @cached_property
    def index(self) -> PacketIndex:
        """The packet index, read from the file at the first use."""
        return read_index(self.path)

    @cached_property
    def frame_times(self) -> list[Fraction]:
        """The pts of every shown frame in seconds on the file's own clock, ascending.

        Source time is `frame_time - start_time`.
        """
        base = self.index.time_base
        return [int(pts) * base for pts in self.index.presentation_pts()]


def probe(path: Path | str) -> Probe:
    """Say what a video file is, from its header and its first packets.

    Raises:
        UserError: the file is missing, empty, cut off before its index, a playlist, or has no video that can
            be decoded; the message says what to do.
    """
    path = absolute(Path(path))
    with open_video(path) as container:
        stream = main_video(container, path)
        _check_decoder(stream, path)
        base = Fraction(stream.time_base or Fraction(1, 1000))
        head = _read_head(container, stream, path)
        if not head.frames:
            raise UserError(
                f"{path.name} holds no picture that can be decoded; copy it again from the camera."
            )
        frame = head.frames[0]
        rotation = round(-frame.rotation / 90) * 90 % 360
        aspect = _sample_aspect(stream)
        coded = (frame.width, frame.height)
        if max(coded) > LARGEST_SIDE:
            raise UserError(
                f"{path.name} is {coded[0]} by {coded[1]} pixels, more than {LARGEST_SIDE}; "
                "convert it to a smaller size first."
            )
        sound_number, sound = _sound(container)
        start = head.first_pts if head.first_pts is not None else (stream.start_time or 0)
        return Probe(
            path=path,
            container=container.format.name,
            duration=_duration(container, stream, base, start),
            start_time=start * base,
            fps=_average_rate(stream, head.rate),
            size=displayed_size(coded, aspect, rotation),
            coded_size=coded,
            sample_aspect=aspect,
            rotation=rotation,
            codec=stream.codec_context.codec.canonical_name,
            pix_fmt=frame.format.name,
            bit_depth=max(component.bits for component in frame.format.components),
            interlaced=any(bool(one.interlaced_frame) for one in head.frames),
            variable_frame_rate=head.uneven or _rates_differ(stream),
            has_audio=sound is not None,
            audio_codec="" if sound is None else sound.codec_context.codec.canonical_name,
            audio_stream=sound_number,
            streams=tuple(_stream_infos(container)),
        )


def displayed_size(coded: tuple[int, int], aspect: Fraction, rotation: int) -> tuple[int, int]:
    """Return the size with square pixels, upright, from the stored size."""
    width, height = coded
    width = max(1, round(width * aspect))
    return (height, width) if rotation % 180 else (width, height)


class _Head(NamedTuple):
    """What the first packets tell."""

    first_pts: int | None
    uneven: bool
    rate: Fraction | None
    """Frames per second of the first packets, where they say when they are shown."""
    frames: list[VideoFrame]


def _read_head(container: InputContainer, stream: VideoStream, path: Path) -> _Head:
    """Read the first packets and decode until a few frames have come out."""
    shown: list[int] = []
    frames: list[VideoFrame] = []
    packets = 0
    try:
        for packet in container.demux(stream):
            if packet.pts is not None and packet.size and not packet.is_discard:
                shown.append(packet.pts)
            if len(frames) < HEAD_FRAMES:
                # The first pictures of an open group cannot be decoded; later ones can.
                with contextlib.suppress(av.FFmpegError):
                    frames += packet.decode()
            packets += 1
            if packets >= HEAD_PACKETS and (frames or packets >= HOPELESS_PACKETS):
                break
    except UNREADABLE as error:
        if drive_failed(error):
            raise DriveFailed(path, detail=str(error)) from error
    shown.sort()
    # The last ones may still wait for packets that are shown before them.
    settled = shown[: -REORDER if packets >= HEAD_PACKETS else None]
    steps = [after - before for before, after in pairwise(settled)]
    uneven = bool(steps) and max(steps) - min(steps) > max(2, round(0.02 * sorted(steps)[len(steps) // 2]))
    rate = None
    if steps and settled[-1] > settled[0]:
        rate = len(steps) / ((settled[-1] - settled[0]) * Fraction(stream.time_base or Fraction(1, 1000)))
    return _Head(shown[0] if shown else None, uneven, rate, frames)


def _check_decoder(stream: VideoStream, path: Path) -> None:
    # PyAV leaves the context out where libavcodec has no decoder, whatever its type says.
    if getattr(stream, "codec_context", None) is None:
        raise UserError(
            f"{path.name} is in a format that cannot be decoded here; convert it to an H.264 MP4 first."
        )


def _sample_aspect(stream: VideoStream) -> Fraction:
    aspect = stream.sample_aspect_ratio
    if aspect is None or not Fraction(1, 8) <= aspect <= 8:
        return Fraction(1)
    return Fraction(aspect)


def _average_rate(stream: VideoStream, seen: Fraction | None) -> Fraction:
    """Return a believable number of frames per second: some headers are off by a factor of twenty."""
    for rate in (stream.average_rate, stream.guessed_rate, stream.base_rate, seen):
        if rate is None or not 0 < rate <= LARGEST_RATE:
            continue
        if seen is None or Fraction(1, 4) < rate / seen < 4:
            return Fraction(rate)
    return USUAL_RATE


def _rates_differ(stream: VideoStream) -> bool:
    """Tell whether the average rate is not the rate of most frames, as in a film with a variable rate."""
    average, common = stream.average_rate, stream.base_rate
    if not average or not common:
        return False
    return abs(average - common) > common / 50


def _duration(container: InputContainer, stream: VideoStream, base: Fraction, start: int) -> Fraction:
    """Return the length of the video in seconds, by the best header there is."""
    if stream.duration is not None and stream.duration > 0:
        first = stream.start_time if stream.start_time is not None else start
        return max(base, (first + stream.duration - start) * base)
    if container.duration is not None and container.duration > 0:
        length = container.duration * AV_TIME_BASE
        # Matroska counts from the zero of its clock, not from the first frame.
        late = start * base if "matroska" in container.format.name else Fraction(0)
        return length - late if length > late else length
    return Fraction(0)


def _sound(container: InputContainer) -> tuple[int, AudioStream | None]:
    """Return the first sound stream that can be decoded, and its number among the sound streams."""
    for number, stream in enumerate(container.streams.audio):
        context = getattr(stream, "codec_context", None)
        if context is not None and context.sample_rate:
            return number, stream
    return -1, None


def _stream_infos(container: InputContainer) -> Iterator[StreamInfo]:
    for stream in container.streams:
        context = getattr(stream, "codec_context", None)
        codec = "" if context is None else context.codec.canonical_name
        yield StreamInfo(stream.index, str(stream.type), codec)
