"""Tracklets as rows: one row each, its arrays packed into one blob of little-endian numbers."""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from shiftclipper.jobs.database import Row
from shiftclipper.jobs.times import to_flicks
from shiftclipper.tracklets import COLOUR_BINS, KIT_VALUES, ROLES, Ending, Tracklet

_PARTS = (("boxes", 4), ("scores", 1), ("feet", 2), ("scale", 1))
"""The (n, k) float32 arrays that follow the times, and their k."""
_LOOKS = (("colour", COLOUR_BINS), ("kit", KIT_VALUES), ("roles", len(ROLES)))
"""The (k,) float32 arrays after those; rows of older versions end with the colour."""


def row_of_tracklet(job_id: str, tracklet: Tracklet) -> Row:
    """Return the row that keeps a tracklet; `tracklet_of_row` gives it back bit for bit."""
    parts = [np.ascontiguousarray(tracklet.times, dtype="<f8").tobytes()]
    parts += [np.ascontiguousarray(getattr(tracklet, name), dtype="<f4").tobytes() for name, _ in _PARTS]
    parts += [np.ascontiguousarray(getattr(tracklet, name), dtype="<f4").tobytes() for name, _ in _LOOKS]
    return {
        "job_id": job_id,
        "id": tracklet.id,
        "start": to_flicks(Fraction(tracklet.start)),
        "end": to_flicks(Fraction(tracklet.end)),
        "boxes": len(tracklet.times),
        "scene": tracklet.scene,
        "begins": str(tracklet.begins),
        "ends": str(tracklet.ends),
        "arrays": b"".join(parts),
    }


def tracklet_of_row(row: Row) -> Tracklet:
    """Return the tracklet of a row."""
    blob: bytes = row["arrays"]
    count: int = row["boxes"]
    times = np.frombuffer(blob, "<f8", count).astype(np.float64)
    at = times.nbytes
    arrays: dict[str, NDArray[np.float32]] = {}
    for name, width in _PARTS:
        flat = np.frombuffer(blob, "<f4", count * width, at).astype(np.float32)
        arrays[name] = flat.reshape(count, width) if width > 1 else flat
        at += flat.nbytes
    looks = np.zeros(sum(width for _, width in _LOOKS), np.float32)
    rest = np.frombuffer(blob, "<f4", offset=at)
    looks[: len(rest)] = rest
    for name, width in _LOOKS:
        arrays[name], looks = looks[:width], looks[width:]
    return Tracklet(
        id=row["id"],
        times=times,
        boxes=arrays["boxes"],
        scores=arrays["scores"],
        feet=arrays["feet"],
        scale=arrays["scale"],
        scene=row["scene"],
        colour=arrays["colour"],
        kit=arrays["kit"],
        roles=arrays["roles"],
        begins=Ending(row["begins"]),
        ends=Ending(row["ends"]),
    )
