"""Whose work the program stands on is told whole."""

import re
import tomllib
from pathlib import Path

from shiftclipper.licences import licence_files, notices, parts
from shiftclipper.media.ffmpeg import licence_of, locate

ROOT = Path(__file__).parents[2]


def test_every_package_that_the_program_needs_is_named_with_its_licence():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    direct = {re.match(r"[\w.-]+", one)[0].lower() for one in project["dependencies"]}
    named = {part.name.lower(): part for part in parts()}
    assert direct <= set(named)
    assert "pyside6-essentials" in {name.replace("_", "-") for name in named}, "what those need is named too"
    assert [part.name for part in named.values() if not part.licence] == []
    assert [part.name for part in named.values() if not any(text.strip() for text in part.texts)] == []


def test_what_only_developers_use_is_not_named():
    assert not {"pytest", "mypy", "ruff", "hypothesis"} & {part.name.lower() for part in parts()}


def test_the_text_holds_every_licence_file_and_that_of_ffmpeg():
    text = notices(licence_of(locate()))
    assert "SIL OPEN FONT LICENSE" in text
    assert "ffmpeg" in text and "General Public License" in text
    assert all(one.strip() in text for part in parts() for one in part.texts)
    assert text.index("MIT licence") < 100
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text, "Qt's"
    assert "GNU GENERAL PUBLIC LICENSE" in text, "that of ffmpeg and its encoders, whole"
    assert re.search(r"\nPySide6 [\d.]+, PySide6_Addons [\d.]+, .*\n\nGNU LESSER", text), (
        "one text for all of Qt"
    )


def test_a_bundle_is_told_of_every_licence_file_outside_the_metadata():
    found = licence_files()
    assert all(path.is_file() for path, _ in found)
    places = {place.as_posix() for _, place in found}
    assert {"onnxruntime/LICENSE", "onnxruntime/ThirdPartyNotices.txt"} <= places
    assert not any(place.endswith(".py") for place in places)
