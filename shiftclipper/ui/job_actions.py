"""What a person does to jobs, carried out off the GUI thread and in the order it was asked for."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from shiftclipper.export.folders import make_folder
from shiftclipper.jobs.cleanup import clear_job
from shiftclipper.jobs.corrections import Corrections, SetupChanged
from shiftclipper.jobs.export_place import export_place
from shiftclipper.jobs.own_presets import OwnPreset, OwnPresets
from shiftclipper.jobs.relink import FoundAgain
from shiftclipper.jobs.rows import JobRow, StopReason
from shiftclipper.jobs.settings import SettingValue
from shiftclipper.jobs.setup import Setup
from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.store import Store
from shiftclipper.ui.background import Background
from shiftclipper.ui.export.choices import Options
from shiftclipper.ui.grouping import Games
from shiftclipper.ui.job_work import NOTHING, JobWork, SetupOpened
from shiftclipper.ui.words import translate


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
        self._work = JobWork(store, exports)
        # One thread: what was asked for first happens first.
        self._background = Background(1, self, after_each=store.close_thread)
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
        self._background.run(self._work.queue_unfinished)

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

        self._background.run(lambda: self._work.take_in(games, setups), tell, self._refused_for(""))

    def regroup(
        self,
        old: Sequence[str],
        games: Games,
        setups: Mapping[Path, Setup],
        on_added: Callable[[list[str]], None],
    ) -> None:
        """Make other games of the same films, in place of the jobs that there are."""
        self._work.to_clear.update(old)
        self._background.run(lambda: self._work.regroup(old, games, setups), on_added, self._refused_for(""))

    def start(self, job_id: str) -> None:
        """Run, resume or retry, whichever fits."""
        self._do(job_id, lambda: self._store.start(job_id))

    def pause(self, job_id: str) -> None:
        """Stop it so that it can go on later."""
        self._do(job_id, lambda: self._store.request_stop(job_id, StopReason.PAUSE))

    def cancel(self, job_id: str) -> None:
        """End it."""
        self._do(job_id, lambda: self._store.request_stop(job_id, StopReason.CANCEL))

    def clear(self, job_id: str) -> None:
        """Delete the job with its own folder; never a film."""
        self._do(job_id, lambda: clear_job(self._store, job_id))

    def open_setup(self, job_id: str, file: Path) -> None:
        """Read a setup file, say who the player is, and let the job go on from there."""
        self._background.run(
            lambda: self._work.open_setup(job_id, file), self._setup_was_opened, self._refused_for(job_id)
        )

    def change_settings(self, job_id: str, values: Mapping[str, SettingValue]) -> None:
        """Set some settings of a job."""
        self._do_export(job_id, lambda: self._store.change_settings(job_id, **values))

    def change_options(self, job_id: str, change: Callable[[Options], Options]) -> None:
        """Change what a job exports, from what the database says when its turn comes."""
        self._do_export(job_id, lambda: self._work.change_options(job_id, change))

    def set_out_dir(self, job_id: str, folder: Path) -> None:
        """Choose where a job's files go, once it is proven that they can be written there."""
        self._do_export(job_id, lambda: self._store.set_out_dir(job_id, make_folder(folder)))

    def export_place(self, job: JobRow) -> Path:
        """Return where the next export of a job goes."""
        return export_place(self._exports, job)

    def export(self, job_id: str, stages: Sequence[str]) -> None:
        """Let a job make these stages' files, now or as soon as what runs has ended."""
        self._do_export(job_id, lambda: self._work.export(job_id, stages))

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

        def tell(value: object) -> None:
            if on_done is not None:
                on_done(value)
            self.corrected.emit(job_id)

        self._background.run(lambda: self._work.correct(job_id, work), tell, self._refused_for(job_id))

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
        self.correct(job_id, lambda journal: journal.undo(job_id) or NOTHING)

    def redo(self, job_id: str) -> None:
        """Do again what was undone last."""
        self.correct(job_id, lambda journal: journal.redo(job_id) or NOTHING)

    def leave_to_listener(self, job_id: str) -> None:
        """Let whoever listens to `corrected` find this job's shifts, once it is analysed, without the queue.

        Args:
            job_id: of one job at a time; nothing for none.
        """
        self._work.followed_here = job_id

    def look_again(self, job_id: str) -> None:
        """Let the queue bring a job up to date with what the person said."""
        self._do(job_id, lambda: self._work.queue_again(job_id))

    # In the GUI thread

    @Slot(str)
    def _look_after(self, job_id: str) -> None:
        """Do what waited for a running job to end."""
        if job_id in self._work.to_clear:
            self._background.run(lambda: self._work.finish_clearing(job_id))
        if job_id in self._work.to_run_again:
            self._background.run(lambda: self._work.run_again(job_id))

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
