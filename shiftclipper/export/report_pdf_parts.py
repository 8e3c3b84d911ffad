"""What the PDF of the report is drawn with: fonts, colours, dots, swatches and charts."""

from fractions import Fraction
from functools import cache

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable

from shiftclipper.export.clock_text import clock
from shiftclipper.export.report import PlayerNumbers, Report, ReportPlayer, ReportShift
from shiftclipper.export.report_charts import top_of_scale
from shiftclipper.export.report_words import ticks
from shiftclipper.export.words import confidence_word, plain_text
from shiftclipper.paths import resource_path

REGULAR = "Roboto"
BOLD = "Roboto-Bold"
INK = HexColor("#14202B")
INK2 = HexColor("#566573")
LINE = HexColor("#DCE4EC")
ICE = HexColor("#F1F5F9")
ACCENT = HexColor("#0B63CE")
COLOURS = {"sure": HexColor("#1E8E5A"), "probable": ACCENT, "please": HexColor("#B36B00")}

AXIS = 14.0
"""Height below a chart for its times."""
HEAD = 12.0
"""Height above a chart for the names of periods."""


@cache
def _regular() -> TTFont:
    return TTFont(REGULAR, str(resource_path("fonts", "Roboto-Regular.ttf")))


@cache
def register_fonts() -> None:
    """Give reportlab the fonts that ship with the program."""
    pdfmetrics.registerFont(_regular())
    pdfmetrics.registerFont(TTFont(BOLD, str(resource_path("fonts", "Roboto-Bold.ttf"))))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


def known_letters(text: str) -> str:
    """Return text with a question mark in place of every letter that the font does not have."""
    register_fonts()
    known = _regular().face.charToGlyph
    return "".join(letter if ord(letter) in known else "?" for letter in plain_text(text))


class Dot(Flowable):
    """A confidence: dot and word, and below it what was done by hand."""

    def __init__(self, key: str, text: str, below: str = "") -> None:
        """Take the key of a confidence (sure, probable, please), its text, and a second line."""
        super().__init__()
        self._key, self._text, self._below = key, text, below
        self.width, self.height = 80.0, 20.0 if below else 10.0

    def draw(self) -> None:
        """Draw it: filled, half or open, never by colour alone."""
        canvas = self.canv
        colour = COLOURS[self._key]
        middle = self.height - 5
        canvas.setStrokeColor(colour)
        canvas.setFillColor(colour)
        canvas.setLineWidth(1)
        canvas.circle(4, middle, 3, stroke=1, fill=int(self._key == "sure"))
        if self._key == "probable":
            canvas.wedge(1, middle - 3, 7, middle + 3, 90, 180, stroke=0, fill=1)
        canvas.setFillColor(INK)
        canvas.setFont(REGULAR, 8.5)
        canvas.drawString(11, middle - 3, self._text)
        if self._below:
            canvas.setFillColor(INK2)
            canvas.setFont(REGULAR, 7.5)
            canvas.drawString(11, middle - 13, self._below)


