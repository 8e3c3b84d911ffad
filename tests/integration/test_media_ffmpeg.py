"""Running ffmpeg: progress, cancel, stalls, whole outputs, and nothing left behind."""

import sys
import threading
import time
from fractions import Fraction
from pathlib import Path

import pytest

from shiftclipper.errors import Cancelled, DiskFull, UserError
from shiftclipper.media.ffmpeg import FFmpeg, FFmpegFailed, locate
from shiftclipper.media.part_files import part_file

SOURCE = ("-f", "lavfi", "-i", "testsrc2=size=128x96:rate=25:duration=4")
FAST = ("-c:v", "libx264", "-preset", "ultrafast")
AWKWARD = ["two words", 'it\'s "quoted"', "Spiel süß Ω 試合", "-leading dash", "100%d", "a" * 246 + ".mp4"]


@pytest.fixture(scope="module")
def ffmpeg() -> FFmpeg:
    return locate()


def accept(part: Path) -> None:
    assert part.stat().st_size > 0


def test_progress_is_told_in_seconds_of_output_and_grows(ffmpeg, tmp_path):
    times: list[Fraction] = []
    target = tmp_path / "clip.mp4"
    ffmpeg.write([*SOURCE, *FAST], target, container="mp4", verify=accept, on_time=times.append)
    assert times == sorted(times)
    assert times[-1] == pytest.approx(4, abs=0.1)
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_names_are_just_names(ffmpeg, tmp_path, name):
    target = tmp_path / name
    ffmpeg.write([*SOURCE, *FAST], target, container="mp4", verify=accept)
    again = tmp_path / "again.mkv"
    ffmpeg.write(["-i", str(target), "-c", "copy"], again, container="matroska", verify=accept)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "again.mkv"])


def test_a_run_is_cancelled_within_a_second_and_leaves_nothing(ffmpeg, tmp_path):
    stop = threading.Event()
    began: list[float] = []

    def stop_when_running(_: Fraction) -> None:
        if not stop.is_set():
            began.append(time.monotonic())
            stop.set()

    endless = ("-re", "-f", "lavfi", "-i", "testsrc2=size=128x96:rate=25")
    with pytest.raises(Cancelled):
        ffmpeg.write(
            [*endless, *FAST],
            tmp_path / "clip.mp4",
            container="mp4",
            verify=accept,
            stop=stop,
            on_time=stop_when_running,
        )
    assert time.monotonic() - began[0] < 1
    assert list(tmp_path.iterdir()) == []


def test_a_run_without_headway_is_ended(ffmpeg):
    began = time.monotonic()
    with (
        pytest.raises(FFmpegFailed, match="no headway"),
        ffmpeg.stream(
            ["-re", "-f", "lavfi", "-i", "color=s=16x16:r=1/60", "-f", "rawvideo", "pipe:1"],
            stall_seconds=0.4,
        ) as pipe,
    ):
        # The first picture comes at once, the second after a minute.
        while pipe.read_into(memoryview(bytearray(384))):
            pass
    assert time.monotonic() - began < 15


def test_an_output_that_fails_its_check_never_gets_its_name(ffmpeg, tmp_path):
    target = tmp_path / "clip.mp4"
    target.write_bytes(b"the old one")

    def refuse(part: Path) -> None:
        assert part.name == "clip.mp4.part"
        raise ValueError("not what was wanted")

    with pytest.raises(ValueError, match="not what was wanted"):
        ffmpeg.write([*SOURCE, *FAST], target, container="mp4", verify=refuse)
    assert target.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [target]


def test_the_source_is_never_the_target(ffmpeg, tmp_path):
    source = tmp_path / "game.mp4"
    ffmpeg.write([*SOURCE, *FAST], source, container="mp4", verify=accept)
    link = tmp_path / "link.mp4"
    link.symlink_to(source)
    before = source.read_bytes()
    for target in (source, link):
        with pytest.raises(UserError, match="choose another name"):
            ffmpeg.write(["-i", str(source), "-c", "copy"], target, container="mp4", verify=accept)
    assert source.read_bytes() == before


def test_folders_and_names_that_cannot_be_written_say_what_to_do(ffmpeg, tmp_path):
    def write(target: Path) -> None:
        ffmpeg.write([*SOURCE, *FAST], target, container="mp4", verify=accept)

    with pytest.raises(UserError, match="does not exist; create it"):
        write(tmp_path / "missing" / "clip.mp4")
    with pytest.raises(UserError, match="too long"):
        write(tmp_path / ("n" * 300 + ".mp4"))
    (tmp_path / "folder.mp4").mkdir()
    with pytest.raises(UserError, match="not a file"):
        write(tmp_path / "folder.mp4")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/sys refuses even root, on Linux only")
