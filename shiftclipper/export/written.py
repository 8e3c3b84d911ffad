"""Files put in place in one step: a reader sees the old one or the whole new one."""

from pathlib import Path

from shiftclipper.media.part_files import write_whole


def write_text(path: Path, text: str) -> None:
    """Write text as UTF-8, lines as they are; see `write_bytes`."""
    write_bytes(path, text.encode("utf-8", "replace"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file, make sure that it is on the disk, and only then give it its name.

    Raises:
        UserError: the folder is missing or not writable.
        DiskFull: there is no room.
    """
    write_whole(path.absolute(), data)
