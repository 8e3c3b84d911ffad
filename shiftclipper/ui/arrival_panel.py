"""What came of the last drop: what was taken, as which games, and what was refused and why."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from shiftclipper.export.clock_text import clock
from shiftclipper.ui.arrivals import Arrivals, Refused
from shiftclipper.ui.controls import IconButton, IconLabel, column, label, row
from shiftclipper.ui.grouping import Film, Games, as_one_game, as_single_games, guess_games
from shiftclipper.ui.theme import Theme
from shiftclipper.ui.words import grouping_words, size_words, translate

_MOST_ROWS_HEIGHT = 168


class ArrivalPanel(QFrame):
    """Hidden until something was dropped."""

    regroup_asked = Signal(object)
    """The other Games that the person wants of the same films."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Begin hidden."""
        super().__init__(parent)
        self._theme = theme
        self._arrivals: Arrivals | None = None
        self._games: Games = ()
        self._others: list[Games] = []
        self.setProperty("kind", "card")
        self.headline = label(kind="lead", wrap=True)
        self.headline.setAccessibleName(self.tr("What was dropped"))
        self.choices = [IconButton(theme, "split", "") for _ in range(2)]
        for choice in self.choices:
            choice.clicked.connect(self._choose)
        self.dismiss = IconButton(theme, "cancel", "", kind="icon", name=self.tr("Dismiss"))
        self.dismiss.clicked.connect(self.hide)
        head = row(spacing=2)
        head.addWidget(self.headline, 1)
        below = row(spacing=2)
        for choice in self.choices:
            below.addWidget(choice)
        below.addStretch()
        head.addWidget(self.dismiss, alignment=Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setStyleSheet("background: transparent;")
        self._rows: list[str] = []
        inside = column(self, margin=3, spacing=2)
        inside.addLayout(head)
        inside.addLayout(below)
        inside.addWidget(self._scroll)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrapped lines need another height at another width."""
        super().resizeEvent(event)
        self._fit_height()

    @property
    def lines(self) -> list[str]:
        """What the panel says about each file, in its order."""
        return list(self._rows)

    def show_looking(self, name: str) -> None:
        """Say that a file is being looked at."""
        self._set_choices([])
        self._scroll.hide()
        self.headline.setText(self.tr("Looking at {name}").format(name=name))
        self.show()

    def show_arrivals(self, arrivals: Arrivals) -> None:
        """Show what came of a drop."""
        self._arrivals = arrivals
        self.show_games(arrivals.games)

    def show_games(self, games: Games) -> None:
        """Show the same files as other games."""
        assert self._arrivals is not None
        self._games = games
        self._fill(self._arrivals.refused)
        self._set_choices(_other_games(games))
        self.headline.setText(_headline(games, len(self._arrivals.refused)))
        self.show()

    def set_busy(self, busy: bool) -> None:
        """Keep the choices shut while the last one is carried out."""
        for choice in self.choices:
            choice.setEnabled(not busy)

    @Slot()
    def _choose(self) -> None:
        for choice, games in zip(self.choices, self._others, strict=False):
            if choice is self.sender():
                self.regroup_asked.emit(games)

    def _set_choices(self, others: list[Games]) -> None:
        self._others = others[: len(self.choices)]
        for number, choice in enumerate(self.choices):
            choice.setVisible(number < len(self._others))
            if number < len(self._others):
                text = grouping_words([len(game) for game in self._others[number]])
                choice.setText(self.tr("{games} instead").format(games=text))
                choice.setAccessibleName(self.tr("Change to: {games}").format(games=text))

    def _fill(self, refused: Sequence[Refused]) -> None:
        body = QWidget()
        inside = column(body, spacing=1)
        self._rows = []
        for number, game in enumerate(self._games):
            for part, film in enumerate(game):
                place = self.tr("part {number}").format(number=part + 1) if len(game) > 1 else ""
                if len(self._games) > 1:
                    which = self.tr("game {number}").format(number=number + 1)
                    place = ", ".join(filter(None, [which, place]))
                self._add_row(inside, "done", "good", film.path, _facts(film, place))
        for one in refused:
            self._add_row(inside, "refused", "bad", one.path, one.reason)
        inside.addStretch()
        self._scroll.setWidget(body)
        self._scroll.setVisible(bool(self._rows))
        self._fit_height()

    def _fit_height(self) -> None:
        body = self._scroll.widget()
        if body is not None:
            needed = body.heightForWidth(max(1, self._scroll.viewport().width()))
            self._scroll.setFixedHeight(min(_MOST_ROWS_HEIGHT, max(needed, body.minimumSizeHint().height())))

    def _add_row(self, inside: QVBoxLayout, icon: str, token: str, path: Path, text: str) -> None:
        line = row(spacing=2)
        line.addWidget(IconLabel(self._theme, icon, token), alignment=Qt.AlignmentFlag.AlignTop)
        words = label(text if path.name in text else f"{path.name} \N{EM DASH} {text}", wrap=True)
        words.setToolTip(str(path))
        line.addWidget(words, 1)
        inside.addLayout(line)
        self._rows.append(words.text())


def _facts(film: Film, place: str) -> str:
    return " · ".join(filter(None, [place, clock(film.duration), size_words(film.bytes)]))


def _headline(games: Games, refused: int) -> str:
    taken = grouping_words([len(game) for game in games]) if games else ""
    if not refused:
        return taken
    left = (
        translate("ArrivalPanel", "1 file was not taken")
        if refused == 1
        else translate("ArrivalPanel", "{count} files were not taken").format(count=refused)
    )
    return f"{taken} · {left}" if taken else left


def _other_games(games: Games) -> list[Games]:
    """Return what else the same films could be, the likeliest first."""
    films = [film for game in games for film in game]
    if len(films) < 2:
        return []
    now = _parts(games)
    others: list[Games] = []
    for other in (guess_games(films), as_one_game(films), as_single_games(films)):
        if _parts(other) != now and all(_parts(other) != _parts(known) for known in others):
            others.append(other)
    return others


def _parts(games: Games) -> list[list[Path]]:
    return [[film.path for film in game] for game in games]
