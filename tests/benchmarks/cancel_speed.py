"""Time from a stop to the end of an analysis, at several moments of one film.

    python tests/benchmarks/cancel_speed.py VIDEO [--times 10] [--preset panning]

Printed are the median and the longest seconds until the analysing thread has ended with no ffmpeg left.
"""

import argparse
import random
import statistics
import sys
import threading
import time
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from shiftclipper.errors import Cancelled
from shiftclipper.jobs.settings import load_preset
from shiftclipper.jobs.stages.analyse import load_detector, plan_sampling
from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.probe import probe
from shiftclipper.vision.analyse import Film, observe_chunks, plan_chunks


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("video", type=Path)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--preset", default="panning")
    arguments = parser.parse_args()
    found = probe(arguments.video)
    film = Film(arguments.video, found.index, Fraction(0))
    ffmpeg, settings = locate(), load_preset(arguments.preset).settings
    generator = random.Random(1)
    taken: list[float] = []
    for _ in range(arguments.times):
        stop = threading.Event()

        def analyse(stop: threading.Event = stop) -> None:
            try:
                sampling = plan_sampling(ffmpeg, settings, [film], found.size, stop)
                detector = load_detector(settings, sampling, [film], stop)
                for _ in observe_chunks(sampling, film, plan_chunks(film.duration), detector, stop=stop):
                    pass
            except Cancelled:
                return

        thread = threading.Thread(target=analyse)
        thread.start()
        time.sleep(generator.uniform(0.3, 8))
        began = time.monotonic()
        stop.set()
        thread.join()
        taken.append(time.monotonic() - began)
    print(f"cancel to idle: median {statistics.median(taken):.2f} s, longest {max(taken):.2f} s")


if __name__ == "__main__":
    main()
