"""`reconciler destroy`: delete everything that the project owns, in the right order."""

from __future__ import annotations

from pathlib import Path

import click

from reconciler.cli import options
from reconciler.cli.apply import Asked, run


@click.command()
@options.project
@options.call_timeout
@options.concurrency
@options.lock_timeout
@options.output("text", "json")
@click.option(
    "--timeout",
    type=options.Duration(),
    metavar="TIME",
    help="When no more is started (no limit).",
)
@click.option("--yes", "-y", is_flag=True, help="Do not ask; consents to all but `protect`.")
def command(
    path: Path,
    environment: str | None,
    variables: tuple[str, ...],
    no_color: bool,
    concurrency: int,
    lock_timeout: float,
    form: str,
    timeout: float | None,
    yes: bool,
) -> int:
    """Delete everything that the project owns; what the ledger does not name is never touched.

    Exit codes: 0 done or nothing to do, 1 error, 3 refused (protected objects).
    """
    options.limit_command(timeout)
    session = options.session(path, environment, variables)
    choice = options.choice(destroy=True)
    asked = Asked(choice, concurrency, form, yes, no_color, lock_timeout=lock_timeout)
    return run(session, asked)
