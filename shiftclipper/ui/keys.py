"""The keyboard: one table, from which shortcuts are made and the help sheet is drawn."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
    QWidget,
)

from shiftclipper.ui.words import translate


class Group(StrEnum):
    """Parts of the help sheet, in its order."""

    PLAYING = "playing"
    MOVING = "moving"
    SHIFTS = "shifts"
    QUESTIONS = "questions"
    PROGRAM = "program"


class Action(StrEnum):
    """What a key does."""

    PLAY = "play"
    """Plays, or pauses what plays."""
    BACKWARDS = "backwards"
    """Plays backwards; pressed again, faster. See `ui.shuttle`."""
    STOP = "stop"
    FORWARDS = "forwards"
    """Plays; pressed again, faster."""
    ONLY_SHIFTS = "only_shifts"
    """Plays what lies between shifts no more, or again."""
    FULL_SCREEN = "full_screen"
    FRAME_BACK = "frame_back"
    FRAME_FORWARD = "frame_forward"
    BACK = "back"
    """By `SHORT_JUMP` seconds."""
    FORWARD = "forward"
    FAR_BACK = "far_back"
    """By `LONG_JUMP` seconds."""
    FAR_FORWARD = "far_forward"
    SHIFT_STARTS = "shift_starts"
    SHIFT_ENDS = "shift_ends"
    BENCH = "bench"
    """The player is off the ice now, or back on it."""
    ZOOM_IN = "zoom_in"
    """Of the timeline."""
    ZOOM_OUT = "zoom_out"
    SPLIT = "split"
    MERGE = "merge"
    """Joins a shift with the next one."""
    DELETE = "delete"
    PREVIOUS_SHIFT = "previous_shift"
    NEXT_SHIFT = "next_shift"
    RIGHT = "right"
    """The shift or the proposed answer is right."""
    WRONG = "wrong"
    ANSWER_1 = "answer_1"
    ANSWER_2 = "answer_2"
    ANSWER_3 = "answer_3"
    ANSWER_4 = "answer_4"
    ANSWER_5 = "answer_5"
    ANSWER_NONE = "answer_none"
    SKIP = "skip"
    """Leaves the question for later."""
    FOLLOW = "follow"
    """Plays only the shifts, to be corrected meanwhile; again: ends that."""
    UNDO = "undo"
    REDO = "redo"
    OPEN = "open"
    EXPORT = "export"
    PREFERENCES = "preferences"
    HELP = "help"


SHORT_JUMP, LONG_JUMP = 1, 10
"""Seconds that the arrows move by, alone and with Shift."""
ANSWERS = (Action.ANSWER_1, Action.ANSWER_2, Action.ANSWER_3, Action.ANSWER_4, Action.ANSWER_5)
"""The answers to a question in the order in which they stand on its card."""


@dataclass(frozen=True, slots=True)
class Binding:
    """One row of the table."""

    action: Action
    group: Group
    keys: tuple[str, ...]
    """In Qt's portable form; each does the same."""
    repeats: bool = False
    """Whether holding the key does it again and again."""


