"""A list of the encoders that were found on this machine, by trying each."""

from fractions import Fraction

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

from shiftclipper.jobs.settings import ENCODERS
from shiftclipper.jobs.store import Store
from shiftclipper.media.encoders import EncoderTrial, list_encoders
from shiftclipper.media.ffmpeg import locate
from shiftclipper.ui.background import Background
from shiftclipper.ui.tokens import STEP
from shiftclipper.ui.words import translate

_SIZE = (1280, 720)
_RATE = Fraction(30)


class EncoderBox(QComboBox):
    """Offers `auto` and all encoders that the program knows; one that does not work here is grey."""

    chosen = Signal(str)
    """Name of the encoder that the person chose."""
    looked = Signal()
    """All trials have ended."""

    def __init__(self, store: Store, background: Background, parent: QWidget | None = None) -> None:
        """List what is known before any trial.

        Args:
            store: keeps the outcomes of trials between starts.
            background: where trials are made.
            parent: owner.
        """
        super().__init__(parent)
        self._store = store
        self._background = background
        self._asked = False
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        for name in ENCODERS:
            item = QStandardItem(encoder_words(name))
            item.setData(name, Qt.ItemDataRole.UserRole)
            self._items.appendRow(item)
        self.setAccessibleName(self.tr("Encoder"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._fit()
        self.activated.connect(self._tell)

    def show_encoder(self, name: str) -> None:
        """Show which one is set."""
        self.setCurrentIndex(self.findData(name))

    @Slot()
    def look(self) -> None:
        """Try the encoders, once; takes up to some seconds, in the background."""
        if not self._asked:
            self._asked = True
            self._background.run(self._try_all, self._show_trials, self._show_nothing)

    def _try_all(self) -> tuple[EncoderTrial, ...]:
        return list_encoders(
            locate(),
            size=_SIZE,
            fps=_RATE,
            cache=self._store.encoder_trials,
            stop=self._background.stop,
        )

    def _show_trials(self, trials: tuple[EncoderTrial, ...]) -> None:
        working = [trial.name for trial in trials if trial.works]
        reasons = {trial.name: trial.reason for trial in trials if trial.name not in working}
        for place, name in enumerate(ENCODERS):
            item = self._items.item(place)
            if name == "auto":
                best = encoder_words(working[0]) if working else self.tr("none works")
                item.setText(self.tr("Automatic: {encoder}").format(encoder=best))
            elif name in working:
                item.setText(self.tr("{encoder}, works here").format(encoder=encoder_words(name)))
            else:
                item.setText(self.tr("{encoder}, not on this machine").format(encoder=encoder_words(name)))
                item.setToolTip(reasons.get(name, ""))
                item.setEnabled(False)
        self._fit()
        self.looked.emit()

    def _fit(self) -> None:
        """Be as wide as what can be chosen, and let the list show what cannot be too."""
        places = range(self._items.rowCount())
        texts = [self.itemText(place) for place in places if self._items.item(place).isEnabled()]
        self.setMinimumContentsLength(max(map(len, texts)))
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 8 * STEP)

    def _show_nothing(self, sentence: str) -> None:
        self.setToolTip(sentence)
        self.looked.emit()

    @Slot(int)
    def _tell(self, place: int) -> None:
        self.chosen.emit(str(self.itemData(place)))


def encoder_words(name: str) -> str:
    """Return what to call an encoder."""
    return {
        "auto": translate("Encoders", "Automatic"),
        "libx264": translate("Encoders", "Software (x264)"),
        "libopenh264": translate("Encoders", "Software (OpenH264)"),
        "h264_nvenc": "NVIDIA NVENC",
        "h264_qsv": "Intel Quick Sync",
        "h264_videotoolbox": "Apple VideoToolbox",
        "h264_amf": "AMD AMF",
        "h264_vaapi": "VA-API",
    }.get(name, name)
