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
from shiftclipper.media.normalise import needs_normalising
from shiftclipper.media.probe import Probe

CutMode = Literal["exact", "smart", "keyframe"]
CUT_MODES = ("exact", "smart", "keyframe", "auto")
# Sound of a moment may lie before the keyframe of that moment in the file.
SOUND_LEAD = Fraction(1, 2)
SECONDS_BETWEEN_KEYFRAMES = 2
CLOSE_TO_FILM = Fraction(5, 4)
"""By how much a clip's bit rate may exceed its film's."""
BITS_AS_H264 = {"hevc": Fraction(8, 5), "vp9": Fraction(3, 2), "av1": Fraction(2)}
"""How many bits H.264 needs for what another codec says in one."""
FINEST_TRACK_TIME = 1_000_000
COARSEST_TRACK_TIME = 10_000
SOUND_BITS = 160_000
AUDIO_BITS = "160k"
USUAL_BITS_PER_PIXEL = 0.1
"""What a game takes at the quality that clips are encoded with, when its film is good."""
LEAST_BITS_PER_PIXEL = Fraction(1, 50)
"""Less than this makes squares of everything, however little the film makes do with."""
SPARE_ROOM = 4_000_000
COPIED_CODECS = {"h264": (), "hevc": ("-tag:v", "hvc1")}
JOINED_FORMATS = ("yuv420p", "yuvj420p")
"""Pixels whose packets can be joined with newly encoded ones."""
FASTEST_COPY = 60_000_000
"""Bits per second up to which copied pictures are played by phones without stutter."""


@dataclass(frozen=True, slots=True)
class SmartSplit:
    """How a clip is put together: a newly encoded head, copied packets, a newly encoded tail."""

    first: int
    """Place, in decode order, of the first copied packet."""
    packets: int
    """How many packets are copied; 0 when no whole group of pictures lies inside and all is encoded."""
    head: int
    """Frames encoded in front of them."""
    tail: int
    """Frames encoded behind them."""


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
    split: SmartSplit | None = None
    """What is copied and what is encoded; smart mode only."""

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
    def estimated_bytes(self) -> int:
        """Size of the finished file: exact for what is copied, a guess for what is encoded."""
        index = self.index
        sound = round(self.duration * SOUND_BITS / 8) if self.probe.has_audio else 0
        inside = (index.pts >= self.pts[0]) & (index.pts < self.end_pts) & index.shown
        whole = int(index.size[inside].sum())
        if self.mode == "keyframe":
            return whole + sound
        copied = 0
        if self.split is not None:
            copied = int(index.size[self.split.first : self.split.first + self.split.packets].sum())
        width, height = self.size
        encoded = len(self.pts) - (self.split.packets if self.split is not None else 0)
        usual = encoded * width * height * USUAL_BITS_PER_PIXEL / 8
        film = (whole - copied) * CLOSE_TO_FILM * BITS_AS_H264.get(self.probe.codec, 1)
        return copied + round(min(usual, float(film))) + sound

    @property
    def room(self) -> int:
        """Bytes that should be free on the disk before cutting begins."""
        return self.estimated_bytes + SPARE_ROOM


def plan_cut(
    index: PacketIndex, probe: Probe, start: Fraction, end: Fraction, mode: str = "exact"
) -> CutPlan:
    """Plan a clip of [start, end) in source time, cut as asked; where that cannot be, exactly, with a note.

    Args:
        index, probe: of the source.
        start, end: source time in seconds; what lies outside the source is left out.
        mode: exact, smart, keyframe; or auto, which is smart where the copied pictures play everywhere.
    Raises:
        UserError: no frame of the source lies inside, or there is no such mode.
    """
    if mode not in CUT_MODES:
        raise UserError(f"There is no cut mode {mode!r}; choose {', '.join(CUT_MODES)}.")
    exact = exact_plan(index, probe, start, end)
    if mode == "smart" or (mode == "auto" and plays_everywhere(index, probe)):
        return smart_plan(exact)
    if mode == "keyframe":
        return keyframe_plan(exact)
    return exact


def film_bits(index: PacketIndex, probe: Probe) -> int:
    """Return the bits per second, of pictures, above which an H.264 clip of a film gains nothing."""
    rate = 8 * int(index.size.sum()) / max(index.duration_seconds, Fraction(1, 10))
    width, height = probe.size
    least = width * height * probe.fps * LEAST_BITS_PER_PIXEL
    return round(max(least, rate * CLOSE_TO_FILM * BITS_AS_H264.get(probe.codec, 1)))


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
    return replace(exact, mode="keyframe", pts=np.unique(copied), end_pts=end_pts, packets=last - first)


