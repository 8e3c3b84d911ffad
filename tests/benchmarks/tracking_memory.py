"""How much memory following everybody takes, by the length of the game: the end of stage `analyse`.

    python tests/benchmarks/tracking_memory.py VIDEO [--minutes 5 20 60]

VIDEO is looked at once as `analyse` does. What was observed is then played forwards and backwards, over and
over, as chunks of a longer game, and followed in a process that has just looked at the film; the tracklets
are written to a database. For each length are printed the peak while looking, without ffmpeg, the peak after
everybody was followed, by how much that is more, what is still held then, the seconds of the processor, and
the tracklets a minute.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from shiftclipper.jobs.settings import load_preset
from shiftclipper.jobs.stages.analyse import follow_game, load_detector, plan_sampling
from shiftclipper.jobs.store import Store
from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.index import read_index
from shiftclipper.media.memory import give_back_memory
from shiftclipper.media.probe import probe
from shiftclipper.vision.analyse import Film, observe_chunks, plan_chunks
from shiftclipper.vision.observations import (
    FrameObservations,
    inverse_similarity,
    pack_observations,
    unpack_observations,
)


def look(video: Path) -> list[bytes]:
    """Look at a film as `analyse` does, and return its packed chunks."""
    ffmpeg, settings = locate(), load_preset("panning").settings
    film = Film(video, read_index(video), probe(video).duration * 0)
    sampling = plan_sampling(ffmpeg, settings, [film], probe(video).size)
    detector = load_detector(settings, sampling, [film])
    chunks = plan_chunks(film.duration)
    return [pack_observations(seen) for _, seen in observe_chunks(sampling, film, chunks, detector)]


def backwards(observations: list[FrameObservations]) -> list[FrameObservations]:
    """Return a film played backwards, times not yet changed."""
    motions = [np.eye(2, 3), *(inverse_similarity(one.motion)[:2] for one in observations[:0:-1])]
    return [
        replace(one, motion=motion, cut=False)
        for one, motion in zip(observations[::-1], motions, strict=True)
    ]


def repeated(packed: list[bytes], seconds: float) -> Iterator[FrameObservations]:
    """Yield the observations of a game of so many seconds."""
    there = [one for chunk in packed for one in unpack_observations(chunk)]
    chunks = [packed, [pack_observations(backwards(there))]]
    times = np.array([one.time for one in there])
    step = float(np.median(np.diff(times)))
    length = float(times[-1] - times[0]) + step
    del there
    for number in range(int(np.ceil(seconds / length))):
        k = 0
        for chunk in chunks[number % 2]:
            for one in unpack_observations(chunk):
                time = number * length + (times[k] - times[0] if number % 2 == 0 else times[-1] - one.time)
                k += 1
                if time >= seconds:
                    return
                yield replace(one, time=float(time))


def peak() -> float:
    """Return the most memory ever taken, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def held() -> float:
    """Return the memory taken now, in MB; nan where the system does not say."""
    status = Path("/proc/self/statm")
    if not status.is_file():
        return float("nan")
    return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def measure(video: Path, minutes: float) -> None:
    """Print one line; the peak counts for a whole process, so each length has its own."""
    packed = look(video)
    give_back_memory()
    looking, before = peak(), held()
    size = probe(video).size
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        store.queue(store.create_job([video]))
        run = store.claim()
        assert run is not None
        began = time.process_time()
        found, _, _ = follow_game(lambda: repeated(packed, 60 * minutes), size)
        tracklets = run.replace_tracklets(found)
        spent = time.process_time() - began
        del found
        give_back_memory()
    print(
        f"{minutes:5g} min: looking {looking:.0f} MB, "
        f"held before following {before:.0f}, peak after {peak():.0f} MB (+{peak() - looking:.0f}), "
        f"held then {held():.0f}; "
        f"{spent:.1f} s; {tracklets / minutes:.1f} tracklets a minute",
        flush=True,
    )


def main() -> None:
    """Measure each length in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("video", type=Path)
    parser.add_argument("--minutes", type=float, nargs="+", default=[5, 20, 60])
    arguments = parser.parse_args()
    if len(arguments.minutes) == 1:
        measure(arguments.video, arguments.minutes[0])
        return
    for minutes in arguments.minutes:
        words = [__file__, str(arguments.video), "--minutes", str(minutes)]
        subprocess.run([sys.executable, *words], check=True)


if __name__ == "__main__":
    main()
