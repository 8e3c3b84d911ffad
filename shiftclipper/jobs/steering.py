"""Changes of a job's status that come from the person or from the program's start, and the claim of a run."""

import secrets
from collections.abc import Sequence

from shiftclipper.errors import UserError
from shiftclipper.jobs.database import Change, Row
from shiftclipper.jobs.reading import no_such_job
from shiftclipper.jobs.rows import JobStatus, StopReason

_INTO_QUEUE = {
    "run": (JobStatus.DRAFT, JobStatus.DONE),
    "resume": (JobStatus.PAUSED, JobStatus.INTERRUPTED),
    "retry": (JobStatus.FAILED, JobStatus.CANCELLED, JobStatus.INTERRUPTED),
    "start": (
        JobStatus.DRAFT,
        JobStatus.DONE,
        JobStatus.PAUSED,
        JobStatus.INTERRUPTED,
        JobStatus.FAILED,
        JobStatus.CANCELLED,
    ),
}
"""From which statuses each word puts a job into the queue."""

_STOPPED_AT_ONCE = {
    StopReason.CANCEL: (
        (JobStatus.DRAFT, JobStatus.QUEUED, JobStatus.PAUSED, JobStatus.INTERRUPTED),
        JobStatus.CANCELLED,
        "Cancelled",
    ),
    StopReason.PAUSE: ((JobStatus.QUEUED,), JobStatus.PAUSED, "Paused"),
}
"""For jobs that do not run: from which statuses a stop leads where, and the message."""

_URGENCY = {StopReason.QUIT: 0, StopReason.PAUSE: 1, StopReason.CANCEL: 2}
"""A job that is stopping already takes the more urgent reason."""


class IllegalTransition(UserError):
    """The job's status does not allow what was asked."""


def refuse_active(change: Change, job_id: str, what: str) -> None:
    """Refuse what must not happen to a running job.

    Raises:
        IllegalTransition: it runs.
    """
    if status_of(change, job_id).is_active:
        raise IllegalTransition(f"Job {job_id} is running and cannot be {what} now; cancel it first.")


def status_of(change: Change, job_id: str) -> JobStatus:
    """Return the status of a job.

    Raises:
        UserError: there is no such job.
    """
    return JobStatus(_job(change, job_id)["status"])


def enqueue(change: Change, job_id: str, word: str, now: int) -> None:
    """Put a job at the end of the queue.

    Args:
        change: an open transaction.
        job_id: of the job.
        word: `run`, `resume`, `retry`, or `start` for whichever fits.
        now: milliseconds since 1970.

    Raises:
        UserError: there is no such job, or its status does not allow it.
    """
    status = status_of(change, job_id)
    allowed = _INTO_QUEUE[word]
    if status not in allowed:
        raise IllegalTransition(
            f"Job {job_id} is {status}; only a job that is {_either(allowed)} can {_phrase(word)}."
        )
    change.execute(
        "UPDATE stage SET status = 'waiting', error = '' WHERE job_id = ? AND status = 'failed'",
        [job_id],
    )
    change.execute("UPDATE source SET failed = 0 WHERE job_id = ?", [job_id])
    change.execute(
        "UPDATE job SET status = 'queued', message = 'Waits for its turn', error = '', updated_at = ?, "
        "finished_at = NULL, queue_order = (SELECT COALESCE(MAX(queue_order), 0) + 1 FROM job) WHERE id = ?",
        [now, job_id],
    )
    change.touch(job_id)


def move_first(change: Change, job_id: str, now: int) -> None:
    """Let a queued job run next; does nothing to a job that is not queued."""
    change.execute(
        "UPDATE job SET updated_at = ?, queue_order = (SELECT MIN(queue_order) - 1 FROM job) "
        "WHERE id = ? AND status = 'queued'",
        [now, job_id],
    )
    change.touch(job_id)


