"""Fields of forms, made alike everywhere."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QFormLayout

from shiftclipper.jobs.settings import Settings
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


def dress(box: QAbstractSpinBox) -> None:
    """Let a number begin where a text would, and be told when it is whole, not at each digit."""
    box.setKeyboardTracking(False)
    # The style sheet's padding does not reach the field inside.
    box.lineEdit().setTextMargins(_INSET, 0, 0, 0)
