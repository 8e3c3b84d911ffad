"""Plans of cuts: which frames a clip holds and how ffmpeg gets them. Data only; nothing here runs ffmpeg."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from shiftclipper.errors import UserError
from shiftclipper.media.encoders import Encoder, even
from shiftclipper.media.ffmpeg import absolute
from shiftclipper.media.frames import seek_arguments
from shiftclipper.media.index import MISSING, PacketIndex
from shiftclipper.media.probe import Probe

CutMode = Literal["exact", "keyframe"]
CUT_MODES = ("exact", "smart", "keyframe")
# Sound of a moment may lie before the keyframe of that moment in the file.
SOUND_LEAD = Fraction(1, 2)
SECONDS_BETWEEN_KEYFRAMES = 2
FINEST_TRACK_TIME = 1_000_000
COARSEST_TRACK_TIME = 10_000
AUDIO_BITS = "160k"
ROOM_BITS_PER_PIXEL = 0.1
LEAST_ROOM = 8_000_000
COPIED_CODECS = {"h264": (), "hevc": ("-tag:v", "hvc1")}


@dataclass(frozen=True, slots=True, eq=False)
class CutPlan:
    """One clip to cut from one source file."""

    mode: CutMode
    index: PacketIndex
    probe: Probe
    pts: NDArray[np.int64]
    """(n,) ticks of the frames the clip will hold, ascending, n ≥ 1."""
    end_pts: int
    """The tick at which the last of them ends."""
    note: str = ""
    """Why it is not cut as asked; empty when it is."""
    packets: int = 0
    """How many packets are copied, in decode order; keyframe mode only."""
    exact: "CutPlan | None" = None
    """What to cut when the copy fails; keyframe mode only."""

    @property
    def start(self) -> Fraction:
        """Source time of the first frame, in seconds."""
        return self.index.source_time(int(self.pts[0]))

    @property
    def end(self) -> Fraction:
        """Source time at which the last frame ends, in seconds."""
        return self.index.source_time(self.end_pts)

    @property
    def duration(self) -> Fraction:
        """Length of the clip in seconds."""
        return self.end - self.start

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the clip in pixels: as displayed, even."""
        return even(self.probe.size)

    @property
    def room(self) -> int:
        """Bytes that should be free on the disk; a guess on the generous side."""
        width, height = self.size
        pixels = width * height * len(self.pts)
        return max(LEAST_ROOM, round(pixels * ROOM_BITS_PER_PIXEL / 8))


def plan_cut(
    index: PacketIndex, probe: Probe, start: Fraction, end: Fraction, mode: str = "exact"
) -> CutPlan:
    """Plan a clip of [start, end) in source time, cut as asked; where that cannot be, exactly, with a note.

    Args:
        index, probe: of the source.
        start, end: source time in seconds; what lies outside the source is left out.
        mode: exact, smart or keyframe.
    Raises:
        UserError: no frame of the source lies inside, or there is no such mode.
    """
    if mode not in CUT_MODES:
        raise UserError(f"There is no cut mode {mode!r}; choose {', '.join(CUT_MODES)}.")
    exact = exact_plan(index, probe, start, end)
    if mode == "smart":
        return replace(exact, note="smart cutting is not available yet; cut exactly")
    if mode == "keyframe":
        return keyframe_plan(exact)
    return exact


def exact_plan(index: PacketIndex, probe: Probe, start: Fraction, end: Fraction) -> CutPlan:
    """Plan a clip of every frame of [start, end) and no other; see `plan_cut`."""
    if not index.timed:
        raise ValueError(f"{probe.path.name} gives no frame times: normalise it first")
    pts = index.presentation_pts()
    first, last = np.searchsorted(pts, [index.first_pts_at(start), index.first_pts_at(end)])
    if last <= first:
        raise UserError(
            f"The clip from {float(start):.3f} s to {float(end):.3f} s holds no frame of {probe.path.name}, "
            f"which is {float(index.duration_seconds):.3f} s long; choose other times."
        )
    end_pts = int(pts[last]) if last < len(pts) else index.end_pts
    return CutPlan("exact", index, probe, pts[first:last], end_pts)


def keyframe_plan(exact: CutPlan) -> CutPlan:
    """Widen a plan to the keyframes around it, so that the packets can be copied.

    Only keyframes without leading pictures will do: those would be shown before the keyframe and need what
    comes before it. The exact plan comes back, with a note, where the packets cannot be copied.
    """
    index, probe = exact.index, exact.probe
    if probe.codec not in COPIED_CODECS:
        return replace(exact, note=f"{probe.codec} cannot be copied into an MP4 for phones; cut exactly")
    clean = clean_keyframes(index)
    before = clean[index.pts[clean] <= exact.pts[0]]
    after = clean[index.pts[clean] >= exact.end_pts]
    if not len(before):
        return replace(exact, note="no keyframe to begin with; cut exactly")
    first = int(before[-1])
    last = int(after[0]) if len(after) else len(index)
    copied = index.pts[first:last]
    end_pts = int(index.pts[last]) if last < len(index) else index.end_pts
    if not index.shown[first:last].all() or np.any(copied == MISSING):
        return replace(exact, note="an edit list hides some of the packets; cut exactly")
    return replace(
        exact, mode="keyframe", pts=np.unique(copied), end_pts=end_pts, packets=last - first, exact=exact
    )


