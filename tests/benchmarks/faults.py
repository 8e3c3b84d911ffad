"""Try to bring the real program down at many moments, and print what was lost.

    python tests/benchmarks/faults.py [--events '^(growing|rename|write|sql COMMIT)'] [--only kill,disk,...]

Kills (at every kind of event of an undisturbed run that the pattern finds), full disks (where a small one
may be mounted), spoiled films, drives that cannot be read (where there is a C compiler), and ffmpegs that
hang, die of each signal or print rubbish. Ends with an error when anything was lost.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("OMP_NUM_THREADS", "1")

from shiftclipper.media.ffmpeg import locate
from tests.faults.disks import fill_and_go_on, small_disk
from tests.faults.drives import fail_reads_and_go_on, failing_reads
from tests.faults.ffmpegs import HANG, RUBBISH, SIGNALS, STAGES, dying, fail_and_go_on
from tests.faults.keeping import kill_while_keeping
from tests.faults.kills import events_of, kill_and_go_on
from tests.faults.real_runs import Fault, Film, Program, draw_film
from tests.faults.sources import spoil_and_go_on
from tests.faults.tried import Tried, table

KINDS = ("kill", "keep", "disk", "film", "drive", "ffmpeg")
FULL = (
    'sql INSERT INTO "job"',
    "growing proxy",
    "sql INSERT OR REPLACE INTO analysis_chunk",
    'sql INSERT INTO "tracklet"',
    'sql INSERT INTO "shift"',
    "growing .*shift.*mp4.part",
    "growing reel.mp4.part",
    "write report.pdf.part",
    "write .*edl.part",
    "write results.json.part",
)
SPOILED = (
    ("cut", "message = 'Reading game.mp4'"),
    ("cut", "growing proxy"),
    ("cut", "message = 'Looking for the ice"),
    ("swap", "message = 'Looking for everybody"),
    ("remove", "message = 'Looking for everybody"),
    ("remove", "SET stage = 'clips'"),
    ("cut", "growing .*shift.*mp4.part"),
    ("remove", "growing .*shift.*mp4.part"),
)

UNREADABLE = (
    "message = 'Reading game.mp4'",
    "write proxy-",
    "message = 'Looking for the ice",
    "message = 'Looking for everybody",
    "write .*shift.*mp4.part",
)


def disks(film: Film, folder: Path, wanted: dict[str, Any]) -> Iterator[Tried]:
    """Fill up a small disk."""
    with small_disk(folder / "disk") as disk:
        if disk is not None:
            yield from fill_and_go_on(Program(film, disk / "data", disk / "out"), disk, FULL, wanted)


def films(film: Film, folder: Path, wanted: dict[str, Any]) -> Iterator[Tried]:
    """Spoil a copy of the film."""
    own = folder / "game.mp4"
    shutil.copyfile(film.video, own)
    other = small_film(folder / "other.mp4", "640x360", 10, 16)
    program = Program(Film(own, film.setup), folder / "data", folder / "out")
    yield from spoil_and_go_on(program, other, SPOILED, wanted)


def drives(film: Film, folder: Path, wanted: dict[str, Any]) -> Iterator[Tried]:
    """Let a copy of the film lie on a drive that fails."""
    library = failing_reads(folder)
    if library is not None:
        own = folder / "game.mp4"
        shutil.copyfile(film.video, own)
        program = Program(Film(own, film.setup), folder / "data", folder / "out")
        yield from fail_reads_and_go_on(program, library, UNREADABLE, wanted)


def ffmpegs(folder: Path) -> Iterator[Tried]:
    """Give the stages an ffmpeg that fails."""
    film = small_film(folder / "film.mp4", "160x96", 25, 4)
    faults = {"ffmpeg hangs": HANG, "ffmpeg prints rubbish": RUBBISH}
    faults |= {f"ffmpeg dies of {number.name}": dying(number) for number in SIGNALS}
    for number, (name, does) in enumerate(faults.items()):
        place = folder / str(number)
        place.mkdir()
        yield from fail_and_go_on(film, place, name, does, STAGES, stall_seconds=2.0)


def small_film(path: Path, size: str, rate: int, seconds: int) -> Path:
    """Write a film of nothing in particular."""
    command = [str(locate().path), "-v", "error", "-f", "lavfi", "-i", f"testsrc2=size={size}:rate={rate}"]
    subprocess.run([*command, "-t", str(seconds), "-pix_fmt", "yuv420p", str(path)], check=True)
    return path


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", default=r"^(growing|rename|write|link|remove|spawn|sql (COMMIT|INSERT))")
    parser.add_argument("--only", default=",".join(KINDS), help=f"some of {', '.join(KINDS)}")
    arguments = parser.parse_args()
    only = arguments.only.split(",")
    rows: list[Tried] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        places = {kind: folder / kind for kind in (*KINDS, "film-drawn", "undisturbed")}
        for place in places.values():
            place.mkdir()
        film = draw_film(places["film-drawn"])
        program = Program(film, places["undisturbed"] / "data", places["undisturbed"] / "out")
        log = folder / "events.txt"
        ended = program.run(*program.start_words, fault=Fault(log, "none", "^$"))
        if ended.code:
            raise SystemExit(ended.error)
        wanted = program.outcome()
        tries = {
            "kill": lambda: kill_and_go_on(film, places["kill"], events_of(log, arguments.events), wanted),
            "keep": lambda: kill_while_keeping(places["keep"]),
            "disk": lambda: disks(film, places["disk"], wanted),
            "film": lambda: films(film, places["film"], wanted),
            "drive": lambda: drives(film, places["drive"], wanted),
            "ffmpeg": lambda: ffmpegs(places["ffmpeg"]),
        }
        for kind in only:
            for row in tries[kind]():
                rows.append(row)
                print(f"{row.fault}, {row.stage}: {row.lost or 'nothing lost'}", file=sys.stderr, flush=True)
    print(table(rows))
    print(f"{sum(row.moments for row in rows)} tried, {sum(bool(row.lost) for row in rows)} lost something")
    if any(row.lost for row in rows):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
