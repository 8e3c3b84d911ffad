"""Shifts in the part of a game that is analysed so far, while the analysis goes on.

Only for cameras that stand still: where a moving one looked is not known before all of it was seen.
"""

import threading
from dataclasses import replace
from fractions import Fraction

from shiftclipper.errors import Cancelled
from shiftclipper.identity import GameView, KnownGame, Rules, know
from shiftclipper.identity.several import solve_several
from shiftclipper.jobs.rows import StageStatus
from shiftclipper.jobs.seen_camera import STILL
from shiftclipper.jobs.setup import ClickKind, Setup
from shiftclipper.jobs.shift_rows import FoundShifts
from shiftclipper.jobs.solved_shifts import IDENTIFY, SolveInputs
from shiftclipper.jobs.stages.game import picture_of
from shiftclipper.jobs.stages.identify import found_shifts, wanted_players
from shiftclipper.jobs.stages.identity_inputs import game_rules, game_view
from shiftclipper.jobs.store import Store
from shiftclipper.tracklets import Ending, Tracklet
from shiftclipper.vision.observations import FrameObservations, unpack_observations
from shiftclipper.vision.tracker import track

BATCH = 4
"""Chunks that are followed together; between batches it can be stopped."""


class _Seen:
    """The tracklets of what was seen so far, followed in batches: each batch costs what its film costs."""

    def __init__(self, analysis: str | None) -> None:
        self.analysis = analysis
        self.tracklets: list[Tracklet] = []
        self.end = Fraction(0)
        """Seconds of game time up to which all is seen."""
        self._chunks = 0

    def take_in(self, store: Store, job_id: str, size: tuple[int, int], stop: threading.Event) -> None:
        """Follow everybody through the chunks that have come since."""
        starts = {source.id: source.start or Fraction(0) for source in store.sources(job_id)}
        batch: list[FrameObservations] = []
        end, chunks = self.end, 0
        for chunk in store.chunks(job_id, skip=self._chunks):
            batch += unpack_observations(chunk.observations)
            end, chunks = starts[chunk.source_id] + chunk.end, chunks + 1
            if chunks == BATCH:
                self._follow(batch, end, chunks, size, stop)
                batch, chunks = [], 0
        if chunks:
            self._follow(batch, end, chunks, size, stop)

    def _follow(
        self,
        batch: list[FrameObservations],
        end: Fraction,
        chunks: int,
        size: tuple[int, int],
        stop: threading.Event,
    ) -> None:
        if stop.is_set():
            raise Cancelled
        fresh = track(batch, size)
        first, scene = len(self.tracklets), max((one.scene for one in self.tracklets), default=0)
        # The film goes on where one batch ends and the next begins.
        before = [_ending_open(one) for one in self.tracklets]
        after = [replace(one, id=one.id + first, scene=one.scene + scene) for one in fresh]
        self.tracklets = [*before, *(map(_beginning_open, after) if before else after)]
        self.end, self._chunks = end, self._chunks + chunks


class LivePart:
    """Finds shifts in what an analysis that runs has seen. May be used from any thread."""

    def __init__(self, store: Store, job_id: str) -> None:
        """Name the job; nothing is read yet."""
        self.job_id = job_id
        self._store = store
        self._lock = threading.Lock()
        self._seen = _Seen(None)
        self._known: tuple[tuple[Fraction, GameView, Rules], KnownGame] | None = None
        self._written: tuple[Fraction, tuple[object, ...]] | None = None
        """Up to where, and from what the person said, shifts were written last."""

    def solve(self, stop: threading.Event, *, look: bool) -> bool:
        """Bring the shifts of the part that is known up to date with what the person said.

        Args:
            stop: ends it with Cancelled.
            look: take in what was analysed since the last time; without it, only when nothing is known yet.

        Returns:
            Whether shifts were written. There are none to write when the analysis does not run, the camera
            moves, nobody was clicked in that part, shifts of a whole analysis are there, or nothing is new.

        Raises:
            UserError: two things that the person said contradict each other; nothing was written.
            Cancelled: `stop` was set.
        """
        inputs = self._store.solved_shifts.inputs(self.job_id)
        if not _is_possible(inputs):
            return False
        picture = picture_of(self._store, self.job_id)
        with self._lock:
            analysis = inputs.stages["analyse"].input_hash
            if self._seen.analysis != analysis:
                self._seen, self._known = _Seen(analysis), None
            seen = self._seen
            if look or not seen.tracklets:
                seen.take_in(self._store, self.job_id, picture.size, stop)
            tracklets, end = seen.tracklets, seen.end
            part = _until(inputs, end)
            if not tracklets or not _is_clicked(part.setup) or self._written == (end, _what_counts(inputs)):
                return False
            view, rules = game_view(part.setup, picture.size, float(end)), game_rules(part.setup)
            if self._known is None or self._known[0] != (end, view, rules):
                self._known = (end, view, rules), know(tracklets, view, rules)
            known = self._known[1]

        def check(_done: int, _number: int) -> None:
            if stop.is_set():
                raise Cancelled

        solutions = solve_several(tracklets, wanted_players(part, picture.size), view, (), check, known)

        def holds(now: SolveInputs) -> bool:
            return not stop.is_set() and _is_possible(now) and _what_counts(now) == _what_counts(inputs)

        # These tracklets are not the analysis's, which are made when all is seen.
        found = [_nameless(one) for one in found_shifts(part, solutions, {})]
        if not self._store.solved_shifts.save_some(self.job_id, found, holds):
            return False
        self._written = end, _what_counts(inputs)
        return True


def _is_possible(inputs: SolveInputs) -> bool:
    running = inputs.stages["analyse"].status is StageStatus.RUNNING
    never_found = inputs.stages[IDENTIFY].input_hash is None
    still = inputs.setup.settings.camera == STILL
    return running and never_found and still and _is_clicked(inputs.setup)


def _is_clicked(setup: Setup) -> bool:
    return any(player.clicks_of(ClickKind.IS) for player in setup.players)


def _until(inputs: SolveInputs, end: Fraction) -> SolveInputs:
    """Return what the person said of the game before a time."""
    setup = inputs.setup
    players = tuple(
        replace(player, clicks=tuple(click for click in player.clicks if click.time < end))
        for player in setup.players
    )
    periods = tuple((start, min(stop, end)) for start, stop in setup.periods if start < end)
    kept = tuple(replace(one, end=min(one.end, end)) for one in inputs.kept if one.start < end)
    return replace(inputs, setup=replace(setup, players=players, periods=periods), kept=kept)


def _what_counts(inputs: SolveInputs) -> tuple[object, ...]:
    return inputs.setup, inputs.players, inputs.kept, inputs.stages["analyse"].input_hash


def _nameless(found: FoundShifts) -> FoundShifts:
    return replace(found, shifts=[replace(shift, tracklet_ids=()) for shift in found.shifts])


def _ending_open(one: Tracklet) -> Tracklet:
    return replace(one, ends=Ending.OPEN) if one.ends is Ending.VIDEO else one


def _beginning_open(one: Tracklet) -> Tracklet:
    return replace(one, begins=Ending.OPEN) if one.begins is Ending.VIDEO else one
