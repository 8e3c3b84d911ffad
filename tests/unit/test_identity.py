"""Finding one player's shifts, on small games made by hand and on simulated ones."""

from dataclasses import replace

import numpy as np
import pytest

from shiftclipper.errors import UserError
from shiftclipper.identity import (
    Camera,
    Click,
    Constraints,
    ContradictoryConstraints,
    GameView,
    Reason,
    Rules,
    solve,
)
from shiftclipper.identity.score import pool, score_shifts
from shiftclipper.identity.shifts import believed
from shiftclipper.remarks import Remark
from shiftclipper.tracklets import COLOUR_BINS, ROLES, Ending, NumberReading, Tracklet
from tests.tracklet_simulator import SimulatedGame, simulate

RATE = 10.0
RINK = ((0.0, 200.0), (1280.0, 200.0), (1280.0, 700.0), (0.0, 700.0))
BENCH = ((500.0, 100.0), (700.0, 100.0), (700.0, 200.0), (500.0, 200.0))
VIEW = GameView((1280, 720), 120.0, rink=RINK, benches=(BENCH,))
DOOR = (600.0, 205.0)


def colour(bin_of: int) -> np.ndarray:
    """Return a torso histogram of one colour."""
    histogram = np.zeros(COLOUR_BINS, dtype=np.float32)
    histogram[bin_of] = 1.0
    return histogram


def walk(start: float, end: float, *places: tuple[float, float], look: int = 3) -> Tracklet:
    """Return a tracklet that skates through feet places at even speed; figures are 60 px tall."""
    times = np.round(np.arange(round(start * RATE), round(end * RATE) + 1) / RATE, 6)
    along = np.linspace(0.0, 1.0, len(places)) if len(places) > 1 else np.array([0.0])
    share = (times - times[0]) / max(times[-1] - times[0], 1e-9)
    feet = np.stack([np.interp(share, along, [p[axis] for p in places]) for axis in range(2)], axis=1)
    boxes = np.hstack([np.subtract(feet, (12.0, 60.0)), np.add(feet, (12.0, 0.0))])
    n = len(times)
    return Tracklet(
        id=0,
        times=times,
        boxes=boxes.astype(np.float32),
        scores=np.full(n, 0.9, dtype=np.float32),
        feet=feet.astype(np.float32),
        scale=np.ones(n, dtype=np.float32),
        scene=0,
        colour=colour(look),
        begins=Ending.OPEN,
        ends=Ending.OPEN,
    )


def game(*tracklets: Tracklet) -> list[Tracklet]:
    """Number tracklets by their start."""
    ordered = sorted(tracklets, key=lambda one: one.start)
    return [replace(one, id=number) for number, one in enumerate(ordered)]


def click(one: Tracklet, time: float) -> Click:
    """Click on the middle of a tracklet's box."""
    x = np.interp(time, one.times, one.feet[:, 0])
    y = np.interp(time, one.times, one.feet[:, 1])
    return Click(time, float(x), float(y) - 30.0)


def two_shifts() -> list[Tracklet]:
    """Return a player with two shifts in two pieces each, and somebody else all the time."""
    return game(
        walk(10.0, 25.0, DOOR, (300.0, 500.0), (400.0, 300.0)),
        walk(25.3, 40.0, (403.0, 298.0), (800.0, 600.0), DOOR),
        walk(80.0, 95.0, DOOR, (900.0, 500.0), (1000.0, 400.0)),
        walk(95.4, 112.0, (1002.0, 398.0), (300.0, 400.0), DOOR),
        walk(0.0, 119.9, (100.0, 650.0), (900.0, 650.0), (100.0, 650.0), look=20),
    )


@pytest.fixture(scope="module")
def played() -> SimulatedGame:
    """Play one hard game for all tests that need one."""
    return simulate(51, 130.0)


def spans(solution) -> list[tuple[float, float]]:
    """Return the shifts' starts and ends."""
    return [(shift.start, shift.end) for shift in solution.shifts]


