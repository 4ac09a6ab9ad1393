"""`reconciler plan`: what would change, and why; nothing is written to the service."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reconciler.cli import options
from reconciler.cli.console import out
from reconciler.cli.files import replace
from reconciler.model.problem import errors
from reconciler.render.quiet import nothing_to_do
from reconciler.rest import AtRest, Rest

if TYPE_CHECKING:
    from reconciler.flow import Choice, Session
    from reconciler.model.plan import Ready
    from reconciler.opened import OpenProject
    from reconciler.service.lists import ListCall
    from reconciler.wire import Reply


@click.command()
@options.project
@options.limits
@options.scope
@options.output("text", "json", "markdown")
@click.option(
    "--out", "target", type=click.Path(path_type=Path), help="Save the plan, for `apply FILE`."
)
@click.option("--detailed-exitcode", is_flag=True, help="Exit with 2 for changes.")
@click.option("--allow-refused", is_flag=True, help="Exit as if the guard had refused nothing.")
@click.option("--show-unmanaged", is_flag=True, help="Name the live objects that are not ours.")
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
    allow_refused: bool,
    show_unmanaged: bool,
) -> int:
    """Show what would change on the service, and why.

    Exit codes: 0 shown, 1 error, 2 changes (with --detailed-exitcode), 3 refused by the guard
    (unless --allow-refused).
    """
    opened = options.opened(path, environment, variables)
    limited = bool(targets or excludes or consents or show_unmanaged)
    if not limited and form == "text" and target is None:
        at_rest, read = asyncio.run(_recall(opened))
        if at_rest is not None:
            out(nothing_to_do(*at_rest))
            return 0
    else:
        read = {}
    from reconciler.cli.printing import print_plan

    session = options.as_session(opened)
    ready = asyncio.run(_plan(session, options.choice(targets, excludes, consents), read))
    print_plan(ready.plan, form, no_color=no_color, show_unmanaged=show_unmanaged)
    failed = bool(errors(ready.plan.problems))
    if target is not None and not failed:
        _save(session, ready, target)
    code = ready.plan.detailed_exit_code
    if code == 3 and allow_refused:
        code = 0 if ready.plan.empty else 2
    return 0 if code == 2 and not detailed_exitcode else code


async def _recall(opened: OpenProject) -> tuple[AtRest | None, dict[ListCall, Reply]]:
    """Whether everything is as it was when a plan found nothing to do."""
    async with opened.connect() as wire:
        return await Rest(opened).recall(wire)


async def _plan(session: Session, choice: Choice, read: dict[ListCall, Reply]) -> Ready:
    """The plan against what is live; that there is nothing to do is remembered."""
    from reconciler.flow import Choice
    from reconciler.service.search import SearchService

    session.require_valid()
    async with session.connect() as wire:
        service = SearchService(wire, read)
        ready = await session.plan(service, session.file.load(), choice)
    plan = ready.plan
    if not (plan.changes or plan.problems or plan.notes or plan.drift) and choice == Choice():
        Rest(session).remember(AtRest(plan.unchanged, plan.unmanaged), service.listed)
    return ready


def _save(session: Session, ready: Ready, target: Path) -> None:
    """Write a plan without errors to a file, for `apply FILE`; it holds no secret."""
    from reconciler.planning.plan_file import plan_to_json

    value = plan_to_json(ready.plan, session.redact)
    replace(target, json.dumps(value, indent=1))
