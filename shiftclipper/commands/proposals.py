"""What the commands `players` and `regions` do: show what a job's setup says, and what the job proposes."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from shiftclipper.export.clock_text import clock
from shiftclipper.identity.roster import ProposedPlayer
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.proposals import propose_bench_regions, propose_players
from shiftclipper.jobs.results import Document, results_document
from shiftclipper.jobs.setup import Setup
from shiftclipper.jobs.setup_file import write_setup
from shiftclipper.jobs.store import Store


def list_players(data_dir: Path, job: str) -> list[Document]:
    """Return the players of a job with how much each was on the ice."""
    with Store(data_dir, write=False) as store:
        found = results_document(store.results(store.find(job)))["players"]
    assert isinstance(found, list)
    kept = ("name", "number", "total_toi", "shift_count")
    return [{name: player[name] for name in kept} for player in found if isinstance(player, dict)]


def known_players_in_words(players: Sequence[Document]) -> list[str]:
    """Return one line for each player of a job."""
    lines = []
    for one in players:
        toi, count = one["total_toi"], one["shift_count"]
        assert isinstance(toi, int | float)
        name = f"{one['name']} {one['number']}".strip() or "The player"
        lines.append(f"{name}: {count} {'shift' if count == 1 else 'shifts'}, {clock(toi)} on the ice")
    return lines or ["No player was chosen yet."]


def proposed_players(data_dir: Path, job: str, number: int) -> list[Document]:
    """Return who else plays in the team of a player (counted from 1), each with clicks for setup.json."""
    with Store(data_dir, write=False) as store:
        job_id = store.find(job)
        setup = store.setup(job_id)
        proposal = propose_players(store, job_id, number - 1)
    names = _names(setup)
    wanted = {int(player.number) for player in setup.players if player.number}
    return [_player(one, names, int(one.number) in wanted, proposal.size) for one in proposal.players]


def players_in_words(players: Sequence[Document]) -> list[str]:
    """Return one line for each proposed player."""
    lines = []
    for one in players:
        sights = one["sights"]
        assert isinstance(sights, list) and isinstance(sights[0], dict)
        time = sights[0]["t"]
        assert isinstance(time, int | float)
        name = f"  {one['name']}" if one["name"] else ""
        known = "  (looked for already)" if one["wanted"] else ""
        lines.append(
            f"{one['number']:>3}  {_times(one['times_read'])}, clearest at {clock(time)}{name}{known}"
        )
    return lines or ["No number of this team was read clearly enough to propose anybody."]


def list_regions(data_dir: Path, job: str) -> Document:
    """Return the regions of a job as in setup.json."""
    with Store(data_dir, write=False) as store:
        regions = write_setup(store.setup(store.find(job)))["regions"]
    assert isinstance(regions, dict)
    return regions


def known_regions_in_words(regions: Mapping[str, JsonValue]) -> list[str]:
    """Return one line for each region of a job."""
    drawn = {kind: [polygon] if kind == "rink" else polygon for kind, polygon in regions.items()}
    lines = []
    for kind, polygons in drawn.items():
        assert isinstance(polygons, list)
        lines += [f"{kind}: {_corners(polygon)}" for polygon in polygons]
    return lines or ["No region was drawn yet."]


def proposed_regions(data_dir: Path, job: str) -> Document:
    """Return the benches that a job proposes: `bench` as in setup.json, and of each how many steps were seen.

    `unseen` counts those that lie outside the first picture, where they cannot be drawn.
    """
    with Store(data_dir, write=False) as store:
        found = propose_bench_regions(store, store.find(job))
    seen = [one for one in found if one.polygon is not None]
    return {
        "bench": [[[x, y] for x, y in one.polygon or ()] for one in seen],
        "steps": [one.steps for one in seen],
        "unseen": len(found) - len(seen),
    }


def regions_in_words(regions: Mapping[str, JsonValue]) -> list[str]:
    """Return one line for each proposed bench."""
    bench, steps = regions["bench"], regions["steps"]
    assert isinstance(bench, list) and isinstance(steps, list)
    lines = []
    for polygon, count in zip(bench, steps, strict=True):
        assert isinstance(count, int | float)
        lines.append(f"bench: {_corners(polygon)}  {count:.0f} more on and off than elsewhere")
    if regions["unseen"]:
        lines.append(f"{regions['unseen']} more, outside the first picture: they cannot be drawn there.")
    return lines or ["Nowhere do people come and go often enough to propose a bench."]


def _names(setup: Setup) -> dict[int, str]:
    """Return names by number, from the roster and then from the players."""
    names = {int(one.number): one.name for one in setup.roster}
    return names | {int(player.number): player.name for player in setup.players if player.number}


def _player(one: ProposedPlayer, names: Mapping[int, str], wanted: bool, size: tuple[int, int]) -> Document:
    sights: list[JsonValue] = []
    clicks: list[JsonValue] = []
    for sight in one.sights:
        x, y = sight.middle
        time = round(sight.time, 6)
        clicks.append({"t": time, "x": round(x / size[0], 6), "y": round(y / size[1], 6)})
        box: list[JsonValue] = [round(side, 1) for side in sight.box]
        sights.append(
            {"t": time, "tracklet": sight.tracklet, "box": box, "probability": round(sight.probability, 3)}
        )
    return {
        "number": one.number,
        "name": names.get(int(one.number), ""),
        "wanted": wanted,
        "evidence": one.evidence,
        "times_read": one.times_read,
        "tracklets": one.tracklets,
        "clicks": clicks,
        "sights": sights,
    }


def _corners(polygon: JsonValue) -> str:
    assert isinstance(polygon, list)
    corners = []
    for corner in polygon:
        assert isinstance(corner, list)
        x, y = (float(share) for share in corner if isinstance(share, int | float))
        corners.append(f"({x:.3f}, {y:.3f})")
    return " ".join(corners)


def _times(count: JsonValue) -> str:
    return "read once" if count == 1 else f"read {count} times"
