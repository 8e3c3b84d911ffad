"""Torso colours, kit and sharpness of drawn people."""

import cv2
import numpy as np
import pytest

from shiftclipper.tracklets import COLOUR_BINS, KIT_PARTS, KIT_VALUES
from shiftclipper.vision.appearance import describe, sharpness

ICE = (235, 228, 222)
HUES = slice(0, 12)
GREYS = slice(12, COLOUR_BINS)


def person(picture, x, y, height, jersey, width=None, *, helmet=(40, 40, 40), socks=(20, 20, 20)):
    """Draw a standing person with black trousers; return the box."""
    width = width or height * 0.45
    left, right = round(x - width * 0.32), round(x + width * 0.32)
    cv2.rectangle(picture, (left, round(y - height * 0.84)), (right, round(y - height * 0.45)), jersey, -1)
    cv2.rectangle(
        picture, (left + 2, round(y - height * 0.45)), (right - 2, round(y - height * 0.35)), (20, 20, 20), -1
    )
    cv2.rectangle(picture, (left + 2, round(y - height * 0.35)), (right - 2, y), socks, -1)
    cv2.circle(picture, (x, round(y - height * 0.92)), round(height * 0.08), helmet, -1)
    return [x - width / 2, y - height, x + width / 2, y]


@pytest.fixture
def ice():
    random = np.random.default_rng(1)
    return np.clip(random.normal(ICE, 4, (360, 640, 3)), 0, 255).astype(np.uint8)


def likeness(first, second):
    return float(np.sqrt(first * second).sum())


def test_a_jersey_is_told_from_others_and_recognised_at_another_size(ice):
    red, blue, white, black = (40, 30, 200), (170, 60, 30), (240, 240, 240), (25, 22, 20)
    boxes = [
        person(ice, 80 + 90 * k, 320, height, jersey)
        for k, (jersey, height) in enumerate([(red, 120), (red, 60), (blue, 110), (white, 115), (black, 100)])
    ]
    colours = describe(ice, np.array(boxes)).colours
    assert colours.sum(axis=1) == pytest.approx(1)
    assert likeness(colours[0], colours[1]) > 0.9
    for one in range(1, 5):
        for other in range(one + 1, 5):
            assert likeness(colours[one], colours[other]) < 0.7
    assert colours[0][HUES].sum() > 0.8
    assert colours[3][GREYS][-3:].sum() > 0.9
    assert colours[4][GREYS][:3].sum() > 0.8


def test_ice_at_the_borders_of_a_wide_box_counts_little(ice):
    tight = person(ice, 200, 320, 120, (40, 30, 200))
    wide = [tight[0] - 25, tight[1], tight[2] + 25, tight[3]]
    colours = describe(ice, np.array([tight, wide])).colours
    assert colours[1][HUES].sum() > 0.7
    assert likeness(colours[0], colours[1]) > 0.85


def test_boxes_over_the_edge_and_specks_are_harmless(ice):
    boxes = np.array([[-30, -20, 20, 60], [600, 300, 700, 420], [100, 100, 102, 103], [50, 50, 50, 50]])
    seen = describe(ice, boxes)
    for values in (seen.colours, seen.kit, seen.sharpness):
        assert np.isfinite(values).all()
    assert not seen.colours[2:].any()
    assert not seen.kit[2:].any()


def test_nobody_in_the_picture_gives_no_rows(ice):
    seen = describe(ice, np.zeros((0, 4)))
    assert seen.colours.shape == (0, COLOUR_BINS)
    assert seen.kit.shape == (0, KIT_VALUES)
    assert seen.sharpness.shape == (0,)


def test_a_blurred_person_is_less_sharp(ice):
    box = np.array([person(ice, 300, 300, 120, (40, 30, 200))])
    blurred = cv2.GaussianBlur(ice, (0, 0), 4)
    assert sharpness(blurred, box)[0] < 0.5 * sharpness(ice, box)[0]


def parts(kit):
    """(KIT_PARTS, 3): light, redder than green, bluer than green."""
    return kit.reshape(KIT_PARTS, 3)


def test_the_kit_says_what_is_worn_from_helmet_to_socks(ice):
    box = person(ice, 300, 320, 160, (40, 30, 200), helmet=(235, 228, 222), socks=(170, 60, 30))
    helmet, shoulders, waist, trousers, socks = parts(describe(ice, np.array([box])).kit[0])
    assert helmet[0] > 0.9
    assert np.abs(helmet[1:]).max() < 0.1
    for jersey in (shoulders, waist):
        assert jersey[1] > 0.3
        assert abs(jersey[2]) < 0.15
    assert trousers[0] < 0.65
    assert socks[2] > 0.25
    assert socks[1] < 0


@pytest.mark.parametrize("light", [(0.6, 0.6, 0.6), (0.75, 0.9, 1.0), (1.0, 0.95, 0.8)])
def test_dim_and_coloured_lamps_change_the_kit_little_and_the_histogram_much(ice, light):
    boxes = np.array(
        [
            person(ice, 100 + 120 * k, 320, 130, jersey, socks=jersey)
            for k, jersey in enumerate([(40, 30, 200), (150, 70, 40), (120, 120, 120), (60, 130, 50)])
        ]
    )
    lit = np.clip(ice * np.array(light), 0, 255).astype(np.uint8)
    usual, other = describe(ice, boxes), describe(lit, boxes)
    apart = np.linalg.norm(usual.kit[:, None] - other.kit[None], axis=2)
    assert np.diag(apart).max() < 0.12
    assert (apart + np.eye(4)).min() > 4 * np.diag(apart).max()
    assert np.abs(usual.colours - other.colours).sum(axis=1).max() > 0.2


def test_dark_things_beside_a_person_are_not_taken_for_his_ice(ice):
    """Where no ice is beside a person the picture's usual ice is taken."""
    boxes = [person(ice, 80 + 90 * k, 320, 110, (40, 30, 200)) for k in range(5)]
    usual = describe(ice, np.array(boxes)).kit[2]
    left, right = round(boxes[2][0]), round(boxes[2][2])
    ice[226:330, left - 8 : left + 7] = ice[226:330, right - 7 : right + 8] = (60, 40, 30)
    hidden = describe(ice, np.array(boxes)).kit[2]
    assert np.abs(hidden - usual).max() < 0.1
