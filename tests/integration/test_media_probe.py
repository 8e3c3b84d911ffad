"""What a file is, told of real files with all their oddities, and refusals that say what to do."""

import contextlib
import os
import threading
from fractions import Fraction
from pathlib import Path

import av
import pytest

from shiftclipper.errors import Cancelled, UserError
from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.index import read_index
from shiftclipper.media.normalise import needs_normalising, normalise, normalised_ending
from shiftclipper.media.probe import probe
from tests.media_corpus import SIZE, Corpus, read_frames, read_numbers, remux

pytestmark = pytest.mark.xdist_group("media")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return Corpus(tmp_path_factory.getbasetemp() / "media-corpus", locate())


@pytest.mark.parametrize(
    "kind", ["bframes25", "opengop30", "film23976_mkv", "vfr", "ts2997", "late_start", "edit_list"]
)
def test_frame_times_are_those_at_which_a_decoder_shows_the_frames(corpus, kind):
    found = corpus.probe(kind)
    decoded = [time for time, _ in read_frames(corpus.path(kind))]
    assert found.frame_times == decoded
    assert found.start_time == decoded[0]
    assert float(found.duration) == pytest.approx(float(found.index.duration_seconds), abs=0.06)


@pytest.mark.parametrize(
    ("kind", "fps"),
    [
        ("bframes25", Fraction(25)),
        ("ntsc2997", Fraction(30000, 1001)),
        ("film23976_mkv", Fraction(24000, 1001)),
        ("cfr60", Fraction(60)),
    ],
)
def test_rates_are_exact_fractions(corpus, kind, fps):
    assert corpus.probe(kind).fps == fps
    assert not corpus.probe(kind).variable_frame_rate


def test_a_phone_s_variable_rate_is_noticed(corpus):
    assert corpus.probe("vfr").variable_frame_rate
    assert corpus.probe("vfr").index.variable_frame_rate


@pytest.mark.parametrize(("kind", "rotation"), [("rotated90", 90), ("rotated180", 180), ("rotated270", 270)])
def test_a_turned_phone_gives_the_size_as_displayed(corpus, kind, rotation):
    found = corpus.probe(kind)
    assert found.rotation == rotation
    assert found.size == SIZE
    assert found.coded_size == (SIZE if rotation == 180 else SIZE[::-1])
    assert read_numbers(corpus.path(kind))[:3] == [0, 1, 2]


def test_covers_and_data_tracks_are_not_taken_for_the_game(corpus):
    cover = corpus.probe("cover")
    assert (cover.codec, cover.size) == ("h264", SIZE)
    data = corpus.probe("data_track")
    assert [one.kind for one in data.streams].count("data") == 1
    assert data.has_audio and data.audio_codec == "aac" and data.audio_stream == 0


def test_sound_and_depth_are_told(corpus):
    assert not corpus.probe("no_audio").has_audio
    assert corpus.probe("no_audio").audio_stream == -1
    assert corpus.probe("hevc10").bit_depth == 10
    assert corpus.probe("hevc10").codec == "hevc"


def test_stretched_pixels_and_interlacing_are_told(corpus, tmp_path):
    wide, fields = tmp_path / "wide.mp4", tmp_path / "fields.mp4"
    source = ("-f", "lavfi", "-i", "testsrc2=size=144x108:rate=25:duration=1", "-c:v", "libx264")
    corpus.ffmpeg.run([*source, "-vf", "setsar=4/3", "-y", str(wide)])
    corpus.ffmpeg.run([*source, "-flags", "+ildct+ilme", "-vf", "setfield=tff", "-y", str(fields)])
    assert probe(wide).size == (192, 108)
    assert probe(wide).coded_size == (144, 108)
    assert not probe(wide).interlaced
    assert probe(fields).interlaced


