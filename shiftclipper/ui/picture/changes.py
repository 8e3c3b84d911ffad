"""What a person changes about a setup while picking, as functions from the old setup to the new one."""

from collections.abc import Callable
from dataclasses import replace

from shiftclipper.errors import UserError
from shiftclipper.jobs.own_presets import OwnPreset
from shiftclipper.jobs.settings import load_preset
from shiftclipper.jobs.setup import Click, PlayerSetup, Polygon, Regions, Setup

Change = Callable[[Setup], Setup]


def added_click(position: int, click: Click, colour: str | None = None) -> Change:
    """Add a click to the player at a position; the first click of a game makes its player.

    Args:
        position: of the player; one past the last makes another player.
        click: what was clicked.
        colour: `#rrggbb` of the jersey there, for a player who has none yet.
    """

    def change(setup: Setup) -> Setup:
        players = list(setup.players)
        if position == len(players):
            players.append(PlayerSetup())
        player = players[position]
        clicks = (*player.clicks, click)
        players[position] = replace(player, clicks=clicks, jersey_color=player.jersey_color or colour)
        return replace(setup, players=tuple(players))

    return change


def without_last_click(position: int) -> Change:
    """Take back the newest click of a player; a player of whom nothing is left goes with it."""

    def change(setup: Setup) -> Setup:
        if position >= len(setup.players) or not setup.players[position].clicks:
            return setup
        players = list(setup.players)
        player = players[position]
        players[position] = replace(player, clicks=player.clicks[:-1])
        nothing = not players[position].clicks and not player.name and not player.number
        if nothing and position == len(players) - 1:
            players.pop()
        return replace(setup, players=tuple(players))

    return change


def renamed(position: int, name: str, number: str) -> Change:
    """Give a player another name and number.

    Raises:
        UserError: the number is none.
    """
    number = number.strip().lstrip("#")

    def change(setup: Setup) -> Setup:
        if number and not (number.isdecimal() and len(number) <= 2):
            raise UserError(f"{number} is no number of a jersey; write one or two digits.")
        return _with_player(setup, position, name=name.strip(), number=number)

    return change


def recoloured(position: int, colour: str) -> Change:
    """Give a player's jersey another colour, `#rrggbb`."""
    return lambda setup: _with_player(setup, position, jersey_color=colour)


def with_regions(regions: Regions) -> Change:
    """Replace the regions."""
    return lambda setup: replace(setup, regions=regions)


def with_bench(polygon: Polygon) -> Change:
    """Add a bench, in shares of the first picture."""

    def change(setup: Setup) -> Setup:
        regions = replace(setup.regions, bench=(*setup.regions.bench, polygon))
        return replace(setup, regions=regions)

    return change


def with_camera(preset: str) -> Change:
    """Say what kind of camera it is; see `settings.PRESETS`. What else the person has set stays."""

    def change(setup: Setup) -> Setup:
        before = load_preset(setup.settings.preset).settings.as_json()
        after = load_preset(preset).settings.as_json()
        values = {name: value for name, value in after.items() if value != before[name]}
        return replace(setup, settings=setup.settings.changed({**values, "preset": preset, "camera": preset}))

    return change


def with_quality(quality: str) -> Change:
    """Look as closely as this at the film; see `settings.QUALITIES`."""
    return lambda setup: replace(setup, settings=replace(setup.settings, quality=quality))


def with_level(level: str) -> Change:
    """Expect shifts as long as they are at this level of play; see `settings.LEVELS`."""
    return lambda setup: replace(setup, settings=replace(setup.settings, level=level))


def with_preset(preset: OwnPreset) -> Change:
    """Set all that a preset of the person's own holds."""
    return lambda setup: replace(setup, settings=preset.applied_to(setup.settings))


def _with_player(setup: Setup, position: int, **values: str) -> Setup:
    players = list(setup.players)
    if position == len(players):
        players.append(PlayerSetup())
    players[position] = replace(players[position], **values)  # type: ignore[arg-type]
    return replace(setup, players=tuple(players))
