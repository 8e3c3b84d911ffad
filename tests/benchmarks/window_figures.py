"""Figures of the window: start, memory, seeks, stalls of the GUI, and what a game costs a person.

    QT_QPA_PLATFORM=offscreen python tests/benchmarks/window_figures.py [--seconds 60] [--film GAME.mp4]
        [--starts 5] [--only start drive]

`start` starts the program over an empty data folder and takes the time to the first paint and the memory when
it is idle: cold once, after the program's files were given up by the system's cache (those that another
process has open stay in it), then warm, each time anew.

`drive` works the real window over the real stages: drops a sample game's film (drawn first, or GAME.mp4 with
its truth and setup beside it), clicks on the player as soon as he can be seen, waits for the shifts, exports.
Printed are the clicks and keys, the longest time for which the GUI did nothing while the film was analysed
and cut, and the time from asking for a picture of the scrub copy to seeing it.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Generator
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

IDLE = 6_000
"""Milliseconds after the first paint at which memory is taken."""
TICK = 4
"""Milliseconds between two looks at whether the GUI is awake."""
SEEKS = 80
Gap = tuple[float, float]
"""Milliseconds that a look came too late, and milliseconds of the processor since the one before."""
REST = 10.0
"""Seconds for which the window rests, to see what the machine itself costs."""
TIMEOUT = 1800.0
"""Seconds for one step of the drive."""
CLICK, KEY = 3.0, 1.0
"""Seconds of a person for a click on the player and for any other click or key."""


# In the child


def child_start(data: Path) -> None:
    """Start the program, tell when it is painted first and what it needs when idle, and end it."""
    began = float(os.environ["WINDOW_BEGAN"])
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    from shiftclipper.ui.application import run_window

    figures: dict[str, float] = {}

    class FirstPaint(QObject):
        """Waits for the first paint of the main window."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
                figures["painted"] = time.time() - began
                figures["worked"] = time.process_time()
                application.removeEventFilter(self)
                QTimer.singleShot(IDLE, end)
            return False

    def end() -> None:
        figures["memory"] = own_memory()
        application.quit()

    application = QApplication(sys.argv[:1])
    watcher = FirstPaint(application)
    application.installEventFilter(watcher)
    run_window(data, [])
    print(json.dumps(figures))


def own_memory() -> float:
    """Return this process's memory in MB, shared pages by their share."""
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1e3
    raise SystemExit("no Pss in /proc/self/smaps_rollup")


def child_drive(folder: Path, film: Path) -> None:
    """Work the window from drop to reel and print what was measured."""
    from PySide6.QtCore import QElapsedTimer, Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from shiftclipper.ui.application import run_window
    from shiftclipper.ui.main_window import MainWindow

    application = QApplication(sys.argv[:1])
    figures: dict[str, object] = {}
    since = QElapsedTimer()
    gaps: list[Gap] = []
    worked = time.thread_time()

    def tick() -> None:
        nonlocal worked
        now = time.thread_time()
        if since.isValid():
            gaps.append((since.nsecsElapsed() / 1e6 - TICK, (now - worked) * 1e3))
        worked = now
        since.start()

    ticks = QTimer(application)
    ticks.setTimerType(Qt.TimerType.PreciseTimer)
    ticks.timeout.connect(tick)
    ticks.start(TICK)

    steps: Generator[Callable[[], bool]] | None = None
    waits: list[tuple[Callable[[], bool], float]] = []

    def follow() -> None:
        nonlocal steps
        if steps is None:
            windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
            if not windows:
                return
            steps = drive(windows[0], film, figures, gaps)
        if waits and not waits[0][0]():
            if time.monotonic() > waits[0][1]:
                print("a step did not end; so far:", json.dumps(figures), file=sys.stderr)
                application.exit(1)
            return
        waits.clear()
        try:
            waits.append((next(steps), time.monotonic() + TIMEOUT))
        except StopIteration:
            looks.stop()
            application.quit()

    looks = QTimer(application)
    looks.timeout.connect(follow)
    looks.start(25)
    run_window(folder / "data", [])
    print(json.dumps(figures))


