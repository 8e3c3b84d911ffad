"""Give broken films to the program: `python -m tests.fuzz.run_films [--count 500] [--seed 1]`.

Each is cut as `shiftclipper cut` does it, in a process of its own with limits on memory and time, without the
network. Anything but a film that was cut or one clear sentence is a finding. POSIX only.
"""

import argparse
import contextlib
import io
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shiftclipper.cli import run_command_line
from shiftclipper.commands import files as _loaded_before_the_fork
from shiftclipper.errors import EXIT_DONE, EXIT_FAILED, EXIT_USAGE
from shiftclipper.media.ffmpeg import FFmpeg, locate
from shiftclipper.media.probe import probe
from tests.denied_network import deny_network
from tests.fuzz.films import crafted, mutated, seeds

MEMORY = 2 << 30
"""Bytes of address space that the program itself may take on; ffmpeg has the same."""
WRITTEN = 256 << 20
"""Bytes that one file may have."""
SECONDS = 60
"""Longest that one film may take."""
SHIFTS = "start,end\n0.2,0.9\n"
_SENTENCE_LINES = 1
assert _loaded_before_the_fork


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one film."""

    name: str
    verdict: str
    """`cut`, `refused`, `failed`, or what is a finding: `bug`, `crash`, `hang`, `talk`, `leak`, `litter`."""
    seconds: float
    megabytes: float
    """Most memory of the program itself."""
    said: str

    @property
    def is_finding(self) -> bool:
        """Whether it should not have happened."""
        return self.verdict not in ("cut", "refused", "failed")


def try_film(film: Path, place: Path, secret: Path) -> Outcome:
    """Cut a film in a child process and say what became of it."""
    out, said = place / "out", place / "said"
    shutil.rmtree(out, ignore_errors=True)
    said.unlink(missing_ok=True)
    shifts = place / "shifts.csv"
    shifts.write_text(SHIFTS)
    before = time.monotonic()
    child = os.fork()
    if child == 0:
        _in_child(film, out, shifts, said)
    status, usage, hung = _wait(child)
    took = time.monotonic() - before
    text = said.read_text(errors="replace") if said.exists() else ""
    verdict = _verdict(status, hung, text)
    if verdict == "cut" and _holds_secret(out, secret):
        verdict = "leak"
    if {path.name for path in place.iterdir()} - {"out", "said", "shifts.csv"}:
        verdict = "litter"
    return Outcome(film.name, verdict, took, usage.ru_maxrss / 1024, text.strip()[-300:])


def _in_child(film: Path, out: Path, shifts: Path, said: Path) -> None:
    code = 99
    try:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN, WRITTEN))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        deny_network()
        heard = io.StringIO()
        with contextlib.redirect_stderr(heard), contextlib.redirect_stdout(io.StringIO()):
            code = run_command_line(["cut", str(film), "--shifts", str(shifts), "--out", str(out)])
        said.write_text(heard.getvalue())
    finally:
        os._exit(code)


def _wait(child: int) -> tuple[int, resource.struct_rusage, bool]:
    end = time.monotonic() + SECONDS
    hung = False
    while True:
        found, status, usage = os.wait4(child, os.WNOHANG)
        if found:
            return status, usage, hung
        if time.monotonic() > end and not hung:
            hung = True
            os.killpg(child, signal.SIGKILL)
        time.sleep(0.01)


def _verdict(status: int, hung: bool, said: str) -> str:
    if hung:
        return "hang"
    if os.WIFSIGNALED(status):
        return "crash"
    code = os.WEXITSTATUS(status)
    lines = [line for line in said.splitlines() if line.strip() and not line.startswith(("cut", "reel"))]
    if code == EXIT_DONE:
        return "cut"
    if code in (EXIT_USAGE, EXIT_FAILED):
        wordy = len(lines) > _SENTENCE_LINES or "Traceback" in said or not lines
        return "talk" if wordy else ("refused" if code == EXIT_USAGE else "failed")
    return "bug"


def _holds_secret(out: Path, secret: Path) -> bool:
    """Say whether a clip shows the secret film, whose picture is of another size than any other."""
    size = probe(secret).size
    return any(probe(clip).size == size for clip in out.rglob("*.mp4"))


def run(ffmpeg: FFmpeg, place: Path, numbers: range, *, with_crafted: bool) -> Iterator[Outcome]:
    """Try the films with these numbers, and the crafted ones first."""
    films = seeds(ffmpeg, place)
    secret = place / "secret.mp4"
    command = [
        str(ffmpeg.path),
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "testsrc=size=208x112:rate=25",
        "-t",
        "2",
    ]
    subprocess.run([*command, "-pix_fmt", "yuv420p", str(secret)], check=True, timeout=60)
    room, shelf = place / "room", place / "shelf"
    room.mkdir()
    shelf.mkdir()
    if with_crafted:
        for film in crafted(ffmpeg, shelf, secret, films):
            yield try_film(film, room, secret)
            film.unlink()
    for number in numbers:
        name, content = mutated(number, films)
        film = shelf / name
        film.write_bytes(content)
        yield try_film(film, room, secret)
        film.unlink()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    slowest, largest = 0.0, 0.0
    with tempfile.TemporaryDirectory() as place:
        numbers = range(options.seed, options.seed + options.count)
        for outcome in run(locate(), Path(place), numbers, with_crafted=True):
            counts[outcome.verdict] += 1
            slowest = max(slowest, outcome.seconds)
            largest = max(largest, outcome.megabytes)
            if outcome.is_finding:
                print(f"{outcome.verdict}: {outcome.name}: {outcome.said}", flush=True)
    print(", ".join(f"{count} {verdict}" for verdict, count in counts.most_common()))
    print(f"slowest {slowest:.1f} s, most memory {largest:.0f} MB")
    return bool(set(counts) - {"cut", "refused", "failed"})


if __name__ == "__main__":
    sys.exit(main())
