"""The rows that a job is made of when it is created: its stages and its sources."""

from collections.abc import Sequence
from pathlib import Path

from shiftclipper.errors import UserError
from shiftclipper.jobs.database import Change
from shiftclipper.jobs.rows import ALL_STAGES, CLOSING_STAGE
from shiftclipper.jobs.schema import TableName


def path_text(path: Path) -> str:
    """Return the absolute path as text.

    Raises:
        UserError: the name is made of bytes that are no text.
    """
    text = str(path.absolute())
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise UserError(
            f"The name of {text.encode('utf-8', 'replace').decode()} is not valid text; "
            "rename the file and try again."
        ) from None
    return text


def title_of(sources: Sequence[Path]) -> str:
    """Return what to call a game, made of the names of its files."""
    more = f" and {len(sources) - 1} more" if len(sources) > 1 else ""
    return sources[0].stem + more


def want_stages(change: Change, job_id: str, stages: Sequence[str]) -> None:
    """Choose the stages that are wanted; the closing one always is.

    Raises:
        UserError: an unknown stage, or none.
    """
    unknown = [name for name in stages if name not in ALL_STAGES]
    if unknown or not stages:
        named = ", ".join(unknown) or "none"
        raise UserError(f"The stages are {named}; allowed are {', '.join(ALL_STAGES)}.")
    for name in ALL_STAGES:
        change.execute(
            "UPDATE stage SET wanted = ? WHERE job_id = ? AND name = ?",
            [int(name in stages or name == CLOSING_STAGE), job_id, name],
        )


def add_sources(change: Change, job_id: str, paths: Sequence[str], first: int) -> None:
    """Add files to a game, at the positions from `first` on."""
    change.insert_all(
        TableName.SOURCE,
        (
            {"job_id": job_id, "position": position, "path": path, "bytes": _size(path)}
            for position, path in enumerate(paths, start=first)
        ),
    )


def _size(path: str) -> int | None:
    try:
        return Path(path).stat().st_size
    except OSError:
        return None
