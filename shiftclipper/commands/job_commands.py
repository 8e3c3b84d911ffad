"""What the commands about jobs do: run one in this process, look at them, stop them, remove them."""

import sys
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from shiftclipper.errors import InstanceLocked, UserError
from shiftclipper.export.clock_text import clock
from shiftclipper.export.folders import make_folder
from shiftclipper.jobs.cleanup import cleanup, clear_job
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.notes import NOTES
from shiftclipper.jobs.relink import find_again, lost_sources
from shiftclipper.jobs.results import Document, results_document
from shiftclipper.jobs.rows import ALL_STAGES, CLOSING_STAGE, JobRow, JobStatus, StopReason
from shiftclipper.jobs.setup import Setup, check_against
from shiftclipper.jobs.setup_file import read_setup
from shiftclipper.jobs.store import Store

if TYPE_CHECKING:
    from shiftclipper.jobs.signals import JobBus

Show = Callable[[str, float, float, str], None]
"""Called with stage, units done, units in all, and a message."""


def run_job(
    data_dir: Path,
    videos: Sequence[Path],
    setup_file: Path | None,
    out: Path | None,
    stages: Sequence[str] | None,
    show: Show,
) -> Document:
    """Check everything that can be checked, make a job, run it to its end, and return results.json.

    Raises:
        UserError: bad input; no job was made then.
    """
    from shiftclipper.media.probe import probe

    wanted = checked_stages(stages)
    if wanted is not None:
        _refuse_gaps(wanted)
    named = [path.expanduser().absolute() for path in videos]
    twice = next((path for place, path in enumerate(named) if path in named[:place]), None)
    if twice is not None:
        print(f"{twice.name} is named twice and counts as two parts of the game.", file=sys.stderr)
    probes = [probe(path.expanduser().absolute()) for path in videos]
    setup = read_setup(setup_file, picture_size=probes[0].size) if setup_file is not None else Setup()
    if setup.ignored:
        print(f"Keys that mean nothing here: {', '.join(setup.ignored)}", file=sys.stderr)
    check_against(setup, sum((found.duration for found in probes), Fraction(0)))
    folder = make_folder(out.expanduser().absolute()) if out is not None else None
    bus, store = _open_with_bus(data_dir)
    with store:
        job_id = store.create_job(
            [found.path for found in probes],
            setup=setup,
            out_dir=folder,
            stages=wanted or setup.stages or ALL_STAGES,
        )
        print(f"job {job_id}", file=sys.stderr, flush=True)
        return _run_to_end(store, bus, job_id, show)


def resume_job(data_dir: Path, job: str, stages: Sequence[str] | None, show: Show) -> Document:
    """Go on with a job that was cut off, paused, cancelled or failed; bring a finished one up to date."""
    wanted = checked_stages(stages)
    bus, store = _open_with_bus(data_dir)
    with store:
        job_id = store.find(job)
        if wanted is not None:
            store.set_stages(job_id, wanted)
        return _run_to_end(store, bus, job_id, show)


_NEEDED = {
    "analyse": "ingest",
    "identify": "analyse",
    "clips": "identify",
    "reel": "clips",
    "report": "identify",
}
"""What must be done before each stage; a new job has nothing done."""


def _refuse_gaps(stages: Sequence[str]) -> None:
    for name in stages:
        before = _NEEDED.get(name)
        if before is not None and before not in stages:
            raise UserError(
                f"The stage {name} needs {before} before it; name that too, or name a job that is analysed "
                "already with --resume."
            )


def checked_stages(names: Sequence[str] | None) -> tuple[str, ...] | None:
    """Return the stages in the order in which they run.

    Raises:
        UserError: there is no such stage.
    """
    if names is None:
        return None
    offered = [name for name in ALL_STAGES if name != CLOSING_STAGE]
    given = [name.strip() for name in names]
    for name in given:
        if name not in offered:
            raise UserError(f"--stages: there is no stage “{name}”; allowed are {', '.join(offered)}.")
    return tuple(name for name in ALL_STAGES if name in given)


def _open_with_bus(data_dir: Path) -> tuple["JobBus", Store]:
    from PySide6.QtCore import QCoreApplication

    from shiftclipper.jobs.signals import JobBus

    if QCoreApplication.instance() is None:
        application = QCoreApplication([])
        application.setApplicationName("ShiftClipper")
    bus = JobBus(QCoreApplication.instance())
    return bus, Store(data_dir, on_change=bus.job_changed.emit)


def _run_to_end(store: Store, bus: "JobBus", job_id: str, show: Show) -> Document:
    from shiftclipper.commands.progress_watch import ProgressWatch
    from shiftclipper.jobs.foreground import run_in_foreground
    from shiftclipper.jobs.runner import Runner
    from shiftclipper.jobs.stages import all_stages
    from shiftclipper.media.ffmpeg import locate

    runner = Runner(store, all_stages(locate()), bus)
    watch = ProgressWatch(store, job_id, bus, show)
    try:
        run_in_foreground(runner, job_id)
    finally:
        watch.close()
        runner.quit()
    return results_document(store.results(job_id))


def _opened(data_dir: Path) -> Store:
    """Open a data folder that another program may hold; where none does, dead runs are seen to be dead."""
    try:
        return Store(data_dir)
    except InstanceLocked:
        return Store(data_dir, write=False)


def list_jobs(data_dir: Path) -> list[Document]:
    """Return the jobs, newest first."""
    with _opened(data_dir) as store:
        return [_row(job) for job in store.jobs()]


