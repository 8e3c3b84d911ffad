"""The person's marks, found in the tracklets: what each click points at, and which clash."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shiftclipper.errors import UserError
from shiftclipper.identity.model import (
    Click,
    Conflict,
    Constraints,
    ContradictoryConstraints,
    GameView,
)
from shiftclipper.remarks import Remark
from shiftclipper.tracklets import COLOUR_BINS, Ending, Tracklet

_NEAR = 0.6
"""Body heights; a click this far from a box's middle still means that box."""
_MARGIN = 0.1
"""Share of the box's size that a click may lie outside and still be in it."""
_EXTRAPOLATE = 0.15
"""Seconds; a tracklet is taken to be where it was this long before and after its boxes."""
_TOO_CLOSE = 1.0
"""Seconds; opposite marks on one tracklet nearer than this cannot both be meant."""
_TOP_SPEED = 8.0
"""Body heights a second that nobody reaches, with tolerance for near and far."""


@dataclass(frozen=True, slots=True, eq=False)
class MarkedTracklets:
    """Tracklets, cut where marks disagree, with what each mark points at."""

    tracklets: tuple[Tracklet, ...]
    clicked: tuple[tuple[int, Click], ...]
    """(index of tracklet, click), in time order."""
    excluded: tuple[tuple[int, float], ...]
    """(index of tracklet, seconds of game time) where it is somebody else."""
    conflicts: tuple[Conflict, ...]
    origin: tuple[int, ...]
    """For each tracklet, the index of that it is a part of, among those given and then those made up."""
    cuts: dict[int, list[float]]
    """Index of a tracklet among those -> seconds at which it was cut, ascending."""


def moment(time: float) -> str:
    """Write seconds of game time the way a person reads a clock."""
    minutes, seconds = divmod(max(time, 0.0), 60.0)
    hours, minutes = divmod(int(minutes), 60)
    if hours:
        return f"{hours}:{minutes:02d}:{seconds:04.1f}"
    return f"{minutes}:{seconds:04.1f}"


def place_marks(
    tracklets: Sequence[Tracklet], constraints: Constraints, view: GameView, spans: "Spans | None" = None
) -> MarkedTracklets:
    """Find the tracklet that each mark means; a click on nobody becomes a tracklet of its own.

    Args:
        spans: of these tracklets; worked out where they are not given.
    Raises:
        ContradictoryConstraints: two marks cannot both be true.
        UserError: a mark lies outside the film or the picture.
    """
    _check_inside(constraints, view)
    every = list(tracklets)
    spans = spans or Spans(tracklets)
    conflicts: list[Conflict] = []
    clicks = sorted(constraints.clicks, key=lambda click: click.time)
    clicked: list[tuple[int, Click]] = []
    for click in clicks:
        index = _tracklet_at(tracklets, spans, click)
        if index is None:
            index = len(every)
            every.append(_made_by(click, tracklets, spans, view, index))
            conflicts.append(Conflict((click.time,), Remark("click-on-nobody", {"time": click.time})))
        clicked.append((index, click))
    _check_reach(every, clicked)
    if len(every) > len(tracklets):
        spans = Spans(every)
    nots = [(_tracklet_at(every, spans, one), one) for one in constraints.nots]
    denied = [(index, one.time, "not") for index, one in nots if index is not None]
    for index in {index for index, _ in clicked}:
        one = every[index]
        denied += [(index, time, "off") for time in constraints.off_ice if one.start <= time <= one.end]
    _check_same_moment(clicks, constraints)
    return _cut_where_denied(every, clicked, denied, conflicts)


def _check_inside(constraints: Constraints, view: GameView) -> None:
    """Refuse marks outside the film or the picture."""
    width, height = view.size
    for one in (*constraints.clicks, *constraints.nots):
        if not (0.0 <= one.x <= width and 0.0 <= one.y <= height):
            raise UserError(
                f"The click at {moment(one.time)} lies outside the picture; place it on the player."
            )
    times = [one.time for one in (*constraints.clicks, *constraints.nots)]
    for time in (*times, *constraints.off_ice):
        if not 0.0 <= time <= view.duration:
            raise UserError(
                f"The mark at {moment(time)} lies outside the film, which is "
                f"{moment(view.duration)} long; remove it."
            )


