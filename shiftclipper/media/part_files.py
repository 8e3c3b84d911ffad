"""Files written beside their name and moved into place when whole: a reader sees the old one or the new."""

import contextlib
import errno
import os
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shiftclipper.errors import DiskFull, UserError

NAME_BYTES = 255
REPLACE_SECONDS = 3.0
MOST_PARTS = 10


@contextmanager
def part_file(target: Path, *, room: int = 0) -> Iterator[Path]:
    """Give the name of an empty `.part` in the target's folder, which is removed when the block is left.

    Raises:
        UserError: the folder is missing or not writable, or the name is too long.
        DiskFull: fewer than `room` bytes are free.
    """
    _check_name(target)
    part = _create_part(target)
    try:
        free = shutil.disk_usage(part.parent).free
        if free < room:
            raise DiskFull(
                f"{target.name} needs about {room / 1e6:.0f} MB but only {free / 1e6:.0f} MB are free in "
                f"{target.parent}; free some space or choose another folder."
            )
        yield part
    finally:
        _remove(part)


def _check_name(target: Path) -> None:
    """Refuse a name that only the last step, the move into place, would stumble over."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise unwritable(target, error) from error
    if not stat.S_ISREG(mode):
        raise UserError(f"{target} exists and is not a file; choose another name.")


def _create_part(target: Path) -> Path:
    """Create the `.part`, under a second name when a dying run on Windows still holds the first."""
    for number, part in enumerate(part_names(target)):
        try:
            # An orphan of a killed run may still write the old one; it keeps its own, nameless file.
            part.unlink(missing_ok=True)
            part.touch(exist_ok=False)
        except (PermissionError, FileExistsError) as error:
            if sys.platform == "win32" and number < MOST_PARTS - 1:
                continue
            raise unwritable(target, error) from error
        except OSError as error:
            raise unwritable(target, error) from error
        return part
    raise AssertionError("unreachable")


def part_names(target: Path) -> list[Path]:
    """Return the names under which a file may be found while it is not whole, the usual one first."""
    endings = [".part", *(f".{number}.part" for number in range(1, MOST_PARTS))]
    return [
        target.with_name(_shortened(target.name, NAME_BYTES - len(ending)) + ending) for ending in endings
    ]


def unwritable(target: Path, error: OSError) -> UserError:
    """Turn what the system says of a file that cannot be written into what the person can do."""
    folder = target.parent
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(f"The disk with {folder} is full; free some space or choose another folder.")
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return UserError(f"The folder {folder} does not exist; create it or choose another one.")
    if error.errno == errno.ENAMETOOLONG:
        return UserError(f"The name {target.name[:60]}… is too long for this disk; choose a shorter one.")
    return UserError(
        f"The folder {folder} cannot be written to ({error.strerror}); "
        "choose another folder or change its permissions."
    )


def _shortened(name: str, limit: int) -> str:
    """Cut a name to `limit` bytes of the file system's encoding, at a character."""
    while len(os.fsencode(name)) > limit:
        name = name[:-1]
    return name


def _remove(part: Path) -> None:
    """Remove a file that another program (a virus scanner) may hold for a moment."""
    deadline = time.monotonic() + REPLACE_SECONDS
    while True:
        try:
            part.unlink(missing_ok=True)
        except PermissionError:
            if time.monotonic() > deadline:
                return
            time.sleep(0.05)
        else:
            return


def put_in_place(part: Path, target: Path) -> None:
    """Move a finished file into place, trying again while another program holds the old one.

    Its content is on the disk before it gets its name, and the name before anything is said of it: after a
    power failure there is no empty file that counts as finished.

    Raises:
        UserError: it is held for long, or the folder is gone.
        DiskFull: the last of it finds no room.
    """
    try:
        flush_to_disk(part)
    except OSError as error:
        raise unwritable(target, error) from error
    deadline = time.monotonic() + REPLACE_SECONDS
    while True:
        try:
            part.replace(target)
        except OSError as error:
            if not isinstance(error, PermissionError):
                raise unwritable(target, error) from error
            if time.monotonic() > deadline:
                raise UserError(
                    f"{target} cannot be replaced ({error.strerror}); "
                    "close the program that has it open, then try again."
                ) from error
            time.sleep(0.05)
        else:
            break
    if sys.platform != "win32":
        # Network disks may not know how to flush a folder's list of names.
        with contextlib.suppress(OSError):
            flush_to_disk(target.parent)


def write_whole(target: Path, data: bytes) -> None:
    """Write a small file whole or not at all.

    Raises:
        UserError: the folder is missing or not writable.
        DiskFull: there is no room.
    """
    with part_file(target) as part:
        try:
            part.write_bytes(data)
        except OSError as error:
            raise unwritable(target, error) from error
        put_in_place(part, target)


def flush_to_disk(path: Path) -> None:
    """Wait until what was written to a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network disks cannot be asked.
        if error.errno not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)
