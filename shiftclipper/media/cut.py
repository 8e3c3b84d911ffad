"""Cutting clips: every frame of a stretch and no other, verified before the clip gets its name."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from shiftclipper.errors import DiskFull, StageFailed, UserError
from shiftclipper.media.cut_plan import (
    CUT_MODES,
    CutPlan,
    exact_arguments,
    exact_plan,
    keyframe_arguments,
    keyframe_plan,
    plan_cut,
)
from shiftclipper.media.cut_smart import cut_smart, split_of
from shiftclipper.media.drives import DriveFailed
from shiftclipper.media.encoders import X264, Encoder, stays_in_hardware
from shiftclipper.media.ffmpeg import FFmpeg, FFmpegFailed
from shiftclipper.media.index import read_index

__all__ = [
    "CUT_MODES",
    "CutPlan",
    "CutResult",
    "cut",
    "cut_exact",
    "exact_plan",
    "keyframe_plan",
    "plan_cut",
]

# A second attempt begins so many keyframes earlier: pictures that build up slowly, seeks that land late.
KEYFRAMES_BACK = 8
# ffmpeg says the first whenever nothing came out, and the second too when the encoder was to blame.
NO_PACKETS = "received no packets"
NO_ENCODER = "while opening encoder"
NEARLY = Fraction(1, 2000)


@dataclass(frozen=True, slots=True)
class CutResult:
    """A clip that was cut and verified."""

    path: Path
    mode: str
    """exact, smart or keyframe: how it was really cut."""
    encoder: str
    """ffmpeg's name of the video encoder; `copy` where the picture was copied."""
    frames: int
    start: Fraction
    """Source time of its first frame, in seconds."""
    end: Fraction
    """Source time at which its last frame ends, in seconds."""
    bytes: int
    note: str = ""
    """What a person should know: cut otherwise than asked, another encoder, damaged frames left out."""
    failed: tuple[Encoder, ...] = ()
    """Encoders that were tried before and failed, best first."""


class ClipDiffers(StageFailed):
    """A finished clip does not hold the frames it should."""

    def __init__(self, message: str, *, frames: int) -> None:
        """Say how many frames it holds."""
        super().__init__(message)
        self.frames = frames


