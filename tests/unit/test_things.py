"""Things that never move are dropped; people, also those who stand still, are kept."""

import numpy as np
import pytest

from shiftclipper.tracklets import COLOUR_BINS, KIT_VALUES
from shiftclipper.vision.detections import gather
from shiftclipper.vision.game_observations import collect
from shiftclipper.vision.observations import FrameObservations
from shiftclipper.vision.stabilise import stabilise

DOT = (600.0, 300.0)
GOALIE = (100.0, 400.0)


def sifted(pictures):
    """The boxes and scores of people, picture by picture."""
    seen = collect(pictures, sum(map(len, pictures)))
    people = gather(seen, (1280, 720), stabilise(pictures, (1280, 720)))
    return [people.part(k, k + 1) for k in range(len(pictures))]


def picture(time, people, *, cut=False):
    """People are (x, y of the feet, score), 60 pixels tall."""
    boxes = [(x - 12, y - 60, x + 12, y) for x, y, _ in people]
    count = len(people)
    return FrameObservations(
        time=time,
        boxes=np.array(boxes, np.float32).reshape(-1, 4),
        scores=np.array([score for *_, score in people], np.float32),
        colours=np.zeros((count, COLOUR_BINS), np.float32),
        kit=np.zeros((count, KIT_VALUES), np.float32),
        roles=np.zeros((count, 3), np.float32),
        sharpness=np.zeros(count, np.float32),
        motion=np.eye(2, 3),
        cut=cut,
    )


def film(seconds=60.0, *, dot=True, everywhere=1.0, sway=3.0):
    """A skater, a goalie who stands and sways by so many pixels, and perhaps a dot."""
    rng = np.random.default_rng(3)
    pictures = []
    for k in range(int(seconds * 10)):
        skater = (20.0 + 15.0 * (k % 80), 300.0, 0.8)
        people = [skater, (*rng.normal(GOALIE, sway), 0.6)]
        if dot and rng.random() < 0.3 * everywhere:
            people.append((*rng.normal(DOT, 1.0), rng.uniform(0.2, 0.3)))
        pictures.append(picture(k / 10, people, cut=k == 0))
    return pictures


def scores_near(pictures, place, reach=15):
    return [
        float(score)
        for one in pictures
        for box, score in zip(one.boxes, one.scores, strict=True)
        if abs((box[0] + box[2]) / 2 - place[0]) < reach and abs(box[3] - place[1]) < reach
    ]


def test_a_thing_goes_and_who_passes_in_front_of_it_stays():
    before, after = film(), sifted(film())
    assert min(scores_near(before, DOT)) < 0.3
    left = scores_near(after, DOT)
    assert left and min(left) == pytest.approx(0.8)


def test_who_stands_still_stays():
    after = sifted(film())
    assert len(scores_near(after, GOALIE)) == len(after)


def test_what_never_sways_is_a_thing_however_sure_the_detector_is():
    assert not scores_near(sifted(film(sway=0.5)), GOALIE)
    assert len(scores_near(sifted(film(15.0, sway=0.5)), GOALIE)) == 150  # too short to tell


def test_somebody_before_what_never_sways_stays():
    pictures = film(sway=0.5)
    pictures[300] = picture(30.0, [(*GOALIE, 0.6), (GOALIE[0] + 1.0, GOALIE[1], 0.95)])
    assert scores_near(sifted(pictures), GOALIE) == pytest.approx([0.95])


def test_a_person_of_low_score_who_moves_stays():
    pictures = [picture(k / 10, [(20.0 + 4.0 * (k % 300), 300.0, 0.2)], cut=k == 0) for k in range(600)]
    assert sum(len(one.boxes) for one in sifted(pictures)) == 600


def test_nothing_can_be_told_in_a_few_seconds():
    pictures = film(4.0)
    assert [len(one.boxes) for one in sifted(pictures)] == [len(one) for one in pictures]


def test_each_scene_is_judged_by_itself():
    other = [picture(60 + k / 10, [(*DOT, 0.25)] if k == 9 else [], cut=k == 0) for k in range(600)]
    after = sifted(film() + other)
    assert len(after[600 + 9].boxes) == 1


def test_pictures_without_anybody_are_kept():
    empty = [picture(k / 10, [], cut=k == 0) for k in range(200)]
    assert len(sifted(empty)) == 200
    assert sifted([]) == []
