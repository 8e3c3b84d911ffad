"""Everybody's boxes as MOTChallenge writes them (https://motchallenge.net/instructions).

A line for each box: frame, id, left, top, width, height, score, and three -1 for a place in the world that is
not given. Frames and ids count from 1; boxes are in pixels of the displayed picture. Only the pictures that
were looked at have boxes, some ten a second.
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from shiftclipper.tracklets import Tracklet


def mot_text(
    tracklets: Sequence[Tracklet], frame_times: NDArray[np.float64], start: Fraction, end: Fraction
) -> str:
    """Return the boxes that lie in one file of the game, by frame and id.

    Args:
        tracklets: of the whole game.
        frame_times: (n,) when each frame of the file begins, in seconds of game time, ascending.
        start, end: of the file, in seconds of game time.
    """
    rows: list[tuple[int, int, str]] = []
    for tracklet in tracklets:
        inside = np.flatnonzero((tracklet.times >= float(start)) & (tracklet.times < float(end)))
        for place, frame in zip(inside, _nearest(frame_times, tracklet.times[inside]), strict=True):
            x1, y1, x2, y2 = (float(value) for value in tracklet.boxes[place])
            box = f"{x1:.2f},{y1:.2f},{x2 - x1:.2f},{y2 - y1:.2f},{float(tracklet.scores[place]):.4f}"
            rows.append((int(frame) + 1, tracklet.id + 1, box))
    rows.sort()
    return "".join(f"{frame},{number},{box},-1,-1,-1\n" for frame, number, box in rows)


def _nearest(frame_times: NDArray[np.float64], times: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the place of the frame that begins nearest to each time."""
    after = np.clip(np.searchsorted(frame_times, times), 1, max(1, len(frame_times) - 1))
    if len(frame_times) < 2:
        return np.zeros(len(times), np.int64)
    before = after - 1
    earlier = times - frame_times[before] <= frame_times[after] - times
    return np.where(earlier, before, after).astype(np.int64)
