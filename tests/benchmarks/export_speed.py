"""How fast clips and a reel are exported, against the old server's recipe and against plain stream copy.

    python tests/benchmarks/export_speed.py [--shifts 20] [--encoded 20] [--minutes 60]

Cuts shifts of 45 s out of a 1080p30 film of an hour (a short film looped by stream copy) in four ways, clip
by clip in turn, so that a busy machine is busy for all of them:

    old     libx264 veryfast crf 20 and AAC for each clip, then joined by copy (what the old server did)
    copy    stream copy from the keyframe before to the end, then joined by copy
    smart   this program's smart cuts and its reel
    exact   this program's exact cuts and its reel

Prints wall and processor seconds, megabytes written and peak memory, and the ratios. With --encoded N the
ways that encode every picture cut only the first N clips, and their figures are multiplied.
"""

import argparse
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from shiftclipper.media.cut import CutResult, cut, plan_cut
from shiftclipper.media.cut_plan import film_bits
from shiftclipper.media.encoders import find_encoder, matched
from shiftclipper.media.ffmpeg import FFmpeg, locate
from shiftclipper.media.probe import Probe, probe
from shiftclipper.media.reel import chapters_in_a_row, join

SHIFT_SECONDS = 45
LOOP_SECONDS = 24
FILM = "testsrc2=size=1920x1080:rate=30:duration={seconds},noise=alls=8:allf=t"
HALF_KIB = 512


@dataclass
class Cost:
    """What one way of exporting took."""

    wall: float = 0.0
    processor: float = 0.0
    written: float = 0.0
    """Megabytes handed to the disk."""
    size: float = 0.0
    """Megabytes of the finished files."""
    clips: int = 0
    notes: list[str] = field(default_factory=list)

    def measure(self, work: Callable[[], Path]) -> None:
        """Run one piece of work and add what it took."""
        before, began = _used(), time.perf_counter()
        made = work()
        self.wall += time.perf_counter() - began
        processor, written = (after - then for after, then in zip(_used(), before, strict=True))
        self.processor += processor
        self.written += written
        self.size += made.stat().st_size / 1e6

    def times(self, factor: float) -> "Cost":
        """Return the cost of so many times the work."""
        return Cost(*(getattr(self, name) * factor for name in ("wall", "processor", "written", "size")))

    def plus(self, other: "Cost") -> "Cost":
        """Return the cost of both."""
        names = ("wall", "processor", "written", "size")
        return Cost(*(getattr(self, name) + getattr(other, name) for name in names))


