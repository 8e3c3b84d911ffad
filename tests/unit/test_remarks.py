"""What is told to the person: a key and values where it is found out, and one place for its English words."""

import ast
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import shiftclipper
from shiftclipper.jobs.kept_remarks import (
    evidence_in_english,
    kept_evidence,
    kept_remark,
    placeholders,
    sentence,
    told_in,
)
from shiftclipper.jobs.notes import in_english, noted
from shiftclipper.jobs.remark_words import ENGLISH
from shiftclipper.remarks import Remark
from tests.ui.catalogues import ROOT

LATER = {"key": "out-of-breath", "values": {"time": 3.0}}
"""What a later version may have kept."""

names = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
numbers = st.integers(0, 10**6) | st.floats(0, 36_000)


def made_in_the_code():
    """Yield the keys of each remark that the code makes, and the names of the values it gives."""
    for file in sorted((ROOT / shiftclipper.__name__).rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text())):
            if (
                isinstance(call, ast.Call)
                and getattr(call.func, "id", "") == "Remark"
                and file.stem != "kept_remarks"
            ):
                keys = {part.value for part in ast.walk(call.args[0]) if isinstance(part, ast.Constant)}
                values = call.args[1].keys if len(call.args) > 1 else []
                yield {key for key in keys if isinstance(key, str)}, {name.value for name in values}


def test_all_that_the_code_tells_has_words_with_just_its_values():
    made = list(made_in_the_code())
    assert set().union(*(keys for keys, _ in made)) == set(ENGLISH)
    for keys, values in made:
        for key in keys:
            assert placeholders(ENGLISH[key]) == values, key


@pytest.mark.parametrize(
    ("remark", "said"),
    [
        (Remark("clicked", {"time": 3723.96}), "you clicked on him at 1:02:04.0"),
        (Remark("out-of-sight", {"seconds": 7.04, "time": 112.0}), "out of sight for 7.0 s at 1:52.0"),
        (Remark("number-read", {"number": "07", "count": 12}), "number 07 read 12 times"),
        (Remark("number-read-once", {"number": "7"}), "number 7 read 1 time"),
        (
            Remark("film-cut-off", {"file": "{half}.mp4", "length": 3700, "end": 59}),
            "{half}.mp4 is cut off: it should be 1:01:40 long, but its pictures end at 0:59; what is there "
            "is used, so copy it again if the rest is wanted.",
        ),
    ],
)
def test_a_remark_is_told_in_english_with_its_times_as_on_a_clock(remark, said):
    assert sentence(remark) == said


@given(st.sampled_from(sorted(ENGLISH)), st.data())
def test_what_is_kept_is_read_back_and_can_be_told(key, data):
    given_values = {name: data.draw(names | numbers) for name in placeholders(ENGLISH[key])}
    remark = Remark(key, given_values)
    kept = json.loads(json.dumps([kept_remark(remark), kept_evidence(remark, -1.5)]))
    assert told_in(kept) == [remark, remark]
    assert all(sentence(told) for told in told_in(kept))
    assert evidence_in_english(kept[1:]) == [{"text": sentence(remark), "log_odds": -1.5}]


def test_sentences_of_earlier_versions_are_told_as_they_are():
    terms = [{"text": "your click", "log_odds": 4.0}, kept_evidence(Remark("on-at-bench"))]
    assert told_in(["It is so.", *terms]) == ["It is so.", "your click", Remark("on-at-bench")]
    assert evidence_in_english(terms) == [terms[0], {"text": "comes on at the bench", "log_odds": 0.0}]


@pytest.mark.parametrize(
    "kept", [LATER, {}, {"key": "clicked", "values": {}}, {"key": "clicked"}, {"key": 5}, 7, None, [[]]]
)
def test_what_has_no_words_here_is_left_out(kept):
    assert told_in([kept, "It is so."]) == ["It is so."]


def test_each_thing_is_noted_once_and_results_have_sentences():
    told = [Remark("click-on-nobody", {"time": time}) for time in (65.0, 65.0, math.pi)]
    perf = {"seconds": 1.0} | noted(told)
    assert in_english(perf) == {
        "seconds": 1.0,
        "notes": [
            "Nobody was found where you clicked at 1:05.0.",
            "Nobody was found where you clicked at 0:03.1.",
        ],
    }
    assert noted([]) == {} and in_english({"seconds": 1.0}) == {"seconds": 1.0}
