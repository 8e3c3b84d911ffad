"""The command line. Every command collects its arguments and hands them on.

Everything but click is imported inside the commands: `shiftclipper --help` must not pay for Qt, OpenCV or
onnxruntime.
"""

import json
import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shiftclipper import __version__
from shiftclipper.cli_care import licences, relink, restore_backup, self_test
from shiftclipper.cli_exchange import export, import_legacy, import_shifts
from shiftclipper.cli_words import on_one_line, resuming
from shiftclipper.errors import EXIT_BUG, EXIT_CANCELLED, EXIT_DONE, EXIT_FAILED, Cancelled, UserError
from shiftclipper.paths import DATA_VARIABLE, data_dir

if TYPE_CHECKING:
    from shiftclipper.jobs.results import Document

FILE = click.Path(path_type=Path)
STAGES = "ingest,analyse,identify,clips,reel,report"


@dataclass(frozen=True, slots=True)
class Common:
    """What stands before the command."""

    data_dir: Path
    verbose: bool


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="shiftclipper")
@click.option("--data-dir", metavar="DIR", help=f"Where jobs are kept (or set {DATA_VARIABLE}).")
@click.option("--verbose", is_flag=True, help="On an error, also print where it came from.")
@click.pass_context
def program(context: click.Context, data_dir: str | None, verbose: bool) -> None:
    """Find every shift of one hockey player in a game video and cut them out.

    Without a command, `shiftclipper [VIDEO...]` opens the window.
    """
    # A job's own log is always full; the terminal shows errors only.
    terminal = logging.StreamHandler()
    terminal.setLevel(logging.INFO if verbose else logging.ERROR)
    logging.basicConfig(handlers=[terminal], format="%(name)s: %(message)s")
    logging.getLogger("shiftclipper").setLevel(logging.INFO)
    context.obj = Common(_data_dir(data_dir), verbose)


def _data_dir(chosen: str | None) -> Path:
    return data_dir(chosen)


