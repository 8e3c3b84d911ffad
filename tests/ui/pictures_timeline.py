"""Pictures of the Review step: `python -m tests.ui.pictures_timeline FOLDER [1.25 [FILM]]`, offscreen."""

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from shiftclipper.identity import Choice, Question
from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.store import Store
from shiftclipper.ui.main_window import MainWindow
from shiftclipper.ui.opening import SystemPrograms
from shiftclipper.ui.steps import Step
from shiftclipper.ui.theme import Theme
from tests.ui.pictures import SCHEMES, _no_sample
from tests.ui.reviewed_games import reviewed_game, small_film

SIZES = ((1024, 680), (1280, 800), (2560, 1440))


def take_pictures(folder: Path, font_scale: float = 1.0, film: Path | None = None) -> None:
    """Write a picture of each state of Review, in each size and scheme."""
    application = QApplication.instance() or QApplication(["pictures"])
    assert isinstance(application, QApplication)
    theme = Theme(application, font_scale=font_scale)
    with tempfile.TemporaryDirectory() as place:
        film = film or small_film(Path(place) / "Sat vs HC Nord.mp4", seconds=600, size="640x360")
        bus = JobBus()
        with Store(Path(place) / "data", on_change=bus.job_changed.emit) as store:
            one = reviewed_game(store, film, shifts=22)
            two = reviewed_game(store, film, title="Sun cup", shifts=14, players=("Sam", "Ida", "Mattis"))
            window = MainWindow(store, bus, theme, make_sample=_no_sample, programs=SystemPrograms())
            window.show()
            _show(window, one)
            _grab_all(theme, window, folder, "review")
            window.review.editing.accept()
            window.review.editing.reject()
            window.review.below.timeline.zoom_in()
            window.review.below.timeline.zoom_in()
            window.review.below.timeline.zoom_in()
            QTest.qWait(300)
            timeline = window.review.below.timeline
            QTest.mouseMove(timeline, QPoint(timeline.width() // 2, timeline.height() - 20))
            QTest.qWait(600)
            _grab_all(theme, window, folder, "review-judged")
            _ask(window, one)
            _grab_all(theme, window, folder, "review-question")
            _show(window, two)
            _grab_all(theme, window, folder, "review-players")
            window._go_to_step(Step.PICK)
            _grab_all(theme, window, folder, "pick-players")
            window.shut_down()
            window.close()


def _show(window: MainWindow, job_id: str) -> None:
    window.choose(job_id)
    while window.game_page.picture.playback.film is None or not window.is_idle:
        QTest.qWait(20)
    QTest.qWait(500)


def _ask(window: MainWindow, job_id: str) -> None:
    """Ask about five people at one moment, as the resolver does."""
    tops = [(120 + 90 * number, 130 + 12 * number) for number in range(5)]
    people = [
        Choice(number, x + 12.0, y + 30.0, (x, y, x + 24.0, y + 60.0), 0.5 - 0.08 * number)
        for number, (x, y) in enumerate(tops)
    ]
    question = Question(222.0, tuple(people), 0.08, 41.0)
    window.resolver.questions_ready.emit(job_id, 0, (question, Question(300.0, tuple(people[:3]), 0.1, 12.0)))
    window.review.side.cards.look()
    QTest.qWait(500)


def _grab_all(theme: Theme, window: MainWindow, folder: Path, name: str) -> None:
    for size in SIZES:
        window.resize(*size)
        for scheme, value in SCHEMES.items():
            theme.force(value)
            QTest.qWait(150)
            window.grab().save(str(folder / f"{name}-{size[0]}-{scheme}.png"))


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    take_pictures(
        target,
        float(sys.argv[2]) if len(sys.argv) > 2 else 1.0,
        Path(sys.argv[3]) if len(sys.argv) > 3 else None,
    )
