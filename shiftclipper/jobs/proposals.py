"""What an analysed job proposes to the person: who else plays, and where the benches are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shiftclipper.errors import UserError
from shiftclipper.identity import GameView
from shiftclipper.identity.proposed_regions import propose_benches
from shiftclipper.identity.roster import ProposedPlayer, propose_roster
from shiftclipper.jobs.setup import Polygon, Setup
from shiftclipper.jobs.stages.game import picture_of
from shiftclipper.jobs.stages.identity_inputs import game_rules, game_view, map_of_job, wanted_player
from shiftclipper.jobs.store import Store
from shiftclipper.tracklets import Tracklet
from shiftclipper.vision.lens import LEAST_AHEAD, SceneMap, to_pixels

_LEAST_AREA = 0.3
"""Share of a region that must lie in the first picture."""


@dataclass(frozen=True, slots=True)
class RosterProposal:
    """The numbers that were read in the team of one of the players."""

    size: tuple[int, int]
    """Width and height of the picture in pixels, in which sights are given."""
    players: tuple[ProposedPlayer, ...]
    """The best founded first."""


@dataclass(frozen=True, slots=True)
class BenchProposal:
    """A place that is probably a bench's door."""

    polygon: Polygon | None
    """In shares of the first picture, as in the setup; None when it cannot be seen there."""
    steps: float
    """How many steps on and off the ice are seen there, more than elsewhere."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """All that an analysed job proposes."""

    benches: tuple[BenchProposal, ...] = ()
    """Doors that can be seen in the first picture, the most used first; none once a bench is drawn."""
    roster: RosterProposal | None = None
    """The player's team without those who are looked for; None while nothing says which team it is."""


def propose(store: Store, job_id: str, number: int = 0) -> Proposals:
    """Return what a job proposes: benches, and the team of the setup's player of that number, from 0.

    Raises:
        UserError: the job was not analysed yet.
    """
    setup = store.setup(job_id)
    benches = [] if setup.regions.bench else propose_bench_regions(store, job_id)
    seen = tuple(one for one in benches if one.polygon is not None)
    try:
        roster = propose_players(store, job_id, number)
    except UserError:
        return Proposals(seen)
    wanted = {int(player.number) for player in setup.players if player.number.isdecimal()}
    others = tuple(one for one in roster.players if int(one.number) not in wanted)
    return Proposals(seen, RosterProposal(roster.size, others))


def propose_players(store: Store, job_id: str, number: int = 0) -> RosterProposal:
    """Return who else plays in the team of the setup's player of that number, counted from 0.

    Raises:
        UserError: the job was not analysed yet, or nothing says which team it is.
    """
    setup, tracklets, size, view, _ = _opened(store, job_id)
    if not 0 <= number < len(setup.players):
        raise UserError(f"There is no player {number + 1} in this job; it has {len(setup.players)}.")
    wanted = wanted_player(setup, number, size)
    if not wanted.constraints.clicks and wanted.rules.jersey_color is None:
        raise UserError(
            f"Nothing says which team {setup.players[number].label} plays in; click on him once, or give the "
            "colour of his jersey."
        )
    readings = store.number_readings(job_id)
    return RosterProposal(size, propose_roster(tracklets, wanted.constraints, view, wanted.rules, readings))


def propose_bench_regions(store: Store, job_id: str) -> list[BenchProposal]:
    """Return where the benches seem to be, the most used door first.

    Raises:
        UserError: the job was not analysed yet.
    """
    setup, tracklets, size, view, laid = _opened(store, job_id)
    found = propose_benches(tracklets, view, game_rules(setup), store.number_readings(job_id))
    return [BenchProposal(in_first_picture(one.polygon, size, laid), one.steps) for one in found]


def in_first_picture(polygon: Polygon, size: tuple[int, int], laid: SceneMap | None = None) -> Polygon | None:
    """Return a polygon in shares of the first picture, cut at its edges.

    Args:
        polygon: in stabilised pixels of the first scene.
        size: width and height of the picture in pixels.
        laid: the map of a camera that turns; None where the first picture itself is the map.

    Returns:
        None when most of it cannot be seen in the first picture.
    """
    placed: NDArray[np.float64] | None = np.array(polygon, dtype=np.float64)
    if laid is not None:
        placed = first_pixels(laid, np.array(polygon, dtype=np.float64))
    if placed is None:
        return None
    shares = placed / size
    cut = np.clip(shares, 0.0, 1.0)
    if _area(cut) < _LEAST_AREA * _area(shares):
        return None
    return tuple((round(float(x), 6), round(float(y), 6)) for x, y in cut)


def first_pixels(laid: SceneMap, points: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Return pixels (n, 2) of the first picture for places (n, 2) on the map: what `place_in_first` undoes.

    None when one of them lies beside or behind the camera as it looked at first.
    """
    up = np.array(laid.up)
    level = np.array([0.0, 0.0, 1.0]) - up * up[2]
    level /= np.linalg.norm(level)
    first = float(np.arcsin(np.clip(up[2], -1.0, 1.0)))
    longitude, above = ((points - laid.middle) / (laid.focal * np.cos(first))).T
    latitude = np.arcsin(np.tanh(np.arctanh(np.sin(first)) - above))
    east, north = np.cos(latitude) * np.sin(longitude), np.cos(latitude) * np.cos(longitude)
    axes = np.stack([np.cross(level, up), up, level])
    directions = np.column_stack([east, np.sin(latitude), north]) @ axes
    if (directions[:, 2] <= LEAST_AHEAD).any() or (np.abs(longitude) >= np.pi).any():
        return None
    return to_pixels(directions, np.array(laid.focal), np.array(laid.middle))


def _opened(
    store: Store, job_id: str
) -> tuple[Setup, list[Tracklet], tuple[int, int], GameView, SceneMap | None]:
    tracklets = store.tracklets(job_id)
    if not tracklets:
        raise UserError(
            f"Nobody was followed in job {job_id} yet; run it first: shiftclipper run --resume {job_id}."
        )
    picture = picture_of(store, job_id)
    setup = store.solved_shifts.inputs(job_id).setup
    laid = map_of_job(store, job_id, picture.size)
    view = game_view(setup, picture.size, float(picture.duration), laid)
    return setup, tracklets, picture.size, view, laid


def _area(polygon: NDArray[np.float64]) -> float:
    x, y = polygon.T
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2.0
