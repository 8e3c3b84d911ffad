"""The packet index: when every frame of a file is shown and where decoding may begin, in exact numbers.

It is read once, without decoding, and kept in the database. A frame is named by its pts, never by a count:
phones record with a variable frame rate.
"""

import struct
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from av.stream import Discard
from numpy.typing import NDArray

from shiftclipper.errors import Cancelled, UserError
from shiftclipper.media.container import UNREADABLE, main_video, open_video
from shiftclipper.media.drives import DriveFailed, drive_failed
from shiftclipper.media.references import ReferenceReader, Role

MISSING = np.iinfo(np.int64).min
"""Stands for a pts or dts that the file does not give."""
MAGIC = b"SCPI"
VERSION = 3
OLDEST_VERSION = 2
HEADER = struct.Struct("<4sHQqq")
PACKETS_PER_REPORT = 512
Row = tuple[int, int, int, int, int, int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class PacketIndex:
    """The packets of a file's main video stream, in decode order; all arrays have the shape (n,)."""

    time_base: Fraction
    """Seconds per tick of `pts`, `dts` and `duration`."""
    pts: NDArray[np.int64]
    """When the frame is shown, in ticks; MISSING where the file does not say."""
    dts: NDArray[np.int64]
    """When it is decoded, in ticks; MISSING where the file does not say."""
    duration: NDArray[np.int64]
    """How long it is shown, in ticks; 0 where the file does not say."""
    key: NDArray[np.bool_]
    """Whether decoding may begin here."""
    size: NDArray[np.int64]
    """Bytes."""
    shown: NDArray[np.bool_]
    """False for packets that an edit list keeps from being shown."""
    disposable: NDArray[np.bool_]
    """True for frames that a decoder may leave out: none is built on them. All False when unsure."""
    idr: NDArray[np.bool_]
    """True for H.264 and HEVC keyframes after which nothing before them is needed: recovery points carry the
    key flag too. All False when unsure."""

    def __len__(self) -> int:
        """Return the number of packets."""
        return len(self.pts)

    @property
    def timed(self) -> bool:
        """Whether every shown packet says when it is shown; raw streams and some AVI files do not."""
        return bool(len(self.pts)) and bool(np.all(self.pts[self.shown] != MISSING))

    def presentation_pts(self) -> NDArray[np.int64]:
        """Return the pts of the shown frames, sorted, each once; (m,) in ticks."""
        return np.unique(self.pts[self.shown & (self.pts != MISSING)])

    def reference_pts(self) -> NDArray[np.int64]:
        """Return the pts of the shown frames that are not disposable, sorted, each once; (m,) in ticks."""
        return np.unique(self.pts[self.shown & ~self.disposable & (self.pts != MISSING)])

    def keyframe_pts(self) -> NDArray[np.int64]:
        """Return the pts of the shown frames at which decoding may begin, ascending; (n,)."""
        return self._key_pts(self.shown & (self.pts != MISSING))

    @property
    def open_groups(self) -> bool:
        """Whether frames that follow a keyframe in the file are shown before it."""
        keys = np.flatnonzero(self.key & (self.pts != MISSING))
        usable = np.where(self.pts == MISSING, np.iinfo(np.int64).max, self.pts)
        if len(keys) == 0:
            return False
        return bool((np.minimum.reduceat(usable, keys) < self.pts[keys])[1:].any())

    @property
    def reorder_depth(self) -> int:
        """How many frames a decoder must hold back to show them in order; 0 when none is reordered."""
        pts = self.pts[self.pts != MISSING]
        places = np.searchsorted(np.sort(pts), pts)
        return int(np.max(np.arange(len(pts)) - places, initial=0))

    def _key_pts(self, wanted: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.unique(self.pts[self.key & wanted])

    @property
    def first_pts(self) -> int:
        """The pts of the first shown frame, which is source time 0; in ticks."""
        shown = self.pts[self.shown & (self.pts != MISSING)]
        return int(shown.min()) if len(shown) else 0

    @property
    def end_pts(self) -> int:
        """The tick at which the last frame ends."""
        usable = np.flatnonzero(self.shown & (self.pts != MISSING))
        if not len(usable):
            return 0
        last = usable[np.argmax(self.pts[usable])]
        length = int(self.duration[last])
        if length <= 0:
            length = self.typical_step
        return int(self.pts[last]) + length

    @property
    def typical_step(self) -> int:
        """The median distance of neighbouring frames, in ticks; at least 1."""
        steps = np.diff(self.presentation_pts())
        return max(1, round(float(np.median(steps)))) if len(steps) else 1

    @property
    def duration_seconds(self) -> Fraction:
        """From the first frame to the end of the last one."""
        return (self.end_pts - self.first_pts) * self.time_base

    @property
    def variable_frame_rate(self) -> bool:
        """Whether the distances of neighbouring frames differ by more than rounding to ticks explains."""
        steps = np.diff(self.presentation_pts())
        if len(steps) < 2:
            return False
        return int(steps.max() - steps.min()) > max(2, round(0.02 * float(np.median(steps))))

    def source_time(self, pts: int) -> Fraction:
        """Return the source time of a tick, in seconds; the first shown frame is at 0."""
        return (pts - self.first_pts) * self.time_base

    def first_pts_at(self, time: Fraction) -> int:
        """Return the smallest tick that is not before the source time."""
        return self.first_pts + -(-time // self.time_base)

    def file_time(self, pts: int) -> Fraction:
        """Return the time of a tick on the file's own clock, in seconds."""
        return pts * self.time_base

    def key_before(self, pts: int, *, back: int = 0) -> int | None:
        """Return the pts of the last keyframe shown at or before `pts`, or of the `back`-th one before that.

        None when there is no such keyframe: decode from the beginning.
        """
        keys = self._key_pts(self.pts != MISSING)
        place = int(np.searchsorted(keys, pts, side="right")) - 1 - back
        return int(keys[place]) if place >= 0 else None

    def to_bytes(self) -> bytes:
        """Pack the index for the database; `from_bytes` reads it back equal."""
        blocks = [
            _packed(self.pts),
            _packed(self.dts),
            _packed(self.duration),
            zlib.compress(self.size.astype("<i8").tobytes()),
            zlib.compress(np.packbits(self.key).tobytes()),
            zlib.compress(np.packbits(self.shown).tobytes()),
            zlib.compress(np.packbits(self.disposable).tobytes()),
            zlib.compress(np.packbits(self.idr).tobytes()),
        ]
        base = self.time_base
        header = HEADER.pack(MAGIC, VERSION, len(self.pts), base.numerator, base.denominator)
        return header + b"".join(struct.pack("<Q", len(block)) + block for block in blocks)

    @classmethod
    def from_bytes(cls, data: bytes) -> "PacketIndex":
        """Unpack what `to_bytes` made.

        Raises:
            ValueError: these are not such bytes, or of another version.
        """
        if len(data) < HEADER.size:
            raise ValueError("a packet index is cut off")
        magic, version, count, numerator, denominator = HEADER.unpack_from(data)
        if magic != MAGIC or not OLDEST_VERSION <= version <= VERSION:
            raise ValueError("not a packet index of this version")
        blocks: list[bytes] = []
        place = HEADER.size
        while place < len(data):
            (length,) = struct.unpack_from("<Q", data, place)
            blocks.append(zlib.decompress(data[place + 8 : place + 8 + length]))
            place += 8 + length
        pts, dts, duration = (_unpacked(block) for block in blocks[:3])
        if version == OLDEST_VERSION:
            blocks.append(bytes(-(-count // 8)))
        key, shown, disposable, idr = (
            np.unpackbits(np.frombuffer(block, np.uint8), count=count).astype(np.bool_)
            for block in blocks[4:8]
        )
        size = np.frombuffer(blocks[3], "<i8").astype(np.int64)
        return cls(Fraction(numerator, denominator), pts, dts, duration, key, size, shown, disposable, idr)


def read_index(
    path: Path,
    stop: threading.Event | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> PacketIndex:
    """Read the packets of the main video stream from beginning to end, without decoding them.

    A file that breaks off or cannot be read further gives the packets up to there.

    Args:
        path: a video file.
        stop: set it to end with Cancelled.
        on_progress: called with the seconds of video read so far.
    Raises:
        UserError: not a video file, or it holds no packet.
        DriveFailed: the drive fails before the end.
        Cancelled: `stop` was set.
    """
    rows: list[Row] = []
    with open_video(path) as container:
        stream = main_video(container, path)
        base = Fraction(stream.time_base or Fraction(1, 1000))
        for other in container.streams:
            if other.index != stream.index:
                other.discard = Discard.all
        reader = ReferenceReader(stream.codec_context.name, stream.codec_context.extradata or b"")
        packets = container.demux(stream)
        while True:
            try:
                packet = next(packets, None)
            except UNREADABLE as error:
                if drive_failed(error):
                    raise DriveFailed(path, _reached(rows, base), detail=str(error)) from error
                # ffmpeg itself takes a file that cannot be read further for its end.
                break
            if packet is None:
                break
            if packet.size == 0:
                continue
            role = reader.role(memoryview(packet))
            rows.append(
                (
                    MISSING if packet.pts is None else packet.pts,
                    MISSING if packet.dts is None else packet.dts,
                    packet.duration or 0,
                    packet.is_keyframe,
                    packet.size,
                    not packet.is_discard,
                    role is Role.DISPOSABLE,
                    packet.is_keyframe and role is Role.REFRESH,
                )
            )
            if len(rows) % PACKETS_PER_REPORT == 0:
                _report(rows, base, stop, on_progress)
    if not rows:
        raise UserError(f"{path.name} holds no pictures; choose another file.")
    table = np.array(rows, dtype=np.int64)
    return PacketIndex(
        time_base=base,
        pts=table[:, 0].copy(),
        dts=table[:, 1].copy(),
        duration=table[:, 2].copy(),
        key=table[:, 3].astype(np.bool_),
        size=table[:, 4].copy(),
        shown=table[:, 5].astype(np.bool_),
        disposable=(table[:, 6] > 0) & reader.trustworthy,
        idr=table[:, 7].astype(np.bool_),
    )


def _report(
    rows: list[Row],
    base: Fraction,
    stop: threading.Event | None,
    on_progress: Callable[[float], None] | None,
) -> None:
    if stop is not None and stop.is_set():
        raise Cancelled
    reached = _reached(rows, base)
    if on_progress is not None and reached is not None:
        on_progress(reached)


def _reached(rows: list[Row], base: Fraction) -> float | None:
    """Return the seconds of video read so far; None where the file does not say."""
    if not rows or MISSING in (rows[0][1], rows[-1][1]):
        return None
    return max(0.0, float((rows[-1][1] - rows[0][1]) * base))


def _packed(ticks: NDArray[np.int64]) -> bytes:
    """Compress differences of neighbours: most of them are equal. The arithmetic wraps, both ways alike."""
    with np.errstate(over="ignore"):
        return zlib.compress(np.diff(ticks, prepend=np.int64(0)).astype("<i8").tobytes())


def _unpacked(block: bytes) -> NDArray[np.int64]:
    with np.errstate(over="ignore"):
        return np.cumsum(np.frombuffer(block, "<i8"), dtype=np.int64)
