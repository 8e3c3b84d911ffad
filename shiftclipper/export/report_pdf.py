"""The report as a PDF, with reportlab: the same words and figures as the page, always on white.

The sheet is as wide as A4 and as high as US Letter, so that it prints on both without being scaled.
"""

import io
from collections.abc import Sequence
from fractions import Fraction
from html import escape
from typing import Any
from urllib.parse import quote

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    KeepTogether,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from shiftclipper.export.clock_text import clock
from shiftclipper.export.report import (
    PlayerNumbers,
    Report,
    ReportPlayer,
    ReportShift,
    numbers_of,
    period_of,
)
from shiftclipper.export.report_lineup import Lineup, lineup_of
from shiftclipper.export.report_pdf_parts import (
    ACCENT,
    BOLD,
    ICE,
    INK,
    INK2,
    LINE,
    REGULAR,
    Dot,
    LineupChart,
    ShiftChart,
    Swatched,
    known_letters,
    register_fonts,
)
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
from shiftclipper.export.words import colour_or_nothing, confidence_word

PAGE = (595.0, 792.0)
MARGIN = 36.0
PADDING = 6.0
"""That reportlab leaves inside the margins."""
WIDTH = PAGE[0] - 2 * (MARGIN + PADDING)
PICTURE = (56.0, 31.5)
LONGEST_TITLE = 200
"""Characters of the game's title that are shown; breaking a longer word into lines takes long."""
MOST_ROWS = 60
"""Shifts in one table; more than a player has in a game."""
MOST_COLUMNS = 20
"""Columns of the matrix that fit beside each other; a larger line-up is parted."""

_TITLE = ParagraphStyle("title", fontName=BOLD, fontSize=18, leading=22, textColor=INK)
_HEAD = ParagraphStyle("head", fontName=BOLD, fontSize=13, leading=17, textColor=INK, spaceAfter=4)
_SMALL_HEAD = ParagraphStyle("small head", parent=_HEAD, fontSize=10.5, leading=14, spaceBefore=6)
_QUIET = ParagraphStyle("quiet", fontName=REGULAR, fontSize=8.5, leading=11, textColor=INK2)
_CELL = ParagraphStyle("cell", fontName=REGULAR, fontSize=8.5, leading=10.5, textColor=INK)
_CELL_QUIET = ParagraphStyle("quiet cell", parent=_CELL, textColor=INK2)
_LINK = ParagraphStyle("link", parent=_CELL, textColor=ACCENT)


def report_pdf(report: Report) -> bytes:
    """Return the report as a PDF. Letters that the font does not have become a question mark."""
    register_fonts()
    story: list[Flowable] = [
        _words(report.game[:LONGEST_TITLE], _TITLE),
        _words(subtitle(report), _QUIET),
        Spacer(1, 10),
    ]
    if len(report.players) > 1:
        story += [*_lineup(lineup_of(report), report), PageBreak()]
    for place, player in enumerate(report.players):
        if place:
            story.append(PageBreak())
        story += _player(player, report)
    data = io.BytesIO()
    document = SimpleDocTemplate(
        data,
        pagesize=PAGE,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN + 18,
        title=known_letters(report.game),
        author="ShiftClipper",
        # The same report gives the same bytes.
        invariant=1,
    )
    document.build(story, onFirstPage=_foot, onLaterPages=_foot)
    return data.getvalue()


def _words(text: str, style: ParagraphStyle) -> Paragraph:
    """Return any text as text: a paragraph reads markup."""
    return Paragraph(escape(known_letters(text)), style)


def _foot(canvas: Canvas, document: Any) -> None:  # noqa: ANN401
    canvas.saveState()
    canvas.setFont(REGULAR, 7)
    canvas.setFillColor(INK2)
    canvas.drawString(MARGIN + PADDING, MARGIN - 2, FOOT)
    canvas.drawRightString(PAGE[0] - MARGIN - PADDING, MARGIN - 2, f"Page {document.page}")
    canvas.restoreState()


