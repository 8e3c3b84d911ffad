"""What helps to get the shifts right, beside the picture: the questions, and watching the shifts through."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from shiftclipper.jobs.store import Store
from shiftclipper.ui import keys
from shiftclipper.ui.controls import column
from shiftclipper.ui.job_actions import JobActions
from shiftclipper.ui.job_model import JobEntry
from shiftclipper.ui.keys import Action as Key
from shiftclipper.ui.picture.panel import PicturePanel
from shiftclipper.ui.review.follow import Follow
from shiftclipper.ui.review.follow_card import FollowCard
from shiftclipper.ui.review.question_cards import QuestionCards
from shiftclipper.ui.review.resolver import Resolver
from shiftclipper.ui.theme import Theme


class ReviewSide(QWidget):
    """Holds both, and gives the keys that both take to the one that is used."""

    def __init__(
        self, store: Store, theme: Theme, actions: JobActions, picture: PicturePanel, resolver: Resolver
    ) -> None:
        """Begin without a job."""
        super().__init__()
        self._picture = picture
        self.cards = QuestionCards(store, theme, actions, picture, resolver)
        self.follow = Follow(store, actions, picture, resolver, self)
        self.follow_card = FollowCard(theme, self.follow)
        inside = column(self, spacing=2)
        inside.addWidget(self.cards)
        inside.addWidget(self.follow_card)
        self.follow.changed.connect(self._make_room)
        # Of the picture, so that they work when it fills the screen.
        keys.bind(picture, Key.FOLLOW, self.watch)
        keys.bind(picture, Key.BENCH, self.bench)

    def show_entry(self, entry: JobEntry) -> None:
        """Show a job as the database has it now. Call it after the picture's."""
        self.follow.show_entry(entry)
        self.cards.show_entry(entry)

    @property
    def is_idle(self) -> bool:
        """Whether no pictures of people are being taken."""
        return self.cards.is_idle

    @Slot()
    def watch(self) -> None:
        """Watch the shifts, go on with it, or end it."""
        if self.isVisible():
            self.follow.toggle()

    @Slot()
    def bench(self) -> None:
        """Say that the player is off the ice: now, at the question, or at the picture that is shown."""
        if self.follow.on:
            self.follow.bench()
        elif self.cards.isVisible() and self.cards.question is not None:
            self.cards.answer_bench()
        else:
            self._picture.picker.mark_off_ice()

    def right(self) -> bool:
        """Take Enter for the likeliest answer; say whether there was a question."""
        if not self.cards.isVisible() or self.cards.question is None:
            return False
        self.cards.answer_likeliest()
        return True

    def wrong(self) -> bool:
        """Take X for the shift that is played; say whether one was."""
        if not self.follow.on:
            return False
        self.follow.wrong()
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        """Watch no longer when the person goes to another step; a minimised window is no other step."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.follow.stop()

    @Slot()
    def _make_room(self) -> None:
        """Put the question away while shifts are watched: its keys and its moment are others."""
        self.cards.setVisible(not self.follow.on)
