"""On which day a film was recorded, as the camera wrote it into the file."""

from datetime import UTC, date, datetime
from pathlib import Path

from shiftclipper.media.container import open_video

KEYS = ("com.apple.quicktime.creationdate", "creation_time", "date")
"""Where cameras write it; the first one in the time of the place, the others mostly in universal time."""
FIRST_YEAR = 1990
"""Earlier years come from clocks that were never set."""


def recorded_on(path: Path) -> date | None:
    """Return the day on which a film was recorded; None when the file does not tell.

    Raises:
        UserError: the file is missing or no video.
    """
    with open_video(path) as container:
        told = {key.lower(): value for key, value in container.metadata.items()}
    for key in KEYS:
        if (day := _day(told.get(key, ""))) is not None:
            return day
    return None


def _day(text: str) -> date | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if moment.tzinfo is UTC:
        # The day at the rink is that of the place, which is taken to be here.
        moment = moment.astimezone()
    return moment.date() if moment.year >= FIRST_YEAR else None
