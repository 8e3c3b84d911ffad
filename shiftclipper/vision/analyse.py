"""From the film of a game to observations, chunk by chunk.

Decoding, detecting and watching the camera run in threads of their own behind bounded queues, beside the
describing of who was found. What a chunk gives does not depend on where reading began: reading starts with
the batch before it, and batches end with the chunk.
"""

import bisect
import contextlib
import itertools
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Generic, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from shiftclipper.errors import Cancelled
from shiftclipper.media.ffmpeg import FFmpeg
from shiftclipper.media.frames import Sample, sample_frames, sample_times
from shiftclipper.media.index import PacketIndex
from shiftclipper.tracklets import ROLES
from shiftclipper.vision.appearance import describe
from shiftclipper.vision.camera import Motion
from shiftclipper.vision.detector import Detector
from shiftclipper.vision.ice import WHOLE, WORKING_WIDTH, Region, find_ice, stands_still
from shiftclipper.vision.keyframes import Keyframe
from shiftclipper.vision.observations import FrameObservations, rounded
from shiftclipper.vision.watch import CameraWatch

T = TypeVar("T")

CHUNK_SECONDS = Fraction(30)
BATCH = 4
"""Samples that are looked at together."""
QUEUED = 8
"""Samples that wait for the detector at most."""
FOUND = 2
"""Batches with their detections that wait to be compared at most, and as many then to be described."""
WAIT_SECONDS = 0.2
ICE_PICTURES = 7
"""Pictures of each film in which the ice is looked for."""
EVERY_FRAME = Fraction(1000)
"""A rate at which no frame is passed over."""
LEAST_SCORE = 0.15
"""Detections below this score are not kept: the tracker has no use for them."""


@dataclass(frozen=True, slots=True)
class Film:
    """One source file, ready to be sampled."""

    path: Path
    index: PacketIndex
    start: Fraction
    """Game time of its first frame, in seconds."""

    @property
    def duration(self) -> Fraction:
        """Length in seconds."""
        return self.index.duration_seconds


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of one film that is analysed and saved as a whole."""

    number: int
    start: Fraction
    end: Fraction
    """Source time in seconds, [start, end)."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How pictures are taken from the films of one game."""

    ffmpeg: FFmpeg
    rate: Fraction
    """Samples per second."""
    source_size: tuple[int, int]
    """(width, height) that boxes are given in: the displayed picture of the game's first film."""
    region: Region = WHOLE
    """The part of the picture that is looked at."""
    hardware: str = ""
    """How a graphics processor decodes the films (`media.hardware_decoding`); empty: it does not."""

    @property
    def region_size(self) -> tuple[int, int]:
        """(width, height) of the region in source pixels."""
        width, height = self.source_size
        return max(1, round(self.region.width * width)), max(1, round(self.region.height * height))