def refused(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        probe(path)
    assert caught.value.exit_code == 2
    text = str(caught.value)
    assert "\n" not in text and text.endswith(".")
    return text


def test_what_is_no_video_is_refused_with_what_to_do(corpus, tmp_path):
    def made(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    whole = corpus.path("cfr30").read_bytes()
    assert "is empty; copy it again" in refused(made("empty.mp4", b""))
    assert "not a video" in refused(made("letter.mp4", b"Dear coach,\n" * 50))
    assert "not a video" in refused(made("noise.mp4", os.urandom(20_000)))
    assert "cut off or damaged" in refused(made("half.mp4", whole[: len(whole) // 2]))
    assert "does not exist" in refused(tmp_path / "missing.mp4")
    assert "is a folder" in refused(tmp_path)
    assert "too long" in refused(tmp_path / ("x" * 300 + ".mp4"))


@pytest.mark.parametrize(
    "text",
    [
        "#EXTM3U\n#EXTINF:10,\n{path}\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile '{path}'\n",
        '<?xml version="1.0"?><MPD><BaseURL>{path}</BaseURL></MPD>',
        "\ufeff#EXTM3U\nhttp://localhost/game.ts\n",
    ],
)
def test_a_playlist_in_disguise_is_refused_and_not_followed(corpus, tmp_path, text):
    path = tmp_path / "game.mp4"
    path.write_text(text.format(path=corpus.path("cfr30")), encoding="utf-8")
    assert "is a playlist" in refused(path)


def test_files_of_sound_or_a_picture_alone_are_refused(corpus, tmp_path):
    sound, cover = tmp_path / "sound.mp4", tmp_path / "cover.mp4"
    remux("-map", "-0:v")(corpus.ffmpeg, corpus.path("cfr30"), sound)
    assert "only sound" in refused(sound)
    corpus.ffmpeg.run(
        ["-i", str(corpus.path("cover")), "-map", "0:v:1?", "-map", "0:a", "-c", "copy", "-y", str(cover)]
    )
    assert refused(cover)
    picture = tmp_path / "picture.mp4"
    corpus.ffmpeg.run(
        ["-f", "lavfi", "-i", "testsrc2=size=64x64", "-frames:v", "1", "-f", "image2", "-y", str(picture)]
    )
    assert "not a video" in refused(picture)


def test_a_file_that_breaks_off_is_read_up_to_there(corpus, tmp_path):
    early = tmp_path / "early.mp4"
    remux("-movflags", "+faststart")(corpus.ffmpeg, corpus.path("bframes25"), early)
    whole = early.read_bytes()
    early.write_bytes(whole[: len(whole) * 6 // 10])
    found = read_index(early)
    assert 40 < len(found) < 150
    numbers: list[int] = []
    with contextlib.suppress(av.error.InvalidDataError):
        for _, number in read_frames(early):
            numbers.append(number)
    # The very last packets are torn or miss what they are built on.
    assert numbers[:-4] == list(range(len(numbers) - 4))
    assert len(found) - 6 <= len(numbers) <= len(found)


def test_reading_the_index_tells_progress_and_can_be_stopped(corpus):
    told: list[float] = []
    long = corpus.folder / "long.mp4"
    corpus.ffmpeg.run(
        ["-f", "lavfi", "-i", "color=s=64x64:r=100:d=30", "-c:v", "libx264", "-g", "100", "-y", str(long)]
    )
    read_index(long, on_progress=told.append)
    assert told == sorted(told) and told[-1] > 25
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        read_index(long, stop)


@pytest.mark.parametrize("kind", ["ts2997", "ts_opengop", "avi", "avi_bframes", "raw"])
def test_what_cannot_be_sought_is_normalised_frame_by_frame(corpus, kind, tmp_path):
    found = corpus.probe(kind)
    assert needs_normalising(found)
    target = tmp_path / f"game{normalised_ending(found)}"
    result = normalise(corpus.ffmpeg, found, target)
    assert ("without encoding again" in result.note) == (kind in ("ts2997", "ts_opengop", "avi"))
    after = probe(target)
    assert not needs_normalising(after)
    shown = list(read_frames(target))
    assert [number for _, number in shown] == list(range(150))
    assert [time for time, _ in shown] == after.frame_times
    if kind.startswith("ts"):
        before = [time - found.start_time for time in found.frame_times]
        moved = [time - after.start_time for time in after.frame_times]
        assert max(abs(one - other) for one, other in zip(before, moved, strict=True)) < Fraction(1, 20_000)


def test_what_is_sought_exactly_is_left_alone(corpus):
    assert needs_normalising(corpus.probe("cfr30")) == ""
    assert needs_normalising(corpus.probe("film23976_mkv")) == ""
