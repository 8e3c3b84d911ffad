"""The pictures of README and guide: `python -m tests.ui.pictures_help [FOLDER] [--film FILM.mp4]`, offscreen.

Runs the real window over the sample game, from the drop to the finished reel, and takes a picture of each
step at 1280×800, light and dark. Prints how many clicks and keys it took from the drop to the reel.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QPointF, Qt
from PySide6.QtWidgets import QApplication

from shiftclipper.jobs.rows import JobStatus
from shiftclipper.jobs.setup import ClickKind
from shiftclipper.media.ffmpeg import locate
from shiftclipper.sample import write_sample
from shiftclipper.ui.application import Session, _all_stages
from shiftclipper.ui.picture.changes import renamed, with_bench
from tests.ui.pictures import SCHEMES, _no_sample

ROOT = Path(__file__).parents[2]
SIZE = (1280, 800)
SECONDS = 300
"""Of the sample game: long enough for three shifts of the player."""
QUALITY = 86
SHOWN_PLACE = "/home/sam/Videos/ShiftClipper/Home vs Bears"
"""Where the pictures say that files go, in place of a temporary folder."""
PATIENCE = 1800.0
"""Seconds."""


class Tour:
    """Goes through the four steps and takes pictures."""

    def __init__(self, application: QApplication, place: Path, folder: Path) -> None:
        """Open the window over an empty data folder."""
        self._application, self._folder = application, folder
        self._session = Session(application, place / "data", _all_stages, make_sample=_no_sample)
        self._window = self._session.window
        self._window.resize(*SIZE)
        self._window.show()
        self._job = ""
        self.actions = 0
        """Clicks and keys of the person."""

    def take(self, film: Path) -> None:
        """Take the pictures."""
        setup = json.loads(film.with_suffix(".setup.json").read_text(encoding="utf-8"))
        self._drop(film)
        self._pick(setup["players"][0], setup["regions"]["bench"])
        self._review()
        self._export()
        self._session.close()

    def _drop(self, film: Path) -> None:
        self._window.take([film])
        self.actions += 1
        self._wait(lambda: bool(self._session.store.jobs()))
        self._job = self._session.store.jobs()[0].id
        self._wait(lambda: self._session.store.job(self._job).progress > 0.5)
        self._grab("drop")
        self._wait(lambda: self._session.store.job(self._job).status is JobStatus.DONE)
        self._wait(lambda: self._window.is_idle)

    def _pick(self, player: dict[str, Any], benches: list[list[list[float]]]) -> None:
        picture = self._window.game_page.picture
        for number, click in enumerate(player["clicks"]):
            self._show(Fraction(click["t"]).limit_denominator(1000))
            size = picture.canvas.picture_size
            place = QPointF(click["x"] * size.width(), click["y"] * size.height())
            picture.canvas.hovered.emit(place)
            if not number:
                self._grab("pick")
            picture.picker.mark(place, ClickKind.IS)
            self.actions += 1
            self._settle()
            if not number:
                self._say_more(player, benches)
        picture.canvas.hovered.emit(None)
        self._wait(lambda: bool(self._session.store.shifts(self._job)))
        self._settle()

    def _say_more(self, player: dict[str, Any], benches: list[list[list[float]]]) -> None:
        """Name the player and draw the benches, as somebody would who wants to help."""
        actions = self._window.actions_of_jobs
        actions.change_setup(self._job, renamed(0, player["name"], player["number"]))
        for bench in benches:
            actions.change_setup(self._job, with_bench(tuple((x, y) for x, y in bench)), what="regions")
        self.actions += 2 + sum(map(len, benches))
        self._settle()

    def _review(self) -> None:
        self._window.show_review()
        self._settle()
        shifts = self._session.store.shifts(self._job)
        middle = shifts[len(shifts) // 2]
        self._show(middle.start + (middle.end - middle.start) / 3)
        self._grab("review")
        for shift in shifts:
            self._session.store.corrections.judge_shift(shift.id, "accepted")
            self.actions += 1
        self._settle()

    def _export(self) -> None:
        self._window.show_export()
        self.actions += 1
        panel = self._window.parts.export
        self._settle()
        self._grab("export")
        panel.export()
        self.actions += 1
        self._wait(lambda: self._finished())
        self._settle()
        self._grab("done")

    def _finished(self) -> bool:
        return self._session.store.job(self._job).status is JobStatus.DONE and any(
            artifact.type == "reel" for artifact in self._session.store.artifacts(self._job)
        )

    def _show(self, moment: Fraction) -> None:
        playback = self._window.game_page.picture.playback
        self._wait(lambda: playback.film is not None)
        playback.seek(moment)
        self._wait(lambda: not playback.seeking)
        self._settle()

    def _grab(self, name: str) -> None:
        for scheme, value in SCHEMES.items():
            self._session.theme.force(value)
            self._turn(1.0)
            self._window.parts.export.folder.setText(SHOWN_PLACE)
            ending = "" if scheme == "light" else f"-{scheme}"
            target = self._folder / f"{name}{ending}.jpg"
            assert self._window.grab().toImage().save(str(target), "JPG", QUALITY)
        self._session.theme.force(Qt.ColorScheme.Light)

    def _settle(self) -> None:
        self._turn(0.3)
        self._wait(
            lambda: self._window.is_idle and self._session.store.job(self._job).status is JobStatus.DONE
        )
        self._turn(0.7)

    def _at_rest(self) -> bool:
        return self._window.is_idle and self._session.store.job(self._job).status is JobStatus.DONE

    def _turn(self, seconds: float) -> None:
        """Let the window do what it does, for some seconds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def _wait(self, done: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not done():
            self._turn(0.05)
            if time.monotonic() > end:
                raise TimeoutError("waited in vain")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "resources" / "help" / "pictures")
    parser.add_argument("--film", type=Path, help="a sample game that was drawn before")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    application = QApplication(["pictures"])
    with tempfile.TemporaryDirectory() as place:
        film = options.film
        if film is None:
            film = Path(place) / "Home vs Bears.mp4"
            write_sample(film, seconds=SECONDS, camera="fixed", ffmpeg=locate())
        tour = Tour(application, Path(place), options.folder)
        tour.take(film)
    print(f"{tour.actions} clicks and keys from the drop to the reel")
    return 0


if __name__ == "__main__":
    sys.exit(main())
