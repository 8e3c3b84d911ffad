"""What a job is writing, noted in its own folder, so that halves which a killed program leaves are removed.

Files are written beside their names (see `media.part_files`), in folders of the person's. Whoever goes on
with the job may want others, so the names are noted before the first of them is begun.
"""

import contextlib
import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from shiftclipper.media.part_files import part_names, write_whole

NOTE = "unfinished.json"
SCRATCH = "shiftclipper-*"
"""Folders for what is needed on the way, such as the ends of a clip."""


@contextmanager
def being_written(work_dir: Path, targets: Iterable[Path]) -> Iterator[None]:
    """Note the files that are written inside the block.

    Raises:
        UserError: the job's folder cannot be written.
        DiskFull: there is no room for the note.
    """
    note = work_dir / NOTE
    write_whole(note, json.dumps([str(target.absolute()) for target in targets]).encode())
    yield
    with contextlib.suppress(OSError):
        note.unlink()


def sweep(work_dir: Path) -> None:
    """Remove the halves that a run of this job has left; nobody may be writing them.

    What cannot be removed now, because its disk is not connected, is tried again the next time.
    """
    for folder in work_dir.glob(SCRATCH):
        shutil.rmtree(folder, ignore_errors=True)
    note = work_dir / NOTE
    for part in part_names(note):
        part.unlink(missing_ok=True)
    if all([_remove_parts(target) for target in _noted(note)]):
        note.unlink(missing_ok=True)


def _noted(note: Path) -> list[Path]:
    try:
        names = json.loads(note.read_bytes())
    except (OSError, ValueError):
        return []
    return [Path(name) for name in names if isinstance(name, str)] if isinstance(names, list) else []


def _remove_parts(target: Path) -> bool:
    """Remove what there is of a file that is not whole, and return whether nothing of it is left."""
    try:
        # Of a disk that is not connected nothing is known.
        target.parent.stat()
        for part in part_names(target):
            part.unlink(missing_ok=True)
    except OSError:
        return False
    return True
