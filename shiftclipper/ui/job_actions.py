"""What a person does to jobs, carried out off the GUI thread and in the order it was asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from shiftclipper.errors import UserError
from shiftclipper.export.folders import make_folder
from shiftclipper.jobs.cleanup import clear_job
from shiftclipper.jobs.corrections import Corrections, SetupChanged
from shiftclipper.jobs.export_place import export_place, made_place, place_for
from shiftclipper.jobs.own_presets import OwnPreset, OwnPresets
from shiftclipper.jobs.relink import FoundAgain, find_again_anywhere
from shiftclipper.jobs.rows import (
    ALL_STAGES,
    CLOSING_STAGE,
    EXPORT_STAGES,
    JobRow,
    JobStatus,
    StageStatus,
    StopReason,
)
from shiftclipper.jobs.settings import Settings, SettingValue
from shiftclipper.jobs.setup import Setup, check_against
from shiftclipper.jobs.setup_file import read_setup
from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.store import Store
from shiftclipper.media.probe import probe
from shiftclipper.ui.arrivals import setup_of
from shiftclipper.ui.background import Background
from shiftclipper.ui.export.choices import CHOICES, Choice, Options, options_of
from shiftclipper.ui.grouping import Games, title_of
from shiftclipper.ui.words import translate

PLAYERLESS_STAGES = ("ingest", "analyse")
"""What can run before anybody said who the player is."""
_NOTHING = object()
"""What an undo gives when there is nothing to undo."""


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
    export_refused = Signal(str, str)
    """The same of what the Export step asked for."""
    found_again = Signal(str, str)
    """Id of a job that has one of its films again, and the sentence that says so."""
    setup_opened = Signal(str, str)
    """Id of the job and a sentence about what was left out, or nothing."""
    corrected = Signal(str)
    """Id of a job of which the person corrected something, or undid it: it is written, and what follows from
    it is not."""

    def __init__(self, store: Store, bus: JobBus, parent: QObject, exports: Path | None = None) -> None:
        """Act on the jobs of `store`; `exports` is the folder for what is exported, see `export_place`."""
        super().__init__(parent)
        self._store = store
        self._exports = exports
        # One thread: what was asked for first happens first.
        self._background = Background(1, self, after_each=store.close_thread)
        self._to_clear: set[str] = set()
        self._to_run_again: set[str] = set()
        self._followed_here = ""
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
            on_added: called in the GUI thread with the new jobs' ids. There is none where all films are the
                lost ones of jobs that there are; see `found_again`.
        """

        def tell(taken: tuple[list[str], list[FoundAgain]]) -> None:
            created, found = taken
            on_added(created)
            for one in found:
                sentence = translate("JobActions", "{name} was found again; nothing is done a second time.")
                self.found_again.emit(one.job_id, sentence.format(name=one.now.name))

        self._background.run(lambda: self._take_in(games, setups), tell, self._refused_for(""))

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

    def change_settings(self, job_id: str, values: Mapping[str, SettingValue]) -> None:
        """Set some settings of a job."""
        self._do_export(job_id, lambda: self._store.change_settings(job_id, **values))

    def change_options(self, job_id: str, change: Callable[[Options], Options]) -> None:
        """Change what a job exports, from what the database says when its turn comes."""

        def work() -> None:
            options = change(options_of(self._store.results(job_id)))
            self._store.change_settings(job_id, **options.settings)
            self._want(job_id, options.stages)

        self._do_export(job_id, work)

    def set_out_dir(self, job_id: str, folder: Path) -> None:
        """Choose where a job's files go, once it is proven that they can be written there."""
        self._do_export(job_id, lambda: self._store.set_out_dir(job_id, make_folder(folder)))

    def export_place(self, job: JobRow) -> Path:
        """Return where the next export of a job goes."""
        return export_place(self._exports, job)

    def export(self, job_id: str, stages: Sequence[str]) -> None:
        """Let a job make these stages' files, now or as soon as what runs has ended."""
        self._do_export(job_id, lambda: self._export(job_id, stages))

    def order_queue(self, job_ids: Sequence[str]) -> None:
        """Let queued jobs run in this order."""
        self._do("", lambda: self._store.order_queue(job_ids))

    def change_setup(
        self,
        job_id: str,
        change: Callable[[Setup], Setup],
        on_changed: Callable[[SetupChanged], None] | None = None,
        what: str = "setup",
    ) -> None:
        """Change what the person said about a game, and let the job follow.

        Args:
            job_id: of the job.
            change: makes the new setup of the old one, in the worker; may raise UserError.
            on_changed: called in the GUI thread with both.
            what: key of the words for it; see `correction_words`.
        """
        self.correct(job_id, lambda journal: journal.change_setup(job_id, change, what), on_changed)

    def correct(
        self,
        job_id: str,
        work: Callable[[Corrections], object],
        on_done: Callable[[Any], None] | None = None,
    ) -> None:
        """Correct something of a job, so that it can be undone, and let the job follow.

        Args:
            job_id: of the job.
            work: does it, in the worker; may raise UserError.
            on_done: called in the GUI thread with what `work` returned.
        """

        def carry_out() -> object:
            value = work(self._store.corrections)
            unchanged = isinstance(value, SetupChanged) and value.before == value.after
            if value is not _NOTHING and not unchanged:
                self._follow(job_id)
            return value

        def tell(value: object) -> None:
            if on_done is not None:
                on_done(value)
            self.corrected.emit(job_id)

        self._background.run(carry_out, tell, self._refused_for(job_id))

    def change_presets(
        self, work: Callable[[OwnPresets], object], on_done: Callable[[Mapping[str, OwnPreset]], None]
    ) -> None:
        """Do something with the person's own presets.

        Args:
            work: does it, in the worker; may raise UserError.
            on_done: called in the GUI thread with those that there are then, by name.
        """

        def carry_out() -> Mapping[str, OwnPreset]:
            work(self._store.presets)
            return self._store.presets.read()

        self._background.run(carry_out, on_done, self._refused_for(""))

    def undo(self, job_id: str) -> None:
        """Undo the person's newest correction of a job."""
        self.correct(job_id, lambda journal: journal.undo(job_id) or _NOTHING)

    def redo(self, job_id: str) -> None:
        """Do again what was undone last."""
        self.correct(job_id, lambda journal: journal.redo(job_id) or _NOTHING)

    def leave_to_listener(self, job_id: str) -> None:
        """Let whoever listens to `corrected` find this job's shifts, once it is analysed, without the queue.

        Args:
            job_id: of one job at a time; nothing for none.
        """
        self._followed_here = job_id

    def look_again(self, job_id: str) -> None:
        """Let the queue bring a job up to date with what the person said."""
        self._do(job_id, lambda: self._queue_again(job_id))

    # In the worker

    def _want(self, job_id: str, stages: Sequence[str]) -> JobStatus:
        """Set the stages, and return the status; what runs was planned without them and runs once more."""
        self._store.set_stages(job_id, stages)
        self._to_run_again.add(job_id)
        status = self._store.job(job_id).status
        if not status.is_active:
            self._to_run_again.discard(job_id)
        return status

    def _export(self, job_id: str, stages: Sequence[str]) -> None:
        self._settle_place(job_id)
        status = self._want(job_id, stages)
        if status is not JobStatus.QUEUED and not status.is_active:
            self._store.start(job_id)

    def _settle_place(self, job_id: str) -> None:
        """Let a job's files go where the panel says."""
        job = self._store.job(job_id)
        place = made_place(self._exports, job)
        if place != job.out_dir:
            self._store.settle_out_dir(job_id, place)

    def _take_in(self, games: Games, setups: Mapping[Path, Setup]) -> tuple[list[str], list[FoundAgain]]:
        """Give films to the jobs that have lost them, and make jobs of the others."""
        found = find_again_anywhere(self._store, [film.path for game in games for film in game])
        known = {one.now for one in found}
        for job_id in {one.job_id for one in found}:
            if self._store.job(job_id).status in (JobStatus.FAILED, JobStatus.PAUSED, JobStatus.INTERRUPTED):
                self._store.start(job_id)
        left = (tuple(film for film in game if film.path.absolute() not in known) for game in games)
        return self._create(tuple(game for game in left if game), setups), found

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
        self._store.corrections.change_setup(job_id, lambda _before: setup, "setup-file")
        stages = _stages_for(setup)
        if set(stages) & set(EXPORT_STAGES):
            self._settle_place(job_id)
        self._store.set_stages(job_id, stages)
        status = self._store.job(job_id).status
        if status in (JobStatus.DRAFT, JobStatus.DONE):
            self._store.queue(job_id)
        elif status.is_active:
            self._to_run_again.add(job_id)
        return SetupOpened(job_id, setup.ignored)

    def _follow(self, job_id: str) -> None:
        """Bring a job up to date after a correction, or leave that to whoever listens."""
        job = self._store.job(job_id)
        if "identify" not in job.stages and self._store.players(job_id):
            # Clips come with the step Export; until then only the shifts are looked for.
            self._store.set_stages(job_id, (*PLAYERLESS_STAGES, "identify"))
        if job.status.is_active or job_id != self._followed_here or not self._is_analysed(job_id):
            self._queue_again(job_id)

    def _is_analysed(self, job_id: str) -> bool:
        stages = self._store.stages(job_id)
        return any(stage.name == "analyse" and stage.status is StageStatus.DONE for stage in stages)

    def _queue_again(self, job_id: str) -> None:
        status = self._store.job(job_id).status
        if status in (JobStatus.DRAFT, JobStatus.DONE):
            self._store.queue(job_id)
        elif status.is_active:
            self._to_run_again.add(job_id)

    def _queue_unfinished(self) -> None:
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
        if job_id not in self._to_run_again:
            return
        status = self._store.statuses().get(job_id)
        if status is None or not status.is_active:
            self._to_run_again.discard(job_id)
        if status is JobStatus.DONE:
            self._store.queue(job_id)

    def _do(self, job_id: str, work: Callable[[], object]) -> None:
        self._background.run(work, None, self._refused_for(job_id))

    def _do_export(self, job_id: str, work: Callable[[], object]) -> None:
        self._background.run(work, None, lambda sentence: self.export_refused.emit(job_id, sentence))

    def _refused_for(self, job_id: str) -> Callable[[str], None]:
        return lambda sentence: self.refused.emit(job_id, sentence)

    def _setup_was_opened(self, opened: SetupOpened) -> None:
        sentence = ""
        if opened.ignored:
            sentence = translate("JobActions", "Left out, because it means nothing here: {keys}.")
            sentence = sentence.format(keys=", ".join(opened.ignored))
        self.setup_opened.emit(opened.job_id, sentence)


def _place_or_none(exports: Path, title: str) -> Path | None:
    try:
        return place_for(make_folder(exports), title)
    except UserError:
        return None


def _stages_for(setup: Setup | None) -> tuple[str, ...]:
    if setup is None or not setup.players:
        return PLAYERLESS_STAGES
    return setup.stages or ALL_STAGES
