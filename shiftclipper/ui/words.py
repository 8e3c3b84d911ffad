"""What the window says: statuses, stages, times and sizes in words, all translatable."""

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

from shiftclipper.export.clock_text import clock
from shiftclipper.jobs.rows import JobRow, JobStatus, PlayerRow, StopReason

translate = QCoreApplication.translate
# lupdate finds texts by this name. No catalogue has forms for numbers: the singular is a text of its own.

_SURE, _PROBABLE = 0.9, 0.6
"""Confidence from which a shift counts as sure, and as probable."""


def status_words(job: JobRow) -> str:
    """Return where a job stands: what it does now, or how it ended."""
    match job.status:
        case JobStatus.DRAFT:
            return translate("Words", "Not started")
        case JobStatus.QUEUED:
            return translate("Words", "Waits for its turn")
        case JobStatus.RUNNING:
            return stage_words(job.stage) if job.stage else translate("Words", "Starting")
        case JobStatus.STOPPING:
            return _stopping_words(job.stop_reason)
        case JobStatus.PAUSED:
            return translate("Words", "Paused")
        case JobStatus.INTERRUPTED:
            return translate("Words", "Interrupted")
        case JobStatus.FAILED:
            return translate("Words", "Failed")
        case JobStatus.CANCELLED:
            return translate("Words", "Cancelled")
        case JobStatus.DONE:
            return translate("Words", "Done")


def _stopping_words(reason: StopReason | None) -> str:
    if reason is StopReason.PAUSE:
        return translate("Words", "Pausing")
    if reason is StopReason.QUIT:
        return translate("Words", "Stopping")
    return translate("Words", "Cancelling")


def stage_words(name: str) -> str:
    """Return what a stage does."""
    known = {
        "ingest": translate("Words", "Reading the film"),
        "analyse": translate("Words", "Finding players"),
        "identify": translate("Words", "Following the player"),
        "clips": translate("Words", "Cutting the clips"),
        "reel": translate("Words", "Joining the reel"),
        "report": translate("Words", "Writing the report"),
        "results": translate("Words", "Writing the results"),
    }
    return known.get(name, name)


def time_left_words(seconds: float | None) -> str:
    """Return `about 4 minutes left`, or nothing while it is unknown."""
    if seconds is None:
        return ""
    return translate("Words", "about {duration} left").format(duration=duration_words(seconds))


def short_time_left_words(seconds: float | None) -> str:
    """Return `4 min left`, or nothing while it is unknown."""
    if seconds is None:
        return ""
    if seconds < 55:
        return translate("Words", "{count} s left").format(count=max(5, 5 * round(seconds / 5)))
    if seconds < 100 * 60:
        return translate("Words", "{count} min left").format(count=round(seconds / 60))
    return translate("Words", "{count} h left").format(count=round(seconds / 3600))


def duration_words(seconds: float) -> str:
    """Return a length of time as people say it, rounded: `4 minutes`, `2 hours`, `20 seconds`."""
    if seconds < 55:
        rounded = max(5, 5 * round(seconds / 5))
        return (
            translate("Words", "1 second")
            if rounded == 1
            else translate("Words", "{count} seconds").format(count=rounded)
        )
    minutes = round(seconds / 60)
    if minutes < 100:
        return (
            translate("Words", "1 minute")
            if minutes == 1
            else translate("Words", "{count} minutes").format(count=minutes)
        )
    return translate("Words", "{count} hours").format(count=max(2, round(seconds / 3600)))


