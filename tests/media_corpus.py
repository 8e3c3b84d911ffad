"""Test videos whose frames carry their own number as a pattern of squares, and reading the numbers back.

Every kind is one oddity of real recordings. The sound is seeded noise, so that a shift of it can be measured.
"""

import functools
import wave
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from shiftclipper.media.ffmpeg import FFmpeg
from shiftclipper.media.index import PacketIndex
from shiftclipper.media.probe import Probe, probe

SIZE = (320, 192)
SQUARE = 32
BITS = 14
MARGIN = 8
SOUND_RATE = 48_000
X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "16", "-pix_fmt", "yuv420p")
BFRAMES = ("-bf", "3", "-x264-params", "b-pyramid=normal:scenecut=0:keyint=24:min-keyint=24")
OPEN_GOP = ("-bf", "3", "-x264-params", "open-gop=1:scenecut=0:keyint=20:min-keyint=20:b-adapt=0")
NO_BFRAMES = ("-bf", "0", "-g", "30")
CLOSED = "scenecut=0:keyint=24:min-keyint=24"
LARGE = 12
"""How much larger than SIZE the pictures of a large kind are."""
UNEVEN = "settb=1/90000,setpts='3000*N+900*sin(N*1.7)+gte(N\\,60)*40000+gte(N\\,100)*1234'"
UNEVEN_MS = "settb=1/1000,setpts='round(33.4*N+9*sin(N*2.3))+gte(N\\,70)*700'"