TABLE: tuple[Binding, ...] = (
    Binding(Action.PLAY, Group.PLAYING, ("Space",)),
    Binding(Action.BACKWARDS, Group.PLAYING, ("J",)),
    Binding(Action.STOP, Group.PLAYING, ("K",)),
    Binding(Action.FORWARDS, Group.PLAYING, ("L",)),
    Binding(Action.ONLY_SHIFTS, Group.PLAYING, ("P",)),
    Binding(Action.FULL_SCREEN, Group.PLAYING, ("F", "F11")),
    Binding(Action.FRAME_BACK, Group.MOVING, (",",), repeats=True),
    Binding(Action.FRAME_FORWARD, Group.MOVING, (".",), repeats=True),
    Binding(Action.BACK, Group.MOVING, ("Left",), repeats=True),
    Binding(Action.FORWARD, Group.MOVING, ("Right",), repeats=True),
    Binding(Action.FAR_BACK, Group.MOVING, ("Shift+Left",), repeats=True),
    Binding(Action.FAR_FORWARD, Group.MOVING, ("Shift+Right",), repeats=True),
    Binding(Action.ZOOM_IN, Group.MOVING, ("+", "="), repeats=True),
    Binding(Action.ZOOM_OUT, Group.MOVING, ("-",), repeats=True),
    Binding(Action.PREVIOUS_SHIFT, Group.SHIFTS, ("Up",), repeats=True),
    Binding(Action.NEXT_SHIFT, Group.SHIFTS, ("Down",), repeats=True),
    Binding(Action.SHIFT_STARTS, Group.SHIFTS, ("I",)),
    Binding(Action.SHIFT_ENDS, Group.SHIFTS, ("O",)),
    Binding(Action.BENCH, Group.SHIFTS, ("B",)),
    Binding(Action.SPLIT, Group.SHIFTS, ("S",)),
    Binding(Action.MERGE, Group.SHIFTS, ("M",)),
    Binding(Action.DELETE, Group.SHIFTS, ("Del", "Backspace")),
    Binding(Action.FOLLOW, Group.SHIFTS, ("W",)),
    Binding(Action.RIGHT, Group.QUESTIONS, ("Return", "Enter")),
    Binding(Action.WRONG, Group.QUESTIONS, ("X",)),
    *(Binding(action, Group.QUESTIONS, (str(number),)) for number, action in enumerate(ANSWERS, 1)),
    Binding(Action.ANSWER_NONE, Group.QUESTIONS, ("0",)),
    Binding(Action.SKIP, Group.QUESTIONS, ("N",)),
    Binding(Action.UNDO, Group.PROGRAM, ("Ctrl+Z",), repeats=True),
    Binding(Action.REDO, Group.PROGRAM, ("Ctrl+Shift+Z", "Ctrl+Y"), repeats=True),
    Binding(Action.OPEN, Group.PROGRAM, ("Ctrl+O",)),
    Binding(Action.EXPORT, Group.PROGRAM, ("Ctrl+E",)),
    Binding(Action.PREFERENCES, Group.PROGRAM, ("Ctrl+,",)),
    Binding(Action.HELP, Group.PROGRAM, ("?", "F1")),
)
"""Every key of the program."""

_BY_ACTION = {binding.action: binding for binding in TABLE}

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_UP_DOWN = (Qt.Key.Key_Up, Qt.Key.Key_Down)
_ARROWS = (*_UP_DOWN, Qt.Key.Key_Left, Qt.Key.Key_Right)
_KEYS = {
    "Space": Qt.Key.Key_Space,
    "Return": Qt.Key.Key_Return,
    "Enter": Qt.Key.Key_Enter,
    "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down,
    "Left": Qt.Key.Key_Left,
    "Right": Qt.Key.Key_Right,
}
"""The keys of the table that controls use too."""


def binding_of(action: Action) -> Binding:
    """Return the row of an action."""
    return _BY_ACTION[action]


def sequences(action: Action) -> list[QKeySequence]:
    """Return the keys of an action."""
    return [QKeySequence(text, QKeySequence.SequenceFormat.PortableText) for text in binding_of(action).keys]


def key_words(action: Action) -> str:
    """Return the first key of an action as this system writes it: for tooltips and menus."""
    return sequences(action)[0].toString(QKeySequence.SequenceFormat.NativeText)


def with_key(text: str, action: Action) -> str:
    """Return a tooltip that tells the key too: `Play (Space)`."""
    return f"{text} ({key_words(action)})"


def after_key(text: str, action: Action) -> str:
    """Return a button's text after the key that presses it: `B  Off now`."""
    return f"{key_words(action)}  {text}"


