"""What can go wrong that a person can mend. Anything else is a bug and crashes loudly into the log.

Each error carries the exit code that the command line answers with.
"""

from pathlib import Path

EXIT_DONE = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_CANCELLED = 3
EXIT_LOCKED = 4
EXIT_BUG = 70


class UserError(Exception):
    """Something the person can mend. The message is one sentence: what is wrong and what to do."""

    exit_code = EXIT_USAGE

    def __init__(self, message: str, *, detail: str = "", film: Path | None = None) -> None:
        """Keep `message` for the person and `detail` (ffmpeg's last lines, say) for the log.

        `film` is the film that could not be read or was not the same any more, where that is what went wrong.
        What the message repeats of a stranger's file cannot steer a terminal: it is one printable line.
        """
        super().__init__(_one_line(message))
        self.detail = detail
        self.film = film


class StageFailed(UserError):
    """A job stopped in the middle for a reason outside the program: full disk, dying encoder."""

    exit_code = EXIT_FAILED


class DiskFull(StageFailed):
    """No room left on the disk that is written to; what was finished is kept."""


class DatabaseDamaged(UserError):
    """The database cannot be read whole; a backup of it can be put back."""


class InstanceLocked(UserError):
    """Another running program holds this data folder."""

    exit_code = EXIT_LOCKED


class Cancelled(Exception):
    """The work was stopped on request. Not an error: nothing is logged as failed."""

    exit_code = EXIT_CANCELLED


def _one_line(text: str) -> str:
    lines = " ".join(text.split("\n"))
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in lines)