@functools.cache
def draw(number: int, size: tuple[int, int] = SIZE) -> np.ndarray:
    """Return the frame (height, width, 3) that carries `number`: its bits, then the same bits inverted."""
    width, height = size
    image = np.empty((height, width, 3), np.uint8)
    ramp = np.arange(width, dtype=np.int64)[None, :] + np.arange(height)[:, None] + 3 * number
    image[..., 0] = ramp % 64 + 64
    image[..., 1] = (ramp * 2) % 64 + 96
    image[..., 2] = (ramp // 2) % 64 + 80
    for place in range(2 * BITS):
        bit = number >> (place % BITS) & 1
        y, x = _corner(place)
        image[y : y + SQUARE, x : x + SQUARE] = 235 if bit ^ (place >= BITS) else 16
    return image


def read_number(image: np.ndarray) -> int:
    """Return the number that a frame carries; -1 when it carries none, as one that is torn or turned."""
    height, width = image.shape[:2]
    if (width, height) == (LARGE * SIZE[0], LARGE * SIZE[1]):
        image = image[LARGE // 2 :: LARGE, LARGE // 2 :: LARGE]
    elif (width, height) != SIZE:
        return -1
    number = 0
    for place in range(2 * BITS):
        y, x = _corner(place)
        level = float(image[y + 8 : y + SQUARE - 8, x + 8 : x + SQUARE - 8].mean())
        if 90 < level < 160:
            return -1
        bit = int(level > 125)
        if place < BITS:
            number |= bit << place
        elif bit == number >> (place - BITS) & 1:
            return -1
    return number


def _corner(place: int) -> tuple[int, int]:
    row, column = divmod(place, 7)
    return MARGIN + row * (SQUARE + 10), MARGIN + column * (SQUARE + 10)


@dataclass(frozen=True)
class Kind:
    """How to make one test video."""

    name: str
    ending: str = "mp4"
    rate: Fraction = Fraction(30)
    frames: int = 150
    video: Sequence[str] = (*X264, *BFRAMES)
    filters: str = ""
    ticks: str = ""
    """Time base of the encoder; one over the rate by default."""
    audio: bool = True
    audio_seconds: float | None = None
    after: Callable[[FFmpeg, Path, Path], None] | None = None
    """Makes the file from a plain one: remuxes it, turns it, damages it."""
    plain_ending: str = "mp4"
    size: tuple[int, int] = SIZE
    options: Sequence[str] = field(default_factory=tuple)


def remux(*options: str, inputs: Sequence[str] = ()) -> Callable[[FFmpeg, Path, Path], None]:
    """Return a step that copies the streams with some options."""

    def step(ffmpeg: FFmpeg, plain: Path, target: Path) -> None:
        ffmpeg.run([*inputs, "-i", str(plain), "-map", "0", "-c", "copy", *options, "-y", str(target)])

    return step


def add_cover(ffmpeg: FFmpeg, plain: Path, target: Path) -> None:
    """Put a cover picture in front of the video stream."""
    cover = target.with_suffix(".jpg")
    ffmpeg.run(["-f", "lavfi", "-i", "color=red:s=64x64", "-frames:v", "1", "-update", "1", "-y", str(cover)])
    ffmpeg.run(
        [
            *("-i", str(cover), "-i", str(plain), "-map", "0:v", "-map", "1:v", "-map", "1:a", "-c", "copy"),
            *("-disposition:v:0", "attached_pic", "-y", str(target)),
        ]
    )


def damage(ffmpeg: FFmpeg, plain: Path, target: Path) -> None:
    """Overwrite the pictures of a stretch in the middle with nonsense, packets and times left as they are."""
    with av.open(str(plain)) as container:
        stream = container.streams.video[0]
        places = [
            (packet.pos, packet.size)
            for packet in container.demux(stream)
            if packet.pos is not None and packet.pts is not None and 2 <= packet.pts * packet.time_base < 3
        ]
    data = bytearray(plain.read_bytes())
    noise = np.random.default_rng(5)
    for place, size in places:
        data[place + 5 : place + size] = noise.integers(0, 256, size - 5, np.uint8).tobytes()
    target.write_bytes(data)


def cut_in_group(ffmpeg: FFmpeg, plain: Path, target: Path) -> None:
    """Copy from the middle of a group of pictures: an edit list hides the frames before."""
    ffmpeg.run(["-ss", "1.3", "-i", str(plain), "-c", "copy", "-y", str(target)])


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("cfr30", video=(*X264, *NO_BFRAMES)),
        Kind("bframes25", rate=Fraction(25)),
        Kind("opengop30", video=(*X264, *OPEN_GOP)),
        Kind("ntsc2997", rate=Fraction(30000, 1001)),
        Kind("film23976_mkv", ending="mkv", rate=Fraction(24000, 1001)),
        Kind("cfr50_mkv", ending="mkv", rate=Fraction(50)),
        Kind("cfr5994", rate=Fraction(60000, 1001), video=(*X264, *OPEN_GOP)),
        Kind("cfr60", rate=Fraction(60)),
        Kind("vfr", filters=UNEVEN, ticks="1:90000"),
        Kind("vfr_mkv", ending="mkv", filters=UNEVEN_MS, ticks="1:1000"),
        Kind("ts2997", ending="ts", rate=Fraction(30000, 1001), after=remux("-muxdelay", "0.5")),
        Kind(
            "ts_opengop",
            ending="ts",
            rate=Fraction(25),
            video=(*X264, *OPEN_GOP),
            after=remux("-output_ts_offset", "7.3"),
        ),
        Kind("rotated90", ending="mov", after=remux(inputs=("-display_rotation", "-90"))),
        Kind("rotated180", after=remux(inputs=("-display_rotation", "180"))),
        Kind("rotated270", after=remux(inputs=("-display_rotation", "90"))),
        Kind("late_start", after=remux("-output_ts_offset", "5.5")),
        Kind("late_start_mkv", ending="mkv", rate=Fraction(25), after=remux("-output_ts_offset", "3.21")),
        Kind("no_audio", audio=False),
        Kind("short_audio", audio_seconds=2.5),
        Kind("edit_list", after=cut_in_group),
        Kind("data_track", ending="mov", after=remux("-timecode", "01:00:00:00")),
        Kind("cover", after=add_cover),
        Kind("fragmented", after=remux("-movflags", "frag_keyframe+empty_moov+default_base_moof")),
        Kind(
            "hevc10",
            video=(
                *("-c:v", "libx265", "-preset", "ultrafast", "-crf", "14", "-pix_fmt", "yuv420p10le"),
                *("-tag:v", "hvc1", "-x265-params", "log-level=none:keyint=30"),
            ),
        ),
        Kind(
            "opengop_idr",
            video=(*X264, *OPEN_GOP, "-forced-idr", "1", "-force_key_frames", "expr:not(mod(n,40))"),
        ),
        Kind("refresh", video=(*X264, "-x264-params", "intra-refresh=1:keyint=24:bframes=0")),
        Kind(
            "main_cabac",
            video=(*X264, "-profile:v", "main", "-bf", "2", "-x264-params", f"cabac=1:{CLOSED}"),
        ),
        Kind("baseline", video=(*X264, "-profile:v", "baseline", "-x264-params", CLOSED)),
        Kind("numbered3", video=(*X264, "-bf", "2", "-x264-params", f"sps-id=3:slices=4:{CLOSED}")),
        Kind(
            "full_range",
            filters="scale=out_range=full,format=yuvj420p",
            video=("-c:v", "libx264", "-preset", "ultrafast", "-crf", "16", *BFRAMES),
        ),
        Kind("ts_closed", ending="ts", after=remux("-output_ts_offset", "7.3")),
        Kind(
            "uhd",
            frames=60,
            filters=f"scale=iw*{LARGE}:ih*{LARGE}:flags=neighbor",
            video=(*X264, "-bf", "2", "-x264-params", "scenecut=0:keyint=12:min-keyint=12"),
        ),
        Kind("avi", ending="avi", video=(*X264, *NO_BFRAMES), after=remux()),
        Kind("avi_bframes", ending="avi", after=remux()),
        Kind("raw", ending="h264", audio=False, after=remux()),
        Kind("damaged", after=damage),
    )
}

