"""Windows: a child, and all that it starts, ends with this program, however the program ends.

Linux ties an ffmpeg's life to ours with `setpriv --pdeathsig` (see `media.ffmpeg`). Windows knows job
objects: the system ends every process of a job when the last handle to it is closed, and closes the handles
of a process that dies. Each child gets a job of its own.
https://learn.microsoft.com/windows/win32/procthread/job-objects

What is asked of the system is tested with one that only takes notes; on Windows itself this was never run.
"""

import ctypes
import sys
from ctypes import wintypes
from typing import Protocol

KILL_ON_JOB_CLOSE = 0x2000
"""JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE."""
EXTENDED_LIMITS = 9
"""JobObjectExtendedLimitInformation."""
SET_QUOTA_AND_TERMINATE = 0x0100 | 0x0001
"""PROCESS_SET_QUOTA | PROCESS_TERMINATE: the rights that joining a job asks for."""
ENDED = 1
"""Exit code of a process that is ended with its job."""


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_memory", ctypes.c_size_t),
        ("most_memory", ctypes.c_size_t),
        ("most_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION; the six counts of reads and writes are only read."""

    _fields_ = (
        ("basic", BasicLimits),
        ("counts", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


class Kernel(Protocol):
    """What is used of kernel32; handles are numbers, and 0 or None means that a call failed."""

    def CreateJobObjectW(self, attributes: None, name: None, /) -> int | None:
        """Return a new job."""

    def SetInformationJobObject(self, job: int, kind: int, limits: object, size: int, /) -> int:
        """Set a job's limits."""

    def OpenProcess(self, rights: int, inherit: int, pid: int, /) -> int | None:
        """Return a handle of a process."""

    def AssignProcessToJobObject(self, job: int, process: int, /) -> int:
        """Put a process into a job."""

    def TerminateJobObject(self, job: int, code: int, /) -> int:
        """End all processes of a job."""

    def CloseHandle(self, handle: int, /) -> int:
        """Give a handle back."""


class ChildJob:
    """The job of one child."""

    def __init__(self, kernel: Kernel, handle: int) -> None:
        """Belongs to `job_of`."""
        self._kernel = kernel
        self._handle: int | None = handle

    def end(self) -> None:
        """End the child and all that it has started."""
        if self._handle is not None:
            self._kernel.TerminateJobObject(self._handle, ENDED)

    def close(self) -> None:
        """Give the job back, which ends what still runs of it; does nothing the second time."""
        if self._handle is not None:
            self._kernel.CloseHandle(self._handle)
            self._handle = None


def limits() -> ExtendedLimits:
    """Return all that is asked of a job: that it dies with its last handle."""
    asked = ExtendedLimits()
    asked.basic.flags = KILL_ON_JOB_CLOSE
    return asked


def job_of(pid: int, kernel: Kernel | None) -> ChildJob | None:
    """Put a running child into a job of its own; None where that is not possible, and on other systems.

    Args:
        pid: of the child, which nobody has waited for yet.
        kernel: from `windows_kernel`.
    """
    if kernel is None:
        return None
    handle = kernel.CreateJobObjectW(None, None)
    if not handle:
        return None
    job = ChildJob(kernel, handle)
    asked = limits()
    process = kernel.OpenProcess(SET_QUOTA_AND_TERMINATE, 0, pid)
    if process:
        set_up = kernel.SetInformationJobObject(
            handle, EXTENDED_LIMITS, ctypes.byref(asked), ctypes.sizeof(asked)
        )
        joined = set_up and kernel.AssignProcessToJobObject(handle, process)
        kernel.CloseHandle(process)
        if joined:
            return job
    job.close()
    return None


if sys.platform == "win32":

    def windows_kernel() -> Kernel | None:
        """Return kernel32 with the types of what is used of it."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        handle, number = wintypes.HANDLE, wintypes.DWORD
        kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
        kernel.CreateJobObjectW.restype = handle
        kernel.SetInformationJobObject.argtypes = (handle, ctypes.c_int, ctypes.c_void_p, number)
        kernel.OpenProcess.argtypes = (number, wintypes.BOOL, number)
        kernel.OpenProcess.restype = handle
        kernel.AssignProcessToJobObject.argtypes = (handle, handle)
        kernel.TerminateJobObject.argtypes = (handle, wintypes.UINT)
        kernel.CloseHandle.argtypes = (handle,)
        return kernel

else:

    def windows_kernel() -> Kernel | None:
        """Return None: this is no Windows."""
        return None
