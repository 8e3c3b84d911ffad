"""The end of stage `analyse`: jersey numbers of everybody, saved chunk by chunk."""

from collections.abc import Sequence

from shiftclipper.jobs.stage import StageContext
from shiftclipper.jobs.stages.game import Game
from shiftclipper.media.ffmpeg import FFmpeg
from shiftclipper.vision.analyse import Film, plan_chunks
from shiftclipper.vision.number_reader import NumberReader
from shiftclipper.vision.numbers import read_numbers


def save_numbers(
    context: StageContext, ffmpeg: FFmpeg, game: Game, films: Sequence[Film], total: float
) -> int:
    """Read the numbers of all chunks that are not saved yet; return how many readings the game has.

    The tracklets are read from the database. Progress goes on from the game's duration to `total`.
    """
    reader = NumberReader.load()
    duration = float(game.duration)
    for source, film in zip(game.sources, films, strict=True):
        saved = context.run.saved_numbers(source.row.id)
        for chunk in plan_chunks(film.duration):
            context.check()
            done = float(film.start + chunk.start) / duration
            said = "Reading the numbers on their backs"
            context.progress(duration + (total - duration) * done, total, said)
            if chunk.number not in saved:
                within = film.start + chunk.start, film.start + chunk.end
                tracklets = context.store.tracklets(context.job_id, within)
                read = read_numbers(ffmpeg, film, chunk, game.size, tracklets, reader, context.stop)
                source.refuse_changed()
                context.run.save_numbers(source.row.id, chunk.number, read)
    return len(context.store.number_readings(context.job_id))