def order_queue(change: Change, job_ids: Sequence[str], now: int) -> None:
    """Give queued jobs this order, in the places that they have together; others are passed over."""
    places = {
        row["id"]: row["queue_order"]
        for row in change.rows("SELECT id, queue_order FROM job WHERE status = 'queued'")
    }
    wanted = [job_id for job_id in dict.fromkeys(job_ids) if job_id in places]
    # First out of the way, since no two may have the same place at any moment.
    free = max(places.values(), default=0) + 1
    for job_id, place in zip(wanted, range(free, free + len(wanted)), strict=True):
        change.execute("UPDATE job SET queue_order = ? WHERE id = ?", [place, job_id])
    for job_id, place in zip(wanted, sorted(places[job_id] for job_id in wanted), strict=True):
        change.execute("UPDATE job SET queue_order = ?, updated_at = ? WHERE id = ?", [place, now, job_id])
        change.touch(job_id)


def request_stop(change: Change, job_id: str, reason: StopReason, now: int) -> JobStatus:
    """Ask a job to stop, and return its status then: `stopping` when a run has to end first.

    A job that does not run is paused or cancelled at once; for it QUIT means nothing.

    Raises:
        UserError: there is no such job, or its status does not allow it.
    """
    job = _job(change, job_id)
    status = JobStatus(job["status"])
    if status.is_active:
        before = StopReason(job["stop_reason"]) if job["stop_reason"] else None
        if before is None or _URGENCY[reason] > _URGENCY[before]:
            change.execute(
                "UPDATE job SET status = 'stopping', stop_reason = ?, updated_at = ? WHERE id = ?",
                [str(reason), now, job_id],
            )
            change.touch(job_id)
        return JobStatus.STOPPING
    if reason is StopReason.QUIT:
        return status
    allowed, target, message = _STOPPED_AT_ONCE[reason]
    if status is target:
        return status
    if status not in allowed:
        raise IllegalTransition(
            f"Job {job_id} is {status}, so there is nothing to {reason}; "
            "only a job that is queued or running can be stopped."
        )
    change.execute(
        "UPDATE job SET status = ?, message = ?, queue_order = NULL, updated_at = ?, finished_at = ? "
        "WHERE id = ?",
        [str(target), message, now, now if target.is_ended else None, job_id],
    )
    change.touch(job_id)
    return target


def claim(change: Change, job_id: str | None, now: int) -> tuple[str, str] | None:
    """Take the next queued job, or the one that is named if it is queued, unless a job runs already.

    Returns:
        The job's id and the run token, or None.
    """
    if change.row("SELECT 1 FROM job WHERE status IN ('running', 'stopping')") is not None:
        return None
    row = change.row(
        "SELECT id FROM job WHERE status = 'queued' AND (?1 IS NULL OR id = ?1) ORDER BY queue_order LIMIT 1",
        [job_id],
    )
    if row is None:
        return None
    token = secrets.token_hex(16)
    change.execute(
        "UPDATE job SET status = 'running', run_token = ?, queue_order = NULL, message = '', stage = '', "
        "started_at = ?, updated_at = ? WHERE id = ?",
        [token, now, now, row["id"]],
    )
    change.touch(row["id"])
    return row["id"], token


def recover(change: Change, now: int) -> list[str]:
    """Turn jobs that a dead program left running into interrupted ones, and return their ids.

    Needs the instance lock.
    """
    change.execute("UPDATE stage SET status = 'waiting' WHERE status = 'running'")
    ids = [row["id"] for row in change.rows("SELECT id FROM job WHERE status IN ('running', 'stopping')")]
    for job_id in ids:
        change.touch(job_id)
    change.execute(
        "UPDATE job SET status = 'interrupted', run_token = NULL, stop_reason = NULL, updated_at = ?, "
        "message = 'Interrupted because the program ended' WHERE status IN ('running', 'stopping')",
        [now],
    )
    return ids


def _job(change: Change, job_id: str) -> Row:
    row = change.row("SELECT status, stop_reason FROM job WHERE id = ?", [job_id])
    if row is None:
        raise no_such_job(job_id)
    return row


def _either(statuses: tuple[JobStatus, ...]) -> str:
    *first, last = [str(status) for status in statuses]
    return f"{', '.join(first)} or {last}"


def _phrase(word: str) -> str:
    return {"run": "be run", "resume": "go on", "retry": "be tried again", "start": "be started"}[word]
