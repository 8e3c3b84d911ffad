"""Which clips a job's shifts give: from the database alone, without opening a film."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from shiftclipper.export.clips import ClipPlan, ShiftToCut, plan_clips
from shiftclipper.export.names import checked_pattern
from shiftclipper.export.report import period_number
from shiftclipper.jobs.results import shown_shifts
from shiftclipper.jobs.rows import JobResults, PlayerRow


def file_label(player: PlayerRow) -> str:
    """Return what to call a player in a file name: `Sam 17`, or nothing when nothing is known."""
    return f"{player.name} {player.number}".strip()


def game_date(found: JobResults) -> str:
    """Return when the film was recorded, as yyyy-mm-dd; the day the job was made when nothing says more."""
    noted = (found.sources[0].probe or {}).get("recorded") if found.sources else None
    if isinstance(noted, str):
        return noted
    return datetime.fromtimestamp(found.job.created_at).astimezone().date().isoformat()


def preview_names(found: JobResults, pattern: str) -> list[str]:
    """Return the names that a pattern gives the clips of a job's shifts, in their order.

    Empty before ingest, as `clip_plans` is.

    Raises:
        UserError: the pattern holds placeholders that are not known; names them.
    """
    return [plan.file_name for plan in clip_plans(found, names=checked_pattern(pattern))]


def clip_plans(
    found: JobResults,
    duration: Fraction | None = None,
    breaks: Sequence[Fraction] | None = None,
    names: str | None = None,
) -> list[ClipPlan]:
    """Return the clips of all shifts of all players that the person did not reject.

    Args:
        found: everything about the job.
        duration: of the game in seconds, and `breaks` the game times at which a further file begins; as
            ingest wrote them when left out, and nothing is planned before ingest.
        names: pattern of the names; the job's own when left out.
    """
    if duration is None or breaks is None:
        durations = [source.duration for source in found.sources]
        starts = [source.start for source in found.sources]
        known = [length for length in durations if length is not None]
        if len(known) < len(durations):
            return []
        duration = sum(known, Fraction(0))
        breaks = [start for start in starts[1:] if start is not None]
    settings = found.setup.settings
    shifts = [
        ShiftToCut(
            number,
            row.start,
            row.end,
            file_label(player),
            id=row.id,
            jersey=player.number,
            period=period_number(row.start, found.setup.periods),
        )
        for player in found.players
        for number, row in enumerate(shown_shifts(found.shifts, player), 1)
    ]
    return plan_clips(
        shifts,
        duration=duration,
        pre_roll=Fraction(settings.pre_roll).limit_denominator(1000),
        post_roll=Fraction(settings.post_roll).limit_denominator(1000),
        breaks=breaks,
        names=settings.clip_names if names is None else names,
        game=found.job.title,
        date=game_date(found),
    )
