"""Made-up setups, lists and models are read or refused in a sentence: seconds of tests/fuzz."""

import pytest

from shiftclipper.errors import UserError
from tests.fuzz.odd_json import odd
from tests.fuzz.parsers import TARGETS, old_job, score, setup
from tests.fuzz.run_parsers import JSON_TARGETS, mutate

FOUND = b'{"shifts": [{"start": 2, "end": 41.5}]}'


@pytest.mark.parametrize("target", sorted(set(TARGETS) - {"detector"}))
def test_made_up_input_is_read_or_refused_in_a_sentence(target):
    assert mutate(target, 1.0) > 20


@pytest.mark.parametrize("target", JSON_TARGETS)
def test_odd_values_in_the_right_shape_are_read_or_refused_in_a_sentence(target):
    assert mutate(target, 1.0, 3001, odd) > 20


def test_what_such_values_once_broke_stays_mended():
    setup(b'{"player_number": "17", "clicks": [{"t": 1, "x": 0.5, "y": 0.5}], "camera_mode": {}}')
    for name in ("9" * 5000, r"\ud800.mp4"):
        old_job(b'{"job_id": "a1", "video_path": "%b"}\n\n{}\n\n{}' % name.encode())
    for moment in ("1e999", f'"{"9" * 5000}"', "NaN", "-1", "1" + "0" * 400):
        score(b'{"target": 3, "players": [{"id": 3, "shifts": [[1, %b]]}]}\n\n' % moment.encode() + FOUND)
    score(b'{"target": %b, "players": []}\n\n' % (b"[" + b"null, " * 999 + b"null]") + FOUND)


def test_a_broken_model_is_refused_in_a_sentence():
    assert mutate("detector", 2.0) > 2


def test_a_sentence_is_one_line_that_cannot_steer_a_terminal():
    said = str(UserError("found \x1b[2Jstart\x00\u202e,end\nof a name\udcff; write start,end – or “0:41”."))
    assert said == "found \ufffd[2Jstart\ufffd\ufffd,end of a name\ufffd; write start,end – or “0:41”."
    said.encode("utf-8")
