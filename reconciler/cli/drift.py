"""`reconciler drift`: live against the ledger; needs no manifest, no variables and no secrets."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from reconciler.cli import options
from reconciler.cli.console import note
from reconciler.cli.printing import print_drift
from reconciler.model.plan import Drift
from reconciler.model.problem import ProblemsError
from reconciler.session.session import Session


@click.command()
@options.project
@options.limits
@options.output("text", "json", "markdown")
@click.option("--accept", is_flag=True, help="Take what is live as the new state to compare with.")
def command(
    path: Path,
    environment: str | None,
    variables: tuple[str, ...],
    no_color: bool,
    form: str,
    accept: bool,
) -> int:
    """Tell what somebody changed by hand since the last apply.

    Exit codes: 0 none (or accepted), 1 error, 2 drift.
    """
    session = options.session(path, environment, variables)
    if accept:
        with session.file.locked("drift --accept"):
            found = asyncio.run(_read(session, accept=True))
    else:
        found = asyncio.run(_read(session, accept=False))
    print_drift(tuple(found), form, no_color=no_color)
    if accept and found:
        note("Accepted: the ledger now has these as they are; the manifests do not.")
    return 2 if found and not accept else 0


async def _read(session: Session, *, accept: bool) -> list[Drift]:
    from reconciler.providers.search.service import SearchService

    if not session.file.exists:
        text = f"there is no ledger of {session.project.environment}: nothing to compare with"
        raise ProblemsError.of("no-ledger", text, "apply first, or restore .reconciler/")
    async with session.connect() as wire:
        found, accepted = await session.drift(SearchService(wire), session.file.load())
    if accept and found:
        session.file.save(accepted)
    return found
