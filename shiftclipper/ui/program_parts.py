"""What belongs to the program and not to the step that is looked at: export, preferences, keys, queue."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QMainWindow, QWidget

from shiftclipper.jobs.store import Store
from shiftclipper.jobs.work import LOG_NAME
from shiftclipper.ui import keys
from shiftclipper.ui.about import About
from shiftclipper.ui.controls import IconButton, row
from shiftclipper.ui.export.panel import ExportPanel
from shiftclipper.ui.game_list import GameList
from shiftclipper.ui.handovers import Handovers
from shiftclipper.ui.help_sheet import HelpSheet
from shiftclipper.ui.job_actions import JobActions
from shiftclipper.ui.job_model import JobEntry, JobModel
from shiftclipper.ui.keys import Action as Key
from shiftclipper.ui.preferences.keeper import PreferenceKeeper
from shiftclipper.ui.preferences.window import PreferencesWindow
from shiftclipper.ui.queue.attention import Attention, TrayTeller
from shiftclipper.ui.queue.game_menu import GameMenu
from shiftclipper.ui.queue.log_view import LogView
from shiftclipper.ui.queue.recent import RecentGames
from shiftclipper.ui.queue.taskbar import find_taskbar
from shiftclipper.ui.theme import Theme


class ProgramParts(QObject):
    """Makes these parts for a window and connects them with its list of games."""

    game_asked = Signal(str)
    """Id of the game to show."""
    export_asked = Signal()
    """The Export step is wanted."""
    acted = Signal(str, str)
    """Id of a job and what the menu was asked for; see `GameMenu`."""
    folder_asked = Signal(object)
    """Path to be shown in its folder."""

    def __init__(
        self,
        window: QMainWindow,
        store: Store,
        theme: Theme,
        *,
        jobs: JobModel,
        actions: JobActions,
    ) -> None:
        """Make what needs no list of games.

        Args:
            window: owner of what opens beside it.
            store: of the data folder.
            theme: of the application.
            jobs: the games.
            actions: what is done to them.
        """
        super().__init__(window)
        self._window = window
        self._store = store
        self._theme = theme
        self._jobs = jobs
        self.keeper = PreferenceKeeper(store, theme, self)
        self.export = ExportPanel(store, jobs, actions, theme)
        self.log = LogView(theme, window)
        self.recent = RecentGames(store, self)
        self.handovers = Handovers(store, actions, self)
        self._help: HelpSheet | None = None
        self.about: About | None = None
        """Made when it is first asked for."""
        self._preferences: PreferencesWindow | None = None
        self.header_buttons = self._build_header()
        jobs.order_asked.connect(actions.order_queue)
        self.export.game_asked.connect(self.game_asked)
        self.export.folder_asked.connect(self.folder_asked)
        self.log.folder_asked.connect(self.folder_asked)
        keys.bind(window, Key.HELP, self.show_help)
        keys.bind(window, Key.PREFERENCES, self.show_preferences)
        keys.bind(window, Key.EXPORT, self._export_by_key)
        self.keeper.make_room()

    def follow(self, games: GameList) -> None:
        """Follow a list of games: its menu, and the window's title from now on."""
        self.menu = GameMenu(games, self._jobs)
        self.menu.asked.connect(self._menu_asked)
        self.teller = TrayTeller(self._theme, self._window)
        self.teller.clicked.connect(self._come_up)
        self.attention = Attention(
            self._window,
            self._jobs,
            taskbar=find_taskbar(self._window),
            teller=self.teller,
            may_notify=lambda: self.keeper.preferences.notify,
        )

    def close_down(self) -> None:
        """End what works in the background. Call it before the store closes."""
        self.export.close_down()
        if self._preferences is not None:
            self._preferences.close_down()
        if self.about is not None:
            self.about.close_down()
        self.handovers.close()
        self.keeper.close()
        self.teller.put_away()

    @property
    def is_idle(self) -> bool:
        """Say whether nothing is still to be written or tried."""
        return self.keeper.is_idle and self.export.is_idle and self.handovers.is_idle

    def show_entry(self, entry: JobEntry) -> None:
        """Show a job as the database has it now, where the Export step is looked at."""
        if not self.export.isHidden():
            self.export.show_entry(entry)

    @property
    def preferences_window(self) -> PreferencesWindow:
        """The window of preferences; made when it is first needed."""
        if self._preferences is None:
            self._preferences = PreferencesWindow(self.keeper, self._store, self._theme, self._window)
        return self._preferences

    @property
    def help_sheet(self) -> HelpSheet:
        """The sheet of keys; made when it is first needed."""
        if self._help is None:
            self._help = HelpSheet(self._theme, self._window)
            self._help.about_asked.connect(self.show_about)
        return self._help

    @Slot()
    def show_about(self) -> None:
        """Open what tells of the program itself."""
        if self.about is None:
            self.about = About(self._theme, self._store.data_dir, self._window)
            self.about.folder_asked.connect(self.folder_asked)
        _bring_up(self.about)

    @Slot()
    def show_preferences(self) -> None:
        """Open the preferences."""
        _bring_up(self.preferences_window)

    @Slot()
    def show_help(self) -> None:
        """Open the sheet of keys, or put it away."""
        sheet = self.help_sheet
        if sheet.isVisible():
            sheet.hide()
        else:
            _bring_up(sheet)

    def show_log(self, path: Path) -> None:
        """Show a job's log in the window."""
        job = next((job for job in self._store.jobs() if job.work_dir == path.parent), None)
        self.log.show_log(path, job.title if job else path.parent.name, job.error if job else "")

    @Slot()
    def show_recent(self) -> None:
        """Open the menu of the games that were opened last, below its button."""
        button = self.recent_button
        menu = self.recent.menu(button)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _build_header(self) -> QWidget:
        part = QWidget()
        line = row(part, spacing=1)
        self.recent_button = self._icon_button("recent", self.tr("Recent games"), self.show_recent)
        preferences = keys.with_key(self.tr("Preferences"), Key.PREFERENCES)
        self.preferences_button = self._icon_button("preferences", preferences, self.show_preferences)
        help_text = keys.with_key(self.tr("Keys"), Key.HELP)
        self.help_button = self._icon_button("help", help_text, self.show_help)
        for button in (self.recent_button, self.preferences_button, self.help_button):
            line.addWidget(button)
        return part

    def _icon_button(self, icon: str, name: str, slot: Callable[[], None]) -> IconButton:
        button = IconButton(self._theme, icon, "", kind="icon", name=name)
        button.clicked.connect(slot)
        return button

    @Slot()
    def _export_by_key(self) -> None:
        """Go to the Export step; there, export."""
        if self.export.isVisible():
            self.export.export()
        else:
            self.export_asked.emit()

    @Slot(str, str)
    def _menu_asked(self, job_id: str, what: str) -> None:
        if what == "log":
            self.show_log(self._store.work_dir(job_id) / LOG_NAME)
        else:
            self.acted.emit(job_id, what)

    @Slot()
    def _come_up(self) -> None:
        self.teller.put_away()
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        _bring_up(self._window)


def _bring_up(window: QWidget) -> None:
    window.show()
    window.raise_()
    window.activateWindow()
