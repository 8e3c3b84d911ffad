"""Shifts as rows: those that a run finds, and what the person makes of them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from shiftclipper.errors import UserError
from shiftclipper.jobs.database import Change, Row
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.kept_remarks import kept_evidence
from shiftclipper.jobs.kept_shifts import MARK, beside_kept, is_kept
from shiftclipper.jobs.reading import shift_rows
from shiftclipper.jobs.rows import NewShift, ShiftRow
from shiftclipper.jobs.schema import TableName
from shiftclipper.jobs.times import to_flicks
from shiftclipper.remarks import Remark

VERDICTS = ("proposed", "accepted", "rejected")
_BY_HAND: tuple[Mapping[str, JsonValue], ...] = (kept_evidence(Remark("set-by-hand")),)


@dataclass(frozen=True, slots=True)
class FoundShifts:
    """What identity found of one player, and what decides what is left of it beside kept shifts."""

    player_id: int
    shifts: Sequence[NewShift]
    least: Fraction = Fraction(0)
    """Seconds; what is left of a cut shift is dropped when it is shorter and no click lies in it."""
    clicks: Sequence[Fraction] = ()
    """Times of the clicks on the player."""
    seen: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    """First and last time of each tracklet by id."""


def replace_found(change: Change, job_id: str, found: FoundShifts) -> None:
    """Replace the shifts that were found for a player, beside those that the person made or judged.

    A shift with the same start and end keeps its id, so that its clip stays its clip; a note passes on to
    what is found in the place of its shift. Nothing happens when the player was removed in the meantime.
    """
    player_id = found.player_id
    owner = change.row("SELECT job_id FROM player WHERE id = ?", [player_id])
    if owner is None or owner["job_id"] != job_id:
        return
    present = shift_rows(change, job_id, player_id)
    kept = [shift for shift in present if is_kept(shift)]
    left = beside_kept(found.shifts, kept, found.least, found.clicks, found.seen)
    wanted = {(to_flicks(shift.start), to_flicks(shift.end)): shift for shift in left}
    known: dict[tuple[int, int], int] = {}
    notes: list[ShiftRow] = []
    for row in present:
        if is_kept(row):
            continue
        span = (to_flicks(row.start), to_flicks(row.end))
        if span in wanted:
            known[span] = row.id
        else:
            notes += [row] if row.note else []
            change.execute("DELETE FROM shift WHERE id = ?", [row.id])
    for span, shift in wanted.items():
        values = _row(player_id, span, shift)
        if span in known:
            _update(change, known[span], values)
        else:
            values["note"] = _note_for(shift, notes)
            change.insert_lasting(TableName.SHIFT, values)


def add(change: Change, player_id: int, start: Fraction, end: Fraction) -> int:
    """Add a shift that the person saw, and return its id; the job is touched.

    Raises:
        UserError: there is no such player any more, or the times are no stretch of time.
    """
    owner = change.row("SELECT job_id FROM player WHERE id = ?", [player_id])
    if owner is None:
        raise UserError("This player was removed; choose another one and add the shift again.")
    span = _checked(start, end)
    change.touch(owner["job_id"])
    shift = NewShift(start, end, 1.0, MARK, MARK, _BY_HAND)
    values = _row(player_id, span, shift) | {"origin": "manual", "verdict": "accepted"}
    return change.insert_lasting(TableName.SHIFT, values)


def set_times(change: Change, shift_id: int, start: Fraction, end: Fraction) -> None:
    """Give a shift the times that the person saw: it is the person's own from then on.

    Raises:
        UserError: there is no such shift any more, or the times are no stretch of time.
    """
    _touch(change, shift_id)
    span = _checked(start, end)
    change.execute(
        "UPDATE shift SET start_reason = CASE WHEN start = ? THEN start_reason ELSE ? END, "
        'end_reason = CASE WHEN "end" = ? THEN end_reason ELSE ? END, start = ?, "end" = ?, '
        "confidence = 1, evidence = ?, origin = 'manual', verdict = 'accepted' WHERE id = ?",
        [span[0], MARK, span[1], MARK, *span, json.dumps(_BY_HAND), shift_id],
    )


def judge(change: Change, shift_id: int, verdict: str) -> None:
    """Note what the person says of a shift: `accepted`, `rejected`, or `proposed` to take it back.

    Raises:
        UserError: there is no such shift any more.
    """
    assert verdict in VERDICTS
    _touch(change, shift_id)
    change.execute("UPDATE shift SET verdict = ? WHERE id = ?", [verdict, shift_id])


def remove(change: Change, shift_id: int) -> None:
    """Forget a shift; one that was found comes back when it is found again, unless it is rejected instead.

    Raises:
        UserError: there is no such shift any more.
    """
    _touch(change, shift_id)
    change.execute("DELETE FROM shift WHERE id = ?", [shift_id])


def set_tracklets(change: Change, shift_id: int, tracklet_ids: Sequence[int]) -> None:
    """Say which tracklets a shift is made of."""
    change.execute("UPDATE shift SET tracklet_ids = ? WHERE id = ?", [json.dumps(tracklet_ids), shift_id])


def set_reasons(change: Change, shift_id: int, start_reason: str, end_reason: str) -> None:
    """Say why a shift begins and ends where it does."""
    change.execute(
        "UPDATE shift SET start_reason = ?, end_reason = ? WHERE id = ?", [start_reason, end_reason, shift_id]
    )


def set_note(change: Change, shift_id: int, note: str) -> None:
    """Keep the person's own words on a shift."""
    change.execute("UPDATE shift SET note = ? WHERE id = ?", [note, shift_id])


def _note_for(shift: NewShift, before: Sequence[ShiftRow]) -> str:
    """Return the note of the shift that was there before and lies most in this one; nothing without one."""

    def shared(row: ShiftRow) -> Fraction:
        return min(row.end, shift.end) - max(row.start, shift.start)

    best = max(before, key=shared, default=None)
    return best.note if best is not None and shared(best) > 0 else ""


def _touch(change: Change, shift_id: int) -> None:
    owner = change.row(
        "SELECT player.job_id FROM shift JOIN player ON player.id = shift.player_id WHERE shift.id = ?",
        [shift_id],
    )
    if owner is None:
        raise UserError("This shift is gone; look at the list again.")
    change.touch(owner["job_id"])


def _checked(start: Fraction, end: Fraction) -> tuple[int, int]:
    span = to_flicks(start), to_flicks(end)
    if not 0 <= span[0] < span[1]:
        raise UserError("A shift ends after it starts, inside the film; set its times again.")
    return span


def _row(player_id: int, span: tuple[int, int], shift: NewShift | ShiftRow) -> Row:
    return {
        "player_id": player_id,
        "start": span[0],
        "end": span[1],
        "confidence": shift.confidence,
        "start_reason": shift.start_reason,
        "end_reason": shift.end_reason,
        "evidence": json.dumps([dict(term) for term in shift.evidence], allow_nan=False),
        "tracklet_ids": json.dumps(shift.tracklet_ids),
    }


def _update(change: Change, shift_id: int, values: Row) -> None:
    assignments = ", ".join(f'"{name}" = ?' for name in values)
    change.execute(f"UPDATE shift SET {assignments} WHERE id = ?", [*values.values(), shift_id])
