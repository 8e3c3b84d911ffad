"""While the analysis runs, shifts appear in what it has seen, and give way to those of the whole game."""

import threading
from dataclasses import replace
from fractions import Fraction

import pytest

from shiftclipper.errors import Cancelled
from shiftclipper.jobs.live_part import LivePart
from shiftclipper.jobs.rows import StageStatus
from shiftclipper.jobs.setup import Click, ClickKind, PlayerSetup
from shiftclipper.jobs.store import Store
from tests.made_game import FIRST, SECOND, TRACKLETS, begun_job, sam, see, setup_of

GO_ON = threading.Event()


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def run(store):
    return begun_job(store, setup_of(sam(FIRST, SECOND)))


def shown(store, run):
    return [(round(float(one.start)), round(float(one.end))) for one in store.shifts(run.job_id)]


def test_shifts_appear_as_far_as_the_analysis_has_come(store, run):
    part = LivePart(store, run.job_id)
    assert not part.solve(GO_ON, look=True)
    for number in (0, 1):
        see(store, run, number)
    assert part.solve(GO_ON, look=True)
    assert shown(store, run) == [(10, 40)]
    for number in (2, 3):
        see(store, run, number)
    assert not part.solve(GO_ON, look=False)
    assert shown(store, run) == [(10, 40)]
    assert part.solve(GO_ON, look=True)
    assert not part.solve(GO_ON, look=True)
    assert shown(store, run) == [(10, 40), (80, 112)]
    (identify,) = (row for row in store.stages(run.job_id) if row.name == "identify")
    assert identify.status is StageStatus.WAITING
    assert all(shift.tracklet_ids == () for shift in store.shifts(run.job_id))


def test_a_correction_is_followed_in_the_part_that_is_known(store, run):
    part = LivePart(store, run.job_id)
    for number in (0, 1):
        see(store, run, number)
    part.solve(GO_ON, look=True)
    off = Click(Fraction(33), ClickKind.OFF_ICE)
    store.corrections.change_setup(
        run.job_id, lambda setup: replace(setup, players=(sam(FIRST, SECOND, off),)), "off-ice"
    )
    late = store.corrections.add_shift(store.players(run.job_id)[0].id, Fraction(50), Fraction(90))
    assert part.solve(GO_ON, look=False)
    first, second = store.shifts(run.job_id)
    assert first.end <= 33
    assert (second.id, second.start, second.end) == (late, 50, 90)


def test_nothing_is_written_for_a_click_that_lies_ahead_or_once_the_analysis_is_done(store, run):
    part = LivePart(store, run.job_id)
    see(store, run, 0)
    store.corrections.change_setup(run.job_id, lambda setup: replace(setup, players=(sam(SECOND),)), "click")
    assert not part.solve(GO_ON, look=True)
    store.corrections.undo(run.job_id)
    run.replace_tracklets(TRACKLETS)
    run.finish_stage("analyse", {})
    assert not part.solve(GO_ON, look=True)
    assert shown(store, run) == []


def test_shifts_of_a_whole_analysis_are_left_alone(store, run):
    run.replace_tracklets(TRACKLETS)
    run.finish_stage("analyse", {})
    run.start_stage("identify", "found")
    run.finish_stage("identify", {})
    run.start_stage("analyse", "looked at more closely")
    see(store, run, 0)
    assert not LivePart(store, run.job_id).solve(GO_ON, look=True)


def test_a_camera_that_moves_and_a_stop_are_heeded(store, run):
    see(store, run, 0)
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        LivePart(store, run.job_id).solve(stop, look=True)
    store.change_settings(run.job_id, camera="panning")
    assert not LivePart(store, run.job_id).solve(GO_ON, look=True)


def test_what_changes_meanwhile_is_not_written_over(store, run, monkeypatch):
    for number in (0, 1):
        see(store, run, number)
    part = LivePart(store, run.job_id)
    save = store.solved_shifts.save_some

    def after_a_correction(job_id, found, holds):
        store.corrections.change_setup(
            job_id, lambda setup: replace(setup, players=(*setup.players, PlayerSetup("Ali"))), "name"
        )
        return save(job_id, found, holds)

    monkeypatch.setattr(
        "shiftclipper.jobs.solved_shifts.SolvedShifts.save_some",
        lambda _self, *arguments: after_a_correction(*arguments),
    )
    assert not part.solve(GO_ON, look=True)
    assert shown(store, run) == []
