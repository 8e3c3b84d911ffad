"""The report's charts as inline SVG: shifts over the game, as high as they are long, and the line-up."""

from fractions import Fraction
from html import escape

from shiftclipper.export.clock_text import clock
from shiftclipper.export.report import PlayerNumbers, Report, ReportPlayer, ReportShift
from shiftclipper.export.report_words import ticks
from shiftclipper.export.words import confidence_word, plain_text

WIDTH = 1000.0
LEFT = 44.0
LINEUP_LEFT = 150.0
TOP = 18.0
HIGH = 96.0
ROW = 24.0


def shift_chart(player: ReportPlayer, report: Report, numbers: PlayerNumbers) -> str:
    """Return a player's shifts over the game: a bar each, as wide and as high as it is long."""
    if not player.shifts or report.duration <= 0 or numbers.longest is None:
        return ""
    most = top_of_scale(numbers.longest)
    bottom = TOP + HIGH
    parts = [_periods(report, LEFT, bottom), _time_axis(report, LEFT, bottom)]
    step = 30 if most <= 120 else 60 * max(1, -(-most // 240))
    for second in range(step, most + 1, step):
        y = bottom - HIGH * second / most
        parts.append(f'<line class="grid" x1="{LEFT:.0f}" x2="{WIDTH:.0f}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text x="{LEFT - 6:.0f}" y="{y + 4:.1f}" text-anchor="end">{clock(second)}</text>')
    for number, shift in enumerate(player.shifts, 1):
        high = HIGH * min(1.0, float(shift.end - shift.start) / most)
        parts.append(_bar(shift, report, f"Shift {number}", LEFT, bottom - high, high))
    if numbers.mean is not None and numbers.count > 1:
        y = bottom - HIGH * float(numbers.mean) / most
        parts.append(f'<line class="mean" x1="{LEFT:.0f}" x2="{WIDTH:.0f}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(
            f'<text class="mean" x="{WIDTH - 2:.0f}" y="{y - 4:.1f}" text-anchor="end">'
            f"mean {clock(numbers.mean)}</text>"
        )
    return _svg(parts, bottom + 22, "Shifts over the game, as high as they are long")


def lineup_chart(report: Report) -> str:
    """Return everybody's shifts over the game, a row for each player."""
    if report.duration <= 0:
        return ""
    bottom = TOP + ROW * len(report.players)
    parts = [_periods(report, LINEUP_LEFT, bottom), _time_axis(report, LINEUP_LEFT, bottom)]
    for place, player in enumerate(report.players):
        y = TOP + ROW * place
        name = escape(plain_text(player.title[:22]))
        parts.append(f'<text class="name" x="0" y="{y + 16:.0f}">{name}</text>')
        parts += [
            _bar(shift, report, f"{player.title}, shift {number}", LINEUP_LEFT, y + 4, ROW - 8)
            for number, shift in enumerate(player.shifts, 1)
        ]
        edge = y + ROW
        parts.append(f'<line class="grid" x1="0" x2="{WIDTH:.0f}" y1="{edge:.0f}" y2="{edge:.0f}"/>')
    return _svg(parts, bottom + 22, "Everybody's shifts over the game")


def top_of_scale(longest: Fraction) -> int:
    """Return the length in whole seconds that the height of the chart stands for."""
    return max(30, int(-(-longest // 30) * 30))


def _place(time: Fraction, report: Report, left: float) -> float:
    share = min(1.0, max(0.0, float(time / report.duration)))
    return left + (WIDTH - left) * share


def _bar(shift: ReportShift, report: Report, title: str, left: float, y: float, high: float) -> str:
    x = _place(shift.start, report, left)
    wide = max(1.5, _place(shift.end, report, left) - x)
    word = confidence_word(shift.confidence)
    told = f"{title}: {clock(shift.start)} to {clock(shift.end)}, {clock(shift.end - shift.start)}, {word}"
    return (
        f'<rect class="{word.split()[0]}" x="{x:.2f}" y="{y:.1f}" width="{wide:.2f}" height="{high:.1f}">'
        f"<title>{escape(plain_text(told))}</title></rect>"
    )


def _periods(report: Report, left: float, bottom: float) -> str:
    parts = []
    for number, (start, end) in enumerate(report.periods, 1):
        x = _place(start, report, left)
        wide = _place(end, report, left) - x
        parts.append(
            f'<rect class="period" x="{x:.1f}" y="{TOP:.0f}" width="{wide:.1f}" '
            f'height="{bottom - TOP:.1f}"/><text x="{x + wide / 2:.1f}" y="{TOP - 6:.0f}" '
            f'text-anchor="middle">Period {number}</text>'
        )
    return "".join(parts)


def _time_axis(report: Report, left: float, bottom: float) -> str:
    parts = [f'<line class="axis" x1="{left:.0f}" x2="{WIDTH:.0f}" y1="{bottom:.1f}" y2="{bottom:.1f}"/>']
    for time in ticks(report.duration):
        x = _place(time, report, left)
        anchor = "end" if x > WIDTH - 16 else "middle" if time else "start"
        parts.append(
            f'<line class="axis" x1="{x:.1f}" x2="{x:.1f}" y1="{bottom:.1f}" y2="{bottom + 4:.1f}"/>'
            f'<text x="{x:.1f}" y="{bottom + 17:.1f}" text-anchor="{anchor}">{clock(time)}</text>'
        )
    return "".join(parts)


def _svg(parts: list[str], high: float, label: str) -> str:
    return (
        f'<div class="wide"><svg viewBox="0 0 {WIDTH:.0f} {high:.0f}" role="img" '
        f'aria-label="{escape(label)}">{"".join(parts)}</svg></div>'
    )
