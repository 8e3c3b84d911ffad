"""What can be checked of a widget's looks without looking: names for screen readers, room for texts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget


def nameless(part):
    """Return what can be reached with Tab and says nothing to a screen reader."""
    return [
        widget
        for widget in part.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisibleTo(part)
        and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
        and not widget.objectName().startswith("qt_")
    ]


def cut_off(part):
    """Return texts that have less room than they need."""
    cut = []
    for widget in part.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QAbstractButton | QComboBox):
            continue
        if isinstance(widget, QComboBox):
            # Its popup shows long texts whole.
            text, needed = widget.currentText(), widget.minimumSizeHint()
        else:
            text, needed = widget.text(), widget.minimumSizeHint()
        high = widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else needed.height()
        if text and (widget.width() < needed.width() or widget.height() < high - 1):
            cut.append((text, widget.size().toTuple(), (needed.width(), high)))
    return cut
