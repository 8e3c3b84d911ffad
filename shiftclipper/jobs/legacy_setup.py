"""Translate the old server's setup.json into ours."""

from collections.abc import Mapping
from dataclasses import dataclass

from shiftclipper.errors import UserError
from shiftclipper.jobs.json_values import choice_at, flag_at, list_at, mapping_at, number_at, refuse, shown

_MARKS = frozenset(
    {
        "player_number",
        "clicks",
        "rink_polygon",
        "bench_polygons",
        "penalty_polygons",
        "polygon_coords_normalized",
        "extend_sec",
        "tracking_mode",
        "camera_mode",
        "verify_mode",
        "debug_overlay",
        "debug_timeline",
        "jersey_color_hex",
        "jersey_color_rgb",
        "generate_combined",
        "gap_merge_seconds",
        "video_type",
    }
)
"""Keys at the top of the file that only the old server wrote."""

_PRESET_OF_CAMERA = {
    "broadcast": "broadcast",
    "broadcast_wide": "panning",
    "tactical": "fixed_wide",
}
_VERIFY_STAGES = ("ingest", "analyse", "identify")


@dataclass(frozen=True, slots=True)
class Translated:
    """An old setup in our form."""

    data: dict[str, object]
    """As setup.json is today; its values are not checked yet."""
    ignored: tuple[str, ...]
    """Keys that mean nothing here, sorted."""
    stages: tuple[str, ...] | None
    """What the old verify mode stands for: everything but clips. None for all stages."""


def is_legacy(data: Mapping[str, object]) -> bool:
    """Say whether the old server wrote this setup."""
    return "players" not in data and not _MARKS.isdisjoint(data)


def translate(data: Mapping[str, object], picture_size: tuple[int, int] | None) -> Translated:
    """Return an old setup in today's form.

    Args:
        data: the parsed file.
        picture_size: width and height of the displayed picture in pixels, for polygons given in pixels.

    Raises:
        UserError: a value of the wrong kind, or polygons in pixels without a picture size.
    """
    left = dict(data)
    out: dict[str, object] = {"players": [_player(left)]}
    _move(left, out, "opponent_color", "opponent_color")
    camera = left.pop("camera_mode", None)
    if camera is not None:
        out["preset"] = _PRESET_OF_CAMERA[choice_at("camera_mode", camera, _PRESET_OF_CAMERA)]
    extend = left.pop("extend_sec", None)
    if extend is not None:
        out["pre_roll"] = out["post_roll"] = number_at("extend_sec", extend, 0, 60, "s")
    for old, new in (
        ("post_roll", "post_roll"),
        ("gap_merge_seconds", "merge_gap"),
        ("min_clip_seconds", "min_shift"),
        ("debug_overlay", "overlay"),
        ("generate_combined", "reel"),
    ):
        _move(left, out, old, new)
    out["regions"] = _regions(left, picture_size)
    verify = _switch("verify_mode", left.pop("verify_mode", False))
    # Whole shifts are all this program knows; the clip mode of old has no counterpart.
    if left.get("tracking_mode") == "shift":
        del left["tracking_mode"]
    left.pop("clicks_count", None)
    return Translated(out, tuple(sorted(left)), _VERIFY_STAGES if verify else None)


def _move(left: dict[str, object], out: dict[str, object], old: str, new: str) -> None:
    value = left.pop(old, None)
    if value not in (None, ""):
        out[new] = value


def _player(left: dict[str, object]) -> dict[str, object]:
    player: dict[str, object] = {}
    _move(left, player, "player_name", "name")
    number = left.pop("player_number", None)
    if number not in (None, ""):
        player["number"] = number.strip().lstrip("#") if isinstance(number, str) else number
    colour = left.pop("jersey_color_hex", None) or left.get("jersey_color")
    left.pop("jersey_color", None)
    parts = left.pop("jersey_color_rgb", None)
    if not colour and parts is not None:
        colour = _hex(parts)
    if colour:
        player["jersey_color"] = colour
    clicks = list_at("clicks", left.pop("clicks", None) or [], "clicks")
    player["clicks"] = [_click(f"clicks[{i}]", click) for i, click in enumerate(clicks)]
    return player


def _click(key: str, value: object) -> dict[str, object]:
    if not isinstance(value, Mapping):
        refuse(key, value, "an object with t, x, y")
    return {name: value[name] for name in ("t", "x", "y") if name in value}


def _hex(parts: object) -> str:
    data = mapping_at("jersey_color_rgb", parts, ("r", "g", "b"))
    numbers = (number_at(f"jersey_color_rgb.{name}", data.get(name), 0, 255) for name in "rgb")
    return "#" + "".join(f"{round(number):02x}" for number in numbers)


def _switch(key: str, value: object) -> bool:
    if value in ("on", "off"):
        return value == "on"
    return flag_at(key, value)


def _regions(left: dict[str, object], picture_size: tuple[int, int] | None) -> dict[str, object]:
    """Take the polygons out of `left`; those whose mask was switched off, and empty ones, are dropped."""
    normalised = flag_at("polygon_coords_normalized", left.pop("polygon_coords_normalized", True))
    wanted = {
        "rink": flag_at("use_rink_mask", left.pop("use_rink_mask", True)),
        "bench": flag_at("use_bench_mask", left.pop("use_bench_mask", True)),
        "penalty": flag_at("use_penalty_mask", left.pop("use_penalty_mask", True)),
    }
    rink = left.pop("rink_polygon", None)
    polygons = {
        "rink": [rink] if rink else [],
        "bench": left.pop("bench_polygons", None) or [],
        "penalty": left.pop("penalty_polygons", None) or [],
    }
    regions: dict[str, object] = {}
    for name, many in polygons.items():
        key = "rink_polygon" if name == "rink" else f"{name}_polygons"
        drawn = _polygons(key, many, normalised, picture_size)
        if wanted[name] and drawn:
            regions[name] = drawn[0] if name == "rink" else drawn
    return regions


def _polygons(
    key: str, value: object, normalised: bool, picture_size: tuple[int, int] | None
) -> list[list[list[float]]]:
    drawn = []
    for i, polygon in enumerate(list_at(key, value, "polygons")):
        corners = enumerate(list_at(f"{key}[{i}]", polygon, "[x, y]"))
        drawn.append([_corner(f"{key}[{i}][{j}]", one, normalised, picture_size) for j, one in corners])
    return [corners for corners in drawn if corners]


def _corner(key: str, value: object, normalised: bool, picture_size: tuple[int, int] | None) -> list[float]:
    if isinstance(value, Mapping):
        pair: list[object] = [value.get("x"), value.get("y")]
    else:
        pair = list(list_at(key, value, "two numbers"))
    if len(pair) != 2:
        refuse(key, value, "two numbers")
    if normalised:
        return [float(number_at(key, number, 0, 1)) for number in pair]
    if picture_size is None:
        raise UserError(
            f"polygon_coords_normalized is false and {key} is {shown(value)}, in pixels, but the size of the "
            "picture is not known here; give the corners in 0..1 of the picture."
        )
    return [
        min(1.0, max(0.0, float(number_at(key, number, -100_000, 100_000)) / side))
        for number, side in zip(pair, picture_size, strict=True)
    ]
