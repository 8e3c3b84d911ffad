"""The one place where jobs are kept: create, read and steer them."""

import json
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from types import TracebackType

from shiftclipper.errors import UserError
from shiftclipper.jobs import (
    backups,
    brought_in,
    job_rows,
    reading,
    setup_rows,
    steering,
    unfinished,
)
from shiftclipper.jobs.backups import DATABASE_NAME
from shiftclipper.jobs.brought_in import BroughtIn
from shiftclipper.jobs.corrections import Corrections
from shiftclipper.jobs.database import Change, Database
from shiftclipper.jobs.encoder_trials import EncoderTrials
from shiftclipper.jobs.export_place import OWN
from shiftclipper.jobs.lock import InstanceLock
from shiftclipper.jobs.own_presets import OwnPresets
from shiftclipper.jobs.preferences import PreferenceRows
from shiftclipper.jobs.rows import (
    ALL_STAGES,
    EXPORT_STAGES,
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
    StopReason,
)
from shiftclipper.jobs.run import Run
from shiftclipper.jobs.schema import TableName
from shiftclipper.jobs.settings import Settings, SettingValue
from shiftclipper.jobs.setup import Setup
from shiftclipper.jobs.solved_shifts import SolvedShifts
from shiftclipper.jobs.tracklet_rows import tracklet_of_row
from shiftclipper.tracklets import NumberReading, Tracklet


