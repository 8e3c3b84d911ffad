"""The sheet of keys, drawn from the table in `ui.keys`."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from shiftclipper.ui.controls import IconButton, column, label, row
from shiftclipper.ui.keys import ANSWERS, TABLE, Action, Group, action_words, group_words, sequences
from shiftclipper.ui.theme import Theme
from shiftclipper.ui.tokens import STEP

_COLUMNS = ((Group.PLAYING, Group.MOVING), (Group.SHIFTS,), (Group.QUESTIONS, Group.PROGRAM))
"""Which parts stand below one another."""


class HelpSheet(QDialog):
    """Shows every key with what it does; not modal."""

    about_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Draw it; `show` shows it."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.rows: list[tuple[str, str]] = []
        """Keys and what they do, as they stand on the sheet."""
        self.close_button = IconButton(theme, "cancel", self.tr("Close"))
        self.close_button.clicked.connect(self.hide)
        body = QWidget()
        body.setObjectName("pageBody")
        across = row(body, margin=5, spacing=4)
        for groups in _COLUMNS:
            down = column(spacing=4)
            for group in groups:
                down.addWidget(self._part(group))
            down.addStretch()
            across.addLayout(down)
        area = QScrollArea()
        area.setWidget(body)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(self.tr("Keys"))
        self.about_button = IconButton(theme, "help", self.tr("About and licences"))
        self.about_button.clicked.connect(self.about_asked)
        buttons = row(margin=4)
        buttons.addWidget(self.about_button)
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        whole = column(self, spacing=0)
        whole.addWidget(area, 1)
        whole.addLayout(buttons)
        wanted = body.sizeHint()
        self.resize(wanted.width() + 8 * STEP, min(720, wanted.height() + 20 * STEP))

    def _part(self, group: Group) -> QFrame:
        frame = QFrame()
        frame.setProperty("kind", "card")
        inside = column(frame, margin=4, spacing=2)
        inside.addWidget(label(group_words(group), "head"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(4 * STEP)
        grid.setVerticalSpacing(2 * STEP)
        grid.setColumnStretch(1, 1)
        for place, (keys, text) in enumerate(self._lines(group)):
            self.rows.append((" ".join(keys), text))
            grid.addWidget(_caps(keys), place, 0, Qt.AlignmentFlag.AlignLeft)
            said = label(text)
            said.setAccessibleDescription(" ".join(keys))
            grid.addWidget(said, place, 1)
        inside.addLayout(grid)
        return frame

    def _lines(self, group: Group) -> list[tuple[list[str], str]]:
        lines: list[tuple[list[str], str]] = []
        for binding in TABLE:
            if binding.group is not group or binding.action in ANSWERS[1:]:
                continue
            if binding.action in ANSWERS:
                # Five alike are one line.
                first, last = (_native(action)[0] for action in (ANSWERS[0], ANSWERS[-1]))
                lines.append(([f"{first}\N{EN DASH}{last}"], self.tr("Choose an answer")))
            else:
                lines.append((_native(binding.action)[:2], action_words(binding.action)))
        return lines


def _native(action: Action) -> list[str]:
    """Return the keys of an action as this system writes them, one of each name."""
    texts = [one.toString(QKeySequence.SequenceFormat.NativeText) for one in sequences(action)]
    return list(dict.fromkeys(text.replace("Return", "Enter") for text in texts))


def _caps(keys: list[str]) -> QWidget:
    part = QWidget()
    line = row(part, spacing=1)
    for key in keys:
        cap = QLabel(key)
        cap.setTextFormat(Qt.TextFormat.PlainText)
        cap.setProperty("kind", "key")
        line.addWidget(cap)
    return part
