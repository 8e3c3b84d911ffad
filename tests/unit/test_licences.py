"""Whose work the program stands on is told whole."""

import re
import tomllib
from pathlib import Path

from shiftclipper.licences import notices, parts
from shiftclipper.media.ffmpeg import licence_of, locate

ROOT = Path(__file__).parents[2]


def test_every_package_that_the_program_needs_is_named_with_its_licence():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    direct = {re.match(r"[\w.-]+", one)[0].lower() for one in project["dependencies"]}
    named = {part.name.lower(): part for part in parts()}
    assert direct <= set(named)
    assert "pyside6-essentials" in {name.replace("_", "-") for name in named}, "what those need is named too"
    assert [part.name for part in named.values() if not part.licence and not part.texts] == []


def test_what_only_developers_use_is_not_named():
    assert not {"pytest", "mypy", "ruff", "hypothesis"} & {part.name.lower() for part in parts()}


def test_the_text_holds_every_licence_file_and_that_of_ffmpeg():
    text = notices(licence_of(locate()))
    assert "SIL OPEN FONT LICENSE" in text
    assert "ffmpeg" in text and "General Public License" in text
    assert all(one.strip() in text for part in parts() for one in part.texts)
    assert text.index("MIT licence") < 100