def _used() -> tuple[float, float]:
    """Return processor seconds and megabytes written so far, by this process and those it waited for."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(usage.ru_utime + usage.ru_stime for usage in usages)
    return processor, sum(usage.ru_oublock for usage in usages) * HALF_KIB / 1e6


def make_film(ffmpeg: FFmpeg, folder: Path, minutes: int) -> Path:
    """Write the film: 1080p30 at 8 Mbit/s, a keyframe every two seconds, with sound."""
    short, film = folder / "short.mp4", folder / f"film-{minutes}.mp4"
    if film.exists():
        return film
    ffmpeg.run(
        [
            *("-f", "lavfi", "-i", FILM.format(seconds=LOOP_SECONDS)),
            *("-f", "lavfi", "-i", f"anoisesrc=d={LOOP_SECONDS}:r=48000:c=pink", "-ac", "2"),
            *("-c:v", "libx264", "-preset", "superfast", "-b:v", "8M", "-maxrate", "10M", "-bufsize", "16M"),
            *("-bf", "2", "-x264-params", "keyint=60:min-keyint=60:scenecut=0", "-pix_fmt", "yuv420p"),
            *("-c:a", "aac", "-b:a", "160k", "-y", str(short)),
        ]
    )
    loops = minutes * 60 // LOOP_SECONDS - 1
    ffmpeg.run(["-stream_loop", str(loops), "-i", str(short), "-c", "copy", "-y", str(film)])
    short.unlink()
    return film


class Ways:
    """The four ways to export the same shifts."""

    def __init__(self, ffmpeg: FFmpeg, film: Probe, folder: Path) -> None:
        """Cut from a film into a folder."""
        self._ffmpeg = ffmpeg
        self._film = film
        self._folder = folder
        found = find_encoder(ffmpeg, size=film.size, fps=film.fps, film=film)
        self._encoder = matched(found, film_bits(film.index, film))
        self._results: dict[str, list[CutResult]] = {"smart": [], "exact": []}
        self.clips: dict[str, list[Path]] = {name: [] for name in ("old", "copy", "smart", "exact")}

    def cut(self, way: str, number: int, start: Fraction) -> Path:
        """Cut one clip."""
        target = self._folder / f"{way}-{number:02}.mp4"
        self.clips[way].append(target)
        if way in self._results:
            plan = plan_cut(self._film.index, self._film, start, start + SHIFT_SECONDS, way)
            result = cut(self._ffmpeg, plan, target, self._encoder, work=self._folder)
            self._results[way].append(result)
            return target
        how = (
            ("-c", "copy")
            if way == "copy"
            else ("-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-c:a", "aac")
        )
        self._plain(
            "-ss", f"{float(start):.3f}", "-i", str(self._film.path), "-t", str(SHIFT_SECONDS), *how, target
        )
        return target

    def reel(self, way: str) -> Path:
        """Join the clips of one way."""
        target = self._folder / f"{way}-reel.mp4"
        results = self._results.get(way)
        if results is not None:
            lengths = [result.end - result.start for result in results]
            chapters = chapters_in_a_row([f"Shift {place}" for place in range(len(lengths))], lengths)
            made = join(self._ffmpeg, self.clips[way], target, chapters=chapters, work=self._folder)
            if made.note:
                print(f"{way} reel: {made.note}")
            return target
        listing = self._folder / "list.txt"
        listing.write_text("".join(f"file '{clip}'\n" for clip in self.clips[way]))
        self._plain("-f", "concat", "-safe", "0", "-i", str(listing), "-c", "copy", target)
        return target

    def notes(self, way: str) -> list[str]:
        """Return what was said about the clips."""
        return [f"{result.mode}: {result.note}" for result in self._results[way] if result.note]

    def _plain(self, *arguments: str | Path) -> None:
        *front, target = arguments
        command = [self._ffmpeg.path, "-v", "error", *front, "-movflags", "+faststart", "-y", target]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def main() -> int:
    """Export and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shifts", type=int, default=20)
    parser.add_argument("--encoded", type=int, default=20)
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="keeps the film between runs")
    options = parser.parse_args()
    ffmpeg, dice = locate(), random.Random(options.seed)
    folder = options.folder or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=folder))
    try:
        film = probe(make_film(ffmpeg, folder, options.minutes))
        latest = options.minutes * 60 - SHIFT_SECONDS
        starts = sorted(Fraction(dice.randrange(latest * 1000), 1000) for _ in range(options.shifts))
        print(f"ffmpeg {ffmpeg.version}, film {film.path.stat().st_size / 1e6:.0f} MB, {len(starts)} shifts")
        began = time.perf_counter()
        assert len(film.index)
        print(f"read once: packet index {time.perf_counter() - began:.1f} s (not counted below)")
        ways = Ways(ffmpeg, film, work)
        clips = {way: Cost() for way in ways.clips}
        for number, start in enumerate(starts):
            for way, cost in clips.items():
                if way in ("copy", "smart") or number < options.encoded:
                    cost.measure(lambda way=way, number=number, start=start: ways.cut(way, number, start))
                    cost.clips += 1
        reels = {way: Cost() for way in clips}
        for way, cost in reels.items():
            cost.measure(lambda way=way: ways.reel(way))
        show(clips, reels, len(starts))
        for note in (*ways.notes("smart"), *ways.notes("exact")):
            print(note)
    finally:
        shutil.rmtree(work if options.folder else folder)
    return 0


def show(clips: dict[str, Cost], reels: dict[str, Cost], shifts: int) -> None:
    """Print what each way took, for all shifts, and the ratios."""
    print("           clips s    cpu s   MB written   MB   reel s   cpu s   all s   all cpu s")
    wholes: dict[str, Cost] = {}
    for way, cost in clips.items():
        factor = shifts / cost.clips
        whole, reel = cost.times(factor), reels[way].times(factor)
        wholes[way] = whole.plus(reel)
        marked = "" if factor == 1 else f"  ({cost.clips} clips, x {factor:g})"
        every = wholes[way]
        print(
            f"{way:8} {whole.wall:9.1f} {whole.processor:8.1f} {every.written:12.0f} {every.size:4.0f} "
            f"{reel.wall:8.1f} {reel.processor:7.1f} {every.wall:7.1f} {every.processor:11.1f}{marked}"
        )
    for way, other in (("old", "smart"), ("smart", "copy"), ("exact", "old")):
        wall = wholes[way].wall / wholes[other].wall
        processor = wholes[way].processor / wholes[other].processor
        print(f"{way} / {other}: {wall:.2f} by the clock, {processor:.2f} by processor time")
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory: {largest:.0f} MiB of one ffmpeg, {own:.0f} MiB of this process")


if __name__ == "__main__":
    sys.exit(main())
