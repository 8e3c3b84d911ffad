"""What strangers' texts and small files are given to: bytes in, nothing out but a refusal in a sentence."""

import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from shiftclipper.commands.files import score_files
from shiftclipper.errors import UserError
from shiftclipper.export.shifts_csv import parse_shifts, parse_time
from shiftclipper.jobs.legacy_jobs import FILES, read_legacy
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


def score(data: bytes) -> None:
    """What a game really held and what was found in it, each from what strangers wrote."""
    truth, _, results = data.partition(b"\n\n")

    def work() -> None:
        files = [_PLACE / "shiftclipper-fuzz-truth.json", _PLACE / "shiftclipper-fuzz-results.json"]
        for path, content in zip(files, (truth, results), strict=True):
            path.write_bytes(content)
        try:
            found = score_files(*files, None)
        finally:
            for path in files:
                path.unlink(missing_ok=True)
        json.dumps(found, allow_nan=False)

    _refusing(work)


def old_job(data: bytes) -> None:
    """A folder of the old server: its job, its setup and its results."""

    def work() -> None:
        with tempfile.TemporaryDirectory(prefix="old-job-") as name:
            folder = Path(name)
            (folder / "game.mp4").write_bytes(b"of which nothing is read")
            for file, content in zip(FILES, data.split(b"\n\n"), strict=False):
                (folder / file).write_bytes(content)
            read_legacy(folder)

    _refusing(work)


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
    "score": score,
    "old_job": old_job,
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
    "score": (
        b'{"target": 3, "players": [{"id": 3, "team": "home", "shifts": [[1.5, 40], [80, 121.25]]}]}\n\n'
        b'{"shifts": [{"start": 2, "end": 41.5, "confidence": 0.9}], "players": [{"name": "Sam"}]}',
    ),
    "old_job": (
        b'{"job_id": "a1", "created_at": "2025-11-02T10:00:00+00:00", "video_path": "/a1/game.mp4"}\n\n'
        b'{"player_number": "#17", "jersey_color": "#203524", "clicks": [{"t": 1.5, "x": 0.4, "y": 0.6}]}\n\n'
        b'{"status": "done", "progress": 100, "error": null, "updated_at": 1762077600.5, '
        b'"clips": [{"start": 0, "end": 3, "path": "/data/a1/clips/clip_001.mp4"}], '
        b'"shifts": [{"start": 1, "end": 2, "confidence": 0.8, "start_reason": "gate"}]}',
    ),
    "detector": (),
}
