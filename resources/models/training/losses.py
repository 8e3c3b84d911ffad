"""Targets of the maps and the loss between the two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from data import UNKNOWN_ROLE
from net import SIZE_UNIT, STRIDE
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

ROLE_WEIGHTS = torch.tensor([1.0, 2.0, 2.0])
"""Goalies and officials are few; in the order of net.ROLES."""


@dataclass(frozen=True, slots=True)
class Targets:
    """What the maps of one picture should be; all (h, w) of cells unless said otherwise."""

    heat: NDArray[np.float32]
    """1 at the centre of a body, falling off around it."""
    counted: NDArray[np.float32]
    """0 where nothing is asked of the heat (ignored people)."""
    values: NDArray[np.float32]
    """(4, h, w): dx, dy in cells, log width, log height."""
    weights: NDArray[np.float32]
    """(4, h, w): weight of each value; 0 away from bodies."""
    role: NDArray[np.int64]
    """Place in net.ROLES near bodies whose role is known, UNKNOWN_ROLE elsewhere."""


def make_targets(rows: NDArray[np.float32], size: tuple[int, int]) -> Targets:
    """Targets for bodies in a picture of size (w, h).

    Args:
        rows: (N, 7) x1 y1 x2 y2 in pixels, sure 0..1, ignored 0 or 1, role.
    """
    width, height = size[0] // STRIDE, size[1] // STRIDE
    heat = np.zeros((height, width), np.float32)
    counted = np.ones((height, width), np.float32)
    values = np.zeros((4, height, width), np.float32)
    weights = np.zeros((4, height, width), np.float32)
    role = np.full((height, width), UNKNOWN_ROLE, np.int64)
    ys, xs = np.arange(height)[:, None], np.arange(width)[None, :]
    # Low first, so that of two centres in one cell the taller stays, which is nearer.
    for x1, y1, x2, y2, sure, ignored, kind in rows[np.argsort(rows[:, 3] - rows[:, 1])]:
        if ignored:
            left, top = int(x1 // STRIDE), int(y1 // STRIDE)
            counted[top : int(y2 // STRIDE) + 1, left : int(x2 // STRIDE) + 1] = 0
            continue
        w, h = max(x2 - x1, 2.0), y2 - y1
        x, y = (x1 + x2) / 2 / STRIDE - 0.5, (y1 + y2) / 2 / STRIDE - 0.5
        column = min(max(round(float(x)), 0), width - 1)
        row = min(max(round(float(y)), 0), height - 1)
        spread_x = max(0.6, 0.16 * min(w, 0.7 * h) / STRIDE)
        spread_y = max(0.6, 0.10 * h / STRIDE)
        bump = np.exp(
            -((xs - column) ** 2) / (2 * spread_x**2) - ((ys - row) ** 2) / (2 * spread_y**2)
        ).astype(np.float32)
        # Where two overlap a cell belongs to the one whose centre it is nearer to.
        near = (bump > 0.3) & (bump >= heat)
        np.maximum(heat, bump, out=heat)
        heat[row, column] = 1.0
        values[0][near] = (x - xs + 0 * ys)[near]
        values[1][near] = (y - ys + 0 * xs)[near]
        values[2][near] = np.log(w / SIZE_UNIT)
        values[3][near] = np.log(h / SIZE_UNIT)
        # Offsets are weighed by the body's height: a pixel matters more on a small one.
        cell = 4.0 * STRIDE / max(h, 12.0)
        for plane, weight in enumerate((cell * sure, cell, 2.0 * sure, 2.0)):
            weights[plane][near] = weight * bump[near]
        role[near] = int(kind)
    return Targets(heat, counted, values, weights, role)


def loss_of(
    maps: Tensor, heat: Tensor, counted: Tensor, values: Tensor, weights: Tensor, *, doubt: Tensor
) -> tuple[Tensor, Tensor]:
    """Heat loss and box loss of a batch.

    Args:
        maps: (B, 8, h, w) raw output.
        heat, counted: (B, h, w); values, weights: (B, 4, h, w).
        doubt: (B,) 0..1, the chance that a confident detection without label is a missed label;
            the push against such cells is weakened by it.
    """
    logits = maps[:, 0].float()
    score = logits.sigmoid()
    peak = heat >= 1.0
    bodies = peak.sum().clamp(min=1)
    hit = -functional.logsigmoid(logits) * (1 - score) ** 2
    miss = -functional.logsigmoid(-logits) * score**2 * (1 - heat) ** 4
    trusted = 1 - doubt[:, None, None] * ((score.detach() - 0.4) / 0.3).clamp(0, 1)
    trusted = torch.where(heat > 0.1, torch.ones_like(trusted), trusted)
    heat_loss = (torch.where(peak, hit, miss * trusted) * counted).sum() / bodies
    box_loss = ((maps[:, 1:5] - values).abs() * weights).sum() / bodies
    return heat_loss, box_loss


def role_loss_of(maps: Tensor, role: Tensor, heat: Tensor) -> Tensor:
    """Loss of the role maps of a batch, per body whose role is known.

    Args:
        maps: (B, 8, h, w) raw output.
        role, heat: (B, h, w), as Targets.
    """
    unlike = functional.cross_entropy(
        maps[:, 5:], role, weight=ROLE_WEIGHTS, ignore_index=UNKNOWN_ROLE, reduction="none"
    )
    weight = torch.where(role == UNKNOWN_ROLE, torch.zeros_like(heat), heat)
    return (unlike * weight).sum() / weight.sum().clamp(min=1)


def teacher_loss_of(maps: Tensor, taught: Tensor, counted: Tensor) -> Tensor:
    """How far the scores of a batch are from a teacher's; hard cells count most.

    Args:
        maps: (B, 8, h, w) raw output.
        taught, counted: (B, h, w) the teacher's scores 0..1, and where they are asked for.
    After "Generalized Focal Loss" (Li et al. 2020), with the teacher's score as quality.
    """
    logits = maps[:, 0].float()
    apart = (logits.sigmoid() - taught).abs() ** 2
    unlike = functional.binary_cross_entropy_with_logits(logits, taught, reduction="none")
    return (apart * unlike * counted).sum() / taught.square().sum().clamp(min=1)
