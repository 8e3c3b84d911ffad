"""The reader of jersey numbers."""

import itertools

import cv2
import numpy as np
import pytest

from shiftclipper.vision.number_reader import NumberReader, likeliest


@pytest.fixture(scope="module")
def reader():
    return NumberReader.load()


def back(text, *, jersey=(150, 60, 30), ink=(245, 245, 245), size=(90, 70)):
    """A crop of a back with a number drawn on it."""
    image = np.full((*size, 3), jersey, np.uint8)
    (width, height), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_DUPLEX, 1.6, 5)
    place = ((size[1] - width) // 2, (size[0] + height) // 2)
    cv2.putText(image, text, place, cv2.FONT_HERSHEY_DUPLEX, 1.6, ink, 5, cv2.LINE_AA)
    return cv2.GaussianBlur(image, (0, 0), 1.0)


@pytest.mark.parametrize("number", ["17", "24", "88", "9", "40", "63"])
def test_a_clear_number_is_read(reader, number):
    (found,) = reader.read([back(number)])

    assert found.number == number
    assert found.probability > 0.5


def test_dark_ink_on_white_reads_as_well(reader):
    found = reader.read([back("35", jersey=(240, 240, 240), ink=(20, 20, 90))])

    assert [one.number for one in found] == ["35"]


def test_a_plain_back_gives_little(reader):
    random = np.random.default_rng(3)
    plain = [np.clip(random.normal((150, 60, 30), 6, (90, 70, 3)), 0, 255).astype(np.uint8) for _ in range(6)]

    assert max(one.probability for one in reader.read(plain)) < 0.5


def test_a_crop_reads_the_same_alone_and_among_others(reader):
    crops = [back(text, size=(60 + 7 * k, 50 + 5 * k)) for k, text in enumerate(["11", "72", "5", "90"] * 3)]

    together = reader.read(crops)

    assert [one.number for one in together] == [reader.read([crop])[0].number for crop in crops]
    assert reader.read([]) == []


def spelled(text, steps):
    """Sum over all ways in which a text can be spelled: each step a blank (0) or a digit (1 to 10)."""
    total = 0.0
    for way in itertools.product(range(11), repeat=len(steps)):
        merged = [one for k, one in enumerate(way) if one and (k == 0 or way[k - 1] != one)]
        if "".join(str(one - 1) for one in merged) == text:
            total += float(np.prod([step[one] for step, one in zip(steps, way, strict=True)]))
    return total


@pytest.mark.parametrize("seed", range(6))
def test_the_probability_is_the_sum_over_all_spellings(seed):
    random = np.random.default_rng(seed)
    steps = random.dirichlet(np.full(11, 0.3), 4) * 0.9
    every = [f"{k}" for k in range(10)] + [f"{k:02}" for k in range(100)]
    chances = {text: spelled(text, steps) for text in every}

    found = likeliest(steps)

    assert found.number == max(chances, key=lambda text: chances[text])
    assert found.probability == pytest.approx(max(chances.values()))


def test_twice_the_same_digit_needs_a_gap_between():
    certain = np.full((3, 11), 1e-6)
    certain[[0, 1, 2], [5, 0, 5]] = 1.0
    joined = np.full((3, 11), 1e-6)
    joined[:, 5] = 1.0

    assert likeliest(certain).number == "44"
    assert likeliest(joined).number == "4"
