"""`analyse --overlay`: what was seen lies where it is in the picture, all along the film."""

import itertools
import json
from fractions import Fraction

import numpy as np
import pytest

from shiftclipper.cli import run_command_line
from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.frames import sample_frames
from shiftclipper.media.index import read_index
from shiftclipper.media.probe import probe
from shiftclipper.sample import write_sample
from shiftclipper.tracklets import COLOUR_BINS, Ending, Tracklet
from shiftclipper.vision.analyse import Film
from shiftclipper.vision.observations import FrameObservations
from shiftclipper.vision.overlay import COLOURS, Artist, Seen, write_overlay

SIZE = (320, 180)


def observations(times, *, motion=None):
    none = np.zeros((0, 4), np.float32)
    return [
        FrameObservations(
            time=time,
            boxes=none,
            scores=none[:, 0],
            colours=np.zeros((0, COLOUR_BINS), np.float32),
            sharpness=none[:, 0],
            motion=np.eye(2, 3) if motion is None or k == 0 else motion,
            cut=k == 0,
        )
        for k, time in enumerate(times)
    ]


def walker(times, left):
    """Somebody 20 pixels wide and 60 tall whose left side is at `left` (n,), on the ice's y = 150."""
    left = np.asarray(left, np.float32)
    boxes = np.stack([left, np.full(len(left), 90), left + 20, np.full(len(left), 150)], axis=1)
    return Tracklet(
        id=7,
        times=np.asarray(times, np.float64),
        boxes=boxes.astype(np.float32),
        scores=np.ones(len(left), np.float32),
        feet=np.stack([left + 10, np.full(len(left), 150)], axis=1).astype(np.float32),
        scale=np.ones(len(left), np.float32),
        scene=0,
        colour=np.zeros(COLOUR_BINS, np.float32),
        begins=Ending.OPEN,
        ends=Ending.OPEN,
    )


def columns_of(image, colour):
    """Columns of a picture in which half a box's height is of a colour."""
    near = (np.abs(image.astype(int) - colour) < 40).all(axis=2)
    return np.flatnonzero(near[90:151].sum(axis=0) > 30)


@pytest.fixture(scope="module")
def game(tmp_path_factory):
    folder = tmp_path_factory.mktemp("game")
    return write_sample(
        folder / "game.mp4", seconds=6, seed=5, camera="pan", ffmpeg=locate(), size=(640, 360), fps=10
    ).video


def test_a_box_is_drawn_where_its_person_is_between_two_samples():
    times = np.array([0.0, 1.0, 2.0])
    seen = Seen(SIZE, observations(times), [walker(times, [40, 140, 240])], [2])
    artist = Artist(seen, SIZE)
    black = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)

    drawn = artist.drawn(black, 0.5)
    assert {90, 110} <= set(columns_of(drawn, COLOURS[2]))
    assert 215 not in columns_of(artist.drawn(black, 1.5), COLOURS[2])
    assert {190, 210} <= set(columns_of(artist.drawn(black, 1.5), COLOURS[2]))
    assert not black.any(), "the picture given must stay as it was"


def test_nobody_is_drawn_before_he_comes_and_after_he_is_gone():
    times = np.array([1.0, 2.0])
    artist = Artist(Seen(SIZE, observations([0.0, 1.0, 2.0, 3.0]), [walker(times, [40, 140])], [0]), SIZE)
    black = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)

    found = [len(columns_of(artist.drawn(black, now), COLOURS[0])) for now in (0.5, 1.5, 2.5)]

    assert found[0] == 0
    assert found[1] > 0
    assert found[2] == 0


def test_the_crosses_move_with_the_camera():
    pan = np.array([[1.0, 0.0, -8.0], [0.0, 1.0, 0.0]])
    artist = Artist(Seen(SIZE, observations([0.0, 1.0], motion=pan), [], []), SIZE)
    black = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    middle = np.s_[40:140, 80:240]

    first, second = (artist.drawn(black, now)[middle] for now in (0.0, 1.0))

    assert first.any()
    assert not np.array_equal(first, second)
    assert np.array_equal(first[:, 8:], second[:, :-8])


def test_the_drawn_film_is_as_long_as_the_films_together(game, tmp_path):
    index = read_index(game)
    films = [Film(game, index, Fraction(0)), Film(game, index, index.duration_seconds)]
    target = tmp_path / "drawn.mp4"
    times = np.array([0.0, 6.0, 12.0])
    seen = Seen((640, 360), observations(times), [walker(times, [100, 200, 400])], [3])

    write_overlay(locate(), films, seen, target)

    made = probe(target)
    assert abs(made.duration - 2 * index.duration_seconds) < Fraction(1, 5)
    frames = sample_frames(locate(), target, read_index(target), rate=Fraction(1), size=(640, 360))
    ninth = next(itertools.islice(frames, 9, None)).image
    # At 9 s he is halfway between 200 and 400.
    strip = np.abs(ninth[100:140].astype(int) - COLOURS[3]).sum(axis=2).mean(axis=0)
    assert 250 + int(strip[250:370].argmin()) in {299, 300, 301, 319, 320, 321}


def test_the_command_writes_both_files(game, tmp_path):
    out, drawn = tmp_path / "tracks.json", tmp_path / "drawn" / "film.mp4"
    arguments = ["analyse", str(game), "--out", str(out), "--overlay", str(drawn), "--preset", "panning"]

    assert run_command_line([*arguments, "--quality", "fast"]) == 0
    assert json.loads(out.read_text())["tracklets"]
    assert probe(drawn).size == (640, 360)


@pytest.mark.parametrize("name", ["game.mp4", "drawn.mkv", "tracks.mp4"])
def test_a_name_that_cannot_be_used_is_refused_before_any_looking(game, tmp_path, name, capsys):
    target = game if name == "game.mp4" else tmp_path / name
    before = game.read_bytes()
    arguments = ["analyse", str(game), "--out", str(tmp_path / "tracks.mp4"), "--overlay", str(target)]

    assert run_command_line(arguments) == 2
    said = capsys.readouterr().err
    assert target.name in said
    assert "another name" in said or "ends in .mp4" in said
    assert not (tmp_path / "tracks.mp4").exists()
    assert game.read_bytes() == before
