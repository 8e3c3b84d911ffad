"""A film of one second, written and played to see whether that works on this machine."""

from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QTimer, QUrl, Slot
from PySide6.QtMultimedia import QMediaPlayer, QVideoFrame, QVideoSink

from shiftclipper.errors import StageFailed
from shiftclipper.media.ffmpeg import FFmpeg
from shiftclipper.media.probe import probe

FRAMES = 25
PATIENCE_MILLISECONDS = 20_000
_RATE = 25


def write_trial_film(ffmpeg: FFmpeg, target: Path) -> Path:
    """Write the film and return its path.

    Raises:
        StageFailed: ffmpeg cannot.
    """
    source = f"testsrc=size=320x180:rate={_RATE}:duration={FRAMES / _RATE}"
    arguments = ["-f", "lavfi", "-i", source, "-c:v", "libx264", "-pix_fmt", "yuv420p"]
    ffmpeg.write(arguments, target, container="mp4", verify=_verify)
    return target


def _verify(part: Path) -> None:
    if probe(part).size != (320, 180):
        raise StageFailed("ffmpeg wrote another film than it was asked for.")


class _Counter(QObject):
    """Counts the pictures of a film until it ends."""

    def __init__(self, player: QMediaPlayer, sink: QVideoSink, loop: QEventLoop) -> None:
        super().__init__(player)
        self.frames = 0
        self._loop = loop
        sink.videoFrameChanged.connect(self._count)
        player.mediaStatusChanged.connect(self._look)
        player.errorOccurred.connect(self._fail)

    @Slot(QVideoFrame)
    def _count(self, frame: QVideoFrame) -> None:
        self.frames += frame.isValid()

    @Slot(QMediaPlayer.MediaStatus)
    def _look(self, status: QMediaPlayer.MediaStatus) -> None:
        if status in (QMediaPlayer.MediaStatus.EndOfMedia, QMediaPlayer.MediaStatus.InvalidMedia):
            self._loop.quit()

    @Slot(QMediaPlayer.Error, str)
    def _fail(self, error: QMediaPlayer.Error, text: str) -> None:
        self._loop.quit()


def count_frames(film: Path) -> int:
    """Play a film without sound and return how many of its pictures were shown.

    A QGuiApplication must exist.
    """
    loop, sink = QEventLoop(), QVideoSink()
    player = QMediaPlayer()
    counter = _Counter(player, sink, loop)
    player.setVideoSink(sink)
    player.setSource(QUrl.fromLocalFile(str(film)))
    player.play()
    QTimer.singleShot(PATIENCE_MILLISECONDS, loop, loop.quit)
    loop.exec()
    player.stop()
    player.setSource(QUrl())
    return counter.frames