def test_a_click_finds_the_whole_shift_from_the_door_to_the_door():
    people = two_shifts()
    mark = Constraints(clicks=(click(people[1], 20.0),))
    shifts = solve(people, mark, VIEW, Rules()).shifts
    assert len(shifts) == 1
    assert shifts[0].start == pytest.approx(10.0, abs=0.3)
    assert shifts[0].end == pytest.approx(40.0, abs=0.3)
    assert shifts[0].tracklet_ids == (1, 2)
    assert (shifts[0].start_reason, shifts[0].end_reason) == (Reason.GATE, Reason.GATE)
    assert "clicked" in [term.remark.key for term in shifts[0].evidence]


def test_two_clicks_in_two_shifts_give_two_shifts():
    people = two_shifts()
    marks = Constraints(clicks=(click(people[1], 12.0), click(people[4], 100.0)))
    solution = solve(people, marks, VIEW, Rules())
    np.testing.assert_allclose(spans(solution), [(10.0, 40.0), (80.0, 112.0)], atol=0.3)
    assert solution.path == (1, 2, 3, 4)
    assert solution.marginals[1] == pytest.approx(1.0, abs=1e-3)


def test_a_rejected_shift_is_not_found_again_and_the_other_stays():
    people = two_shifts()
    marks = Constraints(clicks=(click(people[1], 12.0),))
    seen = solve(people, marks, VIEW, Rules(number="17"), readings=read_in(people[4]))
    assert len(seen.shifts) == 2
    rejected = replace(marks, off_spans=((80.0, 112.0),))
    left = solve(people, rejected, VIEW, Rules(number="17"), readings=read_in(people[4]))
    np.testing.assert_allclose(spans(left), [(10.0, 40.0)], atol=0.3)


def test_in_an_accepted_shift_he_is_on_the_ice_though_nobody_is_seen():
    people = [one for one in two_shifts() if not 70.0 < one.start < 100.0]
    marks = Constraints(clicks=(click(people[1], 12.0),), on_ice=((80.0, 112.0),))
    shifts = solve(people, marks, VIEW, Rules()).shifts
    assert any(shift.start <= 81.0 and shift.end >= 111.0 for shift in shifts)
    assert not any(40.5 < (shift.start + shift.end) / 2 < 79.5 for shift in shifts)


@pytest.mark.parametrize(("role", "last_seen"), [("skater", 50.0), ("goalie", 110.0)])
def test_a_goalie_stays_on_where_a_skater_would_have_gone_off(role, last_seen):
    seen = np.array([one == role for one in ROLES], dtype=np.float32)
    near = (600.0, 240.0)
    people = game(
        replace(walk(10.0, 50.0, DOOR, (300.0, 500.0), near), roles=seen),
        replace(walk(55.0, 110.0, near, (300.0, 500.0), DOOR), roles=seen),
    )
    solution = solve(people, Constraints(clicks=(click(people[0], 20.0),)), VIEW, Rules())
    np.testing.assert_allclose(spans(solution), [(10.0, last_seen)], atol=0.3)


def read_in(one: Tracklet) -> list[NumberReading]:
    """Return the player's number as read on a tracklet, often enough to be believed."""
    return [NumberReading(one.id, float(time), "17", 0.95) for time in one.times[5:-5:15]]


def test_without_a_click_there_is_nobody_to_look_for():
    assert solve(two_shifts(), Constraints(), VIEW, Rules()).shifts == ()


def test_a_game_without_tracklets_still_has_the_clicked_moment():
    marks = Constraints(clicks=(Click(30.0, 600.0, 400.0),))
    solution = solve([], marks, VIEW, Rules())
    assert len(solution.shifts) == 1
    assert solution.shifts[0].tracklet_ids == ()
    assert solution.conflicts[0].remark == Remark("click-on-nobody", {"time": 30.0})


