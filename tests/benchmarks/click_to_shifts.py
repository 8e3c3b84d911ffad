"""From a correction to new shifts in the database, on a long simulated game, through the window's own parts.

Run: python tests/benchmarks/click_to_shifts.py [--minutes 60] [--seed 901] [--players 1]

A game of ten minutes is played several times, end to end, and written to a real data folder as an analysed
job. Then the resolver shows it, which reads it and gets to know it, and one correction after the other is
made through the same actions as in the window. Printed is the time from asking for a correction until the
first shifts that follow from it are in the database (of several players his) and until all are and the window
was told, on the wall's clock and as processor time of all threads, and the longest time for which the GUI
thread got to nothing meanwhile.
"""

import argparse
import math
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer

from shiftclipper.identity import Click as Mark
from shiftclipper.jobs.garbage import GuiThreadCollector
from shiftclipper.jobs.setup import Click, ClickKind, PlayerSetup, Regions, Setup
from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.store import Store
from shiftclipper.ui.job_actions import JobActions
from shiftclipper.ui.picture.changes import added_click
from shiftclipper.ui.review.resolver import Resolver
from tests.benchmarks.simulated_identity import LONGEST_PLAYED, later, peak_memory, players
from tests.made_game import analysed_job
from tests.tracklet_simulator import SIZE, simulate

TICK = 2
"""Milliseconds between two looks at whether the GUI thread is free."""


class Clock(QObject):
    """Runs the event loop, and notes for how long it was not free."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK)

    def wait_for(self, is_so: Callable[[], bool]) -> tuple[float, float]:
        """Return after how many seconds something is so, and the longest stall meanwhile."""
        began = self._last = time.perf_counter()
        self.longest = 0.0
        while not is_so():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        return time.perf_counter() - began, self.longest

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now


def share(mark: Mark, kind: ClickKind = ClickKind.IS) -> Click:
    """Return a mark of the simulator as a click of the setup."""
    return Click(Fraction(mark.time).limit_denominator(1000), kind, mark.x / SIZE[0], mark.y / SIZE[1])


def polygon(corners: object) -> tuple[tuple[float, float], ...]:
    return tuple((x / SIZE[0], y / SIZE[1]) for x, y in corners)  # type: ignore[attr-defined]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=901)
    parser.add_argument("--players", type=int, default=1)
    options = parser.parse_args()
    seconds = 60.0 * options.minutes
    part = min(seconds, LONGEST_PLAYED)
    game = simulate(options.seed, part)
    times = math.ceil(seconds / part)
    count, read = len(game.tracklets), game.readings(0.1)
    tracklets = [later(one, k * part, k * count) for k in range(times) for one in game.tracklets]
    readings = [
        replace(one, tracklet=one.tracklet + k * count, time=one.time + k * part)
        for k in range(times)
        for one in read
    ]
    wanted = players(game, options.players)
    marks = [game.clicks(person).clicks for person in wanted]
    setup = Setup(
        players=tuple(
            PlayerSetup(f"Player {k}", game.number(person.id), None, (share(marks[k][0]),))
            for k, person in enumerate(wanted)
        ),
        regions=Regions(
            rink=None if game.view.rink is None else polygon(game.view.rink),
            bench=tuple(polygon(one) for one in game.view.benches),
        ),
    )
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), setup, tracklets, readings, Fraction(times * part), marks)


def measure(folder, setup, tracklets, readings, duration, marks) -> None:
    application = QCoreApplication(sys.argv[:1])
    owner, bus, clock = QObject(), JobBus(), Clock()
    collector = GuiThreadCollector(owner)
    with Store(folder / "data", on_change=bus.job_changed.emit) as store:
        job = analysed_job(store, setup, tracklets, SIZE, duration, readings)
        print(
            f"{float(duration) / 60:.0f} minutes, {len(tracklets)} tracklets, {len(setup.players)} players",
            flush=True,
        )
        actions = JobActions(store, bus, owner)
        resolver = Resolver(store, bus, actions, owner)
        solved: list[str] = []
        asked: list[object] = []
        written: list[float] = []
        bus.job_changed.connect(lambda _job: written.append(time.perf_counter()))
        resolver.solved.connect(solved.append)
        actions.refused.connect(lambda _job, sentence: sys.exit(sentence))
        resolver.questions_ready.connect(lambda *values: asked.append(values[2]))

        def once(name: str, act: Callable[[], None]) -> float:
            solved.clear()
            written.clear()
            busy, began = time.process_time(), time.perf_counter()
            act()
            took, stall = clock.wait_for(lambda: bool(solved))
            busy = time.process_time() - busy
            clock.wait_for(lambda: actions.is_idle and resolver.is_idle)
            # First the correction itself is written, then shifts, of several players first his.
            first = min(written[1:2], default=time.perf_counter()) - began
            print(
                f"{name:32s} first {first:6.3f} s  all {took:6.3f} s  processor {busy:6.3f} s  "
                f"longest stall {1000 * stall:4.0f} ms  {len(store.shifts(job))} shifts",
                flush=True,
            )
            return took

        once("shown (read, get to know, find)", lambda: resolver.show(job))
        # In each part of the game another shift.
        rest = [share(later_mark(mark, duration, k)) for k, mark in enumerate([*marks[0][1:], *marks[0][1:]])]
        warm = [
            once(
                f"click {number + 1}",
                lambda click=click: actions.change_setup(job, added_click(0, click), what="click"),
            )
            for number, click in enumerate(rest[:8])
        ]
        shift = store.shifts(job)[0].id
        judge = once(
            "a shift accepted",
            lambda: actions.correct(job, lambda journal: journal.judge_shift(shift, "accepted")),
        )
        undo = [once(f"undo {number + 1}", lambda: actions.undo(job)) for number in range(4)]
        redo = [once(f"redo {number + 1}", lambda: actions.redo(job)) for number in range(4)]
        times = [*warm, judge, *undo, *redo]
        print(f"median {statistics.median(times):.3f} s, longest {max(times):.3f} s, first {warm[0]:.3f} s")
        busy = time.process_time()
        resolver.questions()
        took, stall = clock.wait_for(lambda: bool(asked))
        busy = time.process_time() - busy
        print(
            f"questions: {took:.3f} s, processor {busy:.3f} s, {len(asked[0])} of them, "
            f"longest stall {1000 * stall:.0f} ms"
        )
        print(f"peak memory {peak_memory():.0f} MB")
        actions.close()
        resolver.close()
    collector.stop()
    application.quit()


def later_mark(mark: Mark, duration: Fraction, number: int) -> Mark:
    parts = max(1, int(duration) // int(LONGEST_PLAYED))
    return replace(mark, time=mark.time + LONGEST_PLAYED * (number % parts))


if __name__ == "__main__":
    main()
