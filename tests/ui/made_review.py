"""A game to review: a real film with numbered pictures, a real store, the real picture and side."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shiftclipper.identity import Choice, Question
from shiftclipper.jobs.rows import NewShift, ShiftRow
from shiftclipper.jobs.setup import Click, ClickKind, PlayerSetup, Setup
from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.store import Store
from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.index import read_index
from shiftclipper.ui.job_actions import JobActions
from shiftclipper.ui.job_model import JobModel
from shiftclipper.ui.picture.boxes import Boxes
from shiftclipper.ui.picture.panel import PicturePanel
from shiftclipper.ui.review.side import ReviewSide
from shiftclipper.ui.theme import Theme
from tests.media_corpus import NO_BFRAMES, SIZE, X264, Kind, make, read_number

RATE = 25
FILM = Kind("review", rate=Fraction(RATE), frames=24 * RATE, video=(*X264, *NO_BFRAMES), audio=False)
"""24 seconds, each picture with its number."""
FIRST, SECOND = (Fraction(4), Fraction(6)), (Fraction(12), Fraction(14))
"""The shifts that were found."""
PEOPLE = ((40.0, 60.0, 60.0, 110.0), (150.0, 60.0, 170.0, 110.0), (260.0, 60.0, 280.0, 110.0))
"""Boxes of three people who stand still, in pixels of the film."""

KNOWN = Click(Fraction(27, 2), ClickKind.IS, 0.5, 0.5)
"""What the person had said of the player."""

Span = tuple[Fraction, Fraction]


class StandInResolver(QObject):
    """Finds and asks what a test says, whenever something was corrected."""

    solved = Signal(str)
    solving = Signal(bool)
    questions_ready = Signal(str, int, object)

    def __init__(self, store: Store, actions: JobActions) -> None:
        """Follow corrections."""
        super().__init__(actions)
        self._store, self._actions = store, actions
        self.job_id = ""
        self.offered: list[Question] = []
        self.finds: Callable[[Setup], Sequence[Span]] | None = None
        """Spans of the shifts, given what the person said; None leaves them as they are."""
        self.holds = False
        """Whether it takes its time, until `solve` is called."""
        actions.corrected.connect(self._corrected)

    @Slot(str)
    def _corrected(self, job_id: str) -> None:
        if not self.holds:
            self.solve()

    def solve(self) -> None:
        """Write what is found now."""
        if self.finds is not None:
            write_shifts(self._store, self.job_id, self.finds(self._store.setup(self.job_id)))
        self.solved.emit(self.job_id)

    def questions(self, position: int = 0) -> None:
        """Ask what is offered."""
        self.questions_ready.emit(self.job_id, position, tuple(self.offered))


def write_shifts(store: Store, job_id: str, spans: Sequence[Span]) -> None:
    """Write found shifts as a run does."""
    store.queue(job_id)
    run = store.claim(job_id)
    assert run is not None
    (player,) = store.players(job_id)
    run.replace_shifts(player.id, [NewShift(*span, 0.7, "gate", "gate") for span in spans])
    run.finish()


def question(
    time: float, people: Sequence[int] = (0, 1, 2), off: float = 0.1, gain: float = 40.0
) -> Question:
    """Return a question about some of the people, the first the likeliest."""
    choices = []
    for place, number in enumerate(people):
        left, top, right, bottom = PEOPLE[number]
        chance = (0.5, 0.3, 0.1)[place]
        choices.append(Choice(number, (left + right) / 2, (top + bottom) / 2, PEOPLE[number], chance))
    return Question(time, tuple(choices), off, gain)


class ReviewDesk:
    """The picture and its side in a window, over one analysed game."""

    def __init__(self, folder: Path, theme: Theme, offered: Sequence[Question] = ()) -> None:
        """Make the game and show it."""
        film = make(FILM, folder, locate())
        self.bus = JobBus()
        self.store = Store(folder / "data", on_change=self.bus.job_changed.emit)
        self.job_id = self._make_job(film)
        self.window = QWidget()
        self.actions = JobActions(self.store, self.bus, self.window)
        self.actions.leave_to_listener(self.job_id)
        self.resolver = StandInResolver(self.store, self.actions)
        self.resolver.job_id, self.resolver.offered = self.job_id, list(offered)
        self.picture = PicturePanel(self.store, theme, self.actions)
        self.side = ReviewSide(self.store, theme, self.actions, self.picture, self.resolver)
        self.jobs = JobModel(self.store, self.bus, self.window)
        self.jobs.entry_changed.connect(self.show)
        across = QHBoxLayout(self.window)
        # In a column, from where it can fill the screen and come back.
        middle = QWidget()
        QVBoxLayout(middle).addWidget(self.picture)
        across.addWidget(middle, 1)
        across.addWidget(self.side, 0, Qt.AlignmentFlag.AlignTop)
        self.side.setFixedWidth(300)
        self.window.resize(940, 560)
        self.window.show()
        self.window.activateWindow()
        self.show()
        self.numbers: list[int] = []
        """Of the pictures that were handed to the screen, in their order."""
        self.picture.playback.sink.videoFrameChanged.connect(self._note)

    def _make_job(self, film: Path) -> str:
        sam = PlayerSetup("Sam", "17", "#203524", (KNOWN,))
        job_id = self.store.create_job([film], title="Sat", setup=Setup(players=(sam,)))
        self.store.set_stages(job_id, ("ingest", "analyse", "identify"))
        self.store.queue(job_id)
        run = self.store.claim(job_id)
        assert run is not None
        index = read_index(film)
        (source,) = self.store.sources(job_id)
        for name in ("ingest", "analyse", "identify"):
            run.start_stage(name, "made")
            if name == "ingest":
                length = index.duration_seconds
                run.save_source(source.id, start=Fraction(0), duration=length, packet_index=index.to_bytes())
            run.finish_stage(name, {})
        run.finish()
        write_shifts(self.store, job_id, (FIRST, SECOND))
        return job_id

    @Slot()
    def show(self) -> None:
        """Show the job as the window does when it changed."""
        entry = self.jobs.entry(self.job_id)
        assert entry is not None
        self.picture.show_entry(entry)
        self.side.show_entry(entry)

    def show_people(self) -> None:
        """Let people be in the picture, once what the analysis left (nothing) was read."""
        people = np.array(PEOPLE, np.float32)
        self.picture.picker.show_boxes(Boxes.of_samples([(number / 10, people) for number in range(24 * 10)]))

    @property
    def is_ready(self) -> bool:
        """Say whether the film is shown and nothing is under way."""
        playback = self.picture.playback
        shown = playback.film is not None and not playback.seeking and bool(self.numbers)
        return shown and self.picture.is_idle and self.actions.is_idle

    @property
    def clicks(self) -> tuple[Click, ...]:
        """What the person said of the player since the game was made."""
        return self._without_known(self.store.setup(self.job_id))

    @property
    def shown_clicks(self) -> tuple[Click, ...]:
        """The same as the window has it."""
        return self._without_known(self.picture.picker.setup)

    def _without_known(self, setup: Setup) -> tuple[Click, ...]:
        return tuple(click for click in setup.players[0].clicks if click != KNOWN)

    def shifts(self) -> list[ShiftRow]:
        """Return the shifts in the database."""
        return self.store.shifts(self.job_id)

    def verdicts(self) -> dict[float, str]:
        """Return the verdict of each shift by its start."""
        return {float(shift.start): shift.verdict for shift in self.shifts()}

    def click_person(self, number: int) -> None:
        """Click into the middle of somebody in the picture."""
        left, top, right, bottom = PEOPLE[number]
        canvas = self.picture.canvas
        at = canvas.mapFromScene(QPointF((left + right) / 2, (top + bottom) / 2))
        QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)

    def close(self) -> None:
        """End in order."""
        self.picture.shut_down()
        self.actions.close()
        self.store.close()
        self.window.close()
        self.window.deleteLater()

    @Slot(QVideoFrame)
    def _note(self, frame: QVideoFrame) -> None:
        """Note the number of a picture that is handed to the screen."""
        image = frame.toImage().convertToFormat(QImage.Format.Format_BGR888)
        if image.isNull():
            return
        lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        pixels = lines[:, : 3 * image.width()].reshape(image.height(), image.width(), 3)
        self.numbers.append(read_number(pixels))


assert SIZE == (320, 192)
