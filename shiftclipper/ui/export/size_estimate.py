"""How large an export will be, worked out in the background."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from shiftclipper.export.clips import ClipPlan
from shiftclipper.jobs.rows import JobResults
from shiftclipper.jobs.settings import Settings
from shiftclipper.jobs.store import Store
from shiftclipper.ui.background import Background


@dataclass(frozen=True, slots=True)
class _Question:
    job_id: str
    plans: tuple[ClipPlan, ...]
    settings: Settings


class SizeEstimate(QObject):
    """Remembers the last answer; a job whose film is gone has none."""

    answered = Signal()
    """`bytes_of` knows more than before."""

    def __init__(self, store: Store, background: Background, parent: QObject) -> None:
        """Read from a store, in `background`."""
        super().__init__(parent)
        self._store = store
        self._background = background
        self._asked: _Question | None = None
        self._answer: int | None = None

    def bytes_of(self, found: JobResults, plans: tuple[ClipPlan, ...]) -> int | None:
        """Return how large clips and reel will be; None while it is not known, and `answered` tells when."""
        question = _Question(found.job.id, plans, found.setup.settings)
        if question != self._asked:
            self._asked, self._answer = question, None

            def keep(answer: int) -> None:
                if self._asked == question:
                    self._answer = answer
                    self.answered.emit()

            self._background.run(lambda: self._work_out(question), keep, lambda _sentence: None)
        return self._answer

    def _work_out(self, question: _Question) -> int:
        # Brings drawing along, which a start of the program must not wait for.
        from shiftclipper.jobs.export_size import export_bytes
        from shiftclipper.jobs.stages.game import open_game

        return export_bytes(open_game(self._store, question.job_id), question.plans, question.settings)
