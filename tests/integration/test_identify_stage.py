"""Stage `identify` on a real store: it obeys what the person said of shifts, and loses none of it."""

import subprocess
import threading
from fractions import Fraction

import pytest

from shiftclipper.jobs.rows import JobStatus
from shiftclipper.jobs.setup import Click, ClickKind, PlayerSetup, RosterEntry
from shiftclipper.jobs.stages.identify import Identify
from shiftclipper.jobs.stages.identity_inputs import wanted_player
from shiftclipper.jobs.stages.ingest import Ingest
from shiftclipper.jobs.store import Store
from shiftclipper.jobs.work import carry_out
from shiftclipper.media.ffmpeg import locate
from tests.laid_rows import judge, lay_shift
from tests.made_game import FIRST, SECOND, SIZE, TRACKLETS, click_on, sam, setup_of
from tests.stub_stages import Stub

OFF = Click(Fraction(33), ClickKind.OFF_ICE)


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """Two minutes of nothing: the stage decodes no picture of it."""
    path = tmp_path_factory.mktemp("film") / "game.mp4"
    source = f"color=white:size={SIZE[0]}x{SIZE[1]}:rate=2:duration=120"
    command = [locate().path, "-v", "error", "-f", "lavfi", "-i", source, "-c:v", "libx264", str(path)]
    subprocess.run(command, check=True)
    return path


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def job(store, film):
    return store.create_job(
        [film], setup=setup_of(sam(FIRST, SECOND)), stages=("ingest", "analyse", "identify")
    )


def run(store, job):
    """Bring the job up to date as the runner would, with tracklets made by hand."""
    store.start(job)
    stages = [
        Ingest(locate()),
        Stub("analyse", lambda context: {"tracklets": context.run.replace_tracklets(TRACKLETS)}),
        Identify(),
    ]
    return carry_out(store, store.claim(job), stages, threading.Event())


def shown(store, job):
    return [
        (round(float(shift.start)), round(float(shift.end)), shift.origin, shift.verdict)
        for shift in store.shifts(job)
    ]


def test_a_shift_that_the_person_moved_stays_where_it_is_and_the_other_is_found_anew(store, job):
    assert run(store, job) is JobStatus.DONE
    assert shown(store, job) == [(10, 40, "auto", "proposed"), (80, 112, "auto", "proposed")]
    first, second = store.shifts(job)
    store.corrections.set_shift_times(first.id, Fraction(12), Fraction(37))
    store.corrections.judge_shift(second.id, "accepted")
    kept = store.shifts(job)

    assert run(store, job) is JobStatus.DONE

    assert store.shifts(job) == kept


def test_a_rejected_shift_is_not_found_again(store, job):
    run(store, job)
    judge(store, store.shifts(job)[1].id, "rejected")
    store.save_setup(job, setup_of(sam(FIRST)))
    assert run(store, job) is JobStatus.DONE
    assert shown(store, job) == [(10, 40, "auto", "proposed"), (80, 112, "auto", "rejected")]


@pytest.mark.parametrize(
    ("act", "part"),
    [
        (lambda store, shift, player: judge(store, shift.id, "rejected"), "The click at 0:20.0 lies in"),
        (
            lambda store, shift, player: (
                judge(store, shift.id, "accepted"),
                lay_shift(store, player, Fraction(30), Fraction(60)),
            ),
            "0:30.0 to 1:00.0 overlap",
        ),
        (
            lambda store, shift, player: (
                judge(store, shift.id, "accepted"),
                store.save_setup(store.jobs()[0].id, setup_of(sam(FIRST, SECOND, OFF))),
            ),
            "The off-ice mark at 0:33.0",
        ),
    ],
)
def test_a_contradiction_ends_the_job_with_its_sentence_and_nothing_is_lost(store, job, act, part):
    run(store, job)
    (player,) = store.players(job)
    act(store, store.shifts(job)[0], player.id)
    before = store.shifts(job), store.setup(job)
    assert run(store, job) is JobStatus.FAILED
    assert part in store.job(job).error
    assert "\n" not in store.job(job).error
    assert (store.shifts(job), store.setup(job)) == before


def test_results_stand_in_the_order_of_the_setup_whoever_is_solved_first(store, job):
    other = PlayerSetup("Ali", "9", None, (click_on(0, 60.0),))
    store.save_setup(job, setup_of(other, sam(FIRST, SECOND)))
    assert run(store, job) is JobStatus.DONE
    ali, player = store.players(job)
    assert [shift.tracklet_ids for shift in store.shifts(job, ali.id)] == [(0,)]
    assert [shift.tracklet_ids for shift in store.shifts(job, player.id)] == [(1, 2), (3, 4)]


def test_a_verdict_makes_the_stage_run_anew_and_a_roster_does_not(store, job):
    def began():
        return next(row.started_at for row in store.stages(job) if row.name == "identify")

    run(store, job)
    first = began()
    run(store, job)
    assert began() == first
    store.corrections.judge_shift(store.shifts(job)[0].id, "accepted")
    run(store, job)
    second = began()
    assert second > first
    store.save_setup(job, setup_of(sam(FIRST, SECOND), roster=(RosterEntry("9"),)))
    run(store, job)
    assert began() == second


def test_what_the_person_said_reaches_identity(store, job):
    run(store, job)
    first, second = store.shifts(job)
    store.corrections.judge_shift(first.id, "accepted")
    store.corrections.judge_shift(second.id, "rejected")
    wanted = wanted_player(setup_of(sam(FIRST)), 0, SIZE, store.shifts(job))
    assert wanted.constraints.on_ice == ((float(first.start), float(first.end)),)
    assert wanted.constraints.off_spans == ((float(second.start), float(second.end)),)
    assert len(wanted.constraints.clicks) == 1
    assert wanted.rules.number == "17"
