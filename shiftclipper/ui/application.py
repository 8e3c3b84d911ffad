"""Start and end of the window: everything is put together here and taken apart in order."""

import ctypes
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QDialog

from shiftclipper.errors import EXIT_DONE, DatabaseDamaged, InstanceLocked, UserError
from shiftclipper.jobs.backups import Backup, backups, restore_in
from shiftclipper.jobs.garbage import GuiThreadCollector
from shiftclipper.jobs.runner import Runner
from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.stage import Stage
from shiftclipper.jobs.store import Store
from shiftclipper.paths import exports_dir
from shiftclipper.ui.background import Background
from shiftclipper.ui.controls import IconButton, IconLabel, column, label, row
from shiftclipper.ui.crash import CrashReporter
from shiftclipper.ui.language import Language
from shiftclipper.ui.logs import ProgramLog
from shiftclipper.ui.main_window import MainWindow
from shiftclipper.ui.opening import SystemPrograms
from shiftclipper.ui.reception import SampleMaker
from shiftclipper.ui.single_instance import FileOpenings, SecondStarts, hand_over
from shiftclipper.ui.theme import Theme

SAMPLE_SECONDS = 60
CRASH_LOG = "crash.log"
_XCB_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
}


class Session(QObject):
    """One run of the window over one data folder."""

    def __init__(
        self,
        application: QApplication,
        data_dir: Path,
        stages: Callable[[], Sequence[Stage]],
        *,
        make_sample: SampleMaker,
        programs: SystemPrograms | None = None,
        exports: Path | None = None,
    ) -> None:
        """Open the data folder, build the window and begin to work on what is queued.

        Args:
            application: also the parent.
            data_dir: made when there is none.
            stages: gives what the program can do; called in a worker, since it loads heavy libraries, while
                the window is there already.
            make_sample: draws the sample game.
            programs: open what a job made; the system's own by default.
            exports: folder that each game gets a folder in when it is exported; by default what is exported
                stays in the data folder.

        Raises:
            InstanceLocked: another running program holds the folder.
            UserError: the folder cannot be used.
        """
        super().__init__(application)
        self._closed = False
        # One bus for the life of the program; signals of anything shorter-lived get lost.
        self.bus = JobBus(self)
        self.store = Store(data_dir, on_change=self.bus.job_changed.emit)
        # Before any text is asked for.
        self._application = application
        self._preferred = self.store.preferences.read().language
        self.language = Language(application, self._preferred)
        self.theme = Theme(application)
        self.runner: Runner | None = None
        """None until the stages are loaded."""
        self.crashes = CrashReporter(self.store.data_dir / CRASH_LOG, self)
        self._make_sample = make_sample
        self._programs = programs or SystemPrograms()
        self._exports = exports
        self.window = self._make_window()
        self.second_starts = SecondStarts(self.store.data_dir, self)
        self.second_starts.files_handed_over.connect(self._take_handed_over)
        self._openings = FileOpenings(self)
        self._openings.opened.connect(self._take_handed_over)
        application.installEventFilter(self._openings)
        self._collector = GuiThreadCollector(self)
        self._loading = Background(1, self)
        self._loading.run(lambda: tuple(stages()), self._begin, self._say)
        self._loading.run(self.store.back_up_when_due, None, self._say)

    def tell_last_crash(self, log: Path) -> None:
        """Say that the program did not end in order last time, and offer the log of then."""
        self.window.notice.say(
            self.tr(
                "ShiftClipper did not end in order last time. Everything that was finished is kept; "
                "games that were interrupted go on with Continue."
            ),
            bad=False,
            action=self.tr("Show the log"),
            on_action=lambda: self.window.parts.log.show_log(log, self.tr("the program"), ""),
        )

    def _say(self, sentence: str) -> None:
        self.window.notice.say(sentence)

    @Slot(object)
    def _take_handed_over(self, paths: list[Path]) -> None:
        """Take what another start was given, and come to the front as that one would have."""
        if self._closed:
            return
        window = self.window
        window.showNormal() if window.isMinimized() else window.show()
        window.raise_()
        window.activateWindow()
        if paths:
            window.take(paths)

    def _begin(self, stages: tuple[Stage, ...]) -> None:
        self.runner = Runner(self.store, stages, self.bus, self)
        self.runner.start()

    def _make_window(self) -> MainWindow:
        window = MainWindow(
            self.store,
            self.bus,
            self.theme,
            make_sample=self._make_sample,
            programs=self._programs,
            exports=self._exports,
        )
        self.crashes.happened.connect(window.tell_crash)
        # Queued: the window may be another one afterwards, and must not be in the middle of anything.
        window.parts.keeper.changed.connect(self._follow_language, Qt.ConnectionType.QueuedConnection)
        return window

    @Slot()
    def _follow_language(self) -> None:
        """Build the window anew when it is to speak another language; jobs run on meanwhile."""
        preferred = self.window.parts.keeper.preferences.language
        if self._closed or preferred == self._preferred:
            return
        self._preferred = preferred
        old = self.window
        chosen, place = old.games.current_job, old.saveGeometry()
        old.shut_down()
        self.language.remove()
        self.language = Language(self._application, preferred)
        self.window = self._make_window()
        self.window.restoreGeometry(place)
        self.window.choose(chosen)
        self.window.show()
        self.window.parts.show_preferences()
        old.hide()
        old.deleteLater()

    def close(self) -> None:
        """End in order: what was asked for is written, the running job is saved, then the store closes.

        Closing once more does nothing.
        """
        if self._closed:
            return
        self._closed = True
        self.second_starts.close()
        self._application.removeEventFilter(self._openings)
        self._loading.close()
        self.window.shut_down()
        ended = self.runner is None or self.runner.quit()
        self._collector.stop()
        self.crashes.remove()
        if ended:
            self.store.close()
        self.window.deleteLater()
        self.language.remove()


