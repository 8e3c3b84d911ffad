"""Thumbnails of a job's shifts for the report: from the film where it is at hand, else from the clips."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from shiftclipper.errors import UserError
from shiftclipper.export.thumbnails import Box, thumbnail
from shiftclipper.jobs.rows import JobResults, ShiftRow, SourceRow
from shiftclipper.media.pictures import pictures_at
from shiftclipper.tracklets import Tracklet

MOST = 600
"""A report of more shifts than this shows pictures of the first ones only: it is meant to be sent."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The moment of a shift that is shown."""

    shift_id: int
    time: Fraction
    """Game time in seconds."""
    box: Box | None
    """Of the player, in pixels of the displayed picture; None when it is not known."""


def moments_of(found: JobResults, tracklets: Mapping[int, Tracklet]) -> list[Moment]:
    """Return the moment of each shown shift in which the player is seen best, or its middle, by time."""
    shown = [shift for shift in found.shifts if shift.verdict != "rejected"]
    return sorted((_moment(shift, tracklets) for shift in shown), key=lambda one: one.time)[:MOST]


def thumbnails_of(
    found: JobResults,
    moments: Sequence[Moment],
    check: Callable[[], None] = lambda: None,
    on_done: Callable[[], None] = lambda: None,
) -> dict[int, bytes]:
    """Return a JPEG for each shift that a picture could be had of, by the shift's id.

    Args:
        found: the job.
        moments: which to show.
        check: called before each picture; raises to stop.
        on_done: called after each picture.
    """
    size = _size(found.sources)
    made: dict[int, bytes] = {}
    for path, wanted in _by_file(found, moments):
        try:
            pictures = pictures_at(path, [time for time, _ in wanted])
            for (_, moment), picture in zip(wanted, pictures, strict=True):
                check()
                if picture is not None and moment.shift_id not in made:
                    made[moment.shift_id] = thumbnail(picture, moment.box if size else None, size)
                on_done()
        except UserError:
            # Moved or damaged since: a report without pictures is better than none.
            continue
    return made


def _moment(shift: ShiftRow, tracklets: Mapping[int, Tracklet]) -> Moment:
    best: tuple[float, float, Box] | None = None
    for number in shift.tracklet_ids:
        tracklet = tracklets.get(number)
        if tracklet is None:
            continue
        inside = (tracklet.times >= float(shift.start)) & (tracklet.times < float(shift.end))
        if not inside.any():
            continue
        heights = tracklet.boxes[:, 3] - tracklet.boxes[:, 1]
        worth = np.where(inside, heights * tracklet.scores, -1.0)
        place = int(np.argmax(worth))
        if best is None or worth[place] > best[0]:
            x1, y1, x2, y2 = (float(value) for value in tracklet.boxes[place])
            best = (float(worth[place]), float(tracklet.times[place]), (x1, y1, x2, y2))
    if best is None:
        return Moment(shift.id, (shift.start + shift.end) / 2, None)
    return Moment(shift.id, Fraction(best[1]).limit_denominator(100_000), best[2])


def _size(sources: Sequence[SourceRow]) -> tuple[int, int] | None:
    """Return the size that boxes are given in: that of the first file's displayed picture."""
    size = (sources[0].probe or {}).get("size") if sources else None
    if isinstance(size, list) and len(size) == 2 and all(isinstance(side, int) for side in size):
        return int(str(size[0])), int(str(size[1]))
    return None


def _by_file(
    found: JobResults, moments: Sequence[Moment]
) -> Iterator[tuple[Path, list[tuple[Fraction, Moment]]]]:
    """Yield each file with the moments to take from it, in its own time."""
    left = list(moments)
    for source in found.sources:
        path = next(
            (
                path
                for path in (source.proxy_path, source.normalised_path, source.path)
                if path is not None and path.is_file()
            ),
            None,
        )
        start, duration = _span(source, alone=len(found.sources) == 1)
        if path is None or start is None:
            continue
        here = [
            one for one in left if start <= one.time and (duration is None or one.time < start + duration)
        ]
        left = [one for one in left if one not in here]
        if here:
            yield path, [(one.time - start, one) for one in here]
    clip_of = {clip.shift_id: clip for clip in found.clips}
    for one in left:
        clip = clip_of.get(one.shift_id)
        if clip is not None and clip.path.is_file() and clip.start <= one.time < clip.end:
            yield clip.path, [(one.time - clip.start, one)]


def _span(source: SourceRow, *, alone: bool) -> tuple[Fraction | None, Fraction | None]:
    """Return start and length of a file on the game's clock; one that was never read begins at 0 if alone."""
    if source.start is None and alone:
        return Fraction(0), None
    return source.start, source.duration
