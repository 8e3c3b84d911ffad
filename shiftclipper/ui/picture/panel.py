"""The picture's part of the window: canvas and transport, following the chosen job."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shiftclipper.errors import UserError
from shiftclipper.jobs.rows import StageStatus
from shiftclipper.jobs.seen_camera import as_seen
from shiftclipper.jobs.setup import Regions
from shiftclipper.jobs.store import Store
from shiftclipper.ui.background import Background
from shiftclipper.ui.controls import column, label
from shiftclipper.ui.job_actions import JobActions
from shiftclipper.ui.job_model import JobEntry
from shiftclipper.ui.picture import changes
from shiftclipper.ui.picture.boxes import Boxes, open_boxes
from shiftclipper.ui.picture.canvas import Canvas
from shiftclipper.ui.picture.film import Film, open_film
from shiftclipper.ui.picture.picker import Picker
from shiftclipper.ui.picture.playback import Playback
from shiftclipper.ui.picture.regions import RegionEditor
from shiftclipper.ui.picture.transport import Transport
from shiftclipper.ui.theme import Theme

_BOXES_EVERY = 60.0
"""Units of the analysis after which what it saw is read again, while it goes on."""


class PicturePanel(QWidget):
    """Shows one job's film, lets the person pick and draw."""

    film_opened = Signal(str)
    """Id of the job whose film can be played now."""
    boxes_read = Signal(str)
    """Id of the job of which it is known now where people are."""

    def __init__(
        self, store: Store, theme: Theme, actions: JobActions, parent: QWidget | None = None
    ) -> None:
        """Begin without a job."""
        super().__init__(parent)
        self.setObjectName("picturePanel")
        self._store, self._actions = store, actions
        self._background = Background(1, self, after_each=store.close_thread)
        self._job_id = ""
        self._film_key: object = None
        self._boxes_key: object = None
        self.boxes = Boxes()
        """Where people are, as far as it was read."""
        self._home: tuple[QVBoxLayout, int] | None = None
        self.canvas = Canvas()
        self.playback = Playback(self.canvas.video, self)
        self.picker = Picker(self.canvas, self.playback, actions, self)
        self.editor = RegionEditor(self.canvas, self)
        self.transport = Transport(self.playback, theme)
        self.problem = label(kind="secondary", wrap=True)
        self.problem.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.problem.hide()
        inside = column(self, spacing=0)
        inside.addWidget(self.canvas, 1)
        inside.addWidget(self.problem)
        inside.addWidget(self.transport)
        self.transport.full_screen_asked.connect(self.toggle_full_screen)
        self.playback.failed.connect(self._tell)
        self.editor.changed.connect(self._save_regions)
        self.editor.ended.connect(self.picker.draw)
        self.picker.colour_taken.connect(self._save_colour)

    @property
    def job_id(self) -> str:
        """Id of the job that is shown, or nothing."""
        return self._job_id

    @property
    def is_idle(self) -> bool:
        """Whether film and boxes are read."""
        return self._background.is_idle

    def show_entry(self, entry: JobEntry) -> None:
        """Show a job as the database has it now."""
        job_id = entry.job.id
        try:
            setup = self._store.setup(job_id)
            shifts = self._store.shifts(job_id)
            sources = self._store.sources(job_id)
            stages = {stage.name: stage for stage in self._store.stages(job_id)}
            setup = as_seen(setup, stages["analyse"].perf)
        except UserError:
            return  # cleared meanwhile; the list tells so in a moment
        if job_id != self._job_id:
            self.editor.end()
            self.playback.open(None)
            self._tell("")
            self._job_id, self._film_key, self._boxes_key = job_id, None, None
            self.boxes = Boxes()
        self.picker.show_job(job_id, setup, [player.id for player in entry.players], shifts)
        ready = self._store.job(job_id)
        film_key = (
            ready.source_paths,
            *((row.start, row.normalised_path, row.proxy_path) for row in sources),
        )
        if film_key != self._film_key:
            self._film_key = film_key
            self._background.run(
                lambda: (job_id, open_film(self._store, job_id)), self._show_film, self._tell
            )
        analysis = stages["analyse"]
        done = analysis.status is StageStatus.DONE
        boxes_key = (done, analysis.finished_at if done else analysis.done_units // _BOXES_EVERY)
        if boxes_key != self._boxes_key:
            self._boxes_key = boxes_key
            self._background.run(lambda: (job_id, open_boxes(self._store, job_id)), self._show_boxes)

    def shut_down(self) -> None:
        """Stop reading and playing. Call it before the store closes."""
        self.playback.open(None)
        self._background.close()

    # What the panel beside the picture asks for

    def draw_region(self, kind: str) -> None:
        """Let the person draw a region, or with no kind change what is drawn."""
        self.playback.pause()
        if self.picker.setup.settings.camera != "fixed_wide":
            self.playback.seek(self.playback.position * 0)
        self.editor.begin(self.picker.setup.regions, kind)
        self.picker.draw()
        self.editor.begin(self.picker.setup.regions, kind)

    @Slot()
    def toggle_full_screen(self) -> None:
        """Let the picture fill the screen, or put it back."""
        if self._home is not None:
            self._leave_full_screen()
            return
        owner = self.parentWidget()
        layout = owner.layout() if owner is not None else None
        if isinstance(layout, QVBoxLayout):
            self._home = (layout, layout.indexOf(self))
            self.setWindowFlag(Qt.WindowType.Window, True)
            self.showFullScreen()
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_full_screen(self) -> None:
        if self._home is not None:
            (layout, place), self._home = self._home, None
            self.setWindowFlag(Qt.WindowType.Window, False)
            layout.insertWidget(place, self, 1)
            self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the full screen with Escape."""
        if event.key() == Qt.Key.Key_Escape and self._home is not None:
            self._leave_full_screen()
        else:
            super().keyPressEvent(event)

    # Inside

    def _show_film(self, opened: tuple[str, Film]) -> None:
        job_id, film = opened
        if job_id != self._job_id:
            return
        known = self.playback.film
        self._tell("")
        if known is None or known.files != film.files or known.parts[0].exact != film.parts[0].exact:
            self.canvas.show_size(film.size)
            self.playback.open(film)
            self.film_opened.emit(job_id)
        self.picker.draw()

    def _show_boxes(self, opened: tuple[str, Boxes]) -> None:
        job_id, boxes = opened
        if job_id == self._job_id:
            self.boxes = boxes
            self.picker.show_boxes(boxes)
            self.boxes_read.emit(job_id)

    @Slot(str)
    def _tell(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    @Slot(object)
    def _save_regions(self, regions: Regions) -> None:
        self._actions.change_setup(self._job_id, changes.with_regions(regions), what="regions")

    @Slot(str)
    def _save_colour(self, colour: str) -> None:
        change = changes.recoloured(self.picker.position, colour)
        self._actions.change_setup(self._job_id, change, what="colour")