def test_a_folder_without_write_permission_says_so(ffmpeg):
    with pytest.raises(UserError, match="cannot be written to"):
        ffmpeg.write([*SOURCE, *FAST], Path("/sys/clip.mp4"), container="mp4", verify=accept)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_named_as_such(ffmpeg):
    with pytest.raises(DiskFull, match="disk is full"):
        ffmpeg.run([*SOURCE, *FAST, "-f", "mp4", "-y", "/dev/full"])


def test_room_is_asked_for_before_ffmpeg_is_started(tmp_path):
    with pytest.raises(DiskFull, match="MB are free"), part_file(tmp_path / "clip.mp4", room=1 << 60):
        raise AssertionError("must not be reached")
    assert list(tmp_path.iterdir()) == []


def test_a_part_left_by_a_killed_run_does_not_stand_in_the_way(ffmpeg, tmp_path):
    (tmp_path / "clip.mp4.part").write_bytes(b"half")
    ffmpeg.write([*SOURCE, *FAST], tmp_path / "clip.mp4", container="mp4", verify=accept)
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]


def test_a_failure_carries_a_sentence_and_a_short_tail(ffmpeg, tmp_path):
    with pytest.raises(FFmpegFailed, match="exit code") as caught:
        ffmpeg.run(["-i", str(tmp_path / "nothing.mp4"), "-f", "null", "-"])
    assert "No such file" in caught.value.tail
    chatty = ["-loglevel", "debug", *SOURCE, *FAST, "-f", "null", "-"]
    assert len(ffmpeg.run(chatty).splitlines()) <= 40


def test_pictures_are_written_through_a_pipe_and_read_back(ffmpeg, tmp_path):
    frames = [bytes([level]) * (32 * 16 * 3) for level in range(0, 250, 10)]
    raw = ("-f", "rawvideo", "-pix_fmt", "bgr24", "-s", "32x16", "-r", "25")
    target = tmp_path / "raw.mkv"
    ffmpeg.write(
        [*raw, "-i", "pipe:0", "-c:v", "ffv1", "-pix_fmt", "bgr0"],
        target,
        container="matroska",
        verify=accept,
        feed=frames,
    )
    back: list[bytes] = []
    buffer = bytearray(32 * 16 * 3)
    with ffmpeg.stream(["-i", str(target), "-f", "rawvideo", "-pix_fmt", "bgr24", "pipe:1"]) as pipe:
        while pipe.read_into(memoryview(buffer)):
            back.append(bytes(buffer))
    assert back == frames
    with ffmpeg.stream(
        [*raw, "-i", "pipe:0", "-c:v", "ffv1", "-f", "matroska", "-y", str(tmp_path / "b.mkv")], writing=True
    ) as pipe:
        for frame in frames:
            pipe.write(frame)
    assert (tmp_path / "b.mkv").stat().st_size > 100


def test_leaving_a_stream_early_ends_ffmpeg_quietly(ffmpeg):
    endless = ["-f", "lavfi", "-i", "testsrc2=size=64x64", "-f", "rawvideo", "-pix_fmt", "bgr24", "pipe:1"]
    with ffmpeg.stream(endless) as pipe:
        assert pipe.read_into(memoryview(bytearray(64 * 64 * 3)))


def test_what_goes_wrong_in_a_feed_comes_out_of_the_run(ffmpeg, tmp_path):
    def broken():
        yield bytes(32 * 16 * 3)
        raise RuntimeError("the painter stumbled")

    with pytest.raises(RuntimeError, match="stumbled"):
        ffmpeg.write(
            ["-f", "rawvideo", "-pix_fmt", "bgr24", "-s", "32x16", "-i", "pipe:0", *FAST],
            tmp_path / "clip.mp4",
            container="mp4",
            verify=accept,
            feed=broken(),
        )
    assert list(tmp_path.iterdir()) == []


def test_an_ffmpeg_that_dies_while_it_is_fed_gives_its_reason(ffmpeg):
    arguments = ["-f", "rawvideo", "-pix_fmt", "bgr24", "-s", "32x16", "-i", "pipe:0", "-c:v", "nonsense"]
    with (
        pytest.raises(FFmpegFailed, match="exit code"),
        ffmpeg.stream([*arguments, "x.mp4"], writing=True) as pipe,
    ):
        for _ in range(10_000):
            pipe.write(bytes(32 * 16 * 3))


def test_without_any_ffmpeg_the_person_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", "/nonexistent/ffmpeg")
    with pytest.raises(UserError, match="install ffmpeg"):
        locate()
