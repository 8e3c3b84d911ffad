"""Reading the number on a jersey with the text recogniser of RapidOCR (PP-OCR, Apache-2.0).

Its network alone is used, on crops of backs: looking for text in whole pictures takes far longer and finds
less. Its answer is a sequence of characters with a blank between them (connectionist temporal classification,
Graves et al., ICML 2006), of which only numbers of one or two digits are asked for.
"""

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from shiftclipper.errors import StageFailed
from shiftclipper.vision.providers import PROCESSOR

Array = NDArray[np.float64]
Picture = NDArray[np.uint8]

MODEL = Path("models") / "PP-OCRv6_rec_small.onnx"
"""Within the package rapidocr."""
HEIGHT, WIDTH = 48, 64
"""Of the network's input in pixels; the height is given, the width suits two digits."""
DIGITS = "0123456789"
BATCH = 8


@dataclass(frozen=True, slots=True)
class Read:
    """What a crop seems to say."""

    number: str
    """One or two digits, a leading zero kept; the likeliest of all of them."""
    probability: float
    """What the network gives to exactly this text; how far that is right is for `identity` to know."""


class NumberReader:
    """Reads crops of backs. One object may be used from one thread at a time."""

    def __init__(self, session: onnxruntime.InferenceSession, columns: NDArray[np.int64]) -> None:
        """Use `load`."""
        self._session = session
        self._columns = columns
        self._input = session.get_inputs()[0].name

    @classmethod
    def load(cls) -> Self:
        """Load the network; it does not change and never asks the network card for anything.

        Raises:
            StageFailed: RapidOCR is not installed as it should be.
        """
        package = importlib.util.find_spec("rapidocr")
        folders = [] if package is None else list(package.submodule_search_locations or ())
        path = next((Path(one) / MODEL for one in folders if (Path(one) / MODEL).is_file()), None)
        if path is None:
            raise StageFailed("The reader of jersey numbers is missing: install ShiftClipper again.")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(str(path), options, providers=[PROCESSOR])
        characters = session.get_modelmeta().custom_metadata_map["character"].splitlines()
        # Column 0 is the blank.
        columns = [0, *(1 + characters.index(digit) for digit in DIGITS)]
        return cls(session, np.array(columns, dtype=np.int64))

    def read(self, crops: Sequence[Picture]) -> list[Read]:
        """Read crops (h, w, 3), blue green red, of any sizes; one answer for each."""
        answers: list[Read] = []
        for start in range(0, len(crops), BATCH):
            pictures = np.stack([_fitted(crop) for crop in crops[start : start + BATCH]])
            (output,) = self._session.run(None, {self._input: pictures})
            answers += [likeliest(one[:, self._columns].astype(np.float64)) for one in np.asarray(output)]
        return answers


def _fitted(crop: Picture) -> NDArray[np.float32]:
    """Scale a crop to the input's height, fill up at the right; (3, HEIGHT, WIDTH), -1 to 1."""
    height, width = crop.shape[:2]
    room = min(WIDTH, max(16, round(HEIGHT * width / height)))
    scaled = cv2.resize(crop, (room, HEIGHT), interpolation=cv2.INTER_CUBIC)
    result = np.zeros((HEIGHT, WIDTH, 3), np.float32)
    result[:, :room] = scaled.astype(np.float32) / 127.5 - 1
    return np.ascontiguousarray(result.transpose(2, 0, 1))


def likeliest(chances: Array) -> Read:
    """Return the likeliest number of one or two digits.

    Args:
        chances: (T, 11) for each step the probabilities of the blank and of the ten digits; what is missing
            to 1 belongs to other characters.
    """
    blank, digit = chances[:, 0], chances[:, 1:]
    # Forward algorithm over all texts at once. Before the first digit, on it, after it, on the second, after.
    before = 1.0
    first, between = np.zeros(10), np.zeros(10)
    second, after = np.zeros((10, 10)), np.zeros((10, 10))
    other = 1 - np.eye(10)
    for none, some in zip(blank, digit, strict=True):
        after = (after + second) * none
        # The same digit twice needs a blank between.
        second = (second + between[:, None] + first[:, None] * other) * some
        between = (between + first) * none
        first = (first + before) * some
        before *= none
    single, double = first + between, second + after
    if single.max() >= double.max():
        return Read(DIGITS[int(single.argmax())], float(single.max()))
    tens, ones = np.unravel_index(int(double.argmax()), double.shape)
    return Read(DIGITS[int(tens)] + DIGITS[int(ones)], float(double.max()))
