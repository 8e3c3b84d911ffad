"""The small card above the mouse on the timeline: a picture, the moment, and what is known of the shift."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QWidget

from shiftclipper.export.clock_text import clock
from shiftclipper.jobs.kept_remarks import told_in
from shiftclipper.jobs.rows import ShiftRow
from shiftclipper.ui import words
from shiftclipper.ui.controls import column, label
from shiftclipper.ui.remark_words import remark_words
from shiftclipper.ui.review.thumbnails import HEIGHT
from shiftclipper.ui.tokens import STEP


class HoverCard(QFrame):
    """Floats over a window and lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        """Make it hidden."""
        super().__init__(parent)
        self.setObjectName("hoverCard")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.picture = label()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setMinimumSize(HEIGHT * 16 // 9, HEIGHT)
        self.moment = label(kind="lead")
        self.words = label(kind="secondary", wrap=True)
        inside = column(self, margin=2, spacing=1)
        inside.addWidget(self.picture)
        inside.addWidget(self.moment)
        inside.addWidget(self.words)
        self.hide()

    def show_moment(self, text: str, image: QImage | None, said: str, above: QPoint, within: QRect) -> None:
        """Show a moment.

        Args:
            text: the moment.
            image: its picture; the one before stays until there is one.
            said: what else there is to say; may be empty.
            above: point in the parent that the card stands above.
            within: part of the parent that it stays in.
        """
        self.moment.setText(text)
        self.words.setText(said)
        self.words.setVisible(bool(said))
        if image is not None:
            self.picture.setPixmap(_rounded(image))
        elif not self.isVisible():
            self.picture.clear()
        width = HEIGHT * 16 // 9 + 4 * STEP + 2
        # The size hint is of a width at which words wrap less often.
        self.setFixedSize(width, max(self.sizeHint().height(), self.heightForWidth(width)))
        left = min(max(within.left(), above.x() - self.width() // 2), within.right() - self.width())
        self.move(left, max(within.top(), above.y() - self.height() - STEP))
        self.show()
        self.raise_()


def shift_words(number: int, name: str, shift: ShiftRow) -> str:
    """Return what is known of a shift: number, times, how sure and why."""
    span = f"{clock(shift.start)}\N{EN DASH}{clock(shift.end)} · {clock(shift.end - shift.start)}"
    head = words.translate("Review", "Shift {number}").format(number=number)
    evidence = [remark_words(told) for told in told_in(shift.evidence)]
    lines = [" · ".join(filter(None, [name, head, span])), certainty_line(shift)]
    return "\n".join([*lines, *evidence[:4]])


def certainty_line(shift: ShiftRow) -> str:
    """Return how sure a shift is, in words and as a number; or what the person made of it."""
    if shift.verdict == "rejected":
        return words.translate("Review", "wrong, you said")
    if shift.verdict == "accepted":
        return words.translate("Review", "right, you said")
    share = words.percent_words(min(shift.confidence, 0.999))
    return f"{words.certainty(shift.confidence)[1]} · {share}"


def _rounded(image: QImage) -> QPixmap:
    wide = HEIGHT * 16 // 9
    return QPixmap.fromImage(
        image.scaled(
            wide, HEIGHT, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    )
