"""Stage `analyse`: sampled frames to boxes, saved chunk by chunk, then to tracklets. Knows no player."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from pathlib import Path

from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.seen_camera import CAMERA_MOVES
from shiftclipper.jobs.settings import Settings
from shiftclipper.jobs.stage import StageContext, fingerprint
from shiftclipper.jobs.stages.game import Game, open_game
from shiftclipper.jobs.stages.numbers import save_numbers
from shiftclipper.media.content import content_mark
from shiftclipper.media.ffmpeg import FFmpeg
from shiftclipper.media.hardware_decoding import find_decoding
from shiftclipper.media.memory import give_back_memory
from shiftclipper.paths import resource_path
from shiftclipper.tracklets import Tracklet
from shiftclipper.vision.analyse import Chunk, Film, Sampling, look_for_ice, observe_chunks, plan_chunks
from shiftclipper.vision.detector import Detector
from shiftclipper.vision.game_observations import collect, collect_pictures
from shiftclipper.vision.lens import SceneMap
from shiftclipper.vision.numbers import TallPeople
from shiftclipper.vision.observations import (
    FrameObservations,
    camera_moves,
    pack_observations,
    unpack_observations,
)
from shiftclipper.vision.scale import choose_detector, width_input_size
from shiftclipper.vision.stabilise import stabilise
from shiftclipper.vision.tracker import track_game

LOOKING = 0.9
"""Share of the stage's time that is spent on looking for people."""
WORTH_A_TRIAL = 600
"""Seconds of a film from which it pays to try out how it is decoded fastest."""
VERSION = 6
"""Raised when the same film would give other observations or tracklets."""


FIRST_PICTURE = "first_picture"
"""Key of the figures that say how the first picture of a turning camera lies in the scene."""


@dataclass(frozen=True, slots=True)
class Analyse:
    """Finds everybody in the film. A chunk that is saved is not read again."""

    ffmpeg: FFmpeg
    name: str = "analyse"
    weight: float = 60.0

    def input_hash(self, context: StageContext) -> str:
        """Depend on the films, the detector and how closely it looks."""
        return analysis_hash(context.setup().settings, context.stage_hash("ingest"))

    def outputs_exist(self, context: StageContext) -> bool:
        """Observations and tracklets are rows of the database: they are there."""
        return True

    def run(self, context: StageContext) -> Mapping[str, JsonValue]:
        """Observe the chunks that are missing, track all and read numbers; progress is in game time."""
        game = open_game(context.store, context.job_id)
        settings = context.setup().settings
        films = films_of(game)
        # What comes after looking, reading numbers above all, takes about a tenth of the time.
        total = float(game.duration) / LOOKING
        context.progress(0, total, "Looking for the ice")
        sampling = plan_sampling(self.ffmpeg, settings, films, game.size, context.stop)
        read = self._look(context, game, films, sampling, total)
        context.check()
        context.progress(float(game.duration), total, "Following everybody")
        tracklets, moves, first_map = follow_game(lambda: _observations(context), game.size)
        tall = TallPeople(game.size[0])
        count = context.run.replace_tracklets(tall.among(tracklets))
        give_back_memory()
        numbers = save_numbers(context, self.ffmpeg, game, films, total) if tall.can_be_read else 0
        figures: dict[str, JsonValue] = {"samples": read, "tracklets": count, "numbers": numbers}
        figures[CAMERA_MOVES] = moves
        if first_map is not None:
            figures[FIRST_PICTURE] = {"up": list(first_map.up), "focal": first_map.focal}
        return figures

    def _look(
        self, context: StageContext, game: Game, films: Sequence[Film], sampling: Sampling, total: float
    ) -> int:
        """Observe the chunks that are missing, and return how many pictures those are.

        The detector is let go of at the end: what comes after needs its memory.
        """
        detector = load_detector(context.setup().settings, sampling, films, context.stop)
        read = 0
        for number, film in enumerate(films):
            source_id = game.sources[number].row.id
            saved = context.run.saved_chunks(source_id)

            def advance(time: Fraction, film: Film = film) -> None:
                context.progress(float(film.start + time), total, "Looking for everybody on the ice")

            for missing in _missing_runs(plan_chunks(film.duration), saved):
                before = films[number - 1] if number else None
                for chunk, seen in observe_chunks(
                    sampling, film, missing, detector, before=before, stop=context.stop, on_time=advance
                ):
                    game.sources[number].refuse_changed()
                    packed = pack_observations(seen)
                    context.run.save_chunk(source_id, chunk.number, chunk.start, chunk.end, len(seen), packed)
                    read += len(seen)
        return read


