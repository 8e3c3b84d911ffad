"""results.json: what a job has found, as other programs read it. Built from the database, never read back."""

from collections.abc import Sequence
from datetime import UTC, datetime
from fractions import Fraction

from shiftclipper.jobs import notes
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.kept_remarks import evidence_in_english
from shiftclipper.jobs.rows import (
    ClipRow,
    JobResults,
    JobStatus,
    PlayerRow,
    ShiftRow,
    StageStatus,
)
from shiftclipper.jobs.setup_file import write_setup

Document = dict[str, JsonValue]


def results_document(found: JobResults, status: JobStatus | None = None) -> Document:
    """Return results.json as the contract describes it.

    Of a stage that did something otherwise than asked, `perf` holds `notes` too: a list of sentences.

    Args:
        found: everything about a job, read at one moment.
        status: given by the stage that writes the file as the last act of a run, when the row still says
            `running`; the job's own status otherwise.
    """
    job = found.job
    shown = status or job.status
    players = [_player(player, found.shifts, found.clips) for player in found.players]
    first: Document = players[0] if players else {"shifts": [], "total_toi": 0.0, "shift_count": 0}
    proxies = [str(source.proxy_path) for source in found.sources if source.proxy_path is not None]
    reel = next((artifact for artifact in found.artifacts if artifact.type == "reel"), None)
    return {
        "job_id": job.id,
        "status": str(shown),
        "stage": job.stage,
        "progress": 1.0 if shown is JobStatus.DONE else job.progress,
        "message": "Done" if shown is JobStatus.DONE else job.message,
        "error": job.error or None,
        "updated_at": datetime.fromtimestamp(job.updated_at, UTC).isoformat(),
        "video_path": str(found.sources[0].path) if found.sources else None,
        "video_paths": [str(source.path) for source in found.sources],
        "proxy_path": proxies[0] if proxies else None,
        "proxy_ready": bool(proxies) and len(proxies) == len(found.sources),
        "setup": write_setup(found.setup),
        "players": list(players),
        "shifts": first["shifts"],
        "total_toi": first["total_toi"],
        "shift_count": first["shift_count"],
        "clips": [_clip(clip) for clip in found.clips],
        "combined_path": str(reel.path) if reel else None,
        "artifacts": _artifacts(found),
        "perf": {
            stage.name: notes.in_english(stage.perf)
            for stage in found.stages
            if stage.status is StageStatus.DONE and stage.perf
        },
    }


def shown_shifts(shifts: Sequence[ShiftRow], player: PlayerRow) -> list[ShiftRow]:
    """Return a player's shifts in the order of time, without those the person rejected."""
    own = [shift for shift in shifts if shift.player_id == player.id and shift.verdict != "rejected"]
    return sorted(own, key=lambda shift: (shift.start, shift.end))


def seconds(time: Fraction) -> float:
    """Return a time for JSON: seconds to the microsecond."""
    return round(float(time), 6)


def _player(player: PlayerRow, shifts: Sequence[ShiftRow], clips: Sequence[ClipRow]) -> Document:
    own = shown_shifts(shifts, player)
    path_of = {clip.shift_id: str(clip.path) for clip in clips if clip.shift_id is not None}
    total = sum((shift.end - shift.start for shift in own), Fraction(0))
    return {
        "name": player.name,
        "number": player.number,
        "total_toi": seconds(total),
        "shift_count": len(own),
        "shifts": [_shift(shift, path_of.get(shift.id)) for shift in own],
    }


def _shift(shift: ShiftRow, clip: str | None) -> Document:
    return {
        "start": seconds(shift.start),
        "end": seconds(shift.end),
        "duration": seconds(shift.end - shift.start),
        "confidence": round(shift.confidence, 4),
        "start_reason": shift.start_reason,
        "end_reason": shift.end_reason,
        "evidence": {
            "terms": list(evidence_in_english(shift.evidence)),
            "tracklets": list(shift.tracklet_ids),
            "origin": shift.origin,
            "verdict": shift.verdict,
        },
        "clip": clip,
    }


def _clip(clip: ClipRow) -> Document:
    return {
        "start": seconds(clip.start),
        "end": seconds(clip.end),
        "path": str(clip.path),
        "mode": clip.mode,
        "encoder": clip.encoder,
        "note": clip.note,
        "frames": clip.frames,
    }


def _artifacts(found: JobResults) -> list[JsonValue]:
    clips: list[JsonValue] = [
        {"type": "clip", "path": str(clip.path), "bytes": clip.bytes, "sha256": clip.sha256}
        for clip in found.clips
    ]
    others: list[JsonValue] = [
        {
            "type": artifact.type,
            "path": str(artifact.path),
            "bytes": artifact.bytes,
            "sha256": artifact.sha256,
        }
        for artifact in found.artifacts
    ]
    return clips + others
