"""Fields of forms, made alike everywhere."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QDoubleSpinBox, QFormLayout, QLabel, QWidget

from shiftclipper.jobs.settings import Settings
from shiftclipper.ui.controls import column, label
from shiftclipper.ui.tokens import STEP

_INSET = 6


def form() -> QFormLayout:
    """Return an empty form whose fields take the width that there is."""
    made = QFormLayout()
    made.setHorizontalSpacing(4 * STEP)
    made.setVerticalSpacing(2 * STEP)
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    made.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
    return made


def seconds_box(name: str, setting: str, suffix: str) -> QDoubleSpinBox:
    """Return a field for a length of time.

    Args:
        name: accessible name.
        setting: of a job; says what is allowed.
        suffix: the unit behind the number.
    """
    spec = Settings.specs[setting]
    box = QDoubleSpinBox()
    box.setAccessibleName(name)
    box.setRange(spec.minimum, spec.maximum)
    box.setSingleStep(0.5)
    box.setDecimals(1)
    box.setSuffix(suffix)
    dress(box)
    return box


def choice_box(name: str, choices: Mapping[str, str]) -> QComboBox:
    """Return a list to choose one of.

    Args:
        name: accessible name.
        choices: what the database calls each, and the words for it.
    """
    box = QComboBox()
    box.setAccessibleName(name)
    for value, words in choices.items():
        box.addItem(words, value)
    return box


def top_label(text: str) -> QLabel:
    """Return a label that sits at the first line of a tall field."""
    made = label(text)
    made.setContentsMargins(0, _INSET, 0, 0)
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return made


def section_label(text: str, *, is_first: bool = False) -> QLabel:
    """Return the head of a part of a form, with some room above all but the first."""
    made = label(text, "head")
    made.setContentsMargins(0, 0 if is_first else 3 * STEP, 0, 0)
    return made


def stacked(*widgets: QWidget) -> QWidget:
    """Return one field made of several, one below the other."""
    field = QWidget()
    lines = column(field, spacing=1)
    for widget in widgets:
        lines.addWidget(widget)
    return field


def dress(box: QAbstractSpinBox) -> None:
    """Let a number begin where a text would, and be told when it is whole, not at each digit."""
    box.setKeyboardTracking(False)
    # The style sheet's padding does not reach the field inside.
    box.lineEdit().setTextMargins(_INSET, 0, 0, 0)
