"""From detections to tracklets: runs of boxes that surely belong to one person.

Four steps over the whole game: follow everybody from picture to picture as well as can be guessed, join
across gaps, correct the guesses by what came later, and break where a correction would be nearly as good.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shiftclipper.tracklets import Ending, Tracklet
from shiftclipper.vision.contacts import break_at_doubts, exchange
from shiftclipper.vision.detections import Detections, GameDetections, gather
from shiftclipper.vision.follower import follow
from shiftclipper.vision.game_observations import GameObservations, collect
from shiftclipper.vision.geometry import fitting_scores
from shiftclipper.vision.observations import FrameObservations
from shiftclipper.vision.sides import grouped
from shiftclipper.vision.stabilise import Stabilised, stabilise
from shiftclipper.vision.stitching import stitch
from shiftclipper.vision.windows import follow_in_windows

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

SHORTEST = 3
"""Boxes of a tracklet; fewer are mostly nobody."""
SHORTEST_IN_CONTACT = 5
"""Boxes of a tracklet with a doubt at both ends: fewer say nothing of anybody."""
LEAST_MEAN_SCORE = 0.3
"""Mean score of a tracklet's boxes; lower ones are mostly nobody."""
NEAR_CUT = 0.6
"""A tracklet that ends this many seconds before a cut or the end of the video ends because of it."""
NEAR_EDGE = 0.5
"""So many seconds of its last motion may be missing between a tracklet's end and the picture's edge."""


def track(observations: Iterable[FrameObservations], size: tuple[int, int]) -> list[Tracklet]:
    """Follow every person through the pictures of a game, in time order; see `track_game`."""
    seen = list(observations)
    game = collect(seen, sum(map(len, seen)))
    return list(track_game(game, size, stabilise(seen, size)))


def track_game(game: GameObservations, size: tuple[int, int], camera: Stabilised) -> Iterator[Tracklet]:
    """Follow every person through the pictures, and stop where it would be a guess.

    A pure function: the same observations give the same tracklets. Who is who is known when it returns; the
    tracklets, which take as much memory again, are made one after the other when they are asked for.

    Args:
        game: what was seen; it is used up.
        size: width and height of the displayed source picture, in pixels.
        camera: what `stabilise` makes of the pictures.
    """
    detections = gather(game, size, camera)
    detections.scores = fitting_scores(detections)
    return _made(detections, _found_runs(detections, *follow_in_windows(detections, _who_is_who), size))


def _who_is_who(detections: Detections) -> tuple[Numbers, Flags]:
    """Return labels (N,), and which detections begin a run after a doubt."""
    return break_at_doubts(detections, exchange(detections, stitch(detections, follow(detections))))


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """The n runs that become tracklets, in the order in which they begin."""

    rows: Numbers
    """Detections, run after run."""
    begins: Numbers
    ends: Numbers
    """(n,) the first and last of each run in `rows`."""
    begin_reasons: list[Ending]
    end_reasons: list[Ending]


def _found_runs(
    d: GameDetections, labels: NDArray[np.int32], after_doubt: Flags, size: tuple[int, int]
) -> _Found:
    rows, begins, ends = grouped(labels)
    doubt_before = after_doubt[rows[begins]]
    # Runs are in order of label and a broken run's next part follows it.
    doubt_after = np.append(doubt_before[1:], False)
    lengths = ends - begins + 1
    kept = lengths >= np.where(doubt_before & doubt_after, SHORTEST_IN_CONTACT, SHORTEST)
    totals = np.concatenate([[0.0], np.cumsum(d.scores[rows], dtype=np.float64)])
    kept &= totals[ends + 1] - totals[begins] >= LEAST_MEAN_SCORE * lengths
    order = np.flatnonzero(kept)
    order = order[np.argsort(rows[begins[order]], kind="stable")]
    begins, ends = begins[order], ends[order]
    return _Found(
        rows,
        begins,
        ends,
        _endings(d, rows[begins], rows[begins + 1], doubt_before[order], size, backwards=True),
        _endings(d, rows[ends], rows[ends - 1], doubt_after[order], size, backwards=False),
    )


def _made(d: GameDetections, found: _Found) -> Iterator[Tracklet]:
    for number, (begin, end) in enumerate(zip(found.begins, found.ends, strict=True)):
        rows = found.rows[begin : end + 1]
        yield Tracklet(
            id=number,
            times=d.seconds(rows),
            boxes=d.boxes[rows],
            scores=d.scores[rows],
            feet=d.feet[rows].astype(np.float32),
            scale=d.scale[rows].astype(np.float32),
            scene=int(d.scenes[d.picture[rows[0]]]),
            colour=_mean_colour(d, rows),
            begins=found.begin_reasons[number],
            ends=found.end_reasons[number],
            kit=_mean_kit(d, rows),
            roles=d.roles[rows].mean(axis=0),
        )


def _mean_colour(d: GameDetections, rows: Numbers) -> NDArray[np.float32]:
    total = (d.root_colours[rows] ** 2).sum(axis=0)
    return np.asarray(total / max(float(total.sum()), 1e-9), dtype=np.float32)


def _mean_kit(d: GameDetections, rows: Numbers) -> NDArray[np.float32]:
    """Return the median of what was clear of a person (KIT_VALUES,)."""
    kit = d.kit[rows]
    clear = kit.any(axis=1)
    return np.asarray(np.median(kit[clear], axis=0) if clear.any() else kit[0], dtype=np.float32)


def _endings(
    d: GameDetections,
    rows: Numbers,
    neighbours: Numbers,
    doubtful: Flags,
    size: tuple[int, int],
    *,
    backwards: bool,
) -> list[Ending]:
    """Say why tracklets begin (`backwards`) or end at the detections `rows`."""
    pictures = d.picture[rows]
    scenes = d.scenes[pictures]
    times = d.times[pictures]
    if backwards:
        edge_of_scene = np.searchsorted(d.scenes, scenes, side="left")
        outermost = edge_of_scene == 0
    else:
        edge_of_scene = np.searchsorted(d.scenes, scenes, side="right") - 1
        outermost = edge_of_scene == len(d.times) - 1
    at_scene_end = np.abs(d.times[edge_of_scene] - times) <= NEAR_CUT
    leaving = d.edges[rows] | _leaves(d, rows, neighbours, size)
    reasons = np.select(
        [at_scene_end & outermost, at_scene_end, doubtful, leaving],
        [Ending.VIDEO.value, Ending.CUT.value, Ending.CONTACT.value, Ending.EDGE.value],
        Ending.OPEN.value,
    )
    return [Ending(str(one)) for one in reasons]


def _leaves(d: GameDetections, rows: Numbers, neighbours: Numbers, size: tuple[int, int]) -> Flags:
    """Whether boxes, moving on as from their neighbours, touch the picture's edge before long."""
    boxes = d.boxes[rows].astype(np.float64)
    before = d.boxes[neighbours].astype(np.float64)
    gap = np.maximum(np.abs(d.seconds(rows) - d.seconds(neighbours)), 1e-3)[:, None]
    ahead = boxes + (boxes - before) / gap * NEAR_EDGE
    width, height = size
    leaves = (ahead[:, 0] <= 0) | (ahead[:, 2] >= width) | (ahead[:, 3] >= height)
    # Two boxes make a rough velocity: believe it near the edge only.
    reach = (boxes[:, 3] - boxes[:, 1]) * 0.6
    near = (boxes[:, 0] < reach) | (boxes[:, 2] > width - reach) | (boxes[:, 3] > height - 0.3 * reach)
    return np.asarray(leaves & near)