def drive(
    window: "object", film: Path, figures: dict[str, object], gaps: list[Gap]
) -> Generator[Callable[[], bool]]:
    """Do what a person does; each yield is what he waits for."""
    from PySide6.QtCore import QPointF, Qt
    from PySide6.QtTest import QTest

    from shiftclipper.identity.score import score_shifts
    from shiftclipper.jobs.rows import JobStatus
    from shiftclipper.ui.main_window import MainWindow
    from tests.ui.conftest import drop

    assert isinstance(window, MainWindow)
    store, picture = window._store, window.game_page.picture
    left, control = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
    setup = json.loads(film.with_suffix(".setup.json").read_text())
    truth = json.loads(film.with_suffix(".truth.json").read_text())
    first = min(setup["players"][0]["clicks"], key=lambda click: click["t"])
    drops, clicks, keys = 0, 0, 0

    yield lambda: window.isVisible()
    began = time.monotonic()
    drop(window, [film])
    drops += 1
    gaps.clear()
    yield lambda: picture.playback.film is not None and not picture.playback.seeking
    figures["film is shown, s after the drop"] = round(time.monotonic() - began, 2)

    if first["t"] > 0.5:
        # Who is not there at once is waited for, at the film's own speed.
        QTest.mouseClick(picture.transport.play_button, left)
        clicks += 1
        yield lambda: picture.playback.position >= Fraction(first["t"])
    picture.playback.pause()
    picture.playback.seek(Fraction(first["t"]))
    yield lambda: not picture.playback.seeking
    size = picture.canvas.picture_size
    at = picture.canvas.mapFromScene(QPointF(first["x"] * size.width(), first["y"] * size.height()))
    QTest.mouseClick(picture.canvas.viewport(), left, pos=at)
    clicks += 1
    (job,) = store.jobs()
    yield lambda: store.job(job.id).status is JobStatus.DONE and bool(store.shifts(job.id)) and window.is_idle
    figures["shifts are there, s after the drop"] = round(time.monotonic() - began, 1)
    figures["analysis of a film of, s"] = round(float(truth["duration"]), 1)
    figures["GUI during the analysis"] = stall_words(gaps)
    target = next(one for one in truth["players"] if one["id"] == truth["target"])
    spans = [tuple(span) for span in target["shifts"]]
    found = [(float(shift.start), float(shift.end)) for shift in store.shifts(job.id)]
    figures["shift F1 with the clicks made"] = round(score_shifts(spans, found).f1_50, 3)

    playback = picture.playback
    yield lambda: playback.film is not None and playback.film.files[0].name.startswith("proxy")
    yield lambda: not playback.seeking
    waited: list[float] = []
    chosen = random.Random(4)
    for number in range(SEEKS):
        moment = Fraction(chosen.uniform(0, float(playback.duration) * 0.98))
        asked = time.perf_counter()
        arrived: list[float] = []
        slot = lambda arrived=arrived: arrived.append(time.perf_counter())  # noqa: E731
        playback.jumped.connect(slot)
        playback.seek(moment) if number % 2 == 0 else playback.step(1)
        yield lambda arrived=arrived: bool(arrived) and not playback.seeking
        playback.jumped.disconnect(slot)
        waited.append((arrived[0] - asked) * 1e3)
    figures["seek on the scrub copy"] = spread_words(waited[::2])
    figures["one frame on"] = spread_words(waited[1::2])

    gaps.clear()
    began_export = time.monotonic()
    for _ in range(2):
        QTest.keyClick(window, Qt.Key.Key_E, control)
        keys += 1
        yield lambda: window.is_idle
    yield (
        lambda: (
            store.job(job.id).status is JobStatus.DONE
            and any(one.type == "reel" for one in store.artifacts(job.id))
        )
    )
    figures["reel is there, s after asking for it"] = round(time.monotonic() - began_export, 1)
    figures["GUI during the export"] = stall_words(gaps)
    gaps.clear()
    rested = time.monotonic()
    yield lambda: time.monotonic() - rested > REST
    figures["GUI at rest, for comparison"] = stall_words(gaps)
    figures["from drop to reel"] = f"{drops} drop, {clicks} clicks, {keys} keys"
    figures["seconds of a person for that"] = CLICK + KEY * (drops + clicks - 1 + keys)