def _check_same_moment(clicks: Sequence[Click], constraints: Constraints) -> None:
    """Refuse a click on the player at a moment when he is marked as off the ice."""
    for click in clicks:
        for time in constraints.off_ice:
            if abs(click.time - time) < 0.1:
                raise _contradiction(click.time, time, "he is clicked and marked as off the ice")


def _contradiction(first: float, second: float, why: str) -> ContradictoryConstraints:
    """Make the error for two marks."""
    first, second = min(first, second), max(first, second)
    return ContradictoryConstraints(
        f"The marks at {moment(first)} and {moment(second)} contradict each other ({why}); "
        "remove one of them.",
        (first, second),
    )


def box_at(tracklet: Tracklet, time: float) -> NDArray[np.float64]:
    """Return the box (4,) at a time, interpolated between samples and held beyond the ends."""
    return np.array([np.interp(time, tracklet.times, tracklet.boxes[:, side]) for side in range(4)])


class Spans:
    """When tracklets begin and end, to find those of a moment among thousands."""

    def __init__(self, tracklets: Sequence[Tracklet]) -> None:
        """Take tracklets, each with at least one box or none."""
        spans = [(one.times[0], one.times[-1]) if len(one.times) else (np.inf, -np.inf) for one in tracklets]
        self._first, self._last = np.array(spans, dtype=np.float64).reshape(-1, 2).T

    def around(self, time: float, reach: float) -> list[int]:
        """Return the tracklets, by index, that are seen within some seconds of a moment."""
        late = np.maximum(self._first - time, time - self._last)
        return [int(index) for index in np.flatnonzero(late <= reach)]


def _tracklet_at(tracklets: Sequence[Tracklet], spans: Spans, click: Click) -> int | None:
    """Return the index of the tracklet whose box a click means, or None."""
    best, choice = np.inf, None
    for index in spans.around(click.time, _EXTRAPOLATE):
        one = tracklets[index]
        x1, y1, x2, y2 = box_at(one, click.time)
        width, height = max(x2 - x1, 1.0), max(y2 - y1, 1.0)
        across, down = (click.x - (x1 + x2) / 2) / width, (click.y - (y1 + y2) / 2) / height
        away = float(np.hypot(across * width, down * height) / height)
        if max(abs(across), abs(down)) <= 0.5 + _MARGIN:
            rank = float(np.hypot(across, down)) - 10.0
        elif away <= _NEAR:
            rank = away
        else:
            continue
        if rank < best:
            best, choice = rank, index
    return choice


def _made_by(
    click: Click, tracklets: Sequence[Tracklet], spans: Spans, view: GameView, index: int
) -> Tracklet:
    """Make a tracklet of one box where a person saw the player and the program nobody.

    Size and stabilisation are those of the nearest person in the picture around that moment.
    """
    height, scale, scene = 0.1 * view.size[1], 1.0, 0
    shift = np.zeros(2)
    best = np.inf
    for near in spans.around(click.time, 2.0):
        one = tracklets[near]
        late = max(one.start - click.time, click.time - one.end, 0.0)
        box = box_at(one, click.time)
        away = float(np.hypot(click.x - (box[0] + box[2]) / 2, click.y - (box[1] + box[3]) / 2))
        if away * (1.0 + late) < best:
            best = away * (1.0 + late)
            sample = int(np.argmin(np.abs(one.times - click.time)))
            height, scale, scene = float(box[3] - box[1]), float(one.scale[sample]), one.scene
            there = one.boxes[sample]
            foot = np.array([(there[0] + there[2]) / 2, there[3]])
            shift = one.feet[sample] - foot * scale
    made = [click.x - 0.2 * height, click.y - height / 2, click.x + 0.2 * height, click.y + height / 2]
    feet = np.array([[click.x, click.y + height / 2]]) * scale + shift
    return Tracklet(
        id=-1 - index,
        times=np.array([click.time]),
        boxes=np.array([made], dtype=np.float32),
        scores=np.ones(1, dtype=np.float32),
        feet=feet.astype(np.float32),
        scale=np.array([scale], dtype=np.float32),
        scene=scene,
        colour=np.zeros(COLOUR_BINS, dtype=np.float32),
        begins=Ending.OPEN,
        ends=Ending.OPEN,
    )


