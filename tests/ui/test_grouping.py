"""Which files are parts of one game."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shiftclipper.ui.grouping import Film, as_one_game, as_single_games, guess_games, title_of

HOUR = 3600.0


def film(name, duration=1200.0, written_at=0.0, size=(1920, 1080), fps=30.0, length=1_000_000_000):
    return Film(Path("/films") / name, duration, length, written_at, size, fps)


def names(games):
    return [[one.path.name for one in game] for game in games]


@pytest.mark.parametrize(
    "parts",
    [
        ["Cup part 1.mp4", "Cup part 2.mp4", "Cup part 3.mp4"],
        ["vs Lions P1.mov", "vs Lions P2.mov"],
        ["game_period_1.mkv", "game_period_2.mkv"],
        ["GX010042.MP4", "GX020042.MP4", "GX030042.MP4"],
        ["VID_20240302_140000.mp4", "VID_20240302_142400.mp4"],
        ["00001.MTS", "00002.MTS"],
    ],
)
def test_parts_of_one_game_are_seen_by_their_names(parts):
    assert names(guess_games([film(name) for name in reversed(parts)])) == [parts]


@pytest.mark.parametrize(
    "games",
    [
        [film("Game 1.mp4"), film("Game 2.mp4")],
        [film("Lions.mp4"), film("Bears.mp4")],
        [film("VID_20240302_100000.mp4"), film("VID_20240302_150000.mp4")],
        [film("clip 1.mp4", 62 * 60), film("clip 2.mp4", 58 * 60)],
        [film("x part 1.mp4", size=(1280, 720)), film("x part 2.mp4")],
        [film("x part 1.mp4", fps=50.0), film("x part 2.mp4")],
        [film("a7.mp4", written_at=1 * HOUR), film("a8.mp4", written_at=9 * HOUR)],
    ],
)
def test_different_games_stay_apart(games):
    assert len(guess_games(games)) == len(games)


def test_names_that_tell_nothing_are_joined_by_the_times_they_were_written():
    parts = [film("b.mp4", written_at=1200), film("q.mp4", written_at=2 * 1200 + 900)]
    assert names(guess_games(parts)) == [["b.mp4", "q.mp4"]]


def test_a_camera_that_splits_at_four_gigabytes_made_one_game():
    parts = [film("a.mp4", 2000, 0, length=4_000_000_000), film("b.mp4", 900, 900)]
    assert names(guess_games(parts)) == [["a.mp4", "b.mp4"]]


def test_two_games_of_two_parts_each():
    films = [film(f"{game} part {part}.mp4") for game in ("Bears", "Lions") for part in (1, 2)]
    assert names(guess_games(films)) == [
        ["Bears part 1.mp4", "Bears part 2.mp4"],
        ["Lions part 1.mp4", "Lions part 2.mp4"],
    ]


def test_ten_comes_after_nine():
    films = [film(f"part {number}.mp4") for number in (10, 9, 8)]
    assert names(guess_games(films)) == [["part 8.mp4", "part 9.mp4", "part 10.mp4"]]


@pytest.mark.parametrize(
    ("files", "title"),
    [
        (["Sat vs HC Nord part 1.mp4", "Sat vs HC Nord part 2.mp4"], "Sat vs HC Nord"),
        (["sun_cup_final.mp4"], "sun cup final"),
        (["GX010042.MP4", "GX020042.MP4"], "GX010042"),
        (["Lions P1.mov", "Lions P2.mov"], "Lions"),
        (["1.mp4", "2.mp4"], "1"),
        (["part 1.mp4", "part 2.mp4"], "part"),
    ],
)
def test_a_game_is_called_what_its_files_have_in_common(files, title):
    assert title_of([film(name) for name in files]) == title


STEMS = st.text("aAp0129 _-.", min_size=1, max_size=12)
NAMES = st.lists(STEMS, min_size=1, max_size=6, unique=True)


@settings(deadline=None, max_examples=60)
@given(NAMES, st.integers(1, 8000), st.integers(0, 10**6))
def test_every_film_is_in_exactly_one_game_whatever_it_is_called(stems, duration, step):
    files = [f"{stem}.mp4" for stem in stems]
    films = [film(name, float(duration), float(n * step)) for n, name in enumerate(files)]
    for games in (guess_games(films), as_one_game(films), as_single_games(films)):
        assert sorted(name for game in names(games) for name in game) == sorted(files)
        assert all(title_of(game) for game in games)
