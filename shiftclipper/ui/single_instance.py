"""One window for each data folder: a second start hands its files to the first and ends.

The lock of the data folder alone decides who is first (`jobs.lock`); the socket only carries the files. A
socket left behind by a dead program is taken over by the next holder of the lock.
"""

import hashlib
import json
import logging
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from shiftclipper.errors import UserError

PATIENCE_MILLISECONDS = 5000
"""How long a second start waits for the first to take its files."""
MOST_BYTES = 1 << 20
"""A longer message is not ours."""
_TAKEN = b"taken\n"

_log = logging.getLogger(__name__)


def socket_name(data_dir: Path) -> str:
    """Return the name of a data folder's socket: short, since systems limit it to about 100 characters."""
    digest = hashlib.sha256(str(data_dir.absolute()).encode()).hexdigest()
    return f"shiftclipper-{digest[:20]}"


class SecondStarts(QObject):
    """Listens for later starts of the program over the same data folder."""

    files_handed_over = Signal(object)
    """List of Path: what a second start was given, perhaps nothing; the window is wanted in front."""

    def __init__(self, data_dir: Path, parent: QObject) -> None:
        """Begin to listen; the lock of the data folder must be held.

        Where no socket can be made, a second start says that the folder is in use, as it did before.
        """
        super().__init__(parent)
        self._server = QLocalServer(self)
        # Only this person's own programs may connect.
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        name = socket_name(data_dir)
        QLocalServer.removeServer(name)
        self._server.newConnection.connect(self._greet)
        if not self._server.listen(name):
            _log.warning("no socket for second starts: %s", self._server.errorString())

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    @Slot()
    def _greet(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(socket.deleteLater)
            if socket.bytesAvailable():
                self._read_from(socket)

    @Slot()
    def _read(self) -> None:
        socket = self.sender()
        assert isinstance(socket, QLocalSocket)
        self._read_from(socket)

    def _read_from(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > MOST_BYTES:
            socket.abort()
            return
        if not socket.canReadLine():
            return  # the rest is still under way
        try:
            paths = _paths(bytes(socket.readLine().data()))
        except ValueError:
            _log.warning("a second start sent something else than files")
            socket.abort()
            return
        socket.write(_TAKEN)
        socket.flush()
        self.files_handed_over.emit(paths)


def _paths(line: bytes) -> list[Path]:
    """Return the files that a message names.

    Raises:
        ValueError: it is no message of ours.
    """
    message = json.loads(line)
    if not isinstance(message, list) or not all(isinstance(name, str) for name in message):
        raise ValueError("not a list of names")
    return [Path(name) for name in message]


def hand_over(data_dir: Path, files: Sequence[Path]) -> bool:
    """Give files to the program that holds a data folder.

    Returns:
        Whether it took them; False when it has no window, as a command in a terminal.

    Raises:
        UserError: a file's name is no text that can be passed on.
    """
    try:
        message = json.dumps([str(path.absolute()) for path in files]).encode()
    except UnicodeError as error:
        raise UserError("A file's name cannot be passed on; rename the file.") from error
    socket = QLocalSocket()
    socket.connectToServer(socket_name(data_dir))
    if not socket.waitForConnected(PATIENCE_MILLISECONDS):
        return False
    socket.write(message + b"\n")
    answer = b""
    while not answer.endswith(b"\n") and socket.waitForReadyRead(PATIENCE_MILLISECONDS):
        answer += bytes(socket.readAll().data())
    socket.disconnectFromServer()
    return answer == _TAKEN


class FileOpenings(QObject):
    """Takes the files that macOS opens with the program: it sends events instead of arguments."""

    opened = Signal(object)
    """List of Path."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the events of the application that open a file."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.opened.emit([Path(event.file())])
            return True
        return super().eventFilter(watched, event)
