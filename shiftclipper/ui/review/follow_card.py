"""Watching the shifts through: what works the following, and how far it is."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QWidget

from shiftclipper.export.clock_text import clock
from shiftclipper.ui import keys, words
from shiftclipper.ui.controls import Bend, IconButton, ThinBar, column, label, row
from shiftclipper.ui.flow import flow
from shiftclipper.ui.keys import Action as Key
from shiftclipper.ui.review.follow import RATES, Follow
from shiftclipper.ui.theme import Theme


class FollowCard(QFrame):
    """Works a `Follow`."""

    def __init__(self, theme: Theme, follow: Follow, parent: QWidget | None = None) -> None:
        """Show what it does."""
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(self.tr("Watch the shifts"))
        self._follow = follow
        self.start_button = IconButton(theme, "resume", self.tr("Watch"))
        self.start_button.setToolTip(keys.with_key(self.tr("Plays only the shifts"), Key.FOLLOW))
        self.stop_button = IconButton(theme, "done", self.tr("Done"))
        self.stop_button.setToolTip(keys.with_key(self.tr("Stop watching"), Key.FOLLOW))
        self.bench_button = QPushButton()
        self.wrong_button = QPushButton(keys.after_key(self.tr("Not him"), Key.WRONG))
        self.wrong_button.setToolTip(self.tr("None of this shift is the player"))
        self.rates = QButtonGroup(self)
        self.bar = ThinBar(theme)
        self.bar.setAccessibleName(self.tr("Time on the ice that was watched"))
        self.done = label(kind="secondary", wrap=True)
        self.hint = label(kind="secondary", wrap=True)
        self._lay_out()
        self._connect()
        self.show_state()

    def _lay_out(self) -> None:
        inside = column(self, margin=3, spacing=2)
        head = row(spacing=1)
        head.addWidget(label(self.tr("Watch the shifts"), "lead"), 1)
        inside.addLayout(head)
        inside.addWidget(self.hint)
        begin, fast = QWidget(), QWidget()
        line = row(begin, spacing=2)
        line.addWidget(self.start_button)
        line.addWidget(self.stop_button)
        line.addStretch()
        speeds = row(fast, spacing=0)
        for rate in RATES:
            button = QPushButton(f"{rate:g}\N{MULTIPLICATION SIGN}")
            button.setCheckable(True)
            button.setProperty("kind", "speed")
            button.setAccessibleName(self.tr("{rate} times the real speed").format(rate=f"{rate:g}"))
            button.setToolTip(button.accessibleName())
            self.rates.addButton(button, int(rate))
            speeds.addWidget(button)
        # One below the other where large text leaves no room for both.
        inside.addWidget(Bend(begin, fast))
        self._marking = flow(self.bench_button, self.wrong_button)
        inside.addWidget(self._marking)
        inside.addWidget(self.bar)
        inside.addWidget(self.done)

    def _connect(self) -> None:
        follow = self._follow
        self.start_button.clicked.connect(follow.start)
        self.stop_button.clicked.connect(follow.stop)
        self.bench_button.clicked.connect(follow.bench)
        self.wrong_button.clicked.connect(follow.wrong)
        self.rates.idClicked.connect(self._choose_rate)
        follow.changed.connect(self.show_state)

    @Slot()
    def show_state(self) -> None:
        """Show how it stands."""
        follow = self._follow
        progress, on = follow.progress, follow.on
        had_focus = self.start_button.hasFocus() or self.stop_button.hasFocus()
        self.start_button.setVisible(not on)
        self.stop_button.setVisible(on)
        if had_focus:
            shown = self.stop_button if on else self.start_button
            shown.setFocus(Qt.FocusReason.OtherFocusReason)
        self.start_button.setEnabled(follow.can_start)
        self._marking.setVisible(on)
        bench = self.tr("Back on") if follow.off_now else self.tr("Off now")
        self.bench_button.setText(keys.after_key(bench, Key.BENCH))
        chosen = self.rates.button(int(follow.rate)) if follow.rate in RATES else None
        self.rates.setExclusive(chosen is not None)
        for button in self.rates.buttons():
            button.setChecked(button is chosen)
        share = float(progress.watched / progress.total) if progress.total else 0.0
        self.bar.show_share(share, at_rest=not on)
        text = self.tr("{watched} of {total} watched")
        self.done.setText(text.format(watched=clock(progress.watched), total=clock(progress.total)))
        self.hint.setText(self._hint_words())

    def _hint_words(self) -> str:
        follow, left = self._follow, self._follow.progress.left
        if follow.on:
            return self.tr("Click on the player when the ring is on somebody else.")
        if not follow.progress.total:
            return self.tr("There are no shifts yet.")
        if not left:
            return self.tr("All of it was watched or accepted.")
        text = self.tr("Plays only what is proposed, about {duration} at {rate}×.")
        duration = words.duration_words(float(left) / follow.rate)
        return text.format(duration=duration, rate=f"{follow.rate:g}")

    @Slot(int)
    def _choose_rate(self, rate: int) -> None:
        self._follow.set_rate(float(rate))
