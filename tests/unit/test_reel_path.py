"""Where the player is in a reel: the ring's place, where the picture stops, and the upright picture."""

import numpy as np
import pytest

from shiftclipper.export.reel.framing import FREE, follow, upright_size, whole_picture
from shiftclipper.export.reel.planes import planes_of
from shiftclipper.export.reel.player_path import crowding, player_path
from shiftclipper.export.reel.ring import FOLLOW, FREEZE, LEAD, choose_freeze, ring_frozen, rings_moving
from tests.made_tracklets import made_tracklet

SIZE = (1280, 720)
RATE = 30.0
TIMES = np.arange(300) / RATE
SHIFT = (0.0, 10.0)


def walk(time):
    return 200 + 80 * time, 300 + 10 * time


def path_of(*tracklets, span=SHIFT):
    return player_path(tracklets, span, TIMES, SIZE)


def test_the_path_runs_straight_between_boxes():
    path = path_of(made_tracklet(1, 0, 10, walk))
    assert path.seen.all()
    wanted = np.array([walk(time) for time in TIMES]) / np.array(SIZE)
    middle = slice(20, -20)
    assert np.abs(path.centres[middle] - wanted[middle]).max() * SIZE[0] < 0.5
    assert path.heights == pytest.approx(40 / 720)


def test_a_short_gap_is_bridged_and_a_long_one_is_not():
    path = path_of(
        made_tracklet(1, 0, 3, walk), made_tracklet(2, 3.6, 5, walk), made_tracklet(3, 8, 10, walk)
    )
    seen = path.seen
    assert seen[(TIMES > 3) & (TIMES < 3.6)].all()
    assert not seen[(TIMES > 5.2) & (TIMES < 7.8)].any()


def test_boxes_of_the_tracklet_outside_the_shift_are_not_the_players():
    path = path_of(made_tracklet(1, 0, 10, walk), span=(2.0, 6.0))
    seen = TIMES[path.seen]
    assert np.diff(seen).max() < 0.04
    assert (seen[0], seen[-1]) == pytest.approx((2, 6), abs=0.25)
    assert path_of(made_tracklet(1, 0, 1, walk), span=(4.0, 6.0)) is None
    assert path_of() is None


def test_a_cut_of_the_picture_is_not_bridged():
    path = path_of(
        made_tracklet(1, 0, 4, lambda _: (200, 300)), made_tracklet(2, 4.4, 10, lambda _: (900, 400), scene=1)
    )
    assert not path.seen[(TIMES > 4.15) & (TIMES < 4.25)].any()
    x = path.centres[path.seen, 0] * SIZE[0]
    assert set(np.rint(x)) == {200, 900}


def test_the_picture_stops_where_nobody_stands_before_the_player():
    player = made_tracklet(1, 2, 10, lambda _: (600, 300))
    passing = made_tracklet(2, 0, 3.0, lambda _: (600, 310))
    path = path_of(player, span=(2.0, 10.0))
    free = choose_freeze(path, np.zeros(300), RATE)
    assert free.at == np.flatnonzero(path.seen)[0]
    freeze = choose_freeze(path, crowding(path, [passing], TIMES, SIZE), RATE)
    assert TIMES[freeze.at] == pytest.approx(3.05, abs=0.06)
    assert freeze.pictures == round(FREEZE * RATE)


def test_the_picture_stops_early_even_when_the_player_is_covered_all_through():
    path = path_of(made_tracklet(1, 2, 10, lambda _: (600, 300)), span=(2.0, 10.0))
    covered = 1.0 - TIMES / 20
    assert TIMES[choose_freeze(path, covered, RATE).at] < 4.5


def test_the_picture_stops_where_the_player_stays_in_sight():
    path = path_of(made_tracklet(1, 0, 0.4, walk), made_tracklet(2, 2, 8, walk))
    assert TIMES[choose_freeze(path, np.zeros(300), RATE).at] > 1.8


def test_the_picture_moves_for_a_moment_before_it_stops_and_is_mixed_with_nothing():
    path = path_of(made_tracklet(1, 0, 10, walk))
    assert TIMES[choose_freeze(path, np.zeros(300), RATE).at] == LEAD
    assert choose_freeze(path, np.zeros(300), RATE, mixed=30).at == 30 + LEAD * RATE
    brief = path_of(made_tracklet(1, 0, 0.2, walk))
    assert choose_freeze(brief, np.zeros(300), RATE).at < 0.4 * RATE


def test_after_the_stop_the_ring_stays_two_seconds_and_goes_softly():
    path = path_of(made_tracklet(1, 0, 10, walk))
    freeze = choose_freeze(path, np.zeros(300), RATE)
    strengths = np.array([ring.strength for ring in rings_moving(path, freeze, RATE, always=False)])
    shown = np.flatnonzero(strengths)
    assert shown[0] == freeze.at + 1
    assert len(shown) == pytest.approx(FOLLOW * RATE, abs=2)
    assert -np.diff(strengths[shown]).min() >= 0
    assert strengths[shown[-1]] < 0.2