CUT_KINDS = tuple(name for name in KINDS if name not in ("damaged", "raw", "avi", "avi_bframes", "uhd"))
"""Kinds whose every frame can be decoded and sought, without the one that takes long."""


def make(kind: Kind, folder: Path, ffmpeg: FFmpeg) -> Path:
    """Write a kind's video into `folder`, once, and return its path."""
    target = folder / f"{kind.name}.{kind.ending}"
    if target.exists():
        return target
    plain = target if kind.after is None else folder / f"{kind.name}.plain.{kind.plain_ending}"
    width, height = kind.size
    turn = {"rotated90": 1, "rotated180": 2, "rotated270": 3}.get(kind.name, 0)
    shown = (height, width) if turn % 2 else (width, height)
    arguments = [
        *("-f", "rawvideo", "-pix_fmt", "bgr24", "-s", f"{shown[0]}x{shown[1]}"),
        *("-framerate", str(kind.rate), "-i", "pipe:0"),
    ]
    if kind.audio:
        seconds = kind.audio_seconds or float(kind.frames / kind.rate) + 1.5
        arguments += ["-i", str(sound_file(folder, seconds)), "-c:a", "aac", "-b:a", "128k", "-map", "1:a"]
        if kind.audio_seconds is None:
            arguments += ["-t", f"{kind.frames / float(kind.rate):.3f}" if not kind.ticks else "20"]
    filters = kind.filters or "null"
    ticks = kind.ticks or f"{kind.rate.denominator}:{kind.rate.numerator}"
    arguments += ["-map", "0:v", "-vf", filters, "-fps_mode", "passthrough", "-enc_time_base:v", ticks]
    arguments += [*kind.video, *kind.options, "-y", str(plain)]
    ffmpeg.run(arguments, feed=(_turned(draw(number), turn).tobytes() for number in range(kind.frames)))
    if kind.after is not None:
        kind.after(ffmpeg, plain, target)
    return target


class Corpus:
    """Test videos, each made at its first use."""

    def __init__(self, folder: Path, ffmpeg: FFmpeg) -> None:
        """Keep the videos in `folder`, which is made."""
        self.folder = folder
        self.ffmpeg = ffmpeg
        self._probes: dict[str, Probe] = {}
        self._frames: dict[str, list[tuple[Fraction, int]]] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, name: str) -> Path:
        """Return the file of a kind."""
        return make(KINDS[name], self.folder, self.ffmpeg)

    def probe(self, name: str) -> Probe:
        """Return what the file of a kind is."""
        if name not in self._probes:
            self._probes[name] = probe(self.path(name))
        return self._probes[name]

    def frames(self, name: str) -> list[tuple[Fraction, int]]:
        """Return (source time, number) of each frame, as PyAV decodes the file from beginning to end."""
        if name not in self._frames:
            frames = list(read_frames(self.path(name)))
            self._frames[name] = [(time - frames[0][0], number) for time, number in frames]
        return self._frames[name]

    def numbers(self, name: str, start: Fraction, end: Fraction) -> list[int]:
        """Return the numbers of the frames in [start, end) of source time."""
        return [number for time, number in self.frames(name) if start <= time < end]


def _turned(image: np.ndarray, quarters: int) -> np.ndarray:
    """Store a picture so that turning it clockwise by so many quarters brings it upright."""
    return np.ascontiguousarray(np.rot90(image, quarters))