def test_a_click_in_a_short_gap_joins_what_was_before_and_after():
    people = game(
        walk(10.0, 25.0, DOOR, (300.0, 500.0), (400.0, 300.0)),
        walk(27.0, 40.0, (430.0, 300.0), (800.0, 600.0), DOOR),
    )
    solution = solve(people, Constraints(clicks=(Click(26.0, 415.0, 270.0),)), VIEW, Rules())
    np.testing.assert_allclose(spans(solution), [(10.0, 40.0)], atol=0.3)
    assert solution.path == (0, 1)


def test_off_ice_is_a_wall_that_ends_the_shift():
    people = two_shifts()
    marks = Constraints(clicks=(click(people[1], 20.0),), off_ice=(30.0,))
    (shift,) = solve(people, marks, VIEW, Rules()).shifts
    assert shift.end == pytest.approx(25.0, abs=0.3)


def test_not_him_takes_a_tracklet_off_the_path():
    people = game(
        walk(10.0, 20.0, DOOR, (600.0, 400.0)),
        walk(20.5, 40.0, (600.0, 405.0), (300.0, 600.0), DOOR),
        walk(20.6, 41.0, (610.0, 400.0), (900.0, 600.0), DOOR),
    )
    mark = click(people[0], 15.0)
    for wrong, right in ((1, 2), (2, 1)):
        marks = Constraints(clicks=(mark,), nots=(click(people[wrong], 30.0),))
        assert solve(people, marks, VIEW, Rules()).path == (0, right)


def test_the_jersey_decides_between_two_who_part():
    people = game(
        walk(10.0, 20.0, DOOR, (600.0, 400.0)),
        walk(20.5, 40.0, (600.0, 405.0), (300.0, 600.0), DOOR),
        walk(20.5, 40.0, (600.0, 405.0), (900.0, 600.0), DOOR, look=20),
        walk(2.0, 20.0, (1200.0, 600.0), (605.0, 405.0), look=20),
    )
    solution = solve(people, Constraints(clicks=(click(people[1], 15.0),)), VIEW, Rules())
    assert solution.path[0] == 1
    assert people[solution.path[1]].colour[3] == 1.0


def test_only_play_inside_the_periods_counts():
    view = replace(VIEW, periods=((0.0, 30.0), (60.0, 120.0)))
    people = two_shifts()
    (shift,) = solve(people, Constraints(clicks=(click(people[1], 20.0),)), view, Rules()).shifts
    assert (shift.end, shift.end_reason) == (30.0, Reason.PERIOD)


def test_a_shift_without_a_click_is_probable_at_most(played):
    person = max(played.skaters(), key=lambda one: len(one.shifts))
    for count in (1, None):
        solution = solve(played.tracklets, played.clicks(person, count), played.view, Rules())
        for shift in solution.shifts:
            clicked = "clicked" in [term.remark.key for term in shift.evidence]
            assert shift.confidence <= (0.95 if clicked else 0.6)


@pytest.mark.parametrize(
    ("marks", "moments"),
    [
        (Constraints(clicks=(Click(20.0, 100.0, 400.0), Click(20.1, 1100.0, 400.0))), (20.0, 20.1)),
        (Constraints(clicks=(Click(20.0, 300.0, 400.0),), off_ice=(20.0,)), (20.0, 20.0)),
        (
            Constraints(clicks=(Click(30.0, 300.0, 620.0),), nots=(Click(30.1, 300.0, 620.0),)),
            (30.0, 30.1),
        ),
    ],
)
def test_marks_that_contradict_each_other_are_named(marks, moments):
    with pytest.raises(ContradictoryConstraints) as caught:
        solve(two_shifts(), marks, VIEW, Rules())
    assert caught.value.moments == pytest.approx(moments)
    assert "contradict" in str(caught.value)
    assert str(caught.value).count("0:") == 2


@pytest.mark.parametrize(
    "marks",
    [
        Constraints(clicks=(Click(121.0, 600.0, 400.0),)),
        Constraints(clicks=(Click(20.0, 1300.0, 400.0),)),
        Constraints(clicks=(Click(20.0, 600.0, 400.0),), off_ice=(400.0,)),
    ],
)
def test_marks_outside_the_film_or_picture_are_refused(marks):
    with pytest.raises(UserError, match="outside"):
        solve(two_shifts(), marks, VIEW, Rules())


