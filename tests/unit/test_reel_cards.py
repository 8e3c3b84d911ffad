"""Cards, letters and the ring: what is drawn into a reel, and what is left alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shiftclipper.export.reel.cards import ICE, LINE, ShiftCard, TitleCard, draw_card
from shiftclipper.export.reel.lettering import BOLD, MEDIUM, fitting, font, in_lines, text_mask, width_of
from shiftclipper.export.reel.planes import Planes, empty_planes, levels, mixed, planes_of
from shiftclipper.export.reel.ring import BRIGHT, Label, Ring, draw_ring, radius_of

SIZES = [(1280, 720), (720, 1280), (320, 192), (1920, 1080)]
CARDS = [
    TitleCard("Jakub Šimůnek", "17", "Sparta Praha – Örebro", "14 February 2026"),
    TitleCard("Aleksander Wiśniewski-Łukaszewicz", "88", "A title that somebody took from a file " * 4, ""),
    TitleCard("W" * 60, "1234", "w" * 90, "3 March 2026"),
    TitleCard("", "", "", ""),
    ShiftCard(3, "Period 2, 4:12", "0:47"),
    ShiftCard(104, "1:02:41 into the film", "1:04:12", "Aleksander Wiśniewski-Łukaszewicz 88"),
]


@pytest.mark.parametrize("name", [BOLD, MEDIUM])
def test_the_letters_of_every_hockey_nation_are_there(name):
    face = font(name, 40)
    # What stands for a letter that a font does not have.
    missing = bytes(face.getmask("\U0010ffff"))
    letters = "ŠimůnekŽČŘĚŤĎŇáéíóúýÅÄÖåäöÆØæøõÕÜüßŁłŚśŻżŹźĆćĘęĄąŐőŰűĀāĒēĪīŪūĶķĻļŅņĖėŲųŞşĞğİıȘșȚțĽľĹĺŔŕÇç"
    letters += "ÀÂÈÊËÎÏÔÙÛŸŒœñЖжЩщЫыЭэЮюЯяЇїЄєҐґЉЊЂЋαβγΩΆ"
    for letter in letters:
        assert bytes(face.getmask(letter)) != missing, letter
    assert bytes(face.getmask("Š")) != bytes(face.getmask("S"))


@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=0x17F), max_size=60),
    st.integers(10, 80),
    st.integers(40, 600),
)
@settings(derandomize=True, deadline=None, max_examples=60)
def test_a_text_is_made_to_fit(text, pixels, room):
    made, size = fitting(text, BOLD, pixels, room, 8)
    assert size <= pixels
    assert width_of(made, BOLD, size) <= max(room, width_of("…", BOLD, size))
    for line in in_lines(text, MEDIUM, 20, room, 2):
        assert width_of(line, MEDIUM, 20) <= max(room, width_of("…", MEDIUM, 20))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("card", CARDS)
def test_cards_keep_to_the_safe_area(card, size):
    picture = draw_card(card, size)
    assert picture.size == size
    light = picture.light
    margin = round(0.05 * min(size))
    ice = round(levels(ICE)[0])
    edges = [light[:margin], light[-margin:], light[:, :margin], light[:, -margin:]]
    assert all(np.abs(edge.astype(int) - ice).max() <= 1 for edge in edges)
    empty = draw_card(None, size).light
    # There is something to read, dark on light.
    assert (light < 80).sum() > 0.002 * light.size or card == CARDS[3]
    assert empty.min() >= levels(LINE)[0] - 1


def test_a_text_does_not_run_into_the_circle():
    free = draw_card(TitleCard("Sam", "17"), (1280, 720)).light
    long = draw_card(TitleCard("W" * 60, "17", "w" * 90), (1280, 720)).light
    circle = slice(1280 - 2 * 194 - 100, None)
    assert np.array_equal(free[:, circle], long[:, circle])


def test_black_white_and_grey_have_their_levels():
    image = np.zeros((4, 6, 3), np.uint8)
    image[:, 2:4] = 255
    image[:, 4:] = 128
    picture = planes_of(image)
    assert picture.light[0].tolist() == [16, 16, 235, 235, 126, 126]
    assert all(plane.tolist() == [[128] * 3] * 2 for plane in picture.colours)
    # Pure colours of BT.709, as broadcasters give them.
    assert [round(level) for level in levels((255, 0, 0))] == [63, 102, 240]
    assert [round(level) for level in levels((0, 0, 255))] == [32, 240, 118]


def grey(size):
    picture = empty_planes(size)
    picture.data[:] = 128
    return picture


def test_a_ring_is_drawn_around_the_player_and_nothing_else_changes():
    picture = grey((640, 360))
    draw_ring(picture, Ring(1.0), (200.5, 150.5), 30.0)
    changed = np.argwhere(picture.light != 128)
    off = np.hypot(changed[:, 1] - 200.5, changed[:, 0] - 150.5)
    assert off.min() > 20 and off.max() < 40
    assert changed.mean(axis=0) == pytest.approx([150.5, 200.5], abs=0.3)
    assert picture.light.max() == pytest.approx(levels(BRIGHT)[0], abs=2)


@pytest.mark.parametrize("centre", [(0.0, 0.0), (639.0, 359.0), (-60.0, 100.0), (320.0, 400.0)])
def test_a_ring_may_lie_over_the_edge(centre):
    picture = grey((640, 360))
    draw_ring(picture, Ring(1.0, 1.5, 1.0, 1.0), centre, 30.0, Label("Šimůnek 17", (640, 360)))
    assert picture.light.min() >= 16


def test_the_rest_turns_dark_and_the_player_does_not():
    picture = grey((640, 360))
    draw_ring(picture, Ring(1.0, 1.0, 1.0), (200, 150), 40.0)
    assert picture.light[300, 600] < 80
    assert picture.light[150, 200] == 128


def test_a_name_stands_below_the_ring_or_above_it_at_the_edge():
    for y, above in ((100, False), (350, True)):
        picture = grey((640, 360))
        Label("Sam 17", (640, 360)).draw(picture, (320, y), 20.0, 1.0)
        rows = np.flatnonzero((picture.light != 128).any(axis=1))
        assert (rows.max() < y) if above else (rows.min() > y)
        assert picture.light.max() > 200 and picture.light.min() < 60


def test_small_players_get_a_ring_that_can_be_seen():
    assert radius_of(5, (1280, 720)) > 15
    assert radius_of(200, (1280, 720)) > 100


def test_letters_have_even_sides_and_mixing_is_linear():
    assert all(side % 2 == 0 for side in text_mask("Šimůnek", BOLD, 31).shape)
    first, second = grey((8, 4)), Planes(np.full((6, 8), 228, np.uint8))
    assert (mixed(first, second, 0.25).data == 153).all()
