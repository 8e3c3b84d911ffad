"""The rows of what a job made: clips, and reel, report and tables."""

from shiftclipper.jobs.database import Row
from shiftclipper.jobs.rows import ArtifactRow, ClipRow
from shiftclipper.jobs.times import to_flicks


def clip_values(job_id: str, clip: ClipRow) -> Row:
    """Return the row of a clip."""
    return {
        "job_id": job_id,
        "shift_id": clip.shift_id,
        "player_id": clip.player_id,
        "start": to_flicks(clip.start),
        "end": to_flicks(clip.end),
        "path": str(clip.path),
        "mode": clip.mode,
        "encoder": clip.encoder,
        "note": clip.note,
        "frames": clip.frames,
        "bytes": clip.bytes,
        "sha256": clip.sha256,
        "fingerprint": clip.fingerprint,
    }


def artifact_values(job_id: str, artifact: ArtifactRow) -> Row:
    """Return the row of any other file."""
    return {
        "job_id": job_id,
        "type": artifact.type,
        "player_id": artifact.player_id,
        "path": str(artifact.path),
        "bytes": artifact.bytes,
        "sha256": artifact.sha256,
        "fingerprint": artifact.fingerprint,
    }
