"""A game kept in memory: corrections are followed at once, and never written over what was said meanwhile."""

import threading
from dataclasses import replace
from fractions import Fraction

import pytest

from shiftclipper.errors import Cancelled, UserError
from shiftclipper.identity import identify
from shiftclipper.jobs import live_game
from shiftclipper.jobs.live_game import LiveGame, NotAnalysed
from shiftclipper.jobs.rows import JobStatus, StageStatus
from shiftclipper.jobs.setup import Click, ClickKind, PlayerSetup, Regions
from shiftclipper.jobs.stage import StageContext
from shiftclipper.jobs.stages.identify import Identify
from shiftclipper.jobs.store import Store
from tests.made_game import FIRST, SECOND, analysed_job, click_on, sam, setup_of

GO_ON = threading.Event()


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def job(store):
    return analysed_job(store, setup_of(sam(FIRST, SECOND)))


@pytest.fixture
def live(store, job):
    return LiveGame(store, job)


def shown(store, job):
    return [(round(float(one.start)), round(float(one.end)), one.verdict) for one in store.shifts(job)]


def content(store, job):
    return [
        replace(shift, id=0, player_id=place)
        for place, player in enumerate(store.players(job))
        for shift in store.shifts(job, player.id)
    ]


def identify_row(store, job):
    return next(row for row in store.stages(job) if row.name == "identify")


def say(store, job, *clicks):
    store.corrections.change_setup(job, lambda setup: replace(setup, players=(sam(*clicks),)), "click")


def run_identify(store, job):
    """Let the stage itself find the shifts, whether it would be skipped or not."""
    store.start(job)
    run = store.claim(job)
    context = StageContext(store, run, "identify", threading.Event())
    run.start_stage("identify", Identify().input_hash(context))
    run.finish_stage("identify", Identify().run(context))
    run.finish()


def test_what_is_found_is_what_the_stage_finds_with_one_player_and_with_two(store):
    players = [
        (sam(FIRST),),
        (PlayerSetup("Ali", "9", None, (click_on(0, 60.0),)), sam(FIRST, SECOND)),
    ]
    for some in players:
        one, other = (analysed_job(store, setup_of(*some)) for _ in range(2))
        assert LiveGame(store, one).solve(GO_ON)
        run_identify(store, other)
        assert content(store, one) == content(store, other) != []


def test_the_stage_is_done_with_it_and_the_job_stays_as_it_is(store, job, live):
    assert live.solve(GO_ON)
    row = identify_row(store, job)
    run = store.claim(job) if store.job(job).status is JobStatus.QUEUED else None
    assert run is None and store.job(job).status is JobStatus.DONE
    store.start(job)
    context = StageContext(store, store.claim(job), "identify", threading.Event())
    assert (row.status, row.input_hash) == (StageStatus.DONE, Identify().input_hash(context))
    assert row.perf["shifts"] == 2


def test_each_correction_is_followed_and_what_the_person_fixed_stays(store, job, live):
    live.solve(GO_ON)
    assert shown(store, job) == [(10, 40, "proposed"), (80, 112, "proposed")]
    first, second = store.shifts(job)
    store.corrections.set_shift_times(first.id, Fraction(12), Fraction(37))
    assert live.solve(GO_ON)
    assert shown(store, job) == [(12, 37, "accepted"), (80, 112, "proposed")]
    assert store.corrections.remove_shift(second.id) == (SECOND.time,)
    assert store.setup(job).players[0].clicks == (FIRST,)
    assert live.solve(GO_ON)
    assert shown(store, job) == [(12, 37, "accepted"), (80, 112, "rejected")]


def test_undo_brings_back_what_was_found_before(store, job, live):
    live.solve(GO_ON)
    before = shown(store, job)
    store.corrections.change_setup(
        job,
        lambda setup: replace(setup, players=(sam(FIRST, SECOND, Click(Fraction(33), ClickKind.OFF_ICE)),)),
        "off-ice",
    )
    assert live.solve(GO_ON)
    assert shown(store, job) != before
    store.corrections.undo(job)
    assert live.solve(GO_ON)
    assert shown(store, job) == before


def test_nothing_is_written_when_the_person_corrects_again_meanwhile(store, job, live, monkeypatch):
    live.solve(GO_ON)
    say(store, job, FIRST)
    before = store.shifts(job), identify_row(store, job)
    real = live_game.solve_several

    def while_it_solves(*arguments):
        found = real(*arguments)
        say(store, job, SECOND)
        return found

    monkeypatch.setattr(live_game, "solve_several", while_it_solves)
    assert not live.solve(GO_ON)
    assert (store.shifts(job), identify_row(store, job)) == before
    monkeypatch.undo()
    assert live.solve(GO_ON)


def test_nothing_is_written_for_players_who_were_replaced_meanwhile(store, job, live, monkeypatch):
    real = live_game.solve_several

    def while_it_solves(*arguments):
        found = real(*arguments)
        setup = store.setup(job)
        store.save_setup(job, replace(setup, players=()))
        store.save_setup(job, setup)
        return found

    monkeypatch.setattr(live_game, "solve_several", while_it_solves)
    assert not live.solve(GO_ON)
    assert store.shifts(job) == []


def test_nothing_is_written_while_the_job_finds_its_shifts_itself(store, job, live):
    store.queue(job)
    run = store.claim(job)
    run.start_stage("identify", "its own")
    assert not live.solve(GO_ON)
    assert store.shifts(job) == []
    run.finish_stage("identify", {})
    run.start_stage("clips", "its own")
    assert live.solve(GO_ON)
    assert len(store.shifts(job)) == 2


