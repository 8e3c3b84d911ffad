"""What works on this machine, tried rather than guessed."""

import importlib.metadata
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from shiftclipper.errors import UserError
from shiftclipper.paths import resource_path

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication

ROOM_BYTES = 2 << 30
"""Less free space than this is reported as too little for a game."""
MOSTLY_VISIBLE, SURE = 0.6, 0.4
"""Share of a person that must show, and score of a detection, to count in the trial of the detector."""
LEAST_FOUND, MOST_FOUND = 0.7, 2.0
"""Shares of the people in the drawn picture."""
LEAST_FRAMES = 15
"""Of the 25 in the film that is played."""
_STDERR = 2
"""Its number in every process."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was tried."""

    name: str
    works: bool
    needed: bool
    """Whether the program cannot do its main job without it."""
    detail: str
    """What was found, or what to do about it."""

    def as_dict(self) -> dict[str, object]:
        """Return the check ready for JSON."""
        return asdict(self)


def run_self_test(data_dir: Path) -> list[Check]:
    """Try everything the main job needs, and what would make it faster.

    What libraries say on stderr meanwhile is logged: a check's detail says what matters of it.
    """
    with _chatter_logged():
        return _checks(data_dir)


@contextmanager
def _chatter_logged() -> Iterator[None]:
    """Log what is written to the process's stderr inside the block, past Python too."""
    try:
        before = os.dup(_STDERR)
    except OSError:
        # A program without a console has none.
        yield
        return
    with tempfile.TemporaryFile() as heard:
        if sys.stderr is not None:
            sys.stderr.flush()
        os.dup2(heard.fileno(), _STDERR)
        try:
            yield
        finally:
            os.dup2(before, _STDERR)
            os.close(before)
            heard.seek(0)
            for line in heard.read().decode("utf-8", "replace").splitlines():
                _log.info("%s", line)


def _checks(data_dir: Path) -> list[Check]:
    checks = [
        _try("data folder", lambda: _data_folder(data_dir)),
        _try("free space", lambda: _free_space(data_dir)),
        _try("database", _database),
        _try("ffmpeg", _ffmpeg),
        _try("OpenCV", _opencv),
        _try("detector", _detector),
        _try("jersey numbers", _number_reader),
        _try("window", _window),
        _try("playing films", _playing, needed=False),
        _try("fonts", _fonts, needed=False),
    ]
    return checks + _encoders()


def _try(name: str, trial: Callable[[], str], *, needed: bool = True) -> Check:
    try:
        return Check(name, True, needed, trial())
    except Exception as error:  # whatever it is, it is the answer of the test
        return Check(name, False, needed, str(error) or type(error).__name__)


