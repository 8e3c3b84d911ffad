"""Read setup.json, ours and the old server's, and write it back."""

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

from shiftclipper.errors import UserError
from shiftclipper.jobs import json_values, legacy_setup
from shiftclipper.jobs.json_values import JsonValue, joined, refuse
from shiftclipper.jobs.settings import PRESETS, Settings, load_preset
from shiftclipper.jobs.setup import (
    Click,
    ClickKind,
    PlayerSetup,
    Point,
    Polygon,
    Regions,
    RosterEntry,
    Setup,
)
from shiftclipper.jobs.times import seconds_of_number

LONGEST_GAME = 100 * 3600.0
"""Seconds; times beyond it are typing errors."""

_LONGEST_FILE = 20_000_000
_OWN_KEYS = ("players", "opponent_color", "regions", "periods", "roster")
_SETTING_KEYS = tuple(name for name in Settings.specs if name != "preset")
_KEYS = ("preset", *_OWN_KEYS, *_SETTING_KEYS)
_PLAYER_KEYS = ("name", "number", "jersey_color", "clicks", "not", "off_ice")
_REGION_KEYS = ("rink", "bench", "penalty")
_ROSTER_KEYS = ("number", "name")
_JERSEYS = 100
"""Different numbers that jerseys carry."""
_LIST_OF_KIND = {
    "clicks": ClickKind.IS,
    "not": ClickKind.IS_NOT,
    "off_ice": ClickKind.OFF_ICE,
}


def read_setup(source: Path | Mapping[str, object], *, picture_size: tuple[int, int] | None = None) -> Setup:
    """Read a setup from a file or from parsed JSON.

    Args:
        source: the file, or what it held.
        picture_size: width and height of the displayed picture in pixels; needed only for old setups whose
            polygons are in pixels.

    Raises:
        UserError: the file cannot be read, or names the key, its value and what is allowed.
    """
    if not isinstance(source, Path):
        return _setup_of(source, picture_size)
    try:
        return _setup_of(_parse(source), picture_size)
    except UserError as error:
        raise UserError(f"In {source.name}: {error}", detail=error.detail) from None


def write_setup(setup: Setup) -> dict[str, JsonValue]:
    """Return the setup in the form of setup.json; `read_setup` of it gives the same setup."""
    regions: dict[str, JsonValue] = {
        "bench": [_corners(polygon) for polygon in setup.regions.bench],
        "penalty": [_corners(polygon) for polygon in setup.regions.penalty],
    }
    if setup.regions.rink is not None:
        regions["rink"] = _corners(setup.regions.rink)
    written: dict[str, JsonValue] = {
        **setup.settings.as_json(),
        "players": [_written_player(player) for player in setup.players],
        "regions": regions,
        "periods": [[float(start), float(end)] for start, end in setup.periods],
    }
    if setup.opponent_color is not None:
        written["opponent_color"] = setup.opponent_color
    if setup.roster:
        written["roster"] = [{"number": one.number, "name": one.name} for one in setup.roster]
    return written


def _parse(path: Path) -> Mapping[str, object]:
    try:
        if path.stat().st_size > _LONGEST_FILE:
            raise UserError("the file is far too large for a setup; choose the right file.")
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UserError("there is no such file; check its name.") from None
    except UnicodeDecodeError:
        raise UserError("this is not a text file; choose a setup.json.") from None
    except OSError as error:
        raise UserError(f"the file cannot be read ({error.strerror}).") from None
    try:
        parsed = json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise UserError(
            f"this is not valid JSON: {error.msg} in line {error.lineno}, column {error.colno}."
        ) from None
    except ValueError:
        raise UserError("it holds a number that is far too long; correct it.") from None
    except RecursionError:
        raise UserError("this is not a setup: its brackets are nested too deeply.") from None
    if not isinstance(parsed, dict):
        refuse("the setup", parsed, 'an object like {"players": [...]}')
    return parsed


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise UserError(f"the key {twice} appears twice; keep one of them.")
    return values


def _no_constant(name: str) -> NoReturn:
    raise UserError(f"{name} is not a number that JSON allows; write a plain number.")


def _setup_of(data: Mapping[str, object], picture_size: tuple[int, int] | None) -> Setup:
    if legacy_setup.is_legacy(data):
        translated = legacy_setup.translate(data, picture_size)
        setup = _read(translated.data)
        return Setup(
            settings=setup.settings,
            players=setup.players,
            opponent_color=setup.opponent_color,
            regions=setup.regions,
            periods=setup.periods,
            ignored=translated.ignored,
            stages=translated.stages,
        )
    return _read(data)


def _read(data: Mapping[str, object]) -> Setup:
    json_values.mapping_at("", data, _KEYS)
    name = json_values.choice_at("preset", data.get("preset", PRESETS[0]), PRESETS)
    chosen = {key: data[key] for key in _SETTING_KEYS if key in data}
    if "players" not in data:
        raise UserError(
            'players is missing; say whom to look for, such as "players": [{"name": "Sam", "clicks": '
            '[{"t": 12.4, "x": 0.41, "y": 0.63}]}].'
        )
    players = json_values.list_at("players", data["players"], "players")
    if not players:
        refuse("players", [], "a list of at least one player")
    return Setup(
        settings=load_preset(name).settings.changed(chosen),
        players=tuple(_player(f"players[{i}]", player) for i, player in enumerate(players)),
        opponent_color=_colour("opponent_color", data.get("opponent_color")),
        regions=_regions("regions", data.get("regions", {})),
        periods=_periods("periods", data.get("periods", [])),
        roster=_roster("roster", data.get("roster", [])),
    )


