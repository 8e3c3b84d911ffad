"""Everything about the export that nearly nobody needs to change."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFormLayout, QFrame, QWidget

from shiftclipper.jobs.rows import JobResults
from shiftclipper.ui.background import Background
from shiftclipper.ui.controls import column, label
from shiftclipper.ui.encoder_box import EncoderBox
from shiftclipper.ui.export.choices import Options
from shiftclipper.ui.export.names_field import NamesField
from shiftclipper.ui.export.programs_field import ProgramsField
from shiftclipper.ui.export.reel_fields import ReelFields
from shiftclipper.ui.fields import choice_box, form, seconds_box, section_label, stacked, top_label


class MorePanel(QFrame):
    """Shows the options of a job and tells what the person changes; keeps nothing itself."""

    settings_changed = Signal(object)
    """Values by name of the setting."""
    part_switched = Signal(str, bool)
    """`clips`, `reel` or `report`, and whether it is wanted now."""

    def __init__(self, encoders: EncoderBox, background: Background, parent: QWidget | None = None) -> None:
        """Build the form around a list of encoders; names are worked out in `background`."""
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.encoders = encoders
        self.clips = QCheckBox(self.tr("A clip of every shift"))
        self.reel = QCheckBox(self.tr("All clips joined to one reel"))
        self.report = QCheckBox(self.tr("A report, and a table of the shifts"))
        self.reel_fields = ReelFields(self)
        modes = {
            "auto": self.tr("Automatic"),
            "exact": self.tr("Exact"),
            "smart": self.tr("Copied, with exact ends"),
            "keyframe": self.tr("Copied"),
        }
        self.mode = choice_box(self.tr("How clips are cut"), modes)
        self.mode_hint = label(kind="secondary", wrap=True)
        self.names = NamesField(background)
        self.pre_roll = seconds_box(self.tr("Seconds before each shift"), "pre_roll", self.tr(" s"))
        self.post_roll = seconds_box(self.tr("Seconds after each shift"), "post_roll", self.tr(" s"))
        self.programs = ProgramsField()
        self.fields: tuple[QWidget, ...] = (
            self.clips,
            self.reel,
            self.report,
            *self.reel_fields.fields,
            self.mode,
            self.encoders,
            self.pre_roll,
            self.post_roll,
            self.names.line,
            *self.programs.boxes.values(),
        )
        """In the order in which they are read."""
        self._lay_out()
        self._connect()

    def show_options(self, options: Options, found: JobResults) -> None:
        """Show what the database has."""
        settings = found.setup.settings
        parts = ((self.clips, options.clips), (self.reel, options.reel), (self.report, options.report))
        wanted = sum(on for _, on in parts)
        for box, on in parts:
            box.setChecked(on)
            # Something must be left to export, and a reel is made of clips.
            box.setEnabled(not (on and wanted == 1) and not (box is self.clips and options.reel))
        self.mode.setCurrentIndex(self.mode.findData(options.mode))
        self.mode_hint.setText(self._mode_words(options.mode))
        self.encoders.show_encoder(settings.encoder)
        self.reel_fields.show_options(options)
        self.programs.show_files(settings.files, with_report=options.report)
        self.names.show_job(found)
        for roll, seconds in ((self.pre_roll, options.pre_roll), (self.post_roll, options.post_roll)):
            if not roll.hasFocus() and roll.value() != seconds:
                roll.blockSignals(True)
                roll.setValue(seconds)
                roll.blockSignals(False)

    def look(self) -> None:
        """Look at what takes a moment: which encoders work, and what the clips would be called."""
        self.encoders.look()
        self.names.look()

    def set_narrow(self, narrow: bool) -> None:
        """Put the fields below their names, where there is no room beside them."""
        policy = QFormLayout.RowWrapPolicy
        self._fields.setRowWrapPolicy(policy.WrapAllRows if narrow else policy.DontWrapRows)

    def _mode_words(self, mode: str) -> str:
        return {
            "exact": self.tr("Every picture is made anew. The clips play everywhere."),
            "auto": self.tr("Copied where that is possible and plays everywhere: quicker, and as sharp."),
            "smart": self.tr("Only the ends are made anew: quick, exact, and in the film's own quality."),
            "keyframe": self.tr("Copied as it is: quickest, and a little wider than the shift."),
        }[mode]

    def _lay_out(self) -> None:
        fields = form()
        self._fields = fields
        fields.addRow(section_label(self.tr("What"), is_first=True))
        fields.addRow(stacked(self.clips, self.reel, self.report))
        fields.addRow(section_label(self.tr("Reel")))
        self.reel_fields.add_to(fields)
        fields.addRow(section_label(self.tr("Clips")))
        fields.addRow(top_label(self.tr("Cutting")), stacked(self.mode, self.mode_hint))
        fields.addRow(self.tr("Encoder"), self.encoders)
        fields.addRow(self.tr("Before a shift"), self.pre_roll)
        fields.addRow(self.tr("After a shift"), self.post_roll)
        fields.addRow(top_label(self.tr("Names")), self.names)
        fields.addRow(section_label(self.tr("Files for other programs")))
        fields.addRow(self.programs)
        column(self, margin=4).addLayout(fields)

    def _connect(self) -> None:
        for name, box in (("clips", self.clips), ("reel", self.reel), ("report", self.report)):
            box.setObjectName(name)
            box.clicked.connect(self._tell_part)
        self.mode.activated.connect(self._tell_mode)
        self.encoders.chosen.connect(self._tell_encoder)
        self.pre_roll.valueChanged.connect(self._tell_rolls)
        self.post_roll.valueChanged.connect(self._tell_rolls)
        self.names.chosen.connect(self._tell_names)
        self.reel_fields.changed.connect(self.settings_changed)
        self.programs.chosen.connect(self._tell_programs)

    @Slot(bool)
    def _tell_part(self, on: bool) -> None:
        # One part alone: what the other boxes show may be older than the database.
        self.part_switched.emit(self.sender().objectName(), on)

    @Slot()
    def _tell_mode(self) -> None:
        self.settings_changed.emit({"cut_mode": self.mode.currentData()})

    @Slot(str)
    def _tell_encoder(self, name: str) -> None:
        self.settings_changed.emit({"encoder": name})

    @Slot()
    def _tell_rolls(self) -> None:
        self.settings_changed.emit({"pre_roll": self.pre_roll.value(), "post_roll": self.post_roll.value()})

    @Slot(str)
    def _tell_names(self, pattern: str) -> None:
        self.settings_changed.emit({"clip_names": pattern})

    @Slot(str)
    def _tell_programs(self, names: str) -> None:
        self.settings_changed.emit({"files": names})
