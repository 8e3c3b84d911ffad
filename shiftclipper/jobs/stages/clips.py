"""Stage `clips`: every shift cut out of the sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from shiftclipper.errors import StageFailed, UserError
from shiftclipper.export.clips import ClipPlan
from shiftclipper.export.cutter import ClipCutter, CutSource
from shiftclipper.export.folders import make_folder
from shiftclipper.export.manifest import describe_artifact
from shiftclipper.jobs.clip_plans import clip_plans, file_label
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.notes import noted
from shiftclipper.jobs.rows import ClipRow, JobResults
from shiftclipper.jobs.stage import StageContext, fingerprint
from shiftclipper.jobs.stages.game import Game, open_game
from shiftclipper.jobs.stages.kept_clips import is_whole, take_over
from shiftclipper.jobs.stages.several_clips import CuttingProgress, several_at_once
from shiftclipper.media.drives import DriveFailed
from shiftclipper.media.ffmpeg import FFmpeg

VERSION = 1
CLIP_FOLDER = "clips"


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
        wanted = {folder / plan.file_name: self._fingerprint(context, plan) for plan in plans}
        with context.writing(wanted):
            take_over(context, folder, wanted)
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
            try:
                made = cutter.cut(plan, target, advance)
            except DriveFailed:
                raise
            except UserError:
                game.refuse_changed()  # What fails on a film cut short is no damage.
                raise
            try:
                game.refuse_changed()
            except StageFailed:
                target.unlink(missing_ok=True)
                raise
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
        with context.writing(target for _, target, _ in missing):
            made = several_at_once(cut, missing, cutter.at_once if len(missing) > 1 else 1, context.store)
        frames = sum(clip.frames for clip in (*kept, *made))
        measures: dict[str, JsonValue] = {"clips": len(plans), "frames": frames}
        measures["clip_seconds"] = round(total, 3)
        return measures | noted([cutter.remark] if missing and cutter.remark else [])

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


def planned_clips(found: JobResults, game: Game) -> list[ClipPlan]:
    """Return the clips of a game whose sources are open."""
    return clip_plans(found, game.duration, [span.start for span in game.clock.sources[1:]])
