"""Body AP, the figure that the detector is judged by, counts what its definition says."""

import importlib.util
import sys

import numpy as np
import pytest

from shiftclipper.paths import resource_path


@pytest.fixture(scope="module")
def measures():
    path = resource_path("models", "training", "measures.py")
    spec = importlib.util.spec_from_file_location("detector_measures", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def box(x, y, width, height):
    """A box around a centre."""
    return [x - width / 2, y - height / 2, x + width / 2, y + height / 2]


def answer(measures, found, labelled, ignored=None):
    return measures.Answer(
        np.array(found, np.float32).reshape(-1, 5),
        np.array(labelled, np.float32).reshape(-1, 4),
        np.array(ignored if ignored is not None else [False] * len(labelled), bool),
    )


@pytest.mark.parametrize(
    ("found", "right"),
    [
        (box(139, 100, 50, 100), True),
        (box(141, 100, 50, 100), False),
        (box(100, 129, 50, 100), True),
        (box(100, 131, 50, 100), False),
        (box(100, 100, 300, 100), True),
        (box(100, 100, 50, 61), True),
        (box(100, 100, 50, 59), False),
        (box(100, 100, 50, 159), True),
        (box(100, 100, 50, 161), False),
    ],
    ids=["0.39 h across", "0.41 h across", "0.29 h down", "0.31 h down", "with a long stick",
         "height 0.61", "height 0.59", "height 1.59", "height 1.61"],
)  # fmt: skip
def test_body_fit_goes_by_place_and_height_only(measures, found, right):
    labelled = np.array([box(100, 100, 50, 100)], np.float32)
    fit = measures.body_fit(np.array([found], np.float32), labelled)
    assert (fit[0, 0] > 0) == right


def test_all_right_is_one(measures):
    person = box(50, 50, 20, 40)
    one = answer(measures, [[*person, 0.3]], [person])
    assert measures.quality([one, one], measures.body_fit).precision == pytest.approx(1.0)
    assert measures.quality([one, one], measures.overlap_fit).precision == pytest.approx(1.0)


def test_average_precision_is_the_area_under_the_curve(measures):
    """Right, wrong, right of three people: 1/3 at precision 1 and 1/3 at 2/3."""
    people = [box(50, 50, 20, 40), box(150, 50, 20, 40), box(250, 50, 20, 40)]
    found = [[*people[0], 0.9], [*box(400, 50, 20, 40), 0.8], [*people[1], 0.7]]
    figures = measures.quality([answer(measures, found, people)], measures.body_fit)
    assert figures.precision == pytest.approx(1 / 3 + 2 / 9)
    assert figures.recall_at_best == pytest.approx(2 / 3)
    assert figures.precision_at_best == pytest.approx(2 / 3)


def test_a_second_box_on_one_person_is_wrong(measures):
    person = box(50, 50, 20, 40)
    figures = measures.quality(
        [answer(measures, [[*person, 0.9], [*person, 0.8]], [person])], measures.body_fit
    )
    assert figures.precision == pytest.approx(1.0)
    scores, right = measures.assign(
        answer(measures, [[*person, 0.9], [*person, 0.8]], [person]), measures.body_fit
    )
    assert scores.tolist() == pytest.approx([0.9, 0.8])
    assert right.tolist() == [True, False]


def test_ignored_people_count_neither_way(measures):
    person, hidden = box(50, 50, 20, 40), box(150, 50, 20, 40)
    found = [[*hidden, 0.9], [*person, 0.8]]
    figures = measures.quality([answer(measures, found, [person, hidden], [False, True])], measures.body_fit)
    assert figures.precision == pytest.approx(1.0)


def test_nothing_found_is_zero(measures):
    figures = measures.quality([answer(measures, [], [box(9, 9, 4, 8)])], measures.body_fit)
    assert figures.precision == 0.0


def test_recall_at_nine_of_ten_right_reaches_to_the_lowest_threshold_that_is_clean_enough(measures):
    people = [box(100 * k + 50, 50, 20, 40) for k in range(20)]
    found = [[*person, 0.9 - k / 100] for k, person in enumerate(people[:18])]
    found.insert(9, [*box(5000, 50, 20, 40), 0.805])
    clean = measures.quality([answer(measures, found, people)], measures.body_fit)
    assert clean.recall_at_nine == pytest.approx(18 / 20)
    found += [[*box(6000 + 100 * k, 50, 20, 40), 0.95] for k in range(3)]
    dirty = measures.quality([answer(measures, found, people)], measures.body_fit)
    assert dirty.recall_at_nine == 0.0


def test_a_height_class_asks_for_its_own_people_and_their_detections_only(measures):
    small, large = box(50, 50, 10, 20), box(250, 100, 50, 100)
    found = [[*large, 0.9], [*small, 0.8], [*box(400, 50, 10, 20), 0.7], [*box(500, 50, 50, 100), 0.6]]
    (asked,) = measures.of_height([answer(measures, found, [small, large])], 0, 24)
    scores, right = measures.assign(asked, measures.body_fit)
    assert scores.tolist() == pytest.approx([0.8, 0.7])
    assert right.tolist() == [True, False]
