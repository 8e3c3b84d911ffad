"""The sample game: what is drawn, who is where, and what is said to be true."""

import numpy as np
import pytest

from shiftclipper.errors import UserError
from shiftclipper.jobs.setup_file import read_setup
from shiftclipper.sample.camera import View
from shiftclipper.sample.game import Game
from shiftclipper.sample.roster import SKATERS, TEAM_SIZE

SIZE = (640, 360)
SECONDS = 40


@pytest.fixture(scope="module", params=["fixed", "pan"])
def game(request):
    return Game(seed=11, seconds=SECONDS, camera=request.param, size=SIZE)


def box_of(game, i, person_id):
    ids, boxes, visible, on_ice = game.boxes(i)
    found = np.flatnonzero(ids == person_id)
    return None if not len(found) else (boxes[found[0]], visible[found[0]], on_ice[found[0]])


def test_frames_do_not_depend_on_the_order_in_which_they_are_asked_for(game):
    again = Game(seed=11, seconds=SECONDS, camera=game.camera, size=SIZE)
    late = [again.frame(i) for i in (900, 31, 5)]

    early = [game.frame(i) for i in (5, 31, 900)]

    assert early[0].shape == (360, 640, 3)
    assert early[0].dtype == np.uint8
    for one, other in zip(early, reversed(late), strict=True):
        assert np.array_equal(one, other)


def test_another_seed_is_another_game():
    one, other = (Game(seed=seed, seconds=5, size=SIZE) for seed in (1, 2))

    assert np.abs(one.frame(0).astype(int) - other.frame(0)).mean() > 5
    assert [p.id for p in one.roster.people] != [p.id for p in other.roster.people]


def test_a_frame_after_the_end_is_refused(game):
    with pytest.raises(IndexError):
        game.frame(game.frames)


def test_boxes_enclose_what_is_drawn_of_a_person_who_stands_free(game):
    checked = 0
    for i in range(0, game.frames, 60):
        view = game.view(i)
        empty = game.scenery.develop(game.scenery.background(view), i).astype(int)
        drawn = np.abs(game.frame(i).astype(int) - empty).max(axis=2) > 25
        _ids, boxes, visible, on_ice = game.boxes(i)
        for k in np.flatnonzero(on_ice & (visible > 0.99)):
            x1, y1, x2, y2 = boxes[k]
            apart = np.delete(boxes, k, axis=0)
            touching = (apart[:, 0] < x2 + 14) & (apart[:, 2] > x1 - 14)
            touching &= (apart[:, 1] < y2 + 14) & (apart[:, 3] > y1 - 14)
            if touching.any() or y2 - y1 < 10:
                continue
            column = drawn[max(0, int(y1) - 8) : int(y2) + 1, int(x1) : int(x2) + 1]
            rows = np.flatnonzero(column.any(axis=1)) + max(0, int(y1) - 8)
            assert rows[0] >= y1 - 3
            assert column.mean() > 0.2
            checked += 1
    assert checked > 10


def test_the_truth_says_who_is_on_the_ice(game):
    players = {player["id"]: player for player in game.truth()["players"]}
    for i in range(7, game.frames, 97):
        time = i / game.fps
        ids, _boxes, _visible, on_ice = game.boxes(i)
        for person, there in zip(ids, on_ice, strict=True):
            if person not in players:
                assert person.startswith("C")
                assert not there
                continue
            shifts = players[person]["shifts"]
            # A frame lies between two steps of the motion.
            said = any(start <= time + 0.051 and time - 0.051 < end for start, end in shifts)
            surely = any(start < time - 0.051 and time + 0.051 < end for start, end in shifts)
            assert said if there else not surely


def test_teams_are_whole_and_lines_change(game):
    truth = game.truth()
    roles = [player["role"] for player in truth["players"]]
    assert roles.count("skater") == 2 * SKATERS
    assert roles.count("goalie") == 2
    assert 2 <= roles.count("official") <= 4

    for team in (0, 1):
        skaters = game.motion.on_ice[:, team * TEAM_SIZE : team * TEAM_SIZE + SKATERS].sum(axis=1)
        assert 4.7 < skaters.mean() < 5.6
        assert skaters.max() <= 8
        changed = game.motion.on_ice[-1, team * TEAM_SIZE : (team + 1) * TEAM_SIZE]
        assert np.any(changed != game.motion.on_ice[0, team * TEAM_SIZE : (team + 1) * TEAM_SIZE])


