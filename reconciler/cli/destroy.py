"""`reconciler destroy`: delete everything that the project owns, in the right order."""

from __future__ import annotations

import click

from reconciler.cli import options
from reconciler.cli.apply import ApplyRequest, apply_in
from reconciler.cli.options import ProjectOptions


@click.command()
@options.project
@options.call_timeout
@options.concurrency
@options.lock_timeout
@options.consent
@options.output("outcome")
@click.option(
    "--timeout",
    type=options.Duration(),
    metavar="TIME",
    help="When no more is started (no limit).",
)
@click.option(
    "--yes", "-y", is_flag=True, help="Do not ask; consents to all but `protect` and containers."
)
def command(
    project: ProjectOptions,
    concurrency: int,
    lock_timeout: float,
    consents: tuple[str, ...],
    form: str,
    timeout: float | None,
    yes: bool,
) -> int:
    """Delete everything that the project owns; what the ledger does not name is never touched.

    A resource group, a storage account, a container and a search service go with everything that is
    in them, ours or not: each asks for --consent with its address.

    Exit codes: 0 done or nothing to do, 1 error, 3 refused (protected objects).
    """
    options.limit_command(timeout)
    choice = options.choice(consents=consents, destroy=True)
    request = ApplyRequest(
        choice, concurrency, form, yes, project.no_color, lock_timeout=lock_timeout
    )
    return apply_in(project.session(), request)
