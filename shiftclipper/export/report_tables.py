"""The report's numbers for other programs: as a table and as JSON."""

import csv
import io
from fractions import Fraction
from itertools import combinations
from typing import Any

from shiftclipper.export.report import Report, ReportPlayer, numbers_of, period_of, together
from shiftclipper.export.shifts_csv import harmless
from shiftclipper.export.words import confidence_word

COLUMNS = (
    "player",
    "number",
    "shift",
    "period",
    "start",
    "end",
    "length",
    "rest_before",
    "confidence",
    "sure",
    "by_hand",
    "clip",
)


def report_csv(report: Report) -> str:
    """Return a line for each shift of each player; times in seconds."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for player in report.players:
        rests = numbers_of(player, report).rests
        for number, (shift, rest) in enumerate(zip(player.shifts, rests, strict=True), 1):
            period = period_of(shift.start, report)
            writer.writerow(
                (
                    harmless(player.name),
                    harmless(player.number),
                    number,
                    "" if period is None else period,
                    *(f"{float(time):.3f}" for time in (shift.start, shift.end, shift.end - shift.start)),
                    "" if rest is None else f"{float(rest):.3f}",
                    f"{shift.confidence:.4f}",
                    confidence_word(shift.confidence),
                    shift.by_hand,
                    harmless(shift.clip or ""),
                )
            )
    return text.getvalue()


def report_json(report: Report) -> dict[str, Any]:
    """Return everything that stands in the report but pictures, ready for JSON; times in seconds."""
    return {
        "game": report.game,
        "date": report.date,
        "duration": _seconds(report.duration),
        "periods": [[_seconds(start), _seconds(end)] for start, end in report.periods],
        "reel": report.reel,
        "players": [_player(player, report) for player in report.players],
        "together": [
            {"players": [first, second], "seconds": _seconds(together(one, other))}
            for (first, one), (second, other) in combinations(enumerate(report.players), 2)
        ],
    }


def _player(player: ReportPlayer, report: Report) -> dict[str, Any]:
    numbers = numbers_of(player, report)
    return {
        "name": player.name,
        "number": player.number,
        "total_toi": _seconds(numbers.time_on_ice),
        "shift_count": numbers.count,
        "mean_shift": _seconds(numbers.mean),
        "longest_shift": _seconds(numbers.longest),
        "shortest_shift": _seconds(numbers.shortest),
        "mean_rest": _seconds(numbers.mean_rest),
        "toi_by_period": [_seconds(time) for time in numbers.by_period],
        "shifts_by_period": list(numbers.shifts_by_period),
        "set_by_hand": numbers.set_by_hand,
        "accepted_by_hand": numbers.accepted_by_hand,
        "rejected_by_hand": [[_seconds(start), _seconds(end)] for start, end in player.rejected],
        "shifts": [
            {
                "shift": number,
                "period": period_of(shift.start, report),
                "start": _seconds(shift.start),
                "end": _seconds(shift.end),
                "length": _seconds(shift.end - shift.start),
                "rest_before": _seconds(rest),
                "confidence": round(shift.confidence, 4),
                "sure": confidence_word(shift.confidence),
                "by_hand": shift.by_hand,
                "clip": shift.clip,
            }
            for number, (shift, rest) in enumerate(zip(player.shifts, numbers.rests, strict=True), 1)
        ],
    }


def _seconds(time: Fraction | None) -> float | None:
    return None if time is None else round(float(time), 6)
