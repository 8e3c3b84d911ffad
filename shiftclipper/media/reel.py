"""The reel: clips joined to one film, with a chapter for each.

The pictures are copied, not encoded again. The sound is built once over the whole length: AAC clips put end
to end have steps of up to 30 ms at their seams.
"""

import itertools
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from pathlib import Path

import av
import numpy as np

from shiftclipper.errors import StageFailed, UserError
from shiftclipper.media.container import main_video, open_video
from shiftclipper.media.cut_plan import AUDIO_CODEC, track_time
from shiftclipper.media.encoders import X264, Encoder, even
from shiftclipper.media.ffmpeg import FFmpeg, absolute
from shiftclipper.media.index import PacketIndex, read_index

SOUND_RATE = 48_000
CHANNELS = 2
SILENCE_BLOCK = SOUND_RATE
SEAM = SOUND_RATE * 6 // 1000
"""Samples over which sound comes and goes at a cut: put end to end, two sounds click."""
CHAPTER_TICKS = 1_000_000
COMMON_TICKS = 90_000
TOLERANCE = Fraction(1, 500)
LONGEST_LAST_FRAME = Fraction(1, 2)
UNTOLD = (2, 2, 2)
"""Colours of a film that does not tell."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named stretch of the reel."""

    title: str
    start: Fraction
    """Seconds from the beginning of the reel."""
    end: Fraction


@dataclass(frozen=True, slots=True)
class Reel:
    """A finished reel."""

    path: Path
    duration: Fraction
    """Seconds."""
    frames: int
    bytes: int
    chapters: tuple[Chapter, ...]
    note: str = ""
    """Why the pictures were encoded again; empty when they were copied."""


@dataclass(frozen=True, slots=True, eq=False)
class ReelPart:
    """One clip as it goes into the reel."""

    path: Path
    index: PacketIndex
    codec: str
    layout: tuple[object, ...]
    """What must be equal for two clips to be joined by copying."""
    size: tuple[int, int]
    sound: bool
    duration: Fraction
    """Seconds, from the first frame to the end of the last."""
    colour: tuple[int, int, int] = UNTOLD
    """Primaries, transfer and matrix of its colours, as numbers of ITU-T H.273."""

    def lasting(self, seconds: Fraction) -> "ReelPart":
        """Return the part with another length, where its frames allow that.

        The file does not say how long the last frame is shown when frames are reordered and uneven.
        """
        last = self.index.source_time(int(self.index.presentation_pts()[-1]))
        fits = last < seconds < self.duration + LONGEST_LAST_FRAME
        return replace(self, duration=seconds) if fits else self


