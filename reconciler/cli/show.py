"""`reconciler show FILE`: a saved plan, printed."""

from __future__ import annotations

from pathlib import Path

import click

from reconciler.cli import options
from reconciler.cli.apply import read_saved
from reconciler.cli.console import view
from reconciler.cli.printing import print_plan


@click.command()
@options.output("plan")
@click.option("--no-color", is_flag=True, help="No colours.")
@click.argument("file", type=click.Path(path_type=Path))
def command(file: Path, form: str, no_color: bool) -> int:
    """Print a saved plan FILE; nothing is read from the service.

    Exit codes: 0 shown, 1 error.
    """
    print_plan(read_saved(file), form, view(no_color))
    return 0
