"""Stretches of time that the person has decided about: shifts made, accepted or rejected by hand.

Times may be floats or fractions of seconds, as long as they are all the same.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from shiftclipper.identity.marks import moment
from shiftclipper.identity.model import Constraints, ContradictoryConstraints

TOUCH = 0.1
"""Seconds; stretches that overlap by less than this only touch, and a mark this near a border is on it."""

Time = TypeVar("Time", float, Fraction)


def without(span: tuple[Time, Time], holes: Iterable[tuple[Time, Time]]) -> list[tuple[Time, Time]]:
    """Return what is left of a stretch of time when others are cut out of it, in order of time.

    Args:
        span: start and end, `end > start`.
        holes: likewise, in any order; they may overlap each other.
    """
    left = []
    start, end = span
    for low, high in sorted(holes):
        if high <= start or low >= end:
            continue
        if low > start:
            left.append((start, low))
        start = max(start, high)
        if start >= end:
            return left
    left.append((start, end))
    return left


def check_spans(constraints: Constraints) -> None:
    """Refuse decisions about shifts that cannot be true together with each other or with marks.

    Raises:
        ContradictoryConstraints: two shifts that the player is said to have played overlap, a click lies in
            a rejected shift, or an off-ice mark in one that was made or accepted.
    """
    played = sorted(constraints.on_ice)
    for before, after in pairwise(played):
        if after[0] < before[1] - TOUCH:
            raise ContradictoryConstraints(
                f"The shifts from {_words(before)} and from {_words(after)} overlap, and you set or accepted "
                "both; change or reject one of them.",
                (before[0], after[0]),
            )
    for rejected in sorted(constraints.off_spans):
        for time in _within((click.time for click in constraints.clicks), rejected):
            if not any(_holds(span, time) for span in played):
                raise ContradictoryConstraints(
                    f"The click at {moment(time)} lies in the shift from {_words(rejected)} that you "
                    "rejected; remove the click or take the rejection back.",
                    (time, rejected[0]),
                )
    for span in played:
        for time in _within(constraints.off_ice, span):
            raise ContradictoryConstraints(
                f"The off-ice mark at {moment(time)} lies in the shift from {_words(span)} that you set or "
                "accepted; remove the mark or change the shift.",
                (time, span[0]),
            )


def _within(times: Iterable[float], span: tuple[float, float]) -> Sequence[float]:
    return sorted(time for time in times if _holds(span, time))


def _holds(span: tuple[float, float], time: float) -> bool:
    return span[0] + TOUCH <= time <= span[1] - TOUCH


def _words(span: tuple[float, float]) -> str:
    return f"{moment(span[0])} to {moment(span[1])}"
