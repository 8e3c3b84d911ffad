"""The one way to run ffmpeg: found once, never hanging, its output in place only when it is whole.

Every input is opened with a protocol whitelist, so that a playlist in disguise reads nothing
from the network. Paths in arguments are absolute (use `absolute`), so that a name with a leading dash
stays a name.
"""

import contextlib
import errno
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import imageio_ffmpeg

from shiftclipper.errors import Cancelled, StageFailed, UserError
from shiftclipper.media.part_files import part_file, put_in_place, unwritable
from shiftclipper.media.process import Child, FFmpegFailed, child_environment

__all__ = ["FFmpeg", "FFmpegFailed", "Pipe", "absolute", "locate"]

OLDEST_VERSION = (5, 1)
PROTOCOLS = "file,pipe"
# ffmpeg reports a time near the largest integer when nothing was written yet.
NO_TIME = 1 << 62
STALL_SECONDS = 120.0
ANSWER_SECONDS = 20.0
"""How long a binary may take to say what it is."""
# A line of the progress report is much shorter; what is longer is none.
PROGRESS_BYTES = 4096


@dataclass(frozen=True, slots=True)
class FFmpeg:
    """An ffmpeg that answers."""

    path: Path
    """The binary."""
    version: str
    """What it calls itself, such as `n7.1-3-gabc`; part of every cache key that depends on the build."""
    launcher: tuple[str, ...] = ()
    """Words put in front of the binary, which make the kernel end it when this process is killed."""
    stall_seconds: float = STALL_SECONDS
    """It is ended when it makes no headway for so long, unless a run says otherwise."""

    def command(self, arguments: Sequence[str], *before: str) -> list[str]:
        """Return the whole command line: our standing options, then `arguments` with every input guarded."""
        return [
            *self.launcher,
            str(self.path),
            *("-hide_banner", "-nostdin", "-nostats", "-loglevel", "warning"),
            *before,
            *guarded(arguments),
        ]

    def run(
        self,
        arguments: Sequence[str],
        *,
        stop: threading.Event | None = None,
        on_time: Callable[[Fraction], None] | None = None,
        stall_seconds: float | None = None,
        feed: Iterable[bytes | memoryview] | None = None,
        watched_file: Path | None = None,
    ) -> str:
        """Run ffmpeg to its end and return the last lines of its stderr (warnings and errors).

        Args:
            arguments: what follows the binary; stdout is taken by the progress report.
            stop: set it to kill ffmpeg; Cancelled is raised within a fraction of a second.
            on_time: called in this thread with the time written so far, in seconds of output.
            stall_seconds: ffmpeg is killed when it makes no headway for so long; by default its own.
            feed: blocks written to ffmpeg's stdin (`-i pipe:0`); iterated in a thread of its own.
            watched_file: the output, whose growth counts as headway too.
        Raises:
            Cancelled, DiskFull, FFmpegFailed; and whatever `feed` raises.
        """
        with Child(
            self.command(arguments, "-progress", "pipe:1", "-stats_period", "0.25"),
            stop=stop,
            stall_seconds=self.stall_seconds if stall_seconds is None else stall_seconds,
            stdin=feed is not None,
            watched_file=watched_file,
        ) as child:
            feeder = None if feed is None else _Feeder(child, feed)
            last: tuple[str, str] = ("", "")
            frame = ""
            for key, value in _progress(child):
                if key == "frame":
                    frame = value
                elif key == "out_time_us" and (frame, value) != last:
                    last = (frame, value)
                    child.touch()
                    if on_time is not None and value.isdigit() and int(value) < NO_TIME:
                        on_time(Fraction(int(value), 1_000_000))
            if feeder is not None:
                feeder.finish()
            child.finish()
            return child.tail

    def write(
        self,
        arguments: Sequence[str],
        target: Path,
        *,
        container: str,
        verify: Callable[[Path], None],
        stop: threading.Event | None = None,
        on_time: Callable[[Fraction], None] | None = None,
        stall_seconds: float | None = None,
        feed: Iterable[bytes | memoryview] | None = None,
        room: int = 0,
    ) -> None:
        """Write `target` whole or not at all: into a `.part` beside it, verified, then moved into place.

        Args:
            arguments: everything but the output's name; see `run`.
            target: the file to write; an older one of that name is replaced at the very end.
            container: the muxer, such as `mp4`: `.part` tells ffmpeg nothing.
            verify: called with the `.part`; raises when it is not what was wanted.
            stop, on_time, stall_seconds, feed: as in `run`.
            room: bytes that must be free in the folder before ffmpeg is started.
        Raises:
            UserError: the folder is missing or not writable, or the target is one of the inputs.
            Cancelled, DiskFull, FFmpegFailed, and whatever `verify` raises. The `.part` is always gone.
        """
        target = absolute(target)
        refuse_input_as_target(arguments, target)
        with part_file(target, room=room) as part:
            try:
                self.run(
                    [*arguments, "-f", container, "-y", str(part)],
                    stop=stop,
                    on_time=on_time,
                    stall_seconds=stall_seconds,
                    feed=feed,
                    watched_file=part,
                )
            except FFmpegFailed as error:
                # A disk that was pulled out: ffmpeg says this or that.
                if not target.parent.is_dir():
                    raise unwritable(target, FileNotFoundError(errno.ENOENT, "")) from error
                raise
            try:
                verify(part)
            except StageFailed:
                raise
            except UserError as error:
                raise FFmpegFailed(
                    f"What ffmpeg wrote as {target.name} is no film; let `shiftclipper self-test` say "
                    "whether this ffmpeg works, then try again.",
                    tail=f"{error}\n{error.detail}",
                ) from error
            if stop is not None and stop.is_set():
                raise Cancelled
            put_in_place(part, target)

    @contextmanager
    def stream(
        self,
        arguments: Sequence[str],
        *,
        writing: bool = False,
        stop: threading.Event | None = None,
        stall_seconds: float | None = None,
        on_line: Callable[[str], bool] | None = None,
    ) -> Iterator["Pipe"]:
        """Run ffmpeg and give its stdout to read (`pipe:1`), or with `writing` its stdin (`pipe:0`).

        Leaving the block before the end of a read stream kills ffmpeg without complaint; leaving it
        after the end, or at the end of writing, waits for ffmpeg and raises what went wrong. The thread
        that enters the block must live until it is left.

        Args:
            arguments, stop, stall_seconds: as in `run`; the stall watch rests while our own side is busy.
            on_line: called in another thread with each line of stderr; True keeps it out of the tail.
        Raises:
            Cancelled, DiskFull, FFmpegFailed.
        """
        with Child(
            self.command(arguments),
            stop=stop,
            stall_seconds=self.stall_seconds if stall_seconds is None else stall_seconds,
            stdin=writing,
            on_line=on_line,
        ) as child:
            child.rest()
            pipe = Pipe(child)
            try:
                yield pipe
            except BrokenPipeError:
                child.finish()
                raise
            if writing:
                child.touch()
                with contextlib.suppress(OSError):
                    child.stdin.close()
            if writing or pipe.at_end:
                child.finish()


