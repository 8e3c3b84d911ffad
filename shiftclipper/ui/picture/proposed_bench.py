"""The bench that the game itself proposes, once it is analysed: drawn dashed, taken with one click."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from shiftclipper.jobs.setup import Polygon
from shiftclipper.ui.controls import IconButton, column, label
from shiftclipper.ui.job_actions import JobActions
from shiftclipper.ui.picture import changes
from shiftclipper.ui.picture.overlay import Outline
from shiftclipper.ui.picture.picker import Picker
from shiftclipper.ui.review.resolver import Resolver
from shiftclipper.ui.theme import Theme

if TYPE_CHECKING:
    from shiftclipper.jobs.proposals import Proposals


class ProposedBench(QWidget):
    """Hidden until there is one, and once a bench is drawn."""

    def __init__(self, theme: Theme, actions: JobActions, picker: Picker, resolver: Resolver) -> None:
        """Listen to a resolver; it is asked by whoever knows that the answer is wanted."""
        super().__init__()
        self._actions, self._picker, self._resolver = actions, picker, resolver
        self._asked_for = ""
        self._job_id = ""
        self._bench: Polygon | None = None
        self._wanted = False
        self.take_button = IconButton(theme, "bench", self.tr("Take the proposed bench"))
        self.take_button.clicked.connect(self._take)
        inside = column(self, spacing=1)
        inside.addWidget(label(self.tr("People come and go at the dashed outline."), "secondary", wrap=True))
        inside.addWidget(self.take_button)
        resolver.proposals_ready.connect(self._show)
        resolver.solved.connect(self._ask_again)
        self.hide()

    def show_job(self, job_id: str, *, wanted: bool) -> None:
        """Follow a job; ask once when a bench would help and none is drawn."""
        drawn = bool(self._picker.setup.regions.bench)
        if job_id != self._job_id or drawn:
            self._put_away()
            self._job_id = job_id
        self._wanted = wanted and not drawn
        if self._wanted and self._asked_for != job_id:
            self._asked_for = job_id
            self._resolver.proposals()
        self.setVisible(self._wanted and self._bench is not None)

    @Slot(str)
    def _ask_again(self, job_id: str) -> None:
        """Ask once more when the shifts are found: the analysis may have ended just then."""
        if job_id == self._job_id and self._bench is None and self._wanted:
            self._resolver.proposals()

    @Slot(str, int, object)
    def _show(self, job_id: str, _position: int, proposals: "Proposals") -> None:
        if job_id != self._job_id or not proposals.benches or self._picker.setup.regions.bench:
            return
        self._bench = proposals.benches[0].polygon
        if self._bench is not None:
            size = self._picker.picture_size
            corners = tuple((x * size.width(), y * size.height()) for x, y in self._bench)
            self._picker.show_proposed([Outline("bench", corners, proposed=True)])
            self.setVisible(self._wanted)

    @Slot()
    def _take(self) -> None:
        if self._bench is not None:
            self._actions.change_setup(self._job_id, changes.with_bench(self._bench), what="regions")
            self._put_away()

    def _put_away(self) -> None:
        if self._bench is not None:
            self._bench = None
            self._picker.show_proposed([])
        self.hide()
