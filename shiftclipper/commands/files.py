"""What the commands that need no job do: make a sample, analyse, cut, score."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from shiftclipper.commands.scratch import scratch_folder
from shiftclipper.errors import UserError
from shiftclipper.export.clips import ClipPlan, ShiftToCut, plan_clips
from shiftclipper.export.clock_text import exact_clock
from shiftclipper.export.cutter import ClipCutter, CutSource, GameClip
from shiftclipper.export.folders import make_folder
from shiftclipper.export.manifest import describe_artifact, write_manifest
from shiftclipper.export.shifts_csv import ShiftRow, read_shifts
from shiftclipper.identity.score import score_shifts
from shiftclipper.jobs.cut_off import cut_off_remark
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.remark_words import in_english
from shiftclipper.jobs.setup_file import LONGEST_GAME
from shiftclipper.media.ffmpeg import FFmpeg, locate
from shiftclipper.media.game import GameClock
from shiftclipper.media.index import read_index
from shiftclipper.media.normalise import needs_normalising, normalise, normalised_ending
from shiftclipper.media.probe import probe
from shiftclipper.media.reel import chapters_in_a_row, join

Show = Callable[[str, float, float, str], None]
"""Called with stage, units done, units in all, and a message."""
Span = tuple[float, float]
MAX_JSON_BYTES = 256 << 20
SHORTENED = Fraction(1, 20)
"""Seconds that a shift must end after the film to be told that it was shortened: more than a rounding."""


@dataclass(frozen=True, slots=True)
class MadeSample:
    """The files of a sample game."""

    video: Path
    truth: Path
    setup: Path
    shares: dict[str, float]
    """How hard the game is: speeds, overlaps, numbers seen, time on ice."""

    def as_dict(self) -> dict[str, JsonValue]:
        """Return paths and shares ready for JSON."""
        return {
            "video": str(self.video),
            "truth": str(self.truth),
            "setup": str(self.setup),
            "shares": dict(self.shares),
        }


def make_sample(out: Path, seconds: float, seed: int, camera: str, show: Show) -> MadeSample:
    """Draw a sample game."""
    from shiftclipper.sample import write_sample

    make_folder(out.expanduser().absolute().parent)
    made = write_sample(
        out.expanduser().absolute(),
        seconds=seconds,
        seed=seed,
        camera=camera,
        ffmpeg=locate(),
        on_progress=lambda done: show("drawing", done, seconds, ""),
    )
    return MadeSample(made.video, made.truth, made.setup, dict(made.shares))


def score_files(truth_file: Path, results_file: Path, player: str | None) -> dict[str, JsonValue]:
    """Compare the shifts of results.json with those of truth.json.

    Raises:
        UserError: a file is missing, is not JSON, or names no such player.
    """
    truth = _read_json(truth_file, "truth")
    results = _read_json(results_file, "results")
    wanted = player if player is not None else str(truth.get("target"))
    try:
        true = next(one for one in truth["players"] if str(one["id"]) == wanted)
        spans = [_span(shift) for shift in true["shifts"]]
    except StopIteration:
        raise UserError(
            f"{truth_file} has no player {wanted[:40]}; name one of its ids with --player."
        ) from None
    except (KeyError, TypeError, ValueError, OverflowError):
        raise UserError(f"{truth_file} is not a truth file; name the one that `sample` wrote.") from None
    try:
        found = [_span((shift["start"], shift["end"])) for shift in results["shifts"]]
    except (KeyError, TypeError, ValueError, OverflowError):
        raise UserError(f"{results_file} is not a results file; name the one in the output folder.") from None
    score = score_shifts(spans, found)
    return {
        "player": wanted,
        "true_shifts": score.truth,
        "found_shifts": score.found,
        "f1_at_0.5": round(score.f1_50, 4),
        "f1_at_0.75": round(score.f1_75, 4),
        "precision": round(score.precision_50, 4),
        "recall": round(score.recall_50, 4),
        "true_toi": round(score.true_toi, 3),
        "found_toi": round(score.found_toi, 3),
        "toi_error": round(score.toi_error, 4),
        "wrong_seconds": round(score.wrong_seconds, 3),
        "missing_seconds": round(score.missing_seconds, 3),
        "start_errors": [round(error, 3) for error in score.start_errors],
        "end_errors": [round(error, 3) for error in score.end_errors],
    }


def _read_json(path: Path, what: str) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_JSON_BYTES:
            raise UserError(f"{path} is too large for a {what} file.")
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(
            f"The {what} file {path} cannot be read ({error.strerror}); check its name."
        ) from error
    except (ValueError, RecursionError) as error:
        raise UserError(f"{path} is not JSON ({error}); name the right file.") from error
    if not isinstance(value, dict):
        raise UserError(f"{path} is not a {what} file; name the right file.")
    return value


def _span(pair: Sequence[float]) -> Span:
    start, end = (float(moment) for moment in pair)
    if not 0 <= start <= end <= LONGEST_GAME:
        raise ValueError(pair)
    return start, end


@dataclass(frozen=True, slots=True)
class CutRequest:
    """What `cut` is asked for."""

    videos: tuple[Path, ...]
    shifts: Path
    out: Path
    mode: str
    encoder: str
    pre_roll: float
    post_roll: float
    """Seconds, as `pre_roll`."""
    reel: bool


@dataclass(frozen=True, slots=True)
class MadeCuts:
    """The files that `cut` wrote."""

    clips: tuple[GameClip, ...]
    reel: Path | None
    notes: tuple[str, ...] = ()
    """What was done otherwise than asked, a sentence each."""

    def as_dict(self) -> dict[str, JsonValue]:
        """Return them as results.json names them."""
        clips: list[JsonValue] = [
            {
                "start": round(float(clip.start), 6),
                "end": round(float(clip.end), 6),
                "path": str(clip.path),
                "mode": clip.mode,
                "encoder": clip.encoder,
                "frames": clip.frames,
                "note": clip.note,
            }
            for clip in self.clips
        ]
        return {"clips": clips, "combined_path": str(self.reel) if self.reel else None}


def cut_files(request: CutRequest, show: Show) -> MadeCuts:
    """Cut a clip for each row of shifts.csv, and write manifest.json beside them.

    Raises:
        UserError: bad input; nothing was written then.
    """
    rows = read_shifts(request.shifts)
    ffmpeg = locate()
    with scratch_folder() as scratch:
        clock, sources = open_files(ffmpeg, request.videos, scratch)
        plans = _plans(request, rows, clock)
        out = make_folder(request.out.expanduser().absolute())
        cutter = ClipCutter(
            ffmpeg, clock, sources, mode=request.mode, encoder=request.encoder, scratch=scratch
        )
        total = float(sum((plan.end - plan.start for plan in plans), Fraction(0)))
        clips: list[GameClip] = []
        done = 0.0
        for plan in plans:

            def advance(seconds: float, done: float = done) -> None:
                show("cutting", done + seconds, total, "")

            clips.append(cutter.cut(plan, out / plan.file_name, advance))
            done += float(plan.end - plan.start)
        artifacts = [describe_artifact("clip", clip.path) for clip in clips]
        reel = None
        if request.reel:
            reel = out / "reel.mp4"
            titles = [Path(plan.file_name).stem for plan in plans]
            paths = [clip.path for clip in clips]
            chapters = chapters_in_a_row(titles, [clip.end - clip.start for clip in clips])
            join(ffmpeg, paths, reel, chapters=chapters, encoder=cutter.encoder, work=scratch)
            artifacts.append(describe_artifact("reel", reel))
        write_manifest(artifacts, out / "manifest.json")
        notes = [*_cut_off(request, sources), *_shortened(request, rows, clock)]
        notes += [in_english(cutter.remark)] if clips and cutter.remark else []
    return MadeCuts(tuple(clips), reel, tuple(notes))


def _cut_off(request: CutRequest, sources: Sequence[CutSource]) -> list[str]:
    """Say which films hold less than they should; a copy that is cut from has forgotten how long it was."""
    pairs = zip(request.videos, sources, strict=True)
    told = [cut_off_remark(probe(video), source.index.duration_seconds) for video, source in pairs]
    return [in_english(remark) for remark in told if remark is not None]


def _shortened(request: CutRequest, rows: Sequence[ShiftRow], clock: GameClock) -> list[str]:
    """Say which shifts were cut short at the end of the film."""
    return [
        f"{request.shifts.name}: shift {number} ends at {exact_clock(row.end)}, after the film; "
        f"its clip ends with the film at {exact_clock(clock.duration)}."
        for number, row in enumerate(rows, 1)
        if row.end >= clock.duration + SHORTENED
    ]


def _plans(request: CutRequest, rows: Sequence[ShiftRow], clock: GameClock) -> list[ClipPlan]:
    for number, row in enumerate(rows, 1):
        if row.start >= clock.duration:
            raise UserError(
                f"{request.shifts.name}: shift {number} begins at {float(row.start):g} s, but the film is "
                f"{float(clock.duration):.3f} s long; correct its times."
            )
    return plan_clips(
        [ShiftToCut(n, row.start, row.end, row.player, row.label) for n, row in enumerate(rows, 1)],
        duration=clock.duration,
        pre_roll=Fraction(request.pre_roll).limit_denominator(1000),
        post_roll=Fraction(request.post_roll).limit_denominator(1000),
        breaks=[span.start for span in clock.sources[1:]],
    )


def open_files(ffmpeg: FFmpeg, videos: Sequence[Path], scratch: Path) -> tuple[GameClock, list[CutSource]]:
    """Open the files of one game; those that cannot be sought exactly are remuxed into `scratch`."""
    sources: list[CutSource] = []
    for number, video in enumerate(videos):
        found = probe(video.expanduser().absolute())
        if needs_normalising(found):
            target = scratch / f"source-{number:02}{normalised_ending(found)}"
            found = probe(normalise(ffmpeg, found, target).path)
        sources.append(CutSource(found, read_index(found.path)))
    clock = GameClock.end_to_end([(source.probe.path, source.index.duration_seconds) for source in sources])
    return clock, sources
