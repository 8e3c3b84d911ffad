"""What only the holder of a job's run token may write."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

from shiftclipper.jobs import made_rows, shift_rows
from shiftclipper.jobs.database import Change, Database, Row
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.rows import (
    ArtifactRow,
    ClipRow,
    JobStatus,
    NewShift,
    StopReason,
)
from shiftclipper.jobs.schema import TableName
from shiftclipper.jobs.shift_rows import FoundShifts
from shiftclipper.jobs.times import to_flicks
from shiftclipper.jobs.tracklet_rows import row_of_tracklet
from shiftclipper.tracklets import NumberReading, Tracklet

_STATUS_AFTER_STOP = {
    StopReason.CANCEL: JobStatus.CANCELLED,
    StopReason.PAUSE: JobStatus.PAUSED,
    StopReason.QUIT: JobStatus.INTERRUPTED,
}
_MARKS = {
    "player_id": "(SELECT id FROM player WHERE id = ?)",
    "shift_id": "(SELECT id FROM shift WHERE id = ?)",
}
_MESSAGE_AFTER_STOP = {
    StopReason.CANCEL: "Cancelled",
    StopReason.PAUSE: "Paused",
    StopReason.QUIT: "Stopped because the program was closed",
}


class StaleRun(Exception):
    """The job belongs to another run, or to none: nothing was written and this run must end quietly."""


class Run:
    """The right to work on one job. Every method may be called from any thread.

    Every write is one transaction that first makes sure of the run token, so that a run which lost its job
    (ended, recovered after a crash, claimed anew) can change nothing: it gets StaleRun.
    """

    def __init__(
        self, database: Database, job_id: str, token: str, now: Callable[[], float] = time.time
    ) -> None:
        """Take up a job that was claimed with this token; `now` is the clock, in seconds since 1970."""
        self._database = database
        self._now = now
        self.job_id = job_id
        self.token = token

    # Stages

    def plan_stages(self, weights: Mapping[str, float]) -> None:
        """Note how the job's time is spread over its stages, for the progress of the whole."""
        with self._writing() as change:
            for name, weight in weights.items():
                change.execute(
                    "UPDATE stage SET weight = ? WHERE job_id = ? AND name = ?",
                    [weight, self.job_id, name],
                )

    def start_stage(self, name: str, input_hash: str) -> None:
        """Begin a stage; what it had done under another input hash counts no more."""
        with self._writing() as change:
            now = self._milliseconds()
            change.execute(
                "UPDATE stage SET status = 'running', error = '', perf = '{}', "
                "started_at = ?, updated_at = ?, finished_at = NULL, resumed_units = NULL, "
                "done_units = CASE WHEN input_hash = ? AND status <> 'done' THEN done_units ELSE 0 END, "
                "total_units = CASE WHEN input_hash = ? THEN total_units END, input_hash = ? "
                "WHERE job_id = ? AND name = ?",
                [now, now, input_hash, input_hash, input_hash, self.job_id, name],
            )
            change.execute("UPDATE job SET stage = ?, message = '' WHERE id = ?", [name, self.job_id])

    def finish_stage(self, name: str, perf: Mapping[str, JsonValue]) -> None:
        """Note that a stage is done, and how fast it went."""
        with self._writing() as change:
            now = self._milliseconds()
            change.execute(
                "UPDATE stage SET status = 'done', perf = ?, "
                "done_units = COALESCE(total_units, done_units), updated_at = ?, finished_at = ? "
                "WHERE job_id = ? AND name = ?",
                [json.dumps(perf, allow_nan=False), now, now, self.job_id, name],
            )

    def progress(self, stage: str, done: float, total: float, message: str) -> JobStatus:
        """Note how far a stage is, and return the job's status: `stopping` asks this run to stop.

        Args:
            stage: its name.
            done, total: in the stage's own units.
            message: what it is doing, for the person.
        """
        with self._writing() as change:
            change.execute(
                "UPDATE stage SET done_units = ?, total_units = ?, "
                "resumed_units = COALESCE(resumed_units, ?), updated_at = ? WHERE job_id = ? AND name = ?",
                [done, total, done, self._milliseconds(), self.job_id, stage],
            )
            change.execute("UPDATE job SET message = ? WHERE id = ?", [message, self.job_id])
            return self._status(change)

    # What stages make

    def save_source(
        self,
        source_id: int,
        *,
        start: Fraction | None = None,
        duration: Fraction | None = None,
        probe: Mapping[str, JsonValue] | None = None,
        packet_index: bytes | None = None,
        normalised_path: Path | None = None,
        proxy_path: Path | None = None,
    ) -> None:
        """Note what ingest learned about a file; what is not given stays as it is. Times are in seconds."""
        given: Row = {
            "start": None if start is None else to_flicks(start),
            "duration": None if duration is None else to_flicks(duration),
            "probe": None if probe is None else json.dumps(probe, allow_nan=False),
            "packet_index": packet_index,
            "normalised_path": None if normalised_path is None else str(normalised_path),
            "proxy_path": None if proxy_path is None else str(proxy_path),
        }
        given = {name: value for name, value in given.items() if value is not None}
        if not given:
            return
        assignments = ", ".join(f"{name} = ?" for name in given)
        with self._writing() as change:
            change.execute(
                f"UPDATE source SET {assignments} WHERE id = ? AND job_id = ?",
                [*given.values(), source_id, self.job_id],
            )

    def saved_chunks(self, source_id: int) -> set[int]:
        """Return the numbers of the chunks of a source that the analysis in force has saved."""
        with self._database.reading() as tables:
            rows = tables.rows(
                "SELECT number FROM analysis_chunk WHERE source_id = ? AND input_hash = "
                "(SELECT input_hash FROM stage WHERE job_id = ? AND name = 'analyse')",
                [source_id, self.job_id],
            )
        return {row["number"] for row in rows}

    def save_chunk(
        self,
        source_id: int,
        number: int,
        start: Fraction,
        end: Fraction,
        samples: int,
        observations: bytes,
    ) -> None:
        """Save what analysis saw in [start, end) seconds of a source; replaces the chunk of that number."""
        with self._writing() as change:
            change.execute(
                'INSERT OR REPLACE INTO analysis_chunk (source_id, number, input_hash, start, "end", '
                "samples, observations) "
                "SELECT source.id, ?, stage.input_hash, ?, ?, ?, ? FROM source "
                "JOIN stage ON stage.job_id = source.job_id AND stage.name = 'analyse' "
                "WHERE source.id = ? AND source.job_id = ?",
                [
                    number,
                    to_flicks(start),
                    to_flicks(end),
                    samples,
                    observations,
                    source_id,
                    self.job_id,
                ],
            )

    def saved_numbers(self, source_id: int) -> set[int]:
        """Return the chunks of a source whose jersey numbers the analysis in force has saved."""
        with self._database.reading() as tables:
            rows = tables.rows(
                "SELECT number FROM number_chunk WHERE source_id = ? AND input_hash = "
                "(SELECT input_hash FROM stage WHERE job_id = ? AND name = 'analyse')",
                [source_id, self.job_id],
            )
        return {row["number"] for row in rows}

    def save_numbers(self, source_id: int, number: int, readings: Sequence[NumberReading]) -> None:
        """Save the jersey numbers read in a chunk of a source; replaces the chunk of that number."""
        packed = json.dumps([[one.tracklet, one.time, one.number, one.probability] for one in readings])
        with self._writing() as change:
            change.execute(
                "INSERT OR REPLACE INTO number_chunk (source_id, number, input_hash, readings) "
                "SELECT source.id, ?, stage.input_hash, ? FROM source "
                "JOIN stage ON stage.job_id = source.job_id AND stage.name = 'analyse' "
                "WHERE source.id = ? AND source.job_id = ?",
                [number, packed, source_id, self.job_id],
            )

    def replace_tracklets(self, tracklets: Iterable[Tracklet]) -> int:
        """Replace all tracklets of the job, of which one is held at a time, and return how many they are."""
        rows = (row_of_tracklet(self.job_id, tracklet) for tracklet in tracklets)
        with self._database.aside(TableName.TRACKLET, rows) as made, self._writing() as change:
            change.execute("DELETE FROM tracklet WHERE job_id = ?", [self.job_id])
            return change.execute(f"INSERT INTO tracklet SELECT * FROM {made}")

    def replace_shifts(self, player_id: int, shifts: Sequence[NewShift]) -> None:
        """Replace the shifts that were found for one player; see `replace_found`."""
        self.replace_found([FoundShifts(player_id, shifts)])

    def replace_found(self, found: Iterable[FoundShifts]) -> None:
        """Replace the shifts that were found for some players, all of them or none.

        A shift with the same start and end keeps its id, so that its clip stays its clip. Shifts that the
        person made or judged stay as they are, and what was found gives way to them. Nothing happens for a
        player who was removed in the meantime.
        """
        with self._writing() as change:
            for one in found:
                shift_rows.replace_found(change, self.job_id, one)

    def save_clip(self, clip: ClipRow) -> int:
        """Save a clip, in place of the one with the same path if there is one, and return its id."""
        return self._save_by_path(TableName.CLIP, made_rows.clip_values(self.job_id, clip))

    def remove_clip(self, clip_id: int) -> None:
        """Forget a clip; its file is the caller's."""
        with self._writing() as change:
            change.execute("DELETE FROM clip WHERE id = ? AND job_id = ?", [clip_id, self.job_id])

    def save_artifact(self, artifact: ArtifactRow) -> int:
        """Save an artifact, in place of the one with the same path if there is one, and return its id."""
        return self._save_by_path(TableName.ARTIFACT, made_rows.artifact_values(self.job_id, artifact))

    def remove_artifact(self, artifact_id: int) -> None:
        """Forget an artifact; its file is the caller's."""
        with self._writing() as change:
            change.execute("DELETE FROM artifact WHERE id = ? AND job_id = ?", [artifact_id, self.job_id])

    # The end of the run

    def status(self) -> JobStatus:
        """Return the job's status; `stopping` asks this run to stop.

        Raises:
            StaleRun: the job is not this run's any more.
        """
        with self._database.reading() as tables:
            row = tables.row(
                "SELECT status FROM job WHERE id = ? AND run_token = ?", [self.job_id, self.token]
            )
        if row is None:
            raise StaleRun(self.job_id)
        return JobStatus(row["status"])

    def finish(self) -> JobStatus:
        """End the run with every stage done; a stop that was asked for after the last one comes too late."""
        with self._writing() as change:
            return self._end(change, JobStatus.DONE, message="Done")

    def fail(self, error: str, film: Path | None = None) -> JobStatus:
        """End the run with an error: one sentence for the person, and the film that could not be read."""
        with self._writing() as change:
            if film is not None:
                change.execute(
                    "UPDATE source SET failed = 1 WHERE job_id = ? AND path = ?", [self.job_id, str(film)]
                )
            change.execute(
                "UPDATE stage SET status = 'failed', error = ? WHERE job_id = ? AND status = 'running'",
                [error, self.job_id],
            )
            return self._end(change, JobStatus.FAILED, message="", error=error)

    def pause(self, message: str) -> JobStatus:
        """End the run so that it can go on later, for a reason that the message tells (a full disk)."""
        with self._writing() as change:
            if self._stop_reason(change) is StopReason.CANCEL:
                return self._end(change, JobStatus.CANCELLED, message="Cancelled")
            return self._end(change, JobStatus.PAUSED, message=message)

    def stopped(self) -> JobStatus:
        """End the run as it was asked to: cancelled, paused, or interrupted when the program closes."""
        with self._writing() as change:
            reason = self._stop_reason(change) or StopReason.QUIT
            return self._end(change, _STATUS_AFTER_STOP[reason], message=_MESSAGE_AFTER_STOP[reason])

    @contextmanager
    def _writing(self) -> Iterator[Change]:
        with self._database.writing() as change:
            owned = change.execute(
                "UPDATE job SET updated_at = ? WHERE id = ? AND run_token = ?",
                [self._milliseconds(), self.job_id, self.token],
            )
            if not owned:
                raise StaleRun(self.job_id)
            change.touch(self.job_id)
            yield change

    def _save_by_path(self, table: TableName, values: Row) -> int:
        names = ", ".join(f'"{name}"' for name in values)
        # The person may have removed the player in the meantime.
        marks = ", ".join(_MARKS.get(name, "?") for name in values)
        updates = ", ".join(f'"{name}" = excluded."{name}"' for name in values)
        with self._writing() as change:
            (row,) = change.rows(
                f"INSERT INTO {table} ({names}) VALUES ({marks}) "
                f"ON CONFLICT (job_id, path) DO UPDATE SET {updates} RETURNING id",
                list(values.values()),
            )
        return int(row["id"])

    def _end(self, change: Change, status: JobStatus, *, message: str, error: str = "") -> JobStatus:
        now = self._milliseconds()
        change.execute(
            "UPDATE stage SET status = 'waiting' WHERE job_id = ? AND status = 'running'",
            [self.job_id],
        )
        change.execute(
            "UPDATE job SET status = ?, run_token = NULL, stop_reason = NULL, message = ?, error = ?, "
            "updated_at = ?, finished_at = ? WHERE id = ? AND run_token = ?",
            [
                str(status),
                message,
                error,
                now,
                now if status.is_ended else None,
                self.job_id,
                self.token,
            ],
        )
        return status

    def _status(self, change: Change) -> JobStatus:
        row = change.row("SELECT status FROM job WHERE id = ?", [self.job_id])
        assert row is not None
        return JobStatus(row["status"])

    def _stop_reason(self, change: Change) -> StopReason | None:
        row = change.row("SELECT stop_reason FROM job WHERE id = ?", [self.job_id])
        assert row is not None
        return StopReason(row["stop_reason"]) if row["stop_reason"] else None

    def _milliseconds(self) -> int:
        return round(self._now() * 1000)
