"""Fingerprints tell inputs apart, and progress is written seldom enough."""

import enum
import subprocess
import sys
import threading
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shiftclipper.errors import Cancelled, DiskFull
from shiftclipper.jobs.rows import StopReason
from shiftclipper.jobs.run import StaleRun
from shiftclipper.jobs.stage import StageContext, fingerprint
from shiftclipper.jobs.store import Store


class Kind(enum.StrEnum):
    ONE = "one"


@dataclass(frozen=True)
class Point:
    x: float
    y: float


class Unhashable:
    pass


def test_equal_inputs_have_one_fingerprint_in_every_process():
    code = (
        "from fractions import Fraction; from pathlib import Path\n"
        "from shiftclipper.jobs.stage import fingerprint\n"
        "print(fingerprint({'b': 1, 'a': [Fraction(1, 3), None, True]}, Path('/x'), {'q', 'p', 'r'}, 0.1))"
    )
    here = fingerprint({"a": (Fraction(1, 3), None, True), "b": 1}, Path("/x"), frozenset("rpq"), 0.1)
    for seed in ("1", "2"):
        there = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])},
        )
        assert there.stdout.strip() == here


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        ((1, 2), ((1, 2),)),
        ((1,), ("1",)),
        ((True,), (1,)),
        ((None,), ("None",)),
        (([],), ({},)),
        ((0.1,), (0.1 + 1e-16 * 2,)),
        ((b"a",), ("a",)),
        ((Point(1, 2),), (Point(2, 1),)),
        (({"a": 1},), ({"a": 2},)),
        ((Fraction(1, 3),), (Fraction(1, 4),)),
    ],
)
def test_different_inputs_have_different_fingerprints(one, other):
    assert fingerprint(*one) != fingerprint(*other)


def test_an_enum_counts_as_its_value():
    assert fingerprint(Kind.ONE) == fingerprint("one")


def test_what_has_no_stable_form_is_refused():
    with pytest.raises(TypeError, match="Unhashable"):
        fingerprint([Unhashable()])


plain = st.recursive(
    st.none() | st.integers() | st.text(max_size=4) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


def canonical(value):
    """Equality that keeps 1 and True apart, as the fingerprint does."""
    if isinstance(value, dict):
        return {key: canonical(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [canonical(inner) for inner in value]
    return (type(value).__name__, value)


@settings(derandomize=True, deadline=None)
@given(plain, plain)
def test_fingerprints_are_equal_exactly_when_the_inputs_are(one, other):
    assert (fingerprint(one) == fingerprint(other)) == (canonical(one) == canonical(other))


# Progress


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path) as opened:
        yield opened


@pytest.fixture
def run(store):
    job_id = store.create_job([Path("game.mp4")])
    store.queue(job_id)
    claimed = store.claim()
    claimed.start_stage("ingest", "hash")
    return claimed


class Clock:
    """A clock that is turned by hand."""

    now = 100.0

    def __call__(self):
        return self.now


class Counting:
    """A run that notes the progress it is told."""

    def __init__(self, run):
        self.job_id = run.job_id
        self.told = []
        self._run = run

    def progress(self, *values):
        self.told.append(values)
        return self._run.progress(*values)


def test_progress_is_written_at_most_four_times_a_second_and_the_last_is_not_lost(store, run):
    clock, counting = Clock(), Counting(run)
    context = StageContext(store, counting, "ingest", threading.Event(), clock)
    for step in range(1001):
        context.progress(step, 1000, f"step {step}")
        clock.now += 0.002
    assert 8 <= len(counting.told) <= 9
    context.flush()
    row = store.stages(run.job_id)[0]
    assert (row.done_units, row.total_units) == (1000, 1000)
    assert store.job(run.job_id).message == "step 1000"


def test_progress_notices_a_stop_that_another_program_asked_for(store, run, tmp_path):
    context = StageContext(store, run, "ingest", threading.Event())
    context.check()
    with Store(tmp_path, write=False) as other:
        other.request_stop(run.job_id, StopReason.CANCEL)
    context.progress(1, 2)
    with pytest.raises(Cancelled):
        context.check()


def test_progress_of_a_run_that_lost_its_job_stops_the_stage(store, run):
    context = StageContext(store, run, "ingest", threading.Event())
    run.finish()
    context.progress(1, 2)
    assert context.stop.is_set()
    with pytest.raises(StaleRun):
        run.start_stage("analyse", "hash")


def test_progress_survives_a_full_disk(store, run, caplog):
    class Full(Counting):
        def progress(self, *values):
            raise DiskFull("There is no room left.")

    StageContext(store, Full(run), "ingest", threading.Event()).progress(1, 2)
    assert "no room" in caplog.text


def test_a_context_shows_the_job_its_setup_and_the_hashes_of_other_stages(store, run):
    context = StageContext(store, run, "analyse", threading.Event())
    assert context.stage_hash("ingest") == "hash"
    assert context.stage_hash("analyse") is None
    assert context.job.id == run.job_id
    assert context.work_dir == store.data_dir / "jobs" / run.job_id
    assert context.out_dir == context.work_dir / "out"
    assert context.setup() == store.setup(run.job_id)