def smart_plan(exact: CutPlan) -> CutPlan:
    """Split a plan into ends to encode and packets to copy.

    The exact plan comes back, with a note, where the packets cannot be joined.

    Packets are copied from one IDR picture to another: what is cut off is not needed by what is kept.
    """
    index = exact.index
    reason = why_not_joined(exact.probe)
    if reason:
        return replace(exact, note=f"{reason}; cut exactly")
    begins = np.intersect1d(clean_keyframes(index), np.flatnonzero(index.idr))
    if len(begins) < 2:
        return replace(exact, note="no keyframes at which packets can be joined; cut exactly")
    first, last = _copied_places(exact, begins)
    if first >= last:
        return replace(exact, mode="smart", split=SmartSplit(0, 0, len(exact.pts), 0))
    copied = index.pts[first:last]
    head = int(np.searchsorted(exact.pts, index.pts[first]))
    tail = len(exact.pts) - head - len(copied)
    whole = exact.pts[head : len(exact.pts) - max(tail, 0)]
    if not index.shown[first:last].all() or not np.array_equal(np.sort(copied), whole):
        return replace(exact, note="the file's packets are not in the usual order; cut exactly")
    return replace(exact, mode="smart", split=SmartSplit(first, last - first, head, tail))


def _copied_places(exact: CutPlan, begins: NDArray[np.intp]) -> tuple[int, int]:
    """Return the place of the first packet to copy and the one after the last; equal when there is none."""
    index = exact.index
    inside = begins[(index.pts[begins] >= exact.pts[0]) & (index.pts[begins] < exact.end_pts)]
    if not len(inside):
        return 0, 0
    if exact.end_pts == index.end_pts:
        return int(inside[0]), len(index)
    ends = begins[index.pts[begins] == exact.end_pts]
    return int(inside[0]), int(ends[0] if len(ends) else inside[-1])


def why_not_joined(probe: Probe) -> str:
    """Return why a film's packets cannot be joined with newly encoded ones; empty when they can."""
    reasons = (
        (probe.codec != "h264", f"the film is {probe.codec}, not h264"),
        (bool(needs_normalising(probe)), f"{probe.container} files are not cut at their packets"),
        (probe.pix_fmt not in JOINED_FORMATS, f"its pixels are {probe.pix_fmt}"),
        (probe.interlaced, "the film is interlaced"),
        (probe.rotation != 0, "the film is turned by a note in the file"),
        (probe.sample_aspect != 1, "its pixels are not square"),
    )
    return next((reason for applies, reason in reasons if applies), "")


def plays_everywhere(index: PacketIndex, probe: Probe) -> bool:
    """Tell whether copied pictures of this film play wherever newly encoded ones do."""
    bits = 8 * int(index.size.sum())
    usual = probe.pix_fmt == "yuv420p" and bits <= FASTEST_COPY * index.duration_seconds
    return usual and not why_not_joined(probe)


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
    lead = sound_lead(plan)
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
        *encoder.decode,
        *seek_arguments(plan.index, first - lead, back=back),
        *("-max_error_rate", "1", "-i", str(absolute(plan.probe.path))),
        *("-map", "0:V:0", "-vf", ",".join(filters)),
        *("-fps_mode", "passthrough", "-enc_time_base:v", f"{base.numerator}:{base.denominator}"),
        *encoder.args,
        *("-g", str(keyframe_distance(plan.probe))),
    ]
    if plan.probe.has_audio:
        arguments += sound_arguments(plan, 0)
    return [*arguments, *clip_options(track_time(base))]


def sound_arguments(plan: CutPlan, source: int) -> list[str]:
    """Return the output options for the clip's sound, read with `-copyts` from input number `source`."""
    first = int(plan.pts[0])
    begin, finish = (f"{round(plan.index.file_time(pts) * 1_000_000)}us" for pts in (first, plan.end_pts))
    here = moved(-plan.index.file_time(first))
    return [
        *("-map", f"{source}:a:{plan.probe.audio_stream}"),
        *("-af", f"atrim=start={begin}:end={finish},{here},{STEADY},{padded(plan.duration)}"),
        *AUDIO_CODEC,
    ]


def keyframe_distance(probe: Probe) -> int:
    """Return how many frames apart keyframes are put in what is encoded."""
    return max(1, round(probe.fps * SECONDS_BETWEEN_KEYFRAMES))


def sound_lead(plan: CutPlan) -> int:
    """Return how many ticks before the first frame reading must begin to get all of its sound."""
    return SOUND_LEAD // plan.index.time_base if plan.probe.has_audio else 0


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
# ffmpeg's documentation calls this coder the better one at such a rate; it takes half the time.
AUDIO_CODEC = ("-c:a", "aac", "-aac_coder", "fast", "-b:a", AUDIO_BITS, "-ac", "2")


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