def _existing(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder


def _data_folder(data_dir: Path) -> str:
    try:
        with tempfile.TemporaryFile(dir=_existing(data_dir)) as file:
            file.write(b"test")
    except OSError as error:
        raise UserError(
            f"{data_dir} cannot be written ({error.strerror}); name another --data-dir"
        ) from error
    return str(data_dir)


def _free_space(data_dir: Path) -> str:
    free = shutil.disk_usage(_existing(data_dir)).free
    if free < ROOM_BYTES:
        raise UserError(f"only {free / 1e9:.1f} GB free in {data_dir}; a game needs about 2 GB")
    return f"{free / 1e9:.0f} GB in {data_dir}"


def _database() -> str:
    from shiftclipper.jobs.database import sqlite_version
    from shiftclipper.jobs.store import Store

    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        problems = store.check()
        if problems:
            raise UserError("; ".join(problems))
    return f"SQLite {sqlite_version()}"


def _ffmpeg() -> str:
    from shiftclipper.media.ffmpeg import locate

    found = locate()
    return f"{found.version} ({found.path})"


def _opencv() -> str:
    import cv2
    import numpy as np

    builds = sorted(
        name
        for name in ("opencv-python", "opencv-python-headless", "opencv-contrib-python")
        if _installed(name)
    )
    if len(builds) != 1:
        raise UserError(
            f"{' and '.join(builds) or 'no OpenCV'} installed; keep opencv-python-headless alone: "
            "pip uninstall the others and reinstall it"
        )
    small = cv2.resize(np.full((90, 160, 3), 200, np.uint8), (16, 9), interpolation=cv2.INTER_AREA)
    assert small.shape == (9, 16, 3), "a picture could not be resized"
    return f"{cv2.__version__} ({builds[0]})"


def _installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def _detector() -> str:
    """Look for people in a drawn picture in which it is known where they are."""
    import numpy as np
    import onnxruntime

    from shiftclipper.sample import Game
    from shiftclipper.vision.detector import Detector

    game = Game(7, 20.0, "pan")
    frame = game.fps * 5
    _, boxes, visible, on_ice = game.boxes(frame)
    there = np.asarray(boxes, np.float64)[on_ice & (visible > MOSTLY_VISIBLE)]
    found = Detector.load().detect(game.frame(frame))
    found = found[found[:, 4] >= SURE]
    middle = (found[:, None, :2] + found[:, None, 2:4]) / 2
    seen = int(((middle >= there[:, :2]) & (middle <= there[:, 2:])).all(axis=2).any(axis=0).sum())
    size = resource_path("models", "skater.onnx").stat().st_size
    detail = f"found {seen} of {len(there)} people in a drawn picture"
    if seen < LEAST_FOUND * len(there) or len(found) > MOST_FOUND * len(there):
        raise UserError(f"{detail}, and {len(found) - seen} others; reinstall ShiftClipper")
    return (
        f"{detail}; onnxruntime {onnxruntime.__version__}, {size / 1e6:.1f} MB of weights, "
        f"{os.cpu_count()} cores"
    )


def _number_reader() -> str:
    """Read a number that is written large and plainly."""
    import cv2
    import numpy as np

    from shiftclipper.vision.number_reader import NumberReader

    back = np.full((64, 64, 3), 40, np.uint8)
    cv2.putText(back, "17", (6, 46), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (250, 250, 250), 4, cv2.LINE_AA)
    (read,) = NumberReader.load().read([back])
    if read.number != "17":
        raise UserError(f"the reader of jersey numbers takes 17 for {read.number}; reinstall ShiftClipper")
    return f"17 is read as 17, {read.probability:.2f} sure"


def _window() -> str:
    try:
        from PySide6 import QtCore, QtMultimedia, QtWidgets
    except ImportError as error:
        raise UserError(
            f"{error}; on Debian and Ubuntu: apt install libegl1 libpulse0 libxkbcommon0 libxcb-cursor0 "
            "libxcb-icccm4 libxcb-keysyms1"
        ) from error
    assert QtMultimedia and QtWidgets
    platform = _application().platformName()
    return f"Qt {QtCore.qVersion()} on {platform}"


def _playing() -> str:
    """Play a film of one second and count the pictures that arrive."""
    from shiftclipper.commands.trial_film import count_frames, write_trial_film
    from shiftclipper.media.ffmpeg import locate

    _application()
    with tempfile.TemporaryDirectory() as folder:
        film = write_trial_film(locate(), Path(folder) / "trial.mp4")
        frames = count_frames(film)
    if frames < LEAST_FRAMES:
        raise UserError(
            f"only {frames} pictures of a short film were shown: the window cannot play films here; install "
            "the system's video libraries"
        )
    return f"{frames} pictures of a short film"


def _fonts() -> str:
    from PySide6.QtGui import QFontDatabase, QFontMetrics

    application = _application()
    families = QFontDatabase.families()
    metrics = QFontMetrics(application.font())
    if not families or not all(metrics.inFontUcs4(ord(letter)) for letter in "Aåéüß0"):
        raise UserError("no font with European letters; install one, such as fonts-dejavu-core")
    return f"{len(families)} families, {application.font().family()}"


def _application() -> "QGuiApplication":
    """Return the application of Qt, without a screen where there is none."""
    from PySide6.QtGui import QGuiApplication

    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    known = QGuiApplication.instance()
    return known if isinstance(known, QGuiApplication) else QGuiApplication(sys.argv[:1])


def _encoders() -> list[Check]:
    from shiftclipper.media.encoders import list_encoders
    from shiftclipper.media.ffmpeg import locate

    try:
        trials = list_encoders(locate())
    except UserError:
        return []
    return [
        Check(f"encoder {trial.name}", trial.works, trial.name == "libx264", trial.reason or "works")
        for trial in trials
    ]
