"""The questions as cards: one at a time, answered with a key or a click, the next one at once."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from shiftclipper.errors import UserError
from shiftclipper.export.clock_text import clock
from shiftclipper.identity import Question
from shiftclipper.jobs.corrections import Corrections, SetupChanged
from shiftclipper.jobs.setup import ClickKind, Setup
from shiftclipper.jobs.store import Store
from shiftclipper.ui import keys
from shiftclipper.ui.controls import Bend, IconButton, column, label, row, set_kind
from shiftclipper.ui.flow import flow
from shiftclipper.ui.job_actions import JobActions
from shiftclipper.ui.job_model import JobEntry
from shiftclipper.ui.keys import Action as Key
from shiftclipper.ui.picture.panel import PicturePanel
from shiftclipper.ui.review import answers
from shiftclipper.ui.review.answer_tiles import AnswerTiles
from shiftclipper.ui.review.answers import Answer
from shiftclipper.ui.review.choice_marks import ChoiceMarks
from shiftclipper.ui.review.people_pictures import PeoplePictures, cut_out
from shiftclipper.ui.review.resolver import Resolver
from shiftclipper.ui.theme import Theme

MOST_CHOICES = 5
_REACH = 0.1
"""Seconds; the picture that is this near to a question shows its people."""


class QuestionCards(QFrame):
    """Shows the most valuable question about the picked player and takes the answer."""

    count_changed = Signal(int)
    """How many questions are left, the one that is shown included."""

    def __init__(
        self,
        store: Store,
        theme: Theme,
        actions: JobActions,
        picture: PicturePanel,
        resolver: Resolver,
        parent: QWidget | None = None,
    ) -> None:
        """Begin without a job."""
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(self.tr("Questions"))
        self._store, self._theme, self._actions = store, theme, actions
        self._picture, self._resolver = picture, resolver
        self._job_id, self._position = "", 0
        self._setup = Setup()
        self._waiting: list[Question] = []
        self._skipped: list[Question] = []
        self._written: list[Question] = []
        """Those whose answer is on its way to the database."""
        self._question: Question | None = None
        self._known = self._solving = self._asked = False
        self._outdated = False
        """Whether the shifts changed since questions were asked for, while this was not seen."""
        self._pictures = PeoplePictures(self)
        self.marks = ChoiceMarks(picture.canvas, picture.playback, self)
        self._build()
        self._connect()
        self._tell()

    # What is so

    @property
    def question(self) -> Question | None:
        """The question that is shown."""
        return self._question

    @property
    def count(self) -> int:
        """How many questions are left, the one that is shown included."""
        return len(self._waiting) + (self._question is not None)

    @property
    def left_words(self) -> str:
        """How much is left, in words."""
        return answers.left_words(self.count)

    # What is asked

    def show_entry(self, entry: JobEntry) -> None:
        """Show a job as the database has it now, and of it the player who is picked."""
        picker = self._picture.picker
        if picker.job_id != entry.job.id:
            return
        self._setup = picker.setup
        if (entry.job.id, picker.position) != (self._job_id, self._position):
            self._job_id, self._position = entry.job.id, picker.position
            self._waiting, self._skipped, self._known, self._asked = [], [], False, False
            self._show(None)
            self._ask()
        question = self._question
        if question is not None and answers.is_answered(question, self._setup, self._position):
            # Marked in the picture itself.
            self._next()
        self._tell()

    @Slot(int)
    def answer(self, number: int) -> None:
        """Answer that the player is a person of the card, counted from 0."""
        if self._question is not None and 0 <= number < len(self._question.choices):
            self._write(Answer(number))

    @Slot()
    def answer_none(self) -> None:
        """Answer that none of them is the player."""
        self._write(Answer())

    @Slot()
    def answer_bench(self) -> None:
        """Answer that the player is off the ice then."""
        self._write(Answer(off_ice=True))

    @Slot()
    def answer_likeliest(self) -> None:
        """Answer what is the likeliest."""
        if self._question is not None:
            self._write(answers.likeliest(self._question))

    @Slot()
    def skip(self) -> None:
        """Leave the question for later."""
        if self._question is not None and self.isVisible():
            self._skipped.append(self._question)
            self._next(jump=True)

    @Slot()
    def ask_again(self) -> None:
        """Show the questions that were skipped."""
        self._waiting, self._skipped = [*self._waiting, *self._skipped], []
        self._next(jump=True)

    @Slot()
    def look(self) -> None:
        """Show the moment of the question in the picture."""
        if self._question is not None:
            self._picture.playback.pause()
            self._picture.playback.seek(answers.moment(self._question))

    # Building

    @property
    def is_idle(self) -> bool:
        """Whether no pictures are being taken."""
        return self._pictures.is_idle

    def _build(self) -> None:
        self.title = label(kind="lead", wrap=True)
        self.time_button = IconButton(
            self._theme, "resume", "", kind="quiet", name=self.tr("Show this moment in the picture")
        )
        self.gain = label(kind="secondary", wrap=True)
        self.tiles = AnswerTiles(self._theme, MOST_CHOICES)
        self.none_button, self.bench_button = QPushButton(), QPushButton()
        self.skip_button = IconButton(self._theme, "next", self.tr("Skip"), kind="quiet")
        self.skip_button.setToolTip(keys.with_key(self.tr("Skip"), Key.SKIP))
        self.again_button = IconButton(self._theme, "undo", self.tr("Show them"))
        self.left = label(kind="secondary", wrap=True)
        inside = column(self, margin=3, spacing=2)
        inside.addWidget(self.title)
        inside.addWidget(self.gain)
        inside.addWidget(self.tiles)
        self._buttons = flow(self.none_button, self.bench_button)
        inside.addWidget(self._buttons)
        where, on = QWidget(), QWidget()
        foot = row(where, spacing=1)
        foot.addWidget(self.time_button)
        foot.addWidget(self.left, 1)
        buttons = row(on, spacing=1)
        buttons.addWidget(self.skip_button)
        buttons.addWidget(self.again_button)
        inside.addWidget(Bend(where, on))

    def _connect(self) -> None:
        self.tiles.chosen.connect(self.answer)
        self.none_button.clicked.connect(self.answer_none)
        self.bench_button.clicked.connect(self.answer_bench)
        self.skip_button.clicked.connect(self.skip)
        self.again_button.clicked.connect(self.ask_again)
        self.time_button.clicked.connect(self.look)
        self._resolver.questions_ready.connect(self._ready)
        self._resolver.solved.connect(self._solved)
        self._resolver.solving.connect(self._solves)
        self._picture.playback.position_changed.connect(self._take_pictures)
        self._picture.playback.film_changed.connect(self._show_film)
        self._pictures.taken.connect(self._take_pictures)
        slots = (self._answer_1, self._answer_2, self._answer_3, self._answer_4, self._answer_5)
        for action, slot in zip(keys.ANSWERS, slots, strict=True):
            # Of the picture, so that they work when it fills the screen.
            keys.bind(self._picture, action, slot)
        keys.bind(self._picture, Key.ANSWER_NONE, self.answer_none)
        keys.bind(self._picture, Key.SKIP, self.skip)
        self.marks.shown_changed.connect(self._ask_in_picture)

    @Slot()
    def _answer_1(self) -> None:
        self.answer(0)

    @Slot()
    def _answer_2(self) -> None:
        self.answer(1)

    @Slot()
    def _answer_3(self) -> None:
        self.answer(2)

    @Slot()
    def _answer_4(self) -> None:
        self.answer(3)

    @Slot()
    def _answer_5(self) -> None:
        self.answer(4)

    # Following

    @Slot(str, int, object)
    def _ready(self, job_id: str, position: int, questions: Sequence[Question]) -> None:
        """Take new questions; the one that is shown stays, so that nobody answers what just changed."""
        if (job_id, position) != (self._job_id, self._position):
            return
        try:
            # The window may not have heard of the newest answers yet.
            setup = self._store.setup(job_id)
        except UserError:
            return  # cleared meanwhile
        self._known = True
        told = [*self._skipped, *self._written, *([self._question] if self._question is not None else [])]
        self._waiting = [
            question
            for question in questions
            if not any(answers.same_moment(question, other) for other in told)
            and not answers.is_answered(question, setup, position)
        ]
        if self._question is None:
            self._next()
        self._take_next_pictures()
        self._tell()

    @Slot(str)
    def _solved(self, job_id: str) -> None:
        if job_id == self._job_id:
            self._asked = True
            self._ask()
            self._tell()

    def _ask(self) -> None:
        """Ask for questions, now or as soon as they can be seen."""
        self._outdated = not self.isVisible()
        if not self._outdated:
            self._resolver.questions(self._position)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask what could not be seen until now."""
        super().showEvent(event)
        self.marks.set_aside(False)
        self._take_pictures()
        if self._outdated and self._job_id:
            self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask nothing in the large picture either; a minimised window is put away anyhow."""
        super().hideEvent(event)
        self.marks.set_aside(True)

    @Slot(bool)
    def _solves(self, solving: bool) -> None:
        self._solving = solving
        self._tell()

    def _write(self, answer: Answer) -> None:
        question = self._question
        if question is None or not self.isVisible():
            return
        size = self._picture.canvas.picture_size
        marks = answers.marks_of(question, answer, (size.width(), size.height()))
        change = answers.with_marks(self._position, marks)
        job_id, what = self._job_id, answers.name_of(question)
        self._written.append(question)

        def write(corrections: Corrections) -> SetupChanged:
            try:
                return corrections.change_setup(job_id, change, what)
            finally:
                self._written.remove(question)

        self._actions.correct(job_id, write)
        self._next(jump=True)

    def _next(self, *, jump: bool = False) -> None:
        self._show(self._waiting.pop(0) if self._waiting else None)
        if jump:
            self.look()

    def _show(self, question: Question | None) -> None:
        self._question = question
        self.marks.show_question(None)
        if question is not None:
            likeliest = answers.likeliest(question)
            self.title.setText(answers.question_words(question, self._setup, self._position))
            self.marks.show_question(question)
            self.gain.setText(answers.gain_words(question))
            self.time_button.setText(clock(question.time))
            self.tiles.show_people(len(question.choices), likeliest.choice)
            alone = len(question.choices) == 1
            none = self.tr("No") if alone else self.tr("None of these")
            self.none_button.setText(keys.after_key(none, Key.ANSWER_NONE))
            self.bench_button.setText(keys.after_key(self.tr("Bench"), Key.BENCH))
            set_kind(self.bench_button, "likeliest" if likeliest.off_ice else "plain")
            enter = keys.with_key(self.tr("The likeliest"), Key.RIGHT)
            self.bench_button.setToolTip(enter if likeliest.off_ice else self.tr("Off the ice then"))
            self._take_pictures()
            self._take_next_pictures()
        self._tell()

    def _tell(self) -> None:
        """Show what there is to answer, or why there is nothing."""
        some = self._question is not None
        players = self._setup.players
        unknown = self._position >= len(players) or not players[self._position].clicks_of(ClickKind.IS)
        for widget in (self.time_button, self.gain, self.tiles, self._buttons, self.skip_button):
            widget.setVisible(some)
        self.again_button.setVisible(not some and bool(self._skipped))
        if some:
            self.left.setText(self.tr("{count} left").format(count=self.count))
            self.left.setToolTip(self.left_words)
        elif unknown:
            self.title.setText(self.tr("Questions come once you clicked on your player"))
            self.left.setText("")
        elif self._skipped:
            self.title.setText(self.tr("Skipped questions: {count}").format(count=len(self._skipped)))
            self.left.setText("")
        elif self._known and not self._solving:
            self.title.setText(self.tr("No questions left"))
            self.left.setText(self.tr("Watch the shifts once to be sure, or go on to Export."))
        else:
            looks = self._solving or self._asked
            later = self.tr("Questions come when the analysis is done")
            self.title.setText(self.tr("Looking for what is worth asking") if looks else later)
            self.left.setText("")
        self.left.setVisible(bool(self.left.text()))
        self.count_changed.emit(self.count)

    @Slot(bool)
    def _ask_in_picture(self, shown: bool) -> None:
        """Ask in the large picture too while it shows who is meant."""
        self._picture.picker.ask(self.title.text() if shown else "")

    # Pictures

    @Slot()
    def _show_film(self) -> None:
        self._pictures.open(self._picture.playback.film)
        self._take_pictures()

    @Slot()
    def _take_pictures(self) -> None:
        """Show the people: as they were cut out beforehand, or out of the picture when it shows them."""
        question, playback = self._question, self._picture.playback
        if question is None or self.tiles.have_pictures:
            return
        people = self._pictures.of(question)
        here = abs(float(playback.position) - question.time) <= _REACH
        if people is None and here and not playback.playing and not playback.seeking:
            picture = playback.sink.videoFrame().toImage()
            if not picture.isNull():
                people = cut_out(picture, question.choices, self._picture.canvas.picture_size.width())
        if people is not None:
            self.tiles.show_pictures(people)

    def _take_next_pictures(self) -> None:
        """Have the next card's people ready when it is shown."""
        if self._waiting and self.isVisible():
            self._pictures.of(self._waiting[0])
