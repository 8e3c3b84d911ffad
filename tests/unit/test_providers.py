"""The detector's execution provider: the best that works, and the processor when none does."""

import numpy as np
import onnxruntime
import pytest

from shiftclipper.paths import resource_path
from shiftclipper.vision import providers

MODEL = resource_path("models", "skater.onnx").read_bytes()


class Session:
    """A session that answers as the processor does, but for what it adds."""

    def __init__(self, real, added):
        self._real, self._added = real, added

    def run(self, names, feed):
        return [np.asarray(one) + self._added for one in self._real.run(names, feed)]

    def __getattr__(self, name):
        return getattr(self._real, name)


@pytest.fixture
def graphics(monkeypatch):
    """Pretend that DirectML is there; its sessions are what `make` makes of real ones."""
    real = onnxruntime.InferenceSession
    makers = {}

    def opened(model, options, providers):
        session = real(model, options, providers=["CPUExecutionProvider"])
        return makers["make"](session) if providers[0] == "DmlExecutionProvider" else session

    monkeypatch.setattr(onnxruntime, "InferenceSession", opened)
    listed = ["DmlExecutionProvider", "CPUExecutionProvider"]
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: listed)
    return makers


def test_a_provider_that_gives_what_the_processor_gives_is_used(graphics):
    graphics["make"] = lambda session: Session(session, 1e-4)
    assert isinstance(providers.open_session(MODEL, onnxruntime.SessionOptions()), Session)


def test_a_provider_that_gives_something_else_is_not_used(graphics):
    graphics["make"] = lambda session: Session(session, 50.0)
    assert not isinstance(providers.open_session(MODEL, onnxruntime.SessionOptions()), Session)


def test_a_listed_provider_that_cannot_be_opened_leaves_the_processor(graphics):
    def fail(session):
        raise RuntimeError("no device")

    graphics["make"] = fail
    assert not isinstance(providers.open_session(MODEL, onnxruntime.SessionOptions()), Session)


def test_graphics_processors_are_tried_best_first():
    listed = ["CPUExecutionProvider", "CoreMLExecutionProvider", "CUDAExecutionProvider"]
    assert providers.candidates(listed) == ["CUDAExecutionProvider", "CoreMLExecutionProvider"]