def job_status(data_dir: Path, job: str) -> Document:
    """Return how far a job is, and what happened to it."""
    with _opened(data_dir) as store:
        return _row(store.job(store.find(job)))


def job_results(data_dir: Path, job: str) -> Document:
    """Return results.json of a job as it stands in the database."""
    with _opened(data_dir) as store:
        return results_document(store.results(store.find(job)))


def cancel_job(data_dir: Path, job: str) -> Document:
    """Ask a job to stop, whichever program runs it."""
    with _opened(data_dir) as store:
        job_id = store.find(job)
        store.request_stop(job_id, StopReason.CANCEL)
        return _short(store.job(job_id))


def clear_one(data_dir: Path, job: str) -> Document:
    """Remove a job and its working files."""
    with Store(data_dir) as store:
        job_id = store.find(job)
        cleared = clear_job(store, job_id)
    return {"job_id": job_id, "status": "cleared", "bytes": cleared.bytes}


def relink_job(data_dir: Path, job: str, places: Sequence[Path]) -> list[str]:
    """Let a job go on with its videos where they are now; return a line for each that was found.

    Raises:
        UserError: none of the job's missing videos is among the places.
    """
    with Store(data_dir) as store:
        job_id = store.find(job)
        lost = lost_sources(store, job_id)
        if not lost:
            return ["All videos of this job are where they were."]
        found = find_again(store, job_id, places)
        left = lost_sources(store, job_id)
    if not found:
        raise UserError(
            f"None of the files is {lost[0].path.name} of this job; name the same film where it is now."
        )
    lines = [f"{one.before} is now {one.now}" for one in found]
    return lines + [f"{row.path} is still missing" for row in left]


def cleanup_jobs(data_dir: Path, days: int, max_count: int, dry_run: bool) -> list[Document]:
    """Remove finished jobs that are older than so many days, and the oldest beyond a count."""
    with Store(data_dir) as store:
        return [
            {"job_id": row.job_id, "title": row.title, "bytes": row.bytes}
            for row in cleanup(store, days, max_count, dry_run=dry_run)
        ]


def results_in_words(results: Document, *, explain: bool = False) -> list[str]:
    """Return what a person wants to know of a job's results, line by line.

    With `explain` each shift is followed by what speaks for and against it, in nats.
    """
    lines: list[str] = []
    players = results["players"]
    assert isinstance(players, list)
    for player in players:
        assert isinstance(player, dict)
        name = f"{player['name']} {player['number']}".strip() or "The player"
        toi = player["total_toi"]
        assert isinstance(toi, int | float)
        count = player["shift_count"]
        lines.append(f"{name}: {count} {'shift' if count == 1 else 'shifts'}, {clock(toi)} on the ice")
        lines += _shift_lines(player["shifts"], explain=explain)
    artifacts = results["artifacts"]
    assert isinstance(artifacts, list)
    for kind, title in (("reel", "reel"), ("report", "report")):
        paths = [row["path"] for row in artifacts if isinstance(row, dict) and row["type"] == kind]
        lines += [f"{title}: {path}" for path in paths]
    clips = results["clips"]
    assert isinstance(clips, list)
    if clips and isinstance(clips[0], dict):
        lines.append(f"clips: {Path(str(clips[0]['path'])).parent} ({len(clips)})")
    return lines


def notes_in(results: Document) -> list[str]:
    """Return what the stages of a job did otherwise than asked, a sentence each."""
    perf = results["perf"]
    assert isinstance(perf, dict)
    stages = [figures for figures in perf.values() if isinstance(figures, dict)]
    lists = [notes for notes in (figures.get(NOTES) for figures in stages) if isinstance(notes, list)]
    return [str(note) for notes in lists for note in notes]


def _shift_lines(shifts: JsonValue, *, explain: bool) -> list[str]:
    from shiftclipper.export.words import confidence_word

    assert isinstance(shifts, list)
    lines = []
    for number, shift in enumerate(shifts, 1):
        assert isinstance(shift, dict)
        start, end, sure = shift["start"], shift["end"], shift["confidence"]
        assert isinstance(start, int | float) and isinstance(end, int | float)
        assert isinstance(sure, int | float)
        lines.append(f"  {number:>2}  {clock(start)} to {clock(end)}  {confidence_word(sure)}")
        if explain:
            lines += _evidence_lines(shift)
    return lines


def _evidence_lines(shift: Document) -> list[str]:
    lines = [f"               begins: {shift['start_reason']}, ends: {shift['end_reason']}"]
    evidence = shift["evidence"]
    assert isinstance(evidence, dict)
    terms = evidence["terms"]
    assert isinstance(terms, list)
    for term in terms:
        assert isinstance(term, dict)
        odds = term["log_odds"]
        assert isinstance(odds, int | float)
        lines.append(f"        {odds:+5.1f}  {term['text']}" if odds else f"               {term['text']}")
    return lines


def _row(job: JobRow) -> Document:
    return {
        "job_id": job.id,
        "status": str(job.status),
        "stage": job.stage,
        "progress": round(job.progress, 4),
        "message": job.message,
        "error": job.error or None,
        "title": job.title,
        "video_path": str(job.source_paths[0]) if job.source_paths else None,
        "out_dir": str(job.out_dir),
        "seconds_left": job.seconds_left,
        "created_at": job.created_at,
        "updated_at": job.updated_at,
    }


def _short(job: JobRow) -> Document:
    status = "stopping" if job.status is JobStatus.STOPPING else str(job.status)
    return {"job_id": job.id, "status": status}
