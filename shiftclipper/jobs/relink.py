"""Films that were moved or renamed: a job goes on with the file where it is now."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from shiftclipper.errors import StageFailed, UserError
from shiftclipper.jobs.rows import SourceRow
from shiftclipper.jobs.store import Store
from shiftclipper.media.content import content_mark


@dataclass(frozen=True, slots=True)
class FoundAgain:
    """A film of a job that lies elsewhere now."""

    job_id: str
    before: Path
    now: Path


def lost_sources(store: Store, job_id: str) -> list[SourceRow]:
    """Return the films of a job that are not where they were, or over which it failed: a drive may be dying.

    Such a film only gives way to one with the same content.
    """
    return [row for row in store.sources(job_id) if row.failed or not row.path.is_file()]


def find_again(store: Store, job_id: str, candidates: Iterable[Path]) -> list[FoundAgain]:
    """Let a job go on with its lost films where they are now.

    Args:
        store: must hold the data folder.
        job_id: must not be running.
        candidates: films, or folders in which to look.

    Returns:
        What was found, by the order of the candidates. A film counts as found when it is the same content,
        or, where it was never read, when name and size agree.

    Raises:
        UserError: there is no such job, or it runs.
    """
    found: list[FoundAgain] = []
    lost = lost_sources(store, job_id)
    for path in _films(candidates):
        match = next((row for row in lost if _is_same(row, path)), None)
        if match is not None:
            store.set_source_path(job_id, match.id, path)
            lost.remove(match)
            found.append(FoundAgain(job_id, match.path, path.absolute()))
    return found


def find_again_anywhere(store: Store, films: Sequence[Path]) -> list[FoundAgain]:
    """Look whether films are the lost ones of any job, the newest job first; jobs that run lose none."""
    found: list[FoundAgain] = []
    left = list(films)
    for job in store.jobs():
        if not left:
            break
        if job.status.is_active or not lost_sources(store, job.id):
            continue
        again = find_again(store, job.id, left)
        found += again
        left = [path for path in left if path.absolute() not in {one.now for one in again}]
    return found


def _films(candidates: Iterable[Path]) -> Iterator[Path]:
    for path in candidates:
        if path.is_dir():
            yield from sorted(inside for inside in path.rglob("*") if inside.is_file())
        elif path.is_file():
            yield path
        else:
            raise UserError(f"{path} is not there; name the film's file or a folder it is in.")


def _is_same(row: SourceRow, path: Path) -> bool:
    if path.absolute() == row.path:
        return False
    try:
        if row.bytes is not None and path.stat().st_size != row.bytes:
            return False
        mark = (row.probe or {}).get("content")
        if mark is None:
            return path.name == row.path.name and row.bytes is not None
        return content_mark(path) == mark
    except (OSError, StageFailed):
        return False
