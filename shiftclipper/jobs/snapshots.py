"""The parts of a job that a correction changes, as plain JSON: what undo puts back.

A setup is a flat mapping of named parts (`players.0.clicks`, `settings.camera`), of which a snapshot keeps
those that differ. So an undo gives back what its correction changed, and leaves alone what was changed beside
it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shiftclipper.errors import UserError
from shiftclipper.jobs import setup_rows
from shiftclipper.jobs.database import Change, Row, Tables
from shiftclipper.jobs.schema import TableName
from shiftclipper.jobs.settings import settings_from_json
from shiftclipper.jobs.setup import Click, ClickKind, PlayerSetup, Polygon, Regions, RosterEntry, Setup
from shiftclipper.jobs.times import from_flicks, to_flicks

Parts = dict[str, Any]
"""Parts of a setup by their names; values are plain JSON."""

_PLAYER = "players."


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How some parts of a job were before a correction, or after it."""

    setup: Parts = field(default_factory=dict)
    """Parts that differ between before and after; one that is missing here was not there."""
    shifts: Mapping[int, Row | None] = field(default_factory=dict)
    """Rows of shifts by id, as the database has them; None for a shift that was not there."""
    notes: Mapping[int, str] = field(default_factory=dict)
    """Notes of shifts by id; a shift that is gone since needs none."""

    def as_json(self) -> str:
        """Return it as text for the database."""
        return json.dumps(
            {"setup": self.setup, "shifts": dict(self.shifts), "notes": dict(self.notes)}, allow_nan=False
        )

    @classmethod
    def from_json(cls, text: str) -> "Snapshot":
        """Read it back."""
        kept = json.loads(text)
        shifts = {int(number): row for number, row in kept["shifts"].items()}
        return cls(kept["setup"], shifts, {int(number): note for number, note in kept["notes"].items()})


def setup_parts(tables: Tables, job_id: str) -> Parts:
    """Return all parts of a job's setup, with the ids of its players."""
    setup = setup_rows.read(tables, job_id)
    players = tables.rows("SELECT id FROM player WHERE job_id = ? ORDER BY position", [job_id])
    parts: Parts = {f"settings.{name}": value for name, value in setup.settings.as_json().items()}
    parts["opponent_color"] = setup.opponent_color
    parts["roster"] = [[one.number, one.name] for one in setup.roster]
    parts["periods"] = [[to_flicks(start), to_flicks(end)] for start, end in setup.periods]
    for kind in ("rink", "bench", "penalty"):
        parts[f"regions.{kind}"] = _plain(getattr(setup.regions, kind))
    for place, (row, player) in enumerate(zip(players, setup.players, strict=True)):
        values = {
            "id": row["id"],
            "name": player.name,
            "number": player.number,
            "jersey_color": player.jersey_color,
            "clicks": [[to_flicks(one.time), str(one.kind), one.x, one.y] for one in player.clicks],
        }
        parts |= {f"{_PLAYER}{place}.{name}": value for name, value in values.items()}
    return parts


def differing(one: Parts, other: Parts) -> Parts:
    """Return the parts of one setup that the other has not, or has otherwise."""
    return {name: value for name, value in one.items() if name not in other or other[name] != value}


def shift_values(tables: Tables, shift_id: int) -> Row | None:
    """Return the row of a shift, None when there is no such shift."""
    return tables.row("SELECT * FROM shift WHERE id = ?", [shift_id])


def put_back(change: Change, job_id: str, leaving: Snapshot, entering: Snapshot, now: int) -> None:
    """Make what a snapshot holds out of what the other one holds; everything else of the job stays.

    Args:
        change: an open transaction.
        job_id: of a job that exists.
        leaving, entering: of one correction, its after and before to undo it, the other way to redo it.
        now: milliseconds since 1970.

    Raises:
        UserError: a player whose clicks or shifts would come back was removed.
    """
    if leaving.setup or entering.setup:
        parts = setup_parts(change, job_id)
        for name in leaving.setup:
            parts.pop(name, None)
        setup, ids = _setup(parts | entering.setup)
        setup_rows.save(change, job_id, setup, now, ids)
    for number in {**leaving.shifts, **entering.shifts}:
        _put_shift(change, job_id, number, entering.shifts.get(number))
    for number, note in entering.notes.items():
        change.execute("UPDATE shift SET note = ? WHERE id = ?", [note, number])


def _put_shift(change: Change, job_id: str, number: int, row: Row | None) -> None:
    if row is None:
        change.execute("DELETE FROM shift WHERE id = ?", [number])
        return
    owner = change.row("SELECT job_id FROM player WHERE id = ?", [row["player_id"]])
    if owner is None or owner["job_id"] != job_id:
        raise _player_gone()
    if shift_values(change, number) is None:
        change.insert(TableName.SHIFT, row)
        return
    # Not INSERT OR REPLACE: its clip would lose it.
    values = {name: value for name, value in row.items() if name != "id"}
    assignments = ", ".join(f'"{name}" = ?' for name in values)
    change.execute(f"UPDATE shift SET {assignments} WHERE id = ?", [*values.values(), number])


def _setup(parts: Parts) -> tuple[Setup, list[int]]:
    settings = {name.split(".", 1)[1]: value for name, value in parts.items() if name.startswith("settings.")}
    players, ids = _players(parts)
    return (
        Setup(
            settings=settings_from_json(json.dumps(settings)),
            players=players,
            opponent_color=parts["opponent_color"],
            regions=Regions(
                rink=None if parts["regions.rink"] is None else _polygon(parts["regions.rink"]),
                bench=tuple(_polygon(one) for one in parts["regions.bench"]),
                penalty=tuple(_polygon(one) for one in parts["regions.penalty"]),
            ),
            periods=tuple((from_flicks(start), from_flicks(end)) for start, end in parts["periods"]),
            roster=tuple(RosterEntry(number, name) for number, name in parts["roster"]),
        ),
        ids,
    )


def _players(parts: Parts) -> tuple[tuple[PlayerSetup, ...], list[int]]:
    places = sorted({int(name.split(".")[1]) for name in parts if name.startswith(_PLAYER)})
    players, ids = [], []
    for place in places:
        try:
            values = {name: parts[f"{_PLAYER}{place}.{name}"] for name in ("id", "name", "number", "clicks")}
        except KeyError as error:
            raise _player_gone() from error
        clicks = tuple(
            Click(from_flicks(time), ClickKind(kind), x, y) for time, kind, x, y in values["clicks"]
        )
        colour = parts.get(f"{_PLAYER}{place}.jersey_color")
        players.append(PlayerSetup(values["name"], values["number"], colour, clicks))
        ids.append(int(values["id"]))
    if places != list(range(len(places))):
        raise _player_gone()
    return tuple(players), ids


def _player_gone() -> UserError:
    return UserError("The player this was about was removed meanwhile, so it cannot come back.")


def _plain(polygons: Sequence[Any] | None) -> list[Any] | None:
    if polygons is None:
        return None
    return [_plain(one) if isinstance(one, Sequence) else one for one in polygons]


def _polygon(corners: Iterable[Sequence[float]]) -> Polygon:
    return tuple((float(x), float(y)) for x, y in corners)
