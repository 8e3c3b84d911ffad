"""Drives that fail are told apart from films that are damaged, by what the system and ffmpeg say."""

import errno
from pathlib import Path

import pytest

from shiftclipper.errors import EXIT_FAILED
from shiftclipper.media.drives import DriveFailed, drive_failed, unreadable_input

FILM, OTHER = "/films/first half.mp4", "/films/second.ts"


@pytest.mark.parametrize(
    "line",
    [
        "[in#1/mpegts @ 0x55d9661ab4c0] Error during demuxing: Input/output error",
        "[in#1 @ 0x55d9661ab4c0] Error opening input: No such device or address",
        f"{OTHER}: Input/output error",
        f"{OTHER}: Stale file handle",
    ],
)
def test_what_ffmpeg_says_of_a_failing_drive_names_the_film(line):
    assert unreadable_input(line, [FILM, OTHER]) == Path(OTHER)


@pytest.mark.parametrize(
    "line",
    [
        "[in#0/mov @ 0x1] Error during demuxing: Invalid data found when processing input",
        "[out#0/mp4 @ 0x1] Error muxing a packet: Input/output error",
        "av_interleaved_write_frame(): Input/output error",
        "/clips/1.mp4.part: Input/output error",
        "[in#7/mov @ 0x1] Error during demuxing: Input/output error",
        "Input/output error",
        "",
    ],
)
def test_what_ffmpeg_says_of_damage_or_of_what_it_writes_is_no_failing_drive(line):
    assert unreadable_input(line, [FILM, OTHER]) is None


def test_an_input_that_is_no_file_has_no_drive():
    said = "[in#0/lavfi @ 0x1] Error opening input: Input/output error"
    assert unreadable_input(said, ["testsrc2=size=2x2"]) is None
    assert unreadable_input(said, ["pipe:0"]) is None


def test_a_missing_or_forbidden_file_is_no_failing_drive():
    assert drive_failed(OSError(errno.EIO, "Input/output error"))
    assert not drive_failed(FileNotFoundError(errno.ENOENT, "No such file or directory"))
    assert not drive_failed(PermissionError(errno.EACCES, "Permission denied"))
    assert not drive_failed(ValueError("of another kind"))


def test_the_person_is_told_which_film_where_and_what_to_do():
    error = DriveFailed(Path(FILM)).at(12.34)
    assert str(error).startswith(
        f"The drive with {FILM} cannot be read at 12.3 s; copy the film to another drive"
    )
    assert error.exit_code == EXIT_FAILED
    assert error.at(99).seconds == 12.34, "the first place that is told is the nearest"
