"""Jersey numbers of everybody on the ice, read off keyframes once all tracklets are known.

Detection needs small pictures and reading large ones, so the film is read a second time; but a number is
worth reading about once a second only, and keyframes, which come about as often, are the sharpest pictures
and cost little to decode. Films with fewer keyframes than that are decoded as a whole.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from shiftclipper.media.ffmpeg import FFmpeg
from shiftclipper.media.frames import Sample, sample_frames
from shiftclipper.tracklets import NumberReading, Tracklet
from shiftclipper.vision.analyse import Chunk, Film
from shiftclipper.vision.detections import hidden_shares
from shiftclipper.vision.number_reader import NumberReader

Array = NDArray[np.float64]
Picture = NDArray[np.uint8]

RATE = Fraction(1)
"""Pictures a second, at most, in which numbers are read: readings closer together repeat each other."""
RARE_KEYFRAMES = Fraction(5, 2)
"""Mean seconds between keyframes beyond which all frames are decoded."""
LARGEST_WIDTH = 1920
"""Pixels; wider pictures are reduced."""
SMALLEST = 54.0
"""Height in pixels of the people whose numbers can be read: the digits are a sixth of it."""
WORTHWHILE = 0.05
"""Share of all boxes that must be so tall, or nobody's number is looked for."""
BACK = (0.15, 0.16, 0.85, 0.41)
"""Left, top, right and bottom of where a number is, as shares of the box."""
HIDDEN = 0.15
"""Share of a box that may lie behind somebody else."""
NEAR = 0.2
"""Seconds between a picture and the nearest boxes of a tracklet that lies around it, at most."""
LEAST_PROBABILITY = 0.1
"""Readings less likely than this tell nothing and are not kept."""
KNOWN = 3
"""Readings of one number with two digits after which a tracklet is known and left alone, in one chunk."""
CLEAR = 0.8
"""Probability that such a reading must have."""


class TallPeople:
    """Tells whether people are tall enough for their numbers to be read, once it has seen all of them."""

    def __init__(self, width: int) -> None:
        """Begin with nobody in a film whose picture has this width in pixels."""
        self._factor = min(1.0, LARGEST_WIDTH / width)
        self._boxes = self._tall = 0

    def among(self, tracklets: Iterable[Tracklet]) -> Iterator[Tracklet]:
        """Hand on tracklets and look at each as it passes."""
        for one in tracklets:
            height = (one.boxes[:, 3] - one.boxes[:, 1]) * self._factor
            self._boxes += len(height)
            self._tall += int((height >= SMALLEST).sum())
            yield one

    @property
    def can_be_read(self) -> bool:
        """Whether so many were tall that numbers are worth looking for."""
        return self._boxes > 0 and self._tall / self._boxes >= WORTHWHILE


def read_numbers(
    ffmpeg: FFmpeg,
    film: Film,
    chunk: Chunk,
    source_size: tuple[int, int],
    tracklets: Sequence[Tracklet],
    reader: NumberReader,
    stop: threading.Event | None = None,
) -> list[NumberReading]:
    """Read numbers in one chunk of a film.

    Args:
        ffmpeg: decodes.
        film: the file.
        chunk: the stretch of it.
        source_size: width and height of the displayed picture in which boxes are given.
        tracklets: all that are there in the chunk; others may be among them.
        reader: reads.
        stop: set it to end with Cancelled.
    Raises:
        Cancelled, FFmpegFailed.
    """
    low, high = float(film.start + chunk.start), float(film.start + chunk.end)
    present = [one for one in tracklets if one.start < high and one.end >= low]
    if not present:
        return []
    factor = min(1.0, LARGEST_WIDTH / source_size[0])
    size = (round(source_size[0] * factor), round(source_size[1] * factor))
    known: dict[int, list[str]] = {}
    readings: list[NumberReading] = []
    for sample in _pictures(ffmpeg, film, chunk, size, stop):
        now = float(film.start + sample.time)
        ids, boxes = boxes_at(present, now)
        crops = backs(sample.image, boxes * factor)
        wanted = [k for k, crop in crops if not _is_known(known.get(ids[k], []))]
        reads = reader.read([crop for k, crop in crops if k in set(wanted)])
        for k, read in zip(wanted, reads, strict=True):
            if read.probability < LEAST_PROBABILITY:
                continue
            readings.append(NumberReading(ids[k], now, read.number, read.probability))
            if read.probability >= CLEAR and len(read.number) == 2:
                known.setdefault(ids[k], []).append(read.number)
    return readings


def _pictures(
    ffmpeg: FFmpeg, film: Film, chunk: Chunk, size: tuple[int, int], stop: threading.Event | None
) -> Iterator[Sample]:
    keys = len(film.index.keyframe_pts())
    often = keys > 0 and film.duration / keys <= RARE_KEYFRAMES
    return sample_frames(
        ffmpeg,
        film.path,
        film.index,
        rate=RATE,
        size=size,
        start=chunk.start,
        end=chunk.end,
        keyframes=often,
        stop=stop,
    )


def _is_known(numbers: list[str]) -> bool:
    return any(numbers.count(one) >= KNOWN for one in set(numbers))


def boxes_at(tracklets: Sequence[Tracklet], now: float) -> tuple[list[int], Array]:
    """Return the ids (n) of tracklets that are there at a moment, and their boxes (n, 4) in source pixels."""
    ids: list[int] = []
    boxes: list[list[float]] = []
    for one in tracklets:
        if not one.start <= now <= one.end:
            continue
        after = min(int(np.searchsorted(one.times, now)), len(one.times) - 1)
        nearest = min(abs(now - float(one.times[k])) for k in (max(after - 1, 0), after))
        if nearest > NEAR:
            continue
        ids.append(one.id)
        boxes.append([float(np.interp(now, one.times, one.boxes[:, side])) for side in range(4)])
    return ids, np.array(boxes, dtype=np.float64).reshape(-1, 4)


def backs(image: Picture, boxes: Array) -> list[tuple[int, Picture]]:
    """Return where numbers may be: rows of the boxes (n, 4), in the image's pixels, and crops of it.

    People who are too small, hidden behind somebody or cut by the picture's edge are left out.
    """
    width = image.shape[1]
    hidden = hidden_shares(boxes.astype(np.float32), np.array([0, len(boxes)]))
    crops = []
    for k, (left, top, right, bottom) in enumerate(boxes):
        across, down = right - left, bottom - top
        if down < SMALLEST or hidden[k] > HIDDEN or left < 0 or top < 0 or right > width:
            continue
        columns = slice(round(left + BACK[0] * across), round(left + BACK[2] * across))
        rows = slice(round(top + BACK[1] * down), round(top + BACK[3] * down))
        crop = image[rows, columns]
        if crop.size:
            crops.append((k, crop))
    return crops
