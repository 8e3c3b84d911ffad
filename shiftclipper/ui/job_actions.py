"""What a person does to jobs, carried out off the GUI thread and in the order it was asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from shiftclipper.jobs.cleanup import clear_job
from shiftclipper.jobs.rows import ALL_STAGES, CLOSING_STAGE, JobStatus, StageStatus, StopReason
from shiftclipper.jobs.setup import Setup, check_against
from shiftclipper.jobs.setup_file import read_setup
from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.store import Store
from shiftclipper.media.probe import probe
from shiftclipper.ui.arrivals import setup_of
from shiftclipper.ui.background import Background
from shiftclipper.ui.grouping import Games, title_of
from shiftclipper.ui.words import translate

PLAYERLESS_STAGES = ("ingest", "analyse")
"""What can run before anybody said who the player is."""


@dataclass(frozen=True, slots=True)
class SetupOpened:
    """A setup was saved for a job."""

    job_id: str
    ignored: tuple[str, ...]
    """Keys of an old setup that mean nothing here."""


class JobActions(QObject):
    """Writes what the person asks for; the window hears of it from the database."""

    refused = Signal(str, str)
    """Id of the job and the sentence that says why something was not done."""
    setup_opened = Signal(str, str)
    """Id of the job and a sentence about what was left out, or nothing."""

    def __init__(self, store: Store, bus: JobBus, parent: QObject) -> None:
        """Act on the jobs of `store`."""
        super().__init__(parent)
        self._store = store
        # One thread: what was asked for first happens first.
        self._background = Background(1, self, after_each=store.close_thread)
        self._to_clear: set[str] = set()
        self._to_run_again: set[str] = set()
        bus.job_changed.connect(self._look_after)

    @property
    def is_idle(self) -> bool:
        """Say whether everything that was asked for has happened."""
        return self._background.is_idle

    def close(self) -> None:
        """Return when what was begun is written."""
        self._background.close(finish=True)

    def finish_left_overs(self) -> None:
        """Queue what an earlier window did not get to: stages that became wanted after a job was done."""
        self._background.run(self._queue_unfinished)

    def add_games(
        self, games: Games, setups: Mapping[Path, Setup], on_added: Callable[[list[str]], None]
    ) -> None:
        """Make a job of each game and let it begin.

        Args:
            games: films by game.
            setups: by film; a game without one is analysed only, until there is one.
            on_added: called in the GUI thread with the new jobs' ids.
        """
        self._background.run(lambda: self._create(games, setups), on_added, self._refused_for(""))

    def regroup(
        self,
        old: Sequence[str],
        games: Games,
        setups: Mapping[Path, Setup],
        on_added: Callable[[list[str]], None],
    ) -> None:
        """Make other games of the same films, in place of the jobs that there are."""
        self._to_clear.update(old)

        def change() -> list[str]:
            known = [job_id for job_id in old if job_id in self._store.statuses()]
            created = self._create(games, {**setups, **self._setups_of(known)})
            for job_id in known:
                self._clear_when_stopped(job_id)
            return created

        self._background.run(change, on_added, self._refused_for(""))

    def start(self, job_id: str) -> None:
        """Run, resume or retry, whichever fits."""
        self._do(job_id, lambda: self._store.start(job_id))

    def pause(self, job_id: str) -> None:
        """Stop it so that it can go on later."""
        self._do(job_id, lambda: self._stop(job_id, StopReason.PAUSE))

    def cancel(self, job_id: str) -> None:
        """End it."""
        self._do(job_id, lambda: self._stop(job_id, StopReason.CANCEL))

    def clear(self, job_id: str) -> None:
        """Delete the job with its own folder; never a film."""
        self._do(job_id, lambda: self._clear(job_id))

    def open_setup(self, job_id: str, file: Path) -> None:
        """Read a setup file, say who the player is, and let the job go on from there."""
        self._background.run(
            lambda: self._open_setup(job_id, file), self._setup_was_opened, self._refused_for(job_id)
        )

    # In the worker

    def _create(self, games: Games, setups: Mapping[Path, Setup]) -> list[str]:
        # Created last game first: the list shows the newest on top, and the queue runs them in order.
        created = {}
        for number, game in reversed(list(enumerate(games))):
            setup = setup_of(game, setups)
            created[number] = self._store.create_job(
                [film.path for film in game],
                setup=setup,
                title=title_of(game),
                stages=_stages_for(setup),
            )
        ids = [created[number] for number in range(len(games))]
        for job_id in ids:
            self._store.queue(job_id)
        return ids

    def _setups_of(self, jobs: Sequence[str]) -> dict[Path, Setup]:
        """Return setups that were opened meanwhile, by the first film of their game."""
        setups = {}
        for job_id in jobs:
            setup = self._store.setup(job_id)
            if setup.players:
                setups[self._store.job(job_id).source_paths[0]] = setup
        return setups

    def _stop(self, job_id: str, reason: StopReason) -> None:
        self._store.request_stop(job_id, reason)

    def _clear(self, job_id: str) -> None:
        clear_job(self._store, job_id)

    def _clear_when_stopped(self, job_id: str) -> None:
        status = self._store.job(job_id).status
        if status in (JobStatus.RUNNING, JobStatus.QUEUED):
            status = self._store.request_stop(job_id, StopReason.CANCEL)
        if not status.is_active:
            self._clear(job_id)

    def _open_setup(self, job_id: str, file: Path) -> SetupOpened:
        job = self._store.job(job_id)
        probes = [probe(path) for path in job.source_paths]
        setup = read_setup(file, picture_size=probes[0].size)
        check_against(setup, sum((found.duration for found in probes), Fraction(0)))
        self._store.save_setup(job_id, setup)
        self._store.set_stages(job_id, _stages_for(setup))
        status = self._store.job(job_id).status
        if status in (JobStatus.DRAFT, JobStatus.DONE):
            self._store.queue(job_id)
        elif status.is_active:
            self._to_run_again.add(job_id)
        return SetupOpened(job_id, setup.ignored)

    def _queue_unfinished(self) -> None:
        for job in self._store.jobs():
            if job.status is not JobStatus.DONE:
                continue
            stages = [
                stage for stage in self._store.stages(job.id) if stage.wanted and stage.name != CLOSING_STAGE
            ]
            if any(stage.status is not StageStatus.DONE for stage in stages):
                self._store.queue(job.id)

    # In the GUI thread

    @Slot(str)
    def _look_after(self, job_id: str) -> None:
        """Do what waited for a running job to end."""
        if job_id in self._to_clear:
            self._background.run(lambda: self._finish_clearing(job_id))
        if job_id in self._to_run_again:
            self._background.run(lambda: self._run_again(job_id))

    def _finish_clearing(self, job_id: str) -> None:
        status = self._store.statuses().get(job_id)
        if status is not None and status.is_active:
            return
        self._to_clear.discard(job_id)
        if status is not None:
            # Cancelled as asked, or done in the very moment that it was asked.
            self._clear(job_id)

    def _run_again(self, job_id: str) -> None:
        status = self._store.statuses().get(job_id)
        if status is None or not status.is_active:
            self._to_run_again.discard(job_id)
        if status is JobStatus.DONE:
            self._store.queue(job_id)

    def _do(self, job_id: str, work: Callable[[], None]) -> None:
        self._background.run(work, None, self._refused_for(job_id))

    def _refused_for(self, job_id: str) -> Callable[[str], None]:
        return lambda sentence: self.refused.emit(job_id, sentence)

    def _setup_was_opened(self, opened: SetupOpened) -> None:
        sentence = ""
        if opened.ignored:
            sentence = translate("JobActions", "Left out, because it means nothing here: {keys}.")
            sentence = sentence.format(keys=", ".join(opened.ignored))
        self.setup_opened.emit(opened.job_id, sentence)


def _stages_for(setup: Setup | None) -> tuple[str, ...]:
    if setup is None or not setup.players:
        return PLAYERLESS_STAGES
    return setup.stages or ALL_STAGES
