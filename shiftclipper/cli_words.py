"""What the command line says of itself, on one line each."""

import shlex

import click

PROGRAM = "shiftclipper"


def on_one_line(error: click.ClickException) -> str:
    """Return what is wrong with a command, and what tells what is right."""
    said = " ".join(error.format_message().split())
    said = said if said.endswith((".", "?", ")")) else f"{said}."
    context = error.ctx if isinstance(error, click.UsageError) else None
    command = PROGRAM if context is None else context.command_path
    return f"{said} What is allowed is told by: {command} --help"


def resuming(job_id: str) -> str:
    """Return the command that goes on with a job, in the data folder that the running command names."""
    named = click.get_current_context().find_root().params["data_dir"]
    folder = f" --data-dir {shlex.quote(named)}" if named else ""
    return f"{PROGRAM}{folder} run --resume {job_id}"
