"""Finding the people on the ice in a picture.

The detector is an ONNX file run by onnxruntime. The one that comes with the
program (resources/models/skater.onnx, see MODEL_CARD.md beside it) gives maps of centre points;
files of other layouts are read by `shiftclipper.vision.onnx_layouts`.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from shiftclipper.errors import UserError
from shiftclipper.paths import resource_path
from shiftclipper.vision.onnx_layouts import Detections, Layout, Port, recognise
from shiftclipper.vision.providers import PROCESSOR, open_session

Frame = NDArray[np.uint8]

DEFAULT_INPUT = (640, 352)
"""Width and height that frames are fitted into unless the caller or the file says otherwise."""
LEAST_SCORE = 0.05
"""Detections below this score are not reported unless the caller says otherwise."""
MOST_DETECTIONS = 200
"""Detections per frame at most; a rink with two full benches holds about sixty people."""
PADDING = 114
"""Grey level around a frame that does not have the input's shape."""
NO_RESIZE_BELOW = 1.12
"""A frame that would only be enlarged by less than this is padded instead: sharper and faster."""
MOST_WORKERS = 4
"""Pictures that the processor looks at at once; each takes some 50 MB."""
HALVE_ABOVE = 2.2
"""Frames are halved while they are larger than this many times the wanted size."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a frame lies in the network's input: scaled, then set into its upper left corner."""

    size: tuple[int, int]
    """Width and height of the scaled frame, in pixels of the input."""
    scale: tuple[float, float]
    """Input pixels per frame pixel, across and down."""


def fit_into(frame: tuple[int, int], room: tuple[int, int]) -> Fit:
    """Fit a frame of size (w, h) into an input of size (w, h), keeping its shape."""
    factor = min(room[0] / frame[0], room[1] / frame[1])
    if 1.0 <= factor < NO_RESIZE_BELOW:
        factor = 1.0
    width = max(min(round(frame[0] * factor), room[0]), 1)
    height = max(min(round(frame[1] * factor), room[1]), 1)
    return Fit((width, height), (width / frame[0], height / frame[1]))


