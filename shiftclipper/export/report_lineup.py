"""The coach's page as data: everybody's figures side by side, and who was on the ice with whom."""

from dataclasses import dataclass
from fractions import Fraction

from shiftclipper.export.clock_text import clock
from shiftclipper.export.report import Report, ReportPlayer, numbers_of, together


@dataclass(frozen=True, slots=True)
class Lineup:
    """A table for each player, and a matrix of pairs."""

    players: tuple[ReportPlayer, ...]
    heads: tuple[str, ...]
    """Of the table, that of the players included."""
    rows: tuple[tuple[str, ...], ...]
    """Cells of each player, the name not included."""
    short: tuple[str, ...]
    """A short name of each player, for the head of a narrow column: the number where there is one."""
    shared: tuple[tuple[Fraction, ...], ...]
    """Seconds on the ice together, by player and player; a player with himself is his time on ice."""

    def share(self, one: int, other: int) -> float:
        """Return the share of the first player's time on ice that the other was on too, 0 to 1."""
        own = self.shared[one][one]
        return float(self.shared[one][other] / own) if own else 0.0


def lineup_of(report: Report) -> Lineup:
    """Return the coach's page of a report."""
    players = report.players
    periods = range(1, len(report.periods) + 1)
    rows = []
    for player in players:
        numbers = numbers_of(player, report)
        times = (numbers.mean, numbers.longest, numbers.mean_rest)
        rows.append(
            (
                clock(numbers.time_on_ice),
                str(numbers.count),
                *("" if time is None else clock(time) for time in times),
                *(clock(time) for time in numbers.by_period),
            )
        )
    return Lineup(
        players=players,
        heads=(
            "Player",
            "Time on ice",
            "Shifts",
            "Mean shift",
            "Longest",
            "Mean rest",
            *(f"Period {number}" for number in periods),
        ),
        rows=tuple(rows),
        short=tuple(f"#{player.number}" if player.number else player.name[:8] or "?" for player in players),
        shared=tuple(
            tuple(
                numbers_of(one, report).time_on_ice if one is other else together(one, other)
                for other in players
            )
            for one in players
        ),
    )
