"""The time-on-ice report: one self-contained page, ready to print or send."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from urllib.parse import quote

from shiftclipper.export.clock_text import clock
from shiftclipper.export.words import confidence_word


@dataclass(frozen=True, slots=True)
class ReportShift:
    """One line of the report."""

    start: Fraction
    """Seconds of game time."""
    end: Fraction
    """Seconds of game time."""
    confidence: float
    start_reason: str
    end_reason: str
    evidence: tuple[str, ...] = ()
    """Why the program believes this shift, in words."""
    clip: str | None = None
    """File name of the clip, relative to the report."""


@dataclass(frozen=True, slots=True)
class ReportPlayer:
    """One player of the report."""

    name: str
    number: str
    colour: str
    """Jersey colour as #rrggbb, or an empty text."""
    shifts: tuple[ReportShift, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All that stands in the report."""

    game: str
    """Title of the game."""
    duration: Fraction
    """Of the film, in seconds."""
    players: tuple[ReportPlayer, ...]
    periods: tuple[tuple[Fraction, Fraction], ...] = ()
    reel: str | None = None
    """File name of the reel, relative to the report."""


def time_on_ice(shifts: Sequence[ReportShift]) -> Fraction:
    """Return the sum of the shifts' lengths, in seconds."""
    return sum((shift.end - shift.start for shift in shifts), Fraction(0))


def render_report(report: Report) -> str:
    """Return the report as one HTML page without any outside file but the clips it links to."""
    reel = ""
    if report.reel:
        reel = f'<p><a class="reel" href="{quote(report.reel)}">Watch the reel</a></p>'
    players = "\n".join(_player(player, report) for player in report.players)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Time on ice: {escape(report.game)}</title>
<style>{_STYLE}</style></head>
<body><main>
<header><h1>{escape(report.game)}</h1>
<p class="quiet">Film of {clock(report.duration)}. Times are counted from the start of the film.</p></header>
{reel}
{players}
<footer class="quiet">Made with ShiftClipper. A filled dot is sure, a half dot probable,
an open dot asks to be checked.</footer>
</main></body></html>
"""


def _player(player: ReportPlayer, report: Report) -> str:
    total = time_on_ice(player.shifts)
    count = len(player.shifts)
    lengths = [shift.end - shift.start for shift in player.shifts]
    title = escape(" ".join(part for part in (player.name, _hash(player.number)) if part) or "Player")
    facts = [("Time on ice", clock(total)), ("Shifts", str(count))]
    if lengths:
        facts += [("Mean shift", clock(total / count)), ("Longest", clock(max(lengths)))]
    for number, (start, end) in enumerate(report.periods, 1):
        inside = sum(
            (max(Fraction(0), min(end, s.end) - max(start, s.start)) for s in player.shifts), Fraction(0)
        )
        facts.append((f"Period {number}", clock(inside)))
    cards = "".join(f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in facts)
    swatch = f'<i class="swatch" style="background:{escape(player.colour)}"></i>' if player.colour else ""
    rows = "\n".join(_row(number, player.shifts, number - 1) for number in range(1, count + 1))
    table = (
        "<table><thead><tr><th>Shift</th><th>On</th><th>Off</th><th>Length</th><th>Rest before</th>"
        f"<th>How sure</th><th>Began, ended</th><th>Clip</th></tr></thead><tbody>{rows}</tbody></table>"
        if count
        else "<p>No shift of this player was found. Click on the player in one more moment and run again.</p>"
    )
    return (
        f"<section><h2>{swatch}{title}</h2><dl>{cards}</dl>{_chart(player, report.duration)}{table}</section>"
    )


def _hash(number: str) -> str:
    return f"#{number}" if number else ""


def _row(number: int, shifts: Sequence[ReportShift], index: int) -> str:
    shift = shifts[index]
    rest = clock(shift.start - shifts[index - 1].end) if index else ""
    word = confidence_word(shift.confidence)
    why = escape("; ".join(shift.evidence))
    clip = f'<a href="{quote(shift.clip)}">play</a>' if shift.clip else ""
    return (
        f"<tr><td>{number}</td><td>{clock(shift.start)}</td><td>{clock(shift.end)}</td>"
        f"<td>{clock(shift.end - shift.start)}</td><td>{rest}</td>"
        f'<td title="{why}"><i class="dot {word.split()[0]}"></i>{word}, {shift.confidence:.0%}</td>'
        f"<td>{escape(shift.start_reason)}; {escape(shift.end_reason)}</td><td>{clip}</td></tr>"
    )


def _chart(player: ReportPlayer, duration: Fraction) -> str:
    if not player.shifts or duration <= 0:
        return ""
    bars = "".join(
        f'<rect class="{confidence_word(s.confidence).split()[0]}" '
        f'x="{float(s.start / duration) * 1000:.2f}" y="4" height="24" '
        f'width="{max(1.0, float((s.end - s.start) / duration) * 1000):.2f}">'
        f"<title>{clock(s.start)} to {clock(s.end)}</title></rect>"
        for s in player.shifts
    )
    return (
        '<svg viewBox="0 0 1000 32" preserveAspectRatio="none" role="img" '
        f'aria-label="Shifts over the game">{bars}</svg>'
    )


_STYLE = """
:root{--ice:#F6F9FC;--surface:#FFF;--line:#DCE4EC;--ink:#14202B;--ink2:#566573;--accent:#0B63CE;
--good:#1E8E5A;--warn:#B36B00;color-scheme:light dark}
@media(prefers-color-scheme:dark){:root{--ice:#0E141A;--surface:#161E26;--line:#26323D;--ink:#E8EEF4;
--ink2:#93A4B3;--accent:#5AA2FF;--good:#4CC38A;--warn:#F2B356}}
body{margin:0;background:var(--ice);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:960px;margin:0 auto;padding:24px}h1{margin:0;font-size:26px}h2{font-size:20px;margin:0 0 12px}
.quiet{color:var(--ink2)}section{background:var(--surface);border:1px solid var(--line);border-radius:8px;
padding:20px;margin:20px 0}dl{display:flex;flex-wrap:wrap;gap:12px 32px;margin:0 0 16px}
dt{color:var(--ink2);font-size:12px}dd{margin:0;font-size:22px;font-variant-numeric:tabular-nums}
svg{width:100%;height:32px;background:var(--ice);border-radius:4px;margin-bottom:12px}
rect.sure{fill:var(--good)}rect.probable{fill:var(--accent)}rect.please{fill:var(--warn)}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:6px 8px;border-top:1px solid var(--line)}th{font-size:12px;color:var(--ink2)}
a{color:var(--accent)}.reel{font-size:17px}
.swatch{display:inline-block;width:14px;height:14px;border-radius:3px;border:1px solid var(--line);
margin-right:8px}
.dot{display:inline-block;width:9px;height:9px;border-radius:50%;border:1.5px solid currentColor;
margin-right:6px}.dot.sure{background:currentColor}
.dot.probable{background:linear-gradient(90deg,currentColor 50%,transparent 50%)}
@media print{body{background:#fff}section{break-inside:avoid;border:0;padding:0}}
"""
