"""Rows of the database to the values that the store hands out."""

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from shiftclipper.errors import UserError
from shiftclipper.jobs.database import Row, Tables
from shiftclipper.jobs.rows import (
    ArtifactRow,
    ChunkRow,
    ClipRow,
    EventRow,
    JobRow,
    JobStatus,
    PlayerRow,
    ShiftRow,
    SourceRow,
    StageRow,
    StageStatus,
    StopReason,
)
from shiftclipper.jobs.times import from_flicks, to_flicks
from shiftclipper.tracklets import NumberReading

_JOBS = """
SELECT job.*,
    (SELECT group_concat(name) FROM
        (SELECT name FROM stage WHERE job_id = job.id AND wanted ORDER BY position)) AS stages,
    (SELECT json_group_array(path) FROM
        (SELECT path FROM source WHERE job_id = job.id ORDER BY position)) AS source_paths,
    (SELECT SUM(weight * CASE WHEN status = 'done' THEN 1.0
        WHEN total_units > 0 THEN MIN(1.0, MAX(0.0, done_units / total_units)) ELSE 0.0 END) / SUM(weight)
        FROM stage WHERE job_id = job.id AND wanted) AS progress
FROM job"""
"""All jobs; only the one that runs needs its stages beside it."""

_STEADY_SECONDS = 1.0
"""A stage's speed is not told before it ran this long."""


def job_rows(tables: Tables, data_dir: Path, job_id: str | None = None) -> list[JobRow]:
    """Return one job or all of them, the newest first."""
    where, arguments = ("WHERE id = ?", [job_id]) if job_id is not None else ("", [])
    rows = tables.rows(f"{_JOBS} {where} ORDER BY created_at DESC, rowid DESC", arguments)
    return [_job(tables, row, data_dir) for row in rows]


def job_row(tables: Tables, data_dir: Path, job_id: str) -> JobRow:
    """Return one job.

    Raises:
        UserError: there is no such job.
    """
    rows = job_rows(tables, data_dir, job_id)
    if not rows:
        raise no_such_job(job_id)
    return rows[0]


def no_such_job(job_id: str) -> UserError:
    """Return the error for an id that names no job."""
    return UserError(f"There is no job {job_id}; `shiftclipper jobs` lists those that there are.")


def stage_rows(tables: Tables, job_id: str) -> list[StageRow]:
    """Return the stages of a job in the order in which they run."""
    rows = tables.rows("SELECT * FROM stage WHERE job_id = ? ORDER BY position", [job_id])
    return [_stage(row) for row in rows]


def event_rows(tables: Tables, job_id: str) -> list[EventRow]:
    """Return what happened to a job, the oldest first."""
    return [
        EventRow(
            at=row["at"] / 1000,
            from_status=JobStatus(row["from_status"]) if row["from_status"] else None,
            to_status=JobStatus(row["to_status"]),
            stage=row["stage"],
            detail=row["detail"],
        )
        for row in tables.rows("SELECT * FROM job_event WHERE job_id = ? ORDER BY id", [job_id])
    ]


def source_rows(tables: Tables, job_id: str) -> list[SourceRow]:
    """Return the files of a game in their order, without their packet indexes."""
    rows = tables.rows(
        "SELECT id, position, path, bytes, start, duration, probe, normalised_path, proxy_path, failed "
        "FROM source WHERE job_id = ? ORDER BY position",
        [job_id],
    )
    return [
        SourceRow(
            id=row["id"],
            position=row["position"],
            path=Path(row["path"]),
            bytes=row["bytes"],
            start=None if row["start"] is None else from_flicks(row["start"]),
            duration=None if row["duration"] is None else from_flicks(row["duration"]),
            probe=None if row["probe"] is None else json.loads(row["probe"]),
            normalised_path=_path(row["normalised_path"]),
            proxy_path=_path(row["proxy_path"]),
            failed=bool(row["failed"]),
        )
        for row in rows
    ]


def player_rows(tables: Tables, job_id: str) -> list[PlayerRow]:
    """Return the players of a job in their order."""
    rows = tables.rows(
        "SELECT id, position, name, number, jersey_color FROM player WHERE job_id = ? ORDER BY position",
        [job_id],
    )
    return [PlayerRow(**row) for row in rows]


