"""What a film is, whatever it is called and wherever it lies."""

import hashlib
from pathlib import Path

from shiftclipper.errors import StageFailed
from shiftclipper.media.drives import DriveFailed, drive_failed

BLOCK = 1 << 16
BLOCKS = 16


def content_mark(path: Path) -> str:
    """Return a text that stands for a file's content: its size, and what some blocks spread over it hold.

    Reads a megabyte of any file. Compressed films that differ anywhere differ in size or in the blocks at the
    end too; two that agree in all of this are the same film.

    Raises:
        StageFailed: the file cannot be read.
        DriveFailed: its drive does not give all of these blocks.
    """
    try:
        size = path.stat().st_size
        digest = hashlib.blake2b(str(size).encode(), digest_size=16)
        with path.open("rb") as file:
            for place in sorted({max(0, size - BLOCK) * number // (BLOCKS - 1) for number in range(BLOCKS)}):
                file.seek(place)
                digest.update(file.read(BLOCK))
    except OSError as error:
        if drive_failed(error):
            raise DriveFailed(path, detail=str(error)) from error
        raise StageFailed(
            f"{path} cannot be read ({error.strerror}); connect the disk it is on, or say where it is "
            "now: drop it on the window, or `shiftclipper relink JOB FILE`.",
            film=path,
        ) from error
    return digest.hexdigest()