def follow_game(
    observations: Callable[[], Iterator[FrameObservations]], size: tuple[int, int]
) -> tuple[Iterator[Tracklet], bool, SceneMap | None]:
    """Return the tracklets, whether the camera moves, and how its first picture lies in the scene.

    Args:
        observations: yields all of the game in time order. It is asked twice, so that the people and what the
            camera's motion is read from are never held together.
        size: width and height of the displayed source picture, in pixels.
    """
    give_back_memory()
    pictures = collect_pictures(observations())
    camera, moves = stabilise(pictures, size), camera_moves(pictures)
    count = sum(one.detections for one in pictures)
    del pictures
    give_back_memory()
    tracklets = track_game(collect(observations(), count), size, camera)
    give_back_memory()
    return tracklets, moves, camera.maps.get(0)


def _observations(context: StageContext) -> Iterator[FrameObservations]:
    for row in context.store.chunks(context.job_id):
        yield from unpack_observations(row.observations)


def analysis_hash(settings: Settings, ingested: str | None) -> str:
    """Return a hash of all that an analysis depends on; `ingested` is that of stage `ingest`."""
    return fingerprint(
        VERSION,
        ingested,
        _detector_identity(settings),
        settings.sample_rate,
        settings.quality,
        settings.analysis_width,
    )


def first_picture_map(figures: Mapping[str, JsonValue], size: tuple[int, int]) -> SceneMap | None:
    """Return the map of a turning camera from the figures of a finished analysis; None for any other."""
    kept = figures.get(FIRST_PICTURE)
    if not isinstance(kept, dict):
        return None
    up, focal = kept["up"], kept["focal"]
    assert isinstance(up, list) and isinstance(focal, int | float)
    x, y, z = (float(value) for value in up if isinstance(value, int | float))
    return SceneMap((x, y, z), float(focal), (size[0] / 2, size[1] / 2))


def films_of(game: Game) -> list[Film]:
    """Return the sources of a game as films on its clock."""
    return [
        Film(source.path, source.index, span.start)
        for source, span in zip(game.sources, game.clock.sources, strict=True)
    ]


def plan_sampling(
    ffmpeg: FFmpeg,
    settings: Settings,
    films: Sequence[Film],
    size: tuple[int, int],
    stop: threading.Event | None = None,
) -> Sampling:
    """Say how pictures are taken: of a camera that does not move, only the part with the ice is looked at.

    Whether it moves is seen in the film: when the analysis begins, nobody may have said anything yet.
    """
    region = look_for_ice(ffmpeg, films, size, stop)
    rate = Fraction(settings.sample_rate).limit_denominator(1000)
    longest = max(films, key=lambda film: film.duration)
    hardware = find_decoding(ffmpeg, longest.path, stop) if longest.duration >= WORTH_A_TRIAL else ""
    return Sampling(ffmpeg, rate, size, region, hardware)


def load_detector(
    settings: Settings, sampling: Sampling, films: Sequence[Film], stop: threading.Event | None = None
) -> Detector:
    """Load the detector with an input that the region looked at fills, as large as this film asks for."""

    def load(size: tuple[int, int]) -> Detector:
        return Detector.load(settings.detector or None, input_size=size)

    if settings.analysis_width:
        region, whole = sampling.region_size, sampling.source_size
        return load(width_input_size(region, whole[0], settings.analysis_width))
    return choose_detector(sampling, films, load, settings.quality, stop)


def _detector_identity(settings: Settings) -> str:
    path = Path(settings.detector) if settings.detector else resource_path("models", "skater.onnx")
    return content_mark(path)


def _missing_runs(chunks: Sequence[Chunk], saved: set[int]) -> Iterator[list[Chunk]]:
    """Yield the chunks that are not saved, neighbours together."""
    for is_saved, run in groupby(chunks, lambda chunk: chunk.number in saved):
        if not is_saved:
            yield list(run)
