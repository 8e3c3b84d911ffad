"""Tracklets of drawn skaters whose paths are known."""

import tracemalloc
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from shiftclipper.tracklets import COLOUR_BINS, KIT_VALUES, Ending
from shiftclipper.vision.game_observations import collect
from shiftclipper.vision.observations import (
    FrameObservations,
    pack_observations,
    rounded,
    unpack_observations,
)
from shiftclipper.vision.tracker import track

SIZE = (1280, 720)
RATE = 10
HEIGHT = 90.0
RED, WHITE = 0, 23


def line(start, velocity, seconds):
    """Feet points (n, 2) of somebody who skates straight on."""
    times = np.arange(round(seconds * RATE))[:, None] / RATE
    return np.asarray(start, float) + times * np.asarray(velocity, float)


def turns(points, seconds):
    """Feet points along corners that are reached at `seconds`."""
    times = np.arange(round(seconds[-1] * RATE)) / RATE
    return np.stack([np.interp(times, seconds, [point[axis] for point in points]) for axis in (0, 1)], axis=1)


def film(*people, missed=0.0, jitter=1.5, false=0.0, colours=(), motion=None, cuts=(), seed=1):
    """Observations of people, each (n, 2) feet points with nan where hidden; and whose each box is."""
    random = np.random.default_rng(seed)
    pictures, owners = [], []
    for k in range(max(len(one) for one in people)):
        rows, whose = [], []
        for number, path in enumerate(people):
            if k >= len(path) or not np.isfinite(path[k]).all() or random.random() < missed:
                continue
            x, y = path[k]
            rows.append([x - 0.22 * HEIGHT, y - HEIGHT, x + 0.22 * HEIGHT, y])
            whose.append(number)
        for _ in range(random.poisson(false)):
            x, y = random.uniform([50, 120], [SIZE[0] - 50, SIZE[1] - 10])
            rows.append([x - 20, y - HEIGHT, x + 20, y])
            whose.append(-1)
        boxes = np.array(rows).reshape(-1, 4) + random.normal(0, jitter, (len(rows), 4))
        looks = np.zeros((len(rows), COLOUR_BINS), np.float32)
        for row, number in enumerate(whose):
            if 0 <= number < len(colours):
                looks[row, colours[number]] = 1
        pictures.append(
            rounded(
                FrameObservations(
                    time=k / RATE,
                    boxes=boxes.astype(np.float32),
                    scores=np.full(len(rows), 0.8, np.float32),
                    colours=looks,
                    kit=np.zeros((len(rows), KIT_VALUES), np.float32),
                    roles=np.zeros((len(rows), 3), np.float32),
                    sharpness=np.full(len(rows), 10, np.float32),
                    motion=np.eye(2, 3) if motion is None or k == 0 else motion,
                    cut=k in cuts,
                )
            )
        )
        owners.append(np.array(whose, dtype=int))
    return pictures, owners


def people_in(tracklet, pictures, owners):
    """The set of people that a tracklet's boxes belong to."""
    found = set()
    for time, box in zip(tracklet.times, tracklet.boxes, strict=True):
        k = round(time * RATE)
        found.add(int(owners[k][(pictures[k].boxes == box).all(axis=1)][0]))
    return found


def test_somebody_who_is_missed_now_and_then_is_one_tracklet():
    pictures, _ = film(line((200, 400), (60, 10), 12), missed=0.2)
    (tracklet,) = track(pictures, SIZE)
    assert tracklet.end - tracklet.start > 11
    assert np.all(np.diff(tracklet.times) > 0)
    assert tracklet.begins is Ending.VIDEO
    assert tracklet.ends is Ending.VIDEO


def test_two_who_cross_at_speed_are_carried_through():
    pictures, owners = film(line((200, 420), (150, 0), 6), line((1080, 430), (-160, 0), 6), missed=0.1)
    tracklets = track(pictures, SIZE)
    assert [people_in(one, pictures, owners) for one in tracklets] in ([{0}, {1}], [{1}, {0}])


def meeting(stay):
    """Two people meet at one place, stay together and part, each the way that either could have gone."""
    first = turns([(300, 400), (640, 400), (640, 400), (960, 400)], [0, 3, 3 + stay, 6 + stay])
    second = turns([(640, 640), (640, 404), (640, 404), (640, 180)], [0, 3, 3 + stay, 6 + stay])
    return first, second


def test_two_alike_who_stand_in_one_place_are_broken_rather_than_guessed():
    for seed in range(8):
        pictures, owners = film(*meeting(2.0), jitter=3, seed=seed, colours=(RED, RED))
        tracklets = track(pictures, SIZE)
        long = [one for one in tracklets if one.end - one.start > 2]
        assert all(len(people_in(one, pictures, owners)) == 1 for one in long if one.end < 3 or one.start > 5)
        through = [one for one in tracklets if one.start < 2 and one.end > 6]
        assert not through
        assert any(one.ends is Ending.CONTACT for one in tracklets)


def test_different_jerseys_are_told_apart_after_the_same_meeting():
    pictures, owners = film(*meeting(0.6), jitter=3, colours=(RED, WHITE))
    through = [one for one in track(pictures, SIZE) if one.start < 2 and one.end > 4.5]
    assert sorted(people_in(one, pictures, owners) for one in through) == [{0}, {1}]
    assert sorted(int(one.colour.argmax()) for one in through) == [RED, WHITE]
    assert all(one.colour.sum() == pytest.approx(1) for one in through)


