"""How good found shifts are against the truth."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from scipy.optimize import linear_sum_assignment

Span: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Score:
    """Found shifts of one player of one game, or of many pooled, against the true ones."""

    truth: int
    """Number of true shifts."""
    found: int
    """Number of found shifts."""
    matched_50: int
    """Found shifts that share at least half with a true one, one to one."""
    matched_75: int
    """The same with three quarters."""
    true_toi: float
    """Seconds of true time on ice."""
    found_toi: float
    """Seconds of found time on ice."""
    wrong_seconds: float
    """Seconds found as on the ice when he was not."""
    missing_seconds: float
    """Seconds on the ice that were not found."""
    start_errors: tuple[float, ...]
    """Seconds, found minus true, of the shifts matched at one half."""
    end_errors: tuple[float, ...]
    """Seconds, found minus true, of the shifts matched at one half."""

    @property
    def f1_50(self) -> float:
        """Return F1 at a temporal overlap of one half; 1 when there is nothing to find."""
        return _f1(self.matched_50, self.truth, self.found)

    @property
    def f1_75(self) -> float:
        """Return F1 at a temporal overlap of three quarters."""
        return _f1(self.matched_75, self.truth, self.found)

    @property
    def precision_50(self) -> float:
        """Return the share of found shifts that are true ones."""
        return self.matched_50 / self.found if self.found else 1.0

    @property
    def recall_50(self) -> float:
        """Return the share of true shifts that were found."""
        return self.matched_50 / self.truth if self.truth else 1.0

    @property
    def toi_error(self) -> float:
        """Return the signed error of the time on ice, as a share of the true time."""
        return (self.found_toi - self.true_toi) / self.true_toi if self.true_toi else 0.0


def overlap(one: Span, other: Span) -> float:
    """Return the temporal intersection over union (tIoU) of two spans of seconds."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    if shared <= 0:
        return 0.0
    return shared / ((one[1] - one[0]) + (other[1] - other[0]) - shared)


def score_shifts(truth: Sequence[Span], found: Sequence[Span]) -> Score:
    """Compare found shifts with the true ones of one player of one game.

    Shifts are matched one to one so that as many pairs as possible reach the overlap asked for.
    """
    shares = np.array([[overlap(one, other) for other in found] for one in truth])
    shares = shares.reshape(len(truth), len(found))
    halves = _matches(shares, 0.5)
    shared = _shared_seconds(truth, found)
    true_toi, found_toi = _length(truth), _length(found)
    return Score(
        truth=len(truth),
        found=len(found),
        matched_50=len(halves),
        matched_75=len(_matches(shares, 0.75)),
        true_toi=true_toi,
        found_toi=found_toi,
        wrong_seconds=found_toi - shared,
        missing_seconds=true_toi - shared,
        start_errors=tuple(found[b][0] - truth[a][0] for a, b in halves),
        end_errors=tuple(found[b][1] - truth[a][1] for a, b in halves),
    )


def pool(scores: Iterable[Score]) -> Score:
    """Add up the scores of several players or games."""
    every = list(scores)
    return Score(
        truth=sum(one.truth for one in every),
        found=sum(one.found for one in every),
        matched_50=sum(one.matched_50 for one in every),
        matched_75=sum(one.matched_75 for one in every),
        true_toi=sum(one.true_toi for one in every),
        found_toi=sum(one.found_toi for one in every),
        wrong_seconds=sum(one.wrong_seconds for one in every),
        missing_seconds=sum(one.missing_seconds for one in every),
        start_errors=tuple(error for one in every for error in one.start_errors),
        end_errors=tuple(error for one in every for error in one.end_errors),
    )


def _f1(matched: int, truth: int, found: int) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2.0 * matched / (truth + found) if truth + found else 1.0


def _matches(shares: np.ndarray, least: float) -> list[tuple[int, int]]:
    """Return the pairs (true, found) of the best one-to-one matching that reach `least`.

    Reaching it counts first (hence the bonus), the overlap itself second.
    """
    worth = np.where(shares >= least, shares + 2.0, 0.0)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return [(a, b) for a, b in pairs if shares[a, b] >= least]


def _union(spans: Iterable[Span]) -> list[Span]:
    """Return the spans joined where they overlap, in time order."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif end > start:
            joined.append((start, end))
    return joined


def _length(spans: Iterable[Span]) -> float:
    """Return the seconds covered by at least one span."""
    return sum(end - start for start, end in _union(spans))


def _shared_seconds(truth: Iterable[Span], found: Iterable[Span]) -> float:
    """Return the seconds that lie in a true and in a found shift."""
    one, other = _union(truth), _union(found)
    moments = sorted({time for span in (*one, *other) for time in span})
    total = 0.0
    for low, high in pairwise(moments):
        middle = (low + high) / 2
        if _covers(one, middle) and _covers(other, middle):
            total += high - low
    return total


def _covers(spans: Iterable[Span], time: float) -> bool:
    """Tell whether a time lies in one of the spans."""
    return any(start <= time <= end for start, end in spans)
