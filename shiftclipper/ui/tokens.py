"""The look as tokens: colours by what they are for, light and dark, and the sizes that all is built from."""

from dataclasses import dataclass, fields

STEP = 4
"""Pixels; spacing comes in steps of it."""
RADIUS = 8
"""Pixels; radius of a corner."""
ICON = 20
"""Pixels; side of an icon."""
BODY_PIXELS = 13
"""Size of body text where the system's own font is not larger."""
LABEL_SHARE = 11 / 13
"""Size of a label or section head, as a share of the body's."""
TITLE_SHARE = 20 / 13
"""Size of a title, as a share of the body's."""
WIDEST = 1120
"""Pixels; what is read is no wider, however wide the window is."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """One set of colours, each `#rrggbb`."""

    ice: str
    """Behind everything."""
    surface: str
    """Panels, lists and fields."""
    line: str
    ink: str
    """Text."""
    ink_2: str
    """Text that matters less."""
    accent: str
    on_accent: str
    """Text and icons on the accent."""
    good: str
    """Icons only, as `warn`: on a light surface text needs more contrast."""
    warn: str
    bad: str

    def tinted(self, name: str, share: float) -> str:
        """Return the surface with `share` (0 to 1) of another token mixed in."""
        return mixed(self.surface, str(getattr(self, name)), share)


LIGHT = Tokens(
    ice="#F6F9FC",
    surface="#FFFFFF",
    line="#DCE4EC",
    ink="#14202B",
    ink_2="#566573",
    accent="#0B63CE",
    on_accent="#FFFFFF",
    good="#1E8E5A",
    warn="#B36B00",
    bad="#C0362C",
)
DARK = Tokens(
    ice="#0E141A",
    surface="#161E26",
    line="#26323D",
    ink="#E8EEF4",
    ink_2="#93A4B3",
    accent="#5AA2FF",
    on_accent="#0E141A",
    good="#4CC38A",
    warn="#F2B356",
    bad="#FF7B6E",
)


def mixed(ground: str, colour: str, share: float) -> str:
    """Return `#rrggbb` of `ground` with `share` (0 to 1) of `colour` laid over it."""
    pairs = zip(_parts(ground), _parts(colour), strict=True)
    return "#" + "".join(f"{round(low + (high - low) * share):02X}" for low, high in pairs)


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21.

    https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    """
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def token_names() -> tuple[str, ...]:
    """Return the names of all tokens."""
    return tuple(field.name for field in fields(Tokens))


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (part / 255 for part in _parts(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
