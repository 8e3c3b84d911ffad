"""A whole session of the window over a fresh data folder, with stages that do as they are told."""

import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from shiftclipper.jobs.rows import ALL_STAGES, JobStatus
from shiftclipper.jobs.stage import StageContext
from shiftclipper.media.ffmpeg import locate
from shiftclipper.ui.application import Session
from shiftclipper.ui.main_window import MainWindow
from shiftclipper.ui.opening import SystemPrograms
from tests.stub_stages import Stub

PATIENCE = 10_000
"""Milliseconds to wait for what happens in threads."""


@dataclass
class ShownFiles(SystemPrograms):
    """Notes what would be shown."""

    opened: list[Path] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)

    def open_file(self, path: Path) -> None:
        """Note a file."""
        self.opened.append(path)

    def show_in_folder(self, path: Path) -> None:
        """Note what is shown in its folder."""
        self.folders.append(path)


class Desk:
    """A session with what a test needs to work it and to look behind it."""

    def __init__(self, session: Session, programs: ShownFiles, stages: dict[str, Stub]) -> None:
        """Take a session that is shown."""
        self.session = session
        self.store = session.store
        self.window: MainWindow = session.window
        self.programs = programs
        self.stages = stages

    def status(self, job_id: str) -> JobStatus:
        """Return a job's status in the database."""
        return self.store.job(job_id).status

    def job(self, title: str) -> str:
        """Return the id of the only job with a title, or nothing."""
        found = [job.id for job in self.store.jobs() if job.title == title]
        return found[0] if len(found) == 1 else ""

    def listed(self) -> dict[str, JobStatus]:
        """Return what the window's list says."""
        entries = [self.window.jobs.entry(job_id) for job_id in self.window.jobs.ids()]
        return {entry.job.id: entry.job.status for entry in entries if entry is not None}


@pytest.fixture(autouse=True)
def keep_the_font(qapp: QApplication) -> Iterator[None]:
    """Give the application its font back: the next theme would take a larger text for the system's."""
    font = qapp.font()
    yield
    qapp.setFont(font)


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Small real films: the two halves of one game, another game, and files that only look like films."""
    folder = tmp_path_factory.mktemp("films")
    made = {}
    for name, size in (("Cup part 1", "160x96"), ("Cup part 2", "160x96"), ("Practice", "128x96")):
        made[name] = folder / f"{name}.mp4"
        source = f"testsrc=size={size}:rate=25:duration=2"
        command = [locate().path, "-v", "error", "-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p"]
        subprocess.run([*map(str, command), str(made[name])], check=True, timeout=60)
    made["truncated"] = folder / "truncated.mp4"
    made["truncated"].write_bytes(made["Practice"].read_bytes()[:900])
    made["line up"] = folder / "line up.pdf"
    made["line up"].write_bytes(b"%PDF-1.4 nothing that moves")
    made["empty"] = folder / "empty.mov"
    made["empty"].touch()
    return made


@pytest.fixture
def programs() -> ShownFiles:
    """What stands in for the system's programs."""
    return ShownFiles()


@pytest.fixture
def open_desk(
    qapp: QApplication, tmp_path: Path, programs: ShownFiles, films: dict[str, Path]
) -> Iterator[Callable[..., Desk]]:
    """Open sessions; they are closed at the end."""
    desks = []

    def draw(folder: Path, stop: threading.Event, on_share: Callable[[float], None]) -> Sequence[Path]:
        on_share(0.5)
        setup = folder / "sample.setup.json"
        setup.write_text('{"players": [{"name": "Target", "clicks": [{"t": 1, "x": 0.5, "y": 0.5}]}]}')
        return [films["Practice"], setup]

    def open_one(data: Path = tmp_path / "data", **work: Callable[[StageContext], object]) -> Desk:
        stages = {name: Stub(name, *([work[name]] if name in work else [])) for name in ALL_STAGES}
        session = Session(qapp, data, lambda: list(stages.values()), make_sample=draw, programs=programs)
        session.window.show()
        while session.runner is None:
            qapp.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        desk = Desk(session, programs, stages)
        desks.append(desk)
        return desk

    yield open_one
    for desk in desks:
        desk.session.close()


def held(gate: threading.Event) -> Callable[[StageContext], None]:
    """Work that goes on until the gate is opened, and heeds a stop."""

    def work(context: StageContext) -> None:
        context.progress(1, 4, "1 of 4 minutes of film")
        while not gate.is_set():
            context.check()
            context.stop.wait(0.01)

    return work


def drop(
    window: MainWindow, paths: Sequence[Path], on: QWidget | None = None, at: QPoint | None = None
) -> bool:
    """Drop files on the window as the system does; return whether it took them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    target = on or window
    place = QPointF(target.mapTo(window, at or target.rect().center()))
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place.toPoint(), copy, data, left, none)
    QApplication.sendEvent(window, enter)
    if not enter.isAccepted():
        return False
    event = QDropEvent(place, copy, data, left, none)
    QApplication.sendEvent(window, event)
    return event.isAccepted()