class Swatched(Flowable):
    """A name, with the colour of the jersey before it; cut short where it does not fit."""

    def __init__(self, text: str, colour: Color | None, style: ParagraphStyle) -> None:
        """Take any text and a colour, or None when it is not known."""
        super().__init__()
        self._text, self._colour, self._style = known_letters(text), colour, style
        self.height = style.leading + style.spaceAfter

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Return the room that it takes."""
        self.width = available_width
        return available_width, self.height

    def draw(self) -> None:
        """Draw it."""
        canvas, style = self.canv, self._style
        base = self.height - style.leading + 0.22 * style.leading
        left = 0.0
        if self._colour is not None:
            side = 0.72 * style.fontSize
            canvas.setFillColor(self._colour)
            canvas.setStrokeColor(LINE)
            canvas.setLineWidth(0.7)
            canvas.roundRect(0, base - 0.5, side, side, 1.5, stroke=1, fill=1)
            left = side + 5
        canvas.setFillColor(style.textColor)
        canvas.setFont(style.fontName, style.fontSize)
        canvas.drawString(left, base, fitting(self._text, style.fontName, style.fontSize, self.width - left))


def fitting(text: str, font: str, size: float, width: float) -> str:
    """Return text cut short, with an ellipsis, to what fits into a width in points."""
    if pdfmetrics.stringWidth(text, font, size) <= width:
        return text
    text = text[: int(width)]
    while text and pdfmetrics.stringWidth(f"{text}…", font, size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


class _Chart(Flowable):
    """Shifts over the game."""

    def __init__(self, report: Report, width: float, left: float, high: float) -> None:
        """Take the room for names at the left, and the height of what is between the axes, in points."""
        super().__init__()
        self._report, self._left, self._high = report, left, high
        self.width, self.height = width, high + AXIS + HEAD

    def _place(self, time: Fraction) -> float:
        share = min(1.0, max(0.0, float(time / self._report.duration)))
        return self._left + (self.width - self._left) * share

    def _draw_axes(self) -> None:
        canvas = self.canv
        canvas.setFont(REGULAR, 7)
        for number, (start, end) in enumerate(self._report.periods, 1):
            left, right = self._place(start), self._place(end)
            canvas.setFillColor(ICE)
            canvas.rect(left, AXIS, right - left, self._high, stroke=0, fill=1)
            canvas.setFillColor(INK2)
            canvas.drawCentredString((left + right) / 2, AXIS + self._high + 3, f"Period {number}")
        canvas.setStrokeColor(INK2)
        canvas.setFillColor(INK2)
        canvas.setLineWidth(0.6)
        canvas.line(self._left, AXIS, self.width, AXIS)
        for time in ticks(self._report.duration):
            x = self._place(time)
            canvas.line(x, AXIS, x, AXIS - 3)
            if x > self.width - 12:
                canvas.drawRightString(x, AXIS - 11, clock(time))
            else:
                canvas.drawCentredString(x, AXIS - 11, clock(time))

    def _draw_bar(self, shift: ReportShift, bottom: float, high: float) -> None:
        canvas = self.canv
        key = confidence_word(shift.confidence).split()[0]
        colour = COLOURS[key]
        x = self._place(shift.start)
        wide = max(0.8, self._place(shift.end) - x)
        canvas.saveState()
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(0.8)
        if key == "please":
            canvas.setDash(2, 1.4)
        if key == "probable":
            canvas.setFillColor(Color(colour.red, colour.green, colour.blue, alpha=0.45))
        else:
            canvas.setFillColor(colour)
        canvas.rect(x, bottom, wide, high, stroke=int(key != "sure"), fill=int(key != "please"))
        canvas.restoreState()


class ShiftChart(_Chart):
    """One player's shifts, as high as they are long."""

    def __init__(self, player: ReportPlayer, report: Report, numbers: PlayerNumbers, width: float) -> None:
        """Take a player with at least one shift."""
        super().__init__(report, width, left=28.0, high=64.0)
        self._player, self._numbers = player, numbers

    def draw(self) -> None:
        """Draw it."""
        self._draw_axes()
        canvas = self.canv
        most = top_of_scale(self._numbers.longest or Fraction(30))
        step = 30 if most <= 120 else 60 * max(1, -(-most // 240))
        canvas.setFont(REGULAR, 7)
        for second in range(step, most + 1, step):
            y = AXIS + self._high * second / most
            canvas.setStrokeColor(LINE)
            canvas.line(self._left, y, self.width, y)
            canvas.setFillColor(INK2)
            canvas.drawRightString(self._left - 4, y - 2.5, clock(second))
        for shift in self._player.shifts:
            share = min(1.0, float(shift.end - shift.start) / most)
            self._draw_bar(shift, AXIS, self._high * share)
        mean = self._numbers.mean
        if mean is not None and self._numbers.count > 1:
            y = AXIS + self._high * float(mean) / most
            canvas.saveState()
            canvas.setStrokeColor(INK)
            canvas.setDash(3, 3)
            canvas.setLineWidth(0.6)
            canvas.line(self._left, y, self.width, y)
            canvas.restoreState()
            canvas.setFillColor(INK)
            canvas.drawRightString(self.width, y + 2.5, f"mean {clock(mean)}")


class LineupChart(_Chart):
    """Everybody's shifts, a row for each player."""

    def __init__(self, report: Report, width: float) -> None:
        """Take a report of at least one player."""
        self._row = 14.0 if len(report.players) <= 14 else 12.0
        super().__init__(report, width, left=112.0, high=self._row * len(report.players))

    def draw(self) -> None:
        """Draw it."""
        self._draw_axes()
        canvas = self.canv
        for place, player in enumerate(self._report.players):
            bottom = AXIS + self._high - self._row * (place + 1)
            canvas.setStrokeColor(LINE)
            canvas.setLineWidth(0.5)
            canvas.line(0, bottom, self.width, bottom)
            canvas.setFillColor(INK)
            canvas.setFont(REGULAR, 8)
            name = fitting(known_letters(player.title), REGULAR, 8, self._left - 6)
            canvas.drawString(0, bottom + 4, name)
            for shift in player.shifts:
                self._draw_bar(shift, bottom + 2.5, self._row - 5)
