"""What a job of another program brings along, written at once into the draft that stands for it here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shiftclipper.jobs import made_rows, reading, shift_rows, steering
from shiftclipper.jobs.database import Change
from shiftclipper.jobs.rows import ArtifactRow, ClipRow, JobStatus, NewShift, ShiftRow, StopReason
from shiftclipper.jobs.schema import TableName
from shiftclipper.jobs.shift_rows import FoundShifts
from shiftclipper.jobs.steering import IllegalTransition

_MESSAGES = {JobStatus.DONE: "Done", JobStatus.CANCELLED: "Cancelled", JobStatus.FAILED: ""}


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """How a job ended elsewhere, and what it had found and made."""

    status: JobStatus
    """DONE, CANCELLED or FAILED."""
    error: str
    """One sentence; for FAILED only."""
    found: Sequence[Sequence[NewShift]]
    """Shifts that were found, of each player."""
    by_hand: Sequence[Sequence[NewShift]]
    """Shifts that the person made, of each player."""
    clips: Callable[[Sequence[ShiftRow]], Sequence[ClipRow]]
    """Gives the clips, once the ids of the shifts are known; must be quick."""
    artifacts: Sequence[ArtifactRow] = ()


def write(change: Change, job_id: str, brought: BroughtIn, now: int) -> None:
    """Write it all into a draft, which goes through the queue without ever being seen there.

    Raises:
        IllegalTransition: the job is no draft, or another one runs.
    """
    steering.enqueue(change, job_id, "run", now)
    if steering.claim(change, job_id, now) is None:
        raise IllegalTransition("a game is being worked on; pause it, or wait, and import again.")
    players = reading.player_rows(change, job_id)
    for player, found, by_hand in zip(players, brought.found, brought.by_hand, strict=False):
        shift_rows.replace_found(change, job_id, FoundShifts(player.id, found))
        for shift in by_hand:
            shift_rows.add(change, player.id, shift.start, shift.end)
    for clip in brought.clips(reading.shift_rows(change, job_id)):
        change.insert(TableName.CLIP, made_rows.clip_values(job_id, clip))
    for artifact in brought.artifacts:
        change.insert(TableName.ARTIFACT, made_rows.artifact_values(job_id, artifact))
    if brought.status is JobStatus.CANCELLED:
        steering.request_stop(change, job_id, StopReason.CANCEL, now)
    change.execute(
        "UPDATE job SET status = ?, run_token = NULL, stop_reason = NULL, message = ?, error = ?, "
        "updated_at = ?, finished_at = ? WHERE id = ?",
        [str(brought.status), _MESSAGES[brought.status], brought.error, now, now, job_id],
    )
    change.touch(job_id)
