"""Made-up setups, lists and models are read or refused in a sentence: seconds of tests/fuzz."""

import pytest

from tests.fuzz.parsers import TARGETS
from tests.fuzz.run_parsers import mutate


@pytest.mark.parametrize("target", sorted(set(TARGETS) - {"detector"}))
def test_made_up_input_is_read_or_refused_in_a_sentence(target):
    assert mutate(target, 1.0) > 20


def test_a_broken_model_is_refused_in_a_sentence():
    assert mutate("detector", 2.0) > 2
