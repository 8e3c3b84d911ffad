"""What a person says about a game: players with their clicks, regions, periods and settings."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from shiftclipper.errors import UserError
from shiftclipper.jobs.settings import Settings

Point = tuple[float, float]
"""x, y in 0..1 of the displayed picture."""
Polygon = tuple[Point, ...]
"""At least three corners; the last is joined to the first."""

SAME_MOMENT = Fraction(1, 50)
"""Seconds; two clicks nearer than this are on one picture."""
SAME_PLACE = 0.01
"""Share of the picture; two clicks on one picture nearer than this are on one person."""
OTHER_PLACE = 0.15
"""Share of the picture; two clicks on one picture farther apart than this cannot be on one person."""


class ClickKind(StrEnum):
    """What a click says."""

    IS = "is"
    """This is the player."""
    IS_NOT = "is_not"
    """This is someone else."""
    OFF_ICE = "off_ice"
    """The player is surely off the ice now; has no place."""


@dataclass(frozen=True, slots=True)
class Click:
    """One mark of the person."""

    time: Fraction
    """Seconds of game time."""
    kind: ClickKind
    x: float | None = None
    y: float | None = None
    """0..1 of the displayed picture; None exactly when the kind is OFF_ICE."""


@dataclass(frozen=True, slots=True)
class PlayerSetup:
    """One player whose shifts are wanted."""

    name: str = ""
    number: str = ""
    jersey_color: str | None = None
    """`#rrggbb`."""
    clicks: tuple[Click, ...] = ()

    def clicks_of(self, kind: ClickKind) -> tuple[Click, ...]:
        """Return the clicks of one kind, in their order."""
        return tuple(click for click in self.clicks if click.kind is kind)

    @property
    def label(self) -> str:
        """What to call the player in a sentence or a file name."""
        return self.name or (f"number {self.number}" if self.number else "the player")


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """Somebody who may be on the ice, by the number on the jersey."""

    number: str
    """One or two digits, as printed."""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Regions:
    """Parts of the picture that the person drew."""

    rink: Polygon | None = None
    bench: tuple[Polygon, ...] = ()
    penalty: tuple[Polygon, ...] = ()


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything the person says about one game."""

    settings: Settings = field(default_factory=Settings)
    players: tuple[PlayerSetup, ...] = ()
    opponent_color: str | None = None
    """`#rrggbb`."""
    regions: Regions = Regions()
    periods: tuple[tuple[Fraction, Fraction], ...] = ()
    """Start and end of each, in seconds of game time; play counts only inside. Empty: all of the film."""
    roster: tuple[RosterEntry, ...] = ()
    """Who plays in the players' team, as far as the person knows: gives names to numbers that were read."""
    ignored: tuple[str, ...] = ()
    """Keys of an old server's setup that mean nothing here; only to be told to the person once."""
    stages: tuple[str, ...] | None = None
    """The stages that an old setup asks for (its verify mode cut no clips); None for all."""


def check_against(setup: Setup, duration: Fraction) -> None:
    """Check what can only be checked when the film is known.

    Args:
        setup: what the person said.
        duration: of the whole game, in seconds.

    Raises:
        UserError: names the click or the period that lies outside the film, or the two clicks that contradict
            each other.
    """
    for number, player in enumerate(setup.players):
        for click in player.clicks:
            if not 0 <= click.time < duration:
                raise UserError(
                    f"The {_words(click)} of {_who(setup, number)} at {_seconds(click.time)} lies outside "
                    f"the film, which is {_seconds(duration)} long; remove it or correct its time."
                )
        _check_one_player(setup, number)
    for start, end in setup.periods:
        if start >= duration:
            raise UserError(
                f"The period from {_seconds(start)} to {_seconds(end)} begins after the end of the "
                f"film, which is {_seconds(duration)} long; remove it or correct its times."
            )
    _check_between_players(setup)


def _check_one_player(setup: Setup, number: int) -> None:
    clicks = sorted(setup.players[number].clicks, key=lambda click: click.time)
    for first, second in _on_one_picture(clicks):
        kinds = {first.kind, second.kind}
        apart = _distance(first, second)
        clash = (
            kinds == {ClickKind.IS, ClickKind.OFF_ICE}
            or (kinds == {ClickKind.IS, ClickKind.IS_NOT} and apart < SAME_PLACE)
            or (kinds == {ClickKind.IS} and apart > OTHER_PLACE)
        )
        if clash:
            raise UserError(
                f"The {_words(first)} at {_seconds(first.time)} and the {_words(second)} at "
                f"{_seconds(second.time)} of {_who(setup, number)} contradict each other; remove one of them."
            )


def _check_between_players(setup: Setup) -> None:
    owned = [
        (click, number)
        for number, player in enumerate(setup.players)
        for click in player.clicks_of(ClickKind.IS)
    ]
    owned.sort(key=lambda pair: pair[0].time)
    owner = {id(click): number for click, number in owned}
    for first, second in _on_one_picture([click for click, _ in owned]):
        one, other = owner[id(first)], owner[id(second)]
        if one != other and _distance(first, second) < SAME_PLACE:
            raise UserError(
                f"The clicks at {_seconds(first.time)} and {_seconds(second.time)} are on the same person "
                f"but name {_who(setup, one)} and {_who(setup, other)}; remove one of them."
            )


def _on_one_picture(clicks: Sequence[Click]) -> list[tuple[Click, Click]]:
    """Return the pairs that are on the same picture, of clicks sorted by time."""
    pairs = []
    for index, first in enumerate(clicks):
        for second in clicks[index + 1 :]:
            if second.time - first.time >= SAME_MOMENT:
                break
            pairs.append((first, second))
    return pairs


def _distance(first: Click, second: Click) -> float:
    if first.x is None or first.y is None or second.x is None or second.y is None:
        return 0.0
    return math.hypot(first.x - second.x, first.y - second.y)


def _words(click: Click) -> str:
    return {
        ClickKind.IS: "click",
        ClickKind.IS_NOT: '"not" click',
        ClickKind.OFF_ICE: "off-ice mark",
    }[click.kind]


def _who(setup: Setup, number: int) -> str:
    player = setup.players[number]
    if player.name or player.number or len(setup.players) == 1:
        return player.label
    return f"player {number + 1}"


def _seconds(time: Fraction) -> str:
    return f"{float(time):.3f}".rstrip("0").rstrip(".") + " s"
