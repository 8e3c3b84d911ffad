"""A small window from which a file can be dragged with the mouse: `python drag_source.py FILE`."""

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class Source(QLabel):
    """Begins to drag its file as soon as it is pressed and moved."""

    def __init__(self, file: str) -> None:
        super().__init__("Drag me")
        self.setWindowTitle("Drag me")
        self.resize(160, 120)
        self._file = file

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(self._file)])
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)


application = QApplication(sys.argv)
window = Source(sys.argv[1])
window.show()
sys.exit(application.exec())