def join(
    ffmpeg: FFmpeg,
    clips: Sequence[Path],
    target: Path,
    *,
    chapters: Sequence[Chapter] = (),
    lengths: Sequence[Fraction] = (),
    sound: Iterable[bytes] | None = None,
    encoder: Encoder = X264,
    work: Path | None = None,
    stop: threading.Event | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> Reel:
    """Join clips to a reel.

    When a clip differs from the first one in size or format, the reel is encoded anew in the size of the
    first, with black borders where the shape differs.

    Args:
        ffmpeg: runs the joining.
        clips: MP4 files in the order wanted; at least one.
        target: the MP4 to write.
        chapters: named stretches of the reel, such as those of `chapters_in_a_row`.
        lengths: how long each clip is, in seconds; as the chapters say by default, where there is one for
            each clip.
        sound: of the whole reel, instead of that of the clips: blocks of SOUND_RATE, CHANNELS, 16 bits.
        encoder: for clips that do not fit.
        work: an existing folder for what is needed on the way; the system's own by default.
        stop: set it to end with Cancelled.
        on_progress: called with the seconds of reel written.
    Raises:
        UserError: there is no clip, or one cannot be read.
        Cancelled, DiskFull, StageFailed.
    """
    if not clips:
        raise UserError("There is no clip to join; accept at least one shift first.")
    target = absolute(target)
    parts = [read_part(clip, stop) for clip in clips]
    if not lengths and len(chapters) == len(parts):
        lengths = [chapter.end - chapter.start for chapter in chapters]
    if lengths:
        parts = [part.lasting(length) for part, length in zip(parts, lengths, strict=True)]
    with tempfile.TemporaryDirectory(prefix="shiftclipper-", dir=work) as name:
        folder = Path(name)
        alike = all(part.layout == parts[0].layout for part in parts)
        if not alike:
            parts = _alike(ffmpeg, parts, folder, encoder, stop)
        listing, marks = folder / "clips.ffconcat", folder / "chapters.txt"
        listing.write_text(concat_list(parts), encoding="utf-8")
        marks.write_text(chapter_marks(chapters), encoding="utf-8")
        total = sum((part.duration for part in parts), Fraction(0))
        frames = sum(len(part.index.presentation_pts()) for part in parts)
        if sound is None and any(part.sound for part in parts):
            sound = _sound_blocks(parts, stop)
        ffmpeg.write(
            reel_arguments(listing, marks, parts, sound is not None, None if alike else encoder),
            target,
            container="mp4",
            verify=partial(_check, parts=parts, stop=stop),
            stop=stop,
            on_time=None if on_progress is None else lambda time: on_progress(float(time)),
            feed=sound,
            room=sum(part.path.stat().st_size for part in parts),
        )
    note = "" if alike else "the clips differ in size or format; their pictures were encoded again"
    return Reel(target, total, frames, target.stat().st_size, tuple(chapters), note)


def chapters_in_a_row(titles: Sequence[str], lengths: Sequence[Fraction]) -> list[Chapter]:
    """Return a chapter for each clip of a reel, from the clips' titles and lengths in seconds."""
    ends = list(itertools.accumulate(lengths))
    return [
        Chapter(title, end - length, end) for title, length, end in zip(titles, lengths, ends, strict=True)
    ]


def read_part(path: Path, stop: threading.Event | None = None) -> ReelPart:
    """Read what a clip is.

    Raises:
        UserError: it is missing or no video.
    """
    path = absolute(path)
    with open_video(path) as container:
        stream = main_video(container, path)
        context = stream.codec_context
        codec = context.codec.canonical_name
        layout = (
            codec,
            bytes(context.extradata or b""),
            context.width,
            context.height,
            context.pix_fmt,
            stream.sample_aspect_ratio,
            stream.time_base,
        )
        size = (context.width, context.height)
        sound = bool(container.streams.audio)
        colour = (int(context.color_primaries), int(context.color_trc), int(context.colorspace))
    index = read_index(path, stop)
    return ReelPart(path, index, codec, layout, size, sound, index.duration_seconds, colour)


def concat_list(parts: Sequence[ReelPart]) -> str:
    """Return the list for ffmpeg's concat demuxer, with each clip's length as its frames say."""
    lines = ["ffconcat version 1.0"]
    for part in parts:
        name = str(part.path).replace("\\", "/").replace("'", "'\\''")
        # Without `inpoint` a clip would begin with its sound, whose first samples lie before time 0.
        lines += [
            f"file 'file:{name}'",
            "inpoint 0us",
            f"duration {round(part.duration * CHAPTER_TICKS)}us",
        ]
    return "\n".join(lines) + "\n"


def chapter_marks(chapters: Sequence[Chapter]) -> str:
    """Return the chapters in ffmpeg's metadata format."""
    lines = [";FFMETADATA1"]
    for chapter in chapters:
        title = "".join(f"\\{letter}" if letter in "=;#\\\n" else letter for letter in chapter.title)
        lines += [
            "[CHAPTER]",
            f"TIMEBASE=1/{CHAPTER_TICKS}",
            f"START={round(chapter.start * CHAPTER_TICKS)}",
            f"END={round(chapter.end * CHAPTER_TICKS)}",
            f"title={title}",
        ]
    return "\n".join(lines) + "\n"


def reel_arguments(
    listing: Path, marks: Path, parts: Sequence[ReelPart], sound: bool, encoder: Encoder | None = None
) -> list[str]:
    """Return ffmpeg's arguments for joining, all but the output's name; the sound comes in on stdin.

    Args:
        listing, marks: files with `concat_list` and `chapter_marks`.
        parts: the clips.
        sound: whether there is sound.
        encoder: encodes the pictures in the size of the first clip; None copies them.
    """
    # The list as a whole would be moved likewise: its times are right as they are.
    arguments = ["-copyts", "-f", "concat", "-safe", "0", "-i", str(listing)]
    arguments += ["-f", "ffmetadata", "-i", str(marks)]
    if sound:
        arguments += ["-f", "s16le", "-ar", str(SOUND_RATE), "-ac", str(CHANNELS), "-i", "pipe:0"]
    arguments += ["-map", "0:v:0", "-map_metadata", "1", "-map_chapters", "1"]
    if encoder is None:
        arguments += ["-c:v", "copy"]
    else:
        arguments = [*encoder.device, *arguments, *_fitting(parts[0], encoder)]
    if sound:
        arguments += ["-map", "2:a:0", *AUDIO_CODEC]
    ticks = track_time(parts[0].index.time_base)
    return [*arguments, "-video_track_timescale", str(ticks), "-movflags", "+faststart"]


def _fitting(first: ReelPart, encoder: Encoder) -> tuple[str, ...]:
    """Return the output options that bring every picture to the size of the first clip."""
    width, height = even(first.size)
    base = first.index.time_base
    filters = (
        f"scale={width}:{height}:force_original_aspect_ratio=decrease:flags=bicubic",
        f"pad={width}:{height}:-1:-1",
        "setsar=1",
        encoder.upload,
    )
    return (
        *("-vf", ",".join(filters), "-fps_mode", "passthrough"),
        *("-enc_time_base:v", f"{base.numerator}:{base.denominator}", *encoder.args),
    )


def _alike(
    ffmpeg: FFmpeg,
    parts: Sequence[ReelPart],
    folder: Path,
    encoder: Encoder,
    stop: threading.Event | None,
) -> list[ReelPart]:
    """Bring the clips to one codec and one time base, which a list of clips needs to be decoded in one go."""
    result: list[ReelPart] = []
    for number, part in enumerate(parts):
        path = folder / f"{number}.mp4"
        picture = ("-c:v", "copy") if part.codec == "h264" else _fitting(part, encoder)
        sound = ("-map", "0:a:0", "-c:a", "copy") if part.sound else ()
        ffmpeg.write(
            [
                *(*encoder.device, "-i", str(part.path), "-map", "0:V:0", *picture, *sound),
                *("-video_track_timescale", str(COMMON_TICKS)),
            ],
            path,
            container="mp4",
            verify=partial(_check, parts=[part], stop=stop),
            stop=stop,
        )
        result.append(replace(read_part(path, stop), duration=part.duration))
    return result


def _check(made: Path, parts: Sequence[ReelPart], stop: threading.Event | None) -> None:
    """Compare the times of a film's frames with those of the parts laid end to end."""
    found = read_index(made, stop)
    have = found.presentation_pts()
    wanted: list[np.ndarray] = []
    clock = Fraction(0)
    for part in parts:
        pts = part.index.presentation_pts()
        wanted.append(pts * float(part.index.time_base) + float(clock))
        clock += part.duration
    times = np.concatenate(wanted)
    if len(have) != len(times):
        raise StageFailed(f"The film has {len(have)} frames instead of {len(times)}; try once more.")
    worst = float(np.abs(have * float(found.time_base) - times).max())
    if worst > TOLERANCE:
        raise StageFailed(f"A frame of the film is {worst * 1000:.1f} ms off its time; try once more.")


def _sound_blocks(parts: Sequence[ReelPart], stop: threading.Event | None) -> Iterator[bytes]:
    """Yield the sound of the whole reel, each clip cut or filled to the length of its pictures."""
    clock = Fraction(0)
    written = 0
    for part in parts:
        clock += part.duration
        length = room = round(clock * SOUND_RATE) - written
        written += room
        for block in part_sound(part):
            if stop is not None and stop.is_set():
                return
            block = swelling(block[:room], length - room, length, SEAM, SEAM)
            room -= len(block)
            if len(block):
                yield packed(block)
        while room > 0:
            count = min(room, SILENCE_BLOCK)
            room -= count
            yield bytes(count * CHANNELS * 2)


def swelling(samples: np.ndarray, first: int, length: int, coming: int, going: int) -> np.ndarray:
    """Return samples of a stretch of sound that comes at its beginning and goes at its end.

    Args:
        samples: (n, CHANNELS), from the first-th of the stretch on.
        length: of the whole stretch, in samples.
        coming, going: samples over which it does so. The squares of a sound that goes and of one that comes
            add up to one.
    """
    if first >= coming and first + len(samples) <= length - going:
        return samples
    place = np.arange(first, first + len(samples), dtype=np.float32) + np.float32(0.5)
    share = np.minimum(np.minimum(place / coming, (length - place) / going), 1.0)
    return samples * np.sin(share * np.float32(np.pi / 2))[:, None]


def packed(samples: np.ndarray) -> bytes:
    """Return samples (n, CHANNELS), of any kind of number, as the bytes of 16 bits each."""
    if samples.dtype != np.int16:
        samples = np.clip(np.rint(samples), -32768, 32767)
    data: bytes = samples.astype("<i2").tobytes()
    return data


def part_sound(part: ReelPart) -> Iterator[np.ndarray]:
    """Yield the sound of a clip from time 0 on, (n, CHANNELS) int16; nothing when it has none."""
    if not part.sound:
        return
    with av.open(str(part.path), options={"protocol_whitelist": "file"}) as container:
        resampler = av.AudioResampler("s16", "stereo", SOUND_RATE)
        position: int | None = None
        for frame in itertools.chain(container.decode(audio=0), [None]):
            if position is None and frame is not None:
                late = Fraction(frame.pts or 0) * Fraction(frame.time_base or 1)
                position = round(late * SOUND_RATE)
            for block in resampler.resample(frame):
                samples = block.to_ndarray().reshape(-1, CHANNELS)
                assert position is not None
                if position > 0:
                    yield np.zeros((position, CHANNELS), np.int16)
                elif position < 0:
                    samples, position = samples[-position:], min(0, position + len(samples))
                    yield samples
                    continue
                position = 0
                yield samples
