"""Plays a finished film in the window: picture, play and pause, and a slider."""

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt, QUrl, Slot
from PySide6.QtGui import QBrush, QColor, QResizeEvent
from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer
from PySide6.QtMultimediaWidgets import QGraphicsVideoItem
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QSizePolicy, QSlider, QWidget

from shiftclipper.export.clock_text import clock
from shiftclipper.ui.controls import IconButton, column, label, row
from shiftclipper.ui.theme import Theme
from shiftclipper.ui.tokens import STEP

_STEP_MILLISECONDS = 5000
_WIDE = 16 / 9


class _Picture(QGraphicsView):
    """Shows the film in its own shape, as large as there is room for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tallest = 100 * STEP
        self.item = QGraphicsVideoItem()
        scene = QGraphicsScene(self)
        scene.addItem(self.item)
        scene.setBackgroundBrush(QBrush(QColor(Qt.GlobalColor.black)))
        self.setScene(scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Keys and the wheel are the panel's.
        self.setInteractive(False)
        self.item.nativeSizeChanged.connect(self._fit)

    def sizeHint(self) -> QSize:
        return QSize(16 * 30, 9 * 30)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def set_tallest(self, pixels: int) -> None:
        self.tallest = pixels
        self._fit()

    @Slot()
    def _fit(self) -> None:
        size = self.item.nativeSize()
        shape = size.width() / size.height() if size.isValid() and size.height() > 0 else _WIDE
        height = round(min(self.width() / shape, self.tallest))
        if self.height() != height:
            self.setFixedHeight(height)
        room = QSizeF(self.viewport().size())
        self.scene().setSceneRect(QRectF(0, 0, room.width(), room.height()))
        self.item.setSize(room)


class ReelPlayer(QWidget):
    """A small player. Opens the film when it is first played, and lets go of it when it is hidden."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Begin without a film."""
        super().__init__(parent)
        self._film: Path | None = None
        self._player: QMediaPlayer | None = None
        self.picture = _Picture(self)
        self.picture.setAccessibleName(self.tr("The reel"))
        self.play_button = IconButton(theme, "resume", "", kind="icon", name=self.tr("Play the reel"))
        self.pause_button = IconButton(theme, "pause", "", kind="icon", name=self.tr("Pause the reel"))
        self.pause_button.hide()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("Place in the reel"))
        self.slider.setSingleStep(_STEP_MILLISECONDS)
        self.slider.setPageStep(2 * _STEP_MILLISECONDS)
        self.time = label("0:00", "secondary")
        self.problem = label(kind="bad", wrap=True)
        self.problem.hide()
        self.play_button.clicked.connect(self.play)
        self.pause_button.clicked.connect(self.pause)
        self.slider.valueChanged.connect(self._seek)
        inside = column(self, spacing=1)
        inside.addWidget(self.picture)
        line = row(spacing=2)
        line.addWidget(self.play_button)
        line.addWidget(self.pause_button)
        line.addWidget(self.slider, 1)
        line.addWidget(self.time)
        inside.addLayout(line)
        inside.addWidget(self.problem)

    def show_film(self, film: Path | None) -> None:
        """Take a film, and show its first picture; None lets go of the file."""
        if film == self._film:
            return
        self._film = film
        self.problem.hide()
        self.slider.setRange(0, 0)
        self.time.setText("0:00")
        if film is None:
            if self._player is not None:
                self._player.setSource(QUrl())
            return
        player = self._opened()
        player.setSource(QUrl.fromLocalFile(str(film)))
        player.pause()

    def set_tallest(self, pixels: int) -> None:
        """Let the picture be no higher than this."""
        self.picture.set_tallest(pixels)

    @property
    def is_playing(self) -> bool:
        """Say whether it plays now."""
        return (
            self._player is not None
            and self._player.playbackState() is QMediaPlayer.PlaybackState.PlayingState
        )

    @property
    def position(self) -> int:
        """Milliseconds from the beginning."""
        return 0 if self._player is None else self._player.position()

    @Slot()
    def play(self) -> None:
        """Play, from the beginning when it is at its end."""
        if self._film is None:
            return
        player = self._opened()
        if 0 < player.duration() <= player.position():
            player.setPosition(0)
        player.play()

    @Slot()
    def pause(self) -> None:
        """Stop where it is."""
        if self._player is not None:
            self._player.pause()

    def _opened(self) -> QMediaPlayer:
        """Return the player; made when it is first needed, since looking for sound devices takes a moment."""
        if self._player is None:
            player = QMediaPlayer(self)
            player.setAudioOutput(QAudioOutput(self))
            player.setVideoOutput(self.picture.item)
            player.durationChanged.connect(self._show_length)
            player.positionChanged.connect(self._show_position)
            player.playbackStateChanged.connect(self._show_playing)
            player.errorOccurred.connect(self._show_problem)
            self._player = player
        return self._player

    @Slot(int)
    def _seek(self, milliseconds: int) -> None:
        if self._player is not None and not self.slider.signalsBlocked():
            self._player.setPosition(milliseconds)

    @Slot()
    def _show_length(self) -> None:
        if self._player is not None:
            self._set_slider(self._player.position(), self._player.duration())

    @Slot()
    def _show_position(self) -> None:
        if self._player is not None and not self.slider.isSliderDown():
            self._set_slider(self._player.position(), self._player.duration())

    def _set_slider(self, position: int, length: int) -> None:
        self.slider.blockSignals(True)
        self.slider.setRange(0, length)
        self.slider.setValue(position)
        self.slider.blockSignals(False)
        self.time.setText(f"{clock(position / 1000)} / {clock(length / 1000)}")

    @Slot()
    def _show_playing(self) -> None:
        had_focus = self.play_button.hasFocus() or self.pause_button.hasFocus()
        self.play_button.setVisible(not self.is_playing)
        self.pause_button.setVisible(self.is_playing)
        if had_focus:
            (self.pause_button if self.is_playing else self.play_button).setFocus()

    @Slot()
    def _show_problem(self) -> None:
        name = self._film.name if self._film is not None else ""
        self.problem.setText(
            self.tr("{name} cannot be played here; open it with another player.").format(name=name)
        )
        self.problem.show()
