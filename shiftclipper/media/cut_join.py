"""Putting a clip together from encoded ends, copied packets and its sound, without decoding anything.

Each packet's time comes from the packet index of the source, and the track's header lists the parameter sets
of both kinds of pictures. The track's tables have room in front, so that the file is written once.
"""

import errno
import heapq
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.stream import Discard
from av.video.stream import VideoStream
from numpy.typing import NDArray

from shiftclipper.errors import Cancelled, DiskFull, StageFailed, UserError
from shiftclipper.media.container import main_video, open_video
from shiftclipper.media.cut_plan import CutPlan, SmartSplit, track_time
from shiftclipper.media.index import MISSING, PacketIndex
from shiftclipper.media.parameter_sets import ParameterSets

SEARCHED_PACKETS = 2000
EARLIER_SECONDS = (0, 1, 10)
"""A seek that lands late is begun again so much earlier, at last at the beginning of the film."""
TABLE_BYTES_PER_PACKET = 48
TABLE_BYTES = 16_384
SOUND_PACKETS_PER_SECOND = 50
NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

# PyAV's stubs want it said of which stream, but its class takes no brackets.
Packet: TypeAlias = "av.Packet[VideoStream] | av.Packet[AudioStream]"
Picture: TypeAlias = "av.Packet[VideoStream]"


class NotJoined(StageFailed):
    """The packets of a film could not be joined with newly encoded ones."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The files with what is encoded of a clip; None for what there is not."""

    head: Path | None
    tail: Path | None
    sound: Path | None


@dataclass(frozen=True, slots=True)
class _Piece:
    """Packets of one origin, in decode order."""

    pts: NDArray[np.int64]
    """(n,) source ticks of each packet."""
    packets: Iterator[Picture]


