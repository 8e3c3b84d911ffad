"""Boxes whose height does not fit the place where they stand count less."""

import numpy as np
import pytest

from shiftclipper.tracklets import COLOUR_BINS, KIT_VALUES
from shiftclipper.vision.detections import gather
from shiftclipper.vision.game_observations import collect
from shiftclipper.vision.geometry import fitting_scores, misfits
from shiftclipper.vision.observations import FrameObservations
from shiftclipper.vision.stabilise import stabilise

SIZE = (1280, 720)
HORIZON = 40.0
GROWTH = 0.22


def film(random, pictures, boxes_at, *, seconds=0.1, cuts=(0,)):
    """Observe `boxes_at(k)`, rows of x, y of the feet, height, score, in so many pictures."""
    result = []
    for k in range(pictures):
        x, y, tall, score = np.array(boxes_at(k), dtype=np.float64).reshape(-1, 4).T
        boxes = np.stack([x - 0.2 * tall, y - tall, x + 0.2 * tall, y], axis=1)
        result.append(
            FrameObservations(
                time=k * seconds,
                boxes=boxes.astype(np.float32),
                scores=score.astype(np.float32),
                colours=np.zeros((len(x), COLOUR_BINS), np.float32),
                kit=np.zeros((len(x), KIT_VALUES), np.float32),
                roles=np.zeros((len(x), 3), np.float32),
                sharpness=np.zeros(len(x), np.float32),
                motion=np.eye(2, 3),
                cut=k in cuts,
            )
        )
    return gather(collect(result, sum(map(len, result))), SIZE, stabilise(result, SIZE))


def skaters(random, count=10, score=0.8, *, tilt=0.0, growth=GROWTH):
    """People all over the ice; the horizon may be tilted as in a camera held askew."""
    x, y = random.uniform(60, 1220, count), random.uniform(200, 700, count)
    tall = growth * (y - HORIZON + tilt * (x - 640)) * np.exp(random.normal(0, 0.08, count))
    return np.stack([x, y, tall, np.full(count, score)], axis=1)


@pytest.mark.parametrize("tilt", [0.0, 0.12])
def test_people_keep_their_score_and_giants_and_dwarfs_lose_it(tilt):
    random = np.random.default_rng(1)

    def picture(k):
        right = GROWTH * np.array([300 - HORIZON + tilt * -440, 600 - HORIZON + tilt * 360])
        odd = [[200, 300, 2.2 * right[0], 0.45], [1000, 600, right[1] / 2.2, 0.45]]
        return np.concatenate([skaters(random, tilt=tilt), odd])

    found = film(random, 60, picture)
    scores = fitting_scores(found).reshape(60, 12)

    assert (scores[:, :10] > 0.75 * 0.8).all()
    assert scores[:, :10].mean() > 0.78
    assert (scores[:, 10:] < 0.05).all()
    assert np.allclose(
        np.concatenate([one for _, one in misfits(found)]).reshape(60, 12)[:, 10].mean(),
        np.log(2.2),
        atol=0.05,
    )


def test_many_small_signs_of_low_score_do_not_bend_the_line():
    random = np.random.default_rng(2)

    def picture(k):
        signs = [[x, 250, 14, 0.3] for x in range(100, 1200, 80)]
        return np.concatenate([skaters(random, 6), signs])

    scores = fitting_scores(film(random, 60, picture)).reshape(60, 20)

    assert (scores[:, :6] > 0.6).all()
    assert (scores[:, 6:] < 0.02).all()


def test_heights_that_follow_no_line_change_nothing():
    random = np.random.default_rng(3)

    def picture(k):
        x, y = random.uniform(60, 1220, 10), random.uniform(200, 700, 10)
        return np.stack([x, y, np.exp(random.uniform(2.5, 5.5, 10)), np.full(10, 0.8)], axis=1)

    found = film(random, 40, picture)

    assert np.array_equal(fitting_scores(found), found.scores)


def test_a_few_people_give_no_line_and_an_empty_film_no_error():
    random = np.random.default_rng(4)
    few = film(random, 5, lambda k: skaters(random, 4))
    nobody = film(random, 5, lambda k: np.zeros((0, 4)))

    assert np.array_equal(fitting_scores(few), few.scores)
    assert len(fitting_scores(nobody)) == 0


def test_after_a_cut_to_another_camera_its_own_line_counts():
    random = np.random.default_rng(5)

    def picture(k):
        return skaters(random, growth=GROWTH if k < 50 else 2.5 * GROWTH)

    scores = fitting_scores(film(random, 100, picture, cuts=(0, 50)))

    assert scores.mean() > 0.78


def test_the_line_follows_a_drift_over_minutes():
    random = np.random.default_rng(6)

    def picture(k):
        return skaters(random, growth=GROWTH * np.exp(k / 600 * 0.9))

    scores = fitting_scores(film(random, 600, picture, seconds=0.5))

    assert scores.mean() > 0.75
