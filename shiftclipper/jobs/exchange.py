"""A job's shifts to other programs and back: as an edit of the game's files, and from shifts.csv."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from shiftclipper.errors import UserError
from shiftclipper.export.folders import make_folder
from shiftclipper.export.interchange.edit import EditGame, EditMedia, EditPlayer, EditShift
from shiftclipper.export.interchange.mot import mot_text
from shiftclipper.export.interchange.rates import frame_of_timecode, grid_rate
from shiftclipper.export.interchange.write import WrittenFile, checked_formats, write_files
from shiftclipper.export.shifts_csv import ShiftRow as CsvRow
from shiftclipper.export.words import colour_or_nothing
from shiftclipper.jobs.clip_plans import clip_plans, file_label
from shiftclipper.jobs.results import shown_shifts
from shiftclipper.jobs.rows import JobResults, PlayerRow, ShiftRow, SourceRow
from shiftclipper.jobs.store import Store
from shiftclipper.media.game import GameClock, SourceSpan
from shiftclipper.media.index import PacketIndex

SAME_TIME = Fraction(1, 1000)
"""Seconds; shifts.csv is exact to this."""


def write_for_programs(store: Store, job_id: str, formats: Iterable[str], folder: Path) -> list[WrittenFile]:
    """Write a job's shifts for other programs into a folder, which is made when there is none.

    Args:
        store: only read.
        job_id: of a job that was ingested; may run at the moment.
        formats: names of `export.interchange.formats.FORMATS`.
        folder: where; files of the same name there are replaced.

    Raises:
        UserError: an unknown format, a job without shifts or without ingest, or a folder that cannot be
            written.
    """
    wanted = checked_formats(formats)
    found = store.results(job_id)
    indexes = packet_indexes(store, found.sources)
    game = edit_game(found, indexes)
    if not any(player.shifts for player in game.players) and any(one.name != "mot" for one in wanted):
        raise UserError(f"{found.job.title} has no shifts yet; run it first.")

    def boxes_of(number: int) -> str:
        span = game.clock.sources[number]
        index = indexes[number]
        ticks = index.presentation_pts() - index.first_pts
        times = ticks * float(index.time_base) + float(span.start)
        return mot_text(store.tracklets(job_id), times.astype(np.float64), span.start, span.end)

    return write_files(game, wanted, make_folder(folder), boxes_of)


def packet_indexes(store: Store, sources: Sequence[SourceRow]) -> list[PacketIndex]:
    """Return the packet index of each file of a game.

    Raises:
        UserError: one was not read yet.
    """
    indexes = []
    for source in sources:
        packed = store.packet_index(source.id)
        if packed is None or source.start is None or source.duration is None:
            raise UserError(f"{source.path.name} was not read yet; run the job first.")
        indexes.append(PacketIndex.from_bytes(packed))
    return indexes


def edit_game(found: JobResults, indexes: Sequence[PacketIndex]) -> EditGame:
    """Return a job's shifts as an edit of its files; `indexes` are those of its sources, in order."""
    spans = tuple(
        SourceSpan(source.path, source.start or Fraction(0), index.duration_seconds)
        for source, index in zip(found.sources, indexes, strict=True)
    )
    plans = {plan.shift.id: plan for plan in clip_plans(found)}
    players = []
    for place, player in enumerate(found.players, 1):
        shifts = tuple(
            EditShift(
                number=plans[row.id].shift.number,
                start=row.start,
                end=row.end,
                clip_start=plans[row.id].start,
                clip_end=plans[row.id].end,
                confidence=row.confidence,
                by_hand=row.origin == "manual",
                period=plans[row.id].shift.period,
            )
            for row in shown_shifts(found.shifts, player)
            if row.id in plans
        )
        label = file_label(player) or f"Player {place}"
        players.append(EditPlayer(label, colour_or_nothing(player.jersey_color), shifts))
    media = tuple(_media(source, index) for source, index in zip(found.sources, indexes, strict=True))
    return EditGame(found.job.title, GameClock(spans), media, tuple(players))


