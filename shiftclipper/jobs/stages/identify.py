"""Stage `identify`: each player's shifts from the tracklets, the clicks and the regions. Decodes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from shiftclipper import identity
from shiftclipper.identity.several import Wanted, solve_several
from shiftclipper.identity.spans import check_spans
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.kept_remarks import kept_evidence
from shiftclipper.jobs.notes import noted
from shiftclipper.jobs.rows import NewShift
from shiftclipper.jobs.setup import ClickKind, PlayerSetup
from shiftclipper.jobs.shift_rows import FoundShifts
from shiftclipper.jobs.solved_shifts import SolveInputs
from shiftclipper.jobs.stage import StageContext, fingerprint
from shiftclipper.jobs.stages.game import picture_of
from shiftclipper.jobs.stages.identity_inputs import game_view, map_of_job, wanted_player
from shiftclipper.remarks import Remark
from shiftclipper.tracklets import Tracklet

VERSION = 7
"""Raised when identity finds something else in the same tracklets."""


@dataclass(frozen=True, slots=True)
class Identify:
    """Solves all players of the setup; what surely is one of them is a `not` for the others."""

    name: str = "identify"
    weight: float = 1.0

    def input_hash(self, context: StageContext) -> str:
        """Depend on the tracklets and on everything the person said."""
        return identity_hash(context.store.solved_shifts.inputs(context.job_id))

    def outputs_exist(self, context: StageContext) -> bool:
        """Shifts are rows of the database: they are there."""
        return True

    def run(self, context: StageContext) -> Mapping[str, JsonValue]:
        """Solve every player, then write all; progress is in players.

        Raises:
            UserError: two things that the person said contradict each other; nothing was written then.
        """
        picture = picture_of(context.store, context.job_id)
        tracklets = context.store.tracklets(context.job_id)
        readings = context.store.number_readings(context.job_id)
        inputs = context.store.solved_shifts.inputs(context.job_id)
        laid = map_of_job(context.store, context.job_id, picture.size)
        view = game_view(inputs.setup, picture.size, float(picture.duration), laid)
        wanted = wanted_players(inputs, picture.size)

        def on_player(done: int, number: int) -> None:
            context.check()
            said = f"Looking for {inputs.setup.players[number].label}"
            context.progress(done, len(wanted), said)

        solutions = solve_several(tracklets, wanted, view, readings, on_player)
        found = found_shifts(inputs, solutions, spans_of(tracklets))
        context.check()
        context.run.replace_found(found)
        return figures(tracklets, found, notes(inputs, solutions))


def identity_hash(inputs: SolveInputs) -> str:
    """Return a hash of everything that the shifts depend on."""
    setup = inputs.setup
    settings = setup.settings
    return fingerprint(
        VERSION,
        inputs.stages["analyse"].input_hash,
        setup.players,
        setup.opponent_color,
        setup.regions,
        setup.periods,
        [[shift.id, shift.player_id, shift.start, shift.end, shift.verdict] for shift in inputs.kept],
        [
            settings.camera,
            settings.level,
            settings.shift_mean,
            settings.shift_spread,
            settings.min_shift,
            settings.merge_gap,
        ],
    )


def wanted_players(inputs: SolveInputs, size: tuple[int, int]) -> list[Wanted]:
    """Return what is known of each player, for a picture of that size in pixels.

    Raises:
        UserError: two things that the person said of one of them contradict each other.
    """
    wanted = [
        wanted_player(inputs.setup, number, size, inputs.kept_of(row))
        for number, row in enumerate(inputs.players)
    ]
    for player in wanted:
        check_spans(player.constraints)
    return wanted


def spans_of(tracklets: Sequence[Tracklet]) -> dict[int, tuple[float, float]]:
    """Return first and last time of each tracklet by id."""
    return {one.id: (one.start, one.end) for one in tracklets}


def found_shifts(
    inputs: SolveInputs,
    solutions: Sequence[identity.Solution],
    seen: Mapping[int, tuple[float, float]],
) -> list[FoundShifts]:
    """Return what is to be written of each player's solution; `seen` are the spans of the tracklets."""
    return [
        FoundShifts(
            player_id=row.id,
            # A click where nobody is seen around it may leave a single moment; `notes` tells of it.
            shifts=[new for new in map(_new_shift, solution.shifts) if new.start < new.end],
            least=Fraction(inputs.setup.settings.min_shift).limit_denominator(1000),
            clicks=[click.time for click in player.clicks_of(ClickKind.IS)],
            seen=seen,
        )
        for row, player, solution in zip(inputs.players, inputs.setup.players, solutions, strict=True)
    ]


def figures(
    tracklets: Sequence[Tracklet], found: Sequence[FoundShifts], told: Sequence[Remark] = ()
) -> dict[str, JsonValue]:
    """Return the measures of the stage, with what is to be told of it."""
    shifts = sum(len(one.shifts) for one in found)
    return {"tracklets": len(tracklets), "shifts": shifts} | noted(told)


def notes(inputs: SolveInputs, solutions: Sequence[identity.Solution]) -> list[Remark]:
    """Return what the person said that could not be followed."""
    told: list[Remark] = []
    for player, solution in zip(inputs.setup.players, solutions, strict=True):
        if not player.clicks_of(ClickKind.IS):
            # A number alone is read on too few backs to begin with.
            told.append(_never_clicked(player))
        told += [conflict.remark for conflict in solution.conflicts]
    return told


def _never_clicked(player: PlayerSetup) -> Remark:
    if player.name:
        return Remark("never-clicked", {"player": player.name[:1].upper() + player.name[1:]})
    return (
        Remark("number-never-clicked", {"number": player.number})
        if player.number
        else Remark("nobody-clicked")
    )


def _new_shift(shift: identity.FoundShift) -> NewShift:
    return NewShift(
        start=_microseconds(shift.start),
        end=_microseconds(shift.end),
        confidence=shift.confidence,
        start_reason=str(shift.start_reason),
        end_reason=str(shift.end_reason),
        evidence=tuple(kept_evidence(term.remark, round(term.log_odds, 3)) for term in shift.evidence),
        tracklet_ids=shift.tracklet_ids,
    )


def _microseconds(seconds: float) -> Fraction:
    return Fraction(round(seconds * 1_000_000), 1_000_000)
