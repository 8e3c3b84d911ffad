"""One analysed game kept in memory, so that a correction is followed at once and without the queue."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from shiftclipper.errors import Cancelled, UserError
from shiftclipper.identity import (
    Constraints,
    GameView,
    KnownGame,
    Question,
    Rules,
    Solution,
    find_questions,
    know,
)
from shiftclipper.identity.identify import Work, read_off, work_out
from shiftclipper.identity.several import (
    CONTESTED,
    Wanted,
    apart,
    solve_several,
    solving_order,
    surely_used,
)
from shiftclipper.jobs.rows import StageStatus
from shiftclipper.jobs.solved_shifts import IDENTIFY, SolveInputs
from shiftclipper.jobs.stages.analyse import analysis_hash
from shiftclipper.jobs.stages.game import Picture, picture_of
from shiftclipper.jobs.stages.identify import (
    figures,
    found_shifts,
    identity_hash,
    notes,
    spans_of,
    wanted_players,
)
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


@dataclass(frozen=True, slots=True, eq=False)
class _Solved:
    """All players as they were found together."""

    known: _Known
    wanted: Sequence[Wanted]
    solutions: Sequence[Solution]


@dataclass(frozen=True, slots=True, eq=False)
class _Worked:
    """What was worked out of one player alone, and from what."""

    known: _Known
    said: Constraints
    rules: Rules
    work: Work


class LiveGame:
    """Finds the shifts of one job again and again. May be used from any thread."""

    def __init__(self, store: Store, job_id: str) -> None:
        """Name the job; nothing is read yet."""
        self.job_id = job_id
        self._store = store
        self._lock = threading.Lock()
        self._known: _Known | None = None
        self._solved: _Solved | None = None
        self._asked = 0
        """Position of the player whom questions were last asked about."""
        self._worked: _Worked | None = None
        """Of him. Of all players it would be too much to keep."""

    def solve(self, stop: threading.Event) -> bool:
        """Bring the shifts of all players up to date with what the person said.

        Where there are several and only what concerns one of them has changed, his are written first.

        Args:
            stop: ends it with Cancelled.

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
        wanted = wanted_players(inputs, known.view.size)

        def holds(now: SolveInputs) -> bool:
            return (
                not stop.is_set()
                and now.analysed is not None
                and now.players == inputs.players
                and identity_hash(now) == input_hash
            )

        worked = self._solve_one(inputs, known, wanted, holds, stop)
        solutions = solve_several(
            known.analysed.tracklets,
            wanted,
            known.view,
            known.analysed.readings,
            lambda _done, _number: _check(stop),
            known.game,
            lambda: _check(stop),
            worked,
            lambda number, work: self._keep(number, _worked(known, wanted, number, work)),
        )
        _check(stop)
        found = found_shifts(inputs, solutions, known.analysed.spans)
        perf = figures(known.analysed.tracklets, found, notes(inputs, solutions))
        perf["seconds"] = round(time.monotonic() - began, 3)
        self._solved = _Solved(known, wanted, solutions)
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
        said, rules = apart(wanted, position), wanted[position].rules
        self._asked, worked = position, self._worked
        work = None
        if worked is not None and (worked.known, worked.said, worked.rules) == (known, said, rules):
            work = worked.work
        elif said.clicks:
            work = self._work_out(known, wanted, position, stop)
            self._keep(position, _worked(known, wanted, position, work))
        return find_questions(
            known.analysed.tracklets,
            said,
            known.view,
            rules,
            known.analysed.readings,
            count,
            known.game,
            lambda: _check(stop),
            work,
        )

    def _solve_one(
        self,
        inputs: SolveInputs,
        known: _Known,
        wanted: Sequence[Wanted],
        holds: Callable[[SolveInputs], bool],
        stop: threading.Event,
    ) -> dict[int, Work]:
        """Write the shifts of the only player of several of whom something else is known than before.

        Left to the search for all players where he and one who is better known want the same people.

        Returns:
            what was worked out of him, by his number in `wanted`.
        """
        before = self._solved
        if (
            before is None
            or before.known is not known
            or len(before.wanted) != len(wanted)
            or len(wanted) < 2
        ):
            return {}
        changed = [k for k, one in enumerate(wanted) if one != before.wanted[k]]
        if len(changed) != 1:
            return {}
        (place,) = changed
        order = solving_order(wanted, known.analysed.readings)
        taken: set[int] = set()
        for k in order[: order.index(place)]:
            taken |= surely_used(before.solutions[k], wanted[k].constraints)
        work = self._work_out(known, wanted, place, stop)
        solution = read_off(work, apart(wanted, place), known.view, wanted[place].rules)
        if any(chance >= CONTESTED and number in taken for number, chance in solution.marginals.items()):
            return {place: work}
        solutions = [*before.solutions[:place], solution, *before.solutions[place + 1 :]]
        found = found_shifts(inputs, solutions, known.analysed.spans)
        self._store.solved_shifts.save_some(self.job_id, [found[place]], holds)
        return {place: work}

    def _work_out(self, known: _Known, wanted: Sequence[Wanted], place: int, stop: threading.Event) -> Work:
        return work_out(
            known.analysed.tracklets,
            apart(wanted, place),
            known.view,
            wanted[place].rules,
            known.analysed.readings,
            known.game,
            lambda: _check(stop),
        )

    def _keep(self, place: int, worked: _Worked) -> None:
        if place == self._asked:
            self._worked = worked

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
                self._worked = None
                game = know(analysed.tracklets, view, rules, analysed.readings, check=lambda: _check(stop))
                known = self._known = _Known(analysed, view, rules, game)
            return known

    def _read(self, key: tuple[object, ...]) -> _Analysed:
        picture = picture_of(self._store, self.job_id)
        laid = map_of_job(self._store, self.job_id, picture.size)
        tracklets = self._store.tracklets(self.job_id)
        readings = self._store.number_readings(self.job_id)
        return _Analysed(key, picture, laid, tracklets, readings, spans_of(tracklets))


def _worked(known: _Known, wanted: Sequence[Wanted], place: int, work: Work) -> _Worked:
    return _Worked(known, apart(wanted, place), wanted[place].rules, work)


def _check(stop: threading.Event) -> None:
    if stop.is_set():
        raise Cancelled
