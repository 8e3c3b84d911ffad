"""Which of onnxruntime's execution providers runs the detector: a graphics processor where one really works.

The wheel that is installed decides which there are; a listed one is not a working one, so each is tried on
one picture and must give what the processor gives.
"""

import logging
from collections.abc import Sequence

import numpy as np
import onnxruntime

LOG = logging.getLogger(__name__)
PREFERRED = ("CUDAExecutionProvider", "DmlExecutionProvider", "CoreMLExecutionProvider")
"""Best first; the processor is what remains."""
PROCESSOR = "CPUExecutionProvider"
TRIAL_SIDE = 128
"""Side of the picture for the trial where the file leaves it free."""
CLOSE = 0.02
"""Outputs may differ by this share of the largest value: providers add in other orders."""


def open_session(model: bytes, options: onnxruntime.SessionOptions) -> onnxruntime.InferenceSession:
    """Open a model with the best provider that works here.

    Args:
        model: the bytes of an ONNX file.
        options: threads and the like.
    Raises:
        What onnxruntime raises for a file that it cannot open at all.
    """
    plain = onnxruntime.InferenceSession(model, options, providers=[PROCESSOR])
    for name in candidates(onnxruntime.get_available_providers()):
        try:
            session = onnxruntime.InferenceSession(
                model, _options_for(name, options), providers=[name, PROCESSOR]
            )
            works = _agree(plain, session)
        except Exception as error:
            # onnxruntime's errors share no base class but this one.
            LOG.info("%s does not work here: %s", name, error)
            continue
        if works:
            LOG.info("The detector runs on %s", name)
            return session
        LOG.info("%s gives other results than the processor and is not used", name)
    return plain


def candidates(available: Sequence[str]) -> list[str]:
    """Return the providers worth a trial, best first."""
    return [name for name in PREFERRED if name in available]


def _options_for(name: str, options: onnxruntime.SessionOptions) -> onnxruntime.SessionOptions:
    if name == "DmlExecutionProvider":
        # DirectML knows neither memory patterns nor parallel execution.
        options.enable_mem_pattern = False
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    return options


def _agree(plain: onnxruntime.InferenceSession, other: onnxruntime.InferenceSession) -> bool:
    """Whether two sessions give the same outputs for one picture of noise."""
    feed = {}
    generator = np.random.default_rng(0)
    for port in plain.get_inputs():
        shape = [size if isinstance(size, int) and size > 0 else None for size in port.shape]
        kind = np.uint8 if port.type == "tensor(uint8)" else np.float32
        # The batch and the channels are the small sides.
        sides = [1 if place == 0 else TRIAL_SIDE for place in range(len(shape))]
        filled = [size or side for size, side in zip(shape, sides, strict=True)]
        feed[port.name] = generator.uniform(0, 255, filled).astype(kind)
    for expected, found in zip(plain.run(None, feed), other.run(None, feed), strict=True):
        expected, found = np.asarray(expected, np.float64), np.asarray(found, np.float64)
        if expected.shape != found.shape:
            return False
        if np.abs(expected - found).max(initial=0.0) > CLOSE * max(1.0, np.abs(expected).max(initial=0.0)):
            return False
    return True
