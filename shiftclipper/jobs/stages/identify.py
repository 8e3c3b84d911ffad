"""Stage `identify`: each player's shifts from the tracklets, the clicks and the regions. Decodes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from shiftclipper import identity
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.rows import NewShift
from shiftclipper.jobs.setup import Click, ClickKind, PlayerSetup, Polygon, Setup
from shiftclipper.jobs.stage import StageContext, fingerprint
from shiftclipper.jobs.stages.analyse import first_picture_map
from shiftclipper.jobs.stages.game import open_game
from shiftclipper.tracklets import NumberReading, Tracklet
from shiftclipper.vision.lens import SceneMap

SIDE = 6
"""Parts into which the sides of a region are divided for a turning camera."""
VERSION = 1
"""Raised when identity finds something else in the same tracklets."""

LONGEST_NUMBER = 2
"""Digits of the numbers that can be read on backs."""


@dataclass(frozen=True, slots=True)
class Identify:
    """Solves each player of the setup on his own; a click on one is a `not` for the others."""

    name: str = "identify"
    weight: float = 1.0

    def input_hash(self, context: StageContext) -> str:
        """Depend on the tracklets and on everything the person said."""
        setup = context.setup()
        settings = setup.settings
        return fingerprint(
            VERSION,
            context.stage_hash("analyse"),
            setup.players,
            setup.opponent_color,
            setup.regions,
            setup.periods,
            [
                settings.camera,
                settings.shift_mean,
                settings.shift_spread,
                settings.min_shift,
                settings.merge_gap,
            ],
        )

    def outputs_exist(self, context: StageContext) -> bool:
        """Shifts are rows of the database: they are there."""
        return True

    def run(self, context: StageContext) -> Mapping[str, JsonValue]:
        """Solve every player; progress is in players."""
        game = open_game(context.store, context.job_id)
        tracklets = context.store.tracklets(context.job_id)
        readings = context.store.number_readings(context.job_id)
        setup = context.setup()
        players = context.store.players(context.job_id)
        view = game_view(setup, game.size, float(game.duration), _map(context, game.size))
        found = 0
        for number, (row, player) in enumerate(zip(players, setup.players, strict=True)):
            context.check()
            context.progress(number, len(players), f"Looking for {player.label}")
            shifts = solve_player(tracklets, setup, number, view, readings)
            context.run.replace_shifts(row.id, shifts)
            found += len(shifts)
        return {"tracklets": len(tracklets), "shifts": found}


def _map(context: StageContext, size: tuple[int, int]) -> SceneMap | None:
    rows = context.store.stages(context.job_id)
    return next((first_picture_map(row.perf, size) for row in rows if row.name == "analyse"), None)


def game_view(
    setup: Setup, size: tuple[int, int], duration: float, laid: SceneMap | None = None
) -> identity.GameView:
    """Bring the regions, drawn in the first picture, to where stabilised positions are given.

    Args:
        setup: with the regions in shares of the picture.
        size: width and height of the picture in pixels.
        duration: seconds of game time.
        laid: the map of a camera that turns; None where the first picture itself is the map.
    """

    def pixels(polygon: Polygon) -> tuple[tuple[float, float], ...]:
        corners = np.array(polygon) * size
        if laid is not None:
            # Straight sides of the picture are curves on the map.
            after = np.roll(corners, -1, axis=0)
            shares = (np.arange(SIDE) / SIDE)[:, None, None]
            drawn = (corners * (1 - shares) + after * shares).transpose(1, 0, 2).reshape(-1, 2)
            corners = laid.place_in_first(drawn)
        return tuple((float(x), float(y)) for x, y in corners)

    regions = setup.regions
    return identity.GameView(
        size=size,
        duration=duration,
        rink=pixels(regions.rink) if regions.rink else None,
        benches=tuple(pixels(polygon) for polygon in regions.bench),
        penalty_boxes=tuple(pixels(polygon) for polygon in regions.penalty),
        periods=tuple((float(start), float(end)) for start, end in setup.periods),
    )


def solve_player(
    tracklets: Sequence[Tracklet],
    setup: Setup,
    number: int,
    view: identity.GameView,
    readings: Sequence[NumberReading] = (),
) -> list[NewShift]:
    """Find the shifts of the setup's player of that number, counted from 0.

    `readings` are the numbers read on everybody's backs.

    Raises:
        UserError: two marks contradict each other.
    """
    player = setup.players[number]
    others = [other for index, other in enumerate(setup.players) if index != number]
    settings = setup.settings
    solution = identity.solve(
        tracklets,
        _constraints(player, others, view.size),
        view,
        identity.Rules(
            camera=identity.Camera(settings.camera),
            number=player.number if len(player.number) <= LONGEST_NUMBER else "",
            jersey_color=_rgb(player.jersey_color),
            opponent_color=_rgb(setup.opponent_color),
            shift_mean=settings.shift_mean,
            shift_spread=settings.shift_spread,
            min_shift=settings.min_shift,
            merge_gap=settings.merge_gap,
        ),
        readings,
    )
    return [_new_shift(shift) for shift in solution.shifts]


def _constraints(
    player: PlayerSetup, others: Sequence[PlayerSetup], size: tuple[int, int]
) -> identity.Constraints:
    nots = list(player.clicks_of(ClickKind.IS_NOT))
    for other in others:
        nots += other.clicks_of(ClickKind.IS)
    return identity.Constraints(
        clicks=tuple(_pixel_click(click, size) for click in player.clicks_of(ClickKind.IS)),
        nots=tuple(_pixel_click(click, size) for click in nots),
        off_ice=tuple(float(click.time) for click in player.clicks_of(ClickKind.OFF_ICE)),
    )


def _pixel_click(click: Click, size: tuple[int, int]) -> identity.Click:
    assert click.x is not None and click.y is not None
    return identity.Click(float(click.time), click.x * size[0], click.y * size[1])


def _rgb(colour: str | None) -> tuple[int, int, int] | None:
    if colour is None:
        return None
    digits = colour.lstrip("#")
    return (int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16))


def _new_shift(shift: identity.FoundShift) -> NewShift:
    return NewShift(
        start=_microseconds(shift.start),
        end=_microseconds(shift.end),
        confidence=shift.confidence,
        start_reason=str(shift.start_reason),
        end_reason=str(shift.end_reason),
        evidence=tuple({"text": term.text, "log_odds": round(term.log_odds, 3)} for term in shift.evidence),
        tracklet_ids=shift.tracklet_ids,
    )


def _microseconds(seconds: float) -> Fraction:
    return Fraction(round(seconds * 1_000_000), 1_000_000)
