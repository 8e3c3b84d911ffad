"""A job's setup as rows: settings, players with their clicks, regions, periods."""

import json
from collections.abc import Mapping, Sequence

from shiftclipper.jobs.database import Change, Row, Tables
from shiftclipper.jobs.reading import no_such_job
from shiftclipper.jobs.schema import TableName
from shiftclipper.jobs.settings import settings_from_json
from shiftclipper.jobs.setup import (
    Click,
    ClickKind,
    PlayerSetup,
    Polygon,
    Regions,
    RosterEntry,
    Setup,
)
from shiftclipper.jobs.times import from_flicks, to_flicks


def read(tables: Tables, job_id: str) -> Setup:
    """Return the setup of a job, without withdrawn clicks.

    Raises:
        UserError: there is no such job.
    """
    job = tables.row("SELECT settings, opponent_color, roster FROM job WHERE id = ?", [job_id])
    if job is None:
        raise no_such_job(job_id)
    clicks: dict[int, list[Click]] = {}
    for row in tables.rows(
        "SELECT click.* FROM click JOIN player ON player.id = click.player_id "
        "WHERE player.job_id = ? AND NOT click.withdrawn ORDER BY click.id",
        [job_id],
    ):
        clicks.setdefault(row["player_id"], []).append(_click(row))
    players = tables.rows("SELECT * FROM player WHERE job_id = ? ORDER BY position", [job_id])
    periods = tables.rows('SELECT start, "end" FROM period WHERE job_id = ? ORDER BY start', [job_id])
    return Setup(
        settings=settings_from_json(job["settings"]),
        players=tuple(
            PlayerSetup(
                name=row["name"],
                number=row["number"],
                jersey_color=row["jersey_color"],
                clicks=tuple(clicks.get(row["id"], ())),
            )
            for row in players
        ),
        opponent_color=job["opponent_color"],
        regions=_regions(tables.rows("SELECT * FROM region WHERE job_id = ? ORDER BY id", [job_id])),
        periods=tuple((from_flicks(row["start"]), from_flicks(row["end"])) for row in periods),
        roster=tuple(RosterEntry(number, name) for number, name in json.loads(job["roster"])),
    )


def save(change: Change, job_id: str, setup: Setup, now: int, player_ids: Sequence[int] = ()) -> None:
    """Replace the setup of a job. Players keep their ids by position, and with them their shifts.

    Args:
        change: an open transaction.
        job_id: of a job that exists.
        setup: the new setup.
        now: milliseconds since 1970.
        player_ids: by position, for players who come back under the ids that they had.
    """
    change.execute(
        "UPDATE job SET settings = ?, opponent_color = ?, roster = ?, updated_at = ? WHERE id = ?",
        [
            json.dumps(setup.settings.as_json()),
            setup.opponent_color,
            json.dumps([[one.number, one.name] for one in setup.roster]),
            now,
            job_id,
        ],
    )
    known = change.rows("SELECT id, position FROM player WHERE job_id = ?", [job_id])
    ids = {row["position"]: row["id"] for row in known}
    for position, player in enumerate(setup.players):
        known_as = ids.get(position)
        before = player_ids[position] if position < len(player_ids) else None
        player_id = _save_player(change, job_id, position, player, known_as, before)
        change.execute("DELETE FROM click WHERE player_id = ?", [player_id])
        change.insert_all(TableName.CLICK, (_click_row(player_id, click, now) for click in player.clicks))
    change.execute("DELETE FROM player WHERE job_id = ? AND position >= ?", [job_id, len(setup.players)])
    _save_regions(change, job_id, setup.regions)
    change.execute("DELETE FROM period WHERE job_id = ?", [job_id])
    change.insert_all(
        TableName.PERIOD,
        (
            {"job_id": job_id, "start": to_flicks(start), "end": to_flicks(end)}
            for start, end in setup.periods
        ),
    )


def change_settings(change: Change, job_id: str, values: Mapping[str, object], now: int) -> None:
    """Set some settings of a job that exists.

    Raises:
        UserError: names the setting, the value and what is allowed.
    """
    row = change.row("SELECT settings FROM job WHERE id = ?", [job_id])
    assert row is not None
    settings = settings_from_json(row["settings"]).changed(values)
    change.execute(
        "UPDATE job SET settings = ?, updated_at = ? WHERE id = ?",
        [json.dumps(settings.as_json()), now, job_id],
    )


def _save_player(
    change: Change, job_id: str, position: int, player: PlayerSetup, player_id: int | None, before: int | None
) -> int:
    values: Row = {
        "job_id": job_id,
        "position": position,
        "name": player.name,
        "number": player.number,
        "jersey_color": player.jersey_color,
    }
    if player_id is None:
        own = {} if before is None else {"id": before}
        return change.insert_lasting(TableName.PLAYER, values | own)
    change.execute(
        "UPDATE player SET name = ?, number = ?, jersey_color = ? WHERE id = ?",
        [player.name, player.number, player.jersey_color, player_id],
    )
    return player_id


def _save_regions(change: Change, job_id: str, regions: Regions) -> None:
    drawn: list[tuple[str, Sequence[Polygon]]] = [
        ("rink", () if regions.rink is None else (regions.rink,)),
        ("bench", regions.bench),
        ("penalty", regions.penalty),
    ]
    change.execute("DELETE FROM region WHERE job_id = ?", [job_id])
    change.insert_all(
        TableName.REGION,
        (
            {"job_id": job_id, "kind": kind, "polygon": json.dumps(polygon)}
            for kind, polygons in drawn
            for polygon in polygons
        ),
    )


def _regions(rows: list[Row]) -> Regions:
    polygons: dict[str, list[Polygon]] = {"rink": [], "bench": [], "penalty": []}
    for row in rows:
        corners = json.loads(row["polygon"])
        polygons[row["kind"]].append(tuple((float(x), float(y)) for x, y in corners))
    return Regions(
        rink=polygons["rink"][0] if polygons["rink"] else None,
        bench=tuple(polygons["bench"]),
        penalty=tuple(polygons["penalty"]),
    )


def _click_row(player_id: int, click: Click, now: int) -> Row:
    return {
        "player_id": player_id,
        "time": to_flicks(click.time),
        "kind": str(click.kind),
        "x": click.x,
        "y": click.y,
        "made_at": now,
    }


def _click(row: Row) -> Click:
    return Click(from_flicks(row["time"]), ClickKind(row["kind"]), row["x"], row["y"])