def test_of_several_players_the_one_who_was_corrected_is_written_first(store, monkeypatch):
    ali = PlayerSetup("Ali", "9", None, (click_on(0, 60.0),))
    job = analysed_job(store, setup_of(ali, sam(FIRST)))
    live = LiveGame(store, job)
    live.solve(GO_ON)
    before = content(store, job)
    real, early = live_game.solve_several, []

    def look_first(*arguments):
        early.append((content(store, job), identify_row(store, job).status))
        return real(*arguments)

    monkeypatch.setattr(live_game, "solve_several", look_first)
    off = Click(Fraction(33), ClickKind.OFF_ICE)
    store.corrections.change_setup(
        job, lambda setup: replace(setup, players=(ali, sam(FIRST, off))), "off-ice"
    )
    old_hash = identify_row(store, job).input_hash
    assert live.solve(GO_ON)
    assert early[0][0] == content(store, job) != before
    assert identify_row(store, job).input_hash != old_hash
    # For both, or for another number of players, all are found together.
    store.corrections.change_setup(
        job, lambda setup: replace(setup, players=(replace(ali, number="8"), sam(FIRST))), "name"
    )
    held = content(store, job)
    assert live.solve(GO_ON)
    assert early[1][0] == held
    assert content(store, job) == before


def test_a_stop_ends_it_and_nothing_is_written(store, job, live):
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        live.solve(stop)
    with pytest.raises(Cancelled):
        live.questions(0, stop)
    assert store.shifts(job) == []


def test_a_contradiction_is_said_and_nothing_is_written(store, job, live):
    live.solve(GO_ON)
    before = store.shifts(job)
    say(store, job, FIRST, Click(Fraction("20.05"), ClickKind.OFF_ICE))
    with pytest.raises(UserError, match="contradict"):
        live.solve(GO_ON)
    assert store.shifts(job) == before


def test_other_regions_are_taken_and_a_closer_look_asks_for_an_analysis(store, job, live):
    live.solve(GO_ON)
    before = content(store, job)
    store.corrections.change_setup(job, lambda setup: replace(setup, regions=Regions()), "regions")
    assert live.solve(GO_ON)
    without = content(store, job)
    other = analysed_job(store, store.setup(job))
    LiveGame(store, other).solve(GO_ON)
    assert without == content(store, other)
    store.corrections.undo(job)
    live.solve(GO_ON)
    assert content(store, job) == before
    store.change_settings(job, quality="thorough")
    with pytest.raises(NotAnalysed):
        live.solve(GO_ON)


def test_a_new_analysis_is_read_anew(store, job, live):
    live.solve(GO_ON)
    store.queue(job)
    run = store.claim(job)
    analysis = next(row for row in store.stages(job) if row.name == "analyse")
    run.start_stage("analyse", analysis.input_hash)
    with pytest.raises(NotAnalysed):
        live.solve(GO_ON)
    run.replace_tracklets([])
    run.finish_stage("analyse", {})
    store.corrections.change_setup(job, lambda setup: replace(setup, opponent_color="#ffffff"), "colour")
    assert live.solve(GO_ON)
    assert [shift.tracklet_ids for shift in store.shifts(job)] != [(1, 2), (3, 4)]


def test_questions_are_about_the_player_asked_for(store, job, live):
    say(store, job, FIRST)
    asked = live.questions(0, GO_ON)
    assert all(question.choices for question in asked)
    assert live.questions(1, GO_ON) == ()


@pytest.fixture
def searches(monkeypatch):
    """Return a list that grows with each search for a player."""
    real, done = identify.solve_lattice, []

    def counted(*arguments, **more):
        done.append(len(done))
        return real(*arguments, **more)

    monkeypatch.setattr(identify, "solve_lattice", counted)
    return done


def test_questions_after_a_correction_need_no_search_of_their_own(store, job, live, searches):
    for said in ((FIRST,), (FIRST, SECOND)):
        say(store, job, *said)
        searches.clear()
        assert live.solve(GO_ON)
        asked = live.questions(0, GO_ON)
        assert len(searches) == 1
        assert asked == LiveGame(store, job).questions(0, GO_ON)


def test_questions_are_not_of_what_was_said_before(store, job, live, searches):
    live.solve(GO_ON)
    say(store, job, FIRST)
    searches.clear()
    # Before the search that follows the correction.
    asked = live.questions(0, GO_ON)
    assert len(searches) == 1
    assert asked == LiveGame(store, job).questions(0, GO_ON) != ()
    store.corrections.change_setup(job, lambda setup: replace(setup, regions=Regions()), "regions")
    assert live.questions(0, GO_ON) == LiveGame(store, job).questions(0, GO_ON)


def test_of_several_players_the_one_who_was_corrected_is_searched_for_once(store, searches):
    ali = PlayerSetup("Ali", "9", None, (click_on(0, 60.0),))
    job = analysed_job(store, setup_of(ali, sam(FIRST)))
    live = LiveGame(store, job)
    live.solve(GO_ON)
    live.questions(1, GO_ON)
    off = Click(Fraction(33), ClickKind.OFF_ICE)
    store.corrections.change_setup(
        job, lambda setup: replace(setup, players=(ali, sam(FIRST, off))), "off-ice"
    )
    searches.clear()
    assert live.solve(GO_ON)
    assert len(searches) == 2
    asked = live.questions(1, GO_ON)
    assert len(searches) == 2
    assert asked == LiveGame(store, job).questions(1, GO_ON)