def sound(seconds: float) -> np.ndarray:
    """Return (n,) int16 of seeded noise between 300 and 3000 Hz at SOUND_RATE."""
    count = round(seconds * SOUND_RATE)
    spectrum = np.fft.rfft(np.random.default_rng(11).standard_normal(SOUND_RATE * 30))
    frequency = np.fft.rfftfreq(SOUND_RATE * 30, 1 / SOUND_RATE)
    spectrum[(frequency < 300) | (frequency > 3000)] = 0
    noise = np.fft.irfft(spectrum)
    return np.resize(noise / np.abs(noise).max() * 24_000, count).astype(np.int16)


def sound_file(folder: Path, seconds: float) -> Path:
    """Write the noise as a WAV file."""
    path = folder / f"noise-{seconds:.3f}.wav"
    if not path.exists():
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(SOUND_RATE)
            file.writeframes(sound(seconds).tobytes())
    return path


def read_frames(path: Path) -> Iterator[tuple[Fraction, int]]:
    """Decode a file with PyAV and yield (pts in seconds, number) of each frame, turned upright."""
    with av.open(str(path)) as container:
        stream = next(one for one in container.streams.video if not one.disposition & 1024)
        for frame in container.decode(stream):
            if frame.pts is None:
                raise AssertionError("a frame without a time")
            image = frame.to_ndarray(format="bgr24")
            quarters = round(frame.rotation / 90)
            yield frame.pts * Fraction(frame.time_base), read_number(np.rot90(image, quarters))


def read_numbers(path: Path) -> list[int]:
    """Return the numbers of a file's frames in the order they are shown."""
    return [number for _, number in read_frames(path)]


def read_sound(path: Path) -> tuple[np.ndarray, float]:
    """Return a file's sound, (n,) at SOUND_RATE, each part at its own time, and the time of its beginning."""
    with av.open(str(path)) as container:
        first: float | None = None
        end = 0
        parts: list[tuple[int, np.ndarray]] = []
        for frame in container.decode(audio=0):
            assert frame.sample_rate == SOUND_RATE
            at = float(frame.pts * frame.time_base)
            first = at if first is None else first
            begin = round((at - first) * SOUND_RATE)
            # Matroska rounds to milliseconds: only a real hole counts.
            begin = end if abs(begin - end) < SOUND_RATE // 100 else begin
            parts.append((begin, frame.to_ndarray().mean(axis=0)))
            end = begin + frame.samples
    sound = np.zeros(max((begin + len(part) for begin, part in parts), default=0))
    for begin, part in parts:
        sound[begin : begin + len(part)] = part
    return sound, first or 0.0


def sound_lag(clip: np.ndarray, reference: np.ndarray, most: float = 0.08) -> tuple[float, float]:
    """Return by how many seconds `clip` is late against `reference`, and how alike the two are (0 to 1)."""
    count = min(len(clip), len(reference))
    clip, reference = clip[:count], reference[:count]
    size = 1 << (2 * count - 1).bit_length()
    cross = np.fft.irfft(np.fft.rfft(clip, size) * np.conj(np.fft.rfft(reference, size)), size)
    reach = round(most * SOUND_RATE)
    cross = np.concatenate([cross[-reach:], cross[: reach + 1]])
    best = int(np.argmax(cross))
    scale = float(np.linalg.norm(clip) * np.linalg.norm(reference)) or 1.0
    return (best - reach) / SOUND_RATE, float(cross[best]) / scale


def index_of(
    pts: list[int],
    *,
    key: list[bool] | None = None,
    base: Fraction = Fraction(1, 90000),
    duration: list[int] | None = None,
    shown: list[bool] | None = None,
    disposable: list[bool] | None = None,
    idr: list[bool] | None = None,
) -> PacketIndex:
    """Return a made-up packet index; frames are decoded in the order of `pts` as given.

    Keyframes are IDR pictures unless `idr` says otherwise.
    """
    count = len(pts)
    return PacketIndex(
        time_base=base,
        pts=np.array(pts, np.int64),
        dts=np.array(sorted(pts), np.int64),
        duration=np.array(duration or [0] * count, np.int64),
        key=np.array(key or [True] * count, np.bool_),
        size=np.arange(count, dtype=np.int64),
        shown=np.array(shown or [True] * count, np.bool_),
        disposable=np.array(disposable or [False] * count, np.bool_),
        idr=np.array(idr or key or [True] * count, np.bool_),
    )
