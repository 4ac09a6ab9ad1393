"""`reconciler status`: the last run of each indexer, and what went wrong in it."""

from __future__ import annotations

import click

from reconciler.cli import indexers, options
from reconciler.cli.console import report
from reconciler.cli.options import ProjectOptions
from reconciler.report.values import Statuses


@click.command()
@options.project
@options.limits
@options.output("statuses")
@click.argument("names", metavar="[INDEXER]...", nargs=-1)
def command(
    project: ProjectOptions,
    form: str,
    names: tuple[str, ...],
) -> int:
    """Show the last run of each INDEXER (default: every one that the manifests declare).

    Exit codes: 0 shown, whatever the runs came to, 1 error.
    """
    session = project.session()
    wanted = indexers.named(session, names) if names else indexers.declared(session)
    found, failed = options.run_in(session, lambda s: indexers.statuses(s, wanted))
    report("statuses", Statuses(found, failed), form)
    return indexers.tell(failed)
