"""Pictures of the questions and of following to look at, over an analysed game in a data folder:

    QT_QPA_PLATFORM=offscreen python -m tests.ui.pictures_review DATA_FOLDER PICTURES [FONT_SCALE]

The first job of the folder whose shifts were found is taken. Nothing is written to it.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QWidget

from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.store import Store
from shiftclipper.ui.controls import column
from shiftclipper.ui.job_actions import JobActions
from shiftclipper.ui.job_model import JobModel
from shiftclipper.ui.picture.panel import PicturePanel
from shiftclipper.ui.review.resolver import Resolver
from shiftclipper.ui.review.side import ReviewSide
from shiftclipper.ui.theme import Theme

SIZES = ((1280, 800), (2560, 1440))
SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
PATIENCE = 120.0
"""Seconds."""


def take_pictures(data: Path, folder: Path, font_scale: float) -> None:
    """Write a picture of each state, size and scheme."""
    application = QApplication.instance() or QApplication(["pictures"])
    assert isinstance(application, QApplication)
    theme = Theme(application, font_scale=font_scale)
    bus = JobBus()
    with Store(data, on_change=bus.job_changed.emit) as store:
        window = QWidget()
        actions = JobActions(store, bus, window)
        resolver = Resolver(store, bus, actions, window)
        picture = PicturePanel(store, theme, actions)
        side = ReviewSide(store, theme, actions, picture, resolver)
        _lay_out(window, picture, side)
        jobs = JobModel(store, bus, window)
        job_id = next(job.id for job in store.jobs() if store.shifts(job.id))

        def show() -> None:
            entry = jobs.entry(job_id)
            assert entry is not None
            picture.show_entry(entry)
            side.show_entry(entry)

        jobs.entry_changed.connect(show)
        window.show()
        show()
        resolver.show(job_id)

        def wait(condition: Callable[[], bool]) -> None:
            until = time.monotonic() + PATIENCE
            while not condition() and time.monotonic() < until:
                application.processEvents()
                time.sleep(0.005)

        def grab(name: str) -> None:
            for size in SIZES:
                window.resize(*size)
                side.parentWidget().setFixedWidth(min(26 * 17, round(size[0] * 0.235)))
                for scheme, value in SCHEMES.items():
                    theme.force(value)
                    for _ in range(10):
                        application.processEvents()
                    window.grab().save(str(folder / f"{name}-{size[0]}-{scheme}.png"))

        playback = picture.playback
        wait(lambda: playback.film is not None and picture.is_idle and not playback.seeking)
        wait(lambda: side.cards.question is not None)
        grab("card-before")
        side.cards.look()
        wait(lambda: not playback.seeking)
        grab("card")
        side.cards.answer_likeliest()
        wait(lambda: not playback.seeking and resolver.is_idle)
        grab("next-card")
        side.follow.set_rate(2.0)
        side.follow.start()
        wait(lambda: any(one.start + 1 < playback.position < one.end for one in store.shifts(job_id)))
        playback.pause()
        grab("following")
        side.follow.stop()
        while side.cards.question is not None:
            side.cards.skip()
        grab("skipped")
        picture.shut_down()
        resolver.close()
        actions.close()
        window.close()


def _lay_out(window: QWidget, picture: PicturePanel, side: ReviewSide) -> None:
    panel = QFrame()
    panel.setObjectName("playerPanel")
    inside = column(panel, margin=4)
    inside.addWidget(side)
    inside.addStretch()
    centre = QScrollArea()
    centre.setObjectName("page")
    centre.setWidgetResizable(True)
    body = QWidget()
    body.setObjectName("pageBody")
    column(body, margin=4).addWidget(picture)
    centre.setWidget(body)
    across = QHBoxLayout(window)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(0)
    across.addWidget(centre, 1)
    across.addWidget(panel)


if __name__ == "__main__":
    target = Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as copy:
        shutil.copytree(sys.argv[1], copy, dirs_exist_ok=True)
        take_pictures(Path(copy), target, float(sys.argv[3]) if len(sys.argv) > 3 else 1.0)
