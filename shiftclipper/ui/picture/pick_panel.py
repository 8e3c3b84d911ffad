"""Beside the picture: the player who is picked, clicks, regions, and settings of the analysis."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QTabBar, QWidget

from shiftclipper.jobs.corrections import SetupChanged
from shiftclipper.jobs.settings import LEVELS, QUALITIES
from shiftclipper.jobs.setup import PlayerSetup
from shiftclipper.ui import words
from shiftclipper.ui.controls import IconButton, column, label, row
from shiftclipper.ui.job_actions import JobActions
from shiftclipper.ui.job_model import JobEntry
from shiftclipper.ui.picture import changes
from shiftclipper.ui.picture.camera_choice import CameraChoice
from shiftclipper.ui.picture.overlay import player_colour
from shiftclipper.ui.picture.panel import PicturePanel
from shiftclipper.ui.picture.preset_choice import PresetChoice
from shiftclipper.ui.picture.proposed_bench import ProposedBench
from shiftclipper.ui.review.resolver import Resolver
from shiftclipper.ui.theme import Theme
from shiftclipper.ui.words import translate


class PickPanel(QWidget):
    """Works the picker and the region editor of a picture panel, and writes what is typed."""

    player_chosen = Signal(int)
    """Position of the player whose tab was chosen; one past the last for another one."""

    def __init__(self, theme: Theme, actions: JobActions, picture: PicturePanel, resolver: Resolver) -> None:
        """Follow a picture panel."""
        super().__init__()
        self._entry: JobEntry | None = None
        self.proposed = ProposedBench(theme, actions, picture.picker, resolver)
        self._actions, self._picture = actions, picture
        self._shown: PlayerSetup | None = None
        self._reviewing = False
        self._details = QWidget()
        self._regions = QWidget()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(self.tr("Players"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.number, self.name = QLineEdit(), QLineEdit()
        self.number.setPlaceholderText(self.tr("Number"))
        self.number.setAccessibleName(self.tr("Number on the jersey"))
        self.number.setMaxLength(3)
        self.name.setPlaceholderText(self.tr("Name"))
        self.name.setAccessibleName(self.tr("Name of the player"))
        self.dropper = IconButton(
            theme, "dropper", "", kind="icon", name=self.tr("Take the jersey's colour from the picture")
        )
        self.clicks = label(kind="secondary")
        self.undo_button = IconButton(
            theme, "undo", "", kind="icon", name=self.tr("Take back the newest click")
        )
        self.region_buttons = {
            # Two stand side by side in the smallest window, in languages with long words too.
            kind: IconButton(theme, icon, text, kind="narrow")
            for kind, icon, text in (
                ("bench", "bench", self.tr("Bench")),
                ("rink", "outline", self.tr("Rink")),
                ("penalty", "outline", self.tr("Penalty")),
                ("", "dropper", self.tr("Edit")),
            )
        }
        self.camera = CameraChoice(theme)
        self.camera_name = label(kind="secondary", wrap=True)
        self.quality = QComboBox()
        self.quality.setAccessibleName(self.tr("How closely to look"))
        self.quality.setToolTip(self.tr("Another choice looks at the film once more"))
        for quality in QUALITIES:
            self.quality.addItem(words.quality_words(quality), quality)
        self.level = QComboBox()
        self.level.setAccessibleName(self.tr("Level of play"))
        self.level.setToolTip(self.tr("Says how long shifts usually are"))
        for level in LEVELS:
            self.level.addItem(words.level_words(level), level)
        self.presets = PresetChoice(theme, actions)
        self._lay_out()
        self._connect()

    def show_entry(self, entry: JobEntry) -> None:
        """Show the job that the picture shows."""
        picker = self._picture.picker
        if picker.job_id != entry.job.id:
            return
        self._entry = entry
        setup, position = picker.setup, picker.position
        names = [_name(player, place) for place, player in enumerate(setup.players)]
        self.tabs.blockSignals(True)
        while self.tabs.count() > len(names) + 1:
            self.tabs.removeTab(0)
        while self.tabs.count() < len(names) + 1:
            self.tabs.addTab("")
        for place, name in enumerate([*names, "+"]):
            self.tabs.setTabText(place, name)
            if place < len(names):
                square = QPixmap(12, 12)
                square.fill(QColor(player_colour(place)))
                self.tabs.setTabIcon(place, square)
            else:
                self.tabs.setTabIcon(place, QPixmap())
                self.tabs.setTabToolTip(place, self.tr("Another player"))
        self.tabs.setCurrentIndex(position)
        self.tabs.blockSignals(False)
        self._show_tabs()
        player = setup.players[position] if position < len(names) else PlayerSetup()
        if player != self._shown:
            self._shown = player
            for field, text in ((self.number, player.number), (self.name, player.name)):
                if not field.hasFocus() or not text:
                    field.setText(text)
        self.clicks.setText(self.tr("Clicks: {count}").format(count=len(player.clicks)))
        self.undo_button.setEnabled(bool(player.clicks))
        self.camera.show_preset(setup.settings.camera)
        self.camera_name.setText(words.named_camera_words(setup.settings.camera))
        self.quality.setCurrentIndex(QUALITIES.index(setup.settings.quality))
        self.level.setCurrentIndex(LEVELS.index(setup.settings.level))
        self.presets.show_settings(entry.job.id, setup.settings)
        self.proposed.show_job(entry.job.id, wanted=bool(setup.players) and not self._reviewing)

    @Slot()
    def show_player(self) -> None:
        """Show the player who is picked now."""
        if self._entry is not None:
            self.show_entry(self._entry)

    def show_reviewing(self, reviewing: bool) -> None:
        """Leave out all but the players while shifts are reviewed."""
        self._reviewing = reviewing
        self._details.setVisible(not reviewing)
        self._show_tabs()
        self.show_player()

    def _show_tabs(self) -> None:
        # One player's name stands above already.
        least = 2 if self._reviewing else 1
        self.tabs.setVisible(self.tabs.count() - 1 >= least)

    def _lay_out(self) -> None:
        whole = column(self, spacing=2)
        whole.addWidget(self.tabs)
        whole.addWidget(self._details)
        inside = column(self._details, spacing=2)
        fields = row(spacing=1)
        fields.addWidget(self.number, 2)
        fields.addWidget(self.name, 4)
        fields.addWidget(self.dropper)
        inside.addLayout(fields)
        line = row(spacing=1)
        line.addWidget(self.clicks, 1)
        line.addWidget(self.undo_button)
        inside.addLayout(line)
        grid = QGridLayout(self._regions)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for place, button in enumerate(self.region_buttons.values()):
            grid.addWidget(button, place // 2, place % 2)
        inside.addWidget(self._regions)
        inside.addWidget(self.proposed)
        line = row(spacing=1)
        line.addWidget(self.camera_name, 1)
        line.addWidget(self.presets.button)
        inside.addLayout(line)
        inside.addWidget(self.camera)
        inside.addWidget(self.quality)
        inside.addWidget(self.level)
        inside.addWidget(self.presets)

    def _connect(self) -> None:
        picture = self._picture
        self.tabs.currentChanged.connect(self._choose)
        self.number.editingFinished.connect(self._rename)
        self.name.editingFinished.connect(self._rename)
        self.dropper.clicked.connect(self._drop)
        self.undo_button.clicked.connect(picture.picker.undo)
        for kind, button in self.region_buttons.items():
            button.setObjectName(kind)
            button.clicked.connect(self._draw_region)
        self.camera.chosen.connect(self._choose_camera)
        self.quality.activated.connect(self._choose_quality)
        self.level.activated.connect(self._choose_level)
        # In the smallest window there is room for them or for the name.
        for part in (self.camera, self.quality, self.level):
            self.presets.naming.connect(part.setHidden)

    @Slot(int)
    def _choose(self, position: int) -> None:
        self._picture.picker.choose(position)
        self.player_chosen.emit(position)
        self._shown = None
        setup = self._picture.picker.setup
        player = setup.players[position] if position < len(setup.players) else PlayerSetup()
        self.number.setText(player.number)
        self.name.setText(player.name)
        self.clicks.setText(self.tr("Clicks: {count}").format(count=len(player.clicks)))
        self.undo_button.setEnabled(bool(player.clicks))

    @Slot()
    def _rename(self) -> None:
        picker = self._picture.picker
        players = picker.setup.players
        known = players[picker.position] if picker.position < len(players) else PlayerSetup()
        name, number = self.name.text().strip(), self.number.text().strip()
        if (name, number) != (known.name, known.number) and picker.job_id:
            change = changes.renamed(picker.position, name, number)
            self._actions.change_setup(picker.job_id, change, self._renamed, "name")

    def _renamed(self, changed: SetupChanged) -> None:
        self._shown = None

    @Slot()
    def _drop(self) -> None:
        self._picture.picker.use_dropper(True)

    @Slot()
    def _draw_region(self) -> None:
        self._picture.draw_region(self.sender().objectName())

    @Slot(str)
    def _choose_camera(self, preset: str) -> None:
        job_id = self._picture.job_id
        if job_id:
            self._actions.change_setup(job_id, changes.with_camera(preset), what="camera")

    @Slot(int)
    def _choose_quality(self, place: int) -> None:
        job_id = self._picture.job_id
        if job_id:
            change = changes.with_quality(QUALITIES[place])
            self._actions.change_setup(job_id, change, what="quality")

    @Slot(int)
    def _choose_level(self, place: int) -> None:
        job_id = self._picture.job_id
        if job_id:
            self._actions.change_setup(job_id, changes.with_level(LEVELS[place]), what="level")


def _name(player: PlayerSetup, place: int) -> str:
    number = f"#{player.number}" if player.number else ""
    return player.name or number or translate("PickPanel", "Player {n}").format(n=place + 1)
