"""Carry out one claimed job, stage by stage, to whatever end it comes to. Knows nothing of Qt."""

import contextlib
import errno
import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from shiftclipper.errors import Cancelled, DiskFull, UserError
from shiftclipper.jobs import unfinished
from shiftclipper.jobs.rows import JobStatus, StageRow, StageStatus
from shiftclipper.jobs.run import Run, StaleRun
from shiftclipper.jobs.stage import Stage, StageContext
from shiftclipper.jobs.store import Store

LOG_NAME = "log.txt"
"""In the job's own folder."""

_MOST_PASSES = 5
_OUT_OF_ROOM = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)

_log = logging.getLogger(__name__)


def carry_out(store: Store, run: Run, stages: Sequence[Stage], stop: threading.Event) -> JobStatus:
    """Run the job's wanted stages and end the run.

    A stage that is done, whose input hash still matches and whose files are there is skipped. After the last
    stage all hashes are compared once more, so that what the person changed in the meantime is not left out.

    Args:
        store: for reading.
        run: of the job; has ended afterwards.
        stages: all that the program has, in order.
        stop: set when the job is asked to stop (its row says so already).

    Returns:
        The status that the job has now.

    Raises:
        DiskFull: not even the end of the run could be written. The row still says `running`.
        StaleRun: the job is not this run's any more; nothing was written.
    """
    work_dir = store.work_dir(run.job_id)
    with _job_log(work_dir):
        try:
            work_dir.mkdir(parents=True, exist_ok=True)
            unfinished.sweep(work_dir)
            if run.status() is JobStatus.STOPPING:
                raise Cancelled
            _run_stages(store, run, stages, stop)
            return run.finish()
        except StaleRun:
            _log.warning("job %s belongs to another run now", run.job_id)
            raise
        except Cancelled:
            return run.stopped()
        except DiskFull as error:
            return _pause(run, error)
        except UserError as error:
            if stop.is_set() and run.status() is JobStatus.STOPPING:
                # A child that was stopped in the middle may look like one that failed.
                return run.stopped()
            _log.warning("job %s failed: %s\n%s", run.job_id, error, error.detail)
            return run.fail(str(error), error.film)
        except OSError as error:
            if error.errno in _OUT_OF_ROOM:
                return _pause(run, error)
            return _fail_of_bug(run, error, work_dir)
        except BaseException as error:
            # SystemExit too: whatever a stage raises, the run must have an end.
            return _fail_of_bug(run, error, work_dir)


def _run_stages(store: Store, run: Run, stages: Sequence[Stage], stop: threading.Event) -> None:
    wanted = {row.name for row in store.stages(run.job_id) if row.wanted}
    planned = [stage for stage in stages if stage.name in wanted]
    run.plan_stages({stage.name: stage.weight for stage in planned})
    for _ in range(_MOST_PASSES):
        ran = [stage.name for stage in planned if _run_if_needed(store, run, stage, stop)]
        if not ran:
            return
    _log.warning("job %s: the inputs of %s keep changing", run.job_id, ", ".join(ran))


def _run_if_needed(store: Store, run: Run, stage: Stage, stop: threading.Event) -> bool:
    """Run a stage unless what it made still holds; return whether it ran."""
    context = StageContext(store, run, stage.name, stop)
    input_hash = stage.input_hash(context)
    if _still_holds(_row(store, run.job_id, stage.name), input_hash) and stage.outputs_exist(context):
        return False
    # Not before: a stop that comes when nothing is left to do comes too late.
    context.check()
    run.start_stage(stage.name, input_hash)
    _log.info("job %s: %s begins", run.job_id, stage.name)
    began = time.monotonic()
    try:
        perf = dict(stage.run(context))
    finally:
        context.flush()
    seconds = round(time.monotonic() - began, 3)
    perf["seconds"] = seconds
    frames = perf.get("frames", perf.get("samples"))
    if isinstance(frames, int) and frames and seconds:
        perf["frames_per_second"] = round(frames / seconds, 1)
    run.finish_stage(stage.name, perf)
    _log.info("job %s: %s took %s s", run.job_id, stage.name, perf["seconds"])
    return True


def _row(store: Store, job_id: str, name: str) -> StageRow:
    return next(row for row in store.stages(job_id) if row.name == name)


def _still_holds(row: StageRow, input_hash: str) -> bool:
    return row.status is StageStatus.DONE and row.input_hash == input_hash


def _pause(run: Run, error: Exception) -> JobStatus:
    _log.warning("job %s is paused, the disk is full: %s", run.job_id, error)
    said = str(error) if isinstance(error, DiskFull) else ""
    return run.pause(said or "There is no room left on the disk; free some space and let the job go on.")


def _fail_of_bug(run: Run, error: BaseException, work_dir: Path) -> JobStatus:
    _log.error("job %s failed", run.job_id, exc_info=error)
    return run.fail(
        "Something went wrong that should not have; try again, and if it happens once more report it with "
        f"the file {work_dir / LOG_NAME}."
    )


class _JobLog(logging.FileHandler):
    """A log that a full disk only cuts short."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: the job tells that the disk is full."""

    def close(self) -> None:
        """Close the file, with or without its last lines."""
        with contextlib.suppress(OSError):
            super().close()


@contextmanager
def _job_log(work_dir: Path) -> Iterator[None]:
    """Let everything that is logged while the job runs go to a file in its folder too."""
    logger = logging.getLogger("shiftclipper")
    handler: logging.Handler
    try:
        work_dir.mkdir(parents=True, exist_ok=True)
        handler = _JobLog(work_dir / LOG_NAME, encoding="utf-8", delay=True)
    except OSError as error:
        _log.warning("no log can be written to %s: %s", work_dir, error)
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        handler.close()
