"""What goes into identifying a player and what comes out: plain dataclasses of numbers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from shiftclipper.errors import UserError
from shiftclipper.remarks import Remark

Point: TypeAlias = tuple[float, float]
Polygon: TypeAlias = tuple[Point, ...]
RGB: TypeAlias = tuple[int, int, int]
Check: TypeAlias = Callable[[], None]
"""Called every few hundredths of a second while something is worked out; stops it by raising."""


def never_stop() -> None:
    """Let what is worked out come to its end."""


class ContradictoryConstraints(UserError):
    """Two marks of the person cannot both be true."""

    def __init__(self, message: str, moments: tuple[float, float]) -> None:
        """Keep the two moments (seconds of game time) beside the message."""
        super().__init__(message)
        self.moments = moments


class Camera(StrEnum):
    """How the game was filmed; decides how often somebody on the ice is out of the picture."""

    FIXED_WIDE = "fixed_wide"
    PANNING = "panning"
    BROADCAST = "broadcast"
    PHONE = "phone"


class Reason(StrEnum):
    """Why a shift begins or ends where it does."""

    GATE = "gate"
    """Through the door of a bench."""
    PICTURE_EDGE = "edge of picture"
    """Over the edge of the picture, and not seen again soon enough to be the same shift."""
    LOST = "lost"
    """Out of sight in the middle of the picture: the true moment may be another."""
    MARK = "mark"
    """At a mark of the person: surely off the ice from here."""
    PERIOD = "period"
    """Where the period begins or ends."""
    VIDEO = "video"
    """Where the video begins or ends."""


@dataclass(frozen=True, slots=True)
class Click:
    """A place in the picture at a moment."""

    time: float
    """Seconds of game time."""
    x: float
    """Pixels from the left of the displayed picture at that moment."""
    y: float
    """Pixels from the top of the displayed picture at that moment."""


@dataclass(frozen=True, slots=True)
class Constraints:
    """What the person knows for sure."""

    clicks: tuple[Click, ...] = ()
    """This is the player."""
    nots: tuple[Click, ...] = ()
    """This is somebody else."""
    off_ice: tuple[float, ...] = ()
    """Seconds of game time at which the player is surely off the ice."""
    on_ice: tuple[tuple[float, float], ...] = ()
    """Start and end in seconds of game time of shifts that the person made or accepted: the player is on
    the ice, wherever. They overlap neither each other nor `off_spans`."""
    off_spans: tuple[tuple[float, float], ...] = ()
    """Start and end in seconds of game time of shifts that the person rejected: the player is off the ice."""


@dataclass(frozen=True, slots=True)
class GameView:
    """The picture, the film's length, and the regions drawn in it.

    Polygons are in pixels of the first scene's stabilised picture, as the feet of tracklets are.
    """

    size: tuple[int, int]
    """Width and height of the displayed picture in pixels."""
    duration: float
    """Seconds of game time."""
    rink: Polygon | None = None
    """Outline of the ice."""
    benches: tuple[Polygon, ...] = ()
    """Players' benches with their doors: nobody inside is on the ice."""
    penalty_boxes: tuple[Polygon, ...] = ()
    """As the benches, for penalties."""
    doors: tuple[Polygon, ...] = ()
    """Where people seem to step on and off, where no bench was drawn; who is inside may be on the ice."""
    periods: tuple[tuple[float, float], ...] = ()
    """Start and end of play in seconds of game time; empty when all of the film counts."""

    @property
    def gates(self) -> tuple[Polygon, ...]:
        """Return everywhere that people step off the ice and on it."""
        return (*self.benches, *self.penalty_boxes, *self.doors)


_UNSEEN_COST = {Camera.FIXED_WIDE: 0.8, Camera.PANNING: 0.1, Camera.BROADCAST: 0.1, Camera.PHONE: 0.2}


@dataclass(frozen=True, slots=True)
class Rules:
    """What is known about such games before looking at this one."""

    camera: Camera = Camera.FIXED_WIDE
    jersey_color: RGB | None = None
    """The player's jersey as 0..255 red, green, blue; learned from the clicks when not given."""
    opponent_color: RGB | None = None
    """The other team's jersey, likewise."""
    number: str = ""
    """On the player's jersey, one or two digits; learned from the clicks when not given."""
    roster: tuple[str, ...] = ()
    """The numbers of everybody on the ice, when that is known."""
    shift_mean: float = 45.0
    """Seconds; how long a shift is on average."""
    shift_spread: float = 25.0
    """Seconds; standard deviation of a shift's length."""
    min_shift: float = 5.0
    """Seconds; anything shorter is no shift, unless the person clicked in it."""
    merge_gap: float = 1.5
    """Seconds; two shifts that are nearer than this are one."""
    unseen_cost: float | None = None
    """Nats a second for being on the ice and not in the picture; None takes the camera's."""

    @property
    def unseen_cost_per_second(self) -> float:
        """Return the cost in force."""
        return _UNSEEN_COST[Camera(self.camera)] if self.unseen_cost is None else self.unseen_cost


@dataclass(frozen=True, slots=True)
class EvidenceTerm:
    """One reason to believe or doubt a shift."""

    remark: Remark
    log_odds: float
    """Nats for (positive) or against (negative); 0 for a fact that is only told."""


@dataclass(frozen=True, slots=True)
class FoundShift:
    """One stay of the player on the ice, as far as can be told."""

    start: float
    """Seconds of game time at which the player steps on the ice."""
    end: float
    """Seconds of game time at which the player leaves it; `end > start`."""
    confidence: float
    """Probability, 0 to 1, that all of it is this player; capped by identity evidence."""
    start_reason: Reason
    end_reason: Reason
    evidence: tuple[EvidenceTerm, ...]
    tracklet_ids: tuple[int, ...]
    """The tracklets that the player's path takes within the shift, in time order."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Marks that could be obeyed only by doubting the pictures; worth showing to the person."""

    moments: tuple[float, ...]
    """Seconds of game time of the marks concerned."""
    remark: Remark


@dataclass(frozen=True, slots=True)
class Solution:
    """Everything found about one player."""

    shifts: tuple[FoundShift, ...] = ()
    path: tuple[int, ...] = ()
    """Ids of the tracklets on the player's path, in time order."""
    marginals: dict[int, float] = field(default_factory=dict)
    """Tracklet id -> probability that all of it is the player; tracklets below 0.001 are left out."""
    conflicts: tuple[Conflict, ...] = ()
