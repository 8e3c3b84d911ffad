"""The resolver: after each correction the shifts in the database follow, without the queue."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from shiftclipper.errors import UserError
from shiftclipper.jobs import live_game
from shiftclipper.jobs.corrections import Corrections
from shiftclipper.jobs.proposals import Proposals
from shiftclipper.jobs.rows import JobStatus, StageStatus
from shiftclipper.jobs.setup import Click, ClickKind, Regions
from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.stage import StageContext
from shiftclipper.jobs.stages.identify import Identify
from shiftclipper.jobs.store import Store
from shiftclipper.ui.job_actions import JobActions
from shiftclipper.ui.review.resolver import Resolver
from tests.made_game import FIRST, SECOND, analysed_job, begun_job, click_on, sam, see, setup_of
from tests.ui.conftest import PATIENCE


@dataclass
class Review:
    """What reviews a job, with what a test needs to look behind it."""

    store: Store
    actions: JobActions
    resolver: Resolver
    job: str
    solved: list[str]
    refused: list[str]

    def say(self, *clicks: Click) -> None:
        """Replace the player's marks."""
        self.actions.change_setup(self.job, lambda setup: replace(setup, players=(sam(*clicks),)))

    def shown(self) -> list[tuple[int, int]]:
        """Return the shifts in the database, in whole seconds."""
        return [(round(float(one.start)), round(float(one.end))) for one in self.store.shifts(self.job)]

    def is_idle(self) -> bool:
        """Say whether nothing is to be done."""
        return self.actions.is_idle and self.resolver.is_idle


@pytest.fixture
def review(qtbot: QtBot, tmp_path: Path) -> Iterator[Review]:
    """A job with one click, looked at; its shifts are found."""
    owner, bus = QObject(), JobBus()
    with Store(tmp_path / "data", on_change=bus.job_changed.emit) as store:
        job = analysed_job(store, setup_of(sam(FIRST, SECOND)))
        actions = JobActions(store, bus, owner)
        resolver = Resolver(store, bus, actions, owner)
        made = Review(store, actions, resolver, job, [], [])
        resolver.solved.connect(made.solved.append)
        actions.refused.connect(lambda _job, sentence: made.refused.append(sentence))
        resolver.show(job)
        qtbot.waitUntil(made.is_idle, timeout=PATIENCE)
        yield made
        actions.close()
        resolver.close()


def test_a_job_that_is_looked_at_gets_its_shifts_without_the_queue(qtbot: QtBot, review: Review) -> None:
    """They are found when the job is shown, and again after a correction; the job stays done."""
    assert review.shown() == [(10, 40), (80, 112)]
    events = len(review.store.events(review.job))
    review.say(FIRST, SECOND, Click(Fraction(33), ClickKind.OFF_ICE))
    qtbot.waitUntil(lambda: review.is_idle() and len(review.solved) == 2, timeout=PATIENCE)
    assert review.shown() != [(10, 40), (80, 112)]
    review.actions.undo(review.job)
    qtbot.waitUntil(lambda: review.is_idle() and len(review.solved) == 3, timeout=PATIENCE)
    assert review.shown() == [(10, 40), (80, 112)]
    review.actions.redo(review.job)
    qtbot.waitUntil(lambda: review.is_idle() and len(review.solved) == 4, timeout=PATIENCE)
    assert review.shown() != [(10, 40), (80, 112)]
    assert len(review.store.events(review.job)) == events
    assert review.refused == []


