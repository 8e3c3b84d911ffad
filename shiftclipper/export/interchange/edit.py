"""A game's shifts as an edit: which stretch of which file, exactly. Every writer starts from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from shiftclipper.export.interchange.rates import frame_at
from shiftclipper.media.game import GameClock


@dataclass(frozen=True, slots=True)
class EditMedia:
    """One file of the game."""

    path: Path
    rate: Fraction
    """Frames per second by which it is counted; see `rates`."""
    duration: Fraction
    """Seconds."""
    size: tuple[int, int]
    """(width, height) in pixels, as displayed."""
    has_audio: bool
    first_frame: int = 0
    """Number of its first frame by its own timecode."""
    drop: bool = False
    """Whether its timecode leaves numbers out."""
    variable: bool = False
    """Whether its frames have no steady rate, so that `rate` is a grid laid over it."""

    @property
    def frames(self) -> int:
        """How many frames it has, by its rate; at least 1."""
        return max(1, round(self.duration * self.rate))

    def span(self, start: Fraction, end: Fraction) -> tuple[int, int]:
        """Return the first frame and the one after the last of source time [start, end); counted from 0."""
        last = min(frame_at(end, self.rate), self.frames)
        first = min(frame_at(start, self.rate), last - 1)
        return max(0, first), max(1, last)


@dataclass(frozen=True, slots=True)
class EditShift:
    """One shift and its clip, in seconds of game time."""

    number: int
    """Counted from 1 for each player."""
    start: Fraction
    end: Fraction
    clip_start: Fraction
    """Pre-roll included."""
    clip_end: Fraction
    confidence: float
    """0 to 1."""
    by_hand: bool
    """Whether the person set its times."""
    period: int | None = None
    """Counted from 1."""


@dataclass(frozen=True, slots=True)
class EditPlayer:
    """One player's shifts."""

    label: str
    """Such as `Sam 17`; never empty."""
    colour: str
    """Jersey colour as #rrggbb, or empty."""
    shifts: tuple[EditShift, ...]


@dataclass(frozen=True, slots=True)
class EditGame:
    """All of it."""

    title: str
    clock: GameClock
    media: tuple[EditMedia, ...]
    """In the order of the clock's sources."""
    players: tuple[EditPlayer, ...]


@dataclass(frozen=True, slots=True)
class EditCut:
    """One stretch of one file. A shift that crosses from one file to the next gives two."""

    media: int
    first: int
    """Frame counted from 0 at the file's rate."""
    last: int
    """The frame after its last one."""
    shift: EditShift
    label: str
    """Such as `Sam 17 shift 3`."""

    @property
    def frames(self) -> int:
        """Its length; at least 1."""
        return self.last - self.first


def cuts_of(game: EditGame, player: EditPlayer) -> list[EditCut]:
    """Return a player's clips in the order of time, as stretches of the files."""
    cuts = []
    for shift in player.shifts:
        for source, start, end in game.clock.ranges(shift.clip_start, shift.clip_end):
            first, last = game.media[source].span(start, end)
            cuts.append(EditCut(source, first, last, shift, f"{player.label} shift {shift.number}"))
    return cuts


def note_of(shift: EditShift, word: str) -> str:
    """Return what an editor should know of a shift; `word` says how sure it is."""
    if shift.by_hand:
        return "set by hand"
    return f"{word}, {shift.confidence:.0%}"


def sequence_rate(game: EditGame) -> Fraction:
    """Return the rate of a timeline that holds the clips: that of the first file."""
    return game.media[0].rate


def laid_out(cuts: Sequence[EditCut], game: EditGame) -> list[tuple[int, int]]:
    """Return first frame and length of each cut on a timeline on which they follow each other.

    In frames of `sequence_rate`; the whole timeline is never more than half a frame off, however many cuts
    of files with another rate there are.
    """
    rate = sequence_rate(game)
    places = []
    clock = Fraction(0)
    edge = 0
    for cut in cuts:
        clock += cut.frames / game.media[cut.media].rate
        end = max(edge + 1, round(clock * rate))
        places.append((edge, end - edge))
        edge = end
    return places
