"""Broken films: real ones of several kinds, mutated; and files that are made to hurt."""

import random
import struct
import subprocess
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

from shiftclipper.media.ffmpeg import FFmpeg

Mutation = Callable[[random.Random, bytearray, Sequence[bytes]], bytearray]
ENDINGS = (".mp4", ".mov", ".mkv", ".ts", ".avi", ".webm")

_KINDS = {
    "mp4": ("-c:v", "libx264", "-g", "10", "-bf", "2", "-c:a", "aac"),
    "mkv": ("-c:v", "libx264", "-g", "12", "-c:a", "aac"),
    "ts": ("-c:v", "libx264", "-g", "12", "-c:a", "aac"),
    "mov": ("-c:v", "libx264", "-g", "5", "-c:a", "pcm_s16le"),
    "avi": ("-c:v", "mpeg4", "-c:a", "pcm_s16le"),
}


def seeds(ffmpeg: FFmpeg, folder: Path) -> dict[str, bytes]:
    """Make a small whole film of each kind and return their contents by ending."""
    made = {}
    for ending, codecs in _KINDS.items():
        target = folder / f"seed.{ending}"
        command = [str(ffmpeg.path), "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc=size=160x96:rate=25"]
        command += ["-f", "lavfi", "-i", "sine=frequency=300", "-t", "2", "-pix_fmt", "yuv420p", *codecs]
        subprocess.run([*command, str(target)], check=True, timeout=120)
        made[ending] = target.read_bytes()
    return made


def _truncate(chance: random.Random, content: bytearray, others: Sequence[bytes]) -> bytearray:
    return content[: chance.randrange(len(content))]