def clean_keyframes(index: PacketIndex) -> NDArray[np.intp]:
    """Return the places, in decode order, of keyframes that no packet up to the next one is shown before."""
    keys = np.flatnonzero(index.key & (index.pts != MISSING))
    if not len(keys):
        return keys
    earliest = np.minimum.reduceat(np.where(index.pts == MISSING, np.iinfo(np.int64).max, index.pts), keys)
    return keys[earliest >= index.pts[keys]]


def exact_arguments(plan: CutPlan, encoder: Encoder, *, back: int = 0) -> list[str]:
    """Return ffmpeg's arguments for an exact cut, all but the output's name.

    The frames are chosen by pts, so it does not matter where the seek lands as long as it is early enough.

    Args:
        plan: what to cut.
        encoder: how to encode.
        back: begin decoding so many keyframes earlier than needed.
    """
    base = plan.index.time_base
    first, size = int(plan.pts[0]), plan.size
    lead = SOUND_LEAD // base if plan.probe.has_audio else 0
    filters = [f"settb={base}", f"trim=start_pts={first}:end_pts={plan.end_pts}"]
    if plan.probe.interlaced:
        filters.append("bwdif=mode=send_frame:deint=interlaced")
    if plan.probe.sample_aspect != 1:
        filters += [f"scale={size[0]}:{size[1]}:flags=bicubic", "setsar=1"]
    elif size != plan.probe.size:
        filters.append(f"crop={size[0]}:{size[1]}:0:0")
    filters += [f"settb={base}", f"setpts=PTS-({first})", encoder.upload]
    arguments = [
        *encoder.device,
        *seek_arguments(plan.index, first - lead, back=back),
        *("-max_error_rate", "1", "-i", str(absolute(plan.probe.path))),
        *("-map", "0:V:0", "-vf", ",".join(filters)),
        *("-fps_mode", "passthrough", "-enc_time_base:v", f"{base.numerator}:{base.denominator}"),
        *encoder.args,
        *("-g", str(max(1, round(plan.probe.fps * SECONDS_BETWEEN_KEYFRAMES)))),
    ]
    if plan.probe.has_audio:
        begin, finish = (f"{round(plan.index.file_time(pts) * 1_000_000)}us" for pts in (first, plan.end_pts))
        here = moved(-plan.index.file_time(first))
        arguments += [
            *("-map", f"0:a:{plan.probe.audio_stream}"),
            *("-af", f"atrim=start={begin}:end={finish},{here},{STEADY},{padded(plan.duration)}"),
            *AUDIO_CODEC,
        ]
    return [*arguments, *clip_options(track_time(base))]


def keyframe_arguments(plan: CutPlan) -> list[str]:
    """Return ffmpeg's arguments for a copy of whole groups of pictures, all but the output's name."""
    index, path = plan.index, str(absolute(plan.probe.path))
    begin = index.file_time(int(plan.pts[0]))
    seek = ("-seek_timestamp", "1", "-ss", f"{round(begin * 1_000_000)}us")
    arguments = [*seek, "-i", path]
    if plan.probe.has_audio:
        arguments += [*seek, "-i", path]
    arguments += [
        *("-map", "0:V:0", "-c:v", "copy", "-copypriorss:v", "0", "-frames:v", str(plan.packets)),
        *COPIED_CODECS[plan.probe.codec],
    ]
    if plan.probe.has_audio:
        length = f"{round(plan.duration * 1_000_000)}us"
        arguments += [
            *("-map", f"1:a:{plan.probe.audio_stream}"),
            *("-af", f"{STEADY},atrim=end={length},{padded(plan.duration)}"),
            *AUDIO_CODEC,
        ]
    return [*arguments, *clip_options(track_time(index.time_base))]


# Fills holes and a late beginning with silence, so that sound stays with the picture.
STEADY = "aresample=async=1:first_pts=0"
AUDIO_CODEC = ("-c:a", "aac", "-b:a", AUDIO_BITS, "-ac", "2")


def moved(seconds: Fraction) -> str:
    """Return the filter that moves sound by so many seconds."""
    return f"asetpts=PTS+({seconds.numerator}/{seconds.denominator})/TB"


def padded(seconds: Fraction) -> str:
    """Return the filter that fills sound up with silence to a length."""
    return f"apad=whole_dur={round(seconds * 1_000_000)}us"


def clip_options(timescale: int) -> tuple[str, ...]:
    """Return the output options of every clip: nothing of where and when it was filmed goes into it."""
    return (
        *("-map_metadata", "-1", "-map_chapters", "-1"),
        *("-video_track_timescale", str(timescale), "-movflags", "+faststart"),
    )


def track_time(base: Fraction) -> int:
    """Return ticks per second for a video track that holds the times of `base`, exactly where possible."""
    ticks = base.denominator
    while ticks < COARSEST_TRACK_TIME:
        ticks *= 2
    return ticks if ticks <= FINEST_TRACK_TIME else 90_000
