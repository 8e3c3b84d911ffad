"""Smart cutting: only the two ends of a clip are encoded, the packets between them are copied bit for bit."""

import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from shiftclipper.errors import Cancelled
from shiftclipper.media.container import main_video, open_video
from shiftclipper.media.cut_join import Ends, NotJoined, join_clip, sets_of
from shiftclipper.media.cut_plan import (
    CutPlan,
    SmartSplit,
    clean_keyframes,
    keyframe_distance,
    sound_arguments,
    sound_lead,
    track_time,
)
from shiftclipper.media.ffmpeg import FFmpeg, absolute, refuse_input_as_target
from shiftclipper.media.frames import seek_arguments
from shiftclipper.media.parameter_sets import ParameterSets
from shiftclipper.media.part_files import part_file, put_in_place

QUALITY = "18"
PRESET = "ultrafast"
"""The ends are a second or two: their size matters little, and they are most of the work."""
SEAM_FRAMES = 12
"""Copied frames decoded behind a seam to see that it holds."""
MOST_HELD_BACK = 3
"""libx264's `-bf` of 3 holds back two frames, and it cannot hold back more."""
# Where the copied packets hold parameter sets, as those of a TS do, a stream made of the clip repeats those
# at each keyframe instead of the header's: the tail must bring its own.
REPEATED_SETS = ("-bsf:v", "dump_extra=freq=keyframe")
NO_METADATA = ("-map_metadata", "-1", "-map_chapters", "-1")


