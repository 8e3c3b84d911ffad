"""One sentence to the person, with a button that does what it says; never modal."""

import re
from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QWidget

from shiftclipper.ui.controls import IconButton, IconLabel, label, row, set_kind
from shiftclipper.ui.theme import Theme


class Notice(QFrame):
    """Hidden until there is something to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Begin with nothing to say."""
        super().__init__(parent)
        self._theme = theme
        self._on_action: Callable[[], None] | None = None
        self.sentence = ""
        """What it says, or said last."""
        self.icon = IconLabel(theme, "alert", "bad")
        self.text = label(wrap=True)
        self.text.setAccessibleName(self.tr("Notice"))
        self.action = IconButton(theme, "log", self.tr("Details"))
        self.action.clicked.connect(self._act)
        self.dismiss = IconButton(theme, "cancel", "", kind="icon", name=self.tr("Dismiss"))
        self.dismiss.clicked.connect(self.hide)
        inside = row(self, margin=3, spacing=2)
        inside.addWidget(self.icon, alignment=Qt.AlignmentFlag.AlignTop)
        self.text.setContentsMargins(0, 2, 0, 0)
        inside.addWidget(self.text, 1, Qt.AlignmentFlag.AlignTop)
        inside.addWidget(self.action)
        inside.addWidget(self.dismiss, alignment=Qt.AlignmentFlag.AlignTop)
        self.hide()

    def say(
        self,
        sentence: str,
        *,
        bad: bool = True,
        action: str = "",
        on_action: Callable[[], None] | None = None,
    ) -> None:
        """Show a sentence.

        Args:
            sentence: what is wrong and what to do, or what happened.
            bad: whether something went wrong.
            action: text of the button; none without it.
            on_action: what the button does.
        """
        set_kind(self, "notice-bad" if bad else "notice-accent")
        self.icon.show_icon("alert" if bad else "done", "bad" if bad else "accent")
        self.sentence = sentence
        self.text.setText(_breakable(sentence))
        self.text.setAccessibleDescription(sentence)
        self._on_action = on_action
        self.action.setText(action)
        self.action.setAccessibleName(action)
        self.action.setVisible(bool(action))
        self.show()

    @Slot()
    def _act(self) -> None:
        if self._on_action is not None:
            self._on_action()


def _breakable(sentence: str) -> str:
    """Let long paths and keys be broken into lines, at marks that nobody sees."""
    return re.sub(r"([/\\\].])(?=\S)", "\\1\N{ZERO WIDTH SPACE}", sentence)
