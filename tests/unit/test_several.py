"""Several players of one game: what surely is one of them is nobody else."""

import numpy as np
import pytest

from shiftclipper.identity import (
    Click,
    Constraints,
    EvidenceTerm,
    FoundShift,
    GameView,
    Reason,
    Rules,
    Solution,
    solve,
)
from shiftclipper.identity.several import SURE, Wanted, solve_several, solving_order, surely_used
from shiftclipper.remarks import Remark
from shiftclipper.tracklets import COLOUR_BINS, Ending, NumberReading, Tracklet
from tests.tracklet_simulator import simulate

RINK = ((0.0, 200.0), (1280.0, 200.0), (1280.0, 700.0), (0.0, 700.0))
BENCH = ((500.0, 100.0), (700.0, 100.0), (700.0, 200.0), (500.0, 200.0))
VIEW = GameView((1280, 720), 60.0, rink=RINK, benches=(BENCH,))
DOOR = (600.0, 205.0)


def walk(number, start, end, *places):
    """Return a tracklet that skates through feet places at even speed; figures are 60 px tall."""
    times = np.arange(round(start * 10), round(end * 10) + 1) / 10
    along = np.linspace(0, 1, len(places))
    share = (times - start) / (end - start)
    feet = np.stack([np.interp(share, along, [place[axis] for place in places]) for axis in (0, 1)], axis=1)
    boxes = np.hstack([np.subtract(feet, (12, 60)), np.add(feet, (12, 0))])
    colour = np.zeros(COLOUR_BINS, np.float32)
    colour[3] = 1.0
    n = len(times)
    return Tracklet(
        id=number,
        times=times,
        boxes=boxes.astype(np.float32),
        scores=np.full(n, 0.9, np.float32),
        feet=feet.astype(np.float32),
        scale=np.ones(n, np.float32),
        scene=0,
        colour=colour,
        begins=Ending.OPEN,
        ends=Ending.OPEN,
    )


def two_who_meet():
    """Return two team-mates who come from left and right, meet and part upwards and downwards."""
    return [
        walk(0, 10.0, 20.0, DOOR, (300.0, 450.0), (600.0, 450.0)),
        walk(1, 10.0, 20.0, DOOR, (900.0, 450.0), (606.0, 450.0)),
        walk(2, 21.0, 35.0, (600.0, 440.0), (600.0, 250.0), DOOR),
        walk(3, 21.0, 35.0, (606.0, 460.0), (606.0, 650.0), DOOR),
    ]


READ = [NumberReading(2, 24.0 + k, "17", 0.95) for k in range(6)]
"""Whoever goes upwards wears number 17."""


def click_on(one, time):
    x, y = (float(np.interp(time, one.times, one.feet[:, axis])) for axis in (0, 1))
    return Click(time, x, y - 30.0)


def wanted(*clicks, number="", on_ice=()):
    return Wanted(Constraints(clicks=clicks, on_ice=on_ice), Rules(number=number))


def test_what_one_player_surely_used_is_not_given_to_the_next():
    people = two_who_meet()
    sam = wanted(click_on(people[0], 15.0), number="17")
    ali = wanted(click_on(people[1], 12.0))
    # Nothing says that Ali is not number 17, and the way upwards fits him better.
    assert solve(people, ali.constraints, VIEW, ali.rules, READ).path == (1, 2)

    first, second = solve_several(people, [ali, sam], VIEW, READ)

    assert second.path == (0, 2)
    assert first.path == (1, 3)
    assert first.marginals.get(2, 0.0) < 0.01


def test_a_players_own_click_outweighs_what_another_used():
    people = two_who_meet()
    sam = wanted(click_on(people[0], 15.0), click_on(people[2], 30.0))
    # Both name the same tracklet, at different moments: the program does not take sides.
    ali = wanted(click_on(people[1], 15.0), click_on(people[2], 24.0))
    solutions = solve_several(people, [sam, ali], VIEW)
    assert all(len(one.shifts) >= 1 for one in solutions)
    assert 1 in solutions[1].path


def test_the_order_of_solving_does_not_change_whose_result_is_whose():
    people = two_who_meet()
    players = [
        wanted(click_on(people[1], 12.0)),
        wanted(click_on(people[0], 15.0), click_on(people[2], 30.0)),
    ]
    forwards = solve_several(people, players, VIEW)
    backwards = solve_several(people, players[::-1], VIEW)
    assert [one.path for one in forwards] == [one.path for one in backwards[::-1]]


def test_who_is_best_known_is_solved_first():
    click = Click(1.0, 5.0, 5.0)
    read = [NumberReading(k, 1.0, "17", 0.9) for k in (4, 5, 6)] + [NumberReading(7, 1.0, "9", 0.3)] * 9
    players = [
        wanted(click),
        wanted(click, number="17"),
        wanted(number="17", on_ice=((1.0, 9.0),) * 9),
        wanted(click, click, number="9"),
        wanted(click, on_ice=((1.0, 9.0), (20.0, 30.0))),
    ]
    assert solving_order(players, read) == [1, 4, 3, 0, 2]


def shift(start, end, confidence, tracklets):
    evidence = (EvidenceTerm(Remark("colour-fits"), 0.0),)
    return FoundShift(start, end, confidence, Reason.GATE, Reason.GATE, evidence, tracklets)


def test_only_what_is_sure_in_an_identified_shift_is_used_up():
    solution = Solution(
        shifts=(
            shift(10.0, 40.0, 0.3, (1, 2)),
            shift(60.0, 90.0, 0.9, (3,)),
            shift(100.0, 140.0, 0.6, (4,)),
            shift(200.0, 240.0, 0.6, (5,)),
        ),
        path=(1, 2, 3, 4, 5, 6),
        marginals={1: 0.99, 2: SURE - 0.01, 3: SURE, 4: 1.0, 5: 1.0, 6: 1.0},
    )
    said = Constraints(clicks=(Click(20.0, 1.0, 1.0),), on_ice=((195.0, 230.0),))
    assert surely_used(solution, said) == {1, 3, 5}


@pytest.fixture(scope="module")
def game():
    return simulate(311, 120.0)


def test_in_a_whole_game_what_is_used_up_is_the_players_own(game):
    line = [one for one in game.skaters() if one.team == "home" and one.shifts][:5]
    players = [Wanted(game.clicks(one, 1), Rules(number=game.number(one.id))) for one in line]
    readings = game.readings(0.1)
    calls = []
    together = solve_several(
        game.tracklets, players, game.view, readings, lambda done, number: calls.append((done, number))
    )
    owner = {one.id: person for one, person in zip(game.tracklets, game.person_of, strict=True)}

    assert [done for done, _ in calls] == list(range(5))
    assert sorted(number for _, number in calls) == list(range(5))
    right = [
        owner[number] == one.id
        for one, player, solution in zip(line, players, together, strict=True)
        for number in surely_used(solution, player.constraints)
    ]
    assert len(right) >= 10
    assert np.mean(right) > 0.9
