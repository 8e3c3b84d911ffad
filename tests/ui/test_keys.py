"""The table of keys, and shortcuts that leave a focused control its own keys."""

from collections import Counter

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QCheckBox, QLineEdit, QListWidget, QPushButton, QSpinBox, QVBoxLayout, QWidget

from shiftclipper.ui import keys
from shiftclipper.ui.keys import Action

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


class Presses(QObject):
    """Counts what keys did."""

    def __init__(self):
        super().__init__()
        self.counted = Counter()

    def slot(self, action):
        return lambda: self.counted.update([action])


class Sheet(QWidget):
    """A window with one of each control that is worked by keys."""

    def __init__(self):
        super().__init__()
        self.button = QPushButton("Cut")
        self.box = QCheckBox("Reel")
        self.field = QLineEdit()
        self.number = QSpinBox()
        self.list = QListWidget()
        self.list.addItems(["first", "second", "third"])
        self.list.setCurrentRow(0)
        self.picture = QWidget()
        self.picture.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inside = QVBoxLayout(self)
        for widget in (self.button, self.box, self.field, self.number, self.list, self.picture):
            inside.addWidget(widget)


@pytest.fixture
def sheet(qtbot):
    made = Sheet()
    qtbot.addWidget(made)
    made.presses = Presses()
    for binding in keys.TABLE:
        keys.bind(made, binding.action, made.presses.slot(binding.action))
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.picture.setFocus()
    return made


def press(qtbot, window, key, modifiers=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(window.focusWidget(), key, modifiers)


def test_no_key_does_two_things_and_every_action_has_a_row():
    used = Counter(text for binding in keys.TABLE for text in binding.keys)
    assert [text for text, count in used.items() if count > 1] == []
    assert {binding.action for binding in keys.TABLE} == set(Action)
    for binding in keys.TABLE:
        assert all(not QKeySequence(text).isEmpty() for text in binding.keys)
        assert keys.action_words(binding.action) and keys.group_words(binding.group)


def test_every_key_of_the_table_does_its_action(qtbot, sheet):
    for binding in keys.TABLE:
        for sequence in keys.sequences(binding.action):
            pressed = sequence[0]
            sheet.presses.counted.clear()
            press(qtbot, sheet, pressed.key(), pressed.keyboardModifiers())
            assert sheet.presses.counted == {binding.action: 1}, sequence.toString()


def test_a_focused_button_keeps_space_and_enter(qtbot, sheet):
    clicks = []
    sheet.button.setAutoDefault(True)
    sheet.button.clicked.connect(lambda: clicks.append("button"))
    sheet.button.setFocus()
    press(qtbot, sheet, Qt.Key.Key_Space)
    press(qtbot, sheet, Qt.Key.Key_Return)
    press(qtbot, sheet, Qt.Key.Key_L)
    assert clicks == ["button", "button"]
    assert sheet.presses.counted == {Action.FORWARDS: 1}
    sheet.box.setFocus()
    press(qtbot, sheet, Qt.Key.Key_Space)
    assert sheet.box.isChecked()
    press(qtbot, sheet, Qt.Key.Key_Return)
    assert sheet.presses.counted == {Action.FORWARDS: 1, Action.RIGHT: 1}


def test_text_goes_into_a_focused_field(qtbot, sheet):
    sheet.field.setFocus()
    for key in (Qt.Key.Key_J, Qt.Key.Key_1, Qt.Key.Key_Space, Qt.Key.Key_X):
        press(qtbot, sheet, key)
    assert sheet.field.text() == "j1 x"
    assert not sheet.presses.counted


def test_arrows_move_in_a_focused_list_and_number(qtbot, sheet):
    sheet.list.setFocus()
    press(qtbot, sheet, Qt.Key.Key_Down)
    assert sheet.list.currentRow() == 1
    sheet.number.setFocus()
    press(qtbot, sheet, Qt.Key.Key_Up)
    assert sheet.number.value() == 1
    assert not sheet.presses.counted
    sheet.picture.setFocus()
    press(qtbot, sheet, Qt.Key.Key_Down)
    assert sheet.presses.counted == {Action.NEXT_SHIFT: 1}
