"""All observations of a game in as little memory as they take in the database: 62 bytes for each detection.

Pictures and detections are taken in one after the other: nothing that is done needs both.
"""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shiftclipper.tracklets import COLOUR_BINS, KIT_VALUES, ROLES
from shiftclipper.vision.keyframes import Keyframe
from shiftclipper.vision.observations import (
    KIT_STEPS,
    ROLE_STEPS,
    FrameObservations,
    colours_to_bytes,
    kit_to_bytes,
    to_steps,
)

Floats = NDArray[np.float64]
Floats32 = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Numbers = NDArray[np.int64]

PICTURES_AT_ONCE = 300
"""Pictures whose observations are taken in together."""

BYTES = np.arange(256)
SHARES = (BYTES / ROLE_STEPS).astype(np.float32)
"""What bytes stand for in roles."""
ROOTS = np.sqrt((BYTES / 255).astype(np.float32))
"""Square roots of what bytes stand for in colour histograms."""
KIT = (BYTES.astype(np.uint8).view(np.int8) / KIT_STEPS).astype(np.float32)
"""What bytes stand for in what people wear."""


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """An array (N, k) of numbers that are few enough for a byte each; indexing it gives the numbers."""

    codes: Bytes
    """(N, k)."""
    table: Floats32
    """(256,) the number that each byte stands for."""

    def __len__(self) -> int:
        """Return N."""
        return len(self.codes)

    def __getitem__(self, rows: Numbers | NDArray[np.bool_] | slice) -> Floats32:
        """Return some rows as numbers."""
        return np.asarray(self.table[self.codes[rows]], dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class SeenPicture:
    """What is known of one sampled picture but for the people in it; a `Glance`."""

    time: float
    motion: Floats
    cut: bool
    keyframe: Keyframe | None
    detections: int
    """How many there are."""


@dataclass(slots=True, eq=False)
class GameObservations:
    """The n pictures of a game and the N detections in them, in time order."""

    times: Floats
    """(n,) seconds of game time."""
    starts: Numbers
    """(n + 1,) where each picture's detections start."""
    boxes: Floats32
    """(N, 4) as in `FrameObservations`, and so are the rest."""
    scores: Floats32
    """(N,)."""
    colours: Bytes
    """(N, COLOUR_BINS) in steps of 1 / 255."""
    kit: Bytes
    """(N, KIT_VALUES) see KIT."""
    roles: Bytes
    """(N, 3) in steps of 1 / ROLE_STEPS."""

    @property
    def picture(self) -> NDArray[np.int32]:
        """(N,) number of each detection's picture."""
        return np.repeat(np.arange(len(self.times), dtype=np.int32), np.diff(self.starts))

    def keep(self, wanted: NDArray[np.bool_]) -> None:
        """Forget all detections but those `wanted` (N,)."""
        self.starts = np.concatenate([[0], np.cumsum(wanted)])[self.starts]
        # One after the other: of an hour, each of them is large.
        self.boxes, self.scores = self.boxes[wanted], self.scores[wanted]
        self.colours = self.colours[wanted]
        self.kit = self.kit[wanted]
        self.roles = self.roles[wanted]


def collect_pictures(observations: Iterable[FrameObservations]) -> list[SeenPicture]:
    """Take in what was seen of a whole game besides people, in time order."""
    return [SeenPicture(one.time, one.motion.copy(), one.cut, one.keyframe, len(one)) for one in observations]


def collect(observations: Iterable[FrameObservations], count: int) -> GameObservations:
    """Take in the `count` detections of a whole game, in time order; nothing else of it is held meanwhile."""
    times: list[float] = []
    counts: list[int] = []
    boxes = np.empty((count, 4), np.float32)
    scores = np.empty(count, np.float32)
    colours = np.empty((count, COLOUR_BINS), np.uint8)
    kit = np.empty((count, KIT_VALUES), np.uint8)
    roles = np.empty((count, len(ROLES)), np.uint8)
    start = 0
    for some in _in_parts(observations):
        times += [one.time for one in some]
        counts += [len(one) for one in some]
        rows = slice(start, start + sum(map(len, some)))
        boxes[rows] = np.concatenate([one.boxes for one in some])
        scores[rows] = np.concatenate([one.scores for one in some])
        colours[rows] = colours_to_bytes(np.concatenate([one.colours for one in some]))
        kit[rows] = kit_to_bytes(np.concatenate([one.kit for one in some])).view(np.uint8)
        roles[rows] = to_steps(np.concatenate([one.roles for one in some]), ROLE_STEPS)
        start = rows.stop
    starts = np.concatenate([[0], np.cumsum(np.array(counts, dtype=np.int64))])
    return GameObservations(np.array(times, dtype=np.float64), starts, boxes, scores, colours, kit, roles)


def _in_parts(observations: Iterable[FrameObservations]) -> Iterator[list[FrameObservations]]:
    rest = iter(observations)
    while some := list(itertools.islice(rest, PICTURES_AT_ONCE)):
        yield some
