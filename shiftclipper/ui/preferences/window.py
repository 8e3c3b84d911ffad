"""The window of preferences. Everything in it holds from the moment it is changed."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QFrame,
    QScrollArea,
    QSpinBox,
    QWidget,
)

from shiftclipper.jobs.preferences import LANGUAGES, THEMES
from shiftclipper.jobs.settings import QUALITIES
from shiftclipper.jobs.store import Store
from shiftclipper.ui import words
from shiftclipper.ui.background import Background
from shiftclipper.ui.controls import Bend, IconButton, card, column, label, row
from shiftclipper.ui.encoder_box import EncoderBox
from shiftclipper.ui.fields import dress, form, seconds_box
from shiftclipper.ui.notice import Notice
from shiftclipper.ui.preferences.keeper import PreferenceKeeper
from shiftclipper.ui.theme import Theme


class PreferencesWindow(QDialog):
    """Shows the preferences and tells the keeper what the person changes; keeps nothing itself."""

    folder_asked = Signal(object)
    """Path that the person wants shown."""

    def __init__(self, keeper: PreferenceKeeper, store: Store, theme: Theme, parent: QWidget) -> None:
        """Build it; `show` shows it. It is not modal."""
        super().__init__(parent)
        self._keeper = keeper
        self._store = store
        self._theme = theme
        self._trials = Background(1, self, after_each=store.close_thread)
        self.setWindowTitle(self.tr("Preferences"))
        self._make_fields()
        self._lay_out()
        self._connect()
        self._follow()
        self.resize(620, 660)

    def close_down(self) -> None:
        """Stop looking for encoders. Call it before the store closes."""
        self._trials.close()

    def showEvent(self, event: QShowEvent) -> None:
        """Look at what the machine has when the window is first wanted."""
        super().showEvent(event)
        self._follow()
        self.encoder.look()
        self._keeper.measure_cache()

    # Building

    def _make_fields(self) -> None:
        self.theme = _choice(self.tr("Colours"), THEMES, self._theme_words())
        self.language = _choice(self.tr("Language"), LANGUAGES, self._language_words())
        self.notify = QCheckBox(self.tr("Tell me when a game is done"))
        self.quality = _choice(self.tr("How closely to look"), QUALITIES, self._quality_words())
        self.encoder = EncoderBox(self._store, self._trials)
        self.pre_roll = seconds_box(self.tr("Seconds before each shift"), "pre_roll", self.tr(" s"))
        self.post_roll = seconds_box(self.tr("Seconds after each shift"), "post_roll", self.tr(" s"))
        self.cache_place = label(wrap=True)
        self.cache_button = IconButton(self._theme, "folder", self.tr("Change folder"))
        self.own_cache_button = IconButton(self._theme, "retry", self.tr("Use the usual folder"))
        self.cache_size = label(kind="secondary", wrap=True)
        self.room_button = IconButton(self._theme, "clear", self.tr("Empty it"))
        self.room_button.setToolTip(self.tr("Remove the scrub copies; they are made again when needed"))
        self.cache_limit = QSpinBox()
        self.cache_limit.setAccessibleName(self.tr("Largest size of the cache"))
        self.cache_limit.setRange(1, 10_000)
        self.cache_limit.setSuffix(self.tr(" GB"))
        dress(self.cache_limit)
        self.notice = Notice(self._theme)
        self.close_button = IconButton(self._theme, "done", self.tr("Close"))

    def _lay_out(self) -> None:
        body = QWidget()
        body.setObjectName("pageBody")
        inside = column(body, margin=5, spacing=4)
        inside.addWidget(self.notice)
        look = form()
        look.addRow(self.tr("Colours"), self.theme)
        look.addRow(self.tr("Language"), self.language)
        look.addRow("", self.notify)
        games = form()
        games.addRow(self.tr("How closely to look"), self.quality)
        games.addRow(self.tr("Encoder"), self.encoder)
        games.addRow(self.tr("Before a shift"), self.pre_roll)
        games.addRow(self.tr("After a shift"), self.post_roll)
        inside.addWidget(_section(self.tr("Look"), look))
        inside.addWidget(_section(self.tr("New games begin with"), games))
        inside.addWidget(self._cache_section())
        inside.addStretch()
        area = _WideEnough()
        self.encoder.looked.connect(area.updateGeometry)
        area.setWidget(body)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        buttons = row(margin=4)
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        whole = column(self, spacing=0)
        whole.addWidget(area, 1)
        whole.addLayout(buttons)

    def _cache_section(self) -> QWidget:
        frame, inside = card()
        inside.addWidget(label(self.tr("Cache"), "head"))
        explained = self.tr("Small copies of the films, so that every picture is there at once.")
        inside.addWidget(label(explained, "secondary", wrap=True))
        places = QWidget()
        place_buttons = row(places, spacing=2)
        place_buttons.addWidget(self.own_cache_button)
        place_buttons.addWidget(self.cache_button)
        inside.addWidget(Bend(self.cache_place, places, least_lines=12, top=True))
        inside.addWidget(Bend(self.cache_size, self.room_button, least_lines=12))
        limit = form()
        limit.addRow(self.tr("No larger than"), self.cache_limit)
        inside.addLayout(limit)
        return frame

    def _connect(self) -> None:
        keeper = self._keeper
        keeper.changed.connect(self._follow)
        keeper.refused.connect(self.notice.say)
        keeper.cache_measured.connect(self._show_cache_size)
        self.theme.activated.connect(self._set_theme)
        self.language.activated.connect(self._set_language)
        self.notify.clicked.connect(self._set_notify)
        self.quality.activated.connect(self._set_quality)
        self.encoder.chosen.connect(self._set_encoder)
        self.pre_roll.valueChanged.connect(self._set_rolls)
        self.post_roll.valueChanged.connect(self._set_rolls)
        self.cache_limit.valueChanged.connect(self._set_limit)
        self.cache_button.clicked.connect(self._ask_for_cache)
        self.own_cache_button.clicked.connect(self._use_own_cache)
        self.room_button.clicked.connect(self._empty_cache)
        self.close_button.clicked.connect(self.hide)

    # Showing

    @Slot()
    def _follow(self) -> None:
        """Show what holds now."""
        held = self._keeper.preferences
        for box, value in (
            (self.theme, held.theme),
            (self.language, held.language),
            (self.quality, held.quality),
        ):
            box.setCurrentIndex(box.findData(value))
        self.notify.setChecked(held.notify)
        self.encoder.show_encoder(held.encoder)
        for field, number in ((self.pre_roll, held.pre_roll), (self.post_roll, held.post_roll)):
            field.blockSignals(True)
            field.setValue(number)
            field.blockSignals(False)
        self.cache_limit.blockSignals(True)
        self.cache_limit.setValue(held.cache_gigabytes)
        self.cache_limit.blockSignals(False)
        self.cache_place.setText(held.cache_dir or self.tr("With the games, in the data folder"))
        self.own_cache_button.setVisible(bool(held.cache_dir))

    @Slot(object)
    def _show_cache_size(self, size: int) -> None:
        text = (
            self.tr("{size} in use").format(size=words.size_words(size)) if size else self.tr("Nothing in it")
        )
        self.cache_size.setText(text)
        self.room_button.setEnabled(size > 0)

    def _theme_words(self) -> Sequence[str]:
        return self.tr("As the system"), self.tr("Light"), self.tr("Dark")

    def _language_words(self) -> Sequence[str]:
        # Each in its own language: who chose the wrong one must find back.
        return self.tr("As the system"), "English", "Deutsch", "Français", "Svenska"

    def _quality_words(self) -> Sequence[str]:
        return (
            self.tr("Fast: may miss people far away"),
            self.tr("Balanced"),
            self.tr("Thorough: takes longer"),
        )

    # Changing

    @Slot()
    def _set_theme(self) -> None:
        self._keeper.change(theme=self.theme.currentData())

    @Slot()
    def _set_language(self) -> None:
        self._keeper.change(language=self.language.currentData())

    @Slot(bool)
    def _set_notify(self, on: bool) -> None:
        self._keeper.change(notify=on)

    @Slot()
    def _set_quality(self) -> None:
        self._keeper.change(quality=self.quality.currentData())

    @Slot(str)
    def _set_encoder(self, name: str) -> None:
        self._keeper.change(encoder=name)

    @Slot()
    def _set_rolls(self) -> None:
        self._keeper.change(pre_roll=self.pre_roll.value(), post_roll=self.post_roll.value())

    @Slot(int)
    def _set_limit(self, gigabytes: int) -> None:
        self._keeper.change(cache_gigabytes=gigabytes)

    @Slot()
    def _ask_for_cache(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder for the cache"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.choose_cache)
        dialog.open()

    @Slot(str)
    def choose_cache(self, folder: str) -> None:
        """Keep the copies of new games in another folder."""
        self.notice.hide()
        self._keeper.change_cache_dir(folder)

    @Slot()
    def _use_own_cache(self) -> None:
        self.choose_cache("")

    @Slot()
    def _empty_cache(self) -> None:
        self._keeper.make_room(0)


class _WideEnough(QScrollArea):
    """Scrolls up and down only, so it is never narrower than what it holds."""

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(), super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(self._width(), super().sizeHint().height())

    def _width(self) -> int:
        body = self.widget()
        bar = self.verticalScrollBar().sizeHint().width()
        return (0 if body is None else body.minimumSizeHint().width()) + bar


def _choice(name: str, values: Sequence[str], texts: Sequence[str]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for value, text in zip(values, texts, strict=True):
        box.addItem(text, value)
    return box


def _section(name: str, fields: QFormLayout) -> QFrame:
    frame, inside = card()
    inside.addWidget(label(name, "head"))
    inside.addLayout(fields)
    return frame
