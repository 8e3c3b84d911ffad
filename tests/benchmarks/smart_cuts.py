"""Cut random stretches of every kind of test video smartly; decode each clip with two decoders.

    python tests/benchmarks/smart_cuts.py [--cuts 200] [--seed 1] [--mode smart]

The frames carry their number. Each clip is decoded from its beginning to its end by ffmpeg's own h264 decoder
and, where this ffmpeg has it, by libopenh264; wrong, missing and extra frames and the complaints of both are
counted. Sound is compared with the source's by correlation, at the beginning and at the end of the clip.
Prints a row for each kind, how many clips were cut exactly instead and why, and the totals. Ends with an
error when a frame is wrong, a decoder complains, or sound is off by more than one AAC frame.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from shiftclipper.media.cut import cut, plan_cut
from shiftclipper.media.encoders import X264
from shiftclipper.media.ffmpeg import FFmpeg, locate
from shiftclipper.media.probe import Probe
from tests.benchmarks.exact_cuts import compare, draw_stretch, prepare
from tests.media_corpus import CUT_KINDS, SIZE, SOUND_RATE, read_number, read_sound, sound_lag

DECODERS = ("h264", "libopenh264")
AAC_FRAME_MS = 1024 / 48
ENDS_SECONDS = 0.5
COUNTED = ("cuts", "smart", "frames", "copied", "wrong", "missing", "extra", "complaints", "seconds")


@dataclass
class Tally:
    """What the cuts of one kind came to."""

    cuts: int = 0
    smart: int = 0
    frames: int = 0
    copied: int = 0
    wrong: int = 0
    missing: int = 0
    extra: int = 0
    complaints: int = 0
    start_lag: float = 0.0
    end_lag: float = 0.0
    seconds: float = 0.0
    reasons: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Add another row."""
        for name in COUNTED:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.start_lag = max(self.start_lag, other.start_lag)
        self.end_lag = max(self.end_lag, other.end_lag)
        self.reasons += other.reasons

    def line(self, name: str) -> str:
        """Return one row of the table."""
        return (
            f"{name:16} {self.cuts:5} {self.smart:6} {self.frames:7} {self.copied:7} {self.wrong:6} "
            f"{self.missing:8} {self.extra:6} {self.complaints:7} {self.start_lag:9.2f} {self.end_lag:8.2f} "
            f"{self.seconds:7.1f}"
        )


def draw_span(dice: random.Random, frames: list[tuple[Fraction, int]]) -> tuple[Fraction, Fraction]:
    """Return a random stretch; most hold a few groups of pictures, as shifts do, every sixth is any."""
    if dice.random() < 1 / 6:
        return draw_stretch(dice, frames)
    last = float(frames[-1][0])
    length = dice.uniform(0.4, 0.95) * last
    start = dice.uniform(0, last - length)
    return Fraction(start).limit_denominator(10**6), Fraction(start + length).limit_denominator(10**6)


def decode(ffmpeg: FFmpeg, clip: Path, decoder: str, large: bool) -> tuple[list[int], int]:
    """Return the numbers of a clip's frames as a decoder shows them, and how many lines it complained."""
    scale = ("-vf", f"scale={SIZE[0]}:{SIZE[1]}:flags=area") if large else ()
    done = subprocess.run(
        [
            *(str(ffmpeg.path), "-v", "error", "-c:v", decoder, "-i", str(clip), "-map", "0:v:0", *scale),
            *("-fps_mode", "passthrough", "-enc_time_base:v", "1:1000000"),
            *("-f", "rawvideo", "-pix_fmt", "bgr24", "-"),
        ],
        capture_output=True,
        check=False,
    )
    pictures = np.frombuffer(done.stdout, np.uint8).reshape(-1, SIZE[1], SIZE[0], 3)
    complaints = len(done.stderr.decode().splitlines()) + bool(done.returncode)
    return [read_number(picture) for picture in pictures], complaints


