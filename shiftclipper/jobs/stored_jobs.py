"""Jobs as they are kept: all that can be read of them, each time as the database has it now."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from shiftclipper.errors import UserError
from shiftclipper.jobs import reading, setup_rows
from shiftclipper.jobs.database import Database
from shiftclipper.jobs.rows import (
    ArtifactRow,
    ChunkRow,
    ClipRow,
    EventRow,
    JobResults,
    JobRow,
    JobStatus,
    PlayerRow,
    ShiftRow,
    SourceRow,
    StageRow,
)
from shiftclipper.jobs.setup import Setup
from shiftclipper.jobs.tracklet_rows import tracklet_of_row
from shiftclipper.tracklets import NumberReading, Tracklet


class StoredJobs:
    """The jobs of a data folder, for reading. May be used from any thread.

    Methods raise UserError for a job that does not exist.
    """

    def __init__(self, database: Database, data_dir: Path) -> None:
        """Read from a database.

        Args:
            database: of the data folder.
            data_dir: the data folder, by its whole path.
        """
        self._database = database
        self.data_dir = data_dir

    # Jobs

    def work_dir(self, job_id: str) -> Path:
        """Return the folder that is a job's own, `jobs/<id>` in the data folder."""
        return reading.work_dir(self.data_dir, job_id)

    def find(self, prefix: str) -> str:
        """Return the id of the only job whose id begins like this.

        Raises:
            UserError: none does, or several do.
        """
        with self._database.reading() as tables:
            rows = tables.rows("SELECT id FROM job WHERE substr(id, 1, ?) = ?", [len(prefix), prefix])
        ids = [row["id"] for row in rows]
        if prefix in ids:
            return prefix
        if not prefix or not ids:
            raise reading.no_such_job(prefix)
        if len(ids) > 1:
            raise UserError(
                f"{prefix} is the beginning of {len(ids)} jobs ({', '.join(ids[:5])}); write more of it."
            )
        return str(ids[0])

    def job(self, job_id: str) -> JobRow:
        """Return one job."""
        with self._database.reading() as tables:
            return reading.job_row(tables, self.data_dir, job_id)

    def jobs(self) -> list[JobRow]:
        """Return all jobs, the newest first."""
        with self._database.reading() as tables:
            return reading.job_rows(tables, self.data_dir)

    def statuses(self) -> Mapping[str, JobStatus]:
        """Return the status of every job by its id; cheaper than `jobs`."""
        with self._database.reading() as tables:
            return reading.statuses(tables)

    def stages(self, job_id: str) -> list[StageRow]:
        """Return the stages of a job in the order in which they run, unwanted ones too."""
        with self._database.reading() as tables:
            return reading.stage_rows(tables, job_id)

    def events(self, job_id: str) -> list[EventRow]:
        """Return every change of a job's status, the oldest first."""
        with self._database.reading() as tables:
            return reading.event_rows(tables, job_id)

    def files_of_others(self, job_id: str) -> set[Path]:
        """Return the files in a job's own folder that must outlive it: sources, and what other jobs made."""
        with self._database.reading() as tables:
            return reading.files_of_others(tables, job_id)

    # Setup

    def setup(self, job_id: str) -> Setup:
        """Return what the person said about the game."""
        with self._database.reading() as tables:
            return setup_rows.read(tables, job_id)

    def players(self, job_id: str) -> list[PlayerRow]:
        """Return the players of a job in their order."""
        with self._database.reading() as tables:
            return reading.player_rows(tables, job_id)

    # What runs made

    def sources(self, job_id: str) -> list[SourceRow]:
        """Return the files of a game in their order."""
        with self._database.reading() as tables:
            return reading.source_rows(tables, job_id)

    def packet_index(self, source_id: int) -> bytes | None:
        """Return the packed packet index of a file, None before ingest."""
        with self._database.reading() as tables:
            row = tables.row("SELECT packet_index FROM source WHERE id = ?", [source_id])
        return None if row is None else row["packet_index"]

    def chunks(self, job_id: str, skip: int = 0) -> Iterator[ChunkRow]:
        """Yield what analysis saw, in the order of the game, one chunk in memory at a time.

        Args:
            job_id: of the job.
            skip: how many of the first chunks are known already.
        """
        # Not one query: between two chunks the caller may want to write.
        with self._database.reading() as tables:
            keys = reading.chunk_keys(tables, job_id)
        for key in keys[skip:]:
            with self._database.reading() as tables:
                row = reading.chunk_row(tables, *key)
            yield row

    def tracklets(self, job_id: str, within: tuple[Fraction, Fraction] | None = None) -> list[Tracklet]:
        """Return the tracklets of a job by id: all, or those there at some time `within` two, in seconds."""
        with self._database.reading() as tables:
            rows = reading.tracklet_rows(tables, job_id, within)
        return [tracklet_of_row(row) for row in rows]

    def number_readings(self, job_id: str) -> list[NumberReading]:
        """Return the jersey numbers read in a job, in the order of the game."""
        with self._database.reading() as tables:
            return reading.number_readings(tables, job_id)

    def shifts(self, job_id: str, player_id: int | None = None) -> list[ShiftRow]:
        """Return the shifts of all players of a job, or of one."""
        with self._database.reading() as tables:
            return reading.shift_rows(tables, job_id, player_id)

    def clips(self, job_id: str) -> list[ClipRow]:
        """Return the clips of a job in the order of time."""
        with self._database.reading() as tables:
            return reading.clip_rows(tables, job_id)

    def artifacts(self, job_id: str) -> list[ArtifactRow]:
        """Return the other files that a job made."""
        with self._database.reading() as tables:
            return reading.artifact_rows(tables, job_id)

    def results(self, job_id: str) -> JobResults:
        """Return everything about a job as it was at one moment."""
        with self._database.reading() as tables:
            return JobResults(
                job=reading.job_row(tables, self.data_dir, job_id),
                setup=setup_rows.read(tables, job_id),
                sources=reading.source_rows(tables, job_id),
                players=reading.player_rows(tables, job_id),
                shifts=reading.shift_rows(tables, job_id),
                clips=reading.clip_rows(tables, job_id),
                artifacts=reading.artifact_rows(tables, job_id),
                stages=reading.stage_rows(tables, job_id),
            )
