"""`reconciler plan`: what would change, and why; nothing is written to the service."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import click

from reconciler.cli import options
from reconciler.cli.printing import print_plan
from reconciler.flow import Choice, Session
from reconciler.model.plan import Ready
from reconciler.model.problem import errors


@click.command()
@options.project
@options.scope
@options.output("text", "json", "markdown")
@click.option(
    "--out", "target", type=click.Path(path_type=Path), help="Save the plan, for `apply FILE`."
)
@click.option("--detailed-exitcode", is_flag=True, help="Exit with 2 for changes, 3 if refused.")
def command(
    path: Path,
    environment: str | None,
    variables: tuple[str, ...],
    no_color: bool,
    targets: tuple[str, ...],
    excludes: tuple[str, ...],
    consents: tuple[str, ...],
    form: str,
    target: Path | None,
    detailed_exitcode: bool,
) -> int:
    """Show what would change on the service, and why.

    Exit codes: 0 shown, 1 error; with --detailed-exitcode also 2 changes, 3 refused by the guard.
    """
    session = options.session(path, environment, variables)
    ready = asyncio.run(read(session, options.choice(targets, excludes, consents)))
    print_plan(ready.plan, form, no_color=no_color)
    if target is not None:
        save(session, ready, target)
    if detailed_exitcode:
        return ready.plan.detailed_exit_code
    return 1 if errors(ready.plan.problems) else 0


async def read(session: Session, choice: Choice) -> Ready:
    """The plan against what is live."""
    from reconciler.service import SearchService

    session.require_valid()
    async with session.connect() as wire:
        return await session.plan(SearchService(wire), session.file.load(), choice)


def save(session: Session, ready: Ready, target: Path) -> None:
    """Write a plan to a file, for `apply FILE`; it holds no secret."""
    from reconciler.planning.saved import plan_to_json

    value = plan_to_json(ready.plan, session.fingerprint(ready.ledger))
    target.write_text(session.redact(json.dumps(value, indent=1)), encoding="utf-8")