def test_the_next_correction_takes_the_place_of_the_one_before(
    qtbot: QtBot, review: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was begun for the first is not written, and only the last is told."""
    begun, go_on = threading.Event(), threading.Event()
    real = live_game.solve_several

    def slow(*arguments: object) -> object:
        found = real(*arguments)  # type: ignore[arg-type]
        begun.set()
        assert go_on.wait(PATIENCE / 1000)
        return found

    monkeypatch.setattr(live_game, "solve_several", slow)
    with qtbot.waitSignal(review.resolver.solving, timeout=PATIENCE):
        review.say(FIRST, SECOND, Click(Fraction(33), ClickKind.OFF_ICE))
    qtbot.waitUntil(begun.is_set, timeout=PATIENCE)
    with qtbot.waitSignal(review.actions.corrected, timeout=PATIENCE):
        review.actions.undo(review.job)
    go_on.set()
    qtbot.waitUntil(review.is_idle, timeout=PATIENCE)
    assert len(review.solved) == 2
    assert review.shown() == [(10, 40), (80, 112)]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_is_corrected_in_a_row_the_shifts_are_those_that_the_stage_finds(
    qtbot: QtBot, review: Review, seed: int
) -> None:
    """Forty corrections, undos and redos, most of them before the one before was followed."""
    random = Random(seed)
    store, job, actions = review.store, review.job, review.actions
    marks = (FIRST, SECOND, click_on(3, 90.0), *(Click(Fraction(t), ClickKind.OFF_ICE) for t in (5, 33, 60)))

    def correct(journal: Corrections) -> None:
        shifts, moment = store.shifts(job), Fraction(random.randrange(0, 110))
        shift = random.choice(shifts) if shifts else None
        kind = random.randrange(6)
        if kind == 0 or shift is None:
            some = random.sample(marks, 3)
            journal.change_setup(job, lambda setup: replace(setup, players=(sam(FIRST, *some),)), "click")
        elif kind == 1:
            journal.judge_shift(shift.id, random.choice(("accepted", "rejected", "proposed")))
        elif kind == 2:
            journal.set_shift_times(shift.id, moment, moment + 10)
        elif kind == 3:
            journal.add_shift(store.players(job)[0].id, moment, moment + 5)
        elif kind == 4:
            journal.split_shift(shift.id, (shift.start + shift.end) / 2)
        else:
            journal.remove_shift(shift.id)

    for _ in range(40):
        what = random.choice(("correct", "correct", "correct", "undo", "redo"))
        if what == "correct":
            actions.correct(job, correct)
        else:
            getattr(actions, what)(job)
        if random.random() < 0.2:
            qtbot.waitUntil(review.is_idle, timeout=PATIENCE)
    qtbot.waitUntil(review.is_idle, timeout=PATIENCE)
    found = store.shifts(job)
    identify = next(row for row in store.stages(job) if row.name == "identify")
    store.queue(job)
    run = store.claim(job)
    assert run is not None
    context = StageContext(store, run, "identify", threading.Event())
    try:
        Identify().run(context)
    except UserError as error:
        # What was corrected when depends on how fast shifts were found; it may end in a contradiction.
        assert review.refused[-1] == str(error)
    else:
        assert identify.input_hash == Identify().input_hash(context)
    assert store.shifts(job) == found


def test_questions_come_when_the_shifts_are_found(qtbot: QtBot, review: Review) -> None:
    """They are about the player that is looked at, or another that is named."""
    told: list[tuple[str, int]] = []
    review.resolver.questions_ready.connect(lambda job, position, _asked: told.append((job, position)))
    review.say(FIRST)
    review.resolver.questions()
    qtbot.waitUntil(lambda: review.is_idle() and bool(told), timeout=PATIENCE)
    review.resolver.show(review.job, 3)
    review.resolver.questions()
    qtbot.waitUntil(lambda: len(told) == 2, timeout=PATIENCE)
    assert told == [(review.job, 0), (review.job, 3)]


def test_a_contradiction_is_told_once_and_the_shifts_stay(qtbot: QtBot, review: Review) -> None:
    """The sentence says which marks they are."""
    review.say(FIRST, Click(Fraction("20.05"), ClickKind.OFF_ICE))
    qtbot.waitUntil(lambda: review.is_idle() and bool(review.refused), timeout=PATIENCE)
    (sentence,) = review.refused
    assert "contradict each other" in sentence
    assert review.shown() == [(10, 40), (80, 112)]


def test_what_needs_another_analysis_goes_to_the_queue(qtbot: QtBot, review: Review) -> None:
    """How closely pictures are looked at decides who is seen."""
    review.actions.change_setup(
        review.job, lambda setup: replace(setup, settings=replace(setup.settings, quality="fast"))
    )
    qtbot.waitUntil(lambda: review.store.job(review.job).status is JobStatus.QUEUED, timeout=PATIENCE)
    qtbot.waitUntil(review.is_idle, timeout=PATIENCE)


def test_a_game_that_is_not_looked_at_goes_to_the_queue(qtbot: QtBot, review: Review) -> None:
    """As before: nobody keeps it in memory."""
    other = analysed_job(review.store, setup_of(sam(FIRST)))
    review.actions.change_setup(other, lambda setup: replace(setup, opponent_color="#ffffff"))
    qtbot.waitUntil(lambda: review.store.job(other).status is JobStatus.QUEUED, timeout=PATIENCE)


def test_a_job_that_failed_of_a_contradiction_goes_on_when_it_is_put_right(
    qtbot: QtBot, review: Review
) -> None:
    """The queue finishes what the stage could not."""
    review.resolver.show("")
    store, job = review.store, review.job
    store.queue(job)
    run = store.claim(job)
    assert run is not None
    run.start_stage("identify", "of the contradiction")
    run.fail("The marks contradict each other.")
    review.resolver.show(job)
    qtbot.waitUntil(lambda: store.job(job).status is JobStatus.QUEUED, timeout=PATIENCE)
    qtbot.waitUntil(review.is_idle, timeout=PATIENCE)
    stage = next(row for row in store.stages(job) if row.name == "identify")
    assert stage.status is StageStatus.DONE


def test_shifts_appear_while_the_analysis_goes_on(qtbot: QtBot, review: Review) -> None:
    """They are looked for when a part of the game was seen, and a correction is followed at once."""
    store = review.store
    run = begun_job(store, setup_of(sam(FIRST, SECOND)))
    review.job = run.job_id
    for number in (0, 1):
        see(store, run, number)
    review.resolver.show(run.job_id)
    qtbot.waitUntil(lambda: review.is_idle() and bool(store.shifts(run.job_id)), timeout=PATIENCE)
    assert review.shown() == [(10, 40)]
    review.say(FIRST, SECOND, Click(Fraction(33), ClickKind.OFF_ICE))
    qtbot.waitUntil(lambda: review.is_idle() and review.shown() != [(10, 40)], timeout=PATIENCE)
    assert store.job(run.job_id).status is JobStatus.RUNNING


def test_what_the_game_proposes_can_be_asked_for(qtbot: QtBot, review: Review) -> None:
    """Benches where none is drawn, and the team's roster where numbers were read."""
    told: list[Proposals] = []
    review.resolver.proposals_ready.connect(lambda _job, _position, found: told.append(found))
    review.resolver.proposals()
    qtbot.waitUntil(lambda: review.is_idle() and len(told) == 1, timeout=PATIENCE)
    assert told[0].benches == ()
    assert told[0].roster is not None and told[0].roster.players == ()
    review.actions.change_setup(review.job, lambda setup: replace(setup, regions=Regions(), players=()))
    qtbot.waitUntil(lambda: review.is_idle() and len(review.solved) == 2, timeout=PATIENCE)
    review.resolver.proposals()
    qtbot.waitUntil(lambda: review.is_idle() and len(told) == 2, timeout=PATIENCE)
    assert told[1].roster is None
    assert all(one.polygon is not None for one in told[1].benches)


def test_closing_ends_what_is_looked_for(
    qtbot: QtBot, review: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written after the window is closed."""
    begun, closing = threading.Event(), threading.Event()
    real = live_game.solve_several

    def slow(*arguments: object) -> object:
        found = real(*arguments)  # type: ignore[arg-type]
        begun.set()
        assert closing.wait(PATIENCE / 1000)
        return found

    monkeypatch.setattr(live_game, "solve_several", slow)
    before = review.store.shifts(review.job)
    review.say(FIRST, SECOND, Click(Fraction(33), ClickKind.OFF_ICE))
    qtbot.waitUntil(begun.is_set, timeout=PATIENCE)
    monkeypatch.setattr(review.resolver, "_end_searches", _then(review.resolver._end_searches, closing.set))
    review.resolver.close()
    assert review.store.shifts(review.job) == before


def _then(first: Callable[[], None], second: Callable[[], None]) -> Callable[[], None]:
    def both() -> None:
        first()
        second()

    return both