def _player(player: ReportPlayer, report: Report) -> list[Flowable]:
    numbers = numbers_of(player, report)
    colour = colour_or_nothing(player.colour)
    story: list[Flowable] = [
        Swatched(player.title, HexColor(colour) if colour else None, _HEAD),
        _cards(figures(numbers)),
        Spacer(1, 8),
    ]
    said = corrections(player)
    note = [Spacer(1, 6), _words(said, _QUIET)] if said else []
    if not player.shifts:
        return [*story, _words(NOTHING_FOUND, _CELL), *note]
    if report.duration > 0:
        story.append(ShiftChart(player, report, numbers, WIDTH))
    return [*story, _legend(), Spacer(1, 4), *_shift_tables(player, report, numbers), *note]


def _cards(facts: Sequence[tuple[str, str]]) -> Table:
    """Return the figures, at most six in a row."""
    each = 6
    rows: list[list[Any]] = []
    for start in range(0, len(facts), each):
        part = [*facts[start : start + each]]
        part += [("", "")] * (each - len(part))
        rows += [[title for title, _ in part], [value for _, value in part]]
    table = Table(rows, colWidths=[WIDTH / each] * each, hAlign="LEFT")
    style: list[tuple[Any, ...]] = [
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ]
    for row in range(0, len(rows), 2):
        style += [
            ("FONT", (0, row), (-1, row), REGULAR, 7.5),
            ("TEXTCOLOR", (0, row), (-1, row), INK2),
            ("FONT", (0, row + 1), (-1, row + 1), BOLD, 12, 15),
            ("TEXTCOLOR", (0, row + 1), (-1, row + 1), INK),
        ]
    table.setStyle(style)
    return table


