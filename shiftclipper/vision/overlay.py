"""The film of a game with what was seen drawn into it: boxes, tracklets, teams and the camera's motion.

To look at, not to measure: between two samples boxes move in a straight line.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from shiftclipper.errors import StageFailed
from shiftclipper.media.ffmpeg import FFmpeg
from shiftclipper.media.frames import sample_frames
from shiftclipper.media.probe import probe
from shiftclipper.tracklets import Tracklet
from shiftclipper.vision.analyse import EVERY_FRAME, Film
from shiftclipper.vision.observations import FrameObservations, inverse_similarity, picture_to_scene

Picture = NDArray[np.uint8]
Colour = tuple[int, int, int]

LARGEST_WIDTH = 1280
"""Pixels; films that are wider are reduced."""
LARGEST_RATE = Fraction(30)
"""Frames per second."""
COLOURS: tuple[Colour, ...] = (
    (80, 175, 255),
    (255, 160, 60),
    (90, 220, 120),
    (200, 120, 255),
    (255, 230, 80),
    (170, 170, 170),
)
"""Blue, green and red of the groups of people who look alike, one after the other."""
UNSURE: Colour = (110, 110, 110)
"""Of detections that belong to no tracklet."""
CAMERA: Colour = (60, 255, 255)
SHADOW: Colour = (20, 20, 20)
TRAIL_SECONDS = 1.5
GRID = 8
"""Crosses that lie still on the ice, along the width of the picture."""
MOVES = 1.0
"""Source pixels per second below which the camera is said to stand."""
FONT = cv2.FONT_HERSHEY_SIMPLEX


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What an analysis found in one game."""

    size: tuple[int, int]
    """Width and height of the displayed source picture, in which all boxes are given."""
    observations: Sequence[FrameObservations]
    """In time order."""
    tracklets: Sequence[Tracklet]
    groups: Sequence[int]
    """For each tracklet the number of the group of people that it looks like."""


def write_overlay(
    ffmpeg: FFmpeg,
    films: Sequence[Film],
    seen: Seen,
    target: Path,
    *,
    stop: threading.Event | None = None,
    on_time: Callable[[Fraction], None] | None = None,
) -> None:
    """Write the films of a game, one after the other and without sound, with what was seen in them.

    Args:
        ffmpeg: decodes and encodes.
        films: in game order.
        seen: what to draw.
        target: the MP4 file to write.
        stop: set it to end with Cancelled.
        on_time: called with the game time written so far.
    Raises:
        UserError, Cancelled, DiskFull, FFmpegFailed, StageFailed; nothing is left behind then.
    """
    width, height = seen.size
    factor = min(1.0, LARGEST_WIDTH / width)
    # H.264 wants even sides.
    size = (max(2, round(width * factor / 2) * 2), max(2, round(height * factor / 2) * 2))
    rate = min(LARGEST_RATE, *(_frame_rate(film) for film in films))
    length = films[-1].start + films[-1].duration

    def verify(part: Path) -> None:
        found = probe(part).duration
        if abs(found - length) > 1:
            raise StageFailed(
                f"The overlay became {float(found):.1f} s long instead of {float(length):.1f} s."
            )

    ffmpeg.write(
        _encoding(size, rate),
        target,
        container="mp4",
        verify=verify,
        stop=stop,
        on_time=on_time,
        feed=_pictures(ffmpeg, films, seen, size, rate, stop),
    )


def _frame_rate(film: Film) -> Fraction:
    return len(film.index) / max(film.duration, Fraction(1, 1000))


def _encoding(size: tuple[int, int], rate: Fraction) -> list[str]:
    return [
        *("-f", "rawvideo", "-pix_fmt", "bgr24", "-s", f"{size[0]}x{size[1]}"),
        *("-framerate", str(rate), "-i", "pipe:0", "-map", "0:v:0"),
        *("-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-pix_fmt", "yuv420p"),
        *("-movflags", "+faststart"),
    ]


def _pictures(
    ffmpeg: FFmpeg,
    films: Sequence[Film],
    seen: Seen,
    size: tuple[int, int],
    rate: Fraction,
    stop: threading.Event | None,
) -> Iterator[bytes]:
    """Yield pictures at an even rate: each shows the last frame that had come by then."""
    artist = Artist(seen, size)
    shown = 0
    for film in films:
        shot: tuple[Fraction, Picture] | None = None
        end = film.start + film.duration
        frames = sample_frames(ffmpeg, film.path, film.index, rate=EVERY_FRAME, size=size, stop=stop)
        for frame in frames:
            now = film.start + frame.time
            while shot is not None and shown / rate < now:
                yield artist.drawn(shot[1], float(shot[0])).tobytes()
                shown += 1
            shot = now, frame.image
        while shot is not None and shown / rate < end:
            yield artist.drawn(shot[1], float(shot[0])).tobytes()
            shown += 1


