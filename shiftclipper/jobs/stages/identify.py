"""Stage `identify`: each player's shifts from the tracklets, the clicks and the regions. Decodes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from shiftclipper import identity
from shiftclipper.identity.several import solve_several
from shiftclipper.identity.spans import check_spans
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.kept_shifts import is_kept
from shiftclipper.jobs.rows import NewShift
from shiftclipper.jobs.setup import ClickKind
from shiftclipper.jobs.shift_rows import FoundShifts
from shiftclipper.jobs.stage import StageContext, fingerprint
from shiftclipper.jobs.stages.game import open_game
from shiftclipper.jobs.stages.identity_inputs import game_view, map_of_job, wanted_player

VERSION = 3
"""Raised when identity finds something else in the same tracklets."""


@dataclass(frozen=True, slots=True)
class Identify:
    """Solves all players of the setup; what surely is one of them is a `not` for the others."""

    name: str = "identify"
    weight: float = 1.0

    def input_hash(self, context: StageContext) -> str:
        """Depend on the tracklets and on everything the person said."""
        setup = context.setup()
        settings = setup.settings
        kept = [shift for shift in context.store.shifts(context.job_id) if is_kept(shift)]
        return fingerprint(
            VERSION,
            context.stage_hash("analyse"),
            setup.players,
            setup.opponent_color,
            setup.regions,
            setup.periods,
            [[shift.id, shift.player_id, shift.start, shift.end, shift.verdict] for shift in kept],
            [
                settings.camera,
                settings.shift_mean,
                settings.shift_spread,
                settings.min_shift,
                settings.merge_gap,
            ],
        )

    def outputs_exist(self, context: StageContext) -> bool:
        """Shifts are rows of the database: they are there."""
        return True

    def run(self, context: StageContext) -> Mapping[str, JsonValue]:
        """Solve every player, then write all; progress is in players.

        Raises:
            UserError: two things that the person said contradict each other; nothing was written then.
        """
        game = open_game(context.store, context.job_id)
        tracklets = context.store.tracklets(context.job_id)
        readings = context.store.number_readings(context.job_id)
        known = context.store.results(context.job_id)
        setup, rows = known.setup, known.players
        laid = map_of_job(context.store, context.job_id, game.size)
        view = game_view(setup, game.size, float(game.duration), laid)
        wanted = [
            wanted_player(setup, k, game.size, [shift for shift in known.shifts if shift.player_id == row.id])
            for k, row in enumerate(rows)
        ]
        for player in wanted:
            check_spans(player.constraints)

        def on_player(done: int, number: int) -> None:
            context.check()
            context.progress(done, len(wanted), f"Looking for {setup.players[number].label}")

        solutions = solve_several(tracklets, wanted, view, readings, on_player)
        seen = {one.id: (one.start, one.end) for one in tracklets}
        found = [
            FoundShifts(
                player_id=row.id,
                shifts=[_new_shift(shift) for shift in solution.shifts],
                least=Fraction(setup.settings.min_shift).limit_denominator(1000),
                clicks=[click.time for click in player.clicks_of(ClickKind.IS)],
                seen=seen,
            )
            for row, player, solution in zip(rows, setup.players, solutions, strict=True)
        ]
        context.check()
        context.run.replace_found(found)
        return {"tracklets": len(tracklets), "shifts": sum(len(one.shifts) for one in found)}


def _new_shift(shift: identity.FoundShift) -> NewShift:
    return NewShift(
        start=_microseconds(shift.start),
        end=_microseconds(shift.end),
        confidence=shift.confidence,
        start_reason=str(shift.start_reason),
        end_reason=str(shift.end_reason),
        evidence=tuple({"text": term.text, "log_odds": round(term.log_odds, 3)} for term in shift.evidence),
        tracklet_ids=shift.tracklet_ids,
    )


def _microseconds(seconds: float) -> Fraction:
    return Fraction(round(seconds * 1_000_000), 1_000_000)
