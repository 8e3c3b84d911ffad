"""Opening a video file for reading, and refusing what is none with a sentence that says what to do."""

import errno
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from shiftclipper.errors import UserError
from shiftclipper.media.content import content_mark
from shiftclipper.media.drives import DriveFailed, drive_failed
from shiftclipper.media.ffmpeg import absolute

# Demuxers of files that hold the pictures themselves. No playlist is among them: those make libavformat read
# other files. No picture format either.
FORMATS = (
    "mov,matroska,mpegts,avi,mpeg,flv,asf,mxf,ogg,h264,hevc,m4v,mpegvideo,dv,nut,rm,wtv,gxf,ivf,obu,av1,vc1,"
    "amr,aac,mp3,wav,flac"
)
OPEN_SECONDS = 60.0
STILL = Disposition.attached_pic | Disposition.timed_thumbnails
PLAYLIST_STARTS = (b"#extm3u", b"ffconcat", b"[playlist]", b"#ext-x-", b"<?xml", b"<mpd", b"<smil", b"<asx")
MP4_BOXES = (b"ftyp", b"mdat", b"moov", b"wide", b"free", b"skip")


UNREADABLE = (av.FFmpegError, OSError, IndexError)
"""What reading a damaged file raises; PyAV loses count of streams that turn up on the way."""


@contextmanager
def open_video(path: Path) -> Iterator[InputContainer]:
    """Open a file for reading; only video containers, only the file itself.

    Raises:
        UserError: it is missing, empty, cut off, a playlist or no video.
        DriveFailed: its drive does not give it.
    """
    path = absolute(path)
    _check_file(path)
    try:
        container = av.open(
            str(path),
            mode="r",
            options={"protocol_whitelist": "file", "format_whitelist": FORMATS},
            timeout=OPEN_SECONDS,
            metadata_errors="replace",
        )
    except (av.FFmpegError, OSError, ValueError) as error:
        if drive_failed(error):
            raise DriveFailed(path, detail=str(error)) from error
        raise UserError(_refusal(path), detail=str(error)) from error
    with container:
        yield container


def main_video(container: InputContainer, path: Path) -> VideoStream:
    """Return the stream that ffmpeg calls `V:0`: the first video that is no cover picture or thumbnail.

    Raises:
        UserError: there is none.
    """
    for stream in container.streams.video:
        if not stream.disposition & STILL:
            return stream
    if container.streams.video:
        raise UserError(f"{path.name} has a cover picture but no video; choose the video of the game.")
    if container.streams.audio:
        raise UserError(f"{path.name} has only sound and no video; choose the video of the game.")
    raise UserError(f"{path.name} has no video in it; choose the video of the game.")


def _check_file(path: Path) -> None:
    try:
        status = path.stat()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            message = f"The name {path.name[:60]}… is too long to be a file on this disk; check it."
        elif error.errno in (errno.ENOENT, errno.ENOTDIR):
            message = f"{path} does not exist; check the name and whether the disk is connected."
        else:
            message = f"{path} cannot be opened ({error.strerror}); check its permissions."
        raise UserError(message, film=path) from error
    except ValueError as error:
        raise UserError("A file name cannot hold a zero byte; check the name.") from error
    if stat.S_ISDIR(status.st_mode):
        raise UserError(f"{path} is a folder; choose a video file in it.")
    if not stat.S_ISREG(status.st_mode):
        raise UserError(f"{path} is not a file; choose a video file.")
    if status.st_size == 0:
        raise UserError(f"{path.name} is empty; copy it again from the camera.")
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        raise UserError(
            f"{path} cannot be read ({error.strerror}); check its permissions.", film=path
        ) from error


def _refusal(path: Path) -> str:
    """Say why a file could not be opened, from its first bytes.

    Raises:
        UserError: they cannot be read either.
    """
    # What lies where the drive fails may look like a film that is cut off.
    content_mark(path)
    try:
        with path.open("rb") as file:
            head = file.read(512)
    except OSError as error:
        raise UserError(
            f"{path} cannot be read ({error.strerror}); check the disk it is on.", film=path
        ) from error
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(PLAYLIST_STARTS):
        return f"{path.name} is a playlist, not a video; choose the video file itself."
    if head[4:8] in MP4_BOXES:
        return (
            f"{path.name} is cut off or damaged (the index at its end is missing); "
            "copy it again from the camera, or let the camera repair it."
        )
    return f"{path.name} is not a video this program can read; choose an MP4, MOV, MKV or similar file."
