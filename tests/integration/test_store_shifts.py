"""What the person does to shifts is kept through every later run."""

from fractions import Fraction
from pathlib import Path

import pytest

from shiftclipper.errors import UserError
from shiftclipper.jobs.rows import NewShift
from shiftclipper.jobs.setup import PlayerSetup, Setup
from shiftclipper.jobs.shift_rows import FoundShifts
from shiftclipper.jobs.store import Store


@pytest.fixture
def changed():
    return []


@pytest.fixture
def store(tmp_path, changed):
    with Store(tmp_path / "data", on_change=changed.append) as opened:
        yield opened


@pytest.fixture
def run(store):
    job_id = store.create_job(
        [Path("game.mp4")], setup=Setup(players=(PlayerSetup("Sam"), PlayerSetup("Ali")))
    )
    store.queue(job_id)
    return store.claim()


@pytest.fixture
def sam(store, run):
    return store.players(run.job_id)[0].id


def found(*spans):
    return [NewShift(Fraction(start), Fraction(end), 0.5, "gate", "lost") for start, end in spans]


def shown(store, run, player_id):
    return [
        (float(shift.start), float(shift.end), shift.origin, shift.verdict)
        for shift in store.shifts(run.job_id, player_id)
    ]


def test_what_the_person_said_of_shifts_survives_a_new_search_with_ids_and_times(store, run, sam):
    run.replace_shifts(sam, found((10, 50), (90, 130), (200, 240)))
    first, second, third = store.shifts(run.job_id, sam)
    store.corrections.judge_shift(first.id, "accepted")
    store.corrections.judge_shift(second.id, "rejected")
    store.corrections.set_shift_times(third.id, Fraction(205), Fraction(240))
    added = store.corrections.add_shift(sam, Fraction(300), Fraction(330))
    before = store.shifts(run.job_id, sam)

    run.replace_found(
        [FoundShifts(sam, found((12, 58), (95, 140), (200, 250), (290, 340), (400, 440)), Fraction(6))]
    )

    after = store.shifts(run.job_id, sam)
    assert [shift for shift in after if shift.id in {row.id for row in before}] == before
    assert shown(store, run, sam) == [
        (10, 50, "auto", "accepted"),
        (50, 58, "auto", "proposed"),
        (90, 130, "auto", "rejected"),
        (130, 140, "auto", "proposed"),
        (205, 240, "manual", "accepted"),
        (240, 250, "auto", "proposed"),
        (290, 300, "auto", "proposed"),
        (300, 330, "manual", "accepted"),
        (330, 340, "auto", "proposed"),
        (400, 440, "auto", "proposed"),
    ]
    assert added in {shift.id for shift in after}


def test_a_shift_judged_while_the_search_runs_is_not_overwritten_by_it(store, run, sam):
    run.replace_shifts(sam, found((10, 50)))
    (shift,) = store.shifts(run.job_id, sam)
    searched = found((10, 49))
    store.corrections.judge_shift(shift.id, "rejected")
    run.replace_shifts(sam, searched)
    assert shown(store, run, sam) == [(10, 50, "auto", "rejected")]


def test_shifts_of_several_players_are_replaced_together_or_not_at_all(store, run, sam):
    ali = store.players(run.job_id)[1].id
    run.replace_shifts(sam, found((10, 50)))
    broken = [NewShift(Fraction(5), Fraction(9), 7.0, "gate", "gate")]
    with pytest.raises(Exception, match="confidence"):
        run.replace_found([FoundShifts(sam, found((60, 90))), FoundShifts(ali, broken)])
    assert shown(store, run, sam) == [(10, 50, "auto", "proposed")]
    run.replace_found([FoundShifts(sam, found((60, 90))), FoundShifts(ali, found((5, 9)))])
    assert shown(store, run, sam) == [(60, 90, "auto", "proposed")]
    assert shown(store, run, ali) == [(5, 9, "auto", "proposed")]


def test_each_of_these_is_told_to_those_who_listen(store, run, sam, changed):
    def told(act):
        changed.clear()
        act()
        return changed == [run.job_id]

    assert told(lambda: store.corrections.add_shift(sam, Fraction(1), Fraction(9)))
    (shift,) = store.shifts(run.job_id, sam)
    assert told(lambda: store.corrections.judge_shift(shift.id, "accepted"))
    assert told(lambda: store.corrections.set_shift_times(shift.id, Fraction(2), Fraction(9)))


def test_what_cannot_be_done_is_said_in_a_sentence(store, run, sam):
    with pytest.raises(UserError, match="ends after it starts"):
        store.corrections.add_shift(sam, Fraction(9), Fraction(9))
    with pytest.raises(UserError, match="This shift is gone"):
        store.corrections.judge_shift(999, "accepted")
    with pytest.raises(UserError, match="player was removed"):
        store.corrections.add_shift(999, Fraction(1), Fraction(9))
    added = store.corrections.add_shift(sam, Fraction(1), Fraction(9))
    with pytest.raises(UserError, match="inside the film"):
        store.corrections.set_shift_times(added, Fraction(-1), Fraction(9))
    assert shown(store, run, sam) == [(1, 9, "manual", "accepted")]
