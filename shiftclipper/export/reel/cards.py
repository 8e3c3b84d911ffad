"""The cards of a reel: who it is about, and which shift comes next. Ink on ice, around a face-off circle."""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from shiftclipper.export.reel.lettering import BOLD, MEDIUM, fitting, font, in_lines
from shiftclipper.export.reel.planes import Colour, Planes, planes_of

ICE: Colour = (246, 249, 252)
LINE: Colour = (220, 228, 236)
INK: Colour = (20, 32, 43)
QUIET: Colour = (86, 101, 115)
ACCENT: Colour = (11, 99, 206)
RED: Colour = (192, 54, 44)
SMOOTHING = 3
"""Lines are drawn so many times larger and reduced, which makes their edges smooth."""


@dataclass(frozen=True, slots=True)
class TitleCard:
    """Stands before the first clip of a player."""

    name: str
    number: str = ""
    game: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class ShiftCard:
    """Stands before a clip."""

    number: int
    """Of the shift, from 1."""
    when: str
    """Where in the game it begins, such as `Period 2, 4:12`."""
    length: str
    """Such as `0:47`."""
    player: str = ""
    """Who it is, when the reel is about several."""


Card = TitleCard | ShiftCard


def draw_card(card: Card | None, size: tuple[int, int]) -> Planes:
    """Return a card as a picture of `size` (width, height), both even; one without text for None."""
    sheet = _Sheet(size)
    if isinstance(card, TitleCard):
        _draw_title(sheet, card)
    elif card is not None:
        _draw_shift(sheet, card)
    return planes_of(np.asarray(sheet.image))


