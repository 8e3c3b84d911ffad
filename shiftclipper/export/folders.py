"""Making the folders that the person named."""

import errno
import tempfile
from pathlib import Path

from shiftclipper.errors import DiskFull, UserError


def make_folder(folder: Path) -> Path:
    """Make a folder with its parents, prove that it can be written, and return it.

    Raises:
        UserError: it cannot be made or written; says to choose another.
        DiskFull: no room for it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except FileExistsError as error:
        raise UserError(f"{folder} is a file, not a folder; choose another folder.") from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(f"There is no room left on the disk of {folder}; free some and go on.") from error
        if error.errno == errno.ENAMETOOLONG:
            raise UserError(f"The name {folder.name[:40]}… is too long; choose a shorter one.") from error
        raise UserError(f"{folder} cannot be written ({error.strerror}); choose another folder.") from error
    return folder
