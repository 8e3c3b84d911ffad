"""Cut random stretches of every kind of test video and count wrong, missing and extra frames.

    python tests/benchmarks/exact_cuts.py [--cuts 60] [--seed 1] [--mode exact]

The frames carry their number; the cuts are decoded with PyAV, a decoder of its own, and the numbers compared
with those that the source, decoded whole, shows in the stretch. Sound is compared by correlation.
Ends with an error when a single frame is wrong.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from shiftclipper.media.cut import cut, plan_cut
from shiftclipper.media.encoders import find_encoder
from shiftclipper.media.ffmpeg import FFmpeg, locate
from shiftclipper.media.normalise import needs_normalising, normalise, normalised_ending
from shiftclipper.media.probe import Probe, probe
from tests.media_corpus import (
    CUT_KINDS,
    KINDS,
    SOUND_RATE,
    make,
    read_frames,
    read_numbers,
    read_sound,
    sound_lag,
)

SHORTEST, LONGEST = 0.03, 3.5
LOUD = 1000.0


@dataclass
class Tally:
    """What the cuts of one kind came to."""

    cuts: int = 0
    frames: int = 0
    wrong: int = 0
    missing: int = 0
    extra: int = 0
    lag: float = 0.0
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)


def compare(got: list[int], want: list[int]) -> tuple[int, int, int]:
    """Return the wrong (unreadable or out of order), missing and extra frames of a cut."""
    have, wanted = Counter(got), Counter(want)
    missing = sum((wanted - have).values())
    extra = sum((have - wanted).values())
    wrong = sum(number < 0 for number in got) + (sorted(got) != got)
    return wrong, missing, extra


def prepare(name: str, folder: Path, ffmpeg: FFmpeg) -> tuple[Probe, list[tuple[Fraction, int]]]:
    """Make a kind, normalised where it must be, and return it with the source times of its frame numbers."""
    path = make(KINDS[name], folder, ffmpeg)
    frames = list(read_frames(path))
    origin = frames[0][0]
    found = probe(path)
    if needs_normalising(found):
        target = folder / f"{name}.normalised{normalised_ending(found)}"
        if not target.exists():
            normalise(ffmpeg, found, target)
        found = probe(target)
    return found, [(time - origin, number) for time, number in frames]


def draw_stretch(dice: random.Random, frames: list[tuple[Fraction, int]]) -> tuple[Fraction, Fraction]:
    """Return a random stretch; every third begins and ends on frames, as corrected shifts do."""
    length = dice.uniform(SHORTEST, LONGEST)
    start = dice.uniform(0, float(frames[-1][0]) - SHORTEST)
    if dice.random() < 1 / 3:
        first = dice.randrange(len(frames) - 1)
        last = min(len(frames) - 1, first + 1 + dice.randrange(90))
        return frames[first][0], frames[last][0]
    return Fraction(start).limit_denominator(10**6), Fraction(start + length).limit_denominator(10**6)


def main() -> int:
    """Run the cuts and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cuts", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mode", default="exact")
    parser.add_argument("--encoder", default="auto")
    options = parser.parse_args()
    dice = random.Random(options.seed)
    ffmpeg = locate()
    print(f"ffmpeg {ffmpeg.version}, seed {options.seed}, {options.cuts} cuts over {len(CUT_KINDS)} kinds")
    tallies: dict[str, Tally] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        encoder = find_encoder(ffmpeg, options.encoder, size=(320, 192), fps=Fraction(30))
        sources: dict[str, tuple[Probe, list[tuple[Fraction, int]]]] = {}
        for number in range(options.cuts):
            kind = CUT_KINDS[number % len(CUT_KINDS)]
            if kind not in sources:
                sources[kind] = prepare(kind, folder, ffmpeg)
            source, frames = sources[kind]
            start, end = draw_stretch(dice, frames)
            want = [one for time, one in frames if start <= time < end]
            tally = tallies.setdefault(kind, Tally())
            if not want:
                start, want = frames[0][0], [one for time, one in frames if time < end]
            began = time.perf_counter()
            plan = plan_cut(source.index, source, start, end, options.mode)
            target = folder / f"clip {number}.mp4"
            result = cut(ffmpeg, plan, target, encoder)
            tally.seconds += time.perf_counter() - began
            got = read_numbers(target)
            if result.mode == "keyframe":
                want = [one for at, one in frames if result.start <= at < result.end]
            wrong, missing, extra = compare(got, want)
            tally.cuts += 1
            tally.frames += len(want)
            tally.wrong += wrong
            tally.missing += missing
            tally.extra += extra
            if result.note:
                tally.notes.append(result.note)
            if source.has_audio:
                tally.lag = max(tally.lag, abs(audio_lag(source, target, result.start)))
    return report(tallies)


def audio_lag(source: Probe, clip: Path, start: Fraction) -> float:
    """Return by how many milliseconds the clip's sound is off; 0 where there is none to compare."""
    whole, whole_start = read_sound(source.path)
    heard, heard_start = read_sound(clip)
    begin = round((float(start + source.start_time) - whole_start + heard_start) * SOUND_RATE)
    if begin < 0:
        heard, begin = heard[-begin:], 0
    reference = whole[begin : begin + len(heard)]
    if len(reference) < SOUND_RATE // 10 or float(abs(reference).sum()) * 1000 < LOUD:
        return 0.0
    lag, alike = sound_lag(heard, reference)
    return lag * 1000 if alike > 0.5 else 99.0


def report(tallies: dict[str, Tally]) -> int:
    """Print a row for each kind and the totals; 1 when anything was wrong."""
    print("kind              cuts  frames  wrong  missing  extra  sound ms      s")
    total = Tally()
    for kind, row in tallies.items():
        print(line(kind, row), *dict.fromkeys(row.notes))
        for name in ("cuts", "frames", "wrong", "missing", "extra", "seconds"):
            setattr(total, name, getattr(total, name) + getattr(row, name))
        total.lag = max(total.lag, row.lag)
    print(line("total", total))
    return int(bool(total.wrong or total.missing or total.extra))


def line(kind: str, row: Tally) -> str:
    """Return one row of the table."""
    return (
        f"{kind:16} {row.cuts:5} {row.frames:7} {row.wrong:6} {row.missing:8} {row.extra:6} "
        f"{row.lag:9.2f} {row.seconds:6.1f}"
    )


if __name__ == "__main__":
    sys.exit(main())
