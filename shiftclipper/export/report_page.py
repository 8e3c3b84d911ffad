"""The report as one HTML page: no script, no outside file but the clips it links to."""

import base64
from collections.abc import Sequence
from fractions import Fraction
from html import escape
from urllib.parse import quote

from shiftclipper.export.clock_text import clock
from shiftclipper.export.report import (
    Report,
    ReportPlayer,
    ReportShift,
    numbers_of,
    period_of,
)
from shiftclipper.export.report_charts import lineup_chart, shift_chart
from shiftclipper.export.report_lineup import Lineup, lineup_of
from shiftclipper.export.report_style import STYLE
from shiftclipper.export.report_words import (
    FOOT,
    LEGEND,
    NOTHING_FOUND,
    TOGETHER,
    began_and_ended,
    corrections,
    figures,
    subtitle,
)
from shiftclipper.export.words import colour_or_nothing, confidence_word, plain_text

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def render_report(report: Report) -> str:
    """Return the page. A game of several players begins with the coach's page, the whole line-up."""
    reel = f'<p><a class="reel" href="{_href(report.reel)}">Watch the reel</a></p>' if report.reel else ""
    lineup = _lineup(lineup_of(report), report) if len(report.players) > 1 else ""
    players = "\n".join(_player(player, report) for player in report.players)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Time on ice: {_text(report.game)}</title>
<style>{STYLE}</style></head>
<body><main>
<header><h1>{_text(report.game)}</h1>
<p class="quiet">{_text(subtitle(report))}</p>{reel}</header>
{lineup}
{players}
<footer class="quiet"><p>{_text(FOOT)}</p></footer>
</main></body></html>
"""


def _text(text: str) -> str:
    """Return any text as text: never markup, and never a character that a page cannot hold."""
    return escape(plain_text(text))


def _href(target: str) -> str:
    """Return a link to a file beside the page, or to a `file:` URI, which is quoted already."""
    return escape(target) if target.startswith("file:///") else quote(target, errors="replace")


def _dot(key: str) -> str:
    return f'<i class="dot {key}"></i>'


def _legend() -> str:
    return '<p class="legend">' + "".join(f"<span>{_dot(key)}{word}</span>" for key, word in LEGEND) + "</p>"


def _swatch(player: ReportPlayer) -> str:
    colour = colour_or_nothing(player.colour)
    return f'<i class="swatch" style="background:{colour}"></i>' if colour else ""


def _player(player: ReportPlayer, report: Report) -> str:
    numbers = numbers_of(player, report)
    cards = "".join(
        f"<div><dt>{_text(title)}</dt><dd>{_text(value)}</dd></div>" for title, value in figures(numbers)
    )
    said = corrections(player)
    note = f'<p class="quiet">{_text(said)}</p>' if said else ""
    if player.shifts:
        body = (
            f"{shift_chart(player, report, numbers)}{_legend()}{_table(player, report, numbers.rests)}{note}"
        )
    else:
        body = f"<p>{_text(NOTHING_FOUND)}</p>{note}"
    return f"<section><h2>{_swatch(player)}{_text(player.title)}</h2><dl>{cards}</dl>{body}</section>"


def _table(player: ReportPlayer, report: Report, rests: Sequence[Fraction | None]) -> str:
    pictures = any(shift.thumbnail for shift in player.shifts)
    heads = ["Shift", "On", "Off", "Length", "Rest before", "How sure", "Began, ended", "Clip"]
    if report.periods:
        heads.insert(1, "Period")
    head = "".join(f"<th scope=col>{title}</th>" for title in heads)
    if pictures:
        head = f'<th scope=col aria-label="Picture"></th>{head}'
    rows = "\n".join(
        _row(number, shift, rest, report, pictures)
        for number, (shift, rest) in enumerate(zip(player.shifts, rests, strict=True), 1)
    )
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table></div>'


def _row(number: int, shift: ReportShift, rest: Fraction | None, report: Report, pictures: bool) -> str:
    cells = [str(number)]
    if report.periods:
        cells.append(str(period_of(shift.start, report)))
    cells += [
        clock(shift.start),
        clock(shift.end),
        f"<b>{clock(shift.end - shift.start)}</b>",
        "" if rest is None else clock(rest),
        _sure(shift),
        f'<span class="quiet">{_text(began_and_ended(shift))}</span>',
        f'<a href="{_href(shift.clip)}">play</a>' if shift.clip else "",
    ]
    if pictures:
        cells.insert(0, _picture(number, shift))
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _sure(shift: ReportShift) -> str:
    word = confidence_word(shift.confidence)
    why = _text("; ".join(shift.evidence))
    hand = f"<br>{_text(shift.by_hand)}" if shift.by_hand else ""
    return f'<span title="{why}">{_dot(word.split()[0])}{word}, {shift.confidence:.0%}</span>{hand}'


def _picture(number: int, shift: ReportShift) -> str:
    if shift.thumbnail is None:
        return ""
    data = base64.b64encode(shift.thumbnail).decode("ascii")
    image = (
        f'<img src="data:image/jpeg;base64,{data}" width="112" height="63" '
        f'alt="Shift {number} at {clock(shift.start)}">'
    )
    return f'<a class="picture" href="{_href(shift.clip)}">{image}</a>' if shift.clip else image


def _lineup(lineup: Lineup, report: Report) -> str:
    """Return the coach's page: everybody's figures, shifts side by side, and who was on with whom."""
    return (
        '<section class="lineup"><h2>Line-up</h2>'
        f"{_lineup_table(lineup)}{lineup_chart(report)}{_legend()}{_matrix(lineup)}</section>"
    )


def _lineup_table(lineup: Lineup) -> str:
    head = "".join(f"<th scope=col>{_text(title)}</th>" for title in lineup.heads)
    rows = "".join(
        f"<tr><th scope=row>{_swatch(player)}{_text(player.title)}</th>"
        + "".join(f"<td>{_text(cell)}</td>" for cell in cells)
        + "</tr>"
        for player, cells in zip(lineup.players, lineup.rows, strict=True)
    )
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _matrix(lineup: Lineup) -> str:
    head = "".join(f"<th scope=col>{_text(name)}</th>" for name in lineup.short)
    rows = []
    for place, player in enumerate(lineup.players):
        cells = []
        for other, partner in enumerate(lineup.players):
            share = lineup.share(place, other)
            if place == other:
                cells.append(f'<td class="own">{clock(lineup.shared[place][other])}</td>')
                continue
            told = f"{player.title} was on with {partner.title} for {share:.0%} of the time"
            cells.append(
                f'<td style="--share:{share:.0%}" title="{_text(told)}">'
                f"{clock(lineup.shared[place][other])}</td>"
            )
        rows.append(f"<tr><th scope=row>{_text(player.title)}</th>{''.join(cells)}</tr>")
    return (
        f'<div class="together"><h3>Together on the ice</h3><p class="quiet">{_text(TOGETHER)}</p>'
        f'<div class="wide"><table class="matrix"><thead><tr><td></td>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div></div>"
    )