class Pipe:
    """The open end of a running ffmpeg's stdout or stdin."""

    def __init__(self, child: Child) -> None:
        """Belongs to `FFmpeg.stream`."""
        self._child = child
        self.at_end = False

    @property
    def tail(self) -> str:
        """The last lines of stderr so far."""
        return self._child.tail

    def read_into(self, buffer: memoryview) -> bool:
        """Fill `buffer` (bytes) and return True; False at the end, also when the last piece is not whole."""
        filled = 0
        self._child.touch()
        while filled < len(buffer):
            count = self._child.stdout.readinto(buffer[filled:])
            if not count:
                self.at_end = True
                break
            filled += count
            self._child.touch()
        self._child.rest()
        return filled == len(buffer)

    def write(self, data: bytes | memoryview) -> None:
        """Write all of `data`; BrokenPipeError when ffmpeg has ended, which `stream` explains."""
        self._child.touch()
        view = memoryview(data).cast("B")
        while len(view):
            view = view[self._child.stdin.write(view) :]
            self._child.touch()
        self._child.rest()


class _Feeder:
    """Writes blocks to a child's stdin in a thread and keeps the error of whoever made them."""

    def __init__(self, child: Child, blocks: Iterable[bytes | memoryview]) -> None:
        self._child = child
        self._blocks = blocks
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="ffmpeg-feed", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        pipe = Pipe(self._child)
        try:
            for block in self._blocks:
                pipe.write(block)
        except BrokenPipeError:
            return
        except BaseException as error:  # handed on by finish() in the thread that waits
            self._error = error
            self._child.kill()
        finally:
            self._child.touch()
            with contextlib.suppress(OSError):
                self._child.stdin.close()

    def finish(self) -> None:
        """Wait for the last block and raise what making the blocks raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error


def locate() -> FFmpeg:
    """Find ffmpeg: the one on PATH, else the one that came with the program.

    Raises:
        UserError: there is none that works.
    """
    found: list[str] = []
    on_path = shutil.which("ffmpeg")
    if on_path is not None:
        found.append(on_path)
    with contextlib.suppress(RuntimeError):
        found.append(imageio_ffmpeg.get_ffmpeg_exe())
    for name in found:
        version = _version(name)
        if version is not None and _recent(version):
            path = absolute(Path(name))
            return FFmpeg(path, version, _launcher(path))
    raise UserError(
        "No working ffmpeg 5.1 or newer was found; install ffmpeg, or reinstall the Python package "
        "imageio-ffmpeg."
    )


def absolute(path: Path) -> Path:
    """Return `path` made absolute without following links, as every path given to ffmpeg must be."""
    return path.absolute()


def guarded(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with a protocol whitelist in front of every input."""
    result: list[str] = []
    for argument in arguments:
        if argument == "-i":
            result += ["-protocol_whitelist", PROTOCOLS]
        result.append(argument)
    return result