def _legend() -> Table:
    cells: list[Any] = []
    for key, word in LEGEND:
        cells.append(Dot(key, word))
    table = Table([cells], colWidths=[62, 72, 90], hAlign="LEFT")
    table.setStyle([("LEFTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 0)])
    return table


def _shift_tables(player: ReportPlayer, report: Report, numbers: PlayerNumbers) -> list[Flowable]:
    """Return the shifts as tables, each with its heads: the time for a table grows with its square."""
    pictures = any(shift.thumbnail for shift in player.shifts)
    heads = ["Shift", "On", "Off", "Length", "Rest", "How sure", "Began, ended", "Clip"]
    widths = [30.0, 44.0, 44.0, 40.0, 40.0, 92.0, 0.0, 30.0]
    if report.periods:
        heads.insert(1, "Period")
        widths.insert(1, 38.0)
    if pictures:
        heads.insert(0, "")
        widths.insert(0, PICTURE[0] + 8)
    widths[widths.index(0.0)] = WIDTH - sum(widths)
    rows = [
        _row(number, shift, rest, report, pictures)
        for number, (shift, rest) in enumerate(zip(player.shifts, numbers.rests, strict=True), 1)
    ]
    tables: list[Flowable] = []
    for start in range(0, len(rows), MOST_ROWS):
        part = [heads, *rows[start : start + MOST_ROWS]]
        tables.append(Table(part, colWidths=widths, repeatRows=1, hAlign="LEFT", style=_grid()))
    return tables


def _row(number: int, shift: ReportShift, rest: Fraction | None, report: Report, pictures: bool) -> list[Any]:
    word = confidence_word(shift.confidence)
    sure = Dot(word.split()[0], f"{word}, {shift.confidence:.0%}", shift.by_hand)
    cells: list[Any] = [str(number)]
    if report.periods:
        cells.append(str(period_of(shift.start, report)))
    cells += [
        clock(shift.start),
        clock(shift.end),
        clock(shift.end - shift.start),
        "" if rest is None else clock(rest),
        sure,
        _words(began_and_ended(shift), _CELL_QUIET),
        _link(shift.clip),
    ]
    if pictures:
        cells.insert(0, _Picture(shift.thumbnail, _target(shift.clip)) if shift.thumbnail else "")
    return cells


def _link(clip: str | None) -> Flowable | str:
    target = _target(clip)
    return Paragraph(f'<a href="{escape(target)}">play</a>', _LINK) if target else ""


def _target(clip: str | None) -> str:
    """Return the link to a clip beside the PDF, which viewers follow where they are allowed to."""
    if not clip or clip.startswith("file:///"):
        return clip or ""
    return f"file:{quote(clip, errors='replace')}"


def _grid() -> list[tuple[Any, ...]]:
    return [
        ("FONT", (0, 0), (-1, 0), BOLD, 7.5),
        ("TEXTCOLOR", (0, 0), (-1, 0), INK2),
        ("FONT", (0, 1), (-1, -1), REGULAR, 8.5),
        ("TEXTCOLOR", (0, 1), (-1, -1), INK),
        ("LINEABOVE", (0, 1), (-1, -1), 0.5, LINE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
    ]


_TIGHT = [("TOPPADDING", (0, 0), (-1, -1), 1.2), ("BOTTOMPADDING", (0, 0), (-1, -1), 1.2)]


def _lineup(lineup: Lineup, report: Report) -> list[Flowable]:
    rows: list[list[Any]] = [list(lineup.heads)]
    for player, cells in zip(lineup.players, lineup.rows, strict=True):
        colour = colour_or_nothing(player.colour)
        rows.append([Swatched(player.title, HexColor(colour) if colour else None, _CELL), *cells])
    first = 150.0
    each = (WIDTH - first) / (len(lineup.heads) - 1)
    table = Table(rows, colWidths=[first, *[each] * (len(lineup.heads) - 1)], repeatRows=1, hAlign="LEFT")
    table.setStyle([*_grid(), *_TIGHT])
    story: list[Flowable] = [_words("Line-up", _HEAD), table, Spacer(1, 10)]
    if report.duration > 0:
        story += [LineupChart(report, WIDTH), _legend()]
    head: list[Flowable] = [_words("Together on the ice", _SMALL_HEAD), _words(TOGETHER, _QUIET)]
    for start in range(0, len(lineup.players), MOST_COLUMNS):
        columns = range(start, min(start + MOST_COLUMNS, len(lineup.players)))
        story.append(KeepTogether([*head, Spacer(1, 4), _matrix(lineup, columns)]))
        head = []
    return story


def _matrix(lineup: Lineup, columns: range) -> Table:
    rows: list[list[Any]] = [["", *(known_letters(lineup.short[column]) for column in columns)]]
    size = 7.0 if len(columns) <= 14 else 6.2
    style: list[tuple[Any, ...]] = [
        *_grid(),
        *_TIGHT,
        ("ALIGN", (1, 0), (-1, -1), "CENTER"),
        ("LEFTPADDING", (1, 0), (-1, -1), 1),
        ("RIGHTPADDING", (1, 0), (-1, -1), 1),
        ("FONT", (1, 1), (-1, -1), REGULAR, size),
        ("FONT", (1, 0), (-1, 0), BOLD, size),
    ]
    for place, player in enumerate(lineup.players):
        cells = [clock(lineup.shared[place][column]) for column in columns]
        rows.append([Swatched(player.title, None, _CELL), *cells])
        for at, column in enumerate(columns, 1):
            cell = (at, place + 1)
            share = lineup.share(place, column)
            own = column == place
            background = ICE if own else Color(ACCENT.red, ACCENT.green, ACCENT.blue, alpha=0.6 * share)
            style.append(("BACKGROUND", cell, cell, background))
    first = 112.0
    each = min(44.0, (WIDTH - first) / len(columns))
    table = Table(rows, colWidths=[first, *[each] * len(columns)], hAlign="LEFT", repeatRows=1)
    table.setStyle(style)
    return table


class _Picture(Flowable):
    """A small picture; one that cannot be read leaves its place empty."""

    def __init__(self, data: bytes, target: str) -> None:
        super().__init__()
        self.width, self.height = PICTURE
        self._data, self._target = data, target

    def draw(self) -> None:
        """Draw it."""
        try:
            picture = ImageReader(io.BytesIO(self._data))
        except OSError:
            return
        self.canv.drawImage(picture, 0, 0, *PICTURE, preserveAspectRatio=True, anchor="w")
        if self._target:
            self.canv.linkURL(self._target, (0, 0, *PICTURE), relative=1)