def run_window(data_dir: Path, files: Sequence[Path]) -> int:
    """Show the window until it is closed.

    Args:
        data_dir: the data folder; one program at a time may hold it.
        files: films, folders and setups, taken as if dropped.

    Returns:
        The exit code.

    Raises:
        UserError: there is no screen to show a window on.
    """
    _check_screen()
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    application.setApplicationName("ShiftClipper")
    # Into each job's own log, which "Details" opens.
    logging.getLogger("shiftclipper").setLevel(logging.INFO)
    application.setDesktopFileName("shiftclipper")
    try:
        session = _open_session(application, data_dir)
    except InstanceLocked as error:
        if hand_over(data_dir, files):
            return EXIT_DONE
        return _refuse(application, error)
    except UserError as error:
        return _refuse(application, error)
    log = ProgramLog(session.store.data_dir)
    _end_on_signals()
    session.window.show()
    if log.crashed_before is not None:
        session.tell_last_crash(log.crashed_before)
    session.window.take(files)
    application.exec()
    session.close()
    log.close()
    return EXIT_DONE


def _open_session(application: QApplication, data_dir: Path) -> Session:
    """Open the data folder; where its database is damaged, offer to put the newest backup back."""
    try:
        return _session(application, data_dir)
    except DatabaseDamaged as error:
        newest = next(iter(backups(data_dir)), None)
        if newest is None:
            raise
        refusal = StartRefusal(Theme(application), str(error), newest)
        if refusal.exec() != StartRefusal.DialogCode.Accepted:
            raise
        restore_in(data_dir, newest.path.name)
        return _session(application, data_dir)


def _session(application: QApplication, data_dir: Path) -> Session:
    return Session(application, data_dir, _all_stages, make_sample=draw_sample, exports=exports_dir())


def _refuse(application: QApplication, error: UserError) -> int:
    StartRefusal(Theme(application), str(error)).exec()
    return error.exit_code


class StartRefusal(QDialog):
    """Says in one sentence why there is no window, and may offer a backup for a damaged database."""

    def __init__(self, theme: Theme, sentence: str, backup: Backup | None = None) -> None:
        """Prepare the dialog; it is accepted when the backup is to be put back."""
        super().__init__()
        self.setWindowTitle("ShiftClipper")
        self.text = label(sentence, wrap=True)
        self.text.setMinimumWidth(400)
        self.close_button = IconButton(theme, "cancel", self.tr("Close"))
        self.close_button.clicked.connect(self._end)
        line = row(spacing=3)
        line.addWidget(IconLabel(theme, "alert", "bad"))
        line.addWidget(self.text, 1)
        buttons = row()
        buttons.addStretch()
        self.restore_button: IconButton | None = None
        if backup is not None:
            day = QLocale().toString(QDateTime.fromSecsSinceEpoch(int(backup.made_at)), "d MMMM yyyy, HH:mm")
            text = self.tr("Put back the backup of {day}").format(day=day)
            self.restore_button = IconButton(theme, "undo", text, kind="primary")
            self.restore_button.clicked.connect(self.accept)
            buttons.addWidget(self.restore_button)
        buttons.addWidget(self.close_button)
        inside = column(self, margin=6, spacing=4)
        inside.addLayout(line)
        inside.addLayout(buttons)

    @Slot()
    def _end(self) -> None:
        self.reject()


def draw_sample(folder: Path, stop: threading.Event, on_share: Callable[[float], None]) -> Sequence[Path]:
    """Draw the sample game into a folder and return its film and its setup.

    Args:
        folder: exists.
        stop: Cancelled is raised when it is set.
        on_share: told the share that is done, 0 to 1.
    """
    # Heavy, and wanted by those only who try the sample.
    from shiftclipper.media.ffmpeg import locate
    from shiftclipper.sample import write_sample

    paths = write_sample(
        folder / "Sample game.mp4",
        seconds=SAMPLE_SECONDS,
        ffmpeg=locate(),
        stop=stop,
        on_progress=lambda seconds: on_share(seconds / SAMPLE_SECONDS),
    )
    return [paths.video, paths.setup]


def _all_stages() -> Sequence[Stage]:
    # Heavy: the detector's and OpenCV's libraries, which no test of the window needs.
    from shiftclipper.jobs.stages import all_stages
    from shiftclipper.media.ffmpeg import locate

    return all_stages(locate())


def _check_screen() -> None:
    """Qt ends the process where it finds no screen; say what is missing before that.

    Raises:
        UserError: no display, or a library of the system that Qt needs for one.
    """
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return
    if os.environ.get("WAYLAND_DISPLAY"):
        return
    if not os.environ.get("DISPLAY"):
        raise UserError(
            "There is no screen to show a window on; start it from a desktop, or use the command line: "
            "`shiftclipper --help`."
        )
    missing = [package for library, package in _XCB_LIBRARIES.items() if not _loads(library)]
    if missing:
        raise UserError(
            f"The window needs system libraries that are missing; install {' '.join(missing)}, "
            "or use the command line: `shiftclipper --help`."
        )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _end_on_signals() -> None:
    """Let Ctrl-C and a polite kill close the window in order; Python sees them at the next timer."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: QCoreApplication.quit())
