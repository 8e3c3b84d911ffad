"""What the inputs and outputs of a detector's ONNX file mean.

Each layout turns a batch of pictures into the feed of one kind of network and its outputs back into
boxes. Which one a file has is told from the names, types and shapes of its inputs and outputs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from shiftclipper.errors import UserError

Pictures = NDArray[np.uint8]
"""(B, H, W, 3) BGR, already of the network's input size."""
Detections = NDArray[np.float32]
"""(N, 5): x1 y1 x2 y2 in pixels of the network's input, score 0..1; best first.

(N, 8) from a network that tells roles: then the probabilities of each of ROLES, which sum to 1."""
Feed = dict[str, NDArray[np.generic]]

PERSON = 0
"""Class number of a person, in COCO's order of eighty and in Objects365's alike."""
SAME_PERSON = 0.6
"""Two boxes that overlap by more than this share (intersection over union) are one person."""


CENTRE_POINT_MAPS = (5, 8, 20, 32)
"""Channels of the maps of a centre-point file: without and with roles, then both packed."""


@dataclass(frozen=True, slots=True)
class Port:
    """An input or output of an ONNX file."""

    name: str
    type: str
    """As onnxruntime says it, such as `tensor(float)`."""
    shape: tuple[int | None, ...]
    """None where the size is free."""


class Layout(Protocol):
    """How one kind of network is fed and read."""

    @property
    def name(self) -> str:
        """What the kind is called."""

    def feed(self, pictures: Pictures) -> Feed:
        """The network's inputs for a batch."""

    def read(
        self,
        outputs: Sequence[NDArray[np.generic]],
        size: tuple[int, int],
        least_score: float,
        most: int,
    ) -> list[Detections]:
        """Detections of each picture of a batch.

        Args:
            outputs: in the order of the file.
            size: width and height of the input, in pixels.
            least_score: lowest score that is reported.
            most: number of detections per picture at most.
        """


def suppress(boxes: Detections, overlap: float = SAME_PERSON) -> Detections:
    """Greedy non-maximum suppression.

    Args:
        boxes: (N, 5) or (N, 8), best first.
        overlap: intersection over union above which the worse one goes.
    Returns:
        The rows that stay, best first.
    """
    count = len(boxes)
    if count < 2:
        return boxes
    # Side by side: a product over an axis of two takes numpy as long as all the rest.
    x1, y1, x2, y2 = np.ascontiguousarray(boxes[:, :4].T)
    wide = np.minimum(x2[:, None], x2) - np.maximum(x1[:, None], x1)
    high = np.minimum(y2[:, None], y2) - np.maximum(y1[:, None], y1)
    shared = np.maximum(wide, 0) * np.maximum(high, 0)
    area = (x2 - x1) * (y2 - y1)
    union = area[:, None] + area - shared
    close = np.triu(shared > overlap * np.maximum(union, 1e-9), 1)
    kept = np.ones(count, dtype=bool)
    for row in np.flatnonzero(close.any(axis=1)):
        if kept[row]:
            kept &= ~close[row]
    return boxes[kept]


def best_first(
    corners: NDArray[np.float32], scores: NDArray[np.float32], least_score: float, most: int
) -> Detections:
    """Rows of corners (N, 4) and scores (N,) above a score, at most so many, best first."""
    rows = np.flatnonzero(scores >= least_score)
    rows = rows[np.argsort(-scores[rows], kind="stable")][:most]
    return np.column_stack([corners[rows], scores[rows]]).astype(np.float32)


