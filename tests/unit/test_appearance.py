"""Torso colours and sharpness of drawn people."""

import cv2
import numpy as np
import pytest

from shiftclipper.tracklets import COLOUR_BINS
from shiftclipper.vision.appearance import sharpness, torso_colours

ICE = (235, 228, 222)
HUES = slice(0, 12)
GREYS = slice(12, COLOUR_BINS)


def person(picture, x, y, height, jersey, width=None):
    """Draw a standing person with black trousers; return the box."""
    width = width or height * 0.45
    left, right = round(x - width * 0.32), round(x + width * 0.32)
    cv2.rectangle(picture, (left, round(y - height * 0.84)), (right, round(y - height * 0.45)), jersey, -1)
    cv2.rectangle(picture, (left + 2, round(y - height * 0.45)), (right - 2, y), (20, 20, 20), -1)
    cv2.circle(picture, (x, round(y - height * 0.92)), round(height * 0.08), (40, 40, 40), -1)
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
    colours = torso_colours(ice, np.array(boxes))
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
    colours = torso_colours(ice, np.array([tight, wide]))
    assert colours[1][HUES].sum() > 0.7
    assert likeness(colours[0], colours[1]) > 0.85


def test_boxes_over_the_edge_and_specks_are_harmless(ice):
    boxes = np.array([[-30, -20, 20, 60], [600, 300, 700, 420], [100, 100, 102, 103], [50, 50, 50, 50]])
    colours = torso_colours(ice, boxes)
    assert np.isfinite(colours).all()
    assert colours[2:].sum() == 0
    assert np.isfinite(sharpness(ice, boxes)).all()


def test_nobody_in_the_picture_gives_no_rows(ice):
    assert torso_colours(ice, np.zeros((0, 4))).shape == (0, COLOUR_BINS)
    assert sharpness(ice, np.zeros((0, 4))).shape == (0,)


def test_a_blurred_person_is_less_sharp(ice):
    box = np.array([person(ice, 300, 300, 120, (40, 30, 200))])
    blurred = cv2.GaussianBlur(ice, (0, 0), 4)
    assert sharpness(blurred, box)[0] < 0.5 * sharpness(ice, box)[0]
