"""`reconciler explain`: what a problem's code means, and what to do."""

from __future__ import annotations

import click

from reconciler.cli.console import out


@click.command()
@click.argument("code")
def command(code: str) -> int:
    """Say what a problem's CODE means, and what to do.

    The code stands in brackets at the end of each message. Exit codes: 0 done, 1 no such code.
    """
    from reconciler.problems import explain
    from reconciler.report.catalogue import explanation

    out(explanation(explain(code)))
    return 0
