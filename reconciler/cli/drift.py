"""`reconciler drift`: live against the ledger; needs no manifest, no variables and no secrets."""

from __future__ import annotations

import click

from reconciler.cli import options
from reconciler.cli.console import note
from reconciler.cli.options import ProjectOptions
from reconciler.cli.printing import print_drift


@click.command()
@options.project
@options.limits
@options.output("text", "json", "markdown")
@click.option("--accept", is_flag=True, help="Take what is live as the new state to compare with.")
def command(
    project: ProjectOptions,
    form: str,
    accept: bool,
) -> int:
    """Tell what somebody changed by hand since the last apply.

    Exit codes: 0 none (or accepted), 1 error, 2 drift.
    """
    drifts = options.run_in(project.session(), lambda session: session.drift(accept=accept))
    print_drift(drifts, form, no_color=project.no_color)
    if accept and drifts:
        note("Accepted: the ledger now has these as they are; the manifests do not.")
    return 2 if drifts and not accept else 0
