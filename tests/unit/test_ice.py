"""The ice is found where it is, and nothing is left out when it cannot be told."""

import numpy as np
import pytest

from shiftclipper.sample import Game
from shiftclipper.vision.ice import WHOLE, find_ice, stands_still

SIZE = (640, 360)


@pytest.mark.parametrize("seed", [31, 32, 33])
def test_everybody_on_the_ice_lies_in_the_region(seed):
    game = Game(seed, 20, "fixed", SIZE, 10)
    region = find_ice([game.frame(i) for i in range(10, 200, 30)])

    assert region.width * region.height < 0.7
    for i in range(0, 200, 20):
        _, boxes, _, on_ice = game.boxes(i)
        inside = boxes[on_ice] / np.tile(SIZE, 2)
        assert (inside[:, 1] >= region.top).all()
        assert (inside[:, 3] <= region.top + region.height).all()


def test_a_dark_hall_without_ice_is_looked_at_whole():
    rng = np.random.default_rng(1)
    assert find_ice([rng.integers(0, 60, (90, 160, 3), np.uint8) for _ in range(3)]) == WHOLE


def test_ice_that_fills_the_picture_is_looked_at_whole():
    assert find_ice([np.full((90, 160, 3), 225, np.uint8)]) == WHOLE


@pytest.mark.parametrize("seed", [31, 32, 33])
@pytest.mark.parametrize("camera", ["fixed", "pan"])
def test_a_camera_that_turns_is_told_from_one_that_stands(seed, camera):
    game = Game(seed, 40, camera, SIZE, 10)
    assert stands_still([game.frame(i) for i in range(20, 400, 60)]) is (camera == "fixed")


def test_a_tripod_that_shakes_a_little_in_changing_light_stands():
    game = Game(31, 40, "fixed", SIZE, 10)
    pictures = []
    for number, i in enumerate(range(20, 400, 60)):
        shaken = np.roll(game.frame(i), (number % 3 - 1, number % 2), axis=(0, 1))
        pictures.append(np.clip(shaken * (0.8 + 0.05 * number) + 5 * number, 0, 255).astype(np.uint8))
    assert stands_still(pictures)
