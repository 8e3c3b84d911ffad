"""The analysis size is chosen from how tall people are in the picture."""

import pytest

from shiftclipper.vision.scale import QUALITIES, input_size, width_input_size

HD = (1920, 1080)


@pytest.mark.parametrize("name", QUALITIES)
def test_tall_people_are_looked_at_reduced(name):
    quality = QUALITIES[name]
    width, height = input_size(HD, [120.0] * 40, quality)
    assert width == pytest.approx(1920 * quality.far_height / 120, abs=32)
    assert height == pytest.approx(1080 * quality.far_height / 120, abs=32)
    assert width % 32 == 0
    assert height % 32 == 0


def test_people_far_away_decide_and_not_the_near_ones():
    near_and_far = [200.0] * 30 + [40.0] * 12
    alone = [40.0] * 40
    assert input_size(HD, near_and_far, QUALITIES["balanced"]) == input_size(HD, alone, QUALITIES["balanced"])


def test_a_far_skater_of_fourteen_pixels_is_enlarged_only_when_looked_at_thoroughly():
    rink = (1280, 300)
    widths = {name: input_size(rink, [14.0] * 40, quality)[0] for name, quality in QUALITIES.items()}
    assert widths["thorough"] > 1.8 * 1280
    assert widths["balanced"] <= 1280
    assert widths["fast"] < widths["balanced"]


@pytest.mark.parametrize("name", QUALITIES)
def test_no_picture_costs_more_than_its_quality_allows(name):
    width, height = input_size((3840, 2160), [10.0] * 40, QUALITIES[name])
    assert (width - 32) * (height - 32) <= QUALITIES[name].most_pixels


def test_a_film_in_which_nobody_was_seen_is_looked_at_at_the_usual_width():
    assert input_size(HD, [], QUALITIES["thorough"])[0] in range(864, 993)


def test_a_width_that_was_asked_for_holds_for_the_whole_picture():
    assert width_input_size((960, 300), 1920, 1280) == (640, 224)
    assert width_input_size((960, 300), 960, 1280) == (960, 320)