class Detector:
    """Finds people on the ice. One object may be used from one thread at a time.

    A processor looks at each picture of a batch in a thread of its own, which takes less of it than to divide
    every picture among threads; so what is found does not depend on the rest of the batch either.
    """

    def __init__(
        self, session: onnxruntime.InferenceSession, layout: Layout, input_size: tuple[int, int], workers: int
    ) -> None:
        """Use `load`."""
        self._session = session
        self._layout = layout
        self._input_size = input_size
        batch = session.get_inputs()[0].shape[0]
        on_processor = session.get_providers()[0] == PROCESSOR
        self._one_by_one = on_processor or (isinstance(batch, int) and batch == 1)
        # Other providers' sessions may not be run from several threads.
        self._pool = ThreadPoolExecutor(workers, "detect") if on_processor and workers > 1 else None

    @classmethod
    def load(
        cls,
        path: str | os.PathLike[str] | None = None,
        *,
        threads: int | None = None,
        input_size: tuple[int, int] | None = None,
    ) -> Detector:
        """Open a detector.

        Args:
            path: an ONNX file, or None for the one that comes with the program.
            threads: processor threads to use; None for as many as there are cores.
            input_size: width and height in pixels that frames are fitted into, multiples of 32;
                larger finds smaller people and takes longer in proportion to its area. Ignored
                by a file whose size is fixed. None for the file's own or DEFAULT_INPUT.
        Raises:
            UserError: when the file is missing, is not ONNX or of a layout that is not known.
        """
        file = Path(path) if path is not None else resource_path("models", "skater.onnx")
        if input_size is not None and (min(input_size) < 32 or input_size[0] % 32 or input_size[1] % 32):
            raise UserError(
                f"A detector input of {input_size[0]}x{input_size[1]} pixels is not possible: "
                f"give a width and a height that are multiples of 32."
            )
        wanted = threads or os.cpu_count() or 1
        workers = min(wanted, MOST_WORKERS)
        session = _open(file, wanted // workers)
        size = _input_size_of(session, input_size or DEFAULT_INPUT)
        return cls(session, _layout_of(session, size, file.name), size, workers)

    @property
    def input_size(self) -> tuple[int, int]:
        """Width and height in pixels that frames are fitted into before they are looked at."""
        return self._input_size

    @property
    def layout(self) -> str:
        """What kind of network this is."""
        return self._layout.name

    def frame_size(self, source: tuple[int, int]) -> tuple[int, int]:
        """The size (w, h) at which frames of a source of size (w, h) are best decoded.

        Frames of that size are looked at as they are, so that nothing is scaled twice.
        """
        return fit_into(source, self._input_size).size

    def detect(self, frame: Frame) -> Detections:
        """Find the people on the ice in one frame.

        Args:
            frame: (H, W, 3) uint8 BGR, of any size.
        Returns:
            (N, 5) float32: x1, y1, x2, y2 in pixels of the frame, score 0..1; best first.
        """
        return self.detect_batch([frame])[0]

    def detect_batch(self, frames: Sequence[Frame], *, least_score: float = LEAST_SCORE) -> list[Detections]:
        """Find the people on the ice in several frames of one size.

        Args:
            frames: each (H, W, 3) uint8 BGR; at least one.
            least_score: detections below this score are not reported, nor worked out.
        Returns:
            For each frame what `detect` gives.
        """
        if not frames:
            return []
        height, width = frames[0].shape[:2]
        fit = fit_into((width, height), self._input_size)
        pictures = self._letterbox(frames, fit)
        singles = [pictures[k : k + 1] for k in range(len(pictures))]
        groups = singles if self._one_by_one else [pictures]
        if self._pool is None or len(groups) == 1:
            results = [self._run(group, least_score) for group in groups]
        else:
            results = list(self._pool.map(self._run, groups, itertools.repeat(least_score)))
        return [_to_frame(boxes, fit, (width, height)) for found in results for boxes in found]

    def _run(self, pictures: Frame, least_score: float) -> list[Detections]:
        """Look at pictures (B, H, W, 3) of the input's size."""
        outputs = self._session.run(None, self._layout.feed(pictures))
        return self._layout.read(outputs, self._input_size, least_score, MOST_DETECTIONS)

    def _letterbox(self, frames: Sequence[Frame], fit: Fit) -> Frame:
        """Frames of one size as a batch (B, H, W, 3) of the input's size."""
        width, height = self._input_size
        across, down = fit.size
        pictures = np.empty((len(frames), height, width, 3), np.uint8)
        pictures[:, down:] = PADDING
        pictures[:, :, across:] = PADDING
        for picture, frame in zip(pictures, frames, strict=True):
            if frame.shape[:2] == (down, across):
                picture[:down, :across] = frame
                continue
            picture[:down, :across] = _scale(frame, fit.size)
        return pictures


def _scale(frame: Frame, size: tuple[int, int]) -> Frame:
    """Scale a frame to a size (w, h), averaging what becomes one pixel.

    Halving and then interpolating takes a third of the time of OpenCV's area averaging at odd
    factors, and the detector finds the same people.
    """
    while frame.shape[1] > HALVE_ABOVE * size[0] and frame.shape[0] > HALVE_ABOVE * size[1]:
        half = (frame.shape[1] // 2, frame.shape[0] // 2)
        frame = np.asarray(cv2.resize(frame, half, interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def _to_frame(boxes: Detections, fit: Fit, frame: tuple[int, int]) -> Detections:
    """Boxes in pixels of the input -> in pixels of a frame of size (w, h), cut off at its edges."""
    scaled = boxes.copy()
    scaled[:, :4] /= np.array([*fit.scale, *fit.scale], np.float32)
    np.clip(scaled[:, :4], 0, np.array([*frame, *frame], np.float32), out=scaled[:, :4])
    inside = (scaled[:, 2] - scaled[:, 0] >= 1) & (scaled[:, 3] - scaled[:, 1] >= 1)
    return scaled[inside]


def _open(file: Path, threads: int) -> onnxruntime.InferenceSession:
    """An onnxruntime session on the best provider that works here."""
    if not file.is_file():
        raise UserError(f"There is no detector at {file}: name an ONNX file that exists.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # A waiting thread that spins takes the processor from the decoder.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        # Bytes, not the path: onnxruntime cannot open some paths that the system can.
        return open_session(file.read_bytes(), options)
    except OSError as error:
        raise UserError(f"{file} cannot be read: check that you may open it.") from error
    except Exception as error:
        # onnxruntime's errors share no base class but this one.
        raise UserError(
            f"{file.name} is not an ONNX file that can be run here: name another detector.",
            detail=str(error),
        ) from error


def _ports(described: Sequence[Any]) -> list[Port]:
    """onnxruntime's description of inputs or outputs, with free sizes as None."""
    try:
        return [
            Port(
                port.name,
                port.type,
                tuple(size if isinstance(size, int) and size > 0 else None for size in port.shape),
            )
            for port in described
        ]
    except UnicodeDecodeError as error:
        raise UserError("The detector's file is damaged: name another ONNX file, or none.") from error


def _input_size_of(session: onnxruntime.InferenceSession, wanted: tuple[int, int]) -> tuple[int, int]:
    """Width and height that a file is run at: its own where fixed, else the wanted."""
    for port in _ports(session.get_inputs()):
        if len(port.shape) == 4:
            height, width = port.shape[1:3] if port.shape[3] == 3 else port.shape[2:4]
            return (width or wanted[0], height or wanted[1])
    return wanted


def _layout_of(session: onnxruntime.InferenceSession, size: tuple[int, int], file: str) -> Layout:
    """Recognise a file; one with free output sizes is run once on zeros to learn its shapes."""
    inputs, outputs = _ports(session.get_inputs()), _ports(session.get_outputs())
    if len(inputs) == 1 and len(inputs[0].shape) == 4 and inputs[0].type == "tensor(float)":
        blank = np.zeros((1, 3, size[1], size[0]), np.float32)
        try:
            shapes = [np.shape(output) for output in session.run(None, {inputs[0].name: blank})]
        except Exception:
            shapes = [port.shape for port in outputs]
        outputs = [
            Port(port.name, port.type, tuple(shape)) for port, shape in zip(outputs, shapes, strict=True)
        ]
    return recognise(inputs, outputs, size, file)
