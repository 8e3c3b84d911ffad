"""shifts.csv: a game's shifts as a table, read and written."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from shiftclipper.errors import UserError
from shiftclipper.export.clock_text import exact_clock
from shiftclipper.export.written import write_text

COLUMNS = ("start", "end", "label", "player")
MAX_BYTES = 4 << 20
"""Larger files are refused: two thousand shifts need a twentieth of this."""

_CLOCK = re.compile(r"^(?:(\d{1,3}):)?(\d{1,4}):([0-5]?\d(?:[.,]\d{1,9})?)$")
_SECONDS = re.compile(r"^\d{1,7}(?:[.,]\d{1,9})?$")
_FORMULA = re.compile(r"'*\s*[=+@\-]")


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """One line of shifts.csv."""

    start: Fraction
    """Seconds of game time."""
    end: Fraction
    """Seconds of game time; later than `start`."""
    label: str = ""
    player: str = ""


def parse_time(text: str) -> Fraction:
    """Read seconds (`83.5`) or a clock (`1:23.500`, `0:01:23.500`).

    Raises:
        ValueError: the text is neither.
    """
    text = text.strip()
    if _SECONDS.match(text):
        return Fraction(text.replace(",", "."))
    parts = _CLOCK.match(text)
    if parts is None:
        raise ValueError(text)
    hours, minutes, seconds = parts.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + Fraction(seconds.replace(",", "."))


def read_shifts(path: Path) -> list[ShiftRow]:
    """Read shifts.csv.

    Raises:
        UserError: the file cannot be read, or a line is wrong; names the line and what is allowed.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError(
            f"The shifts file {path} cannot be read ({error.strerror}); check its name."
        ) from error
    if len(data) > MAX_BYTES:
        raise UserError(f"The shifts file {path} is too large to be a list of shifts.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"The shifts file {path} is not text; save it as CSV in UTF-8.") from None
    if "\0" in text:
        raise UserError(f"The shifts file {path} is not text; save it as CSV in UTF-8.")
    return parse_shifts(text, path.name)


def parse_shifts(text: str, name: str) -> list[ShiftRow]:
    """Parse the text of a shifts.csv; `name` stands in errors. Raises as `read_shifts`."""
    delimiter = ";" if text.partition("\n")[0].count(";") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        lines = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as error:
        raise UserError(
            f"{name}, line {reader.line_num}: this is not CSV ({error}); one shift a line."
        ) from error
    filled = [(number, row) for number, row in lines if any(row)]
    if not filled:
        raise UserError(f"{name} is empty; its first line must be start,end,label,player.")
    header = [cell.lower() for cell in filled[0][1]]
    wrong = [cell for cell in header if cell not in COLUMNS]
    if wrong or "start" not in header or "end" not in header or len(set(header)) < len(header):
        raise UserError(
            f"{name}, line {filled[0][0]}: the header must be start,end with label and player if "
            f"wanted; found {','.join(header)[:80]}."
        )
    rows = [_parse_row(name, number, header, row) for number, row in filled[1:]]
    if not rows:
        raise UserError(f"{name} holds no shift; add a line such as 0:41,1:22.")
    return rows


def _parse_row(name: str, number: int, header: list[str], row: list[str]) -> ShiftRow:
    if len(row) > len(header):
        raise UserError(
            f"{name}, line {number}: {len(row)} values for {len(header)} columns; put quotes "
            "around a label with a comma."
        )
    cells = dict(zip(header, row, strict=False))
    times: dict[str, Fraction] = {}
    for column in ("start", "end"):
        try:
            times[column] = parse_time(cells.get(column, ""))
        except ValueError:
            raise UserError(
                f"{name}, line {number}: {column} is “{cells.get(column, '')[:40]}”; write seconds "
                "(83.5) or h:mm:ss.mmm (0:01:23.500)."
            ) from None
    if times["end"] <= times["start"]:
        raise UserError(f"{name}, line {number}: the end must come after the start.")
    label, player = (_unguarded(cells.get(column, "")) for column in ("label", "player"))
    return ShiftRow(times["start"], times["end"], label, player)


def write_shifts(rows: Iterable[ShiftRow], path: Path) -> None:
    """Write rows as shifts.csv, times as m:ss.mmm; `read_shifts` gives them back to the ms."""
    write_text(path, shifts_text(rows))


def shifts_text(rows: Iterable[ShiftRow]) -> str:
    """Return rows as the text of shifts.csv."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in rows:
        cells = (row.label, row.player)
        writer.writerow((exact_clock(row.start), exact_clock(row.end), *(harmless(cell) for cell in cells)))
    return text.getvalue()


def harmless(cell: str) -> str:
    """Return a text that spreadsheets do not take for a formula; reading gives the text back."""
    plain = re.sub(r"[\0\r\n]+", " ", cell)
    return f"'{plain}" if _FORMULA.match(plain) else plain


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell
