"""Made-up setups, lists and models are read or refused in a sentence: seconds of tests/fuzz."""

import pytest

from shiftclipper.errors import UserError
from tests.fuzz.parsers import TARGETS
from tests.fuzz.run_parsers import mutate


@pytest.mark.parametrize("target", sorted(set(TARGETS) - {"detector"}))
def test_made_up_input_is_read_or_refused_in_a_sentence(target):
    assert mutate(target, 1.0) > 20


def test_a_broken_model_is_refused_in_a_sentence():
    assert mutate("detector", 2.0) > 2


def test_a_sentence_is_one_line_that_cannot_steer_a_terminal():
    said = str(UserError("found \x1b[2Jstart\x00\u202e,end\nof a name\udcff; write start,end – or “0:41”."))
    assert said == "found \ufffd[2Jstart\ufffd\ufffd,end of a name\ufffd; write start,end – or “0:41”."
    said.encode("utf-8")
