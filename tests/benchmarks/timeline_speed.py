"""How long the timeline takes with many shifts: `python tests/benchmarks/timeline_speed.py [--shifts 2000]`.

Drawn anew (zooming, dragging an edge), drawn with only the playhead moved (playing), and all of Review shown
anew after a correction. Run it with QT_QPA_PLATFORM=offscreen where there is no screen.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from shiftclipper.jobs.rows import ShiftRow
from shiftclipper.ui.review.lanes import Lane, Lanes
from shiftclipper.ui.review.shift_table import ShiftTable
from shiftclipper.ui.review.timeline import Timeline
from shiftclipper.ui.theme import Theme

GAME = 3660.0
WIDTH = 1538
"""Pixels of the timeline in a window of 2560."""


def lanes_of(count: int, shortened: int = -1) -> Lanes:
    """Return a game of an hour with so many shifts, one of which may be a second shorter."""
    step = GAME / count
    shifts = tuple(
        ShiftRow(
            number + 1,
            1,
            Fraction(number * step).limit_denominator(1000),
            Fraction((number + 0.6) * step - 0.1 * (number == shortened)).limit_denominator(1000),
            (0.97, 0.74, 0.41)[number % 3],
            "gate",
            "gate",
            (),
            (),
            "auto",
            "proposed",
        )
        for number in range(count)
    )
    return Lanes("one", Fraction(int(GAME)), (Lane(1, 0, "Sam", "#F2B356", shifts, ()),), ())


def measured(name: str, work: Callable[[int], None], times: int = 40) -> None:
    """Print the median and the worst of some runs, in milliseconds of the processor."""
    taken = []
    for number in range(times):
        began = time.process_time()
        work(number)
        taken.append(1000 * (time.process_time() - began))
    print(f"{name:34} median {statistics.median(taken):6.2f} ms   worst {max(taken):6.2f} ms")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shifts", type=int, default=2000)
    count = parser.parse_args().shifts
    application = QApplication([])
    theme = Theme(application)
    timeline, table = Timeline(theme), ShiftTable(theme)
    timeline.show_lanes(lanes_of(count))
    timeline.show_seen(np.random.default_rng(1).uniform(4, 12, 1200).astype(np.float32))
    timeline.resize(WIDTH, timeline.sizeHint().height())
    table.resize(560, 800)
    image = QImage(timeline.size(), QImage.Format.Format_RGB32)

    def zoom(number: int) -> None:
        timeline.zoom_in() if number % 2 else timeline.zoom_out()
        timeline.render(image)

    def play(number: int) -> None:
        timeline.show_moment(Fraction(number, 25))
        timeline.render(image)

    def correct(number: int) -> None:
        lanes = lanes_now[number % 2]
        timeline.show_lanes(lanes)
        table.show_shifts(lanes.players[0].shifts, lanes.players[0].shifts[7])
        timeline.render(image)

    lanes_now = lanes_of(count), lanes_of(count, shortened=7)
    table.show_shifts(lanes_now[0].players[0].shifts, None)
    print(f"{count} shifts, {WIDTH} pixels")
    measured("drawn anew", zoom)
    measured("with the playhead moved", play)
    measured("timeline and table after an edit", correct)
    timeline.shut_down()


if __name__ == "__main__":
    main()
