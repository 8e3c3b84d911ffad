"""One analysed game kept in memory, so that a correction is followed at once and without the queue."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from shiftclipper.errors import Cancelled, UserError
from shiftclipper.identity import GameView, KnownGame, Question, Rules, find_questions, know
from shiftclipper.identity.several import Wanted, solve_several
from shiftclipper.jobs.rows import StageStatus
from shiftclipper.jobs.solved_shifts import IDENTIFY, SolveInputs
from shiftclipper.jobs.stages.analyse import analysis_hash
from shiftclipper.jobs.stages.game import Picture, picture_of
from shiftclipper.jobs.stages.identify import figures, found_shifts, identity_hash, spans_of, wanted_players
from shiftclipper.jobs.stages.identity_inputs import game_rules, game_view, map_of_job
from shiftclipper.jobs.store import Store
from shiftclipper.tracklets import NumberReading, Tracklet
from shiftclipper.vision.lens import SceneMap


class NotAnalysed(UserError):
    """The analysis is missing, or was made with other settings: the job has to run first."""


@dataclass(frozen=True, slots=True, eq=False)
class _Analysed:
    """What the analysis in force has seen."""

    key: tuple[object, ...]
    picture: Picture
    laid: SceneMap | None
    tracklets: list[Tracklet]
    readings: list[NumberReading]
    spans: Mapping[int, tuple[float, float]]
    """First and last time of each tracklet by id."""


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """An analysed game with regions, and everybody in it explained."""

    analysed: _Analysed
    view: GameView
    rules: Rules
    game: KnownGame


class LiveGame:
    """Finds the shifts of one job again and again. May be used from any thread."""

    def __init__(self, store: Store, job_id: str) -> None:
        """Name the job; nothing is read yet."""
        self.job_id = job_id
        self._store = store
        self._lock = threading.Lock()
        self._known: _Known | None = None

    def solve(self, stop: threading.Event) -> bool:
        """Bring the shifts of all players up to date with what the person said.

        Args:
            stop: ends it with Cancelled, at latest after the player who is being looked for.

        Returns:
            Whether they are up to date. False when nothing was written, because the person has corrected
            something again meanwhile, or the job is finding its shifts itself.

        Raises:
            NotAnalysed: the job has to run first.
            UserError: two things that the person said contradict each other; nothing was written.
            Cancelled: `stop` was set.
        """
        inputs = self._inputs()
        input_hash = identity_hash(inputs)
        known = self._explained(inputs, stop)
        if not inputs.players:
            return True
        stage = inputs.stages[IDENTIFY]
        if stage.status is StageStatus.DONE and stage.input_hash == input_hash:
            return True
        began = time.monotonic()
        solutions = solve_several(
            known.analysed.tracklets,
            wanted_players(inputs, known.view.size),
            known.view,
            known.analysed.readings,
            lambda _done, _number: _check(stop),
            known.game,
        )
        _check(stop)
        found = found_shifts(inputs, solutions, known.analysed.spans)
        perf = figures(known.analysed.tracklets, found) | {"seconds": round(time.monotonic() - began, 3)}

        def holds(now: SolveInputs) -> bool:
            return (
                not stop.is_set()
                and now.analysed is not None
                and now.players == inputs.players
                and identity_hash(now) == input_hash
            )

        return self._store.solved_shifts.save(self.job_id, found, holds, input_hash, perf)

    def questions(self, position: int, stop: threading.Event, count: int = 5) -> tuple[Question, ...]:
        """Return the questions about a player whose answers are worth the most, best first.

        Args:
            position: of the player among the job's, from 0; nothing is asked about one who is not there.
            stop: ends it with Cancelled.
            count: how many at most.

        Raises:
            NotAnalysed, UserError, Cancelled: as for `solve`.
        """
        inputs = self._inputs()
        if not 0 <= position < len(inputs.players):
            return ()
        known = self._explained(inputs, stop)
        wanted = wanted_players(inputs, known.view.size)
        constraints = wanted[position].constraints
        others = [click for one in _without(wanted, position) for click in one.constraints.clicks]
        return find_questions(
            known.analysed.tracklets,
            replace(constraints, nots=(*constraints.nots, *others)),
            known.view,
            wanted[position].rules,
            known.analysed.readings,
            count,
            known.game,
        )

    def _inputs(self) -> SolveInputs:
        inputs = self._store.solved_shifts.inputs(self.job_id)
        ingested = inputs.stages["ingest"].input_hash
        if inputs.analysed is None or inputs.analysed != analysis_hash(inputs.setup.settings, ingested):
            raise NotAnalysed("This game has to be analysed first; let it run.")
        return inputs

    def _explained(self, inputs: SolveInputs, stop: threading.Event) -> _Known:
        """Return the game explained; worked out anew for other regions, rules or tracklets than before."""
        with self._lock:
            _check(stop)
            known = self._known
            stage = inputs.stages["analyse"]
            key = (stage.input_hash, stage.finished_at)
            analysed = known.analysed if known is not None and known.analysed.key == key else self._read(key)
            picture = analysed.picture
            view = game_view(inputs.setup, picture.size, float(picture.duration), analysed.laid)
            rules = game_rules(inputs.setup)
            if known is None or known.analysed is not analysed or (known.view, known.rules) != (view, rules):
                _check(stop)
                game = know(analysed.tracklets, view, rules, analysed.readings)
                known = self._known = _Known(analysed, view, rules, game)
            return known

    def _read(self, key: tuple[object, ...]) -> _Analysed:
        picture = picture_of(self._store, self.job_id)
        laid = map_of_job(self._store, self.job_id, picture.size)
        tracklets = self._store.tracklets(self.job_id)
        readings = self._store.number_readings(self.job_id)
        return _Analysed(key, picture, laid, tracklets, readings, spans_of(tracklets))


def _without(wanted: list[Wanted], position: int) -> list[Wanted]:
    return [one for number, one in enumerate(wanted) if number != position]


def _check(stop: threading.Event) -> None:
    if stop.is_set():
        raise Cancelled
