"""Milliseconds per frame of the detector, alone and in batches.

    python tests/benchmarks/detector_speed.py [--detector FILE.onnx] [--threads 2] [--frames 60]

Frames are grey noise of 1280x720, so that scaling them counts; and of the size the detector asks
for, as the analysis decodes them. Prints the machine's load before and after: elapsed times of a
busy machine say little. The last column, processor time of one thread alone, holds on a busy
machine too; on two idle cores a frame takes a little more than half of it.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from shiftclipper.vision.detector import Detector


def milliseconds(detector: Detector, size: tuple[int, int], batch: int, frames: int) -> list[float]:
    """Milliseconds per frame of each of several batches."""
    rng = np.random.default_rng(1)
    picture: NDArray[np.uint8] = rng.integers(90, 160, (size[1], size[0], 3), np.uint8)
    group = [picture] * batch
    detector.detect_batch(group)
    taken = []
    for _ in range(max(frames // batch, 5)):
        began = time.perf_counter()
        detector.detect_batch(group)
        taken.append(1000 * (time.perf_counter() - began) / batch)
    return taken


def processor_milliseconds(detector: Detector, size: tuple[int, int], frames: int) -> float:
    """Median milliseconds of processor time per frame of a detector with one thread."""
    picture = np.full((size[1], size[0], 3), 128, np.uint8)
    detector.detect(picture)
    taken = []
    for _ in range(frames):
        began = time.thread_time()
        detector.detect(picture)
        taken.append(1000 * (time.thread_time() - began))
    return float(np.median(taken))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--detector")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--frames", type=int, default=60)
    options = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.2f}, {os.cpu_count()} cores, {options.threads} threads")
    print("     input       frames  batch  median  fastest  ms per frame, one thread")
    for room in ((640, 352), (960, 544), (1280, 704)):
        detector = Detector.load(options.detector, threads=options.threads, input_size=room)
        single = Detector.load(options.detector, threads=1, input_size=room)
        for size in ((1280, 720), detector.frame_size((1280, 720))):
            processor = processor_milliseconds(single, size, options.frames // 2)
            for batch in (1, 4):
                taken = milliseconds(detector, size, batch, options.frames)
                print(
                    f"{room[0]:5d}x{room[1]:<4d} {size[0]:5d}x{size[1]:<4d} {batch:6d} "
                    f"{float(np.median(taken)):7.1f} {min(taken):8.1f} {processor:25.1f}"
                )
    print(f"load {os.getloadavg()[0]:.2f}")


if __name__ == "__main__":
    main()
