"""Pictures of the window to look at: `python -m tests.ui.pictures FOLDER`, with QT_QPA_PLATFORM=offscreen."""

import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.store import Store
from shiftclipper.ui.application import StartRefusal
from shiftclipper.ui.arrivals import Arrivals, Refused
from shiftclipper.ui.grouping import Film, guess_games
from shiftclipper.ui.main_window import MainWindow
from shiftclipper.ui.opening import SystemPrograms
from shiftclipper.ui.theme import Theme
from tests.ui.made_jobs import Clock, one_of_each

SIZES = ((1024, 680), (1280, 800), (2560, 1440))
SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


def take_pictures(folder: Path, font_scale: float = 1.0) -> None:
    """Write a picture of each state, size and scheme."""
    application = QApplication.instance() or QApplication(["pictures"])
    assert isinstance(application, QApplication)
    theme = Theme(application, font_scale=font_scale)
    with tempfile.TemporaryDirectory() as place:
        bus, clock = JobBus(), Clock()
        with Store(Path(place) / "data", on_change=bus.job_changed.emit, now=clock) as store:
            window = MainWindow(store, bus, theme, make_sample=_no_sample, programs=SystemPrograms())
            window.show()
            _grab_all(application, theme, window, folder, "start")
            window.start_page.show_sample_progress(0.4)
            window.notice.say("No video was found on the disk Camera; connect it again.")
            _grab_all(application, theme, window, folder, "sample")
            window.notice.hide()
            ids = one_of_each(store, clock, Path(place))
            _settle(application, window)
            for state, job_id in ids.items():
                window.choose(job_id)
                _grab_all(application, theme, window, folder, state.replace(" ", "-"))
            window.choose(ids["running"])
            window.arrival_panel.show_arrivals(_arrivals(Path(place)))
            window.player_panel.notice.say(
                'In sam.json: players[0].clicks[2].t is "late"; allowed is a number from 0 to 360000 s.'
            )
            _grab_all(application, theme, window, folder, "arrivals")
            window.dragged_over.emit(True)
            _grab_all(application, theme, window, folder, "dragging")
            window.dragged_over.emit(False)
            _grab_dialogs(theme, window, ids["done"], folder)
            window.shut_down()
            window.close()


def _grab_all(application: QApplication, theme: Theme, window: MainWindow, folder: Path, name: str) -> None:
    for size in SIZES:
        window.resize(*size)
        for scheme, value in SCHEMES.items():
            theme.force(value)
            _settle(application, window)
            window.grab().save(str(folder / f"{name}-{size[0]}-{scheme}.png"))


def _grab_dialogs(theme: Theme, window: MainWindow, job_id: str, folder: Path) -> None:
    window.games.clear_asked.emit(job_id)
    box = QApplication.activeModalWidget()
    box.grab().save(str(folder / "clear.png"))
    box.close()
    refusal = StartRefusal(
        theme, "Another ShiftClipper uses /home/sam/games; close it, or name another folder."
    )
    refusal.show()
    QApplication.processEvents()
    refusal.grab().save(str(folder / "refusal.png"))
    refusal.close()


def _settle(application: QApplication, window: MainWindow) -> None:
    for _ in range(20):
        application.processEvents()
    window.jobs._read_changed()
    application.processEvents()


def _arrivals(folder: Path) -> Arrivals:
    films = [
        Film(folder / f"Home vs Bears part {n}.mp4", 1520.0 + n, 1_400_000_000, 0.0, (1920, 1080), 30.0)
        for n in (1, 2)
    ]
    refused = (
        Refused(folder / "line up.pdf", "line up.pdf is not a video; drop the film that the camera made."),
        Refused(
            folder / "GX010042.MP4", "GX010042.MP4 was cut off before its index was written; copy it again."
        ),
    )
    return Arrivals(guess_games(films), {}, (), refused)


def _no_sample(folder: Path, stop: threading.Event, on_share: Callable[[float], None]) -> Sequence[Path]:
    return []


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    take_pictures(target, float(sys.argv[2]) if len(sys.argv) > 2 else 1.0)
