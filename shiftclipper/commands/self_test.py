"""What works on this machine, tried rather than guessed."""

import importlib.metadata
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from shiftclipper.errors import UserError
from shiftclipper.paths import resource_path

ROOM_BYTES = 2 << 30
"""Less free space than this is reported as too little for a game."""


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
    """Try everything the main job needs, and what would make it faster."""
    checks = [
        _try("data folder", lambda: _data_folder(data_dir)),
        _try("free space", lambda: _free_space(data_dir)),
        _try("database", _database),
        _try("ffmpeg", _ffmpeg),
        _try("OpenCV", _opencv),
        _try("detector", _detector),
        _try("window", _window),
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
    import numpy as np
    import onnxruntime

    from shiftclipper.vision.detector import Detector

    detector = Detector.load()
    found = detector.detect(np.full((360, 640, 3), 235, np.uint8))
    if len(found) > 3:
        raise UserError("the detector sees people on empty ice; reinstall ShiftClipper")
    size = resource_path("models", "skater.onnx").stat().st_size
    return f"onnxruntime {onnxruntime.__version__}, {size / 1e6:.1f} MB of weights, {os.cpu_count()} cores"


def _window() -> str:
    try:
        from PySide6 import QtCore, QtMultimedia, QtWidgets
    except ImportError as error:
        raise UserError(
            f"{error}; on Debian and Ubuntu: apt install libegl1 libpulse0 libxkbcommon0 libxcb-cursor0 "
            "libxcb-icccm4 libxcb-keysyms1"
        ) from error
    assert QtMultimedia and QtWidgets
    return f"Qt {QtCore.qVersion()}"


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
