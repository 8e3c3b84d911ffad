"""The game as it is played: for each source the file to play and the exact times of its frames."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from shiftclipper.errors import UserError
from shiftclipper.jobs.rows import SourceRow
from shiftclipper.jobs.store import Store
from shiftclipper.media.index import PacketIndex
from shiftclipper.media.probe import Probe, probe


@dataclass(frozen=True, slots=True)
class Part:
    """One source of the game."""

    file: Path
    """The file that is played: the proxy, else the remuxed copy, else the source."""
    start: Fraction
    """Game time of its first frame, in seconds."""
    duration: Fraction
    """Seconds, greater than 0."""
    base: Fraction
    """Seconds per tick of `ticks`."""
    ticks: NDArray[np.int64]
    """(n,) times of the frames after the first one, ascending from 0; n is at least 1."""
    lead: Fraction
    """Seconds on the player's clock at which the first frame is shown."""
    exact: bool
    """Whether the times come from the packet index, and not from a rate that is only about right."""

    @property
    def end(self) -> Fraction:
        """Game time at which the last frame ends."""
        return self.start + self.duration

    def time_of(self, frame: int) -> Fraction:
        """Return the source time of a frame, in seconds."""
        return int(self.ticks[frame]) * self.base

    def frame_at(self, time: Fraction) -> int:
        """Return the number of the frame that is shown at a source time, in seconds."""
        tick = time // self.base
        return max(0, int(np.searchsorted(self.ticks, tick, side="right")) - 1)

    def nearest_frame(self, time: Fraction) -> int:
        """Return the number of the frame that begins nearest to a source time that was rounded."""
        right = min(self.frame_at(time) + 1, len(self.ticks) - 1)
        left = max(0, right - 1)
        return left if time - self.time_of(left) <= self.time_of(right) - time else right


@dataclass(frozen=True)
class Film:
    """All parts of a game, in their order."""

    parts: tuple[Part, ...]
    """At least one."""
    size: tuple[int, int]
    """(width, height) in pixels of the first source's displayed picture; boxes are in these pixels."""

    @property
    def duration(self) -> Fraction:
        """Seconds of game time."""
        return self.parts[-1].end

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """The files that are played."""
        return tuple(part.file for part in self.parts)

    def place(self, moment: Fraction) -> tuple[int, int]:
        """Return the part and in it the frame that is shown at a game time; the nearest at both ends."""
        starts = [part.start for part in self.parts]
        number = max(0, sum(start <= moment for start in starts) - 1)
        return number, self.parts[number].frame_at(max(Fraction(0), moment - starts[number]))

    def moment(self, part: int, frame: int) -> Fraction:
        """Return the game time at which a frame begins."""
        return self.parts[part].start + self.parts[part].time_of(frame)

    def moved(self, part: int, frame: int, frames: int) -> tuple[int, int]:
        """Return part and frame so many frames on, or back; the first and the last frame end it."""
        frame += frames
        while frame < 0 and part > 0:
            part -= 1
            frame += len(self.parts[part].ticks)
        while frame >= len(self.parts[part].ticks) and part + 1 < len(self.parts):
            frame -= len(self.parts[part].ticks)
            part += 1
        return part, min(max(frame, 0), len(self.parts[part].ticks) - 1)


def open_film(store: Store, job_id: str) -> Film:
    """Open the game of a job for playing. Reads files: not for the GUI thread.

    Raises:
        UserError: a source is gone or is no video.
    """
    parts: list[Part] = []
    size = (0, 0)
    start = Fraction(0)
    for row in store.sources(job_id):
        part, shown = _part(store, row, start)
        parts.append(part)
        size = size if size != (0, 0) else shown
        start = part.end
    if not parts:
        raise UserError("This game has no video; drop its film.")
    return Film(tuple(parts), size)


def _part(store: Store, row: SourceRow, start: Fraction) -> tuple[Part, tuple[int, int]]:
    copy = row.normalised_path if row.normalised_path and row.normalised_path.is_file() else row.path
    proxy = row.proxy_path if row.proxy_path and row.proxy_path.is_file() else None
    packed = store.packet_index(row.id)
    found = None
    if row.probe is None or packed is None or proxy is None:
        found = probe(copy)
    size = _size(row, found)
    if packed is None:
        assert found is not None
        return _unread(found, start), size
    index = PacketIndex.from_bytes(packed)
    pts = index.presentation_pts()
    ticks = pts - index.first_pts if len(pts) else np.zeros(1, np.int64)
    lead = Fraction(0) if proxy else index.file_time(index.first_pts) - _container_start(copy)
    duration = max(index.duration_seconds, index.time_base)
    return Part(proxy or copy, start, duration, index.time_base, ticks, lead, exact=True), size


def _unread(found: Probe, start: Fraction) -> Part:
    """Return a part whose packets were not read yet: its times are those of an even rate."""
    base = 1 / found.fps
    ticks = np.arange(max(1, round(found.duration / base)), dtype=np.int64)
    lead = max(Fraction(0), found.start_time - _container_start(found.path))
    duration = max(found.duration, base)
    return Part(found.path, start, duration, base, ticks, lead, exact=False)


def _size(row: SourceRow, found: Probe | None) -> tuple[int, int]:
    size = (row.probe or {}).get("size")
    if isinstance(size, list) and len(size) == 2:
        return int(str(size[0])), int(str(size[1]))
    assert found is not None
    return found.size


def _container_start(path: Path) -> Fraction:
    """Return the file time at which the player's clock stands at 0: where the first of all streams begins."""
    try:
        with av.open(str(path)) as container:
            return Fraction(container.start_time or 0, 1_000_000)
    except (av.FFmpegError, OSError) as error:
        raise UserError(
            f"{path.name} cannot be read; connect the disk it is on, or drop it again."
        ) from error
