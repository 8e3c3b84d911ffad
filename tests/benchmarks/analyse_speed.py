"""Time `analyse` against pure decoding of the same file by the same ffmpeg, in the same run, and its memory.

    python tests/benchmarks/analyse_speed.py VIDEO [--preset panning] [--quality balanced] [--rounds 3]

Decoding and analysis take turns; printed are the seconds of each, the ratio of the medians, and the peak
memory of the analysing process with its ffmpeg. Processor seconds are printed as well: on a machine that
others use they say more, and divided by the seconds they are the cores used.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from shiftclipper.media.ffmpeg import absolute, locate

PROGRAM = (
    "import resource, sys; from shiftclipper.cli import run_command_line; "
    "code = run_command_line(sys.argv[1:]); "
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, "
    "resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr); sys.exit(code)"
)


def processor_seconds() -> float:
    """Return what all ended children took of the processor."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("video", type=Path)
    parser.add_argument("--preset", default="panning")
    parser.add_argument("--quality", default="balanced")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    os.environ.setdefault("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    video = str(absolute(arguments.video))
    ffmpeg = locate()
    decoding: list[float] = []
    analysing: list[float] = []
    spent: list[tuple[float, float]] = []
    memory: list[tuple[int, int]] = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(arguments.rounds):
            began, before = time.monotonic(), processor_seconds()
            ffmpeg.run(["-i", video, "-map", "0:V:0", "-f", "null", "-"])
            decoding.append(time.monotonic() - began)
            began, between = time.monotonic(), processor_seconds()
            words = [
                "analyse",
                video,
                "--out",
                f"{folder}/tracks.json",
                "--json",
                "--preset",
                arguments.preset,
                "--quality",
                arguments.quality,
            ]
            done = subprocess.run(
                [sys.executable, "-c", PROGRAM, *words], capture_output=True, text=True, check=True
            )
            analysing.append(time.monotonic() - began)
            spent.append((between - before, processor_seconds() - between))
            own, child = (int(word) for word in done.stderr.split()[-2:])
            memory.append((own, child))
            figures = json.loads(done.stdout)
            print(
                f"round {number + 1}: decode {decoding[-1]:.1f} s ({spent[-1][0]:.1f} of the processor), "
                f"analyse {analysing[-1]:.1f} s ({spent[-1][1]:.1f} of the processor, "
                f"{spent[-1][1] / analysing[-1]:.2f} cores; {figures['frames_per_second']} frames/s), "
                f"peak {own / 1e3:.0f} MB, ffmpeg {child / 1e3:.0f} MB",
                flush=True,
            )
    ratio = statistics.median(analysing) / statistics.median(decoding)
    both = [statistics.median(seconds) for seconds in zip(*spent, strict=True)]
    print(
        f"analyse / decode: {ratio:.2f}, of the processor {both[1] / both[0]:.2f}; "
        f"peak memory {max(own + child for own, child in memory) / 1e3:.0f} MB"
    )


if __name__ == "__main__":
    main()
