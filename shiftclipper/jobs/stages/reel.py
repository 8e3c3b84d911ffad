"""Stage `reel`: the clips of a job joined to one film, plainly or with all that is drawn into it."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from shiftclipper.errors import UserError
from shiftclipper.export.clock_text import clock
from shiftclipper.export.manifest import describe_artifact
from shiftclipper.export.reel import Known, ReelLook, make_reel
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.reel_clips import chapter_titles, reel_clips, shift_parts
from shiftclipper.jobs.rows import ArtifactRow, ClipRow, JobResults
from shiftclipper.jobs.settings import Settings
from shiftclipper.jobs.stage import StageContext, fingerprint
from shiftclipper.jobs.stages.game import Game, open_game
from shiftclipper.media.encoders import Encoder, find_encoder
from shiftclipper.media.ffmpeg import FFmpeg
from shiftclipper.media.recorded import read_recording
from shiftclipper.media.reel import Reel, chapters_in_a_row, join

VERSION = 2
REEL_NAME = "reel.mp4"
PIECES = "reel"
"""Folder in the job's own one with the drawn pieces of a reel that is not whole yet."""


@dataclass(frozen=True, slots=True)
class JoinReel:
    """Joins the clips to one reel with a chapter for each shift."""

    ffmpeg: FFmpeg
    name: str = "reel"
    weight: float = 3.0

    def input_hash(self, context: StageContext) -> str:
        """Depend on the clips, on whether a reel is wanted, and on what is drawn into it."""
        found = context.store.results(context.job_id)
        settings = found.setup.settings
        clips = [[str(clip.path), clip.sha256] for clip in found.clips]
        if _is_plain(settings):
            return fingerprint(VERSION, settings.reel, clips)
        return fingerprint(
            VERSION,
            settings.reel,
            clips,
            look_of(settings),
            settings.reel_cards,
            found.job.title,
            found.setup.periods,
            [[player.name, player.number] for player in found.players],
            context.stage_hash("analyse"),
            shift_parts(found),
        )

    def outputs_exist(self, context: StageContext) -> bool:
        """Tell whether the reel that was made is there in its full size."""
        reels = [row for row in context.store.artifacts(context.job_id) if row.type == "reel"]
        return all(row.path.is_file() and row.path.stat().st_size == row.bytes for row in reels)

    def run(self, context: StageContext) -> Mapping[str, JsonValue]:
        """Join; progress is in seconds of the reel."""
        found = context.store.results(context.job_id)
        clips = sorted(found.clips, key=lambda clip: (clip.player_id or 0, clip.start))
        target = context.out_dir / REEL_NAME
        if not clips or not found.setup.settings.reel:
            for row in found.artifacts:
                if row.type == "reel":
                    context.run.remove_artifact(row.id)
                    if row.path == target:
                        row.path.unlink(missing_ok=True)
            return {"clips": 0}
        make = self._join if _is_plain(found.setup.settings) else self._draw
        with context.writing([target]):
            reel = make(context, found, clips, target)
        made = describe_artifact("reel", target)
        context.run.save_artifact(ArtifactRow("reel", target, None, made.bytes, made.sha256))
        for row in found.artifacts:
            # Exported to another folder before: the file stays, but is no more this job's.
            if row.type == "reel" and row.path != target:
                context.run.remove_artifact(row.id)
        perf: dict[str, JsonValue] = {
            "clips": len(clips),
            "frames": reel.frames,
            "reel_seconds": round(float(reel.duration), 3),
            "look": found.setup.settings.reel_look,
        }
        if reel.note:
            perf["note"] = reel.note
        return perf

    def _join(self, context: StageContext, found: JobResults, clips: Sequence[ClipRow], target: Path) -> Reel:
        """Join the clips as they are."""
        shutil.rmtree(context.work_dir / PIECES, ignore_errors=True)
        first = open_game(context.store, context.job_id).sources[0].probe
        total = float(sum((clip.end - clip.start for clip in clips), Fraction(0)))

        def advance(seconds: float) -> None:
            context.progress(seconds, total, "Joining the reel")

        advance(0.0)
        return join(
            self.ffmpeg,
            [clip.path for clip in clips],
            target,
            chapters=chapters_in_a_row(
                chapter_titles(found, clips), [clip.end - clip.start for clip in clips]
            ),
            encoder=self._encoder(context, found, first.size, first.fps),
            work=context.work_dir,
            stop=context.stop,
            on_progress=advance,
        )

    def _draw(self, context: StageContext, found: JobResults, clips: Sequence[ClipRow], target: Path) -> Reel:
        """Draw cards, spotlight and what else is wanted."""
        game = open_game(context.store, context.job_id)
        tracklets = tuple(context.store.tracklets(context.job_id))
        settings = found.setup.settings

        def advance(done: float, total: float) -> None:
            context.progress(done, total, f"Drawing the reel, {clock(done)} of {clock(total)}")

        return make_reel(
            self.ffmpeg,
            reel_clips(found, clips, tracklets, _day(game)),
            look_of(settings),
            Known(game.size, tracklets),
            target,
            encoder_for=lambda size, fps: self._encoder(context, found, size, fps),
            work=context.work_dir / PIECES,
            stop=context.stop,
            on_progress=advance,
        )

    def _encoder(
        self, context: StageContext, found: JobResults, size: tuple[int, int], fps: Fraction
    ) -> Encoder:
        return find_encoder(
            self.ffmpeg,
            found.setup.settings.encoder,
            size=size,
            fps=fps,
            cache=context.store.encoder_trials,
            stop=context.stop,
        )


def _day(game: Game) -> date | None:
    """Return the day of the game, for which no reel may fail: the film itself may be gone, its copy there."""
    try:
        recording = read_recording(game.sources[0].row.path)
    except UserError:
        return None
    return recording.day if recording.is_told else None


def look_of(settings: Settings) -> ReelLook:
    """Return what is drawn into the reel."""
    return ReelLook(
        crossfade=Fraction(settings.reel_crossfade).limit_denominator(1000),
        spotlight=settings.spotlight,
        ring=settings.overlay,
        upright=settings.reel_shape == "portrait",
    )


def _is_plain(settings: Settings) -> bool:
    """Tell whether nothing is drawn into the reel: then its pictures can be copied."""
    return look_of(settings) == ReelLook() and not settings.reel_cards
