"""Below the picture in Review: what can be done to shifts, and the timeline."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QScrollBar, QWidget

from shiftclipper.ui import keys
from shiftclipper.ui.controls import IconButton, column, row
from shiftclipper.ui.keys import Action as Key
from shiftclipper.ui.review.editing import ShiftEditing
from shiftclipper.ui.review.lanes import REJECTED
from shiftclipper.ui.review.only_shifts import OnlyShifts
from shiftclipper.ui.review.timeline import Timeline
from shiftclipper.ui.theme import Theme
from shiftclipper.ui.tokens import STEP

_BARE = 48
"""Pixels of a button with an icon alone."""
_BAR_STEPS = 10_000
"""Steps of the bar that moves the timeline, over the whole game."""


class BelowPicture(QWidget):
    """Buttons and the timeline; they do nothing that a key does not do too."""

    def __init__(
        self, theme: Theme, editing: ShiftEditing, only: OnlyShifts, parent: QWidget | None = None
    ) -> None:
        """Work an editing."""
        super().__init__(parent)
        self._editing, self._only = editing, only
        self._theme = theme
        self.timeline = Timeline(theme)
        self.bar = QScrollBar(Qt.Orientation.Horizontal)
        self.bar.setAccessibleName(self.tr("Part of the game that the timeline shows"))
        self.bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._make_buttons()
        self._lay_out()
        self._connect()
        self._follow_zoom()
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Offer what can be done now."""
        editing, shift = self._editing, self._editing.chosen
        some = shift is not None
        counts = shift is not None and shift.verdict != REJECTED
        self.right_button.setEnabled(some)
        self.wrong_button.setEnabled(some)
        self.delete_button.setEnabled(some)
        self.split_button.setEnabled(editing.lane is not None and bool(editing.lane.kept))
        self.merge_button.setEnabled(counts)
        for button in (self.start_button, self.end_button, self.only_button):
            button.setEnabled(editing.lane is not None)

    def minimumSizeHint(self) -> QSize:
        """Return what the buttons need without their texts."""
        texts = sum(button.sizeHint().width() - _BARE for button in self._texts if button.text())
        return QSize(self._needed() - texts, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the buttons' texts where there is no room for them."""
        super().resizeEvent(event)
        for button, text in self._texts.items():
            button.setText(text)
        if self._needed() > self.width():
            for button in self._texts:
                button.setText("")

    def _needed(self) -> int:
        """Return the width of the line of buttons; the layout would tell an old one."""
        widths = [button.sizeHint().width() + STEP for button in self.findChildren(IconButton)]
        return sum(widths) + 3 * STEP

    # Building

    def _make_buttons(self) -> None:
        editing = self._editing
        make = self._button
        self.only_button = make("only-shifts", self.tr("Only shifts"), Key.ONLY_SHIFTS, self._toggle_only)
        self.only_button.setCheckable(True)
        self.start_button = make("shift-start", "", Key.SHIFT_STARTS, editing.start_here)
        self.end_button = make("shift-end", "", Key.SHIFT_ENDS, editing.end_here)
        self.split_button = make("cut", "", Key.SPLIT, editing.split)
        self.merge_button = make("join", "", Key.MERGE, editing.merge)
        self.delete_button = make("clear", "", Key.DELETE, editing.delete)
        # Their keys are shared with the questions: whoever puts both together binds them.
        self.right_button = make("right", self.tr("Right"), Key.RIGHT, editing.accept)
        self.wrong_button = make("wrong", self.tr("Wrong"), Key.WRONG, editing.reject)
        self._texts = {
            button: button.text() for button in (self.only_button, self.right_button, self.wrong_button)
        }
        self.out_button = make("minus", "", Key.ZOOM_OUT, self.timeline.zoom_out)
        self.in_button = make("plus", "", Key.ZOOM_IN, self.timeline.zoom_in)

    def _button(self, icon: str, text: str, key: Key, slot: Callable[[], None]) -> IconButton:
        name = keys.with_key(keys.action_words(key), key)
        button = IconButton(self._theme, icon, text, kind="plain" if text else "icon", name=name)
        button.clicked.connect(slot)
        return button

    def _lay_out(self) -> None:
        tools = row(spacing=1)
        tools.setContentsMargins(0, 0, 0, 4)
        tools.addWidget(self.only_button)
        tools.addSpacing(8)
        for button in (
            self.start_button,
            self.end_button,
            self.split_button,
            self.merge_button,
            self.delete_button,
        ):
            tools.addWidget(button)
        tools.addStretch()
        tools.addWidget(self.right_button)
        tools.addWidget(self.wrong_button)
        tools.addStretch()
        tools.addWidget(self.out_button)
        tools.addWidget(self.in_button)
        inside = column(self, spacing=0)
        inside.addLayout(tools)
        inside.addWidget(self.timeline)
        inside.addWidget(self.bar)

    def _connect(self) -> None:
        timeline = self.timeline
        timeline.zoom_changed.connect(self._follow_zoom)
        timeline.menu_asked.connect(self._show_menu)
        self.bar.valueChanged.connect(self._scroll)
        self._only.changed.connect(self.only_button.setChecked)
        for action, slot in (
            (Key.ONLY_SHIFTS, self._toggle_only),
            (Key.ZOOM_IN, timeline.zoom_in),
            (Key.ZOOM_OUT, timeline.zoom_out),
            (Key.SHIFT_STARTS, self._editing.start_here),
            (Key.SHIFT_ENDS, self._editing.end_here),
            (Key.SPLIT, self._editing.split),
            (Key.MERGE, self._editing.merge),
            (Key.DELETE, self._editing.delete),
            (Key.NEXT_SHIFT, self._editing.next_shift),
            (Key.PREVIOUS_SHIFT, self._editing.previous_shift),
        ):
            keys.bind(self, action, slot)

    # Doing

    @Slot()
    def _toggle_only(self) -> None:
        self._only.set_on(not self._only.is_on)
        self.only_button.setChecked(self._only.is_on)

    @Slot()
    def _follow_zoom(self) -> None:
        """Show with the bar which part of the game the timeline shows."""
        scale = self.timeline.scale
        page = round(_BAR_STEPS / scale.zoom)
        self.bar.blockSignals(True)
        self.bar.setRange(0, _BAR_STEPS - page)
        self.bar.setPageStep(page)
        self.bar.setSingleStep(max(1, page // 10))
        if scale.duration > 0:
            self.bar.setValue(round(scale.start / scale.duration * _BAR_STEPS))
        self.bar.blockSignals(False)
        # Its room stays: nothing jumps when the timeline is zoomed.
        self.bar.setEnabled(scale.zoom > 1)
        self.out_button.setEnabled(scale.zoom > 1)

    @Slot(int)
    def _scroll(self, value: int) -> None:
        self.timeline.scroll_to(value / _BAR_STEPS * self.timeline.scale.duration)

    @Slot(QPoint)
    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setObjectName("shiftMenu")
        editing = self._editing
        for button, key, slot in (
            (self.right_button, Key.RIGHT, editing.accept),
            (self.wrong_button, Key.WRONG, editing.reject),
            (self.split_button, Key.SPLIT, editing.split),
            (self.merge_button, Key.MERGE, editing.merge),
            (self.delete_button, Key.DELETE, editing.delete),
            (self.start_button, Key.SHIFT_STARTS, editing.start_here),
            (self.end_button, Key.SHIFT_ENDS, editing.end_here),
        ):
            action = menu.addAction(f"{keys.action_words(key)}\t{keys.key_words(key)}")
            action.setEnabled(button.isEnabled())
            action.triggered.connect(slot)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
