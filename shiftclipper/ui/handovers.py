"""What comes without a film: setups and lists of shifts for a game, and games of the old server."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from shiftclipper.jobs.store import Store
from shiftclipper.ui.arrivals import Arrivals, Refused
from shiftclipper.ui.background import Background
from shiftclipper.ui.job_actions import JobActions
from shiftclipper.ui.words import translate

if TYPE_CHECKING:
    from shiftclipper.jobs.exchange import Taken
    from shiftclipper.jobs.legacy_jobs import Outcome


class Handovers(QObject):
    """Gives each to what it is for, off the GUI thread, and tells in a sentence what became of it."""

    told = Signal(str, str)
    """Id of the job to look at, or nothing, and the sentence."""

    def __init__(self, store: Store, actions: JobActions, parent: QObject) -> None:
        """Write to a store; what belongs to a game goes through `actions`."""
        super().__init__(parent)
        self._store = store
        self._actions = actions
        self._background = Background(1, self, after_each=store.close_thread)

    @property
    def is_idle(self) -> bool:
        """Say whether no old game is being taken over."""
        return self._background.is_idle

    def close(self) -> None:
        """Return when what was begun is written."""
        self._background.close(finish=True)

    def take(self, arrivals: Arrivals, job_id: str) -> Arrivals:
        """Take what came without a film.

        Args:
            arrivals: of one drop.
            job_id: the game that was dropped on, or is looked at; nothing when there is none.

        Returns:
            The films, and all that was refused.
        """
        refused = list(arrivals.refused)
        reasons = (
            (
                arrivals.loose_setups,
                self._actions.open_setup,
                self.tr("It is a setup without a game; drop it together with the game's video."),
            ),
            (
                arrivals.shift_lists,
                self.take_list,
                self.tr("It is a list without a game; drop it on its game in the list of games."),
            ),
        )
        for files, give, reason in reasons:
            for file in files:
                if job_id:
                    give(job_id, file)
                else:
                    refused.append(Refused(file, reason))
        for folder in arrivals.old_jobs:
            self._take_old(folder)
        return Arrivals(arrivals.games, arrivals.setups, (), tuple(refused))

    @Slot(str, object)
    def take_list(self, job_id: str, file: Path) -> None:
        """Take the shifts of a table into a job as the person's own; it is one correction."""

        def work(_journal: object) -> "Taken":
            # Brings the files for other programs along, which a start of the program must not wait for.
            from shiftclipper.export.shifts_csv import read_shifts
            from shiftclipper.jobs.exchange import take_shifts

            return take_shifts(self._store, job_id, read_shifts(file))

        def tell(taken: "Taken") -> None:
            self.told.emit("", taken_words(taken, file.name))

        self._actions.correct(job_id, work, tell)

    def _take_old(self, folder: Path) -> None:
        def work() -> "list[Outcome]":
            from shiftclipper.jobs.legacy_jobs import import_folders

            return list(import_folders(self._store, folder))

        def refuse(sentence: str) -> None:
            self.told.emit("", sentence)

        def tell(outcomes: "list[Outcome]") -> None:
            first = next((one.job_id for one in outcomes if one.is_new), None)
            self.told.emit(first or "", old_words(outcomes))

        self._background.run(work, tell, refuse)


def taken_words(taken: "Taken", name: str) -> str:
    """Return what became of the rows of a table."""
    if not taken.added and not taken.moved:
        return translate("Handovers", "{name} holds the shifts that are here already.").format(name=name)
    text = translate(
        "Handovers", "From {name}: {added} new, {moved} with other times, {unchanged} as before."
    )
    return text.format(name=name, added=taken.added, moved=taken.moved, unchanged=taken.unchanged)


def old_words(outcomes: "Sequence[Outcome]") -> str:
    """Return what became of the old server's games."""
    new = sum(one.is_new for one in outcomes)
    out = [one for one in outcomes if one.job_id is None]
    if len(outcomes) == 1:
        return outcomes[0].sentence.rstrip(".") + "."
    text = translate("Handovers", "Games of the old server: {new} taken over, {known} here already.")
    said = text.format(new=new, known=len(outcomes) - new - len(out))
    if out:
        left = translate("Handovers", "{count} left out; the first: {reason}")
        said += " " + left.format(count=len(out), reason=out[0].sentence)
    return said