def cut_smart(
    ffmpeg: FFmpeg,
    plan: CutPlan,
    target: Path,
    *,
    verify: Callable[[Path], object],
    work: Path | None = None,
    stop: threading.Event | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> None:
    """Cut a clip by copying all of it but its ends.

    Args:
        ffmpeg: encodes the ends, with libx264.
        plan: from `smart_plan`.
        target: the MP4 to write; it appears only when it is whole and verified.
        verify: called with the finished `.part`; raises when its frames are not those of the plan.
        work: an existing folder for the ends; the system's own by default.
        stop: set it to end with Cancelled.
        on_progress: called with the seconds of clip written.
    Raises:
        NotJoined: this film does not allow it, or a seam cannot be decoded.
        UserError: the folder cannot be written to, or the target is the source.
        Cancelled, DiskFull, StageFailed.
    """
    target, split = absolute(target), split_of(plan)
    refuse_input_as_target(["-i", str(absolute(plan.probe.path))], target)
    with (
        part_file(target, room=plan.room) as part,
        tempfile.TemporaryDirectory(prefix="shiftclipper-", dir=work) as name,
    ):
        ends = ends_in(Path(name), plan)
        arguments = ends_arguments(plan, ends, *header_of(plan))
        if arguments:
            ffmpeg.run(arguments, stop=stop)
        join_clip(plan, split, ends, part, stop=stop, on_progress=on_progress)
        verify(part)
        arguments = seam_arguments(plan, part)
        complaints = ffmpeg.run(arguments, stop=stop) if arguments else ""
        if complaints:
            raise NotJoined("a seam cannot be decoded without errors", detail=complaints)
        if stop is not None and stop.is_set():
            raise Cancelled
        put_in_place(part, target)


def split_of(plan: CutPlan) -> SmartSplit:
    """Return how the clip is put together."""
    if plan.split is None:
        raise ValueError("this plan is not a smart one")
    return plan.split


def ends_in(folder: Path, plan: CutPlan) -> Ends:
    """Return the files that what is encoded of a clip is written to."""
    split = split_of(plan)
    return Ends(
        folder / "head.mp4" if split.head else None,
        folder / "tail.mp4" if split.tail else None,
        folder / "sound.mp4" if plan.probe.has_audio else None,
    )


def ends_arguments(plan: CutPlan, ends: Ends, sets: ParameterSets, held_back: int) -> list[str]:
    """Return ffmpeg's arguments that write what is encoded of a clip; empty when nothing is.

    Args:
        plan: a smart plan.
        ends: the files to write.
        sets: of the source; the ends get others with a number of their own.
        held_back: how many frames a decoder of the source holds back.
    """
    split = split_of(plan)
    edges = [*plan.pts.tolist(), plan.end_pts]
    after = len(plan.pts) - split.tail
    source = ("-max_error_rate", "1", "-i", str(absolute(plan.probe.path)))
    inputs: list[str] = []
    outputs: list[str] = []
    number = 0
    for path, begin, finish in (
        (ends.head, edges[0], edges[split.head]),
        (ends.tail, edges[after], edges[-1]),
    ):
        if path is not None:
            inputs += [*seek_arguments(plan.index, begin), *source]
            outputs += ["-map", f"{number}:V:0", *_end_options(plan, sets, held_back, begin, finish)]
            outputs += [*(REPEATED_SETS if path is ends.tail else ()), *NO_METADATA]
            outputs += ["-f", "mp4", "-y", str(path)]
            number += 1
    if ends.sound is not None:
        inputs += [*seek_arguments(plan.index, edges[0] - sound_lead(plan)), *source]
        outputs += [*sound_arguments(plan, number), *NO_METADATA, "-f", "mp4", "-y", str(ends.sound)]
    return [*inputs, *outputs]


def _end_options(plan: CutPlan, sets: ParameterSets, held_back: int, begin: int, finish: int) -> list[str]:
    """Return the output options that encode the frames from tick `begin` to before `finish`."""
    base = plan.index.time_base
    filters = f"settb={base},trim=start_pts={begin}:end_pts={finish},setpts=PTS-({begin})"
    # `stitchable` keeps the header equal from end to end and clip to clip, so that one header serves all.
    numbered = f"sps-id={sets.free_number}:open-gop=0:stitchable=1"
    return [
        *("-vf", filters, "-fps_mode", "passthrough"),
        *("-enc_time_base:v", f"{base.numerator}:{base.denominator}"),
        *("-c:v", "libx264", "-preset", PRESET, "-crf", QUALITY, "-profile:v", sets.profile_name),
        # A decoder that need hold nothing back any more drops what it held: libopenh264 loses frames there.
        *("-bf", str(min(held_back, MOST_HELD_BACK))),
        *("-g", str(keyframe_distance(plan.probe)), "-x264-params", numbered),
        *("-video_track_timescale", str(track_time(base))),
    ]


def header_of(plan: CutPlan) -> tuple[ParameterSets, int]:
    """Return the source's parameter sets, and how many frames its decoder holds back."""
    with open_video(plan.probe.path) as container:
        stream = main_video(container, plan.probe.path)
        return sets_of(stream), max(stream.codec_context.reorder_depth, plan.index.reorder_depth)


def seam_arguments(plan: CutPlan, clip: Path) -> list[str]:
    """Return ffmpeg's arguments that decode a clip around its seams; empty when it has none."""
    split = split_of(plan)
    if not split.packets or not split.head + split.tail:
        return []
    # Neither the filter that smooths blocks nor pictures that no other is built on can break a seam.
    source = ("-skip_loop_filter", "all", "-skip_frame", "noref", "-i", str(clip))
    # In ticks of its own the null muxer would find uneven times too close to each other, and complain.
    ticks = ("-fps_mode", "passthrough", "-enc_time_base:v", f"1:{track_time(plan.index.time_base)}")
    nowhere = (*ticks, "-f", "null", "-")
    inputs: list[str] = []
    outputs: list[str] = []
    if split.head:
        inputs += source
        outputs += ["-map", "0:v:0", "-frames:v", str(split.head + SEAM_FRAMES), *nowhere]
    if split.tail:
        places = clean_keyframes(plan.index)
        end = split.first + split.packets
        last = places[(places >= split.first) & (places < end)][-1]
        begin = plan.index.source_time(int(plan.index.pts[last])) - plan.start
        inputs += ["-noaccurate_seek", "-ss", f"{round(begin * 1_000_000)}us", *source]
        outputs += ["-map", f"{int(split.head > 0)}:v:0", *nowhere]
    return ["-xerror", "-loglevel", "error", *inputs, *outputs]