def refuse_input_as_target(arguments: Sequence[str], target: Path) -> None:
    """Raise UserError when the target is one of the inputs (`-i`): sources are never changed."""
    for flag, name in pairwise(arguments):
        if flag != "-i":
            continue
        try:
            same = target.samefile(name)
        except (OSError, ValueError):
            same = False
        if same or str(target) == name:
            raise UserError(
                f"{target} is the video itself; choose another name, since sources are never changed."
            )


def _progress(child: Child) -> Iterator[tuple[str, str]]:
    """Yield the key and value pairs of `-progress` until ffmpeg closes its stdout."""
    pending = b""
    while block := child.stdout.read(4096):
        *lines, pending = (pending + block).split(b"\n")
        pending = pending[-PROGRESS_BYTES:]
        for line in lines:
            key, _, value = line.decode("ascii", "replace").partition("=")
            yield key.strip(), value.strip()


def licence_of(ffmpeg: FFmpeg) -> str:
    """Return what an ffmpeg says of its own licence; empty when it does not answer."""
    answer = _answer(str(ffmpeg.path), "-L") or ""
    return f"ffmpeg {ffmpeg.version}\n\n{answer.strip()}" if answer else ""


def _answer(name: str, question: str) -> str | None:
    """Ask a binary something that it answers at once; None when it fails."""
    try:
        answer = subprocess.run(
            [name, "-hide_banner", question],
            capture_output=True,
            timeout=ANSWER_SECONDS,
            env=child_environment(),
            stdin=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.decode("utf-8", "replace")


def _version(name: str) -> str | None:
    """Ask a binary for its version; None when it does not answer like ffmpeg."""
    answer = _answer(name, "-version")
    if answer is None:
        return None
    match = re.match(r"ffmpeg version (\S+)", answer)
    return None if match is None else match.group(1)


def _recent(version: str) -> bool:
    """Tell whether a version is new enough; builds from git without a number are."""
    match = re.match(r"n?(\d+)\.(\d+)", version)
    return match is None or (int(match.group(1)), int(match.group(2))) >= OLDEST_VERSION


def _launcher(path: Path) -> tuple[str, ...]:
    """Return the words that tie a child's life to ours, where the system has them and they work."""
    setpriv = shutil.which("setpriv") if sys.platform.startswith("linux") else None
    if setpriv is None:
        return ()
    words = (setpriv, "--pdeathsig", "KILL")
    try:
        subprocess.run(
            [*words, str(path), "-version"],
            check=True,
            capture_output=True,
            timeout=ANSWER_SECONDS,
            env=child_environment(),
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    return words