def corners_of(centres: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows x, y, width, height of boxes' centres -> x1 y1 x2 y2."""
    half = centres[:, 2:4] / 2
    return np.concatenate([centres[:, :2] - half, centres[:, :2] + half], axis=1)


@dataclass(frozen=True, slots=True)
class CentrePoints:
    """ShiftClipper's own: uint8 frames in; a heat map, offsets and sizes of boxes, perhaps roles out."""

    input: str
    packed: bool = False
    """Whether the maps' 2x2 neighbouring cells are still channels; see `read_packed_centre_points`."""
    name: str = "ShiftClipper centre points"

    def feed(self, pictures: Pictures) -> Feed:
        """The frames as they are: the network scales and turns them itself."""
        return {self.input: pictures}

    def read(
        self,
        outputs: Sequence[NDArray[np.generic]],
        size: tuple[int, int],
        least_score: float,
        most: int,
    ) -> list[Detections]:
        """Boxes at the local peaks of the heat map; see `Layout.read`."""
        maps = np.asarray(outputs[0], np.float32)
        stride = size[0] / maps.shape[3]
        if self.packed:
            return [read_packed_centre_points(one, stride / 2, least_score, most) for one in maps]
        return [read_centre_points(one, stride, least_score, most) for one in maps]


def read_centre_points(maps: NDArray[np.float32], stride: float, least_score: float, most: int) -> Detections:
    """Boxes at the peaks of one picture's maps.

    Args:
        maps: (5, h, w): score, dx and dy in cells from the cell's centre, width and height in pixels;
            or (8, h, w): then a logit for each of ROLES.
        stride: pixels per cell.
    Returns:
        (N, 5) or (N, 8), best first.
    """
    rows, columns = peaks(maps[0], least_score)
    return _boxes_at(rows, columns, maps[:, rows, columns], stride, most)


def read_packed_centre_points(
    maps: NDArray[np.float32], stride: float, least_score: float, most: int
) -> Detections:
    """As `read_centre_points`, of maps whose 2x2 neighbouring cells are four channels.

    Args:
        maps: (5 x 4 or 8 x 4, h/2, w/2): cell (y, x) of each 2x2 of map k in channel 4 k + 2 y + x.
        stride: pixels per cell, of the (h, w) cells.
    """
    height, width = maps.shape[1:]
    cells = maps.reshape(-1, 2, 2, height, width)
    heat = cells[0].transpose(2, 0, 3, 1).reshape(2 * height, 2 * width)
    rows, columns = peaks(heat, least_score)
    values = cells[:, rows % 2, columns % 2, rows // 2, columns // 2]
    return _boxes_at(rows, columns, values, stride, most)


def peaks(heat: NDArray[np.float32], least_score: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows and columns of the cells of (h, w) that reach a score and no neighbour's exceeds."""
    highest = cv2.dilate(heat, np.ones((3, 3), np.uint8))
    rows, columns = np.nonzero((heat >= least_score) & (heat >= highest))
    return rows, columns


def _boxes_at(
    rows: NDArray[np.intp],
    columns: NDArray[np.intp],
    values: NDArray[np.float32],
    stride: float,
    most: int,
) -> Detections:
    """Detections of the cells (N,) whose map values are (5 or 8, N)."""
    score, dx, dy, width, height = values[:5]
    best = np.argsort(-score, kind="stable")[:most]
    centres = np.stack(
        [(columns + 0.5 + dx) * stride, (rows + 0.5 + dy) * stride, width, height], axis=1
    ).astype(np.float32)
    found = np.column_stack([corners_of(centres), score, *_shares(values[5:])])[best]
    return suppress(found.astype(np.float32))


def _shares(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Softmax over the first axis of (K, N); (0, N) stays empty."""
    if not len(logits):
        return logits
    raised = np.exp(logits - logits.max(axis=0))
    shares: NDArray[np.float32] = raised / raised.sum(axis=0)
    return shares


@dataclass(frozen=True, slots=True)
class Yolox:
    """YOLOX: one output (B, cells, 5 + classes) of x y w h, objectness, class scores.

    The exporter writes either the raw offsets and log sizes, or pixels; which it was shows in the
    numbers: raw offsets stay within a few cells, pixels reach across the picture.
    """

    input: str
    strides: tuple[int, ...]
    name: str = "YOLOX"

    def feed(self, pictures: Pictures) -> Feed:
        """BGR, 0 to 255, as YOLOX is trained."""
        planes = np.ascontiguousarray(pictures.transpose(0, 3, 1, 2))
        return {self.input: planes.astype(np.float32)}

    def read(
        self,
        outputs: Sequence[NDArray[np.generic]],
        size: tuple[int, int],
        least_score: float,
        most: int,
    ) -> list[Detections]:
        """See `Layout.read`."""
        found = []
        for cells in np.asarray(outputs[0], np.float32):
            boxes = cells[:, :4]
            if boxes[:, 0].max() < size[0] / 4:
                boxes = self._decode(boxes, size)
            scores = cells[:, 4] * cells[:, 5 + PERSON]
            found.append(suppress(best_first(corners_of(boxes), scores, least_score, most)))
        return found

    def _decode(self, raw: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float32]:
        """Raw offsets and log sizes (N, 4) -> centres and sizes in pixels."""
        corners, scales = [], []
        for stride in self.strides:
            columns, rows = np.meshgrid(
                np.arange(size[0] // stride), np.arange(size[1] // stride), indexing="xy"
            )
            corners.append(np.stack([columns.ravel(), rows.ravel()], axis=1))
            scales.append(np.full((columns.size, 1), stride))
        corner, scale = np.concatenate(corners), np.concatenate(scales)
        decoded = np.concatenate([(raw[:, :2] + corner) * scale, np.exp(raw[:, 2:]) * scale], axis=1)
        return decoded.astype(np.float32)


def cells_of(size: tuple[int, int], strides: Sequence[int]) -> int:
    """Number of YOLOX cells in an input of size (w, h)."""
    return sum((size[0] // stride) * (size[1] // stride) for stride in strides)


@dataclass(frozen=True, slots=True)
class DetrWithSizes:
    """D-FINE and RT-DETR as their own tools export them: labels, boxes and scores come out.

    The second input is the size that the boxes are scaled to; the input's own size is given.
    """

    images: str
    sizes: str
    outputs: Mapping[str, int]
    """Which output is which: "labels", "boxes", "scores"."""
    name: str = "D-FINE / RT-DETR"

    def feed(self, pictures: Pictures) -> Feed:
        """RGB, 0 to 1, and the size (w, h) for each picture."""
        count, height, width = pictures.shape[:3]
        sizes = np.tile(np.array([[width, height]], np.int64), (count, 1))
        return {self.images: rgb_planes(pictures), self.sizes: sizes}

    def read(
        self,
        outputs: Sequence[NDArray[np.generic]],
        size: tuple[int, int],
        least_score: float,
        most: int,
    ) -> list[Detections]:
        """See `Layout.read`."""
        labels = np.asarray(outputs[self.outputs["labels"]])
        boxes = np.asarray(outputs[self.outputs["boxes"]], np.float32)
        scores = np.asarray(outputs[self.outputs["scores"]], np.float32)
        scores = np.where(labels == PERSON, scores, np.float32(0))
        return [
            suppress(best_first(corners, points, least_score, most))
            for corners, points in zip(boxes, scores, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class DetrQueries:
    """D-FINE and RT-DETR as transformers exports them: logits and boxes in 0..1 of each query."""

    images: str
    logits: int
    boxes: int
    name: str = "D-FINE / RT-DETR queries"

    def feed(self, pictures: Pictures) -> Feed:
        """RGB, 0 to 1."""
        return {self.images: rgb_planes(pictures)}

    def read(
        self,
        outputs: Sequence[NDArray[np.generic]],
        size: tuple[int, int],
        least_score: float,
        most: int,
    ) -> list[Detections]:
        """See `Layout.read`."""
        logits = np.asarray(outputs[self.logits], np.float32)[..., PERSON]
        scores = 1 / (1 + np.exp(-logits.clip(-50, 50)))
        boxes = np.asarray(outputs[self.boxes], np.float32) * np.array([*size, *size], np.float32)
        return [
            suppress(best_first(corners_of(centres), points, least_score, most))
            for centres, points in zip(boxes, scores, strict=True)
        ]


def rgb_planes(pictures: Pictures) -> NDArray[np.float32]:
    """(B, H, W, 3) BGR bytes -> (B, 3, H, W) RGB in 0..1."""
    planes = np.ascontiguousarray(pictures[..., ::-1].transpose(0, 3, 1, 2))
    return planes.astype(np.float32) / np.float32(255)


def recognise(inputs: Sequence[Port], outputs: Sequence[Port], size: tuple[int, int], file: str) -> Layout:
    """The layout of a file.

    Args:
        inputs, outputs: as the file names them.
        size: width and height the network will be run at; the shapes of `outputs` are for that.
        file: its name, for the error.
    Raises:
        UserError: when it is none of those known.
    """
    known = _centre_points(inputs, outputs) or _detr(inputs, outputs) or _yolox(inputs, outputs, size)
    if known is None:
        ports = ", ".join(f"{port.name} {list(port.shape)}" for port in outputs)
        raise UserError(
            f"{file} is not a detector this program can read: give a YOLOX, D-FINE or RT-DETR file "
            f"in ONNX format, or none to use the built-in one.",
            detail=f"outputs: {ports}",
        )
    return known


def _centre_points(inputs: Sequence[Port], outputs: Sequence[Port]) -> Layout | None:
    if len(inputs) != 1 or len(outputs) != 1:
        return None
    fits = inputs[0].type == "tensor(uint8)" and inputs[0].shape[-1:] == (3,)
    shape = outputs[0].shape
    if not fits or len(shape) != 4 or shape[1] not in CENTRE_POINT_MAPS:
        return None
    return CentrePoints(inputs[0].name, packed=shape[1] not in (5, 8))


def _detr(inputs: Sequence[Port], outputs: Sequence[Port]) -> Layout | None:
    places = {port.name: place for place, port in enumerate(outputs)}
    pictures = [port for port in inputs if len(port.shape) == 4]
    others = [port for port in inputs if len(port.shape) != 4]
    if len(pictures) != 1:
        return None
    if {"labels", "boxes", "scores"} <= places.keys():
        if len(others) == 1 and len(others[0].shape) == 2:
            return DetrWithSizes(pictures[0].name, others[0].name, places)
        return None
    logits = places.get("pred_logits", places.get("logits"))
    boxes = places.get("pred_boxes", places.get("boxes"))
    if logits is None or boxes is None or others:
        return None
    return DetrQueries(pictures[0].name, logits, boxes)


def _yolox(inputs: Sequence[Port], outputs: Sequence[Port], size: tuple[int, int]) -> Layout | None:
    if len(inputs) != 1 or len(outputs) != 1 or inputs[0].type != "tensor(float)":
        return None
    shape = outputs[0].shape
    if len(inputs[0].shape) != 4 or len(shape) != 3 or shape[2] is None or shape[2] < 6:
        return None
    for strides in ((8, 16, 32), (8, 16, 32, 64)):
        if shape[1] == cells_of(size, strides):
            return Yolox(inputs[0].name, strides)
    return None