def test_a_tracklet_that_the_person_says_is_two_people_is_cut():
    people = two_shifts()
    marks = Constraints(clicks=(click(people[1], 12.0),), nots=(click(people[1], 22.0),))
    solution = solve(people, marks, VIEW, Rules())
    assert solution.shifts[0].end < 20.0
    assert solution.conflicts[0].moments == (12.0, 22.0)


def test_the_same_input_gives_the_same_answer(played):
    marks = played.clicks(next(one for one in played.skaters() if one.shifts))
    first = solve(played.tracklets, marks, played.view, Rules())
    assert solve(played.tracklets, marks, played.view, Rules()) == first


@pytest.mark.parametrize(("regions", "least"), [(True, 0.75), (False, 0.5)])
def test_most_shifts_of_a_hard_simulated_game_are_found_with_one_click_each(played, regions, least):
    view = played.view if regions else GameView(played.view.size, played.view.duration)
    scores = []
    for person in [one for one in played.skaters() if one.shifts][::4]:
        truth = [shift for shift in person.shifts if shift[1] - shift[0] > 3.0]
        solution = solve(played.tracklets, played.clicks(person), view, Rules())
        scores.append(score_shifts(truth, spans(solution)))
    assert pool(scores).f1_50 >= least


def test_a_moving_camera_lets_the_player_be_out_of_the_picture():
    left = replace(walk(10.0, 20.0, DOOR, (5.0, 500.0)), ends=Ending.EDGE)
    back = replace(walk(28.0, 43.0, (5.0, 520.0), DOOR), begins=Ending.EDGE)
    people = game(left, back)
    marks = Constraints(clicks=(click(people[0], 12.0), click(people[1], 38.0)))
    solution = solve(people, marks, VIEW, Rules(camera=Camera.PANNING))
    np.testing.assert_allclose(spans(solution), [(10.0, 43.0)], atol=0.3)


def test_a_long_shift_is_not_sure_where_nothing_tells_that_somebody_goes_off():
    people = game(walk(5.0, 100.0, (100.0, 400.0), (1100.0, 400.0), (100.0, 400.0)))
    marks = Constraints(clicks=(click(people[0], 30.0),))
    drawn, bare = VIEW, GameView((1280, 720), 120.0)
    sure, doubted = (solve(people, marks, view, Rules()).shifts[0] for view in (drawn, bare))
    assert doubted.confidence <= 0.6 < sure.confidence
    assert "no-bench" in [term.remark.key for term in doubted.evidence]


def test_a_shift_that_looks_like_two_or_like_a_part_of_one_is_believed_less():
    usual, half, double, found = (
        believed(0.02, length, proven=True, doors_found=doors)
        for length, doors in ((1.0, False), (0.4, False), (2.0, False), (1.0, True))
    )
    assert max(half, double, found) < usual <= 0.95
    assert double < 0.8


def test_a_shift_that_the_film_cuts_off_is_not_doubted_for_being_short():
    people = game(walk(60.0, 70.0, DOOR, (600.0, 400.0), (300.0, 400.0)))
    marks = Constraints(clicks=(click(people[0], 65.0),))
    cut_off = GameView((1280, 720), 70.2, benches=VIEW.benches)
    (ended,), (at_the_end,) = (solve(people, marks, view, Rules()).shifts for view in (VIEW, cut_off))
    assert at_the_end.end_reason is Reason.VIDEO
    assert ended.end - ended.start < 15.0
    assert ended.confidence < 0.7 < 0.9 < at_the_end.confidence


def test_a_player_who_stays_on_for_two_shifts_is_told_to_be_perhaps_two():
    people = game(walk(5.0, 100.0, DOOR, (600.0, 400.0), (300.0, 400.0), DOOR))
    (shift,) = solve(people, Constraints(clicks=(click(people[0], 30.0),)), VIEW, Rules()).shifts
    assert any(term.remark.key == "long" and term.log_odds < 0 for term in shift.evidence)
