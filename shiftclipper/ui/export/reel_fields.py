"""What the reel looks like: its shape, its cards, the ring on the player, crossfades."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFormLayout, QWidget

from shiftclipper.jobs.settings import SettingValue
from shiftclipper.ui.controls import label
from shiftclipper.ui.export.choices import Options
from shiftclipper.ui.fields import choice_box, seconds_box, stacked, top_label


class ReelFields(QObject):
    """The fields about the reel, to be put into a form; tells what the person changes and keeps nothing."""

    changed = Signal(object)
    """Values by name of the setting."""

    def __init__(self, parent: QObject) -> None:
        """Make the fields."""
        super().__init__(parent)
        shapes = {"wide": self.tr("As filmed"), "portrait": self.tr("Upright, for phones")}
        self.shape = choice_box(self.tr("Shape of the reel"), shapes)
        rings = {
            "": self.tr("None"),
            "spotlight": self.tr("At the start of each clip"),
            "overlay": self.tr("All through"),
            "both": self.tr("At the start, then all through"),
        }
        self.ring = choice_box(self.tr("Ring on the player"), rings)
        self.shape_hint = label(kind="secondary", wrap=True)
        self.ring_hint = label(kind="secondary", wrap=True)
        self.crossfade = seconds_box(self.tr("Crossfade between clips"), "reel_crossfade", self.tr(" s"))
        self.crossfade.setSingleStep(0.1)
        self.crossfade.setSpecialValueText(self.tr("None"))
        self.cards = QCheckBox(self.tr("Title and shift cards"))
        self.fields: tuple[QWidget, ...] = (self.shape, self.ring, self.crossfade, self.cards)
        """In the order in which they are read."""
        self.shape.activated.connect(self._tell)
        self.ring.activated.connect(self._tell)
        self.crossfade.valueChanged.connect(self._tell)
        self.cards.clicked.connect(self._tell)

    def add_to(self, form: QFormLayout) -> None:
        """Put the fields into the lines of a form."""
        form.addRow(top_label(self.tr("Shape")), stacked(self.shape, self.shape_hint))
        form.addRow(top_label(self.tr("Ring")), stacked(self.ring, self.ring_hint))
        form.addRow(self.tr("Crossfade"), self.crossfade)
        form.addRow(self.tr("Cards"), self.cards)

    def show_options(self, options: Options) -> None:
        """Show what the database has; without a reel nothing can be changed."""
        for field in self.fields:
            field.setEnabled(options.reel)
        self.cards.setChecked(options.cards)
        rings = {(True, False): "spotlight", (False, True): "overlay", (True, True): "both"}
        self.ring.setCurrentIndex(self.ring.findData(rings.get((options.spotlight, options.ring), "")))
        self.shape.setCurrentIndex(self.shape.findData(options.shape))
        follows = self.tr("The picture follows the player.") if options.shape == "portrait" else ""
        for hint, words in ((self.shape_hint, follows), (self.ring_hint, self._ring_words(options))):
            hint.setText(words)
            hint.setVisible(bool(words))
        if not self.crossfade.hasFocus() and self.crossfade.value() != options.crossfade:
            self.crossfade.blockSignals(True)
            self.crossfade.setValue(options.crossfade)
            self.crossfade.blockSignals(False)

    def _ring_words(self, options: Options) -> str:
        if options.spotlight:
            return self.tr("The picture stops for a moment where the player is first seen well.")
        return self.tr("For as long as the player is seen.") if options.ring else ""

    @Slot()
    def _tell(self) -> None:
        ring = self.ring.currentData()
        values: dict[str, SettingValue] = {
            "reel_cards": self.cards.isChecked(),
            "spotlight": ring in ("spotlight", "both"),
            "overlay": ring in ("overlay", "both"),
            "reel_shape": self.shape.currentData(),
            "reel_crossfade": round(self.crossfade.value(), 1),
        }
        self.changed.emit(values)
