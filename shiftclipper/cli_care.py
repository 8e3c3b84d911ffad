"""The commands that look after the program and its data folder. As in `cli`: no logic, imports inside."""

import json
from pathlib import Path

import click

from shiftclipper.errors import EXIT_FAILED

FILE = click.Path(path_type=Path)


@click.command("relink")
@click.argument("job")
@click.argument("places", type=FILE, nargs=-1, required=True)
@click.pass_context
def relink(context: click.Context, job: str, places: tuple[Path, ...]) -> None:
    """Say where the videos of a job are now, after they were moved: files, or folders to look in."""
    from shiftclipper.commands.job_commands import relink_job

    for line in relink_job(context.obj.data_dir, job, places):
        click.echo(line)


@click.command("licences")
def licences() -> None:
    """Say whose work the program stands on, and under which licences."""
    from shiftclipper.licences import notices
    from shiftclipper.media.ffmpeg import licence_of, locate

    click.echo(notices(licence_of(locate())))


@click.command("restore-backup")
@click.argument("name", default="")
@click.option("--list", "only_list", is_flag=True, help="Only say which backups there are.")
@click.pass_context
def restore_backup(context: click.Context, name: str, only_list: bool) -> None:
    """Put a backup of the database back: the newest, or the one that is named."""
    from shiftclipper.jobs.backups import backups, restore_in

    if only_list:
        found = backups(context.obj.data_dir)
        if not found:
            click.echo(f"No backups yet in {context.obj.data_dir}; one is made every week.")
        for backup in found:
            click.echo(f"{backup.path.name}  {backup.path.stat().st_size} bytes")
        return
    chosen, aside = restore_in(context.obj.data_dir, name)
    click.echo(f"{chosen.path.name} was put back; what was there before is {aside.name}")


@click.command("self-test")
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def self_test(context: click.Context, as_json: bool) -> None:
    """Say what works on this machine; fails when something needed does not."""
    from shiftclipper.commands.self_test import run_self_test

    checks = run_self_test(context.obj.data_dir)
    if as_json:
        click.echo(json.dumps([check.as_dict() for check in checks], indent=1))
    else:
        for check in checks:
            mark = "ok  " if check.works else ("FAIL" if check.needed else "none")
            click.echo(f"{mark} {check.name}: {check.detail}")
    if any(check.needed and not check.works for check in checks):
        context.exit(EXIT_FAILED)