def size_words(size: int) -> str:
    """Return a number of bytes as people say it: `1.4 GB`."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def about_size_words(size: int) -> str:
    """Return a guess at a number of bytes, no closer than a guess is: `about 240 MB`."""
    rounded = int(float(f"{size:.2g}"))
    digits = 0 if int(f"{rounded:e}"[-2:]) % 3 else 1
    told = QLocale().formattedDataSize(rounded, digits, QLocale.DataSizeFormat.DataSizeSIFormat)
    return translate("Words", "about {size}").format(size=told)


def percent_words(share: float) -> str:
    """Return a share of 0 to 1 as `62 %`; never 100 % before the end."""
    return translate("Words", "{percent} %").format(percent=100 if share >= 1 else min(99, int(share * 100)))


def added_words(moment: float, today: QDate | None = None) -> str:
    """Return when a game was added, from seconds since 1970."""
    then, short = QDateTime.fromSecsSinceEpoch(int(moment)), QLocale.FormatType.ShortFormat
    days = then.date().daysTo(today or QDate.currentDate())
    time = QLocale().toString(then.time(), short)
    if days == 0:
        return translate("Words", "added today at {time}").format(time=time)
    if days == 1:
        return translate("Words", "added yesterday at {time}").format(time=time)
    return translate("Words", "added on {date}").format(date=QLocale().toString(then.date(), short))


def files_words(count: int) -> str:
    """Return `1 file` or `3 files`."""
    return (
        translate("Words", "1 file")
        if count == 1
        else translate("Words", "{count} files").format(count=count)
    )


def shifts_words(count: int) -> str:
    """Return `1 shift` or `22 shifts`."""
    return (
        translate("Words", "1 shift")
        if count == 1
        else translate("Words", "{count} shifts").format(count=count)
    )


def totals_words(shift_count: int, time_on_ice: Fraction) -> str:
    """Return `22 shifts · 16:40 on the ice`, from a number and seconds."""
    if not shift_count:
        return translate("Words", "No shifts found")
    time = translate("Words", "{time} on the ice").format(time=clock(time_on_ice))
    return f"{shifts_words(shift_count)} · {time}"


def grouping_words(parts: Sequence[int]) -> str:
    """Return how files became games, from the number of files of each game."""
    if len(parts) == 1:
        return translate("Words", "One game") if parts[0] == 1 else _one_game_words(parts[0])
    if all(part == 1 for part in parts):
        return translate("Words", "{games} games").format(games=len(parts))
    return translate("Words", "{games} games from {files} files").format(games=len(parts), files=sum(parts))


def _one_game_words(parts: int) -> str:
    return translate("Words", "One game in {parts} parts").format(parts=parts)


def player_words(player: PlayerRow) -> str:
    """Return what to call a player: `Sam #17`."""
    number = f"#{player.number}" if player.number else ""
    return " ".join(part for part in (player.name, number) if part) or translate("Words", "The player")


def camera_words(name: str) -> str:
    """Return what kind of camera filmed the game."""
    known = {
        "fixed_wide": translate("Words", "fixed, sees the whole ice"),
        "panning": translate("Words", "panning"),
        "broadcast": translate("Words", "broadcast"),
        "phone": translate("Words", "phone"),
    }
    return known.get(name, name)


def named_camera_words(name: str) -> str:
    """Return the same with what it is: `Camera: panning`."""
    return translate("Words", "Camera: {kind}").format(kind=camera_words(name))


def quality_words(name: str) -> str:
    """Return how closely the film is looked at; see `settings.QUALITIES`."""
    known = {
        "fast": translate("Words", "Quality: fast"),
        "balanced": translate("Words", "Quality: balanced"),
        "thorough": translate("Words", "Quality: thorough"),
    }
    return known.get(name, name)


def level_words(name: str) -> str:
    """Return how high the level of play is; see `settings.LEVELS`."""
    known = {
        "any": translate("Words", "Level: any"),
        "youth": translate("Words", "Level: youth"),
        "adult": translate("Words", "Level: adult"),
        "professional": translate("Words", "Level: professional"),
    }
    return known.get(name, name)


def certainty(confidence: float) -> tuple[str, str]:
    """Return the icon and the word for a shift's confidence, 0 to 1."""
    if confidence >= _SURE:
        return "sure", translate("Words", "sure")
    if confidence >= _PROBABLE:
        return "probable", translate("Words", "probable")
    return "check", translate("Words", "please check")


def took_words(seconds: float) -> str:
    """Return how long something took: `took 3 minutes`."""
    if seconds < 5:
        return done_words()
    return translate("Words", "took {duration}").format(duration=duration_words(seconds))


def done_words() -> str:
    """Return that something is finished."""
    return translate("Words", "done")


def failed_words() -> str:
    """Return that something went wrong."""
    return translate("Words", "failed")


def running_words() -> str:
    """Return that something is going on."""
    return translate("Words", "under way")


def waits_for_player_words() -> str:
    """Return that a stage cannot begin before the player is known."""
    return translate("Words", "waits until the player is known")


def not_asked_words() -> str:
    """Return that a stage is left out."""
    return translate("Words", "not asked for")
