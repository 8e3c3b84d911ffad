"""Remove jobs with their own folders; never a source, nor what was exported elsewhere."""

import logging
import os
import re
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from shiftclipper.jobs import unfinished
from shiftclipper.jobs.cache import remove_copy
from shiftclipper.jobs.rows import JobRow
from shiftclipper.jobs.store import Store

_JOB_FOLDER = re.compile(r"\d{6}-[0-9a-f]{6}\Z")
_SECONDS_OF_DAY = 86_400

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cleared:
    """A job that was removed, or would be."""

    job_id: str
    title: str
    """Empty for a folder that an interrupted removal left behind."""
    bytes: int
    """Room that its folder takes."""


def clear_job(store: Store, job_id: str) -> Cleared:
    """Forget a job and remove its own folder.

    Sources stay wherever they are, and so does everything outside the folder. Takes a while when there is
    much to remove: not for the GUI thread.

    Raises:
        UserError: there is no such job, or it runs.
    """
    title = store.job(job_id).title
    keep = store.files_of_others(job_id)
    copies = [source.proxy_path for source in store.sources(job_id) if source.proxy_path is not None]
    # The row first: `cleanup` finds a folder without a row again; a row without its folder is a broken job.
    store.delete_job(job_id)
    unfinished.sweep(store.work_dir(job_id))
    store.give_back_room()
    for path in copies:
        # In a cache folder of the person's choice; those in the job's own folder go with it.
        if store.work_dir(job_id) not in path.parents:
            remove_copy(path)
    return Cleared(job_id, title, _remove(store.work_dir(job_id), keep))


def cleanup(store: Store, days: float, max_count: int, *, dry_run: bool = False) -> list[Cleared]:
    """Remove jobs that ended (done, failed, cancelled) long ago or that are too many, the oldest first.

    Args:
        store: must hold the data folder.
        days: age above which an ended job goes.
        max_count: how many ended jobs may stay.
        dry_run: remove nothing, only tell.

    Returns:
        What was removed, or would be; also folders of jobs that exist no more.
    """
    cleared = []
    for job in _superfluous(store.jobs(), time.time() - days * _SECONDS_OF_DAY, max_count):
        if dry_run:
            room = _size(store.work_dir(job.id), store.files_of_others(job.id))
            cleared.append(Cleared(job.id, job.title, room))
        else:
            cleared.append(clear_job(store, job.id))
    for folder in _orphans(store):
        keep = store.files_of_others(folder.name)
        room = _size(folder, keep) if dry_run else _remove(folder, keep)
        cleared.append(Cleared(folder.name, "", room))
    return cleared


def _superfluous(jobs: list[JobRow], oldest: float, max_count: int) -> list[JobRow]:
    ended = [job for job in jobs if job.status.is_ended]
    ended.sort(key=_ended_at, reverse=True)
    return [job for place, job in enumerate(ended) if place >= max_count or _ended_at(job) < oldest][::-1]


def _ended_at(job: JobRow) -> float:
    return job.finished_at if job.finished_at is not None else job.updated_at


def _orphans(store: Store) -> list[Path]:
    known = store.statuses()
    folder = store.work_dir("none").parent
    if not folder.is_dir():
        return []
    return sorted(
        path for path in folder.iterdir() if _JOB_FOLDER.match(path.name) and path.name not in known
    )


def _files(folder: Path, keep: Collection[Path]) -> list[Path]:
    """Return the files in a folder that may go. Links are not followed."""
    if folder.is_symlink():
        return [folder]
    return [
        path
        for root, folders, names in os.walk(folder)
        for path in (Path(root, name) for name in [*names, *_links(root, folders)])
        if path not in keep
    ]


def _links(root: str, folders: list[str]) -> list[str]:
    return [name for name in folders if Path(root, name).is_symlink()]


def _size(folder: Path, keep: Collection[Path]) -> int:
    return sum(path.lstat().st_size for path in _files(folder, keep))


def _remove(folder: Path, keep: Collection[Path]) -> int:
    """Remove a folder but for the files to keep, and return how many bytes that freed."""
    freed = 0
    for path in _files(folder, keep):
        size = path.lstat().st_size
        try:
            path.unlink()
        except OSError as error:
            # Open in another program, on Windows; the next cleanup finds it again.
            _log.warning("%s could not be removed: %s", path, error)
        else:
            freed += size
    for root, _, _ in os.walk(folder, topdown=False):
        if not any(Path(root).iterdir()):
            Path(root).rmdir()
    return freed
