"""Progress on the program's button in the taskbar, where the system has such a thing."""

import ctypes
import os
import sys
from typing import Protocol

from PySide6.QtWidgets import QWidget

_DESKTOP_FILE = "application://shiftclipper.desktop"
_NO_PROGRESS, _NORMAL = 0, 2
_STEPS = 1000


class Taskbar(Protocol):
    """A button that can show progress."""

    def show_share(self, share: float | None) -> None:
        """Show a share of 0 to 1; None for no progress."""


class NoTaskbar:
    """For systems that have none."""

    def show_share(self, share: float | None) -> None:
        """Do nothing."""


class LauncherTaskbar:
    """The docks of Linux desktops, by the D-Bus signal that Unity began and others follow.

    https://wiki.ubuntu.com/Unity/LauncherAPI
    """

    def show_share(self, share: float | None) -> None:
        """Show a share of 0 to 1; None for no progress."""
        # Not on every system that Qt runs on.
        from PySide6.QtDBus import QDBusConnection, QDBusMessage

        bus = QDBusConnection.sessionBus()
        if bus.isConnected():
            path = "/com/canonical/unity/launcherentry/shiftclipper"
            message = QDBusMessage.createSignal(path, "com.canonical.Unity.LauncherEntry", "Update")
            shown = {"progress": float(share or 0.0), "progress-visible": share is not None}
            message.setArguments([_DESKTOP_FILE, shown])
            bus.send(message)


class WindowsTaskbar:
    """Windows' taskbar, by ITaskbarList3.

    https://learn.microsoft.com/windows/win32/api/shobjidl_core/nn-shobjidl_core-itaskbarlist3
    """

    _CLASS = "{56FDF344-FD6D-11d0-958A-006097C9A090}"
    _INTERFACE = "{EA1AFB91-9E28-4B86-90E9-9E9F8A5EEFAF}"
    # Places in the table of methods: IUnknown has three, ITaskbarList five, ITaskbarList2 one.
    _HR_INIT, _SET_VALUE, _SET_STATE = 3, 9, 10

    def __init__(self, window: QWidget) -> None:
        """Find the taskbar's button of a window.

        Raises:
            OSError: there is no such taskbar.
        """
        self._window = window
        self._list = ctypes.c_void_p()
        ole = ctypes.OleDLL("ole32")  # type: ignore[attr-defined,unused-ignore]
        names = []
        for text in (self._CLASS, self._INTERFACE):
            name = ctypes.create_string_buffer(16)
            ole.CLSIDFromString(ctypes.c_wchar_p(text), name)
            names.append(name)
        in_process = 1
        ole.CoCreateInstance(names[0], None, in_process, names[1], ctypes.byref(self._list))
        self._call(self._HR_INIT)

    def show_share(self, share: float | None) -> None:
        """Show a share of 0 to 1; None for no progress."""
        window = ctypes.c_void_p(int(self._window.winId()))
        self._call(self._SET_STATE, window, ctypes.c_int(_NO_PROGRESS if share is None else _NORMAL))
        if share is not None:
            done, total = ctypes.c_ulonglong(round(share * _STEPS)), ctypes.c_ulonglong(_STEPS)
            self._call(self._SET_VALUE, window, done, total)

    def _call(self, place: int, *arguments: object) -> None:
        table = ctypes.cast(self._list, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p))).contents
        kinds = [type(argument) for argument in arguments]
        prototype = ctypes.WINFUNCTYPE(ctypes.c_long, ctypes.c_void_p, *kinds)  # type: ignore[attr-defined,unused-ignore]
        prototype(table[place])(self._list, *arguments)


def find_taskbar(window: QWidget) -> Taskbar:
    """Return the taskbar of this system, or one that shows nothing."""
    if sys.platform == "win32":
        try:
            return WindowsTaskbar(window)
        except OSError:
            return NoTaskbar()
    if sys.platform.startswith("linux") and os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return LauncherTaskbar()
    return NoTaskbar()
