"""What is seen before there is any game: a large drop zone and the sample game."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shiftclipper.ui.controls import IconButton, IconLabel, ThinBar, card, column, label, row
from shiftclipper.ui.drop_zone import DropZone
from shiftclipper.ui.queue.recent import RecentCard, RecentGames
from shiftclipper.ui.theme import Theme


class StartPage(QWidget):
    """Says what to do first."""

    sample_asked = Signal()
    """The person wants to see it work without a film of their own."""

    def __init__(self, theme: Theme, recent: RecentGames, parent: QWidget | None = None) -> None:
        """Make the page."""
        super().__init__(parent)
        self.setObjectName("page")
        self.drop_zone = DropZone(theme, large=True)
        self.sample_button = IconButton(theme, "sample", self.tr("Try it with the sample game"))
        self.sample_button.clicked.connect(self.sample_asked)
        self._sample_text = label(wrap=True, kind="secondary")
        self._sample_bar = ThinBar(theme)
        self._sample_bar.setAccessibleName(self.tr("Progress of the sample game"))
        sample, inside = card()
        line = row(spacing=3)
        line.addWidget(IconLabel(theme, "game", "accent"))
        words = column(spacing=1)
        words.addWidget(label(self.tr("No film at hand?"), "lead"))
        words.addWidget(self._sample_text)
        line.addLayout(words, 1)
        line.addWidget(self.sample_button)
        inside.addLayout(line)
        inside.addWidget(self._sample_bar)
        outside = column(self, margin=8, spacing=4)
        outside.addWidget(self.drop_zone, 1)
        outside.addWidget(sample)
        self.recent = RecentCard(recent, theme)
        outside.addWidget(self.recent)
        self.show_sample_idle()

    def show_sample_idle(self) -> None:
        """Offer the sample game."""
        self.sample_button.setEnabled(True)
        self._sample_bar.hide()
        self._sample_text.setText(
            self.tr("See every step on a short drawn game. It is made on this computer and needs no network.")
        )

    def show_sample_progress(self, share: float) -> None:
        """Show how far the sample game is drawn, 0 to 1."""
        self.sample_button.setEnabled(False)
        self._sample_bar.show()
        self._sample_bar.show_share(share)
        self._sample_text.setText(self.tr("Drawing the sample game. It then goes through every step."))
