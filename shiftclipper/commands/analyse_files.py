"""The command `analyse`: every detection and tracklet of a game, without a job."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from shiftclipper.commands.files import open_files
from shiftclipper.commands.scratch import scratch_folder
from shiftclipper.errors import UserError
from shiftclipper.export.folders import make_folder
from shiftclipper.export.manifest import write_json
from shiftclipper.identity.looks import features_of, find_looks
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.settings import load_preset
from shiftclipper.jobs.stages.analyse import load_detector, plan_sampling
from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.part_files import part_file
from shiftclipper.tracklets import Tracklet
from shiftclipper.vision.analyse import Film, observe_chunks, plan_chunks
from shiftclipper.vision.observations import FrameObservations
from shiftclipper.vision.overlay import Seen, write_overlay
from shiftclipper.vision.tracker import track

Show = Callable[[str, float, float, str], None]
"""Called with stage, units done, units in all, and a message."""


def analyse_files(
    videos: Sequence[Path],
    out: Path,
    detector_file: Path | None,
    preset: str,
    quality: str | None,
    overlay: Path | None,
    show: Show,
) -> dict[str, JsonValue]:
    """Write tracks.json for the files of one game, and return speed and peak memory.

    `overlay` is where to write the film with what was seen drawn into it, if anywhere.

    Raises:
        UserError: bad input; nothing was written then.
    """
    settings = load_preset(preset).settings
    if quality is not None:
        settings = settings.changed({"quality": quality})
    if detector_file is not None:
        settings = replace(settings, detector=str(detector_file.expanduser().absolute()))
    target = out.expanduser().absolute()
    drawing = None if overlay is None else _drawing_target(overlay, [target, *videos])
    ffmpeg = locate()
    with scratch_folder() as scratch:
        clock, sources = open_files(ffmpeg, videos, scratch)
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
        if drawing is not None:

            def drawn(time: Fraction) -> None:
                show("drawing", float(time), float(clock.duration), "")

            found = Seen(size, observations, tracklets, _groups(tracklets))
            write_overlay(ffmpeg, films, found, drawing, on_time=drawn)
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


def _drawing_target(overlay: Path, others: Sequence[Path]) -> Path:
    """Return where the drawn film goes, once it is sure that it can be written there."""
    drawing = overlay.expanduser().absolute()
    if drawing.suffix.lower() != ".mp4":
        raise UserError(f"{drawing.name} is no name for the drawn film: give one that ends in .mp4.")
    if any(drawing.resolve() == other.expanduser().resolve() for other in others):
        raise UserError(f"{drawing.name} is needed for something else: give the drawn film another name.")
    make_folder(drawing.parent)
    with part_file(drawing):
        pass  # whoever may not write here should learn it now, not after minutes of looking
    return drawing


def _groups(tracklets: Sequence[Tracklet]) -> list[int]:
    """Return for each tracklet the team or other group of people that it looks like most."""
    if not tracklets:
        return []
    colours, kits, roles = (
        np.array(values, dtype=np.float64)
        for values in zip(*((one.colour, one.kit, one.roles) for one in tracklets), strict=True)
    )
    features, known = features_of(colours, kits, roles)
    nobody = np.zeros(0, dtype=np.int64)
    looks = find_looks(features, known, np.array([len(one.times) for one in tracklets]), nobody, nobody)
    return [int(k) for k in looks.membership.argmax(axis=1)]


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
