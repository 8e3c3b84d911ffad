"""One program at a time may write a data folder."""

import contextlib
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from shiftclipper.errors import InstanceLocked, UserError

LOCK_NAME = "instance.lock"
_LOCKED_BYTE = 1 << 20
"""Windows locks bytes, and nobody may read a locked one: this is far behind the process id in the file."""


class InstanceLock:
    """The lock of one data folder, held until `release` or the end of the process, however it ends.

    The operating system drops the lock of a dead process, so a file left behind blocks nobody.
    """

    def __init__(self, data_dir: Path) -> None:
        """Take the lock.

        Args:
            data_dir: must exist.

        Raises:
            InstanceLocked: another running program holds it.
            UserError: the folder cannot be written.
        """
        path = data_dir / LOCK_NAME
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
        except OSError as error:
            raise UserError(
                f"The data folder {data_dir} cannot be written ({error.strerror}); mend its permissions or "
                "choose another one with --data-dir."
            ) from error
        # Python opens files so that child processes do not inherit them: a surviving ffmpeg holds no lock.
        self._file: BinaryIO | None = os.fdopen(descriptor, "r+b", buffering=0)
        if not _try_lock(descriptor):
            holder = _holder(self._file)
            self._file.close()
            raise InstanceLocked(
                f"Another ShiftClipper{holder} is using the data folder {data_dir}; close it or choose "
                "another folder with --data-dir."
            )
        # On a full disk nobody is told who holds the lock: it holds all the same.
        with contextlib.suppress(OSError):
            self._file.truncate(0)
            self._file.write(str(os.getpid()).encode())

    def release(self) -> None:
        """Give the lock back; does nothing the second time."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> "InstanceLock":
        """Return itself, holding the lock."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Give the lock back."""
        self.release()


def _holder(file: BinaryIO) -> str:
    text = file.read(20)
    return f" (process {int(text)})" if text.isdigit() else ""


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
