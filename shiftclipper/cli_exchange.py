"""The commands that give to other programs and take from them. As in `cli`: no logic, imports inside."""

import json
from pathlib import Path

import click

from shiftclipper.errors import EXIT_FAILED

FILE = click.Path(path_type=Path)


@click.command("export")
@click.argument("job")
@click.option(
    "--format",
    "formats",
    required=True,
    multiple=True,
    metavar="NAME",
    help="otio, fcpxml, edl, sportscode, losslesscut, chapters, csv or mot; more with commas between.",
)
@click.option("--out", type=FILE, metavar="DIR", help="Where; beside the job's report when left out.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def export(
    context: click.Context, job: str, formats: tuple[str, ...], out: Path | None, as_json: bool
) -> None:
    """Write a job's shifts as files for other programs."""
    from shiftclipper.commands.exchange import export_job

    written = export_job(context.obj.data_dir, job, formats, out)
    if as_json:
        click.echo(json.dumps(written, indent=1, ensure_ascii=False))
        return
    for one in written:
        click.echo(one["path"])


@click.command("import-shifts")
@click.argument("job")
@click.argument("table", type=FILE, metavar="SHIFTS.csv")
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def import_shifts(context: click.Context, job: str, table: Path, as_json: bool) -> None:
    """Take the shifts of a table into a job, as shifts that you set yourself."""
    from shiftclipper.commands import exchange

    taken = exchange.import_shifts(context.obj.data_dir, job, table)
    if as_json:
        click.echo(json.dumps(taken, indent=1))
        return
    click.echo(f"{taken['added']} added, {taken['moved']} given other times, {taken['unchanged']} unchanged")


@click.command("import-legacy")
@click.argument("folder", type=FILE)
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def import_legacy(context: click.Context, folder: Path, as_json: bool) -> None:
    """Make jobs of the old server's job folders; nothing in them is changed.

    Says in one line what became of each, and fails only when none could be taken.
    """
    from shiftclipper.commands import exchange

    taken = exchange.import_legacy(context.obj.data_dir, folder)
    if as_json:
        click.echo(json.dumps(taken, indent=1, ensure_ascii=False))
    else:
        for one in taken:
            # A message tells the folder where there is no job to tell.
            click.echo(f"{one['job_id']}  {one['message']}" if one["job_id"] else one["message"])
    if all(one["job_id"] is None for one in taken):
        context.exit(EXIT_FAILED)