def _check_reach(tracklets: Sequence[Tracklet], clicked: Sequence[tuple[int, Click]]) -> None:
    """Refuse two clicks that no skater could have covered the distance between."""
    for (one, first), (other, second) in pairwise(clicked):
        before, after = tracklets[one], tracklets[other]
        if one == other or before.scene != after.scene:
            continue
        a = int(np.argmin(np.abs(before.times - first.time)))
        b = int(np.argmin(np.abs(after.times - second.time)))
        sizes = [
            float(item.boxes[k, 3] - item.boxes[k, 1]) * float(item.scale[k])
            for item, k in ((before, a), (after, b))
        ]
        apart = float(np.hypot(*(after.feet[b] - before.feet[a]))) / max(min(sizes), 1.0)
        if apart > 1.0 + _TOP_SPEED * (second.time - first.time):
            raise _contradiction(first.time, second.time, "nobody gets that far in that time")


def _cut_where_denied(
    every: list[Tracklet],
    clicked: list[tuple[int, Click]],
    denied: list[tuple[int, float, str]],
    conflicts: list[Conflict],
) -> MarkedTracklets:
    """Cut tracklets that carry opposite marks, and those of clicks that overlap in time.

    A tracklet is nearly always of one person; where the person says otherwise, he is believed and
    the tracklet cut half-way between the marks.
    """
    cuts: dict[int, list[float]] = {}
    for index, time, kind in denied:
        for other, click in clicked:
            if other != index:
                continue
            if abs(click.time - time) < _TOO_CLOSE:
                why = "the same tracklet is and is not him"
                if kind == "off":
                    why = "he is followed from one to the other without leaving the ice"
                raise _contradiction(click.time, time, why)
            cuts.setdefault(index, []).append((click.time + time) / 2)
            start, end = sorted((click.time, time))
            told = Remark("marks-against-following", {"first": start, "last": end})
            conflicts.append(Conflict((start, end), told))
    for (one, first), (other, second) in pairwise(clicked):
        if one != other and every[one].end >= every[other].start:
            middle = (first.time + second.time) / 2
            cuts.setdefault(one, []).append(middle)
            cuts.setdefault(other, []).append(middle)
    excluded = {(index, time) for index, time, kind in denied if kind == "not"}
    if not cuts:
        return MarkedTracklets(
            tuple(every),
            tuple(clicked),
            tuple(sorted(excluded)),
            tuple(conflicts),
            tuple(range(len(every))),
            {},
        )
    parts: list[Tracklet] = []
    origin: list[int] = []
    places: dict[int, list[int]] = {}
    for index, whole in enumerate(every):
        cut = _cut(whole, sorted(cuts[index])) if index in cuts else [whole]
        places[index] = list(range(len(parts), len(parts) + len(cut)))
        parts += cut
        origin += [index] * len(cut)

    def part_at(index: int, time: float) -> int:
        options = places[index]
        return min(options, key=lambda k: max(parts[k].start - time, time - parts[k].end, 0.0))

    return MarkedTracklets(
        tracklets=tuple(parts),
        clicked=tuple((part_at(index, click.time), click) for index, click in clicked),
        excluded=tuple(sorted((part_at(index, time), time) for index, time in excluded)),
        conflicts=tuple(conflicts),
        origin=tuple(origin),
        cuts={index: sorted(set(times)) for index, times in cuts.items()},
    )


def _cut(tracklet: Tracklet, times: Sequence[float]) -> list[Tracklet]:
    """Cut a tracklet at times; its id stays on all parts."""
    bounds = [0, *np.searchsorted(tracklet.times, times).tolist(), len(tracklet.times)]
    parts = []
    for low, high in pairwise(bounds):
        if high <= low:
            continue
        parts.append(
            replace(
                tracklet,
                times=tracklet.times[low:high],
                boxes=tracklet.boxes[low:high],
                scores=tracklet.scores[low:high],
                feet=tracklet.feet[low:high],
                scale=tracklet.scale[low:high],
                begins=tracklet.begins if low == 0 else Ending.CONTACT,
                ends=tracklet.ends if high == len(tracklet.times) else Ending.CONTACT,
            )
        )
    return parts
