"""Run one job with stub stages in a process that a test may kill.

`python -m tests.killable_run DATA_DIR JOB PAUSE`, with seconds between steps.

Prints a line for everything it begins to work on, and ends with the exit code of the command line.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from shiftclipper.errors import EXIT_CANCELLED, EXIT_DONE, EXIT_FAILED, UserError
from shiftclipper.jobs.foreground import run_in_foreground
from shiftclipper.jobs.rows import JobStatus
from shiftclipper.jobs.runner import Runner
from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.store import Store
from tests.stub_stages import StubAnalyse, StubClips


def note(text: str) -> None:
    """Tell the test."""
    print(text, flush=True)


def main() -> int:
    """Run the job to its end."""
    application = QCoreApplication(sys.argv[:1])
    bus = JobBus(application)
    try:
        store = Store(Path(sys.argv[1]), on_change=bus.job_changed.emit)
    except UserError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    pause = float(sys.argv[3])
    with store:
        runner = Runner(store, [StubAnalyse(note, pause), StubClips(note, pause)], bus, application)
        status = run_in_foreground(runner, sys.argv[2])
        assert runner.quit()
        note(f"ended {status}")
    codes = {JobStatus.DONE: EXIT_DONE, JobStatus.CANCELLED: EXIT_CANCELLED}
    return codes.get(status, EXIT_FAILED)


if __name__ == "__main__":
    sys.exit(main())
