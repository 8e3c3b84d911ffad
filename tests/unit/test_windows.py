"""A game followed in windows is followed as if it were followed at once."""

import numpy as np
import pytest

from shiftclipper.vision import windows
from shiftclipper.vision.tracker import track
from tests.unit.test_tracker import SIZE, film, line


@pytest.fixture
def skaters():
    """Ten people for 24 seconds, who meet, with boxes missing and boxes of nobody."""
    random = np.random.default_rng(11)
    people = [line(random.uniform([200, 200], [1000, 650]), random.normal(0, 25, 2), 24) for _ in range(10)]
    return film(*people, missed=0.1, false=0.3)[0]


def runs(tracklets):
    return {(one.start, one.end, one.begins, one.ends, one.boxes.tobytes()) for one in tracklets}


def test_seams_between_windows_leave_no_mark(skaters, monkeypatch):
    whole = track(skaters, SIZE)
    monkeypatch.setattr(windows, "WINDOW_SECONDS", 5.0)
    monkeypatch.setattr(windows, "MARGIN_SECONDS", 4.0)
    parts = track(skaters, SIZE)
    assert len(runs(whole) & runs(parts)) >= 0.9 * len(runs(whole))
    # Nobody's run ends only because a window does.
    assert len(parts) <= 1.1 * len(whole)


def test_no_box_is_given_twice_when_windows_disagree(skaters, monkeypatch):
    monkeypatch.setattr(windows, "WINDOW_SECONDS", 3.0)
    # Without a margin every window knows nothing of the one before.
    monkeypatch.setattr(windows, "MARGIN_SECONDS", 0.3)
    boxes = [
        (time, *box) for one in track(skaters, SIZE) for time, box in zip(one.times, one.boxes, strict=True)
    ]
    assert len(boxes) == len(set(boxes)) > 1000
