"""`reconciler drift`: live against the ledger; needs no manifest, no variables and no secrets."""

from __future__ import annotations

import click

from reconciler.cli import options
from reconciler.cli.console import note, report, view
from reconciler.cli.options import ProjectOptions


@click.command()
@options.project
@options.limits
@options.output("drift")
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
    report("drift", drifts, form, view(project.no_color))
    if accept and drifts:
        note("Accepted: the ledger now has these as they are; the manifests do not.")
    return 2 if drifts and not accept else 0
