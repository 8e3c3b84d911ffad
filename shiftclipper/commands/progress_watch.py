"""Follows one job on the bus and shows its progress on the terminal."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from shiftclipper.jobs.rows import StageStatus
from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.store import Store


class ProgressWatch(QObject):
    """Re-reads the job whenever the bus names it, at most as often as the stages write."""

    def __init__(
        self, store: Store, job_id: str, bus: JobBus, show: Callable[[str, float, float, str], None]
    ) -> None:
        """Begin to watch; `show` gets stage, units done, units in all, and a message."""
        super().__init__(bus)
        self._store = store
        self._job_id = job_id
        self._bus = bus
        self._show = show
        bus.job_changed.connect(self._on_job_changed)

    def close(self) -> None:
        """Stop watching."""
        self._bus.job_changed.disconnect(self._on_job_changed)

    @Slot(str)
    def _on_job_changed(self, job_id: str) -> None:
        if job_id != self._job_id:
            return
        running = [row for row in self._store.stages(job_id) if row.status is StageStatus.RUNNING]
        for row in running:
            self._show(row.name, row.done_units, row.total_units or 0.0, "")
