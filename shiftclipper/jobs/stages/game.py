"""The sources of a job, opened for the stages that read pictures from them."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from shiftclipper.errors import StageFailed, UserError
from shiftclipper.jobs.rows import SourceRow
from shiftclipper.jobs.store import Store
from shiftclipper.media.content import content_mark
from shiftclipper.media.game import GameClock
from shiftclipper.media.index import PacketIndex
from shiftclipper.media.probe import Probe, probe


@dataclass(frozen=True, slots=True)
class OpenSource:
    """One file of the game as ingest has prepared it."""

    row: SourceRow
    probe: Probe
    """Of the file that is read: the source itself, or its remuxed copy."""
    index: PacketIndex

    @property
    def path(self) -> Path:
        """The file that is read."""
        return self.probe.path

    def refuse_changed(self) -> None:
        """Refuse what was just made of this film if it is not the one any more that ingest has read.

        What cannot be decoded is left out, so that a damaged film gives what it has. But a film that was cut
        short or replaced in the meantime is not damaged: it is read once it is back.

        Raises:
            StageFailed: it changed, or cannot be read.
        """
        known = (self.row.probe or {}).get("content")
        if known and content_mark(self.row.path) != known:
            raise StageFailed(
                f"{self.row.path} changed while it was read; put the whole film back there and try again.",
                film=self.row.path,
            )


@dataclass(frozen=True, slots=True)
class Game:
    """All files of one game on one clock."""

    sources: tuple[OpenSource, ...]
    clock: GameClock

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the first source's displayed picture; boxes of all sources are in its pixels."""
        return self.sources[0].probe.size

    @property
    def duration(self) -> Fraction:
        """Seconds of game time."""
        return self.clock.duration

    def refuse_changed(self) -> None:
        """As of its sources."""
        for source in self.sources:
            source.refuse_changed()


@dataclass(frozen=True, slots=True)
class Picture:
    """What is known of a game without opening its files."""

    size: tuple[int, int]
    """Width and height in pixels of the first source's displayed picture."""
    duration: Fraction
    """Seconds of game time."""


def picture_of(store: Store, job_id: str) -> Picture:
    """Return what ingest noted; the files may be gone since.

    Raises:
        StageFailed: a source was never ingested.
    """
    rows = store.sources(job_id)
    for row in rows:
        if row.probe is None or row.start is None or row.duration is None:
            raise StageFailed(f"{row.path.name} was not read yet; run the job from its first stage.")
    first, last = rows[0], rows[-1]
    assert first.probe is not None and last.start is not None and last.duration is not None
    size = first.probe["size"]
    assert isinstance(size, list)
    width, height = (int(side) for side in size if isinstance(side, int | float))
    return Picture((width, height), last.start + last.duration)


def open_game(store: Store, job_id: str) -> Game:
    """Open the sources of a job that was ingested.

    Raises:
        StageFailed: a source is gone or was never ingested.
    """
    opened: list[OpenSource] = []
    for row in store.sources(job_id):
        packed = store.packet_index(row.id)
        if packed is None:
            raise StageFailed(f"{row.path.name} was not read yet; run the job from its first stage.")
        path = row.normalised_path or row.path
        try:
            if not row.path.exists():
                content_mark(row.path)  # Fails, and says how to find the film again.
            source = OpenSource(row, probe(path), PacketIndex.from_bytes(packed))
        except UserError as error:
            raise StageFailed(str(error), detail=error.detail) from error
        opened.append(source)
    clock = GameClock.end_to_end([(source.path, source.index.duration_seconds) for source in opened])
    return Game(tuple(opened), clock)