def plan_chunks(duration: Fraction) -> tuple[Chunk, ...]:
    """Divide a film of so many seconds into chunks of CHUNK_SECONDS, the last one shorter."""
    count = max(1, -(-duration // CHUNK_SECONDS))
    return tuple(
        Chunk(number, number * CHUNK_SECONDS, min(duration, (number + 1) * CHUNK_SECONDS))
        for number in range(count)
    )


def observe_chunks(
    sampling: Sampling,
    film: Film,
    chunks: Sequence[Chunk],
    detector: Detector,
    *,
    before: Film | None = None,
    stop: threading.Event | None = None,
    on_time: Callable[[Fraction], None] | None = None,
) -> Iterator[tuple[Chunk, list[FrameObservations]]]:
    """Observe neighbouring chunks of a film, and yield each as soon as it is whole.

    Args:
        sampling: how pictures are taken.
        film: the file.
        chunks: of `plan_chunks`, one after the other without gaps.
        detector: finds the people.
        before: the film that ends where this one starts, whose last picture the first one is compared with.
        stop: set it to end with Cancelled within a second.
        on_time: called with the source time reached.
    Raises:
        Cancelled, FFmpegFailed.
    """
    # Pictures this small are not worth dividing: OpenCV's own threads only take time from the detector's.
    cv2.setNumThreads(1)
    eye = _Eye(sampling, detector, film.start)
    size = eye.size
    context = list(_context(sampling, film, chunks[0], before, size, stop))
    if context:
        for sample, found in _seen_in(context, detector):
            eye.watch(sample, found)
    samples = sample_frames(
        sampling.ffmpeg,
        film.path,
        film.index,
        rate=sampling.rate,
        size=size,
        start=chunks[0].start,
        end=chunks[-1].end,
        region=sampling.region,
        hardware=sampling.hardware,
        stop=stop,
    )
    ends = [chunk.end for chunk in chunks]
    with (
        _Ahead(samples, QUEUED, stop) as decoded,
        _Ahead(_detected(decoded, ends, detector), FOUND, stop) as detected,
        _Ahead(eye.watch_all(detected), FOUND, stop) as batches,
    ):
        held: list[_Watched] | None = None
        for chunk in chunks:
            seen: list[FrameObservations] = []
            while (batch := held or next(batches, None)) is not None:
                held = None
                if batch[0].sample.time >= chunk.end:
                    held = batch
                    break
                seen += [eye.describe(one) for one in batch]
                if on_time is not None:
                    on_time(batch[-1].sample.time)
            yield chunk, seen


_Batch = list[tuple[Sample, NDArray[np.float32]]]


def _detected(samples: Iterator[Sample], ends: Sequence[Fraction], detector: Detector) -> Iterator[_Batch]:
    """Yield samples with their detections in batches of at most BATCH, none across one of the `ends`."""
    for _, run in itertools.groupby(samples, lambda sample: bisect.bisect_right(ends, sample.time)):
        while batch := list(itertools.islice(run, BATCH)):
            yield _seen_in(batch, detector)


def _seen_in(batch: Sequence[Sample], detector: Detector) -> _Batch:
    """Return some samples with the detections in them."""
    found = detector.detect_batch([one.image for one in batch], least_score=LEAST_SCORE)
    return list(zip(batch, found, strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class _Watched:
    """One picture with who was found in it and what the camera did."""

    sample: Sample
    found: NDArray[np.float32]
    """(n, 5 or 8) detections in pixels of the picture."""
    motion: Motion
    keyframe: Keyframe | None


class _Eye:
    """Turns detections in decoded pictures into observations in source pixels, picture after picture."""

    def __init__(self, sampling: Sampling, detector: Detector, start: Fraction) -> None:
        """`start` is the film's game time."""
        extent = sampling.region_size
        self.size = detector.frame_size(extent)
        """(width, height) at which pictures are decoded."""
        self._start = start
        self._scale = np.array([a / b for a, b in zip(extent, self.size, strict=True)] * 2, np.float32)
        width, height = sampling.source_size
        offset = (sampling.region.left * width, sampling.region.top * height)
        self._offset = np.tile(np.array(offset, np.float32), 2)
        self._watch = CameraWatch(extent, self.size, offset)

    def watch_all(self, batches: Iterator[_Batch]) -> Iterator[list[_Watched]]:
        """Yield pictures in their order with what the camera did."""
        for batch in batches:
            yield [self.watch(sample, found) for sample, found in batch]

    def watch(self, sample: Sample, found: NDArray[np.float32]) -> _Watched:
        """Compare one picture with the one before it."""
        boxes = np.ascontiguousarray(found[:, :4])
        motion, keyframe = self._watch.look(sample.image, boxes, float(self._start + sample.time))
        return _Watched(sample, found, motion, keyframe)

    def describe(self, watched: _Watched) -> FrameObservations:
        """Describe the people of one picture."""
        found = watched.found
        boxes = np.ascontiguousarray(found[:, :4])
        seen = describe(watched.sample.image, boxes)
        return rounded(
            FrameObservations(
                time=float(self._start + watched.sample.time),
                boxes=boxes * self._scale + self._offset,
                scores=found[:, 4],
                colours=seen.colours,
                kit=seen.kit,
                roles=found[:, 5:] if found.shape[1] > 5 else np.zeros((len(found), len(ROLES)), np.float32),
                sharpness=seen.sharpness,
                motion=watched.motion.matrix,
                cut=watched.motion.cut,
                keyframe=watched.keyframe,
            )
        )


def look_for_ice(
    ffmpeg: FFmpeg, films: Sequence[Film], source_size: tuple[int, int], stop: threading.Event | None = None
) -> Region:
    """Return where the ice is in the films of a camera that does not move; WHOLE when it cannot be told.

    It is WHOLE for a camera that moves too, whatever anybody said of it.
    """
    size = (WORKING_WIDTH, max(1, round(WORKING_WIDTH * source_size[1] / source_size[0])))
    whole = Sampling(ffmpeg, Fraction(1), source_size)
    pictures: list[NDArray[np.uint8]] = []
    for film in films:
        for number in range(ICE_PICTURES):
            moment = film.duration * (2 * number + 1) / (2 * ICE_PICTURES)
            pictures += [sample.image for sample in picture_near(whole, film, moment, size, stop)]
    return find_ice(pictures) if pictures and stands_still(pictures) else WHOLE


def picture_near(
    sampling: Sampling, film: Film, moment: Fraction, size: tuple[int, int], stop: threading.Event | None
) -> list[Sample]:
    """Return the picture of the last keyframe before a moment of a film, the quickest one to get at.

    Empty when nothing can be decoded there.
    """
    index = film.index
    key = index.key_before(index.first_pts_at(moment))
    start = Fraction(0) if key is None else max(Fraction(0), index.source_time(key))
    reading = sample_frames(
        sampling.ffmpeg,
        film.path,
        index,
        rate=EVERY_FRAME,
        size=size,
        start=start,
        end=min(film.duration, start + 2),
        region=sampling.region,
        stop=stop,
    )
    with contextlib.closing(reading):
        return list(itertools.islice(reading, 1))


def _context(
    sampling: Sampling,
    film: Film,
    chunk: Chunk,
    before: Film | None,
    size: tuple[int, int],
    stop: threading.Event | None,
) -> Iterator[Sample]:
    """Yield the last batch of samples before a chunk, if there is one: of this film, or of the one before.

    A whole batch, as an undisturbed run would have looked at it: a sample alone may differ in its last bits.
    """
    source = film if chunk.number > 0 else before
    if source is None:
        return
    end = chunk.start if source is film else source.duration
    last = plan_chunks(source.duration)[-1 if source is not film else chunk.number - 1]
    times = sample_times(source.index, sampling.rate, last.start, end)
    if times:
        first = (len(times) - 1) // BATCH * BATCH
        yield from sample_frames(
            sampling.ffmpeg,
            source.path,
            source.index,
            rate=sampling.rate,
            size=size,
            start=times[first],
            end=end,
            region=sampling.region,
            hardware=sampling.hardware,
            stop=stop,
        )


class _Ahead(Generic[T]):
    """Runs a generator in a thread and hands out what it yields; iterate inside `with`."""

    def __init__(self, items: Iterator[T], room: int, stop: threading.Event | None) -> None:
        """Let at most `room` items wait; `stop` ends the iteration with Cancelled."""
        self._items = items
        self._stop = stop
        self._closed = threading.Event()
        self._queue: queue.Queue[tuple[T] | BaseException | None] = queue.Queue(room)
        self._at_end = False
        self._thread = threading.Thread(target=self._read, name="ahead", daemon=True)

    def __enter__(self) -> Iterator[T]:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        self._thread.join()

    def __iter__(self) -> Iterator[T]:
        return self

    def __next__(self) -> T:
        while not self._at_end:
            if self._stop is not None and self._stop.is_set():
                raise Cancelled
            if self._closed.is_set():
                break
            try:
                item = self._queue.get(timeout=WAIT_SECONDS)
            except queue.Empty:
                continue
            if item is None:
                self._at_end = True
            elif isinstance(item, BaseException):
                raise item
            else:
                return item[0]
        raise StopIteration

    def _read(self) -> None:
        try:
            for item in self._items:
                self._put((item,))
                if self._closed.is_set():
                    break
        except BaseException as error:
            self._put(error)
        else:
            self._put(None)
        finally:
            # Closes the pipe in the thread that opened it.
            close = getattr(self._items, "close", None)
            if close is not None:
                close()

    def _put(self, item: tuple[T] | BaseException | None) -> None:
        while not self._closed.is_set():
            try:
                self._queue.put(item, timeout=WAIT_SECONDS)
            except queue.Full:
                continue
            return