def chunk_keys(tables: Tables, job_id: str) -> list[tuple[int, int]]:
    """Return source id and number of the chunks of the analysis in force, in the order of the game."""
    rows = tables.rows(
        "SELECT chunk.source_id, chunk.number FROM analysis_chunk AS chunk "
        "JOIN source ON source.id = chunk.source_id "
        "JOIN stage ON stage.job_id = source.job_id AND stage.name = 'analyse' "
        "AND stage.input_hash = chunk.input_hash "
        "WHERE source.job_id = ? ORDER BY source.position, chunk.number",
        [job_id],
    )
    return [(row["source_id"], row["number"]) for row in rows]


def chunk_row(tables: Tables, source_id: int, number: int) -> ChunkRow:
    """Return one chunk."""
    (row,) = tables.rows(
        "SELECT * FROM analysis_chunk WHERE source_id = ? AND number = ?", [source_id, number]
    )
    return ChunkRow(
        source_id=row["source_id"],
        number=row["number"],
        start=from_flicks(row["start"]),
        end=from_flicks(row["end"]),
        samples=row["samples"],
        observations=row["observations"],
    )


def tracklet_rows(tables: Tables, job_id: str, within: tuple[Fraction, Fraction] | None = None) -> list[Row]:
    """Return the rows of the tracklets of a job by id: all, or those there at some time `within` two."""
    if within is None:
        return tables.rows("SELECT * FROM tracklet WHERE job_id = ? ORDER BY id", [job_id])
    start, end = map(to_flicks, within)
    return tables.rows(
        'SELECT * FROM tracklet WHERE job_id = ? AND start <= ? AND "end" >= ? ORDER BY id',
        [job_id, end, start],
    )


def number_readings(tables: Tables, job_id: str) -> list[NumberReading]:
    """Return the jersey numbers that the analysis in force has read, in the order of the game."""
    rows = tables.rows(
        "SELECT chunk.readings FROM number_chunk AS chunk "
        "JOIN source ON source.id = chunk.source_id "
        "JOIN stage ON stage.job_id = source.job_id AND stage.name = 'analyse' "
        "AND stage.input_hash = chunk.input_hash "
        "WHERE source.job_id = ? ORDER BY source.position, chunk.number",
        [job_id],
    )
    return [NumberReading(*one) for row in rows for one in json.loads(row["readings"])]


def shift_rows(tables: Tables, job_id: str, player_id: int | None = None) -> list[ShiftRow]:
    """Return the shifts of all players of a job, or of one, in the order of players and time."""
    only, arguments = ("AND player.id = ?", [player_id]) if player_id is not None else ("", [])
    rows = tables.rows(
        f"SELECT shift.* FROM shift JOIN player ON player.id = shift.player_id "
        f"WHERE player.job_id = ? {only} ORDER BY player.position, shift.start, shift.id",
        [job_id, *arguments],
    )
    return [
        ShiftRow(
            id=row["id"],
            player_id=row["player_id"],
            start=from_flicks(row["start"]),
            end=from_flicks(row["end"]),
            confidence=row["confidence"],
            start_reason=row["start_reason"],
            end_reason=row["end_reason"],
            evidence=tuple(json.loads(row["evidence"])),
            tracklet_ids=tuple(json.loads(row["tracklet_ids"])),
            origin=row["origin"],
            verdict=row["verdict"],
            note=row["note"],
        )
        for row in rows
    ]


def clip_rows(tables: Tables, job_id: str) -> list[ClipRow]:
    """Return the clips of a job in the order of time."""
    rows = tables.rows(
        'SELECT * FROM clip WHERE job_id = ? ORDER BY start, "end", id',
        [job_id],
    )
    return [
        ClipRow(
            id=row["id"],
            shift_id=row["shift_id"],
            player_id=row["player_id"],
            start=from_flicks(row["start"]),
            end=from_flicks(row["end"]),
            path=Path(row["path"]),
            mode=row["mode"],
            encoder=row["encoder"],
            note=row["note"],
            frames=row["frames"],
            bytes=row["bytes"],
            sha256=row["sha256"],
            fingerprint=row["fingerprint"],
        )
        for row in rows
    ]


