"""What Review shows of a game, as plain values read from the database: one lane a player."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from shiftclipper.jobs.kept_shifts import is_kept
from shiftclipper.jobs.rows import PlayerRow, ShiftRow
from shiftclipper.jobs.setup import Click, Setup
from shiftclipper.jobs.store import Store
from shiftclipper.ui import words
from shiftclipper.ui.picture.overlay import player_colour

REJECTED = "rejected"
ACCEPTED = "accepted"
PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class Lane:
    """One player's part of the timeline."""

    player_id: int
    position: int
    """Among the players of the game, 0 for the first."""
    name: str
    colour: str
    """`#rrggbb`, the player's own in the picture too."""
    shifts: tuple[ShiftRow, ...]
    """By time; rejected ones too."""
    clicks: tuple[Click, ...]

    @property
    def kept(self) -> tuple[ShiftRow, ...]:
        """The shifts that count: those that were not rejected."""
        return tuple(shift for shift in self.shifts if shift.verdict != REJECTED)

    def beside(self, shift: ShiftRow) -> tuple[ShiftRow | None, ShiftRow | None]:
        """Return the counting shifts before and after one of this lane."""
        others = [other for other in self.kept if other.id != shift.id]
        before = [other for other in others if (other.start, other.id) < (shift.start, shift.id)]
        after = [other for other in others if (other.start, other.id) > (shift.start, shift.id)]
        return (before[-1] if before else None), (after[0] if after else None)

    def at(self, moment: Fraction) -> ShiftRow | None:
        """Return the counting shift that a moment lies in."""
        return next((shift for shift in self.kept if shift.start <= moment < shift.end), None)


@dataclass(frozen=True, slots=True)
class Lanes:
    """All that Review shows of one game. Times are seconds of game time."""

    job_id: str = ""
    duration: Fraction = Fraction(0)
    """0 before the film was read."""
    players: tuple[Lane, ...] = ()
    periods: tuple[tuple[Fraction, Fraction], ...] = ()

    @property
    def shifts(self) -> Iterator[ShiftRow]:
        """All shifts, player by player."""
        return (shift for lane in self.players for shift in lane.shifts)

    def shift(self, shift_id: int | None) -> ShiftRow | None:
        """Return a shift by its id, or None."""
        return next((shift for shift in self.shifts if shift.id == shift_id), None)

    def lane_of(self, shift: ShiftRow) -> Lane:
        """Return the lane that a shift lies in."""
        return next(lane for lane in self.players if lane.player_id == shift.player_id)

    def to_check(self) -> list[ShiftRow]:
        """Return the shifts that nobody judged and that are not sure, by time."""
        doubtful = (shift for shift in self.shifts if is_doubtful(shift))
        return sorted(doubtful, key=lambda shift: (shift.start, shift.id))

    @property
    def time_on_ice(self) -> Fraction:
        """Seconds, of all players."""
        return sum((shift.end - shift.start for lane in self.players for shift in lane.kept), Fraction(0))

    @property
    def shift_count(self) -> int:
        """How many shifts count."""
        return sum(len(lane.kept) for lane in self.players)


def is_doubtful(shift: ShiftRow) -> bool:
    """Say whether a shift still wants to be looked at."""
    return not is_kept(shift) and words.certainty(shift.confidence)[0] != "sure"


def read_lanes(store: Store, job_id: str) -> Lanes:
    """Read what Review shows of a game.

    Raises:
        UserError: there is no such job.
    """
    found = store.results(job_id)
    lengths = [source.duration for source in found.sources]
    known = [length for length in lengths if length is not None]
    duration = sum(known, Fraction(0)) if len(known) == len(lengths) else Fraction(0)
    return Lanes(
        job_id,
        duration,
        tuple(_lane(player, found.setup, found.shifts) for player in found.players),
        found.setup.periods,
    )


def _lane(player: PlayerRow, setup: Setup, shifts: Sequence[ShiftRow]) -> Lane:
    own = sorted(
        (shift for shift in shifts if shift.player_id == player.id),
        key=lambda shift: (shift.start, shift.id),
    )
    said = setup.players[player.position].clicks if player.position < len(setup.players) else ()
    return Lane(
        player.id,
        player.position,
        words.player_words(player),
        player_colour(player.position),
        tuple(own),
        tuple(sorted(said, key=lambda click: click.time)),
    )
