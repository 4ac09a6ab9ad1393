"""`reconciler lint`: the rules that `validate` and `plan` go by."""

from __future__ import annotations

import click

from reconciler.cli import options
from reconciler.cli.console import report


@click.group()
def command() -> None:
    """Look at the rules that `validate` and `plan` go by."""


@command.command("list")
@options.output("rules")
def list_(form: str) -> int:
    """List the rules: id, severity, and what each tells.

    Exit codes: 0 done, 1 error.
    """
    from reconciler.problems import catalogue

    report("rules", tuple(catalogue().values()), form)
    return 0
