"""Write a sample game to files: the video with a sound track, its truth and a setup for its target."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import cast

import cv2
import numpy as np

from shiftclipper.errors import Cancelled, StageFailed, UserError
from shiftclipper.media.ffmpeg import FFmpeg
from shiftclipper.media.part_files import part_file, write_whole
from shiftclipper.media.probe import probe
from shiftclipper.sample.game import CameraKind, Game

_THREADS = 4
"""Of the encoder: fixed, so that the same game gives the same file on any number of cores."""


@dataclass(frozen=True, slots=True)
class SamplePaths:
    """The files of a sample game."""

    video: Path
    truth: Path
    setup: Path
    shares: dict[str, float]
    """How hard the game is; see `Game.shares`."""


def write_sample(
    out: Path,
    *,
    seconds: float = 60.0,
    seed: int = 7,
    camera: str = "fixed",
    ffmpeg: FFmpeg,
    stop: threading.Event | None = None,
    on_progress: Callable[[float], None] | None = None,
    size: tuple[int, int] = (1280, 720),
    fps: int = 30,
) -> SamplePaths:
    """Draw a game into OUT.mp4, OUT.truth.json and OUT.setup.json.

    Args:
        out: the video's name, which ends in .mp4; older files of these names are replaced.
        seconds, seed, camera, size, fps: as for `Game`.
        ffmpeg: encodes.
        stop: set it to end with Cancelled; nothing is left behind.
        on_progress: called with the seconds of the game written so far.
    Raises:
        UserError: the name, the folder or one of the numbers cannot be used.
        Cancelled, DiskFull, StageFailed.
    """
    if out.suffix.lower() != ".mp4" or out.stem.startswith("."):
        raise UserError(f"{out.name} is no name for a sample: give one that ends in .mp4.")
    with part_file(out):
        pass  # whoever may not write here should learn it now, not after minutes of drawing
    game = Game(seed, seconds, cast("CameraKind", camera), size, fps)
    paths = SamplePaths(out, out.with_suffix(".truth.json"), out.with_suffix(".setup.json"), game.shares())
    if stop is not None and stop.is_set():
        raise Cancelled
    truth, setup = game.truth(), game.setup()

    def report(time: Fraction) -> None:
        if on_progress is not None:
            on_progress(min(float(time), game.seconds))

    def verify(part: Path) -> None:
        found = float(probe(part).duration)
        if abs(found - game.frames / fps) > 0.2:
            raise StageFailed(f"ffmpeg wrote {found:.1f} s instead of {game.seconds:.1f} s; try again.")

    ffmpeg.write(
        encoding(game),
        out,
        container="mp4",
        verify=verify,
        stop=stop,
        on_time=report,
        feed=_frames(game, stop),
    )
    _write_json(paths.truth, truth)
    _write_json(paths.setup, setup)
    return paths


def encoding(game: Game) -> list[str]:
    """What ffmpeg is told, but for the output: raw pictures on stdin, made-up sound, H.264 and AAC."""
    width, height = game.size
    length = game.frames / game.fps
    return [
        *("-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{width}x{height}"),
        *("-framerate", str(game.fps), "-i", "pipe:0"),
        *("-f", "lavfi", "-i", sound(game.seed, length)),
        *("-map", "0:v:0", "-map", "1:a:0"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-crf", "21", "-g", str(2 * game.fps)),
        *("-threads", str(_THREADS), "-pix_fmt", "yuv420p"),
        *("-c:a", "aac", "-b:a", "96k", "-fflags", "+bitexact", "-movflags", "+faststart"),
    ]


def sound(seed: int, seconds: float) -> str:
    """A filter graph that hums like a crowd and scrapes like skates, quietly."""
    crowd = f"anoisesrc=color=brown:amplitude=0.10:sample_rate=48000:seed={seed % 2**31}:duration={seconds}"
    skates = (
        f"anoisesrc=color=white:amplitude=0.05:sample_rate=48000:seed={(seed + 1) % 2**31}:duration={seconds}"
    )
    return (
        f"{crowd},tremolo=f=0.2:d=0.4[crowd];"
        f"{skates},bandpass=f=3500:width_type=h:w=2500,tremolo=f=1.7:d=0.9[skates];"
        "[crowd][skates]amix=inputs=2:normalize=0"
    )


def _frames(game: Game, stop: threading.Event | None) -> Iterator[memoryview]:
    """The frames as ffmpeg reads them; ends early once `stop` is set, when nobody reads any more."""
    for i in range(game.frames):
        if stop is not None and stop.is_set():
            return
        planes = np.asarray(cv2.cvtColor(game.frame(i), cv2.COLOR_BGR2YUV_I420), np.uint8)
        yield planes.data.cast("B")


def _write_json(target: Path, content: object) -> None:
    write_whole(target, (json.dumps(content, indent=1) + "\n").encode())