def _media(source: SourceRow, index: PacketIndex) -> EditMedia:
    noted = source.probe or {}
    shown = index.presentation_pts()
    length = (int(shown[-1]) - int(shown[0])) * index.time_base if len(shown) > 1 else Fraction(0)
    average = (len(shown) - 1) / length if length > 0 else Fraction(30)
    rate = grid_rate(average, variable=index.variable_frame_rate)
    timecode = str(noted.get("timecode") or "")
    size = noted.get("size")
    width, height = size if isinstance(size, list) and len(size) == 2 else (1920, 1080)
    return EditMedia(
        path=source.path,
        rate=rate,
        duration=index.duration_seconds,
        size=(int(str(width)), int(str(height))),
        has_audio=bool(noted.get("has_audio")),
        first_frame=frame_of_timecode(timecode, rate) or 0,
        drop=";" in timecode,
        variable=index.variable_frame_rate,
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the rows of a shifts.csv."""

    added: int
    moved: int
    """Shifts that were there and got other times."""
    unchanged: int


def take_shifts(store: Store, job_id: str, rows: Sequence[CsvRow]) -> Taken:
    """Take shifts out of a table as the person's own.

    Rows and shifts of one player that overlap belong together, those first that share the most: the row gives
    the shift its times, or leaves it as it is where they are the same. Any other row is a new shift. Shifts
    that stand in no row stay. All of it is one correction, which can be undone.

    Raises:
        UserError: a row names a player that the job does not have, lies outside the film, or contradicts what
            the person said before; nothing was taken then.
    """
    found = store.results(job_id)
    durations = [source.duration for source in found.sources if source.duration is not None]
    film = sum(durations, Fraction(0)) if len(durations) == len(found.sources) else None
    planned = []
    for number, row in enumerate(rows, 1):
        if film is not None and row.end > film + SAME_TIME:
            raise UserError(
                f"Shift {number} of the table ends at {float(row.end):g} s, but the film is "
                f"{float(film):.3f} s long; correct its times."
            )
        planned.append((row, _player_of(row.player, found.players, number)))
    same = _paired(planned, found)
    added, moved, unchanged = [], [], 0
    for place, (row, player) in enumerate(planned):
        end = row.end if film is None else min(row.end, film)
        shift = same.get(place)
        if shift is None:
            added.append((player.id, row.start, end))
        elif max(abs(shift.start - row.start), abs(shift.end - row.end)) <= SAME_TIME:
            unchanged += 1
        else:
            moved.append((shift.id, row.start, end))
    store.corrections.take_shifts(job_id, added, moved)
    return Taken(len(added), len(moved), unchanged)


def _paired(planned: Sequence[tuple[CsvRow, PlayerRow]], found: JobResults) -> dict[int, ShiftRow]:
    """Return the shift that each row is, by the row's place; each shift is given to one row only."""
    shifts = {player.id: shown_shifts(found.shifts, player) for player in found.players}
    overlapping = [
        (_shared(shift, row), place, shift)
        for place, (row, player) in enumerate(planned)
        for shift in shifts[player.id]
    ]
    pairs: dict[int, ShiftRow] = {}
    given: set[int] = set()
    for share, place, shift in sorted(overlapping, key=lambda one: -one[0]):
        if share > 0 and place not in pairs and shift.id not in given:
            pairs[place] = shift
            given.add(shift.id)
    return pairs


def _shared(shift: ShiftRow, row: CsvRow) -> Fraction:
    both = min(shift.end, row.end) - max(shift.start, row.start)
    return max(Fraction(0), both / (max(shift.end, row.end) - min(shift.start, row.start)))


def _player_of(named: str, players: Sequence[PlayerRow], number: int) -> PlayerRow:
    """Return the player that a row names: by name and number, by name or by number. One alone needs none."""
    wanted = named.strip().lstrip("#").casefold()
    if not wanted and len(players) == 1:
        return players[0]
    labels = [file_label(player) or f"Player {place}" for place, player in enumerate(players, 1)]
    for key in (
        [label.casefold() for label in labels],
        [player.name.casefold() for player in players],
        [player.number for player in players],
    ):
        matching = [player for player, text in zip(players, key, strict=True) if wanted and text == wanted]
        if len(matching) == 1:
            return matching[0]
    who = f"names the player “{named[:40]}”" if wanted else "names no player"
    raise UserError(
        f"Shift {number} of the table {who}; the players of this job are {', '.join(labels) or 'none yet'}."
    )
