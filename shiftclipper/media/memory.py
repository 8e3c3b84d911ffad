"""How much memory the machine can spare now, and giving back to it what is no longer needed."""

import ctypes
import os
import sys
from pathlib import Path

MEMINFO = Path("/proc/meminfo")
AVAILABLE = "MemAvailable:"


def free_memory() -> int:
    """Return the bytes of memory that can be taken without pushing anything else out.

    Where the system does not say, half of what is built in; 0 where not even that is known.
    """
    if sys.platform == "win32":
        return _free_on_windows()
    if MEMINFO.is_file():
        for line in MEMINFO.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith(AVAILABLE):
                return int(line.split()[1]) * 1024
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    except (OSError, ValueError):
        return 0


def give_back_memory() -> None:
    """Return memory that was freed to the system at once.

    The C library of Linux keeps what was freed piece by piece; other systems give it back themselves.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform.startswith("linux") else None
    if trim is not None:
        trim(0)


class _MemoryStatus(ctypes.Structure):
    """MEMORYSTATUSEX of the Windows API."""

    _fields_ = (
        ("length", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        ("total", ctypes.c_uint64),
        ("available", ctypes.c_uint64),
        ("more", ctypes.c_uint64 * 5),
    )


def _free_on_windows() -> int:
    status = _MemoryStatus()
    status.length = ctypes.sizeof(status)
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - exists on Windows only
    return int(status.available) if kernel.GlobalMemoryStatusEx(ctypes.byref(status)) else 0
