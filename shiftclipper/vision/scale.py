"""How large pictures are looked at: large enough for the far skaters of this film, and no larger.

A few pictures spread over the films are looked at closely, and the height of the people in them says by how
much pictures may be reduced. A quality trades the smallest person that is found for time.
"""

import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from shiftclipper.media.frames import Sample
from shiftclipper.vision.analyse import Film, Sampling, picture_near
from shiftclipper.vision.detector import Detector

PROBES = 8
"""Pictures looked at over all films."""
CLOSE = 1280
"""Width at which they are looked at, in pixels of the region; a smaller one is not enlarged."""
BELIEVED = 0.4
"""Score from which a detection counts as a person."""
FAR = 20
"""Percentile of the heights that stands for the people far away."""
FEWEST = 12
"""Heights from which a choice can be made."""
UNKNOWN_WIDTH = 960
"""Width of the picture when too few people were seen to choose."""
GRID = 32
"""The detector's sides are multiples of this."""


Load = Callable[[tuple[int, int]], Detector]
"""Opens the detector with an input of a width and a height."""


@dataclass(frozen=True, slots=True)
class Quality:
    """What one quality asks for."""

    far_height: float
    """Pixels that a far person should be tall when he is looked at."""
    most_pixels: int
    """Size of the detector's input at most."""
    enlarged: float
    """The picture may be enlarged by this factor at most."""


QUALITIES = {
    "fast": Quality(18, 160_000, 1.0),
    "balanced": Quality(28, 356_000, 1.0),
    "thorough": Quality(40, 1_600_000, 2.0),
}


def input_size(region: tuple[int, int], heights: Sequence[float], quality: Quality) -> tuple[int, int]:
    """Return the width and height of the detector's input for a region of the picture.

    Args:
        region: width and height in source pixels.
        heights: of people seen in the region, in source pixels.
        quality: what is asked for.
    """
    width, height = region
    if len(heights) >= FEWEST:
        scale = quality.far_height / float(np.percentile(np.asarray(heights), FAR))
    else:
        scale = UNKNOWN_WIDTH / width
    scale = min(scale, quality.enlarged, math.sqrt(quality.most_pixels / (width * height)))
    return _on_grid(width * scale), _on_grid(height * scale)


def width_input_size(region: tuple[int, int], source_width: int, width: int) -> tuple[int, int]:
    """Return the detector's input for a region when the whole picture is to be so many pixels wide."""
    scale = min(1.0, width / source_width)
    return _on_grid(region[0] * scale), _on_grid(region[1] * scale)


def close_size(region: tuple[int, int]) -> tuple[int, int]:
    """Return the input at which the probes are looked at."""
    scale = min(1.0, CLOSE / region[0])
    return _on_grid(region[0] * scale), _on_grid(region[1] * scale)


def heights_seen(
    sampling: Sampling, films: Sequence[Film], detector: Detector, stop: threading.Event | None = None
) -> list[float]:
    """Return the heights of the people in the probes, in source pixels.

    Raises:
        Cancelled, FFmpegFailed.
    """
    region = sampling.region_size
    size = detector.frame_size(region)
    heights: list[float] = []
    for sample in _probes(sampling, films, size, stop):
        found = detector.detect(sample.image)
        found = found[found[:, 4] >= BELIEVED]
        heights += ((found[:, 3] - found[:, 1]) * (region[1] / size[1])).tolist()
    return heights


def _probes(
    sampling: Sampling, films: Sequence[Film], size: tuple[int, int], stop: threading.Event | None
) -> list[Sample]:
    """Return PROBES pictures spread evenly over the films."""
    total = sum((film.duration for film in films), Fraction(0))
    found: list[Sample] = []
    for number in range(PROBES):
        moment = total * (2 * number + 1) / (2 * PROBES)
        film, time = _at(films, moment)
        found += picture_near(sampling, film, time, size, stop)
    return found


def _at(films: Sequence[Film], moment: Fraction) -> tuple[Film, Fraction]:
    """Return the film that is shown after so many seconds of film, and the seconds in it."""
    for film in films[:-1]:
        if moment < film.duration:
            return film, moment
        moment -= film.duration
    return films[-1], moment


def _on_grid(side: float) -> int:
    return max(GRID, math.ceil(round(side, 3) / GRID) * GRID)


def choose_detector(
    sampling: Sampling,
    films: Sequence[Film],
    load: Load,
    quality: str,
    stop: threading.Event | None = None,
) -> Detector:
    """Open the detector at the size that this film asks for; a file of fixed size is opened as it is.

    The same films give the same size, so that an analysis may be interrupted and taken up again.
    """
    region = sampling.region_size
    wanted = close_size(region)
    close = load(wanted)
    if close.input_size != wanted:
        return close
    return load(input_size(region, heights_seen(sampling, films, close, stop), QUALITIES[quality]))
