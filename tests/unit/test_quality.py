"""How closely to look goes from setup.json and the command line to the size of the detector's input."""

import json
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pytest

from shiftclipper.errors import UserError
from shiftclipper.jobs.settings import load_preset
from shiftclipper.jobs.setup_file import read_setup
from shiftclipper.jobs.stages import analyse
from shiftclipper.vision import scale
from shiftclipper.vision.analyse import Sampling

SIZE = (1920, 1080)


@dataclass
class Eyes:
    """A detector that sees thirty people of 60 pixels in every picture."""

    input_size: tuple[int, int]

    def frame_size(self, region):
        return region

    def detect(self, image):
        boxes = np.tile([100.0, 100.0, 130.0, 160.0, 0.9], (30, 1))
        return boxes.astype(np.float32)


@pytest.fixture
def input_width(monkeypatch):
    """Return the detector's input width for settings, in a film whose people are 60 pixels tall."""
    pictures = [type("Picture", (), {"image": np.zeros((4, 4, 3), np.uint8)})()]
    monkeypatch.setattr(scale, "_probes", lambda *_: pictures)
    monkeypatch.setattr(analyse.Detector, "load", lambda _, input_size: Eyes(input_size))

    def width(settings):
        sampling = Sampling(None, Fraction(10), SIZE)
        return analyse.load_detector(settings, sampling, [], None).input_size[0]

    return width


def test_the_quality_in_setup_json_decides_how_large_pictures_are_looked_at(tmp_path, input_width):
    widths = []
    for quality in ("fast", "balanced", "thorough"):
        path = tmp_path / f"{quality}.json"
        player = {"name": "Sam", "clicks": [{"t": 12.4, "x": 0.41, "y": 0.63}]}
        path.write_text(json.dumps({"players": [player], "quality": quality}), encoding="utf-8")
        widths.append(input_width(read_setup(path).settings))

    assert widths == [544, 800, 1280]


def test_balanced_is_what_is_looked_at_when_nothing_is_said(input_width):
    assert input_width(load_preset("panning").settings) == 800


def test_only_the_three_qualities_are_taken():
    settings = load_preset("panning").settings

    assert settings.changed({"quality": "thorough"}).quality == "thorough"
    with pytest.raises(UserError, match="quality"):
        settings.changed({"quality": "splendid"})