def _flip_bits(chance: random.Random, content: bytearray, others: Sequence[bytes]) -> bytearray:
    for _ in range(chance.choice((1, 3, 10, 100, 1000))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return content


def _flip_head(chance: random.Random, content: bytearray, others: Sequence[bytes]) -> bytearray:
    for _ in range(chance.choice((1, 4, 16))):
        content[chance.randrange(min(len(content), 2000))] = chance.randrange(256)
    return content


def _flip_tail(chance: random.Random, content: bytearray, others: Sequence[bytes]) -> bytearray:
    # Where MP4 keeps its tables.
    for _ in range(chance.choice((1, 4, 16))):
        content[-chance.randrange(1, min(len(content), 4000) + 1)] = chance.randrange(256)
    return content


def _blank(chance: random.Random, content: bytearray, others: Sequence[bytes]) -> bytearray:
    start = chance.randrange(len(content))
    length = chance.choice((16, 512, 8192))
    content[start : start + length] = bytes([chance.choice((0, 255))]) * len(content[start : start + length])
    return content


def _cut_out(chance: random.Random, content: bytearray, others: Sequence[bytes]) -> bytearray:
    start = chance.randrange(len(content))
    del content[start : start + chance.choice((1, 100, 5000))]
    return content


def _repeat(chance: random.Random, content: bytearray, others: Sequence[bytes]) -> bytearray:
    start = chance.randrange(len(content))
    part = content[start : start + chance.choice((1, 188, 4096))]
    content[start:start] = part * chance.choice((1, 3, 30))
    return content


def _splice(chance: random.Random, content: bytearray, others: Sequence[bytes]) -> bytearray:
    other = chance.choice(others)
    return content[: chance.randrange(len(content))] + other[chance.randrange(len(other)) :]


def _huge_number(chance: random.Random, content: bytearray, others: Sequence[bytes]) -> bytearray:
    """Put an extreme number where a box of MP4 or any header may keep a size, a duration or a count."""
    names = (
        b"mvhd",
        b"tkhd",
        b"mdhd",
        b"avc1",
        b"stts",
        b"stsz",
        b"stco",
        b"stsc",
        b"ctts",
        b"elst",
        b"moov",
    )
    name = chance.choice(names)
    place = content.find(name)
    start = place if place >= 0 else chance.randrange(max(1, len(content) - 8))
    start = max(0, start + chance.choice((-4, 4, 8, 12, 16, 20, 24, 28, 32, 76, 80)))
    number = chance.choice((0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFF0000, 60000))
    content[start : start + 4] = struct.pack(">I", number)
    return content


MUTATIONS: tuple[Mutation, ...] = (
    _truncate,
    _flip_bits,
    _flip_head,
    _flip_tail,
    _blank,
    _cut_out,
    _repeat,
    _splice,
    _huge_number,
)


def mutated(seed: int, films: dict[str, bytes]) -> tuple[str, bytes]:
    """Return the name and the content of a broken film; the same seed gives the same."""
    chance = random.Random(seed)
    kind = chance.choice(sorted(films))
    content = bytearray(films[kind])
    others = [films[name] for name in sorted(films)]
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        if content:
            content = chance.choice(MUTATIONS)(chance, content, others)
    ending = f".{kind}" if chance.random() < 0.8 else chance.choice(ENDINGS)
    return f"film-{seed}{ending}", bytes(content)


def crafted(ffmpeg: FFmpeg, folder: Path, secret: Path, films: dict[str, bytes]) -> list[Path]:
    """Write files that are made to hurt, and return them.

    Args:
        folder: gets the files.
        secret: a film that nothing but its own name may lead to.
    """
    texts = {
        "hls.mp4": f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{secret}\n#EXT-X-ENDLIST\n",
        "hls-net.mp4": "#EXTM3U\n#EXTINF:2,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n",
        "nested.mp4": "#EXTM3U\n#EXTINF:2,\nnested.mp4\n#EXT-X-ENDLIST\n",
        "concat.mp4": f"ffconcat version 1.0\nfile '{secret}'\n",
        "dash.mp4": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period/></MPD>',
        "sdp.mov": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\n",
        "bomb.xml.mkv": "<!DOCTYPE a [<!ENTITY b 'bbbbbbbbbb'>]>" + "<a>" * 100_000,
        "picture.mp4": "P6 60000 60000 255\n",
        "subtitle.mp4": "1\n00:00:00,000 --> 99:59:59,999\n" + "A" * 1_000_000,
        "page.mp4": "<html><script>alert(1)</script></html>",
        "empty.mp4": "",
    }
    made = []
    for name, text in texts.items():
        path = folder / name
        path.write_text(text)
        made.append(path)
    zeros = folder / "zeros.mp4"
    zeros.write_bytes(zlib.compress(bytes(200_000_000)))
    sparse = folder / "sparse.mkv"
    with sparse.open("wb") as file:
        file.write(films["mkv"][:4000])
        file.truncate(64 << 20)
    made += [zeros, sparse, *_odd_films(ffmpeg, folder)]
    return made


def _odd_films(ffmpeg: FFmpeg, folder: Path) -> list[Path]:
    """Write whole films that are odd: many streams, a cover, huge pictures, a name like an option."""
    base = [str(ffmpeg.path), "-v", "error", "-y"]
    small = ["-f", "lavfi", "-i", "testsrc=size=64x48:rate=25:duration=1"]
    wanted = {
        "streams.mkv": [*base, *small, *("-map", "0:v:0") * 300, "-c:v", "mpeg4", "-frames:v", "2"],
        "cover.mp4": [
            *(*base, *small, *small, "-map", "0:v", "-map", "1:v", "-c:v:0", "libx264"),
            *(
                "-c:v:1",
                "mjpeg",
                "-frames:v:1",
                "1",
                "-pix_fmt:v:1",
                "yuvj420p",
                "-disposition:v:1",
                "attached_pic",
            ),
        ],
        "only-cover.mp3.mp4": [*base, *small, "-c:v", "mjpeg", "-frames:v", "1", "-f", "mp4"],
        "wide.mkv": [
            *(*base, "-f", "lavfi", "-i", "color=size=16000x64:rate=5:duration=1"),
            *("-c:v", "ffv1", "-frames:v", "3"),
        ],
        "slow.mp4": [
            *(
                *base,
                *small,
                "-c:v",
                "libx264",
                "-vf",
                "setpts=N*3000/TB",
                "-fps_mode",
                "passthrough",
                "-frames:v",
                "3",
            )
        ],
        "-y -i.mp4": [*base, *small, "-c:v", "libx264"],
    }
    made = []
    for name, command in wanted.items():
        path = folder / name
        ended = subprocess.run(
            [*command, str(path.absolute())], check=False, timeout=120, capture_output=True
        )
        if ended.returncode == 0:
            made.append(path)
    return made