def stall_words(gaps: list[Gap]) -> str:
    """Say how long the GUI was busy, from milliseconds."""
    long = [gap for gap, _ in gaps if gap > 50]
    ordered = sorted(gap for gap, _ in gaps)
    high = ordered[int(len(ordered) * 0.999)]
    worked = max(spent for _, spent in gaps)
    return (
        f"longest stall {ordered[-1]:.0f} ms, 99.9 % below {high:.0f} ms, {len(long)} above 50 ms; "
        f"at most {worked:.0f} ms of processor at a stretch"
    )


def spread_words(values: list[float]) -> str:
    """Say what is usual and what is bad, from milliseconds."""
    ordered = sorted(values)
    return (
        f"median {statistics.median(ordered):.0f} ms, p90 {ordered[int(len(ordered) * 0.9)]:.0f} ms, "
        f"worst {ordered[-1]:.0f} ms"
    )


# In the parent


def give_up_cache() -> int:
    """Ask the system to forget the program's files, and return how many were asked for."""
    count = 0
    places = {Path(sysconfig.get_paths()[name]) for name in ("stdlib", "purelib", "platlib")} | {ROOT}
    for place in places:
        for path in place.rglob("*"):
            if path.is_symlink() or not path.is_file():
                continue
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            count += 1
    return count


def run_child(*words: str) -> dict[str, object]:
    """Run this file as a program of its own and return what it prints."""
    environment = os.environ | {
        "WINDOW_BEGAN": str(time.time()),
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
    }
    done = subprocess.run([sys.executable, __file__, *words], env=environment, capture_output=True, text=True)
    if done.returncode or not done.stdout.strip():
        raise SystemExit(f"the window ended with code {done.returncode}:\n{done.stderr[-3000:]}")
    figures = json.loads(done.stdout.splitlines()[-1])
    assert isinstance(figures, dict)
    return figures


def measure_start(starts: int) -> None:
    """Print the figures of `start`."""
    with tempfile.TemporaryDirectory() as folder:
        files = give_up_cache()
        cold = run_child("--child", "start", f"{folder}/cold")
        warm = [run_child("--child", "start", f"{folder}/warm{number}") for number in range(starts)]
    painted = sorted(float(str(one["painted"])) for one in warm)
    worked = sorted(float(str(one["worked"])) for one in warm)
    memory = sorted(float(str(one["memory"])) for one in warm)
    print(f"start to first paint, cold ({files} files given up): {float(str(cold['painted'])):.2f} s")
    print(
        f"start to first paint, warm: median {statistics.median(painted):.2f} s of {starts}, "
        f"best {painted[0]:.2f} s, worst {painted[-1]:.2f} s"
    )
    print(f"processor time until then, warm: median {statistics.median(worked):.2f} s")
    print(f"memory when idle: median {statistics.median(memory):.0f} MB", flush=True)


def measure_drive(seconds: float, film: Path | None) -> None:
    """Print the figures of `drive`."""
    from shiftclipper.media.ffmpeg import locate
    from shiftclipper.sample import write_sample

    with tempfile.TemporaryDirectory() as folder:
        if film is None:
            film = write_sample(Path(folder) / "Sample game.mp4", seconds=seconds, ffmpeg=locate()).video
        figures = run_child("--child", "drive", folder, str(film.absolute()))
    for name, value in figures.items():
        print(f"{name}: {value}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60.0, help="length of the sample game")
    parser.add_argument("--film", type=Path, help="a sample game that is there already")
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--only", nargs="+", choices=("start", "drive"), default=("start", "drive"))
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    match options.child:
        case ["start", data]:
            child_start(Path(data))
        case ["drive", folder, film]:
            child_drive(Path(folder), Path(film))
        case _:
            load = os.getloadavg()[0]
            print(f"{os.cpu_count()} cores, load {load:.1f} at the beginning", flush=True)
            if "start" in options.only:
                measure_start(options.starts)
            if "drive" in options.only:
                measure_drive(options.seconds, options.film)


if __name__ == "__main__":
    main()
