"""Jobs of the old server: read out of their folders, and taken into the store. The folders are only read."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path, PurePosixPath, PureWindowsPath

from shiftclipper.errors import UserError
from shiftclipper.export.manifest import describe_artifact
from shiftclipper.jobs.brought_in import BroughtIn
from shiftclipper.jobs.json_values import choice_at, list_at, number_at, shown, text_at
from shiftclipper.jobs.kept_remarks import kept_evidence
from shiftclipper.jobs.rows import (
    ALL_STAGES,
    ArtifactRow,
    ClipRow,
    JobStatus,
    NewShift,
    ShiftRow,
    StageStatus,
)
from shiftclipper.jobs.setup import PlayerSetup, Setup
from shiftclipper.jobs.setup_file import LONGEST_GAME, read_setup
from shiftclipper.jobs.store import Store
from shiftclipper.jobs.times import seconds_of_number
from shiftclipper.media.part_files import NAME_BYTES
from shiftclipper.media.probe import probe
from shiftclipper.remarks import Remark

FILES = ("job.json", "setup.json", "results.json")
"""What makes a folder a job of the old server: any of them."""
LARGEST = 64 << 20
"""Bytes; no such file comes near it."""

_FINISHED = frozenset({"done", "completed", "complete", "finished", "success", "succeeded"})
_FAILED = frozenset({"failed", "error", "stalled"})
_CANCELLED = frozenset({"cancelled", "canceled"})
_POLYGONS = ("rink_polygon", "bench_polygons", "penalty_polygons")
_CONFIDENCE = 0.5
"""Of a shift that the old server gave none: it is to be looked at."""
_FAILED_THERE = "It failed on the old server; run it again."


@dataclass(frozen=True, slots=True)
class LegacyShift:
    """A shift as the old server found it."""

    shift: NewShift
    manual: bool = False


@dataclass(frozen=True, slots=True)
class LegacyJob:
    """One job of the old server; everything in it was checked."""

    folder: Path
    old_id: str
    title: str
    video: Path
    """May be gone."""
    status: str
    """finished, failed, cancelled or draft."""
    error: str
    setup: Setup
    created: datetime | None
    shifts: tuple[tuple[LegacyShift, ...], ...] = ()
    """Of each player of the setup."""
    clips: tuple[tuple[Fraction, Fraction, Path], ...] = ()
    """Start and end in seconds of game time, and file; only those that are there."""
    reel: Path | None = None
    lost: tuple[str, ...] = field(default=())
    """What the folder names but does not have, in words."""

    @property
    def job_id(self) -> str:
        """The id that the job has here: always the same for the same old job."""
        day = "000000" if self.created is None else self.created.strftime("%y%m%d")
        return f"{day}-{hashlib.sha256(self.old_id.encode('utf-8', 'replace')).hexdigest()[:6]}"


def legacy_folders(folder: Path) -> list[Path]:
    """Return the folders of old jobs: this one itself, or those in it, by name.

    Raises:
        UserError: there is none, or the folder cannot be read.
    """
    try:
        if any((folder / name).is_file() for name in FILES):
            return [folder]
        inside = sorted(path for path in folder.iterdir() if path.is_dir())
    except OSError as error:
        raise UserError(f"{folder} cannot be read ({error.strerror}); check its name.") from error
    found = [path for path in inside if any((path / name).is_file() for name in FILES)]
    if not found:
        raise UserError(
            f"{folder} holds no job of the old server; name its jobs folder, with a folder for each job."
        )
    return found


def holds_old_jobs(folder: Path) -> bool:
    """Tell whether a folder is a job of the old server, or holds some; what this program made is none."""
    try:
        return any(_is_old(path) for path in legacy_folders(folder))
    except UserError:
        return False


def _is_old(folder: Path) -> bool:
    """Tell whether a folder names a video as the old server did; this program names all files of a game."""
    try:
        told = [_read_object(folder / name) for name in (FILES[0], FILES[2])]
    except UserError:
        # Damaged; importing says what is wrong.
        return True
    return any("video_path" in one and "video_paths" not in one for one in told)


def read_legacy(folder: Path) -> LegacyJob:
    """Read an old job; changes nothing.

    Raises:
        UserError: the folder is damaged; says what is wrong with it.
    """
    job, results = _read_object(folder / FILES[0]), _read_object(folder / FILES[2])
    known = {**job, **{key: value for key, value in results.items() if value is not None}}
    video, is_there = _video(known, folder)
    clips, missing = _clips(known, folder)
    # Clips are as large as their film, and outlive it.
    size = next((size for path in (video, *(clip[2] for clip in clips)) if (size := _size(path))), None)
    setup, is_whole = _setup(folder, known, size)
    setup, shifts = _shifts(known, setup)
    reel = _file(known.get("combined_path"), folder)
    lost = [] if is_there else [f"its video {video.name} is missing"]
    if missing:
        lost.append(f"{missing} of its clips are missing")
    if not is_whole:
        lost.append("its regions were drawn in pixels of a film whose size is not known")
    return LegacyJob(
        folder=folder,
        old_id=_line(known.get("job_id")) or folder.name,
        title=_line(known.get("title")) or _line(known.get("name")) or video.stem,
        video=video,
        status=_status(known, shifts),
        error=_line(known.get("error")),
        setup=setup,
        created=_moment(known.get("created_at")) or _moment(known.get("updated_at")),
        shifts=shifts,
        clips=clips,
        reel=reel,
        lost=tuple(lost),
    )


def take_legacy(store: Store, old: LegacyJob) -> bool:
    """Make a job of an old one; return False when it is there already.

    Its folder stays as it is, now and when the job runs again or is cleared: what a run makes goes into the
    job's own folder.

    Raises:
        UserError: another job runs; nothing is there then.
    """
    if old.job_id in store.statuses():
        if not _is_half(store, old):
            return False
        store.delete_job(old.job_id)
    stages = old.setup.stages or ALL_STAGES
    store.create_job([old.video], setup=old.setup, title=old.title, stages=stages, job_id=old.job_id)
    if old.status == "draft":
        return True
    clips = _clip_rows(old.clips)
    reels = []
    if old.reel is not None:
        made = describe_artifact("reel", old.reel)
        reels.append(ArtifactRow("reel", old.reel, None, made.bytes, made.sha256))
    ended = {"failed": JobStatus.FAILED, "cancelled": JobStatus.CANCELLED}
    status = ended.get(old.status, JobStatus.DONE)
    brought = BroughtIn(
        status=status,
        error=(old.error or _FAILED_THERE) if status is JobStatus.FAILED else "",
        found=[[one.shift for one in shifts if not one.manual] for shifts in old.shifts],
        by_hand=[[one.shift for one in shifts if one.manual] for shifts in old.shifts],
        clips=lambda shifts: [_of_its_shift(clip, shifts) for clip in clips],
        artifacts=reels,
    )
    try:
        store.bring_in(old.job_id, brought)
    except UserError:
        store.delete_job(old.job_id)
        raise
    return True


def _clip_rows(clips: Sequence[tuple[Fraction, Fraction, Path]]) -> list[ClipRow]:
    """Return a row for each clip, of no shift yet. Reads each file."""
    rows = []
    for start, end, path in clips:
        made = describe_artifact("clip", path)
        rows.append(
            ClipRow(
                *(start, end, path),
                shift_id=None,
                player_id=None,
                mode="imported",
                note="cut by the old server",
                bytes=made.bytes,
                sha256=made.sha256,
            )
        )
    return rows


def _of_its_shift(clip: ClipRow, shifts: Sequence[ShiftRow]) -> ClipRow:
    """Return a clip with the shift that it shows most of, if there is one."""

    def shared(row: ShiftRow) -> Fraction:
        return min(clip.end, row.end) - max(clip.start, row.start)

    shown = max(shifts, key=shared, default=None)
    if shown is None or shared(shown) <= 0:
        return clip
    return replace(clip, shift_id=shown.id, player_id=shown.player_id)


def _is_half(store: Store, old: LegacyJob) -> bool:
    """Tell whether an earlier import was cut off: the job is not what it should be and never ran here."""
    status = str(store.job(old.job_id).status)
    unfinished = old.status != "draft" and status in ("draft", "queued", "interrupted")
    return unfinished and all(
        stage.status is StageStatus.WAITING and stage.started_at is None for stage in store.stages(old.job_id)
    )


def _read_object(path: Path) -> Mapping[str, object]:
    """Return what a file holds; nothing when there is no such file."""
    try:
        if not path.is_file():
            return {}
        if path.stat().st_size > LARGEST:
            raise UserError(f"{path.name} is far too large.")
        value = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UserError(f"{path.name} cannot be read ({error.strerror}).") from error
    except (ValueError, RecursionError):
        raise UserError(f"{path.name} is damaged: it is not JSON.") from None
    if not isinstance(value, dict):
        raise UserError(f"{path.name} is damaged: it holds no object.")
    return value


def _line(value: object) -> str:
    """Return a text as one short line; nothing for anything else."""
    if not isinstance(value, str):
        return ""
    words = " ".join(value.split())
    return "".join(letter for letter in words if letter.isprintable())[:200]


def _video(known: Mapping[str, object], folder: Path) -> tuple[Path, bool]:
    """Return where the video is, or was, and whether it is there."""
    for key in ("video_path", "source_path", "input_path", "proxy_path"):
        found = _file(known.get(key), folder)
        if found is not None:
            return found, True
    named = known.get("video_path")
    if not isinstance(named, str) or not named.strip("/\\ .") or not _is_name(_last_part(named)):
        raise UserError("it does not say which video it is of (video_path).")
    return (folder / _last_part(named)).absolute(), False


def _file(value: object, folder: Path) -> Path | None:
    """Return a file that the old server named: where it says, else of that name in its folder."""
    if not isinstance(value, str) or not value or "\0" in value:
        return None
    places = [folder / value, folder / _last_part(value), folder / "clips" / _last_part(value)]
    for place in places:
        try:
            if place.is_file():
                return place.absolute()
        except (OSError, ValueError):
            continue
    return None


def _last_part(path: str) -> str:
    windows = "\\" in path and "/" not in path
    return (PureWindowsPath(path) if windows else PurePosixPath(path)).name


def _is_name(name: str) -> bool:
    """Tell whether a file may be called so on any disk."""
    try:
        return "\0" not in name and 0 < len(name.encode()) <= NAME_BYTES
    except UnicodeEncodeError:
        return False


def _size(path: Path) -> tuple[int, int] | None:
    try:
        return probe(path).size if path.is_file() else None
    except UserError:
        return None


def _setup(folder: Path, known: Mapping[str, object], size: tuple[int, int] | None) -> tuple[Setup, bool]:
    """Return the setup, and whether its regions are in it: those in pixels need the size of the film."""
    data = _read_object(folder / FILES[1])
    within = known.get("setup")
    if not data and isinstance(within, dict):
        data = within
    if not data:
        return Setup(), True
    in_pixels = data.get("polygon_coords_normalized") is False
    drawn = [name for name in _POLYGONS if data.get(name)]
    if in_pixels and size is None and drawn:
        data = {name: value for name, value in data.items() if name not in _POLYGONS}
    try:
        return read_setup(data, picture_size=size), not (in_pixels and size is None and drawn)
    except UserError as error:
        raise UserError(f"in its setup, {error}") from None


def _shifts(known: Mapping[str, object], setup: Setup) -> tuple[Setup, tuple[tuple[LegacyShift, ...], ...]]:
    """Return the setup, with a player for each list of shifts, and the shifts of each."""
    told = known.get("players")
    if isinstance(told, list) and told:
        players = [one if isinstance(one, dict) else {} for one in told]
    else:
        players = [{"shifts": known.get("shifts") or []}]
    named = list(setup.players)
    named += [
        PlayerSetup(_line(one.get("name")), _number(one.get("number"))) for one in players[len(named) :]
    ]
    lists = tuple(
        tuple(_shift(f"players[{place}].shifts[{number}]", value) for number, value in enumerate(_list(one)))
        for place, one in enumerate(players)
    )
    return replace(setup, players=tuple(named)), lists


def _list(player: Mapping[str, object]) -> Sequence[object]:
    return list_at("shifts", player.get("shifts") or [], "shifts")


def _number(value: object) -> str:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return text if isinstance(text, str) and text.isdecimal() and len(text) <= 3 else ""


def _shift(key: str, value: object) -> LegacyShift:
    start, end = _span(key, value)
    told: Mapping[str, object] = value if isinstance(value, dict) else {}
    sure = told.get("confidence")
    confidence = _CONFIDENCE if sure is None else float(number_at(f"{key}.confidence", sure, 0, 1))
    origin = choice_at(f"{key}.origin", told.get("origin") or "auto", ("auto", "manual"))
    return LegacyShift(
        NewShift(
            start,
            end,
            confidence,
            _line(told.get("start_reason")),
            _line(told.get("end_reason")),
            (kept_evidence(Remark("old-server")),),
        ),
        manual=origin == "manual",
    )


def _span(key: str, value: object) -> tuple[Fraction, Fraction]:
    """Return start and end of a shift or a clip, `{"start", "end"}` or `[start, end]`."""
    if isinstance(value, dict):
        pair: Sequence[object] = (value.get("start"), value.get("end"))
    else:
        pair = list_at(key, value, "start and end")
    if len(pair) != 2:
        raise UserError(f"{key} is {shown(value)}, not a start and an end.")
    start, end = (
        seconds_of_number(number_at(f"{key}.{name}", time, 0, LONGEST_GAME, "s"))
        for name, time in zip(("start", "end"), pair, strict=True)
    )
    if end <= start:
        raise UserError(f"{key} ends at {float(end):g} s, which is not after its start.")
    return start, end


def _clips(
    known: Mapping[str, object], folder: Path
) -> tuple[tuple[tuple[Fraction, Fraction, Path], ...], int]:
    """Return the clips that are there, each file once, and how many are missing."""
    there: dict[Path, tuple[Fraction, Fraction, Path]] = {}
    missing = 0
    for number, value in enumerate(list_at("clips", known.get("clips") or [], "clips")):
        key = f"clips[{number}]"
        if not isinstance(value, dict):
            raise UserError(f"{key} is {shown(value)}, not a clip with start, end and path.")
        start, end = _span(key, value)
        path = _file(value.get("path"), folder)
        if path is None:
            missing += 1
        else:
            there[path] = (start, end, path)
    return tuple(sorted(there.values())), missing


def _status(known: Mapping[str, object], shifts: tuple[tuple[LegacyShift, ...], ...]) -> str:
    status = text_at("status", known.get("status") or "").lower()
    if status in _FINISHED or (any(shifts) and status not in _FAILED | _CANCELLED):
        return "finished"
    if status in _FAILED:
        return "failed"
    return "cancelled" if status in _CANCELLED else "draft"


def _moment(value: object) -> datetime | None:
    """Return a moment given as seconds since 1970 or in ISO 8601; None for anything else."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
        if isinstance(value, str):
            return datetime.fromisoformat(value)
    except (ValueError, OverflowError, OSError):
        pass
    return None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one folder."""

    folder: Path
    job_id: str | None
    """None when it was damaged."""
    is_new: bool
    sentence: str


def import_folders(store: Store, folder: Path) -> Iterator[Outcome]:
    """Take all jobs of the old server in a folder, one after the other, and pass damaged ones over.

    Raises:
        UserError: there is no such folder, or no job in it.
    """
    for path in legacy_folders(folder):
        try:
            old = read_legacy(path)
            is_new = take_legacy(store, old)
        except (UserError, OSError) as error:
            yield Outcome(path, None, False, f"{path.name} was left out: {error}")
            continue
        count = sum(len(shifts) for shifts in old.shifts)
        told = f"{old.title}: {_counted(count, 'shift')}, {_counted(len(old.clips), 'clip')}"
        if not is_new:
            told = f"{old.title}: is here already"
        elif old.lost:
            told += f"; {'; '.join(old.lost)}"
        yield Outcome(path, old.job_id, is_new, told)


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
