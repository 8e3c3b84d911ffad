"""Where what is exported goes while the person has not said: outside of what is removed with the job."""

from pathlib import Path

from shiftclipper.errors import UserError
from shiftclipper.export.folders import make_folder
from shiftclipper.export.names import safe_name
from shiftclipper.jobs.rows import JobRow

OWN = "out"
"""Folder in the job's own; what a run writes lies there until something is exported."""


def export_place(exports: Path | None, job: JobRow) -> Path:
    """Return where the next export of a job goes.

    Args:
        exports: the folder of all games; None for each job's own folder.
        job: as it is.
    """
    if exports is None or job.out_dir != job.work_dir / OWN:
        return job.out_dir
    return place_for(exports, job.title)


def place_for(exports: Path, title: str) -> Path:
    """Return the folder of a game that was not exported yet: one that is not there, so nobody else's."""
    name, count = safe_name(title, longest=100), 1
    folder = exports / name
    while folder.exists():
        count += 1
        folder = exports / f"{name} ({count})"
    return folder


def made_place(exports: Path | None, job: JobRow) -> Path:
    """Make the folder that `export_place` names and return it; the job's own where that cannot be written.

    Raises:
        UserError: not even that can be written.
    """
    try:
        return make_folder(export_place(exports, job))
    except UserError:
        return make_folder(job.out_dir)
