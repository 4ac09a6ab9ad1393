"""`reconciler lint`: the rules that `validate` and `plan` go by."""

from __future__ import annotations

import click

from reconciler.cli import options
from reconciler.cli.console import data, out


@click.group()
def command() -> None:
    """Look at the rules that `validate` and `plan` go by."""


@command.command("list")
@options.output("text", "json")
def list_(form: str) -> int:
    """List the rules: id, severity, and what each tells."""
    from reconciler.problems import catalogue
    from reconciler.report.catalogue import render_rules, rules_table

    entries = tuple(catalogue().values())
    if form == "json":
        data(render_rules(entries))
    else:
        out("\n".join(rules_table(entries)))
    return 0
