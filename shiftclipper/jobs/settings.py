"""What a person can set about a job: one typed value whose fields know their ranges, and the presets."""

import dataclasses
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar

from shiftclipper.errors import UserError
from shiftclipper.export.interchange.formats import FORMATS
from shiftclipper.export.names import USUAL_NAMES, checked_pattern
from shiftclipper.jobs import json_values
from shiftclipper.paths import resource_path

PRESETS = ("fixed_wide", "panning", "broadcast", "phone")
"""The presets that ship with the program; each is also the name of a kind of camera."""
LEVELS = ("any", "youth", "adult", "professional")
"""Levels of play that differ in how long shifts are."""
QUALITIES = ("fast", "balanced", "thorough")
CUT_MODES = ("exact", "smart", "keyframe", "auto")
ENCODERS = (
    "auto",
    "libx264",
    "h264_nvenc",
    "h264_qsv",
    "h264_videotoolbox",
    "h264_amf",
    "h264_vaapi",
)

REEL_SHAPES = ("wide", "portrait")
"""The shape of the film, or 9:16 for phones, which follows the player."""

CLIP_NAMES = USUAL_NAMES
"""How clips are named unless the person says otherwise."""

SettingValue = bool | int | float | str


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """What a form or a reader must know about one setting."""

    name: str
    kind: type[SettingValue]
    """bool, int, float or str."""
    default: SettingValue
    label: str
    minimum: float
    maximum: float
    """Inclusive; both 0 for flags and text."""
    unit: str
    """`s`, `Hz`, `px` or nothing."""
    choices: tuple[str, ...]
    """Empty when any text will do."""
    several: bool = False
    """Whether any number of the choices may be named, with commas between them."""
    check: Callable[[str], str] | None = None
    """Raises UserError for text that will not do."""

    def read(self, key: str, value: object) -> SettingValue:
        """Return the value when it is allowed.

        Raises:
            UserError: names the key, the value and what is allowed.
        """
        if self.kind is bool:
            return json_values.flag_at(key, value)
        if self.kind is int:
            return json_values.whole_number_at(key, value, self.minimum, self.maximum, self.unit)
        if self.kind is float:
            number = json_values.number_at(key, value, self.minimum, self.maximum, self.unit)
            return float(number)
        if self.several:
            return self._read_several(key, value)
        if self.choices:
            return json_values.choice_at(key, value, self.choices)
        text = json_values.text_at(key, value, longest=1000)
        return text if self.check is None else self.check(text)

    def _read_several(self, key: str, value: object) -> str:
        """Return the named choices in their own order, joined by commas; a list of them will do too."""
        if isinstance(value, str):
            given: Sequence[object] = [part.strip() for part in value.split(",") if part.strip()]
        elif isinstance(value, Sequence):
            given = value
        else:
            json_values.refuse(key, value, "any of " + ", ".join(self.choices))
        named = {json_values.choice_at(key, one, self.choices) for one in given}
        return ",".join(choice for choice in self.choices if choice in named)


def _limits(minimum: float, maximum: float, unit: str, label: str) -> dict[str, object]:
    return {"min": minimum, "max": maximum, "unit": unit, "label": label}


def _choice(choices: tuple[str, ...], label: str) -> dict[str, object]:
    return {"choices": choices, "label": label}


def _plain(label: str) -> dict[str, object]:
    return {"label": label}


def _several(choices: tuple[str, ...], label: str) -> dict[str, object]:
    return {"choices": choices, "several": True, "label": label}