def artifact_rows(tables: Tables, job_id: str) -> list[ArtifactRow]:
    """Return the other files that a job made, by type and path."""
    rows = tables.rows("SELECT * FROM artifact WHERE job_id = ? ORDER BY type, path", [job_id])
    return [
        ArtifactRow(
            id=row["id"],
            type=row["type"],
            player_id=row["player_id"],
            path=Path(row["path"]),
            bytes=row["bytes"],
            sha256=row["sha256"],
            fingerprint=row["fingerprint"],
        )
        for row in rows
    ]


def _path(text: str | None) -> Path | None:
    return None if text is None else Path(text)


def _stage(row: Row) -> StageRow:
    return StageRow(
        name=row["name"],
        status=StageStatus(row["status"]),
        wanted=bool(row["wanted"]),
        weight=row["weight"],
        input_hash=row["input_hash"],
        done_units=row["done_units"],
        total_units=row["total_units"],
        resumed_units=row["resumed_units"],
        error=row["error"],
        perf=json.loads(row["perf"]),
        started_at=_seconds(row["started_at"]),
        updated_at=_seconds(row["updated_at"]),
        finished_at=_seconds(row["finished_at"]),
    )


def _seconds(milliseconds: int | None) -> float | None:
    return None if milliseconds is None else milliseconds / 1000


def _job(tables: Tables, row: Row, data_dir: Path) -> JobRow:
    status = JobStatus(row["status"])
    stages = stage_rows(tables, row["id"]) if status.is_active else []
    wanted = [stage for stage in stages if stage.wanted]
    current = next((stage for stage in wanted if stage.status is StageStatus.RUNNING), None)
    speed = None if current is None else _speed(current)
    return JobRow(
        id=row["id"],
        title=row["title"],
        status=status,
        stop_reason=StopReason(row["stop_reason"]) if row["stop_reason"] else None,
        queue_order=row["queue_order"],
        stage=row["stage"],
        message=row["message"],
        error=row["error"],
        progress=1.0 if status is JobStatus.DONE else row["progress"],
        stage_progress=current.fraction if current is not None and current.total_units else None,
        seconds_left=_seconds_left(wanted, current, speed),
        units_per_second=speed,
        stages=tuple(row["stages"].split(",")),
        out_dir=Path(row["out_dir"]),
        work_dir=work_dir(data_dir, row["id"]),
        source_paths=tuple(Path(path) for path in json.loads(row["source_paths"])),
        created_at=row["created_at"] / 1000,
        updated_at=row["updated_at"] / 1000,
        started_at=_seconds(row["started_at"]),
        finished_at=_seconds(row["finished_at"]),
    )


def work_dir(data_dir: Path, job_id: str) -> Path:
    """Return the folder that is a job's own; it need not exist."""
    return data_dir / "jobs" / job_id


def _speed(stage: StageRow) -> float | None:
    """Return the units a second since the stage last began, or None before it can be told."""
    if stage.started_at is None or stage.updated_at is None or stage.resumed_units is None:
        return None
    seconds = stage.updated_at - stage.started_at
    done = stage.done_units - stage.resumed_units
    return done / seconds if seconds >= _STEADY_SECONDS and done > 0 else None


def _seconds_left(wanted: list[StageRow], current: StageRow | None, speed: float | None) -> float | None:
    if current is None or not current.total_units or speed is None:
        return None
    whole = current.total_units / speed
    later = sum(stage.weight for stage in wanted[wanted.index(current) + 1 :])
    return whole * (1 - current.fraction + later / current.weight)


def statuses(tables: Tables) -> Mapping[str, JobStatus]:
    """Return the status of every job by its id."""
    return {row["id"]: JobStatus(row["status"]) for row in tables.rows("SELECT id, status FROM job")}


def files_of_others(tables: Tables, job_id: str) -> set[Path]:
    """Return the files in a job's own folder that must outlive it: sources, and what other jobs made.

    The folder is named after the job, so nothing else need be looked at: there may be many thousand files.
    """
    rows = tables.rows(
        "SELECT path FROM (SELECT path FROM source UNION SELECT path FROM clip WHERE job_id <> ?1 "
        "UNION SELECT path FROM artifact WHERE job_id <> ?1) WHERE path LIKE '%' || ?1 || '%'",
        [job_id],
    )
    return {Path(row["path"]) for row in rows}
