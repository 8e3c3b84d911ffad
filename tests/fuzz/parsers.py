"""What strangers' texts and small files are given to: bytes in, nothing out but a refusal in a sentence."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from shiftclipper.errors import UserError
from shiftclipper.export.shifts_csv import parse_shifts, parse_time
from shiftclipper.jobs.setup_file import read_setup, write_setup
from shiftclipper.ui.single_instance import _paths
from shiftclipper.vision.detector import Detector

LONGEST_SENTENCE = 1000
"""Characters; a refusal that is longer is no sentence."""
_PLACE = Path(tempfile.gettempdir())


class Talkative(AssertionError):
    """A refusal that nobody would read, or that shows raw control characters."""


def _refusing(work: Callable[[], object]) -> None:
    try:
        work()
    except UserError as error:
        text = str(error)
        if not text or len(text) > LONGEST_SENTENCE or "\x00" in text or "\x1b" in text:
            raise Talkative(repr(text[:2000])) from error


def setup(data: bytes) -> None:
    """A setup.json, whole or old; what was read must be read the same again from what is written."""

    def work() -> None:
        path = _PLACE / "shiftclipper-fuzz-setup.json"
        path.write_bytes(data)
        try:
            read = read_setup(path)
        finally:
            path.unlink(missing_ok=True)
        again = read_setup(write_setup(read))
        assert write_setup(again) == write_setup(read)

    _refusing(work)


def shifts(data: bytes) -> None:
    """A list of shifts."""
    _refusing(lambda: parse_shifts(data.decode("utf-8", "replace"), "shifts.csv"))


def moment(data: bytes) -> None:
    """A time as a person writes it; never negative, never endless."""

    try:
        time = parse_time(data.decode("utf-8", "replace"))
    except ValueError:
        return
    assert time >= 0


def second_start(data: bytes) -> None:
    """What comes over the socket of a second start."""
    try:
        _paths(data)
    except ValueError:
        return


def detector(data: bytes) -> None:
    """An ONNX file."""

    def work() -> None:
        path = _PLACE / "shiftclipper-fuzz.onnx"
        path.write_bytes(data)
        try:
            Detector.load(path, threads=1)
        finally:
            path.unlink(missing_ok=True)

    _refusing(work)


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "setup": setup,
    "shifts": shifts,
    "moment": moment,
    "second_start": second_start,
    "detector": detector,
}

SEEDS: Mapping[str, tuple[bytes, ...]] = {
    "setup": (
        b'{"preset": "fixed_wide", "players": [{"name": "Sam", "number": "17", "jersey_color": "#203524", '
        b'"clicks": [{"t": 12.4, "x": 0.41, "y": 0.63}], "not": [{"t": 80.0, "x": 0.2, "y": 0.5}], '
        b'"off_ice": [{"t": 95.0}]}], "opponent_color": "#ffffff", "regions": {"rink": [[0,0],[1,0],[1,1]], '
        b'"bench": [[[0.1,0.1],[0.2,0.1],[0.2,0.2]]]}, "periods": [[60, 1260]], "pre_roll": 2, "reel": 1}',
        b'{"player_number": "17", "jersey_color": [10, 20, 30], "clicks": [{"t": 1, "x": 100, "y": 50}], '
        b'"rink_polygon": [[0,0],[10,0],[10,10]], "polygon_coords_normalized": false, "camera_mode": "x"}',
        b'{"players": [{"clicks": []}], "players": 1e999}',
    ),
    "shifts": (b"start,end,label,player\n1,2.5,first,Sam\n0:01:02.5,0:01:40,,\n", b"start,end\n1:00,2:00\n"),
    "moment": (b"12.5", b"1:02:03.456", b"59:59", b"1e3"),
    "second_start": (b'["/a/b.mp4"]\n', b"[]\n"),
    "detector": (),
}