def _checked(check: Callable[[str], str], label: str) -> dict[str, object]:
    return {"check": check, "label": label}


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything about a job that is neither the game nor the players. Immutable; every value is in range."""

    preset: str = field(default="fixed_wide", metadata=_choice(PRESETS, "Preset"))
    """The preset that the other values started from."""
    camera: str = field(default="fixed_wide", metadata=_choice(PRESETS, "Camera"))
    """How the game was filmed; says what identity may expect of the picture."""
    sample_rate: float = field(default=10.0, metadata=_limits(1, 30, "Hz", "Pictures looked at"))
    """Pictures a second of game time that are analysed."""
    quality: str = field(default="balanced", metadata=_choice(QUALITIES, "How closely to look"))
    """What is given up for speed: the size of the smallest people that are found."""
    analysis_width: int = field(default=0, metadata=_limits(0, 3840, "px", "Analysis width"))
    """Width that pictures are scaled to before players are looked for; 0 to choose it from the film."""
    min_score: float = field(default=0.3, metadata=_limits(0.05, 0.95, "", "Detection threshold"))
    """Detections below this score are not believed on their own."""
    detector: str = field(default="", metadata=_plain("Detector file"))
    """Path of an ONNX file to use in place of the program's own detector; empty for our own."""
    level: str = field(default="any", metadata=_choice(LEVELS, "Level of play"))
    """Says how long shifts usually are; for any level the two values that follow say it."""
    shift_mean: float = field(default=45.0, metadata=_limits(5, 600, "s", "Usual shift length"))
    shift_spread: float = field(default=25.0, metadata=_limits(1, 600, "s", "Spread of shift length"))
    """Standard deviation of a shift's length."""
    min_shift: float = field(default=5.0, metadata=_limits(0, 120, "s", "Shortest shift"))
    """Anything shorter is no shift, unless the person clicked in it."""
    merge_gap: float = field(default=1.5, metadata=_limits(0, 60, "s", "Join shifts closer than"))
    pre_roll: float = field(default=2.0, metadata=_limits(0, 60, "s", "Clip starts early by"))
    post_roll: float = field(default=2.0, metadata=_limits(0, 60, "s", "Clip ends late by"))
    cut_mode: str = field(default="exact", metadata=_choice(CUT_MODES, "How clips are cut"))
    encoder: str = field(default="auto", metadata=_choice(ENCODERS, "Encoder"))
    clip_names: str = field(default=CLIP_NAMES, metadata=_checked(checked_pattern, "Names of the clips"))
    """With the placeholders of `export.names` in place of what they stand for."""
    reel: bool = field(default=True, metadata=_plain("Join the clips into a reel"))
    files: str = field(default="", metadata=_several(tuple(FORMATS), "Files for other programs"))
    """Names of the formats that the report writes for other programs, with commas between them."""
    reel_crossfade: float = field(default=0.0, metadata=_limits(0, 2, "s", "Crossfade between clips"))
    """Seconds in which one clip of the reel turns into the next; 0 for plain cuts."""
    reel_cards: bool = field(default=False, metadata=_plain("Title and shift cards in the reel"))
    reel_shape: str = field(default="wide", metadata=_choice(REEL_SHAPES, "Shape of the reel"))
    spotlight: bool = field(default=False, metadata=_plain("Show who it is at the start of each clip"))
    """In the reel the picture stops where the player is first seen well, and a ring shows who it is."""
    overlay: bool = field(default=False, metadata=_plain("Draw a ring on the player"))
    """In the reel, for as long as the player is seen."""
    proxy: bool = field(default=True, metadata=_plain("Make a small copy for scrubbing"))

    specs: ClassVar[Mapping[str, SettingSpec]]
    """What is known about each setting, in the order of the fields."""

    def __post_init__(self) -> None:
        """Refuse a value out of range wherever it comes from."""
        for name, spec in Settings.specs.items():
            object.__setattr__(self, name, spec.read(name, getattr(self, name)))

    def changed(self, values: Mapping[str, object], *, where: str = "") -> "Settings":
        """Return a copy with some values replaced.

        Args:
            values: by name of the setting; any other name is refused.
            where: prefix of the key in error messages, such as `settings`.

        Raises:
            UserError: names the key, the value and what is allowed.
        """
        json_values.mapping_at(where, values, Settings.specs)
        read: dict[str, Any] = {
            name: Settings.specs[name].read(json_values.joined(where, name), value)
            for name, value in values.items()
        }
        return dataclasses.replace(self, **read)

    @property
    def reel_look(self) -> str:
        """All that is drawn into the reel, as one text: two reels of the same clips differ only with it."""
        return ",".join(
            [
                self.reel_shape,
                f"{self.reel_crossfade:g}",
                *(name for name in ("reel_cards", "spotlight", "overlay") if getattr(self, name)),
            ]
        )

    def as_json(self) -> dict[str, SettingValue]:
        """Return the values by name, ready for JSON."""
        return {name: getattr(self, name) for name in Settings.specs}


def _spec(declared: "dataclasses.Field[object]") -> SettingSpec:
    default = declared.default
    assert isinstance(default, bool | int | float | str)
    data = declared.metadata
    return SettingSpec(
        name=declared.name,
        kind=type(default),
        default=default,
        label=data["label"],
        minimum=data.get("min", 0),
        maximum=data.get("max", 0),
        unit=data.get("unit", ""),
        choices=data.get("choices", ()),
        several=data.get("several", False),
        check=data.get("check"),
    )


Settings.specs = {declared.name: _spec(declared) for declared in dataclasses.fields(Settings)}


@dataclass(frozen=True, slots=True)
class Preset:
    """A named starting point for the settings of one way of filming."""

    name: str
    title: str
    description: str
    settings: Settings


def load_preset(name: str) -> Preset:
    """Return a preset that ships with the program.

    Raises:
        UserError: no such preset.
    """
    return _shipped_preset(json_values.choice_at("preset", name, PRESETS))


@cache
def _shipped_preset(name: str) -> Preset:
    data = json.loads(resource_path("presets", f"{name}.json").read_text(encoding="utf-8"))
    settings = Settings(preset=name, camera=name).changed(data["settings"], where=f"preset {name}")
    return Preset(name, data["title"], data["description"], settings)


def settings_from_json(text: str) -> Settings:
    """Return settings as the database keeps them; a setting that did not exist then gets its preset's value.

    Raises:
        UserError: a value that this program does not allow.
    """
    values = json.loads(text)
    if not isinstance(values, dict):
        raise UserError("The settings of this job cannot be read; drop the video again.")
    known = {name: value for name, value in values.items() if name in Settings.specs}
    try:
        checked_pattern(str(known.get("clip_names", "")))
    except UserError:
        # An older program took any pattern; this job must still open.
        known["clip_names"] = CLIP_NAMES
    preset = known.get("preset", "fixed_wide")
    base = load_preset(preset).settings if preset in PRESETS else Settings()
    return base.changed(known, where="settings")
