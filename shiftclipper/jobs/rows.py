"""What the store hands out: one frozen value for each kind of row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.setup import Setup

CLOSING_STAGE = "results"
"""Writes the files for other programs; ends every run, whatever else is wanted."""
ALL_STAGES = ("ingest", "analyse", "identify", "clips", "reel", "report", CLOSING_STAGE)
"""Every stage of a job, in the order in which they run."""
EXPORT_STAGES = ("clips", "reel", "report")
"""Those that make what the person exports."""


class JobStatus(StrEnum):
    """Where a job stands; the legal ways between these are rows of the database."""

    DRAFT = "draft"
    QUEUED = "queued"
    RUNNING = "running"
    STOPPING = "stopping"
    PAUSED = "paused"
    INTERRUPTED = "interrupted"
    FAILED = "failed"
    CANCELLED = "cancelled"
    DONE = "done"

    @property
    def is_active(self) -> bool:
        """Whether a run holds the job."""
        return self in (JobStatus.RUNNING, JobStatus.STOPPING)

    @property
    def is_ended(self) -> bool:
        """Whether nothing more happens by itself or is waited for."""
        return self in (JobStatus.FAILED, JobStatus.CANCELLED, JobStatus.DONE)


class StopReason(StrEnum):
    """Why a running job was asked to stop."""

    CANCEL = "cancel"
    PAUSE = "pause"
    QUIT = "quit"


class StageStatus(StrEnum):
    """Where one stage of a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Action(StrEnum):
    """What a person can do with a job."""

    RUN = "run"
    PAUSE = "pause"
    RESUME = "resume"
    RETRY = "retry"
    CANCEL = "cancel"
    CLEAR = "clear"


ACTIONS: Mapping[JobStatus, frozenset[Action]] = {
    JobStatus.DRAFT: frozenset({Action.RUN, Action.CANCEL, Action.CLEAR}),
    JobStatus.QUEUED: frozenset({Action.PAUSE, Action.CANCEL, Action.CLEAR}),
    JobStatus.RUNNING: frozenset({Action.PAUSE, Action.CANCEL}),
    JobStatus.STOPPING: frozenset({Action.CANCEL}),
    JobStatus.PAUSED: frozenset({Action.RESUME, Action.CANCEL, Action.CLEAR}),
    JobStatus.INTERRUPTED: frozenset({Action.RESUME, Action.RETRY, Action.CANCEL, Action.CLEAR}),
    JobStatus.FAILED: frozenset({Action.RETRY, Action.CLEAR}),
    JobStatus.CANCELLED: frozenset({Action.RETRY, Action.CLEAR}),
    JobStatus.DONE: frozenset({Action.RUN, Action.CLEAR}),
}
"""What each status allows."""


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as the list of jobs shows it. Times are seconds since 1970."""

    id: str
    title: str
    status: JobStatus
    stop_reason: StopReason | None
    queue_order: int | None
    """Place in the queue, ascending; None when not queued."""
    stage: str
    """Name of the stage that runs or ran last; empty before the first."""
    message: str
    error: str
    """One sentence when the status is failed."""
    progress: float
    """Of the whole job, 0 to 1."""
    stage_progress: float | None
    """Of the stage that runs, 0 to 1; None while unknown."""
    seconds_left: float | None
    """To the end of the job at the speed of the running stage; None while unknown."""
    units_per_second: float | None
    """Speed of the running stage in its own units (seconds of game, frames); None while unknown."""
    stages: tuple[str, ...]
    """The stages that are wanted, in order."""
    out_dir: Path
    """Where clips, reel and report go."""
    work_dir: Path
    """The job's own folder for everything else."""
    source_paths: tuple[Path, ...]
    created_at: float
    updated_at: float
    started_at: float | None
    finished_at: float | None

    @property
    def can(self) -> frozenset[Action]:
        """What the person can do with it now."""
        return ACTIONS[self.status]


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage of a job. Times are seconds since 1970."""

    name: str
    status: StageStatus
    wanted: bool
    weight: float
    """Rough share of the job's time."""
    input_hash: str | None
    """Of everything the stage's result depends on, as it was when the stage last began."""
    done_units: float
    total_units: float | None
    resumed_units: float | None
    """Units that were there already when the stage last began."""
    error: str
    perf: dict[str, JsonValue]
    """How fast it went: `seconds` and whatever the stage measured."""
    started_at: float | None
    updated_at: float | None
    finished_at: float | None

    @property
    def fraction(self) -> float:
        """Share that is done, 0 to 1."""
        if self.status is StageStatus.DONE:
            return 1.0
        if not self.total_units:
            return 0.0
        return min(1.0, max(0.0, self.done_units / self.total_units))


