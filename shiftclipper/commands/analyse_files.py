"""The command `analyse`: every detection and tracklet of a game, without a job."""

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from shiftclipper.commands.files import open_files
from shiftclipper.export.folders import make_folder
from shiftclipper.export.manifest import write_json
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.settings import load_preset
from shiftclipper.jobs.stages.analyse import load_detector, plan_sampling
from shiftclipper.media.ffmpeg import locate
from shiftclipper.tracklets import Tracklet
from shiftclipper.vision.analyse import Film, observe_chunks, plan_chunks
from shiftclipper.vision.observations import FrameObservations
from shiftclipper.vision.tracker import track

Show = Callable[[str, float, float, str], None]
"""Called with stage, units done, units in all, and a message."""


def analyse_files(
    videos: Sequence[Path],
    out: Path,
    detector_file: Path | None,
    preset: str,
    quality: str | None,
    show: Show,
) -> dict[str, JsonValue]:
    """Write tracks.json for the files of one game, and return speed and peak memory.

    Raises:
        UserError: bad input; nothing was written then.
    """
    settings = load_preset(preset).settings
    if quality is not None:
        settings = settings.changed({"quality": quality})
    if detector_file is not None:
        settings = replace(settings, detector=str(detector_file.expanduser().absolute()))
    target = out.expanduser().absolute()
    ffmpeg = locate()
    with tempfile.TemporaryDirectory(prefix="shiftclipper-") as folder:
        clock, sources = open_files(ffmpeg, videos, Path(folder))
        make_folder(target.parent)
        size = sources[0].probe.size
        films = [
            Film(source.probe.path, source.index, span.start)
            for source, span in zip(sources, clock.sources, strict=True)
        ]
        began = time.monotonic()
        sampling = plan_sampling(ffmpeg, settings, films, size)
        detector = load_detector(settings, sampling, films)
        observations: list[FrameObservations] = []
        for number, film in enumerate(films):

            def advance(time: Fraction, film: Film = film) -> None:
                show("analysing", float(film.start + time), float(clock.duration), "")

            before = films[number - 1] if number else None
            chunks = plan_chunks(film.duration)
            for _, seen in observe_chunks(sampling, film, chunks, detector, before=before, on_time=advance):
                observations += seen
        tracklets = track(observations, size)
        seconds = time.monotonic() - began
    write_json(tracks_document(size, clock.duration, observations, tracklets), target)
    frames = sum(len(source.index) for source in sources)
    return {
        "out": str(target),
        "seconds": round(seconds, 3),
        "film_seconds": round(float(clock.duration), 3),
        "samples": len(observations),
        "samples_per_second": round(len(observations) / seconds, 2),
        "frames_per_second": round(frames / seconds, 2),
        "detections": sum(len(one) for one in observations),
        "tracklets": len(tracklets),
        "peak_memory_mb": peak_memory_mb(),
    }


def tracks_document(
    size: tuple[int, int],
    duration: Fraction,
    observations: Sequence[FrameObservations],
    tracklets: Sequence[Tracklet],
) -> dict[str, JsonValue]:
    """Return tracks.json: times in seconds of game time, boxes x1 y1 x2 y2 in pixels of the picture."""
    return {
        "size": list(size),
        "duration": round(float(duration), 6),
        "detections": [
            {
                "t": round(one.time, 6),
                "boxes": [
                    [*(round(float(value), 2) for value in box), round(float(score), 4)]
                    for box, score in zip(one.boxes, one.scores, strict=True)
                ],
                "cut": one.cut,
            }
            for one in observations
        ],
        "tracklets": [
            {
                "id": tracklet.id,
                "scene": tracklet.scene,
                "begins": str(tracklet.begins),
                "ends": str(tracklet.ends),
                "t": [round(float(moment), 6) for moment in tracklet.times],
                "boxes": [[round(float(value), 2) for value in box] for box in tracklet.boxes],
            }
            for tracklet in tracklets
        ],
    }


def peak_memory_mb() -> float | None:
    """Return the most memory this process had at once, in MB; None where the system does not tell."""
    try:
        import resource  # not there on Windows
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (1e6 if sys.platform == "darwin" else 1e3), 1)
