"""Hardware decoding is used only after it has given the same pictures in less time."""

import numpy as np
import pytest

from shiftclipper.media import hardware_decoding
from shiftclipper.media.ffmpeg import locate
from tests.media_corpus import Corpus

pytestmark = pytest.mark.xdist_group("media")


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    corpus = Corpus(tmp_path_factory.getbasetemp() / "media-corpus", locate())
    return corpus.path("cfr30")


@pytest.fixture
def methods(monkeypatch):
    """Three methods, `answers` of which say how they change the pictures and the time; None fails."""
    answers = {}
    real = hardware_decoding._trial

    def trial(ffmpeg, path, method, stop):
        pictures, _ = real(ffmpeg, path, "", stop)
        if method == "":
            return pictures, 1.0
        if answers[method] is None:
            return None
        added, seconds = answers[method]
        return (pictures.astype(np.int16) + added).clip(0, 255).astype(np.uint8), seconds

    monkeypatch.setattr(hardware_decoding, "_trial", trial)
    monkeypatch.setattr(hardware_decoding, "_listed", lambda ffmpeg: set(answers))
    monkeypatch.setattr(
        hardware_decoding, "METHODS", dict.fromkeys(hardware_decoding.METHODS, ("a", "b", "c"))
    )
    return answers


@pytest.mark.parametrize(
    ("answers", "chosen"),
    [
        ({"a": None, "b": (0, 0.5), "c": (0, 0.4)}, "c"),
        ({"a": (9, 0.1), "b": (0, 0.5)}, "b"),
        ({"a": (0, 0.95), "b": None}, ""),
        ({}, ""),
    ],
)
def test_the_fastest_method_that_gives_the_right_pictures_is_chosen(film, methods, answers, chosen):
    methods.update(answers)
    assert hardware_decoding.find_decoding(locate(), film) == chosen


def test_what_is_chosen_on_this_machine_decodes(film):
    method = hardware_decoding.find_decoding(locate(), film)
    assert method in ("", *hardware_decoding._listed(locate()))
    tried = hardware_decoding._trial(locate(), film, method, None)
    assert tried is not None
    assert len(tried[0]) > 100


def test_a_method_that_does_not_exist_fails_and_says_nothing(film):
    assert hardware_decoding._trial(locate(), film, "no_such_method", None) is None
