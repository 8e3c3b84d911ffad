"""What sampling frames for analysis costs, against pure decoding of the same file by the same ffmpeg.

    python tests/benchmarks/decode_speed.py [VIDEO] [--seconds 60] [--rate 10] [--size 640x352]

Without VIDEO a 1080p30 H.264 film is made at about 8 Mbit/s: a textured, slowly panning picture with moving
squares and noise. Each figure is the best of three runs, taken in turns.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from shiftclipper.media.ffmpeg import FFmpeg, locate
from shiftclipper.media.frames import sample_frames, sample_times
from shiftclipper.media.probe import probe

RUNS = 3


def make_film(ffmpeg: FFmpeg, path: Path, seconds: int) -> None:
    """Write the film that stands for a game."""
    dice = np.random.default_rng(3)
    width, height = 1920, 1080
    texture = dice.normal(200, 9, (height // 4 + 60, width // 4 + 200)).clip(0, 255)
    wide = np.kron(texture, np.ones((4, 4))).astype(np.uint8)
    people = dice.integers(0, 200, (20, 4))

    def frames():
        for number in range(seconds * 30):
            shift = round(300 + 280 * np.sin(number / 90))
            image = wide[100 : 100 + height, shift : shift + width].copy()
            for x, y, speed, grey in people:
                left = int(x * 9 + number * (speed / 25 - 4)) % (width - 60)
                image[y * 4 + 100 : y * 4 + 250, left : left + 50] = grey
            yield image.tobytes()

    ffmpeg.run(
        [
            *(
                "-f",
                "rawvideo",
                "-pix_fmt",
                "gray",
                "-s",
                f"{width}x{height}",
                "-framerate",
                "30",
                "-i",
                "pipe:0",
            ),
            *("-vf", "noise=alls=5:allf=t,format=yuv420p", "-c:v", "libx264", "-preset", "faster"),
            *("-b:v", "8M", "-g", "60", "-y", str(path)),
        ],
        feed=frames(),
    )


def pure_decoding(ffmpeg: FFmpeg, path: Path) -> tuple[float, float]:
    """Return the wall and processor seconds of decoding a file to nothing."""
    before, began = children_seconds(), time.perf_counter()
    command = [
        str(ffmpeg.path),
        "-v",
        "error",
        "-nostdin",
        "-i",
        str(path),
        "-map",
        "0:v:0",
        "-f",
        "null",
        "-",
    ]
    subprocess.run(command, check=True)
    return time.perf_counter() - began, children_seconds() - before


def sampling(ffmpeg: FFmpeg, path: Path, rate: Fraction, size: tuple[int, int]) -> tuple[float, float]:
    """Return the wall and processor seconds (ours and ffmpeg's) of taking all samples of a file."""
    found = probe(path)
    index = found.index
    before, began = children_seconds() + time.process_time(), time.perf_counter()
    count = sum(1 for _ in sample_frames(ffmpeg, path, index, rate=rate, size=size))
    assert count == len(sample_times(index, rate)), "samples are missing"
    return time.perf_counter() - began, children_seconds() + time.process_time() - before


def children_seconds() -> float:
    """Return the processor seconds of all ended children."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("video", nargs="?", type=Path)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--rate", type=Fraction, default=Fraction(10))
    parser.add_argument("--size", default="640x352")
    options = parser.parse_args()
    width, height = (int(side) for side in options.size.split("x"))
    ffmpeg = locate()
    with tempfile.TemporaryDirectory() as folder:
        path = options.video or Path(folder) / "film.mp4"
        if options.video is None:
            make_film(ffmpeg, path, options.seconds)
        found = probe(path)
        print(
            f"{path.name}: {found.size[0]}x{found.size[1]}, {float(found.fps):.2f} fps, {found.codec}, ",
            end="",
        )
        print(
            f"{float(found.duration):.0f} s, {path.stat().st_size * 8e-6 / float(found.duration):.1f} Mbit/s"
        )
        print(f"ffmpeg {ffmpeg.version}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        runs = [
            (pure_decoding(ffmpeg, path), sampling(ffmpeg, path, options.rate, (width, height)))
            for _ in range(RUNS)
        ]
        frames = len(found.frame_times)
        for place, label in enumerate(
            ("pure decoding", f"sampling {float(options.rate):g}/s at {options.size}")
        ):
            wall, used = (min(run[place][kind] for run in runs) for kind in (0, 1))
            print(f"{label:28} {wall:7.2f} s wall  {used:7.2f} s processor  {frames / wall:6.0f} frames/s")
        wall, used = (
            min(run[1][kind] for run in runs) / min(run[0][kind] for run in runs) for kind in (0, 1)
        )
        print(f"{'sampling / pure decoding':28} {wall:7.2f}         {used:7.2f}")
    print(f"peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
