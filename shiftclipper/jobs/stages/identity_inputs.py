"""What identity is given of a job: the picture with its regions, each player's marks, and what is known."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from shiftclipper import identity
from shiftclipper.identity.several import Wanted
from shiftclipper.jobs.kept_shifts import Span, played_spans, rejected_spans
from shiftclipper.jobs.rows import ShiftRow
from shiftclipper.jobs.setup import Click, ClickKind, PlayerSetup, Polygon, Setup
from shiftclipper.jobs.stages.analyse import first_picture_map
from shiftclipper.jobs.store import Store
from shiftclipper.vision.lens import SceneMap

SIDE = 6
"""Parts into which the sides of a region are divided for a turning camera."""
LONGEST_NUMBER = 2
"""Digits of the numbers that can be read on backs."""


def map_of_job(store: Store, job_id: str, size: tuple[int, int]) -> SceneMap | None:
    """Return the map of a camera that turns, as the finished analysis has laid it; None for any other."""
    rows = store.stages(job_id)
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


def wanted_player(
    setup: Setup, number: int, size: tuple[int, int], shifts: Sequence[ShiftRow] = ()
) -> Wanted:
    """Return what is known of one player.

    Args:
        setup: with the player's marks in shares of the picture.
        number: of the player in the setup, counted from 0.
        size: width and height of the picture in pixels.
        shifts: of that player; those that the person made or judged bind identity.
    """
    player = setup.players[number]
    rules = replace(
        game_rules(setup), number=_readable(player.number), jersey_color=_rgb(player.jersey_color)
    )
    return Wanted(_constraints(player, size, shifts), rules)


def _constraints(
    player: PlayerSetup, size: tuple[int, int], shifts: Sequence[ShiftRow]
) -> identity.Constraints:
    return identity.Constraints(
        clicks=tuple(_pixel_click(click, size) for click in player.clicks_of(ClickKind.IS)),
        nots=tuple(_pixel_click(click, size) for click in player.clicks_of(ClickKind.IS_NOT)),
        off_ice=tuple(float(click.time) for click in player.clicks_of(ClickKind.OFF_ICE)),
        on_ice=_seconds(played_spans(shifts)),
        off_spans=_seconds(rejected_spans(shifts)),
    )


def game_rules(setup: Setup) -> identity.Rules:
    """Return what is known of the game, whoever is looked for.

    The setup's roster is not: it is of one team, and a list that leaves out half of the people on the ice
    makes a number that was read say less than none does (measured: F1 0.87 with it, 0.92 without).
    """
    settings = setup.settings
    any_level = settings.shift_mean, settings.shift_spread
    mean, spread = any_level if settings.level == "any" else identity.usual_shift(settings.level)
    return identity.Rules(
        camera=identity.Camera(settings.camera),
        opponent_color=_rgb(setup.opponent_color),
        shift_mean=mean,
        shift_spread=spread,
        min_shift=settings.min_shift,
        merge_gap=settings.merge_gap,
    )


def _readable(number: str) -> str:
    return number if len(number) <= LONGEST_NUMBER else ""


def _seconds(spans: Sequence[Span]) -> tuple[tuple[float, float], ...]:
    return tuple((float(start), float(end)) for start, end in spans)


def _pixel_click(click: Click, size: tuple[int, int]) -> identity.Click:
    assert click.x is not None and click.y is not None
    return identity.Click(float(click.time), click.x * size[0], click.y * size[1])


def _rgb(colour: str | None) -> tuple[int, int, int] | None:
    if colour is None:
        return None
    digits = colour.lstrip("#")
    return (int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16))
