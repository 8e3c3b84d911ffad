"""What the commands about other programs do: export for them, take shifts from a table, take old jobs."""

from collections.abc import Sequence
from pathlib import Path

from shiftclipper.errors import UserError
from shiftclipper.export.shifts_csv import read_shifts
from shiftclipper.jobs.exchange import take_shifts, write_for_programs
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.legacy_jobs import import_folders
from shiftclipper.jobs.stages.report import PROGRAM_FOLDER
from shiftclipper.jobs.store import Store

Document = dict[str, JsonValue]


def export_job(data_dir: Path, job: str, formats: Sequence[str], out: Path | None) -> list[Document]:
    """Write a job's shifts for other programs; return format and path of each file.

    Args:
        data_dir: the data folder; only read.
        job: id of the job, or its beginning.
        formats: names of formats, each perhaps several with commas between them.
        out: where; beside the report when left out.

    Raises:
        UserError: an unknown job or format, a job without shifts, or a folder that cannot be written.
    """
    names = [name for text in formats for name in text.split(",")]
    with Store(data_dir, write=False) as store:
        job_id = store.find(job)
        folder = out.expanduser().absolute() if out else store.job(job_id).out_dir / PROGRAM_FOLDER
        written = write_for_programs(store, job_id, names, folder)
    return [{"format": one.format, "path": str(one.path)} for one in written]


def import_shifts(data_dir: Path, job: str, table: Path) -> Document:
    """Take the shifts of a shifts.csv into a job as the person's own; return how many of each kind."""
    rows = read_shifts(table)
    with Store(data_dir) as store:
        job_id = store.find(job)
        taken = take_shifts(store, job_id, rows)
    return {
        "job_id": job_id,
        "added": taken.added,
        "moved": taken.moved,
        "unchanged": taken.unchanged,
    }


def import_legacy(data_dir: Path, folder: Path) -> list[Document]:
    """Make jobs of the old server's job folders; return what became of each.

    Raises:
        UserError: no job is in the folder.
    """
    folder = folder.expanduser().absolute()
    if not folder.is_dir():
        raise UserError(f"{folder} is no folder; name the one with the old server's jobs.")
    with Store(data_dir) as store:
        return [
            {
                "folder": str(one.folder),
                "job_id": one.job_id,
                "imported": one.is_new,
                "message": one.sentence,
            }
            for one in import_folders(store, folder)
        ]
