"""After every correction the shifts are found anew, off the GUI thread and without the queue."""

import math
import threading
import time
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from shiftclipper.errors import Cancelled, UserError
from shiftclipper.jobs.rows import JobStatus, StageStatus
from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.store import Store
from shiftclipper.ui.background import Background
from shiftclipper.ui.job_actions import JobActions

if TYPE_CHECKING:
    from shiftclipper.identity import Question
    from shiftclipper.jobs.live_game import LiveGame
    from shiftclipper.jobs.live_part import LivePart
    from shiftclipper.jobs.proposals import Proposals

MOST_OFTEN = 60.0
"""Seconds between two looks at what an analysis that runs has seen."""
LEAST_PAUSE = 20.0
"""The same in processor time of the look before: what runs is not to be slowed down by it."""


class _Outcome(Enum):
    """What became of one search for shifts."""

    SOLVED = auto()
    LEFT = auto()
    """Another search has taken its place, or the job is finding its shifts itself."""
    NOT_ANALYSED = auto()


class Resolver(QObject):
    """Follows one job: the one that is looked at.

    A correction ends the search that the one before has begun. Questions are looked for when the shifts are
    found, so that nobody waits for them.
    """

    solved = Signal(str)
    """Id of the job whose shifts in the database are up to date with what the person said."""
    solving = Signal(bool)
    """Whether shifts are being looked for."""
    questions_ready = Signal(str, int, object)
    """Id of a job, position of a player, and a tuple of `identity.Question`, best first."""
    proposals_ready = Signal(str, int, object)
    """Id of a job, position of a player, and the `jobs.proposals.Proposals` of benches and his team-mates."""
    refused = Signal(str, str)
    """Id of a job, and the sentence that says which two things the person said contradict each other."""

    def __init__(self, store: Store, bus: JobBus, actions: JobActions, parent: QObject) -> None:
        """Follow no job yet.

        Args:
            store: of the data folder.
            bus: of the store.
            actions: whose corrections are followed; what is refused is told there too.
            parent: owner in the GUI thread.
        """
        super().__init__(parent)
        self._store = store
        self._actions = actions
        self._game: LiveGame | None = None
        self._part: LivePart | None = None
        self._next_look = 0.0
        self._job_id, self._position = "", 0
        self._stage_key: tuple[object, ...] = ()
        self._stop, self._questions_stop = threading.Event(), threading.Event()
        self._searches = 0
        self._wanted: int | None = None
        """Position of the player about whom questions were asked for and not given yet."""
        self._solver = Background(1, self, after_each=store.close_thread)
        self._asker = Background(1, self, after_each=store.close_thread)
        actions.corrected.connect(self._corrected)
        bus.job_changed.connect(self._look_at_stages)
        self.refused.connect(actions.refused)

    @property
    def job_id(self) -> str:
        """Id of the job that is followed, or nothing."""
        return self._job_id

    @property
    def is_idle(self) -> bool:
        """Say whether nothing is being looked for."""
        return self._solver.is_idle and self._asker.is_idle and self._wanted is None

    def show(self, job_id: str, position: int = 0) -> None:
        """Follow another job, or another player of the same; nothing for none.

        Its game is brought into memory, and shifts that are not up to date are found.
        """
        self._position = position
        if job_id == self._job_id:
            return
        self._end_searches()
        self._job_id, self._game, self._part, self._stage_key = job_id, None, None, ()
        self._next_look, self._stop = 0.0, threading.Event()
        self._wanted = None
        self._actions.leave_to_listener(job_id)
        if job_id:
            self._look_at_stages(job_id)

    @Slot()
    def questions(self, position: int | None = None) -> None:
        """Ask for questions about a player, by default the one who is looked at; see `questions_ready`."""
        self._wanted = self._position if position is None else position
        self._ask()

    @Slot()
    def proposals(self, position: int | None = None) -> None:
        """Ask what is proposed for a player, by default the one who is looked at; see `proposals_ready`.

        Nothing comes while the game is not analysed.
        """
        job_id, place = self._job_id, self._position if position is None else position

        def ready(found: "Proposals") -> None:
            if job_id == self._job_id:
                self.proposals_ready.emit(job_id, place, found)

        if job_id:
            self._asker.run(lambda: self._propose(job_id, place), ready, _ignore)

    def close(self) -> None:
        """End all searches. Call it before the store closes."""
        self._end_searches()
        self._actions.leave_to_listener("")
        self._solver.close()
        self._asker.close()

    # Searching

    @Slot(str)
    def _corrected(self, job_id: str) -> None:
        if job_id and job_id == self._job_id:
            self._search(run_if_needed=True)

    @Slot(str)
    def _look_at_stages(self, job_id: str) -> None:
        """Look for what changed beside corrections: an analysis that is done, a run that has ended."""
        if not job_id or job_id != self._job_id:
            return
        try:
            stages = {stage.name: stage for stage in self._store.stages(job_id)}
            status = self._store.job(job_id).status
        except UserError:
            return
        analysis, identify = stages["analyse"], stages["identify"]
        busy = identify.status is StageStatus.RUNNING
        key = (analysis.status, analysis.finished_at, busy, status.is_active)
        if key != self._stage_key:
            self._stage_key = key
            if analysis.status is StageStatus.DONE and not busy:
                self._part = None
                self._search(run_if_needed=False)
        if analysis.status is StageStatus.RUNNING and time.monotonic() >= self._next_look:
            self._look_at_part(job_id)

    def _look_at_part(self, job_id: str) -> None:
        """Look for shifts in what the analysis has seen so far."""
        self._next_look = math.inf
        stop = self._stop

        def look() -> tuple[bool, float]:
            part = self._live_part(job_id)
            began = time.thread_time()
            try:
                is_written = part.solve(stop, look=True)
            except (Cancelled, UserError):
                # A contradiction is told where the correction is followed.
                is_written = False
            return is_written, time.thread_time() - began

        def ended(outcome: tuple[bool, float]) -> None:
            is_written, took = outcome
            if job_id == self._job_id:
                self._next_look = time.monotonic() + max(MOST_OFTEN, LEAST_PAUSE * took)
                if is_written and not stop.is_set():
                    self.solved.emit(job_id)

        self._solver.run(look, ended)

    def _search(self, *, run_if_needed: bool) -> None:
        self._end_searches()
        job_id, stop = self._job_id, threading.Event()
        self._stop = stop
        self._searches += 1
        if self._searches == 1:
            self.solving.emit(True)

        def search() -> _Outcome | Exception:
            try:
                return self._solve(job_id, stop)
            except UserError:
                raise
            except Exception as error:
                return error

        def ended(outcome: _Outcome | Exception) -> None:
            if isinstance(outcome, Exception):
                # A bug; but the window must not wait for this search for ever.
                self._search_ended()
                raise outcome
            if outcome is _Outcome.NOT_ANALYSED and run_if_needed:
                self._actions.look_again(job_id)
            self._search_ended()
            if outcome is _Outcome.SOLVED and not stop.is_set():
                self.solved.emit(job_id)
            self._ask()

        def refused(sentence: str) -> None:
            self._search_ended()
            if not stop.is_set():
                self.refused.emit(job_id, sentence)
            self._ask()

        self._solver.run(search, ended, refused)

    def _end_searches(self) -> None:
        self._stop.set()
        self._questions_stop.set()

    def _search_ended(self) -> None:
        self._searches -= 1
        if self._searches == 0:
            self.solving.emit(False)

    # Asking

    def _ask(self) -> None:
        """Look for the questions that are wanted, unless shifts are looked for still."""
        if self._wanted is None or self._searches or not self._job_id:
            return
        job_id, position, stop = self._job_id, self._wanted, threading.Event()
        self._questions_stop.set()
        self._questions_stop = stop

        def ready(questions: "tuple[Question, ...] | None") -> None:
            if questions is not None and not stop.is_set():
                self._wanted = None
                self.questions_ready.emit(job_id, position, questions)

        def refused(_sentence: str) -> None:
            # Whatever is wrong, the search for shifts has told it.
            ready(())

        self._asker.run(lambda: self._find_questions(job_id, position, stop), ready, refused)

    # In the workers

    def _solve(self, job_id: str, stop: threading.Event) -> _Outcome:
        # Heavy: the libraries that the analysis needs, which the window can do without at its start.
        from shiftclipper.jobs.live_game import NotAnalysed

        try:
            try:
                is_solved = self._live(job_id).solve(stop)
            except NotAnalysed:
                if not self._live_part(job_id).solve(stop, look=False):
                    return _Outcome.NOT_ANALYSED
                is_solved = True
        except Cancelled:
            is_solved = False
        if not is_solved:
            return _Outcome.LEFT
        job = self._store.job(job_id)
        if job.status is JobStatus.FAILED and job.stage == "identify":
            # What it failed of was put right.
            self._store.retry(job_id)
        return _Outcome.SOLVED

    def _live_part(self, job_id: str) -> "LivePart":
        # Heavy, as above.
        from shiftclipper.jobs.live_part import LivePart

        part = self._part
        if part is None or part.job_id != job_id:
            part = LivePart(self._store, job_id)
            if job_id == self._job_id:
                self._part = part
        return part

    def _find_questions(
        self, job_id: str, position: int, stop: threading.Event
    ) -> "tuple[Question, ...] | None":
        try:
            return self._live(job_id).questions(position, stop)
        except Cancelled:
            return None

    def _propose(self, job_id: str, position: int) -> "Proposals":
        from shiftclipper.jobs.proposals import propose

        return propose(self._store, job_id, position)

    def _live(self, job_id: str) -> "LiveGame":
        from shiftclipper.jobs.live_game import LiveGame

        game = self._game
        if game is None or game.job_id != job_id:
            game = LiveGame(self._store, job_id)
            if job_id == self._job_id:
                self._game = game
        return game


def _ignore(_sentence: str) -> None:
    pass
