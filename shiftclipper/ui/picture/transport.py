"""The bar under the picture: play, step, time, speed, sound, full screen."""

from fractions import Fraction

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from shiftclipper.export.clock_text import clock
from shiftclipper.ui.controls import IconButton, label, row
from shiftclipper.ui.picture.playback import RATES, Playback
from shiftclipper.ui.theme import Theme


def exact_clock(moment: Fraction) -> str:
    """Return m:ss.mmm."""
    milliseconds = int(moment * 1000)
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 60}:{seconds % 60:02}.{rest:03}"


class Transport(QWidget):
    """Works a playback and shows where it is."""

    full_screen_asked = Signal()

    def __init__(self, playback: Playback, theme: Theme, parent: QWidget | None = None) -> None:
        """Follow a playback."""
        super().__init__(parent)
        self._playback = playback
        self.back_button = IconButton(theme, "step-back", "", kind="icon", name=self.tr("One frame back"))
        self.play_button = IconButton(theme, "resume", "", kind="icon", name=self.tr("Play"))
        self.pause_button = IconButton(theme, "pause", "", kind="icon", name=self.tr("Pause playing"))
        self.on_button = IconButton(theme, "step-on", "", kind="icon", name=self.tr("One frame on"))
        self.time = label()
        self.time.setAccessibleName(self.tr("Time in the game"))
        self.total = label(kind="secondary")
        self.speed = QComboBox()
        self.speed.setAccessibleName(self.tr("Speed"))
        self.speed.setToolTip(self.tr("Speed"))
        for rate in RATES:
            self.speed.addItem(f"{rate:g}\N{MULTIPLICATION SIGN}", rate)
        self.sound_button = IconButton(theme, "sound", "", kind="icon", name=self.tr("Turn the sound off"))
        self.mute_button = IconButton(theme, "muted", "", kind="icon", name=self.tr("Turn the sound on"))
        self.full_button = IconButton(theme, "full-screen", "", kind="icon", name=self.tr("Full screen"))
        self._lay_out()
        self._connect()
        self._follow()

    def _lay_out(self) -> None:
        line = row(self, spacing=1)
        line.setContentsMargins(4, 2, 4, 2)
        for button in (self.back_button, self.play_button, self.pause_button, self.on_button):
            line.addWidget(button)
        line.addSpacing(8)
        line.addWidget(self.time)
        line.addWidget(self.total)
        line.addStretch()
        for widget in (self.speed, self.sound_button, self.mute_button, self.full_button):
            line.addWidget(widget)

    def _connect(self) -> None:
        playback = self._playback
        self.back_button.clicked.connect(self._back)
        self.on_button.clicked.connect(self._on)
        self.play_button.clicked.connect(playback.play)
        self.pause_button.clicked.connect(playback.pause)
        self.sound_button.clicked.connect(self._mute)
        self.mute_button.clicked.connect(self._unmute)
        self.full_button.clicked.connect(self.full_screen_asked)
        self.speed.activated.connect(self._choose_rate)
        playback.position_changed.connect(self._show_time)
        playback.playing_changed.connect(self._follow)
        playback.rate_changed.connect(self._follow)
        playback.muted_changed.connect(self._follow)
        playback.film_changed.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        """Show what is so."""
        playback = self._playback
        self.setEnabled(playback.film is not None)
        had_focus = self.play_button.hasFocus() or self.pause_button.hasFocus()
        self.play_button.setVisible(not playback.playing)
        self.pause_button.setVisible(playback.playing)
        if had_focus:
            shown = self.pause_button if playback.playing else self.play_button
            shown.setFocus(Qt.FocusReason.OtherFocusReason)
        self.sound_button.setVisible(not playback.muted)
        self.mute_button.setVisible(playback.muted)
        nearest = min(range(len(RATES)), key=lambda place: abs(RATES[place] - playback.rate))
        self.speed.setCurrentIndex(nearest)
        self.total.setText(f"/ {clock(playback.duration)}")
        self._show_time()

    @Slot()
    def _show_time(self) -> None:
        self.time.setText(exact_clock(self._playback.position))

    @Slot()
    def _back(self) -> None:
        self._playback.step(-1)

    @Slot()
    def _on(self) -> None:
        self._playback.step(1)

    @Slot()
    def _mute(self) -> None:
        self._playback.set_muted(True)

    @Slot()
    def _unmute(self) -> None:
        self._playback.set_muted(False)

    @Slot(int)
    def _choose_rate(self, place: int) -> None:
        self._playback.set_rate(RATES[place])