def cut(
    ffmpeg: FFmpeg,
    plan: CutPlan,
    target: Path,
    encoder: Encoder,
    *,
    work: Path | None = None,
    stop: threading.Event | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> CutResult:
    """Cut a clip as planned.

    A copy whose verification fails is cut exactly; an encoder that fails is replaced by the one below on its
    ladder, in the end by libx264. Both are said in the result's note.

    Args:
        ffmpeg: runs the cutting.
        plan: what to cut, from `plan_cut`.
        target: the MP4 to write; it appears only when it is whole and verified.
        encoder: from `find_encoder`.
        work: an existing folder for what is needed on the way; the system's own by default.
        stop: set it to end with Cancelled.
        on_progress: called with the seconds of clip written.
    Raises:
        UserError: the folder cannot be written to, or the target is the source.
        Cancelled, DiskFull, DriveFailed, StageFailed.
    """
    try:
        return _cut(ffmpeg, plan, target, encoder, work, stop, on_progress)
    except DriveFailed as error:
        raise error.at(plan.start) from error


def _cut(
    ffmpeg: FFmpeg,
    plan: CutPlan,
    target: Path,
    encoder: Encoder,
    work: Path | None,
    stop: threading.Event | None,
    on_progress: Callable[[float], None] | None,
) -> CutResult:
    if plan.mode == "exact":
        return cut_exact(ffmpeg, plan, target, encoder, stop=stop, on_progress=on_progress)
    try:
        if plan.split is not None:
            return _cut_joined(ffmpeg, plan, target, work, stop, on_progress)
        _write(ffmpeg, plan, keyframe_arguments(plan), target, True, stop, on_progress)
    except (DiskFull, DriveFailed):
        raise
    except StageFailed as error:
        exact = exact_plan(plan.index, plan.probe, plan.start, plan.end)
        how = "a copy at keyframes" if plan.split is None else "smart cutting"
        note = f"{how} did not work ({str(error).rstrip('.')}); cut exactly"
        return cut_exact(
            ffmpeg, replace(exact, note=note), target, encoder, stop=stop, on_progress=on_progress
        )
    return _result(plan, target, "copy", len(plan.pts), plan.note)


def _cut_joined(
    ffmpeg: FFmpeg,
    plan: CutPlan,
    target: Path,
    work: Path | None,
    stop: threading.Event | None,
    on_progress: Callable[[float], None] | None,
) -> CutResult:
    """Cut a smart plan; a clip of which nothing could be copied counts as cut exactly."""

    def verify(part: Path) -> None:
        check_frames(part, plan, strict=True)

    cut_smart(ffmpeg, plan, target, verify=verify, work=work, stop=stop, on_progress=on_progress)
    split = split_of(plan)
    if not split.packets:
        note = "no whole group of pictures lies inside; every picture was encoded"
        return _result(replace(plan, mode="exact"), target, X264.name, len(plan.pts), note)
    encoder = f"{X264.name} and copy" if split.head or split.tail else "copy"
    return _result(plan, target, encoder, len(plan.pts), plan.note)


def cut_exact(
    ffmpeg: FFmpeg,
    plan: CutPlan,
    target: Path,
    encoder: Encoder,
    *,
    stop: threading.Event | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> CutResult:
    """Cut every frame of the plan and no other, encoded to H.264 and AAC; see `cut`."""
    notes = [plan.note] if plan.note else []
    # Pictures that must be turned, stretched or made progressive first cannot stay in hardware.
    encoders = [one for one in encoder.ladder if not one.decode or stays_in_hardware(plan.probe)]
    for number, one in enumerate(encoders):
        try:
            frames = _cut_with(ffmpeg, plan, target, one, stop, on_progress)
        except (DiskFull, DriveFailed):
            raise
        except StageFailed as error:
            if number == len(encoders) - 1:
                raise
            notes.append(f"{one.title} failed ({error}); cut with {encoders[number + 1].title}")
            continue
        missing = len(plan.pts) - frames
        if missing:
            notes.append(f"{missing} of {len(plan.pts)} frames cannot be decoded and are left out")
        made = _result(plan, target, one.title, frames, "; ".join(notes))
        # Where libx264 finds no more frames either, the film is to blame.
        return replace(made, failed=() if missing else tuple(encoders[:number]))
    raise AssertionError("unreachable")


def _cut_with(
    ffmpeg: FFmpeg,
    plan: CutPlan,
    target: Path,
    encoder: Encoder,
    stop: threading.Event | None,
    on_progress: Callable[[float], None] | None,
) -> int:
    """Cut with one encoder, where frames are missing once more from further back; return their number.

    Raises:
        StageFailed: not one frame can be decoded, or the encoder fails.
    """
    for back in (0, KEYFRAMES_BACK):
        # Frames that a hardware encoder lost are not the source's fault: libx264 shall try.
        strict = back == 0 or encoder.hardware
        arguments = exact_arguments(plan, encoder, back=back)
        try:
            return _write(ffmpeg, plan, arguments, target, strict, stop, on_progress)
        except ClipDiffers as error:
            if back and error.frames:
                raise
        except FFmpegFailed as error:
            if NO_PACKETS not in error.tail or NO_ENCODER in error.tail:
                raise
    raise StageFailed(
        f"{plan.probe.path.name} is damaged from {float(plan.start):.1f} s to {float(plan.end):.1f} s and "
        "nothing of it can be decoded; leave this clip out."
    )


def _write(
    ffmpeg: FFmpeg,
    plan: CutPlan,
    arguments: list[str],
    target: Path,
    strict: bool,
    stop: threading.Event | None,
    on_progress: Callable[[float], None] | None,
) -> int:
    """Run one attempt and return the number of frames in it; not `strict`: frames may be missing."""
    frames = 0

    def verify(part: Path) -> None:
        nonlocal frames
        frames = check_frames(part, plan, strict=strict)

    ffmpeg.write(
        arguments,
        target,
        container="mp4",
        verify=verify,
        stop=stop,
        on_time=None if on_progress is None else lambda time: on_progress(float(time)),
        room=plan.room,
    )
    return frames


def check_frames(clip: Path, plan: CutPlan, *, strict: bool) -> int:
    """Compare the times of a clip's frames with the plan's, and return how many there are.

    Raises:
        ClipDiffers: a frame too many or at the wrong time; with `strict` also one too few.
    """
    try:
        found = read_index(clip)
    except UserError as error:
        raise ClipDiffers("The clip holds no picture.", frames=0) from error
    want = plan.pts - plan.pts[0]
    have = found.presentation_pts()
    ticks = Fraction(found.time_base) / plan.index.time_base
    moved = have * ticks.numerator / ticks.denominator
    nearest = np.clip(np.searchsorted(want, moved - 0.5), 0, len(want) - 1)
    # The first frame of the clip is time 0 of its track, by the edit list that the muxer writes.
    tolerance = max(0.5, float(NEARLY / plan.index.time_base))
    wrong = int(np.sum(np.abs(want[nearest] - moved) > tolerance)) + len(have) - len(np.unique(nearest))
    missing = len(want) - len(have)
    if wrong or missing < 0 or not len(have):
        raise ClipDiffers(
            f"The clip holds {len(have)} frames instead of {len(want)}, {wrong} of them at the wrong time.",
            frames=len(have),
        )
    if missing and strict:
        raise ClipDiffers(f"{missing} of {len(want)} frames are missing from the clip.", frames=len(have))
    return len(have)


def _result(plan: CutPlan, target: Path, encoder: str, frames: int, note: str) -> CutResult:
    return CutResult(
        path=target,
        mode=plan.mode,
        encoder=encoder,
        frames=frames,
        start=plan.start,
        end=plan.end,
        bytes=target.stat().st_size,
        note=note,
    )
