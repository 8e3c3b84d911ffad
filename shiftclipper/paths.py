"""Where the program's own files and the person's data are: source tree, wheel and frozen bundle alike."""

import os
import sys
from pathlib import Path

import platformdirs

DATA_VARIABLE = "SHIFTCLIPPER_DATA"


def resource_path(*parts: str) -> Path:
    """Return the path of a file that ships with the program, such as `("models", "skater.onnx")`.

    A frozen bundle keeps them beside the program, a wheel inside the package, a source tree at its top.
    The file need not exist.
    """
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [package / "resources", package.parent / "resources"]
    if frozen is not None:
        candidates.insert(0, Path(frozen) / "resources")
    root = next((folder for folder in candidates if folder.is_dir()), candidates[0])
    return root.joinpath(*parts)


def exports_dir() -> Path:
    """Return the folder for what is exported: `ShiftClipper` in the person's own folder of films.

    Nothing is created here.
    """
    return Path(platformdirs.user_videos_dir()) / "ShiftClipper"


def data_dir(chosen: str | os.PathLike[str] | None = None) -> Path:
    """Return the data folder: the chosen one, else $SHIFTCLIPPER_DATA, else the system's usual place.

    The folder is not created here.
    """
    named = chosen or os.environ.get(DATA_VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    return Path(platformdirs.user_data_dir("ShiftClipper", appauthor=False))
