"""A folder of the system's for what a command needs on the way, such as copies that can be sought in."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shiftclipper.errors import InstanceLocked, UserError
from shiftclipper.jobs.lock import LOCK_NAME, InstanceLock

PREFIX = "shiftclipper-"


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give an empty folder that goes when the block is left; those that killed commands left go first.

    Raises:
        UserError: the system's folder cannot be written.
    """
    remove_abandoned(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=PREFIX) as name, InstanceLock(Path(name)):
        yield Path(name)


def remove_abandoned(folder: Path) -> None:
    """Remove the scratch folders in `folder` whose commands do not run any more: nobody holds their lock."""
    for scratch in folder.glob(f"{PREFIX}*"):
        if not _is_ours(scratch):
            continue
        with contextlib.suppress(InstanceLocked, UserError, OSError), InstanceLock(scratch):
            for path in scratch.iterdir():
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                elif path.name != LOCK_NAME:
                    path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            if [path.name for path in scratch.iterdir()] == [LOCK_NAME]:
                shutil.rmtree(scratch)


def _is_ours(scratch: Path) -> bool:
    """Tell whether a scratch folder is a person's own: others may put things into the system's folder."""
    try:
        if scratch.is_symlink() or not (scratch / LOCK_NAME).is_file():
            return False
        return not hasattr(os, "getuid") or scratch.lstat().st_uid == os.getuid()
    except OSError:
        return False