class Store:
    """All jobs of one data folder. May be used from any thread.

    Methods raise UserError for a job that does not exist. After each commit `on_change` is called with the id
    of every job that was touched, in the thread that wrote.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        on_change: Callable[[str], None] | None = None,
        write: bool = True,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Open the data folder, and make it when there is none.

        Args:
            data_dir: the data folder.
            on_change: called with a job's id after each commit that touched it.
            write: take the folder for this program alone and turn jobs that a dead program left running into
                interrupted ones. Without it the store is for reading and for asking a running job to stop.
            now: the clock, in seconds since 1970.

        Raises:
            InstanceLocked: another running program holds the folder.
            UserError: the folder cannot be written, or a newer program wrote it.
        """
        self.data_dir = data_dir.absolute()
        self._now = now
        self._lock: InstanceLock | None = None
        _make_folder(self.data_dir)
        self._database = Database(self.data_dir / DATABASE_NAME, on_change)
        try:
            if write:
                self._lock = InstanceLock(self.data_dir)
                backups.sweep(self.data_dir)
                self._database.prepare()
                with self._database.writing() as change:
                    left = steering.recover(change, self._milliseconds())
                for job_id in left:
                    unfinished.sweep(self.work_dir(job_id))
            elif not self._database.is_current():
                with InstanceLock(self.data_dir):
                    self._database.prepare()
        except BaseException:
            self.close()
            raise

    # The store itself

    def close(self) -> None:
        """Close the database and give the lock back. Runs must have ended."""
        self._database.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def close_thread(self) -> None:
        """Close the connection of this thread; a worker calls it at its end."""
        self._database.close_thread()

    def __enter__(self) -> "Store":
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def check(self) -> list[str]:
        """Check the whole database and return what is wrong with it; empty when nothing is."""
        with self._database.reading() as tables:
            found = [row["integrity_check"] for row in tables.rows("PRAGMA integrity_check")]
            orphans = tables.rows("PRAGMA foreign_key_check")
        wrong = [text for text in found if text != "ok"]
        return wrong + [f"row {row['rowid']} of {row['table']} lost its {row['parent']}" for row in orphans]

    def back_up_when_due(self) -> Path | None:
        """Copy the database when the newest copy is a week old; return the copy, if one was made.

        Takes a while for a large one: not for the GUI thread.
        """
        made = backups.back_up_when_due(self._database.path, self._now())
        return None if made is None else made.path

    def give_back_room(self) -> None:
        """Return the room of deleted jobs to the disk; takes a while after large ones."""
        self._database.give_back_room()

    @property
    def encoder_trials(self) -> MutableMapping[str, str]:
        """Outcomes of encoder trials by what was tried, kept between starts."""
        return EncoderTrials(self._database)

    @property
    def preferences(self) -> PreferenceRows:
        """What the person set about the program itself."""
        return PreferenceRows(self._database)

    @property
    def presets(self) -> OwnPresets:
        """Settings that the person keeps under names of his own."""
        return OwnPresets(self._database)

    @property
    def corrections(self) -> Corrections:
        """What the person corrects; each of it can be undone."""
        return Corrections(self._database, self._milliseconds)

    @property
    def solved_shifts(self) -> SolvedShifts:
        """What finding shifts depends on, and shifts that are written only while that holds."""
        return SolvedShifts(self._database, self._milliseconds)

    def work_dir(self, job_id: str) -> Path:
        """Return the folder that is a job's own, `jobs/<id>` in the data folder."""
        return reading.work_dir(self.data_dir, job_id)

    # Jobs

    def create_job(
        self,
        sources: Sequence[Path],
        *,
        setup: Setup | None = None,
        out_dir: Path | None = None,
        title: str = "",
        stages: Sequence[str] = ALL_STAGES,
        job_id: str | None = None,
    ) -> str:
        """Create a draft and return its id.

        Args:
            sources: files of one game in their order.
            setup: what is known about the game already.
            out_dir: where clips, reel and report go; default is `out` in the job's own folder.
            title: what to call it; default is made of the files' names.
            stages: the stages that are wanted.
            job_id: an id of which the caller knows that it is free and looks like the others.

        Raises:
            UserError: no source, a file name that is no text, or an unknown stage.
        """
        if not sources:
            raise UserError("A job needs at least one video; name one or drop one.")
        paths = [job_rows.path_text(path) for path in sources]
        job_id = job_id or self._new_id()
        work_dir = self.work_dir(job_id)
        now = self._milliseconds()
        with self._database.writing() as change:
            change.insert(
                TableName.JOB,
                {
                    "id": job_id,
                    "title": title or job_rows.title_of(sources),
                    "status": str(JobStatus.DRAFT),
                    "settings": json.dumps(Settings().as_json()),
                    "out_dir": job_rows.path_text(out_dir if out_dir is not None else work_dir / OWN),
                    "created_at": now,
                    "updated_at": now,
                },
            )
            change.insert_all(
                TableName.STAGE,
                (
                    {"job_id": job_id, "name": name, "position": position}
                    for position, name in enumerate(ALL_STAGES)
                ),
            )
            job_rows.want_stages(change, job_id, stages)
            job_rows.add_sources(change, job_id, paths, first=0)
            setup_rows.save(change, job_id, setup if setup is not None else Setup(), now)
            change.touch(job_id)
        return job_id

    def add_sources(self, job_id: str, sources: Sequence[Path]) -> None:
        """Add files after the last one of a game."""
        paths = [job_rows.path_text(path) for path in sources]
        with self._changing(job_id) as change:
            steering.refuse_active(change, job_id, "given more videos")
            row = change.row("SELECT COUNT(*) AS n FROM source WHERE job_id = ?", [job_id])
            assert row is not None
            job_rows.add_sources(change, job_id, paths, first=row["n"])

    def bring_in(self, job_id: str, brought: BroughtIn) -> None:
        """Let a draft be what a job of another program was, all of it or nothing, while no job runs."""
        with self._database.writing() as change:
            brought_in.write(change, job_id, brought, self._milliseconds())

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

    def set_stages(self, job_id: str, stages: Sequence[str]) -> None:
        """Choose which stages are wanted from the next run on.

        Raises:
            UserError: an unknown stage.
        """
        with self._changing(job_id) as change:
            job_rows.want_stages(change, job_id, stages)

    def set_out_dir(self, job_id: str, out_dir: Path) -> None:
        """Choose where clips, reel and report go from the next run on."""
        with self._changing(job_id) as change:
            steering.refuse_active(change, job_id, "given another folder")
            change.execute("UPDATE job SET out_dir = ? WHERE id = ?", [job_rows.path_text(out_dir), job_id])

    def settle_out_dir(self, job_id: str, out_dir: Path) -> None:
        """Choose where files go, as `set_out_dir`, but while a job is analysed too: no clip is cut then.

        Nothing happens while its clips, reel or report are being written.
        """
        with self._changing(job_id) as change:
            job = reading.job_row(change, self.data_dir, job_id)
            if not (job.status.is_active and job.stage in EXPORT_STAGES):
                change.execute(
                    "UPDATE job SET out_dir = ? WHERE id = ?", [job_rows.path_text(out_dir), job_id]
                )

    def delete_job(self, job_id: str) -> None:
        """Forget a job that does not run; its files are the caller's (see `cleanup.clear_job`)."""
        with self._changing(job_id) as change:
            steering.refuse_active(change, job_id, "cleared")
            change.execute("DELETE FROM job WHERE id = ?", [job_id])

    # Steering

    def queue(self, job_id: str) -> None:
        """Run a draft, or a job that is done once more (only what its corrections concern)."""
        self._enqueue(job_id, "run")

    def resume(self, job_id: str) -> None:
        """Let a paused or interrupted job go on where it stopped."""
        self._enqueue(job_id, "resume")

    def retry(self, job_id: str) -> None:
        """Try a failed, cancelled or interrupted job again; stages that are done stay done."""
        self._enqueue(job_id, "retry")

    def start(self, job_id: str) -> None:
        """Queue, resume or retry, whichever fits the job's status."""
        self._enqueue(job_id, "start")

    def move_first(self, job_id: str) -> None:
        """Let a queued job run next."""
        with self._changing(job_id) as change:
            steering.move_first(change, job_id, self._milliseconds())

    def order_queue(self, job_ids: Sequence[str]) -> None:
        """Let these queued jobs run in this order, in the places that they have together."""
        with self._database.writing() as change:
            steering.order_queue(change, job_ids, self._milliseconds())

    def request_stop(self, job_id: str, reason: StopReason) -> JobStatus:
        """Ask a job to stop, and return its status then: `stopping` when a run has to end first.

        Raises:
            UserError: the job's status does not allow it.
        """
        with self._database.writing() as change:
            return steering.request_stop(change, job_id, reason, self._milliseconds())

    def claim(self, job_id: str | None = None) -> Run | None:
        """Take the next queued job (or this one, when it is queued) for a run.

        Returns:
            The run, or None when nothing is queued or a job runs already.
        """
        with self._database.writing() as change:
            claimed = steering.claim(change, job_id, self._milliseconds())
        return None if claimed is None else Run(self._database, *claimed, now=self._now)

    def _enqueue(self, job_id: str, word: str) -> None:
        with self._database.writing() as change:
            steering.enqueue(change, job_id, word, self._milliseconds())

    def files_of_others(self, job_id: str) -> set[Path]:
        """Return the files in a job's own folder that must outlive it: sources, and what other jobs made."""
        with self._database.reading() as tables:
            return reading.files_of_others(tables, job_id)

    # Setup

    def setup(self, job_id: str) -> Setup:
        """Return what the person said about the game."""
        with self._database.reading() as tables:
            return setup_rows.read(tables, job_id)

    def save_setup(self, job_id: str, setup: Setup) -> None:
        """Replace the setup, at any time; the stages that it concerns run anew at the job's next run."""
        with self._changing(job_id) as change:
            setup_rows.save(change, job_id, setup, self._milliseconds())

    def change_settings(self, job_id: str, **values: SettingValue) -> None:
        """Set some settings of a job and leave all else of its setup alone."""
        with self._changing(job_id) as change:
            setup_rows.change_settings(change, job_id, values, self._milliseconds())

    def players(self, job_id: str) -> list[PlayerRow]:
        """Return the players of a job in their order."""
        with self._database.reading() as tables:
            return reading.player_rows(tables, job_id)

    # What runs made

    def sources(self, job_id: str) -> list[SourceRow]:
        """Return the files of a game in their order."""
        with self._database.reading() as tables:
            return reading.source_rows(tables, job_id)

    def set_source_path(self, job_id: str, source_id: int, path: Path) -> None:
        """Note where a film lies now; what is in it must be the same."""
        with self._changing(job_id) as change:
            steering.refuse_active(change, job_id, "given a moved video")
            change.execute(
                "UPDATE source SET path = ? WHERE id = ? AND job_id = ?",
                [job_rows.path_text(path), source_id, job_id],
            )

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

    @contextmanager
    def _changing(self, job_id: str) -> Iterator[Change]:
        with self._database.writing() as change:
            steering.status_of(change, job_id)
            change.touch(job_id)
            yield change

    def _new_id(self) -> str:
        """Return an id that sorts by day and can be typed."""
        day = time.strftime("%y%m%d", time.localtime(self._now()))
        return f"{day}-{secrets.token_hex(3)}"

    def _milliseconds(self) -> int:
        return round(self._now() * 1000)


def _make_folder(data_dir: Path) -> None:
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"The data folder {data_dir} cannot be made ({error.strerror}); mend its permissions or choose "
            "another one with --data-dir."
        ) from error
