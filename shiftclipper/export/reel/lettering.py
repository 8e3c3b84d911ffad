"""Text in pictures, in letters that every hockey nation writes; OpenCV's own know no accents."""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from shiftclipper.paths import resource_path

BOLD = "InterDisplay-Bold.otf"
MEDIUM = "InterDisplay-Medium.otf"
ELLIPSIS = "…"


@cache
def font(name: str, pixels: int) -> ImageFont.FreeTypeFont:
    """Return one of the program's fonts in a size."""
    # Basic layout needs no library of the system; letters with accents are single ones in the font.
    return ImageFont.truetype(str(resource_path("fonts", name)), pixels, layout_engine=ImageFont.Layout.BASIC)


def width_of(text: str, name: str, pixels: int) -> float:
    """Return how wide a text becomes, in pixels."""
    return font(name, pixels).getlength(text)


def fitting(text: str, name: str, pixels: int, room: float, smallest: int) -> tuple[str, int]:
    """Return the text and size that fit into `room` pixels: smaller letters first, then an end cut off."""
    while pixels > smallest and width_of(text, name, pixels) > room:
        pixels -= max(1, pixels // 24)
    if width_of(text, name, pixels) <= room:
        return text, pixels
    while text and width_of(text + ELLIPSIS, name, pixels) > room:
        text = text[:-1].rstrip()
    return text + ELLIPSIS, pixels


def in_lines(text: str, name: str, pixels: int, room: float, most: int) -> list[str]:
    """Break a text at its spaces into at most `most` lines of `room` pixels; the last may be cut off."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most:
        count = len(words)
        if len(lines) < most - 1:
            while count > 1 and width_of(" ".join(words[:count]), name, pixels) > room:
                count -= 1
        lines.append(fitting(" ".join(words[:count]), name, pixels, room, pixels)[0])
        words = words[count:]
    return lines


def text_mask(text: str, name: str, pixels: int) -> NDArray[np.float32]:
    """Return a line of text as shares of ink (h, w), as high as every line of that size; even sides."""
    face = font(name, pixels)
    ascent, descent = face.getmetrics()
    width, height = int(face.getlength(text)) + 4, ascent + descent
    image = Image.new("L", (width + width % 2, height + height % 2))
    ImageDraw.Draw(image).text((1, 0), text, fill=255, font=face)
    return np.asarray(np.asarray(image, np.float32) / 255, np.float32)
