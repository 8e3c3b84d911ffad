"""The list of jobs as the window sees it: ids and rows read from the database when it changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)

from shiftclipper.errors import UserError
from shiftclipper.jobs.rows import JobRow, JobStatus, PlayerRow, ShiftRow
from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.store import Store
from shiftclipper.ui import words

COALESCE_MILLISECONDS = 30
_DRAGGED = "application/x-shiftclipper-job"

AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class JobRole(IntEnum):
    """What the model gives beside the usual roles."""

    ID = Qt.ItemDataRole.UserRole + 1
    ENTRY = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class JobEntry:
    """One job as the list shows it."""

    job: JobRow
    players: tuple[PlayerRow, ...]
    shift_count: int
    time_on_ice: Fraction
    """Seconds, of all players."""

    @property
    def needs_player(self) -> bool:
        """Whether nobody said yet who the player is."""
        return not self.players

    @property
    def status_line(self) -> str:
        """Where the job stands, in words."""
        if self.job.status is JobStatus.DONE and self.needs_player:
            return words.translate("JobModel", "Film analysed")
        return words.status_words(self.job)

    @property
    def asks_for_player(self) -> bool:
        """Whether naming the player is what the job waits for most."""
        stopped = self.job.status in (JobStatus.PAUSED, JobStatus.INTERRUPTED)
        told_why = stopped and self.job.message != self.status_line
        ended_badly = self.job.status in (JobStatus.FAILED, JobStatus.CANCELLED)
        return self.needs_player and not told_why and not ended_badly

    @property
    def detail_line(self) -> str:
        """What matters most about it now: the error, what the person is to do, the result or the message."""
        job = self.job
        if job.status is JobStatus.FAILED:
            return job.error
        if self.asks_for_player:
            return words.translate("JobModel", "Click on your player in the picture")
        if job.status is JobStatus.DONE:
            return words.totals_words(self.shift_count, self.time_on_ice)
        return "" if job.message == self.status_line else job.message


class JobModel(QAbstractListModel):
    """Jobs: what runs, what waits in the order of the queue, then the others, the newest first.

    Nothing here differs from the database for longer than the coalescing time.
    """

    entry_changed = Signal(str)
    """Id of a job whose entry was read anew."""
    order_asked = Signal(object)
    """Ids of the queued jobs in the order in which the person wants them to run."""

    def __init__(self, store: Store, bus: JobBus, parent: QObject) -> None:
        """Read the jobs and follow them."""
        super().__init__(parent)
        self._store = store
        self._ids: list[str] = []
        self._entries: dict[str, JobEntry] = {}
        self._changed: dict[str, None] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COALESCE_MILLISECONDS)
        self._timer.timeout.connect(self._read_changed)
        bus.job_changed.connect(self._note)
        for job in store.jobs():
            self._entries[job.id] = self._read(job)
        self._ids = self._in_order()

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        """Return how many jobs there are."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a role says about a job."""
        entry = self.entry_at(index.row()) if index.isValid() else None
        if entry is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.job.title
            case Qt.ItemDataRole.ToolTipRole:
                said = (entry.job.title, entry.status_line, entry.detail_line, self._hint(entry))
                return "\n".join(filter(None, said))
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, [entry.job.title, entry.status_line, entry.detail_line]))
            case JobRole.ID:
                return entry.job.id
            case JobRole.ENTRY:
                return entry
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Let queued jobs be dragged, and anything dropped between jobs only."""
        usual = super().flags(index) & ~Qt.ItemFlag.ItemIsDropEnabled
        if not index.isValid():
            return usual | Qt.ItemFlag.ItemIsDropEnabled
        entry = self.entry_at(index.row())
        queued = entry is not None and entry.job.status is JobStatus.QUEUED
        return usual | Qt.ItemFlag.ItemIsDragEnabled if queued else usual

    def supportedDropActions(self) -> Qt.DropAction:
        """Move within the list."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Return the one kind that is dragged and dropped here: a job's id."""
        return [_DRAGGED]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the id of the job that is dragged."""
        data = QMimeData()
        ids = [self._ids[index.row()] for index in indexes if index.isValid()]
        data.setData(_DRAGGED, "\n".join(ids).encode())
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: AnyIndex
    ) -> bool:
        """Ask for another order of the queue. The rows move when the database has it."""
        job_id = bytes(data.data(_DRAGGED).data()).decode() if data.hasFormat(_DRAGGED) else ""
        queued = self.queued()
        if job_id not in queued:
            return False
        end = len(self._ids) if row < 0 else row
        before = [other for other in self._ids[:end] if other in queued and other != job_id]
        after = [other for other in queued if other != job_id and other not in before]
        self._ask_for_order([*before, job_id, *after])
        # Not True: the view would then remove the row that was dragged.
        return False

    def move_in_queue(self, job_id: str, places: int) -> None:
        """Ask for a queued job to run so many places later, or earlier when negative."""
        queued = self.queued()
        if job_id in queued:
            place = queued.index(job_id)
            queued.insert(max(0, min(len(queued) - 1, place + places)), queued.pop(place))
            self._ask_for_order(queued)

    def _ask_for_order(self, job_ids: list[str]) -> None:
        if job_ids != self.queued():
            self.order_asked.emit(job_ids)

    def queued(self) -> list[str]:
        """Return the ids of the jobs that wait, in the order in which they will run."""
        return [job_id for job_id in self._ids if self._entries[job_id].job.status is JobStatus.QUEUED]

    def ids(self) -> list[str]:
        """Return the ids of all jobs in the order of the rows."""
        return list(self._ids)

    def entry(self, job_id: str) -> JobEntry | None:
        """Return a job's entry, or None when there is no such job any more."""
        return self._entries.get(job_id)

    def entry_at(self, row: int) -> JobEntry | None:
        """Return the entry of a row, or None."""
        return self._entries[self._ids[row]] if 0 <= row < len(self._ids) else None

    def row_of(self, job_id: str) -> int:
        """Return the row of a job, or -1."""
        return self._ids.index(job_id) if job_id in self._entries else -1

    def next_to_do(self, job_id: str) -> str:
        """Return the id of the game after this one that a person can go on with, or nothing.

        That is one with shifts to look at, or one that waits for its player; around the list once.
        """
        row = self.row_of(job_id)
        around = [*self._ids[row + 1 :], *self._ids[: max(0, row)]]
        for other in around:
            entry = self._entries[other]
            if entry.asks_for_player or entry.job.status is JobStatus.DONE:
                return other
        return ""

    @Slot()
    def read_what_differs(self) -> None:
        """Note jobs whose status another program changed; cheap."""
        found = self._store.statuses()
        for job_id in {*found, *self._entries}:
            known = self._entries.get(job_id)
            if known is None or found.get(job_id) is not known.job.status:
                self._note(job_id)

    @Slot(str)
    def _note(self, job_id: str) -> None:
        self._changed[job_id] = None
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _read_changed(self) -> None:
        changed, self._changed = self._changed, {}
        for job_id in changed:
            try:
                entry = self._read(self._store.job(job_id))
            except UserError:
                self._remove(job_id)
                continue
            if job_id in self._entries:
                self._replace(job_id, entry)
            else:
                self._insert(job_id, entry)
        self._arrange()

    def _read(self, job: JobRow) -> JobEntry:
        shifts: list[ShiftRow] = []
        if job.status is JobStatus.DONE:
            shifts = [shift for shift in self._store.shifts(job.id) if shift.verdict != "rejected"]
        total = sum((shift.end - shift.start for shift in shifts), Fraction(0))
        return JobEntry(job, tuple(self._store.players(job.id)), len(shifts), total)

    def _insert(self, job_id: str, entry: JobEntry) -> None:
        key = _order(entry)
        row = sum(_order(other) < key for other in self._entries.values())
        self.beginInsertRows(QModelIndex(), row, row)
        self._ids.insert(row, job_id)
        self._entries[job_id] = entry
        self.endInsertRows()
        self.entry_changed.emit(job_id)

    def _replace(self, job_id: str, entry: JobEntry) -> None:
        if self._entries[job_id] == entry:
            return
        self._entries[job_id] = entry
        index = self.index(self._ids.index(job_id), 0)
        self.dataChanged.emit(index, index)
        self.entry_changed.emit(job_id)

    def _in_order(self) -> list[str]:
        return sorted(self._entries, key=lambda job_id: _order(self._entries[job_id]))

    def _hint(self, entry: JobEntry) -> str:
        if entry.job.status is not JobStatus.QUEUED or len(self.queued()) < 2:
            return ""
        return words.translate("JobModel", "Drag it to let it run earlier or later")

    def _arrange(self) -> None:
        """Move rows to where they belong now."""
        for row, job_id in enumerate(self._in_order()):
            now = self._ids.index(job_id)
            if now != row:
                self.beginMoveRows(QModelIndex(), now, now, QModelIndex(), row)
                self._ids.insert(row, self._ids.pop(now))
                self.endMoveRows()

    def _remove(self, job_id: str) -> None:
        row = self.row_of(job_id)
        if row < 0:
            return
        self.beginRemoveRows(QModelIndex(), row, row)
        self._ids.pop(row)
        del self._entries[job_id]
        self.endRemoveRows()
        self.entry_changed.emit(job_id)


def _order(entry: JobEntry) -> tuple[int, float, str]:
    """Return what the list is sorted by; no two jobs have the same."""
    job = entry.job
    if job.status.is_active:
        return 0, 0.0, job.id
    if job.status is JobStatus.QUEUED:
        return 1, float(job.queue_order or 0), job.id
    return 2, -job.created_at, job.id