def test_nobody_skates_faster_than_people_can_nor_jumps(game):
    speed = np.linalg.norm(game.motion.velocity, axis=2)
    jumps = np.linalg.norm(np.diff(game.motion.position, axis=0), axis=2)

    assert speed.max() <= 8.5 + 1e-9
    assert speed.max() > 6.5
    assert jumps.max() < 0.5


def test_everybody_stays_inside_the_boards_but_at_the_gates(game):
    motion, rink = game.motion, game.rink
    for k in range(0, len(motion.position), 40):
        people = motion.position[k][motion.on_ice[k]]
        inside, _normal = rink.keep_inside(people, 0.0)
        outside = np.linalg.norm(people - inside, axis=1) > 0.3
        gates = np.array([gate for bench in rink.benches for gate in bench.gates])
        for x, _y in people[outside]:
            assert np.abs(gates - x).min() < 1.0


def test_the_setup_clicks_the_target_once_inside_each_of_his_shifts(game):
    truth, setup = game.truth(), game.setup()
    target = next(p for p in truth["players"] if p["id"] == truth["target"])
    (player,) = setup["players"]

    assert target["role"] == "skater"
    assert player["number"] == target["number"]
    if game.camera == "fixed":
        assert len(player["clicks"]) == len(target["shifts"])
    for click in player["clicks"]:
        assert sum(start <= click["t"] <= end for start, end in target["shifts"]) == 1
        box, visible, on_ice = box_of(game, round(click["t"] * game.fps), target["id"])
        assert on_ice
        assert visible > 0.3
        assert box[0] < click["x"] * SIZE[0] < box[2]
        assert box[1] < click["y"] * SIZE[1] < box[3]


def test_the_setup_is_one_that_the_program_reads(game):
    setup = read_setup(game.setup())

    assert setup.players[0].jersey_color is not None
    assert (setup.regions.rink is not None) == (game.camera == "fixed")


def test_the_target_is_off_the_ice_half_of_a_long_game():
    game = Game(seed=3, seconds=180, size=(320, 180))
    shares = game.shares()

    assert shares["target_on_ice"] <= 0.5
    assert shares["target_shifts"] >= 2
    assert 18 <= shares["shift_shortest"] <= shares["shift_longest"] <= 62
    assert shares["number_faces_camera"] < 0.36
    assert 0.10 < shares["overlapped"] < 0.24
    assert shares["most_at_the_gates"] >= 3


def test_a_fixed_camera_sees_the_whole_ice():
    for seed in (21, 22, 23):
        game = Game(seed=seed, seconds=5, size=SIZE)
        outline = game.rink.outline()
        pixels, _depth = game.view(0).project(np.column_stack([outline, np.zeros(len(outline))]))
        assert pixels.min() >= 0
        assert np.all(pixels <= SIZE)


def test_a_turned_view_is_the_other_one_warped():
    one = View((2.0, -20.0, 8.0), 0.3, 0.25, 900.0, (1280, 720), 0.01)
    other = View((2.0, -20.0, 8.0), -0.1, 0.31, 1200.0, (640, 360), 0.01)
    points = np.array([[0.0, 0.0, 0.0], [6.0, 9.0, 1.0], [-4.0, 12.0, 2.0]])
    here, _depth = one.project(points)
    there, _depth = other.project(points)

    warped = np.column_stack([here, np.ones(3)]) @ other.from_view(one).T

    assert np.allclose(warped[:, :2] / warped[:, 2:], there, atol=1e-6)


@pytest.mark.parametrize(
    "wrong",
    [
        {"camera": "drone"},
        {"seconds": 1},
        {"seed": -1},
        {"size": (641, 360)},
        {"size": (64, 36)},
        {"fps": 0},
    ],
)
def test_what_cannot_be_drawn_is_refused_with_what_can(wrong):
    with pytest.raises(UserError, match=r"choose|ask for|give"):
        Game(**wrong)
