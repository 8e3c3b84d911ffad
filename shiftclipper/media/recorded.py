"""When a film was recorded and where its timecode begins, as its camera has noted it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from shiftclipper.media.container import main_video, open_video

EARLIEST_YEAR = 2000
"""A camera whose clock was never set says an earlier one."""
_TIMECODE = re.compile(r"\d{1,2}:\d{2}:\d{2}[:;.]\d{2,3}\Z")


@dataclass(frozen=True, slots=True)
class Recording:
    """What a camera has noted of a film."""

    day: date
    """When it was recorded; when the file was last changed where the film does not say."""
    is_told: bool
    """Whether the film itself says the day."""
    timecode: str
    """hh:mm:ss:ff of the first frame, with `;` before ff where numbers are dropped; empty for none."""


def read_recording(path: Path) -> Recording:
    """Read when a film was recorded and its first timecode.

    Raises:
        UserError: the file is missing or no video.
    """
    with open_video(path) as container:
        stream = main_video(container, path)
        texts = {**dict(container.metadata), **dict(stream.metadata)}
        codes = [texts.get("timecode", "")]
        codes += [other.metadata.get("timecode", "") for other in container.streams]
    told = _day(texts)
    day = told or datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
    return Recording(day, told is not None, next((code for code in codes if _TIMECODE.match(code)), ""))


def _day(texts: Mapping[str, str]) -> date | None:
    # The first has the time zone of the place.
    for key in ("com.apple.quicktime.creationdate", "creation_time", "date"):
        try:
            moment = datetime.fromisoformat(texts.get(key, "").strip())
        except ValueError:
            continue
        if moment.year < EARLIEST_YEAR:
            continue
        # `creation_time` is given in UTC, and the game was played here.
        return (moment.astimezone() if moment.tzinfo is UTC else moment).date()
    return None
