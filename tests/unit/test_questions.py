"""Questions ask where an answer settles most, and their answers make the shifts right."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from shiftclipper.identity import Constraints, Rules, find_questions, solve
from shiftclipper.identity import questions as module
from shiftclipper.identity.graph import STEP
from shiftclipper.identity.identify import read_off, work_out
from shiftclipper.identity.questions import APART, CHOICES, draw_ways
from shiftclipper.identity.score import pool, score_shifts
from tests.tracklet_simulator import simulate

SECONDS = 240.0


@pytest.fixture(scope="module")
def game():
    return simulate(21, SECONDS)


@pytest.fixture(scope="module")
def person(game):
    return next(one for one in game.skaters() if len(one.shifts) > 2)


@pytest.fixture(scope="module")
def questions(game, person):
    return find_questions(game.tracklets, game.clicks(person, 1), game.view, Rules(), count=4)


def test_questions_are_few_apart_and_the_best_comes_first(questions):
    assert 1 <= len(questions) <= 4
    assert [one.gain for one in questions] == sorted((one.gain for one in questions), reverse=True)
    times = sorted(one.time for one in questions)
    assert all(later - earlier >= APART for earlier, later in pairwise(times))


def test_choices_are_people_in_the_picture_at_that_moment_the_likeliest_first(game, questions):
    by_id = {one.id: one for one in game.tracklets}
    for question in questions:
        assert 1 <= len(question.choices) <= CHOICES
        chances = [one.probability for one in question.choices]
        assert chances == sorted(chances, reverse=True)
        assert sum(chances) + question.off <= 1.0 + 0.05
        for choice in question.choices:
            tracklet = by_id[choice.tracklet]
            assert tracklet.start <= question.time <= tracklet.end
            left, top, right, bottom = choice.box
            assert left < choice.x < right
            assert top < choice.y < bottom


def test_a_box_that_reaches_over_the_edge_is_marked_inside_the_picture(game, person, questions):
    chosen = {choice.tracklet for question in questions for choice in question.choices}
    moved = [
        replace(one, boxes=one.boxes + np.float32([1300, 0, 1300, 0])) if one.id in chosen else one
        for one in game.tracklets
    ]
    again = find_questions(moved, game.clicks(person, 1), game.view, Rules(), count=4)

    marks = [choice for question in again for choice in question.choices if choice.tracklet in chosen]
    assert marks
    for choice in marks:
        assert choice.x == game.view.size[0]
        assert solve(moved, again[0].answered(game.clicks(person, 1), None), game.view, Rules()) is not None


def test_nobody_is_asked_about_without_a_click(game):
    assert find_questions(game.tracklets, Constraints(), game.view, Rules()) == ()


def test_the_same_game_asks_the_same(game, person, questions):
    again = find_questions(game.tracklets, game.clicks(person, 1), game.view, Rules(), count=4)

    assert again == questions


def test_ways_are_drawn_as_often_as_they_are_likely(game, person):
    work = work_out(game.tracklets, game.clicks(person, 1), game.view, Rules())
    ways = draw_ways(work.graph, work.passage, len(work.pieces), count=600)

    probable = work.passage.node[work.graph.node_of]
    assert np.abs(ways.takes.mean(axis=0) - probable).max() < 0.09
    ticks = np.flatnonzero(work.graph.lattice.off)
    off = work.passage.node[ticks]
    at = np.round(work.graph.lattice.enter[ticks] / STEP).astype(int)
    # An OFF node is passed only by who is off the ice; between going off and the next one he is off as well.
    assert (1 - ways.on[:, at].mean(axis=0) - off > -0.09).all()


def test_the_same_is_asked_when_what_was_worked_out_is_handed_over(game, person, questions):
    marks = game.clicks(person, 1)
    work = work_out(game.tracklets, marks, game.view, Rules())
    again = find_questions(game.tracklets, marks, game.view, Rules(), count=4, work=work)

    assert again == questions
    found = read_off(work, marks, game.view, Rules())
    assert found == solve(game.tracklets, marks, game.view, Rules())
    assert found.shifts


@pytest.mark.parametrize("at_a_time", [1, 7, 1000])
def test_ways_are_the_same_however_many_are_counted_together(game, person, at_a_time, monkeypatch):
    work = work_out(game.tracklets, game.clicks(person, 1), game.view, Rules())
    usual = draw_ways(work.graph, work.passage, len(work.pieces), count=120)
    monkeypatch.setattr(module, "_WAYS_AT_A_TIME", at_a_time)
    ways = draw_ways(work.graph, work.passage, len(work.pieces), count=120)

    assert 0.0 < usual.on.mean() < 1.0
    assert np.array_equal(ways.on, usual.on)
    assert np.array_equal(ways.takes, usual.takes)


def answered(game, person, rounds, visible=0.1):
    """Return the score before and after so many answered questions."""
    constraints, readings = game.clicks(person, 1), game.readings(visible)
    rules = Rules(number=game.number(person.id))
    scores = []
    for number in range(rounds + 1):
        found = solve(game.tracklets, constraints, game.view, rules, readings).shifts
        scores.append(score_shifts(person.shifts, [(one.start, one.end) for one in found]))
        if number == rounds:
            break
        asked = find_questions(game.tracklets, constraints, game.view, rules, readings, count=1)
        if not asked:
            break
        choice, off = game.answer(asked[0], person)
        constraints = asked[0].answered(constraints, choice, off_ice=off)
    return scores[0], scores[-1]


def test_five_answers_make_the_shifts_better():
    before, after = [], []
    for seed in (21, 22):
        game = simulate(seed, SECONDS)
        for person in [one for one in game.skaters() if len(one.shifts) > 1][:3:2]:
            first, last = answered(game, person, 5)
            before.append(first)
            after.append(last)

    assert pool(after).f1_50 > max(pool(before).f1_50, 0.95)
    wrong = [pool(some).wrong_seconds + pool(some).missing_seconds for some in (before, after)]
    assert wrong[1] < 0.6 * wrong[0]
