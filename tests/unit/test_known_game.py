"""What is known of a game serves every player and every set of marks."""

from dataclasses import replace

import numpy as np
import pytest

from shiftclipper.identity import Click, Constraints, Rules, find_questions, know, solve
from shiftclipper.identity.known import with_marks
from shiftclipper.identity.marks import box_at, place_marks
from tests.tracklet_simulator import Difficulty, simulate

RULES = Rules()


@pytest.fixture(scope="module")
def game():
    return simulate(77, 90.0, Difficulty())


@pytest.fixture(scope="module")
def known(game):
    return know(game.tracklets, game.view, RULES)


def middle_of(tracklet, time):
    x1, y1, x2, y2 = box_at(tracklet, time)
    return Click(time, float(x1 + x2) / 2, float(y1 + y2) / 2)


def busiest(game):
    return max(game.skaters(), key=lambda one: sum(b - a for a, b in one.shifts))


def longest_on_ice(game, known):
    """Return the tracklet of the longest piece with a second of room at both ends."""
    pieces = known.pieces
    piece = int(np.argmax((pieces.last.time - pieces.first.time) * pieces.ice))
    return game.tracklets[int(pieces.tracklet[piece])], piece


def marked_game(game, known, marks):
    return with_marks(known, place_marks(game.tracklets, marks, game.view), game.view, RULES, ())


def test_a_known_game_gives_the_shifts_that_working_everything_out_gives(game, known):
    marks = game.clicks(busiest(game), 2)
    quick = solve(game.tracklets, marks, game.view, RULES, known=known)
    slow = solve(game.tracklets, marks, game.view, RULES)
    assert quick.shifts
    assert [(one.start, one.end) for one in quick.shifts] == [(one.start, one.end) for one in slow.shifts]


def test_opposite_marks_on_one_tracklet_cut_its_piece_and_let_him_go_on_as_somebody_beside_him(game, known):
    tracklet, piece = longest_on_ice(game, known)
    start, end = float(known.pieces.first.time[piece]), float(known.pieces.last.time[piece])
    first, second = start + 0.2 * (end - start), start + 0.8 * (end - start)
    marks = Constraints(clicks=(middle_of(tracklet, first),), nots=(middle_of(tracklet, second),))
    changed = marked_game(game, known, marks)
    pieces = changed.pieces
    cut = (first + second) / 2
    parts = np.flatnonzero(
        (changed.ids == tracklet.id) & (pieces.first.time >= start) & (pieces.last.time <= end)
    )
    assert len(parts) == 2
    before, after = parts
    assert pieces.last.time[before] <= cut <= pieces.first.time[after]
    assert pieces.clicked[before] and not pieces.clicked[after]
    own = (changed.links.source == before) & (changed.links.target == after)
    assert changed.links.probability[own].sum() < 0.1
    leaving = changed.links.probability[changed.links.source == before].sum() + changed.links.going[before]
    assert leaving == pytest.approx(1.0, abs=0.06)
    assert tracklet.id in solve(game.tracklets, marks, game.view, RULES, known=known).path


def test_everything_that_was_linked_stays_linked_where_a_mark_cuts(game, known):
    tracklet, piece = longest_on_ice(game, known)
    start, end = float(known.pieces.first.time[piece]), float(known.pieces.last.time[piece])
    marks = Constraints(
        clicks=(middle_of(tracklet, start + 0.2 * (end - start)),),
        nots=(middle_of(tracklet, start + 0.8 * (end - start)),),
    )
    changed = marked_game(game, known, marks)
    moments = {
        (known.pieces.last.time[a], known.pieces.first.time[b], round(float(p), 9))
        for a, b, p in zip(known.links.source, known.links.target, known.links.probability, strict=True)
    }
    now = {
        (changed.pieces.last.time[a], changed.pieces.first.time[b], round(float(p), 9))
        for a, b, p in zip(changed.links.source, changed.links.target, changed.links.probability, strict=True)
    }
    assert moments <= now
    assert set(changed.pieces.tracklet) <= set(range(len(game.tracklets) + 1))


def test_a_click_on_nobody_becomes_a_piece_that_the_player_passes(game, known):
    marks = game.clicks(busiest(game), 1)
    click = marks.clicks[0]
    # Tracklets of everybody with a hole of a second around the click, where nobody was found.
    holed = []
    for one in game.tracklets:
        outside = np.abs(one.times - click.time) > 0.5
        for number, rows in enumerate((one.times < click.time, one.times >= click.time)):
            keep = outside & rows
            if keep.any():
                holed.append(
                    replace(
                        one,
                        id=2 * one.id + number,
                        times=one.times[keep],
                        boxes=one.boxes[keep],
                        scores=one.scores[keep],
                        feet=one.feet[keep],
                        scale=one.scale[keep],
                    )
                )
    bare = know(holed, game.view, RULES)
    solution = solve(holed, marks, game.view, RULES, known=bare)
    assert solution.conflicts
    assert any(one.start <= click.time <= one.end for one in solution.shifts)
    longest = max(one.end - one.start for one in solution.shifts)
    assert longest > 5.0, "he is followed on both sides of the hole"


class Stopped(Exception):
    """Somebody wants it to end."""


def stop_at(call):
    """Return a check that raises at so many calls, and the list of calls so far."""
    calls = []

    def check():
        calls.append(len(calls))
        if len(calls) == call:
            raise Stopped

    return check, calls


@pytest.mark.parametrize("call", [1, 2, 3, 5])
def test_what_is_worked_out_can_be_stopped_between_its_steps(game, known, call):
    marks = game.clicks(busiest(game), 1)
    for work in (
        lambda check: know(game.tracklets, game.view, RULES, check=check),
        lambda check: solve(game.tracklets, marks, game.view, RULES, known=known, check=check),
        lambda check: find_questions(game.tracklets, marks, game.view, RULES, known=known, check=check),
    ):
        check, calls = stop_at(call)
        with pytest.raises(Stopped):
            work(check)
        assert len(calls) == call


def test_what_was_stopped_gives_the_same_when_it_is_asked_again(game, known):
    marks = game.clicks(busiest(game), 1)
    before = solve(game.tracklets, marks, game.view, RULES, known=known)
    with pytest.raises(Stopped):
        solve(game.tracklets, marks, game.view, RULES, known=known, check=stop_at(2)[0])
    assert solve(game.tracklets, marks, game.view, RULES, known=known).shifts == before.shifts


def test_a_click_on_somebody_at_the_bench_puts_him_on_the_ice_and_links_nothing_else_anew(game):
    # A bench so large that whoever is tracked in its middle is beside the ice all the while.
    tracklet = max(game.tracklets, key=lambda one: len(one.times))
    low, high = tracklet.feet.min(axis=0) - 400.0, tracklet.feet.max(axis=0) + 400.0
    around = tuple((float(x), float(y)) for x, y in [low, (high[0], low[1]), high, (low[0], high[1])])
    view = replace(game.view, rink=None, benches=(around,))
    known = know(game.tracklets, view, RULES)
    time = float(tracklet.times[len(tracklet.times) // 2])
    click = middle_of(tracklet, time)
    marked = place_marks(game.tracklets, Constraints(clicks=(click,)), view)
    assert not (known.pieces.ice & (known.pieces.tracklet == marked.clicked[0][0])).any()
    after = with_marks(known, marked, view, RULES, ())
    clicked = np.flatnonzero(after.pieces.clicked)
    assert len(clicked) == 1 and after.pieces.ice[clicked[0]]
    assert np.array_equal(after.links.probability[: len(known.links.probability)], known.links.probability)
