"""Scrub copies: where they go, how much room they take, and which go first when there are too many."""

import contextlib
import logging
from dataclasses import dataclass
from pathlib import Path

from shiftclipper.errors import UserError
from shiftclipper.export.folders import make_folder
from shiftclipper.jobs.rows import JobStatus
from shiftclipper.jobs.store import Store

_IN_USE = (JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.STOPPING)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ScrubCopy:
    """The copy of one file of a game."""

    job_id: str
    path: Path
    bytes: int
    used_at: float
    """When the game was last worked on, in seconds since 1970."""
    in_use: bool
    """Whether the job runs or is about to."""


def folder_for_copies(store: Store, job_id: str) -> Path:
    """Return the folder for a job's scrub copies; it exists.

    When the person's own cache folder cannot be written (its disk is not connected, say), that is the job's
    own folder.
    """
    chosen = store.preferences.read().cache_dir
    if chosen:
        try:
            return make_folder(Path(chosen) / job_id)
        except UserError as error:
            _log.warning("scrub copies go to the data folder: %s", error)
    return make_folder(store.work_dir(job_id))


def scrub_copies(store: Store) -> list[ScrubCopy]:
    """Return the copies that there are, the ones left alone longest first. Asks the disk about each."""
    found = []
    for job in store.jobs():
        for source in store.sources(job.id):
            size = _size(source.proxy_path)
            if source.proxy_path is not None and size is not None:
                in_use = job.status in _IN_USE
                found.append(ScrubCopy(job.id, source.proxy_path, size, job.updated_at, in_use))
    return sorted(found, key=lambda copy: copy.used_at)


def make_room(store: Store, most_bytes: int) -> int:
    """Remove scrub copies until the rest fits, and return how many bytes that freed.

    A game whose copy is gone is shown from its own film; its next run makes the copy again.

    Args:
        store: of the data folder.
        most_bytes: that may stay; copies of jobs that run or wait stay in any case.
    """
    copies = scrub_copies(store)
    total, freed = sum(copy.bytes for copy in copies), 0
    for copy in copies:
        if total - freed <= most_bytes:
            break
        if not copy.in_use and remove_copy(copy.path):
            freed += copy.bytes
    return freed


def remove_copy(path: Path) -> bool:
    """Remove a scrub copy, and its folder when it is empty then; return whether the copy is gone."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        # Open in another program, on Windows; the next time finds it again.
        _log.warning("%s could not be removed: %s", path, error)
        return False
    with contextlib.suppress(OSError):
        path.parent.rmdir()
    return True


def _size(path: Path | None) -> int | None:
    try:
        return None if path is None else path.stat().st_size
    except OSError:
        return None
