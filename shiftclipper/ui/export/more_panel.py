"""Everything about the export that nearly nobody needs to change."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QWidget,
)

from shiftclipper.jobs.settings import CLIP_NAMES, Settings
from shiftclipper.ui.controls import column, label
from shiftclipper.ui.encoder_box import EncoderBox
from shiftclipper.ui.export.choices import Options
from shiftclipper.ui.fields import form, seconds_box


class MorePanel(QFrame):
    """Shows the options of a job and tells what the person changes; keeps nothing itself."""

    settings_changed = Signal(object)
    """Values by name of the setting."""
    what_changed = Signal(object)
    """Options with other parts wanted."""

    def __init__(self, encoders: EncoderBox, parent: QWidget | None = None) -> None:
        """Build the form around a list of encoders."""
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._options = Options()
        self.encoders = encoders
        self.clips = QCheckBox(self.tr("A clip of every shift"))
        self.reel = QCheckBox(self.tr("All clips joined to one reel"))
        self.report = QCheckBox(self.tr("A report, and a table of the shifts"))
        self.mode = QComboBox()
        self.mode.addItem(self.tr("Exact"), "exact")
        self.mode.addItem(self.tr("Automatic"), "auto")
        self.mode.setAccessibleName(self.tr("How clips are cut"))
        self.mode_hint = label(kind="secondary", wrap=True)
        self.names = QLineEdit()
        self.names.setAccessibleName(self.tr("Names of the clips"))
        self.names.setMaxLength(200)
        self.names.setPlaceholderText(CLIP_NAMES)
        self.pre_roll = seconds_box(self.tr("Seconds before each shift"), "pre_roll", self.tr(" s"))
        self.post_roll = seconds_box(self.tr("Seconds after each shift"), "post_roll", self.tr(" s"))
        self.fields: tuple[QWidget, ...] = (
            self.clips,
            self.reel,
            self.report,
            self.mode,
            self.encoders,
            self.pre_roll,
            self.post_roll,
            self.names,
        )
        """In the order in which they are read."""
        self._lay_out()
        self._connect()

    def show_options(self, options: Options, settings: Settings) -> None:
        """Show what the database has."""
        self._options = options
        parts = ((self.clips, options.clips), (self.reel, options.reel), (self.report, options.report))
        wanted = sum(on for _, on in parts)
        for box, on in parts:
            box.setChecked(on)
            # Something must be left to export, and a reel is made of clips.
            box.setEnabled(not (on and wanted == 1) and not (box is self.clips and options.reel))
        if self.mode.findData(options.mode) < 0:
            # Not offered here, but a job file or the command line may have asked for it.
            rare = {"keyframe": self.tr("Keyframes"), "smart": self.tr("Copied")}
            self.mode.addItem(rare[options.mode], options.mode)
        self.mode.setCurrentIndex(self.mode.findData(options.mode))
        self.mode_hint.setText(self._mode_words(options.mode))
        self.encoders.show_encoder(settings.encoder)
        if not self.names.hasFocus():
            self.names.setText(settings.clip_names)
        for roll, seconds in ((self.pre_roll, options.pre_roll), (self.post_roll, options.post_roll)):
            if not roll.hasFocus() and roll.value() != seconds:
                roll.blockSignals(True)
                roll.setValue(seconds)
                roll.blockSignals(False)

    def set_narrow(self, narrow: bool) -> None:
        """Put the fields below their names, where there is no room beside them."""
        policy = QFormLayout.RowWrapPolicy
        self._fields.setRowWrapPolicy(policy.WrapAllRows if narrow else policy.DontWrapRows)

    def _mode_words(self, mode: str) -> str:
        return {
            "exact": self.tr("Every picture is made anew. The clips play everywhere."),
            "auto": self.tr("Copied where that is possible and plays everywhere: quicker, and as sharp."),
            "smart": self.tr("Copied where that is possible: quicker, in the film's own quality."),
            "keyframe": self.tr("Copied as it is: quickest, and a little wider than the shift."),
        }[mode]

    def _lay_out(self) -> None:
        fields = form()
        self._fields = fields
        what = QWidget()
        boxes = column(what, spacing=1)
        for box in (self.clips, self.reel, self.report):
            boxes.addWidget(box)
        boxes.addWidget(
            label(
                self.tr("Files for other programs (results.json, manifest.json) are always written."),
                "secondary",
                wrap=True,
            )
        )
        fields.addRow(_top_label(self.tr("What")), what)
        cutting = QWidget()
        cutting_lines = column(cutting, spacing=1)
        cutting_lines.addWidget(self.mode)
        cutting_lines.addWidget(self.mode_hint)
        fields.addRow(_top_label(self.tr("Cutting")), cutting)
        fields.addRow(self.tr("Encoder"), self.encoders)
        fields.addRow(self.tr("Before a shift"), self.pre_roll)
        fields.addRow(self.tr("After a shift"), self.post_roll)
        names = QWidget()
        lines = column(names, spacing=1)
        lines.addWidget(self.names)
        hint = self.tr("{player}, {shift}, {time} and {game} stand for what they say.")
        lines.addWidget(label(hint, "secondary", wrap=True))
        fields.addRow(_top_label(self.tr("Names")), names)
        column(self, margin=4).addLayout(fields)

    def _connect(self) -> None:
        for box in (self.clips, self.reel, self.report):
            box.clicked.connect(self._tell_what)
        self.mode.activated.connect(self._tell_mode)
        self.encoders.chosen.connect(self._tell_encoder)
        self.pre_roll.valueChanged.connect(self._tell_rolls)
        self.post_roll.valueChanged.connect(self._tell_rolls)
        self.names.editingFinished.connect(self._tell_names)

    @Slot()
    def _tell_what(self) -> None:
        reel = self.reel.isChecked()
        clips = self.clips.isChecked() or reel
        options = self._options
        self.what_changed.emit(
            Options(clips, reel, self.report.isChecked(), options.mode, options.pre_roll, options.post_roll)
        )

    @Slot()
    def _tell_mode(self) -> None:
        self.settings_changed.emit({"cut_mode": self.mode.currentData()})

    @Slot(str)
    def _tell_encoder(self, name: str) -> None:
        self.settings_changed.emit({"encoder": name})

    @Slot()
    def _tell_rolls(self) -> None:
        self.settings_changed.emit({"pre_roll": self.pre_roll.value(), "post_roll": self.post_roll.value()})

    @Slot()
    def _tell_names(self) -> None:
        self.settings_changed.emit({"clip_names": self.names.text().strip() or CLIP_NAMES})


def _top_label(text: str) -> QLabel:
    """Return a label that sits at the first line of a tall field."""
    made = label(text)
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return made
