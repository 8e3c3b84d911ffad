"""At the right in Review: how many shifts, what is left to look at, the questions, and the table."""

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from shiftclipper.export.clock_text import clock
from shiftclipper.jobs.corrections import LONGEST_NOTE
from shiftclipper.ui import keys, words
from shiftclipper.ui.controls import Bend, IconButton, column, label, row
from shiftclipper.ui.keys import Action as Key
from shiftclipper.ui.notice import Notice
from shiftclipper.ui.review.editing import ShiftEditing
from shiftclipper.ui.review.lanes import is_doubtful
from shiftclipper.ui.review.shift_table import ShiftTable
from shiftclipper.ui.theme import Theme

_CHECK_SECONDS, _ANSWER_SECONDS = 3, 4
"""What a look at a shift and an answer take a person, as far as it can be told beforehand."""


class ShiftPanel(QWidget):
    """Shows the shifts of the player who is worked on."""

    shift_asked = Signal(int)
    """Id of the shift that the person went to in the table."""
    resized = Signal()

    def __init__(self, theme: Theme, editing: ShiftEditing, parent: QWidget | None = None) -> None:
        """Work an editing."""
        super().__init__(parent)
        self._editing = editing
        self._questions = 0
        self.totals = label(kind="lead")
        self.undo_button = IconButton(theme, "undo", "", kind="icon", name=self.tr("Undo"))
        self.redo_button = IconButton(theme, "redo", "", kind="icon", name=self.tr("Redo"))
        self.left = label(kind="secondary", wrap=True)
        self.notes = label(kind="secondary", wrap=True)
        self.cards_place = column(spacing=2)
        self.notice = Notice(theme)
        self.table = ShiftTable(theme)
        self.note = QLineEdit()
        self.note.setPlaceholderText(self.tr("Note on this shift"))
        self.note.setAccessibleName(self.tr("Note on this shift"))
        self.note.setMaxLength(LONGEST_NOTE)
        self._lay_out()
        self._connect()
        self.tell(())
        self.follow()

    def show_questions(self, count: int) -> None:
        """Count questions that wait into what is left."""
        self._questions = count
        self._show_left()

    def show_undo(self, undo: str, redo: str) -> None:
        """Offer to take back and to do again what these words name; nothing for nothing."""
        for button, text, key in (
            (self.undo_button, undo, Key.UNDO),
            (self.redo_button, redo, Key.REDO),
        ):
            button.setEnabled(bool(text))
            name = keys.action_words(key)
            said = f"{name}: {text}" if text else name
            button.setToolTip(keys.with_key(said, key))
            button.setAccessibleName(said)

    def say(self, sentence: str) -> None:
        """Say why something was not done; nothing puts that away."""
        if sentence:
            self.notice.say(sentence)
        else:
            self.notice.hide()

    @Slot(object)
    def tell_taken_back(self, what: tuple[Fraction, Sequence[Fraction]]) -> None:
        """Say that a shift was rejected with the clicks in it; `what` is its start and their times."""
        self.notice.say(taken_back_words(*what), bad=False)

    def tell(self, notes: Sequence[str]) -> None:
        """Show what the work on the game did otherwise than asked."""
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))

    @Slot()
    def follow(self) -> None:
        """Show what is so."""
        lane, shift = self._editing.lane, self._editing.chosen
        self.table.show_shifts(() if lane is None else lane.shifts, shift)
        kept = () if lane is None else lane.kept
        total = sum(float(one.end - one.start) for one in kept)
        self.totals.setText(f"{len(kept)} · {clock(total)}")
        self.totals.setAccessibleName(f"{words.shifts_words(len(kept))}, {clock(total)}")
        some = lane is not None and bool(lane.shifts)
        for widget in (self.totals, self.table, self.note):
            widget.setVisible(some)
        self.note.setEnabled(shift is not None)
        if not self.note.hasFocus() or not self.note.isModified():
            self.note.setText("" if shift is None else shift.note)
        self._show_left()

    # Inside

    def _lay_out(self) -> None:
        inside = column(self, spacing=2)
        counted, buttons = QWidget(), QWidget()
        head = row(counted, spacing=2)
        head.addWidget(label(self.tr("Shifts"), "head"))
        head.addWidget(self.totals)
        head.addStretch()
        pair = row(buttons, spacing=1)
        pair.addWidget(self.undo_button)
        pair.addWidget(self.redo_button)
        inside.addWidget(Bend(counted, buttons))
        inside.addWidget(self.left)
        inside.addWidget(self.notice)
        inside.addWidget(self.notes)
        inside.addWidget(self._build_scrolled(), 1)
        inside.addWidget(self.note)

    def _build_scrolled(self) -> QWidget:
        """Return the questions and the table: where the height is not enough for both, they are scrolled."""
        body = QWidget()
        body.setObjectName("shiftPanelBody")
        inside = column(body, spacing=2)
        inside.addLayout(self.cards_place)
        inside.addWidget(self.table, 1)
        # Without a table, what there is stands at the top.
        inside.addStretch()
        scrolled = QScrollArea()
        scrolled.setObjectName("shiftPanel")
        scrolled.setWidgetResizable(True)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled.setWidget(body)
        return scrolled

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that there is more room, or less."""
        super().resizeEvent(event)
        self.resized.emit()

    def _connect(self) -> None:
        editing = self._editing
        self.undo_button.clicked.connect(editing.undo)
        self.redo_button.clicked.connect(editing.redo)
        self.table.chosen.connect(self._choose)
        self.table.shifts.times_typed.connect(editing.set_times)
        self.table.shifts.note_typed.connect(editing.note)
        self.table.shifts.refused.connect(self.say)
        self.note.editingFinished.connect(self._note)
        editing.chosen_changed.connect(self.follow)
        editing.order = self.table.order

    def _show_left(self) -> None:
        lane = self._editing.lane
        doubtful = 0 if lane is None else sum(map(is_doubtful, lane.shifts))
        self.left.setText(left_words(self._questions, doubtful) if lane and lane.shifts else "")
        self.left.setVisible(bool(self.left.text()))

    @Slot(int)
    def _choose(self, shift_id: int) -> None:
        self.say("")
        self.shift_asked.emit(shift_id)

    @Slot()
    def _note(self) -> None:
        shift = self._editing.chosen
        text = self.note.text().strip()
        self.note.setModified(False)
        if shift is not None and text != shift.note:
            self._editing.note(shift.id, text)


def left_words(questions: int, doubtful: int) -> str:
    """Return what is left to do: `3 questions, about 20 seconds`."""
    parts = []
    if questions:
        one = words.translate("Review", "1 question")
        parts.append(
            one if questions == 1 else words.translate("Review", "{count} questions").format(count=questions)
        )
    if doubtful:
        one = words.translate("Review", "1 shift to check")
        parts.append(
            one
            if doubtful == 1
            else words.translate("Review", "{count} shifts to check").format(count=doubtful)
        )
    if not parts:
        return words.translate("Review", "Nothing is left to check.")
    seconds = questions * _ANSWER_SECONDS + doubtful * _CHECK_SECONDS
    about = words.translate("Review", "about {duration}").format(duration=words.duration_words(seconds))
    return ", ".join([*parts, about])


def taken_back_words(start: Fraction, times: Sequence[Fraction]) -> str:
    """Return that the shift which starts there was rejected with the clicks in it, all in seconds."""
    if len(times) == 1:
        sentence = words.translate(
            "Review",
            "The shift at {time} is rejected, and your click in it at {click} was taken back with it; "
            "undo brings back both.",
        )
        return sentence.format(time=clock(start), click=clock(times[0]))
    sentence = words.translate(
        "Review",
        "The shift at {time} is rejected, and your {count} clicks in it were taken back with it; "
        "undo brings all of it back.",
    )
    return sentence.format(time=clock(start), count=len(times))
