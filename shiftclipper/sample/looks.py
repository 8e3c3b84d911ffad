"""Colours of a sample game: what everybody wears, the light, the hall. All colours are BGR."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

Colour = tuple[int, int, int]

_HUES = {
    "red": (0.0, 0.82, 0.72),
    "royal": (0.61, 0.80, 0.66),
    "navy": (0.63, 0.65, 0.28),
    "black": (0.0, 0.0, 0.11),
    "green": (0.38, 0.75, 0.38),
    "forest": (0.42, 0.50, 0.20),
    "orange": (0.07, 0.88, 0.90),
    "gold": (0.125, 0.78, 0.88),
    "maroon": (0.97, 0.70, 0.36),
    "purple": (0.75, 0.55, 0.42),
    "teal": (0.49, 0.70, 0.50),
    "sky": (0.56, 0.45, 0.82),
    "grey": (0.60, 0.06, 0.50),
}
"""Hue, saturation, value, all 0 to 1."""


@dataclass(frozen=True, slots=True)
class Kit:
    """What one team (or the officials) wears."""

    jersey: Colour
    stripe: Colour
    second: Colour
    """A second stripe, and the yoke where there is one."""
    yoke: bool
    pants: Colour
    socks: Colour
    helmet: Colour
    gloves: Colour
    digits: Colour
    vertical: bool = False
    """Officials' stripes run down the jersey."""


@dataclass(frozen=True, slots=True)
class Light:
    """The hall's light and the camera's answer to it."""

    ice: Colour
    contrast: float
    """1.0 = as painted; less is flatter."""
    brightness: float
    """Added to every channel, in grey levels."""
    noise: float
    """Standard deviation, in grey levels."""
    shine: float
    """How strongly lamps mirror in the ice, 0 to 1."""
    shadow: float
    """How dark shadows on the ice are, 0 to 1."""
    people: float
    """Brightness of people against the painted colours."""
    blur: float
    """Of the lens, standard deviation in pixels."""


def colour(hue: float, saturation: float, value: float) -> Colour:
    """BGR of a colour given as hue, saturation and value, all 0 to 1."""
    red, green, blue = colorsys.hsv_to_rgb(hue % 1.0, np.clip(saturation, 0, 1), np.clip(value, 0, 1))
    return (round(blue * 255), round(green * 255), round(red * 255))


@lru_cache(maxsize=8192)
def shade(base: Colour, factor: float) -> Colour:
    """A colour brighter or darker by `factor`."""
    blue, green, red = (int(min(255, max(0, round(c * factor)))) for c in base)
    return (blue, green, red)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """`share` of the second colour, the rest of the first."""
    blue, green, red = (round(a * (1 - share) + b * share) for a, b in zip(first, second, strict=True))
    return (blue, green, red)


def to_hex(base: Colour) -> str:
    """`#rrggbb`."""
    return f"#{base[2]:02x}{base[1]:02x}{base[0]:02x}"


def _pick(rng: np.random.Generator, name: str) -> Colour:
    hue, saturation, value = _HUES[name]
    return colour(
        hue + rng.normal(0, 0.012),
        saturation * rng.uniform(0.85, 1.1),
        value * rng.uniform(0.85, 1.12),
    )


def _white(rng: np.random.Generator) -> Colour:
    return colour(rng.uniform(0, 1), rng.uniform(0, 0.03), rng.uniform(0.86, 0.96))


def make_kits(rng: np.random.Generator) -> tuple[Kit, Kit, Kit]:
    """Home, away and the officials. One team is in white two times of three."""
    names = list(_HUES)
    first, second = (names[k] for k in rng.choice(len(names), 2, replace=False))
    colours = [_pick(rng, first), _pick(rng, second)]
    if rng.random() < 0.67:
        colours[int(rng.integers(2))] = _white(rng)
    elif abs(sum(colours[0]) - sum(colours[1])) < 130:
        # Two dark teams would be no game: one of them wears something light.
        colours[1] = _pick(rng, "gold" if first not in ("gold", "orange") else "sky")
    accents = [_pick(rng, names[int(rng.integers(len(names)))]) for _ in range(2)]
    home, away = (_kit(rng, jersey, accent) for jersey, accent in zip(colours, accents, strict=True))
    dark = colour(0, 0, rng.uniform(0.06, 0.12))
    officials = Kit(
        jersey=_white(rng),
        stripe=dark,
        second=dark,
        yoke=False,
        pants=dark,
        socks=dark,
        helmet=dark if rng.random() < 0.7 else _white(rng),
        gloves=colour(0.06, 0.4, 0.7),
        digits=dark,
        vertical=True,
    )
    return home, away, officials


def _kit(rng: np.random.Generator, jersey: Colour, accent: Colour) -> Kit:
    light = sum(jersey) > 420
    white = _white(rng)
    black = colour(0, 0, rng.uniform(0.07, 0.14))
    stripe = accent if light else (white if rng.random() < 0.7 else accent)
    if abs(sum(stripe) - sum(jersey)) < 90:
        stripe = black if light else white
    pants = black if rng.random() < 0.6 else (shade(accent, 0.6) if light else shade(jersey, 0.75))
    helmets = [black, white, black, accent if light else jersey]
    return Kit(
        jersey=jersey,
        stripe=stripe,
        second=black if light else accent,
        yoke=bool(rng.random() < 0.4),
        pants=pants,
        socks=jersey if rng.random() < 0.75 else black,
        helmet=helmets[int(rng.integers(len(helmets)))],
        gloves=[black, shade(accent, 0.8), pants][int(rng.integers(3))],
        digits=(accent if sum(accent) < 330 else black) if light else white,
    )


def make_light(rng: np.random.Generator) -> Light:
    """Bright and bluish, or dim and yellow, and everything between."""
    warmth = float(rng.normal(0.0, 1.0))
    level = float(rng.uniform(0.76, 0.95))
    hue = 0.58 if warmth < 0.4 else 0.12
    ice = colour(hue, min(0.10, 0.025 + 0.03 * abs(warmth)), level)
    return Light(
        ice=ice,
        contrast=float(rng.uniform(0.82, 1.05)),
        brightness=float(rng.uniform(-8.0, 14.0)),
        noise=float(rng.uniform(1.0, 3.0)),
        shine=float(rng.uniform(0.1, 0.55)),
        shadow=float(rng.uniform(0.10, 0.40)),
        people=float(rng.uniform(0.85, 1.08)),
        blur=float(rng.uniform(0.4, 0.9)),
    )