class Artist:
    """Draws what was seen into pictures, whose times must not go back."""

    def __init__(self, seen: Seen, size: tuple[int, int]) -> None:
        """Draw into pictures of `size` (width, height)."""
        self._seen = seen
        self._scale = np.array([a / b for a, b in zip(size, seen.size, strict=True)])
        self._thick = max(1, round(size[0] / 640))
        self._letters = size[0] / 1900
        self._times = np.array([one.time for one in seen.observations])
        to_scene = picture_to_scene(seen.observations)
        self._to_picture = np.array([inverse_similarity(one)[:2] for one in to_scene]).reshape(-1, 2, 3)
        self._waiting = sorted(range(len(seen.tracklets)), key=lambda k: -seen.tracklets[k].start)
        self._present: list[int] = []

    def drawn(self, image: Picture, now: float) -> Picture:
        """Return a copy of an image (height, width, 3), blue green red, of game time `now`, drawn over."""
        image = image.copy()
        if len(self._times):
            sample = max(int(np.searchsorted(self._times, now, side="right")) - 1, 0)
            self._draw_grid(image, sample)
            self._draw_unsure(image, sample, now)
            self._draw_tracklets(image, sample, now)
            self._draw_camera(image, sample)
        self._write(image, _clock(now), (8, image.shape[0] - 10), CAMERA)
        return image

    def _draw_tracklets(self, image: Picture, sample: int, now: float) -> None:
        tracklets = self._seen.tracklets
        while self._waiting and tracklets[self._waiting[-1]].start <= now:
            self._present.append(self._waiting.pop())
        self._present = [k for k in self._present if tracklets[k].end >= now]
        for k in self._present:
            one = tracklets[k]
            colour = COLOURS[self._seen.groups[k] % len(COLOURS)]
            box = [float(np.interp(now, one.times, one.boxes[:, side])) for side in range(4)]
            corners = self._pixels(np.array(box).reshape(2, 2))
            cv2.rectangle(image, corners[0].tolist(), corners[1].tolist(), colour, self._thick, cv2.LINE_AA)
            self._draw_trail(image, one, sample, now, colour)
            self._write(image, str(one.id), (int(corners[0, 0]), int(corners[0, 1]) - 4), colour)

    def _draw_trail(self, image: Picture, one: Tracklet, sample: int, now: float, colour: Colour) -> None:
        recent = (one.times <= now) & (one.times >= now - TRAIL_SECONDS)
        if recent.sum() < 2:
            return
        where = _moved(one.feet[recent].astype(np.float64), self._to_picture[sample])
        cv2.polylines(image, [self._pixels(where)], False, colour, self._thick, cv2.LINE_AA)

    def _draw_unsure(self, image: Picture, sample: int, now: float) -> None:
        """Draw the detections of a sample thinly; those of tracklets are drawn over."""
        one = self._seen.observations[sample]
        if now - one.time > 0.2:
            return
        for box in one.boxes:
            corners = self._pixels(box.reshape(2, 2).astype(np.float64))
            cv2.rectangle(image, corners[0].tolist(), corners[1].tolist(), UNSURE, 1, cv2.LINE_AA)

    def _draw_grid(self, image: Picture, sample: int) -> None:
        """Draw crosses that would stay where they are on the ice if the camera were known exactly."""
        width, height = self._seen.size
        view = self._to_picture[sample]
        spacing = width / GRID
        corners = np.array([[0, 0], [width, 0], [0, height], [width, height]], dtype=np.float64)
        back = inverse_similarity(view)[:2]
        low, high = (
            np.round(edge / spacing).astype(int)
            for edge in (_moved(corners, back).min(axis=0), _moved(corners, back).max(axis=0))
        )
        if (high - low).max() > 10 * GRID:
            return
        across, down = np.meshgrid(np.arange(low[0], high[0] + 1), np.arange(low[1], high[1] + 1))
        points = np.stack([across.ravel(), down.ravel()], axis=1) * spacing
        for point in self._pixels(_moved(points, view)).tolist():
            cv2.drawMarker(image, point, CAMERA, cv2.MARKER_CROSS, 4 * self._thick, 1, cv2.LINE_AA)

    def _draw_camera(self, image: Picture, sample: int) -> None:
        """Write how the camera moves, with an arrow, and where a new shot begins."""
        one = self._seen.observations[sample]
        if one.cut:
            self._write(image, "cut", (8, round(60 * self._letters) + 4), CAMERA)
            return
        seconds = one.time - self._times[sample - 1] if sample else 0.0
        if seconds <= 0:
            return
        middle = np.array(self._seen.size, dtype=np.float64) / 2
        moved = middle - _moved(middle[None], one.motion)[0]
        speed = float(np.linalg.norm(moved)) / seconds
        zoom = float(np.hypot(one.motion[0, 0], one.motion[1, 0])) ** (1 / seconds)
        stands = speed < MOVES and abs(zoom - 1) < 0.005
        text = "camera stands" if stands else f"camera {speed:.0f} px/s, zoom {zoom - 1:+.0%}/s"
        self._write(image, text, (8, round(60 * self._letters) + 4), CAMERA)
        if not stands:
            start = np.array([image.shape[1] // 2, round(40 * self._letters) + 8])
            end = start + np.rint(moved * self._scale / seconds / 4).astype(int)
            cv2.arrowedLine(image, start.tolist(), end.tolist(), CAMERA, self._thick, cv2.LINE_AA)

    def _pixels(self, points: NDArray[np.float64]) -> NDArray[np.int32]:
        """Return source pixels (n, 2) as pixels of the drawn picture, kept within what OpenCV can take."""
        return np.asarray(np.clip(np.rint(points * self._scale), -20_000, 20_000), dtype=np.int32)

    def _write(self, image: Picture, text: str, place: tuple[int, int], colour: Colour) -> None:
        for ink, thick in ((SHADOW, 3 * self._thick), (colour, self._thick)):
            cv2.putText(image, text, place, FONT, self._letters, ink, thick, cv2.LINE_AA)


def _moved(points: NDArray[np.float64], similarity: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(points @ similarity[:, :2].T + similarity[:, 2])


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes)}:{rest:04.1f}"
