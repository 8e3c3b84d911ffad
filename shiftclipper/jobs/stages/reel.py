"""Stage `reel`: the clips of a job joined to one film."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from shiftclipper.export.clock_text import clock
from shiftclipper.export.manifest import describe_artifact
from shiftclipper.jobs.clip_plans import file_label
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.results import shown_shifts
from shiftclipper.jobs.rows import ArtifactRow, ClipRow, JobResults
from shiftclipper.jobs.stage import StageContext, fingerprint
from shiftclipper.jobs.stages.game import open_game
from shiftclipper.media.encoders import find_encoder
from shiftclipper.media.ffmpeg import FFmpeg
from shiftclipper.media.reel import chapters_in_a_row, join

VERSION = 1
REEL_NAME = "reel.mp4"


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
        first = game.sources[0].probe
        encoder = find_encoder(
            self.ffmpeg,
            found.setup.settings.encoder,
            size=first.size,
            fps=first.fps,
            cache=context.store.encoder_trials,
            stop=context.stop,
        )
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
            encoder=encoder,
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