def test_a_skater_hidden_behind_another_comes_out_as_himself():
    hidden = line((200, 420), (140, 0), 7)
    hidden[28:33] = np.nan
    pictures, owners = film(hidden, line((1000, 428), (-130, 0), 7), colours=(RED, WHITE))
    tracklets = track(pictures, SIZE)
    assert sorted(people_in(one, pictures, owners) for one in tracklets) == [{0}, {1}]


def test_boxes_here_and_there_become_nobody():
    pictures, owners = film(line((200, 400), (50, 5), 20), false=0.5)
    tracklets = track(pictures, SIZE)
    mine = [one for one in tracklets if people_in(one, pictures, owners) <= {0}]
    assert sum(len(one.times) for one in tracklets) - sum(len(one.times) for one in mine) < 12
    assert max(one.end - one.start for one in mine) > 15


def test_a_cut_ends_every_tracklet_and_begins_a_scene():
    pictures, _ = film(line((300, 400), (20, 0), 8), line((800, 500), (-20, 0), 8), cuts=(40,))
    tracklets = track(pictures, SIZE)
    assert [one.scene for one in tracklets] == [0, 0, 1, 1]
    assert all(one.ends is Ending.CUT for one in tracklets[:2])
    assert all(one.begins is Ending.CUT for one in tracklets[2:])
    assert all(one.end < 4 <= other.start for one in tracklets[:2] for other in tracklets[2:])


def test_somebody_who_stands_while_the_camera_pans_has_feet_that_stand():
    pan = np.array([[1, 0, -12.0], [0, 1, 2.0]])
    pictures, _ = film(line((1100, 400), (-120, 20), 6), motion=pan, jitter=1)
    (tracklet,) = track(pictures, SIZE)
    assert np.abs(tracklet.feet - tracklet.feet.mean(axis=0)).max() < 6
    assert tracklet.scale == pytest.approx(np.ones(len(tracklet.scale)))


def test_zooming_changes_the_scale_and_not_the_stabilised_feet():
    zoom = np.array([[1.01, 0, -6.4], [0, 1.01, -3.6]])
    grown = np.array([640.0, 360]) + np.array([[200, 100]]) * 1.01 ** np.arange(30)[:, None]
    pictures, _ = film(grown, motion=zoom, jitter=0.5)
    (tracklet,) = track(pictures, SIZE)
    assert np.abs(tracklet.feet - [840, 460]).max() < 5
    assert tracklet.scale[-1] == pytest.approx(1.01**-29, rel=0.01)


def test_who_leaves_the_picture_ends_at_its_edge_and_who_vanishes_in_the_open():
    leaving = line((900, 400), (150, 0), 2.5)
    vanishing = line((400, 400), (30, 0), 4)
    staying = line((600, 600), (5, 0), 8)
    pictures, owners = film(leaving, vanishing, staying)
    ends = {min(people_in(one, pictures, owners)): one.ends for one in track(pictures, SIZE)}
    assert ends == {0: Ending.EDGE, 1: Ending.OPEN, 2: Ending.VIDEO}


def test_tracklets_are_numbered_by_their_start_and_are_the_same_after_packing():
    random = np.random.default_rng(7)
    people = [line(random.uniform([200, 200], [1000, 650]), random.normal(0, 60, 2), 10) for _ in range(10)]
    pictures, _ = film(*people, missed=0.15, false=0.4)
    tracklets = track(pictures, SIZE)
    assert [one.id for one in tracklets] == list(range(len(tracklets)))
    assert all(one.start <= other.start for one, other in pairwise(tracklets))
    chunks = [pictures[:37], pictures[37:80], pictures[80:]]
    again = track((one for chunk in chunks for one in unpack_observations(pack_observations(chunk))), SIZE)
    assert len(again) == len(tracklets)
    for one, other in zip(tracklets, again, strict=True):
        for name in ("times", "boxes", "scores", "feet", "scale", "colour"):
            assert np.array_equal(getattr(one, name), getattr(other, name))


def test_no_box_is_in_two_tracklets():
    random = np.random.default_rng(8)
    people = [line(random.uniform([500, 350], [700, 450]), random.normal(0, 40, 2), 8) for _ in range(8)]
    pictures, _ = film(*people, missed=0.1)
    boxes = [
        (time, *box) for one in track(pictures, SIZE) for time, box in zip(one.times, one.boxes, strict=True)
    ]
    assert len(boxes) == len(set(boxes))


def test_an_empty_film_has_no_tracklets():
    assert track([], SIZE) == []
    pictures, _ = film(np.full((30, 2), np.nan))
    assert track(pictures, SIZE) == []


def test_taking_in_a_longer_game_takes_no_more_memory_than_its_bytes():
    people = [line((200 + 60 * k, 300 + 20 * k), (1, 0), 10) for k in range(12)]
    packed = pack_observations(film(*people)[0])
    each = sum(map(len, unpack_observations(packed)))

    def peak(chunks):
        seen = (
            replace(one, time=one.time + 10 * number)
            for number in range(chunks)
            for one in unpack_observations(packed)
        )
        tracemalloc.start()
        try:
            game = collect(seen, chunks * each)
            assert len(game.boxes) == game.starts[-1] == chunks * each
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    # 62 bytes for each detection, and some for each picture.
    assert peak(40) - peak(10) < 75 * 30 * each
