"""Which files for other programs are written."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from shiftclipper.export.interchange.formats import FORMATS
from shiftclipper.ui.controls import column, label
from shiftclipper.ui.words import translate


class ProgramsField(QWidget):
    """A box to tick for each kind of file."""

    chosen = Signal(str)
    """Names of the kinds that the person wants, with commas between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the boxes, none of them ticked."""
        super().__init__(parent)
        self.boxes = {name: QCheckBox(program_words(name)) for name in FORMATS}
        self._hint = label(kind="secondary", wrap=True)
        inside = column(self, spacing=1)
        for box in self.boxes.values():
            box.clicked.connect(self._tell)
            inside.addWidget(box)
        inside.addWidget(self._hint)

    def show_files(self, files: str, *, with_report: bool) -> None:
        """Show which kinds are wanted; without a report none can be, as it writes them."""
        wanted = files.split(",")
        for name, box in self.boxes.items():
            box.setChecked(name in wanted)
            box.setEnabled(with_report)
        self._hint.setText(
            self.tr("They go into the folder “files”. results.json and manifest.json are always written.")
            if with_report
            else self.tr("They are written together with the report.")
        )

    @Slot()
    def _tell(self) -> None:
        self.chosen.emit(",".join(name for name, box in self.boxes.items() if box.isChecked()))


def program_words(name: str) -> str:
    """Return which programs read a kind of file."""
    return {
        "otio": translate("Programs", "DaVinci, Premiere, Avid (OTIO)"),
        "fcpxml": translate("Programs", "Final Cut Pro (FCPXML)"),
        "edl": translate("Programs", "Any editing program (EDL)"),
        "sportscode": translate("Programs", "Hudl Sportscode"),
        "losslesscut": translate("Programs", "LosslessCut"),
        "chapters": translate("Programs", "Chapters for YouTube"),
        "csv": translate("Programs", "Tables (CSV)"),
        "mot": translate("Programs", "Tracking programs (MOT)"),
    }.get(name, FORMATS[name].title)
