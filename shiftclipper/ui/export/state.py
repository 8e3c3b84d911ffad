"""Where a game is with its export: worked out from the database alone."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

from shiftclipper.export.clips import ClipPlan
from shiftclipper.jobs.clip_plans import clip_plans
from shiftclipper.jobs.rows import EXPORT_STAGES, JobResults, JobStatus, StageStatus
from shiftclipper.ui.export.choices import Options, options_of

_NEAR = Fraction(1, 2)
"""Seconds; clips begin on a frame, and copied ones on a keyframe, so near their plan is on it."""


class Stand(StrEnum):
    """What the step offers."""

    NEEDS_PLAYER = "needs player"
    NO_SHIFTS = "no shifts"
    """The game was looked through and there is nothing to cut."""
    READY = "ready"
    WORKING = "working"
    """The job runs or waits, for the analysis or for the export."""
    DONE = "done"
    OUTDATED = "outdated"
    """Exported once, but shifts or options are others since."""


@dataclass(frozen=True, slots=True)
class ExportState:
    """All that the panel shows of one job."""

    stand: Stand
    options: Options
    plans: tuple[ClipPlan, ...]
    reel: Path | None
    report: Path | None
    """Files that were made; they may be gone."""

    @property
    def seconds(self) -> float:
        """Length of all clips together."""
        return float(sum((plan.end - plan.start for plan in self.plans), Fraction(0)))


def export_state(found: JobResults) -> ExportState:
    """Return where a job is with its export."""
    plans = tuple(clip_plans(found))
    newest = {artifact.type: artifact.path for artifact in sorted(found.artifacts, key=lambda row: row.id)}
    options = options_of(found)
    stand = _stand(found, options, plans, newest)
    return ExportState(stand, options, plans, newest.get("reel"), newest.get("report"))


def _stand(found: JobResults, options: Options, plans: tuple[ClipPlan, ...], made: dict[str, Path]) -> Stand:
    job = found.job
    if not found.players:
        return Stand.NEEDS_PLAYER
    if job.status.is_active or job.status is JobStatus.QUEUED:
        return Stand.WORKING
    if not plans:
        return Stand.NO_SHIFTS if _is_identified(found) else Stand.READY
    if not found.clips and not made:
        return Stand.READY
    wanted = [stage for stage in found.stages if stage.name in EXPORT_STAGES and stage.wanted]
    finished = bool(wanted) and all(stage.status is StageStatus.DONE for stage in wanted)
    if not finished and job.status is not JobStatus.DONE:
        return Stand.READY
    if not finished or (options.clips and not _as_planned(found, plans)):
        return Stand.OUTDATED
    if not _made_alike(found, options):
        return Stand.OUTDATED
    missing = (options.reel and "reel" not in made) or (options.report and "report" not in made)
    return Stand.OUTDATED if missing else Stand.DONE


def _is_identified(found: JobResults) -> bool:
    return any(stage.name == "identify" and stage.status is StageStatus.DONE for stage in found.stages)


def _made_alike(found: JobResults, options: Options) -> bool:
    """Say whether the reel was drawn, and the files for other programs chosen, as they would be now."""
    settings = found.setup.settings
    noted = {stage.name: stage.perf for stage in found.stages}
    # An older program noted neither, and drew nothing.
    look = noted.get("reel", {}).get("look", settings.reel_look)
    programs = noted.get("report", {}).get("programs", settings.files)
    return (not options.reel or look == settings.reel_look) and (
        not options.report or programs == settings.files
    )


def _as_planned(found: JobResults, plans: tuple[ClipPlan, ...]) -> bool:
    """Say whether the clips that were cut are those that would be cut now."""
    cut = {clip.shift_id: clip for clip in found.clips}
    if set(cut) != {plan.shift.id for plan in plans}:
        return False
    keyframes = found.setup.settings.cut_mode == "keyframe"
    for plan in plans:
        clip = cut[plan.shift.id]
        if clip.path.name != plan.file_name or found.job.out_dir not in clip.path.parents:
            return False
        moved = max(abs(clip.start - plan.start), abs(clip.end - plan.end))
        if moved > _NEAR and not keyframes:
            return False
    return True