def _player(key: str, value: object) -> PlayerSetup:
    data = json_values.mapping_at(key, value, _PLAYER_KEYS)
    clicks = [
        _click(f"{joined(key, name)}[{i}]", click, kind)
        for name, kind in _LIST_OF_KIND.items()
        for i, click in enumerate(json_values.list_at(joined(key, name), data.get(name, []), "clicks"))
    ]
    return PlayerSetup(
        name=json_values.text_at(joined(key, "name"), data.get("name", "")),
        number=_number(joined(key, "number"), data.get("number", "")),
        jersey_color=_colour(joined(key, "jersey_color"), data.get("jersey_color")),
        clicks=tuple(clicks),
    )


def _number(key: str, value: object) -> str:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not (text == "" or (text.isdecimal() and len(text) <= 3)):
        refuse(key, value, 'one to three digits such as "17"')
    return text


def _colour(key: str, value: object) -> str | None:
    return None if value is None else json_values.colour_at(key, value)


def _click(key: str, value: object, kind: ClickKind) -> Click:
    if kind is ClickKind.OFF_ICE:
        data = json_values.mapping_at(key, value, ("t",))
        return Click(_time(joined(key, "t"), data.get("t")), kind)
    data = json_values.mapping_at(key, value, ("t", "x", "y"))
    return Click(
        _time(joined(key, "t"), data.get("t")),
        kind,
        float(json_values.number_at(joined(key, "x"), data.get("x"), 0, 1)),
        float(json_values.number_at(joined(key, "y"), data.get("y"), 0, 1)),
    )


def _time(key: str, value: object) -> Fraction:
    number = json_values.number_at(key, value, 0, LONGEST_GAME, "s")
    return seconds_of_number(number)


def _regions(key: str, value: object) -> Regions:
    data = json_values.mapping_at(key, value, _REGION_KEYS)
    rink = data.get("rink")
    return Regions(
        rink=None if rink is None else _polygon(joined(key, "rink"), rink),
        bench=_polygons(joined(key, "bench"), data.get("bench", [])),
        penalty=_polygons(joined(key, "penalty"), data.get("penalty", [])),
    )


def _polygons(key: str, value: object) -> tuple[Polygon, ...]:
    polygons = json_values.list_at(key, value, "polygons")
    return tuple(_polygon(f"{key}[{i}]", polygon) for i, polygon in enumerate(polygons))


def _polygon(key: str, value: object) -> Polygon:
    corners = json_values.list_at(key, value, "at least three [x, y]")
    if len(corners) < 3:
        refuse(key, value, "a list of at least three [x, y]")
    return tuple(_point(f"{key}[{i}]", corner) for i, corner in enumerate(corners))


def _point(key: str, value: object) -> Point:
    pair = json_values.list_at(key, value, "two numbers from 0 to 1")
    if len(pair) != 2:
        refuse(key, value, "a list of two numbers from 0 to 1")
    x, y = (float(json_values.number_at(f"{key}[{i}]", number, 0, 1)) for i, number in enumerate(pair))
    return x, y


def _periods(key: str, value: object) -> tuple[tuple[Fraction, Fraction], ...]:
    read: list[tuple[Fraction, Fraction]] = []
    for index, period in enumerate(json_values.list_at(key, value, "[start, end] in seconds")):
        here = f"{key}[{index}]"
        pair = json_values.list_at(here, period, "two times in seconds")
        if len(pair) != 2:
            refuse(here, period, "[start, end] in seconds")
        start, end = (_time(f"{here}[{i}]", time) for i, time in enumerate(pair))
        if end <= start or (read and start < read[-1][1]):
            refuse(here, period, "[start, end] with the end after the start and after the period before")
        read.append((start, end))
    return tuple(read)


def _roster(key: str, value: object) -> tuple[RosterEntry, ...]:
    entries = json_values.list_at(key, value, 'numbers or {"number": "17", "name": "Sam"}')
    if len(entries) > _JERSEYS:
        raise UserError(f"{key} has {len(entries)} entries; allowed are at most {_JERSEYS}.")
    read: dict[int, RosterEntry] = {}
    for index, entry in enumerate(entries):
        here = f"{key}[{index}]"
        one = _roster_entry(here, entry)
        if int(one.number) in read:
            refuse(here, entry, "each number once")
        read[int(one.number)] = one
    return tuple(read.values())


def _roster_entry(key: str, value: object) -> RosterEntry:
    if not isinstance(value, Mapping):
        return RosterEntry(_jersey(key, value))
    data = json_values.mapping_at(key, value, _ROSTER_KEYS)
    name = json_values.text_at(joined(key, "name"), data.get("name", ""))
    return RosterEntry(_jersey(joined(key, "number"), data.get("number")), name)


def _jersey(key: str, value: object) -> str:
    """Return a number that is surely on a jersey, unlike a player's that need not be known."""
    small = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _JERSEYS
    text = str(value) if small else value
    if not isinstance(text, str) or not (text.isascii() and text.isdecimal() and len(text) <= 2):
        refuse(key, value, 'one or two digits such as "17"')
    return text


def _corners(polygon: Polygon) -> list[JsonValue]:
    return [[x, y] for x, y in polygon]


def _written_player(player: PlayerSetup) -> dict[str, JsonValue]:
    written: dict[str, JsonValue] = {"name": player.name, "number": player.number}
    if player.jersey_color is not None:
        written["jersey_color"] = player.jersey_color
    for name, kind in _LIST_OF_KIND.items():
        clicks = player.clicks_of(kind)
        if kind is ClickKind.OFF_ICE:
            written[name] = [{"t": float(click.time)} for click in clicks]
        else:
            written[name] = [{"t": float(click.time), "x": click.x, "y": click.y} for click in clicks]
    return written
