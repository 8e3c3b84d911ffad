"""How far places that were recognised are believed where they contradict the motion from picture to picture.

Two places of a rink can look alike, and one false match moves everything after it. So a leap, a step between
neighbouring keyframes that the motion does not know of, needs witnesses: several keyframes beyond it,
recognised without contradiction, or with some, or the two neighbours alone, where the motion was guessed.
Otherwise what was recognised there is left out and the fit made again. Where too little is left to go by,
there are no poses: the sum of the motions is no worse then.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shiftclipper.vision.bundle import Pair, adjust, misfits
from shiftclipper.vision.lens import Poses

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]

LEAP = 6.0
"""A step that misses the motion by so many times its noise is a leap."""
HOP = 3.0
"""Two such steps close to each other are one there and back; they come in drawn games, too, but alone."""
USUAL = 1.4
"""Half of all steps miss the motion by less than so many times its noise; 0.6 in drawn games."""
AGREES = 4.0
"""A match that misses the poses by less than so many times its noise speaks for them."""
WITNESSES = 3
"""Keyframes beyond a leap that must have been recognised for it to be believed."""
ROUNDS = 4
"""Fits at most."""
LEAST_KNOWN = 0.2
"""Share of the keyframes that must agree with an earlier one for the poses to be better than the motion."""
LEAST_KEPT = 0.5
"""Share of the matches that must be left: where more were wrong, the others may be too."""


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """What the motion says of m keyframes and their predecessors."""

    turns: Array
    """(m, 3, 3) from each keyframe's predecessor to it; the first is not used."""
    guessed: NDArray[np.bool_]
    """(m,) whether a part of the motion up to each keyframe was not read off corners."""
    pairs: Sequence[Pair]
    """m - 1, of each keyframe but the first, in order."""


def settle(poses: Poses, matched: Sequence[Pair], steps: Steps, middle: Array) -> Poses | None:
    """Fit m keyframes to what was recognised and to the motion; None when that is not to be believed.

    Args:
        poses: from which the fit begins, and to whose focal lengths it is drawn a little.
        matched: keyframes that were recognised.
        steps: between neighbours.
        middle: (2,) the picture's middle, in pixels.
    """
    guess = poses.focal
    kept = list(matched)
    for _ in range(ROUNDS):
        poses = adjust(poses, [*kept, *steps.pairs], middle, guess)
        missed = misfits(poses, [*kept, *steps.pairs], middle)
        if not np.isfinite(missed).all():
            return None
        agrees = missed[: len(kept)] < AGREES
        leaps = _leaps(missed[len(kept) :])
        doubted = _doubted(leaps, steps.guessed, kept, agrees)
        if not doubted:
            known = {pair.second for pair, good in zip(kept, agrees, strict=True) if good}
            enough = len(known) >= LEAST_KNOWN * len(steps.pairs) and len(kept) >= LEAST_KEPT * len(matched)
            return poses if enough and np.median(missed[len(kept) :]) < USUAL else None
        for first, last in doubted:
            kept = [
                pair for pair in kept if _inside(pair.first, first, last) == _inside(pair.second, first, last)
            ]
        poses = without_leaps(poses, steps.turns, {edge for stretch in doubted for edge in stretch})
    return None


def _leaps(missed: Array) -> Numbers:
    """Return the keyframes to which a step (of m - 1) leads that the motion does not know of."""
    hops = missed > HOP
    near = np.zeros_like(hops)
    for apart in (1, 2):
        near[apart:] |= hops[:-apart]
        near[:-apart] |= hops[apart:]
    return 1 + np.flatnonzero((missed > LEAP) | (hops & near))


def _doubted(
    leaps: Numbers, guessed: NDArray[np.bool_], matched: Sequence[Pair], agrees: NDArray[np.bool_]
) -> list[tuple[int, int]]:
    """Return the stretches [first, last) of keyframes beyond leaps that too few matches speak for."""
    edges = [0, *leaps.tolist(), len(guessed)]
    result = []
    for number, leap in enumerate(leaps.tolist()):
        before, after = (edges[number], leap), (leap, edges[number + 2])
        # The shorter stretch is the one that is likelier to be wrong.
        first, last = min(before, after, key=lambda stretch: stretch[1] - stretch[0])
        witnesses: set[int] = set()
        against: set[int] = set()
        seen_by_neighbours = False
        for pair, good in zip(matched, agrees, strict=True):
            seen_by_neighbours |= bool(good) and (pair.first, pair.second) == (leap - 1, leap)
            one, other = (_inside(end, first, last) for end in (pair.first, pair.second))
            if one != other:
                (witnesses if good else against).add(pair.first if one else pair.second)
        many = len(witnesses) >= WITNESSES and len(witnesses) > 2 * len(against)
        sure = many and 10 * len(against) <= len(witnesses)
        if not (sure or (guessed[leap] and (many or seen_by_neighbours))):
            result.append((first, last))
    return result


def _inside(number: int, first: int, last: int) -> bool:
    return first <= number < last


def without_leaps(poses: Poses, turns: Array, edges: set[int]) -> Poses:
    """Return poses in which the steps to the keyframes `edges` are what the motion says.

    Args:
        turns: (m, 3, 3) from each keyframe's predecessor to it.
    """
    rotation = poses.rotation.copy()
    for k in sorted(edges):
        if 0 < k < len(turns):
            # Everything from here on is turned together. The nearest rotation is taken: what is lost in
            # rounding would double with every edge.
            left, _, right = np.linalg.svd(rotation[k].T @ turns[k] @ rotation[k - 1])
            rotation[k:] = rotation[k:] @ (left @ right)
    return Poses(rotation, poses.focal)
