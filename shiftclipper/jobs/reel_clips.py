"""What the reel shows of each clip: its chapter, its cards, and where the player is."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from shiftclipper.export.clock_text import clock
from shiftclipper.export.reel import Card, ReelClip, ShiftCard, TitleCard
from shiftclipper.jobs.clip_plans import file_label
from shiftclipper.jobs.results import shown_shifts
from shiftclipper.jobs.rows import ClipRow, JobResults, PlayerRow, ShiftRow
from shiftclipper.tracklets import Tracklet

# By hand: the system's own names come in the system's language, in the middle of English cards.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def reel_clips(
    found: JobResults,
    clips: Sequence[ClipRow],
    tracklets: Sequence[Tracklet],
    day: date | None = None,
) -> list[ReelClip]:
    """Return the clips as a drawn reel needs them.

    Args:
        found: everything about the job.
        clips: in the order of the reel.
        tracklets: of everybody in the game.
        day: on which the game was recorded, when known.
    """
    shift_of = {shift.id: shift for shift in found.shifts}
    player_of = {player.id: player for player in found.players}
    number_of = _shift_numbers(found)
    by_id = {tracklet.id: tracklet for tracklet in tracklets}
    made: list[ReelClip] = []
    before: PlayerRow | None = None
    for place, (clip, title) in enumerate(zip(clips, chapter_titles(found, clips), strict=True), 1):
        shift = shift_of.get(clip.shift_id or 0)
        player = player_of.get(clip.player_id or 0)
        cards: list[Card] = []
        if found.setup.settings.reel_cards:
            if not made or player != before:
                cards.append(_title_card(found, player, day))
            cards.append(_shift_card(found, clip, shift, player, number_of.get(clip.shift_id or 0, place)))
        before = player
        made.append(
            ReelClip(
                clip.path,
                clip.start,
                title,
                tuple(cards),
                name="" if player is None else shown_name(player),
                tracklets=tuple(by_id[one] for one in shift.tracklet_ids if one in by_id) if shift else (),
                span=(float(shift.start), float(shift.end)) if shift else (0.0, 0.0),
                content=clip.sha256,
            )
        )
    return made


def shown_name(player: PlayerRow) -> str:
    """Return what a player is called in the picture: `Sam #17`, or nothing when nothing is known."""
    return " ".join(part for part in (player.name, player.number and f"#{player.number}") if part)


def shift_parts(found: JobResults) -> list[list[object]]:
    """Return what a drawn reel depends on of each shift."""
    return [[shift.id, shift.start, shift.end, list(shift.tracklet_ids)] for shift in found.shifts]


def chapter_titles(found: JobResults, clips: Sequence[ClipRow]) -> list[str]:
    """Return the title of each clip's chapter: who (when there are several), which shift, and when."""
    number_of = _shift_numbers(found)
    label_of = {player.id: f"{file_label(player)} " for player in found.players}
    several = len(found.players) > 1
    return [
        f"{label_of.get(clip.player_id or 0, '') if several else ''}"
        f"Shift {number_of.get(clip.shift_id or 0, place)}, {clock(clip.start)}"
        for place, clip in enumerate(clips, 1)
    ]


def period_clock(time: Fraction, periods: Sequence[tuple[Fraction, Fraction]]) -> str:
    """Return where in the game a moment is: `Period 2, 4:12`, or `4:12 into the film` without periods."""
    begun = [number for number, (start, _) in enumerate(periods, 1) if start <= time]
    if not begun:
        return f"{clock(time)} into the film"
    return f"Period {begun[-1]}, {clock(time - periods[begun[-1] - 1][0])}"


def _shift_numbers(found: JobResults) -> dict[int, int]:
    return {
        shift.id: number
        for player in found.players
        for number, shift in enumerate(shown_shifts(found.shifts, player), 1)
    }


def _title_card(found: JobResults, player: PlayerRow | None, day: date | None) -> TitleCard:
    return TitleCard(
        name="" if player is None else player.name,
        number="" if player is None else player.number,
        game=found.job.title,
        date="" if day is None else f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    )


def _shift_card(
    found: JobResults, clip: ClipRow, shift: ShiftRow | None, player: PlayerRow | None, number: int
) -> ShiftCard:
    start, end = (shift.start, shift.end) if shift else (clip.start, clip.end)
    return ShiftCard(
        number,
        period_clock(start, sorted(found.setup.periods)),
        clock(end - start),
        player="" if player is None or len(found.players) < 2 else shown_name(player),
    )