def sound_lags(source: Probe, clip: Path, start: Fraction) -> tuple[float, float]:
    """Return by how many milliseconds the sound is off at the beginning and at the end of a clip."""
    whole, whole_start = read_sound(source.path)
    heard, heard_start = read_sound(clip)
    begin = round((float(start + source.start_time) - whole_start + heard_start) * SOUND_RATE)
    if begin < 0:
        heard, begin = heard[-begin:], 0
    reference = whole[begin : begin + len(heard)]
    heard = heard[: len(reference)]
    piece = min(len(heard), round(ENDS_SECONDS * SOUND_RATE))
    lags = []
    for place in (slice(0, piece), slice(len(heard) - piece, len(heard))):
        if piece < SOUND_RATE // 10 or float(abs(reference[place]).sum()) < 1:
            lags.append(0.0)
            continue
        lag, alike = sound_lag(heard[place], reference[place])
        lags.append(abs(lag) * 1000 if alike > 0.5 else 99.0)
    return lags[0], lags[1]


def main() -> int:
    """Run the cuts and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cuts", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mode", default="smart")
    parser.add_argument("--kinds", nargs="*", default=[*CUT_KINDS, "uhd"])
    options = parser.parse_args()
    dice = random.Random(options.seed)
    ffmpeg = locate()
    listed = subprocess.run([str(ffmpeg.path), "-v", "error", "-decoders"], capture_output=True, check=True)
    decoders = [one for one in DECODERS if f" {one} ".encode() in listed.stdout]
    print(f"ffmpeg {ffmpeg.version}, seed {options.seed}, {options.cuts} cuts, decoders {decoders}")
    tallies: dict[str, Tally] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources: dict[str, tuple[Probe, list[tuple[Fraction, int]]]] = {}
        for number in range(options.cuts):
            kind = options.kinds[number % len(options.kinds)]
            if kind not in sources:
                sources[kind] = prepare(kind, folder, ffmpeg)
            source, frames = sources[kind]
            start, end = draw_span(dice, frames)
            want = [one for time, one in frames if start <= time < end]
            if not want:
                start, want = frames[0][0], [one for time, one in frames if time < end]
            target = folder / "clip.mp4"
            began = time.perf_counter()
            plan = plan_cut(source.index, source, start, end, options.mode)
            result = cut(ffmpeg, plan, target, X264)
            row = Tally(cuts=1, frames=len(want), seconds=time.perf_counter() - began)
            row.smart = int(result.mode == "smart")
            row.copied = plan.split.packets if row.smart and plan.split else 0
            for decoder in decoders:
                got, complaints = decode(ffmpeg, target, decoder, kind == "uhd")
                wrong, missing, extra = compare(got, want)
                row.wrong += wrong
                row.missing += missing
                row.extra += extra
                row.complaints += complaints
                if wrong or missing or extra or complaints:
                    print(f"{kind} {start} {end} {decoder}: {plan.split} {got}")
            row.reasons = [result.note] if result.note else []
            if source.has_audio:
                row.start_lag, row.end_lag = sound_lags(source, target, result.start)
            tallies.setdefault(kind, Tally()).add(row)
    return report(tallies)


def report(tallies: dict[str, Tally]) -> int:
    """Print the table, the reasons and the totals; 1 when anything was wrong."""
    head = "kind              cuts  smart  frames  copied  wrong  missing  extra  errors"
    print(f"{head}  start ms   end ms       s")
    total = Tally()
    for kind, row in tallies.items():
        print(row.line(kind))
        total.add(row)
    print(total.line("total"))
    left = total.cuts - total.smart
    print(f"{left} of {total.cuts} cut exactly ({100 * left / total.cuts:.0f} %):")
    for reason, count in Counter(total.reasons).most_common():
        print(f"  {count:4} {reason}")
    late = max(total.start_lag, total.end_lag) > AAC_FRAME_MS
    return int(bool(total.wrong or total.missing or total.extra or total.complaints or late))


if __name__ == "__main__":
    sys.exit(main())