@dataclass(frozen=True, slots=True)
class EventRow:
    """One change of a job's status."""

    at: float
    """Seconds since 1970."""
    from_status: JobStatus | None
    """None for the job's birth."""
    to_status: JobStatus
    stage: str
    detail: str
    """The reason of a stop, the error of a failure, else the message."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One file of a game."""

    id: int
    position: int
    """0 for the first."""
    path: Path
    bytes: int | None
    start: Fraction | None
    """Game time of its first frame, in seconds; None before ingest."""
    duration: Fraction | None
    """Seconds; None before ingest."""
    probe: dict[str, JsonValue] | None
    normalised_path: Path | None
    """The remuxed copy to seek in, when the file itself cannot be sought exactly."""
    proxy_path: Path | None
    failed: bool = False
    """Whether the job's last run failed because this film could not be read or was not the same any more."""


@dataclass(frozen=True, slots=True)
class PlayerRow:
    """One player whose shifts are wanted."""

    id: int
    position: int
    name: str
    number: str
    jersey_color: str | None


@dataclass(frozen=True, slots=True)
class ChunkRow:
    """What analysis saw in one chunk of a source."""

    source_id: int
    number: int
    start: Fraction
    end: Fraction
    """Source time in seconds, [start, end)."""
    samples: int
    observations: bytes


@dataclass(frozen=True, slots=True)
class NewShift:
    """A shift as identity found it."""

    start: Fraction
    end: Fraction
    """Seconds of game time."""
    confidence: float
    start_reason: str
    end_reason: str
    evidence: tuple[Mapping[str, JsonValue], ...] = ()
    tracklet_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """A shift of one player."""

    id: int
    player_id: int
    start: Fraction
    end: Fraction
    """Seconds of game time."""
    confidence: float
    start_reason: str
    end_reason: str
    evidence: tuple[Mapping[str, JsonValue], ...]
    tracklet_ids: tuple[int, ...]
    origin: str
    """`auto` or `manual`."""
    verdict: str
    """`proposed`, `accepted` or `rejected`."""
    note: str = ""
    """The person's own words."""


@dataclass(frozen=True, slots=True)
class ClipRow:
    """A cut file."""

    start: Fraction
    end: Fraction
    """Seconds of game time, with pre- and post-roll."""
    path: Path
    shift_id: int | None = None
    player_id: int | None = None
    mode: str = "exact"
    encoder: str = ""
    note: str = ""
    frames: int = 0
    bytes: int = 0
    sha256: str = ""
    fingerprint: str = ""
    """Hash of everything the file depends on; equal means that it need not be cut again."""
    id: int = 0
    """0 until it is saved."""


@dataclass(frozen=True, slots=True)
class ArtifactRow:
    """A file other than a clip that the job made: reel, report, results."""

    type: str
    path: Path
    player_id: int | None = None
    bytes: int = 0
    sha256: str = ""
    fingerprint: str = ""
    id: int = 0
    """0 until it is saved."""


@dataclass(frozen=True, slots=True)
class JobResults:
    """Everything about a job, read at one moment."""

    job: JobRow
    setup: Setup
    sources: list[SourceRow]
    players: list[PlayerRow]
    shifts: list[ShiftRow]
    clips: list[ClipRow]
    artifacts: list[ArtifactRow]
    stages: list[StageRow] = field(default_factory=list)
