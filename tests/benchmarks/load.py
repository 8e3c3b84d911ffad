"""What a season weighs: `python -m tests.benchmarks.load [--jobs 200] [--boxes 1000000]`, offscreen.

Makes a data folder with many finished games, one of which is six hours long with 50 players, 2,000 shifts and
a million boxes; then opens the window over it, scrolls, turns to the large game, corrects it so that its
shifts are found anew, and cleans up by size, count and age. Prints times in seconds, the longest the window
stood still (and the most of its own processor time at once, which a loaded machine does not stretch), memory
and the size of the database.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from shiftclipper.jobs.cache import make_room, scrub_copies
from shiftclipper.jobs.cleanup import cleanup
from shiftclipper.jobs.setup import Click, ClickKind, PlayerSetup, Setup
from shiftclipper.jobs.store import Store
from shiftclipper.tracklets import COLOUR_BINS, Ending, Tracklet
from shiftclipper.ui.application import Session
from tests.ui.made_jobs import Clock, analyse, begin, film_file, finish, queue_job

HOURS = 6
PLAYERS, SHIFTS = 50, 2000
BOXES_OF_ONE = 40
COPY_BYTES = 100_000
"""Of a scrub copy, which here is none: how long it takes to remove one does not follow from its size."""
TICK = 5
"""Milliseconds between two looks at whether the window stands still."""


def tracklets(boxes: int) -> Iterator[Tracklet]:
    """Yield tracklets of four seconds, spread over the game."""
    chance = np.random.default_rng(1)
    count = boxes // BOXES_OF_ONE
    starts = np.sort(chance.uniform(0, HOURS * 3600 - 10, count))
    for number, start in enumerate(starts):
        times = start + np.arange(BOXES_OF_ONE) / 10
        place = chance.uniform((50, 100), (1200, 600)) + np.cumsum(
            chance.normal(0, 2, (BOXES_OF_ONE, 2)), axis=0
        )
        edges = np.hstack([np.subtract(place, (8, 34)), np.add(place, (8, 0))]).astype(np.float32)
        colour = chance.dirichlet(np.ones(COLOUR_BINS)).astype(np.float32)
        yield Tracklet(
            id=number,
            times=times,
            boxes=edges,
            scores=np.full(BOXES_OF_ONE, 0.8, np.float32),
            feet=place.astype(np.float32),
            scale=np.ones(BOXES_OF_ONE, np.float32),
            scene=0,
            colour=colour,
            begins=Ending.OPEN,
            ends=Ending.OPEN,
        )


def large_setup() -> Setup:
    """Return fifty players with a click each."""
    return Setup(
        players=tuple(
            PlayerSetup(f"Player {n}", str(n), "#203524", (Click(Fraction(60 + n), ClickKind.IS, 0.5, 0.5),))
            for n in range(1, PLAYERS + 1)
        )
    )


def with_one_click_more(setup: Setup) -> Setup:
    """Return the setup with another click on the first player."""
    first, *others = setup.players
    click = Click(Fraction(3000), ClickKind.IS, 0.4, 0.6)
    return replace(setup, players=(replace(first, clicks=(*first.clicks, click)), *others))


def make(data: Path, films: Path, jobs: int, boxes: int) -> str:
    """Make the data folder and return the id of the large game."""
    clock = Clock()
    # What the window writes in a moment is the newest.
    clock.now -= 30 * 86400
    with Store(data, now=clock) as store:
        for number in range(jobs - 1):
            clock.now += 60
            film = film_file(films, f"Game {number}.mp4")
            run = begin(
                store, queue_job(store, [film], f"Game {number}", Setup(players=large_setup().players[:1]))
            )
            analyse(run, clock, 1.0)
            (source,) = store.sources(run.job_id)
            copy = store.work_dir(run.job_id) / "proxy.mp4"
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(bytes(COPY_BYTES))
            run.save_source(source.id, proxy_path=copy)
            finish(store, run, store.job(run.job_id).out_dir)
        job_id = queue_job(store, [film_file(films, "Tournament.mp4")], "Tournament", large_setup())
        run = begin(store, job_id, Fraction(HOURS * 3600))
        analyse(run, clock, 1.0)
        run.replace_tracklets(tracklets(boxes))
        finish(store, run, store.job(job_id).out_dir)
        each = SHIFTS // PLAYERS
        step = Fraction(HOURS * 3600, each)
        for player in store.players(job_id):
            for k in range(each):
                store.corrections.add_shift(player.id, step * k + 5, step * k + 50)
    return job_id


class Stalls:
    """Watches how long the event loop is kept from turning."""

    def __init__(self) -> None:
        self._clock = QElapsedTimer()
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)
        self.longest, self.most_work = 0, 0.0
        self._worked = 0.0

    def _tick(self) -> None:
        if self._clock.isValid():
            self.longest = max(self.longest, self._clock.elapsed() - TICK)
            self.most_work = max(self.most_work, time.thread_time() - self._worked)
        self._clock.restart()
        self._worked = time.thread_time()

    @contextmanager
    def watching(self, what: str) -> Iterator[None]:
        """Print how long something took, and the longest the window stood still in it."""
        self.longest, self.most_work = 0, 0.0
        self._worked = time.thread_time()
        self._clock.start()
        self._timer.start(TICK)
        begun = time.perf_counter()
        yield
        took = time.perf_counter() - begun
        self._timer.stop()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        still = f"stood still {self.longest} ms at most ({1000 * self.most_work:.0f} ms of work)"
        print(f"{what}: {took:.2f} s, {still}, memory so far {memory:.0f} MB", flush=True)


def clean_up(data: Path, jobs: int) -> None:
    """Remove scrub copies by size, then games by count and by age, and print how long each took."""
    with Store(data) as store:
        half = sum(copy.bytes for copy in scrub_copies(store)) // 2
        ways: dict[str, Callable[[], object]] = {
            f"cleanup by size, to {half / 1e6:.0f} MB of scrub copies": lambda: make_room(store, half),
            f"cleanup by count, to {jobs // 2} games": lambda: cleanup(store, 10_000, jobs // 2),
            "cleanup by age, of all": lambda: cleanup(store, -1, jobs),
        }
        for what, remove in ways.items():
            begun = time.perf_counter()
            found = remove()
            told = f"{len(found)} games" if isinstance(found, list) else f"{found} bytes"
            size = (data / "shiftclipper.db").stat().st_size / 1e6
            print(f"{what}: {told} in {time.perf_counter() - begun:.2f} s, database {size:.0f} MB")


def settle(application: QApplication, done: Callable[[], bool]) -> None:
    """Turn the event loop until something is done."""
    while not done():
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=200)
    parser.add_argument("--boxes", type=int, default=1_000_000)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(["load"])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as place:
        data, films = Path(place) / "data", Path(place) / "films"
        films.mkdir()
        begun = time.perf_counter()
        large = make(data, films, options.jobs, options.boxes)
        size = (data / "shiftclipper.db").stat().st_size / 1e6
        print(f"{options.jobs} games, {options.boxes} boxes, {SHIFTS} shifts of {PLAYERS} players")
        print(f"made in {time.perf_counter() - begun:.0f} s; database {size:.0f} MB")
        stalls = Stalls()
        with stalls.watching("open the window"):
            session = Session(application, data, tuple, make_sample=lambda *_: ())
            session.window.show()
            settle(application, lambda: session.window.jobs.rowCount() == options.jobs)
            application.processEvents()
        games = session.window.games
        with stalls.watching("scroll through all games"):
            bar = games.verticalScrollBar()
            for value in range(0, bar.maximum() + 1, max(1, bar.maximum() // 100)):
                bar.setValue(value)
                application.processEvents()
        with stalls.watching("turn to the large game"):
            session.window.choose(large)
            application.processEvents()
            settle(application, lambda: session.window.is_idle)
        with stalls.watching("accept a shift of the large game"):
            shift = next(one for one in session.store.shifts(large))
            session.store.corrections.judge_shift(shift.id, "rejected")
            application.processEvents()
            settle(application, lambda: session.window.is_idle)
        with stalls.watching("correct the large game, and find its shifts anew"):
            session.window.actions_of_jobs.correct(
                large, lambda journal: journal.change_setup(large, with_one_click_more, "click 3000")
            )
            application.processEvents()
            settle(application, lambda: session.window.is_idle)
        session.close()
        clean_up(data, options.jobs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
