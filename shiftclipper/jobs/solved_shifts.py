"""What finding the shifts depends on, read at one moment, and shifts written only while it still holds."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from shiftclipper.jobs import reading, setup_rows, shift_rows
from shiftclipper.jobs.database import Database, Tables
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.kept_shifts import is_kept
from shiftclipper.jobs.rows import PlayerRow, ShiftRow, StageRow, StageStatus
from shiftclipper.jobs.seen_camera import as_seen
from shiftclipper.jobs.setup import Setup
from shiftclipper.jobs.shift_rows import FoundShifts

IDENTIFY = "identify"


@dataclass(frozen=True, slots=True)
class SolveInputs:
    """Everything in the database that the shifts of a job depend on, besides tracklets and readings."""

    setup: Setup
    players: tuple[PlayerRow, ...]
    """In the order of the setup's."""
    kept: tuple[ShiftRow, ...]
    """The shifts that the person made or judged, of all players."""
    stages: Mapping[str, StageRow]

    @property
    def analysed(self) -> str | None:
        """Input hash of the analysis that is there; None while it is not finished."""
        stage = self.stages["analyse"]
        return stage.input_hash if stage.status is StageStatus.DONE else None

    def kept_of(self, player: PlayerRow) -> list[ShiftRow]:
        """Return the shifts of one player that the person made or judged."""
        return [shift for shift in self.kept if shift.player_id == player.id]


class SolvedShifts:
    """Reads these inputs and writes what was found. May be used from any thread."""

    def __init__(self, database: Database, now: Callable[[], int]) -> None:
        """Work on a database; `now` gives milliseconds since 1970."""
        self._database = database
        self._now = now

    def inputs(self, job_id: str) -> SolveInputs:
        """Return what the shifts depend on, all of it as it is at one moment.

        Raises:
            UserError: there is no such job.
        """
        with self._database.reading() as tables:
            return _read(tables, job_id)

    def save_some(
        self, job_id: str, found: Sequence[FoundShifts], holds: Callable[[SolveInputs], bool]
    ) -> bool:
        """Write the shifts of some players, or of a part of the game; stage `identify` is still to be done.

        Arguments and return value as for `save`.
        """
        with self._database.writing() as change:
            now = _read(change, job_id)
            if now.stages[IDENTIFY].status is StageStatus.RUNNING or not holds(now):
                return False
            for one in found:
                shift_rows.replace_found(change, job_id, one)
            change.execute("UPDATE job SET updated_at = ? WHERE id = ?", [self._now(), job_id])
            change.touch(job_id)
        return True

    def save(
        self,
        job_id: str,
        found: Sequence[FoundShifts],
        holds: Callable[[SolveInputs], bool],
        input_hash: str,
        perf: Mapping[str, JsonValue],
    ) -> bool:
        """Write the shifts of all players, and that stage `identify` is done with them, in one transaction.

        Args:
            job_id: of a job, which may run anything but that very stage.
            found: what identity found.
            holds: told what the shifts depend on now; says whether they were found from just that.
            input_hash: of the stage.
            perf: measures of the stage.

        Returns:
            False when nothing was written: it holds no more, or the job is finding its shifts itself.
        """
        with self._database.writing() as change:
            now = _read(change, job_id)
            if now.stages[IDENTIFY].status is StageStatus.RUNNING or not holds(now):
                return False
            for one in found:
                shift_rows.replace_found(change, job_id, one)
            at = self._now()
            units = float(len(found))
            change.execute(
                "UPDATE stage SET status = 'done', input_hash = ?, error = '', perf = ?, done_units = ?, "
                "total_units = ?, resumed_units = 0, started_at = ?, updated_at = ?, finished_at = ? "
                "WHERE job_id = ? AND name = ?",
                [input_hash, json.dumps(perf, allow_nan=False), units, units, at, at, at, job_id, IDENTIFY],
            )
            change.execute("UPDATE job SET updated_at = ? WHERE id = ?", [at, job_id])
            change.touch(job_id)
        return True


def _read(tables: Tables, job_id: str) -> SolveInputs:
    stages = {stage.name: stage for stage in reading.stage_rows(tables, job_id)}
    return SolveInputs(
        setup=as_seen(setup_rows.read(tables, job_id), stages["analyse"].perf),
        players=tuple(reading.player_rows(tables, job_id)),
        kept=tuple(shift for shift in reading.shift_rows(tables, job_id) if is_kept(shift)),
        stages=stages,
    )
