"""How far a job is, with what can be done about it: for the Export step."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from shiftclipper.jobs.rows import Action, JobStatus
from shiftclipper.ui import words
from shiftclipper.ui.controls import Bend, IconButton, IconLabel, ThinBar, column, label, row
from shiftclipper.ui.flow import flow
from shiftclipper.ui.game_list import STATUS_LOOK
from shiftclipper.ui.job_model import JobEntry
from shiftclipper.ui.theme import Theme


class ProgressCard(QFrame):
    """Shown while the job runs or waits."""

    pause_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Begin hidden."""
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.icon = IconLabel(theme, "waiting")
        self.status = label(kind="lead")
        self.time_left = label(kind="secondary")
        self.bar = ThinBar(theme)
        self.bar.setAccessibleName(self.tr("Progress of the export"))
        self.percent = label(kind="secondary")
        self.message = label(kind="secondary", wrap=True)
        self.pause_button = IconButton(theme, "pause", self.tr("Pause"))
        self.cancel_button = IconButton(theme, "cancel", self.tr("Cancel"))
        self.pause_button.clicked.connect(self.pause_asked)
        self.cancel_button.clicked.connect(self.cancel_asked)
        said = QWidget()
        line = row(said, spacing=2)
        line.addWidget(self.icon)
        line.addWidget(self.status, 1)
        bar_line = row(spacing=3)
        bar_line.addWidget(self.bar, 1)
        bar_line.addWidget(self.percent)
        inside = column(self, margin=4, spacing=2)
        inside.addWidget(Bend(said, self.time_left))
        inside.addLayout(bar_line)
        inside.addWidget(self.message)
        inside.addWidget(flow(self.pause_button, self.cancel_button))
        self.hide()

    def show_entry(self, entry: JobEntry) -> None:
        """Show how far a job is."""
        job = entry.job
        running = job.status is JobStatus.RUNNING
        self.icon.show_icon(*STATUS_LOOK[job.status])
        self.status.setText(entry.status_line)
        self.time_left.setText(words.time_left_words(job.seconds_left) if running else "")
        self.bar.show_share(job.progress, at_rest=not running)
        self.percent.setText(words.percent_words(job.progress))
        text = "" if job.message == entry.status_line else job.message
        self.message.setText(text)
        self.message.setVisible(bool(text))
        self.pause_button.setEnabled(Action.PAUSE in job.can)
        self.cancel_button.setEnabled(Action.CANCEL in job.can)
        self.show()
