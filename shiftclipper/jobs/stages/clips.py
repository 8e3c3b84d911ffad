"""Stages `clips` and `reel`: every shift cut out of the sources, and the clips joined."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from shiftclipper.export.clips import ClipPlan
from shiftclipper.export.clock_text import clock
from shiftclipper.export.cutter import ClipCutter, CutSource
from shiftclipper.export.folders import make_folder
from shiftclipper.export.manifest import describe_artifact
from shiftclipper.jobs.clip_plans import clip_plans, file_label
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.results import shown_shifts
from shiftclipper.jobs.rows import ArtifactRow, ClipRow, JobResults
from shiftclipper.jobs.stage import StageContext, fingerprint
from shiftclipper.jobs.stages.game import Game, open_game
from shiftclipper.jobs.stages.kept_clips import is_whole, take_over
from shiftclipper.jobs.stages.several_clips import CuttingProgress, several_at_once
from shiftclipper.media.ffmpeg import FFmpeg
from shiftclipper.media.reel import chapters_in_a_row, join

VERSION = 1
CLIP_FOLDER = "clips"
REEL_NAME = "reel.mp4"


@dataclass(frozen=True, slots=True)
class CutClips:
    """Cuts one clip for each shift; a clip that is there and unchanged is kept."""

    ffmpeg: FFmpeg
    name: str = "clips"
    weight: float = 15.0

    def input_hash(self, context: StageContext) -> str:
        """Depend on the shifts, the sources and how clips are cut."""
        settings = context.setup().settings
        found = context.store.results(context.job_id)
        return fingerprint(
            VERSION,
            context.stage_hash("ingest"),
            str(context.out_dir),
            [[shift.id, shift.start, shift.end, shift.verdict] for shift in found.shifts],
            [file_label(player) for player in found.players],
            [settings.pre_roll, settings.post_roll, settings.cut_mode, settings.encoder],
            [settings.clip_names, found.job.title if "{game}" in settings.clip_names else ""],
            list(found.setup.periods) if "{period}" in settings.clip_names else [],
        )

    def outputs_exist(self, context: StageContext) -> bool:
        """Tell whether every clip is there in its full size."""
        return all(is_whole(clip) for clip in context.store.clips(context.job_id))

    def run(self, context: StageContext) -> Mapping[str, JsonValue]:
        """Cut what is missing; progress is in seconds of clips."""
        game = open_game(context.store, context.job_id)
        found = context.store.results(context.job_id)
        plans = planned_clips(found, game)
        folder = make_folder(context.out_dir / CLIP_FOLDER)
        take_over(
            context, folder, {folder / plan.file_name: self._fingerprint(context, plan) for plan in plans}
        )
        cutter = self._cutter(context, game)
        known = {clip.path: clip for clip in context.store.clips(context.job_id)}
        player_of = {shift.id: shift.player_id for shift in found.shifts}
        total = float(sum((plan.end - plan.start for plan in plans), Fraction(0)))
        kept: list[ClipRow] = []
        missing: list[tuple[ClipPlan, Path, str]] = []
        for plan in plans:
            target, mark = folder / plan.file_name, self._fingerprint(context, plan)
            clip = known.get(target)
            if clip is not None and clip.fingerprint == mark and is_whole(clip):
                kept.append(clip)
            else:
                missing.append((plan, target, mark))
        cutting = sum((plan.end - plan.start for plan, _, _ in missing), Fraction(0))
        progress = CuttingProgress(context, total - float(cutting), total)

        def cut(order: tuple[ClipPlan, Path, str]) -> ClipRow:
            plan, target, mark = order
            context.check()
            advance = progress.of_clip(plan)
            advance(0.0)
            made = cutter.cut(plan, target, advance)
            described = describe_artifact("clip", target)
            clip = ClipRow(
                made.start,
                made.end,
                target,
                plan.shift.id,
                player_of[plan.shift.id],
                made.mode,
                made.encoder,
                made.note,
                made.frames,
                described.bytes,
                described.sha256,
                mark,
            )
            context.run.save_clip(clip)
            advance(float(plan.end - plan.start))
            return clip

        context.check()
        made = several_at_once(cut, missing, cutter.at_once if len(missing) > 1 else 1, context.store)
        frames = sum(clip.frames for clip in (*kept, *made))
        return {"clips": len(plans), "frames": frames, "clip_seconds": round(total, 3)}

    def _cutter(self, context: StageContext, game: Game) -> ClipCutter:
        settings = context.setup().settings
        return ClipCutter(
            self.ffmpeg,
            game.clock,
            [CutSource(source.probe, source.index) for source in game.sources],
            mode=settings.cut_mode,
            encoder=settings.encoder,
            scratch=context.work_dir,
            trials=context.store.encoder_trials,
            stop=context.stop,
        )

    def _fingerprint(self, context: StageContext, plan: ClipPlan) -> str:
        settings = context.setup().settings
        return fingerprint(
            VERSION,
            context.stage_hash("ingest"),
            plan.shift.id,
            plan.start,
            plan.end,
            settings.cut_mode,
            settings.encoder,
        )


@dataclass(frozen=True, slots=True)
class JoinReel:
    """Joins the clips to one reel with a chapter for each shift."""

    ffmpeg: FFmpeg
    name: str = "reel"
    weight: float = 3.0

    def input_hash(self, context: StageContext) -> str:
        """Depend on the clips and on whether a reel is wanted."""
        clips = context.store.clips(context.job_id)
        wanted = context.setup().settings.reel
        return fingerprint(VERSION, wanted, [[str(clip.path), clip.sha256] for clip in clips])

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
        game = open_game(context.store, context.job_id)
        cutter = CutClips(self.ffmpeg)._cutter(context, game)
        total = float(sum((clip.end - clip.start for clip in clips), Fraction(0)))

        def advance(seconds: float) -> None:
            context.progress(seconds, total, "Joining the reel")

        advance(0.0)
        reel = join(
            self.ffmpeg,
            [clip.path for clip in clips],
            target,
            chapters=chapters_in_a_row(
                chapter_titles(found, clips), [clip.end - clip.start for clip in clips]
            ),
            encoder=cutter.encoder,
            work=context.work_dir,
            stop=context.stop,
            on_progress=advance,
        )
        made = describe_artifact("reel", target)
        context.run.save_artifact(ArtifactRow("reel", target, None, made.bytes, made.sha256))
        for row in found.artifacts:
            # Exported to another folder before: the file stays, but is no more this job's.
            if row.type == "reel" and row.path != target:
                context.run.remove_artifact(row.id)
        perf: dict[str, JsonValue] = {"clips": len(clips), "reel_seconds": round(float(reel.duration), 3)}
        if reel.note:
            perf["note"] = reel.note
        return perf


def planned_clips(found: JobResults, game: Game) -> list[ClipPlan]:
    """Return the clips of a game whose sources are open."""
    return clip_plans(found, game.duration, [span.start for span in game.clock.sources[1:]])


def chapter_titles(found: JobResults, clips: Sequence[ClipRow]) -> list[str]:
    """Return the title of each clip's chapter: who (when there are several), which shift, and when."""
    number_of = {
        shift.id: number
        for player in found.players
        for number, shift in enumerate(shown_shifts(found.shifts, player), 1)
    }
    label_of = {player.id: f"{file_label(player)} " for player in found.players}
    several = len(found.players) > 1
    return [
        f"{label_of.get(clip.player_id or 0, '') if several else ''}"
        f"Shift {number_of.get(clip.shift_id or 0, place)}, {clock(clip.start)}"
        for place, clip in enumerate(clips, 1)
    ]