def bind(
    widget: QWidget,
    action: Action,
    slot: Callable[[], object],
    context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> QShortcut:
    """Let the keys of an action call a slot, and return the shortcut, which the widget owns.

    A control that has the focus keeps the keys that work it: Space presses the focused button, arrows move in
    the focused list, letters go into the focused field. A widget with keys of its own accepts them in
    `QEvent.ShortcutOverride` (see `keeps`).

    Args:
        widget: the shortcut works while this is shown and enabled, wherever in its window the focus is.
        action: row of the table.
        slot: a method of a QObject.
        context: `WidgetWithChildrenShortcut` where the keys are to work only with the focus inside. Two
            widgets shown in one window must not bind one action for the whole window.
    """
    return _Shortcut(widget, action, slot, context)


def keeps(event: QEvent, own: Collection[Qt.Key]) -> bool:
    """Let a widget keep keys that a shortcut would take; call it from `event`. Returns True when it does."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    kept = event.key() in own and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if kept:
        event.accept()
    return kept


class _Shortcut(QShortcut):
    """A shortcut that leaves a key to the focused control when that is worked by it."""

    def __init__(
        self, widget: QWidget, action: Action, slot: Callable[[], object], context: Qt.ShortcutContext
    ) -> None:
        super().__init__(widget)
        self.setObjectName(f"key-{action}")
        self.setKeys(sequences(action))
        self.setContext(context)
        self.setAutoRepeat(binding_of(action).repeats)
        self._texts, self._slot = binding_of(action).keys, slot
        self.activated.connect(self._act)

    @Slot()
    def _act(self) -> None:
        focused = QApplication.focusWidget()
        own = () if focused is None else _worked_by(focused)
        key = next((key for text, key in _KEYS.items() if text in self._texts and key in own), None)
        if focused is not None and key is not None:
            # Off meanwhile, or the key would come back here.
            self.setEnabled(False)
            _press(focused, key)
            self.setEnabled(True)
            return
        self._slot()


def _worked_by(widget: QWidget) -> tuple[Qt.Key, ...]:
    """Return the keys of ours with which a control does something of its own.

    Fields take letters, digits and Delete before any shortcut sees them, without help.
    """
    match widget:
        case QPushButton():
            return (Qt.Key.Key_Space, *(_ENTER if widget.autoDefault() else ()))
        case QAbstractButton():
            return (Qt.Key.Key_Space, *(_ARROWS if widget.autoExclusive() else ()))
        case QComboBox():
            return (Qt.Key.Key_Space, *_UP_DOWN)
        case QLineEdit():
            return _ENTER
        case QAbstractSpinBox():
            return (*_ENTER, *_UP_DOWN)
        case QAbstractSlider():
            return _ARROWS
        case QAbstractItemView():
            return _UP_DOWN
    return ()


def _press(widget: QWidget, key: Qt.Key) -> None:
    text = " " if key == Qt.Key.Key_Space else ""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


def group_words(group: Group) -> str:
    """Return the head of a part of the help sheet."""
    return {
        Group.PLAYING: translate("Keys", "Playing"),
        Group.MOVING: translate("Keys", "Moving"),
        Group.SHIFTS: translate("Keys", "Shifts"),
        Group.QUESTIONS: translate("Keys", "Questions"),
        Group.PROGRAM: translate("Keys", "Program"),
    }[group]


def action_words(action: Action) -> str:
    """Return what a key does, in a few words."""
    return _playing_words().get(action) or _editing_words()[action]


def _playing_words() -> dict[Action, str]:
    jumps = translate("Keys", "{count} s back"), translate("Keys", "{count} s forward")
    return {
        Action.PLAY: translate("Keys", "Play or pause"),
        Action.BACKWARDS: translate("Keys", "Play backwards; again: faster"),
        Action.STOP: translate("Keys", "Stop"),
        Action.FORWARDS: translate("Keys", "Play; again: faster"),
        Action.ONLY_SHIFTS: translate("Keys", "Play only the shifts"),
        Action.FULL_SCREEN: translate("Keys", "Full screen"),
        Action.FRAME_BACK: translate("Keys", "One frame back"),
        Action.FRAME_FORWARD: translate("Keys", "One frame forward"),
        Action.BACK: jumps[0].format(count=SHORT_JUMP),
        Action.FORWARD: jumps[1].format(count=SHORT_JUMP),
        Action.FAR_BACK: jumps[0].format(count=LONG_JUMP),
        Action.FAR_FORWARD: jumps[1].format(count=LONG_JUMP),
        Action.ZOOM_IN: translate("Keys", "Closer on the timeline"),
        Action.ZOOM_OUT: translate("Keys", "Farther on the timeline"),
    }


def _editing_words() -> dict[Action, str]:
    answer = translate("Keys", "Answer {number}")
    return {
        Action.PREVIOUS_SHIFT: translate("Keys", "Previous shift"),
        Action.NEXT_SHIFT: translate("Keys", "Next shift"),
        Action.SHIFT_STARTS: translate("Keys", "The shift starts here"),
        Action.SHIFT_ENDS: translate("Keys", "The shift ends here"),
        Action.BENCH: translate("Keys", "Off the ice now, or back on it"),
        Action.SPLIT: translate("Keys", "Split the shift here"),
        Action.MERGE: translate("Keys", "Join with the next shift"),
        Action.DELETE: translate("Keys", "Delete the shift"),
        Action.RIGHT: translate("Keys", "Right"),
        Action.WRONG: translate("Keys", "Wrong"),
        **{action: answer.format(number=number) for number, action in enumerate(ANSWERS, 1)},
        Action.ANSWER_NONE: translate("Keys", "None of them"),
        Action.SKIP: translate("Keys", "Skip the question"),
        Action.FOLLOW: translate("Keys", "Watch the shifts"),
        Action.UNDO: translate("Keys", "Undo"),
        Action.REDO: translate("Keys", "Redo"),
        Action.OPEN: translate("Keys", "Open game videos"),
        Action.EXPORT: translate("Keys", "Export"),
        Action.PREFERENCES: translate("Keys", "Preferences"),
        Action.HELP: translate("Keys", "This sheet"),
    }
