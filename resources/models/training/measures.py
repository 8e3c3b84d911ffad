"""How good a detector is: AP and body AP on labelled frames; numpy only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float32]
Match = Callable[[Boxes, Boxes], NDArray[np.float32]]
"""(N, 4) found and (M, 4) labelled -> (N, M) fit, above 0 where the two may be one person."""


def overlap_fit(found: Boxes, labelled: Boxes) -> NDArray[np.float32]:
    """Intersection over union where it is at least 0.5, else 0."""
    corner = np.maximum(found[:, None, :2], labelled[None, :, :2])
    opposite = np.minimum(found[:, None, 2:], labelled[None, :, 2:])
    shared = np.prod(np.maximum(opposite - corner, 0), axis=2)
    areas = [np.prod(boxes[:, 2:] - boxes[:, :2], axis=1) for boxes in (found, labelled)]
    union = areas[0][:, None] + areas[1][None, :] - shared
    share = shared / np.maximum(union, 1e-9)
    return np.where(share >= 0.5, share, 0).astype(np.float32)


def body_fit(found: Boxes, labelled: Boxes) -> NDArray[np.float32]:
    """Nearness of two people's places and heights, whatever their boxes hold of the stick.

    With h the labelled height: centres at most 0.4 h apart across and 0.3 h up and down, heights'
    ratio within 0.6 to 1.6. The nearer the higher, always above 0.
    """
    height = (labelled[:, 3] - labelled[:, 1])[None, :]
    centres = [(boxes[:, :2] + boxes[:, 2:]) / 2 for boxes in (found, labelled)]
    apart = np.abs(centres[0][:, None] - centres[1][None, :]) / height[..., None]
    ratio = (found[:, 3] - found[:, 1])[:, None] / height
    fits = (apart[..., 0] <= 0.4) & (apart[..., 1] <= 0.3) & (ratio >= 0.6) & (ratio <= 1.6)
    return np.where(fits, 1.0 - apart.sum(axis=2), 0).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found in one frame and what is there."""

    found: NDArray[np.float32]
    """(N, 5) x1 y1 x2 y2 score, or more columns."""
    labelled: Boxes
    """(M, 4) in the same pixels."""
    ignored: NDArray[np.bool_]
    """(M,) true for people who count neither way."""


@dataclass(frozen=True, slots=True)
class Quality:
    """Figures of a set of frames."""

    precision: float
    """Average precision: the area under precision over recall, interpolated at every point."""
    recall_at_best: float
    """Recall where F1 is best."""
    precision_at_best: float
    """Precision there."""
    score_at_best: float
    """Score threshold there."""
    recall_at_nine: float
    """Recall at the lowest threshold at which nine of ten detections are right."""


def assign(answer: Answer, fit: Match) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Scores of a frame's detections, best first, and which of them are right.

    One to one: each detection takes the best fitting label that is still free. A detection that
    fits only ignored people is left out.
    """
    found = answer.found[np.argsort(-answer.found[:, 4], kind="stable")]
    fits = fit(found[:, :4], answer.labelled)
    free = ~answer.ignored
    scores, right = [], []
    for row, score in enumerate(found[:, 4]):
        usable = np.where(free, fits[row], 0)
        if usable.size and usable.max() > 0:
            free[usable.argmax()] = False
            scores.append(score)
            right.append(True)
        elif not (fits[row][answer.ignored] > 0).any():
            scores.append(score)
            right.append(False)
    return np.array(scores, np.float32), np.array(right, bool)


def quality(answers: Sequence[Answer], fit: Match) -> Quality:
    """Average precision over frames, and recall and precision where F1 is best."""
    pairs = [assign(answer, fit) for answer in answers]
    scores = np.concatenate([pair[0] for pair in pairs])
    right = np.concatenate([pair[1] for pair in pairs])
    people = sum(int((~answer.ignored).sum()) for answer in answers)
    if not len(scores) or not people:
        return Quality(0.0, 0.0, 0.0, 0.0, 0.0)
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(right[order])
    recall, precision = hits / people, hits / np.arange(1, len(hits) + 1)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    area = float(np.sum(np.diff(recall, prepend=0.0) * envelope))
    balance = 2 * recall * precision / np.maximum(recall + precision, 1e-9)
    best = int(balance.argmax())
    nine = float(recall[precision >= 0.9].max(initial=0.0))
    return Quality(area, float(recall[best]), float(precision[best]), float(scores[order][best]), nine)


def of_height(answers: Sequence[Answer], low: float, high: float) -> list[Answer]:
    """The same frames asked only for people of a height in [low, high), in pixels.

    Other people count neither way, nor do detections of another height that fit nobody asked for.
    """
    some = []
    for answer in answers:
        labelled = answer.labelled[:, 3] - answer.labelled[:, 1]
        ignored = answer.ignored | (labelled < low) | (labelled >= high)
        found = answer.found[:, 3] - answer.found[:, 1]
        fits = (body_fit(answer.found[:, :4], answer.labelled[~ignored]) > 0).any(axis=1)
        some.append(Answer(answer.found[fits | ((found >= low) & (found < high))], answer.labelled, ignored))
    return some
