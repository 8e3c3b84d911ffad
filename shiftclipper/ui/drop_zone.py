"""Where films are dropped, with the button for those who do not drop."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from shiftclipper.ui.controls import IconButton, IconLabel, column, label, row
from shiftclipper.ui.theme import Theme
from shiftclipper.ui.tokens import ICON


class DropZone(QFrame):
    """Says that films can be dropped. The whole window takes them; this is where one looks."""

    files_asked = Signal()
    """The person wants to choose files."""
    folder_asked = Signal()
    """The person wants to choose a folder."""

    def __init__(self, theme: Theme, *, large: bool, parent: QWidget | None = None) -> None:
        """Make the large one of the first start or the small one beside the list."""
        super().__init__(parent)
        self.setObjectName("dropZone")
        self.open_files = IconButton(
            theme, "open", self.tr("Open files"), kind="primary" if large else "plain"
        )
        self.open_files.clicked.connect(self.files_asked)
        if large:
            self._lay_out_large(theme)
        else:
            self._lay_out_small(theme)

    @Slot(bool)
    def show_over(self, over: bool) -> None:
        """Light up while something that can be taken hovers over the window."""
        if bool(self.property("over")) != over:
            self.setProperty("over", over)
            self.style().unpolish(self)
            self.style().polish(self)

    def _lay_out_large(self, theme: Theme) -> None:
        inside = column(self, margin=8, spacing=3)
        inside.addStretch()
        inside.addWidget(
            IconLabel(theme, "drop", "accent", size=2 * ICON), alignment=Qt.AlignmentFlag.AlignHCenter
        )
        title = label(self.tr("Drop a game video here"), "title", wrap=True)
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside.addWidget(title)
        text = label(
            self.tr(
                "Files or a whole folder. The parts of one game can come together. Analysis starts by itself."
            ),
            "secondary",
            wrap=True,
        )
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside.addWidget(text)
        inside.addSpacing(8)
        open_folder = IconButton(theme, "folder", self.tr("Open a folder"))
        open_folder.clicked.connect(self.folder_asked)
        buttons = row(spacing=2)
        buttons.addStretch()
        buttons.addWidget(self.open_files)
        buttons.addWidget(open_folder)
        buttons.addStretch()
        inside.addLayout(buttons)
        inside.addStretch()

    def _lay_out_small(self, theme: Theme) -> None:
        inside = column(self, margin=3, spacing=2)
        head = row(spacing=2)
        head.addStretch()
        head.addWidget(IconLabel(theme, "drop", "accent"))
        head.addWidget(label(self.tr("Drop games here")))
        head.addStretch()
        inside.addLayout(head)
        inside.addWidget(self.open_files)
