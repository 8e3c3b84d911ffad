"""Which clips a job's shifts give: from the database alone, without opening a film."""

from collections.abc import Sequence
from fractions import Fraction

from shiftclipper.export.clips import ClipPlan, ShiftToCut, plan_clips
from shiftclipper.jobs.results import shown_shifts
from shiftclipper.jobs.rows import JobResults, PlayerRow


def file_label(player: PlayerRow) -> str:
    """Return what to call a player in a file name: `Sam 17`, or nothing when nothing is known."""
    return f"{player.name} {player.number}".strip()


def clip_plans(
    found: JobResults, duration: Fraction | None = None, breaks: Sequence[Fraction] | None = None
) -> list[ClipPlan]:
    """Return the clips of all shifts of all players that the person did not reject.

    Args:
        found: everything about the job.
        duration: of the game in seconds, and `breaks` the game times at which a further file begins; as
            ingest wrote them when left out, and nothing is planned before ingest.
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
        ShiftToCut(number, row.start, row.end, file_label(player), id=row.id)
        for player in found.players
        for number, row in enumerate(shown_shifts(found.shifts, player), 1)
    ]
    return plan_clips(
        shifts,
        duration=duration,
        pre_roll=Fraction(settings.pre_roll).limit_denominator(1000),
        post_roll=Fraction(settings.post_roll).limit_denominator(1000),
        breaks=breaks,
        names=settings.clip_names,
        game=found.job.title,
    )
