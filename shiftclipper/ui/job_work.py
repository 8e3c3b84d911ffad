"""What is asked for of jobs, carried out: everything here runs in the worker of `job_actions`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from shiftclipper.errors import UserError
from shiftclipper.export.folders import make_folder
from shiftclipper.jobs.cleanup import clear_job
from shiftclipper.jobs.corrections import Corrections, SetupChanged
from shiftclipper.jobs.export_place import made_place, place_for
from shiftclipper.jobs.relink import FoundAgain, find_again_anywhere
from shiftclipper.jobs.rows import (
    ALL_STAGES,
    CLOSING_STAGE,
    EXPORT_STAGES,
    JobStatus,
    StageStatus,
    StopReason,
)
from shiftclipper.jobs.settings import Settings
from shiftclipper.jobs.setup import Setup, check_against
from shiftclipper.jobs.setup_file import read_setup
from shiftclipper.jobs.store import Store
from shiftclipper.media.probe import probe
from shiftclipper.ui.arrivals import setup_of
from shiftclipper.ui.export.choices import CHOICES, Choice, Options, options_of
from shiftclipper.ui.grouping import Games, title_of

PLAYERLESS_STAGES = ("ingest", "analyse")
"""What can run before anybody said who the player is."""
NOTHING = object()
"""What an undo gives when there is nothing to undo."""


@dataclass(frozen=True, slots=True)
class SetupOpened:
    """A setup was saved for a job."""

    job_id: str
    ignored: tuple[str, ...]
    """Keys of an old setup that mean nothing here."""


class JobWork:
    """Changes jobs, and remembers what has to wait until one that runs has ended."""

    def __init__(self, store: Store, exports: Path | None) -> None:
        """Work on the jobs of `store`; `exports` is the folder for what is exported, see `export_place`."""
        self._store = store
        self._exports = exports
        self.to_clear: set[str] = set()
        """Ids of jobs to clear as soon as they have stopped."""
        self.to_run_again: set[str] = set()
        """Ids of jobs to queue once more when they are done."""
        self.followed_here = ""
        """Id of the job whose shifts are found without the queue, by who listens to its corrections."""

    def take_in(self, games: Games, setups: Mapping[Path, Setup]) -> tuple[list[str], list[FoundAgain]]:
        """Give films to the jobs that have lost them, and make jobs of the others."""
        found = find_again_anywhere(self._store, [film.path for game in games for film in game])
        known = {one.now for one in found}
        for job_id in {one.job_id for one in found}:
            if self._store.job(job_id).status in (JobStatus.FAILED, JobStatus.PAUSED, JobStatus.INTERRUPTED):
                self._store.start(job_id)
        left = (tuple(film for film in game if film.path.absolute() not in known) for game in games)
        return self._create(tuple(game for game in left if game), setups), found

    def regroup(self, old: Sequence[str], games: Games, setups: Mapping[Path, Setup]) -> list[str]:
        """Make other games of the same films, in place of the jobs that there are; return their ids."""
        known = [job_id for job_id in old if job_id in self._store.statuses()]
        created = self._create(games, {**setups, **self._setups_of(known)})
        for job_id in known:
            self._clear_when_stopped(job_id)
        return created

    def open_setup(self, job_id: str, file: Path) -> SetupOpened:
        """Read a setup file, save it for a job, and let the job go on from there."""
        job = self._store.job(job_id)
        probes = [probe(path) for path in job.source_paths]
        setup = read_setup(file, picture_size=probes[0].size)
        check_against(setup, sum((found.duration for found in probes), Fraction(0)))
        self._store.corrections.change_setup(job_id, lambda _before: setup, "setup-file")
        stages = _stages_for(setup)
        if set(stages) & set(EXPORT_STAGES):
            self._settle_place(job_id)
        self._store.set_stages(job_id, stages)
        self.queue_again(job_id)
        return SetupOpened(job_id, setup.ignored)

    def correct(self, job_id: str, work: Callable[[Corrections], object]) -> object:
        """Correct something of a job and let the job follow; return what `work` returned."""
        value = work(self._store.corrections)
        unchanged = isinstance(value, SetupChanged) and value.before == value.after
        if value is not NOTHING and not unchanged:
            self._follow(job_id)
        return value

    def queue_again(self, job_id: str) -> None:
        """Let the queue bring a job up to date, as soon as what runs has ended."""
        status = self._store.job(job_id).status
        if status in (JobStatus.DRAFT, JobStatus.DONE):
            self._store.queue(job_id)
        elif status.is_active:
            self.to_run_again.add(job_id)

    def queue_unfinished(self) -> None:
        """Queue stages that became wanted after a job was done."""
        for job in self._store.jobs():
            if job.status is not JobStatus.DONE:
                continue
            stages = [
                stage
                for stage in self._store.stages(job.id)
                # What is exported is for the person to begin.
                if stage.wanted and stage.name not in (*EXPORT_STAGES, CLOSING_STAGE)
            ]
            if any(stage.status is not StageStatus.DONE for stage in stages):
                self._store.queue(job.id)

    def change_options(self, job_id: str, change: Callable[[Options], Options]) -> None:
        """Change what a job exports, from what the database says now."""
        options = change(options_of(self._store.results(job_id)))
        self._store.change_settings(job_id, **options.settings)
        self._want(job_id, options.stages)

    def export(self, job_id: str, stages: Sequence[str]) -> None:
        """Let a job make these stages' files, now or as soon as what runs has ended."""
        self._settle_place(job_id)
        status = self._want(job_id, stages)
        if status is not JobStatus.QUEUED and not status.is_active:
            self._store.start(job_id)

    def finish_clearing(self, job_id: str) -> None:
        """Clear a job that was to stop first, once it has."""
        status = self._store.statuses().get(job_id)
        if status is not None and status.is_active:
            return
        self.to_clear.discard(job_id)
        if status is not None:
            # Cancelled as asked, or done in the very moment that it was asked.
            clear_job(self._store, job_id)

    def run_again(self, job_id: str) -> None:
        """Queue a job once more whose run was planned before what was asked for since."""
        if job_id not in self.to_run_again:
            return
        status = self._store.statuses().get(job_id)
        if status is None or not status.is_active:
            self.to_run_again.discard(job_id)
        if status is JobStatus.DONE:
            self._store.queue(job_id)

    def _create(self, games: Games, setups: Mapping[Path, Setup]) -> list[str]:
        # Created last game first: the list shows the newest on top, and the queue runs them in order.
        created = {}
        for number, game in reversed(list(enumerate(games))):
            setup = setup_of(game, setups)
            films = tuple(film.path.absolute() for film in game)
            self._store.preferences.remember_game(films)
            title, stages = title_of(game), _stages_for(setup)
            exports = self._exports if set(stages) & set(EXPORT_STAGES) else None
            created[number] = self._store.create_job(
                [film.path for film in game],
                # Nobody presses Export for a game whose setup came along.
                out_dir=None if exports is None else _place_or_none(exports, title),
                # A setup that came along says it all; else the person's preferences do.
                setup=setup or Setup(settings=self._of_new_games()),
                title=title,
                stages=stages,
            )
        ids = [created[number] for number in range(len(games))]
        for job_id in ids:
            self._store.queue(job_id)
        return ids

    def _of_new_games(self) -> Settings:
        """Return what a game begins with: the person's preferences, and else what suits a coach."""
        settings = self._store.preferences.read().of_new_games()
        return settings.changed({"cut_mode": CHOICES[Choice.COACH].mode})

    def _setups_of(self, jobs: Sequence[str]) -> dict[Path, Setup]:
        """Return setups that were opened meanwhile, by the first film of their game."""
        setups = {}
        for job_id in jobs:
            setup = self._store.setup(job_id)
            if setup.players:
                setups[self._store.job(job_id).source_paths[0]] = setup
        return setups

    def _want(self, job_id: str, stages: Sequence[str]) -> JobStatus:
        """Set the stages, and return the status; what runs was planned without them and runs once more."""
        self._store.set_stages(job_id, stages)
        self.to_run_again.add(job_id)
        status = self._store.job(job_id).status
        if not status.is_active:
            self.to_run_again.discard(job_id)
        return status

    def _settle_place(self, job_id: str) -> None:
        """Let a job's files go where the panel says."""
        job = self._store.job(job_id)
        place = made_place(self._exports, job)
        if place != job.out_dir:
            self._store.settle_out_dir(job_id, place)

    def _clear_when_stopped(self, job_id: str) -> None:
        status = self._store.job(job_id).status
        if status in (JobStatus.RUNNING, JobStatus.QUEUED):
            status = self._store.request_stop(job_id, StopReason.CANCEL)
        if not status.is_active:
            clear_job(self._store, job_id)

    def _follow(self, job_id: str) -> None:
        """Bring a job up to date after a correction, or leave that to whoever listens."""
        job = self._store.job(job_id)
        if "identify" not in job.stages and self._store.players(job_id):
            # Clips come with the step Export; until then only the shifts are looked for.
            self._store.set_stages(job_id, (*PLAYERLESS_STAGES, "identify"))
        if job.status.is_active or job_id != self.followed_here or not self._is_analysed(job_id):
            self.queue_again(job_id)

    def _is_analysed(self, job_id: str) -> bool:
        stages = self._store.stages(job_id)
        return any(stage.name == "analyse" and stage.status is StageStatus.DONE for stage in stages)


def _place_or_none(exports: Path, title: str) -> Path | None:
    try:
        return place_for(make_folder(exports), title)
    except UserError:
        return None


def _stages_for(setup: Setup | None) -> tuple[str, ...]:
    if setup is None or not setup.players:
        return PLAYERLESS_STAGES
    return setup.stages or ALL_STAGES