class _Sheet:
    """An empty card with its rink markings, and what it takes to write on it."""

    def __init__(self, size: tuple[int, int]) -> None:
        width, height = size
        self.size = size
        self.upright = height > width
        self.unit = min(width, height) / 100
        """Pixels; a hundredth of the shorter side, in which everything on a card is measured."""
        self.margin = 9 * self.unit
        if self.upright:
            self.radius = 25 * self.unit
            self.centre = (self.margin + self.radius, 0.3 * height)
            self.left, self.room = self.margin, width - 2 * self.margin
            self.middle = 0.58 * height
        else:
            self.radius = 27 * self.unit
            self.centre = (width - self.margin - self.radius - 5 * self.unit, height / 2)
            self.left = self.margin + 5 * self.unit
            self.room = self.centre[0] - self.radius - 6 * self.unit - self.left
            self.middle = height / 2
        self.image = self._markings()
        self.pen = ImageDraw.Draw(self.image)

    def _markings(self) -> Image.Image:
        """Return ice with a face-off circle, its hash marks and the edge of a line."""
        k = SMOOTHING
        width, height = self.size
        image = Image.new("RGB", (width * k, height * k), ICE)
        pen = ImageDraw.Draw(image)
        x, y, r = self.centre[0] * k, self.centre[1] * k, self.radius * k
        stroke = max(1, round(0.9 * self.unit * k))
        for side in (-1, 1):
            for gap in (-1, 1):
                tick = x + gap * 4 * self.unit * k
                foot = y + side * (r - stroke / 2)
                pen.line([(tick, foot), (tick, foot + side * 4.5 * self.unit * k)], LINE, stroke)
        pen.ellipse([x - r, y - r, x + r, y + r], fill=(255, 255, 255), outline=LINE, width=stroke)
        return image.resize(self.size, Image.Resampling.BOX)

    def write_in_circle(self, text: str, below: str = "") -> None:
        """Write a short text large into the circle, and what it means below it."""
        text, pixels = fitting(text, BOLD, round(30 * self.unit), 1.4 * self.radius, round(8 * self.unit))
        x, y = self.centre
        face = font(BOLD, pixels)
        # Digits stand on the line: the middle of a capital is where their middle is.
        cap = -face.getbbox("0", anchor="ls")[1]
        foot = y + cap / 2 - (3 * self.unit if below else 0)
        self.pen.text((x, foot), text, INK, face, anchor="ms")
        if below:
            self.pen.text((x, foot + 6.5 * self.unit), below, QUIET, self._face(MEDIUM, 4.2), anchor="ms")

    def put_spot(self) -> None:
        """Fill the middle of the circle with the face-off spot."""
        (x, y), r = self.centre, 5 * self.unit * SMOOTHING
        side = round(2 * r)
        spot = Image.new("L", (side, side))
        ImageDraw.Draw(spot).ellipse([0, 0, side - 1, side - 1], fill=255)
        spot = spot.resize((side // SMOOTHING, side // SMOOTHING), Image.Resampling.BOX)
        self.image.paste(RED, (round(x - spot.width / 2), round(y - spot.height / 2)), spot)

    def _face(self, name: str, units: float) -> ImageFont.FreeTypeFont:
        return font(name, max(1, round(units * self.unit)))

    def write(self, top: float, text: str, name: str, units: float, colour: Colour) -> None:
        """Write a line whose capitals begin at `top` pixels."""
        face = self._face(name, units)
        cap = face.getbbox("H", anchor="ls")[1]
        self.pen.text((self.left, top - cap), text, colour, face, anchor="ls")

    def bar(self, top: float) -> None:
        """Draw the short line in the accent's colour that stands over a text."""
        left, unit = self.left, self.unit
        self.pen.rectangle([left, top, left + 9 * unit, top + 0.9 * unit], fill=ACCENT)


CAPITAL = 0.727
"""Height of Inter's capitals, as a share of the size of its letters."""


def _draw_title(sheet: _Sheet, card: TitleCard) -> None:
    if card.number:
        sheet.write_in_circle(card.number)
    else:
        sheet.put_spot()
    unit = sheet.unit
    name = card.name or (f"Number {card.number}" if card.number else "Highlights")
    lines = _name_lines(sheet, name)
    units = min(line[1] for line in lines)
    quiet = [text for text in (card.game, card.date) if text]
    small = 4.2
    game_lines = in_lines(quiet[0], MEDIUM, round(small * unit), sheet.room, 2) if quiet else []
    rest = game_lines + quiet[1:]
    step, small_step = units * 1.12 * unit, small * 1.55 * unit
    total = 6 * unit + step * (len(lines) - 1) + CAPITAL * units * unit
    if rest:
        total += 6 * unit + small_step * (len(rest) - 1) + CAPITAL * small * unit
    top = sheet.middle - (0 if sheet.upright else total / 2)
    sheet.bar(top)
    top += 6 * unit
    for text, _ in lines:
        sheet.write(top, text, BOLD, units, INK)
        top += step
    top += CAPITAL * units * unit - step + 6 * unit
    for text in rest:
        sheet.write(top, text, MEDIUM, small, QUIET)
        top += small_step


def _name_lines(sheet: _Sheet, name: str) -> list[tuple[str, float]]:
    """Return a name and the size of its letters in units; in two lines where that makes it larger."""
    unit, largest, smallest = sheet.unit, round(13 * sheet.unit), round(7 * sheet.unit)
    first, _, last = name.rpartition(" ")
    whole = fitting(name, BOLD, largest, sheet.room, smallest)
    if not first or whole[1] >= 0.8 * largest:
        return [(whole[0], whole[1] / unit)]
    return [
        (text, pixels / unit)
        for text, pixels in (fitting(part, BOLD, largest, sheet.room, smallest) for part in (first, last))
    ]


def _draw_shift(sheet: _Sheet, card: ShiftCard) -> None:
    sheet.write_in_circle(card.length, "on the ice")
    unit = sheet.unit
    title, detail, quiet = 13.0, 6.0, 4.2
    heights = [CAPITAL * title, CAPITAL * detail, *([CAPITAL * quiet] if card.player else [])]
    total = (6 * len(heights) + sum(heights)) * unit
    top = sheet.middle - (0 if sheet.upright else total / 2)
    sheet.bar(top)
    for text, name, units, colour in (
        (f"Shift {card.number}", BOLD, title, INK),
        (card.when, MEDIUM, detail, INK),
        (card.player, MEDIUM, quiet, QUIET),
    ):
        top += 6 * unit
        text, pixels = fitting(text, name, round(units * unit), sheet.room, round(units * unit / 2))
        sheet.write(top, text, name, pixels / unit, colour)
        top += CAPITAL * units * unit
