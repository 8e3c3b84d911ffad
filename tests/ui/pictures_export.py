"""Pictures of Export, Preferences and the help sheet: `python -m tests.ui.pictures_export FOLDER [1.25]`."""

import subprocess
import sys
import tempfile
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.store import Store
from shiftclipper.media.ffmpeg import locate
from shiftclipper.ui.export.panel import ExportPanel
from shiftclipper.ui.job_actions import JobActions
from shiftclipper.ui.job_model import JobModel
from shiftclipper.ui.main_window import MainWindow
from shiftclipper.ui.opening import SystemPrograms
from shiftclipper.ui.theme import Theme
from tests.ui.made_jobs import Clock, one_of_each
from tests.ui.pictures import SCHEMES

SIZES = ((700, 720), (1560, 1340))
"""The middle of the window at 1280×800, and at 2560×1440."""


class Studio:
    """Widgets over a database with a job in every state."""

    def __init__(self, application: QApplication, place: Path, folder: Path, font_scale: float) -> None:
        """Prepare; nothing is shown yet."""
        self.application, self.place, self.folder = application, place, folder
        self.theme = Theme(application, font_scale=font_scale)
        self.bus, self.clock = JobBus(), Clock()
        self.store = Store(place / "data", on_change=self.bus.job_changed.emit, now=self.clock)
        self.ids = one_of_each(self.store, self.clock, place)
        self.jobs = JobModel(self.store, self.bus, application)
        self.actions = JobActions(self.store, self.bus, application)

    def grab(self, widget: QWidget, name: str, sizes: tuple[tuple[int, int], ...] = SIZES) -> None:
        """Write a picture of a widget in each size and scheme."""
        for size in sizes:
            widget.resize(*size)
            for scheme, value in SCHEMES.items():
                self.theme.force(value)
                QTest.qWait(60)
                widget.grab().save(str(self.folder / f"{name}-{size[0]}-{scheme}.png"))

    def close(self) -> None:
        """End in order."""
        self.actions.close()
        self.store.close()


def take_pictures(folder: Path, font_scale: float = 1.0) -> None:
    """Write all pictures."""
    application = QApplication.instance() or QApplication(["pictures"])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as place:
        studio = Studio(application, Path(place), folder, font_scale)
        grab_export(studio)
        grab_windows(studio)
        studio.close()


def grab_export(studio: Studio) -> None:
    """The Export step in each of its states."""
    store = studio.store
    panel = ExportPanel(store, studio.jobs, studio.actions, studio.theme)
    panel.show()

    def show(job_id: str) -> None:
        studio.jobs._note(job_id)
        studio.jobs._read_changed()
        panel.show_entry(studio.jobs.entry(job_id))

    for state in ("analysed", "failed", "queued too", "running"):
        show(studio.ids[state])
        studio.grab(panel, f"export-{state.replace(' ', '-')}")
    film_of_a_reel(store.job(studio.ids["done"]).out_dir / "reel.mp4")
    show(studio.ids["done"])
    QTest.qWait(500)
    studio.grab(panel, "export-done")
    store.change_settings(studio.ids["done"], pre_roll=4.0, reel_shape="portrait", spotlight=True)
    show(studio.ids["done"])
    studio.grab(panel, "export-outdated")
    panel.more_button.setChecked(True)
    while not panel.is_idle:
        QTest.qWait(50)
    # As high as all of it, so that one picture shows the whole form.
    studio.grab(panel, "export-more", ((700, 1900), (1560, 1700)))
    panel.more.names.line.setText("{game} {when}")
    panel.more.reel_fields.fields[0].setFocus()
    panel.more.names.look()
    while not panel.is_idle:
        QTest.qWait(50)
    studio.grab(panel, "export-names", ((700, 1900),))
    panel.close_down()
    panel.close()


def grab_windows(studio: Studio) -> None:
    """The preferences, the sheet of keys, a log, and the whole window at the Export step."""
    programs = SystemPrograms()
    window = MainWindow(studio.store, studio.bus, studio.theme, make_sample=lambda *_: [], programs=programs)
    window.show()
    parts = window.parts
    preferences = parts.preferences_window
    preferences.show()
    while not (preferences._trials.is_idle and parts.is_idle):
        QTest.qWait(50)
    studio.grab(preferences, "preferences", ((620, 660),))
    parts.show_help()
    sheet = parts.help_sheet
    studio.grab(sheet, "keys", (sheet.size().toTuple(),))
    job = studio.store.job(studio.ids["failed"])
    job.work_dir.mkdir(parents=True, exist_ok=True)
    (job.work_dir / "log.txt").write_text("12:01:05 INFO shiftclipper: analyse begins\n" * 40)
    parts.show_log(job.work_dir / "log.txt")
    studio.grab(parts.log, "log", ((760, 480),))
    for other in (preferences, sheet, parts.log):
        other.hide()
    for state in ("queued", "done"):
        window.choose(studio.ids[state])
        window.show_export()
        studio.grab(window, f"window-export-{state}", ((1024, 680), (1280, 800), (2560, 1440)))
    window.start_page.recent.refresh()
    window._stack.setCurrentWidget(window.start_page)
    studio.store.preferences.remember_game((Path("/films/Home vs Lions.mp4"),))
    window.start_page.recent.refresh()
    studio.grab(window, "window-start", ((1280, 800),))
    window.shut_down()
    window.close()


def film_of_a_reel(reel: Path) -> None:
    """Put a film that can be played where the reel is."""
    source = "testsrc=size=640x360:rate=25:duration=4"
    command = [locate().path, "-v", "error", "-y", "-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p", reel]
    subprocess.run([str(part) for part in command], check=True, timeout=60)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    take_pictures(target, float(sys.argv[2]) if len(sys.argv) > 2 else 1.0)