@program.command()
@click.argument("folder", type=FILE, default=Path("shiftclipper-demo"), metavar="[DIR]")
@click.option("--seconds", type=click.FloatRange(20, 3600), default=75, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=7, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print results.json.")
@click.pass_obj
def demo(common: Common, folder: Path, seconds: float, seed: int, as_json: bool) -> None:
    """Make the sample game in DIR and run the whole job on it."""
    from shiftclipper.commands.files import make_sample
    from shiftclipper.commands.job_commands import run_job
    from shiftclipper.terminal import TerminalProgress

    with TerminalProgress() as progress:
        sample = make_sample(folder / "sample.mp4", seconds, seed, "fixed", progress.show)
        results = run_job(common.data_dir, [sample.video], sample.setup, folder / "out", None, progress.show)
    _tell_notes(results)
    _print_results(results, as_json)
    if results["status"] != "done":
        raise _NotDone(results)


@program.command()
@click.argument("out", type=FILE, metavar="OUT.mp4")
@click.option("--seconds", type=click.FloatRange(5, 7200), default=60, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=7, show_default=True)
@click.option("--camera", type=click.Choice(["fixed", "pan"]), default="fixed", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the paths and the shares as JSON.")
def sample(out: Path, seconds: float, seed: int, camera: str, as_json: bool) -> None:
    """Write a drawn game with its truth and a setup for its target."""
    from shiftclipper.commands.files import make_sample
    from shiftclipper.terminal import TerminalProgress

    with TerminalProgress() as progress:
        made = make_sample(out, seconds, seed, camera, progress.show)
    if as_json:
        click.echo(json.dumps(made.as_dict(), indent=1))
        return
    click.echo(f"{made.video}  (the drawn game)")
    click.echo(f"{made.truth}  (when every player is on the ice; for `score`)")
    click.echo(f"{made.setup}  (who the player is, with a click in each of his shifts; for `run --setup`)")


@program.command()
@click.argument("videos", nargs=-1, type=FILE, metavar="VIDEO...")
@click.option("--setup", type=FILE, help="Who the player is: setup.json.")
@click.option("--out", type=FILE, help="Folder for clips, reel and report.")
@click.option("--stages", metavar=STAGES, help="Only these stages, in this order.")
@click.option("--resume", metavar="JOB", help="Go on with a job that was cut off, paused or failed.")
@click.option("--explain", is_flag=True, help="Print what speaks for and against each shift.")
@click.option("--json", "as_json", is_flag=True, help="Print results.json.")
@click.pass_obj
def run(
    common: Common,
    videos: tuple[Path, ...],
    setup: Path | None,
    out: Path | None,
    stages: str | None,
    resume: str | None,
    explain: bool,
    as_json: bool,
) -> None:
    """Run the whole job on the files of one game, in the order given."""
    from shiftclipper.commands.job_commands import resume_job, run_job
    from shiftclipper.terminal import TerminalProgress

    if resume is None and not videos:
        raise UserError("Name the game's video files, or a job with --resume.")
    if resume is None and setup is None:
        raise UserError("Say who the player is with --setup S.json.")
    if resume is None and out is None:
        raise UserError("Say where the clips go with --out DIR.")
    if resume is not None and (videos or setup is not None or out is not None):
        raise UserError("A job that goes on keeps its videos, setup and folder: leave them out.")
    names = None if stages is None else stages.split(",")
    with TerminalProgress() as progress:
        if resume is not None:
            results = resume_job(common.data_dir, resume, names, progress.show)
        else:
            results = run_job(common.data_dir, videos, setup, out, names, progress.show)
    _tell_notes(results)
    _print_results(results, as_json, explain=explain)
    if results["status"] != "done":
        raise _NotDone(results)


@program.command()
@click.argument("videos", nargs=-1, required=True, type=FILE, metavar="VIDEO...")
@click.option("--out", required=True, type=FILE, metavar="tracks.json")
@click.option("--detector", type=FILE, help="Another ONNX file: YOLOX, D-FINE or RT-DETR layout.")
@click.option("--preset", default="fixed_wide", show_default=True, help="Kind of camera.")
@click.option("--quality", help="How closely to look: fast, balanced (usual) or thorough.")
@click.option("--overlay", type=FILE, metavar="OUT.mp4", help="Also write the film, drawn over.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def analyse(
    videos: tuple[Path, ...],
    out: Path,
    detector: Path | None,
    preset: str,
    quality: str | None,
    overlay: Path | None,
    as_json: bool,
) -> None:
    """Write every detection and tracklet of a game; print frames/s and peak memory."""
    from shiftclipper.commands.analyse_files import analyse_files
    from shiftclipper.terminal import TerminalProgress

    with TerminalProgress() as progress:
        figures = analyse_files(videos, out, detector, preset, quality, overlay, progress.show)
    if as_json:
        click.echo(json.dumps(figures, indent=1))
        return
    for name, value in figures.items():
        click.echo(f"{name}: {value}")


@program.command()
@click.argument("videos", nargs=-1, required=True, type=FILE, metavar="VIDEO...")
@click.option("--shifts", required=True, type=FILE, metavar="shifts.csv")
@click.option("--out", required=True, type=FILE, metavar="DIR")
@click.option(
    "--mode",
    type=click.Choice(["exact", "smart", "keyframe", "auto"]),
    default="exact",
    show_default=True,
    help="exact encodes every frame; smart copies all but the ends; keyframe copies, a little wider; "
    "auto is smart where that plays everywhere.",
)
@click.option("--encoder", default="auto", show_default=True, help="auto, libx264, h264_nvenc, ...")
@click.option("--pre-roll", type=click.FloatRange(0, 60), default=0, show_default=True)
@click.option("--post-roll", type=click.FloatRange(0, 60), default=0, show_default=True)
@click.option("--reel", is_flag=True, help="Join the clips to one reel as well.")
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON.")
def cut(
    videos: tuple[Path, ...],
    shifts: Path,
    out: Path,
    mode: str,
    encoder: str,
    pre_roll: float,
    post_roll: float,
    reel: bool,
    as_json: bool,
) -> None:
    """Cut clips from a list of times, without looking for anybody."""
    from shiftclipper.commands.files import CutRequest, cut_files
    from shiftclipper.terminal import TerminalProgress

    request = CutRequest(videos, shifts, out, mode, encoder, pre_roll, post_roll, reel)
    with TerminalProgress() as progress:
        made = cut_files(request, progress.show)
    for note in made.notes:
        click.echo(note, err=True)
    if as_json:
        click.echo(json.dumps(made.as_dict(), indent=1))
        return
    for clip in made.clips:
        click.echo(f"{clip.path}  ({clip.note})" if clip.note else clip.path)
    if made.reel is not None:
        click.echo(made.reel)


@program.command()
@click.argument("truth", type=FILE, metavar="TRUTH.json")
@click.argument("results", type=FILE, metavar="RESULTS.json")
@click.option("--player", help="Id of the true player; the target when not named.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def score(truth: Path, results: Path, player: str | None, as_json: bool) -> None:
    """Compare found shifts with the truth."""
    from shiftclipper.commands.files import score_files

    figures = score_files(truth, results, player)
    if as_json:
        click.echo(json.dumps(figures, indent=1))
        return
    for name, value in figures.items():
        click.echo(f"{name}: {value}")


@program.command()
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def jobs(common: Common, as_json: bool) -> None:
    """List the jobs, newest first."""
    from shiftclipper.commands.job_commands import list_jobs

    rows = list_jobs(common.data_dir)
    if as_json:
        click.echo(json.dumps(rows, indent=1))
        return
    if not rows:
        click.echo("No jobs yet.")
    for row in rows:
        done = f"{row['progress']:.0%}"
        click.echo(
            f"{row['job_id']}  {row['status']:<11} {done:>4}  {row['title']}  {row['error'] or ''}".rstrip()
        )


@program.command()
@click.argument("job")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def status(common: Common, job: str, as_json: bool) -> None:
    """Say how far a job is."""
    from shiftclipper.commands.job_commands import job_status

    row = job_status(common.data_dir, job)
    if as_json:
        click.echo(json.dumps(row, indent=1))
        return
    for name, value in row.items():
        if value not in (None, ""):
            click.echo(f"{name}: {value}")


@program.command()
@click.argument("job")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def results(common: Common, job: str, as_json: bool) -> None:
    """Print what a job has found, as it stands in the database."""
    from shiftclipper.commands.job_commands import job_results

    _print_results(job_results(common.data_dir, job), as_json)


@program.command()
@click.argument("job")
@click.option("--propose", is_flag=True, help="Say who else plays in the team, by the numbers read.")
@click.option("--player", type=click.IntRange(1), default=1, help="Whose team, counted from 1.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def players(common: Common, job: str, propose: bool, player: int, as_json: bool) -> None:
    """List the players of a job, or propose others."""
    from shiftclipper.commands import proposals

    if propose:
        rows = proposals.proposed_players(common.data_dir, job, player)
        _print_lines(rows, proposals.players_in_words(rows), as_json)
    else:
        rows = proposals.list_players(common.data_dir, job)
        _print_lines(rows, proposals.known_players_in_words(rows), as_json)


@program.command()
@click.argument("job")
@click.option("--propose", is_flag=True, help="Say where the benches seem to be.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def regions(common: Common, job: str, propose: bool, as_json: bool) -> None:
    """Show the regions of a job, or propose benches; in shares of the picture, as in setup.json."""
    from shiftclipper.commands import proposals

    if propose:
        found = proposals.proposed_regions(common.data_dir, job)
        _print_lines(found, proposals.regions_in_words(found), as_json)
    else:
        found = proposals.list_regions(common.data_dir, job)
        _print_lines(found, proposals.known_regions_in_words(found), as_json)


@program.command()
@click.argument("job")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def cancel(common: Common, job: str, as_json: bool) -> None:
    """Stop a job; what is finished is kept."""
    from shiftclipper.commands.job_commands import cancel_job

    _print_row(cancel_job(common.data_dir, job), as_json)


@program.command()
@click.argument("job")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def retry(common: Common, job: str, as_json: bool) -> None:
    """Run a failed, cancelled or interrupted job again; finished stages are not repeated."""
    from shiftclipper.commands.job_commands import resume_job
    from shiftclipper.terminal import TerminalProgress

    with TerminalProgress() as progress:
        found = resume_job(common.data_dir, job, None, progress.show)
    _tell_notes(found)
    _print_results(found, as_json)
    if found["status"] != "done":
        raise _NotDone(found)


@program.command()
@click.argument("job")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def clear(common: Common, job: str, as_json: bool) -> None:
    """Remove a job and its own folder; never a source, nor what was exported to a folder of your choice."""
    from shiftclipper.commands.job_commands import clear_one

    _print_row(clear_one(common.data_dir, job), as_json)


@program.command()
@click.option("--days", type=click.IntRange(0), default=7, show_default=True, help="Older jobs go.")
@click.option(
    "--max-count", type=click.IntRange(0), default=200, show_default=True, help="Keep at most so many."
)
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def cleanup(common: Common, days: int, max_count: int, dry_run: bool, as_json: bool) -> None:
    """Remove old finished jobs."""
    from shiftclipper.commands.job_commands import cleanup_jobs

    rows = cleanup_jobs(common.data_dir, days, max_count, dry_run)
    if as_json:
        click.echo(json.dumps(rows, indent=1))
        return
    word = "would remove" if dry_run else "removed"
    for row in rows:
        click.echo(f"{word} {row['job_id']}  {row['title']}  {row['bytes']} bytes")
    click.echo(f"{len(rows)} jobs")


for _command in (export, import_shifts, import_legacy, relink, licences, restore_backup, self_test):
    program.add_command(_command)


class _Exit(Exception):
    """Everything is said; only the exit code is left."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class _NotDone(_Exit):
    """A job came to an end other than `done`; its sentence goes to stderr."""

    def __init__(self, results: "Document") -> None:
        super().__init__(EXIT_CANCELLED if results["status"] == "cancelled" else EXIT_FAILED)
        go_on = f"Go on with: {resuming(str(results['job_id']))}"
        if results["status"] == "cancelled":
            click.echo(f"Stopped; what is finished is kept. {go_on}", err=True)
            return
        sentence = results["error"] or results["message"] or f"The job is {results['status']}."
        click.echo(f"{sentence}", err=True)
        click.echo(go_on, err=True)


def _print_row(row: "Document", as_json: bool) -> None:
    click.echo(json.dumps(row, indent=1) if as_json else "  ".join(str(value) for value in row.values()))


def _print_lines(document: object, lines: Sequence[str], as_json: bool) -> None:
    for line in [json.dumps(document, indent=1, ensure_ascii=False)] if as_json else lines:
        click.echo(line)


def _tell_notes(results: "Document") -> None:
    """Say on stderr what the job did otherwise than asked."""
    from shiftclipper.commands.job_commands import notes_in

    for note in notes_in(results):
        click.echo(note, err=True)


def _print_results(results: "Document", as_json: bool, *, explain: bool = False) -> None:
    if as_json:
        click.echo(json.dumps(results, indent=1, ensure_ascii=False))
        return
    if results["status"] != "done":
        return
    from shiftclipper.commands.job_commands import results_in_words

    for line in results_in_words(results, explain=explain):
        click.echo(line)


def run_command_line(arguments: Sequence[str]) -> int:
    """Run a command, or the window when no command is named, and return the exit code.

    A UserError is one line on stderr; a bug is a traceback and EXIT_BUG.
    """
    verbose = "--verbose" in arguments
    try:
        if _wants_window(arguments):
            return _open_window(arguments)
        code = program.main(list(arguments), prog_name="shiftclipper", standalone_mode=False)
    except click.ClickException as error:
        click.echo(on_one_line(error), err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt, Cancelled):
        click.echo("Stopped.", err=True)
        return EXIT_CANCELLED
    except _Exit as ending:
        return ending.code
    except UserError as error:
        click.echo(f"{error}", err=True)
        if verbose:
            logging.exception("%s", error.detail)
        return error.exit_code
    except Exception:
        logging.exception("This is a bug in ShiftClipper %s", __version__)
        return EXIT_BUG
    return code if isinstance(code, int) else EXIT_DONE


def _wants_window(arguments: Sequence[str]) -> bool:
    """Return whether no command is named: only files and the options that stand before a command."""
    words = iter(arguments)
    for word in words:
        if word == "--data-dir":
            next(words, None)
        elif word in ("-h", "--help", "--version") or word in program.commands:
            return False
        elif not word.startswith("--"):
            return Path(word).exists() or "." in word or "/" in word
    return True


def _open_window(arguments: Sequence[str]) -> int:
    from shiftclipper.ui.application import run_window

    chosen: str | None = None
    files: list[Path] = []
    words = iter(arguments)
    for word in words:
        if word == "--data-dir":
            chosen = next(words, None)
        elif word.startswith("--data-dir="):
            chosen = word.partition("=")[2]
        elif word not in ("--verbose", "--"):
            files.append(Path(word))
    return run_window(_data_dir(chosen), files)


if __name__ == "__main__":
    sys.exit(run_command_line(sys.argv[1:]))