def test_a_ring_that_stays_is_shown_exactly_while_the_player_is_seen():
    path = path_of(made_tracklet(1, 0, 3, walk), made_tracklet(2, 6, 10, walk))
    strengths = np.array([ring.strength for ring in rings_moving(path, None, RATE, always=True)])
    assert not strengths[~path.seen].any()
    assert (strengths[path.seen] > 0).all()
    assert np.abs(np.diff(strengths)).max() < 0.25
    assert strengths[45] == 1


def test_the_ring_closes_in_on_the_player_while_the_picture_stands_still():
    path = path_of(made_tracklet(1, 0, 10, walk))
    freeze = choose_freeze(path, np.zeros(300), RATE)
    rings = [ring_frozen(step, freeze, RATE) for step in range(freeze.pictures)]
    wide = [ring.wide for ring in rings]
    assert wide == sorted(wide, reverse=True) and wide[0] > 2 and wide[-1] == 1
    assert rings[0].dim == 0 and max(ring.dim for ring in rings) == 1 and rings[-1].dim < 0.5


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("film", [(1280, 720), (1920, 1080), (720, 576)])
def test_the_upright_picture_holds_the_player_and_moves_calmly(seed, film):
    random = np.random.default_rng(seed)
    # As fast as the fastest cross a rink that fills the picture: in four seconds.
    steps = random.uniform([-320, -100], [320, 100], (11, 2))
    way = np.clip(np.cumsum([[640, 360], *steps], axis=0), [20, 60], [1260, 660])
    shake = random.normal(0, 2, (101, 2))

    def skate(time):
        steady = [np.interp(time, np.arange(12), way[:, axis]) for axis in (0, 1)]
        return tuple(np.array(steady) + shake[round(time * 10)])

    path = path_of(made_tracklet(1, 0, 10, skate))
    framing = follow(path, 300, RATE, film)
    part = np.array(framing.size) / framing.scale
    assert framing.size == upright_size(film) and part[0] / part[1] == pytest.approx(9 / 16)
    assert (framing.corners >= 0).all() and (framing.corners + part <= np.array(film) + 1e-6).all()
    off = (path.centres * film - framing.corners) / part
    assert off.min() > 0 and off.max() < 1
    inside = (framing.corners > 0).all(axis=1) & (framing.corners + part < np.array(film) - 1e-6).all(axis=1)
    assert (np.abs(off[inside] - 0.5) < FREE + 0.1).all()
    boxes = np.array([skate(time) for time in np.arange(101) / 10]) / SIZE * film
    shaking = np.abs(np.diff(boxes, 2, axis=0)).mean()
    assert np.abs(np.diff(framing.corners[::3], 2, axis=0)).mean() < shaking / 3


def test_the_upright_picture_stands_still_where_the_player_is_out_of_sight():
    path = path_of(made_tracklet(1, 5, 10, lambda time: (400 + 40 * (time - 5), 360)), span=(5.0, 10.0))
    corners = follow(path, 300, RATE, SIZE).corners
    assert np.ptp(corners[:60], axis=0).max() < 1
    lonely = follow(None, 300, RATE, SIZE)
    assert np.ptp(lonely.corners, axis=0).max() == 0
    assert lonely.corners[0, 0] == pytest.approx((1280 - 720 * 9 / 16) / 2, abs=9)


@pytest.mark.parametrize("x", [0, 300.0, 640.0, 640.4, 641.7, 1279])
def test_a_point_is_where_the_upright_picture_shows_it(x):
    path = path_of(made_tracklet(1, 0, 10, lambda _: (x, 380)))
    framing = follow(path, 300, RATE, SIZE)
    left, top = (int(corner) for corner in framing.corners[10])
    image = np.full((720, 1280, 3), 230, np.uint8)
    image[top + 120 : top + 131, left + 50 : left + 61] = 0
    picture = framing.shown(planes_of(image), 10)
    rows, columns = np.nonzero(picture.light < 60)
    place = framing.place(10, np.array([left + 55.5, top + 125.5]))
    assert np.array([columns.mean() + 0.5, rows.mean() + 0.5]) == pytest.approx(place, abs=1.0)


def test_a_slow_motion_is_shown_pixel_by_pixel():
    image = np.full((720, 1280, 3), 230, np.uint8)
    image[:, 640:] = 0
    path = path_of(made_tracklet(1, 0, 10, lambda time: (600 + 6 * time, 380)))
    framing = follow(path, 300, RATE, SIZE)
    film = planes_of(image)
    edges = [int(np.argmax(framing.shown(film, picture).light[640] < 100)) for picture in range(60, 240)]
    # Six pixels of the film a second, enlarged three times: never a jump, never back.
    assert set(np.diff(edges)) <= {0, -1}


def test_a_whole_picture_is_given_as_it_is():
    picture = planes_of(np.zeros((36, 64, 3), np.uint8))
    framing = whole_picture((64, 36), 5)
    assert framing.shown(picture, 3) is picture
    assert framing.place(3, np.array([5.0, 6.0])).tolist() == [5, 6]