def join_clip(
    plan: CutPlan,
    split: SmartSplit,
    ends: Ends,
    part: Path,
    *,
    stop: threading.Event | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> None:
    """Write a clip into `part`, an MP4.

    Args:
        plan: what the clip holds, and `split` how it is put together.
        ends: what was encoded; the frames of the head and the tail are the plan's first and last ones.
        part: the file to write.
        stop: set it to end with Cancelled.
        on_progress: called with the seconds of clip written.
    Raises:
        NotJoined: the packets do not fit together, or are not those of the packet index.
        Cancelled, DiskFull.
    """
    try:
        with open_video(plan.probe.path) as source:
            stream = main_video(source, plan.probe.path)
            sets = sets_of(stream)
            pieces: list[_Piece] = []
            for path, pts in (
                (ends.head, plan.pts[: split.head]),
                (ends.tail, plan.pts[len(plan.pts) - split.tail :]),
            ):
                if path is not None:
                    piece, its = _end(path, pts)
                    sets = _merged(sets, its)
                    pieces.append(piece)
            if split.packets:
                place = slice(split.first, split.first + split.packets)
                copied = _Piece(plan.index.pts[place], _copied(source, stream, plan.index, split, stop))
                pieces.insert(int(split.head > 0), copied)
            _write(plan, pieces, stream, sets, ends.sound, part, stop, on_progress)
    except (av.FFmpegError, OSError) as error:
        if error.errno in NO_SPACE:
            raise DiskFull(
                f"The disk with {part.parent} is full; free some space or choose another folder.",
                detail=str(error),
            ) from error
        raise NotJoined(f"the packets cannot be joined ({error.strerror})", detail=str(error)) from error


def sets_of(stream: VideoStream) -> ParameterSets:
    """Return the parameter sets in a stream's header.

    Raises:
        NotJoined: they are not written there, or not as MP4 and Matroska have them.
    """
    try:
        return ParameterSets.from_bytes(bytes(stream.codec_context.extradata or b""))
    except ValueError as error:
        raise NotJoined(str(error)) from error


def decode_times(pts: NDArray[np.int64], step: int) -> NDArray[np.int64]:
    """Return when each packet is to be decoded: ascending, and never after its frame is shown.

    Args:
        pts: (n,) when each frame is shown, in decode order; no two are equal.
        step: ticks between the times in front of the first frame, where frames are reordered.
    """
    shown = np.sort(pts)
    delay = int(np.max(np.arange(len(pts)) - np.searchsorted(shown, pts), initial=0))
    before = shown[0] - step * np.arange(delay, 0, -1)
    return np.concatenate([before, shown[: len(pts) - delay]])


def _write(
    plan: CutPlan,
    pieces: list[_Piece],
    template: VideoStream,
    sets: ParameterSets,
    sound: Path | None,
    part: Path,
    stop: threading.Event | None,
    on_progress: Callable[[float], None] | None,
) -> None:
    ticks = track_time(plan.index.time_base)
    packets = len(plan.pts) + round(plan.duration * SOUND_PACKETS_PER_SECOND)
    options = {
        "moov_size": str(TABLE_BYTES + TABLE_BYTES_PER_PACKET * packets),
        "video_track_timescale": str(ticks),
    }
    with av.open(str(part), "w", format="mp4", options=options) as out:
        track = out.add_stream_from_template(template)
        track.codec_context.extradata = sets.to_bytes()
        track.time_base = Fraction(1, ticks)
        pictures = _timed(plan, pieces, track)
        if sound is None:
            _write_packets(out, [pictures], stop, on_progress)
            return
        with av.open(str(sound), options={"protocol_whitelist": "file"}) as container:
            sounds = _sound_packets(container, out.add_stream_from_template(container.streams.audio[0]))
            _write_packets(out, [pictures, sounds], stop, on_progress)


def _write_packets(
    out: OutputContainer,
    tracks: list[Iterator[Packet]],
    stop: threading.Event | None,
    on_progress: Callable[[float], None] | None,
) -> None:
    """Write packets of all tracks in the order of their decode times."""
    told = 0.0
    for packet in heapq.merge(*tracks, key=_decode_time):
        if stop is not None and stop.is_set():
            raise Cancelled
        seconds = _decode_time(packet)
        if on_progress is not None and seconds >= told + 1:
            told = seconds
            on_progress(seconds)
        out.mux_one(packet)


def _decode_time(packet: Packet) -> float:
    assert packet.dts is not None
    return packet.dts / packet.time_base.denominator * packet.time_base.numerator


def _sound_packets(container: InputContainer, track: AudioStream) -> Iterator[Packet]:
    for packet in container.demux(container.streams.audio[0]):
        if packet.size:
            packet.stream = track
            yield packet


def _timed(plan: CutPlan, pieces: list[_Piece], track: VideoStream) -> Iterator[Packet]:
    """Yield the packets of all pieces with their times on the clip's own clock."""
    pts = np.concatenate([piece.pts for piece in pieces])
    order = np.argsort(pts)
    length = np.empty(len(pts), np.int64)
    length[order] = np.diff(pts[order], append=plan.end_pts)
    dts = decode_times(pts, max(1, int(np.median(length))))
    tick = Fraction(1, track_time(plan.index.time_base))
    scale = float(plan.index.time_base / tick)
    origin = plan.pts[0]
    rows = [(pts - origin) * scale, (dts - origin) * scale, length * scale]
    times = iter(np.rint(rows).astype(np.int64).T.tolist())
    for piece in pieces:
        for packet in piece.packets:
            packet.stream = track
            packet.time_base = tick
            packet.pts, packet.dts, packet.duration = next(times)
            yield packet


def _end(path: Path, pts: NDArray[np.int64]) -> tuple[_Piece, ParameterSets]:
    """Read an encoded end whose frames, in the order shown, are those of `pts`."""
    try:
        with open_video(path) as container:
            stream = main_video(container, path)
            packets = [packet for packet in container.demux(stream) if packet.size]
            sets = sets_of(stream)
    except NotJoined:
        raise
    except UserError as error:
        raise NotJoined("an end could not be encoded", detail=str(error)) from error
    if len(packets) != len(pts):
        raise NotJoined(f"{len(packets)} of {len(pts)} frames of an end were encoded")
    order = np.argsort([packet.pts or 0 for packet in packets])
    ranked = np.empty_like(pts)
    ranked[order] = pts
    return _Piece(ranked, iter(packets)), sets


def _merged(sets: ParameterSets, other: ParameterSets) -> ParameterSets:
    try:
        return sets.joined_with(other)
    except ValueError as error:
        raise NotJoined(str(error)) from error


def _copied(
    source: InputContainer,
    stream: VideoStream,
    index: PacketIndex,
    split: SmartSplit,
    stop: threading.Event | None,
) -> Iterator[Picture]:
    """Yield the packets to copy, each one compared with the packet index.

    Raises:
        NotJoined: the file does not give the packets that the index holds.
    """
    for other in source.streams:
        if other.index != stream.index:
            other.discard = Discard.all
    place, end = split.first, split.first + split.packets
    for packet in _from_keyframe(source, stream, index, place, stop):
        if packet.pts != index.pts[place] or packet.size != index.size[place]:
            raise NotJoined("the file does not hold the packets that it held before")
        if packet.has_sidedata("new_extradata"):
            raise NotJoined("the film changes its format on the way")
        yield packet
        place += 1
        if place == end:
            return
    raise NotJoined("the film ends too early")


def _from_keyframe(
    source: InputContainer,
    stream: VideoStream,
    index: PacketIndex,
    place: int,
    stop: threading.Event | None,
) -> Iterator[Picture]:
    """Yield packets from a keyframe on."""
    pts, dts = int(index.pts[place]), int(index.dts[place])
    begin = pts if dts == MISSING else min(pts, dts)
    first = int(index.pts[index.pts != MISSING].min())
    for seconds in (*EARLIER_SECONDS, None):
        earlier = first if seconds is None else begin - seconds // index.time_base
        source.seek(max(earlier, first), stream=stream, backward=True)
        found = False
        for number, packet in enumerate(source.demux(stream)):
            if stop is not None and stop.is_set():
                raise Cancelled
            if not packet.size:
                continue
            found = found or (packet.pts == pts and packet.is_keyframe)
            if found:
                yield packet
            elif number > SEARCHED_PACKETS and seconds is not None:
                break
        if found:
            return
    raise NotJoined("the file does not hold the packets that it held before")
